//! Tickets: [the CRM objects API](https://developers.hubspot.com/docs/api/crm/tickets), object type `0-5`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::owners::Paging;
use super::records::BATCH;
use super::{HubSpot, or_gone, timestamp, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// A ticket as we read it.
#[derive(Debug, Clone, Default)]
pub struct Ticket {
    /// Its own id, which is another than the one asked for where that was merged away.
    pub id: Option<TicketId>,
    /// Every property that was requested, empty where it has no value.
    properties: BTreeMap<String, String>,
    /// Every history that was requested, likewise.
    history: BTreeMap<String, Vec<Version>>,
    /// Associated contacts, lowest id first.
    pub contacts: Vec<u64>,
    /// Associated companies, the primary one first.
    pub companies: Vec<u64>,
    /// Associated notes, as far as the ticket lists them.
    pub(super) notes: Listed,
    /// Associated calls, as far as the ticket lists them.
    pub(super) calls: Listed,
    /// Associated e-mails, of a ticket that was read [with messages](HubSpot::ticket_with_messages).
    pub(super) emails: Listed,
    /// Associated text messages, likewise.
    pub(super) communications: Listed,
}

/// What is read along with a ticket.
const ASSOCIATIONS: &str = "contacts,companies,notes,calls";
/// The same, with what was written to the customer outside of the help desk.
const WITH_MESSAGES: &str = "contacts,companies,notes,calls,emails,communications";

/// The records of a kind that a ticket lists.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Listed {
    ids: Vec<u64>,
    /// Whether there are more.
    has_more: bool,
}

impl Listed {
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// A value that a property had.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "WireVersion")]
pub struct Version {
    /// The value; empty where it was cleared.
    pub value: String,
    /// Since when.
    pub timestamp: Timestamp,
    /// The id of the user who set it; `None` for an app, a workflow or HubSpot itself, and for a person
    /// whom nobody knows.
    pub by: Option<u64>,
    /// Whether a person may have set it: on one of HubSpot's pages, in its apps, or nobody says where.
    pub is_by_hand: bool,
}

impl Ticket {
    /// A property's value; empty where it has none. It is requested with the ticket: what was not asked for
    /// would read as nothing, too, which a debug build does not let pass.
    #[track_caller]
    pub fn property(&self, name: &str) -> &str {
        let value = self.known(name);
        debug_assert!(value.is_some(), "the ticket was read without {name}");
        value.unwrap_or_default()
    }

    /// The same; `None` where it was not requested.
    pub fn known(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    /// Whether a property has this value: HubSpot has two ways to write a time, and keeps the options
    /// of a list in an order of its own.
    #[track_caller]
    pub fn has(&self, name: &str, value: &str) -> bool {
        let present = self.property(name);
        let list = |text: &str| text.split(';').map(str::to_owned).collect::<BTreeSet<_>>();
        if present == value || list(present) == list(value) {
            return true;
        }
        match (timestamp(present), timestamp(value)) {
            (Some(present), Some(value)) => present.as_millisecond() == value.as_millisecond(),
            _ => false,
        }
    }

    /// A property's history, in HubSpot's order; requested with the ticket, as its [value](Self::property) is.
    #[track_caller]
    pub fn history(&self, name: &str) -> &[Version] {
        let versions = self.history.get(name);
        debug_assert!(versions.is_some(), "the ticket was read without the history of {name}");
        versions.map_or(&[], Vec::as_slice)
    }

    /// The same, in which what was requested and has no value is told from what was not requested.
    fn requested(mut self, properties: &[&str], history: &[&str]) -> Self {
        for name in properties {
            self.properties.entry((*name).to_owned()).or_default();
        }
        for name in history {
            self.history.entry((*name).to_owned()).or_default();
        }
        self
    }
}

impl HubSpot {
    /// Reads a ticket with its associations; `None` where it is deleted. An id that was merged away
    /// reads as the ticket it was merged into.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn ticket(&self, id: TicketId, properties: &[&str], history: &[&str]) -> Result<Option<Ticket>, Fault> {
        self.ticket_with(ASSOCIATIONS, id, properties, history).await
    }

    /// The same, which also lists e-mails and text messages: what people wrote to the customer outside of
    /// the help desk.
    ///
    /// # Errors
    /// As [`ticket`](Self::ticket).
    pub async fn ticket_with_messages(
        &self,
        id: TicketId,
        properties: &[&str],
        history: &[&str],
    ) -> Result<Option<Ticket>, Fault> {
        self.ticket_with(WITH_MESSAGES, id, properties, history).await
    }

