//! What people read about the Jira issue of an escalation.
//!
//! What is said on the ticket becomes an internal comment by [`told`](super::lane::told).

mod blocked;
mod output;

use super::super::characters::is_invisible;
use super::super::comment::SIGNATURE;
use super::super::issue::Block;
use super::super::jira_reference::IssueKey;
use super::super::message::{Message, Span, bold, plain, small};
use super::super::stage::{Role, Step, Why};

pub use blocked::{Blocked, blocked};
pub use output::{Outcome, Plan, summary, would};

/// What Jira says is quoted up to this many characters.
const ANSWER: usize = 300;
/// A name or a status is shown up to this many characters.
const NAME: usize = 40;
/// Of a list of fields or projects these many are named.
const NAMES: usize = 5;
/// And of a list of keys these, which may be long.
const KEYS: usize = 2;

/// Where the rest of an issue's description stands, which is too long for Jira.
pub const THE_REST: &str = "The rest stands on the HubSpot ticket";

/// How somebody makes the same thing be tried again.
const AGAIN: &str = "set Escalation Type to Shift Lead, then to Tech";

/// An issue.
#[derive(Debug, Clone, Copy)]
pub struct Issue<'a> {
    /// Its key.
    pub key: &'a IssueKey,
    /// Its page.
    pub page: &'a str,
    /// Its status in Jira's words, where it is known.
    pub status: Option<&'a str>,
}

/// How an escalation came to its issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// It was created for it.
    Created,
    /// It was there already.
    Linked {
        /// Whether Tech is done with it.
        is_done: bool,
        /// How many tickets report it now.
        tickets: usize,
    },
}

/// An escalation whose issue is known.
#[derive(Debug, Clone)]
pub struct InTech<'a> {
    /// The issue.
    pub issue: Issue<'a>,
    /// How it came to it.
    pub came: Came,
    /// Keys that were named beside it.
    pub others: &'a [IssueKey],
    /// What became of the ticket's stage.
    pub step: Step<'a>,
    /// The Shift Lead, as a mention.
    pub lead: Option<Span>,
}

/// The escalation has its issue.
pub fn in_tech(about: &InTech<'_>) -> Message {
    let mut message = Message::of(headed(&about.issue, about.came));
    if is_done(about.came) {
        message.paragraph(asked(
            about.lead.clone(),
            format!(
                "please look whether it solves this ticket too. If it does, tell the agent how to answer the \
                 customer. If not, reopen it in Jira; or for a new issue clear Jira Reference and {AGAIN}."
            ),
        ));
    }
    if !about.others.is_empty() {
        let others = about.others.iter().map(IssueKey::to_string);
        let said = format!("Also named beside it: {}. I do not follow these.", listed(others, "and", KEYS));
        message.paragraph([plain(said)]);
    }
    message.paragraph([plain(stage(about.step))]);
    message
}

fn headed(issue: &Issue<'_>, came: Came) -> Vec<Span> {
    let promise = "I will write here when Jira moves. Nobody needs to copy anything.";
    let said = match came {
        Came::Created => format!(". {promise}"),
        Came::Linked { is_done: true, tickets } => {
            format!(", which was there already and is done.{}", reported(tickets))
        }
        Came::Linked { is_done: false, tickets } => {
            format!(", which was there already.{} {promise}", reported(tickets))
        }
    };
    [bold("In Tech: ")].into_iter().chain(named(issue)).chain([plain(said)]).collect()
}

/// The key, which leads to the issue's page, and its status.
fn named(issue: &Issue<'_>) -> [Span; 2] {
    let status = issue.status.map(|it| short(it, NAME)).filter(|it| !it.is_empty());
    let link = Span::Link { text: issue.key.to_string(), url: issue.page.to_owned() };
    [link, plain(status.map(|it| format!(" ({it})")).unwrap_or_default())]
}

fn is_done(came: Came) -> bool {
    matches!(came, Came::Linked { is_done: true, .. })
}

/// One ticket goes without saying.
fn reported(tickets: usize) -> String {
    if tickets > 1 { format!(" It is reported by {tickets} tickets.") } else { String::new() }
}

