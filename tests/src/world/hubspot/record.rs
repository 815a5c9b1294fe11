//! A record with the history of its properties.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::id::{Kind, Source, iso};

/// A ticket, note, contact or company.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: u64,
    /// Its kind.
    pub kind: Kind,
    /// When it was made.
    pub created: Timestamp,
    /// When anything of it last changed.
    pub updated: Timestamp,
    /// When it was deleted, where it is.
    pub archived: Option<Timestamp>,
    properties: BTreeMap<String, Vec<Version>>,
}

/// One value a property had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Empty where it was cleared.
    pub value: String,
    /// Since when.
    pub at: Timestamp,
    /// Who set it.
    pub source: Source,
}

impl Version {
    fn to_json(&self) -> Value {
        let mut version = json!({
            "value": self.value, "timestamp": iso(self.at),
            "sourceType": self.source.kind(), "sourceId": self.source.id(),
        });
        match self.source {
            Source::User(user) => version["updatedByUserId"] = json!(user.0),
            Source::App(_) => version["sourceLabel"] = json!("Escalation"),
            _ => {}
        }
        version
    }
}

impl Record {
    /// A record without properties.
    pub fn new(kind: Kind, id: u64, now: Timestamp) -> Self {
        Self { id, kind, created: now, updated: now, archived: None, properties: BTreeMap::new() }
    }

    /// What a property has now.
    pub fn value(&self, name: &str) -> Option<&str> {
        let value = self.properties.get(name)?.last()?.value.as_str();
        (!value.is_empty()).then_some(value)
    }

    /// What it had, oldest first.
    pub fn history(&self, name: &str) -> &[Version] {
        self.properties.get(name).map_or(&[], Vec::as_slice)
    }

    /// Sets a property; the same value again is no change.
    pub fn set(&mut self, name: &str, value: &str, at: Timestamp, source: &Source) -> bool {
        if self.value(name).unwrap_or_default() == value {
            return false;
        }
        let version = Version { value: value.to_owned(), at, source: source.clone() };
        self.properties.entry(name.to_owned()).or_default().push(version);
        true
    }

    /// Puts the time of a change on the record.
    pub fn touch(&mut self, at: Timestamp) {
        self.updated = at;
        let name = match self.kind {
            Kind::Contact => "lastmodifieddate",
            _ => "hs_lastmodifieddate",
        };
        self.set(name, &iso(at), at, &Source::Computed);
    }

    /// The record as it was, where it was there.
    pub fn as_of(&self, at: Timestamp) -> Option<Self> {
        let is_there = self.created <= at && self.archived.is_none_or(|archived| archived > at);
        let mut then = self.clone();
        then.properties.values_mut().for_each(|versions| versions.retain(|it| it.at <= at));
        then.updated = then.properties.values().flatten().map(|it| it.at).max().unwrap_or(self.created);
        then.archived = None;
        is_there.then_some(then)
    }

    /// Takes over what another has and this one has not.
    pub fn absorb(&mut self, other: &Self) {
        for (name, versions) in &other.properties {
            if self.value(name).is_none() {
                self.properties.insert(name.clone(), versions.clone());
            }
        }
    }

    /// The properties HubSpot shows unasked.
    pub fn shown_always(kind: Kind) -> &'static [&'static str] {
        match kind {
            kind if kind.is_activity() => &["hs_createdate", "hs_lastmodifieddate", "hs_object_id"],
            Kind::Contact => &["createdate", "lastmodifieddate", "hs_object_id"],
            _ => &["createdate", "hs_lastmodifieddate", "hs_object_id"],
        }
    }

    /// The properties HubSpot shows when none are named.
    pub fn shown_by_default(kind: Kind) -> &'static [&'static str] {
        match kind {
            Kind::Ticket => {
                &["content", "hs_pipeline", "hs_pipeline_stage", "hs_ticket_category", "hs_ticket_priority", "subject"]
            }
            Kind::Note | Kind::Call | Kind::Email | Kind::Communication => &[],
            Kind::Contact => &["email", "firstname", "lastname"],
            Kind::Company => &["domain", "name"],
        }
    }

    /// `SimplePublicObject` with these properties; what was asked for and never set is `null`.
    pub fn to_json<'a>(&self, names: impl Iterator<Item = &'a str>) -> Value {
        let names = names.chain(Self::shown_always(self.kind).iter().copied());
        let properties: Map<String, Value> = names.map(|it| (it.to_owned(), self.value(it).into())).collect();
        let mut object = json!({
            "id": self.id.to_string(), "properties": properties, "createdAt": iso(self.created),
            "updatedAt": iso(self.updated), "archived": self.archived.is_some(),
        });
        if let Some(at) = self.archived {
            object["archivedAt"] = json!(iso(at));
        }
        object
    }

    /// `propertiesWithHistory`, newest first.
    pub fn history_json<'a>(&self, names: impl Iterator<Item = &'a str>) -> Value {
        let versions = |name: &str| self.history(name).iter().rev().map(Version::to_json).collect::<Vec<_>>();
        Value::Object(names.map(|it| (it.to_owned(), versions(it).into())).collect())
    }
}
