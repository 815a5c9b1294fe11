//! What has to end somewhere: loops, what we may not read, a survivor that is not there yet.

use sandbox::world::call::Answer as Reply;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Merging;
use serde_json::json;

use super::stage::Account;
use crate::bench::texts::whole;
use crate::create_jira_issue::matrix::Lines;

/// Something outside of HubSpot sets it to Tech whenever we set it back.
#[tokio::test]
async fn a_loop_that_no_workflow_has_a_part_in_is_stopped_with_one_alert() {
    let (lines, _listening) = Lines::listen();
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.heard().await;
    it.settled().await;
    let notes = it.bench.notes_of_ours(ticket);
    for _ in 0..30 {
        it.bench.sam().set(ticket, "escalation_type", "tech").unwrap();
        it.bench.wait(10);
        it.webhooks.run().await;
    }
    let alerts = lines.with("was to run");
    assert!(alerts.iter().filter(|it| it.contains("assign-lane")).count() == 1, "{alerts:?}");
    let told = it.bench.notes_of_ours(ticket) - notes;
    assert!((1..=5).contains(&told), "{told} notes");
    assert_eq!(it.bench.value(ticket, "escalation_type"), "tech", "it is as it was left");
    it.sweeps(15).await;
    assert_eq!(it.bench.value(ticket, "escalation_type"), "shift_lead", "how it was left is acted upon");
    it.bench.finish();
}

#[tokio::test]
async fn what_we_may_not_read_is_not_told_again() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    let thread = it.thread(ticket);
    it.heard().await;
    let refused =
        json!({ "message": "This app hasn't been granted all required scopes", "category": "MISSING_SCOPES" });
    let denied = Effect::Refuse(Reply::json(403, refused));
    it.bench.hubspot.inject(Fault::on("GET /conversations/v3/conversations/threads/*", denied).always());
    it.bench.sam().comment(thread, "hello").unwrap();
    assert_eq!(it.told().await, [Some(200)]);
    assert!(it.told().await.is_empty());
    it.bench.finish();
}

/// HubSpot tells of a merge before it shows what came of it.
#[tokio::test]
async fn a_survivor_that_is_not_there_yet_is_waited_for() {
    let mut it = Account::open().await;
    it.bench.hubspot.set_merging(Merging::KeepsPrimary);
    let ticket = it.bench.escalated(&whole());
    it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    it.heard().await;
    it.settled().await;
    let survivor = it.bench.sam().merge(it.bench.ticket_named("Another question"), ticket).unwrap();
    let call: &'static str = Box::leak(format!("GET /crm/v3/objects/tickets/{survivor}").into_boxed_str());
    let missing = Effect::Refuse(Reply::json(404, json!({ "message": "not found" })));
    it.bench.hubspot.inject(Fault::on(call, missing).always());
    assert_eq!(it.told().await, [Some(200)]);
    it.bench.hubspot.heal();
    it.sweeps(12).await;
    let is = ["escalation_type", "escalation_lane", "jira_reference"].map(|name| it.bench.value(survivor, name));
    assert_eq!(is, ["tech", "tech", "TECH-1"]);
    assert_eq!(it.bench.world.jira.issues().len(), 1);
    it.bench.finish();
}
