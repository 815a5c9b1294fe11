//! What a sweep makes of the agenda, by the answers of a front that says what it is told to.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use escalation::http::Http;
use escalation::id::{PortalId, TicketId};
use escalation::ledger::{Ledger, Look, Times};
use escalation::runtime::signature::Secrets;
use escalation::runtime::{Front, Invocation, Job};
use sandbox::dynamo::{Dynamo, Step};
use serde_json::{Value, json};
use sweep::Sweep;
use tokio::net::TcpListener;
use tokio::sync::Barrier;

use crate::ledger::bench::{Time, client, dynamo};
use crate::telemetry::counted;

const SECRET: &str = "new-secret,old-secret";
const MINUTE: Duration = Duration::from_secs(60);
/// As template.yaml has it.
const LIMIT: Duration = Duration::from_secs(50);

/// A sweep between an agenda and a front.
struct Bench {
    dynamo: Dynamo,
    time: Time,
    ledger: Ledger,
    sweep: Sweep,
    front: Arc<Stub>,
}

/// A front that answers 200 and `SUCCESS` unless it was told otherwise.
struct Stub {
    time: Time,
    answers: Mutex<BTreeMap<u64, (StatusCode, &'static str)>>,
    asked: Mutex<Vec<(String, Value)>>,
    /// So many are answered that there is no room.
    full: AtomicUsize,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
    meet: Mutex<Option<Arc<Barrier>>>,
}

impl Bench {
    async fn new() -> Self {
        let dynamo = dynamo().await;
        let time = Time::at("2126-01-05T10:00:00Z");
        let front = Arc::new(Stub {
            time: time.clone(),
            answers: Mutex::default(),
            asked: Mutex::default(),
            full: AtomicUsize::new(0),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
            meet: Mutex::default(),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&front));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let ledger = Ledger::new(client(&dynamo, 3), dynamo.table(), Times::default());
        let sweep = Sweep::new(ledger.clone(), Front::new(Http::new(), &url, SECRET).unwrap(), 30 * MINUTE);
        Self { dynamo, time, ledger, sweep, front }
    }

    async fn remind(&self, ticket: u64) {
        self.remind_with(ticket, json!({})).await;
    }

    async fn remind_with(&self, ticket: u64, inputs: Value) {
        let look = Look::new("assign-lane", PortalId(7), TicketId(ticket), &inputs).unwrap();
        self.ledger.look_again(&look, self.time.now()).await.unwrap();
        // Another reminder is another millisecond's.
        self.time.pass(Duration::from_millis(1));
    }

    fn answers(&self, ticket: u64, status: u16, state: &'static str) {
        self.front.answers.lock().unwrap().insert(ticket, (StatusCode::from_u16(status).unwrap(), state));
    }

    /// Sweeps, and says which tickets were asked for.
    async fn sweep(&self) -> Vec<u64> {
        self.sweep_within(LIMIT).await.unwrap();
        let mut tickets =
            self.asked().iter().map(|it| it.1["object"]["objectId"].as_u64().unwrap()).collect::<Vec<_>>();
        tickets.sort_unstable();
        tickets
    }

    async fn sweep_within(&self, limit: Duration) -> anyhow::Result<()> {
        self.dynamo.forget();
        let invocation =
            Invocation { clock: self.time.clock(), deadline: self.time.now() + limit, request_id: "test".to_owned() };
        self.sweep.run(&invocation).await
    }

    fn asked(&self) -> Vec<(String, Value)> {
        std::mem::take(&mut self.front.asked.lock().unwrap())
    }

    async fn left(&self) -> usize {
        self.ledger.due(self.time.now() + Duration::from_secs(24 * 3_600), 100).await.unwrap().len()
    }

    fn operations(&self) -> Vec<String> {
        self.dynamo.requests().into_iter().map(|it| it.operation).collect()
    }
}

/// Takes what is signed with either secret, as an action does.
async fn answer(State(stub): State<Arc<Stub>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let signature = headers["x-escalation-signature"].to_str().unwrap();
    Secrets::parse(SECRET).unwrap().forwarded(signature, &body, stub.time.now()).unwrap();
    assert_eq!(headers["content-type"], "application/json");
    let body: Value = serde_json::from_slice(&body).unwrap();
    let ticket = body["object"]["objectId"].as_u64().unwrap();
    stub.asked.lock().unwrap().push((uri.path().to_owned(), body));
    let at_once = stub.at_once.fetch_add(1, Ordering::SeqCst) + 1;
    stub.most_at_once.fetch_max(at_once, Ordering::SeqCst);
    let meet = stub.meet.lock().unwrap().clone();
    if let Some(meet) = meet {
        meet.wait().await;
    }
    stub.at_once.fetch_sub(1, Ordering::SeqCst);
    if stub.full.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1)).is_ok() {
        return (StatusCode::TOO_MANY_REQUESTS, [("x-escalation-paced", "true")]).into_response();
    }
    let (status, state) = stub.answers.lock().unwrap().get(&ticket).copied().unwrap_or((StatusCode::OK, "SUCCESS"));
    (status, json!({ "outputFields": { "hs_execution_state": state, "outcome": "assigned" } }).to_string())
        .into_response()
}

