//! How urgent an escalation is: its triggers, its level, its priority. People have the last word.

use super::lane::Lane;
use super::level::{Level, Priority};
use super::trigger::Trigger;

/// The triggers of an escalation: those that are ticked, and those that were found, less what a person
/// took off again.
pub fn triggers(ticked: &[Trigger], once_ticked: &[Trigger], found: &[Trigger]) -> Vec<Trigger> {
    let was_taken_off = |it: &Trigger| once_ticked.contains(it) && !ticked.contains(it);
    let mut triggers: Vec<_> = ticked.iter().chain(found).copied().filter(|it| !was_taken_off(it)).collect();
    triggers.sort_unstable();
    triggers.dedup();
    triggers
}

/// The level of an escalation; what a person chose stands. `executive` are the triggers that make it a
/// matter of level 4.
pub fn level(chosen: Option<Level>, lane: Option<Lane>, triggers: &[Trigger], executive: &[Trigger]) -> Level {
    match chosen {
        Some(level) => level,
        None if triggers.iter().any(|it| executive.contains(it)) => Level::Executive,
        None if lane == Some(Lane::Tech) => Level::Tech,
        None => Level::ShiftLead,
    }
}

/// The priority to raise a ticket to, `None` where it stays: it is never lowered, and what a person
/// lowered is not raised again. `had` are the priorities since the escalation began.
pub fn raised(present: Option<Priority>, had: &[Priority], wanted: Option<Priority>) -> Option<Priority> {
    wanted.filter(|wanted| present.iter().chain(had).all(|it| it < wanted))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXECUTIVE: &[Trigger] = &[Trigger::Legal, Trigger::Outage];

    #[test]
    fn what_was_found_is_added_to_what_is_ticked() {
        use Trigger::{Bug, Legal, ManagerRequest};
        assert_eq!(triggers(&[], &[], &[Legal]), [Legal]);
        assert_eq!(triggers(&[Bug], &[Bug], &[ManagerRequest, Bug, Legal]), [Legal, Bug, ManagerRequest]);
    }

    #[test]
    fn what_a_person_took_off_stays_off() {
        use Trigger::{Bug, Legal};
        assert_eq!(triggers(&[], &[Legal], &[Legal]), []);
        assert_eq!(triggers(&[Bug], &[Legal, Bug], &[Legal]), [Bug]);
        assert_eq!(triggers(&[Legal], &[Legal], &[]), [Legal]);
    }

    #[test]
    fn the_level_follows_the_lane_and_what_is_at_stake() {
        assert_eq!(level(None, None, &[], EXECUTIVE), Level::ShiftLead);
        assert_eq!(level(None, Some(Lane::Cs), &[Trigger::Bug], EXECUTIVE), Level::ShiftLead);
        assert_eq!(level(None, Some(Lane::Tech), &[Trigger::Bug], EXECUTIVE), Level::Tech);
        assert_eq!(level(None, Some(Lane::Tech), &[Trigger::Legal], EXECUTIVE), Level::Executive);
        assert_eq!(level(Some(Level::ShiftLead), Some(Lane::Tech), &[Trigger::Legal], EXECUTIVE), Level::ShiftLead);
    }

    #[test]
    fn a_priority_is_raised_once() {
        use Priority::{High, Low, Medium, Urgent};
        assert_eq!(raised(None, &[], Some(High)), Some(High));
        assert_eq!(raised(Some(Low), &[Low], Some(High)), Some(High));
        assert_eq!(raised(Some(Low), &[Low, High, Low], Some(High)), None);
        assert_eq!(raised(Some(Low), &[Low, High, Low], Some(Urgent)), Some(Urgent));
        assert_eq!(raised(Some(Medium), &[], Some(Medium)), None);
        assert_eq!(raised(Some(Urgent), &[], Some(High)), None);
        assert_eq!(raised(Some(Low), &[], None), None);
    }

    proptest! {
        #[test]
        fn a_priority_is_never_lowered(present in priority(), had in proptest::collection::vec(known(), 0..4), wanted in priority()) {
            if let Some(raised) = raised(present, &had, wanted) {
                prop_assert!(present.is_none_or(|it| it < raised));
                prop_assert_eq!(raised_again(raised, &had, wanted), None);
            }
        }
    }

    fn raised_again(present: Priority, had: &[Priority], wanted: Option<Priority>) -> Option<Priority> {
        raised(Some(present), had, wanted)
    }

    fn known() -> impl Strategy<Value = Priority> {
        proptest::sample::select(Priority::ALL.to_vec())
    }

    fn priority() -> impl Strategy<Value = Option<Priority>> {
        proptest::option::of(known())
    }
}
