//! When an escalation is over, and what becomes of a ticket that is closed before.

use serde::Deserialize;

use super::Whole;
use super::calendar::RawTarget;
use crate::procedure::closure::Mode;
use crate::procedure::sla::Target;

/// When an escalation is over, and what becomes of a ticket that is closed before.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "Written")]
pub struct Closure {
    /// What becomes of a ticket that is closed before its escalation is over.
    pub mode: Mode,
    /// Minutes after the later of clearing and closing in which nobody is told that something is missing.
    pub grace_minutes: Whole<0, 1440>,
    /// When the agent is reminded of a ticket that was cleared and is open.
    pub reminder: Target,
    connected_calls: Vec<String>,
    jira_done: Vec<String>,
}

impl Closure {
    /// Whether this outcome of a call, by HubSpot's id, says that somebody spoke with the customer.
    pub fn is_connected(&self, outcome: &str) -> bool {
        self.connected_calls.iter().any(|it| it.eq_ignore_ascii_case(outcome))
    }

    /// Whether an issue with this status is done.
    pub fn is_jira_done(&self, status: &str) -> bool {
        let status = status.trim().to_lowercase();
        self.jira_done.iter().any(|it| it.trim().to_lowercase() == status)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    mode: WrittenMode,
    grace_minutes: Whole<0, 1440>,
    reminder: RawTarget,
    connected_calls: Vec<String>,
    jira_done: Vec<String>,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct WrittenMode(Mode);

impl TryFrom<String> for WrittenMode {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self)
    }
}

impl From<Written> for Closure {
    fn from(written: Written) -> Self {
        let Written { mode, grace_minutes, reminder, connected_calls, jira_done } = written;
        Self { mode: mode.0, grace_minutes, reminder: reminder.0, connected_calls, jira_done }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Policy;
    use super::*;

    #[test]
    fn the_shipped_policy_reopens_after_ten_minutes() {
        let closure = Policy::shipped().closure;
        assert_eq!((closure.mode, closure.grace_minutes.number()), (Mode::Revert, 10));
        assert_eq!(closure.reminder.to_string(), "1 day");
    }

    #[test]
    fn outcomes_and_statuses_are_known_however_they_are_written() {
        let closure = Policy::shipped().closure;
        assert!(closure.is_connected("F240BBAC-87c9-4f6e-bf70-924b57d47db7"));
        for other in ["", "b2cf5968-551e-4856-9783-52b3da59a7d0"] {
            assert!(!closure.is_connected(other), "{other}");
        }
        assert!(closure.is_jira_done(" done ") && closure.is_jira_done("CLOSED"));
        for other in ["", "In Progress", "Not done"] {
            assert!(!closure.is_jira_done(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_mode_is_refused_with_its_line() {
        let text = include_str!("../../policy.toml").replace("mode = \"revert\"", "mode = \"reopen\"");
        let wrong = Policy::parse(&text, "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains("`reopen` is no mode of closure; write one of revert, flag"), "{wrong}");
    }
}
