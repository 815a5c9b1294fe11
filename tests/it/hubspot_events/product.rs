//! The real processes: HubSpot tells them, one is killed in the middle, and nothing that people wrote stands in
//! the log.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use escalation::policy::Policy;
use serde_json::Value;
use tokio::process::Command;

use crate::assign_lane::product::Agency;
use crate::bench::ESCALATIONS;
use crate::bench::texts::{SAM, whole};

const FUNCTION: &str = "hubspot-events";

/// An account without workflows, whose app has subscribed.
async fn subscribed(name: &str) -> Agency {
    let mut agency = Agency::without_workflows(name).await;
    agency.shop.product.subscribe(&Policy::shipped().properties);
    agency
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hubspot_tells_the_process_and_its_log_keeps_what_people_wrote_to_itself() {
    let mut agency = subscribed("events-told").await;
    let ticket = agency.shop.escalated("");
    agency.shop.pass(1).await;
    assert_eq!(agency.shop.value(ticket, "escalation_state"), "awaiting_context");
    agency.shop.product.world.hubspot.agent(SAM).write_note(ticket, &whole()).unwrap();
    agency.shop.pass(1).await;
    assert_eq!(agency.shop.value(ticket, "escalation_state"), "triage");
    assert_eq!(agency.told(ESCALATIONS, ticket), 1);
    let product = &agency.shop.product;
    let line = product.host.logged(|it| it.text.contains("answered 200 (looked)")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    assert_eq!(
        (&line["endpoint"], &line["status"], &line["outcome"]),
        (&FUNCTION.into(), &200.into(), &"looked".into())
    );
    assert!(line["about"].as_str().unwrap().ends_with(" on 1 tickets"), "{line}");
    let line = product.host.logged(|it| it.text.contains("Had ticket")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    assert_eq!(line["ticket"], ticket.to_string());
    let strange = [serde_json::json!("Kingfisher"), serde_json::json!({ "subscriptionType": "Kingfisher.creation" })];
    assert_eq!(product.webhooks().unwrap().send(&strange).await, Some(200));
    let line = product.host.logged(|it| it.text.contains("hubspot_event_ignored")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    assert_eq!(line["count"], 2, "{line}");
    agency.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_while_others_look_is_told_again() {
    let mut agency = subscribed("events-killed").await;
    let ticket = agency.shop.ticket(&whole());
    agency.shop.pass(1).await;
    let (host, armed) = (Arc::downgrade(&agency.shop.product.host), Arc::new(AtomicBool::new(true)));
    let is_armed = Arc::clone(&armed);
    agency.shop.product.world.hubspot.after_each(move |call| {
        let is_it = call.method == "PATCH" && call.path.starts_with("/crm/v3/objects/tickets/");
        if is_it && is_armed.swap(false, Ordering::SeqCst) {
            host.upgrade().map(|host| host.kill(FUNCTION));
        }
        async {}
    });
    agency.shop.product.world.hubspot.agent(SAM).set(ticket, "escalation_type", "shift_lead").unwrap();
    agency.shop.pass(10).await;
    assert!(!armed.load(Ordering::SeqCst), "nobody was killed");
    assert_eq!(agency.shop.value(ticket, "escalation_state"), "triage");
    assert_eq!(agency.told(ESCALATIONS, ticket), 1);
    agency.close();
}

#[tokio::test]
async fn without_its_environment_it_says_all_that_is_wrong_and_ends() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["function", FUNCTION])
        .env_clear()
        .env("FORWARD_SECRET", "hush hush")
        .env("HUBSPOT_APP_ID", "hush")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // Its standard input stays open: otherwise it would end for that.
    let _open = process.stdin.take();
    let ended = process.wait_with_output().await.unwrap();
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8(ended.stdout).unwrap();
    for wrong in [
        "AWS_LAMBDA_RUNTIME_API",
        "STATE_TABLE",
        "AWS_REGION",
        "HUBSPOT_CLIENT_SECRET",
        "HUBSPOT_ACCESS_TOKEN",
        "HUBSPOT_APP_ID",
        "FORWARD_SECRET",
    ] {
        assert!(said.contains(wrong), "{wrong}: {said}");
    }
    assert!(!said.contains("hush"), "{said}");
}
