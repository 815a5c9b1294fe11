//! What people read about the end of an escalation.
//!
//! What goes on the ticket is for the agent and wants [`lane::told`](super::lane::told) around it; what
//! goes into the thread in Slack is in [`thread`].

mod criteria;
pub mod thread;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::super::closure::{Answer, Evidence, Missing, Route, Unread, Verdict, What, Why};
use super::super::cycle::State;
use super::super::message::{Message, bold, plain};
use super::{cut, lane, moment};
use criteria::{count, in_short, lacking};

/// Whoever is meant, and when.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The number of the escalation.
    pub cycle: u32,
    /// The Shift Lead who looked at it, by name; `None` where nobody knows who that was.
    pub lead: Option<&'a str>,
    /// The key of its Jira issue.
    pub issue: Option<&'a str>,
    /// When this is said.
    pub now: Timestamp,
    /// The team's zone.
    pub zone: &'a TimeZone,
}

/// Why HubSpot did not let us open a ticket.
#[derive(Debug, Clone, Copy)]
pub enum Refusal<'a> {
    /// The app may not.
    Permission,
    /// The stage wants these properties, by the names that people see.
    Properties(&'a [&'a str]),
    /// Something else, in HubSpot's words.
    Other(&'a str),
}

/// Names of properties that a message shows; HubSpot shows the rest.
const SHOWN: usize = 3;

impl Scene<'_> {
    fn moment(&self, at: Timestamp) -> String {
        moment(at, self.now, self.zone)
    }
}

/// What we did with a ticket that was closed too early.
pub fn reopened(missing: &[Missing], scene: &Scene<'_>) -> Message {
    let mut message = Message::of([bold(format!("Reopened: {}.", count(missing)))]);
    criteria::list(&mut message, missing, scene);
    // One who reads that it is open needs not be told to close it as well.
    if !missing.contains(&Missing::NotClosed) {
        message.paragraph([plain("Then close the ticket again.")]);
    }
    message
}

/// A ticket that was closed too early stays closed.
pub fn flagged(why: Why, missing: &[Missing], scene: &Scene<'_>) -> Message {
    let mut message = Message::of([bold(format!("Closed, but not resolved: {}.", count(missing)))]);
    criteria::list(&mut message, missing, scene);
    message.paragraph([plain(stays_closed(why))]);
    message
}

/// We wanted to open a ticket, and HubSpot did not let us.
pub fn refused(refusal: Refusal<'_>, missing: &[Missing], scene: &Scene<'_>) -> Message {
    let headline = format!("Closed, but not resolved: {}. HubSpot did not let me reopen it.", count(missing));
    let mut message = Message::of([bold(headline)]);
    criteria::list(&mut message, missing, scene);
    message.paragraph([plain(who_can(refusal))]);
    message
}

/// All three criteria hold. `took` is business time.
pub fn resolved(cycle: u32, took: SignedDuration, evidence: &Evidence) -> Message {
    let headline = format!("Escalation #{cycle} resolved");
    let mut message = Message::of([bold(headline), plain(format!("{} Thank you.", how(took, evidence)))]);
    if let What::Word(answer) = evidence.what {
        message.paragraph([plain(format!("Confirmed by {}: {}.", person(evidence.by), confirmed(answer)))]);
    }
    message
}

/// Nothing is held against anybody yet.
pub fn waiting(until: Timestamp, missing: &[Missing], scene: &Scene<'_>) -> Message {
    let headline = format!("Not resolved yet: {}.", count(missing));
    let mut message = Message::of([bold(headline), plain(format!(" I look again at {}.", scene.moment(until)))]);
    criteria::list(&mut message, missing, scene);
    message
}

/// The escalation is over and Tech is still at it, which keeps nobody from closing.
pub fn jira_still_open(issue: &str, status: &str) -> Message {
    Message::of([
        bold(format!("{} is still open", cut(issue))),
        plain(format!(
            " (\"{}\"). That keeps nothing from being closed; if the customer waits for it, please tell them when it is \
             done.",
            cut(status)
        )),
    ])
}

/// Escalation Type was cleared long ago, and the ticket is open.
pub fn cleared_but_open(cleared_at: Timestamp, missing: &[Missing], scene: &Scene<'_>) -> Message {
    let when = format!(" Escalation Type was cleared ({}).", scene.moment(cleared_at));
    let mut message = Message::of([bold("Still open: please close the ticket, or escalate it again."), plain(when)]);
    let untold: Vec<_> = missing.iter().copied().filter(|it| *it != Missing::NotClosed).collect();
    for missing in &untold {
        message.paragraph(lacking(*missing, scene));
    }
    message
}

/// For the administrator: something closes tickets that are not resolved.
pub fn closed_by_machine(ticket: &str) -> String {
    format!(
        "An automation closed ticket {ticket} again after it was reopened because its escalation is not resolved. It stays \
         closed now, under an audit mark. Let that automation leave out tickets whose Escalation State is an open one."
    )
}

