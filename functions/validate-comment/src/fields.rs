//! What a workflow's author fills in, and what the workflow may branch on.

use std::num::NonZeroU16;

use escalation::runtime::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a workflow's author fills in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// Whether the ticket is written to.
    pub mode: Mode,
    /// Refuse a comment that mentions no Shift Lead. Empty: as the policy says.
    #[schemars(title = "Require a mention")]
    pub require_mention: Option<bool>,
    /// How many days before the escalation a comment may have been written. Empty: as the policy says.
    #[schemars(title = "Look back (days)")]
    pub lookback_days: Option<NonZeroU16>,
    /// How the agent hears what is missing.
    pub feedback: Feedback,
}

/// How the agent hears what is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// By an internal comment, once for each thing that is missing.
    #[default]
    Comment,
    /// Not at all; the workflow does it with `message`.
    None,
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What the check found.
    pub outcome: Outcome,
    /// The same in a sentence for people.
    pub message: String,
    /// Points without an answer, joined with `;`.
    pub missing_points: String,
    /// Lesser things to put right, in one line.
    pub hints: String,
    /// Whether a Shift Lead was mentioned.
    pub mention_status: String,
    /// The comment that was judged; several that were read as one are joined with `;`.
    #[schemars(title = "Comment ID")]
    pub comment_id: String,
    /// Whether the ticket's name follows the convention.
    pub name_status: String,
    /// A name that would.
    pub suggested_name: String,
    /// Whether a contact or a company is associated.
    pub association_status: String,
    /// Names this run in the log.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What the check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// All five points are there.
    Complete,
    /// A comment is there, and something is missing in it.
    Incomplete,
    /// There is no comment.
    Missing,
    /// There is no comment yet; it may still be on its way.
    Pending,
    /// The ticket is not escalated.
    NotEscalated,
    /// The ticket is deleted.
    Gone,
}
