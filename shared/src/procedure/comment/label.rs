//! Which phrases name a point.

use super::letters::{ascii, fold, has};
use super::line;
use super::point::Point;
use super::slip::{self, Bag};

/// The shipped names and near-synonyms. `Needed` and `Required` alone are too common to stand
/// before anything but a colon, and anywhere but at the start of a line: "ID Required: yes".
const SHIPPED: [(Point, &[&str]); 5] = [
    (Point::Issue, &["Issue", "Issues", "Problem", "Problems"]),
    (Point::Investigated, &["Investigated", "Investigation", "Investigations"]),
    (
        Point::ActionTaken,
        &["Action Taken", "Actions Taken", "Steps Taken", "Step Taken", "Actions/Steps Taken", "Action/Steps Taken"],
    ),
    (Point::Blocker, &["Blocker", "Blockers", "Blocked by"]),
    (
        Point::RequiredToResolve,
        &[
            "Required to Resolve",
            "Needed to Resolve",
            "Required for Resolution",
            "Needed for Resolution",
            "Required to Close",
            "Needed to Close",
            "Required for Closure",
            "Needed for Closure",
            "Required to Fix",
            "Needed to Fix",
        ],
    ),
];

/// `Required to …` in the words of whoever writes it: at most this many words follow.
const OPEN_WORDS: usize = 4;

/// What stands after a phrase that may be a label.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// `:` or `=` at the start of a line.
    Colon,
    /// `:` or `=` in the middle of a line.
    Inside,
    /// A dash, an arrow, a bar, a closing bracket, or the end of the line or cell.
    Other,
}

/// The phrases that are read as the name of a point.
#[derive(Debug, Clone)]
pub struct Labels {
    known: Vec<Known>,
    initials: Vec<char>,
    /// The fewest letters of a label, and the most words.
    shortest: usize,
    most_words: usize,
}

#[derive(Debug, Clone)]
struct Known {
    point: Point,
    spoken: String,
    /// The folded words.
    key: String,
    /// The folded letters without the spaces, for slips and for forgotten spaces.
    letters: Vec<char>,
    bag: Bag,
    words: usize,
}

impl Labels {
    /// The five names and their near-synonyms.
    pub fn shipped() -> Self {
        let mut labels = Self { known: Vec::new(), initials: Vec::new(), shortest: usize::MAX, most_words: 0 };
        for (point, phrases) in SHIPPED {
            for phrase in phrases {
                labels.add(point, phrase);
            }
        }
        labels
    }

    /// Adds the admin's own names, such as translations.
    ///
    /// # Errors
    /// Says which alias cannot be told from another point's label, or could never be recognised.
    pub fn with_aliases(mut self, aliases: impl IntoIterator<Item = (Point, String)>) -> Result<Self, String> {
        for (point, alias) in aliases {
            let phrase = alias.trim().trim_end_matches([':', '：']).trim();
            if let Some(other) = self.points(phrase, After::Colon).into_iter().find(|&it| it != point) {
                return Err(format!("label `{alias}` of {point} is already a label of {other}"));
            }
            self.add(point, phrase);
            let heading = line::heading(&format!("{phrase}: x"), &self).map(|it| it.points);
            if heading.as_deref() != Some(&[point]) {
                return Err(format!("label `{alias}` of {point} cannot be recognised at the start of a line"));
            }
        }
        Ok(self)
    }

    /// The phrases accepted for a point, the usual one first.
    pub fn accepted(&self, point: Point) -> impl Iterator<Item = &str> {
        self.known.iter().filter(move |it| it.point == point).map(|it| it.spoken.as_str())
    }

    fn add(&mut self, point: Point, phrase: &str) {
        let key = tidy(phrase);
        let Some(initial) = key.chars().next() else {
            return;
        };
        if self.known.iter().any(|it| it.key == key) {
            return;
        }
        if !self.initials.contains(&initial) {
            self.initials.push(initial);
        }
        let letters: Vec<char> = key.chars().filter(|&c| c != ' ').collect();
        self.shortest = self.shortest.min(letters.len());
        let words = words(&key);
        self.most_words = self.most_words.max(words);
        let bag = letters.iter().fold(Bag::default(), |bag, &c| bag.with(c));
        self.known.push(Known { point, spoken: phrase.to_owned(), key, letters, bag, words });
    }

    /// Whether some label begins with this character: the cheap question before the dear one.
    pub(super) fn may_begin_with(&self, c: char) -> bool {
        let c = ascii(c);
        let lower = if c == 'İ' || c == 'ı' { 'i' } else { c.to_lowercase().next().unwrap_or(c) };
        self.initials.contains(&lower)
    }

