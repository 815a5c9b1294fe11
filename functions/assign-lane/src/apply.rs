//! Writes where an escalation stands, and tells the agent.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::ledger::{Look, Name};
use escalation::policy::Accepted;
use escalation::procedure::cycle::{Event, State, after};
use escalation::procedure::lane::Lane;
use escalation::procedure::message::Message;
use escalation::procedure::sla::{InForce, Target};
use escalation::procedure::wording;
use escalation::procedure::wording::lane::{self as words, Holder, Standing};
use escalation::runtime::{Action as _, Failure, Invocation, Mode, Request, Result, worst};
use escalation::telling::{Telling, mention};
use jiff::Timestamp;

use super::AssignLane;
use super::decide::{self, Decided, Due};
use super::duty::Held;
use super::fields::{Inputs, Outcome};
use super::load::{Cleared, Escalated};
use super::slack::Alert;

/// Notes that are kept from being written twice by the ledger.
const PUT_BACK: &str = "lane-put-back";
const ACCEPTED: &str = "lane-accepted";

/// What became of an escalation, for the answer.
pub struct Assigned {
    pub outcome: Outcome,
    pub message: String,
    pub state: State,
    /// Its level's number.
    pub level: String,
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
            Some(_) => Some(self.held(found, invocation).await),
            None => None,
        };
        let targets = self.targets(request, found, &decided, now).await?;
        let due = decide::due(&decided, targets, found, &self.policy);
        let case = Case { found, decided, held, due };
        let mut properties = self.properties(&case);
        let outcome = self.outcome(&case, &properties);
        let message = self.message(&case, now).text();
        let assigned = |message| Assigned {
            outcome,
            message,
            state: case.decided.decision.state,
            level: case.decided.level.number().to_owned(),
            owner_id: case.held.as_ref().map(|it| it.owner_id.clone()).unwrap_or_default(),
            due,
            triggers: decide::codes(&case.decided.triggers),
        };
        if request.inputs.mode == Mode::Observe {
            return Ok(Some(assigned(self.would(&case, &properties, &message))));
        }
        if !properties.is_empty() && !found.ticket.has(&self.policy.properties.last_message, &message) {
            properties.insert(&self.policy.properties.last_message, message.clone());
        }
        let look = Look::new(Self::NAME, request.portal, found.id, &request.inputs)?;
        let telling = Telling { hubspot: &self.hubspot, ledger: &self.ledger, invocation, look, cycle: found.cycle };
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
        let (portal, ticket, cycle) = (request.portal.to_string(), found.id.to_string(), found.cycle.to_string());
        let priority = decided.priority.map_or("none", |it| it.name());
        let urgency = if is_immediate { "immediate" } else { "ordinary" };
        let name = Name::new("targets", &[&portal, &ticket, &cycle, decided.level.number(), priority, urgency])?;
        let ours = [in_force.review.to_string(), in_force.resolve.to_string()];
        let [review, resolve] = self.ledger.keep_first(&name, ours, now).await?;
        let target = |text: &str, ours: Target| text.parse().unwrap_or(ours);
        Ok(InForce { review: target(&review, in_force.review), resolve: target(&resolve, in_force.resolve) })
    }

    fn properties<'a>(&'a self, case: &Case<'_>) -> BTreeMap<&'a str, String> {
        decide::properties(case.found, &case.decided, case.held.as_ref(), case.due, &self.policy)
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
        let comments = case.decided.decision.is_put_back || self.tells_accepted(case);
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
        if !properties.is_empty() {
            match self.hubspot.update_ticket(case.found.id, &properties).await {
                Err(Fault::Refused { status: 404, .. }) => return Ok(Applied::Gone),
                written => written?,
            }
        }
        self.report(case, telling);
        let (accepted, watched, slack) = tokio::join!(
            self.tell_accepted(case, telling),
            self.watch(case, telling),
            Box::pin(self.tell_slack(case, telling))
        );
        worst([put_back, accepted, watched, slack])?;
        Ok(Applied::Written)
    }

    /// Tells the agent why Escalation Type is what it was.
    async fn tell_put_back(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        if !case.decided.decision.is_put_back {
            return Ok(());
        }
        let effect = telling.effect(PUT_BACK, &[&case.found.wished.at.to_string()])?;
        let lead = case.held.as_ref().and_then(Held::name);
        let said = words::put_back(lead, !self.policy.shift_leads.is_empty());
        let agent = case.found.agent().map(mention);
        let message = words::told(agent, said, case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, async { Ok(()) }).await.map(drop)
    }

    /// Whether the agent is told that the Shift Lead has it.
    fn tells_accepted(&self, case: &Case<'_>) -> bool {
        let lacked = || {
            let history = case.found.ticket.history(&self.policy.properties.comment_status);
            let fresh = history.iter().filter(|it| it.timestamp >= case.found.started_at);
            fresh.into_iter().any(|it| matches!(&*it.value, "missing" | "incomplete"))
        };
        case.decided.decision.state == State::Triage
            && match self.policy.messages.accepted {
                Accepted::Always => true,
                Accepted::AfterFeedback => lacked(),
                Accepted::Never => false,
            }
    }

    async fn tell_accepted(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        if !self.tells_accepted(case) {
            return Ok(());
        }
        let lacking = if case.decided.decision.lacks_context { "lacking" } else { "complete" };
        let effect = telling.effect(ACCEPTED, &[lacking])?;
        let said = words::standing(&self.standing(case, telling.invocation.now()));
        let agent = case.found.agent().map(mention);
        let message = words::told(agent, said, case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, async { Ok(()) }).await.map(drop)
    }

    /// Has us look again when an escalation has waited long enough for its comment.
    async fn watch(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        if case.decided.lane.is_some() {
            return Ok(());
        }
        let until = case.found.started_at + self.policy.escalation.waiting_minutes.minutes();
        Ok(self.ledger.look_again(&telling.look, until).await?)
    }

    fn report(&self, case: &Case<'_>, telling: &Telling<'_>) {
        let (ticket, cycle) = (telling.look.ticket(), telling.cycle);
        let state = case.decided.decision.state.name();
        tracing::info!(%ticket, cycle, state, "Escalation {cycle} of ticket {ticket} stands at {state}");
        for Alert { kind, line, .. } in self.alerts(case) {
            tracing::error!(%ticket, kind, "{line}");
        }
    }

    /// Takes a ticket out of its lane whose Escalation Type was cleared. `None` where it was deleted
    /// meanwhile.
    pub(super) async fn deescalate(
        &self,
        request: &Request<Inputs>,
        found: &Cleared,
        invocation: &Invocation,
    ) -> Result<Option<Assigned>> {
        let ours = &self.policy.properties;
        let present = State::from_name(found.ticket.property(&ours.state));
        let state = after(present, Event::TypeCleared).unwrap_or(State::Deescalated);
        let message = words::deescalated();
        let mut properties: BTreeMap<&str, String> = BTreeMap::new();
        properties.insert(&ours.state, state.name().to_owned());
        properties.insert(&ours.lane, Lane::of(state).map_or("", Lane::name).to_owned());
        properties.retain(|name, value| !found.ticket.has(name, value));
        if !properties.is_empty() && !found.ticket.has(&ours.last_message, message) {
            properties.insert(&ours.last_message, message.to_owned());
        }
        let assigned = |message: String| Assigned {
            outcome: Outcome::Deescalated,
            message,
            state,
            level: found.ticket.property(&ours.level).to_owned(),
            owner_id: found.ticket.property(&ours.owner).to_owned(),
            due: Due::default(),
            triggers: found.ticket.property(&ours.reason).to_owned(),
        };
        if request.inputs.mode == Mode::Observe {
            let names: Vec<&str> = properties.keys().copied().collect();
            return Ok(Some(assigned(wording::would(message, &names, false, None))));
        }
        if !properties.is_empty() {
            match self.hubspot.update_ticket(found.id, &properties).await {
                Err(Fault::Refused { status: 404, .. }) => return Ok(None),
                written => written?,
            }
        }
        let look = Look::new(Self::NAME, request.portal, found.id, &request.inputs)?;
        let telling = Telling { hubspot: &self.hubspot, ledger: &self.ledger, invocation, look, cycle: found.cycle };
        self.tell_slack_cleared(found, &telling).await?;
        Ok(Some(assigned(message.to_owned())))
    }
}

/// What became of the ticket while we wrote.
enum Applied {
    Written,
    /// It was deleted meanwhile.
    Gone,
}
