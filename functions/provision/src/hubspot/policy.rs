//! What in the policy is still as it is shipped, and hardly anybody's.

use escalation::policy::Policy;

use crate::finding::Finding;

/// What is left to confirm.
pub fn look(policy: &Policy) -> Vec<Finding> {
    let shipped = Policy::shipped();
    let mut findings = Vec::new();
    let mut open = |is_open: bool, subject: &str, says: &str, remedy: &str| {
        if is_open {
            findings.push(Finding::warning(subject, says, remedy));
        }
    };
    open(policy.shift_leads.is_empty(), "[[shift_leads]]", NO_LEADS, "Name them, each with their `user_id`.");
    open(policy.fallback().is_none(), "[rota]", NO_ROTA, "Name a `fallback`, and the shifts where there are any.");
    let is_shipped = policy.calendars.default() == shipped.calendars.default();
    open(is_shipped, "[calendars.default]", "is as shipped: Monday to Friday, 09:00 to 17:30 in London", CONFIRM);
    // Targets have no other way to be compared whole; nothing else of theirs shows in their texts.
    let is_shipped = format!("{:?}", policy.sla) == format!("{:?}", shipped.sla);
    open(is_shipped, "[sla]", "is as shipped", CONFIRM);
    let jira = |it: &Policy| (it.jira.project.clone(), it.jira.issue_type.clone());
    open(jira(policy) == jira(&shipped), "[jira]", "is as shipped: issues of type Bug in the project TECH", CONFIRM);
    if findings.is_empty() {
        findings.push(Finding::fine("The policy", "is your own"));
    }
    findings
}

const NO_LEADS: &str =
    "are none: a mention of anybody counts, and anybody but the agent may send an escalation to Tech";
const NO_ROTA: &str = "has nobody: escalations have no owner, and say so";
const CONFIRM: &str =
    "Confirm or correct it in your policy file (POLICY_FILE); where it is right as it stands, leave it.";