fn stage(step: Step<'_>) -> &'static str {
    match step {
        Step::Move { role: Role::InProgress, .. } => "The ticket is In Progress now.",
        Step::Move { .. } => "The ticket is waiting on us now: its pipeline has no stage for In Progress.",
        Step::Stay(Why::There) => "The ticket's stage is right and stays.",
        Step::Stay(Why::Closed) => "The ticket is closed and stays so: please reopen it if the customer still waits.",
        Step::Stay(Why::Exempt) => {
            "The ticket's stage stays: it is one for tickets that need no answer. Please move it if this one does."
        }
        Step::Stay(Why::Unknown) => {
            "The ticket's stage stays: the policy does not say what it means. Please set it to In Progress yourself."
        }
        Step::Stay(Why::NoStage) => "The ticket's stage stays: its pipeline has none for In Progress.",
    }
}

/// On the issue: the ticket that it is for was deleted.
pub fn ticket_deleted(ticket: &str, cycle: u32) -> Vec<Block> {
    vec![Block::Paragraph(vec![
        plain(format!(
            "HubSpot ticket {ticket} (escalation #{cycle}) was deleted: nobody waits for this issue there any more. \
             Please go on only if others need it."
        )),
        small(format!(" · {SIGNATURE}")),
    ])]
}

/// Jira refuses the issue for good. `reason` is what it says.
pub fn refused(reason: &str, lead: Option<Span>) -> Message {
    let mut message = Message::of([bold("Not in Tech: Jira refuses the issue."), plain(answered(reason))]);
    let said = format!("please ask your administrator to put that right. Afterwards {AGAIN}: that tries again.");
    message.paragraph(asked(lead, said));
    message
}

/// Jira wants fields of a new issue that the policy does not fill in: a reason to [refuse](refused).
pub fn lacks_fields(fields: &[&str]) -> String {
    let fields = listed(fields.iter().map(|it| short(it, NAME)), "and", NAMES);
    format!("Jira wants {fields}, which the policy does not fill in under [jira.fields].")
}

/// A later message in the Slack thread: the escalation has its issue.
pub fn thread_in_tech(issue: &Issue<'_>, came: Came) -> Message {
    let said = match came {
        Came::Created => ", a new issue.".to_owned(),
        Came::Linked { is_done, tickets } => {
            let done = if is_done { " and is done: does it solve this one too?" } else { "." };
            format!(", which was there already{done}{}", reported(tickets))
        }
    };
    Message::of([bold("In Tech: ")].into_iter().chain(named(issue)).chain([plain(said)]))
}

/// A later message in the Slack thread: Jira refuses the issue.
pub fn thread_refused(reason: &str, lead: Option<Span>) -> Message {
    let mut message = Message::of([bold("Not in Tech: Jira refuses the issue."), plain(answered(reason))]);
    message.paragraph(asked(lead, "the ticket says what to do.".to_owned()));
    message
}

/// A comment in Jira: another ticket reports the issue, so that `tickets` do now.
pub fn also_reported(ticket: &str, page: &str, cycle: u32, tickets: usize) -> Vec<Block> {
    let link = Span::Link { text: format!("HubSpot ticket {ticket}"), url: page.to_owned() };
    let count = if tickets > 1 { format!(" {tickets} tickets report this issue now.") } else { String::new() };
    vec![Block::Paragraph(vec![
        plain("Also reported by "),
        link,
        plain(format!(" (escalation #{cycle}).{count}")),
        small(format!(" · {SIGNATURE}")),
    ])]
}

/// What Jira shows of the link to a ticket.
pub fn link_title(ticket: &str, cycle: u32) -> String {
    format!("HubSpot ticket {ticket} · escalation #{cycle}")
}

/// What Jira shows below that: the ticket's name, where Jira may know it.
pub fn link_summary(subject: Option<&str>, lead: Option<&str>) -> String {
    let subject = subject.map(|it| short(it, ANSWER));
    let lead = lead.map(|it| format!("Shift Lead: {}", short(it, NAME)));
    [subject, lead].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A request to the Shift Lead.
fn asked(lead: Option<Span>, what: String) -> [Span; 2] {
    match lead {
        Some(lead) => [lead, plain(format!(", {what}"))],
        None => [plain("Shift Lead: "), plain(what)],
    }
}

fn answered(reason: &str) -> String {
    let reason = short(reason, ANSWER);
    let mut letters = reason.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let reason = format!("{first}{}", letters.as_str());
    let end = if reason.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!(" {reason}{end}")
}

/// "a, b and c"; of a long list the first ones.
fn listed(items: impl ExactSizeIterator<Item = String>, last: &str, longest: usize) -> String {
    let more = items.len().saturating_sub(longest);
    let mut items: Vec<String> = items.take(longest).collect();
    if more > 0 {
        items.push(format!("{more} more"));
    }
    match items.pop() {
        Some(end) if items.is_empty() => end,
        Some(end) => format!("{} {last} {end}", items.join(", ")),
        None => String::new(),
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
