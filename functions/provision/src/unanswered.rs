//! What it means that a vendor was asked and gave nothing to go by.

use escalation::http::Fault;

use crate::finding::Finding;

/// A fault as a finding. `connection` is what to do where nothing that can be used came back.
pub(crate) fn unanswered(subject: &str, fault: Fault, connection: &str) -> Finding {
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
            let remedy = format!("it may be asked again in {} s", retry_after.as_secs());
            Finding::warning(subject, format!("cannot be told now: {reason}"), remedy)
        }
        Fault::Refused { reason, .. } | Fault::NotSent { reason } | Fault::Unknown { reason } => {
            Finding::wrong(subject, format!("cannot be told: {reason}"), connection)
        }
    }
}
