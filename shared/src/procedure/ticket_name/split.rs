//! Where the customer ends and the issue begins.

use super::super::characters::{is_dash, narrow};
use super::Reason;
use super::known::{self, Known};
use super::opening::{self, Opening, Word};

/// Words that make a sentence of `Escalation …` where no mark follows it.
const SENTENCE: [&str; 16] = [
    "call",
    "case",
    "email",
    "level",
    "manager",
    "matrix",
    "needed",
    "notice",
    "path",
    "policy",
    "process",
    "report",
    "request",
    "requested",
    "required",
    "team",
];

/// The marks that a real customer's name has at most, a bound for hostile ones.
const MARKS_OF_A_NAME: usize = 6;

/// A name that begins with the word, taken apart.
pub(super) struct Parts {
    pub(super) word: Word,
    pub(super) customer: Option<String>,
    pub(super) issue: Option<String>,
    /// What the marks between the parts should have been.
    pub(super) slips: Vec<Reason>,
}

/// A run of dashes or of another mark that may stand between two parts.
#[derive(Clone, Copy)]
struct Mark<'a> {
    start: usize,
    text: &'a str,
    /// Blank or nothing before it.
    free_before: bool,
    /// Blank or nothing behind it.
    free_behind: bool,
}

/// Takes a tidy line apart; `None` if it does not begin with the word.
pub(super) fn parts(line: &str, opening: &Opening, known: &Known) -> Option<Parts> {
    let end = line.find(|c: char| !c.is_alphanumeric()).unwrap_or(line.len());
    let word = opening::word(&line[..end])?;
    let mut slips = Vec::new();
    slips.extend((word == Word::Spelled).then_some(Reason::PrefixCase));

    let rest = &line[end..];
    // `[Escalation] - …`: the bracket was opened before the word.
    let rest = if opening.symbol { rest.trim_start_matches([']', ')', '}', '】', '*', '_']) } else { rest };
    let first = marks(rest).next().filter(|it| rest[..it.start].trim().is_empty());
    let first = first.map(|it| Mark { free_before: it.start > 0, ..it });
    let rest = match first {
        Some(mark) => {
            slips.extend(mark.slips());
            rest[mark.end()..].trim_start()
        }
        None if rest.is_empty() => rest,
        None if word != Word::Exact && word != Word::Spelled => return None,
        None if names_someone(rest) => {
            slips.push(Reason::Separator);
            rest.trim_start()
        }
        None => return None,
    };

    let Some(mark) = boundary(rest, first, known) else {
        return Some(Parts { word, customer: some(rest), issue: None, slips });
    };
    slips.extend(mark.slips());
    let issue = rest[mark.end()..].trim_start();
    let bare = without_loose_dashes(issue);
    slips.extend((bare != issue).then_some(Reason::Separator));
    let mut customer = some(rest[..mark.start].trim_end());
    if let Some(spelling) = customer.as_deref().and_then(|it| known.spelling(it)) {
        slips.push(Reason::DashStyle);
        customer = Some(spelling);
    }
    Some(Parts { word, customer, issue: some(bare), slips })
}

/// The mark between customer and issue. A known name decides, then the first dash with spaces, then
/// one that cannot be a hyphen; hyphens inside words only where they make exactly three parts.
fn boundary<'a>(rest: &'a str, first: Option<Mark>, known: &Known) -> Option<Mark<'a>> {
    if known.contains(rest) {
        return None;
    }
    let spaced = || marks(rest).filter(|it| it.is_dash() && it.is_spaced());
    let last_spaced = spaced().map(|it| it.start).last();
    let known_end = known.names().flat_map(|name| {
        // A legal form may add a mark of its own on either side.
        let own = marks(name).take(MARKS_OF_A_NAME).count();
        marks(rest).take(own + 2).filter(move |mark| {
            let decided = mark.is_dash() && mark.is_spaced() || last_spaced <= Some(mark.start);
            decided && known::same(&rest[..mark.start], name)
        })
    });
    if let Some(mark) = known_end.max_by_key(|it| it.start) {
        return Some(mark);
    }
    if let Some(mark) = spaced().next() {
        return Some(mark);
    }
    let no_hyphen = |it: &Mark| it.is_dash() && (it.free_before || it.free_behind || it.is_long());
    if let Some(mark) = marks(rest).find(no_hyphen) {
        return Some(mark);
    }
    let first = first.filter(|it| !it.is_spaced() || !it.is_dash())?;
    let mut alike = marks(rest).filter(|it| it.is_like(&first));
    match (alike.next(), alike.next()) {
        (Some(mark), None) => Some(mark),
        _ => None,
    }
}

/// Whether the text behind a prefix without a mark can be a customer's name.
fn names_someone(text: &str) -> bool {
    let Some(text) = text.strip_prefix(' ') else {
        return false;
    };
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    text.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase()) && !SENTENCE.contains(&first.as_str())
}

/// The marks of a text, in order.
fn marks(text: &str) -> impl Iterator<Item = Mark<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_mark)?;
        let end = text[start..].find(|c| !is_mark(c)).map_or(text.len(), |it| start + it);
        at = end;
        Some(Mark {
            start,
            text: &text[start..end],
            free_before: start == 0 || text[..start].ends_with(' '),
            free_behind: end == text.len() || text[end..].starts_with(' '),
        })
    })
}

fn is_mark(c: char) -> bool {
    is_dash(c)
        || matches!(narrow(c), ':' | '|' | '/' | '>' | '=' | ',' | ';' | '_' | '~' | '•' | '·' | '»' | '→' | '、')
}

/// An issue without dashes that stand alone before or behind it.
fn without_loose_dashes(issue: &str) -> &str {
    let mut issue = issue;
    while let Some(rest) = issue.split_once(' ').or(Some((issue, ""))).filter(|it| loose(it.0)).map(|it| it.1) {
        issue = rest;
    }
    while let Some(rest) = issue.rsplit_once(' ').filter(|it| loose(it.1)).map(|it| it.0) {
        issue = rest;
    }
    issue
}

fn loose(word: &str) -> bool {
    !word.is_empty() && word.chars().all(is_dash)
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

impl Mark<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is_dash(&self) -> bool {
        self.text.chars().all(is_dash)
    }

    fn is_spaced(&self) -> bool {
        self.free_before && self.free_behind
    }

    /// Doubled or as long as two: never a hyphen inside a name.
    fn is_long(&self) -> bool {
        self.text.chars().count() > 1 || matches!(self.text, "—" | "―" | "⸺" | "⸻")
    }

    fn is_like(&self, other: &Mark) -> bool {
        (self.is_dash() && other.is_dash()) || self.text.chars().map(narrow).eq(other.text.chars().map(narrow))
    }

    fn slips(&self) -> impl Iterator<Item = Reason> + use<> {
        let style = (self.is_dash() && self.text != "-").then_some(Reason::DashStyle);
        let separator = (!self.is_dash() || !self.is_spaced()).then_some(Reason::Separator);
        style.into_iter().chain(separator)
    }
}
