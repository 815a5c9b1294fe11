//! Every outside call fails in every way, and then the sweep comes, or HubSpot tells it again: the ticket
//! comes into its lane, and nobody is told twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use escalation::id::TicketId;
use sandbox::dynamo::{Moment, Step};
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use serde_json::json;

use crate::bench::ESCALATIONS;
use crate::bench::texts::whole;

use super::stage::Account;

const TICKET: &str = "GET /crm/v3/objects/tickets/*";
const PATCH: &str = "PATCH /crm/v3/objects/tickets/*";
const THREAD: &str = "GET /conversations/v3/conversations/threads/*";
const NOTES: &str = "POST /crm/v4/associations/notes/tickets/batch/read";

fn effects() -> [Effect; 5] {
    let stumble = || Answer::json(503, json!({ "message": "Service Unavailable" }));
    [
        Effect::Refuse(stumble()),
        Effect::ApplyThenRefuse(stumble()),
        Effect::CutBefore,
        Effect::CutAfter,
        Effect::Truncate,
    ]
}

/// An escalation that awaits its comment; what it gets now is told by no other event than this.
async fn awaiting(kind: &'static str) -> (Account, TicketId) {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    let thread = it.thread(ticket);
    it.bench.escalate(ticket);
    it.heard().await;
    it.settled().await;
    match kind {
        "conversation" => drop(it.bench.sam().comment(thread, &whole()).unwrap()),
        _ => drop(it.bench.sam().write_note(ticket, &whole()).unwrap()),
    }
    let told = it.webhooks.told();
    it.webhooks.forget();
    let told: Vec<_> =
        told.into_iter().filter(|it| it["subscriptionType"].as_str().unwrap().starts_with(kind)).collect();
    it.webhooks.owe(vec![told.last().unwrap().clone()]);
    (it, ticket)
}

/// In its lane, and all told once.
fn is_done_once(it: &Account, ticket: TicketId, about: &str) {
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"], "{about}");
    assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), 1, "{about}");
}

async fn check(call: &'static str, effect: Effect, kind: &'static str, status: u16) {
    let (mut it, ticket) = awaiting(kind).await;
    let about = format!("{call}: {}", effect.name());
    it.bench.hubspot.inject(Fault::on(call, effect).always());
    assert_eq!(it.told().await, [Some(status)], "{about}");
    it.bench.hubspot.heal();
    for _ in 0..5 {
        it.bench.wait(60);
        it.bench.sweep().await;
        assert!(it.webhooks.run().await.iter().all(|it| *it == Some(200)), "{about}");
    }
    is_done_once(&it, ticket, &about);
    it.finish();
}

#[tokio::test]
async fn what_cannot_be_read_of_the_ticket_is_done_by_the_sweep() {
    for effect in effects() {
        check(TICKET, effect.clone(), "object", 200).await;
        check(TICKET, effect, "conversation", 200).await;
    }
}

#[tokio::test]
async fn what_an_action_cannot_write_is_done_by_the_sweep() {
    for effect in effects() {
        check(PATCH, effect, "object", 200).await;
    }
}

#[tokio::test]
async fn what_nobody_can_say_the_ticket_of_is_told_again() {
    for effect in effects() {
        check(THREAD, effect.clone(), "conversation", 503).await;
        check(NOTES, effect, "object", 503).await;
    }
}

#[tokio::test]
async fn without_the_state_table_and_without_hubspot_it_is_told_again() {
    let (mut it, ticket) = awaiting("object").await;
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    it.bench.dynamo.on_request(move |_, moment| {
        let step = if moment == Moment::Before && down.load(Ordering::SeqCst) { Step::FAIL } else { Step::Pass };
        async move { step }
    });
    it.bench.hubspot.inject(Fault::on(TICKET, Effect::CutBefore).always());
    assert_eq!(it.told().await, [Some(503)]);
    is_down.store(false, Ordering::SeqCst);
    it.bench.hubspot.heal();
    it.bench.wait(60);
    assert_eq!(it.webhooks.run().await, [Some(200)]);
    is_done_once(&it, ticket, "the table");
    it.finish();
}

#[tokio::test]
async fn who_listens_to_nobody_is_told_ten_times_and_then_no_more() {
    let (mut it, _) = awaiting("conversation").await;
    it.bench.hubspot.inject(Fault::on(THREAD, Effect::CutBefore).always());
    let mut told = 0;
    while let Some(due) = it.webhooks.next_due() {
        it.bench.watch.set(due.max(it.bench.watch.now()));
        assert_eq!(it.webhooks.run().await, [Some(503)]);
        told += 1;
    }
    assert_eq!(told, 11);
    it.finish();
}
