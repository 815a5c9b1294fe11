//! Tickets that were closed before their escalation was over, and are open again.

use jiff::Timestamp;

use super::oldest_first;
use crate::hubspot::Ticket;
use crate::policy::Policy;
use crate::procedure::cycle::State;

/// Where an escalation goes on that was taken out of its lane before its ticket was opened again: where it
/// stood last. The ticket is read with the history of the state.
pub fn stood_open(ticket: &Ticket, started_at: Timestamp, policy: &Policy) -> State {
    let versions = oldest_first(ticket.history(&policy.properties.state));
    let own = versions.iter().rev().take_while(|it| it.timestamp >= started_at);
    own.filter_map(|it| State::from_name(&it.value)).find(|it| it.is_open()).unwrap_or(State::Triage)
}
