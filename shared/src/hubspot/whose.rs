//! Which ticket something was written on.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{HubSpot, or_gone, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// HubSpot tells the associations of at most so many records in one call
/// ([limits](https://developers.hubspot.com/docs/api/crm/associations)).
const MOST: usize = 1_000;

impl HubSpot {
    /// The ticket of a conversation; `None` where it has none, or is gone.
    /// [Threads](https://developers.hubspot.com/docs/api/conversations/conversations).
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn ticket_of_thread(&self, thread: u64) -> Result<Option<TicketId>, Fault> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Thread {
            #[serde(default)]
            thread_associations: Option<Associations>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Associations {
            #[serde(default, deserialize_with = "wire::text")]
            associated_ticket_id: String,
        }
        let path = format!("conversations/v3/conversations/threads/{thread}");
        let request = self.request(Method::GET, &path).query(&[("association", "TICKET")]);
        let Some(answer) = or_gone(self.call(request).await)? else {
            return Ok(None);
        };
        let thread: Thread = answer.read()?;
        let ticket = thread.thread_associations.map(|it| it.associated_ticket_id);
        Ok(ticket.and_then(|it| it.parse().ok()).map(TicketId))
    }

    /// The tickets that notes are on, by the note. Notes on none, and those that are gone, are left out.
    /// [Associations v4](https://developers.hubspot.com/docs/api/crm/associations).
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn tickets_of_notes(&self, notes: &[u64]) -> Result<BTreeMap<u64, Vec<TicketId>>, Fault> {
        let mut found = BTreeMap::new();
        for some in notes.chunks(MOST) {
            found.extend(self.tickets_of_some(some).await?);
        }
        Ok(found)
    }

    async fn tickets_of_some(&self, notes: &[u64]) -> Result<BTreeMap<u64, Vec<TicketId>>, Fault> {
        #[derive(Serialize)]
        struct Read {
            inputs: Vec<Id>,
        }
        #[derive(Serialize, Deserialize)]
        struct Id {
            #[serde(deserialize_with = "wire::id")]
            id: String,
        }
        #[derive(Deserialize)]
        struct Found {
            #[serde(default)]
            results: Vec<Row>,
        }
        #[derive(Deserialize)]
        struct Row {
            from: Id,
            #[serde(default)]
            to: Vec<To>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct To {
            #[serde(deserialize_with = "wire::id")]
            to_object_id: String,
        }
        let body = Read { inputs: notes.iter().map(|it| Id { id: it.to_string() }).collect() };
        let request = self.request(Method::POST, "crm/v4/associations/notes/tickets/batch/read").json(&body);
        // A 207 says of which notes nothing was found.
        let found: Found = self.call(request).await?.read()?;
        let row = |row: Row| {
            let tickets = row.to.iter().filter_map(|it| it.to_object_id.parse().ok()).map(TicketId);
            Some((row.from.id.parse().ok()?, tickets.collect()))
        };
        Ok(found.results.into_iter().filter_map(row).collect())
    }
}
