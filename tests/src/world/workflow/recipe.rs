//! How the workflows are built by hand, with the actions as HubSpot lists them.

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::policy::Properties;
use escalation::runtime::Action;
use validate_comment::ValidateComment;

/// How the procedure's workflows are built.
pub fn of(properties: &Properties) -> String {
    escalation::workflows::recipe::of(properties, label)
}

fn label(action: &str) -> &str {
    match action {
        ValidateComment::NAME => ValidateComment::LABEL,
        AssignLane::NAME => AssignLane::LABEL,
        CreateJiraIssue::NAME => CreateJiraIssue::LABEL,
        EnforceClosure::NAME => EnforceClosure::LABEL,
        other => other,
    }
}
