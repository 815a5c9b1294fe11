//! Webhooks while HubSpot's limit has no room: HubSpot tells again after minutes and hours what it is refused, so it
//! is written down, and nothing is read twice.

use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, StatusCode};
use escalation::http::Http;
use escalation::hubspot::{App, HubSpot};
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Name, Shared, Times};
use escalation::policy::Policy;
use escalation::runtime::{Edge, Endpoint as _, Front, Invocation, hear};
use hubspot_events::HubSpotEvents;
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET};
use sandbox::world::workflow::signature;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::stage::{AT, Account, V3, address};
use crate::bench::texts::whole;
use crate::bench::{TIME_LIMIT, edge, event, policy};
use crate::ledger::bench;

fn ledger(it: &Account) -> Ledger {
    Ledger::new(bench::client(&it.bench.dynamo, 3), it.bench.dynamo.table(), Times::default())
}

/// The function, which asks the actions at this address.
fn events(it: &Account, front: &str) -> (Edge, HubSpotEvents) {
    let settings = it.bench.hubspot.settings();
    let hubspot = HubSpot::new(Http::new(), it.bench.hubspot.base_url(), settings.token);
    let front = Front::new(Http::new(), front, FORWARD_SECRET).unwrap();
    let app = App::new(&settings.app.to_string()).unwrap();
    let policy = Policy::parse(&policy(&[]), "policy.toml").unwrap();
    let events = HubSpotEvents::new(hubspot, app, front, policy, ledger(it));
    (edge(it.bench.portal()).paced(&events).unwrap(), events)
}

async fn outcome(it: &Account, (edge, events): &(Edge, HubSpotEvents), told: &[Value]) -> (u16, String) {
    let (body, now) = (Value::from(told).to_string(), it.bench.watch.now());
    let at = now.as_millisecond();
    let signed = signature::v3(CLIENT_SECRET, "POST", &address(), &body, at);
    let event = event("POST", HubSpotEvents::PATH, &[(V3, &*signed), (AT, &*at.to_string())], &body);
    let clock = it.bench.watch.clock();
    let invocation = Invocation { clock, deadline: now + TIME_LIMIT, request_id: "request-1".to_owned() };
    let reply = Box::pin(hear(edge, events, &event, &invocation)).await;
    let read: Value = serde_json::from_str(&reply.body).unwrap();
    (reply.status_code, read["outcome"].as_str().unwrap_or_default().to_owned())
}

fn escalated(it: &Account, ticket: TicketId) -> Value {
    json!({
        "subscriptionType": "ticket.propertyChange", "portalId": it.bench.portal().0, "changeSource": "CRM_UI",
        "objectId": ticket.0, "propertyName": "escalation_type", "occurredAt": it.bench.watch.now().as_millisecond(),
    })
}

fn noted(it: &Account, note: u64) -> Value {
    json!({
        "subscriptionType": "object.creation", "portalId": it.bench.portal().0, "changeSource": "CRM_UI",
        "objectId": note, "objectTypeId": "0-46", "occurredAt": it.bench.watch.now().as_millisecond(),
    })
}

/// The actions that are asked in the next minutes.
async fn agenda(it: &Account) -> Vec<String> {
    let due = ledger(it).due(it.bench.watch.now() + Duration::from_secs(120), 100).await.unwrap();
    due.iter().map(|it| it.look().unwrap().action().to_owned()).collect()
}

/// Workflows queue, and the share of what can wait is given out.
async fn queued(it: &Account) {
    let (ledger, now) = (ledger(it), it.bench.watch.now());
    let calls = Shared::new(Name::new("hubspot", &["calls"]).unwrap());
    assert!(ledger.begin(&calls, 90, None, now).await.unwrap());
    ledger.spend(&calls, 10, None, now).await.unwrap();
    ledger.queue(&calls, 50, now).await.unwrap();
}

#[tokio::test]
async fn what_finds_no_room_is_written_down_and_looked_at_by_the_sweep() {
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    let note = it.bench.sam().write_note(ticket, "<p>Blocker: the bank is closed.</p>").unwrap().0;
    let events = events(&it, &it.bench.url);
    queued(&it).await;
    it.calls();
    assert_eq!(outcome(&it, &events, &[escalated(&it, ticket)]).await, (200, "put_off".to_owned()));
    assert_eq!(it.calls().len(), 0);
    assert_eq!(outcome(&it, &events, &[noted(&it, note)]).await, (200, "put_off".to_owned()));
    assert_eq!(it.calls().len(), 1, "on which ticket it is");
    assert_eq!(agenda(&it).await, ["hubspot-events"; 2]);
    it.sweeps(2).await;
    assert_eq!(it.bench.value(ticket, "escalation_lane"), "cs");
    it.finish();
}

