//! Reads what the lane depends on: the ticket, then its notes; the help desk too where those lack a
//! complete comment.

use escalation::http::Fault;
use escalation::hubspot::{Comment, Person, Ticket, Version};
use escalation::id::TicketId;
use escalation::lineage::{MERGED, Merge};
use escalation::policy::{Source, StageRole};
use escalation::procedure::cycle::{Escalation, State};
use escalation::procedure::lane::Lane;
use escalation::procedure::review::Act;
use escalation::procedure::ticket_name;
use escalation::reading::closure::{Crew, last_escalation};
use escalation::reading::{self, Judged};
use escalation::runtime::{Invocation, Request};
use jiff::Timestamp;

use super::AssignLane;
use super::fields::Inputs;
use super::found::{Cleared, Escalated, Found, PRIORITY, STAGE, is_closed, role};

impl AssignLane {
    pub(super) async fn load(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found, Fault> {
        let Some(ticket) = self.survivor(request, invocation).await? else {
            return Ok(Found::Gone);
        };
        // What was merged away goes on under the survivor's id, and so does what was done for it.
        let id = ticket.id.unwrap_or(request.ticket);
        let (cycle, started_at, previous_cleared_at) = match reading::escalation(&ticket, &self.policy) {
            Escalation::Open { number, started_at, previous_cleared_at } => (number, started_at, previous_cleared_at),
            Escalation::NotEscalated { cycles, cleared_at } => {
                return Ok(self.cleared(id, ticket, cycles, cleared_at));
            }
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        if role(&ticket, &self.policy) == Some(StageRole::Exempt) {
            return Ok(Found::LetGo);
        }
        let window = reading::window(started_at, previous_cleared_at, &self.policy);
        let now = invocation.now();
        let begun_at = self.begun_at(&ticket, cycle, started_at);
        let ((written, comment), messages, customer, people) = tokio::try_join!(
            Box::pin(reading::written(&self.hubspot, id, &ticket, &window, &self.policy, now)),
            Box::pin(self.help_desk(id, &ticket, begun_at.map(|_| started_at))),
            self.customer(&ticket),
            reading::people(&self.hubspot, now)
        )?;
        let wished = reading::wished(&ticket, started_at, &people, &self.policy);
        let acts = self.acts(&ticket, started_at, &comment, [&written, &messages], &people);
        Ok(Found::Escalated(Box::new(Escalated {
            id,
            cycle,
            started_at,
            previous_cleared_at,
            begun_at,
            wished,
            comment,
            acts,
            words: reading::words(&written, window.since()),
            was_written_to: reading::asked(&written).iter().any(|at| *at >= started_at),
            customer,
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
        let dated = [
            &*ours.escalation_type,
            &ours.reason,
            &ours.state,
            &ours.level,
            &ours.owner,
            &ours.origin,
            &ours.channel,
            &ours.accepted_at,
            &ours.first_reviewed_at,
            &ours.comment_status,
            &ours.sla_status,
            &ours.jira_reference,
            &ours.jira_status,
            &ours.closure_missing,
            PRIORITY,
            STAGE,
            &ours.review_due_at,
            &ours.review_minutes,
        ];
        let plain = [
            "subject",
            "content",
            "createdate",
            "hubspot_owner_id",
            "hs_pipeline",
            "hs_is_closed",
            "closed_date",
            "hs_lastmodifieddate",
            "source_type",
            MERGED,
            &ours.merged_from,
            &ours.lane,
            &ours.resolve_due_at,
            &ours.jira_updated_at,
            &ours.cycle,
            &ours.started_at,
            &ours.last_message,
            &ours.account_tier,
        ];
        self.hubspot.ticket(id, &[&dated[..], &plain[..]].concat(), &dated).await
    }

    /// A ticket that is not escalated now. One that was taken out of its lane before is looked at again, for
    /// what the run that did it left undone. One that is closed, too, is on its way to its resolution,
    /// which is judged elsewhere.
    fn cleared(&self, id: TicketId, ticket: Ticket, cycle: u32, at: Option<Timestamp>) -> Found {
        let state = State::from_name(ticket.property(&self.policy.properties.state));
        if is_closed(role(&ticket, &self.policy)) || !state.is_some_and(|it| it.is_open() || it == State::Deescalated) {
            return Found::NotEscalated(at);
        }
        let started_at = last_escalation(&ticket, &self.policy).map(|it| it.started_at);
        let is_reopened = started_at.is_some_and(|at| reading::lacks_closure(&ticket, at, &self.policy));
        let found = Box::new(Cleared { id, ticket, cycle, started_at, at });
        if is_reopened { Found::Reopened(found) } else { Found::Cleared(found) }
    }

    /// What was written in the help desk, where a Shift Lead can have acted there: from when it is in a lane,
    /// and with Tech from when they can decide. What we may not read shows nothing.
    async fn help_desk(&self, id: TicketId, ticket: &Ticket, began: Option<Timestamp>) -> Result<Vec<Comment>, Fault> {
        let ours = &self.policy.properties;
        let can_tell = match State::from_name(ticket.property(&ours.state)) {
            Some(State::InTech) if ticket.property(&ours.first_reviewed_at).is_empty() => true,
            Some(State::InTech) => self.policy.closure.is_jira_done(ticket.property(&ours.jira_status)),
            state => state.and_then(Lane::of).is_some(),
        };
        let Some(since) = began.filter(|_| can_tell && self.policy.comment.sources.include(Source::Conversations))
        else {
            return Ok(Vec::new());
        };
        match reading::help_desk(&self.hubspot, id, since).await {
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                tracing::warn!(ticket = %id, "Cannot read the help desk, so what Shift Leads do there counts as nothing: {reason}");
                Ok(Vec::new())
            }
            read => read,
        }
    }

    /// What Shift Leads did; what was read twice counts once.
    fn acts(
        &self,
        ticket: &Ticket,
        started_at: Timestamp,
        comment: &Judged,
        [written, messages]: [&[Comment]; 2],
        people: &[Person],
    ) -> Vec<Act> {
        let crew = Crew::of(ticket, started_at, people, &self.policy);
        let owner = ticket.property("hubspot_owner_id");
        let agent = people.iter().find(|it| it.owner_id == owner);
        let more = messages.iter().filter(|it| !written.iter().any(|other| other.id == it.id));
        let points = comment.choice.counted.as_ref().map_or(&[][..], |it| &it.ids);
        reading::acts(written.iter().chain(more), started_at, points, (&crew, agent, people), &self.policy)
    }

    /// Where it stands is written anew in each escalation, together with all else: at the least when it
    /// came into a lane.
    fn begun_at(&self, ticket: &Ticket, cycle: u32, started_at: Timestamp) -> Option<Timestamp> {
        let ours = &self.policy.properties;
        let is_open = |it: &&Version| State::from_name(&it.value).is_some_and(State::is_open);
        let stood = ticket.history(&ours.state).iter().filter(is_open);
        let accepted = ticket.history(&ours.accepted_at).iter().filter(|it| !it.value.is_empty());
        let written = stood.chain(accepted).map(|it| it.timestamp).filter(|it| *it >= started_at).min();
        // Where HubSpot tells no history, the escalation's number says whose the rest is.
        let is_untold = ticket.history(&ours.state).is_empty() && !ticket.property(&ours.state).is_empty();
        written.or((is_untold && ticket.has(&ours.cycle, &cycle.to_string())).then_some(started_at))
    }

    /// The customer's name: the ticket's own says it, where that is as it should be; else the company's.
    async fn customer(&self, ticket: &Ticket) -> Result<Option<String>, Fault> {
        let named = ticket_name::check(ticket.property("subject"), &ticket_name::Context::default()).customer;
        if named.is_some() || self.slack.is_none() {
            return Ok(named);
        }
        match self.hubspot.company_names(&ticket.companies).await {
            Ok(names) => Ok(names.into_iter().next()),
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                tracing::warn!("Cannot read the customer's name, so Slack does not show it: {reason}");
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }
}
