//! What people read of what happens in Jira.
//!
//! What is said on the ticket becomes an internal comment by [`told`](super::lane::told); what goes into
//! the thread in Slack is in [`thread`].

pub mod thread;

use super::super::characters::is_invisible;
use super::super::jira_reference::IssueKey;
use super::super::message::{Message, Span, bold, plain};

/// A comment in Jira is shown up to this many characters; the whole of it is a click away.
const COMMENT: usize = 500;
/// A name, a status or a version is shown up to this many characters.
const NAME: usize = 40;
/// Of several versions or issues so many are named.
const NAMES: usize = 3;

/// By this a comment in Jira is meant for support.
const FLAG: &str = "[cs]";

/// What Jira calls the resolution of what was repaired.
const FIXED: [&str; 3] = ["done", "fixed", "resolved"];

/// An issue and how it stands.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// Its present key.
    pub key: &'a IssueKey,
    /// Its page.
    pub page: &'a str,
    /// Its status in Jira's words.
    pub status: &'a str,
    /// How it was resolved, where the project says so.
    pub resolution: Option<&'a str>,
    /// The versions that bring the fix.
    pub fixed_in: &'a [String],
}

/// Whoever is meant.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The Shift Lead, as a mention.
    pub lead: Option<Span>,
    /// The agent, by name.
    pub agent: Option<String>,
}

/// What an issue turned out to repeat.
#[derive(Debug, Clone, Copy)]
pub enum Original<'a> {
    /// This one, which goes on, and whether Tech is done with it too.
    One {
        /// Its key.
        key: &'a IssueKey,
        /// Its page.
        page: &'a str,
        /// Its status, where it is known.
        status: Option<&'a str>,
        /// Whether that counts as done.
        is_done: bool,
        /// Whether the ticket follows it from now on.
        is_followed: bool,
    },
    /// Jira names none, several, or two that repeat each other.
    Unclear(&'a [IssueKey]),
}

/// Whether a comment in Jira is meant for support.
pub fn is_for_support(comment: &str) -> bool {
    comment.to_lowercase().contains(FLAG)
}

/// The issue has another status, and Tech is not done with it.
pub fn moved(issue: &Issue<'_>, before: Option<&str>) -> Message {
    let mut message = Message::of(moved_to(issue, before));
    message.paragraph([plain("Nothing to do: I will write here when it moves again.")]);
    message
}

/// Tech is done with it.
pub fn done(issue: &Issue<'_>, people: &People) -> Message {
    let mut message = Message::of(done_with(issue));
    let agent = people.agent.as_deref().map_or("the agent".to_owned(), |it| short(it, NAME));
    let said = format!("please tell {agent} how to answer the customer, or answer and comment \"ready to close\".");
    message.paragraph(asked(people.lead.clone(), said));
    message
}

/// The issue has another status, and the ticket's escalation is over.
pub fn afterwards(issue: &Issue<'_>, before: Option<&str>, is_done: bool, is_closed: bool) -> Message {
    let mut message = Message::of(if is_done { stands_done(issue).0 } else { moved_to(issue, before) });
    let what = match (is_closed, is_done) {
        (true, true) => "This ticket is closed and stays so: nothing to do unless the customer still waits.",
        (true, false) => "This ticket is closed and stays so: please reopen it if the customer is affected again.",
        (false, _) => "This ticket is not escalated any more: nothing to do unless the customer still waits.",
    };
    message.paragraph([plain(what)]);
    message
}

/// The issue went to another project.
pub fn rekeyed(was: &str, issue: &Issue<'_>) -> Message {
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    let mut message = Message::of([
        bold(format!("{} has a new key: ", short(was, NAME))),
        link,
        plain(format!("{}.", in_brackets(issue.status))),
    ]);
    message
        .paragraph([plain("Tech moved it to another project. I changed Jira Reference and the link: nothing to do.")]);
    message
}

/// The issue is gone.
pub fn deleted(key: &str, people: &People) -> Message {
    let mut message = Message::of([
        bold(format!("{} is deleted in Jira", short(key, NAME))),
        plain(", or was moved to where I may not see it. I left Jira Reference as it is."),
    ]);
    let said = "please ask Tech what became of it. For another issue write its key into Jira Reference; for a new one \
                clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.";
    message.paragraph(asked(people.lead.clone(), said.to_owned()));
    message
}

/// The issue is gone, and the ticket's escalation is over.
pub fn deleted_afterwards(key: &str) -> Message {
    Message::of([
        bold(format!("{} is deleted in Jira", short(key, NAME))),
        plain(", or was moved to where I may not see it. The escalation is over: nothing to do."),
    ])
}