#[tokio::test]
async fn our_own_writes_need_no_room() {
    let it = Account::open().await;
    let events = events(&it, &it.bench.url);
    queued(&it).await;
    let mut ours = escalated(&it, it.bench.ticket());
    ours["changeSource"] = json!("INTEGRATION");
    ours["sourceId"] = json!("1160452");
    assert_eq!(outcome(&it, &events, &[ours]).await, (200, "ignored".to_owned()));
    assert_eq!(agenda(&it).await, [""; 0]);
    it.finish();
}

/// One action that has no room is asked for itself; of several none may come before another, so we are. Where it is
/// another matter than room the ticket is looked at anew.
#[tokio::test]
async fn an_action_without_room_is_asked_again_and_none_before_its_time() {
    let cases = [
        ("x-escalation-paced", "jira_reference", "create-jira-issue"),
        ("x-escalation-paced", "escalation_type", "hubspot-events"),
        ("x-other", "jira_reference", "hubspot-events"),
    ];
    for (header, changed, left) in cases {
        let it = Account::open().await;
        let ticket = it.bench.escalated(&whole());
        let refuse =
            move || async move { (StatusCode::TOO_MANY_REQUESTS, [(HeaderName::from_static(header), "true")]) };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let front = format!("http://{}", listener.local_addr().unwrap());
        let inside = tokio::spawn(async move { axum::serve(listener, Router::new().fallback(refuse)).await });
        let events = events(&it, &front);
        let mut event = escalated(&it, ticket);
        event["propertyName"] = json!(changed);
        let (status, _) = outcome(&it, &events, &[event]).await;
        assert_eq!((status, &*agenda(&it).await), (200, &[left.to_owned()][..]), "{header} {changed}");
        inside.abort();
        it.finish();
    }
}

/// W2's first run waits for room. Were the issue created before it, it would lack its level, its priority and why
/// there is an escalation.
#[tokio::test]
async fn while_a_workflows_run_waits_for_room_nobody_asks_for_what_comes_after_it() {
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    let event = escalated(&it, ticket);
    let place = [&*it.bench.portal().to_string(), &*ticket.to_string(), "assign-lane"];
    let (place, begins) = (Name::new("place", &place).unwrap(), it.bench.watch.now() + Duration::from_secs(600));
    ledger(&it).keep_place(&place, begins).await.unwrap();
    assert_eq!(it.outcome(&[event]).await, (200, "put_off".to_owned()));
    it.sweeps(9).await;
    assert_eq!(
        (it.bench.value(ticket, "escalation_lane"), it.bench.value(ticket, "jira_reference")),
        (String::new(), String::new())
    );
    it.calls();
    it.sweeps(1).await;
    assert_eq!(it.calls().len(), 0, "it is known until when it waits");
    assert!(ledger(&it).take_place(&place, begins).await.unwrap());
    it.bench.assign(ticket, &[]).await;
    it.sweeps(3).await;
    assert!(it.bench.value(ticket, "jira_reference").starts_with("TECH-"));
    let issues = format!("{:?}", it.bench.world.jira.issues());
    assert!(issues.contains("level 3"), "{issues}");
    it.finish();
}

fn said(it: &Account, thread: u64) -> Value {
    json!({
        "subscriptionType": "conversation.newMessage", "portalId": it.bench.portal().0, "objectId": thread,
        "messageType": "COMMENT",
    })
}

/// Whether the sweep may still make some calls.
async fn has_room_for_others(it: &Account, calls: u32) -> bool {
    let quota = Shared::new(Name::new("hubspot", &["calls"]).unwrap());
    ledger(it).begin_other(&quota, calls, Some(190), it.bench.watch.now()).await.unwrap()
}

#[tokio::test]
async fn what_is_put_off_takes_as_many_calls_as_that_makes() {
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    let events = events(&it, &it.bench.url);
    let quota = Shared::new(Name::new("hubspot", &["calls"]).unwrap());
    ledger(&it).begin(&quota, 171, Some(190), it.bench.watch.now()).await.unwrap();
    ledger(&it).spend(&quota, 17, None, it.bench.watch.now()).await.unwrap();
    ledger(&it).queue(&quota, 90, it.bench.watch.now()).await.unwrap();
    for _ in 0..30 {
        let told = [escalated(&it, ticket), escalated(&it, ticket)];
        assert_eq!(outcome(&it, &events, &told).await, (200, "put_off".to_owned()));
    }
    assert_eq!(it.calls().len(), 0);
    assert!(has_room_for_others(&it, 2).await, "tickets are written down without a call");
    let mut told = Vec::new();
    for _ in 0..12 {
        let ticket = it.bench.escalated(&whole());
        told.push(said(&it, it.thread(ticket).0));
    }
    assert_eq!(outcome(&it, &events, &told).await, (200, "put_off".to_owned()));
    assert_eq!(it.calls().len(), 12, "whose conversation it is");
    assert!(!has_room_for_others(&it, 2).await, "these were taken");
    it.finish();
}
