//! Labels in the middle of a line.

use super::label::{After, Labels};
use super::letters::{ascii, is_quotation, is_unspaced};
use super::marks::{LONGEST, LONGEST_ASIDE, MOST_WORDS, closing_markup, is_markup, is_ornament, more_separators};
use super::point::Point;
use super::script::is_letter_or_digit;

/// "Known Issue:" in the middle of a line is a phrase of its own, not the heading. Only things are
/// known or old: in "shows the old Investigated:" the word belongs to the answer before.
const ATTRIBUTES: [&str; 35] = [
    "known",
    "other",
    "another",
    "same",
    "similar",
    "related",
    "separate",
    "existing",
    "previous",
    "earlier",
    "old",
    "open",
    "new",
    "next",
    "second",
    "common",
    "recurring",
    "major",
    "minor",
    "main",
    "general",
    "reported",
    "jira",
    "github",
    "no",
    "any",
    "every",
    "each",
    "which",
    "what",
    "underlying",
    "possible",
    "potential",
    "root",
    "technical",
];

/// A label in the middle of a line: what stands before it, and what follows.
pub(super) struct Inside<'a> {
    pub before: &'a str,
    pub points: Vec<Point>,
    pub value: &'a str,
}

/// Labels in the middle of a line, from left to right.
pub(super) struct Middle<'a> {
    line: &'a str,
    quoted: Vec<(usize, usize)>,
}

impl<'a> Middle<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let separates = |b: u8| matches!(b, b':' | b'=');
        let separated = line.bytes().any(separates) || (!line.is_ascii() && line.contains(['：', '＝', '∶']));
        Self { line, quoted: if separated { quotations(line) } else { Vec::new() } }
    }

    /// The next label after `from` whose points have not been seen; the byte where its value begins.
    pub(super) fn next(&self, from: usize, labels: &Labels, seen: &[Point]) -> Option<Inside<'a>> {
        if seen.len() == Point::ALL.len() {
            return None;
        }
        let mut floor = from;
        let mut aside = None;
        for (at, c) in self.line[from..].char_indices().map(|(at, c)| (from + at, c)) {
            let separator = ascii(c);
            match separator {
                '(' => aside = Some(at),
                ')' => aside = None,
                _ => {}
            }
            if !matches!(separator, ':' | '=') {
                continue;
            }
            if let Some((start, points)) = self.label_before(floor, at, separator, labels, seen) {
                let rest = more_separators(&self.line[at + c.len_utf8()..]);
                let opened = self.line[..start].ends_with(is_markup);
                let before = trim_before(&self.line[from..start], seen.len() + 1);
                return Some(Inside { before, points, value: closing_markup(rest, opened) });
            }
            // "Action Taken (10:02):" still reaches for its label.
            if aside.is_none_or(|open| at - open > LONGEST_ASIDE) {
                floor = at + c.len_utf8();
            }
        }
        None
    }

    fn label_before(
        &self,
        floor: usize,
        at: usize,
        separator: char,
        labels: &Labels,
        seen: &[Point],
    ) -> Option<(usize, Vec<Point>)> {
        let phrase = without_aside(self.line[floor..at].trim_end_matches(is_trimmed_after_label));
        let end = floor + phrase.trim_end_matches(is_trimmed_after_label).len();
        // The longest phrase first, so that "Issue / Blocker:" is not read as "Blocker:".
        let (starts, count) = word_starts(&self.line[floor..end]);
        for start in starts[..count].iter().rev().map(|start| floor + start) {
            let span = self.quoted.partition_point(|&(_, close)| close < start);
            let quoted = self.quoted.get(span).is_some_and(|&(open, _)| open < start);
            if quoted || !self.may_stand_at(start, separator, labels) {
                continue;
            }
            let points = labels.points(&self.line[start..end], After::Inside);
            let unseen = !points.is_empty() && points.iter().all(|point| !seen.contains(point));
            let thing = points.iter().any(|it| matches!(it, Point::Issue | Point::Blocker));
            if unseen && !(thing && has_attribute(&self.line[..start])) {
                return Some((start, points));
            }
        }
        None
    }

    fn may_stand_at(&self, start: usize, separator: char, labels: &Labels) -> bool {
        let before = &self.line[..start];
        let Some(first) = self.line[start..].chars().next() else {
            return false;
        };
        let mut backwards = before.chars().rev();
        let attached = backwards.next().unwrap_or(' ');
        let joined = backwards.next().is_some_and(is_letter_or_digit);
        if !labels.may_begin_with(first)
            || (joined && matches!(attached, '-' | '/' | '\\' | '&' | '#' | '@' | '$' | '\'' | '’' | '%'))
            || (separator == '=' && !attached.is_whitespace() && !matches!(attached, ',' | ';' | '|'))
        {
            return false;
        }
        if !first.is_lowercase() {
            return true;
        }
        let plain = before.trim_end_matches(|c: char| c.is_whitespace() || is_markup(c));
        let spaced = plain.len() < before.len();
        plain.chars().next_back().is_some_and(|c| match ascii(c) {
            ',' | ';' | '|' | '、' | '。' => true,
            '.' => spaced,
            _ => false,
        })
    }
}

