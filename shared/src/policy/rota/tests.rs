//! What an administrator may write about shift leads and the rota, and what is said to them.

use jiff::Timestamp;

use super::super::{DEFAULT, Policy, SlackId};

const LEADS: &str = r#"
[[shift_leads]]
name = "Dana"
user_id = 7
slack = "U024BE7LH"
[[shift_leads]]
name = "Omar"
user_id = 8
[[shift_leads]]
name = "Nights"
team_id = 77
slack = "S0614TZR7"
"#;

/// The shipped policy with shift leads and more at its end.
fn with(more: &str) -> String {
    format!("{DEFAULT}{LEADS}{more}")
}

#[track_caller]
fn right(more: &str) -> Policy {
    Policy::parse(&with(more), "policy.toml").unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// The line of `more` at which it is wrong, and what is said.
#[track_caller]
fn check(more: &str, line: usize, expected: &str) {
    let before = with("").lines().count();
    let wrong = Policy::parse(&with(more), "my.toml").expect_err("it is wrong").to_string();
    assert!(wrong.starts_with(&format!("my.toml:{}: ", before + line)), "not line {line}: {wrong}");
    assert!(wrong.contains(expected), "said: {wrong}");
    assert!(wrong.ends_with(more.lines().nth(line - 1).unwrap().trim()), "said: {wrong}");
}

/// Who is on duty at instants in UTC.
#[track_caller]
fn on_duty(policy: &Policy, rows: &[(&str, &[&str])]) {
    for (now, expected) in rows {
        let now: Timestamp = now.parse().unwrap();
        let found: Vec<String> = policy.rota().on_duty(now).into_iter().map(|it| it.name.0).collect();
        assert_eq!(found, *expected, "at {now}");
    }
}

#[test]
fn the_shipped_policy_has_nobody() {
    let policy = Policy::shipped();
    assert!(policy.shift_leads.is_empty() && policy.fallback().is_none());
    on_duty(&policy, &[("2026-01-12T09:00:00Z", &[])]);
}

#[test]
fn the_example_in_the_shipped_policy_is_right_once_uncommented() {
    let start = DEFAULT.find("# [[shift_leads]]").unwrap();
    let end = start + DEFAULT[start..].find("\n\n\n# Every ticket pipeline").unwrap();
    // An example begins with a table's head; from there on each line is a key or closes a list.
    let mut is_example = false;
    let uncommented = DEFAULT[start..end].lines().map(|line| {
        let text = line.strip_prefix("# ").unwrap_or("");
        is_example = text.starts_with('[') || is_example && !text.is_empty();
        if is_example { text } else { "" }
    });
    let text = DEFAULT.replace(&DEFAULT[start..end], &uncommented.collect::<Vec<_>>().join("\n"));
    let policy = Policy::parse(&text, "policy.toml").unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(policy.shift_leads.len(), 3);
    assert_eq!(policy.fallback().unwrap().name.0, "Dana Whitfield");
    on_duty(
        &policy,
        &[
            ("2026-12-22T12:00:00Z", &["Dana Whitfield", "Omar Reyes"]),
            ("2026-12-25T12:00:00Z", &[]),
            ("2026-12-28T12:00:00Z", &["Omar Reyes"]),
            ("2026-12-28T17:00:00Z", &[]),
            ("2026-12-31T12:00:00Z", &["Dana Whitfield"]),
            ("2026-12-31T13:00:00Z", &["Omar Reyes"]),
            ("2027-01-02T05:00:00Z", &["Omar Reyes"]),
        ],
    );
}

#[test]
fn a_shift_lead_is_a_person_or_a_team() {
    let policy = right("");
    let ids: Vec<(u64, Option<u64>)> = policy.shift_leads.iter().map(|it| (it.mention_id, it.user_id())).collect();
    assert_eq!(ids, [(7, Some(7)), (8, Some(8)), (77, None)]);
    let slack: Vec<Option<String>> =
        policy.shift_leads.iter().map(|it| it.slack.as_ref().map(ToString::to_string)).collect();
    assert_eq!(slack, [Some("U024BE7LH".to_owned()), None, Some("S0614TZR7".to_owned())]);
    assert!(matches!(policy.shift_leads[2].slack, Some(SlackId::Group(_))));
    let lead = |rest: &str| format!("[[shift_leads]]\nname = \"Eve\"\n{rest}\n");
    check(&lead(""), 1, "Eve needs either `user_id` or `team_id`");
    check(&lead("user_id = 1\nteam_id = 2"), 1, "Eve needs either `user_id` or `team_id`");
    check(&lead("user_id = 1\nslack = \"@eve\""), 4, "`@eve` is neither a Slack member id");
    check(&lead("user_id = 1\nslack = \"C024BE7LH\""), 4, "Copy member ID");
    check(&lead("user_id = 1\nemail = \"eve@example.com\""), 4, "unknown field `email`");
    check("[[shift_leads]]\nname = \" \"\nuser_id = 1\n", 1, "a shift lead without a name");
}

#[test]
fn two_shift_leads_have_neither_a_name_nor_an_id_in_common() {
    check("[[shift_leads]]\nuser_id = 9\nname = \"Dana\"\n", 3, "two shift leads are called `Dana`");
    check("[[shift_leads]]\nname = \"Eve\"\nuser_id = 7\n", 2, "`Eve` has the id of `Dana`");
    // A user and a team are told apart.
    right("[[shift_leads]]\nname = \"Days\"\nteam_id = 7\n");
}

#[test]
fn who_is_a_shift_lead_by_themselves_or_by_a_team_may_send_to_tech() {
    let policy = right("");
    assert!(policy.is_shift_lead(7, &[]) && policy.is_shift_lead(1, &[5, 77]));
    assert!(!policy.is_shift_lead(77, &[7]) && !policy.is_shift_lead(1, &[]));
    assert!(policy.may_send_to_tech(8, &[], &[8]) && !policy.may_send_to_tech(1, &[5], &[]));
    let shipped = Policy::shipped();
    assert!(shipped.may_send_to_tech(1, &[], &[2, 3]) && !shipped.may_send_to_tech(2, &[], &[2, 3]));
    assert!(!shipped.is_shift_lead(1, &[]));
}

const SHIFT: &str = "[rota]\nfallback = \"Dana\"\n[[rota.shifts]]\ndays = [\"mon\"]\nfrom = \"22:00\"\nto = \"06:00\"\nwho = [\"Omar\"]\n";

#[test]
fn times_are_in_the_rotas_zone_and_without_one_in_the_teams() {
    on_duty(&right(SHIFT), &[("2026-06-08T21:00:00Z", &["Omar"]), ("2026-06-09T05:00:00Z", &[])]);
    let new_york = SHIFT.replace("[[rota", "time_zone = \"America/New_York\"\n[[rota");
    on_duty(&right(&new_york), &[("2026-06-09T01:59:59Z", &[]), ("2026-06-09T09:59:59Z", &["Omar"])]);
    check(&new_york.replace("New_York", "New York"), 3, "write an IANA name");
}

#[test]
fn wrong_shifts_are_refused_with_their_line_and_what_to_write() {
    let wrong = |from: &str, to: &str, line, expected: &str| check(&SHIFT.replace(from, to), line, expected);
    wrong("[\"mon\"]", "[\"mon\", \"Monday\"]", 4, "`Monday` is not a day; write some of \"mon\"");
    wrong("[\"mon\"]", "[]", 4, "on no day");
    wrong("\"22:00\"", "\"22\"", 5, "`22` is not a time of day; write \"09:00\"");
    wrong("\"22:00\"", "\"24:00\"", 5, "does not begin at 24:00");
    wrong("\"22:00\"", "22", 5, "neither a date nor a time");
    wrong("\"06:00\"", "\"24:01\"", 6, "`24:01` is not a time of day");
    wrong("\"06:00\"", "\"6 am\"", 6, "`6 am` is not a time of day");
    wrong("[\"Omar\"]", "[]", 7, "nobody is in this shift");
    wrong(
        "[\"Omar\"]",
        "[\"Omar\", \"Eve\"]",
        7,
        "`Eve` is no shift lead; write the name of a person from [[shift_leads]]: `Dana`, `Omar`",
    );
    wrong("[\"Omar\"]", "[\n  \"Omar\",\n  \"omar\",\n]", 9, "`omar` is no shift lead");
    wrong("[\"Omar\"]", "[\"Nights\"]", 7, "`Nights` is a team");
    wrong("\"Dana\"", "\"Eve\"", 2, "`Eve` is no shift lead");
    wrong("\"Dana\"", "\"Nights\"", 2, "`Nights` is a team");
    wrong("days", "day", 4, "unknown field `day`");
    wrong("[[rota.shifts]]", "[[rota.shift]]", 3, "unknown field `shift`");
}

#[test]
fn a_rota_with_shifts_has_a_fallback() {
    check(&SHIFT.replace("fallback = \"Dana\"", ""), 7, "the rota has shifts but no `fallback`");
    check("[[rota.exceptions]]\ndate = \"2026-12-25\"\nwho = [\"Omar\"]\n", 3, "no `fallback`");
    right("[[rota.exceptions]]\ndate = \"2026-12-25\"\nwho = []\n");
    assert_eq!(right("[rota]\nfallback = \"Omar\"\n").fallback().unwrap().user_id(), Some(8));
}

#[test]
fn an_exception_has_its_own_shifts_or_none() {
    let exception = |rest: &str| format!("{SHIFT}[[rota.exceptions]]\n{rest}\n");
    let monday = "date = \"2026-01-12\"\n";
    for (rest, evening) in [
        ("who = []", &[][..]),
        ("shifts = []", &[]),
        ("who = [\"Dana\"]", &["Dana"]),
        ("who = [\"Dana\"]\nfrom = \"23:00\"\nto = \"24:00\"", &["Dana"]),
        ("who = [\"Dana\"]\nfrom = \"00:00\"\nto = \"23:00\"", &[]),
        ("shifts = [{ from = \"23:00\", to = \"02:00\", who = [\"Dana\", \"Omar\"] }]", &["Dana", "Omar"]),
    ] {
        on_duty(&right(&exception(&format!("{monday}{rest}"))), &[("2026-01-12T23:30:00Z", evening)]);
    }
    let wrong = |rest: &str, line, expected: &str| check(&exception(rest), line, expected);
    wrong("date = \"25 December\"\nwho = []", 9, "`25 December` is not a date; write \"2026-12-25\"");
    wrong("date = \"2026-02-29\"\nwho = []", 9, "`2026-02-29` is not a date");
    wrong(
        "date = \"2026-12-24\"\nwho = []\n[[rota.exceptions]]\ndate = \"2026-12-25\"",
        11,
        "the exception of 2026-12-25",
    );
    wrong("date = \"2026-12-25\"", 8, "the exception of 2026-12-25 needs `who`");
    wrong("date = \"2026-12-25\"\nwho = [\"Dana\"]\nto = \"12:00\"", 8, "with both `from` and `to`");
    wrong("date = \"2026-12-25\"\nwho = [\"Dana\"]\nshifts = []", 8, "needs `who`");
    wrong("date = \"2026-12-25\"\nshifts = []\nfrom = \"12:00\"", 8, "needs `who`");
    wrong("date = \"2026-12-25\"\nwho = [\"Eve\"]", 10, "`Eve` is no shift lead");
    wrong(
        "date = \"2026-12-25\"\nwho = []\n[[rota.exceptions]]\ndate = \"2026-12-25\"\nwho = [\"Dana\"]",
        12,
        "2026-12-25 stands here twice",
    );
}

#[test]
fn dates_and_times_need_no_quotation_marks() {
    let shift = SHIFT.replace("\"22:00\"", "22:00:00").replace("\"06:00\"", "06:00:00");
    let policy = right(&format!("{shift}[[rota.exceptions]]\ndate = 2026-01-12\nwho = []\n"));
    on_duty(&policy, &[("2026-01-05T22:00:00Z", &["Omar"]), ("2026-01-12T22:00:00Z", &[])]);
    check(&shift.replace("06:00:00", "06:00:30"), 6, "`06:00:30` is not a time of day");
}
