//! Nights, holidays, gaps, clocks that change; and who gets what.

use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;

use super::*;

const LONDON: &str = "Europe/London";
const NEW_YORK: &str = "America/New_York";

fn name(name: &str) -> Name {
    Name(name.to_owned())
}

fn time(text: &str) -> TimeOfDay {
    TimeOfDay::parse(text).unwrap()
}

fn shift(hours: &str, who: &str) -> Shift {
    let (from, to) = hours.split_once('-').unwrap();
    Shift { from: time(from), to: time(to), who: who.split(' ').map(name).collect() }
}

fn days(text: &str) -> Vec<Weekday> {
    const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let all: Vec<Weekday> = Weekday::Monday.cycle_forward().take(7).collect();
    let range = |it: &str| {
        let at = |day: &str| WEEK.iter().position(|it| *it == day).unwrap();
        let (first, last) = it.split_once('-').unwrap_or((it, it));
        all[at(first)..=at(last)].to_vec()
    };
    text.split(' ').flat_map(range).collect()
}

/// Rows of days, hours and people; a date in place of days is an exception, without hours for nobody.
fn rota(zone: &str, rows: &[&str]) -> Rota {
    let zone = TimeZone::get(zone).unwrap();
    let mut rota = Rota { zone, shifts: Vec::new(), exceptions: BTreeMap::new() };
    for row in rows {
        let (when, what) = row.split_once(": ").unwrap_or((row, ""));
        let (hours, who) = what.split_once(' ').unwrap_or_default();
        match when.parse::<Date>() {
            Ok(date) => {
                let shifts = rota.exceptions.entry(date).or_default();
                shifts.extend((!who.is_empty()).then(|| shift(hours, who)));
            }
            Err(_) => rota.shifts.push(WeeklyShift { days: days(when), shift: shift(hours, who) }),
        }
    }
    rota
}

/// At which instants, in UTC, who is on duty until when in local time.
#[track_caller]
fn check(rota: &Rota, rows: &[(&str, &str)]) {
    for (now, expected) in rows {
        let until = |it: OnDuty| match it.until {
            Some(until) => format!("{} until {}", it.name, rota.zone.to_datetime(until).strftime("%a %H:%M")),
            None => format!("{} always", it.name),
        };
        let found: Vec<String> = rota.on_duty(now.parse().unwrap()).into_iter().map(until).collect();
        assert_eq!(found.join(", "), *expected, "at {now}");
    }
}

/// How long somebody is on duty who begins at an instant, in UTC.
#[track_caller]
fn lasts(rota: &Rota, start: &str, hours: i64) {
    let start: Timestamp = start.parse().unwrap();
    let before = start - SignedDuration::from_nanos(1);
    assert_eq!(rota.on_duty(before), [], "already on duty before {start}");
    let until = rota.on_duty(start)[0].until.unwrap();
    assert_eq!(until.duration_since(start), SignedDuration::from_hours(hours), "from {start}");
    assert_eq!(rota.on_duty(until), [], "still on duty at {until}");
}

#[test]
fn times_are_read_to_the_minute() {
    for (text, minutes) in [("00:00", 0), ("9:05", 545), ("09:05", 545), ("23:59", 1_439), ("24:00", 1_440)] {
        assert_eq!(TimeOfDay::parse(text), Some(TimeOfDay(minutes)), "{text}");
    }
    for text in [
        "", ":", "9", "09", "9:5", "9:60", "24:01", "25:00", "-1:00", "+9:00", "09:00:00", "09.00", "0x:00", "99999:00",
    ] {
        assert_eq!(TimeOfDay::parse(text), None, "{text}");
    }
}

#[test]
fn a_shift_includes_its_first_instant_and_not_its_last() {
    let rota = rota("UTC", &["mon-fri: 09:00-18:00 Dana"]);
    check(
        &rota,
        &[
            ("2026-01-05T08:59:59.999999999Z", ""),
            ("2026-01-05T09:00:00Z", "Dana until Mon 18:00"),
            ("2026-01-05T17:59:59.999999999Z", "Dana until Mon 18:00"),
            ("2026-01-05T18:00:00Z", ""),
            ("2026-01-10T12:00:00Z", ""),
            ("2026-01-11T12:00:00Z", ""),
        ],
    );
}

