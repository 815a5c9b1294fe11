//! An account's records, and what changes when somebody writes to one.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use escalation::runtime::Clock;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::Settings;
use super::association::{Associations, Type as AssociationType};
use super::conversation::Thread;
use super::id::{Kind, Source, iso};
use super::limit::Usage;
use super::owner::Owner;
use super::pipeline::{Pipeline, Stage};
use super::record::Record;
use super::refusal::{self, Problem};
use super::schema::{Property, Type};
use super::standard;
use crate::world::door::Answer;

/// What workflows and webhooks hear of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A ticket's property has another value.
    PropertyChanged {
        /// The ticket.
        ticket: TicketId,
        /// The property.
        property: String,
        /// Empty where it was cleared.
        value: String,
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// A ticket was deleted.
    Deleted {
        /// The ticket.
        ticket: TicketId,
    },
    /// A deleted ticket is back.
    Restored {
        /// The ticket.
        ticket: TicketId,
    },
    /// Two tickets became one with a new id.
    Merged {
        /// Those that were.
        merged: [TicketId; 2],
        /// The one that is.
        into: TicketId,
    },
}

/// One HubSpot account.
pub struct Portal {
    pub settings: Settings,
    pub clock: Clock,
    pub made: Timestamp,
    pub usage: Usage,
    pub records: BTreeMap<(Kind, u64), Record>,
    pub merged: BTreeMap<u64, u64>,
    pub associations: Associations,
    pub threads: BTreeMap<u64, Thread>,
    pub owners: Vec<Owner>,
    pub pipelines: Vec<Pipeline>,
    pub properties: BTreeMap<Kind, Vec<Property>>,
    pub lag: SignedDuration,
    pub subscribers: Vec<mpsc::UnboundedSender<Event>>,
    next_id: u64,
}

/// Property names and new values.
pub type Values = BTreeMap<String, String>;

