//! When Tech was done with an escalation.

use jiff::Timestamp;

use super::super::{TECH, oldest_first};
use super::{Crew, Cycle, state};
use crate::hubspot::{Ticket, timestamp};
use crate::policy::Policy;
use crate::procedure::closure::Actor;
use crate::procedure::cycle::State;

/// Since when its issue is done; `None` where it was done before this escalation went to Tech.
pub(super) fn jira_done_at(ticket: &Ticket, cycle: Cycle, crew: &Crew<'_>, policy: &Policy) -> Option<Timestamp> {
    let done_at = jira_done_since(ticket, policy)?;
    sent_to_tech_at(ticket, cycle, crew, policy).filter(|sent_at| *sent_at <= done_at).map(|_| done_at)
}

/// Since when its issue is done, by the names that the policy has for that. The ticket is read with the
/// history of the Jira status, and with `jira_updated_at`.
pub fn jira_done_since(ticket: &Ticket, policy: &Policy) -> Option<Timestamp> {
    let ours = &policy.properties;
    if !policy.closure.is_jira_done(ticket.property(&ours.jira_status)) {
        return None;
    }
    let versions = oldest_first(ticket.history(&ours.jira_status));
    let written = versions.iter().rev().take_while(|it| policy.closure.is_jira_done(&it.value)).last();
    // Jira knows it before it is written on the ticket.
    let in_jira = timestamp(ticket.property(&ours.jira_updated_at));
    written.map(|it| it.timestamp).into_iter().chain(in_jira).min()
}

/// When this escalation first went to Tech: what an agent wished for did not.
fn sent_to_tech_at(ticket: &Ticket, cycle: Cycle, crew: &Crew<'_>, policy: &Policy) -> Option<Timestamp> {
    let ours = &policy.properties;
    let states = ticket.history(&ours.state).iter().filter(|it| it.value == State::InTech.name());
    let types = ticket.history(&ours.escalation_type).iter().filter(|it| it.value == TECH);
    let types = types.filter(|it| crew.setter(it) == Actor::ShiftLead);
    let told = states.chain(types).map(|it| it.timestamp).filter(|it| *it >= cycle.started_at).min();
    let is_there = matches!(state(ticket, cycle, policy), Some(State::InTech | State::BackToCs));
    told.or((is_there && ticket.history(&ours.state).is_empty()).then_some(cycle.started_at))
}
