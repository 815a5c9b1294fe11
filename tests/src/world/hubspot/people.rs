//! What people do on HubSpot's pages, and customers by mail.

use escalation::id::TicketId;

use super::HubSpot;
use super::association;
use super::conversation::{Author, Said, Thread};
use super::id::{CompanyId, ContactId, Kind, MessageId, NoteId, Source, ThreadId, UserId, iso};
use super::owner::Owner;
use super::pipeline::Pipeline;
use super::portal::{Event, Portal, Values};
use super::schema::Property;
use crate::world::door::Answer;

/// A person of the account at work.
pub struct Agent<'a> {
    hubspot: &'a HubSpot,
    user: UserId,
}

impl HubSpot {
    /// Gives a person a seat.
    pub fn hire(&self, owner: Owner) {
        self.lock().owners.push(owner);
    }

    /// Deactivates a person.
    pub fn dismiss(&self, user: UserId) {
        self.lock().owners.iter_mut().filter(|it| it.user == user).for_each(|it| it.archived = true);
    }

    /// Adds a ticket pipeline.
    pub fn add_pipeline(&self, pipeline: Pipeline) {
        self.lock().pipelines.push(pipeline);
    }

    /// Adds a ticket property, or changes the one of that name.
    pub fn define(&self, property: Property) {
        self.forget(&property.name);
        self.lock().properties.entry(Kind::Ticket).or_default().push(property);
    }

    /// Removes a ticket property.
    pub fn forget(&self, name: &str) {
        self.lock().properties.entry(Kind::Ticket).or_default().retain(|it| it.name != name);
    }

