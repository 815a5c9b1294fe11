//! Targets as an administrator writes them, and what they come to.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::super::business_time::{Frame, Pause, Week};
use super::*;

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn target(text: &str) -> Target {
    text.parse().unwrap()
}

fn london() -> Calendar {
    let day = vec![Frame::parse("09:00", "17:30").unwrap()];
    let week: Week = std::array::from_fn(|it| if it < 5 { day.clone() } else { Vec::new() });
    let holiday: Date = "2026-12-25".parse().unwrap();
    Calendar::new(TimeZone::get("Europe/London").unwrap(), &week, &[holiday]).unwrap()
}

fn targets() -> Targets {
    Targets {
        review: ReviewTargets {
            immediate: target("30m always"),
            senior: None,
            shift_lead: target("2h"),
            tech: target("1 day"),
            executive: target("1h"),
        },
        resolve: ResolveTargets {
            low: None,
            medium: Some(target("3 days")),
            high: Some(target("1 day")),
            urgent: Some(target("1 day")),
            otherwise: target("5 days"),
        },
    }
}

fn pause(from: &str, until: &str) -> Pause {
    Pause { from: at(from), until: at(until) }
}

#[track_caller]
fn due(text: &str, start: &str, pauses: &[Pause], expected: &str) {
    assert_eq!(target(text).due_at(at(start), &london(), pauses), at(expected));
}

#[track_caller]
fn used(text: &str, percent: u8, start: &str, pauses: &[Pause], expected: &str) {
    assert_eq!(target(text).used_at(percent, at(start), &london(), pauses), at(expected));
}

#[test]
fn a_target_is_written_as_people_write_it() {
    for (written, kept) in [
        ("30m always", "30m always"),
        ("24h always", "24h always"),
        ("2h", "2h"),
        ("90m", "1h 30m"),
        ("1h 30m", "1h 30m"),
        (" 1h   0m ", "1h"),
        ("0h 45m", "45m"),
        ("1 day", "1 day"),
        ("3 days", "3 days"),
        ("1 days", "1 day"),
        ("365 days", "365 days"),
        ("8760h", "8760h"),
    ] {
        assert_eq!(target(written).to_string(), kept, "{written}");
    }
    assert_ne!(target("24h"), target("24h always"));
}

#[test]
fn what_is_no_target_is_refused_with_what_to_write() {
    let refused = |text: &str| text.parse::<Target>().unwrap_err();
    for text in ["", "always", "2", "h", "2 h", "2h 1h", "30m 2h", "1.5h", "-1h", "1 day always", "2d", "2 weeks", "2H"]
    {
        let wrong = refused(text);
        assert!(wrong.contains("is no target") && wrong.contains("as in \"1h 30m\""), "{text}: {wrong}");
    }
    for text in [
        "0m",
        "0h 0m",
        "0 days",
        "0m always",
        "366 days",
        "8761h",
        "8760h 1m",
        "99999999999999999999h",
        "99999999999 days",
    ] {
        assert!(refused(text).ends_with("at least a minute and at most a year"), "{text}: {}", refused(text));
    }
}

#[test]
fn time_around_the_clock_takes_no_notice_of_hours() {
    due("30m always", "2026-01-10T03:00:00Z", &[], "2026-01-10T03:30:00Z");
    due("30m", "2026-01-10T03:00:00Z", &[], "2026-01-12T09:30:00Z");
    let paused = [pause("2026-01-10T03:10:00Z", "2026-01-10T04:00:00Z")];
    due("30m always", "2026-01-10T03:00:00Z", &paused, "2026-01-10T04:20:00Z");
}

#[test]
fn working_days_wait_for_the_business_time_of_pauses() {
    due("1 day", "2026-01-05T10:00:00Z", &[], "2026-01-06T10:00:00Z");
    let hour = pause("2026-01-05T12:00:00Z", "2026-01-05T13:00:00Z");
    due("1 day", "2026-01-05T10:00:00Z", &[hour], "2026-01-06T11:00:00Z");
    due("1 day", "2026-01-05T10:00:00Z", &[hour, hour], "2026-01-06T11:00:00Z");
    let night = pause("2026-01-05T17:30:00Z", "2026-01-06T08:00:00Z");
    due("1 day", "2026-01-05T10:00:00Z", &[night], "2026-01-06T10:00:00Z");
    let over_the_end = pause("2026-01-06T09:30:00Z", "2026-01-06T12:00:00Z");
    due("1 day", "2026-01-05T10:00:00Z", &[over_the_end], "2026-01-06T12:30:00Z");
    let after = pause("2026-01-06T10:00:00Z", "2026-01-06T12:00:00Z");
    due("1 day", "2026-01-05T10:00:00Z", &[after], "2026-01-06T10:00:00Z");
    let still = pause("2026-01-06T09:30:00Z", "9999-12-30T22:00:00.999999999Z");
    due("1 day", "2026-01-05T10:00:00Z", &[still], "9999-12-30T22:00:00.999999999Z");
}

