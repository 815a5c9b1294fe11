//! SIGKILL of real processes at every call of the function, and a sample of `cargo run -- kills`.

use std::time::Duration;

use escalation::id::TicketId;
use escalation::runtime::Clock;
use jiff::SignedDuration;
use sandbox::dynamo::Moment;
use sandbox::host::{FunctionSpec, Host, HostConfig};
use sandbox::kills::{Death, Kills, Options, PLACES, play};
use sandbox::product::Setup;
use sandbox::team::{DANA, SAM};
use sandbox::world::client;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::workflow::Caller;
use serde_json::json;

use Moment::{After, Before};

const CREATE: &str = "POST /rest/api/3/issue";
const SEARCH: &str = "POST /rest/api/3/search/jql";

fn setup() -> Setup {
    Setup::of(env!("CARGO_BIN_EXE_sandbox"))
}

/// Each case is a ticket of its own, with its own deaths, all of which strike.
async fn check(cases: &[&[(&'static str, Moment)]], lag: i64) {
    let mut kills = Kills::start(setup()).await.unwrap();
    for case in cases {
        let deaths: Vec<Death> = case.iter().map(|(at, when)| Death { at, when: *when }).collect();
        let (_, left) = kills.run(&deaths, SignedDuration::from_secs(lag)).await.unwrap();
        assert!(left.is_right() && left.died == case.len(), "{case:?} {left:?}");
    }
    kills.product.finish();
}

/// Everywhere on the way of a first delivery to a process that knows nothing yet.
async fn everywhere(places: &[&'static str]) {
    let cases: Vec<[_; 1]> = places.iter().flat_map(|it| [[(*it, Before)], [(*it, After)]]).collect();
    check(&cases.iter().map(|it| &it[..]).collect::<Vec<_>>(), 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f37_killed_while_it_speaks_to_hubspot() {
    // Who is called what is known for a while, and whether this process asks depends on the one before.
    let places: Vec<_> = PLACES[0].iter().copied().filter(|it| !it.ends_with("/owners")).collect();
    everywhere(&places).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f37_killed_while_it_speaks_to_jira() {
    let places: Vec<_> = PLACES[1].iter().copied().filter(|it| *it != SEARCH && !it.contains("createmeta")).collect();
    everywhere(&places).await;
    check(&[&[(CREATE, After), (SEARCH, Before)], &[(CREATE, After), (SEARCH, After)]], 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f37_killed_while_it_writes_to_the_state_table() {
    everywhere(PLACES[2]).await;
    check(&[&[(CREATE, After), ("DynamoDB note", Before)], &[(CREATE, Before), (CREATE, After)]], 150).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_random_runs_leave_one_of_everything() {
    let tally = play(setup(), &Options { runs: 10, seed: 4 }, |_| {}).await.unwrap();
    println!("{tally}");
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.runs == 10 && tally.deadly >= 5, "{tally}");
}

/// HubSpot hangs up; the function goes on, and the next delivery hears what came of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f47_a_caller_that_hangs_up_changes_nothing() {
    let mut kills = Kills::start(setup()).await.unwrap();
    // A process is there, so that the patience is all for the create.
    let (_, left) = kills.run(&[], SignedDuration::ZERO).await.unwrap();
    assert!(left.is_right(), "{left:?}");
    let jira = kills.product.world.jira.clone();
    jira.inject(Fault::on(CREATE, Effect::Delay(Duration::from_secs(2))));
    let ticket = fresh(&kills);
    let (app, now) = (kills.product.app(), kills.product.now());
    let body = json!({
        "callbackId": "ap-24680135-77-1-0",
        "origin": { "portalId": app.portal.0 },
        "object": { "objectId": ticket.0, "objectType": "TICKET" },
        "inputFields": {},
    });
    let path = "/hubspot/actions/create-jira-issue";
    let ask = async |patience| {
        let caller = Caller::new(&app.public_url, patience).unwrap();
        caller.request(app, path, body.clone(), now).send().await
    };
    assert!(ask(Duration::from_millis(1_200)).await.unwrap_err().is_timeout());
    let ended = format!("answered 200 (created) for ticket {ticket}");
    kills.product.host.logged(|it| it.text.contains(&ended)).await;
    let answer = ask(Duration::from_secs(10)).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.text().await.unwrap().contains("\"outcome\":\"created\""));
    assert_eq!(jira.journal().count(CREATE), 2, "one for each ticket");
    kills.product.finish();
}

/// A ticket that was sent to Tech, of which no workflow knows yet.
fn fresh(kills: &Kills) -> TicketId {
    let hubspot = &kills.product.world.hubspot;
    let owner = SAM.owner.to_string();
    let ticket = hubspot.agent(SAM.user).create_ticket(&[("subject", "x"), ("hubspot_owner_id", &*owner)]).unwrap();
    hubspot.agent(SAM.user).write_note(ticket, &crate::bench::texts::whole()).unwrap();
    hubspot.agent(DANA.user).set(ticket, "escalation_type", "tech").unwrap();
    ticket
}

/// Nobody is told that they may not ask, which HubSpot would take for an answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f45_secrets_that_cannot_be_read_at_the_start_are_asked_for_again() {
    let nowhere = "http://127.0.0.1:1".to_owned();
    let env = [
        ("SECRETS_ID", "escalation".to_owned()),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", nowhere),
        ("AWS_ACCESS_KEY_ID", "sandbox".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "sandbox".to_owned()),
    ];
    let env = env.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let program = env!("CARGO_BIN_EXE_sandbox").into();
    let spec = FunctionSpec { program, env, ..FunctionSpec::action("create-jira-issue").unwrap() };
    let host = Host::start(HostConfig::new(vec![spec], Clock::system())).await.unwrap();
    let request = client::builder().build().unwrap().post(format!("{}/hubspot/actions/create-jira-issue", host.url()));
    let status = request.header("content-type", "application/json").body("{}").send().await.unwrap().status();
    assert!(status.is_server_error(), "{status}");
    assert!(host.logs().iter().any(|it| it.text.contains("SECRETS_ID: cannot read secret escalation")));
}
