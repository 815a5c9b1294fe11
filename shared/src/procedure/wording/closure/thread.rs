//! The replies in an escalation's thread about its end: short, and without a customer's words.

use jiff::{SignedDuration, Timestamp};

use super::super::super::card::Card;
use super::super::super::closure::{Evidence, Missing, Why};
use super::super::super::message::{Message, Span, bold, plain};
use super::super::lane;
use super::criteria::in_short;
use super::{Refusal, Scene, cut, how, person};

/// It was closed too early and is open again.
pub fn reopened(agent: Option<Span>, missing: &[Missing]) -> Message {
    addressed(agent, "Reopened:", format!(" {}.", in_short(missing)))
}

/// It was closed too early and stays closed.
pub fn flagged(agent: Option<Span>, why: Why, missing: &[Missing]) -> Message {
    let why = match why {
        Why::Policy => "",
        Why::OpenedBefore => " Reopened once before.",
        Why::ClosedByMachineAgain => " An automation closed it again.",
        Why::Refused => " HubSpot did not let me reopen it.",
        Why::Unreadable => " The app may not read everything.",
        Why::NoStage => " No open stage to go back to is known.",
    };
    addressed(agent, "Closed, but not resolved:", format!(" {}.{why}", in_short(missing)))
}

/// HubSpot did not let us open it.
pub fn refused(agent: Option<Span>, refusal: Refusal<'_>, missing: &[Missing]) -> Message {
    let why = match refusal {
        Refusal::Permission => "the app may not",
        Refusal::Properties(_) => "the stage wants properties filled in",
        Refusal::Other(_) => "the reason is on the ticket",
    };
    let rest = format!(" {}. HubSpot did not let me reopen it: {why}.", in_short(missing));
    addressed(agent, "Closed, but not resolved:", rest)
}

/// The last message: all three criteria hold. `took` is business time.
pub fn resolved(took: SignedDuration, evidence: &Evidence) -> Message {
    let word = if evidence.what.is_word() { format!(" Confirmed by {}.", person(evidence.by)) } else { String::new() };
    Message::of([bold("Resolved"), plain(format!("{}{word}", how(took, evidence)))])
}

/// It was closed without a resolution, which needs no criteria.
pub fn exempt() -> Message {
    Message::of([bold("Closed without a resolution"), plain(" (spam, duplicate).")])
}

/// Its ticket was deleted.
pub fn deleted() -> Message {
    Message::of([bold("The ticket was deleted"), plain(": nothing more comes of this escalation.")])
}

/// What Slack shows of an escalation that is over; `how` is its last message. Without a subject the matter
/// is kept to the ticket.
pub fn ended_card(how: Message, subject: Option<&str>, ticket: &str, page: &str, cycle: u32) -> Card {
    lane::ended(subject, how, ticket, page, cycle)
}

/// What is missing may still come.
pub fn waiting(until: Timestamp, missing: &[Missing], scene: &Scene<'_>) -> Message {
    let rest = format!(" {}. Looked at again at {}.", in_short(missing), scene.moment(until));
    Message::of([bold("Not resolved yet:"), plain(rest)])
}

/// Tech is still at it.
pub fn jira_still_open(issue: &str, status: &str) -> Message {
    Message::of([bold(format!("{} is still open", cut(issue))), plain(format!(" (\"{}\").", cut(status)))])
}

/// Escalation Type was cleared long ago, and the ticket is open.
pub fn cleared_but_open(agent: Option<Span>, cleared_at: Timestamp, scene: &Scene<'_>) -> Message {
    let when = scene.moment(cleared_at);
    addressed(agent, "Still open:", format!(" Escalation Type was cleared ({when}). Please close the ticket."))
}

fn addressed(agent: Option<Span>, headline: &str, rest: String) -> Message {
    let agent = agent.into_iter().flat_map(|it| [it, plain(" ")]);
    Message::of(agent.chain([bold(headline), plain(rest)]))
}
