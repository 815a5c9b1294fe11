//! The real processes: the schedule, kills, and what a person finds in the log.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use escalation::ledger::{Ledger, Look, Times};
use sandbox::host::Failure;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;
use serde_json::{Value, json};
use tokio::process::Command;

use crate::bench::texts::first_three;
use crate::ledger::bench::client;
use crate::validate_comment::product::Shop;

const NOTE: &str = "POST /crm/v3/objects/notes";

/// Kills these functions' processes, once, when HubSpot has a comment and nobody was told.
fn kill_at_the_comment(shop: &Shop, functions: &'static [&'static str]) -> Arc<AtomicBool> {
    let (host, armed) = (Arc::downgrade(&shop.product.host), Arc::new(AtomicBool::new(true)));
    let is_armed = Arc::clone(&armed);
    shop.product.world.hubspot.after_each(move |call| {
        let is_it = call.method == "POST" && call.path == "/crm/v3/objects/notes";
        if is_it && is_armed.swap(false, Ordering::SeqCst) {
            host.upgrade().map(|host| functions.iter().map(|it| host.kill(it)).sum::<usize>());
        }
        async {}
    });
    armed
}

/// The sweep goes on where a sweep was killed, or the action that it had asked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_a_sweep_changes_nothing() {
    for killed in [&["validate-comment"][..], &["sweep"], &["sweep", "validate-comment"]] {
        let mut shop = Shop::with_workflows(0).await;
        let ticket = shop.escalated(&first_three());
        let limited = refusal::rate_limited(refusal::Policy::TenSecondlyRolling);
        shop.product.world.hubspot.inject(Fault::on(NOTE, Effect::Refuse(limited)));
        assert_eq!(shop.product.deliver("validate-comment", ticket, 1).await.unwrap(), [429]);
        let armed = kill_at_the_comment(&shop, killed);
        shop.pass(15).await;
        assert!(!armed.load(Ordering::SeqCst), "nobody was killed");
        assert_eq!(shop.notes_of_ours(ticket), 1, "{killed:?}");
        let sweeps = sweeps(&shop);
        shop.pass(60).await;
        assert_eq!((shop.notes_of_ours(ticket), self::sweeps(&shop)), (1, sweeps), "nothing is left to look at");
        shop.close();
    }
}

/// The runs of the sweep so far.
fn sweeps(shop: &Shop) -> usize {
    shop.product.host.reports().iter().filter(|it| it.function == "sweep").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_says_once_that_something_does_not_get_finished() {
    let mut shop = Shop::with_workflows(0).await;
    let product = &shop.product;
    let ledger = Ledger::new(client(&product.dynamo, 3), product.dynamo.table(), Times::default());
    let ticket = shop.ticket("");
    let look = Look::new("no-such-action", product.app().portal, ticket, &json!({})).unwrap();
    ledger.look_again(&look, product.now()).await.unwrap();
    shop.pass(20).await;
    let lines = |level: &str, shop: &Shop| -> Vec<String> {
        let logs = shop.logs();
        let lines =
            logs.iter().filter_map(|it| serde_json::from_str::<Value>(it).ok()).filter(|it| it["level"] == level);
        lines.map(|it| it["message"].as_str().unwrap().to_owned()).collect()
    };
    shop.product.host.logged(|it| it.text.contains("is asked again")).await;
    assert!(lines("ERROR", &shop).is_empty());
    assert_eq!(
        lines("WARN", &shop)[0],
        format!("no-such-action did not finish with ticket {ticket}, and is asked again: it answered 404")
    );
    shop.pass(300).await;
    let alarm = shop.product.host.logged(|it| it.text.contains("is unfinished after")).await;
    let alarm: Value = serde_json::from_str(&alarm.text).unwrap();
    assert_eq!((&alarm["ticket"], &alarm["action"]), (&json!(ticket.to_string()), &json!("no-such-action")));
    let effect = alarm["effect"].as_str().unwrap();
    assert!(effect.starts_with("a#no-such-action#"), "{effect}");
    let message = alarm["message"].as_str().unwrap();
    assert!(message.starts_with(&format!("{effect} of ticket {ticket} is unfinished after 3")), "{message}");
    assert!(message.contains("look for the ticket in the log of no-such-action"), "{message}");
    assert_eq!(lines("ERROR", &shop).len(), 1, "{:?}", lines("ERROR", &shop));
    assert!(lines("INFO", &shop).iter().all(|it| it == "Looked at 0 of 1 tickets with something due"));
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sweep_runs_by_its_schedule_alone() {
    let shop = Shop::with_workflows(0).await;
    let host = &shop.product.host;
    let event = |file: &str| std::fs::read(format!("{}/../events/sweep/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(host.invoke("sweep", event("scheduled.json")).await.unwrap(), "null");
    let refused = host.invoke("sweep", event("refused-http-request.json")).await.unwrap_err();
    assert!(matches!(&refused, Failure::Failed(why) if why.contains("no event of a schedule")), "{refused}");
    let url = format!("{}/hubspot/actions/sweep", host.url());
    let answer = sandbox::world::client::builder().build().unwrap().post(url).body("{}").send().await.unwrap();
    assert_eq!(answer.status(), 404, "no address leads to it");
    tokio::time::timeout(Duration::from_secs(10), host.logged(|it| it.text.contains("Looked at 0 of 0")))
        .await
        .unwrap();
    shop.close();
}

#[tokio::test]
async fn a_sweep_that_cannot_work_says_all_that_is_wrong_and_ends() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["function", "sweep"])
        .env_clear()
        .env("FORWARD_SECRET", "hush hush")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its standard input stays open: otherwise it would end for that.
    let _open = process.stdin.take();
    let ended = process.wait_with_output().await.unwrap();
    assert_eq!(ended.status.code(), Some(1));
    // One line, which the runbook's filter by level finds.
    let line: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&line["level"], &line["function"]), (&json!("ERROR"), &json!("sweep")));
    let said = line["message"].as_str().unwrap();
    assert!(said.starts_with("sweep cannot run: "), "{said}");
    for wrong in ["AWS_LAMBDA_RUNTIME_API", "STATE_TABLE", "AWS_REGION", "PUBLIC_BASE_URL", "FORWARD_SECRET"] {
        assert!(said.contains(wrong), "{wrong}: {said}");
    }
    assert!(!said.contains("hush"), "{said}");
}
