//! Where a label stands in a line, and where its value begins.

use super::label::{After, Labels};
use super::letters::{ascii, is_quotation, is_symbol, is_unspaced};
use super::point::Point;

/// A label is shorter than this, with everything that may stand inside it.
const LONGEST: usize = 90;
/// … and has at most so many words.
const MOST_WORDS: usize = 9;
/// An aside in brackets after a label is shorter than this.
const LONGEST_ASIDE: usize = 120;

/// What makes "issue-related" one word; any other `Issue-…` is a label and its value.
const COMPOUNDS: [&str; 14] = [
    "related", "free", "solving", "solver", "specific", "tracker", "tracking", "prone", "wise", "by", "type", "based",
    "level", "ridden",
];

/// "Known Issue:" in the middle of a line is a phrase of its own, not the heading.
const ATTRIBUTES: [&str; 36] = [
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
    "one",
    "technical",
];

/// A label at the start of a line.
pub(super) struct Heading<'a> {
    pub points: Vec<Point>,
    pub value: &'a str,
}

/// A label in the middle of a line: what stands before it, and what follows.
pub(super) struct Inside<'a> {
    pub before: &'a str,
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
        if previous.is_alphanumeric() && (!c.is_alphanumeric() || is_symbol(c)) || previous == ')' {
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
            } else if is_quotation(c) || c == '@' || (c.is_alphanumeric() && !is_symbol(c)) {
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
            let Some(c) = rest.chars().next() else { return Some((After::Other, rest)) };
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

/// Labels in the middle of a line, from left to right.
pub(super) struct Middle<'a> {
    line: &'a str,
    quoted: Vec<(usize, usize)>,
}

impl<'a> Middle<'a> {
    pub(super) fn of(line: &'a str) -> Self {
        let quoted = if line.contains([':', '：', '=', '＝', '∶']) { quotations(line) } else { Vec::new() };
        Self { line, quoted }
    }

    /// The next label after `from` whose points have not been seen; the byte where its value begins.
    pub(super) fn next(&self, from: usize, labels: &Labels, seen: &[Point]) -> Option<Inside<'a>> {
        if seen.len() == Point::ALL.len() {
            return None;
        }
        let mut floor = from;
        for (at, c) in self.line[from..].char_indices().map(|(at, c)| (from + at, c)) {
            let separator = ascii(c);
            if !matches!(separator, ':' | '=') {
                continue;
            }
            if let Some((start, points)) = self.label_before(floor, at, separator, labels, seen) {
                let rest = more_separators(&self.line[at + c.len_utf8()..]);
                let opened = self.line[..start].ends_with(is_markup);
                let before = trim_before(&self.line[from..start], seen.len() + 1);
                return Some(Inside { before, points, value: closing_markup(rest, opened) });
            }
            floor = at + c.len_utf8();
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
        for start in word_starts(&self.line[floor..end]).into_iter().rev().map(|start| floor + start) {
            let span = self.quoted.partition_point(|&(_, close)| close < start);
            let quoted = self.quoted.get(span).is_some_and(|&(open, _)| open < start);
            if quoted || !self.may_stand_at(start, separator, labels) {
                continue;
            }
            let points = labels.points(&self.line[start..end], After::Inside);
            let unseen = !points.is_empty() && points.iter().all(|point| !seen.contains(point));
            if unseen && !has_attribute(&self.line[..start]) {
                return Some((start, points));
            }
        }
        None
    }

