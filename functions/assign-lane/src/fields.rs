//! What a workflow's author fills in, and what the workflow may branch on.

use escalation::runtime::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a workflow's author fills in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// Whether the ticket is written to.
    pub mode: Mode,
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What was done with the ticket.
    pub outcome: Outcome,
    /// The same in a sentence for people.
    pub message: String,
    /// The lane that the ticket is in: `cs`, `tech`, or empty.
    pub lane: String,
    /// The escalation's level, 1 to 4.
    pub level: String,
    /// HubSpot's owner id of the person who has the escalation; the ticket's owner stays the agent.
    #[schemars(title = "Owner ID")]
    pub owner_id: String,
    /// When the Shift Lead must have looked at it, in UTC.
    pub review_due_at: String,
    /// When the customer must have an answer, in UTC.
    pub resolve_due_at: String,
    /// Why it is an escalation: codes joined with `;`.
    pub triggers: String,
    /// Names this run in the log.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What was done with the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It came into a lane, or to another person.
    Assigned,
    /// An agent chose Tech: it went back to the Shift Lead.
    Rerouted,
    /// It is where it was.
    Unchanged,
    /// Escalation Type was cleared while the ticket is open: it left its lane.
    Deescalated,
    /// The Shift Lead waits for the agent's comment.
    AwaitingContext,
    /// The ticket is not escalated.
    NotEscalated,
    /// The ticket is deleted.
    Gone,
}
