//! HubSpot lets an app make so many calls in ten seconds, all environments of all functions together: a run begins
//! where there is room for all that it calls, and is put off before it has called anything where there is none.

use std::time::Duration;

use escalation::http::Http;
use escalation::hubspot::HubSpot;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Name, Shared, Times, Unchanged};
use escalation::policy::Policy;
use escalation::runtime::{Edge, Front, Invocation, last_run, respond};
use jiff::SignedDuration;
use sandbox::dynamo::{Moment, Step};
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET};
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::hubspot::refusal;
use sandbox::world::workflow::definition::comment_check;
use sandbox::world::workflow::signature;
use serde_json::Map;
use validate_comment::ValidateComment;

use crate::bench::texts::whole;
use crate::bench::{Answer, Bench, CHECK, TIME_LIMIT, delivery, edge, policy};
use crate::ledger::bench;
use crate::telemetry::counted;

/// Calls in ten seconds: enough for six checks, and what is kept for others.
const MOST: usize = 40;

/// An account with a small limit.
async fn account() -> Bench {
    let limits = Limits { ten_secondly: MOST, ..Limits::default() };
    Bench::with(Settings { limits, ..Settings::default() }, &[], comment_check(&[])).await
}

fn ledger(bench: &Bench) -> Ledger {
    Ledger::new(bench::client(&bench.dynamo, 3), bench.dynamo.table(), Times::default())
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
    let ledger = ledger(bench);
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
    Answer::read(&Box::pin(respond(&it.edge, &it.check, &event, &invocation)).await)
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
            let reply = Box::pin(respond(&it.edge, &it.check, &event, &invocation)).await;
            (axum::http::StatusCode::from_u16(reply.status_code).unwrap(), reply.body)
        }
    };
    let router = axum::Router::new().fallback(answer);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() })
}

