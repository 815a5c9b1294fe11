//! The replies in an escalation's thread: short, and without anybody's words but Jira's own.

use super::super::super::message::{Message, Span, bold, plain};
use super::{Issue, NAME, Original, People, done_with, moved_to, of_what, short};

/// The issue has another status, and Tech is not done with it.
pub fn moved(issue: &Issue<'_>, before: Option<&str>) -> Message {
    Message::of(moved_to(issue, before))
}

/// Tech is done with it.
pub fn done(issue: &Issue<'_>, people: &People) -> Message {
    Message::of(addressed(people).chain(done_with(issue)))
}

/// The issue is gone.
pub fn deleted(key: &str, people: &People) -> Message {
    let said = bold(format!("{} is deleted in Jira", short(key, NAME)));
    Message::of(addressed(people).chain([said, plain(": the ticket says what to do.")]))
}

/// The issue was closed because another one is about the same.
pub fn duplicate(issue: &Issue<'_>, original: &Original<'_>, people: &People) -> Message {
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    let (rest, asks) = match original {
        Original::One { key, is_followed: true, is_done: false, .. } => {
            (format!(" of {key}, which the ticket follows now."), false)
        }
        Original::One { key, .. } => (format!(" of {key}: the ticket says what to do."), true),
        Original::Unclear(keys) => (of_what(keys), true),
    };
    let addressed = addressed(people).filter(|_| asks);
    Message::of(addressed.chain([link, bold(" was closed as a duplicate"), plain(rest)]))
}

fn addressed(people: &People) -> impl Iterator<Item = Span> {
    people.lead.clone().into_iter().flat_map(|it| [it, plain(" ")])
}
