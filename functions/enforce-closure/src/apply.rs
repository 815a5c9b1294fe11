//! Acts on a verdict, and answers.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::hubspot::refused_properties;
use escalation::lineage;
use escalation::procedure::closure::{Missing, Verdict};
use escalation::procedure::cycle::State;
use escalation::procedure::message::Message;
use escalation::procedure::wording;
use escalation::procedure::wording::closure::{self as words, thread};
use escalation::runtime::{Failure, Result, worst};
use escalation::telling::slack::nothing;
use jiff::Timestamp;

use super::case::{Case, STILL_OPEN, names};
use super::fields::{ClosedBy, Outcome, Outputs};
use super::found::STAGE;
use super::{EnforceClosure, nothing as no_verdict};

/// What people were told, unless they still may be: then nothing else is said before it.
pub fn settled(told: Result<()>) -> Result<Result<()>> {
    match told {
        Err(failure @ (Failure::Busy { .. } | Failure::Later(_))) => Err(failure),
        told => Ok(told),
    }
}

/// What became of the ticket while we wrote.
pub enum Applied<'a> {
    /// This is so now.
    So(Verdict<'a>),
    /// It was deleted meanwhile.
    Gone,
}

impl EnforceClosure {
    /// What `enforce` would do, for a trial run.
    pub(super) fn would(&self, case: &Case<'_>, verdict: &Verdict<'_>) -> Outputs {
        let properties = case.properties(verdict);
        let names: Vec<&str> = properties.keys().copied().collect();
        let comments = match verdict {
            Verdict::Resolved { .. } | Verdict::Revert { .. } | Verdict::Flag { .. } => true,
            Verdict::Deescalated { at, .. } | Verdict::Open { idle_since: Some(at), .. } => {
                self.reminder(case, *at) <= case.now()
            }
            Verdict::Wait { .. } | Verdict::Open { .. } | Verdict::Exempt | Verdict::Ended(_) => false,
        };
        let message = wording::would(&case.said(verdict), &names, comments, None);
        Outputs { message, ..self.answer(case, verdict) }
    }

