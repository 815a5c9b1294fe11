//! An account's records, and what changes when somebody writes to one.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use escalation::runtime::Clock;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;

use super::Settings;
use super::apps::Definitions;
use super::association::{Associations, Type as AssociationType};
use super::conversation::{Message, Thread};
use super::id::{Kind, NoteId, Source, ThreadId};
use super::limit::Usage;
use super::owner::Owner;
use super::pipeline::{Pipeline, Stage};
use super::record::Record;
use super::refusal;
use super::schema::Property;
use super::standard;
use crate::world::call::Answer;

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
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// A deleted ticket is back.
    Restored {
        /// The ticket.
        ticket: TicketId,
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// Two tickets became one with a new id.
    Merged {
        /// Those that were, the primary one first.
        merged: [TicketId; 2],
        /// The one that is.
        into: TicketId,
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// A note was written, or its text changed.
    Noted {
        /// The note.
        note: NoteId,
        /// Whether it is a new one.
        is_new: bool,
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// A note came to a ticket.
    NotedOn {
        /// The note.
        note: NoteId,
        /// The ticket.
        ticket: TicketId,
        /// Who did it.
        source: Source,
        /// When.
        at: Timestamp,
    },
    /// Something new stands in a conversation.
    Said {
        /// The conversation.
        thread: ThreadId,
        /// What is new there.
        message: Message,
    },
}

/// What a merge makes of the properties of the ticket that is not the primary one. HubSpot's pages say that the
/// primary's are kept; its webhook counts `numberOfPropertiesMoved`. Nobody says which.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Merging {
    /// Those that the primary one lacks are taken over, with their history.
    #[default]
    Fills,
    /// They are lost.
    KeepsPrimary,
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
    /// Names and labels of the groups that ticket properties stand in.
    pub groups: Vec<(String, String)>,
    pub definitions: Definitions,
    pub lag: SignedDuration,
    pub search_lag: SignedDuration,
    pub merging: Merging,
    pub subscribers: Vec<mpsc::UnboundedSender<Event>>,
    next_id: u64,
}

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
            properties: Kind::ALL.into_iter().map(|it| (it, standard::properties(it, settings.is_fresh))).collect(),
            groups: standard::groups(settings.is_fresh),
            definitions: Definitions::default(),
            lag: SignedDuration::ZERO,
            search_lag: SignedDuration::ZERO,
            merging: Merging::default(),
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

    pub fn number_from(&mut self, id: u64) {
        self.next_id = id - 1;
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
        if (kind.from, kind.to) == (Kind::Note, Kind::Ticket) {
            self.tell_noted_on(NoteId(from), TicketId(to));
        }
        Ok(())
    }

    /// Who writes a note puts it where it is.
    fn tell_noted_on(&mut self, note: NoteId, ticket: TicketId) {
        let record = self.records.get(&(Kind::Note, note.0));
        let written = record.and_then(|it| it.history("hs_note_body").last());
        let source = written.map_or(Source::Computed, |it| it.source.clone());
        let at = self.now();
        self.tell(&Event::NotedOn { note, ticket, source, at });
    }

    /// A note's text is another than before.
    pub fn tell_noted(&mut self, note: u64, is_new: bool, source: &Source) {
        let at = self.now();
        self.tell(&Event::Noted { note: NoteId(note), is_new, source: source.clone(), at });
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
}
