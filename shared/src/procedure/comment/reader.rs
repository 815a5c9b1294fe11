//! From lines to answers.

use super::Answer;
use super::label::Labels;
use super::letters::{collapse, is_unspaced};
use super::line;
use super::middle::Middle;
use super::page::{Line, Page, Place};
use super::point::Point;
use super::quoted;
use super::script::{is_letter, is_letter_or_digit};
use super::table::{Column, Heads, columns, is_rule};
use super::value::{self, Value};

/// Begins a line of our messages that says what a point lacks: the point, a colon, and then
/// [`SAYS`] or [`NOT_FOUND`]. Such a line is never an answer: agents who copy our message and fill
/// in its last lines must be judged by these alone.
pub const OPEN_MARK: char = '✘';
/// What our messages say of a point whose answer is empty.
pub const SAYS: &str = "says ";
/// What our messages say of a point without a label.
pub const NOT_FOUND: &str = "not found.";
/// Begins a line of our messages that lists what is there.
const DONE_MARK: char = '✔';
/// Ends our messages; the line is never part of an answer.
pub const SIGNATURE: &str = "automatic message";

/// Mentions beyond these many are of no use to anybody.
const MOST_TYPED: usize = 20;
const LONGEST_NAME: usize = 60;

/// What the lines of a comment say.
pub(super) struct Read {
    pub answers: [Answer; 5],
    pub typed_mentions: Vec<String>,
    pub letters: usize,
}

/// Reads the lines up to where the author's own words end.
pub(super) fn read(page: &Page, labels: &Labels) -> Read {
    let mut own = page.lines();
    let end = (0..own.len()).find(|&at| quoted::ends_own_words(&own[at..])).unwrap_or(own.len());
    own.truncate(end);
    own.retain(|line| !quoted::is_quoted(line.text));
    let own = columns(own, labels);
    let mut reader =
        Reader { labels, segments: Vec::new(), current: None, seen: Vec::new(), row: None, signature: None };
    let mut heads = Heads::default();
    let mut letters = 0;
    let mut typed_mentions = Vec::new();
    for (at, line) in own.iter().enumerate() {
        letters += line.text.chars().filter(|&c| is_letter(c)).map(weight).sum::<usize>();
        collect_mentions(line.text, &mut typed_mentions);
        match heads.column(&own[at..], labels) {
            Column::Head(points) => reader.open(points),
            Column::Under(points) => reader.under(line, points),
            Column::None => reader.line(line),
        }
    }
    Read { answers: reader.finish(), typed_mentions, letters }
}

struct Reader<'a> {
    labels: &'a Labels,
    segments: Vec<Segment>,
    current: Option<usize>,
    seen: Vec<Point>,
    /// The row being read, and the segment and its length when it began.
    row: Option<(Place, Option<(usize, usize)>)>,
    /// A `--` that is a signature unless a label follows: the segment and its length before it.
    signature: Option<(usize, usize)>,
}

/// A label's value, line by line.
struct Segment {
    points: Vec<Point>,
    text: String,
}