#[test]
fn a_warning_comes_when_its_part_of_the_time_is_used_up() {
    used("2h", 75, "2026-01-05T10:00:00Z", &[], "2026-01-05T11:30:00Z");
    used("2h", 75, "2026-01-05T16:30:00Z", &[], "2026-01-06T09:30:00Z");
    used("2h", 75, "2026-01-10T12:00:00Z", &[], "2026-01-12T10:30:00Z");
    used("2h", 100, "2026-01-05T10:00:00Z", &[], "2026-01-05T12:00:00Z");
    used("30m always", 50, "2026-01-10T03:00:00Z", &[], "2026-01-10T03:15:00Z");
    // A working day from ten to ten is eight and a half hours.
    used("1 day", 50, "2026-01-05T10:00:00Z", &[], "2026-01-05T14:15:00Z");
    let hour = [pause("2026-01-05T11:00:00Z", "2026-01-05T12:00:00Z")];
    used("2h", 75, "2026-01-05T10:00:00Z", &hour, "2026-01-05T12:30:00Z");
    used("1 day", 50, "2026-01-05T10:00:00Z", &hour, "2026-01-05T15:15:00Z");
}

#[test]
fn each_level_has_its_review_target() {
    let targets = targets();
    for (level, expected) in
        [(Level::Senior, "2h"), (Level::ShiftLead, "2h"), (Level::Tech, "1 day"), (Level::Executive, "1h")]
    {
        let start = at("2026-01-05T10:00:00Z");
        assert_eq!(targets.in_force(level, None, false, start, &london()).review, target(expected), "{level:?}");
    }
    let with_seniors = ReviewTargets { senior: Some(target("4h")), ..targets.review };
    assert_eq!(with_seniors.of(Level::Senior), target("4h"));
}

#[test]
fn each_priority_has_its_resolve_target() {
    let targets = targets().resolve;
    assert_eq!(targets.of(Some(Priority::Urgent)), target("1 day"));
    assert_eq!(targets.of(Some(Priority::High)), target("1 day"));
    assert_eq!(targets.of(Some(Priority::Medium)), target("3 days"));
    assert_eq!(targets.of(Some(Priority::Low)), target("5 days"));
    assert_eq!(targets.of(None), target("5 days"));
    let low = ResolveTargets { low: Some(target("10 days")), ..targets };
    assert_eq!((low.of(Some(Priority::Low)), low.of(None)), (target("10 days"), target("5 days")));
}

#[test]
fn after_an_immediate_trigger_the_target_that_is_due_first_applies() {
    let review = |level, start| targets().in_force(level, None, true, at(start), &london()).review;
    assert_eq!(review(Level::ShiftLead, "2026-01-05T10:00:00Z"), target("30m always"));
    assert_eq!(review(Level::ShiftLead, "2026-01-10T03:00:00Z"), target("30m always"));
    let mut short = targets();
    short.review.executive = target("15m");
    let review = |start| short.in_force(Level::Executive, None, true, at(start), &london()).review;
    assert_eq!(review("2026-01-05T10:00:00Z"), target("15m"), "in hours the level's own is sooner");
    assert_eq!(review("2026-01-10T03:00:00Z"), target("30m always"), "at night it is not");
}

fn any_target() -> impl Strategy<Value = Target> {
    let bounded = |most: u32| (1..=most).prop_map(|it| it.try_into().unwrap());
    prop_oneof![
        bounded(525_600).prop_map(Target::Always),
        bounded(525_600).prop_map(Target::Business),
        bounded(365).prop_map(Target::WorkingDays),
    ]
}

proptest! {
    #[test]
    fn a_target_is_read_back_from_its_own_text(it in any_target()) {
        prop_assert_eq!(it.to_string().parse(), Ok(it));
    }

    #[test]
    fn no_text_is_too_strange(text in "[0-9hmays ]{0,12}|\\PC{0,12}") {
        if let Ok(target) = text.parse::<Target>() {
            prop_assert_eq!(target.to_string().parse(), Ok(target));
        }
    }

    #[test]
    fn a_warning_is_never_later_than_what_it_warns_of(
        it in any_target(), minute in 0..20_000_i64, percent in 0..=100_u8, paused in 0..5_000_i64, length in 0..5_000_i64,
    ) {
        let start = at("2026-03-20T00:00:00Z") + SignedDuration::from_mins(minute);
        let from = start + SignedDuration::from_mins(paused);
        let pauses = [Pause { from, until: from + SignedDuration::from_mins(length) }];
        let due = it.due_at(start, &london(), &pauses);
        let warned = it.used_at(percent, start, &london(), &pauses);
        prop_assert!(start <= warned && warned <= due, "{start} {warned} {due}");
        prop_assert!(it.due_at(start, &london(), &[]) <= due);
    }
}
