//! Calls that were logged on a ticket: [the calls API](https://developers.hubspot.com/docs/api/crm/calls).

use jiff::Timestamp;
use serde::Deserialize;

use super::ticket::Ticket;
use super::{HubSpot, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// A call with somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// When.
    pub at: Timestamp,
    /// The id of the owner who spoke for us; empty where nobody is named.
    pub owner_id: String,
    /// The id of the user who logged it; `None` where software did.
    pub logged_by: Option<u64>,
    /// HubSpot's id of its outcome; empty where nobody chose one.
    pub outcome: String,
}

const PROPERTIES: &[&str] =
    &["hs_timestamp", "hs_createdate", "hs_call_disposition", "hubspot_owner_id", "hs_created_by_user_id"];

#[derive(Deserialize)]
struct Properties {
    #[serde(default, deserialize_with = "wire::text")]
    hs_timestamp: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_createdate: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_call_disposition: String,
    #[serde(default, deserialize_with = "wire::text")]
    hubspot_owner_id: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_created_by_user_id: String,
}

impl HubSpot {
    /// The ticket's newest calls, at most a hundred.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn calls_of(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Call>, Fault> {
        let ids = self.newest(id, "calls", &ticket.calls).await?;
        let records = self.batch::<Properties>("calls", &ids, PROPERTIES).await?;
        Ok(records.into_iter().filter_map(|it| it.properties.call()).collect())
    }
}

impl Properties {
    /// A call whose time does not read cannot be placed in an escalation.
    fn call(self) -> Option<Call> {
        let at = [&self.hs_timestamp, &self.hs_createdate].into_iter().find_map(|it| wire::timestamp(it))?;
        let (owner_id, outcome) = (self.hubspot_owner_id, self.hs_call_disposition);
        Some(Call { at, owner_id, logged_by: self.hs_created_by_user_id.parse().ok(), outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_read_with_little_and_with_much() {
        let read = |json: &str| serde_json::from_str::<Properties>(json).unwrap().call();
        assert_eq!(read("{}"), None);
        let at = "2026-06-10T09:00:00Z".parse().unwrap();
        let little = Call { at, owner_id: String::new(), logged_by: None, outcome: String::new() };
        assert_eq!(read(r#"{"hs_timestamp":null,"hs_createdate":"2026-06-10T09:00:00Z"}"#), Some(little));
        let much = Call { at, owner_id: "501".to_owned(), logged_by: Some(7), outcome: "f240".to_owned() };
        let json = r#"{"hs_timestamp":1781082000000,"hs_createdate":"2026-06-11T09:00:00Z","hubspot_owner_id":501,
            "hs_created_by_user_id":"7","hs_call_disposition":"f240"}"#;
        assert_eq!(read(json), Some(much));
    }
}