    /// The points a phrase names: none, one, or several in `A/B` and `A & B`.
    pub(super) fn points(&self, phrase: &str, after: After) -> Vec<Point> {
        if !phrase.chars().next().is_some_and(|c| self.may_begin_with(c)) {
            return Vec::new();
        }
        if phrase.len() + slip::MOST_FORGIVEN < self.shortest {
            return Vec::new();
        }
        let joins = || phrase.contains(['/', '&', '+', '／', '＆', '＋']) || has(phrase, b"nd");
        if after == After::Inside && phrase.split_whitespace().count() > self.most_words && !joins() {
            return Vec::new();
        }
        let key = tidy(phrase);
        let first = first_part(&key);
        // Most phrases with a slash name nothing, and their first part shows it.
        if first.len() == key.len() || self.single(first.trim(), after).is_none() {
            return self.single(&key, after).into_iter().collect();
        }
        let parts: Vec<&str> = key.split(['/', '&', '+']).flat_map(|part| part.split(" and ")).map(str::trim).collect();
        if let Some(several) = parts.iter().map(|part| self.single(part, after)).collect::<Option<Vec<_>>>() {
            let mut points: Vec<Point> = Vec::new();
            for point in several {
                if !points.contains(&point) {
                    points.push(point);
                }
            }
            return points;
        }
        if let Some(point) = self.single(&key, after) {
            return vec![point];
        }
        // "Issue / request:" is the agent's own heading for the issue.
        let slashed = after == After::Colon && key.contains('/') && parts.iter().all(|part| words(part) <= 3);
        if slashed { self.single(parts[0], after).into_iter().collect() } else { Vec::new() }
    }

    fn single(&self, key: &str, after: After) -> Option<Point> {
        if after == After::Colon && matches!(key, "needed" | "required") {
            return Some(Point::RequiredToResolve);
        }
        self.nearest(key).or_else(|| (after == After::Colon && is_open_ended(key)).then_some(Point::RequiredToResolve))
    }

    /// The one point whose label is nearest; none where two points are equally near.
    fn nearest(&self, key: &str) -> Option<Point> {
        let words = words(key);
        if words > self.most_words || key.len() + slip::MOST_FORGIVEN < self.shortest {
            return None;
        }
        let spaceless = || key.chars().filter(|&c| c != ' ');
        let first = spaceless().next()?;
        let (length, bag) = spaceless().fold((0, Bag::default()), |(length, bag), c| (length + 1, bag.with(c)));
        let mut alike = self.known.iter().filter(|it| it.is_alike(first, length, bag)).peekable();
        alike.peek()?;
        if let Some(known) = alike.clone().find(|it| it.key == key) {
            return Some(known.point);
        }
        let letters: Vec<char> = spaceless().collect();
        let real: Vec<&str> = key.split(' ').filter(|it| slip::is_real_word(it)).collect();
        let mut best: Option<(usize, Point)> = None;
        let mut tied = false;
        for known in alike {
            let Some(distance) = known.distance(&letters, words, &real) else {
                continue;
            };
            match best {
                Some((least, _)) if least < distance => {}
                Some((least, point)) if least == distance => tied |= point != known.point,
                _ => {
                    best = Some((distance, known.point));
                    tied = false;
                }
            }
        }
        let (_, point) = best.filter(|_| !tied)?;
        // "Blocked" is a word, not "Blocked by" with two letters gone.
        (!slip::is_real_word(key)).then_some(point)
    }
}

impl Known {
    /// Whether a phrase may be a slip of this one: the cheap question before the dear one.
    fn is_alike(&self, first: char, length: usize, bag: Bag) -> bool {
        self.letters.first() == Some(&first)
            && self.letters.len().abs_diff(length) <= slip::MOST_FORGIVEN
            && self.bag.is_near(bag, slip::MOST_FORGIVEN)
    }

    /// How many slips it is away, where these are forgiven; `real` are the phrase's words of their own.
    fn distance(&self, letters: &[char], words: usize, real: &[&str]) -> Option<usize> {
        // A forgotten space is a slip of the thumb; a space too many makes other words ("Is Sue").
        if letters.first() != self.letters.first() || words > self.words {
            return None;
        }
        let distance = slip::distance(letters, &self.letters, slip::forgiven(self.letters.len()))?;
        let other_word = || {
            let mut own = self.key.split(' ');
            real.iter().any(|word| !own.any(|it| it == *word))
        };
        (distance == 0 || !other_word()).then_some(distance)
    }
}

fn is_open_ended(key: &str) -> bool {
    let mut words = key.split(' ');
    matches!(words.next(), Some("needed" | "required"))
        && matches!(words.next(), Some("to" | "for"))
        && (1..=OPEN_WORDS).contains(&words.count())
}

/// What stands before the first of `/`, `&`, `+` and `and`.
fn first_part(key: &str) -> &str {
    let bytes = key.as_bytes();
    let joins = |&at: &usize| matches!(bytes[at], b'/' | b'&' | b'+') || bytes[at..].starts_with(b" and ");
    &key[..(0..bytes.len()).find(joins).unwrap_or(bytes.len())]
}

fn words(key: &str) -> usize {
    key.bytes().filter(|&b| b == b' ').count() + 1
}

fn tidy(phrase: &str) -> String {
    let key = fold(phrase);
    if has(&key, b" /") || has(&key, b"/ ") { key.replace(" /", "/").replace("/ ", "/") } else { key }
}
