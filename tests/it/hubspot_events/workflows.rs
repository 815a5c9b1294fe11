//! Workflows and webhooks hear of the same change: what a workflow has asked since is not asked once more.

use escalation::id::TicketId;
use serde_json::{Value, json};

use crate::bench::Bench;
use crate::bench::texts::whole;

use super::stage::Account;

/// Escalation Type changed, now.
fn changed(bench: &Bench, ticket: TicketId) -> [Value; 1] {
    [json!({
        "subscriptionType": "ticket.propertyChange", "portalId": bench.portal().0, "changeSource": "CRM_UI",
        "objectId": ticket.0, "propertyName": "escalation_type", "occurredAt": bench.watch.now().as_millisecond(),
    })]
}

/// An escalation, the event that tells of it, and nothing counted yet.
async fn escalated() -> (Account, TicketId, [Value; 1]) {
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    let event = changed(&it.bench, ticket);
    it.bench.wait(1);
    (it, ticket, event)
}

#[tokio::test]
async fn what_a_workflow_asked_since_is_done_with_after_one_read() {
    let (it, ticket, event) = escalated().await;
    assert_eq!(it.bench.check(ticket, &[]).await.outcome(), "complete");
    assert_eq!(it.bench.assign(ticket, &[]).await.outcome(), "assigned");
    it.calls();
    assert_eq!(it.outcome(&event).await, (200, "unconcerned".to_owned()));
    assert_eq!(it.calls().len(), 1, "how the ticket stands");
    it.finish();
}

#[tokio::test]
async fn a_workflow_that_has_only_begun_is_left_alone_for_a_minute_and_what_it_never_asks_is_asked_then() {
    let (it, ticket, event) = escalated().await;
    assert_eq!(it.bench.check(ticket, &[]).await.outcome(), "complete");
    it.calls();
    assert_eq!(it.outcome(&event).await, (200, "put_off".to_owned()));
    assert_eq!((it.calls().len(), it.bench.value(ticket, "escalation_lane").as_str()), (1, ""));
    it.sweeps(2).await;
    assert_eq!(it.bench.value(ticket, "escalation_lane"), "cs");
    it.finish();
}

#[tokio::test]
async fn a_workflow_that_asked_before_the_change_asked_about_something_else() {
    let (it, ticket, _) = escalated().await;
    it.bench.check(ticket, &[]).await;
    it.bench.assign(ticket, &[]).await;
    it.bench.wait(1);
    it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(it.outcome(&changed(&it.bench, ticket)).await, (200, "looked".to_owned()));
    assert_eq!(it.bench.value(ticket, "escalation_lane"), "tech");
    it.finish();
}

/// A workflow that ran a moment ago may have read the notes before this one was there.
#[tokio::test]
async fn what_somebody_wrote_is_looked_at_whatever_workflows_asked() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.webhooks.forget();
    it.bench.sam().write_note(ticket, "<p>Blocker: the bank is closed.</p>").unwrap();
    it.bench.check(ticket, &[]).await;
    it.bench.assign(ticket, &[]).await;
    it.calls();
    assert_eq!(it.webhooks.run().await, [Some(200)]);
    assert!(it.calls().len() > 5, "both actions looked");
    it.finish();
}

/// Whoever writes the comment and then escalates has W1 read it.
#[tokio::test]
async fn what_was_written_five_seconds_before_a_workflow_asked_is_done_with() {
    for (pause, is_done_with) in [(4, false), (6, true)] {
        let mut it = Account::open().await;
        let ticket = it.bench.escalated(&whole());
        it.webhooks.forget();
        it.bench.sam().write_note(ticket, "<p>Blocker: the bank is closed.</p>").unwrap();
        it.bench.wait(pause);
        it.bench.check(ticket, &[]).await;
        it.bench.assign(ticket, &[]).await;
        it.calls();
        assert_eq!(it.webhooks.run().await, [Some(200)]);
        assert_eq!(it.calls().len() == 2, is_done_with, "{pause}: whose note it is, and how the ticket stands");
        it.finish();
    }
}

#[tokio::test]
async fn a_stage_of_what_is_escalated_and_open_ends_nothing() {
    let (it, ticket, _) = escalated().await;
    it.calls();
    let mut moved = changed(&it.bench, ticket);
    moved[0]["propertyName"] = json!("hs_pipeline_stage");
    assert_eq!(it.outcome(&moved).await, (200, "unconcerned".to_owned()));
    assert_eq!(it.calls().len(), 1);
    it.finish();
}