impl Reader<'_> {
    fn line(&mut self, line: &Line<'_>) {
        let text = line.text.trim();
        self.enter_row(line.place);
        if is_ours(text) {
            self.current = None;
            return;
        }
        if quoted::may_be_signature(text) {
            self.signature = self.mark();
            return;
        }
        if is_rule(text) {
            return;
        }
        match line::heading(text, self.labels) {
            Some(heading) => {
                self.leave_numbering(line.place);
                self.open(heading.points);
                self.rest(heading.value);
            }
            None => self.rest(text),
        }
    }

    /// A line under the head of its column, unless it has a label of its own.
    fn under(&mut self, line: &Line<'_>, points: Vec<Point>) {
        if line::heading(line.text.trim(), self.labels).is_some() {
            return self.line(line);
        }
        self.open(points);
        self.push(line.text.trim());
    }

    /// Text in which labels may stand in the middle.
    fn rest(&mut self, text: &str) {
        let middle = Middle::of(text);
        let mut from = 0;
        while let Some(inside) = middle.next(from, self.labels, &self.seen) {
            self.push(inside.before);
            self.open(inside.points);
            from = text.len() - inside.value.len();
        }
        self.push(&text[from..]);
    }

    fn open(&mut self, points: Vec<Point>) {
        for &point in &points {
            if !self.seen.contains(&point) {
                self.seen.push(point);
            }
        }
        self.signature = None;
        self.current = Some(self.segments.len());
        self.segments.push(Segment { points, text: String::new() });
    }

    fn push(&mut self, text: &str) {
        let Some(current) = self.current else { return };
        let segment = &mut self.segments[current];
        if !segment.text.is_empty() {
            segment.text.push('\n');
        }
        segment.text.push_str(text);
    }

    fn mark(&self) -> Option<(usize, usize)> {
        self.signature.or_else(|| self.current.map(|current| (current, self.segments[current].text.len())))
    }

    fn enter_row(&mut self, place: Option<Place>) {
        let same = |row: &Place| place.is_some_and(|it| it.table == row.table && it.row == row.row);
        if self.row.as_ref().is_some_and(|(row, _)| same(row)) {
            return;
        }
        let mark = self.current.map(|current| (current, self.segments[current].text.len()));
        self.row = place.map(|place| (place, mark));
    }

    /// Where a row's label is not its first cell, the cells before it number the rows.
    fn leave_numbering(&mut self, place: Option<Place>) {
        let Some((_, mark)) = &mut self.row else {
            return;
        };
        let mark = mark.take();
        if place.is_some_and(|it| it.column > 1)
            && let Some((segment, length)) = mark
            && self.current == Some(segment)
        {
            self.segments[segment].text.truncate(length);
        }
    }

    fn finish(mut self) -> [Answer; 5] {
        if let Some((segment, length)) = self.signature {
            self.segments[segment].text.truncate(length);
        }
        let mut answers: [Answer; 5] = Default::default();
        for segment in self.segments {
            let answer = match value::judge(&segment.text) {
                Value::Empty(found) => Answer::Empty(found),
                Value::Given(text) => Answer::Given(text),
            };
            for point in segment.points {
                answers[point as usize].add(&answer);
            }
        }
        answers
    }
}

/// Chinese says in one character what English says in three.
fn weight(letter: char) -> usize {
    if is_unspaced(letter) { 3 } else { 1 }
}

/// A line of our own messages.
fn is_ours(line: &str) -> bool {
    if line.len() < SIGNATURE.len() && line.is_ascii() {
        return false;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '•' | '.'));
    let listed = bare.starts_with(DONE_MARK) && bare.matches(DONE_MARK).count() > 1 && !bare.contains([':', '：']);
    let signed = bare
        .len()
        .checked_sub(SIGNATURE.len())
        .is_some_and(|at| bare.is_char_boundary(at) && bare[at..].eq_ignore_ascii_case(SIGNATURE));
    let lack = bare.strip_prefix(OPEN_MARK).and_then(|rest| rest.split_once(':')).is_some_and(|(_, found)| {
        let found = found.trim_start_matches(['*', '_', ' ']);
        found.starts_with(SAYS) || found.starts_with(NOT_FOUND)
    });
    lack || listed || signed
}

/// Adds the names typed as `@Name Surname`, or as Slack writes a mention in plain text.
fn collect_mentions(line: &str, names: &mut Vec<String>) {
    for (at, sign) in line.match_indices(['@', '＠']) {
        let bounded = !line[..at].ends_with(|c: char| is_letter_or_digit(c) || matches!(c, '.' | '_' | '-'));
        if names.len() >= MOST_TYPED || !bounded {
            continue;
        }
        let rest = &line[at + sign.len()..];
        let rest = &rest[..rest.floor_char_boundary(LONGEST_NAME)];
        let is_part = |c: char| is_letter_or_digit(c) || matches!(c, '-' | '\'' | '’' | '_');
        let first = &rest[..rest.find(|c: char| !is_part(c)).unwrap_or(rest.len())];
        if !first.starts_with(is_letter) {
            continue;
        }
        let second = rest[first.len()..].strip_prefix(' ').unwrap_or_default();
        let second = &second[..second.find(|c: char| !is_part(c)).unwrap_or(second.len())];
        let surname = first.starts_with(char::is_uppercase) && second.starts_with(char::is_uppercase);
        let name = if surname { collapse(&format!("{first} {second}")) } else { first.to_owned() };
        if !names.contains(&name) {
            names.push(name);
        }
    }
}
