//! The rules, one by one.

use super::*;

/// Times as the clock on the wall of the calendar shows them, with its offset.
#[track_caller]
fn due(calendar: &Calendar, start: &str, business: &str, expected: &str) {
    assert_eq!(shown(calendar, calendar.due(at(start), span(business), &[])), expected);
}

#[track_caller]
fn offset(calendar: &Calendar, from: &str, business: &str, expected: &str) {
    assert_eq!(shown(calendar, calendar.offset(at(from), span(business))), expected);
}

#[track_caller]
fn working_days(calendar: &Calendar, start: &str, days: i32, expected: &str) {
    assert_eq!(shown(calendar, calendar.due_working_days(at(start), days, SignedDuration::ZERO)), expected);
}

#[track_caller]
fn elapsed(calendar: &Calendar, start: &str, end: &str, expected: &str) {
    assert_eq!(calendar.elapsed(at(start), at(end), &[]), span(expected));
}

fn shown(calendar: &Calendar, time: Timestamp) -> String {
    time.to_zoned(calendar.time_zone().clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

#[test]
fn an_opening_is_open_and_a_closing_is_not() {
    let calendar = london();
    for (time, open) in [
        ("2026-01-05T08:59:59Z", false),
        ("2026-01-05T09:00:00Z", true),
        ("2026-01-05T17:29:59.999999999Z", true),
        ("2026-01-05T17:30:00Z", false),
        ("2026-01-03T12:00:00Z", false),
        ("2026-12-25T12:00:00Z", false),
        ("2026-12-24T12:00:00Z", true),
    ] {
        assert_eq!(calendar.is_open(at(time)), open, "{time}");
    }
}

#[test]
fn time_is_used_up_in_hours_only() {
    let calendar = london();
    due(&calendar, "2026-01-05T10:00:00Z", "2h", "2026-01-05T12:00:00+00:00");
    due(&calendar, "2026-01-05T16:30:00Z", "2h", "2026-01-06T10:00:00+00:00");
    due(&calendar, "2026-01-09T17:00:00Z", "1h", "2026-01-12T09:30:00+00:00");
    due(&calendar, "2026-01-05T17:29:59.5Z", "1s", "2026-01-06T09:00:00+00:00");
    due(&calendar, "2026-12-24T17:00:00Z", "1h", "2026-12-29T09:30:00+00:00");
}

#[test]
fn what_is_used_up_at_closing_is_due_at_closing() {
    let calendar = london();
    due(&calendar, "2026-01-09T16:30:00Z", "1h", "2026-01-09T17:30:00+00:00");
    due(&calendar, "2026-01-09T09:00:00Z", "17h", "2026-01-12T17:30:00+00:00");
    due(&calendar, "2026-01-09T16:30:00Z", "1h 1s", "2026-01-12T09:00:01+00:00");
}

#[test]
fn out_of_hours_time_begins_at_the_next_opening() {
    let calendar = london();
    for start in ["2026-01-05T17:30:00Z", "2026-01-05T23:00:00Z", "2026-01-06T09:00:00Z"] {
        due(&calendar, start, "0s", "2026-01-06T09:00:00+00:00");
        due(&calendar, start, "1h", "2026-01-06T10:00:00+00:00");
        due(&calendar, start, "-5h", "2026-01-06T09:00:00+00:00");
    }
    due(&calendar, "2026-12-25T11:00:00Z", "0s", "2026-12-29T09:00:00+00:00");
}

#[test]
fn a_break_does_not_count() {
    let calendar = calendar("Europe/London", "mon-fri 09:00-12:00 13:00-17:00", &[]);
    due(&calendar, "2026-01-05T11:30:00Z", "1h", "2026-01-05T13:30:00+00:00");
    due(&calendar, "2026-01-05T11:30:00Z", "30m", "2026-01-05T12:00:00+00:00");
    due(&calendar, "2026-01-05T12:00:00Z", "0s", "2026-01-05T13:00:00+00:00");
    offset(&calendar, "2026-01-05T14:00:00Z", "-1h", "2026-01-05T13:00:00+00:00");
    elapsed(&calendar, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "7h");
    let touching = super::calendar("Europe/London", "mon-fri 09:00-12:00 12:00-17:00", &[]);
    assert!(touching.is_open(at("2026-01-05T12:00:00Z")));
    due(&touching, "2026-01-05T11:30:00Z", "1h", "2026-01-05T12:30:00+00:00");
}

#[test]
fn a_frame_over_midnight_goes_on_the_next_morning() {
    let nights = calendar("Europe/London", "mon-fri 22:00-06:00", &[]);
    let twice = calendar("Europe/London", "mon 22:00-24:00, tue-fri 00:00-06:00 22:00-24:00, sat 00:00-06:00", &[]);
    for calendar in [nights, twice] {
        assert!(!calendar.is_open(at("2026-01-05T05:00:00Z")), "Monday morning belongs to Sunday's night");
        assert!(calendar.is_open(at("2026-01-06T05:59:59Z")));
        assert!(calendar.is_open(at("2026-01-10T05:59:59Z")));
        due(&calendar, "2026-01-05T23:00:00Z", "2h", "2026-01-06T01:00:00+00:00");
        due(&calendar, "2026-01-09T23:00:00Z", "8h", "2026-01-12T23:00:00+00:00");
        elapsed(&calendar, "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z", "40h");
    }
}

#[test]
fn on_a_holiday_nothing_is_open_from_midnight_to_midnight() {
    let calendar = calendar("Europe/London", "mon-sun 22:00-06:00", &["2026-12-25"]);
    due(&calendar, "2026-12-24T23:00:00Z", "2h", "2026-12-26T01:00:00+00:00");
    elapsed(&calendar, "2026-12-24T12:00:00Z", "2026-12-26T12:00:00Z", "8h");
}

#[test]
fn a_night_in_which_the_clock_changes_has_the_hours_that_really_pass() {
    let whole = calendar("Europe/London", "sun 00:00-24:00", &[]);
    elapsed(&whole, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z", "23h");
    elapsed(&whole, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z", "25h");
    let nights = calendar("America/New_York", "sat 22:00-06:00", &[]);
    elapsed(&nights, "2026-03-07T12:00:00Z", "2026-03-09T12:00:00Z", "7h");
    elapsed(&nights, "2026-10-31T12:00:00Z", "2026-11-02T12:00:00Z", "9h");
    due(&nights, "2026-03-08T03:00:00Z", "5h", "2026-03-08T04:00:00-04:00");
    due(&nights, "2026-11-01T02:00:00Z", "5h", "2026-11-01T02:00:00-05:00");
    let half_an_hour = calendar("Australia/Lord_Howe", "sun 00:00-24:00", &[]);
    elapsed(&half_an_hour, "2026-10-03T00:00:00Z", "2026-10-05T12:00:00Z", "23h 30m");
    elapsed(&half_an_hour, "2026-04-04T00:00:00Z", "2026-04-06T12:00:00Z", "24h 30m");
}

#[test]
fn nothing_is_open_at_a_time_of_day_that_the_clock_skips() {
    let skipped = calendar("Europe/London", "sun 01:00-02:00", &[]);
    due(&skipped, "2026-03-28T00:00:00Z", "0s", "2026-04-05T01:00:00+01:00");
    let partly = calendar("America/Los_Angeles", "sun 02:30-03:15, mon 09:00-17:00", &[]);
    due(&partly, "2006-04-02T08:00:00Z", "0s", "2006-04-02T03:00:00-07:00");
    elapsed(&partly, "2006-04-02T08:00:00Z", "2006-04-03T08:00:00Z", "15m");
}

#[test]
fn a_time_of_day_that_comes_twice_is_open_twice() {
    let calendar = calendar("Europe/London", "sun 01:15-01:45", &[]);
    elapsed(&calendar, "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z", "1h");
    due(&calendar, "2026-10-25T00:00:00Z", "40m", "2026-10-25T01:25:00+00:00");
    due(&calendar, "2026-10-25T00:00:00Z", "30m", "2026-10-25T01:45:00+01:00");
}

#[test]
fn a_date_that_a_zone_leaves_out_has_no_hours() {
    // Samoa went from Thursday 2011-12-29 to Saturday 2011-12-31.
    let samoa = calendar("Pacific/Apia", "mon-fri 09:00-17:00", &[]);
    due(&samoa, "2011-12-30T02:00:00Z", "2h", "2012-01-02T10:00:00+14:00");
}

#[test]
fn zones_with_parts_of_an_hour_keep_their_own_frames() {
    let kathmandu = calendar("Asia/Kathmandu", "sun 10:00-17:00, mon-fri 10:00-17:00", &[]);
    assert!(!kathmandu.is_open(at("2026-01-05T04:14:59Z")));
    assert!(kathmandu.is_open(at("2026-01-05T04:15:00Z")));
    due(&kathmandu, "2026-01-05T10:15:00Z", "2h", "2026-01-06T11:00:00+05:45");
}

#[test]
fn an_empty_calendar_is_always_open() {
    let empty = calendar("Europe/London", "", &["2026-01-06"]);
    assert!(empty.is_always());
    for calendar in [empty, Calendar::always()] {
        assert!(calendar.is_open(at("2026-01-06T03:00:00Z")));
        assert_eq!(calendar.due(at("2026-01-05T23:00:00Z"), span("2h"), &[]), at("2026-01-06T01:00:00Z"));
    }
    assert!(!london().is_always());
    assert!(!calendar("Europe/London", "mon-sun 00:00-24:00", &[]).is_always());
}

#[test]
fn only_the_business_time_of_a_pause_is_added() {
    let calendar = london();
    let due = |pauses: &[Pause]| calendar.due(at("2026-01-05T16:00:00Z"), span("1h"), pauses);
    for (paused, expected) in [
        (&[][..], "2026-01-05T17:00:00Z"),
        (&[("2026-01-05T16:15:00Z", "2026-01-05T16:30:00Z")], "2026-01-05T17:15:00Z"),
        (&[("2026-01-05T16:15:00Z", "2026-01-06T08:00:00Z")], "2026-01-06T09:45:00Z"),
        (&[("2026-01-05T18:00:00Z", "2026-01-06T08:00:00Z")], "2026-01-05T17:00:00Z"),
        (&[("2026-01-05T17:00:00Z", "2026-01-05T17:10:00Z")], "2026-01-05T17:00:00Z"),
        (&[("2026-01-05T16:59:59Z", "2026-01-05T17:10:00Z")], "2026-01-05T17:10:01Z"),
        (&[("2026-01-05T12:00:00Z", "2026-01-05T16:20:00Z")], "2026-01-05T17:20:00Z"),
        (&[("2026-01-05T16:30:00Z", "2026-01-05T16:10:00Z")], "2026-01-05T17:00:00Z"),
        (
            &[("2026-01-05T16:20:00Z", "2026-01-05T16:40:00Z"), ("2026-01-05T16:10:00Z", "2026-01-05T16:30:00Z")],
            "2026-01-05T17:30:00Z",
        ),
    ] {
        assert_eq!(due(&pauses(paused)), at(expected), "{paused:?}");
    }
    let still = [Pause { from: at("2026-01-05T16:15:00Z"), until: Timestamp::MAX }];
    assert_eq!(due(&still), Timestamp::MAX, "nothing falls due while it is paused");
}

#[test]
fn elapsed_time_leaves_pauses_out_and_never_runs_backwards() {
    let calendar = london();
    elapsed(&calendar, "2026-01-05T00:00:00Z", "2026-01-12T00:00:00Z", "42h 30m");
    elapsed(&calendar, "2026-01-12T00:00:00Z", "2026-01-05T00:00:00Z", "0s");
    elapsed(&calendar, "2026-01-05T10:00:00.25Z", "2026-01-05T10:00:01Z", "750ms");
    let paused = pauses(&[("2026-01-05T12:00:00Z", "2026-01-06T10:00:00Z")]);
    let time = calendar.elapsed(at("2026-01-05T11:00:00Z"), at("2026-01-06T11:00:00Z"), &paused);
    assert_eq!(time, span("2h"));
}

#[test]
fn an_offset_goes_both_ways() {
    let calendar = london();
    offset(&calendar, "2026-01-06T10:00:00Z", "-2h", "2026-01-05T16:30:00+00:00");
    offset(&calendar, "2026-01-06T10:00:00Z", "-1h", "2026-01-06T09:00:00+00:00");
    offset(&calendar, "2026-01-06T10:00:00Z", "2h", "2026-01-06T12:00:00+00:00");
    offset(&calendar, "2026-01-05T17:30:00Z", "1h", "2026-01-06T10:00:00+00:00");
    offset(&calendar, "2026-01-05T17:30:00Z", "-1h", "2026-01-05T16:30:00+00:00");
    offset(&calendar, "2026-01-12T08:00:00Z", "-30m", "2026-01-09T17:00:00+00:00");
    offset(&calendar, "2026-12-29T09:30:00Z", "-1h", "2026-12-24T17:00:00+00:00");
    offset(&calendar, "2026-03-30T09:00:00Z", "-2h", "2026-03-27T16:30:00+00:00");
    offset(&calendar, "2026-03-30T09:00:00Z", "-1h", "2026-03-30T09:00:00+01:00");
}

#[test]
fn no_offset_stays_in_hours_and_goes_to_the_last_closing_out_of_them() {
    let calendar = london();
    offset(&calendar, "2026-01-06T09:00:00Z", "0s", "2026-01-06T09:00:00+00:00");
    offset(&calendar, "2026-01-06T17:30:00Z", "0s", "2026-01-06T17:30:00+00:00");
    offset(&calendar, "2026-01-06T08:59:59Z", "0s", "2026-01-05T17:30:00+00:00");
    offset(&calendar, "2026-01-12T03:00:00Z", "0s", "2026-01-09T17:30:00+00:00");
}

#[test]
fn working_days_keep_the_time_of_day() {
    let calendar = london();
    working_days(&calendar, "2026-01-05T10:12:13Z", 1, "2026-01-06T10:12:13+00:00");
    working_days(&calendar, "2026-01-09T10:12:13Z", 1, "2026-01-12T10:12:13+00:00");
    working_days(&calendar, "2026-01-05T10:00:00Z", 5, "2026-01-12T10:00:00+00:00");
    working_days(&calendar, "2026-12-24T10:00:00Z", 1, "2026-12-29T10:00:00+00:00");
    working_days(&calendar, "2026-03-27T10:00:00Z", 1, "2026-03-30T10:00:00+01:00");
    working_days(&calendar, "2026-01-12T10:00:00Z", -1, "2026-01-09T10:00:00+00:00");
    working_days(&calendar, "2026-01-12T10:00:00Z", 0, "2026-01-12T10:00:00+00:00");
}

#[test]
fn working_days_that_start_out_of_hours_begin_at_the_next_opening() {
    let calendar = london();
    working_days(&calendar, "2026-01-05T07:00:00Z", 1, "2026-01-06T09:00:00+00:00");
    working_days(&calendar, "2026-01-05T17:30:00Z", 1, "2026-01-07T09:00:00+00:00");
    working_days(&calendar, "2026-01-10T12:00:00Z", 1, "2026-01-13T09:00:00+00:00");
    working_days(&calendar, "2026-12-25T12:00:00Z", 0, "2026-12-29T09:00:00+00:00");
    working_days(&calendar, "2026-01-10T12:00:00Z", -1, "2026-01-08T17:30:00+00:00");
}

#[test]
fn a_working_day_ends_at_its_last_closing_and_begins_when_the_clock_says_so() {
    let calendar = calendar("Europe/London", "mon 10:30-19:00, tue-fri 08:30-19:00, sat 09:00-12:00", &[]);
    working_days(&calendar, "2026-01-09T18:00:00Z", 1, "2026-01-10T12:00:00+00:00");
    working_days(&calendar, "2026-01-10T09:46:12Z", 1, "2026-01-12T09:46:12+00:00");
}

#[test]
fn a_working_day_of_a_night_desk_is_the_night_that_begins_on_it() {
    let nights = calendar("Europe/London", "mon-fri 22:00-06:00", &[]);
    working_days(&nights, "2026-01-05T23:00:00Z", 1, "2026-01-06T23:00:00+00:00");
    working_days(&nights, "2026-01-10T03:00:00Z", 1, "2026-01-13T03:00:00+00:00");
    working_days(&nights, "2026-01-09T23:00:00Z", 1, "2026-01-12T23:00:00+00:00");
}

#[test]
fn what_was_paused_is_added_to_working_days_as_business_time() {
    // Five days of which 49 h 30 min were spent waiting, with a late opening on Mondays.
    let calendar = calendar("UTC", "mon 10:30-19:00, tue-fri 08:30-19:00", &[]);
    let due = calendar.due_working_days(at("2034-06-07T10:00:00Z"), 5, span("49h 30m"));
    assert_eq!(due, at("2034-06-21T09:00:00Z"));
}

#[test]
fn a_time_of_day_that_the_clock_skips_or_repeats_is_still_one_moment() {
    let calendar = calendar("Europe/London", "mon-sun 00:00-24:00", &[]);
    working_days(&calendar, "2026-03-28T01:30:00Z", 1, "2026-03-29T02:30:00+01:00");
    working_days(&calendar, "2026-10-24T00:30:00Z", 1, "2026-10-25T01:30:00+01:00");
}

#[test]
fn frames_that_overlap_are_refused_by_name() {
    let overlap = |hours: &str| try_calendar("UTC", hours, &[]).map_err(|it| it.to_string()).unwrap_err();
    assert_eq!(
        overlap("tue 13:00-17:00 09:00-13:01"),
        "on Tuesday 09:00 to 13:01 and 13:00 to 17:00 overlap; make one frame of them"
    );
    assert_eq!(
        overlap("sun 22:00-06:00, mon 05:00-09:00"),
        "on Monday 00:00 to 06:00 and 05:00 to 09:00 overlap; make one frame of them"
    );
    assert!(try_calendar("UTC", "mon 22:00-24:00, tue 00:00-06:00 06:00-09:00", &[]).is_ok());
}

#[test]
fn a_frame_is_two_times_of_day() {
    let refused = |open, close| Frame::parse(open, close).unwrap_err();
    for wrong in ["9:00", "24:01", "23:60", "09.00", "", "09:00:00:00", "+9:00", "٠٩:00"] {
        assert!(refused(wrong, "17:00").contains("is no time of day"), "{wrong}");
    }
    assert!(refused("09:00", "09:00").contains("write 00:00 to 24:00"));
    assert!(refused("24:00", "06:00").contains("write 00:00 on the next day"));
    for (open, close, shown) in [
        ("09:00", "17:30", "09:00 to 17:30"),
        ("22:00", "06:00", "22:00 to 06:00"),
        ("00:00", "24:00", "00:00 to 24:00"),
    ] {
        assert_eq!(Frame::parse(open, close).unwrap().to_string(), shown);
    }
    assert!(Frame::parse("22:00", "06:00").unwrap().is_overnight());
    assert!(!Frame::parse("22:00", "24:00").unwrap().is_overnight());
    assert!(!Frame::parse("22:00", "00:00").unwrap().is_overnight());
}

#[test]
fn far_off_times_and_endless_durations_have_a_bounded_answer() {
    let minute_a_week = calendar("America/New_York", "wed 12:00-12:01", &["2026-01-07"]);
    let times = [Timestamp::MIN, at("2026-01-05T10:00:00Z"), Timestamp::MAX];
    let durations = [SignedDuration::MIN, SignedDuration::ZERO, span("1h"), SignedDuration::MAX];
    for calendar in [london(), minute_a_week, Calendar::always(), calendar("Pacific/Apia", "mon 00:00-24:00", &[])] {
        for start in times {
            for business in durations {
                let due = calendar.due(start, business, &[]);
                assert!(due >= start);
                let far = calendar.offset(start, business);
                assert_eq!(far >= start, business.is_positive() || far == start);
                calendar.due_working_days(start, 1, business);
            }
            for days in [i32::MIN, -1, 0, 1, i32::MAX] {
                calendar.due_working_days(start, days, SignedDuration::ZERO);
            }
            assert!(
                calendar.elapsed(Timestamp::MIN, start, &[]) <= calendar.elapsed(Timestamp::MIN, Timestamp::MAX, &[])
            );
        }
        let now = times[1];
        assert_eq!(calendar.due(now, SignedDuration::MAX, &[]), Timestamp::MAX);
        assert_eq!(calendar.offset(now, SignedDuration::MIN), Timestamp::MIN);
        assert_eq!(calendar.due_working_days(now, i32::MAX, SignedDuration::ZERO), Timestamp::MAX);
    }
}

#[test]
fn a_calendar_that_is_shut_for_years_opens_after_them() {
    let first: Date = "2026-01-01".parse().unwrap();
    let holidays: Vec<Date> = first.series(jiff::Span::new().days(1)).take(3653).collect();
    let calendar = Calendar::new(TimeZone::UTC, &week("mon-fri 09:00-17:00"), &holidays).unwrap();
    due(&calendar, "2026-01-05T10:00:00Z", "1h", "2036-01-02T10:00:00+00:00");
    offset(&calendar, "2036-01-02T10:00:00Z", "-90m", "2025-12-31T16:30:00+00:00");
    working_days(&calendar, "2025-12-31T10:00:00Z", 1, "2036-01-02T10:00:00+00:00");
}
