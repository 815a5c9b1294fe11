//! Who works in the account.

use std::sync::Arc;

use jiff::Timestamp;

use crate::http::Fault;
use crate::hubspot::{HubSpot, Person, is_forbidden};

/// Everybody who is active; nobody where we may not read them, which the log says: then nobody is put on duty,
/// mentioned, or known for a Shift Lead by their team.
///
/// # Errors
/// HubSpot cannot be reached, or does not take our token: that may be exchanged just now, and what is done
/// without anybody meanwhile would stay so.
pub async fn people(hubspot: &HubSpot, now: Timestamp) -> Result<Arc<[Person]>, Fault> {
    match hubspot.people(now).await {
        Err(Fault::Denied { reason }) if !is_forbidden(&reason) => Err(Fault::Denied { reason }),
        Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
            tracing::error!(
                "Cannot read the owners, so nobody can be put on duty, mentioned, or known for a Shift Lead by their \
                 team: {reason}; check the scopes"
            );
            Ok(Arc::default())
        }
        people => people,
    }
}
