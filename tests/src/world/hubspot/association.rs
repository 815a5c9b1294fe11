//! Which record belongs to which.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::id::Kind;

/// [One kind of association](https://developers.hubspot.com/docs/api/crm/associations#association-type-id-values).
pub struct Type {
    /// `associationTypeId`
    pub id: u64,
    /// From.
    pub from: Kind,
    /// To.
    pub to: Kind,
    /// The label people see.
    pub label: Option<&'static str>,
    /// The name in v3 answers.
    pub name: &'static str,
}

const fn unlabelled(id: u64, from: Kind, to: Kind, name: &'static str) -> Type {
    Type { id, from, to, label: None, name }
}

/// The types between the kinds of record there are, the default of each pair first.
pub const TYPES: [Type; 20] = [
    unlabelled(16, Kind::Ticket, Kind::Contact, "ticket_to_contact"),
    unlabelled(15, Kind::Contact, Kind::Ticket, "contact_to_ticket"),
    unlabelled(339, Kind::Ticket, Kind::Company, "ticket_to_company_unlabeled"),
    unlabelled(340, Kind::Company, Kind::Ticket, "company_to_ticket_unlabeled"),
    unlabelled(227, Kind::Ticket, Kind::Note, "ticket_to_note"),
    unlabelled(228, Kind::Note, Kind::Ticket, "note_to_ticket"),
    unlabelled(219, Kind::Ticket, Kind::Call, "ticket_to_call"),
    unlabelled(220, Kind::Call, Kind::Ticket, "call_to_ticket"),
    unlabelled(223, Kind::Ticket, Kind::Email, "ticket_to_email"),
    unlabelled(224, Kind::Email, Kind::Ticket, "email_to_ticket"),
    unlabelled(84, Kind::Ticket, Kind::Communication, "ticket_to_communication"),
    unlabelled(83, Kind::Communication, Kind::Ticket, "communication_to_ticket"),
    unlabelled(202, Kind::Note, Kind::Contact, "note_to_contact"),
    unlabelled(201, Kind::Contact, Kind::Note, "contact_to_note"),
    unlabelled(190, Kind::Note, Kind::Company, "note_to_company"),
    unlabelled(189, Kind::Company, Kind::Note, "company_to_note"),
    unlabelled(279, Kind::Contact, Kind::Company, "contact_to_company_unlabeled"),
    unlabelled(280, Kind::Company, Kind::Contact, "company_to_contact_unlabeled"),
    Type { id: 26, from: Kind::Ticket, to: Kind::Company, label: Some("Primary"), name: "ticket_to_company" },
    Type { id: 25, from: Kind::Company, to: Kind::Ticket, label: Some("Primary"), name: "company_to_ticket" },
];

/// The type with this id.
pub fn typed(id: u64) -> Option<&'static Type> {
    TYPES.iter().find(|it| it.id == id)
}

/// The type HubSpot takes between two kinds when none is named.
pub fn default_between(from: Kind, to: Kind) -> Option<&'static Type> {
    TYPES.iter().find(|it| it.from == from && it.to == to)
}

/// One association, in one direction; the other stands beside it.
#[derive(Debug, Clone)]
pub struct Association {
    /// From this record.
    pub from: (Kind, u64),
    /// To this one.
    pub to: (Kind, u64),
    /// `associationTypeId`
    pub type_id: u64,
    /// Since when.
    pub at: Timestamp,
    /// Until when.
    pub removed: Option<Timestamp>,
}

/// All associations of an account.
#[derive(Default)]
pub struct Associations(Vec<Association>);

impl Associations {
    /// Associates two records, both ways. Once more is no change.
    pub fn add(&mut self, kind: &Type, from: u64, to: u64, at: Timestamp) {
        let back = TYPES.iter().find(|it| it.from == kind.to && it.to == kind.from && it.label == kind.label);
        let ways = [Some((kind, from, to)), back.map(|it| (it, to, from))];
        for (kind, from, to) in ways.into_iter().flatten() {
            let (from, to) = ((kind.from, from), (kind.to, to));
            if !self.0.iter().any(|it| (it.from, it.to, it.type_id, it.removed) == (from, to, kind.id, None)) {
                self.0.push(Association { from, to, type_id: kind.id, at, removed: None });
            }
        }
    }

    /// Takes a record out of all its associations.
    pub fn remove(&mut self, record: (Kind, u64), at: Timestamp) {
        for it in self.0.iter_mut().filter(|it| it.removed.is_none() && (it.from == record || it.to == record)) {
            it.removed = Some(at);
        }
    }

    /// Gives all associations of one record to another.
    pub fn hand_over(&mut self, from: (Kind, u64), to: u64, at: Timestamp) {
        let current: Vec<Association> =
            self.0.iter().filter(|it| it.from == from && it.removed.is_none()).cloned().collect();
        for it in current {
            if let Some(kind) = typed(it.type_id) {
                self.add(kind, to, it.to.1, at);
            }
        }
        self.remove(from, at);
    }

    /// The records of a kind that one is associated with right now.
    pub fn current(&self, from: (Kind, u64), to: Kind) -> Vec<u64> {
        let mut ids: Vec<u64> = self
            .0
            .iter()
            .filter(|it| it.from == from && it.to.0 == to && it.removed.is_none())
            .map(|it| it.to.1)
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// What an index that lags behind shows: record and types, by id.
    pub fn indexed(&self, from: (Kind, u64), to: Kind, now: Timestamp, lag: SignedDuration) -> Vec<(u64, Vec<u64>)> {
        let shown = |it: &&Association| {
            it.from == from
                && it.to.0 == to
                && now.duration_since(it.at) >= lag
                && it.removed.is_none_or(|removed| now.duration_since(removed) < lag)
        };
        let mut rows: Vec<(u64, Vec<u64>)> = Vec::new();
        let mut found: Vec<&Association> = self.0.iter().filter(shown).collect();
        found.sort_by_key(|it| (it.to.1, it.type_id));
        found.dedup_by_key(|it| (it.to.1, it.type_id));
        for it in found {
            match rows.last_mut() {
                Some((id, types)) if *id == it.to.1 => types.push(it.type_id),
                _ => rows.push((it.to.1, vec![it.type_id])),
            }
        }
        rows
    }
}

/// A row of `GET /crm/v4/objects/…/associations/…`.
pub fn row_v4(id: u64, types: &[u64]) -> Value {
    let types: Vec<Value> = types
        .iter()
        .filter_map(|it| typed(*it))
        .map(|it| json!({ "category": "HUBSPOT_DEFINED", "typeId": it.id, "label": it.label }))
        .collect();
    json!({ "toObjectId": id, "associationTypes": types })
}

/// Rows of `associations` in a v3 object: one for each type.
pub fn rows_v3(id: u64, types: &[u64]) -> Vec<Value> {
    types.iter().filter_map(|it| typed(*it)).map(|it| json!({ "id": id.to_string(), "type": it.name })).collect()
}
