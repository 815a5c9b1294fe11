//! Reads what the check needs, in two round trips.

use std::collections::BTreeSet;

use escalation::http::Fault;
use escalation::hubspot::{Body, Comment, Ticket};
use escalation::id::TicketId;
use escalation::ledger::Effect;
use escalation::policy::{NamingMode, Source};
use escalation::procedure::comment::{self, Labels};
use escalation::procedure::cycle::{self, Change, Escalation};
use escalation::procedure::thread::{Author, Entry};
use escalation::procedure::ticket_name::{self, Warning};
use escalation::runtime::Invocation;
use futures_util::future::try_join_all;
use jiff::{SignedDuration, Timestamp};

use super::ValidateComment;

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
    pub cycle: u32,
    pub started_at: Timestamp,
    pub previous_cleared_at: Option<Timestamp>,
    pub entries: Vec<Entry>,
    /// The ticket's name, judged; `None` where the policy does not look at names.
    pub name: Option<ticket_name::Check>,
}

impl ValidateComment {
    /// Reads the ticket and its conversations, then what was written there and the customer's name.
    pub(super) async fn load(&self, id: TicketId, lookback: SignedDuration, invocation: &Invocation) -> Result<Found, Fault> {
        let (ticket, threads) = tokio::try_join!(self.ticket(id), self.threads(id))?;
        let Some(ticket) = ticket else {
            return Ok(Found::Gone);
        };
        let Some((cycle, started_at, previous_cleared_at)) = self.cycle(&ticket, invocation.now()) else {
            return Ok(Found::NotEscalated);
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        let since = started_at - lookback;
        let (notes, messages, name) = tokio::try_join!(
            self.notes(id, &ticket),
            try_join_all(threads.iter().map(|thread| self.hubspot.messages_of(thread, since))),
            self.name(&ticket),
        )?;
        let labels = self.policy.comment.labels.labels();
        let entries = notes.iter().chain(messages.iter().flatten()).map(|it| entry(it, labels)).collect();
        Ok(Found::Escalated(Box::new(Escalated { id, ticket, cycle, started_at, previous_cleared_at, entries, name })))
    }

    async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, Fault> {
        let ours = &self.policy.properties;
        let properties = [
            "subject",
            "hubspot_owner_id",
            "createdate",
            &ours.escalation_type,
            &ours.comment_status,
            &ours.comment_missing,
            &ours.hints,
            &ours.name_status,
            &ours.cycle,
            &ours.started_at,
            &ours.last_message,
        ];
        self.hubspot.ticket(id, &properties, &[&ours.escalation_type]).await
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
}

impl ValidateComment {
    /// The number and the times of the escalation that is open, if one is.
    fn cycle(&self, ticket: &Ticket, now: Timestamp) -> Option<(u32, Timestamp, Option<Timestamp>)> {
        None
    }
}
