//! Characters: which are dropped, which count as a space, and which spellings are one.

use super::script::is_letter_or_digit;

/// What is kept of a character of the input; `None` is dropped.
///
/// Zero-width characters, soft hyphens and direction marks leave no trace for the reader, so they
/// must not hide a label nor end up in the stored text.
pub(super) fn plain(c: char) -> Option<char> {
    match c {
        '\t' | '\n' => Some(c),
        '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Some(' '),
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => None,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffc}' => None,
        '\u{e0000}'..='\u{e0fff}' => None,
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

/// Plain text with `\n` for every line end.
pub(super) fn plain_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // Most text is runs of these, and they are as plain as they stand.
        let run = rest.bytes().take_while(|b| matches!(b, b' '..=b'~' | b'\n')).count();
        out.push_str(&rest[..run]);
        rest = &rest[run..];
        if run > 0 {
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\r' if rest.starts_with('\n') => {}
            '\r' => out.push('\n'),
            _ => out.extend(plain(c)),
        }
    }
    out
}

/// The ASCII character that a full-width or otherwise dressed-up one stands for.
pub(super) fn ascii(c: char) -> char {
    const MATHEMATICAL: u32 = 0x1d400;
    if c.is_ascii() {
        return c;
    }
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        // The bold, italic, script and monospace letters phones offer as "fonts".
        '\u{1d400}'..='\u{1d6a3}' => {
            let letter = (c as u32 - MATHEMATICAL) % 52;
            let first = if letter < 26 { u32::from(b'A') } else { u32::from(b'a') - 26 };
            char::from_u32(first + letter).unwrap_or(c)
        }
        '\u{2236}' | '\u{fe13}' | '\u{fe30}' | '\u{fe55}' | '\u{a789}' | '\u{2f8}' => ':',
        '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{2212}' | '\u{fe63}' => '-',
        '\u{2012}' | '\u{2015}' | '\u{fe58}' => '—',
        '\u{2502}' | '\u{00a6}' => '|',
        '\u{3010}' | '\u{3014}' | '\u{3016}' | '\u{3018}' => '[',
        '\u{3011}' | '\u{3015}' | '\u{3017}' | '\u{3019}' => ']',
        '\u{2019}' | '\u{2bc}' => '\'',
        _ => c,
    }
}

/// One spelling for all spellings of a phrase: lower case, plain letters, single spaces between
/// words, no accents that stand alone, no `(s)`.
pub(super) fn fold(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut spaced = true;
    for c in phrase.chars().map(ascii) {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
            spaced = false;
            continue;
        }
        let length = out.len();
        match c {
            'İ' | 'ı' => out.push('i'),
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{65f}' => {}
            '\u{fe00}'..='\u{fe0f}' | '*' | '~' | '`' => {}
            _ if c.is_whitespace() || matches!(c, '_' | '-') => {
                if !spaced {
                    out.push(' ');
                }
                spaced = true;
                continue;
            }
            _ if c.is_ascii() => out.push(c),
            _ => out.extend(c.to_lowercase()),
        }
        spaced &= out.len() == length;
    }
    out.truncate(out.trim_end().len());
    if has(&out, b"(s)") { out.replace("(s)", "") } else { out }
}

/// `str::contains` without a searcher's preparation, which costs more than a short phrase's length.
pub(super) fn has<const N: usize>(phrase: &str, needle: &[u8; N]) -> bool {
    phrase.as_bytes().windows(N).any(|it| it == needle)
}

/// Whether the character is a picture, a bullet or an ornament rather than part of a word.
pub(super) fn is_symbol(c: char) -> bool {
    match c {
        '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3200}'..='\u{32ff}' => true,
        '\u{1f000}'..='\u{1faff}' => true,
        _ => !is_letter_or_digit(c) && !c.is_ascii() && !is_quotation(c),
    }
}

/// Whether the character opens or closes a quotation.
pub(super) fn is_quotation(c: char) -> bool {
    matches!(ascii(c), '"' | '\'' | '`' | '´')
        || matches!(c, '“' | '”' | '„' | '‟' | '‘' | '‚' | '‛' | '«' | '»' | '‹' | '›')
        || matches!(c, '「' | '」' | '『' | '』' | '〝' | '〞' | '〟')
}

/// Whether words of this script are written without spaces between them.
pub(super) fn is_unspaced(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}')
        || matches!(c, '\u{20000}'..='\u{3ffff}')
}

/// Whitespace collapsed to single spaces, trimmed.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
