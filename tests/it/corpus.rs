//! Labelled rows: what the policy says about them, and what a person reads about it.

use std::fs::File;
use std::io::{BufReader, Cursor};

use escalation::policy::Policy;
use insta::assert_snapshot;
use sandbox::corpus::{self, Kind, Report};

/// The shipped policy as an administrator copies it.
const POLICY: &str = include_str!("../../shared/policy.toml");

fn check(kind: Kind, rows: &str) -> Report {
    corpus::check(kind, Cursor::new(rows.to_owned()), &Policy::shipped()).expect("there are rows")
}

fn shipped_rows(kind: Kind, file: &str) -> Report {
    let path = format!("{}/corpus/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows = File::open(&path).unwrap_or_else(|error| panic!("open {path}: {error}"));
    corpus::check(kind, BufReader::new(rows), &Policy::shipped()).expect("there are rows")
}

#[test]
fn the_policy_agrees_with_every_labelled_name() {
    let report = shipped_rows(Kind::Names, "ticket_names_dev.jsonl");
    assert_snapshot!(report, @"
    core: 24 agree, 0 differ
    judgement: 6 agree, 0 differ
    ");
    assert!(report.passed());
}

#[test]
fn the_policy_agrees_with_every_labelled_jira_reference() {
    let report = shipped_rows(Kind::JiraRefs, "jira_refs_dev.jsonl");
    assert_snapshot!(report, @"
    core: 20 agree, 0 differ
    judgement: 0 agree, 0 differ
    ");
    assert!(report.passed());
}

#[test]
fn the_policy_agrees_with_every_labelled_trigger() {
    let report = shipped_rows(Kind::Triggers, "triggers_dev.jsonl");
    assert_snapshot!(report, @"
    core: 27 agree, 0 differ
    judgement: 3 agree, 0 differ
    ");
    assert!(report.passed());
}

#[test]
fn the_thresholds_of_the_row_and_of_the_policy_count() {
    let row = |config: &str, codes: &str| {
        let text = "You overcharged us by £700, and this is the third time I am writing.";
        check(
            Kind::Triggers,
            &format!(r#"{{"id": "a", "text": "{text}", {config} "expect": {{"triggers": [{codes}]}}}}"#),
        )
    };
    assert!(row("", r#""unresolved_attempts", "billing_dispute""#).passed());
    let higher = r#""config": {"billing_threshold": {"amount": 700, "currency": "USD"}, "max_attempts": 4},"#;
    assert!(row(higher, "").passed());
    let facts = r#""config": {"max_attempts": 4, "billing_threshold": {"amount": 700, "currency": "GBP"}}, "ticket": {"reopens": 3},"#;
    assert!(row(facts, r#""unresolved_attempts""#).passed());
}

#[test]
fn the_policy_agrees_with_every_labelled_core_comment() {
    let report = shipped_rows(Kind::Comments, "comments_dev.jsonl");
    assert!(report.passed(), "{report}");
}

#[test]
fn the_policy_agrees_with_every_labelled_core_thread() {
    let report = shipped_rows(Kind::Threads, "comment_threads_dev.jsonl");
    assert!(report.passed(), "{report}");
}

#[test]
fn business_time_agrees_with_every_labelled_case() {
    let report = shipped_rows(Kind::Sla, "sla_cases_dev.jsonl");
    assert_snapshot!(report, @"
    core: 74 agree, 0 differ
    judgement: 2 agree, 0 differ
    ");
    assert!(report.passed());
}

#[test]
fn the_policy_agrees_with_every_row_in_other_hands() {
    let files = [
        (Kind::Comments, "comments_more.jsonl"),
        (Kind::Threads, "comment_threads_more.jsonl"),
        (Kind::Names, "ticket_names_more.jsonl"),
        (Kind::Triggers, "triggers_more.jsonl"),
        (Kind::JiraRefs, "jira_refs_more.jsonl"),
        (Kind::Sla, "sla_cases_more.jsonl"),
    ];
    let reports = files.map(|(kind, file)| format!("{file}\n{}", shipped_rows(kind, file)));
    assert_snapshot!(reports.join("\n"), @"
    comments_more.jsonl
    core: 46 agree, 0 differ
    judgement: 30 agree, 0 differ
    comment_threads_more.jsonl
    core: 32 agree, 0 differ
    judgement: 18 agree, 0 differ
    ticket_names_more.jsonl
    core: 46 agree, 0 differ
    judgement: 24 agree, 0 differ
    triggers_more.jsonl
    core: 378 agree, 0 differ
    judgement: 37 agree, 0 differ
    jira_refs_more.jsonl
    core: 56 agree, 0 differ
    judgement: 24 agree, 0 differ
    sla_cases_more.jsonl
    core: 72 agree, 0 differ
    judgement: 7 agree, 0 differ
    ");
}

#[test]
fn a_disagreement_reads_alone() {
    let report = check(
        Kind::Names,
        r#"{"id": "a", "name": "Escalation - Bar - Refund", "expect": {"status": "ok", "customer": "Bar"}}
{"id": "b", "name": "escalation - Bar - Refund", "expect": {"status": "ok", "issue": "Refund"}, "why": "case is nothing"}
{"id": "c", "name": "Escalation - Bar", "expect": {"status": "fixable", "reasons": ["missing_issue"]}, "level": "judgement"}
{"id": "d", "name": "RE: your order", "context": {"company": "Bar", "suggest": "Bar - your order"}, "expect": {"reasons": ["missing_prefix"]}}"#,
    );
    assert_snapshot!(report, @r#"
    b (core): case is nothing
        reasons: expected [], came out as ["prefix_case"]
        status: expected "ok", came out as "fixable"
    c (judgement)
        status: expected "fixable", came out as "invalid"
    d (core)
        suggest: expected "Bar - your order", came out as "Escalation - Bar - your order"
    core: 1 agree, 2 differ
    judgement: 0 agree, 1 differ
    "#);
    assert!(report.core_differ());
    assert!(!report.passed());
}

#[test]
fn a_judgement_alone_does_not_fail() {
    let row = r#"{"id": "c", "name": "Escalation", "expect": {"status": "ok"}, "level": "judgement"}"#;
    let report = check(Kind::Names, row);
    assert!(!report.core_differ());
    assert!(report.passed());
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_the_rest_still_count() {
    let good = r#"{"id": "a", "name": "Escalation - Bar - Refund", "expect": {"status": "ok"}}"#;
    let rows = format!(
        "\u{feff}{good}\r\n\nnonsense\n{{\"id\": \"b\", \"name\": \"x\"}}\n{}\n{}\n{good}",
        good.replace("status", "state"),
        good.replace("\"expect\"", "\"level\": \"strict\", \"expect\"")
    );
    let report = check(Kind::Names, &rows);
    assert_snapshot!(report, @"
    line 3 was not read: expected ident, column 2; a row of names is one JSON object with `id`, `name` and `expect`: correct the line or take it out
    line 4 was not read: missing field `expect`, column 24; a row of names is one JSON object with `id`, `name` and `expect`: correct the line or take it out
    line 5 was not read: `state` is nothing to expect; there are customer, issue, normalised, reasons, status, suggest, warnings; a row of names is one JSON object with `id`, `name` and `expect`: correct the line or take it out
    line 6 was not read: unknown variant `strict`, expected `core` or `judgement`, column 66; a row of names is one JSON object with `id`, `name` and `expect`: correct the line or take it out
    core: 2 agree, 0 differ
    judgement: 0 agree, 0 differ
    4 lines were not read
    ");
    assert!(!report.core_differ());
    assert!(!report.passed());
}

#[test]
fn a_line_in_another_encoding_is_named() {
    let rows = Cursor::new(b"{\"id\": \"a\", \"name\": \"caf\xe9\"}\n".to_vec());
    let report = corpus::check(Kind::Names, rows, &Policy::shipped()).unwrap();
    assert!(report.to_string().contains("line 1 was not read: not UTF-8"), "{report}");
    assert!(!report.passed());
}

#[test]
fn a_file_without_rows_is_refused() {
    for rows in ["", "\n \n"] {
        let error = corpus::check(Kind::Names, Cursor::new(rows), &Policy::shipped()).unwrap_err();
        assert_eq!(error.to_string(), "no rows; a file of names has one JSON object a line");
    }
}

#[test]
fn only_kinds_that_exist_are_accepted() {
    for kind in Kind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
    assert_eq!(
        "tags".parse::<Kind>().unwrap_err(),
        "`tags` is no kind of rows that can be checked; there are comments, threads, names, triggers, jira-refs, sla"
    );
}

#[test]
fn a_key_out_of_order_is_a_disagreement() {
    let config = r#""config": {"allowed_projects": ["TECH", "PLAT"], "site": "acme.atlassian.net"}"#;
    let row = |keys: &str| {
        format!(
            r#"{{"id": "a", "input": "TECH-1, PLAT-2", {config}, "expect": {{"status": "multiple", "keys": {keys}}}}}"#
        )
    };
    assert!(check(Kind::JiraRefs, &row(r#"["TECH-1", "PLAT-2"]"#)).passed());
    assert!(check(Kind::JiraRefs, &row(r#"["PLAT-2", "TECH-1"]"#)).core_differ());
}

#[test]
fn the_labels_of_the_policy_and_of_the_row_count() {
    let row = |config: &str| {
        let text = r"Anliegen: a b\nInvestigated: c d\nAction Taken: e f\nBlocker: g h\nRequired to Resolve: i j";
        format!(r#"{{"id": "a", "text": "{text}", {config}"valid": true, "expect_text": {{"issue": "a b"}}}}"#)
    };
    let own = r#""config": {"extra_labels": {"issue": ["Anliegen"]}}, "#;
    assert!(check(Kind::Comments, &row(own)).passed());
    assert!(check(Kind::Comments, &row("")).core_differ());
    let own_policy = POLICY.replacen("issue = [] ", "issue = [\"Anliegen\"] ", 1);
    let policy = Policy::parse(&own_policy, "policy.toml").unwrap();
    assert!(corpus::check(Kind::Comments, Cursor::new(row("")), &policy).unwrap().passed());
    let wrong = own.replace("issue", "isue");
    let report = check(Kind::Comments, &row(&wrong));
    assert!(report.to_string().contains("`isue` is not one of the five points"), "{report}");
}

#[test]
fn what_a_comment_row_states_is_held_against_the_comment() {
    let row = |stated: &str| {
        let text = r"Issue: broken\nInvestigated: c d\nAction Taken: e f\nBlocker: g h\nRequired to Resolve: none";
        check(Kind::Comments, &format!(r#"{{"id": "a", "text": "{text}", {stated}}}"#))
    };
    for (right, wrong) in [
        (r#""valid": false"#, r#""valid": true"#),
        (r#""expect": {"required_to_resolve": false}"#, r#""expect": {"required_to_resolve": true}"#),
        (r#""expect_text": {"issue": "broken"}"#, r#""expect_text": {"issue": "broke"}"#),
        (r#""expect_warnings": ["thin:issue"]"#, r#""expect_warnings": []"#),
        (r#""expect_mention_user_ids": []"#, r#""expect_mention_user_ids": ["7"]"#),
    ] {
        let report = row(right);
        assert!(report.passed(), "{report}");
        let report = row(wrong);
        assert!(report.core_differ(), "{report}");
    }
    assert!(row(r#""why": "states nothing""#).to_string().contains("nothing is expected"));
}

/// A row about Mondays and Tuesdays in London, with a lunch break and a holiday.
fn working_hours(row: &str) -> Report {
    let hours = r#"{"mon": [["09:00", "12:00"], ["13:00", "17:30"]], "tue": [["09:00", "17:30"]]}"#;
    let calendar =
        format!(r#""calendar": {{"timezone": "Europe/London", "hours": {hours}, "holidays": ["2026-01-12"]}}"#);
    check(Kind::Sla, &format!(r#"{{"id": "a", {calendar}, {row}}}"#))
}

#[test]
fn every_question_about_working_hours_is_answered() {
    let due = r#""kind": "due", "start": "2026-01-05T11:30:00Z", "seconds": 3600"#;
    let elapsed = r#""kind": "elapsed", "start": "2026-01-05T11:30:00Z", "end": "2026-01-05T13:30:00Z""#;
    let in_hours = r#""kind": "in_hours", "at": "2026-01-05T12:00:00Z""#;
    let offset = r#""kind": "offset_from_due", "due": "2026-01-05T13:30:00Z", "offset_seconds": -3600"#;
    let days = r#""kind": "due_working_days", "start": "2026-01-05T11:30:00Z", "days": 2"#;
    let pauses = r#""pauses": [["2026-01-05T11:45:00Z", "2026-01-05T13:15:00Z"]]"#;
    for (question, right, wrong) in [
        (due.to_owned(), r#""2026-01-05T13:30:00Z""#, r#""2026-01-05T12:30:00Z""#),
        (format!("{due}, {pauses}"), r#""2026-01-05T14:00:00Z""#, r#""2026-01-05T13:30:00Z""#),
        (elapsed.to_owned(), "3600", "7200"),
        (format!("{elapsed}, {pauses}"), "1800", "3600"),
        (in_hours.to_owned(), "false", "true"),
        (offset.to_owned(), r#""2026-01-05T11:30:00Z""#, r#""2026-01-05T12:30:00Z""#),
        (days.to_owned(), r#""2026-01-13T11:30:00Z""#, r#""2026-01-12T11:30:00Z""#),
        (format!("{days}, {pauses}"), r#""2026-01-13T12:00:00Z""#, r#""2026-01-13T11:30:00Z""#),
        (format!("{days}, \"pause_business_seconds\": 60"), r#""2026-01-13T11:31:00Z""#, r#""2026-01-13T11:30:00Z""#),
    ] {
        let report = working_hours(&format!(r#"{question}, "expect": {right}"#));
        assert!(report.passed(), "{report}");
        let report = working_hours(&format!(r#"{question}, "expect": {wrong}"#));
        assert!(report.core_differ(), "{report}");
    }
}

#[test]
fn what_a_rows_source_leaves_open_is_allowed_and_no_more() {
    let elapsed = r#""kind": "elapsed", "start": "2026-01-05T10:00:00Z", "end": "2026-01-05T10:02:59Z""#;
    let due = r#""kind": "due", "start": "2026-01-05T10:00:30Z", "seconds": 60, "expect": "2026-01-05T10:01:00Z""#;
    for (row, allowed) in [
        (format!(r#"{elapsed}, "expect": 179"#), true),
        (format!(r#"{elapsed}, "expect": 120"#), false),
        (format!(r#"{elapsed}, "expect": 120, "floor_minutes": true"#), true),
        (format!(r#"{elapsed}, "expect": 2, "floor_minutes": true"#), true),
        (format!(r#"{elapsed}, "expect": 180, "floor_minutes": true"#), false),
        (format!(r#"{elapsed}, "expect": 180, "tolerance_s": 1"#), true),
        (format!(r#"{due}, "tolerance_s": 29"#), false),
        (format!(r#"{due}, "tolerance_s": 30"#), true),
    ] {
        let report = working_hours(&row);
        assert_eq!((report.passed(), report.core_differ()), (allowed, !allowed), "{row}: {report}");
    }
}

#[test]
fn a_row_of_another_convention_is_a_judgement_about_ours() {
    let due = r#""kind": "due", "start": "2026-01-05T13:00:00Z", "seconds": 16200"#;
    let theirs = r#""expect": "2026-01-06T09:00:00Z", "agrees_with_reference": false"#;
    let ours = r#""reference_value": "2026-01-05T17:30:00Z""#;
    let counted = |row: String| working_hours(&row).to_string().lines().last().unwrap_or_default().to_owned();
    assert_eq!(counted(format!("{due}, {theirs}, {ours}")), "judgement: 1 agree, 0 differ");
    assert_eq!(counted(format!("{due}, {theirs}")), "judgement: 0 agree, 1 differ");
}

#[test]
fn what_cannot_be_asked_about_working_hours_is_named() {
    for (row, expected) in [
        (r#""kind": "due", "start": "2026-01-05T13:00:00Z", "expect": true"#, "`seconds` is missing"),
        (r#""kind": "due", "start": "2026-01-05T13:00:00Z", "seconds": 1, "expect": true"#, "`expect` of due is like"),
        (r#""kind": "lunch", "expect": true"#, "unknown variant `lunch`"),
        (r#""kind": "in_hours", "at": "noon", "expect": true"#, "line 1 was not read"),
    ] {
        let report = working_hours(row);
        assert!(!report.passed() && report.to_string().contains(expected), "{report}");
    }
    let row = |calendar: &str| {
        let row = r#""kind": "in_hours", "at": "2026-01-05T12:00:00Z", "expect": true"#;
        check(Kind::Sla, &format!(r#"{{"id": "a", "calendar": {calendar}, {row}}}"#))
    };
    assert!(row("null").passed());
    assert!(row(r#"{"timezone": "UTC", "hours": {"Sunday": [["22:00", "21:00"]]}}"#).passed());
    for (calendar, expected) in [
        (r#"{"timezone": "Mars/Olympus"}"#, "`Mars/Olympus` is no time zone"),
        (r#"{"timezone": "UTC", "hours": {"lundi": []}}"#, "`lundi` is no day"),
        (r#"{"timezone": "UTC", "hours": {"mon": [["9am", "17:00"]]}}"#, "`9am` is no time of day"),
        (r#"{"timezone": "UTC", "hours": {"mon": [["09:00"]]}}"#, "a frame has two times"),
        (r#"{"timezone": "UTC", "hours": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}}"#, "overlap"),
    ] {
        let report = row(calendar);
        assert!(!report.passed() && report.to_string().contains(expected), "{report}");
    }
}
