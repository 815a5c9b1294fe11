//! Which issue Jira Reference names, and what is to be done about it.

use escalation::policy::Policy;
use escalation::procedure::jira_reference::{self, IssueKey, Reason, Reference, Rules};

use super::found::Escalated;

/// What stands in Jira Reference.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    Nothing,
    Issue {
        key: IssueKey,
        /// Further keys that stand beside it.
        others: Vec<IssueKey>,
        /// Whether it stood there in an earlier escalation.
        is_of_an_earlier: bool,
        /// Whether nobody typed it, as far as HubSpot tells.
        is_ours: bool,
    },
    /// It names no issue that may be used.
    Unreadable(Reason),
}

/// Reads Jira Reference. What we wrote ourselves is a key wherever its issue was moved to.
pub fn named(found: &Escalated, projects: Vec<String>, site: &str, policy: &Policy) -> Named {
    let text = found.ticket.property(&policy.properties.jira_reference);
    let last = found.reference(policy);
    let is_of_an_earlier =
        last.zip(found.previous_cleared_at).is_some_and(|(last, cleared_at)| last.timestamp <= cleared_at);
    let is_ours = last.is_some_and(|it| it.by.is_none());
    let issue = |key, others| Named::Issue { key, others, is_of_an_earlier, is_ours };
    if is_ours && let Ok(key) = IssueKey::parse(text) {
        return issue(key, Vec::new());
    }
    match jira_reference::parse(text, &Rules { projects, site: site.to_owned() }) {
        Reference::Empty => Named::Nothing,
        Reference::Ok(key) | Reference::Normalised(key) => issue(key, Vec::new()),
        Reference::Multiple(mut keys) => {
            let key = keys.remove(0);
            issue(key, keys)
        }
        Reference::Rejected(reason) => Named::Unreadable(reason),
    }
}
