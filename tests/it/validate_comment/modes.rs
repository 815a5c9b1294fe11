//! What a workflow's author may choose, and that only differences are written.

use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

const FIX: (&str, &str) = ("mode = \"warn\"", "mode = \"fix\"");

/// What `observe` says of a ticket with this comment; it writes nothing at all.
async fn observed(comment: &str, seconds: i64, inputs: &[(&str, &str)]) -> String {
    let bench = Bench::with_policy(&[FIX]).await;
    let ticket = bench.ticket_named("escalation - Harbour Grill - Double charge");
    bench.sam().write_note(ticket, comment).unwrap();
    bench.escalate(ticket);
    bench.wait(seconds);
    let inputs: Vec<_> = [("mode", "observe")].iter().chain(inputs).copied().collect();
    let answer = bench.check(ticket, &inputs).await;
    assert_eq!(bench.written(), (0, 0));
    assert_eq!((bench.said(ticket), bench.properties(ticket)), (String::new(), String::new()));
    let told = format!("{}: {}", answer.outcome(), answer.get("message"));
    bench.finish();
    told
}

#[tokio::test]
async fn observing_writes_nothing_and_says_what_it_would() {
    insta::assert_snapshot!(observed(&whole(), 0, &[]).await, @r#"complete: Comment complete: all five points are there. Observing only: would set escalation_comment_status, escalation_cycle, escalation_last_message, escalation_name_status, escalation_started_at; rename the ticket to "Escalation - Harbour Grill - Double charge", unless that was done before."#);
    insta::assert_snapshot!(observed(&first_three(), 0, &[]).await, @r#"incomplete: Not with the Shift Lead yet: missing in the comment: Blocker, Required to Resolve. Observing only: would set escalation_comment_missing, escalation_comment_status, escalation_cycle, escalation_hints, escalation_last_message, escalation_name_status, escalation_started_at; tell the agent by an internal comment, unless that was done before; rename the ticket to "Escalation - Harbour Grill - Double charge", unless that was done before."#);
    insta::assert_snapshot!(observed(&first_three(), 0, &[("feedback", "none")]).await, @r#"incomplete: Not with the Shift Lead yet: missing in the comment: Blocker, Required to Resolve. Observing only: would set escalation_comment_missing, escalation_comment_status, escalation_cycle, escalation_hints, escalation_last_message, escalation_name_status, escalation_started_at; rename the ticket to "Escalation - Harbour Grill - Double charge", unless that was done before."#);
    insta::assert_snapshot!(observed("<p>hello</p>", 59, &[]).await, @r#"pending: No comment yet. HubSpot shows new comments late: checking again shortly. Observing only: would change nothing."#);
}

#[tokio::test]
async fn observing_what_is_as_it_should_be_would_change_nothing() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    bench.check(ticket, &[]).await;
    let answer = bench.check(ticket, &[("mode", "observe")]).await;
    let said = "Comment complete: all five points are there. Observing only: would change nothing.";
    assert_eq!(answer.get("message"), said);
    bench.finish();
}

#[tokio::test]
async fn without_feedback_the_properties_say_it_alone() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    let answer = bench.check(ticket, &[("feedback", "none")]).await;
    assert_eq!((answer.outcome(), answer.get("missing_points")), ("incomplete", "blocker;required_to_resolve"));
    assert_eq!((bench.written(), bench.said(ticket)), ((1, 0), String::new()));
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "incomplete");
    assert_eq!(bench.check(ticket, &[("feedback", "comment")]).await.outcome(), "incomplete");
    assert_eq!((bench.written(), bench.notes_of_ours(ticket)), ((1, 2), 1), "now the comment alone");
    bench.finish();
}

#[tokio::test]
async fn an_input_that_does_not_read_fails_the_action_in_words() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    let answer = bench.check(ticket, &[("lookback_days", "a week"), ("feedback", "mail")]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    insta::assert_snapshot!(answer.get("message"), @"input `feedback`: `mail` is not one of comment, none; input `lookback_days`: `a week` is not a whole number");
    assert_eq!(bench.hubspot.calls().len(), 0);
    bench.finish();
}

#[tokio::test]
async fn a_second_look_writes_nothing() {
    let bench = Bench::new().await;
    for (comment, again) in [(whole(), (0, 0)), (first_three(), (0, 1))] {
        let ticket = bench.escalated(&comment);
        let first = bench.check(ticket, &[]).await;
        bench.written();
        assert_eq!(bench.check(ticket, &[]).await, first);
        assert_eq!(bench.written(), again);
    }
    bench.finish();
}

#[tokio::test]
async fn what_was_said_last_stays_while_nothing_is_new() {
    let bench = Bench::with_lanes(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.check(ticket, &[]).await;
    bench.assign(ticket, &[]).await;
    let said = bench.value(ticket, "escalation_last_message");
    assert!(said.starts_with("With the Shift Lead."), "{said}");
    bench.written();
    bench.check(ticket, &[]).await;
    assert_eq!((bench.written().0, bench.value(ticket, "escalation_last_message")), (0, said));
    bench.finish();
}

#[tokio::test]
async fn what_a_person_changed_in_our_properties_is_put_right_and_nothing_else() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.check(ticket, &[]).await;
    bench.sam().set(ticket, "escalation_comment_status", "complete").unwrap();
    bench.sam().set(ticket, "escalation_comment_missing", "required_to_resolve;blocker").unwrap();
    bench.sam().set(ticket, "escalation_started_at", "1767606060000").unwrap();
    bench.written();
    bench.check(ticket, &[]).await;
    let calls = bench.hubspot.journal().of("PATCH /crm/v3/objects/tickets/*");
    let written: Vec<_> = calls.iter().map(|it| it.request.to_string()).collect();
    assert_eq!(written, [r#"{"properties":{"escalation_comment_status":"incomplete"}}"#]);
    assert_eq!(bench.value(ticket, "escalation_comment_missing"), "required_to_resolve;blocker");
    bench.finish();
}

#[tokio::test]
async fn our_own_writes_start_no_workflow() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(60).await;
    let calls = bench.workflow(ticket).matches("called").count();
    assert_eq!(calls, 3, "at once, after 2 minutes, after 12");
    bench.finish();
}
