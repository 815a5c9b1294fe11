//! What goes wrong, on demand and by itself, and what the journal keeps of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::hubspot::refusal::{self, Policy};
use serde_json::{Value, json};

use super::{Stage, note, send};

#[tokio::test]
async fn too_many_calls_are_refused_until_the_window_has_rolled() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    stage.world.hubspot.configure(|it| it.limits = Limits { ten_secondly: 2, ..Limits::default() });
    let first = stage.get(&path).await;
    first.ok(200);
    assert_eq!(first.headers["x-hubspot-ratelimit-max"], "2");
    assert_eq!(first.headers["x-hubspot-ratelimit-remaining"], "1");
    assert_eq!(first.headers["x-hubspot-ratelimit-interval-milliseconds"], "10000");
    stage.wait(4);
    stage.get(&path).await.ok(200);
    let refused = stage.get(&path).await;
    let body = refused.ok(429);
    assert_eq!(body["policyName"], "TEN_SECONDLY_ROLLING");
    assert_eq!(body["message"], "You have reached your ten_secondly_rolling limit.");
    assert_eq!(body["errorType"], "RATE_LIMIT");
    assert!(!refused.headers.contains_key("retry-after"));
    stage.watch.advance(SignedDuration::from_millis(5999));
    assert_eq!(stage.get(&path).await.status, 429);
    stage.watch.advance(SignedDuration::from_millis(1));
    stage.get(&path).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn the_day_has_a_limit_too() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    stage.world.hubspot.configure(|it| it.limits = Limits { daily: 1, ..Limits::default() });
    stage.get(&path).await.ok(200);
    assert_eq!(stage.get(&path).await.ok(429)["policyName"], "DAILY");
    stage.wait(15 * 3600);
    stage.get(&path).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn every_refusal_can_be_had_on_demand() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    for policy in [Policy::TenSecondlyRolling, Policy::Secondly, Policy::Daily] {
        let refusal = refusal::rate_limited(policy);
        let name = refusal.body["policyName"].clone();
        stage.world.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Refuse(refusal)));
        assert_eq!(stage.get(&path).await.ok(429)["policyName"], name);
    }
    for status in [423, 477, 500, 502, 503, 504] {
        stage.world.hubspot.inject(Fault::on("* /crm/**", Effect::Refuse(refusal::unavailable(status))));
        let reply = stage.get(&path).await;
        assert_eq!(reply.status, status);
        assert_eq!(reply.headers.contains_key("retry-after"), status == 477);
    }
    stage.get(&path).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn a_fault_waits_for_its_turn_and_heals() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    let down = || Effect::Refuse(refusal::unavailable(500));
    stage.world.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", down()).nth(2).times(2));
    stage.world.hubspot.inject(Fault::on("PATCH /crm/v3/objects/tickets/*", down()).always());
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(stage.get(&path).await.status);
    }
    assert_eq!(statuses, [200, 500, 500, 200]);
    let body = json!({ "properties": { "subject": "x" } });
    assert_eq!(stage.call("PATCH", &path, body.clone()).await.status, 500);
    stage.world.hubspot.heal();
    stage.call("PATCH", &path, body).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn a_connection_breaks_before_or_after_the_effect() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let path = "/crm/v3/objects/notes";
    for (effect, notes) in [(Effect::CutBefore, 0), (Effect::CutAfter, 1)] {
        stage.world.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", effect));
        let outcome = send(stage.request("POST", path).json(&note(ticket.0, "x"))).await;
        assert!(outcome.is_err());
        assert_eq!(stage.world.hubspot.notes(ticket).len(), notes);
    }
    let journal = stage.world.hubspot.journal().of("POST /crm/v3/objects/notes");
    assert_eq!(journal.iter().map(|it| it.applied).collect::<Vec<_>>(), [false, true]);
    assert_eq!(journal.iter().map(|it| it.fault).collect::<Vec<_>>(), [Some("cut before"), Some("cut after")]);
    let lying = Effect::ApplyThenRefuse(refusal::unavailable(504));
    stage.world.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", lying));
    assert_eq!(stage.call("POST", path, note(ticket.0, "x")).await.status, 504);
    assert_eq!(stage.world.hubspot.notes(ticket).len(), 2);
    stage.world.finish();
}

#[tokio::test]
async fn half_an_answer_is_no_json() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    stage.world.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Truncate));
    let reply = stage.get(&path).await;
    assert_eq!(reply.status, 200);
    assert!(serde_json::from_str::<Value>(&reply.text).is_err());
    stage.world.finish();
}

#[tokio::test]
async fn a_slow_call_has_its_effect_though_the_caller_hangs_up() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.world.hubspot.delay_all(Duration::from_millis(300));
    let request = stage.request("POST", "/crm/v3/objects/notes").json(&note(ticket.0, "x"));
    assert!(send(request.timeout(Duration::from_millis(50))).await.unwrap_err().is_timeout());
    assert_eq!(stage.world.hubspot.notes(ticket).len(), 1);
    let started = Instant::now();
    stage.get(&format!("/crm/v3/objects/tickets/{ticket}")).await.ok(200);
    assert!(started.elapsed() >= Duration::from_millis(300));
    assert!(stage.world.hubspot.calls().iter().all(|it| it.duration >= Duration::from_millis(300)));
    stage.world.finish();
}

#[tokio::test]
async fn hooks_run_around_the_effect() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let seen = Arc::new([AtomicUsize::new(9), AtomicUsize::new(9)]);
    let (before, after) = (Arc::clone(&seen), Arc::clone(&seen));
    let (one, two) = (stage.world.hubspot.clone(), stage.world.hubspot.clone());
    stage.world.hubspot.before_each(move |target| {
        assert_eq!(target.path, "/crm/v3/objects/notes");
        before[0].store(one.notes(ticket).len(), Ordering::SeqCst);
        async {}
    });
    stage.world.hubspot.after_each(move |_| {
        let (after, two) = (Arc::clone(&after), two.clone());
        async move {
            tokio::task::yield_now().await;
            after[1].store(two.notes(ticket).len(), Ordering::SeqCst);
        }
    });
    stage.call("POST", "/crm/v3/objects/notes", note(ticket.0, "x")).await.ok(201);
    assert_eq!([seen[0].load(Ordering::SeqCst), seen[1].load(Ordering::SeqCst)], [0, 1]);
    stage.world.finish();
}

#[tokio::test]
async fn the_journal_has_every_call_and_no_token() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.get(&format!("/crm/v3/objects/tickets/{ticket}?properties=subject")).await.ok(200);
    stage.wait(1);
    stage.call("POST", "/crm/v3/objects/notes", note(ticket.0, "x")).await.ok(201);
    let inputs = super::batch(&[ticket.0], &["subject"]);
    stage.call("POST", "/crm/v3/objects/tickets/batch/read", inputs).await.ok(200);
    let journal = stage.world.hubspot.journal();
    assert_eq!((journal.reads(), journal.writes()), (2, 1));
    assert_eq!(journal.count("GET /crm/v3/objects/tickets/*"), 1);
    let calls = stage.world.hubspot.calls();
    assert_eq!(calls[0].query, [("properties".to_owned(), "subject".to_owned())]);
    assert_eq!((calls[1].status, &calls[1].request), (201, &note(ticket.0, "x")));
    assert_eq!(calls[1].at, stage.watch.now());
    assert_eq!(calls[1].response["id"], stage.world.hubspot.notes(ticket)[0].id.0.to_string());
    assert!(!format!("{calls:?}").contains("pat-sandbox"));
    journal.clear();
    assert!(stage.world.hubspot.calls().is_empty());
    stage.world.finish();
}
