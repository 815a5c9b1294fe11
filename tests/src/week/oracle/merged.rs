//! Escalations go on when their tickets are merged, and nothing is done again.

use super::Checks;
use super::facts::Facts;
use super::lanes::NOT_OVER;
use crate::week::Week;

/// Checks a ticket that others were merged into.
pub fn judge(week: &Week, facts: &Facts<'_>, checks: &mut Checks) {
    let ours =
        super::issues::ours(week, &facts.story.formerly).len() + super::issues::ours(week, &[facts.ticket]).len();
    let sent = facts.story.acts.iter().filter(|it| it.1 == "SendToTech").count();
    checks.that(facts.number(), ours <= sent, || format!("sent to Tech {sent} times, and there are {ours} issues"));
    // What its workflows were at when it was deleted, nobody takes up again.
    if facts.was_deleted {
        return;
    }
    let (kind, state) = (facts.value("escalation_type"), facts.value("escalation_state"));
    let expected: &[&str] = match kind {
        _ if facts.is_spam() => &["deescalated", "resolved", ""],
        "tech" if facts.is_decided_after_tech() => &["in_tech", "agent_to_finish", "ready_to_close"],
        "tech" => &["in_tech"],
        "shift_lead" => &["triage", "back_to_cs", "agent_to_finish", "ready_to_close"],
        _ if facts.closed_at().is_none() && facts.reopenings().next().is_none() => &["resolved", "deescalated", ""],
        _ if state.is_empty() => &[""],
        _ => &NOT_OVER,
    };
    checks.that(facts.number(), expected.contains(&state), || {
        format!("merged, Escalation Type `{kind}`, and state `{state}` instead of one of {expected:?}")
    });
    let is_named = facts.story.acts.iter().any(|it| it.1.starts_with("Name"));
    if kind == "tech" && state == "in_tech" && !is_named {
        super::issues::is_known(week, facts, checks);
    }
}