#[test]
fn a_night_shift_belongs_to_the_day_on_which_it_begins() {
    let rota = rota(LONDON, &["fri: 22:00-06:00 Noor"]);
    check(
        &rota,
        &[
            ("2026-01-09T05:00:00Z", ""),
            ("2026-01-09T21:59:59Z", ""),
            ("2026-01-09T22:00:00Z", "Noor until Sat 06:00"),
            ("2026-01-10T00:00:00Z", "Noor until Sat 06:00"),
            ("2026-01-10T05:59:59Z", "Noor until Sat 06:00"),
            ("2026-01-10T06:00:00Z", ""),
            ("2026-01-10T22:00:00Z", ""),
        ],
    );
}

#[test]
fn a_night_lasts_seven_or_nine_hours_when_the_clocks_change() {
    let london = rota(LONDON, &["mon-sun: 22:00-06:00 Noor"]);
    lasts(&london, "2026-03-27T22:00:00Z", 8);
    lasts(&london, "2026-03-28T22:00:00Z", 7);
    lasts(&london, "2026-03-29T21:00:00Z", 8);
    lasts(&london, "2026-10-23T21:00:00Z", 8);
    lasts(&london, "2026-10-24T21:00:00Z", 9);
    lasts(&london, "2026-10-25T22:00:00Z", 8);
    let new_york = rota(NEW_YORK, &["mon-sun: 22:00-06:00 Noor"]);
    lasts(&new_york, "2026-03-07T03:00:00Z", 8);
    lasts(&new_york, "2026-03-08T03:00:00Z", 7);
    lasts(&new_york, "2026-03-09T02:00:00Z", 8);
    lasts(&new_york, "2026-10-31T02:00:00Z", 8);
    lasts(&new_york, "2026-11-01T02:00:00Z", 9);
    lasts(&new_york, "2026-11-02T03:00:00Z", 8);
}

#[test]
fn a_shift_that_begins_or_ends_in_the_skipped_hour_does_so_at_the_skip() {
    let rota = rota(LONDON, &["sat: 22:00-01:30 Noor", "sun: 01:30-06:00 Omar"]);
    check(
        &rota,
        &[
            ("2026-03-29T00:59:59Z", "Noor until Sun 02:00"),
            ("2026-03-29T01:00:00Z", "Omar until Sun 06:00"),
            ("2026-03-29T04:59:59Z", "Omar until Sun 06:00"),
            ("2026-03-29T05:00:00Z", ""),
        ],
    );
}

#[test]
fn a_shift_that_begins_or_ends_in_the_repeated_hour_does_so_the_first_time() {
    let london = rota(LONDON, &["sat: 22:00-01:30 Noor", "sun: 01:30-06:00 Omar"]);
    check(
        &london,
        &[
            ("2026-10-25T00:29:59Z", "Noor until Sun 01:30"),
            ("2026-10-25T00:30:00Z", "Omar until Sun 06:00"),
            ("2026-10-25T01:15:00Z", "Omar until Sun 06:00"),
            ("2026-10-25T01:30:00Z", "Omar until Sun 06:00"),
            ("2026-10-25T06:00:00Z", ""),
        ],
    );
    let new_york = rota(NEW_YORK, &["sat: 22:00-01:30 Noor", "sun: 01:30-06:00 Omar"]);
    check(
        &new_york,
        &[
            ("2026-11-01T05:29:59Z", "Noor until Sun 01:30"),
            ("2026-11-01T05:30:00Z", "Omar until Sun 06:00"),
            ("2026-11-01T06:15:00Z", "Omar until Sun 06:00"),
        ],
    );
}