    /// A person with this user id at work.
    pub fn agent(&self, user: UserId) -> Agent<'_> {
        Agent { hubspot: self, user }
    }

    /// A company.
    pub fn company(&self, name: &str, domain: &str) -> CompanyId {
        CompanyId(self.make(Kind::Company, &[("name", name), ("domain", domain)]))
    }

    /// A contact.
    pub fn contact(&self, first: &str, last: &str, email: &str) -> ContactId {
        ContactId(self.make(Kind::Contact, &[("firstname", first), ("lastname", last), ("email", email)]))
    }

    /// A conversation about a ticket begins; nothing was said yet.
    pub fn open_thread(&self, ticket: TicketId, contact: ContactId) -> anyhow::Result<ThreadId> {
        let mut portal = self.lock();
        let ticket = portal.find(Kind::Ticket, ticket.0).ok_or_else(|| gone("ticket"))?.id;
        let id = ThreadId(portal.new_id());
        let thread = Thread {
            id,
            ticket: Some(ticket),
            contact,
            created: portal.now(),
            closed: None,
            assigned: None,
            inbox: 431_778,
            messages: Vec::new(),
        };
        portal.threads.insert(id.0, thread);
        Ok(id)
    }

    /// The customer writes.
    pub fn customer_writes(&self, thread: ThreadId, text: &str) -> anyhow::Result<MessageId> {
        let mut portal = self.lock();
        let contact = portal.threads.get(&thread.0).ok_or_else(|| gone("thread"))?.contact;
        let email =
            portal.find(Kind::Contact, contact.0).and_then(|it| it.value("email")).unwrap_or_default().to_owned();
        let said = Said::Message { outgoing: false, text: text.to_owned(), failed: false };
        Ok(portal.say(thread, Author::Visitor(contact, email), said).map_err(refused)?.id)
    }

    /// HubSpot itself adds an entry: a greeting, a change of inbox.
    pub fn system_says(&self, thread: ThreadId, said: Said) -> anyhow::Result<MessageId> {
        Ok(self.lock().say(thread, Author::System, said).map_err(refused)?.id)
    }

    fn make(&self, kind: Kind, values: &[(&str, &str)]) -> u64 {
        let made = self.lock().create(kind, &map(values), &Source::Computed);
        made.expect("contacts and companies take any text")
    }
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

    /// Writes an internal comment in a conversation.
    pub fn comment(&self, thread: ThreadId, html: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Comment { text: plain(html), rich: html.to_owned() })
    }

    /// Changes a comment's text.
    pub fn edit_comment(&self, thread: ThreadId, comment: &MessageId, html: &str) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        let now = portal.now();
        let message = find_comment(&mut portal, thread, comment)?;
        message.said = Said::Comment { text: plain(html), rich: html.to_owned() };
        message.edited = Some(now);
        Ok(())
    }

    /// Deletes a comment.
    pub fn delete_comment(&self, thread: ThreadId, comment: &MessageId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        find_comment(&mut portal, thread, comment)?.archived = true;
        Ok(())
    }

    /// Answers the customer.
    pub fn reply(&self, thread: ThreadId, text: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Message { outgoing: true, text: text.to_owned(), failed: false })
    }

    /// Answers the customer, and it does not arrive.
    pub fn reply_in_vain(&self, thread: ThreadId, text: &str) -> anyhow::Result<MessageId> {
        self.say(thread, Said::Message { outgoing: true, text: text.to_owned(), failed: true })
    }

    /// Gives a conversation to somebody, or to nobody.
    pub fn assign(&self, thread: ThreadId, to: Option<UserId>) -> anyhow::Result<()> {
        let from = self.change_thread(thread, |it| std::mem::replace(&mut it.assigned, to))?;
        self.say(thread, Said::Assignment { from, to }).map(drop)
    }

    /// Closes a conversation.
    pub fn close_thread(&self, thread: ThreadId) -> anyhow::Result<()> {
        let now = self.hubspot.lock().now();
        self.change_thread(thread, |it| it.closed = Some(now))?;
        self.say(thread, Said::StatusChange { closed: true }).map(drop)
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
        record.absorb(&absorbed);
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
        portal.tell(&Event::Merged { merged: old.map(TicketId), into: TicketId(id) });
        Ok(TicketId(id))
    }

    /// Deletes a ticket.
    pub fn delete(&self, ticket: TicketId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        anyhow::ensure!(portal.archive(Kind::Ticket, ticket.0), "there is no ticket {ticket}");
        portal.tell(&Event::Deleted { ticket });
        Ok(())
    }

    /// Brings a deleted ticket back.
    pub fn restore(&self, ticket: TicketId) -> anyhow::Result<()> {
        let mut portal = self.hubspot.lock();
        let record = portal.records.get_mut(&(Kind::Ticket, ticket.0)).filter(|it| it.archived.is_some());
        record.ok_or_else(|| gone("deleted ticket"))?.archived = None;
        portal.tell(&Event::Restored { ticket });
        Ok(())
    }

    fn associate(&self, ticket: TicketId, kind: Kind, id: u64) -> anyhow::Result<()> {
        let to = association::default_between(Kind::Ticket, kind).ok_or_else(|| gone(kind.singular()))?;
        self.hubspot.lock().associate(to, ticket.0, id).map_err(refused)
    }

    fn say(&self, thread: ThreadId, said: Said) -> anyhow::Result<MessageId> {
        let mut portal = self.hubspot.lock();
        let owner = portal.owners.iter().find(|it| it.user == self.user).ok_or_else(|| gone("user"))?;
        let author = Author::User(self.user, owner.name(), owner.email.clone());
        Ok(portal.say(thread, author, said).map_err(refused)?.id)
    }

    fn change_thread<T>(&self, thread: ThreadId, change: impl FnOnce(&mut Thread) -> T) -> anyhow::Result<T> {
        Ok(change(self.hubspot.lock().threads.get_mut(&thread.0).ok_or_else(|| gone("thread"))?))
    }

    fn source(&self) -> Source {
        Source::User(self.user)
    }
}

fn find_comment<'a>(
    portal: &'a mut Portal,
    thread: ThreadId,
    comment: &MessageId,
) -> anyhow::Result<&'a mut super::conversation::Message> {
    let thread = portal.threads.get_mut(&thread.0).ok_or_else(|| gone("thread"))?;
    let mut comments = thread.messages.iter_mut().filter(|it| matches!(it.said, Said::Comment { .. }));
    comments.find(|it| it.id == *comment).ok_or_else(|| gone("comment"))
}

fn map(values: &[(&str, &str)]) -> Values {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn refused(answer: Answer) -> anyhow::Error {
    anyhow::anyhow!("HubSpot does not take this: {}", answer.body["message"].as_str().unwrap_or_default())
}

fn gone(what: &str) -> anyhow::Error {
    anyhow::anyhow!("there is no such {what}")
}

/// The `text` beside a comment's `richText`: line ends where blocks end, no mark-up.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        if ["br", "br/", "br /", "/p", "/div", "/li"].contains(&tag) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    text.trim_end().to_owned()
}
