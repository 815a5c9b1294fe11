//! No comment, no lane; but nothing waits for ever, and some things do not wait at all.

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;

use crate::bench::texts::{ACTION_TAKEN, ISSUE, first_three, last_two, whole};
use crate::bench::{Bench, ESCALATIONS};

const LEGAL: &str = "My solicitor will be writing to you and we will see you in the small claims court.";

fn escalated_without_a_comment(bench: &Bench) -> TicketId {
    let ticket = bench.ticket();
    bench.escalate(ticket);
    ticket
}

#[tokio::test]
async fn without_its_comment_an_escalation_waits_and_nobody_is_called() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("lane"), answer.get("owner_id")), ("awaiting_context", "", ""));
    assert_eq!((answer.get("review_due_at"), answer.get("resolve_due_at")), ("", ""));
    insta::assert_snapshot!(answer.get("message"), @"Awaiting context. The Shift Lead gets it as soon as the five points are there, at 10:11 at the latest.");
    insta::assert_snapshot!(bench.held(ticket), @r#"
    type: shift_lead
    state: awaiting_context
    level: 2
    origin: agent
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    last_message: Awaiting context. The Shift Lead gets it as soon as the five points are there, at 10:11 at the latest.
    hubspot_owner_id: 501
    "#);
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 0);
    bench.finish();
}

#[tokio::test]
async fn the_comment_opens_the_lane_while_w1_waits() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = escalated_without_a_comment(&bench);
    bench.pass(5).await;
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.pass(60).await;
    insta::assert_snapshot!(bench.workflow(ticket), @r#"
    09:41:00 called, try 1: 200
    09:41:00 answered: pending
    09:41:00 branches on `pending`
    09:41:00 called, try 1: 200
    09:41:00 answered: awaiting_context
    09:41:00 branches on `awaiting_context`
    09:41:00 waits until 2026-01-05T09:43:00Z
    09:43:00 called, try 1: 200
    09:43:00 answered: missing
    09:43:00 called, try 1: 200
    09:43:00 answered: awaiting_context
    09:43:00 branches on `awaiting_context`
    09:43:00 waits until 2026-01-05T09:53:00Z
    09:53:00 called, try 1: 200
    09:53:00 answered: complete
    09:53:00 called, try 1: 200
    09:53:00 answered: assigned
    09:53:00 branches on `assigned`
    09:53:00 finished
    "#);
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(bench.value(ticket, "escalation_accepted_at"), "2026-01-05T09:53:00Z");
    bench.finish();
}

/// HubSpot stumbles over the properties, takes every note, and the agent completes what is missing at once.
#[tokio::test]
async fn who_was_told_what_is_missing_hears_that_the_shift_lead_has_it() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &first_three()).unwrap();
    let stumble = Effect::Refuse(refusal::unavailable(503));
    bench.hubspot.inject(Fault::on("PATCH /crm/v3/objects/tickets/*", stumble).always());
    bench.escalate(ticket);
    bench.pass(0).await;
    bench.hubspot.heal();
    bench.sam().write_note(ticket, &last_two()).unwrap();
    bench.pass(30).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    let said = bench.said(ticket);
    let (lacking, has_it) =
        (said.matches("Not with the Shift Lead yet").count(), said.matches("*With the Shift Lead.*").count());
    assert_eq!(lacking, has_it, "{said}");
    bench.finish();
}

#[tokio::test]
async fn after_half_an_hour_the_shift_lead_has_it_as_it_is() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.pass(31).await;
    assert_eq!(bench.place(ticket), ["", "awaiting_context", ""]);
    bench.pass(1).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(bench.value(ticket, "escalation_accepted_at"), "2026-01-05T10:13:00Z");
    let said = bench.said(ticket);
    let (_, incomplete) = said.split_once("\n\n").unwrap();
    insta::assert_snapshot!(incomplete, @r#"
    *With the Shift Lead, context incomplete.* Dana Whitfield (on duty until 18:00) · review due 12:13 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:13.
    The five points are not complete yet: please add what is missing.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.pass(120).await;
    assert_eq!(bench.notes_of_ours(ticket), 2);
    bench.finish();
}

#[tokio::test]
async fn the_sweep_alone_ends_the_wait_when_it_is_over() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &[]).await;
    bench.at("2026-01-05T10:10:59.999Z");
    bench.sweep().await;
    assert_eq!(bench.place(ticket), ["", "awaiting_context", ""]);
    bench.at("2026-01-05T10:11:00Z");
    bench.sweep().await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    bench.written();
    bench.at("2026-01-05T10:12:00Z");
    bench.sweep().await;
    assert_eq!(bench.hubspot.journal().reads(), 0, "the reminder is done with");
    bench.finish();
}

