//! Letters and words as they are compared: without case, accents and what takes no room.

use super::super::super::characters::{is_blank, is_dash, is_invisible, narrow};

/// What the letters from `À` on are without their accents; where there is no such letter, themselves.
const LATIN: &str = "aaaaaaæceeeeiiiiðnooooo×øuuuuyþßaaaaaaæceeeeiiiiðnooooo÷øuuuuyþyaaaaaaccccccccddđđeeeeeeeeeegggggggg\
                     hhħħiiiiiiiiiıĳĳjjkkĸllllllŀŀłłnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſ";
/// The same from U+1E00 on: what Vietnamese and Welsh are written with.
const LATIN_MORE: &str = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrr\
                          ssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaa\
                          eeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyỻỻỽỽỿỿ";

/// How a letter stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words of such letters have blanks between them.
    Spaced,
    /// Words have none, and their script tells where they begin.
    Katakana,
    /// Words have none, or endings that belong to the sentence: every letter is a word.
    Unspaced,
}

impl Kind {
    pub fn of(it: char) -> Self {
        match it {
            '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Self::Katakana,
            // Thai and Lao, Myanmar, Khmer; Hangul; Han and Hiragana.
            '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{2e80}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Unspaced,
            _ => Self::Spaced,
        }
    }
}

/// Whether the character belongs to the word before it and is nothing of its own: an accent, a vowel
/// of a syllable, or what nobody sees.
pub(super) fn continues(it: char) -> bool {
    is_accent(it) || is_invisible(it) || matches!(it, '\u{1160}'..='\u{11ff}')
}

fn is_accent(it: char) -> bool {
    matches!(
        it,
        '\u{300}'..='\u{36f}'
            | '\u{591}'..='\u{5bd}'
            | '\u{64b}'..='\u{65f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
    )
}

/// Whether a name goes on behind the character: blanks, dashes and the marks that stand in names.
pub(super) fn may_stand_within(it: char) -> bool {
    is_blank(it)
        || is_dash(it)
        || matches!(narrow(it), '.' | ',' | '\'' | '`' | '&' | '+' | '/' | '_')
        || (!it.is_ascii() && !is_end(it))
}

/// Whether a sentence, a clause or a quotation ends or begins with the character.
fn is_end(it: char) -> bool {
    matches!(it, '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '“' | '”' | '„' | '«' | '»' | '…' | '•')
        || matches!(narrow(it), '!' | '?' | ';' | ':' | '(' | ')' | '[' | ']' | '"' | '|' | '@')
}

/// Adds the character to a word as it is compared.
pub(super) fn fold(it: char, word: &mut String) {
    for lower in narrow(it).to_lowercase() {
        match lower {
            _ if is_accent(lower) || is_invisible(lower) => {}
            _ if lower.is_ascii() => word.push(lower),
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            '\u{c0}'..='\u{17f}' => word.extend(nth(LATIN, lower, 0xc0)),
            '\u{1e00}'..='\u{1eff}' => word.extend(nth(LATIN_MORE, lower, 0x1e00)),
            '\u{ac00}'..='\u{d7a3}' => syllable(lower, word),
            _ => word.push(greek_or_cyrillic(lower)),
        }
    }
}

fn nth(table: &str, it: char, first: u32) -> Option<char> {
    table.chars().nth((u32::from(it) - first) as usize)
}

fn greek_or_cyrillic(it: char) -> char {
    match it {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'й' | 'ѝ' => 'и',
        'ё' | 'ѐ' => 'е',
        'ї' => 'і',
        'ў' => 'у',
        'ѓ' => 'г',
        'ќ' => 'к',
        other => other,
    }
}

/// A Korean syllable as its letters, by the arithmetic of section 3.12 of
/// [Unicode](https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/).
fn syllable(it: char, word: &mut String) {
    let index = u32::from(it) - 0xac00;
    let trailing = index % 28;
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11a7 + trailing];
    word.extend(letters.into_iter().take(if trailing == 0 { 2 } else { 3 }).filter_map(char::from_u32));
}
