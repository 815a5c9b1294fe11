//! Every outside call fails in every way, and then Jira tells it again, or the sweep comes: people are told
//! once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sandbox::dynamo::{Moment, Step};
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::automation::Sender;
use serde_json::{Value, json};

use super::stage::{Told, linked_to};
use crate::bench::Bench;

/// What a done issue costs in calls.
const JIRA: [&str; 2] = ["GET /rest/api/3/issue/*", "GET /rest/api/3/issue/*/remotelink"];
const HUBSPOT: [&str; 3] =
    ["GET /crm/v3/objects/tickets/*", "PATCH /crm/v3/objects/tickets/*", "POST /crm/v3/objects/notes"];
const SLACK: &str = "POST /chat.postMessage";

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

/// Who comes again.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Again {
    Jira,
    Sweep,
}

/// Done was said once, everywhere, and stands there.
fn is_told_once(it: &Told, about: &str) {
    let count = |said: &[String]| said.iter().filter(|it| it.contains("Fix ready")).count();
    let (notes, replies, stands) = it.seen();
    assert_eq!((count(&notes), count(&replies)), (1, 1), "{about}: {notes:?} {replies:?}");
    assert_eq!(stands, (it.key.clone(), "Done".to_owned(), true), "{about}");
}

async fn check(call: &'static str, effect: Effect, again: Again) {
    let mut it = Told::by(if again == Again::Jira { Sender::Webhook } else { Sender::Rule }).await;
    let about = format!("{call}: {} / {again:?}", effect.name());
    it.jira().move_issue(&it.key, "Done");
    let fault = Fault::on(call, effect.clone()).always();
    match call {
        _ if JIRA.contains(&call) => it.jira().inject(fault),
        _ if call == SLACK => it.bench.world.slack.inject(fault),
        _ => it.bench.hubspot.inject(fault),
    }
    let answers = it.told().await;
    // Of a write it matters alone that it was done.
    let is_done = call.starts_with("PATCH") && effect.name() == "truncate";
    let expected = if call == SLACK || is_done { 200 } else { 503 };
    assert_eq!(answers, [Some(expected)], "{about}");
    it.jira().heal();
    it.bench.hubspot.heal();
    it.bench.world.slack.heal();
    for _ in 0..40 {
        it.bench.wait(60);
        match again {
            // What is said in Slack later is the sweep's in any case.
            Again::Jira if call != SLACK => drop(it.callback.run().await),
            _ => it.bench.sweep().await,
        }
    }
    for _ in 0..10 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    is_told_once(&it, &about);
    it.finish();
}

#[tokio::test]
async fn jira_fails_and_the_news_is_told_later() {
    for call in JIRA {
        for effect in [Effect::Refuse(Answer::json(503, Value::Null)), Effect::CutBefore, Effect::Truncate] {
            check(call, effect.clone(), Again::Jira).await;
            check(call, effect, Again::Sweep).await;
        }
    }
}

#[tokio::test]
async fn hubspot_fails_and_the_news_is_told_once_when_jira_tells_it_again() {
    for call in HUBSPOT {
        for effect in effects() {
            check(call, effect, Again::Jira).await;
        }
    }
}

#[tokio::test]
async fn hubspot_fails_and_the_news_is_told_once_when_the_sweep_comes() {
    for call in HUBSPOT {
        for effect in effects() {
            check(call, effect, Again::Sweep).await;
        }
    }
}

#[tokio::test]
async fn slack_fails_and_its_thread_hears_it_once_later() {
    for effect in effects() {
        check(SLACK, effect, Again::Sweep).await;
    }
}

#[tokio::test]
async fn without_the_state_table_nothing_is_told_and_jira_tells_it_again() {
    let mut it = Told::by(Sender::Webhook).await;
    let is_down = Arc::new(AtomicBool::new(true));
    let down = Arc::clone(&is_down);
    it.bench.dynamo.on_request(move |_, moment| {
        let step = if moment == Moment::Before && down.load(Ordering::SeqCst) { Step::FAIL } else { Step::Pass };
        async move { step }
    });
    it.jira().move_issue(&it.key, "Done");
    assert_eq!(it.told().await, [Some(503)]);
    assert_eq!(it.news(), "");
    is_down.store(false, Ordering::SeqCst);
    it.bench.wait(600);
    assert_eq!(it.callback.run().await, [Some(200)]);
    is_told_once(&it, "the table");
    it.finish();
}

