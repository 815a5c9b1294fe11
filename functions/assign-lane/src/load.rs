//! Reads what the lane depends on: the ticket, then its notes; the help desk too where those lack a
//! complete comment.

use std::sync::Arc;

use escalation::http::Fault;
use escalation::hubspot::{Comment, Person, Ticket, Version};
use escalation::id::TicketId;
use escalation::policy::{Source, StageRole};
use escalation::procedure::cycle::{Escalation, State};
use escalation::procedure::intake::{self, Finding};
use escalation::procedure::lane::Wish;
use escalation::procedure::thread::{self, Window};
use escalation::procedure::ticket_name;
use escalation::reading;
use escalation::runtime::Invocation;
use futures_util::future::try_join_all;
use jiff::Timestamp;

use super::AssignLane;
use super::found::{Asked, Cleared, Escalated, Found, Judged, PRIORITY, SHIFT_LEAD, STAGE, TECH, Wished, oldest_first};

impl AssignLane {
    pub(super) async fn load(&self, id: TicketId, invocation: &Invocation) -> Result<Found, Fault> {
        let Some(ticket) = self.ticket(id).await? else {
            return Ok(Found::Gone);
        };
        // What was merged away goes on under the survivor's id, and so does what was done for it.
        let id = ticket.id.unwrap_or(id);
        let (cycle, started_at, previous_cleared_at) = match reading::escalation(&ticket, &self.policy) {
            Escalation::Open { number, started_at, previous_cleared_at } => (number, started_at, previous_cleared_at),
            Escalation::NotEscalated { cycles, cleared_at } => {
                return Ok(self.cleared(id, ticket, cycles, cleared_at));
            }
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        let window = Window {
            previous_cleared_at,
            lookback: self.policy.comment.lookback_days.days(),
            join: self.policy.comment.join_minutes.minutes(),
            ..Window::new(started_at)
        };
        let (notes, customer, people) =
            tokio::try_join!(self.notes(id, &ticket), self.customer(&ticket), self.people(invocation.now()))?;
        let (written, comment) = self.comment(id, notes, &window, invocation).await?;
        let wished = self.wished(&ticket, started_at, &people);
        Ok(Found::Escalated(Box::new(Escalated {
            id,
            cycle,
            started_at,
            previous_cleared_at,
            begun_at: self.begun_at(&ticket, cycle, started_at),
            wished,
            comment,
            words: reading::words(&written, window.since()),
            was_written_to: reading::asked(&written).iter().any(|at| *at >= started_at),
            customer,
            people,
            ticket,
        })))
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
            PRIORITY,
            STAGE,
            &ours.review_due_at,
        ];
        let plain = [
            "subject",
            "content",
            "createdate",
            "hubspot_owner_id",
            "hs_pipeline",
            "source_type",
            &ours.lane,
            &ours.resolve_due_at,
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
        let role = self.policy.pipelines.role(ticket.property("hs_pipeline"), ticket.property(STAGE));
        let is_closed = matches!(role, Some(StageRole::Closed | StageRole::Exempt));
        match state.is_some_and(|it| it.is_open() || it == State::Deescalated) && !is_closed {
            true => Found::Cleared(Box::new(Cleared { id, ticket, cycle, at })),
            false => Found::NotEscalated(at),
        }
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

    async fn notes(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Comment>, Fault> {
        if self.policy.comment.sources.include(Source::Notes) {
            return self.hubspot.notes_of(id, ticket).await;
        }
        Ok(Vec::new())
    }

    /// Everything that was read, and the comment that counts in it. The help desk is asked only where
    /// the notes have no complete comment.
    async fn comment(
        &self,
        id: TicketId,
        notes: Vec<Comment>,
        window: &Window,
        invocation: &Invocation,
    ) -> Result<(Vec<Comment>, Judged), Fault> {
        let in_notes = self.judge(&notes, window, invocation);
        if in_notes.intake.finding == Finding::Complete || !self.policy.comment.sources.include(Source::Conversations) {
            return Ok((notes, in_notes));
        }
        let threads = self.hubspot.threads_of(id).await?;
        if threads.is_empty() {
            return Ok((notes, in_notes));
        }
        let messages = threads.iter().map(|thread| self.hubspot.messages_of(thread, window.since()));
        let messages = try_join_all(messages).await?;
        let written: Vec<Comment> = notes.into_iter().chain(messages.into_iter().flatten()).collect();
        let everywhere = self.judge(&written, window, invocation);
        Ok((written, everywhere))
    }

    /// Judges the comment as `validate-comment` does.
    fn judge(&self, written: &[Comment], window: &Window, invocation: &Invocation) -> Judged {
        let rules = &self.policy.comment;
        let window = Window { asked: reading::asked(written), ..window.clone() };
        let choice = thread::choose(&reading::entries(written, rules.labels.labels()), &window);
        let shift_leads: Vec<u64> = self.policy.shift_leads.iter().map(|it| it.mention_id).collect();
        let (started_at, now) = (window.escalated_at, invocation.now());
        let facts = intake::Facts { started_at, now, choice: &choice, has_customer: true, name: None };
        let rules = intake::Rules {
            pending: rules.pending_seconds.seconds(),
            require_mention: rules.require_mention,
            shift_leads: &shift_leads,
        };
        let intake = intake::judge(&facts, &rules);
        Judged { choice, intake }
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

    /// Everybody who is active; nobody where we may not read them, which the log says.
    async fn people(&self, now: Timestamp) -> Result<Arc<[Person]>, Fault> {
        match self.hubspot.people(now).await {
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                tracing::error!("Cannot read the owners, so nobody can be put on duty: {reason}; check the scopes");
                Ok(Arc::default())
            }
            people => people,
        }
    }

    /// What Escalation Type says, since when, and who chose it. Tech counts as confirmed where a Shift
    /// Lead chose it at any time since it was something else.
    fn wished(&self, ticket: &Ticket, started_at: Timestamp, people: &[Person]) -> Wished {
        let property = &self.policy.properties.escalation_type;
        let value = ticket.property(property);
        let mut versions = oldest_first(ticket.history(property));
        versions.retain(|it| it.timestamp >= started_at);
        let owner = people.iter().find(|it| it.owner_id == ticket.property("hubspot_owner_id"));
        let escalated = versions.first().and_then(|it| it.by);
        let agents: Vec<u64> = escalated.into_iter().chain(owner.and_then(|it| it.user_id)).collect();
        let may_confirm = |user: &u64| {
            let teams = people.iter().find(|it| it.user_id == Some(*user)).map_or(&[][..], |it| &it.teams);
            self.policy.may_send_to_tech(*user, teams, &agents)
        };
        let asked = asked_for_tech(&versions, may_confirm);
        let run: Vec<_> = versions.iter().rev().take_while(|it| it.value == value).collect();
        let lead = run.iter().filter_map(|it| it.by).find(may_confirm);
        let wish = match value {
            SHIFT_LEAD => Wish::ShiftLead,
            TECH => Wish::Tech { by_shift_lead: lead.is_some() },
            _ => Wish::Unknown,
        };
        let first = run.last();
        Wished { wish, at: first.map_or(started_at, |it| it.timestamp), by: lead.or(first.and_then(|it| it.by)), asked }
    }
}

/// Where Tech was chosen by nobody who may, and stands or was put back by us, in the order of time.
fn asked_for_tech(versions: &[&Version], may_confirm: impl Fn(&u64) -> bool) -> Option<Asked> {
    let runs: Vec<_> = versions.chunk_by(|one, other| one.value == other.value).collect();
    let position = runs.iter().rposition(|run| run[0].value == TECH)?;
    let (run, next) = (runs[position], runs.get(position + 1));
    let is_wish = !run.iter().filter_map(|it| it.by).any(|it| may_confirm(&it));
    let is_ours = next.is_none_or(|next| next[0].value == SHIFT_LEAD && next[0].by.is_none());
    (is_wish && is_ours).then(|| Asked { at: run[0].timestamp, by: run[0].by })
}
