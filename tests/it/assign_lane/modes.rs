//! What a workflow's author may choose.

use crate::bench::texts::{first_three, whole};
use crate::bench::{Bench, ESCALATIONS};

const OBSERVE: [(&str, &str); 1] = [("mode", "observe")];

/// What `observe` says of a ticket; nobody is written to.
async fn observed(bench: &Bench, ticket: escalation::id::TicketId) -> String {
    let (held, said) = (bench.held(ticket), bench.said(ticket));
    bench.written();
    let told = bench.world.slack.calls().len();
    let answer = bench.assign(ticket, &OBSERVE).await;
    assert_eq!(bench.written(), (0, 0));
    assert_eq!(bench.world.slack.calls().len(), told);
    assert_eq!((bench.held(ticket), bench.said(ticket)), (held, said));
    format!("{} {}: {}", answer.outcome(), answer.get("lane"), answer.get("message"))
}

#[tokio::test]
async fn observing_writes_nothing_and_says_what_it_would() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    insta::assert_snapshot!(observed(&bench, ticket).await, @"assigned cs: With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41. Observing only: would set escalation_accepted_at, escalation_cycle, escalation_lane, escalation_last_message, escalation_level, escalation_origin, escalation_owner, escalation_resolve_due_at, escalation_review_due_at, escalation_sla_status, escalation_started_at, escalation_state.");
    let waits = bench.escalated(&first_three());
    insta::assert_snapshot!(observed(&bench, waits).await, @"awaiting_context : Awaiting context. The Shift Lead gets it as soon as the five points are there, at 10:11 at the latest. Observing only: would set escalation_cycle, escalation_last_message, escalation_level, escalation_origin, escalation_started_at, escalation_state.");
    bench.assign(ticket, &[]).await;
    insta::assert_snapshot!(observed(&bench, ticket).await, @"unchanged cs: With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41. Observing only: would change nothing.");
    bench.wait(60);
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    insta::assert_snapshot!(observed(&bench, ticket).await, @r#"
    rerouted cs: Escalation Type was set to Tech by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to Shift Lead and noted your wish for Dana Whitfield.
    With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41. Observing only: would set escalation_last_message, escalation_type; tell the agent by an internal comment, unless that was done before.
    "#);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    insta::assert_snapshot!(observed(&bench, ticket).await, @r#"deescalated : De-escalated: Escalation Type was cleared while the ticket is open, so it left its lane. Please say in one line why, in "Why de-escalated". Observing only: would set escalation_lane, escalation_last_message, escalation_state."#);
    bench.finish();
}

#[tokio::test]
async fn observing_says_what_enforcing_then_writes() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    let would = observed(&bench, ticket).await;
    bench.patches();
    bench.assign(ticket, &[]).await;
    let changed = bench.changed().join(", ");
    assert!(would.contains(&format!("would set {changed}")), "{would}\n{changed}");
    bench.finish();
}

#[tokio::test]
async fn what_was_observed_keeps_no_target_and_leaves_no_reminder() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &OBSERVE).await;
    bench.wait(3600);
    bench.sweep().await;
    assert_eq!(
        (bench.value(ticket, "escalation_state").as_str(), bench.world.slack.messages(ESCALATIONS).len()),
        ("", 0)
    );
    bench.finish();
}

#[tokio::test]
async fn an_input_that_does_not_read_fails_the_action_in_words() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    let answer = bench.assign(ticket, &[("mode", "maybe")]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    insta::assert_snapshot!(answer.get("message"), @"input `mode`: `maybe` is not one of enforce, observe");
    assert_eq!(bench.hubspot.calls().len(), 0);
    bench.finish();
}
