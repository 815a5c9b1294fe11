//! Who is in an account, and what customers write.

use escalation::id::TicketId;

use super::HubSpot;
use super::agent::Agent;
use super::conversation::{Author, Said, Thread};
use super::id::{CompanyId, ContactId, Kind, MessageId, Source, ThreadId, UserId};
use super::owner::Owner;
use super::pipeline::{Pipeline, Stage};
use super::schema::Property;
use super::write::Values;
use crate::world::call::Answer;

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

    /// Adds a stage to the ticket pipeline with this id.
    pub fn add_stage(&self, pipeline: &str, stage: Stage) {
        let mut portal = self.lock();
        portal.pipelines.iter_mut().filter(|it| it.id == pipeline).for_each(|it| it.stages.push(stage.clone()));
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

    /// The next record gets this id: for records that somebody knows by their number.
    pub fn number_from(&self, id: u64) {
        self.lock().number_from(id);
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

    /// A workflow of the account sets a ticket's property.
    pub fn workflow_sets(&self, ticket: TicketId, property: &str, value: &str) -> anyhow::Result<()> {
        let mut portal = self.lock();
        portal.write(Kind::Ticket, ticket.0, &map(&[(property, value)]), &Source::Workflow).map_err(refused)
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

pub(super) fn map(values: &[(&str, &str)]) -> Values {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(super) fn refused(answer: Answer) -> anyhow::Error {
    anyhow::anyhow!("HubSpot does not take this: {}", answer.body["message"].as_str().unwrap_or_default())
}

pub(super) fn gone(what: &str) -> anyhow::Error {
    anyhow::anyhow!("there is no such {what}")
}
