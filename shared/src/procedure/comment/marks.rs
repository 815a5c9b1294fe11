//! What people put around a label: bullets, numbers, emoji, mark-up, brackets, separators.

use super::letters::{ascii, is_symbol};
use super::script::is_letter_or_digit;

/// A label is shorter than this, with everything that may stand inside it.
pub(super) const LONGEST: usize = 90;
/// … and has at most so many words.
pub(super) const MOST_WORDS: usize = 9;
/// An aside in brackets after a label is shorter than this.
pub(super) const LONGEST_ASIDE: usize = 120;

pub(super) fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

/// A picture or a bullet; not the punctuation of any script.
pub(super) fn is_ornament(c: char) -> bool {
    matches!(c, '•' | '·' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}')
        || matches!(c, '\u{2190}'..='\u{22ff}' | '\u{2300}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

pub(super) fn closing_of(c: char) -> Option<char> {
    match ascii(c) {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '<' => Some('>'),
        '〈' => Some('〉'),
        '《' => Some('》'),
        _ => None,
    }
}

/// `1.`, `2)`, `(3)`, `a)`, `iv.`, and the letters Word uses as bullets.
pub(super) fn enumerator(rest: &str) -> Option<usize> {
    let open = rest.starts_with(['(', '（']);
    let body = rest.strip_prefix(['(', '（']).unwrap_or(rest);
    let end = body.char_indices().take(6).find(|&(_, c)| !is_letter_or_digit(c) || is_symbol(c))?.0;
    let token = &body[..end];
    let count = token.chars().count();
    let next = body[end..].chars().next()?;
    if token.is_empty() || count > 4 {
        return None;
    }
    let length = rest.len() - body.len() + token.len() + next.len_utf8();
    let number = count <= 3 && token.chars().all(|c| ascii(c).is_ascii_digit());
    let letter = count == 1 && ascii(token.chars().next()?).is_ascii_alphabetic();
    let roman = token.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'I' | 'V' | 'X'));
    let marked = match ascii(next) {
        ')' | '.' | '、' => number || letter || roman,
        ':' | ']' | '-' | '–' | '—' | '/' | '|' | '\u{fe0f}' | '\u{20e3}' => number,
        ' ' => !open && matches!(token, "o" | "Ø" | "ü" | "à"),
        _ => false,
    };
    marked.then_some(length)
}

pub(super) fn bare_number(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    let digit = characters.next()?;
    (ascii(digit).is_ascii_digit() && characters.next()? == ' ').then_some(digit.len_utf8() + 1)
}

/// `:fire:` as Slack writes an emoji.
pub(super) fn shortcode(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix(':')?;
    let length = body.bytes().take(40).position(|b| b == b':')?;
    let named = body.as_bytes()[..length].iter().all(|b| b.is_ascii_alphanumeric() || b"_+-'".contains(b));
    (named && length > 0).then_some(length + 2)
}

/// `[ ]` and `[x]`.
pub(super) fn check_box(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('[')?;
    let body = body.strip_prefix([' ', 'x', 'X', '✓', '✔']).unwrap_or(body);
    body.strip_prefix(']').map(|after| rest.len() - after.len())
}

/// The length of `(so far)` after a label.
pub(super) fn aside(rest: &str) -> Option<usize> {
    rest.strip_prefix(['(', '（'])?;
    let end = rest.char_indices().take(LONGEST_ASIDE).find(|&(_, c)| ascii(c) == ')')?.0;
    Some(end + rest[end..].chars().next()?.len_utf8())
}

/// What follows `...` after a label, where it is a colon: the dots lead to it.
pub(super) fn dots(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(['.', '…', ' ']);
    (after.len() < rest.len() && after.starts_with([':', '：', '='])).then_some(after)
}

/// Skips what doubles the separator: `:-`, `->`, `::`, `--`.
pub(super) fn more_separators(rest: &str) -> &str {
    let after = rest.trim_start_matches(|c| matches!(ascii(c), ':' | '=' | '>' | '-' | '–' | '—' | '|'));
    let arrow = rest.starts_with('>') && !after.is_empty();
    if arrow || after.is_empty() || after.starts_with(char::is_whitespace) { after } else { rest }
}

pub(super) fn closing_markup(rest: &str, opened: bool) -> &str {
    let trimmed = if opened { rest.trim_start() } else { rest };
    let after = trimmed.trim_start_matches(is_markup);
    let closes = after.is_empty() || after.starts_with(char::is_whitespace) || (opened && trimmed.len() == rest.len());
    if after.len() < trimmed.len() && closes { after } else { rest }
}
