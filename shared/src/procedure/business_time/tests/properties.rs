//! What holds for all calendars, held against a clock that is looked at every quarter of an hour.

use proptest::prelude::*;

use super::*;

const QUARTER: i64 = 15 * 60;

/// From and until, in quarters of an hour since midnight; beyond a day where it ends the next morning.
type Quarters = [Vec<(i64, i64)>; 7];

/// A zone, its hours and holidays, and a moment near one of its changes of the clock.
#[derive(Debug, Clone)]
struct Case {
    zone: TimeZone,
    hours: Quarters,
    holidays: Vec<Date>,
    calendar: Calendar,
    start: Timestamp,
}

impl Case {
    /// Whether the clock on the wall shows a time within a frame.
    fn is_open(&self, at: Timestamp) -> bool {
        let shown = self.zone.to_datetime(at);
        if self.holidays.contains(&shown.date()) {
            return false;
        }
        let quarter = (i64::from(shown.hour()) * 60 + i64::from(shown.minute())) / 15;
        let today = usize::try_from(shown.weekday().to_monday_zero_offset()).unwrap();
        let is_in = |day: usize, quarter: i64| self.hours[day].iter().any(|it| (it.0..it.1).contains(&quarter));
        is_in(today, quarter) || is_in((today + 6) % 7, quarter + 96)
    }

    /// The next quarters of an hour, each with whether it is open and outside of all pauses.
    fn quarters(&self, start: Timestamp, pauses: &[Pause]) -> impl Iterator<Item = (Timestamp, bool)> {
        (0..).map(move |it| {
            let at = start + SignedDuration::from_secs(it * QUARTER);
            let paused = pauses.iter().any(|it| it.from <= at && at < it.until);
            (at, self.is_open(at) && !paused)
        })
    }
}

fn quarters(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count * QUARTER)
}

fn frame(from: i64, until: i64) -> Frame {
    let clock = |it: i64| format!("{:02}:{:02}", it / 4, it % 4 * 15);
    Frame::parse(&clock(from), &clock(if until > 96 { until - 96 } else { until })).unwrap()
}

fn day() -> impl Strategy<Value = Vec<(i64, i64)>> {
    let frames = proptest::collection::btree_set(0..=96_i64, 0..6).prop_map(|cuts| {
        let cuts: Vec<i64> = cuts.into_iter().collect();
        cuts.chunks_exact(2).map(|it| (it[0], it[1])).collect()
    });
    prop_oneof![
        2 => Just(Vec::new()),
        4 => Just(vec![(36, 70)]),
        2 => (60..96_i64, 97..120_i64).prop_map(|it| vec![it]),
        4 => frames,
    ]
}

