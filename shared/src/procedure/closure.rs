//! When an escalation is over: the customer was told, Escalation Type is cleared, the ticket is closed.

mod criteria;
mod told;

use jiff::{SignedDuration, Timestamp};

use super::cycle::State;
use super::thread::Audience;
pub use criteria::{Missing, Mode, Why};
pub use told::{Answer, But, Evidence, Route, Since, Unread, Untold, What};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A colleague who is no Shift Lead.
    Agent,
    /// A Shift Lead.
    ShiftLead,
    /// A workflow, a bot, an app, we ourselves.
    Machine,
}

/// A message that went out of the house, or a comment that did not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub by: Actor,
    /// Who can read it.
    pub audience: Audience,
    /// Whether it answered by itself: out of office, "we have received your message".
    pub is_auto_reply: bool,
    /// Whether it did not get there: bounced, refused by the channel.
    pub is_failed: bool,
}

/// A call with the customer, in either direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Call {
    /// When.
    pub at: Timestamp,
    /// Who spoke for us.
    pub by: Actor,
    /// How it went.
    pub outcome: CallOutcome,
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// Somebody spoke with somebody.
    Connected,
    /// Nobody did.
    NotConnected,
    /// Nobody says.
    Unsaid,
}

/// What "Resolution communicated?" says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// What was chosen.
    pub answer: Answer,
    /// Why the customer could not be reached, in somebody's words; blank where nobody says.
    pub reason: &'a str,
    /// Who chose it.
    pub by: Actor,
    /// When it was chosen.
    pub at: Timestamp,
}

/// Where the ticket is, by the state that its pipeline gives the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In a stage that is open.
    Open,
    /// In one that is closed.
    Closed {
        /// Since when.
        at: Timestamp,
        /// Who closed it.
        by: Actor,
    },
    /// In one that is closed without a resolution: spam, duplicate.
    Exempt,
}

/// What became of our opening a ticket again that was closed too early: we try it once in an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The ticket went back to an open stage then, by the clock that also says when it was closed.
    Done(Timestamp),
    /// HubSpot did not let us.
    Refused,
}

/// What was read about one escalation of a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Where the escalation stands; `None` before anything was written.
    pub state: Option<State>,
    /// When it began.
    pub started_at: Timestamp,
    /// When a Shift Lead first looked at it.
    pub reviewed_at: Option<Timestamp>,
    /// When its Jira issue was done, last; `None` where it is not, where nobody knows when, and for an
    /// escalation that never was with Tech.
    pub jira_done_at: Option<Timestamp>,
    /// The messages on the ticket.
    pub messages: &'a [Sent],
    /// The calls on the ticket.
    pub calls: &'a [Call],
    /// What we may not read: it may show that the customer was told.
    pub unread: &'a [Unread],
    /// What "Resolution communicated?" says; `None` where it is empty.
    pub word: Option<Word<'a>>,
    /// When Escalation Type was cleared; `None` while it is set.
    pub type_cleared_at: Option<Timestamp>,
    /// Where the ticket is.
    pub stage: Stage,
    /// HubSpot's id of the stage, in the ticket's present pipeline, that it was open in last.
    pub open_stage: Option<&'a str>,
    /// Whether we opened it again in this escalation.
    pub attempt: Option<Attempt>,
    /// The time of the judgement.
    pub now: Timestamp,
}

/// What an administrator may change.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How long after the later of clearing and closing nobody is told yet that something is missing.
    pub grace: SignedDuration,
    /// What becomes of a ticket that was closed too early.
    pub mode: Mode,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// All three criteria hold, which needs no grace time.
    Resolved {
        /// How we know that the customer was told, and by whom.
        evidence: Evidence,
        /// When the last of the three came to hold.
        at: Timestamp,
    },
    /// What is missing may still come.
    Wait {
        /// When to judge again.
        until: Timestamp,
        /// What is missing by now.
        missing: Vec<Missing>,
    },
    /// The ticket was closed too early and goes back.
    Revert {
        /// HubSpot's id of the stage.
        to: &'a str,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// The ticket was closed too early and stays closed, under an audit mark.
    Flag {
        /// Why it does not go back.
        why: Why,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// Escalation Type was cleared while the ticket is open: it left its lane, which whoever assigns
    /// lanes does and says.
    Deescalated {
        /// When it was cleared.
        at: Timestamp,
        /// What is missing for a resolution, which may still follow.
        missing: Vec<Missing>,
    },
    /// Somebody is still at work: Escalation Type is set and the ticket is open, or we opened it again.
    Open {
        /// Since when it waits for somebody to close it: we opened it, and Escalation Type is cleared.
        idle_since: Option<Timestamp>,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// The ticket was closed without a resolution, which needs no criteria.
    Exempt,
    /// The escalation ended before; whatever becomes of the ticket afterwards is not judged by it.
    Ended(State),
}

/// Judges one escalation. The order in which the customer is told, the type cleared and the ticket
/// closed does not matter.
pub fn judge<'a>(facts: &Facts<'a>, rules: &Rules) -> Verdict<'a> {
    if let Some(ended @ (State::Resolved | State::Gone | State::Merged)) = facts.state {
        return Verdict::Ended(ended);
    }
    if facts.stage == Stage::Exempt {
        return Verdict::Exempt;
    }
    let closing = closing(facts);
    let settled_at = closing.map(|(at, _)| facts.type_cleared_at.map_or(at, |cleared| cleared.max(at)));
    let told = told::judge(facts, settled_at);
    if let (Ok(evidence), Some(settled_at), Some(_)) = (told, settled_at, facts.type_cleared_at) {
        return Verdict::Resolved { evidence, at: settled_at.max(evidence.at) };
    }
    let missing = missing(told.err(), facts.type_cleared_at, closing);
    match (closing, settled_at) {
        // Who escalates what is closed has the grace time from then on.
        (Some((_, by)), Some(settled_at)) => match grace_end(settled_at.max(facts.started_at), facts, rules) {
            Some(until) => Verdict::Wait { until, missing },
            None => closed_too_early(facts, rules, by, missing),
        },
        _ => still_open(facts, rules, missing),
    }
}

