//! What was read of a ticket, and what of it is this escalation's.

use std::sync::Arc;

use escalation::hubspot::{Person, Ticket, Version};
use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::lane::Wish;
use escalation::procedure::trigger::Trigger;
use escalation::reading::{Judged, Wished, oldest_first};
use jiff::Timestamp;

/// HubSpot's own property, LOW to URGENT.
pub const PRIORITY: &str = "hs_ticket_priority";

/// HubSpot's own property: the stage of the pipeline.
pub const STAGE: &str = "hs_pipeline_stage";

/// A ticket, as far as its Jira issue is concerned.
pub enum Found {
    /// It is deleted.
    Gone,
    /// It is not escalated.
    NotEscalated,
    /// It was escalated before the policy's time.
    BeforeOurTime,
    /// It is escalated.
    Escalated(Box<Escalated>),
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
    /// What Escalation Type says.
    pub wished: Wished,
    /// The agent's comment.
    pub comment: Judged,
    /// Everybody who is active.
    pub people: Arc<[Person]>,
}

impl Escalated {
    /// Whose ticket it is.
    pub fn agent(&self) -> Option<&Person> {
        let owner = self.ticket.property("hubspot_owner_id");
        self.people.iter().find(|it| it.owner_id == owner)
    }

    /// The Shift Lead who sent it to Tech: not whoever else may, where the policy lets them.
    pub fn lead(&self) -> Option<&Person> {
        let user = self.wished.by.filter(|_| self.wished.wish == (Wish::Tech { by_shift_lead: true }))?;
        self.people.iter().find(|it| it.user_id == Some(user))
    }

    /// The value that Jira Reference has; `None` where HubSpot keeps no history of it.
    pub fn reference(&self, policy: &Policy) -> Option<&Version> {
        oldest_first(self.ticket.history(&policy.properties.jira_reference)).pop()
    }

    /// Whether a person wrote something else than this key into Jira Reference.
    pub fn names_another(&self, key: &IssueKey, policy: &Policy) -> bool {
        let key = key.to_string();
        self.reference(policy).is_some_and(|it| it.by.is_some() && !it.value.is_empty() && it.value != key)
    }

    /// Whether there was ever something about it, in this escalation, that not everybody may read.
    pub fn is_restricted(&self, policy: &Policy) -> bool {
        let reasons =
            self.ticket.history(&policy.properties.reason).iter().filter(|it| it.timestamp >= self.started_at);
        let ticked = [self.ticket.property(&policy.properties.reason)];
        let lists = reasons.map(|it| it.value.as_str()).chain(ticked);
        lists.flat_map(|it| it.split(';')).filter_map(|it| Trigger::from_code(it.trim())).any(|it| it.is_sensitive())
    }
}
