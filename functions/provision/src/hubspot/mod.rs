//! What HubSpot must have.

pub mod account;
pub mod people;
pub mod policy;
pub mod properties;
pub mod stages;

use escalation::http::Fault;

use crate::finding::Finding;

/// Something could not be looked at.
fn unseen(subject: &str, fault: &Fault) -> Finding {
    let remedy = match fault {
        Fault::Denied { .. } => "Grant the app what it lacks on its Scopes tab in HubSpot, and look again.",
        Fault::Refused { .. } => "HubSpot's support finds the request by its correlation id.",
        Fault::NotNow { .. } | Fault::NotSent { .. } | Fault::Unknown { .. } => "Look again in a minute.",
    };
    Finding::wrong(subject, format!("cannot be looked at: {fault}"), remedy)
}
