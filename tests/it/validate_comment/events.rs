//! The requests of `events/validate-comment`, answered as `events/README.md` says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use escalation::id::{PortalId, TicketId};
use escalation::runtime::HttpEvent;
use hmac::{Hmac, KeyInit, Mac};
use sandbox::product::FORWARD_SECRET;
use sandbox::world::hubspot::Settings;
use sandbox::world::workflow::definition::comment_check;
use serde_json::Value;
use sha2::Sha256;

use crate::bench::texts::{first_three, whole};
use crate::bench::{Answer, Bench, at};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../events/validate-comment")
}

fn event(file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder().join(file)).unwrap()).unwrap()
}

/// The sandbox of the README: its portal and its tickets.
async fn sandbox() -> Bench {
    let settings = Settings { portal: PortalId(1_234_567), ..Settings::default() };
    let bench = Bench::with(settings, &[], comment_check(&[])).await;
    bench.watch.set(at("2026-01-06T09:31:00Z"));
    let comments = [Some(whole()), Some(first_three()), None, None, None];
    for (number, comment) in (4201..).zip(comments) {
        if number == 4204 {
            bench.watch.set(at("2026-01-06T09:41:00Z"));
        }
        bench.hubspot.number_from(number);
        let ticket =
            bench.sam().create_ticket(&[("subject", crate::bench::NAME), ("hubspot_owner_id", "501")]).unwrap();
        assert_eq!(ticket, TicketId(number));
        bench.hubspot.number_from(100_000 + number * 10);
        let company = bench.hubspot.company("Harbour Grill", "harbourgrill.example");
        bench.sam().associate_company(ticket, company).unwrap();
        if let Some(comment) = comment {
            bench.sam().write_note(ticket, &comment).unwrap();
        }
        if number != 4205 {
            bench.escalate(ticket);
        }
    }
    bench
}

/// Signs a forwarded event as if it were sent now.
fn signed_now(mut event: Value, now: i64) -> Value {
    let mut mac = Hmac::<Sha256>::new_from_slice(FORWARD_SECRET.as_bytes()).unwrap();
    mac.update(format!("{now}.{}", event["body"].as_str().unwrap()).as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|it| format!("{it:02x}")).collect();
    event["headers"]["x-escalation-signature"] = format!("t={now},v1={hex}").into();
    event
}

async fn answer(bench: &Bench, event: Value) -> Answer {
    let event: HttpEvent = serde_json::from_value(event).unwrap();
    Answer::read(&bench.lambda.answer(event).await)
}

#[tokio::test]
async fn every_request_is_answered_as_the_readme_says() {
    let readme = include_str!("../../../events/README.md");
    let (_, table) = readme.split_once("## validate-comment").unwrap();
    let mut tried = BTreeSet::new();
    for row in table.lines().filter(|it| it.starts_with("| `")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (file, how) = cells[1].trim_start_matches('`').split_once('`').unwrap();
        let bench = sandbox().await;
        // The stored one is stale on any day but its own.
        bench.watch.advance(jiff::SignedDuration::from_secs(30));
        let now = bench.watch.now().as_second();
        let event = match how.trim() {
            "" => event(file),
            "signed now" => signed_now(event(file), now),
            other => panic!("the README says `{other}`"),
        };
        let answer = answer(&bench, event).await;
        assert_eq!(
            (answer.status.to_string().as_str(), answer.get("outcome")),
            (cells[3], cells[4].trim_matches('`')),
            "{row}"
        );
        tried.insert(file.to_owned());
        bench.finish();
    }
    let files = std::fs::read_dir(folder()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    assert_eq!(tried, files.collect::<BTreeSet<_>>());
}

#[tokio::test]
async fn a_redelivery_has_the_same_run_id_and_another_execution_has_another() {
    let bench = sandbox().await;
    let mut runs: BTreeMap<String, usize> = BTreeMap::new();
    let complete = event("custom-action-complete.json");
    for event in [complete.clone(), complete, event("custom-action-incomplete.json"), event("webhook-object-body.json")]
    {
        *runs.entry(answer(&bench, event).await.get("run_id").to_owned()).or_default() += 1;
    }
    assert_eq!(runs.len(), 3, "{runs:?}");
    assert_eq!(runs["request-1"], 1, "a webhook has no id of its own but the request's");
    bench.finish();
}
