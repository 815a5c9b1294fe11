//! The one line that names an issue.

use super::super::characters::{is_blank, is_invisible};
use super::super::comment::Point;
use super::super::ticket_name::{Context, Reason, check};
use super::hide::says_something;
use super::{Case, LONGEST_SUMMARY, Privacy};

/// Where the last word would be cut, the line ends before it, unless more than this is lost.
const LONGEST_WORD: usize = 30;

/// What is wrong, by the ticket's name or by the comment. Never empty.
pub(super) fn of(case: &Case<'_>) -> String {
    let issue = case.points.iter().find(|it| it.0 == Point::Issue).and_then(|it| it.1);
    let candidates = [by_name(case), issue.map(|it| first_sentence(it).to_owned())];
    let said = candidates.into_iter().flatten().map(|it| line(&case.privacy.told(&it)));
    said.filter(|it| says_something(it))
        .map(|it| cut(&it))
        .next()
        .unwrap_or_else(|| cut(&line(&format!("Escalation {} of ticket {}", case.cycle, case.ticket))))
}

/// What the ticket's name says; nothing where the place of the issue is empty.
fn by_name(case: &Case<'_>) -> Option<String> {
    let context = match case.privacy {
        Privacy::Named => Context::default(),
        // A customer whose name holds a hyphen must not be split by it.
        Privacy::Hidden { names } => Context { companies: names.to_vec(), contacts: Vec::new() },
    };
    let name = check(case.subject, &context);
    match (name.customer, name.issue) {
        (Some(customer), Some(issue)) if matches!(case.privacy, Privacy::Named) => {
            Some(format!("{customer} - {issue}"))
        }
        (_, Some(issue)) => Some(issue),
        _ if name.reasons.iter().any(|it| matches!(it, Reason::MissingIssue | Reason::PlaceholderIssue)) => None,
        _ => Some(case.subject.to_owned()),
    }
}

/// The text up to the end of its first sentence.
fn first_sentence(text: &str) -> &str {
    let text = text.trim();
    let mut characters = text.char_indices().peekable();
    while let Some((at, it)) = characters.next() {
        let next = characters.peek().map(|it| it.1);
        let ends = match it {
            '\n' | '\r' => return &text[..at],
            '。' | '！' | '？' => true,
            // An abbreviation goes on in small letters.
            '.' => next.is_some_and(is_blank) && !goes_on(&text[at + 1..]),
            '!' | '?' => next.is_some_and(is_blank),
            _ => false,
        };
        if ends {
            return text[..at + it.len_utf8()].trim_end_matches(['.', '。']);
        }
    }
    text
}

fn goes_on(rest: &str) -> bool {
    rest.trim_start().chars().next().is_none_or(|it| it.is_lowercase() || it.is_ascii_digit())
}

/// The text in one line, without what nobody sees; a joiner stays, it shapes a word or an emoji.
fn line(text: &str) -> String {
    let seen = text.chars().filter(|it| !is_invisible(*it) || matches!(it, '\u{200c}' | '\u{200d}'));
    let plain: String = seen.map(|it| if is_blank(it) { ' ' } else { it }).collect();
    plain.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ")
}

/// As much of the line as a summary may hold, at a word's end where one is near.
fn cut(line: &str) -> String {
    if line.chars().count() <= LONGEST_SUMMARY {
        return line.to_owned();
    }
    let short: String = line.chars().take(LONGEST_SUMMARY - 1).collect();
    let whole = match short.rsplit_once(' ') {
        Some((words, half)) if half.chars().count() < LONGEST_WORD => words,
        _ => &short,
    };
    format!("{whole}…")
}
