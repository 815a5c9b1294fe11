//! Nothing is resolved that lacks a criterion, and nothing that has all three is left.

use jiff::{SignedDuration, Timestamp};

use super::Checks;
use super::facts::{Cycle, Facts, is_closed, is_lead};
use crate::world::hubspot::id::Source;

/// Between a reading and what was written because of it.
const READING: SignedDuration = SignedDuration::from_secs(30);

impl Facts<'_> {
    /// When we opened it again.
    pub fn reopenings(&self) -> impl Iterator<Item = Timestamp> {
        let pairs = self.stages.windows(2);
        let ours = pairs.filter(|it| is_closed(&it[0].value) && !is_closed(&it[1].value));
        ours.filter(|it| matches!(it[1].source, Source::App(_))).map(|it| it[1].at)
    }

    /// When a Shift Lead looked at an escalation: a comment, or Tech.
    fn looks(&self, cycle: Cycle) -> impl Iterator<Item = Timestamp> {
        let sent = self.kinds.iter().filter(|it| it.value == "tech" && is_lead(&it.source)).map(|it| it.at);
        self.reviews.iter().copied().chain(sent).filter(move |it| *it >= cycle.start)
    }

    /// When its issue was done.
    fn done(&self) -> impl Iterator<Item = Timestamp> {
        self.statuses.iter().filter(|it| it.value == "Done").map(|it| it.at)
    }

    /// Whether somebody may have told the customer about this escalation by then.
    fn may_be_told(&self, cycle: Cycle, by: Timestamp) -> bool {
        let first = self.looks(cycle).chain(self.done()).min().map(|it| it.max(cycle.start));
        let counts = |it: &&super::facts::Spoken| {
            it.at <= by && it.at >= cycle.start && (it.by_lead || first.is_some_and(|first| it.at >= first))
        };
        self.spoken.iter().any(|it| counts(&it)) || self.words_since(cycle.start, by)
    }

    /// Whether somebody said in the property, in this escalation, that the customer was told.
    fn words_since(&self, start: Timestamp, by: Timestamp) -> bool {
        self.story.acts.iter().any(|it| it.1.starts_with("Say") && it.0 >= start && it.0 <= by)
    }

    /// Whether the customer was told about it beyond doubt, after all that a Shift Lead and Tech did, by then.
    fn is_told(&self, cycle: Cycle, by: Timestamp) -> bool {
        let looks: Vec<Timestamp> = self.looks(cycle).collect();
        let last = looks.iter().copied().chain(self.done()).max();
        let after = |it: Timestamp| last.is_none_or(|last| it >= last) && it <= by;
        let spoken = self.spoken.iter().filter(|it| it.at >= cycle.start && after(it.at));
        spoken.into_iter().any(|it| it.by_lead || !looks.is_empty()) || self.word.is_some_and(|it| it.1)
    }

    /// Whether it was closed at some moment shortly before this one.
    fn was_closed(&self, at: Timestamp) -> bool {
        let mut then = self.stages.iter().filter(|it| it.at <= at);
        let recent = then.clone().filter(|it| it.at >= at - READING).chain(then.rfind(|it| it.at < at - READING));
        recent.into_iter().any(|it| is_closed(&it.value))
    }
}

/// Checks a ticket that is there.
pub fn judge(facts: &Facts<'_>, checks: &mut Checks) {
    for it in facts.states.iter().filter(|it| it.value == "resolved") {
        let cycle = facts.cycles.iter().rfind(|cycle| cycle.start <= it.at).copied();
        let is_cleared = cycle.is_some_and(|cycle| cycle.cleared.is_some_and(|at| at <= it.at));
        let is_told = cycle.is_some_and(|cycle| facts.may_be_told(cycle, it.at));
        let is_closed = facts.was_closed(it.at);
        checks.that(facts.number(), is_cleared && is_told && is_closed, || {
            format!("resolved at {}, and cleared: {is_cleared}, told: {is_told}, closed: {is_closed}", it.at)
        });
        let number = cycle.map_or(0, |it| it.number);
        let notes = facts.notes_of(number, &format!("Escalation #{number} resolved")).len();
        checks
            .that(facts.number(), notes == 1, || format!("escalation #{number} is resolved, and {notes} notes say so"));
    }
    is_left(facts, checks);
    for cycle in &facts.cycles {
        let next = facts.cycles.iter().find(|it| it.number == cycle.number + 1).map_or(Timestamp::MAX, |it| it.start);
        let opened = facts.reopenings().filter(|it| *it >= cycle.start && *it < next).count();
        let told = facts.notes_of(cycle.number, "Reopened:").len();
        checks.that(facts.number(), opened <= 1 && opened <= told, || {
            format!("in escalation #{} reopened {opened} times, and {told} notes say so", cycle.number)
        });
    }
}

/// What was closed for good is resolved, or says what is missing.
fn is_left(facts: &Facts<'_>, checks: &mut Checks) {
    let (Some(cycle), Some(closed)) = (facts.last(), facts.closed_at()) else { return };
    // What was closed before it was escalated, nobody closed too early.
    if facts.is_spam() || facts.was_deleted || (cycle.cleared.is_none() && closed < cycle.start) {
        return;
    }
    let is_resolved = facts.states_since(cycle.start).contains("resolved");
    if let Some(cleared) = cycle.cleared {
        let is_told = facts.is_told(cycle, closed.max(cleared));
        checks.that(facts.number(), is_resolved || !is_told, || {
            format!("told, cleared at {cleared} and closed at {closed}, and not resolved")
        });
    }
    let missing = facts.value("closure_missing");
    let notes = facts.notes_of(cycle.number, "Reopened:").len() + facts.notes_of(cycle.number, "Closed, but not").len();
    checks.that(facts.number(), is_resolved || (!missing.is_empty() && notes > 0), || {
        format!("closed at {closed} and not resolved; missing: `{missing}`, {notes} notes say so")
    });
}