fn case() -> impl Strategy<Value = Case> {
    let changes = [
        ("Europe/London", "2026-03-29T01:00:00Z"),
        ("Europe/London", "2026-10-25T01:00:00Z"),
        ("America/New_York", "2026-03-08T07:00:00Z"),
        ("America/New_York", "2026-11-01T06:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30:00Z"),
        ("America/St_Johns", "2026-11-01T04:30:00Z"),
        ("Asia/Kathmandu", "2026-01-05T00:15:00Z"),
        ("Asia/Kolkata", "2026-01-05T00:00:00Z"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z"),
        ("UTC", "2026-01-05T00:00:00Z"),
    ];
    let week = proptest::array::uniform7(day());
    let holidays = proptest::collection::vec(-6..12_i64, 0..4);
    (proptest::sample::select(changes.to_vec()), week, holidays, -600..200_i64).prop_filter_map(
        "frames overlap or there are none",
        |((zone, change), hours, holidays, ahead)| {
            let (zone, change) = (TimeZone::get(zone).unwrap(), at(change));
            let date = |it: i64| zone.to_datetime(change + SignedDuration::from_hours(24 * it)).date();
            let holidays: Vec<Date> = holidays.into_iter().map(date).collect();
            let week = hours.each_ref().map(|it| it.iter().map(|it| frame(it.0, it.1)).collect());
            let calendar = Calendar::new(zone.clone(), &week, &holidays).ok().filter(|it| !it.is_always())?;
            Some(Case { zone: zone.clone(), hours, holidays, calendar, start: change + quarters(ahead) })
        },
    )
}

/// Pauses near a moment, given in quarters after it.
fn paused(start: Timestamp, pauses: &[(i64, i64)]) -> Vec<Pause> {
    pauses.iter().map(|it| Pause { from: start + quarters(it.0), until: start + quarters(it.0 + it.1) }).collect()
}

fn pause_list() -> impl Strategy<Value = Vec<(i64, i64)>> {
    proptest::collection::vec((-40..400_i64, -3..120_i64), 0..5)
}

/// Any length up to some weeks of business time, not only whole seconds.
fn business() -> impl Strategy<Value = SignedDuration> {
    (0..400_000_i64, 0..1_000_000_000_i32).prop_map(|(seconds, nanos)| SignedDuration::new(seconds, nanos))
}

proptest! {
    #[test]
    fn the_clock_on_the_wall_says_whether_it_is_open(case in case(), after in 0..1_000_i64) {
        let at = case.start + quarters(after);
        prop_assert_eq!(case.calendar.is_open(at), case.is_open(at));
    }

    #[test]
    fn elapsed_is_the_time_that_was_open_and_not_paused(case in case(), length in 0..1_500_i64, pauses in pause_list()) {
        let pauses = paused(case.start, &pauses);
        let open = case.quarters(case.start, &pauses).take(usize::try_from(length).unwrap()).filter(|it| it.1).count();
        let elapsed = case.calendar.elapsed(case.start, case.start + quarters(length), &pauses);
        prop_assert_eq!(elapsed, quarters(i64::try_from(open).unwrap()));
    }

    #[test]
    fn due_is_the_first_moment_at_which_the_time_is_used_up(case in case(), wanted in 0..150_i64, pauses in pause_list()) {
        let pauses = paused(case.start, &pauses);
        let mut open = case.quarters(case.start, &pauses).take(60 * 96).filter(|it| it.1).map(|it| it.0);
        let expected = match usize::try_from(wanted).unwrap() {
            0 => open.next(),
            wanted => open.nth(wanted - 1).map(|it| it + quarters(1)),
        };
        let due = case.calendar.due(case.start, quarters(wanted), &pauses);
        prop_assert!(expected.is_none_or(|it| it == due), "{due} but {expected:?}");
    }

    #[test]
    fn an_offset_back_is_the_last_moment_since_which_the_time_was_used_up(case in case(), wanted in 1..150_i64) {
        let back = |it: i64| case.start - quarters(it);
        let mut open = (1..60 * 96).map(back).filter(|it| case.is_open(*it));
        let expected = open.nth(usize::try_from(wanted).unwrap() - 1);
        let offset = case.calendar.offset(case.start, -quarters(wanted));
        prop_assert!(expected.is_none_or(|it| it == offset), "{offset} but {expected:?}");
    }

    /// For any `a`, and any `b` that is more than nothing. (With nothing for `b` the first of two equal
    /// times, a closing, would move to the next opening: nothing at all begins when it opens.)
    #[test]
    fn time_adds_up(case in case(), a in business(), b in business(), pauses in pause_list()) {
        let b = b + SignedDuration::from_nanos(1);
        let pauses = paused(case.start, &pauses);
        let due = |start, time| case.calendar.due(start, time, &pauses);
        prop_assert_eq!(due(due(case.start, a), b), due(case.start, a + b));
    }

    #[test]
    fn what_is_due_has_elapsed_exactly_then(case in case(), time in business(), pauses in pause_list()) {
        let pauses = paused(case.start, &pauses);
        let due = case.calendar.due(case.start, time, &pauses);
        prop_assert_eq!(case.calendar.elapsed(case.start, due, &pauses), time);
        if !time.is_zero() {
            let before = case.calendar.elapsed(case.start, due - SignedDuration::from_nanos(1), &pauses);
            prop_assert_eq!(before, time - SignedDuration::from_nanos(1));
        }
        let back = case.calendar.offset(case.start, -time);
        prop_assert_eq!(case.calendar.elapsed(back, case.start, &[]), time);
    }

    #[test]
    fn later_starts_and_longer_times_are_due_later(case in case(), time in business(), more in business(), pauses in pause_list()) {
        let pauses = paused(case.start, &pauses);
        let due = case.calendar.due(case.start, time, &pauses);
        prop_assert!(due >= case.start);
        prop_assert!(due <= case.calendar.due(case.start, time + more, &pauses));
        prop_assert!(due <= case.calendar.due(case.start + more, time, &pauses));
        prop_assert!(case.calendar.due(case.start, time, &[]) <= due, "a pause never makes it due earlier");
    }

    #[test]
    fn pauses_count_once_in_any_order(case in case(), time in business(), (pauses, shuffled) in pause_list().prop_flat_map(|it| {
        (Just(it.clone()), Just(it).prop_shuffle())
    })) {
        let pauses = paused(case.start, &pauses);
        let twice = [paused(case.start, &shuffled), pauses.clone()].concat();
        prop_assert_eq!(case.calendar.due(case.start, time, &pauses), case.calendar.due(case.start, time, &twice));
    }

    #[test]
    fn elapsed_times_add_up(case in case(), a in 0..800_000_i64, b in 0..800_000_i64) {
        let middle = case.start + SignedDuration::from_secs(a);
        let end = middle + SignedDuration::from_secs(b);
        let elapsed = |from, until| case.calendar.elapsed(from, until, &[]);
        prop_assert_eq!(elapsed(case.start, middle) + elapsed(middle, end), elapsed(case.start, end));
    }

    #[test]
    fn working_days_add_up_where_every_day_has_the_same_hours(days in 1..30_i32, more in 1..30_i32, start in 0..40_000_i64) {
        let start = at("2026-01-01T00:00:00Z") + quarters(start);
        let calendar = london();
        let due = |start, days| calendar.due_working_days(start, days, SignedDuration::ZERO);
        prop_assert_eq!(due(due(start, days), more), due(start, days + more));
        let begin = calendar.due(start, SignedDuration::ZERO, &[]);
        prop_assert_eq!(due(due(start, days), -days), begin);
    }
}