/// Another tool uses the app as well, and HubSpot says so to one environment.
#[tokio::test]
async fn one_refusal_keeps_all_environments_away_for_as_long_as_it_says() {
    for (policy, least, longest) in [(refusal::Policy::TenSecondlyRolling, 9, 9), (refusal::Policy::Daily, 250, 3_600)]
    {
        let bench = account().await;
        let [one, other] = [environment(&bench).await, environment(&bench).await];
        bench.hubspot.inject(Fault::on("* /**", Effect::Refuse(refusal::rate_limited(policy))).always());
        let tickets = [bench.escalated(&whole()), bench.escalated(&whole())];
        let start = bench.watch.now();
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
        // A pause is never as long that HubSpot might give up, whatever unit it takes it for.
        let answer = loop {
            let answer = ask(&bench, &other, tickets[1]).await;
            let Some(pause) = answer.retry_after else { break answer };
            assert_eq!(bench.hubspot.calls().len(), calls);
            bench.wait(pause / 1_000 + 1);
        };
        let waited = bench.watch.now().duration_since(start).as_secs();
        assert!(waited >= longest, "{waited}");
        assert_eq!(answer.outcome(), "complete");
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

/// Who has a place comes while HubSpot wants nobody: the first one may not know yet.
#[tokio::test]
async fn whoever_has_a_place_stays_away_too_while_hubspot_wants_no_calls() {
    for policy in [refusal::Policy::TenSecondlyRolling, refusal::Policy::Daily] {
        let bench = account().await;
        let environments = [environment(&bench).await, environment(&bench).await];
        let mut waiting = Vec::new();
        for _ in 0..16 {
            let ticket = bench.escalated(&whole());
            let pause = ask(&bench, &environments[0], ticket).await.retry_after;
            waiting.extend(pause.map(|it| (bench.watch.now() + SignedDuration::from_millis(it), ticket)));
        }
        assert!(waiting.len() > 6, "{waiting:?}");
        bench.hubspot.inject(Fault::on("* /**", Effect::Refuse(refusal::rate_limited(policy))).always());
        bench.watch.set(waiting[0].0);
        assert_eq!(ask(&bench, &environments[0], waiting[0].1).await.status, 429);
        let calls = bench.hubspot.calls().len();
        for (number, (at, ticket)) in waiting.iter().enumerate().skip(1).take(4) {
            bench.watch.set((*at).max(bench.watch.now()));
            assert_eq!(ask(&bench, &environments[number % 2], *ticket).await.status, 429);
        }
        assert_eq!(bench.hubspot.calls().len(), calls, "{policy:?}: they called nothing");
        bench.hubspot.heal();
        let mut done = 0;
        for minute in 0..240 {
            bench.wait(60);
            let (at, ticket) = waiting[done];
            let answer = ask(&bench, &environments[minute % 2], ticket).await;
            done +=
                usize::from(bench.watch.now() > at && answer.retry_after.is_none() && answer.outcome() == "complete");
            if done == waiting.len() {
                break;
            }
        }
        assert_eq!(done, waiting.len(), "{policy:?}");
        bench.finish();
    }
}

/// *Send a webhook* names no execution, so each of its deliveries would be a run.
#[tokio::test]
async fn a_run_that_found_no_room_has_not_run() {
    let bench = account().await;
    let environment = environment(&bench).await;
    for _ in 0..30 {
        ask(&bench, &environment, bench.escalated(&whole())).await;
    }
    let ticket = bench.escalated(&whole());
    let body = serde_json::json!({"ticketId": ticket.0, "portalId": bench.portal().0}).to_string();
    let url = format!("https://{}{CHECK}", crate::bench::DOMAIN);
    let signed = signature::v2(CLIENT_SECRET, "POST", &url, &body);
    let headers = [("x-hubspot-signature", signed.as_str()), ("x-hubspot-signature-version", "v2")];
    for number in 0..8 {
        let event = crate::bench::event("POST", CHECK, &headers, &body);
        let (clock, deadline) = (bench.watch.clock(), bench.watch.now() + TIME_LIMIT);
        let invocation = Invocation { clock, deadline, request_id: format!("request-{number}") };
        let reply = Box::pin(respond(&environment.edge, &environment.check, &event, &invocation)).await;
        assert_eq!(reply.status_code, 429, "{}", reply.body);
        bench.wait(1);
    }
    assert!(last_run(&ledger(&bench), "validate-comment", (bench.portal(), ticket)).await.is_none());
    bench.finish();
}

/// All of an account's functions at their most, and each knows nothing yet.
#[tokio::test]
async fn of_many_at_the_same_moment_no_more_begin_than_there_is_room_for() {
    let bench = account().await;
    let ledger = ledger(&bench);
    let name = || Name::new("hubspot", &["calls"]).unwrap();
    let now = bench.watch.now();
    let asking = (0..120).map(|_| {
        let (ledger, quota) = (ledger.clone(), Shared::new(name()));
        tokio::spawn(async move { ledger.begin(&quota, 9, Some(190), now).await })
    });
    let mut begun = 0;
    for asked in asking.collect::<Vec<_>>() {
        match asked.await.unwrap() {
            Ok(begins) => begun += usize::from(begins),
            Err(error) => assert!(matches!(error, Unchanged::Crowded), "{error:?}"),
        }
    }
    assert_eq!(begun, 19, "171 calls");
    bench.finish();
}

/// Each start of a function is an environment that knows nothing yet.
#[tokio::test]
async fn what_hubspot_lets_us_call_is_known_to_all_after_the_first_answer() {
    let limits = Limits { ten_secondly: 1_000, ..Limits::default() };
    let bench = Bench::with(Settings { limits, ..Settings::default() }, &[], comment_check(&[])).await;
    for number in 0..20 {
        let token = bench.hubspot.settings().token;
        let hubspot = HubSpot::new(Http::new(), bench.hubspot.base_url(), token);
        let policy = Policy::parse(&policy(&[]), "policy.toml").unwrap();
        let check = ValidateComment::new(hubspot, policy, ledger(&bench));
        let environment = Environment { edge: edge(bench.portal()).paced(&check).unwrap(), check };
        let answer = ask(&bench, &environment, bench.escalated(&whole())).await;
        assert_eq!(answer.retry_after, None, "the {number}th: as many calls as fit into 100 are few");
    }
    bench.finish();
}