#[test]
fn a_shift_within_the_skipped_hour_is_not_worked() {
    let rota = rota(LONDON, &["sun: 01:00-02:00 Noor"]);
    check(&rota, &[("2026-03-29T00:59:59Z", ""), ("2026-03-29T01:00:00Z", "")]);
    lasts(&rota, "2026-10-25T00:00:00Z", 2);
}

#[test]
fn the_same_time_twice_is_round_the_clock() {
    let rota = rota(LONDON, &["sat: 09:00-09:00 Noor", "mon: 00:00-24:00 Omar", "wed: 00:00-00:00 Omar"]);
    check(
        &rota,
        &[
            ("2026-01-10T08:59:59Z", ""),
            ("2026-01-10T09:00:00Z", "Noor until Sun 09:00"),
            ("2026-01-11T08:59:59Z", "Noor until Sun 09:00"),
            ("2026-01-11T09:00:00Z", ""),
            ("2026-01-12T00:00:00Z", "Omar until Tue 00:00"),
            ("2026-01-12T23:59:59Z", "Omar until Tue 00:00"),
            ("2026-01-13T00:00:00Z", ""),
            ("2026-01-14T12:00:00Z", "Omar until Thu 00:00"),
        ],
    );
}

#[test]
fn people_on_duty_together_are_named_once_in_the_order_of_the_policy() {
    let rota =
        rota(LONDON, &["mon-sun: 22:00-10:00 Noor", "mon-fri: 09:00-18:00 Dana Omar", "mon: 08:00-12:00 Omar Noor"]);
    check(
        &rota,
        &[
            ("2026-01-12T09:30:00Z", "Noor until Mon 12:00, Dana until Mon 18:00, Omar until Mon 18:00"),
            ("2026-01-12T11:00:00Z", "Dana until Mon 18:00, Omar until Mon 18:00, Noor until Mon 12:00"),
            ("2026-01-13T11:00:00Z", "Dana until Tue 18:00, Omar until Tue 18:00"),
        ],
    );
}

#[test]
fn back_to_back_shifts_of_a_person_are_one() {
    let rota = rota(
        LONDON,
        &["mon: 13:00-18:00 Dana", "mon: 09:00-13:00 Dana", "mon: 18:00-24:00 Dana", "tue: 00:00-02:00 Dana"],
    );
    check(&rota, &[("2026-01-12T09:00:00Z", "Dana until Tue 02:00"), ("2026-01-12T23:00:00Z", "Dana until Tue 02:00")]);
    let split = self::rota(LONDON, &["mon: 09:00-12:59 Dana", "mon: 13:00-18:00 Dana"]);
    check(&split, &[("2026-01-12T09:00:00Z", "Dana until Mon 12:59"), ("2026-01-12T12:59:00Z", "")]);
}

#[test]
fn who_is_never_off_duty_has_no_end() {
    let rota = rota(LONDON, &["mon-sun: 00:00-24:00 Dana"]);
    check(&rota, &[("2026-01-12T09:00:00Z", "Dana always"), ("2026-03-29T01:30:00Z", "Dana always")]);
    let until_july = self::rota(LONDON, &["mon-sun: 00:00-24:00 Dana", "2026-07-01"]);
    check(&until_july, &[("2026-06-10T09:00:00Z", "Dana until Wed 00:00"), ("2026-05-10T09:00:00Z", "Dana always")]);
}

#[test]
fn an_exception_replaces_the_shifts_of_its_date_and_no_other() {
    let rota = rota(
        LONDON,
        &["mon-sun: 22:00-06:00 Noor", "mon-fri: 09:00-18:00 Dana", "2026-12-25", "2026-12-28: 10:00-14:00 Omar Dana"],
    );
    check(
        &rota,
        &[
            ("2026-12-24T12:00:00Z", "Dana until Thu 18:00"),
            // The night of the day before is worked to its end, the holiday's own is not.
            ("2026-12-25T05:59:59Z", "Noor until Fri 06:00"),
            ("2026-12-25T12:00:00Z", ""),
            ("2026-12-25T23:00:00Z", ""),
            ("2026-12-26T05:00:00Z", ""),
            ("2026-12-26T22:00:00Z", "Noor until Sun 06:00"),
            ("2026-12-28T09:30:00Z", ""),
            ("2026-12-28T10:00:00Z", "Omar until Mon 14:00, Dana until Mon 14:00"),
            ("2026-12-28T23:00:00Z", ""),
            ("2026-12-29T09:30:00Z", "Dana until Tue 18:00"),
        ],
    );
}