impl Portal {
    pub fn new(settings: Settings, clock: Clock) -> Self {
        Self {
            made: clock.now(),
            usage: Usage::default(),
            records: BTreeMap::new(),
            merged: BTreeMap::new(),
            associations: Associations::default(),
            threads: BTreeMap::new(),
            owners: Vec::new(),
            pipelines: standard::pipelines(),
            properties: Kind::ALL.into_iter().map(|it| (it, standard::properties(it))).collect(),
            lag: SignedDuration::ZERO,
            subscribers: Vec::new(),
            // Real ids have outgrown 32 bits.
            next_id: 5_100_000_000,
            settings,
            clock,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    pub fn tell(&mut self, event: &Event) {
        self.subscribers.retain(|it| it.send(event.clone()).is_ok());
    }

    /// The id a merged-away ticket lives on under.
    pub fn resolve(&self, kind: Kind, mut id: u64) -> u64 {
        while kind == Kind::Ticket
            && let Some(survivor) = self.merged.get(&id)
        {
            id = *survivor;
        }
        id
    }

    /// A record that is not deleted.
    pub fn find(&self, kind: Kind, id: u64) -> Option<&Record> {
        self.records.get(&(kind, self.resolve(kind, id))).filter(|it| it.archived.is_none())
    }

    pub fn property(&self, kind: Kind, name: &str) -> Option<&Property> {
        self.properties.get(&kind)?.iter().find(|it| it.name == name)
    }

    pub fn stage(&self, pipeline: &str, stage: &str) -> Option<&Stage> {
        self.pipelines.iter().find(|it| it.id == pipeline)?.stages.iter().find(|it| it.id == stage)
    }

    /// Makes a record, with all its rules.
    pub fn create(&mut self, kind: Kind, values: &Values, source: &Source) -> Result<u64, Answer> {
        let required: &[&str] = match kind {
            Kind::Ticket if self.pipelines.len() > 1 => &["subject", "hs_pipeline", "hs_pipeline_stage"],
            Kind::Ticket => &["subject", "hs_pipeline_stage"],
            Kind::Note => &["hs_timestamp"],
            Kind::Contact | Kind::Company => &[],
        };
        let missing: Vec<&str> =
            required.iter().copied().filter(|it| values.get(*it).is_none_or(String::is_empty)).collect();
        if !missing.is_empty() {
            return Err(refusal::missing_properties(kind, &missing));
        }
        let mut values = values.clone();
        if kind == Kind::Ticket {
            values.entry("hs_pipeline".to_owned()).or_insert_with(|| self.pipelines[0].id.clone());
        }
        let accepted = self.accept(kind, None, &values)?;
        let id = self.new_id();
        let now = self.now();
        let mut record = Record::new(kind, id, now);
        for (name, value) in born(kind, id, now, source) {
            record.set(name, &value, now, &Source::Computed);
        }
        self.records.insert((kind, id), record);
        self.store(kind, id, accepted, source);
        Ok(id)
    }

    /// Writes to a record, with all its rules.
    pub fn write(&mut self, kind: Kind, id: u64, values: &Values, source: &Source) -> Result<(), Answer> {
        let record = self.find(kind, id).ok_or_else(refusal::not_found)?;
        let accepted = self.accept(kind, Some(record), values)?;
        let id = record.id;
        self.store(kind, id, accepted, source);
        Ok(())
    }

    /// Associates two records that exist.
    pub fn associate(&mut self, kind: &AssociationType, from: u64, to: u64) -> Result<(), Answer> {
        for (kind, id) in [(kind.from, from), (kind.to, to)] {
            if self.find(kind, id).is_none() {
                return Err(refusal::invalid_association(kind.singular(), id));
            }
        }
        let (from, to) = (self.resolve(kind.from, from), self.resolve(kind.to, to));
        let now = self.now();
        self.associations.add(kind, from, to, now);
        let tickets = [(kind.from, from), (kind.to, to)].into_iter().filter(|(kind, _)| *kind == Kind::Ticket);
        for (kind, ticket) in tickets {
            let notes = self.associations.current((kind, ticket), Kind::Note).len();
            if notes > 0 {
                self.set(kind, ticket, "num_notes", &notes.to_string(), &Source::Computed);
            }
        }
        Ok(())
    }

    /// Sets one property without asking, and tells whom it concerns.
    pub fn set(&mut self, kind: Kind, id: u64, name: &str, value: &str, source: &Source) -> bool {
        let at = self.now();
        let changed = self.records.get_mut(&(kind, id)).is_some_and(|it| it.set(name, value, at, source));
        if changed && kind == Kind::Ticket {
            let (property, value) = (name.to_owned(), value.to_owned());
            self.tell(&Event::PropertyChanged { ticket: TicketId(id), property, value, source: source.clone(), at });
        }
        changed
    }

    fn accept(&self, kind: Kind, record: Option<&Record>, values: &Values) -> Result<Vec<(String, String)>, Answer> {
        let mut accepted = Vec::new();
        let mut problems = Vec::new();
        for (name, value) in values {
            match self.accept_one(kind, record, values, name, value) {
                Ok(value) => accepted.push((name.clone(), value)),
                Err(problem) => problems.push(problem),
            }
        }
        match problems.is_empty() {
            true => Ok(accepted),
            false => Err(refusal::invalid_properties(self.settings.portal.0, &problems)),
        }
    }

    fn accept_one(
        &self,
        kind: Kind,
        record: Option<&Record>,
        values: &Values,
        name: &str,
        value: &str,
    ) -> Result<String, Problem> {
        let refused = |code, message| Err(Problem { property: name.to_owned(), code, message });
        let Some(property) = self.property(kind, name) else {
            return refused("PROPERTY_DOESNT_EXIST", format!("Property \"{name}\" does not exist"));
        };
        if property.read_only {
            let message = format!("\"{name}\" is a read only property; its value cannot be set.");
            return refused("READ_ONLY_VALUE", message);
        }
        let parsed = property.parse(value)?;
        let before = |name: &str| record.and_then(|it| it.value(name));
        let pipeline = values.get("hs_pipeline").map(String::as_str).or_else(|| before("hs_pipeline"));
        match property.takes {
            _ if value.is_empty() => Ok(parsed),
            Type::Owner if !self.owners.iter().any(|it| it.id.to_string() == value) => {
                refused("INVALID_OWNER_ID", format!("Owner {value} does not exist"))
            }
            Type::Pipeline if !self.pipelines.iter().any(|it| it.id == value) => {
                let all: Vec<&str> = self.pipelines.iter().map(|it| it.id.as_str()).collect();
                Err(property.not_an_option(value, &all))
            }
            Type::Stage if self.stage(pipeline.unwrap_or_default(), value).is_none() => {
                let pipeline = self.pipelines.iter().find(|it| Some(it.id.as_str()) == pipeline);
                let all: Vec<&str> = pipeline.iter().flat_map(|it| &it.stages).map(|it| it.id.as_str()).collect();
                Err(property.not_an_option(value, &all))
            }
            Type::Several(_) if let Some(more) = value.strip_prefix(';') => Ok(match before(name) {
                Some(before) => format!("{before};{more}"),
                None => more.to_owned(),
            }),
            _ => Ok(parsed),
        }
    }

    fn store(&mut self, kind: Kind, id: u64, values: Vec<(String, String)>, source: &Source) {
        let mut changed = false;
        for (name, value) in &values {
            let this = self.set(kind, id, name, value, source);
            changed |= this;
            if this && kind == Kind::Ticket && name == "hs_pipeline_stage" {
                self.follow_stage(id);
            }
        }
        if changed
            && let Source::User(user) = source
            && kind == Kind::Note
        {
            self.set(kind, id, "hs_updated_by_user_id", &user.to_string(), &Source::Computed);
        }
        let now = self.now();
        if let Some(record) = self.records.get_mut(&(kind, id)).filter(|it| changed || it.created == now) {
            record.touch(now);
        }
    }

    /// What HubSpot works out from a ticket's stage.
    fn follow_stage(&mut self, id: u64) {
        let Some(record) = self.records.get(&(Kind::Ticket, id)) else {
            return;
        };
        let value = |name| record.value(name).unwrap_or_default();
        let closed = self.stage(value("hs_pipeline"), value("hs_pipeline_stage")).is_some_and(|it| it.closed);
        let was_closed = value("hs_is_closed") == "true";
        let now = self.now();
        let took = now.duration_since(record.created).as_millis().to_string();
        let computed: Vec<(&str, String)> = match (was_closed, closed) {
            (false, true) => vec![
                ("hs_is_closed", "true".to_owned()),
                ("closed_date", iso(now)),
                ("hs_last_closed_date", iso(now)),
                ("time_to_close", took),
            ],
            (true, false) => vec![
                ("hs_is_closed", "false".to_owned()),
                ("closed_date", String::new()),
                ("time_to_close", String::new()),
                ("hs_ticket_reopened_at", iso(now)),
            ],
            (_, closed) => vec![("hs_is_closed", closed.to_string())],
        };
        for (name, value) in computed {
            self.set(Kind::Ticket, id, name, &value, &Source::Computed);
        }
    }
}

/// What HubSpot writes on a new record.
fn born(kind: Kind, id: u64, now: Timestamp, source: &Source) -> Vec<(&'static str, String)> {
    let created = if kind == Kind::Note { "hs_createdate" } else { "createdate" };
    let mut values = vec![("hs_object_id", id.to_string()), (created, iso(now))];
    if matches!(kind, Kind::Ticket | Kind::Note) {
        values.push(("hs_object_source", source.kind().to_owned()));
        values.push(("hs_object_source_label", source.kind().to_owned()));
        values.push(("hs_object_source_id", source.id()));
        if let Source::User(user) = source {
            values.push(("hs_object_source_user_id", user.to_string()));
            values.push(("hs_created_by_user_id", user.to_string()));
        }
    }
    if let (Kind::Note, Source::User(user)) = (kind, source) {
        values.push(("hs_created_by", user.to_string()));
    }
    values
}
