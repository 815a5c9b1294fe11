//! Reads what the check needs, in two round trips; a third where the name is in doubt.

use std::sync::Arc;

use escalation::http::Fault;
use escalation::hubspot::{Comment, Person, Ticket};
use escalation::id::TicketId;
use escalation::lineage::{MERGED, Merge};
use escalation::policy::{NamingMode, Policy, Source};
use escalation::procedure::cycle::Escalation;
use escalation::procedure::thread::Entry;
use escalation::procedure::ticket_name::{self, Warning};
use escalation::procedure::trigger::{self, Class, Trigger};
use escalation::procedure::wording::Called;
use escalation::reading;
use escalation::runtime::{Invocation, Request};
use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::ValidateComment;
use super::fields::Inputs;

/// A ticket, as far as the check wants to know it.
pub enum Found {
    /// It is deleted.
    Gone,
    /// It is not escalated.
    NotEscalated,
    /// It was escalated before the policy's time.
    BeforeOurTime,
    /// It is escalated.
    Escalated(Box<Escalated>),
}

/// An escalated ticket with all that was written on it.
pub struct Escalated {
    pub id: TicketId,
    pub ticket: Ticket,
    /// The number of the escalation.
    pub cycle: u32,
    pub started_at: Timestamp,
    pub previous_cleared_at: Option<Timestamp>,
    pub entries: Vec<Entry>,
    /// Why it is an escalation, as far as the ticket and people's words tell.
    pub triggers: Vec<Trigger>,
    /// Whether a contact or a company is associated.
    pub has_customer: bool,
    /// When we asked for missing points, in this escalation or an earlier one.
    pub asked: Vec<Timestamp>,
    /// The ticket's name, judged; `None` where the policy does not look at names.
    pub name: Option<ticket_name::Check>,
    people: Arc<[Person]>,
}

impl Escalated {
    /// Whose ticket it is.
    pub fn agent(&self) -> Option<&Person> {
        let owner = self.ticket.property("hubspot_owner_id");
        self.people.iter().find(|it| it.owner_id == owner)
    }

    /// Whether a verdict of ours on this escalation was written down. One that says what stood there
    /// before was not.
    pub fn was_judged(&self, policy: &Policy) -> bool {
        let verdicts = self.ticket.history(&policy.properties.comment_status);
        verdicts.iter().any(|it| it.by.is_none() && it.timestamp >= self.started_at)
    }

    /// What the Shift Lead waits for: `assign-lane` has them called at once where something is immediate.
    pub fn called(&self) -> Called {
        match trigger::class_of(self.triggers.iter().copied()) {
            Class::Immediate => Called::AtOnce,
            Class::Standard | Class::Optional | Class::None => Called::OnceComplete,
        }
    }

    /// Who wrote an entry; `None` for somebody who left.
    pub fn author(&self, author: &str) -> Option<&Person> {
        match author.split_once(':') {
            Some(("user", id)) => self.people.iter().find(|it| it.user_id.is_some_and(|user| user.to_string() == id)),
            Some(("owner", id)) => self.people.iter().find(|it| it.owner_id == id),
            _ => None,
        }
    }
}

