//! What HubSpot must have.

pub mod account;
pub mod people;
pub mod policy;
pub mod properties;
pub mod stages;

use escalation::http::Fault;

use crate::finding::Finding;
use crate::unanswered::after;

/// Something could not be looked at.
fn unseen(subject: &str, fault: &Fault) -> Finding {
    let denied = "Grant the app what it lacks on its Scopes tab in HubSpot, and look again.";
    let refused = "HubSpot's support finds the request by its correlation id.";
    Finding::wrong(subject, format!("cannot be looked at: {fault}"), remedy(fault, denied, refused, "Look again"))
}

/// What to do where HubSpot was asked in vain: for a denial and for a refusal for good in the caller's words, for what
/// passes with `again`, such as `Look again`.
pub fn remedy(fault: &Fault, denied: &str, refused: &str, again: &str) -> String {
    match fault {
        Fault::Denied { .. } => denied.to_owned(),
        Fault::Refused { .. } => refused.to_owned(),
        Fault::NotNow { retry_after, .. } => format!("{again} in {}.", after(*retry_after)),
        Fault::NotSent { .. } => format!("{UNREACHABLE} {again}."),
        Fault::Unknown { .. } => format!("{again}."),
    }
}

const UNREACHABLE: &str = "HubSpot cannot be reached from here: look at the network and its DNS, and at HUBSPOT_BASE_URL where it \
                           is set.";

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_remedy_is_for_what_happened() {
        let reason = String::new;
        let of = |fault: Fault| remedy(&fault, "Grant it.", "By hand.", "Look again");
        assert_eq!(of(Fault::Denied { reason: reason() }), "Grant it.");
        assert_eq!(of(Fault::Refused { status: 400, reason: reason() }), "By hand.");
        let pause = |seconds| Fault::NotNow { retry_after: Duration::from_secs(seconds), reason: reason() };
        assert_eq!(of(pause(7)), "Look again in 7 s.");
        assert_eq!(of(pause(5_000)), "Look again in 84 minutes.");
        assert!(of(Fault::NotSent { reason: reason() }).contains("DNS"));
        assert_eq!(of(Fault::Unknown { reason: reason() }), "Look again.");
    }
}
