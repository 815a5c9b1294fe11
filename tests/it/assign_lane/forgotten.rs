//! What is easily forgotten once an escalation is with Tech; and the words "context incomplete".

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};

use super::channels::{ALL, furnish, open};
use crate::bench::texts::{first_three, whole};
use crate::bench::{Bench, ESCALATIONS};

/// An escalation that Dana sent to Tech at 09:51; `create-jira-issue` was not asked.
async fn in_tech() -> (Bench, TicketId) {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await;
    (bench, ticket)
}

/// Jira is away.
fn without_jira(bench: &Bench) {
    bench.world.jira.inject(Fault::on("* /**", Effect::CutBefore).always());
}

async fn swept(bench: &Bench, moment: &str) {
    bench.at(moment);
    bench.sweep().await;
}

fn reminders(bench: &Bench, ticket: TicketId) -> usize {
    bench.said(ticket).matches("since ").count()
}

#[tokio::test]
async fn an_issue_that_is_missing_is_asked_for_before_anybody_is_bothered() {
    let (bench, ticket) = in_tech().await;
    swept(&bench, "2026-01-05T10:50:59.999Z").await;
    assert_eq!(bench.value(ticket, "jira_reference"), "");
    swept(&bench, "2026-01-05T10:51:00Z").await;
    swept(&bench, "2026-01-05T10:52:00Z").await;
    assert_eq!(bench.value(ticket, "jira_reference"), "TECH-1");
    for minute in [53, 56, 57, 59] {
        swept(&bench, &format!("2026-01-05T10:{minute}:00Z")).await;
    }
    assert_eq!(reminders(&bench, ticket), 0, "{}", bench.said(ticket));
    bench.finish();
}

