//! Who may send an escalation to Tech, and what becomes of the others.

use escalation::id::TicketId;

use crate::bench::Bench;
use crate::bench::texts::whole;

const ANYONE: (&str, &str) = ("tech_by = \"shift_leads\"", "tech_by = \"anyone\"");
const ANY: (&str, &str) = ("created_for = \"tech\"", "created_for = \"any\"");

/// Nobody heard anything, nor was Jira asked.
#[track_caller]
fn is_untouched(bench: &Bench, ticket: TicketId) {
    assert_eq!((bench.notes_of_ours(ticket), bench.world.jira.calls().len()), (0, 0));
    assert_eq!(bench.changes(), [0, 0, 0]);
}

#[tokio::test]
async fn what_an_agent_sent_to_tech_gets_no_issue_until_a_shift_lead_confirms_it() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.wait(60);
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("reason"), answer.get("jira_key")), ("blocked", "not_confirmed", ""));
    insta::assert_snapshot!(answer.get("message"), @"Not in Tech yet: no Shift Lead has confirmed it.");
    is_untouched(&bench, ticket);
    bench.sent_to_tech_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    assert!(bench.issue(ticket).text.contains("Agent: Sam Okafor · Shift Lead: Dana Whitfield"));
    bench.finish();
}

#[tokio::test]
async fn by_the_workflows_an_agents_wish_goes_back_to_the_shift_lead_and_then_to_tech_once() {
    let mut bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(5).await;
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    assert_eq!((bench.issues(ticket).len(), bench.world.jira.calls().len()), (0, 0));
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.issue(ticket).key, "TECH-1");
    bench.finish();
}

#[tokio::test]
async fn an_escalation_that_nobody_sent_to_tech_gets_none_even_where_an_issue_is_named() {
    let bench = Bench::with_tech_alone(&[]).await;
    let key = bench.world.jira.created_by_hand("TECH", "Bug", "Captures twice");
    let ticket = bench.escalated(&whole());
    bench.sam().set(ticket, "jira_reference", &key).unwrap();
    let answer = bench.create(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("reason")), ("blocked", "not_confirmed"));
    is_untouched(&bench, ticket);
    assert!(bench.world.jira.issue(&key).unwrap().remote_links.is_empty());
    bench.finish();
}

#[tokio::test]
async fn agents_may_send_it_there_where_the_policy_lets_anyone_and_count_for_no_shift_lead() {
    let bench = Bench::with_tech_alone(&[ANYONE]).await;
    let ticket = bench.escalated(&whole());
    bench.wait(60);
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let issue = bench.issue(ticket);
    assert!(issue.text.contains("Agent: Sam Okafor\n"), "{}", issue.text);
    assert!(!issue.text.contains("Shift Lead"), "{}", issue.text);
    assert!(!issue.remote_links[0].summary.contains("Shift Lead"), "{:?}", issue.remote_links);
    bench.finish();
}

#[tokio::test]
async fn every_escalation_gets_an_issue_where_the_policy_says_so() {
    let bench = Bench::with_tech_alone(&[ANY]).await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let issue = bench.issue(ticket);
    assert!(issue.text.contains("Agent: Sam Okafor\n"), "{}", issue.text);
    assert!(!issue.text.contains("Shift Lead"), "who escalated it is no Shift Lead: {}", issue.text);
    let plain = bench.ticket();
    assert_eq!(bench.asks_anew(plain).await.outcome(), "not_escalated");
    bench.finish();
}

#[tokio::test]
async fn while_the_policy_names_no_shift_lead_anybody_else_than_the_agent_may_confirm() {
    let bench = Bench::with_jira_alone(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.wait(60);
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.get("reason"), "not_confirmed");
    bench.sent_to_tech_anew(ticket);
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_is_not_escalated_or_gone_gets_none() {
    let bench = Bench::with_tech_alone(&[]).await;
    let never = bench.ticket();
    let answer = bench.create(never, &[]).await;
    insta::assert_snapshot!(format!("{}: {}", answer.outcome(), answer.get("message")), @"not_escalated: Not escalated: Escalation Type is empty.");
    let cleared = bench.sent_to_tech();
    bench.wait(60);
    bench.dana().set(cleared, "escalation_type", "").unwrap();
    assert_eq!(bench.asks_anew(cleared).await.outcome(), "not_escalated");
    let deleted = bench.sent_to_tech();
    bench.sam().delete(deleted).unwrap();
    let answer = bench.asks_anew(deleted).await;
    insta::assert_snapshot!(format!("{}: {}", answer.outcome(), answer.get("message")), @"gone: The ticket is deleted: nothing to do.");
    assert_eq!(bench.world.jira.calls().len(), 0);
    bench.finish();
}

#[tokio::test]
async fn an_option_that_the_policy_ignores_is_no_escalation() {
    let bench = Bench::with_tech_alone(&[("ignored_types = [\"internal_note\"]", "ignored_types = [\"tech\"]")]).await;
    let ticket = bench.ticket();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "not_escalated");
    is_untouched(&bench, ticket);
    bench.finish();
}

#[tokio::test]
async fn what_was_escalated_before_our_time_is_left_alone() {
    let before = ("# ignore_before = \"2026-01-01T00:00:00Z\"", "ignore_before = \"2026-01-05T09:42:00Z\"");
    let bench = Bench::with_tech_alone(&[before]).await;
    let ticket = bench.sent_to_tech();
    let answer = bench.create(ticket, &[]).await;
    insta::assert_snapshot!(format!("{}: {}", answer.outcome(), answer.get("message")), @"not_escalated: Not checked: this escalation began before the date from which escalations are checked.");
    is_untouched(&bench, ticket);
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_is_deleted_while_its_issue_is_created_is_gone() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    let hubspot = bench.hubspot.clone();
    bench.world.jira.after_each(move |call| {
        if call.method == "POST" && call.path == "/rest/api/3/issue" {
            hubspot.agent(crate::bench::texts::SAM).delete(ticket).unwrap();
        }
        async {}
    });
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "gone");
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "gone");
    assert_eq!(bench.issues(ticket).len(), 1);
    bench.finish();
}
