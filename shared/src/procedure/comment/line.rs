//! A label at the start of a line, and where its value begins.

use super::label::{After, Labels};
use super::letters::{ascii, is_quotation, is_symbol};
use super::marks::{
    LONGEST, MOST_WORDS, aside, bare_number, check_box, closing_markup, closing_of, dots, enumerator, is_markup,
    is_ornament, more_separators, shortcode,
};
use super::point::Point;
use super::script::{is_letter, is_letter_or_digit};

/// What makes "issue-related" one word; any other `Issue-…` is a label and its value.
const COMPOUNDS: [&str; 14] = [
    "related", "free", "solving", "solver", "specific", "tracker", "tracking", "prone", "wise", "by", "type", "based",
    "level", "ridden",
];

/// A label at the start of a line.
pub(super) struct Heading<'a> {
    pub points: Vec<Point>,
    pub value: &'a str,
}

/// Reads a label at the start of a line, after bullets, numbers, emoji, mark-up and brackets.
pub(super) fn heading<'a>(line: &'a str, labels: &Labels) -> Option<Heading<'a>> {
    let prefix = Prefix::of(line)?;
    let label = &line[prefix.end..];
    let first = label.chars().next()?;
    if !labels.may_begin_with(first) || (prefix.bare_number && !first.is_uppercase()) {
        return None;
    }
    let mut words = 0;
    let mut previous = ' ';
    for (at, c) in label.char_indices().chain([(label.len(), ' ')]) {
        if at > LONGEST || words > MOST_WORDS {
            return None;
        }
        if is_letter_or_digit(previous) && (!is_letter_or_digit(c) || is_symbol(c)) || previous == ')' {
            words += 1;
            if let Some((after, value)) = prefix.separator(&label[at..]) {
                let points = labels.points(&label[..at], after);
                if !points.is_empty() {
                    return Some(Heading { points, value });
                }
            }
        }
        if matches!(ascii(c), ':' | '=' | '|' | '.' | '!' | '?' | ';' | ',' | '"') {
            return None;
        }
        previous = c;
    }
    None
}

/// What stands before a label at the start of a line.
struct Prefix<'a> {
    end: usize,
    /// The bracket that closes what was opened.
    closing: Option<char>,
    /// The stars or underscores just before the label.
    emphasis: &'a str,
    /// A number without a dot: "1 Issue: …", but not "3 issues: …".
    bare_number: bool,
}

impl<'a> Prefix<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let mut prefix = Self { end: 0, closing: None, emphasis: "", bare_number: false };
        loop {
            let rest = &line[prefix.end..];
            let c = rest.chars().next()?;
            if let Some(length) = enumerator(rest).or_else(|| shortcode(rest)).or_else(|| check_box(rest)) {
                prefix.step(length);
            } else if let Some(length) = bare_number(rest) {
                prefix.step(length);
                prefix.bare_number = true;
            } else if is_markup(c) {
                let length = rest.len() - rest.trim_start_matches(is_markup).len();
                prefix.emphasis = &rest[..length];
                prefix.end += length;
            } else if let Some(closing) = closing_of(c) {
                prefix.step(c.len_utf8());
                prefix.closing = Some(closing);
            } else if is_quotation(c) || c == '@' || (is_letter_or_digit(c) && !is_symbol(c)) {
                return Some(prefix);
            } else {
                prefix.step(c.len_utf8());
            }
        }
    }

    fn step(&mut self, length: usize) {
        self.end += length;
        self.emphasis = "";
    }

    /// Reads what follows a possible label: its separator and then the value.
    fn separator(&self, after_label: &'a str) -> Option<(After, &'a str)> {
        let mut rest = after_label;
        let mut closed = false;
        let mut tab = false;
        loop {
            let Some(c) = rest.chars().next() else {
                return Some((After::Other, rest));
            };
            let next = &rest[c.len_utf8()..];
            if Some(ascii(c)) == self.closing && !closed {
                closed = true;
                rest = next;
            } else if c.is_whitespace() || is_markup(c) || is_symbol_before(c) {
                tab |= c == '\t';
                rest = next;
            } else if let Some(length) = aside(rest) {
                rest = &rest[length..];
            } else if let Some(dotted) = dots(rest) {
                rest = dotted;
            } else {
                break;
            }
        }
        let c = rest.chars().next()?;
        let next = &rest[c.len_utf8()..];
        let attached = rest.len() == after_label.len();
        let after = match ascii(c) {
            ':' | '=' => After::Colon,
            '|' | '–' | '—' | '→' | '⇒' | '➔' | '➜' => After::Other,
            '-' if !(attached && is_compound(next)) => After::Other,
            _ if tab || closed => return Some((After::Other, self.unclosed(rest))),
            _ => return None,
        };
        Some((after, self.value(next)))
    }

    /// The value after the separator's first character.
    fn value(&self, after_separator: &'a str) -> &'a str {
        let mut rest = more_separators(after_separator);
        if let Some(closing) = self.closing
            && let Some(next) = rest.strip_prefix(|c| ascii(c) == closing)
        {
            rest = more_separators(next.strip_prefix([':', '：']).unwrap_or(next));
        }
        let closed = closing_markup(rest, !self.emphasis.is_empty());
        if closed.len() == rest.len() { self.unclosed(rest) } else { closed }
    }

    /// `*Issue: all of it in bold*`: the stars that close the line go with those that opened it.
    fn unclosed(&self, rest: &'a str) -> &'a str {
        match rest.trim_end().strip_suffix(self.emphasis) {
            Some(inner) if !self.emphasis.is_empty() && !inner.contains(self.emphasis) => inner,
            _ => rest,
        }
    }
}

fn is_symbol_before(c: char) -> bool {
    is_ornament(c) && !matches!(c, '→' | '⇒' | '➔' | '➜')
}

fn is_compound(after_hyphen: &str) -> bool {
    let word = after_hyphen.split(|c: char| !is_letter(c)).next().unwrap_or_default();
    COMPOUNDS.contains(&word)
}
