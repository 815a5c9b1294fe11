//! What a workflow's author fills in, and what the workflow may branch on.

use escalation::policy::{IssueTypeName, ProjectKey};
use escalation::runtime::Mode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a workflow's author fills in.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Inputs {
    /// The key of the Jira project to create the issue in. Empty: as the policy says.
    pub project: Option<ProjectKey>,
    /// The issue's type in Jira, by name or id. Empty: as the policy says.
    pub issue_type: Option<IssueTypeName>,
    /// Whether Jira and the ticket are written to.
    pub mode: Mode,
}

/// What the workflow may branch on and copy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Outputs {
    /// What was done.
    pub outcome: Outcome,
    /// The same in a sentence for people.
    pub message: String,
    /// The key of the escalation's issue.
    pub jira_key: String,
    /// The issue's page.
    #[schemars(title = "Jira URL")]
    pub jira_url: String,
    /// Why there is no issue.
    pub reason: String,
    /// Names this run in the log; that of the run that created or linked the issue, where it is told again.
    #[schemars(title = "Run ID")]
    pub run_id: String,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// There is a new issue.
    Created,
    /// An issue that was there already now belongs to the ticket.
    LinkedExisting,
    /// The escalation had its issue.
    Already,
    /// Somebody has to do something first: the message says who and what.
    Blocked,
    /// Jira will not have it: the reason is Jira's.
    FailedPermanent,
    /// The agent's comment may still be on its way.
    Pending,
    /// The ticket is not escalated.
    NotEscalated,
    /// The ticket is deleted.
    Gone,
}
