//! HubSpot lets an app make so many calls in ten seconds, all environments of all functions together: a run begins
//! where there is room for all that it calls, and is put off before it has called anything where there is none.

use std::time::Duration;

use escalation::http::Http;
use escalation::hubspot::HubSpot;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{Edge, Front, Invocation, respond};
use jiff::SignedDuration;
use sandbox::dynamo::{Moment, Step};
use sandbox::product::FORWARD_SECRET;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::hubspot::refusal;
use sandbox::world::workflow::definition::comment_check;
use serde_json::Map;
use validate_comment::ValidateComment;

use crate::bench::texts::whole;
use crate::bench::{Answer, Bench, TIME_LIMIT, delivery, edge, policy};
use crate::ledger::bench;
use crate::telemetry::counted;

/// Calls in ten seconds: enough for six checks, and what is kept for others.
const MOST: usize = 40;

/// An account with a small limit.
async fn account() -> Bench {
    let limits = Limits { ten_secondly: MOST, ..Limits::default() };
    Bench::with(Settings { limits, ..Settings::default() }, &[], comment_check(&[])).await
}

/// The function in an environment of its own.
struct Environment {
    edge: Edge,
    check: ValidateComment,
}

/// One that knows the limit from an answer that it had.
async fn environment(bench: &Bench) -> Environment {
    let token = bench.hubspot.settings().token;
    let hubspot = HubSpot::new(Http::new(), bench.hubspot.base_url(), token);
    let ledger = Ledger::new(bench::client(&bench.dynamo, 3), bench.dynamo.table(), Times::default());
    let policy = Policy::parse(&policy(&[]), "policy.toml").unwrap();
    let check = ValidateComment::new(hubspot, policy, ledger);
    let environment = Environment { edge: edge(bench.portal()).paced(&check).unwrap(), check };
    assert_eq!(ask(bench, &environment, bench.ticket()).await.outcome(), "not_escalated");
    bench.wait(60);
    environment
}

async fn ask(bench: &Bench, it: &Environment, ticket: TicketId) -> Answer {
    let event = delivery(bench.portal(), ticket, &format!("ap-24680135-{ticket}-1-0"), &[]);
    let deadline = bench.watch.now() + TIME_LIMIT;
    let invocation = Invocation { clock: bench.watch.clock(), deadline, request_id: "request-1".to_owned() };
    Answer::read(&Box::pin(respond(&it.edge, &it.check, event, &invocation)).await)
}

fn refused(bench: &Bench) -> usize {
    bench.hubspot.calls().iter().filter(|it| it.status == 429).count()
}

#[tokio::test]
async fn what_finds_no_room_comes_back_once_and_then_begins() {
    let bench = account().await;
    let environments = [environment(&bench).await, environment(&bench).await];
    let mut waiting = Vec::new();
    let (start, mut at_once) = (bench.watch.now(), 0);
    for number in 0..20 {
        let ticket = bench.escalated(&whole());
        let calls = bench.hubspot.calls().len();
        let answer = ask(&bench, &environments[number % 2], ticket).await;
        match answer.retry_after {
            None => {
                assert_eq!(answer.outcome(), "complete");
                at_once += 1;
            }
            Some(pause) => {
                assert_eq!(answer.status, 429);
                assert_eq!(bench.hubspot.calls().len(), calls, "it has called nothing");
                waiting.push((start + SignedDuration::from_millis(pause), ticket));
            }
        }
    }
    assert!((4..=8).contains(&at_once), "{at_once}");
    assert!(waiting.is_sorted(), "first come, first served: {waiting:?}");
    for (number, (at, ticket)) in waiting.iter().enumerate() {
        bench.watch.set((*at).max(bench.watch.now()));
        assert_eq!(ask(&bench, &environments[number % 2], *ticket).await.outcome(), "complete");
    }
    let took = bench.watch.now().duration_since(start);
    assert!((20..60).contains(&took.as_secs()), "fourteen checks of six calls at 32 in ten seconds: {took:?}");
    assert_eq!(refused(&bench), 0);
    bench.finish();
}

#[tokio::test]
async fn who_asks_before_its_time_keeps_its_place() {
    let bench = account().await;
    let environments = [environment(&bench).await, environment(&bench).await];
    let mut pauses = Vec::new();
    let tickets: Vec<TicketId> = (0..14).map(|_| bench.escalated(&whole())).collect();
    for ticket in &tickets {
        pauses.push(ask(&bench, &environments[0], *ticket).await.retry_after);
    }
    let (first, pause) = tickets.iter().zip(&pauses).find_map(|it| Some((*it.0, (*it.1)?))).unwrap();
    bench.wait(3);
    assert_eq!(ask(&bench, &environments[1], first).await.retry_after, Some(pause - 3_000));
    // Whoever came later comes later still.
    let late = ask(&bench, &environments[1], bench.escalated(&whole())).await.retry_after.unwrap();
    assert!(late + 3_000 > pauses.last().unwrap().unwrap());
    bench.finish();
}

