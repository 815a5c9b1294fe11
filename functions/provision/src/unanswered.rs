//! What it means that a vendor was asked and gave nothing to go by.

use std::time::Duration;

use escalation::http::Fault;

use crate::finding::Finding;

/// What a person does about a vendor that gave nothing to go by.
pub(crate) struct Remedies {
    /// Where nothing that can be used came back.
    pub connection: &'static str,
    /// Where it refuses for good: the connection is right.
    pub refused: &'static str,
}

/// A fault as a finding.
pub(crate) fn unanswered(subject: &str, fault: Fault, remedies: &Remedies) -> Finding {
    match fault {
        // Our clients say what is so, and after a colon what to do about it.
        Fault::Denied { reason } => match reason.split_once(": ") {
            Some((says, remedy)) => Finding::wrong(subject, says, remedy),
            None => Finding::wrong(
                subject,
                reason,
                "look this answer up in its documentation, and give the account what it lacks",
            ),
        },
        Fault::NotNow { retry_after, reason } => {
            let remedy = format!("it may be asked again in {}", after(retry_after));
            Finding::warning(subject, format!("cannot be told now: {reason}"), remedy)
        }
        Fault::Refused { reason, .. } => Finding::wrong(subject, format!("cannot be told: {reason}"), remedies.refused),
        Fault::NotSent { reason } | Fault::Unknown { reason } => {
            Finding::wrong(subject, format!("cannot be told: {reason}"), remedies.connection)
        }
    }
}

/// A wait as a person reads it.
pub(crate) fn after(wait: Duration) -> String {
    match wait.as_secs() {
        seconds @ ..120 => format!("{seconds} s"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}
