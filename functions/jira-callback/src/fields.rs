//! What the sweep asks for, and what it is answered.

use escalation::id::{PortalId, TicketId};
use escalation::jira::{CommentId, IssueId};
use escalation::ledger::Look;
use escalation::runtime::{Action as _, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::JiraCallback;
use super::news::Asked;

/// What of Jira is to be told on a ticket.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// The id of a Jira issue. Empty: the one that Jira Reference names.
    pub issue: Option<String>,
    /// The id of a comment on it, which may be for support.
    pub comment: Option<String>,
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What was done.
    pub outcome: Outcome,
    /// Names this run in the log.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What became of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The ticket is deleted.
    Gone,
    /// It names another issue, or none.
    NotNamed,
    /// It shows something newer already.
    Older,
    /// All of it was told before.
    Unchanged,
    /// People were told.
    Told,
}

impl Inputs {
    /// What is asked of a ticket about this.
    pub fn of(asked: &Asked) -> Self {
        Self { issue: asked.issue.clone(), comment: asked.comment.as_ref().map(|it| it.0.clone()) }
    }

    /// The comment, where it is one.
    pub fn comment(&self) -> Option<CommentId> {
        self.comment.as_deref().and_then(IssueId::parse).map(|it| CommentId(it.to_string()))
    }
}

impl Outcome {
    /// What the log says.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::NotNamed => "not_named",
            Self::Older => "older",
            Self::Unchanged => "unchanged",
            Self::Told => "told",
        }
    }
}

/// Who comes back to a ticket: we.
pub fn look(portal: PortalId, ticket: TicketId, inputs: &Inputs) -> Result<Look> {
    Ok(Look::new(JiraCallback::NAME, portal, ticket, inputs)?)
}