#[tokio::test]
async fn one_ticket_that_fails_keeps_nobody_else_from_the_news() {
    let mut it = Told::by_rule().await;
    let other = linked_to(&mut it.bench, &it.key).await;
    it.jira().move_issue(&it.key, "Done");
    // The first one's note: tickets come in the order of their ids.
    let call: &'static str = Box::leak(format!("PATCH /crm/v3/objects/tickets/{}", it.ticket).into_boxed_str());
    it.bench.hubspot.inject(Fault::on(call, Effect::CutBefore).always());
    let answers = it.told().await;
    assert!(answers.iter().all(|it| *it == Some(503)), "{answers:?}");
    assert!(!it.notes().iter().any(|it| it.contains("Fix ready")));
    assert_eq!(it.bench.value(other, "jira_status"), "Done");
    assert!(it.bench.said(other).contains("Fix ready"));
    it.bench.hubspot.heal();
    for _ in 0..10 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    assert_eq!(it.notes().iter().filter(|it| it.contains("Fix ready")).count(), 1);
    assert_eq!(it.bench.said(other).matches("Fix ready").count(), 1);
    it.finish();
}

/// An issue is created, and HubSpot does not take its key.
pub async fn early(bench: &mut Bench) -> (escalation::id::TicketId, String) {
    let ticket = bench.escalated(&crate::bench::texts::whole());
    bench.pass(10).await;
    bench.hubspot.inject(Fault::on("PATCH /crm/v3/objects/tickets/*", Effect::CutBefore).always());
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.status, 503);
    let key = bench.issues(ticket)[0].key.clone();
    assert_eq!(bench.value(ticket, "jira_reference"), "");
    (ticket, key)
}

#[tokio::test]
async fn an_event_before_our_own_key_is_written_waits_for_it() {
    let mut bench = Bench::with_tech(&[]).await;
    let (ticket, key) = early(&mut bench).await;
    bench.world.jira.move_issue(&key, "Done");
    let headers = [("x-escalation-secret", sandbox::product::JIRA_CALLBACK_SECRET)];
    let body = json!({ "event": "status_changed", "key": key }).to_string();
    assert_eq!(bench.hear(&headers, &body).await.status_code, 503);
    assert_eq!(bench.notes_of_ours(ticket), 0);
    bench.hubspot.heal();
    // No other word comes from Jira.
    for _ in 0..20 {
        bench.wait(60);
        bench.sweep().await;
    }
    assert_eq!((bench.value(ticket, "jira_reference"), bench.value(ticket, "jira_status")), (key, "Done".to_owned()));
    assert_eq!(bench.said(ticket).matches("Fix ready").count(), 1, "{}", bench.said(ticket));
    assert_eq!(bench.hear(&headers, &body).await.status_code, 200);
    assert_eq!(bench.said(ticket).matches("Fix ready").count(), 1);
    bench.finish();
}

#[tokio::test]
async fn an_issue_that_was_taken_off_the_ticket_is_not_waited_for() {
    let it = Told::by_rule().await;
    it.bench.dana().set(it.ticket, "jira_reference", "").unwrap();
    it.jira().move_issue(&it.key, "Done");
    assert_eq!(it.outcome(&it.event()).await, (200, "not_named".to_owned()));
    it.finish();
}

/// A token is exchanged just now: then the agent is called by name all the same.
#[tokio::test]
async fn while_hubspot_does_not_take_the_token_nobody_is_told_without_being_called() {
    use sandbox::world::hubspot::refusal;
    let mut it = Told::by_rule().await;
    it.jira().move_issue(&it.key, "Done");
    it.bench.hubspot.inject(Fault::on("GET /crm/v3/owners", Effect::Refuse(refusal::expired())));
    assert_eq!(it.outcome(&it.event()).await.0, 503);
    assert_eq!(it.news(), "");
    it.bench.wait(60);
    assert_eq!(it.outcome(&it.event()).await, (200, "told".to_owned()));
    let news = it.news();
    assert!(news.contains("@Dana Whitfield, please tell Sam Okafor"), "{news}");
    it.finish();
}