#[test]
fn a_rota_without_shifts_has_nobody_on_duty() {
    check(&rota(LONDON, &[]), &[("2026-01-12T09:00:00Z", "")]);
}

#[test]
fn the_ends_of_time_are_no_matter() {
    let rota = rota(LONDON, &["mon-sun: 00:00-24:00 Dana", "mon-sun: 22:00-06:00 Dana"]);
    for now in [Timestamp::MIN, Timestamp::MAX] {
        assert!(rota.on_duty(now).len() <= 1);
    }
}

fn candidate(who: &str, open: usize) -> Candidate {
    Candidate { name: name(who), active: true, open }
}

fn gone(who: &str) -> Candidate {
    Candidate { active: false, ..candidate(who, 0) }
}

#[track_caller]
fn chosen(on_duty: &[Candidate], fallback: Option<Candidate>, expected: Duty, deactivated: &[&str]) {
    let deactivated = deactivated.iter().map(|it| name(it)).collect();
    assert_eq!(choose(on_duty, fallback.as_ref(), 42), Choice { duty: expected, deactivated });
}

#[test]
fn the_one_on_duty_with_the_fewest_open_escalations_is_chosen() {
    let omar = || Duty::OnDuty(name("Omar"));
    chosen(&[candidate("Omar", 3)], None, omar(), &[]);
    chosen(&[candidate("Dana", 3), candidate("Omar", 2)], Some(candidate("Mia", 0)), omar(), &[]);
    chosen(&[gone("Dana"), candidate("Omar", 9)], None, omar(), &["Dana"]);
}

#[test]
fn without_anybody_on_duty_the_fallback_is_chosen_and_why_is_said() {
    let mia = || Some(candidate("Mia", 50));
    chosen(&[], mia(), Duty::Fallback(name("Mia"), Reason::Gap), &[]);
    chosen(&[gone("Dana")], mia(), Duty::Fallback(name("Mia"), Reason::Deactivated), &["Dana"]);
}

#[test]
fn where_nobody_can_that_is_said() {
    chosen(&[], None, Duty::Nobody(Reason::Gap, Lack::NoFallback), &[]);
    chosen(&[gone("Dana")], None, Duty::Nobody(Reason::Deactivated, Lack::NoFallback), &["Dana"]);
    chosen(&[], Some(gone("Mia")), Duty::Nobody(Reason::Gap, Lack::FallbackDeactivated), &["Mia"]);
    let both = Duty::Nobody(Reason::Deactivated, Lack::FallbackDeactivated);
    chosen(&[gone("Dana")], Some(gone("Mia")), both.clone(), &["Dana", "Mia"]);
    chosen(&[gone("Mia")], Some(gone("Mia")), both, &["Mia"]);
}

#[test]
fn equally_busy_people_get_equally_many_tickets_and_a_ticket_keeps_its_person() {
    let mut people = vec![candidate("Dana", 1), candidate("Omar", 1), candidate("Noor", 1)];
    let of = |people: &[Candidate], ticket| choose(people, None, ticket).duty;
    let mut counts = BTreeMap::new();
    let tickets = 5_100_000_000..5_100_003_000;
    tickets.clone().for_each(|ticket| *counts.entry(format!("{:?}", of(&people, ticket))).or_insert(0) += 1);
    assert!(counts.len() == 3 && counts.values().all(|it| (900..1_100).contains(it)), "{counts:?}");
    let before: Vec<Duty> = tickets.clone().map(|ticket| of(&people, ticket)).collect();
    people.reverse();
    assert_eq!(tickets.clone().map(|ticket| of(&people, ticket)).collect::<Vec<_>>(), before);
    // A third who comes on duty takes tickets of both, and moves none between them.
    people.retain(|it| it.name != name("Noor"));
    let two = tickets.map(|ticket| of(&people, ticket));
    assert!(two.zip(before).all(|(two, three)| two == three || three == Duty::OnDuty(name("Noor"))));
}

