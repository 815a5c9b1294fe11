//! Reads what the end of an escalation depends on: the ticket, then what was written there and the calls;
//! and what the ledger keeps of what we did about it.

use escalation::http::Fault;
use escalation::hubspot::{Note, Ticket, is_forbidden, timestamp};
use escalation::id::TicketId;
use escalation::lineage::{MERGED, Merge, began_on};
use escalation::procedure::closure::{Stage, Unread};
use escalation::procedure::cycle::State;
use escalation::reading::closure::{Crew, Ending, Evidence, Records, last_escalation};
use escalation::reading::{self, Stages, help_desk};
use escalation::runtime::{Failure, Invocation, Request, Result};
use escalation::telling::Telling;
use jiff::Timestamp;

use super::EnforceClosure;
use super::case::{REFUSED, REOPENED, RESOLVED, is_tellable};
use super::fields::Inputs;
use super::found::{Escalated, Found, Reopening, STAGE, Told};

/// What the ledger keeps.
#[derive(Default)]
struct Kept {
    reopening: Option<Reopening>,
    was_refused: bool,
}

impl EnforceClosure {
    pub(super) async fn load(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found> {
        let failed = |fault: Fault| failed(request.ticket, fault);
        let (ticket, people) =
            tokio::try_join!(self.survivor(request, invocation), reading::people(&self.hubspot, invocation.now()))
                .map_err(failed)?;
        let Some(ticket) = ticket else {
            return Ok(Found::Gone);
        };
        // What was merged away goes on under the survivor's id, and so does what was done for it.
        let id = ticket.id.unwrap_or(request.ticket);
        let Some(cycle) = last_escalation(&ticket, &self.policy) else {
            return Ok(Found::NotEscalated);
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| cycle.started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        let crew = Crew::of(&ticket, cycle.started_at, &people, &self.policy);
        let now = invocation.now();
        let stages = Stages::of(&ticket, &self.hubspot, &self.policy, now).await.map_err(failed)?;
        let ending = Ending::read(&ticket, cycle, &stages, &crew, &self.policy);
        let began_on = began_on(&ticket, id, &self.policy);
        let telling = self.telling(request, (id, began_on), cycle.number, invocation)?;
        let told = match ending.state {
            Some(State::Resolved) => self.told(&telling).await?,
            _ => None,
        };
        // What a resolution rests on that nobody was told of yet is looked for once more.
        let resolved_at = timestamp(ticket.property(&self.policy.properties.resolved_at));
        let has_ended = match ending.state {
            Some(State::Resolved) => told.is_some() || !resolved_at.is_some_and(|it| is_tellable(it, now)),
            state => matches!(state, Some(State::Gone | State::Merged)),
        };
        let (mut evidence, mut kept) = (Evidence::default(), Kept::default());
        if !has_ended && ending.stage != Stage::Exempt {
            let is_reviewed = ending.reviewed_at.is_some();
            let read = self.evidence(id, &ticket, cycle.started_at, is_reviewed);
            let read = async { Box::pin(read).await.map_err(failed) };
            let (records, found) = tokio::try_join!(read, self.kept(&telling, &ending))?;
            evidence = Evidence::read(records, cycle.started_at, &crew, &self.policy);
            kept = found;
        }
        let Kept { reopening, was_refused } = kept;
        Ok(Found::Escalated(Box::new(Escalated { id, ticket, people, ending, evidence, reopening, was_refused, told })))
    }

    /// The ticket, which carries on what was merged into it.
    async fn survivor(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Option<Ticket>, Fault> {
        let (hubspot, ledger, policy) = (&self.hubspot, &self.ledger, &self.policy);
        let merge = Merge { hubspot, ledger, policy, portal: request.portal, invocation };
        merge.survivor(request.ticket, request.inputs.mode, || self.ticket(request.ticket)).await
    }

    async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, Fault> {
        let ours = &self.policy.properties;
        let dated = [
            &*ours.escalation_type,
            &ours.state,
            &ours.reason,
            &ours.jira_status,
            &ours.resolution_communicated,
            &ours.unreachable_reason,
            &ours.sla_status,
            STAGE,
        ];
        let plain = [
            "subject",
            "createdate",
            "hubspot_owner_id",
            "hs_pipeline",
            "hs_is_closed",
            "closed_date",
            "hs_lastmodifieddate",
            MERGED,
            &ours.merged_from,
            &ours.cycle,
            &ours.started_at,
            &ours.lane,
            &ours.owner,
            &ours.accepted_at,
            &ours.first_reviewed_at,
            &ours.jira_reference,
            &ours.jira_updated_at,
            &ours.closure_missing,
            &ours.closure_option,
            &ours.resolved_at,
            &ours.resolve_due_at,
            &ours.resolve_minutes,
            &ours.last_message,
        ];
        self.hubspot.ticket_with_messages(id, &[&dated[..], &plain[..]].concat(), &dated).await
    }

    /// What people wrote and whom they called. Notes tell nothing but that a Shift Lead looked.
    async fn evidence(
        &self,
        id: TicketId,
        ticket: &Ticket,
        since: Timestamp,
        is_reviewed: bool,
    ) -> Result<Records, Fault> {
        let hubspot = &self.hubspot;
        let notes = async { if is_reviewed { Ok(Vec::new()) } else { hubspot.notes_of(id, ticket).await } };
        let messages = async { readable(id, "conversations", help_desk(hubspot, id, since).await) };
        let calls = async { readable(id, "calls", hubspot.calls_of(id, ticket).await) };
        let emails = async { readable(id, "e-mails", hubspot.emails_of(id, ticket).await) };
        let texts = async { readable(id, "text messages", hubspot.text_messages_of(id, ticket).await) };
        let (notes, messages, calls, emails, texts) = tokio::try_join!(notes, messages, calls, emails, texts)?;
        let unread = [
            (messages.is_none(), Unread::Conversations),
            (calls.is_none(), Unread::Calls),
            (emails.is_none(), Unread::Emails),
            (texts.is_none(), Unread::TextMessages),
        ];
        Ok(Records {
            written: notes.into_iter().chain(messages.unwrap_or_default()).collect(),
            calls: calls.unwrap_or_default(),
            sent: emails.into_iter().chain(texts).flatten().collect(),
            unread: unread.into_iter().filter(|it| it.0).map(|it| it.1).collect(),
        })
    }

    /// What we did about a ticket that is closed, or that we may have opened again.
    async fn kept(&self, telling: &Telling<'_>, ending: &Ending) -> Result<Kept> {
        if ending.stage == Stage::Open && ending.cycle.cleared_at.is_none() {
            return Ok(Kept::default());
        }
        let reopened = telling.effect(REOPENED, &[])?;
        let reopening = Box::pin(self.ledger.recorded::<Reopening>(&reopened)).await?;
        let was_refused = match reopening {
            Some(_) => {
                let refused = telling.effect(REFUSED, &[])?;
                Box::pin(self.ledger.recorded::<Note>(&refused)).await?.is_some()
            }
            None => false,
        };
        Ok(Kept { reopening, was_refused })
    }

    async fn told(&self, telling: &Telling<'_>) -> Result<Option<Told>> {
        let effect = telling.effect(RESOLVED, &[])?;
        Ok(Box::pin(self.ledger.recorded(&effect)).await?)
    }
}

/// `None` for what we may not read; the agent's own word still counts.
fn readable<T>(id: TicketId, what: &str, read: Result<Vec<T>, Fault>) -> Result<Option<Vec<T>>, Fault> {
    match read {
        Err(Fault::Denied { reason }) if is_forbidden(&reason) => {
            tracing::error!(ticket = %id, "Cannot read {what}, so they show nothing: {reason}; check the scopes");
            Ok(None)
        }
        read => read.map(Some),
    }
}

/// A token that does not do is for a person to put right, who reads the log.
fn failed(ticket: TicketId, fault: Fault) -> Failure {
    if let Fault::Denied { reason } = &fault {
        tracing::error!(%ticket, "HubSpot denies us: {reason}; check the token and its scopes");
    }
    fault.into()
}
