//! What Escalation Type asks for, and who chose it.

use jiff::Timestamp;

use super::oldest_first;
use crate::hubspot::{Person, Ticket, Version};
use crate::lineage::Carried;
use crate::policy::Policy;
use crate::procedure::cycle::State;
use crate::procedure::lane::Wish;

/// The options of Escalation Type.
pub const SHIFT_LEAD: &str = "shift_lead";
/// The one that sends an escalation to Tech.
pub const TECH: &str = "tech";

/// What Escalation Type says, and how it came to.
pub struct Wished {
    /// What is asked for.
    pub wish: Wish,
    /// Since when.
    pub at: Timestamp,
    /// The user who chose it, as far as HubSpot knows.
    pub by: Option<u64>,
    /// Who last chose Tech and may not, and since when; what they took back themselves is none.
    pub asked: Option<Asked>,
}

/// An agent's wish for Tech.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Since when.
    pub at: Timestamp,
    /// The user, as far as HubSpot knows.
    pub by: Option<u64>,
}

/// What Escalation Type says, since when, and who chose it. Tech counts as confirmed where a Shift
/// Lead chose it at any time since it was something else. The ticket is read with `hubspot_owner_id`, the
/// escalation's state, `merged_from` and the history of Escalation Type.
pub fn wished(ticket: &Ticket, started_at: Timestamp, people: &[Person], policy: &Policy) -> Wished {
    let property = &policy.properties.escalation_type;
    let value = ticket.property(property);
    let mut versions = oldest_first(ticket.history(property));
    versions.retain(|it| it.timestamp >= started_at);
    let owner = people.iter().find(|it| it.owner_id == ticket.property("hubspot_owner_id"));
    let escalated = versions.first().and_then(|it| it.by);
    let agents: Vec<u64> = escalated.into_iter().chain(owner.and_then(|it| it.user_id)).collect();
    let may_confirm = |user: &u64| {
        let teams = people.iter().find(|it| it.user_id == Some(*user)).map_or(&[][..], |it| &it.teams);
        policy.may_send_to_tech(*user, teams, &agents)
    };
    let asked = asked_for_tech(&versions, may_confirm);
    let run: Vec<_> = versions.iter().rev().take_while(|it| it.value == value).collect();
    let lead = run.iter().filter_map(|it| it.by).find(may_confirm);
    let first = run.last();
    // What was carried over by us had been confirmed on the ticket that it comes from.
    let is_carried = Carried::of(ticket, policy).is_some() && first.is_some_and(|it| it.by.is_none());
    let wish = match value {
        SHIFT_LEAD => Wish::ShiftLead,
        TECH => Wish::Tech { by_shift_lead: lead.is_some() || (is_carried && was_in_tech(ticket, policy)) },
        _ => Wish::Unknown,
    };
    Wished { wish, at: first.map_or(started_at, |it| it.timestamp), by: lead.or(first.and_then(|it| it.by)), asked }
}

/// Whether it stands in Tech, or did before it went back to support.
fn was_in_tech(ticket: &Ticket, policy: &Policy) -> bool {
    !matches!(
        State::from_name(ticket.property(&policy.properties.state)),
        None | Some(State::AwaitingContext | State::Triage)
    )
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
