//! Writes where an escalation stands, and tells the agent.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::id::TicketId;
use escalation::ledger::{Look, Name};
use escalation::lineage;
use escalation::procedure::cycle::State;
use escalation::procedure::level::Level;
use escalation::procedure::message::Message;
use escalation::procedure::sla::{InForce, Target};
use escalation::procedure::trigger;
use escalation::procedure::wording;
use escalation::procedure::wording::lane::{self as words, Holder, Standing};
use escalation::runtime::{Action as _, Failure, Invocation, Mode, Request, Result, worst};
use escalation::telling::Telling;
use jiff::Timestamp;

use super::AssignLane;
use super::decide::{self, Decided, Due};
use super::duty::Held;
use super::fields::{Inputs, Outcome};
use super::found::Escalated;
use super::slack::Alert;
use super::watch::Watched;

/// What became of an escalation, for the answer.
pub struct Assigned {
    pub outcome: Outcome,
    pub message: String,
    pub state: State,
    /// `None` where its property holds what is no level.
    pub level: Option<Level>,
    pub owner_id: String,
    pub due: Due,
    /// Codes as HubSpot joins them.
    pub triggers: String,
}

/// Everything that is known and decided about an escalation in this run.
pub struct Case<'a> {
    pub found: &'a Escalated,
    pub decided: Decided,
    /// Who has it; `None` while it is in no lane.
    pub held: Option<Held>,
    pub due: Due,
    /// What is watched over while it is in a lane.
    pub watched: Watched<'a>,
}