    fn may_stand_at(&self, start: usize, separator: char, labels: &Labels) -> bool {
        let before = &self.line[..start];
        let Some(first) = self.line[start..].chars().next() else { return false };
        let mut backwards = before.chars().rev();
        let attached = backwards.next().unwrap_or(' ');
        let joined = backwards.next().is_some_and(char::is_alphanumeric);
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
    let word = plain.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ATTRIBUTES.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The starts of the last few words, the nearest first.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut following: Option<(usize, char)> = None;
    for (at, c) in text.char_indices().rev() {
        if let Some((start, first)) = following
            && first.is_alphanumeric()
            && (!c.is_alphanumeric() || (is_unspaced(c) && !is_unspaced(first)))
        {
            starts.push(start);
        }
        let ends_phrase = matches!(ascii(c), '.' | ';' | ',' | '|' | '!' | '?' | '"') || is_quotation(c);
        if (ends_phrase && ascii(c) != '\'') || starts.len() >= MOST_WORDS || text.len() - at > LONGEST {
            return starts;
        }
        following = Some((at, c));
    }
    if following.is_some_and(|(_, first)| first.is_alphanumeric()) {
        starts.push(0);
    }
    starts
}

/// The spans of a line that stand between a pair of quotation marks.
fn quotations(line: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in line.char_indices() {
        match open {
            Some((start, closing)) if c == closing || (closing == '“' && c == '”') => {
                spans.push((start, at));
                open = None;
            }
            Some(_) => {}
            None => open = closing_quotation(c).map(|closing| (at, closing)),
        }
    }
    spans
}

fn closing_quotation(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '“' => Some('”'),
        '„' | '‟' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

fn is_symbol_before(c: char) -> bool {
    is_ornament(c) && !matches!(c, '→' | '⇒' | '➔' | '➜')
}

/// A picture or a bullet; not the punctuation of any script.
fn is_ornament(c: char) -> bool {
    matches!(c, '•' | '·' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}')
        || matches!(c, '\u{2190}'..='\u{22ff}' | '\u{2300}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

fn closing_of(c: char) -> Option<char> {
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
fn enumerator(rest: &str) -> Option<usize> {
    let open = rest.starts_with(['(', '（']);
    let body = rest.strip_prefix(['(', '（']).unwrap_or(rest);
    let end = body.char_indices().take(6).find(|&(_, c)| !c.is_alphanumeric() || is_symbol(c))?.0;
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

fn bare_number(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    let digit = characters.next()?;
    (ascii(digit).is_ascii_digit() && characters.next()? == ' ').then_some(digit.len_utf8() + 1)
}

/// `:fire:` as Slack writes an emoji.
fn shortcode(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix(':')?;
    let length = body.bytes().take(40).position(|b| b == b':')?;
    let named = body.as_bytes()[..length].iter().all(|b| b.is_ascii_alphanumeric() || b"_+-'".contains(b));
    (named && length > 0).then_some(length + 2)
}

/// `[ ]` and `[x]`.
fn check_box(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('[')?;
    let body = body.strip_prefix([' ', 'x', 'X', '✓', '✔']).unwrap_or(body);
    body.strip_prefix(']').map(|after| rest.len() - after.len())
}

/// The length of `(so far)` after a label.
fn aside(rest: &str) -> Option<usize> {
    rest.strip_prefix(['(', '（'])?;
    let end = rest.char_indices().take(LONGEST_ASIDE).find(|&(_, c)| ascii(c) == ')')?.0;
    Some(end + rest[end..].chars().next()?.len_utf8())
}

/// What follows `...` after a label, where it is a colon: the dots lead to it.
fn dots(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(['.', '…', ' ']);
    (after.len() < rest.len() && after.starts_with([':', '：', '='])).then_some(after)
}

fn is_compound(after_hyphen: &str) -> bool {
    let word = after_hyphen.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    COMPOUNDS.contains(&word)
}

/// Skips what doubles the separator: `:-`, `->`, `::`, `--`.
fn more_separators(rest: &str) -> &str {
    let after = rest.trim_start_matches(|c| matches!(ascii(c), ':' | '=' | '>' | '-' | '–' | '—' | '|'));
    let arrow = rest.starts_with('>') && !after.is_empty();
    if arrow || after.is_empty() || after.starts_with(char::is_whitespace) { after } else { rest }
}

fn closing_markup(rest: &str, opened: bool) -> &str {
    let trimmed = if opened { rest.trim_start() } else { rest };
    let after = trimmed.trim_start_matches(is_markup);
    let closes = after.is_empty() || after.starts_with(char::is_whitespace) || (opened && trimmed.len() == rest.len());
    if after.len() < trimmed.len() && closes { after } else { rest }
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