#[tokio::test]
async fn nothing_due_is_one_query() {
    let bench = Bench::new().await;
    let later = Look::new("assign-lane", PortalId(7), TicketId(42), &json!({})).unwrap();
    bench.ledger.look_again(&later, bench.time.now() + MINUTE).await.unwrap();
    assert!(bench.sweep().await.is_empty());
    assert_eq!(bench.operations(), ["Query"]);
}

#[tokio::test]
async fn the_action_is_asked_as_its_workflow_asks_it() {
    let bench = Bench::new().await;
    bench.remind_with(42, json!({ "mode": "enforce", "days": 3, "note": null })).await;
    bench.sweep_within(LIMIT).await.unwrap();
    let asked = bench.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].0, "/hubspot/actions/assign-lane");
    insta::assert_snapshot!(asked[0].1, @r#"{"inputFields":{"days":3,"mode":"enforce"},"object":{"objectId":42,"objectType":"TICKET"},"origin":{"portalId":7,"source":"escalation"}}"#);
    assert_eq!(bench.operations(), ["Query", "UpdateItem"]);
    assert!(bench.sweep().await.is_empty());
}

#[tokio::test]
async fn one_look_does_for_all_that_wait_for_it() {
    let bench = Bench::new().await;
    for ticket in [42, 43, 42, 42] {
        bench.remind(ticket).await;
    }
    bench.remind_with(42, json!({ "mode": "observe" })).await;
    assert_eq!(bench.sweep().await, [42, 42, 43]);
    assert_eq!(bench.left().await, 0);
}

/// Whatever the answer, short of a decision.
#[tokio::test]
async fn what_is_not_decided_stays_and_is_asked_again_in_a_minute() {
    for (status, state) in
        [(429, ""), (503, ""), (500, ""), (401, ""), (404, ""), (200, "FAIL_CONTINUE"), (202, "SUCCESS")]
    {
        let bench = Bench::new().await;
        bench.remind(42).await;
        bench.answers(42, status, state);
        assert_eq!(bench.sweep().await, [42]);
        bench.time.pass(MINUTE - Duration::from_millis(1));
        assert!(bench.sweep().await.is_empty(), "{status} {state}");
        bench.time.pass(Duration::from_millis(1));
        bench.answers(42, 200, "SUCCESS");
        assert_eq!(bench.sweep().await, [42]);
        assert_eq!(bench.left().await, 0);
    }
}

/// It waits for nothing that somebody has to put right.
#[tokio::test]
async fn what_finds_no_room_is_asked_again_as_long_as_there_is_time_and_is_not_put_off() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    bench.front.full.store(1, Ordering::SeqCst);
    bench.sweep_within(Duration::from_millis(24_999)).await.unwrap();
    assert_eq!((bench.asked().len(), bench.left().await), (1, 1), "there is no time to wait");
    bench.front.full.store(1, Ordering::SeqCst);
    // Nobody waits for the pause: it is over as soon as there is nothing else to do.
    tokio::time::pause();
    bench.sweep_within(Duration::from_secs(25)).await.unwrap();
    tokio::time::resume();
    assert_eq!((bench.asked().len(), bench.left().await), (2, 0), "no minute has passed");
}

#[tokio::test]
async fn what_only_waits_for_room_is_late_and_not_unfinished() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    bench.front.full.store(usize::MAX, Ordering::SeqCst);
    for minutes in [45, 90] {
        bench.time.pass(45 * MINUTE);
        let (_, values) = counted(bench.sweep_within(Duration::from_secs(24))).await;
        assert_eq!((values.get("AgendaAge"), values.get("Unfinished")), (Some(&vec![f64::from(minutes * 60)]), None));
    }
    bench.front.full.store(0, Ordering::SeqCst);
    bench.answers(42, 503, "");
    let (_, values) = counted(bench.sweep()).await;
    assert_eq!(values["Unfinished"], [1.0], "now it was looked at");
}

#[tokio::test]
async fn one_that_always_fails_neither_stops_the_others_nor_spins() {
    let bench = Bench::new().await;
    bench.answers(1, 503, "");
    bench.remind(1).await;
    let mut asked = 0;
    for minute in 2..24 * 60 {
        if minute % 10 == 0 {
            bench.remind(minute).await;
        }
        let tickets = bench.sweep().await;
        asked += tickets.iter().filter(|it| **it == 1).count();
        assert_eq!(tickets.contains(&minute), minute % 10 == 0);
        bench.time.pass(MINUTE);
    }
    assert_eq!((asked, bench.left().await), (42, 1));
}

