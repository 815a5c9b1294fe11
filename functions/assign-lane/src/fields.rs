//! What a workflow's author fills in, and what the workflow may branch on.

use escalation::procedure::lane::Lane;
use escalation::procedure::level::Level;
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
    /// The lane that the ticket is in; nothing where it is in none.
    pub lane: Option<InLane>,
    /// The escalation's level; nothing where it has none.
    pub level: Option<OnLevel>,
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

/// A lane, as workflows know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum InLane {
    /// With the Shift Lead.
    #[schemars(title = "CS")]
    Cs,
    /// With the technical team.
    Tech,
}

impl From<Lane> for InLane {
    fn from(lane: Lane) -> Self {
        match lane {
            Lane::Cs => Self::Cs,
            Lane::Tech => Self::Tech,
        }
    }
}

/// A level, as workflows know it: by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum OnLevel {
    /// Level 1.
    #[serde(rename = "1")]
    #[schemars(title = "Senior")]
    Senior,
    /// Level 2.
    #[serde(rename = "2")]
    #[schemars(title = "Shift Lead")]
    ShiftLead,
    /// Level 3.
    #[serde(rename = "3")]
    #[schemars(title = "Tech")]
    Tech,
    /// Level 4.
    #[serde(rename = "4")]
    #[schemars(title = "Executive")]
    Executive,
}

impl From<Level> for OnLevel {
    fn from(level: Level) -> Self {
        match level {
            Level::Senior => Self::Senior,
            Level::ShiftLead => Self::ShiftLead,
            Level::Tech => Self::Tech,
            Level::Executive => Self::Executive,
        }
    }
}
