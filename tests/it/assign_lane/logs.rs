//! What stands in the log, and what never does. Every story with real processes ends with a look at
//! all lines; here they are made to speak.

use sandbox::dynamo::Step;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;
use serde_json::{Value, json};

use super::channels::{EXECUTIVES, OUTAGE, RESTRICTED, THREAT};
use super::product::Agency;
use crate::bench::ESCALATIONS;
use crate::bench::texts::{DANA, LEE, SAM, first_three, whole};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_read_alone() {
    let mut agency = Agency::open("lines", &[]).await;
    let ticket = agency.shop.escalated(&whole());
    agency.shop.pass(1).await;
    let host = &agency.shop.product.host;
    let mut said = Vec::new();
    for words in ["assign-lane answered 200", "stands at", "Told Slack"] {
        let line: Value = serde_json::from_str(&host.logged(|it| it.text.contains(words)).await.text).unwrap();
        assert_eq!((&line["level"], &line["ticket"]), (&json!("INFO"), &json!(ticket.to_string())), "{line}");
        said.push(line["message"].as_str().unwrap().to_owned());
    }
    assert_eq!(
        said,
        [
            format!("assign-lane answered 200 (assigned) for ticket {ticket}"),
            format!("Escalation 1 of ticket {ticket} stands at triage"),
            format!("Told Slack of ticket {ticket}"),
        ]
    );
    agency.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_slack_says_the_log_keeps_what_people_wrote_to_itself() {
    let mut agency = Agency::open("words", &[]).await;
    let slack = agency.shop.product.world.slack.clone();
    let words = "Harbour Grill: order 4711, captures";
    let answers = [
        Answer::json(200, json!({ "ok": false, "error": "internal_error", "warning": words })),
        Answer::json(200, json!({ "ok": false, "error": [words] })),
        Answer::json(200, json!({ "ok": true, "channel": [words], "ts": words.len() })),
        Answer::json(200, json!(words)),
        Answer::json(500, json!(words)),
        refusal::because("invalid_blocks", &[words.to_owned()]),
    ];
    for answer in answers {
        slack.inject(Fault::on("POST /api/chat.postMessage", Effect::Refuse(answer)).times(2));
        agency.shop.escalated(&format!("{}{OUTAGE}", whole()));
        agency.shop.escalated(&format!("{}{THREAT}", first_three()));
        agency.shop.pass(20).await;
        agency.shop.product.world.violations();
    }
    assert!(!slack.messages(ESCALATIONS).is_empty() && !slack.messages(EXECUTIVES).is_empty());
    assert!(!slack.messages(RESTRICTED).is_empty());
    agency.shop.product.dynamo.on_request(|_, _| async { Step::FAIL });
    agency.shop.escalated(&whole());
    agency.shop.pass(2).await;
    agency.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_left_are_named_to_the_administrator_and_not_to_the_log() {
    let mut agency = Agency::open("left", &[]).await;
    let hubspot = agency.shop.product.world.hubspot.clone();
    hubspot.dismiss(DANA);
    hubspot.dismiss(LEE);
    let ticket = agency.shop.escalated(&whole());
    hubspot.agent(SAM).set(ticket, "escalation_type", "tech").unwrap();
    agency.shop.pass(2).await;
    let line = agency.shop.product.host.logged(|it| it.text.contains("not active in HubSpot")).await.text;
    assert!(line.contains("\"ERROR\"") && line.contains("user 48211"), "{line}");
    let alerts = agency.shop.product.world.slack.messages(super::channels::ADMINS);
    assert!(alerts.iter().any(|it| it.text.contains("Dana Whitfield")), "{alerts:?}");
    agency.close();
}