impl AssignLane {
    /// Puts an escalation where it belongs. `None` where the ticket was deleted meanwhile.
    pub(super) async fn assign(
        &self,
        request: &Request<Inputs>,
        found: &Escalated,
        invocation: &Invocation,
    ) -> Result<Option<Assigned>> {
        let now = invocation.now();
        let decided = decide::decide(found, &self.policy, now);
        let held = match decided.lane {
            Some(_) => Some(Box::pin(self.held(found, decided.reviewed_at, invocation)).await),
            None => None,
        };
        let targets = self.targets(request, found, &decided, now).await?;
        let due = decide::due(&decided, targets, found, &self.policy, now);
        let watched = self.watched(request, found, (&decided, due), now).await?;
        let case = Case { found, decided, held, due, watched };
        let mut properties = decide::properties(&case, &self.policy);
        let outcome = self.outcome(&case, &properties);
        let message = self.message(&case, now).text();
        let assigned = |message| Assigned {
            outcome,
            message,
            state: case.decided.decision.state,
            level: Some(case.decided.level),
            owner_id: case.held.as_ref().map(|it| it.owner_id.clone()).unwrap_or_default(),
            due,
            triggers: trigger::codes(&case.decided.triggers),
        };
        if !properties.is_empty() && !found.ticket.has(&self.policy.properties.last_message, &message) {
            properties.insert(&self.policy.properties.last_message, message.clone());
        }
        if request.inputs.mode == Mode::Observe {
            return Ok(Some(assigned(self.would(&case, &properties, &message))));
        }
        let look = Look::new(Self::NAME, request.portal, found.id, &request.inputs)?;
        let began_on = lineage::began_on(&found.ticket, found.id, &self.policy);
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, found.cycle);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on };
        match self.apply(&case, &telling, properties).await? {
            Applied::Written => Ok(Some(assigned(message))),
            Applied::Gone => Ok(None),
        }
    }

    /// The targets that the escalation is held to: those of the policy when its level and priority
    /// came to be what they are. Trying out keeps none.
    async fn targets(
        &self,
        request: &Request<Inputs>,
        found: &Escalated,
        decided: &Decided,
        now: Timestamp,
    ) -> Result<InForce> {
        let calendar = decide::calendar(found, &self.policy);
        let (is_immediate, start) = (decided.is_immediate(), decided.accepted_at.unwrap_or(now));
        let targets = &self.policy.sla.targets;
        let in_force = targets.in_force(decided.level, decided.priority, is_immediate, start, calendar);
        if decided.lane.is_none() || request.inputs.mode == Mode::Observe {
            return Ok(in_force);
        }
        let began_on = lineage::began_on(&found.ticket, found.id, &self.policy);
        let (portal, ticket, cycle) = (request.portal.to_string(), began_on.to_string(), found.cycle.to_string());
        let priority = decided.priority.map_or("none", |it| it.name());
        let urgency = if is_immediate { "immediate" } else { "ordinary" };
        let name = Name::new("targets", &[&portal, &ticket, &cycle, decided.level.number(), priority, urgency])?;
        let ours = [in_force.review.to_string(), in_force.resolve.to_string()];
        let [review, resolve] = self.ledger.keep_first(&name, ours, now).await?;
        let target = |text: &str, ours: Target| text.parse().unwrap_or(ours);
        Ok(InForce { review: target(&review, in_force.review), resolve: target(&resolve, in_force.resolve) })
    }

    fn outcome(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Outcome {
        let ours = &self.policy.properties;
        let moves = [&ours.lane, &ours.state, &ours.owner].iter().any(|it| properties.contains_key(&***it));
        match case.decided.lane {
            _ if case.decided.decision.is_put_back => Outcome::Rerouted,
            None => Outcome::AwaitingContext,
            Some(_) if moves => Outcome::Assigned,
            Some(_) => Outcome::Unchanged,
        }
    }

    /// What the agent reads.
    fn message(&self, case: &Case<'_>, now: Timestamp) -> Message {
        let mut message = Message::default();
        if case.decided.decision.is_put_back {
            let lead = case.held.as_ref().and_then(Held::name);
            message.append(words::put_back(lead, !self.policy.shift_leads.is_empty()));
        }
        message.append(match case.decided.lane {
            Some(_) => words::standing(&self.standing(case, now)),
            None => {
                let until = case.found.started_at + self.policy.escalation.waiting_minutes.minutes();
                words::awaiting_context(until, now, self.policy.team.time_zone.time_zone())
            }
        });
        message
    }

    /// Where the escalation stands, for people to read.
    pub(super) fn standing<'a>(&'a self, case: &'a Case<'_>, now: Timestamp) -> Standing<'a> {
        let Decided { decision, level, reviewed_at, .. } = &case.decided;
        Standing {
            state: decision.state,
            holder: case.held.as_ref().map_or(Holder::Nobody, Held::holder),
            level: level.number(),
            lacks_context: decision.lacks_context,
            review_due_at: case.due.review_at.filter(|_| reviewed_at.is_none()),
            resolve_due_at: case.due.resolve_at,
            update_due_at: case.due.update_at.filter(|it| *it > now),
            now,
            zone: self.policy.team.time_zone.time_zone(),
        }
    }

    /// What `enforce` would do, for a trial run.
    fn would(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>, message: &str) -> String {
        let names: Vec<&str> = properties.keys().copied().collect();
        let comments = case.decided.decision.is_put_back
            || self.tells_accepted(case)
            || self.tells_review(case).is_some()
            || case.watched.reminder.is_some();
        wording::would(message, &names, comments, None)
    }

    /// Says why before it puts anything back, so that a run that ends between the two is taken up.
    async fn apply(
        &self,
        case: &Case<'_>,
        telling: &Telling<'_>,
        mut properties: BTreeMap<&str, String>,
    ) -> Result<Applied> {
        let put_back = self.tell_put_back(case, telling).await;
        if matches!(put_back, Err(Failure::Busy { .. } | Failure::Later(_))) {
            properties.remove(&*self.policy.properties.escalation_type);
        }
        let (found, place) = (case.found, (telling.look.portal(), case.found.id));
        let (of, as_it_will_be) = ((found.cycle, found.started_at), (&found.ticket, &properties));
        let now = telling.invocation.now();
        lineage::register(&self.ledger, &self.policy, place, of, as_it_will_be, now).await?;
        let written = match self.write(found.id, &properties).await {
            Err(Fault::Refused { status: 404, .. }) => return Ok(Applied::Gone),
            // A property that HubSpot does not take keeps nobody from hearing of the escalation.
            Err(Fault::Refused { reason, .. }) => {
                let ticket = telling.look.ticket();
                tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                Err(Failure::Rejected(reason))
            }
            written => Ok(written?),
        };
        self.report(case, telling);
        let (accepted, reviewed, reminded, watched, slack) = tokio::join!(
            self.tell_accepted(case, telling),
            Box::pin(self.tell_review(case, telling)),
            Box::pin(self.remind(case, telling)),
            self.look_again(case, telling),
            Box::pin(self.tell_slack(case, telling))
        );
        worst([written, put_back, accepted, reviewed, reminded, watched, slack])?;
        Ok(Applied::Written)
    }

    /// Writes what differs, where anything does.
    pub(super) async fn write(&self, ticket: TicketId, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        if properties.is_empty() {
            return Ok(());
        }
        self.hubspot.update_ticket_apart(ticket, properties).await
    }

    fn report(&self, case: &Case<'_>, telling: &Telling<'_>) {
        let (ticket, cycle) = (telling.look.ticket(), telling.cycle);
        let state = case.decided.decision.state.name();
        tracing::info!(%ticket, cycle, state, "Escalation {cycle} of ticket {ticket} stands at {state}");
        for Alert { kind, line, .. } in self.alerts(case) {
            tracing::error!(%ticket, kind, "{line}");
        }
    }
}

/// What became of the ticket while we wrote.
enum Applied {
    Written,
    /// It was deleted meanwhile.
    Gone,
}