#[tokio::test]
async fn what_our_own_functions_ask_for_waits_for_those_who_queue() {
    let bench = account().await;
    let check = environment(&bench).await;
    let tickets: Vec<TicketId> = (0..10).map(|_| bench.escalated(&whole())).collect();
    for ticket in &tickets[..9] {
        ask(&bench, &check, *ticket).await;
    }
    let front = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", front.local_addr().unwrap());
    let inside = sandbox_front(&bench, check, front);
    let asks = Front::new(Http::new(), &url, FORWARD_SECRET).unwrap();
    let place = (bench.portal(), tickets[9]);
    let now = bench.watch.now();
    // The first has the share that is kept for its like; the next one would be one too many.
    let (nothing, patience) = (Map::new(), Duration::from_secs(10));
    let ask = || asks.ask("validate-comment", place, &nothing, now, patience);
    assert!(ask().await.is_ok());
    let error = ask().await.unwrap_err().to_string();
    assert_eq!(error, "it answered 429");
    inside.abort();
    assert_eq!(refused(&bench), 0);
    bench.finish();
}

/// Has the function answer at this address.
fn sandbox_front(bench: &Bench, it: Environment, listener: tokio::net::TcpListener) -> tokio::task::JoinHandle<()> {
    let (clock, now) = (bench.watch.clock(), bench.watch.now());
    let parts = std::sync::Arc::new((it, clock, now + TIME_LIMIT));
    let answer = move |uri: axum::http::Uri, headers: axum::http::HeaderMap, body: String| {
        let parts = parts.clone();
        async move {
            let named: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
            let event = crate::bench::event("POST", uri.path(), &named, &body);
            let (it, clock, deadline) = &*parts;
            let invocation =
                Invocation { clock: clock.clone(), deadline: *deadline, request_id: "request-1".to_owned() };
            let reply = Box::pin(respond(&it.edge, &it.check, event, &invocation)).await;
            (axum::http::StatusCode::from_u16(reply.status_code).unwrap(), reply.body)
        }
    };
    let router = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() })
}

/// Another tool uses the app as well, and HubSpot says so to one environment.
#[tokio::test]
async fn one_refusal_keeps_all_environments_away_for_as_long_as_it_says() {
    for (policy, least) in [(refusal::Policy::TenSecondlyRolling, 9), (refusal::Policy::Daily, 3_500)] {
        let bench = account().await;
        let [one, other] = [environment(&bench).await, environment(&bench).await];
        bench.hubspot.inject(Fault::on("* /**", Effect::Refuse(refusal::rate_limited(policy))).always());
        let tickets = [bench.escalated(&whole()), bench.escalated(&whole())];
        let (answer, values) = counted(ask(&bench, &one, tickets[0])).await;
        assert_eq!(answer.status, 429);
        let is_daily = matches!(policy, refusal::Policy::Daily);
        assert_eq!(values.get("DailyLimits"), is_daily.then_some(&vec![1.0]), "a day's limit rings");
        let calls = bench.hubspot.calls().len();
        let answer = ask(&bench, &other, tickets[1]).await;
        assert_eq!((answer.status, bench.hubspot.calls().len()), (429, calls), "nobody asks in vain");
        let pause = answer.retry_after.unwrap() / 1_000;
        assert!(pause >= least, "{pause}");
        bench.hubspot.heal();
        bench.wait(pause + 1);
        assert_eq!(ask(&bench, &other, tickets[1]).await.outcome(), "complete");
        bench.finish();
    }
}

#[tokio::test]
async fn a_state_table_that_is_down_for_the_quota_holds_nobody_up() {
    let bench = account().await;
    let check = environment(&bench).await;
    bench.dynamo.on_request(|request, moment| {
        let is_quota = request.body["Key"]["pk"]["S"].as_str().is_some_and(|it| it.starts_with("q#"));
        let fails = is_quota && moment == Moment::Before;
        std::future::ready(if fails { Step::FAIL } else { Step::Pass })
    });
    let ticket = bench.escalated(&whole());
    assert_eq!(ask(&bench, &check, ticket).await.outcome(), "complete");
    bench.finish();
}
