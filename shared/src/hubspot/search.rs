//! [Search](https://developers.hubspot.com/docs/api/crm/search): behind by up to half a minute, so
//! good for how much work people have, never for what a ticket is.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::HubSpot;
use super::records::Record;
use super::ticket::scalar;
use crate::http::Fault;

/// HubSpot shows at most this many records at once.
const PAGE: u32 = 200;

impl HubSpot {
    /// How many open escalations each of these owners has, by owner id: tickets that are in a lane. It is
    /// one search, so of more than 200 open escalations it counts 200.
    ///
    /// Searches have a limit of their own, five in a second for all of an app
    /// ([usage guidelines](https://developers.hubspot.com/docs/api/usage-details)).
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn open_escalations(
        &self,
        owner_property: &str,
        owner_ids: &[&str],
        lane_property: &str,
    ) -> Result<BTreeMap<String, usize>, Fault> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Search<'a> {
            filter_groups: [Group<'a>; 1],
            sorts: [&'a str; 0],
            properties: [&'a str; 1],
            limit: u32,
            after: &'a str,
        }
        #[derive(Serialize)]
        struct Group<'a> {
            filters: [Filter<'a>; 2],
        }
        #[derive(Deserialize)]
        struct Found {
            results: Vec<Record<BTreeMap<String, Value>>>,
        }
        let mut counts: BTreeMap<String, usize> = owner_ids.iter().map(|it| ((*it).to_owned(), 0)).collect();
        if counts.is_empty() {
            return Ok(counts);
        }
        let owned = Filter { property_name: owner_property, operator: "IN", values: Some(owner_ids) };
        let open = Filter { property_name: lane_property, operator: "HAS_PROPERTY", values: None };
        let body = Search {
            filter_groups: [Group { filters: [owned, open] }],
            sorts: [],
            properties: [owner_property],
            limit: PAGE,
            after: "0",
        };
        let request = self.request(Method::POST, "crm/v3/objects/tickets/search").json(&body);
        let found: Found = self.call(request).await?.read()?;
        for mut record in found.results {
            let owner = record.properties.remove(owner_property).and_then(scalar);
            if let Some(count) = owner.and_then(|it| counts.get_mut(&it)) {
                *count += 1;
            }
        }
        Ok(counts)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Filter<'a> {
    property_name: &'a str,
    operator: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<&'a [&'a str]>,
}