    async fn ticket_with(
        &self,
        associations: &str,
        id: TicketId,
        properties: &[&str],
        history: &[&str],
    ) -> Result<Option<Ticket>, Fault> {
        let request = self.request(Method::GET, &format!("crm/v3/objects/tickets/{id}")).query(&[
            ("properties", properties.join(",")),
            ("propertiesWithHistory", history.join(",")),
            ("associations", associations.to_owned()),
        ]);
        let Some(answer) = or_gone(self.call(request).await)? else {
            return Ok(None);
        };
        let wire: Wire = answer.read()?;
        Ok((wire.archived != Some(true)).then(|| Ticket::from(wire).requested(properties, history)))
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

    /// The newest records of a kind on a ticket, at most [`BATCH`].
    pub(super) async fn newest(&self, ticket: TicketId, kind: &str, listed: &Listed) -> Result<Vec<u64>, Fault> {
        let mut ids = match listed.ids.as_slice() {
            [] => self.associated(ticket, kind).await?,
            _ if listed.has_more => self.associated(ticket, kind).await?,
            listed => listed.to_vec(),
        };
        // Ids grow with time.
        ids.sort_unstable_by(|a, b| b.cmp(a));
        ids.truncate(BATCH);
        Ok(ids)
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

    /// The same; what HubSpot does not take keeps nothing else from being written. That it was refused is
    /// told afterwards.
    ///
    /// # Errors
    /// As [`update_ticket`](Self::update_ticket).
    pub async fn update_ticket_apart(&self, id: TicketId, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        let refused = match self.update_ticket(id, properties).await {
            Err(Fault::Refused { status, reason }) if status != 404 => Fault::Refused { status, reason },
            written => return written,
        };
        for (name, value) in properties {
            match self.update_ticket(id, &BTreeMap::from([(*name, value.clone())])).await {
                Ok(()) | Err(Fault::Refused { status: 400..=403 | 405.., .. }) => {}
                Err(fault) => return Err(fault),
            }
        }
        Err(refused)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireVersion {
    #[serde(default, deserialize_with = "wire::text")]
    value: String,
    #[serde(deserialize_with = "wire::moment")]
    timestamp: Timestamp,
    #[serde(default, deserialize_with = "wire::text")]
    source_type: String,
    #[serde(default, deserialize_with = "wire::text")]
    source_id: String,
    #[serde(default, deserialize_with = "wire::text")]
    updated_by_user_id: String,
}

/// How `sourceType` begins where a person did it
/// ([record source](https://knowledge.hubspot.com/records/view-record-source)).
const HANDS: [&str; 2] = ["CRM_UI", "MOBILE"];

impl From<WireVersion> for Version {
    /// What a person did on HubSpot's pages or in its apps also has the user as `userId:7` in `sourceId`.
    fn from(wire: WireVersion) -> Self {
        let on_a_page = wire.source_id.strip_prefix("userId:").and_then(|it| it.parse().ok());
        let by: Option<u64> = wire.updated_by_user_id.parse().ok().or(on_a_page);
        let is_by_hand = by.is_some() || HANDS.iter().any(|it| wire.source_type.starts_with(it));
        let is_by_hand = is_by_hand || (wire.source_type.is_empty() && wire.source_id.is_empty());
        Self { value: wire.value, timestamp: wire.timestamp, by, is_by_hand }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    #[serde(default, deserialize_with = "wire::text")]
    id: String,
    #[serde(default)]
    properties: BTreeMap<String, Value>,
    #[serde(default)]
    properties_with_history: Option<BTreeMap<String, Versions>>,
    #[serde(default)]
    associations: Option<BTreeMap<String, Option<Associated>>>,
    #[serde(default, deserialize_with = "wire::known")]
    archived: Option<bool>,
}

/// A history without what cannot be placed in time.
#[derive(Deserialize)]
struct Versions(#[serde(deserialize_with = "wire::list")] Vec<Version>);

#[derive(Deserialize, Default)]
struct Associated {
    #[serde(default, deserialize_with = "wire::list")]
    results: Vec<AssociatedId>,
    #[serde(default)]
    paging: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct AssociatedId {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    #[serde(rename = "type", default, deserialize_with = "wire::text")]
    kind: String,
}

impl From<Wire> for Ticket {
    fn from(wire: Wire) -> Self {
        let mut associations = wire.associations.unwrap_or_default();
        let mut take = |kind: &str| associations.remove(kind).flatten().unwrap_or_default();
        let (contacts, companies, notes, calls) = (take("contacts"), take("companies"), take("notes"), take("calls"));
        let (emails, communications) = (take("emails"), take("communications"));
        let history = wire.properties_with_history.unwrap_or_default();
        Self {
            id: wire.id.parse().ok().map(TicketId),
            properties: wire
                .properties
                .into_iter()
                .map(|(name, value)| (name, scalar(value).unwrap_or_default()))
                .collect(),
            history: history.into_iter().map(|(name, versions)| (name, versions.0)).collect(),
            contacts: contacts.ids(),
            companies: companies.ids(),
            notes: notes.listed(),
            calls: calls.listed(),
            emails: emails.listed(),
            communications: communications.listed(),
        }
    }
}

/// HubSpot's values are texts; whoever stands before it may have read them as something else.
pub(super) fn scalar(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Associated {
    fn listed(self) -> Listed {
        Listed { has_more: self.paging.is_some(), ids: self.ids() }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Ticket {
        serde_json::from_str::<Wire>(json).unwrap().into()
    }

    #[test]
    fn a_ticket_is_read_with_little_and_with_much() {
        assert!(read("{}").requested(&["subject"], &[]).property("subject").is_empty());
        let ticket = read(
            r#"{"id":"42","properties":{"subject":"x","escalation_cycle":2,"hs_is_closed":false,"empty":null},"new":{},
                "propertiesWithHistory":{"escalation_type":[{"value":null,"timestamp":"2026-06-10T09:00:00Z","sourceId":null}]},
                "associations":{"notes":{"results":[{"id":"9"},{"id":7}],"paging":{"next":{"after":"7"}}}}}"#,
        );
        let value = |name| ticket.property(name);
        assert_eq!(["subject", "escalation_cycle", "hs_is_closed", "empty"].map(value), ["x", "2", "false", ""]);
        assert_eq!(ticket.history("escalation_type")[0].value, "");
        let notes = Listed { ids: vec![7, 9], has_more: true };
        assert_eq!((ticket.id, ticket.notes, ticket.calls), (Some(TicketId(42)), notes, Listed::default()));
    }

    #[test]
    fn what_was_not_requested_is_told_from_what_has_no_value() {
        let ticket =
            read(r#"{"properties":{"subject":"x","content":null}}"#).requested(&["subject", "gone"], &["tier"]);
        assert_eq!(
            ["subject", "content", "gone", "tier"].map(|it| ticket.known(it)),
            [Some("x"), Some(""), Some(""), None]
        );
        assert!(ticket.history("tier").is_empty());
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "read without tier"))]
    fn a_property_that_nobody_requested_is_no_empty_one() {
        assert!(read("{}").requested(&["subject"], &["tier"]).property("tier").is_empty());
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "read without the history of subject"))]
    fn a_history_that_nobody_requested_is_no_empty_one() {
        assert!(read("{}").requested(&["subject"], &["tier"]).history("subject").is_empty());
    }

    #[test]
    fn a_ticket_is_read_whatever_one_of_its_members_looks_like() {
        let ticket = read(
            r#"{"id":42,"properties":{"subject":"x"},"archived":null,"associations":{"notes":null,"calls":{"results":null}},
                "propertiesWithHistory":{"a":null,"b":[{"value":"no time"},{"value":"y","timestamp":"2026-06-10T09:00:00Z"}]}}"#,
        );
        assert_eq!((ticket.property("subject"), ticket.history("a").len()), ("x", 0));
        let values: Vec<&str> = ticket.history("b").iter().map(|it| it.value.as_str()).collect();
        assert_eq!((values, &ticket.notes, &ticket.calls), (vec!["y"], &Listed::default(), &Listed::default()));
    }

    #[test]
    fn a_person_whom_nobody_knows_is_no_machine() {
        let by_hand = |source: &str| {
            let version = format!(r#"{{"value":"tech","timestamp":"2026-06-10T09:00:00Z"{source}}}"#);
            serde_json::from_str::<Version>(&version).unwrap().is_by_hand
        };
        let people = ["CRM_UI", "CRM_UI_BULK_ACTION", "MOBILE_IOS", "MOBILE_ANDROID"];
        assert!(by_hand("") && people.iter().all(|it| by_hand(&format!(r#","sourceType":"{it}""#))));
        for machine in ["INTEGRATION", "AUTOMATION_PLATFORM", "CALCULATED", "API"] {
            assert!(!by_hand(&format!(r#","sourceType":"{machine}","sourceId":"1""#)), "{machine}");
        }
    }

    #[test]
    fn who_set_a_property_is_told_where_it_was_a_person() {
        let by = |source: &str| {
            let version = format!(r#"{{"value":"tech","timestamp":"2026-06-10T09:00:00Z"{source}}}"#);
            serde_json::from_str::<Version>(&version).unwrap().by
        };
        assert_eq!(by(r#","sourceType":"CRM_UI","sourceId":"userId:7","updatedByUserId":8"#), Some(8));
        assert_eq!(by(r#","sourceType":"CRM_UI","sourceId":"userId:7""#), Some(7));
        assert_eq!(by(r#","sourceType":"CRM_UI","sourceId":"userId:7","updatedByUserId":null"#), Some(7));
        assert_eq!(by(r#","sourceType":"MOBILE_IOS","sourceId":null,"updatedByUserId":"9""#), Some(9));
        for nobody in [
            "",
            r#","sourceType":null,"sourceId":null"#,
            r#","sourceType":"CRM_UI","sourceId":"7""#,
            r#","sourceType":"INTEGRATION","sourceId":"1160452","sourceLabel":"Escalation""#,
            r#","sourceType":"AUTOMATION_PLATFORM","sourceId":"enrollmentId:12;actionExecutionIndex:0""#,
        ] {
            assert_eq!(by(nobody), None, "{nobody}");
        }
    }

    #[test]
    fn the_primary_company_comes_first_and_each_once() {
        let company = |id: u64, kind: &str| format!(r#"{{"id":"{id}","type":"{kind}"}}"#);
        let rows =
            [company(3, "ticket_to_company"), company(5, "ticket_to_company"), company(5, "ticket_to_company_primary")];
        let ticket = read(&format!(r#"{{"associations":{{"companies":{{"results":[{}]}}}}}}"#, rows.join(",")));
        assert_eq!(ticket.companies, [5, 3]);
    }
}