/// When the ticket was closed and by whom. A closing that we took back is none, though a reading that
/// lags behind still shows it.
fn closing(facts: &Facts<'_>) -> Option<(Timestamp, Actor)> {
    let Stage::Closed { at, by } = facts.stage else { return None };
    let is_taken_back = matches!(facts.attempt, Some(Attempt::Done(taken_back)) if at <= taken_back);
    (!is_taken_back).then_some((at, by))
}

fn missing(untold: Option<Untold>, cleared_at: Option<Timestamp>, closing: Option<(Timestamp, Actor)>) -> Vec<Missing> {
    let untold = untold.map(Missing::NotCommunicated);
    let kept = cleared_at.is_none().then_some(Missing::TypeNotCleared);
    let open = closing.is_none().then_some(Missing::NotClosed);
    [untold, kept, open].into_iter().flatten().collect()
}

/// The end of the grace time, while it runs.
fn grace_end(acted_at: Timestamp, facts: &Facts<'_>, rules: &Rules) -> Option<Timestamp> {
    let until = acted_at.checked_add(rules.grace).unwrap_or(Timestamp::MAX);
    (facts.now < until).then_some(until)
}

fn closed_too_early<'a>(facts: &Facts<'a>, rules: &Rules, by: Actor, missing: Vec<Missing>) -> Verdict<'a> {
    let why = match (facts.attempt, facts.open_stage) {
        (Some(Attempt::Done(_)), _) if by == Actor::Machine => Why::ClosedByMachineAgain,
        (Some(Attempt::Done(_)), _) => Why::OpenedBefore,
        (Some(Attempt::Refused), _) => Why::Refused,
        (None, _) if is_untold(&missing) && !facts.unread.is_empty() => Why::Unreadable,
        (None, _) if rules.mode == Mode::Flag => Why::Policy,
        (None, Some(to)) => return Verdict::Revert { to, missing },
        (None, None) => Why::NoStage,
    };
    Verdict::Flag { why, missing }
}

fn is_untold(missing: &[Missing]) -> bool {
    missing.iter().any(|it| matches!(it, Missing::NotCommunicated(_)))
}

fn still_open<'a>(facts: &Facts<'a>, rules: &Rules, missing: Vec<Missing>) -> Verdict<'a> {
    let Some(at) = facts.type_cleared_at else { return Verdict::Open { idle_since: None, missing } };
    // What was closed too early is not resolved: whoever clears it, before or after it was opened again,
    // does not take the escalation back.
    match facts.attempt {
        Some(Attempt::Done(opened_at)) => return Verdict::Open { idle_since: Some(at.max(opened_at)), missing },
        Some(Attempt::Refused) => return Verdict::Open { idle_since: Some(at), missing },
        None => {}
    }
    match grace_end(at, facts, rules) {
        Some(until) => Verdict::Wait { until, missing },
        None => Verdict::Deescalated { at, missing },
    }
}

impl Verdict<'_> {
    /// The action's `outcome`. What was closed without a resolution left its lane as what was
    /// de-escalated did.
    pub fn outcome(&self) -> &'static str {
        match self {
            Self::Resolved { .. } | Self::Ended(State::Resolved) => "resolved",
            Self::Wait { .. } | Self::Open { .. } => "waiting",
            Self::Revert { .. } => "reverted",
            Self::Flag { .. } => "flagged",
            Self::Deescalated { .. } | Self::Exempt => "deescalated",
            // The ticket that a merge absorbed is gone, too.
            Self::Ended(_) => "gone",
        }
    }

    /// What is missing for a resolution, in the order of the criteria.
    pub fn missing(&self) -> &[Missing] {
        match self {
            Self::Wait { missing, .. }
            | Self::Revert { missing, .. }
            | Self::Flag { missing, .. }
            | Self::Deescalated { missing, .. }
            | Self::Open { missing, .. } => missing,
            Self::Resolved { .. } | Self::Exempt | Self::Ended(_) => &[],
        }
    }
}

#[cfg(test)]
mod tests;
