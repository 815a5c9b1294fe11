//! What was read, and what of it is this escalation's.

use std::sync::Arc;

use escalation::hubspot::{Person, Ticket, Version};
use escalation::id::TicketId;
use escalation::policy::{Policy, StageRole};
use escalation::procedure::cycle::State;
use escalation::procedure::review::Act;
use escalation::reading::{Judged, Wished, oldest_first};
use jiff::Timestamp;

/// HubSpot's own property, LOW to URGENT.
pub const PRIORITY: &str = "hs_ticket_priority";

/// HubSpot's own property: the stage of the pipeline.
pub const STAGE: &str = "hs_pipeline_stage";

/// A ticket, as far as its lane is concerned.
pub enum Found {
    /// It is deleted.
    Gone,
    /// It is not escalated, and was in no lane. Since when, as far as the history tells.
    NotEscalated(Option<Timestamp>),
    /// It was escalated before the policy's time.
    BeforeOurTime,
    /// It was closed as one that needs no resolution.
    LetGo,
    /// Escalation Type was cleared while an escalation was open.
    Cleared(Box<Cleared>),
    /// The same, and the ticket was closed too early and is open again: that is not taken back.
    Reopened(Box<Cleared>),
    /// It is escalated.
    Escalated(Box<Escalated>),
}

impl Found {
    /// The number of the escalation that it is about, where there is one.
    pub fn cycle(&self) -> Option<u32> {
        match self {
            Self::Gone | Self::NotEscalated(_) | Self::LetGo | Self::BeforeOurTime => None,
            Self::Cleared(cleared) | Self::Reopened(cleared) => Some(cleared.cycle),
            Self::Escalated(escalated) => Some(escalated.cycle),
        }
    }
}

/// A ticket whose Escalation Type was cleared.
pub struct Cleared {
    pub id: TicketId,
    pub ticket: Ticket,
    /// The number of the escalation that this ends.
    pub cycle: u32,
    /// When the escalation began.
    pub started_at: Option<Timestamp>,
    /// When it was cleared; `None` where the history does not tell.
    pub at: Option<Timestamp>,
}

/// An escalated ticket.
pub struct Escalated {
    pub id: TicketId,
    pub ticket: Ticket,
    /// The number of the escalation.
    pub cycle: u32,
    pub started_at: Timestamp,
    /// When the escalation before it was cleared.
    pub previous_cleared_at: Option<Timestamp>,
    /// When we first wrote where this escalation stands; `None` before that.
    pub begun_at: Option<Timestamp>,
    /// What Escalation Type says.
    pub wished: Wished,
    /// The agent's comment.
    pub comment: Judged,
    /// What Shift Leads did in this escalation, oldest first.
    pub acts: Vec<Act>,
    /// What customers and colleagues wrote.
    pub words: Vec<String>,
    /// Whether we wrote to the agent since it began.
    pub was_written_to: bool,
    /// The customer's name, where the ticket or its company tells.
    pub customer: Option<String>,
    /// Everybody who is active.
    pub people: Arc<[Person]>,
}

impl Escalated {
    /// Whose ticket it is.
    pub fn agent(&self) -> Option<&Person> {
        let owner = self.ticket.property("hubspot_owner_id");
        self.people.iter().find(|it| it.owner_id == owner)
    }

    /// The name of a user who is active.
    pub fn user(&self, id: Option<u64>) -> Option<&str> {
        self.people.iter().find(|it| id.is_some() && it.user_id == id).map(|it| &*it.name)
    }

    /// The value of a property of ours where it is this escalation's; what an earlier one left is none.
    /// Once we wrote about this one all that stands there is its own, what needed no writing too.
    pub fn fresh(&self, property: &str) -> &str {
        let last = self.ticket.history(property).iter().map(|it| it.timestamp).max();
        let is_own = self.begun_at.is_some() || last >= Some(self.started_at);
        if is_own { self.ticket.property(property) } else { "" }
    }

    /// The values that a property had from a moment on, the one that it had then first.
    pub fn values_from(&self, property: &str, from: Timestamp) -> impl Iterator<Item = &Version> {
        let versions = oldest_first(self.ticket.history(property));
        let first = versions.iter().rposition(|it| it.timestamp <= from).unwrap_or(0);
        versions.into_iter().skip(first)
    }

    /// Since when it stands there.
    pub fn stands_since(&self, policy: &Policy) -> Option<Timestamp> {
        self.ticket.history(&policy.properties.state).iter().map(|it| it.timestamp).max()
    }

    /// Whether the ticket is in a stage that is closed.
    pub fn is_closed(&self, policy: &Policy) -> bool {
        is_closed(self.role(policy))
    }

    /// What its stage means.
    pub fn role(&self, policy: &Policy) -> Option<StageRole> {
        role(&self.ticket, policy)
    }

    /// Where the escalation stood so far.
    pub fn state(&self, policy: &Policy) -> Option<State> {
        State::from_name(self.fresh(&policy.properties.state))
    }
}

/// What the stage of a ticket means: of one that the policy does not know, HubSpot tells whether it is closed.
pub fn role(ticket: &Ticket, policy: &Policy) -> Option<StageRole> {
    let known = policy.pipelines.role(ticket.property("hs_pipeline"), ticket.property(STAGE));
    known.or(ticket.has("hs_is_closed", "true").then_some(StageRole::Closed))
}

/// Whether a stage of this role is closed.
pub fn is_closed(role: Option<StageRole>) -> bool {
    matches!(role, Some(StageRole::Closed | StageRole::Exempt))
}
