//! Many events in one request.

use escalation::id::TicketId;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;
use serde_json::{Value, json};

use crate::bench::ESCALATIONS;
use crate::bench::texts::whole;

use super::stage::Account;

const TICKET: &str = "GET /crm/v3/objects/tickets/*";
const THREAD: &str = "GET /conversations/v3/conversations/threads/*";

/// A note came to a ticket.
fn noted(it: &Account, ticket: TicketId) -> Value {
    json!({
        "subscriptionType": "ticket.associationChange", "portalId": it.bench.portal().0, "occurredAt": 1_767_606_060_000_i64,
        "associationType": "TICKET_TO_NOTE", "fromObjectId": ticket.0, "toObjectId": 1, "changeSource": "CRM_UI",
    })
}

fn said(it: &Account, thread: u64) -> Value {
    json!({
        "subscriptionType": "conversation.newMessage", "portalId": it.bench.portal().0, "objectId": thread,
        "messageType": "COMMENT",
    })
}

fn throttled() -> Effect {
    Effect::Refuse(refusal::rate_limited(refusal::Policy::TenSecondlyRolling))
}

/// So many tickets that are escalated with all five points, of which nobody has heard.
fn escalated(it: &Account, count: usize) -> Vec<TicketId> {
    (0..count).map(|_| it.bench.escalated(&whole())).collect()
}

fn in_lane(it: &Account, tickets: &[TicketId]) -> usize {
    tickets.iter().filter(|ticket| it.bench.place(**ticket)[0] == "cs").count()
}

#[tokio::test]
async fn a_hundred_events_are_one_look_at_each_ticket() {
    let it = Account::open().await;
    let tickets = escalated(&it, 4);
    let mut events: Vec<Value> = (0..96).map(|at| noted(&it, tickets[at % 4])).collect();
    events.extend((0..4).map(|_| json!({ "subscriptionType": "contact.creation", "objectId": 1 })));
    assert_eq!(events.len(), 100);
    it.calls();
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(in_lane(&it, &tickets), 4);
    let reads = it.bench.hubspot.journal().of(TICKET).len();
    assert_eq!(reads, 4 * 3, "ours, and those of two actions");
    it.finish();
}

#[tokio::test]
async fn what_cannot_be_read_and_foreign_portals_keep_nobody_from_the_rest() {
    let it = Account::open().await;
    let tickets = escalated(&it, 1);
    let mut foreign = noted(&it, tickets[0]);
    foreign["portalId"] = json!(7_654_321);
    assert_eq!(it.outcome(&[foreign.clone()]).await, (200, "ignored".to_owned()));
    assert_eq!(in_lane(&it, &tickets), 0);
    let bad = [json!(null), json!("x"), json!({ "subscriptionType": "ticket.merge", "mergedObjectIds": 7 }), foreign];
    let events = [&bad[..], &[noted(&it, tickets[0])], &bad].concat();
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(in_lane(&it, &tickets), 1);
    it.finish();
}

/// Row F42 of the failure matrix: one of a hundred is poison, one is throttled.
#[tokio::test]
async fn f42_of_a_hundred_one_is_poison_and_one_is_throttled() {
    let it = Account::open().await;
    let tickets = escalated(&it, 4);
    let mut events: Vec<Value> = (0..100).map(|at| noted(&it, tickets[at % 4])).collect();
    events[37] = json!({ "subscriptionType": "ticket.propertyChange", "portalId": {}, "objectId": [] });
    let call: &'static str = Box::leak(format!("GET /crm/v3/objects/tickets/{}", tickets[1]).into_boxed_str());
    it.bench.hubspot.inject(Fault::on(call, throttled()).always());
    // What is throttled is written down, so HubSpot need not tell the others again.
    assert_eq!(it.outcome(&events).await, (200, "put_off".to_owned()));
    assert_eq!(in_lane(&it, &tickets), 3);
    it.bench.hubspot.heal();
    it.sweeps(2).await;
    assert_eq!(in_lane(&it, &tickets), 4);
    assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), 4);
    it.finish();
}

/// The same where what is throttled is a conversation: nobody knows whose it is, so all is told again.
#[tokio::test]
async fn f42_where_a_conversation_is_throttled_all_is_told_again_and_done_once() {
    let it = Account::open().await;
    let tickets = escalated(&it, 2);
    let thread = it.thread(tickets[1]);
    let events = [noted(&it, tickets[0]), json!(37), said(&it, thread.0)];
    it.bench.hubspot.inject(Fault::on(THREAD, throttled()));
    assert_eq!(it.outcome(&events).await, (503, String::new()));
    assert_eq!(in_lane(&it, &tickets), 1, "the others are not kept from it");
    let before = it.bench.world.slack.messages(ESCALATIONS).len();
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(in_lane(&it, &tickets), 2);
    assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), before + 1);
    it.bench.hubspot.journal().clear();
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(it.bench.hubspot.journal().writes(), 0, "the third time changes nothing");
    it.finish();
}

/// Row F43: the same event twice in one request, and once more in another.
#[tokio::test]
async fn f43_the_same_event_twice_has_one_effect() {
    let it = Account::open().await;
    let ticket = it.bench.escalated("<p>Please help.</p>");
    it.bench.wait(120);
    let mut again = noted(&it, ticket);
    again["eventId"] = json!(4);
    let events = [noted(&it, ticket), noted(&it, ticket), again];
    it.calls();
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(it.bench.hubspot.journal().of(TICKET).len(), 3, "one look");
    assert_eq!(it.bench.notes_of_ours(ticket), 1);
    assert_eq!(it.outcome(&events).await, (200, "looked".to_owned()));
    assert_eq!(it.bench.notes_of_ours(ticket), 1);
    it.finish();
}

#[tokio::test]
async fn twins_that_arrive_together_are_told_once_on_the_ticket() {
    let it = Account::open().await;
    let ticket = it.bench.escalated("<p>Please help.</p>");
    it.bench.wait(120);
    let events = [noted(&it, ticket)];
    let (a, b, c) =
        tokio::join!(Box::pin(it.outcome(&events)), Box::pin(it.outcome(&events)), Box::pin(it.outcome(&events)));
    assert!([&a, &b, &c].iter().all(|it| it.0 == 200), "{a:?} {b:?} {c:?}");
    it.sweeps(5).await;
    assert_eq!(it.bench.notes_of_ours(ticket), 1);
    it.finish();
}

#[tokio::test]
async fn what_is_gone_or_belongs_to_no_ticket_ends_there() {
    let it = Account::open().await;
    it.bench.hubspot.inject(Fault::on(THREAD, Effect::Refuse(Answer::json(404, json!({ "status": "error" })))));
    let note = json!({
        "subscriptionType": "object.creation", "objectTypeId": "0-46", "portalId": it.bench.portal().0, "objectId": 9,
    });
    assert_eq!(it.outcome(&[said(&it, 5), note, noted(&it, TicketId(7))]).await, (200, "unconcerned".to_owned()));
    it.finish();
}