#[tokio::test]
async fn what_is_never_finished_is_counted_once_and_does_not_make_the_sweep_late() {
    let bench = Bench::new().await;
    let (_, values) = counted(bench.sweep()).await;
    assert_eq!(values["AgendaAge"], [0.0]);
    bench.answers(1, 503, "");
    bench.remind(1).await;
    let (mut unfinished, mut latest) = (0.0, 0.0_f64);
    for _ in 0..180 {
        bench.time.pass(MINUTE);
        let (_, values) = counted(bench.sweep()).await;
        unfinished += values.get("Unfinished").map_or(0.0, |it| it[0]);
        latest = latest.max(values["AgendaAge"][0]);
    }
    assert_eq!(unfinished, 1.0);
    assert_eq!(latest, 60.0, "it is put off and looked at when it is due, however old it is");
}

/// Other versions of this code, and whoever wrote into the table by hand.
#[tokio::test]
async fn an_entry_that_does_not_read_is_put_off_like_others() {
    let bench = Bench::new().await;
    let item =
        json!({ "pk": {"S": "a#x"}, "ag": {"S": "open"}, "due": {"N": "1"}, "look": {"S": "../../etc 7 42 {}"} });
    bench.dynamo.call("PutItem", &json!({ "TableName": bench.dynamo.table(), "Item": item })).await.unwrap();
    bench.remind(42).await;
    assert_eq!(bench.sweep().await, [42]);
    assert!(bench.sweep().await.is_empty());
    assert_eq!(bench.operations(), ["Query"]);
    assert_eq!(bench.left().await, 1);
}

#[tokio::test]
async fn at_most_four_are_asked_at_a_time() {
    let bench = Bench::new().await;
    for ticket in 1..=12 {
        bench.remind(ticket).await;
    }
    // Nobody is answered before four are there.
    *bench.front.meet.lock().unwrap() = Some(Arc::new(Barrier::new(4)));
    assert_eq!(bench.sweep().await, (1..=12).collect::<Vec<_>>());
    assert_eq!(bench.front.most_at_once.load(Ordering::SeqCst), 4);
    assert_eq!(bench.left().await, 0);
}

/// Both sides of the time that the longest look takes.
#[tokio::test]
async fn no_look_begins_that_could_not_end_in_time() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    bench.sweep_within(Duration::from_millis(22_999)).await.unwrap();
    assert!(bench.asked().is_empty());
    assert_eq!(bench.operations(), ["Query"]);
    bench.sweep_within(Duration::from_secs(23)).await.unwrap();
    assert_eq!((bench.asked().len(), bench.left().await), (1, 0));
}

#[tokio::test]
async fn more_than_a_run_can_take_is_there_for_the_next_one() {
    let bench = Bench::new().await;
    for ticket in 1..=401 {
        bench.remind(ticket).await;
    }
    assert_eq!(bench.sweep().await, (1..=400).collect::<Vec<_>>());
    assert_eq!(bench.sweep().await, [401]);
}

#[tokio::test]
async fn a_table_that_is_down_fails_the_run() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    bench.dynamo.on_request(|_, _| async { Step::FAIL });
    bench.sweep_within(LIMIT).await.unwrap_err();
    assert!(bench.asked().is_empty());
}

/// What came of it cannot be noted: it is asked again, which does no harm.
#[tokio::test]
async fn a_look_that_could_not_be_noted_is_taken_again() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    bench.remind(43).await;
    bench.dynamo.on_request(|request, _| async move {
        match request.operation.as_str() {
            "Query" => Step::Pass,
            _ => Step::FAIL,
        }
    });
    assert_eq!(bench.sweep().await, [42, 43]);
    bench.dynamo.on_request(|_, _| async { Step::Pass });
    assert_eq!(bench.sweep().await, [42, 43]);
    assert_eq!(bench.left().await, 0);
}

#[tokio::test]
async fn a_front_that_is_away_is_tried_again() {
    let bench = Bench::new().await;
    bench.remind(42).await;
    // Nothing listens there.
    let front = Front::new(Http::new(), "http://127.0.0.1:1", SECRET).unwrap();
    let nowhere = Sweep::new(bench.ledger.clone(), front, 30 * MINUTE);
    let invocation =
        Invocation { clock: bench.time.clock(), deadline: bench.time.now() + LIMIT, request_id: "test".to_owned() };
    nowhere.run(&invocation).await.unwrap();
    bench.time.pass(MINUTE);
    assert_eq!(bench.sweep().await, [42]);
}

#[test]
fn a_front_without_an_address_or_a_secret_is_refused() {
    let wrong = Front::new(Http::new(), "", "").err().unwrap().to_string();
    insta::assert_snapshot!(wrong, @r#"
    PUBLIC_BASE_URL is not a base URL: write it as HubSpot calls it, such as https://escalation.example.com, without a query (http:// is for localhost alone)
    FORWARD_SECRET is empty, or has an empty part between its commas: paste the secret alone, or two secrets with one comma between them
    "#);
    for (url, secret) in [("http://example.com", "secret"), ("https://example.com", "a,,b"), ("example.com", "secret")]
    {
        assert!(Front::new(Http::new(), url, secret).is_err(), "{url} {secret}");
    }
}