#[tokio::test]
async fn the_shift_lead_is_reminded_once_of_an_issue_that_does_not_come() {
    let (bench, ticket) = in_tech().await;
    without_jira(&bench);
    for (moment, said) in [
        ("2026-01-05T10:51:00Z", 0),
        ("2026-01-05T10:55:59Z", 0),
        ("2026-01-05T10:56:00Z", 1),
        ("2026-01-05T10:57:00Z", 1),
        ("2026-01-06T10:00:00Z", 1),
    ] {
        swept(&bench, moment).await;
        assert_eq!(reminders(&bench, ticket), said, "{moment}");
    }
    let said = bench.said(ticket);
    insta::assert_snapshot!(said.split("\n\n").find(|it| it.contains("without")).unwrap(), @r"
    *In Tech without a Jira issue since 09:51.* @Dana Whitfield, please create the issue and write its key into Jira Reference, or set Escalation Type back to Shift Lead.
    [escalation #1]_ · automatic message_
    ");
    let thread = bench.thread(ESCALATIONS);
    assert_eq!(thread.matches("In Tech without a Jira issue since 09:51. @Dana, please").count(), 1, "{thread}");
    bench.finish();
}

#[tokio::test]
async fn sweeps_that_come_late_ask_for_the_issue_first_all_the_same() {
    let (bench, ticket) = in_tech().await;
    swept(&bench, "2026-01-05T14:00:00Z").await;
    assert_eq!(reminders(&bench, ticket), 0);
    swept(&bench, "2026-01-05T14:01:00Z").await;
    swept(&bench, "2026-01-05T14:05:00Z").await;
    assert_eq!((bench.value(ticket, "jira_reference").as_str(), reminders(&bench, ticket)), ("TECH-1", 0));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_was_lost_is_noticed_on_the_next_working_day() {
    let (bench, ticket) = in_tech().await;
    bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
    swept(&bench, "2026-01-05T10:51:00Z").await;
    bench.at("2026-01-05T12:00:00Z");
    bench.dana().set(ticket, "jira_reference", "").unwrap();
    without_jira(&bench);
    swept(&bench, "2026-01-05T17:00:00Z").await;
    assert_eq!(reminders(&bench, ticket), 0);
    swept(&bench, "2026-01-06T10:00:00Z").await;
    swept(&bench, "2026-01-06T10:05:00Z").await;
    assert_eq!(reminders(&bench, ticket), 1, "{}", bench.said(ticket));
    assert!(bench.said(ticket).contains("since 5 January 12:00"), "{}", bench.said(ticket));
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_is_done_for_a_working_day_is_said_once() {
    let (bench, ticket) = in_tech().await;
    bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
    bench.dana().set(ticket, "jira_status", "Done").unwrap();
    bench.assign(ticket, &[]).await;
    for (moment, said) in [
        ("2026-01-06T09:50:59.999Z", 0),
        ("2026-01-06T09:51:00Z", 1),
        ("2026-01-06T09:52:00Z", 1),
        ("2026-01-07T10:00:00Z", 1),
    ] {
        swept(&bench, moment).await;
        assert_eq!(reminders(&bench, ticket), said, "{moment} {}", bench.said(ticket));
    }
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *TECH-1 is "Done" since 5 January 09:51, and the ticket is still open.* @Dana Whitfield, please tell the agent in a comment how to answer the customer, or answer and comment "ready to close".
    [escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn who_decided_is_reminded_of_nothing() {
    let (bench, ticket) = in_tech().await;
    bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
    bench.dana().set(ticket, "jira_status", "Done").unwrap();
    bench.wait(60);
    bench.dana().write_note(ticket, "<p>Tell them that it works.</p>").unwrap();
    bench.assign(ticket, &[]).await;
    swept(&bench, "2026-01-06T09:51:00Z").await;
    swept(&bench, "2026-01-07T10:00:00Z").await;
    assert_eq!((bench.value(ticket, "escalation_state").as_str(), reminders(&bench, ticket)), ("agent_to_finish", 0));
    bench.finish();
}

#[tokio::test]
async fn a_look_that_comes_early_leaves_one_reminder() {
    let (bench, ticket) = in_tech().await;
    bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
    for _ in 0..5 {
        bench.assign(ticket, &[]).await;
    }
    // What was to be looked at before it went to Tech is looked at, too.
    swept(&bench, "2026-01-05T11:11:00Z").await;
    swept(&bench, "2026-01-05T11:12:00Z").await;
    bench.written();
    swept(&bench, "2026-01-05T17:00:00Z").await;
    assert_eq!(bench.hubspot.journal().reads(), 0, "nothing is due before the next day");
    bench.finish();
}

#[tokio::test]
async fn a_reminder_that_hubspot_did_not_take_is_written_once_later() {
    let (bench, ticket) = in_tech().await;
    without_jira(&bench);
    swept(&bench, "2026-01-05T10:51:00Z").await;
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::CutAfter).times(3));
    swept(&bench, "2026-01-05T10:56:00Z").await;
    bench.hubspot.heal();
    bench.sweep_for(20).await;
    assert_eq!(reminders(&bench, ticket), 1);
    let thread = bench.thread(ESCALATIONS);
    assert_eq!(thread.matches("In Tech without a Jira issue").count(), 1, "{thread}");
    bench.finish();
}

#[tokio::test]
async fn the_shift_lead_reads_that_the_context_is_incomplete_and_then_that_it_is_not() {
    let bench = furnish(Bench::with_lanes(&ALL).await);
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &[]).await;
    for moment in ["2026-01-05T10:11:00Z", "2026-01-05T10:12:00Z", "2026-01-05T10:13:00Z"] {
        swept(&bench, moment).await;
    }
    let thread = bench.thread(ESCALATIONS);
    assert_eq!(thread.matches("Context incomplete: ").count(), 1, "{thread}");
    assert!(thread.contains("\n@Dana (on duty until 18:00)"), "{thread}");
    assert_eq!(bench.value(ticket, "escalation_state"), "triage");
    bench.sam().write_note(ticket, &whole()).unwrap();
    for _ in 0..2 {
        bench.wait(60);
        bench.assign(ticket, &[]).await;
    }
    let thread = bench.thread(ESCALATIONS);
    assert!(!thread.contains("Context incomplete: "), "the card shows what is so: {thread}");
    assert_eq!(thread.matches("Context complete: all five points").count(), 1, "{thread}");
    bench.is_silent().await;
    bench.finish();
}
