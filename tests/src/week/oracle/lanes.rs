//! Every escalation is in the lane where the procedure wants it, and in no other.

use super::Checks;
use super::facts::Facts;

/// Where it may stand that was cleared, and closed too early: as it stood, until the rest is done.
pub const NOT_OVER: [&str; 8] = [
    "resolved",
    "deescalated",
    "triage",
    "in_tech",
    "back_to_cs",
    "awaiting_context",
    "agent_to_finish",
    "ready_to_close",
];

/// The lane that goes with a state.
fn lane_of(state: &str) -> &'static str {
    match state {
        "triage" | "back_to_cs" | "agent_to_finish" | "ready_to_close" => "cs",
        "in_tech" => "tech",
        _ => "",
    }
}

/// Checks the lane of any ticket.
pub fn go_together(facts: &Facts<'_>, checks: &mut Checks) {
    let (lane, state) = (facts.value("escalation_lane"), facts.value("escalation_state"));
    checks.that(facts.number(), lane == lane_of(state), || format!("lane `{lane}` does not go with state `{state}`"));
}

/// Checks a ticket that is there.
pub fn judge(facts: &Facts<'_>, checks: &mut Checks) {
    let state = facts.value("escalation_state");
    let Some(last) = facts.last() else {
        checks.that(facts.number(), state.is_empty(), || format!("never escalated, and its state is `{state}`"));
        return;
    };
    // What its workflows were at when it was deleted, nobody takes up again.
    if facts.was_deleted {
        return;
    }
    let states = facts.states_since(last.start);
    let (kind, is_confirmed) = (facts.value("escalation_type"), facts.is_confirmed());
    let expected: &[&str] = match (kind, last.cleared, facts.closed_at()) {
        // Closed as spam and not cleared: nobody takes it up again.
        (_, None, Some(closed)) if facts.is_spam() && closed >= last.start => &["deescalated"],
        (_, None, _) if facts.is_spam() => &["deescalated", "resolved", ""],
        ("tech", None, _) if is_confirmed && facts.is_decided_after_tech() => {
            &["in_tech", "agent_to_finish", "ready_to_close"]
        }
        ("tech", None, _) if is_confirmed => &["in_tech"],
        // Cleared and set again within a minute, it begins anew with the Shift Lead.
        ("shift_lead", None, _) if states.contains("in_tech") && !states.contains("deescalated") => {
            &["back_to_cs", "agent_to_finish", "ready_to_close"]
        }
        ("shift_lead", None, _) => match states.contains("in_tech") {
            true => &["triage", "back_to_cs", "agent_to_finish", "ready_to_close"],
            false => &["triage", "agent_to_finish", "ready_to_close"],
        },
        (_, None, _) => &[],
        _ if states.contains("resolved") => &["resolved"],
        (_, Some(_), None) if was_reopened(facts) => &NOT_OVER,
        (_, Some(_), None) => &["deescalated"],
        _ if facts.is_spam() => &["deescalated"],
        _ => &NOT_OVER,
    };
    let is_unseen = state.is_empty() && is_over_before_it_began(facts);
    checks.that(facts.number(), expected.contains(&state) || is_unseen, || {
        format!("Escalation Type `{kind}` (confirmed: {is_confirmed}), state `{state}` instead of one of {expected:?}")
    });
}

impl Facts<'_> {
    /// Whether a Shift Lead decided on it after Tech was done with it.
    pub fn is_decided_after_tech(&self) -> bool {
        let start = self.last().map(|it| it.start);
        let done = self.statuses.iter().find(|it| it.value == "Done" && Some(it.at) >= start).map(|it| it.at);
        done.is_some_and(|done| self.reviews.iter().any(|it| *it >= done))
    }
}

/// Whether we opened it again since it was cleared: then somebody is still at work on it.
fn was_reopened(facts: &Facts<'_>) -> bool {
    facts.reopenings().any(|at| facts.last().is_some_and(|it| at >= it.start))
}

/// It was cleared before anything was written about it.
fn is_over_before_it_began(facts: &Facts<'_>) -> bool {
    facts.last().is_some_and(|it| it.cleared.is_some()) && facts.states.is_empty()
}
