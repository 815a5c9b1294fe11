//! Tickets: [the CRM objects API](https://developers.hubspot.com/docs/api/crm/tickets), object type `0-5`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::owners::Paging;
use super::{HubSpot, or_gone, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// A ticket as we read it.
#[derive(Debug, Clone, Default)]
pub struct Ticket {
    /// Its own id, which is another than the one asked for where that was merged away.
    pub id: Option<TicketId>,
    properties: BTreeMap<String, String>,
    history: BTreeMap<String, Vec<Version>>,
    /// Associated contacts, lowest id first.
    pub contacts: Vec<u64>,
    /// Associated companies, the primary one first.
    pub companies: Vec<u64>,
    /// Associated notes, as far as the ticket lists them.
    pub(super) notes: Vec<u64>,
    pub(super) more_notes: bool,
}

/// A value that a property had.
#[derive(Debug, Clone, Deserialize)]
pub struct Version {
    /// The value; empty where it was cleared.
    #[serde(default, deserialize_with = "wire::text")]
    pub value: String,
    /// Since when.
    #[serde(deserialize_with = "wire::moment")]
    pub timestamp: Timestamp,
}

impl Ticket {
    /// A property's value; empty where it has none.
    pub fn property(&self, name: &str) -> &str {
        self.properties.get(name).map_or("", String::as_str)
    }

    /// A property's history, in HubSpot's order; asked for with the ticket.
    pub fn history(&self, name: &str) -> &[Version] {
        self.history.get(name).map_or(&[], Vec::as_slice)
    }
}

impl HubSpot {
    /// Reads a ticket with its associations; `None` where it is deleted. An id that was merged away
    /// reads as the ticket it was merged into.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn ticket(&self, id: TicketId, properties: &[&str], history: &[&str]) -> Result<Option<Ticket>, Fault> {
        let request = self.request(Method::GET, &format!("crm/v3/objects/tickets/{id}")).query(&[
            ("properties", properties.join(",")),
            ("propertiesWithHistory", history.join(",")),
            ("associations", "contacts,companies,notes".to_owned()),
        ]);
        let Some(answer) = or_gone(self.call(request).await)? else {
            return Ok(None);
        };
        let wire: Wire = answer.read()?;
        Ok((!wire.archived).then(|| wire.into()))
    }

    /// The ids of all records of a kind, such as `notes`, that are associated with a ticket. The ticket
    /// itself lists the first of them; where it lists none, this is asked before anybody is told so.
    /// [Associations v4](https://developers.hubspot.com/docs/api/crm/associations).
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn associated(&self, ticket: TicketId, kind: &str) -> Result<Vec<u64>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<Association>,
            #[serde(default)]
            paging: Option<Paging>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Association {
            #[serde(deserialize_with = "wire::id")]
            to_object_id: String,
        }
        let path = format!("crm/v4/objects/tickets/{ticket}/associations/{kind}");
        let mut ids = Vec::new();
        let mut after = None;
        loop {
            let mut request = self.request(Method::GET, &path).query(&[("limit", "500")]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let Some(answer) = or_gone(self.call(request).await)? else {
                return Ok(ids);
            };
            let page: Page = answer.read()?;
            ids.extend(page.results.into_iter().filter_map(|it| it.to_object_id.parse::<u64>().ok()));
            after = page.paging.and_then(Paging::after);
            if after.is_none() {
                return Ok(ids);
            }
        }
    }

    /// Writes properties. Writing the same values again changes nothing.
    ///
    /// # Errors
    /// HubSpot refuses a value, or cannot be reached. A ticket that is gone is [`Fault::Refused`]
    /// with status 404.
    pub async fn update_ticket(&self, id: TicketId, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        #[derive(Serialize)]
        struct Update<'a> {
            properties: &'a BTreeMap<&'a str, String>,
        }
        let path = format!("crm/v3/objects/tickets/{id}");
        self.call(self.request(Method::PATCH, &path).json(&Update { properties })).await?;
        Ok(())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default, deserialize_with = "wire::text")]
    id: String,
    #[serde(default)]
    properties: BTreeMap<String, Option<String>>,
    #[serde(default)]
    properties_with_history: Option<BTreeMap<String, Vec<Version>>>,
    #[serde(default)]
    associations: Option<BTreeMap<String, Associated>>,
    #[serde(default)]
    archived: bool,
}

#[derive(Deserialize, Default)]
struct Associated {
    #[serde(default)]
    results: Vec<AssociatedId>,
    #[serde(default)]
    paging: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct AssociatedId {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    #[serde(rename = "type", default)]
    kind: String,
}

impl From<Wire> for Ticket {
    fn from(wire: Wire) -> Self {
        let mut associations = wire.associations.unwrap_or_default();
        let mut take = |kind: &str| associations.remove(kind).unwrap_or_default();
        let (contacts, companies, notes) = (take("contacts"), take("companies"), take("notes"));
        Self {
            id: wire.id.parse().ok().map(TicketId),
            properties: wire.properties.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
            history: wire.properties_with_history.unwrap_or_default(),
            contacts: contacts.ids(),
            companies: companies.ids(),
            more_notes: notes.paging.is_some(),
            notes: notes.ids(),
        }
    }
}

impl Associated {
    /// Each id once, the primary one first: HubSpot lists a primary company under two labels.
    fn ids(mut self) -> Vec<u64> {
        self.results.sort_by_key(|it| (!it.kind.contains("primary"), it.id.parse::<u64>().unwrap_or(u64::MAX)));
        let mut ids: Vec<u64> = Vec::new();
        for id in self.results.iter().filter_map(|it| it.id.parse().ok()) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }
}
