//! Whether Jira has what the first issue needs.

mod screen;
mod statuses;

use escalation::http::Fault;
use escalation::jira::{IssueType, Jira, NO_SUCH_TYPE};
use escalation::policy::Policy;
use jiff::Timestamp;

use crate::finding::Finding;
use crate::unanswered::{Remedies, unanswered};

/// What we do with any issue that a ticket names.
const TO_FOLLOW: [&str; 3] = ["BROWSE_PROJECTS", "ADD_COMMENTS", "LINK_ISSUES"];

/// What a project takes besides in which issues are created.
const TO_CREATE: &str = "CREATE_ISSUES";

/// Looks at the account, its permissions in each project of the policy, the create screen of the issue type,
/// and the statuses that count as done. Changes nothing. What cannot be told for want of something else is not said.
pub async fn check(jira: &Jira, policy: &Policy, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![account(jira).await];
    if findings.iter().any(Finding::is_wrong) {
        return findings;
    }
    for project in policy.jira.projects() {
        let is_ours = *project == *policy.jira.project;
        let keys: Vec<&str> = TO_FOLLOW.into_iter().chain(is_ours.then_some(TO_CREATE)).collect();
        findings.push(permissions(jira, project, &keys).await);
    }
    // Jira says nothing of a screen to who may not create.
    if findings.iter().any(|it| it.is_wrong() && it.subject == project_of(&policy.jira.project)) {
        return findings;
    }
    match issue_type(jira, policy, now).await {
        Err(finding) => findings.push(finding),
        Ok(found) => {
            findings.extend(screen::check(&found, policy));
            findings.extend(statuses::check(jira, &found, policy).await);
        }
    }
    findings
}

const REMEDIES: Remedies = Remedies {
    connection: "check JIRA_BASE_URL, and whether it can be reached from here; Jira may be down: then try again",
    refused: "correct project and issue_type under [jira] in the policy, or give the account of JIRA_EMAIL Browse Projects and \
              Create Issues there",
};

async fn account(jira: &Jira) -> Finding {
    let subject = "Jira account";
    match jira.myself().await {
        Err(fault) => unanswered(subject, fault, &REMEDIES),
        Ok(we) if !we.active => {
            Finding::wrong(subject, "is not active", "have an administrator of Atlassian activate it, or take another")
        }
        Ok(we) => {
            let name = if we.display_name.is_empty() { &we.account_id } else { &we.display_name };
            // Nothing in Jira's API tells when.
            let says = format!(
                "answers as {name}; its token expires a year after it was made at the latest, which Jira does not tell"
            );
            Finding::fine(subject, says)
        }
    }
}

fn project_of(key: &str) -> String {
    format!("Jira project {key}")
}

async fn permissions(jira: &Jira, project: &str, keys: &[&str]) -> Finding {
    let subject = project_of(project);
    let permissions = match jira.permissions(project, keys).await {
        Ok(permissions) => permissions,
        Err(Fault::Refused { reason, .. }) => {
            let remedy =
                "correct its key under [jira] in the policy, or give the account of JIRA_EMAIL Browse Projects there";
            return Finding::wrong(subject, reason, remedy);
        }
        Err(fault) => return unanswered(&subject, fault, &REMEDIES),
    };
    let names = |is_granted: bool| -> Vec<&str> {
        permissions.iter().filter(|it| it.is_granted == is_granted).map(|it| it.name.as_str()).collect()
    };
    match names(false).as_slice() {
        [] => Finding::fine(subject, format!("the account has {}", names(true).join(", "))),
        missing => {
            let missing = missing.join(", ");
            let remedy = format!(
                "give the account of JIRA_EMAIL {missing} in {project}: Project settings > People, a role that has \
                 it, or Project settings > Permissions"
            );
            Finding::wrong(subject, format!("the account does not have {missing}"), remedy)
        }
    }
}

async fn issue_type(jira: &Jira, policy: &Policy, now: Timestamp) -> Result<IssueType, Finding> {
    let (project, kind) = (&*policy.jira.project, &*policy.jira.issue_type);
    let subject = format!("Jira issue type {kind}");
    jira.fields_anew(project, kind, now).await.map_err(|fault| match fault {
        Fault::Refused { status: NO_SUCH_TYPE, reason } => {
            Finding::wrong(subject, reason, "write one of these as issue_type under [jira] in the policy")
        }
        fault => unanswered(&subject, fault, &REMEDIES),
    })
}