/// Whether the last word makes a phrase of its own with what follows.
fn has_attribute(before: &str) -> bool {
    let plain = before.trim_end_matches(|c: char| c.is_whitespace() || is_markup(c));
    let word = plain.rsplit(|c: char| !is_letter_or_digit(c)).next().unwrap_or_default();
    ATTRIBUTES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The starts of the last few words, the nearest first, and how many there are.
fn word_starts(text: &str) -> ([usize; MOST_WORDS + 1], usize) {
    let (mut starts, mut count) = ([0; MOST_WORDS + 1], 0);
    let mut following: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().rev() {
        if let Some((start, first)) = following
            && is_letter_or_digit(first)
            && (!is_letter_or_digit(c) || (is_unspaced(c) && !is_unspaced(first)))
        {
            starts[count] = start;
            count += 1;
        }
        if (ends_phrase(c) && ascii(c) != '\'') || count >= MOST_WORDS || text.len() - at > LONGEST {
            return (starts, count);
        }
        following = Some((at, c));
    }
    if following.is_some_and(|(_, first)| is_letter_or_digit(first)) {
        count += 1;
    }
    (starts, count)
}

fn ends_phrase(c: char) -> bool {
    !c.is_ascii_alphanumeric() && (matches!(ascii(c), '.' | ';' | ',' | '|' | '!' | '?' | '"') || is_quotation(c))
}

/// The spans of a line that stand between a pair of quotation marks.
fn quotations(line: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut past = 0;
    for (at, c) in line.char_indices() {
        match open {
            _ if at < past || c.is_ascii_alphanumeric() || c == ' ' => {}
            Some((start, closing)) if c == closing || (closing == '“' && c == '”') => {
                spans.push((start, at));
                open = None;
            }
            Some(_) => {}
            None => match single_quotation(line, at, c) {
                Some(end) => {
                    spans.push((at, end));
                    past = end;
                }
                None => open = closing_quotation(c).map(|closing| (at, closing)),
            },
        }
    }
    spans
}

/// Where a quotation in single marks ends. Most single marks are apostrophes: a quotation begins
/// before a word, ends behind one, and is short.
fn single_quotation(line: &str, at: usize, c: char) -> Option<usize> {
    const LONGEST: usize = 120;
    let rest = &line[at + c.len_utf8()..];
    let opens = matches!(c, '\'' | '‘' | '‚')
        && !line[..at].ends_with(char::is_alphanumeric)
        && rest.starts_with(char::is_alphabetic);
    if !opens {
        return None;
    }
    let mut previous = ' ';
    let mut characters = rest.char_indices().take(LONGEST).peekable();
    while let Some((end, mark)) = characters.next() {
        let closes = matches!(mark, '\'' | '’') || (c == '‚' && mark == '‘');
        let within = characters.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if closes && !within && !previous.is_whitespace() {
            return Some(line.len() - rest.len() + end);
        }
        previous = mark;
    }
    None
}

fn closing_quotation(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' => Some('”'),
        '„' | '‟' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '‹' => Some('›'),
        '›' => Some('‹'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

fn is_trimmed_after_label(c: char) -> bool {
    c.is_whitespace() || is_markup(c) || matches!(ascii(c), ']' | '}' | '.' | '…') || is_ornament(c)
}

/// `Investigated (so far)` without the aside.
fn without_aside(phrase: &str) -> &str {
    if !phrase.ends_with([')', '）']) {
        return phrase;
    }
    match phrase.rfind(['(', '（']) {
        Some(open) if phrase.len() - open <= LONGEST_ASIDE && open > 0 => &phrase[..open],
        _ => phrase,
    }
}

/// What stands before a label in the middle of a line, without what leads to the label.
fn trim_before(text: &str, ordinal: usize) -> &str {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_end_matches(|c: char| {
            c.is_whitespace()
                || is_markup(c)
                || is_ornament(c)
                || matches!(ascii(c), '|' | ',' | ';' | '/' | '(' | '[' | '{')
        });
        for dash in [" -", " –", " —"] {
            rest = rest.strip_suffix(dash).unwrap_or(rest);
        }
        for mark in [")", ".", ""] {
            let number = format!(" {ordinal}{mark}");
            if mark.is_empty() || !rest.ends_with(&number) {
                continue;
            }
            rest = &rest[..rest.len() - number.len()];
        }
        if rest.len() == before.len() {
            return rest;
        }
    }
}
