//! Tickets by a value that a property has. Search is behind by up to half a minute: what it finds is
//! read anew, and what was written just now it may not find.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::{HubSpot, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// HubSpot shows at most this many records at once; no issue is reported by as many tickets.
const PAGE: u32 = 200;

impl HubSpot {
    /// The tickets whose `property` is `value`, the first 200.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn tickets_with(&self, property: &str, value: &str) -> Result<Vec<TicketId>, Fault> {
        #[derive(Deserialize)]
        struct Found {
            results: Vec<Record>,
        }
        #[derive(Deserialize)]
        struct Record {
            #[serde(deserialize_with = "wire::id")]
            id: String,
        }
        let body = json!({
            "filterGroups": [{ "filters": [{ "propertyName": property, "operator": "EQ", "value": value }] }],
            "sorts": [],
            "properties": [property],
            "limit": PAGE,
            "after": "0",
        });
        let request = self.request(Method::POST, "crm/v3/objects/tickets/search").json(&body);
        let found: Found = self.call(request).await?.read()?;
        Ok(found.results.into_iter().filter_map(|it| it.id.parse().ok().map(TicketId)).collect())
    }
}