#[tokio::test]
async fn the_wait_is_as_long_as_the_policy_says() {
    for (minutes, seconds, outcome) in [("10", 599, "awaiting_context"), ("10", 600, "assigned"), ("0", 0, "assigned")]
    {
        let bench = Bench::with_leads(&[("waiting_minutes = 30", &format!("waiting_minutes = {minutes}"))]).await;
        let ticket = escalated_without_a_comment(&bench);
        bench.wait(seconds);
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), outcome, "{minutes} {seconds}");
        bench.finish();
    }
}

#[tokio::test]
async fn who_waives_the_comment_lets_it_pass() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = escalated_without_a_comment(&bench);
    bench.pass(5).await;
    bench.dana().set(ticket, "escalation_comment_status", "waived").unwrap();
    bench.pass(10).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(bench.value(ticket, "escalation_accepted_at"), "2026-01-05T09:53:00Z");
    bench.finish();
}

#[tokio::test]
async fn that_the_comment_is_complete_is_not_for_a_person_to_say() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.sam().set(ticket, "escalation_comment_status", "complete").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    bench.finish();
}

/// It is in its lane before anybody could say that the comment is missing.
#[tokio::test]
async fn what_did_not_wait_for_its_comment_is_asked_for_it_all_the_same() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", LEGAL).unwrap();
    bench.escalate(ticket);
    bench.pass(0).await;
    assert!(!bench.said(ticket).contains("write an internal comment"));
    bench.pass(3).await;
    assert_eq!(bench.said(ticket).matches("write an internal comment").count(), 1, "{}", bench.said(ticket));
    bench.finish();
}

#[tokio::test]
async fn what_is_immediate_does_not_wait_for_its_comment() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", LEGAL).unwrap();
    bench.escalate(ticket);
    bench.pass(0).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    insta::assert_snapshot!(bench.held(ticket), @r"
    type: shift_lead
    lane: cs
    state: triage
    level: 4
    reason: legal
    owner: 502
    origin: customer
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    accepted_at: 2026-01-05T09:41:00Z
    review_due_at: 2026-01-05T10:11:00Z
    resolve_due_at: 2026-01-06T09:41:00Z
    sla_status: ok
    last_message: With the Shift Lead, context incomplete. Dana Whitfield (on duty until 18:00) · review due 10:11 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.
    The five points are not complete yet: please add what is missing.
    hs_ticket_priority: HIGH
    hubspot_owner_id: 501
    ");
    bench.finish();
}

#[tokio::test]
async fn a_comment_in_the_help_desk_counts() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.sam().write_note(ticket, "<p>Have a look at the help desk.</p>").unwrap();
    bench.sam().comment(thread, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.finish();
}

#[tokio::test]
async fn what_the_customer_wrote_is_no_comment() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench
        .hubspot
        .customer_writes(thread, "Issue: a\nInvestigated: b\nAction Taken: c\nBlocker: d\nRequired to Resolve: e")
        .unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    bench.finish();
}

#[tokio::test]
async fn a_comment_that_loses_a_point_later_keeps_its_lane() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    let note = bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(5).await;
    let message = bench.assign(ticket, &[]).await.get("message").to_owned();
    bench.sam().edit_note(note, &[ISSUE, ACTION_TAKEN].concat()).unwrap();
    bench.check(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "incomplete", "that is flagged");
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("message")), ("unchanged", &*message));
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    bench.finish();
}

#[tokio::test]
async fn a_comment_of_an_earlier_escalation_does_not_count() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(5).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(5).await;
    bench.escalate(ticket);
    bench.pass(0).await;
    assert_eq!(bench.place(ticket), ["", "awaiting_context", ""]);
    bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.wait(60);
    bench.sam().write_note(ticket, &last_two()).unwrap();
    bench.pass(5).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    bench.finish();
}

#[tokio::test]
async fn what_was_said_of_an_earlier_escalations_comment_does_not_count() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.check(ticket, &[]).await;
    bench.assign(ticket, &[]).await;
    bench.wait(60);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    bench.wait(300);
    bench.escalate(ticket);
    for _ in 0..2 {
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
        assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete", "nobody looked anew");
    }
    bench.finish();
}
