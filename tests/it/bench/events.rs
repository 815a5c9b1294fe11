//! The requests of `events/`, and the tickets that `events/README.md` says they are about.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use escalation::id::{PortalId, TicketId};
use escalation::runtime::{HttpEvent, HttpReply};
use hmac::{Hmac, KeyInit, Mac};
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET};
use sandbox::samples::Samples;
use sandbox::world::hubspot::Settings;
use sandbox::world::workflow::definition::comment_check;
use sandbox::world::workflow::signature;
use serde_json::Value;
use sha2::Sha256;

use super::texts::{first_three, whole};
use super::{Answer, Bench, NAME, at};

const README: &str = include_str!("../../../events/README.md");

fn folder(function: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../events").join(function)
}

/// A stored request to a function.
pub fn event(function: &str, file: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder(function).join(file)).unwrap()).unwrap()
}

/// The rows of a table of the README, cell by cell, from the one that begins with this heading.
pub fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let section = README.split_once(&format!("\n## {heading}\n"));
    let (_, section) = section.unwrap_or_else(|| panic!("events/README.md has no section {heading}"));
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|it| it.starts_with('|')).skip(2);
    rows.map(|it| it.trim_matches('|').split('|').map(|cell| cell.trim()).collect()).collect()
}

/// The sandbox of the README: its portal and its tickets.
pub async fn sandbox() -> Bench {
    let settings = Settings { portal: PortalId(1_234_567), ..Settings::default() };
    let bench = Bench::with(settings, &[], comment_check(&[])).await;
    bench.watch.set(at("2026-01-06T09:31:00Z"));
    let comments =
        [Some(whole()), Some(first_three()), None, None, None].into_iter().chain(std::iter::repeat_n(Some(whole()), 7));
    for (number, comment) in (4201..).zip(comments.chain([None])) {
        if number == 4204 {
            let pass = |time: Duration| {
                bench.watch.advance(time.try_into()?);
                Ok(())
            };
            Samples::make(&bench.hubspot, &bench.world.jira, &pass).unwrap();
        }
        bench.hubspot.number_from(number);
        let ticket = bench.sam().create_ticket(&[("subject", NAME), ("hubspot_owner_id", "501")]).unwrap();
        assert_eq!(ticket, TicketId(number));
        bench.hubspot.number_from(100_000 + number * 10);
        let company = bench.hubspot.company("Harbour Grill", "harbourgrill.example");
        bench.sam().associate_company(ticket, company).unwrap();
        if let Some(comment) = comment {
            bench.sam().write_note(ticket, &comment).unwrap();
        }
        match number {
            4205 | 4206 => {}
            4207 => bench.sam().set(ticket, "escalation_type", "tech").unwrap(),
            _ => bench.escalate(ticket),
        }
        if number == 4211 {
            let key = bench.world.jira.created_by_hand("TECH", "Bug", "Kiosks log guests out");
            bench.sam().set(ticket, "jira_reference", &key).unwrap();
        }
        if number > 4209 {
            bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        }
        if matches!(number, 4208 | 4209) {
            assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
        }
        if number == 4209 {
            bench.wait(1);
            bench.sam().set(ticket, "escalation_type", "").unwrap();
        }
    }
    // What is stored as signed is stale on any day but its own.
    bench.wait(30);
    bench
}

/// Signs a forwarded event, or one of HubSpot's by version 3, as if it were sent now.
fn signed_now(mut event: Value, bench: &Bench) -> Value {
    let now = bench.watch.now().as_second();
    if event["headers"]["x-hubspot-signature-v3"].is_string() {
        let text = |it: &Value| it.as_str().unwrap().to_owned();
        let url = format!("https://{}{}", text(&event["requestContext"]["domainName"]), text(&event["rawPath"]));
        let signed = signature::v3(CLIENT_SECRET, "POST", &url, &text(&event["body"]), now * 1_000);
        event["headers"]["x-hubspot-request-timestamp"] = (now * 1_000).to_string().into();
        event["headers"]["x-hubspot-signature-v3"] = signed.into();
        return event;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(FORWARD_SECRET.as_bytes()).unwrap();
    mac.update(format!("{now}.{}", event["body"].as_str().unwrap()).as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|it| format!("{it:02x}")).collect();
    event["headers"]["x-escalation-signature"] = format!("t={now},v1={hex}").into();
    event
}

pub async fn answer(bench: &Bench, event: Value) -> Answer {
    Answer::read(&reply(bench, event).await)
}

async fn reply(bench: &Bench, event: Value) -> HttpReply {
    let event: HttpEvent = serde_json::from_value(event).unwrap();
    bench.lambda.answer(event).await
}

/// Every request of a function is answered as its row says, each in a sandbox of its own; and every
/// file has its row.
pub async fn are_answered_as_the_readme_says(function: &str) {
    let mut tried = BTreeSet::new();
    for row in table(function) {
        let (file, how) = row[0].trim_start_matches('`').split_once('`').unwrap();
        let bench = sandbox().await;
        let event = match how.trim() {
            "" => event(function, file),
            "signed now" => signed_now(event(function, file), &bench),
            other => panic!("the README says `{other}`"),
        };
        let reply = reply(&bench, event).await;
        let body: Value = serde_json::from_str(&reply.body).unwrap();
        // Jira is told the outcome alone.
        let outcome = body["outputFields"]["outcome"].as_str().or(body["outcome"].as_str()).unwrap_or_default();
        let answered = (reply.status_code.to_string(), outcome);
        assert_eq!(answered, (row[2].to_owned(), row[3].trim_matches('`')), "{row:?}");
        tried.insert(file.to_owned());
        bench.finish();
    }
    let files = std::fs::read_dir(folder(function)).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    assert_eq!(tried, files.collect::<BTreeSet<_>>());
}
