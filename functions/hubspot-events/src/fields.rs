//! What the sweep asks for, and what it is answered.

use std::collections::BTreeSet;

use escalation::id::TicketId;
use escalation::ledger::Look;
use escalation::runtime::Action as _;
use jiff::{SignedDuration, Timestamp, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::HubSpotEvents;
use super::hint::Reason;
use super::task::Task;

/// What happened on a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// What happened, joined with semicolons: written, escalation, ending, reference, deleted, restored,
    /// merged. Empty: whatever may have.
    pub because: Option<String>,
    /// The ids of tickets that were merged into it, joined with semicolons.
    pub absorbed: Option<String>,
    /// When the last of it happened, in milliseconds of Unix time. Empty: it is not known.
    pub at: Option<i64>,
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What was done.
    pub outcome: Outcome,
    /// The actions that were asked, joined with semicolons.
    pub asked: String,
    /// Names this run in the log.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What became of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Actions looked at it.
    Looked,
    /// It is nobody's concern.
    Unconcerned,
    /// A workflow's run waits for room: it is looked at when that has begun.
    PutOff,
}

impl Inputs {
    /// What is asked about a ticket.
    pub fn task(&self, place: super::task::Place) -> Task {
        let absorbed = self.absorbed.as_deref().unwrap_or_default().split(';');
        let reasons = Reason::list(self.because.as_deref().unwrap_or_default());
        Task {
            place,
            reasons: if reasons.is_empty() { everything() } else { reasons },
            at: self.at.and_then(|it| Timestamp::from_millisecond(it).ok()),
            absorbed: absorbed.filter_map(|it| it.trim().parse().ok()).map(TicketId).collect(),
        }
    }
}

impl From<&Task> for Inputs {
    fn from(task: &Task) -> Self {
        let list = |all: Vec<String>| (!all.is_empty()).then(|| all.join(";"));
        Self {
            because: list(task.reasons.iter().map(|it| it.name().to_owned()).collect()),
            at: task.at.map(Timestamp::as_millisecond),
            absorbed: list(task.absorbed.iter().map(TicketId::to_string).collect()),
        }
    }
}

/// What may have happened to a ticket that is there.
fn everything() -> BTreeSet<Reason> {
    [Reason::Written, Reason::Escalation, Reason::Ending, Reason::Reference].into()
}

/// What is to be looked at again, and when: by us, in the next minute. A ticket has one reminder for a
/// moment, so other reasons have another.
pub fn look(task: &Task, now: Timestamp) -> anyhow::Result<(Look, Timestamp)> {
    let (portal, ticket) = task.place;
    let apart = SignedDuration::from_millis(task.reasons.iter().map(|it| it.bit()).sum());
    Ok((Look::new(HubSpotEvents::NAME, portal, ticket, &Inputs::from(task))?, next_minute(now) + apart))
}

/// The full minute that is about one from now: reminders of many runs are one.
pub fn next_minute(now: Timestamp) -> Timestamp {
    let soon = now + SignedDuration::from_mins(1);
    soon.round(Unit::Minute).unwrap_or(soon)
}

#[cfg(test)]
mod tests {
    use escalation::id::PortalId;

    use super::*;

    const PLACE: super::super::task::Place = (PortalId(1), TicketId(42));

    fn task(because: &str, absorbed: &[u64]) -> Task {
        let absorbed = absorbed.iter().copied().map(TicketId).collect();
        Task { place: PLACE, reasons: Reason::list(because), absorbed, at: Some(Timestamp::UNIX_EPOCH) }
    }

    #[test]
    fn what_is_put_off_is_asked_as_it_was() {
        for task in [task("written", &[]), task("written;ending", &[]), task("merged", &[7, 8])] {
            assert_eq!(Inputs::from(&task).task(PLACE), task);
        }
    }

    #[test]
    fn without_a_reason_it_is_whatever_may_have_happened() {
        let reasons = Inputs::default().task(PLACE).reasons;
        assert_eq!(reasons, Reason::list("written;escalation;ending;reference"));
    }

    #[test]
    fn reminders_for_one_reason_are_one_and_for_others_are_others() {
        let now = "2026-01-05T09:41:07Z".parse().unwrap();
        let at = |because| look(&task(because, &[]), now).unwrap().1.to_string();
        assert_eq!(at("written"), "2026-01-05T09:42:00.001Z");
        assert_eq!(at("written;ending"), "2026-01-05T09:42:00.005Z");
        assert_ne!(at("written"), at("ending"));
    }
}
