//! Which escalation of a ticket this is, from the history of its Escalation Type, and where it stands.

mod state;

use jiff::{SignedDuration, Timestamp};

pub use state::{Event, State, after};

/// A clearing that is taken back within this time, to the very end of it, was a slip of the hand or
/// two workflows at odds: the escalation goes on, and whatever was sent for it is not sent again.
pub const DEBOUNCE: SignedDuration = SignedDuration::from_secs(60);

/// One entry of a property's history. A blank value is a clearing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When the value was set.
    pub at: Timestamp,
    /// The value.
    pub value: String,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escalation {
    /// Escalation Type is empty.
    NotEscalated {
        /// How many escalations there have been.
        cycles: u32,
        /// When the last one was cleared; `None` if the history does not tell.
        cleared_at: Option<Timestamp>,
    },
    /// Escalation Type is set.
    Open {
        /// The how-manieth escalation of the ticket this is, from 1.
        number: u32,
        /// When Escalation Type was set.
        started_at: Timestamp,
        /// When the escalation before this one was cleared: what was written earlier belongs to that one.
        previous_cleared_at: Option<Timestamp>,
    },
}

/// Counts the transitions from empty to set. The order of the history does not matter, and entries
/// that come later never change an earlier escalation's number.
///
/// The current value is the truth where the history lags behind it or is missing: a value that no
/// entry explains was set at `otherwise_started_at`. HubSpot keeps a limited number of entries, so the
/// number of a ticket that was escalated very often counts from the oldest entry that is left.
pub fn current(history: &[Change], current_value: &str, otherwise_started_at: Timestamp) -> Escalation {
    let mut changes: Vec<(Timestamp, bool)> = history.iter().map(|it| (it.at, is_set(&it.value))).collect();
    // Of entries of one instant the clearing goes first: it is then taken back at once.
    changes.sort_unstable();

    let mut cycles = Cycles::default();
    for (at, set) in changes {
        if set { cycles.set(at) } else { cycles.clear(at) }
    }
    match (is_set(current_value), cycles.open) {
        (true, false) => {
            let cleared_at = cycles.cleared_at.unwrap_or(Timestamp::MIN);
            cycles.set(otherwise_started_at.max(cleared_at));
        }
        (false, true) => {
            return Escalation::NotEscalated { cycles: cycles.number, cleared_at: None };
        }
        _ => {}
    }
    match cycles.started_at {
        Some(started_at) if cycles.open => {
            Escalation::Open { number: cycles.number, started_at, previous_cleared_at: cycles.previous_cleared_at }
        }
        _ => Escalation::NotEscalated { cycles: cycles.number, cleared_at: cycles.cleared_at },
    }
}

/// The escalations up to some moment.
#[derive(Default)]
struct Cycles {
    number: u32,
    open: bool,
    started_at: Option<Timestamp>,
    cleared_at: Option<Timestamp>,
    previous_cleared_at: Option<Timestamp>,
}

impl Cycles {
    fn set(&mut self, at: Timestamp) {
        if self.open {
            return;
        }
        self.open = true;
        let taken_back = self.cleared_at.is_some_and(|it| at.duration_since(it) <= DEBOUNCE);
        if taken_back && self.number > 0 {
            return;
        }
        self.number += 1;
        self.started_at = Some(at);
        self.previous_cleared_at = self.cleared_at;
    }

    fn clear(&mut self, at: Timestamp) {
        // A second clearing in a row clears nothing; a first entry that clears ends what is no longer kept.
        if self.open || self.cleared_at.is_none() {
            self.open = false;
            self.cleared_at = Some(at);
        }
    }
}

