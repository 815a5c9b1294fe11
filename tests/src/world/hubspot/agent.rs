//! What people do with tickets and notes on HubSpot's pages.

use escalation::id::TicketId;

use super::HubSpot;
use super::association;
use super::id::{CallId, CompanyId, ContactId, Kind, NoteId, Source, UserId, iso};
use super::people::{gone, map, refused};
use super::portal::{Event, Merging};

/// A person of the account at work.
pub struct Agent<'a> {
    pub(super) hubspot: &'a HubSpot,
    pub(super) user: UserId,
}

impl Agent<'_> {
    /// Makes a ticket, in the first stage of the first pipeline unless told otherwise.
    pub fn create_ticket(&self, values: &[(&str, &str)]) -> anyhow::Result<TicketId> {
        let mut portal = self.hubspot.lock();
        let pipeline = portal.pipelines[0].clone();
        let mut all = map(&[("hs_pipeline", &pipeline.id), ("hs_pipeline_stage", &pipeline.stages[0].id)]);
        all.extend(map(values));
        Ok(TicketId(portal.create(Kind::Ticket, &all, &self.source()).map_err(refused)?))
    }

    /// Sets a property of a ticket; empty clears it.
    pub fn set(&self, ticket: TicketId, property: &str, value: &str) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        portal.write(Kind::Ticket, ticket.0, &map(&[(property, value)]), &self.source()).map_err(refused)
    }

    /// Moves a ticket to a stage of its pipeline.
    pub fn move_to(&self, ticket: TicketId, stage: &str) -> anyhow::Result<()> {
        self.set(ticket, "hs_pipeline_stage", stage)
    }

    /// Writes a note on a ticket.
    pub fn write_note(&self, ticket: TicketId, html: &str) -> anyhow::Result<NoteId> {
        self.note_on(Kind::Ticket, ticket.0, html)
    }

    /// Writes a note on any record: on a company it is easily mistaken for one on the ticket.
    pub fn note_on(&self, kind: Kind, id: u64, html: &str) -> anyhow::Result<NoteId> {
        let mut portal = self.hubspot.lock();
        portal.find(kind, id).ok_or_else(|| gone(kind.singular()))?;
        let mut values = map(&[("hs_note_body", html), ("hs_timestamp", &iso(portal.now()))]);
        if let Some(owner) = portal.owners.iter().find(|it| it.user == self.user) {
            values.insert("hubspot_owner_id".to_owned(), owner.id.to_string());
        }
        let note = portal.create(Kind::Note, &values, &self.source()).map_err(refused)?;
        let to = association::default_between(Kind::Note, kind).ok_or_else(|| gone(kind.singular()))?;
        portal.associate(to, note, id).map_err(refused)?;
        Ok(NoteId(note))
    }

    /// Logs a call with the customer on a ticket, with this outcome; empty for none.
    pub fn log_call(&self, ticket: TicketId, outcome: &str) -> anyhow::Result<CallId> {
        let values =
            [("hs_call_direction", "OUTBOUND"), ("hs_call_status", "COMPLETED"), ("hs_call_disposition", outcome)];
        self.log(Kind::Call, ticket, &values).map(CallId)
    }

    /// Sends the customer an e-mail from the ticket's record, outside of the help desk; it ends with this status.
    pub fn send_email(&self, ticket: TicketId, status: &str) -> anyhow::Result<()> {
        let values =
            [("hs_email_direction", "EMAIL"), ("hs_email_status", status), ("hs_email_subject", "Your refund")];
        self.log(Kind::Email, ticket, &values).map(drop)
    }

    /// Logs a text message to the customer on a ticket.
    pub fn log_text_message(&self, ticket: TicketId, channel: &str) -> anyhow::Result<()> {
        self.log(Kind::Communication, ticket, &[("hs_communication_channel_type", channel)]).map(drop)
    }

    fn log(&self, kind: Kind, ticket: TicketId, values: &[(&str, &str)]) -> anyhow::Result<u64> {
        let mut portal = self.hubspot.lock();
        let mut values = map(values);
        values.insert("hs_timestamp".to_owned(), iso(portal.now()));
        if let Some(owner) = portal.owners.iter().find(|it| it.user == self.user) {
            values.insert("hubspot_owner_id".to_owned(), owner.id.to_string());
        }
        let id = portal.create(kind, &values, &self.source()).map_err(refused)?;
        let to = association::default_between(kind, Kind::Ticket).ok_or_else(|| gone("association"))?;
        portal.associate(to, id, ticket.0).map_err(refused)?;
        Ok(id)
    }

    /// Changes a note's text.
    pub fn edit_note(&self, note: NoteId, html: &str) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        portal.write(Kind::Note, note.0, &map(&[("hs_note_body", html)]), &self.source()).map_err(refused)
    }

    /// Deletes a note.
    pub fn delete_note(&self, note: NoteId) -> anyhow::Result<()> {
        match self.hubspot.lock().archive(Kind::Note, note.0) {
            true => Ok(()),
            false => Err(gone("note")),
        }
    }

    /// Associates a ticket with a contact.
    pub fn associate_contact(&self, ticket: TicketId, contact: ContactId) -> anyhow::Result<()> {
        self.associate(ticket, Kind::Contact, contact.0)
    }

    /// Associates a ticket with a company; the first one is the primary company.
    pub fn associate_company(&self, ticket: TicketId, company: CompanyId) -> anyhow::Result<()> {
        let first = self.hubspot.associated(ticket, Kind::Company).is_empty();
        self.associate(ticket, Kind::Company, company.0)?;
        if first {
            let primary = association::typed(26).expect("the table of types has 26");
            self.hubspot.lock().associate(primary, ticket.0, company.0).map_err(refused)?;
        }
        Ok(())
    }

    /// Merges two tickets into one with a new id: the properties of the first, the activities of both.
    pub fn merge(&self, primary: TicketId, other: TicketId) -> anyhow::Result<TicketId> {
        let mut portal = self.hubspot.lock();
        let mut record = portal.find(Kind::Ticket, primary.0).ok_or_else(|| gone("ticket"))?.clone();
        let absorbed = portal.find(Kind::Ticket, other.0).ok_or_else(|| gone("ticket"))?.clone();
        anyhow::ensure!(record.id != absorbed.id, "a ticket cannot be merged with itself");
        let (now, old, id) = (portal.now(), [record.id, absorbed.id], portal.new_id());
        if portal.merging == Merging::Fills {
            record.absorb(&absorbed);
        }
        record.id = id;
        record.set("hs_object_id", &id.to_string(), now, &Source::Computed);
        record.set("hs_merged_object_ids", &old.map(|it| it.to_string()).join(";"), now, &Source::Computed);
        record.touch(now);
        portal.records.insert((Kind::Ticket, id), record);
        for it in old {
            portal.associations.hand_over((Kind::Ticket, it), id, now);
            portal.records.remove(&(Kind::Ticket, it));
            portal.merged.insert(it, id);
            portal
                .threads
                .values_mut()
                .filter(|thread| thread.ticket == Some(it))
                .for_each(|thread| thread.ticket = Some(id));
        }
        let source = self.source();
        portal.tell(&Event::Merged { merged: old.map(TicketId), into: TicketId(id), source, at: now });
        Ok(TicketId(id))
    }

    /// Deletes a ticket.
    pub fn delete(&self, ticket: TicketId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        anyhow::ensure!(portal.archive(Kind::Ticket, ticket.0), "there is no ticket {ticket}");
        let at = portal.now();
        portal.tell(&Event::Deleted { ticket, source: self.source(), at });
        Ok(())
    }

    /// Brings a deleted ticket back.
    pub fn restore(&self, ticket: TicketId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        let record = portal.records.get_mut(&(Kind::Ticket, ticket.0)).filter(|it| it.archived.is_some());
        record.ok_or_else(|| gone("deleted ticket"))?.archived = None;
        let at = portal.now();
        portal.tell(&Event::Restored { ticket, source: self.source(), at });
        Ok(())
    }

    fn associate(&self, ticket: TicketId, kind: Kind, id: u64) -> anyhow::Result<()> {
        let to = association::default_between(Kind::Ticket, kind).ok_or_else(|| gone(kind.singular()))?;
        self.hubspot.lock().associate(to, ticket.0, id).map_err(refused)
    }

    pub(super) fn source(&self) -> Source {
        Source::User(self.user)
    }
}