/// For the administrator: HubSpot does not let us open tickets.
pub fn may_not_open(ticket: &str, refusal: Refusal<'_>) -> String {
    let why = match refusal {
        Refusal::Permission => {
            "the app may not write to that stage: correct who may edit it, in the pipeline's settings"
        }
        Refusal::Properties(_) => "the stage to go back to requires properties: make them optional there",
        Refusal::Other(_) => "HubSpot refused it: the reason is in the comment on the ticket",
    };
    format!("Ticket {ticket} was closed before its escalation was resolved and could not be reopened; {why}.")
}

/// For the administrator: we may not read what shows that customers were told.
pub fn may_not_read(ticket: &str, unread: &[Unread]) -> String {
    let what: Vec<_> = unread.iter().map(|it| criteria::unread(*it)).collect();
    let mut scopes: Vec<_> = unread.iter().map(|it| scope(*it)).collect();
    scopes.dedup();
    format!(
        "Whether the customer of ticket {ticket} was told cannot be read: the app may not read {}. The ticket stays closed, \
         under an audit mark. Give the app the scope {}.",
        what.join(", "),
        scopes.join(", ")
    )
}

/// What the action says in one sentence or two; `took` is business time and counts for what is resolved.
pub fn said(verdict: &Verdict<'_>, took: SignedDuration, scene: &Scene<'_>) -> String {
    let lacks = || in_short(verdict.missing());
    match verdict {
        Verdict::Resolved { evidence, .. } => {
            format!("Escalation #{} resolved{} Thank you.", scene.cycle, how(took, evidence))
        }
        Verdict::Wait { until, .. } => {
            format!("Not resolved yet: {}. Checked again at {}.", lacks(), scene.moment(*until))
        }
        Verdict::Revert { .. } => format!("Reopened: {}.", lacks()),
        Verdict::Flag { why, .. } => format!("Closed, but not resolved: {}. {}", lacks(), stays_closed(*why)),
        Verdict::Deescalated { .. } => lane::deescalated().to_owned(),
        Verdict::Open { .. } => format!("Still being worked on: {}.", lacks()),
        Verdict::Exempt => "Closed without a resolution (spam, duplicate): nothing to check.".to_owned(),
        Verdict::Ended(State::Resolved) => format!("Escalation #{} was resolved before: nothing to do.", scene.cycle),
        Verdict::Ended(State::Merged) => {
            "The ticket was merged into another, which goes on with its escalation.".to_owned()
        }
        Verdict::Ended(_) => super::gone().to_owned(),
    }
}

fn stays_closed(why: Why) -> &'static str {
    match why {
        Why::Policy => "It stays closed, under an audit mark until this is done.",
        Why::OpenedBefore => "I reopened it once, so now it stays closed, under an audit mark until this is done.",
        Why::ClosedByMachineAgain => {
            "An automation closed it after I had reopened it, so it stays closed, under an audit mark until this is done. \
             The administrator is told."
        }
        Why::Refused => "HubSpot did not let me reopen it, so it stays closed, under an audit mark until this is done.",
        Why::Unreadable => {
            "As I may not read everything, it stays closed, under an audit mark until this is done. The administrator is told."
        }
        Why::NoStage => {
            "I do not know an open stage to go back to, so it stays closed, under an audit mark until this is done."
        }
    }
}

/// Why HubSpot refused, and who can do what about it.
fn who_can(refusal: Refusal<'_>) -> String {
    match refusal {
        Refusal::Permission => {
            "The app may not move it to that stage. Please reopen it yourself, or do what is missing; \
                                the administrator is told."
                .to_owned()
        }
        Refusal::Properties(names) => {
            let shown: Vec<_> = names.iter().take(SHOWN).map(|it| format!("\"{}\"", cut(it))).collect();
            let more = if names.len() > SHOWN { ", …" } else { "" };
            format!(
                "The stage wants {}{more} filled in. Please fill that in and reopen it yourself, or do what is missing.",
                shown.join(", ")
            )
        }
        Refusal::Other(words) => format!(
            "It says: \"{}\". Please reopen it yourself, or do what is missing; the administrator is told.",
            cut(words)
        ),
    }
}

/// [Scopes](https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes).
fn scope(unread: Unread) -> &'static str {
    match unread {
        Unread::Conversations => "conversations.read",
        Unread::Calls | Unread::Emails | Unread::TextMessages => "crm.objects.contacts.read",
    }
}

/// " in 3 h 05 min (business time). Option A."
fn how(took: SignedDuration, evidence: &Evidence) -> String {
    format!(" in {} (business time). Option {}.", hours(took), evidence.by.name())
}

/// "3 h 05 min", of full minutes.
pub(super) fn hours(took: SignedDuration) -> String {
    let minutes = took.as_mins().max(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

fn person(by: Route) -> &'static str {
    match by {
        Route::Agent => "the agent",
        Route::ShiftLead => "the Shift Lead",
    }
}

fn confirmed(answer: Answer) -> &'static str {
    match answer {
        Answer::Email => "told by e-mail",
        Answer::Phone => "told by phone",
        Answer::Sms => "told by SMS",
        Answer::Other => "told in another way",
        Answer::Unreachable => "customer unreachable",
    }
}

#[cfg(test)]
mod tests;