    pub(super) async fn apply<'a>(&self, case: &Case<'a>, verdict: Verdict<'a>) -> Result<Outputs> {
        let applied = match verdict {
            Verdict::Resolved { evidence, at } => Box::pin(self.resolve(case, &evidence, at)).await?,
            Verdict::Revert { to, missing } => Box::pin(self.reopen(case, to, missing)).await?,
            Verdict::Flag { why, missing } => Box::pin(self.flag(case, why, missing)).await?,
            Verdict::Exempt => Box::pin(self.let_go(case)).await?,
            Verdict::Wait { until, .. } => {
                Box::pin(self.ledger.look_again(&case.telling.look, until)).await?;
                Applied::So(verdict)
            }
            Verdict::Deescalated { at, ref missing } | Verdict::Open { idle_since: Some(at), ref missing } => {
                Box::pin(self.remind(case, at, missing)).await?;
                Applied::So(verdict)
            }
            Verdict::Ended(State::Resolved) => {
                Box::pin(self.finish(case)).await?;
                Applied::So(verdict)
            }
            Verdict::Open { .. } | Verdict::Ended(_) => Applied::So(verdict),
        };
        if let Applied::So(verdict @ (Verdict::Open { .. } | Verdict::Wait { .. })) = &applied {
            Box::pin(self.say_reopened(case, verdict.missing())).await?;
        }
        let Applied::So(verdict) = applied else {
            return Ok(no_verdict(case.request, Outcome::Gone, wording::gone()));
        };
        let (ticket, cycle, outcome) = (case.found.id, case.telling.cycle, verdict.outcome());
        tracing::info!(%ticket, cycle, outcome, "The end of escalation {cycle} of ticket {ticket}: {outcome}");
        Ok(self.answer(case, &verdict))
    }

    fn answer(&self, case: &Case<'_>, verdict: &Verdict<'_>) -> Outputs {
        let closure_option = match verdict {
            Verdict::Resolved { evidence, .. } => Some(evidence.by.into()),
            Verdict::Ended(State::Resolved) => {
                let option = case.found.ticket.property(&self.policy.properties.closure_option);
                [ClosedBy::Agent, ClosedBy::ShiftLead].into_iter().find(|it| it.name() == option)
            }
            _ => None,
        };
        Outputs {
            missing: names(verdict.missing()),
            closure_option,
            ..no_verdict(case.request, verdict.into(), &case.said(verdict))
        }
    }

    /// Writes what differs, where anything does. False where the ticket was deleted meanwhile.
    pub(super) async fn write(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<bool> {
        if properties.is_empty() {
            return Ok(true);
        }
        self.register(case, properties).await?;
        match self.update(case, properties).await {
            Ok(()) => Ok(true),
            Err(Fault::Refused { status: 404, .. }) => Ok(false),
            Err(Fault::Refused { reason, .. }) => {
                let ticket = case.found.id;
                tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                Err(Failure::Rejected(reason))
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// Writes them; one that HubSpot does not take keeps none of the others from being written, and the log
    /// says which.
    pub(super) async fn update(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        let ticket = case.found.id;
        let (status, reason) = match self.hubspot.update_ticket(ticket, properties).await {
            Err(Fault::Refused { status, reason }) if status != 404 => (status, reason),
            written => return written,
        };
        let named = refused_properties(&reason);
        let is_ours = |it: &&str| *it != STAGE && properties.contains_key(it);
        // Where HubSpot does not say which, the stage comes before everything that is only said of it.
        let stays = |name: &str| if named.is_empty() { name == STAGE } else { !named.contains(&name) };
        let rest = properties.iter().filter(|(name, _)| stays(name));
        let rest: BTreeMap<&str, String> = rest.map(|(name, value)| (*name, value.clone())).collect();
        if !named.iter().all(is_ours) || rest.is_empty() || rest.len() == properties.len() {
            return Err(Fault::Refused { status, reason });
        }
        tracing::error!(%ticket, "HubSpot does not take all that we write on ticket {ticket}: {reason}; check the properties");
        self.hubspot.update_ticket(ticket, &rest).await
    }

    /// Has a merge find the escalation as it ends here.
    async fn register(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<()> {
        let cycle = case.found.ending.cycle;
        let place = (case.request.portal, case.found.id);
        let as_it_will_be = (&case.found.ticket, properties);
        let of = (cycle.number, cycle.started_at);
        Box::pin(lineage::register(&self.ledger, &self.policy, place, of, as_it_will_be, case.now())).await
    }

    /// Tells the agent something on the ticket, once in an escalation.
    pub(super) async fn tell(&self, case: &Case<'_>, flow: &'static str, message: Message) -> Result<()> {
        let effect = case.telling.effect(flow, &[])?;
        let message = case.note(&effect, message);
        Box::pin(case.telling.note(&effect, &message, nothing())).await.map(drop)
    }

    /// It was closed without a resolution: it leaves its lane, which nobody else does for what is closed.
    async fn let_go<'a>(&self, case: &Case<'a>) -> Result<Applied<'a>> {
        let was_open = case.found.ending.state.is_some_and(State::is_open);
        if !self.write(case, &case.properties(&Verdict::Exempt)).await? {
            return Ok(Applied::Gone);
        }
        let was_let_go = case.found.ending.state == Some(State::Deescalated);
        if was_open || was_let_go {
            self.end_thread(case, "exempt", thread::exempt()).await?;
        }
        Ok(Applied::So(Verdict::Exempt))
    }

    /// When the agent is reminded of a ticket that was cleared then and is open.
    fn reminder(&self, case: &Case<'_>, cleared_at: Timestamp) -> Timestamp {
        let calendar = self.policy.calendar(case.found.ticket.property("hs_pipeline"));
        self.policy.closure.reminder.due_at(cleared_at, calendar, &[])
    }

    /// Has somebody remind the agent of a ticket that waits to be closed from now on.
    pub(super) async fn remind_later(&self, case: &Case<'_>) -> Result<()> {
        let due = self.reminder(case, case.now());
        Ok(Box::pin(self.ledger.look_again(&case.telling.look, due)).await?)
    }

    /// Reminds the agent of a ticket that was cleared and waits to be closed since then.
    async fn remind(&self, case: &Case<'_>, idle_since: Timestamp, missing: &[Missing]) -> Result<()> {
        let due = self.reminder(case, idle_since);
        if case.now() < due {
            return Ok(Box::pin(self.ledger.look_again(&case.telling.look, due)).await?);
        }
        let cleared_at = case.found.ending.cycle.cleared_at.unwrap_or(idle_since);
        let told = self.tell(case, STILL_OPEN, words::cleared_but_open(cleared_at, missing, &case.scene())).await;
        let message = thread::cleared_but_open(case.agent(), cleared_at, &case.scene());
        worst([told, self.reply(case, "still-open", message).await])
    }
}
