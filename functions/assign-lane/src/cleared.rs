//! Tickets whose Escalation Type was cleared: they leave their lane, unless they are open only because they
//! were closed too early.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::hubspot::Ticket;
use escalation::ledger::Look;
use escalation::lineage;
use escalation::procedure::cycle::{Event, State, after};
use escalation::procedure::lane::Lane;
use escalation::procedure::level::Level;
use escalation::procedure::wording;
use escalation::procedure::wording::lane as words;
use escalation::reading;
use escalation::runtime::{Action as _, Invocation, Mode, Request, Result};
use escalation::telling::Telling;

use super::AssignLane;
use super::apply::Assigned;
use super::decide::Due;
use super::fields::{Inputs, Outcome};
use super::found::Cleared;

impl AssignLane {
    /// Takes a ticket out of its lane whose Escalation Type was cleared. `None` where it was deleted
    /// meanwhile.
    pub(super) async fn deescalate(
        &self,
        request: &Request<Inputs>,
        found: &Cleared,
        invocation: &Invocation,
    ) -> Result<Option<Assigned>> {
        let present = State::from_name(found.ticket.property(&self.policy.properties.state));
        let state = after(present, Event::TypeCleared).unwrap_or(State::Deescalated);
        let properties = self.standing_at(state, words::deescalated(), &found.ticket);
        let assigned = |message| self.cleared_with(found, (Outcome::Deescalated, state), message);
        if request.inputs.mode == Mode::Observe {
            return Ok(Some(assigned(would(words::deescalated(), &properties))));
        }
        if !properties.is_empty() {
            let place = (request.portal, found.id);
            lineage::ended(&self.ledger, &self.policy, place, state, invocation.now()).await?;
        }
        match self.write(found.id, &properties).await {
            Err(Fault::Refused { status: 404, .. }) => return Ok(None),
            written => written?,
        }
        self.watch_cleared(request, found.at, invocation).await?;
        let look = Look::new(Self::NAME, request.portal, found.id, &request.inputs)?;
        let began_on = lineage::began_on(&found.ticket, found.id, &self.policy);
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, found.cycle);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on };
        self.tell_slack_cleared(found, &telling).await?;
        Ok(Some(assigned(words::deescalated().to_owned())))
    }

    /// Leaves a ticket in its lane that was closed before its escalation was over and is open again, or
    /// takes it back there: it is not resolved. `None` where it was deleted meanwhile.
    pub(super) async fn keep_in_sight(
        &self,
        request: &Request<Inputs>,
        found: &Cleared,
        invocation: &Invocation,
    ) -> Result<Option<Assigned>> {
        let ours = &self.policy.properties;
        let present = State::from_name(found.ticket.property(&ours.state)).filter(|it| it.is_open());
        let stood = || found.started_at.map(|at| reading::stood_open(&found.ticket, at, &self.policy));
        let state = present.or_else(stood).unwrap_or(State::Triage);
        let properties = self.standing_at(state, words::kept_in_sight(), &found.ticket);
        let outcome = if properties.is_empty() { Outcome::Unchanged } else { Outcome::Assigned };
        let assigned = |message| self.cleared_with(found, (outcome, state), message);
        if request.inputs.mode == Mode::Observe {
            return Ok(Some(assigned(would(words::kept_in_sight(), &properties))));
        }
        match self.write(found.id, &properties).await {
            Err(Fault::Refused { status: 404, .. }) => return Ok(None),
            written => written?,
        }
        self.watch_cleared(request, found.at, invocation).await?;
        Ok(Some(assigned(words::kept_in_sight().to_owned())))
    }

    /// State and lane where they differ, and what is said of that.
    fn standing_at(&self, state: State, message: &str, ticket: &Ticket) -> BTreeMap<&str, String> {
        let ours = &self.policy.properties;
        let mut properties: BTreeMap<&str, String> = BTreeMap::new();
        properties.insert(&ours.state, state.name().to_owned());
        properties.insert(&ours.lane, Lane::of(state).map_or("", Lane::name).to_owned());
        properties.retain(|name, value| !ticket.has(name, value));
        if !properties.is_empty() && !ticket.has(&ours.last_message, message) {
            properties.insert(&ours.last_message, message.to_owned());
        }
        properties
    }

    fn cleared_with(&self, found: &Cleared, (outcome, state): (Outcome, State), message: String) -> Assigned {
        let ours = &self.policy.properties;
        Assigned {
            outcome,
            message,
            state,
            level: Level::from_number(found.ticket.property(&ours.level)),
            owner_id: found.ticket.property(&ours.owner).to_owned(),
            due: Due::default(),
            triggers: found.ticket.property(&ours.reason).to_owned(),
        }
    }
}

/// What `enforce` would do, for a trial run.
fn would(message: &str, properties: &BTreeMap<&str, String>) -> String {
    let names: Vec<&str> = properties.keys().copied().collect();
    wording::would(message, &names, false, None)
}
