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
fn the_policy_agrees_with_every_row_in_other_hands() {
    let files = [
        (Kind::Comments, "comments_more.jsonl"),
        (Kind::Threads, "comment_threads_more.jsonl"),
        (Kind::Names, "ticket_names_more.jsonl"),
        (Kind::Triggers, "triggers_more.jsonl"),
        (Kind::JiraRefs, "jira_refs_more.jsonl"),
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
        "sla".parse::<Kind>().unwrap_err(),
        "`sla` is no kind of rows that can be checked; there are comments, threads, names, triggers, jira-refs"
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
