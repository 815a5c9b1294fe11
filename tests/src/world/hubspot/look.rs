//! Looking at an account without asking its API: what tests compare and the desk shows.

use escalation::id::TicketId;
use jiff::Timestamp;

use super::HubSpot;
use super::conversation::Thread;
use super::id::{Kind, NoteId, ThreadId, UserId};
use super::owner::Owner;
use super::pipeline::Pipeline;
use super::record::Version;

/// A note as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// Its text, as HTML.
    pub body: String,
    /// When it was made.
    pub at: Timestamp,
    /// Who wrote it; `None` for an app.
    pub author: Option<UserId>,
}

impl HubSpot {
    /// All tickets that are not deleted.
    pub fn tickets(&self) -> Vec<TicketId> {
        let portal = self.lock();
        let open = portal.records.values().filter(|it| it.kind == Kind::Ticket && it.archived.is_none());
        open.map(|it| TicketId(it.id)).collect()
    }

    /// What a ticket's property has now.
    pub fn value(&self, ticket: TicketId, property: &str) -> Option<String> {
        let portal = self.lock();
        Some(portal.find(Kind::Ticket, ticket.0)?.value(property)?.to_owned())
    }

    /// What people call a stage of a pipeline.
    pub fn stage_label(&self, pipeline: &str, stage: &str) -> Option<String> {
        self.lock().stage(pipeline, stage).map(|it| it.label.clone())
    }

    /// What it had, oldest first.
    pub fn history(&self, ticket: TicketId, property: &str) -> Vec<Version> {
        let portal = self.lock();
        portal.find(Kind::Ticket, ticket.0).map(|it| it.history(property).to_vec()).unwrap_or_default()
    }

    /// A ticket's notes, oldest first, without any lag.
    pub fn notes(&self, ticket: TicketId) -> Vec<Note> {
        let portal = self.lock();
        let ids = portal.associations.current((Kind::Ticket, portal.resolve(Kind::Ticket, ticket.0)), Kind::Note);
        let notes = ids.into_iter().filter_map(|id| portal.find(Kind::Note, id));
        notes
            .map(|it| Note {
                id: NoteId(it.id),
                body: it.value("hs_note_body").unwrap_or_default().to_owned(),
                at: it.created,
                author: it.value("hs_created_by_user_id").and_then(|it| it.parse().ok()).map(UserId),
            })
            .collect()
    }

    /// A ticket's conversations, oldest first.
    pub fn threads(&self, ticket: TicketId) -> Vec<Thread> {
        let portal = self.lock();
        let ticket = Some(portal.resolve(Kind::Ticket, ticket.0));
        portal.threads.values().filter(|it| it.ticket == ticket).cloned().collect()
    }

    /// One conversation.
    pub fn thread(&self, thread: ThreadId) -> Option<Thread> {
        self.lock().threads.get(&thread.0).cloned()
    }

    /// The records of a kind that a ticket is associated with, without any lag.
    pub fn associated(&self, ticket: TicketId, kind: Kind) -> Vec<u64> {
        let portal = self.lock();
        portal.associations.current((Kind::Ticket, portal.resolve(Kind::Ticket, ticket.0)), kind)
    }

    /// A property of any record that is not deleted.
    pub fn value_of(&self, kind: Kind, id: u64, property: &str) -> Option<String> {
        let portal = self.lock();
        Some(portal.find(kind, id)?.value(property)?.to_owned())
    }

    /// Everybody with a seat, those who left too.
    pub fn owners(&self) -> Vec<Owner> {
        self.lock().owners.clone()
    }

    /// The ticket pipelines.
    pub fn pipelines(&self) -> Vec<Pipeline> {
        self.lock().pipelines.clone()
    }
}