#[test]
fn the_lot_is_the_same_in_every_build() {
    let people = [candidate("Dana", 0), candidate("Omar", 0)];
    let of = |ticket| choose(&people, None, ticket).duty == Duty::OnDuty(name("Dana"));
    let danas: Vec<u64> = (5_100_000_001..=5_100_000_012).filter(|it| of(*it)).map(|it| it - 5_100_000_000).collect();
    assert_eq!(danas, [2, 3, 4, 5, 6, 11, 12]);
}

#[track_caller]
fn kept(present: (Option<&str>, bool, bool), on_duty: &[Candidate], fallback: Option<Candidate>, expected: bool) {
    let (who, active, reviewed) = present;
    let present = Present { name: who.map(name), active, reviewed };
    assert_eq!(stays(&present, on_duty, fallback.as_ref()), expected, "{present:?}");
}

#[test]
fn the_owner_does_not_flap() {
    let dana = [candidate("Dana", 4), candidate("Omar", 0)];
    let mia = || Some(candidate("Mia", 0));
    kept((Some("Dana"), true, false), &dana, mia(), true);
    kept((Some("Noor"), true, false), &dana, mia(), false);
    kept((Some("Noor"), true, true), &dana, mia(), true);
    kept((None, true, true), &dana, mia(), true);
    kept((None, true, false), &dana, mia(), false);
    kept((None, true, false), &[], mia(), false);
    kept((Some("Noor"), false, true), &dana, mia(), false);
    kept((Some("Mia"), true, false), &dana, mia(), false);
    kept((Some("Mia"), true, false), &[], mia(), true);
    kept((Some("Mia"), true, false), &[gone("Dana")], mia(), true);
    kept((Some("Mia"), false, false), &[], mia(), false);
    kept((Some("Noor"), true, false), &[], mia(), false);
    kept((Some("Noor"), true, false), &[], None, false);
}