/// The issue was closed because another one is about the same.
pub fn duplicate(issue: &Issue<'_>, original: &Original<'_>, people: &People) -> Message {
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    match original {
        Original::One { key, page, status, is_done, is_followed } => {
            let goes_on = if *is_done { "" } else { ", which goes on" };
            let status = in_brackets(status.unwrap_or_default());
            let mut message = Message::of([
                link,
                bold(" was closed as a duplicate of "),
                Span::Link { text: key.to_string(), url: (*page).to_owned() },
                plain(format!("{status}{goes_on}.")),
            ]);
            let follows = format!("I changed Jira Reference and the link: this ticket follows {key} from now on");
            if *is_followed {
                message.paragraph([plain(if *is_done {
                    format!("{follows}.")
                } else {
                    format!("{follows}. Nothing to do.")
                })]);
            }
            let said = match is_done {
                true => format!(
                    "{key} is done too: please look whether it solves this ticket. If it does, tell the agent how to \
                     answer the customer."
                ),
                false => format!("please write {key} into Jira Reference: then this ticket follows it."),
            };
            if *is_done || !*is_followed {
                message.paragraph(asked(people.lead.clone(), said));
            }
            message
        }
        Original::Unclear(keys) => {
            let mut message = Message::of([link, bold(" was closed as a duplicate"), plain(of_what(keys))]);
            let said = "please ask Tech which issue goes on, and write its key into Jira Reference: then this ticket \
                        follows it.";
            message.paragraph(asked(people.lead.clone(), said.to_owned()));
            message
        }
    }
}

fn of_what(keys: &[IssueKey]) -> String {
    match keys {
        [] => ", and Jira does not say of which issue.".to_owned(),
        [one] => format!(" of {one}, which is closed as a duplicate of it."),
        several => {
            let named: Vec<String> = several.iter().take(NAMES).map(IssueKey::to_string).collect();
            format!(" of several issues: {}.", named.join(", "))
        }
    }
}

/// Somebody in Tech wrote something for support. What they wrote stands between quotation marks and in one
/// line, where no heading is read in it.
pub fn said(issue: &Issue<'_>, comment: &str, page: &str, author: &str) -> Message {
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    let author = Some(short(author, NAME)).filter(|it| !it.is_empty());
    let by = author.map(|it| format!(" ({it})")).unwrap_or_default();
    let mut message = Message::of([bold("Tech wrote on "), link, plain(format!("{by}:"))]);
    let words = short(comment, COMMENT).replace(['“', '”', '„', '‟'], "\"");
    message.paragraph([plain(format!("They say “{words}”"))]);
    message.paragraph([Span::Link { text: "Read it in Jira".to_owned(), url: page.to_owned() }]);
    message
}

/// "TECH-123 is Done (fixed in 4.2.1): fix ready, please tell the customer."
fn done_with(issue: &Issue<'_>) -> Vec<Span> {
    let (mut said, is_fixed) = stands_done(issue);
    said.push(plain(if is_fixed { " Fix ready, please tell the customer." } else { " Please tell the customer." }));
    said
}

/// "TECH-123 is Done (fixed in 4.2.1).", and whether it was repaired.
fn stands_done(issue: &Issue<'_>) -> (Vec<Span>, bool) {
    let resolution = issue.resolution.map(|it| short(it, NAME));
    let is_fixed = resolution.as_ref().is_none_or(|it| FIXED.contains(&it.to_lowercase().as_str()));
    let how = match (is_fixed, fixed_in(issue.fixed_in)) {
        (true, Some(versions)) => format!(" (fixed in {versions})"),
        (true, None) => String::new(),
        (false, _) => in_brackets(&resolution.unwrap_or_default()),
    };
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    (vec![link, bold(format!(" is {}", short(issue.status, NAME))), plain(format!("{how}."))], is_fixed)
}

fn moved_to(issue: &Issue<'_>, before: Option<&str>) -> Vec<Span> {
    let before = before.map(|it| short(it, NAME)).filter(|it| !it.is_empty());
    let before = before.map(|it| format!(" (it was {it})")).unwrap_or_default();
    vec![
        Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() },
        bold(format!(" is {}", short(issue.status, NAME))),
        plain(format!("{before}.")),
    ]
}

fn fixed_in(versions: &[String]) -> Option<String> {
    let named: Vec<String> = versions.iter().take(NAMES).map(|it| short(it, NAME)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

fn in_brackets(text: &str) -> String {
    let text = short(text, NAME);
    if text.is_empty() { text } else { format!(" ({text})") }
}

/// A request to the Shift Lead.
fn asked(lead: Option<Span>, what: String) -> [Span; 2] {
    match lead {
        Some(lead) => [lead, plain(format!(", {what}"))],
        None => [plain("Shift Lead: "), plain(what)],
    }
}

/// What somebody else wrote: in one line, without what nobody sees, up to `longest` characters.
fn short(text: &str, longest: usize) -> String {
    let seen: String = text.chars().filter(|it| !is_invisible(*it)).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= longest {
        return line;
    }
    line.chars().take(longest - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests;
