//! Whether an issue that is done in Jira is done for the procedure.

use escalation::jira::{IssueType, Jira, Status};
use escalation::policy::Policy;

use super::REMEDIES;
use crate::finding::Finding;
use crate::unanswered::unanswered;

const SUBJECT: &str = "Jira statuses";

/// The statuses of the issue type against those that the policy counts as done.
pub(super) async fn check(jira: &Jira, found: &IssueType, policy: &Policy) -> Option<Finding> {
    match jira.statuses(&policy.jira.project, &found.id).await {
        Err(fault) => Some(unanswered(SUBJECT, fault, &REMEDIES)),
        Ok(statuses) => judged(&statuses, policy),
    }
}

/// Nothing where Jira lists none.
fn judged(statuses: &[Status], policy: &Policy) -> Option<Finding> {
    let is_done = |it: &&Status| policy.closure.is_jira_done(&it.name);
    let names = |which: Vec<&Status>| which.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
    let done: Vec<&Status> = statuses.iter().filter(is_done).collect();
    let unseen: Vec<&Status> = statuses.iter().filter(|it| it.is_done && !is_done(it)).collect();
    let remedy = "write the names of the statuses that are done as jira_done under [closure] in the policy";
    if statuses.is_empty() {
        return None;
    }
    if done.is_empty() {
        let says = format!("none of {} counts as done, so no issue ever is", names(statuses.iter().collect()));
        return Some(Finding::wrong(SUBJECT, says, remedy));
    }
    if !unseen.is_empty() {
        let says = format!("{} is done in Jira and does not count as done", names(unseen));
        return Some(Finding::warning(SUBJECT, says, remedy));
    }
    Some(Finding::fine(SUBJECT, format!("{} counts as done", names(done))))
}