const ZONES: [&str; 6] = [LONDON, NEW_YORK, "Asia/Kathmandu", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia"];

fn shifts() -> impl Strategy<Value = Vec<WeeklyShift>> {
    let who = proptest::collection::vec(proptest::sample::select(vec!["Dana", "Noor", "Omar"]), 1..3);
    let days = proptest::collection::vec(0_usize..7, 1..7);
    // Near midnight and the hours at which clocks change, and on the quarter: so that shifts meet.
    let time = || prop_oneof![0_i16..16, 80_i16..=96, 0_i16..=96].prop_map(|it| TimeOfDay(it * 15));
    let shift = (days, time(), time(), who).prop_map(|(days, from, to, who)| {
        let days = days.into_iter().map(|it| Weekday::Monday.wrapping_add(i32::try_from(it).unwrap())).collect();
        WeeklyShift { days, shift: Shift { from, to, who: who.into_iter().map(name).collect() } }
    });
    proptest::collection::vec(shift, 0..6)
}

fn rotas() -> impl Strategy<Value = Rota> {
    let date = (0_i64..200, 0_usize..3);
    let zone = proptest::sample::select(ZONES.to_vec());
    (zone, shifts(), shifts(), proptest::collection::vec(date, 0..4)).prop_map(|(zone, shifts, others, dates)| {
        let exception = |(days, kept): (i64, usize)| {
            let date = jiff::civil::date(2026, 2, 25) + days.days();
            (date, others.iter().take(kept).map(|it| it.shift.clone()).collect())
        };
        Rota { zone: TimeZone::get(zone).unwrap(), shifts, exceptions: dates.into_iter().map(exception).collect() }
    })
}

/// Instants of 2026, half of them near a change of the clocks.
fn instants() -> impl Strategy<Value = Timestamp> {
    let near = [
        "2026-03-08T07:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-04-04T15:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-11-01T06:00:00Z",
    ];
    let near = proptest::sample::select(near.map(|it| it.parse::<Timestamp>().unwrap().as_second()).to_vec());
    prop_oneof![
        (near, -720_i64..720).prop_map(|(second, minutes)| second + minutes * 60),
        (1_767_225_600_i64..1_798_761_600).prop_map(|it| it / 60 * 60),
    ]
    .prop_map(|it| Timestamp::from_second(it).unwrap())
}

/// The latest time that the clock has shown by then: a repeated hour is not read back.
fn reading(zone: &TimeZone, now: Timestamp) -> DateTime {
    (0..=180).map(|minutes| zone.to_datetime(now - SignedDuration::from_mins(minutes))).max().unwrap()
}

/// Whether the clock is inside one of somebody's shifts, by nothing but its reading.
fn inside(rota: &Rota, who: &Name, now: Timestamp) -> bool {
    let clock = reading(&rota.zone, now);
    let midnight = clock.date().to_datetime(jiff::civil::Time::midnight());
    let minute = clock.duration_since(midnight).as_mins();
    let begun_on = |date: Date| -> Vec<Shift> {
        let weekly = rota.shifts.iter().filter(|it| it.days.contains(&date.weekday())).map(|it| it.shift.clone());
        rota.exceptions.get(&date).cloned().unwrap_or_else(|| weekly.collect())
    };
    let covers = |days_ago: i64| {
        let minute = minute + days_ago * 1_440;
        let date = clock.date() - days_ago.days();
        begun_on(date).into_iter().filter(|it| it.who.contains(who)).any(|it| {
            let (from, to) = (i64::from(it.from.0), i64::from(it.to.0));
            let to = if to > from { to } else { to + 1_440 };
            (from..to).contains(&minute)
        })
    };
    (0..=2).any(covers)
}

proptest! {
    #[test]
    fn somebody_is_on_duty_exactly_when_the_clock_is_inside_a_shift(rota in rotas(), now in instants()) {
        let on_duty = rota.on_duty(now);
        for who in ["Dana", "Noor", "Omar"].map(name) {
            let times = on_duty.iter().filter(|it| it.name == who).count();
            prop_assert_eq!(times, usize::from(inside(&rota, &who, now)), "{}", who);
        }
    }

    #[test]
    fn until_is_the_first_instant_at_which_somebody_is_off_duty(rota in rotas(), now in instants()) {
        for it in rota.on_duty(now) {
            // All changes of shift and clock are on the quarter of an hour.
            let end = it.until.unwrap_or(now + SignedDuration::from_hours(24 * 30));
            let quarters = (1..).map(|quarter: i64| Timestamp::from_second((now.as_second() / 900 + quarter) * 900).unwrap());
            for at in quarters.take_while(|at| *at < end) {
                prop_assert!(inside(&rota, &it.name, at), "{} is off duty at {}", it.name, at);
            }
            if let Some(until) = it.until {
                prop_assert!(!inside(&rota, &it.name, until), "{} is on duty at {}", it.name, until);
            }
        }
    }

    #[test]
    fn who_is_chosen_stays(open in proptest::collection::vec((0_usize..4, any::<bool>()), 0..5), fallback in any::<Option<bool>>(), seed: u64) {
        let on_duty: Vec<Candidate> = open.iter().enumerate()
            .map(|(at, (open, active))| Candidate { name: name(&format!("P{at}")), active: *active, open: *open })
            .collect();
        let fallback = fallback.map(|active| Candidate { name: name("F"), active, open: 0 });
        let choice = choose(&on_duty, fallback.as_ref(), seed);
        if let Duty::OnDuty(who) | Duty::Fallback(who, _) = choice.duty {
            let present = Present { name: Some(who), active: true, reviewed: false };
            prop_assert!(stays(&present, &on_duty, fallback.as_ref()));
        }
    }
}
