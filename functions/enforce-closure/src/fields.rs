//! What a workflow's author fills in, and what the workflow may branch on.

use escalation::procedure::closure::{self, Route, Verdict};
use escalation::procedure::cycle::State;
use escalation::runtime::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a workflow's author fills in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// What becomes of a ticket that was closed too early. Empty: as the policy says.
    #[schemars(title = "Closed too early")]
    pub closure: Option<Closure>,
    /// Minutes after the later of clearing and closing in which nobody is told yet that something is missing. Empty:
    /// as the policy says.
    #[schemars(title = "Grace time (minutes)")]
    pub grace_minutes: Option<u16>,
    /// Whether the ticket is written to.
    pub mode: Mode,
}

/// What becomes of a ticket that was closed too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Closure {
    /// It goes back to the stage it was open in last, once in an escalation.
    #[schemars(title = "Reopen it")]
    Revert,
    /// It stays closed, under an audit mark.
    #[schemars(title = "Mark it")]
    Flag,
}

impl From<Closure> for closure::Mode {
    fn from(closure: Closure) -> Self {
        match closure {
            Closure::Revert => Self::Revert,
            Closure::Flag => Self::Flag,
        }
    }
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What became of the escalation.
    pub outcome: Outcome,
    /// The same in a sentence for people.
    pub message: String,
    /// What is missing for a resolution, joined with `;`: not_communicated, type_not_cleared, not_closed.
    pub missing: String,
    /// Who told the customer the resolution; nothing where there is none.
    #[schemars(title = "Closed by")]
    pub closure_option: Option<ClosedBy>,
    /// Names this run in the log.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What became of the escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The customer was told, Escalation Type is cleared, the ticket is closed.
    Resolved,
    /// The ticket was closed too early and is open again.
    Reverted,
    /// The ticket was closed too early and stays closed, under an audit mark.
    Flagged,
    /// What is missing may still come.
    Waiting,
    /// It was taken back, or the ticket was closed as one that needs no resolution.
    Deescalated,
    /// The ticket never was escalated.
    NotEscalated,
    /// The ticket is deleted, or went on in another.
    Gone,
}

impl From<&Verdict<'_>> for Outcome {
    fn from(verdict: &Verdict<'_>) -> Self {
        match verdict {
            Verdict::Resolved { .. } | Verdict::Ended(State::Resolved) => Self::Resolved,
            Verdict::Revert { .. } => Self::Reverted,
            Verdict::Flag { .. } => Self::Flagged,
            Verdict::Wait { .. } | Verdict::Open { .. } => Self::Waiting,
            Verdict::Deescalated { .. } | Verdict::Exempt => Self::Deescalated,
            Verdict::Ended(_) => Self::Gone,
        }
    }
}

/// Who told the customer the resolution, as the property has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub enum ClosedBy {
    /// Option A.
    #[serde(rename = "A")]
    #[schemars(title = "Agent")]
    Agent,
    /// Option B.
    #[serde(rename = "B")]
    #[schemars(title = "Shift lead")]
    ShiftLead,
}

impl ClosedBy {
    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agent => Route::Agent.name(),
            Self::ShiftLead => Route::ShiftLead.name(),
        }
    }
}

impl From<Route> for ClosedBy {
    fn from(route: Route) -> Self {
        match route {
            Route::Agent => Self::Agent,
            Route::ShiftLead => Self::ShiftLead,
        }
    }
}
