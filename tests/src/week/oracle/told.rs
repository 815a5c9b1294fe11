//! Every agent hears what they must, and nothing that is not so.

use jiff::SignedDuration;

use super::Checks;
use super::facts::{Cycle, Facts, may_be_comment};
use crate::week::texts::has_all;
use crate::world::hubspot::id::Source;

/// What our feedback begins with.
const FEEDBACK: [&str; 4] = ["Not with the Shift Lead", "could not find", "five headings", "called at once"];

/// Checks a ticket that is there.
pub fn judge(facts: &Facts<'_>, checks: &mut Checks) {
    if facts.cycles.is_empty() {
        let ours = facts.ours().count();
        checks.that(facts.number(), ours == 0, || format!("never escalated, and {ours} notes of ours"));
        return;
    }
    let put_back = facts.kinds.iter().filter(|it| matches!(it.source, Source::App(_))).count();
    let told = facts.ours().filter(|it| it.body.contains("Escalation Type was set to")).count();
    checks.that(facts.number(), told >= put_back, || format!("put back {put_back} times, and {told} notes say so"));
    if let Some(first) = facts.cycles.first() {
        is_spared(facts, *first, checks);
    }
    if let Some(last) = facts.last().filter(|it| it.cleared.is_none() && !facts.was_deleted) {
        is_asked(facts, last, checks);
        is_accepted(facts, last, checks);
    }
}

fn feedback<'a>(facts: &'a Facts<'_>, cycle: Cycle) -> Vec<&'a crate::world::hubspot::Note> {
    FEEDBACK.iter().flat_map(|it| facts.notes_of(cycle.number, it)).collect()
}

/// Who wrote everything before they escalated is asked for nothing.
fn is_spared(facts: &Facts<'_>, cycle: Cycle, checks: &mut Checks) {
    let is_edited = facts.story.acts.iter().any(|it| it.1 == "EditNote");
    let mut before = facts.notes.iter().filter(|it| it.author.is_some() && it.at <= cycle.start);
    if !is_edited && before.any(|it| has_all(&it.body)) {
        let asked = feedback(facts, cycle).len();
        checks.that(facts.number(), asked == 0, || {
            format!("all was written before it was escalated, and {asked} notes ask for more")
        });
    }
}

/// Who wrote nothing is asked for it, where the workflow took it up when it began.
fn is_asked(facts: &Facts<'_>, cycle: Cycle, checks: &mut Checks) {
    let late = cycle.start + SignedDuration::from_mins(5);
    let is_taken_up = facts.taken_up.iter().any(|it| *it >= cycle.start && *it <= late);
    let has_comment = facts.notes.iter().any(|it| it.author.is_some() && may_be_comment(&it.body));
    let has_spoken = facts.story.acts.iter().any(|it| it.1 == "CommentAll");
    let is_left = !facts.kinds.iter().any(|it| it.at > cycle.start && it.at <= late);
    if is_taken_up && is_left && !has_comment && !has_spoken {
        let asked = feedback(facts, cycle).len();
        checks.that(facts.number(), asked > 0, || "no comment, and no note asks for one".to_owned());
    }
}

/// Who was asked for something hears that the Shift Lead has it now.
fn is_accepted(facts: &Facts<'_>, cycle: Cycle, checks: &mut Checks) {
    let Ok(accepted) = facts.value("escalation_accepted_at").parse::<jiff::Timestamp>() else { return };
    let was_asked = feedback(facts, cycle).iter().any(|it| it.at < accepted);
    if was_asked && facts.value("escalation_state") == "triage" {
        let told = facts.notes_of(cycle.number, "With the Shift Lead").len();
        checks.that(facts.number(), told > 0, || "asked for more, accepted, and no note says so".to_owned());
    }
}