fn is_set(value: &str) -> bool {
    !value.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    fn history(entries: &[(i64, &str)]) -> Vec<Change> {
        entries.iter().map(|(second, value)| Change { at: at(*second), value: (*value).to_owned() }).collect()
    }

    /// The value that the newest entry leaves.
    fn latest(entries: &[(i64, &'static str)]) -> &'static str {
        entries.iter().max_by_key(|it| (it.0, is_set(it.1))).map_or("", |it| it.1)
    }

    #[track_caller]
    fn check(entries: &[(i64, &'static str)], expected: Escalation) {
        assert_eq!(current(&history(entries), latest(entries), at(999)), expected);
    }

    fn open(number: u32, started: i64, previous_cleared: Option<i64>) -> Escalation {
        Escalation::Open { number, started_at: at(started), previous_cleared_at: previous_cleared.map(at) }
    }

    fn closed(cycles: u32, cleared: Option<i64>) -> Escalation {
        Escalation::NotEscalated { cycles, cleared_at: cleared.map(at) }
    }

    #[test]
    fn a_ticket_that_was_never_escalated_is_not_escalated() {
        check(&[], closed(0, None));
        check(&[(0, "")], closed(0, Some(0)));
    }

    #[test]
    fn each_setting_after_a_clearing_opens_the_next_escalation() {
        check(&[(0, "shift_lead")], open(1, 0, None));
        check(&[(0, "shift_lead"), (100, "")], closed(1, Some(100)));
        check(&[(0, "shift_lead"), (100, ""), (500, "shift_lead")], open(2, 500, Some(100)));
        check(&[(0, "a"), (100, ""), (500, "b"), (900, ""), (2000, "c")], open(3, 2000, Some(900)));
    }

    #[test]
    fn going_to_tech_and_back_is_the_same_escalation() {
        check(&[(0, "shift_lead"), (100, "tech"), (900, "shift_lead")], open(1, 0, None));
        check(&[(0, "shift_lead"), (100, "shift_lead")], open(1, 0, None));
    }

    #[test]
    fn blanks_count_as_empty() {
        check(&[(0, "shift_lead"), (100, " \u{a0}\n"), (500, "shift_lead")], open(2, 500, Some(100)));
        assert_eq!(current(&history(&[(0, "shift_lead"), (100, "")]), "  ", at(999)), closed(1, Some(100)));
        check(&[(0, "shift_lead"), (100, ""), (200, " "), (500, "shift_lead")], open(2, 500, Some(100)));
    }

    #[test]
    fn a_clearing_taken_back_within_a_minute_goes_on_with_the_same_escalation() {
        for gap in [0, 1, 59, 60] {
            check(&[(0, "shift_lead"), (100, ""), (100 + gap, "tech")], open(1, 0, None));
        }
        check(&[(0, "shift_lead"), (100, ""), (161, "tech")], open(2, 161, Some(100)));
        check(&[(0, "a"), (100, ""), (150, "a"), (200, ""), (250, "a"), (300, "")], closed(1, Some(300)));
        check(&[(0, "a"), (100, ""), (500, "a"), (510, ""), (520, "a")], open(2, 500, Some(100)));
        let nanosecond = SignedDuration::from_nanos(1);
        let late = |extra| {
            let mut changes = history(&[(0, "a"), (100, ""), (160, "a")]);
            changes[2].at += extra;
            current(&changes, "a", at(999))
        };
        assert_eq!(late(SignedDuration::ZERO), open(1, 0, None));
        assert!(matches!(late(nanosecond), Escalation::Open { number: 2, .. }));
    }

    #[test]
    fn an_empty_first_entry_is_not_an_escalation_taken_back() {
        check(&[(0, ""), (5, "shift_lead")], open(1, 5, Some(0)));
    }

    #[test]
    fn the_current_value_is_the_truth() {
        assert_eq!(current(&[], "shift_lead", at(999)), open(1, 999, None));
        let cleared = history(&[(0, "a"), (100, "")]);
        assert_eq!(current(&cleared, "shift_lead", at(999)), open(2, 999, Some(100)));
        assert_eq!(current(&cleared, "shift_lead", at(130)), open(1, 0, None));
        assert_eq!(current(&cleared, "shift_lead", at(50)), open(1, 0, None));
        assert_eq!(current(&history(&[(0, "a")]), "", at(999)), closed(1, None));
        assert_eq!(current(&history(&[(0, "a"), (100, ""), (500, "a")]), "", at(999)), closed(2, None));
        assert_eq!(current(&history(&[(100, ""), (500, "a")]), "a", at(999)), open(1, 500, Some(100)));
    }

    #[test]
    fn entries_of_one_instant_count_once() {
        check(&[(0, "a"), (100, ""), (100, "b")], open(1, 0, None));
        check(&[(0, "a"), (100, "b"), (100, "")], open(1, 0, None));
        check(&[(0, "a"), (0, "a")], open(1, 0, None));
    }

    fn entries() -> impl Strategy<Value = Vec<(i64, &'static str)>> {
        let value = proptest::sample::select(vec!["", "", " ", "shift_lead", "tech"]);
        proptest::collection::vec((0..600_i64, value), 0..12)
    }

    proptest! {
        #[test]
        fn the_order_of_the_history_does_not_matter((sorted, shuffled) in entries().prop_flat_map(|it| {
            (Just(it.clone()), Just(it).prop_shuffle())
        }), value in proptest::sample::select(vec!["", "tech"])) {
            prop_assert_eq!(current(&history(&sorted), value, at(999)), current(&history(&shuffled), value, at(999)));
        }

        #[test]
        fn later_entries_never_change_an_earlier_number(entries in entries(), later in entries()) {
            let mut all = entries.clone();
            let mut last = current(&history(&all), latest(&all), at(9_999));
            for (second, value) in later {
                all.push((all.iter().map(|it| it.0).max().unwrap_or(0) + 1 + second % 120, value));
                let next = current(&history(&all), latest(&all), at(9_999));
                match (last, next) {
                    (Escalation::Open { number, started_at, .. }, Escalation::Open { number: then, started_at: start, .. }) => {
                        prop_assert_eq!((number, started_at), (then, start));
                    }
                    (Escalation::Open { number, .. }, Escalation::NotEscalated { cycles, .. }) => prop_assert_eq!(number, cycles),
                    (Escalation::NotEscalated { cycles, .. }, Escalation::Open { number, .. }) => {
                        prop_assert!(number > 0 && (cycles..=cycles + 1).contains(&number));
                    }
                    (Escalation::NotEscalated { cycles, .. }, Escalation::NotEscalated { cycles: then, .. }) => {
                        prop_assert_eq!(cycles, then);
                    }
                }
                last = next;
            }
        }

        #[test]
        fn the_numbers_count_the_settings_that_are_far_enough_apart(gaps in proptest::collection::vec((1..600_i64, 1..200_i64), 1..8)) {
            let (mut entries, mut now) = (Vec::new(), 0);
            let mut expected = 0;
            for (index, (pause, held)) in gaps.iter().enumerate() {
                now += pause;
                expected += u32::from(index == 0 || *pause > 60);
                entries.push((now, "shift_lead"));
                now += held;
                entries.push((now, ""));
            }
            prop_assert_eq!(current(&history(&entries), "", at(99_999)), closed(expected, Some(now)));
        }
    }
}