impl ValidateComment {
    /// Reads the ticket and its conversations, then what was written there, and who everybody is.
    pub(super) async fn load(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found, Fault> {
        let (ticket, threads) = tokio::try_join!(self.survivor(request, invocation), self.threads(request.ticket))?;
        let Some(ticket) = ticket else {
            return Ok(Found::Gone);
        };
        // What was merged away goes on under the survivor's id, and so does what was done for it.
        let id = ticket.id.unwrap_or(request.ticket);
        let now = invocation.now();
        let Escalation::Open { number, started_at, previous_cleared_at } = reading::escalation(&ticket, &self.policy)
        else {
            return Ok(Found::NotEscalated);
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        let since = started_at - self.lookback(request);
        let (notes, messages, (has_customer, name), people) = tokio::try_join!(
            self.notes(id, &ticket),
            try_join_all(threads.iter().map(|thread| self.hubspot.messages_of(thread, since))),
            self.customer(id, &ticket),
            self.people(now),
        )?;
        let written: Vec<Comment> = notes.into_iter().chain(messages.into_iter().flatten()).collect();
        let labels = self.policy.comment.labels.labels();
        Ok(Found::Escalated(Box::new(Escalated {
            id,
            cycle: number,
            started_at,
            previous_cleared_at,
            asked: reading::asked(&written),
            triggers: reading::triggers(
                &ticket,
                &reading::words(&written, since),
                previous_cleared_at,
                started_at,
                &self.policy,
            ),
            entries: reading::entries(&written, labels),
            has_customer,
            name,
            people,
            ticket,
        })))
    }

    /// The ticket, which carries on what was merged into it.
    async fn survivor(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Option<Ticket>, Fault> {
        let (hubspot, ledger, policy) = (&self.hubspot, &self.ledger, &self.policy);
        let merge = Merge { hubspot, ledger, policy, portal: request.portal, invocation };
        merge.survivor(request.ticket, request.inputs.mode, || self.ticket(request.ticket)).await
    }

    async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, Fault> {
        let ours = &self.policy.properties;
        let properties = [
            "subject",
            "hubspot_owner_id",
            "content",
            "createdate",
            "hs_pipeline",
            MERGED,
            &ours.merged_from,
            &ours.escalation_type,
            &ours.reason,
            &ours.account_tier,
            &ours.comment_status,
            &ours.comment_missing,
            &ours.hints,
            &ours.name_status,
            &ours.cycle,
            &ours.started_at,
            &ours.last_message,
        ];
        let dated = [&ours.escalation_type, &ours.reason, &ours.comment_status, "hs_pipeline_stage"];
        self.hubspot.ticket(id, &properties, &dated).await
    }

    async fn threads(&self, id: TicketId) -> Result<Vec<String>, Fault> {
        if self.policy.comment.sources.include(Source::Conversations) {
            return self.hubspot.threads_of(id).await;
        }
        Ok(Vec::new())
    }

    async fn notes(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Comment>, Fault> {
        if self.policy.comment.sources.include(Source::Notes) {
            return self.hubspot.notes_of(id, ticket).await;
        }
        Ok(Vec::new())
    }

    /// Whether a customer is associated, and the ticket's name, judged by how they are called. Before
    /// anybody is told that there is none, HubSpot is asked a second way.
    async fn customer(&self, id: TicketId, ticket: &Ticket) -> Result<(bool, Option<ticket_name::Check>), Fault> {
        let (mut companies, mut contacts) = (ticket.companies.clone(), ticket.contacts.clone());
        if companies.is_empty() && contacts.is_empty() {
            (companies, contacts) =
                tokio::try_join!(self.hubspot.associated(id, "companies"), self.hubspot.associated(id, "contacts"))?;
        }
        let has_customer = !companies.is_empty() || !contacts.is_empty();
        Ok((has_customer, self.name(ticket, &companies, &contacts).await?))
    }

    /// Names make a message kinder; nobody's escalation fails for want of them.
    async fn people(&self, now: Timestamp) -> Result<Arc<[Person]>, Fault> {
        match reading::people(&self.hubspot, now).await {
            Err(fault) if !matches!(fault, Fault::Denied { .. }) => {
                tracing::warn!("Cannot read the owners, so messages name nobody: {fault}");
                Ok(Arc::default())
            }
            people => people,
        }
    }

    /// Judges the ticket's name by the company's; by the contacts' too where the company's is not it.
    async fn name(
        &self,
        ticket: &Ticket,
        companies: &[u64],
        contacts: &[u64],
    ) -> Result<Option<ticket_name::Check>, Fault> {
        if self.policy.naming.mode == NamingMode::Off {
            return Ok(None);
        }
        let subject = ticket.property("subject");
        let companies = known(self.hubspot.company_names(companies).await)?;
        let mut context = ticket_name::Context { companies, contacts: Vec::new() };
        let check = ticket_name::check(subject, &context);
        if !context.companies.is_empty() && !check.warnings.contains(&Warning::CustomerMismatch) {
            return Ok(Some(check));
        }
        context.contacts = known(self.hubspot.contact_names(contacts).await)?;
        Ok(Some(ticket_name::check(subject, &context)))
    }
}

/// Names that we may not read are as good as unknown: no escalation waits for them.
fn known(names: Result<Vec<String>, Fault>) -> Result<Vec<String>, Fault> {
    match names {
        Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
            tracing::warn!("Cannot read the customer's name, so the ticket's is judged without it: {reason}");
            Ok(Vec::new())
        }
        names => names,
    }
}
