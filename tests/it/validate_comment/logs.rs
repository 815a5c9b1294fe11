//! What stands in the log, and what never does. Every test with real processes ends with a look at
//! all lines; here they are made to speak.

use std::time::{Duration, Instant};

use sandbox::dynamo::Step;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;
use sandbox::world::hubspot::schema::{Property, Type};
use serde_json::{Value, json};

use super::product::Shop;
use crate::bench::texts::{first_three, whole};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_one_line_that_reads_alone() {
    let mut shop = Shop::open().await;
    let ticket = shop.escalated(&first_three());
    shop.pass(0).await;
    let line = shop.product.host.logged(|it| it.text.contains("answered 200")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    assert_eq!(line["message"], format!("validate-comment answered 200 (incomplete) for ticket {ticket}"));
    assert_eq!(
        (&line["level"], &line["outcome"], &line["status"]),
        (&json!("INFO"), &json!("incomplete"), &json!(200))
    );
    assert_eq!(line["run_id"], shop.output(ticket, "run_id"));
    assert_eq!((&line["ticket"], &line["portal"]), (&json!(ticket.to_string()), &json!("24680135")));
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_goes_wrong_the_log_keeps_what_people_wrote_to_itself() {
    let mut shop = Shop::open().await;
    let hubspot = shop.product.world.hubspot.clone();
    let words = "Harbour Grill: order 4711, captures";
    let shapes = [
        json!({ "results": words }),
        json!({ "results": [{ "id": "1", "properties": words }] }),
        json!({ "results": [{ "id": "1", "properties": { "name": [words], "hs_note_body": [words] } }] }),
        json!({ "status": "error", "message": words, "category": words.len() }),
        json!(words),
    ];
    for shape in shapes {
        for call in ["POST /crm/v3/objects/notes/batch/read", "POST /crm/v3/objects/companies/batch/read"] {
            hubspot.inject(Fault::on(call, Effect::Refuse(Answer::json(200, shape.clone()))));
            let ticket = shop.escalated(&first_three());
            shop.pass(20).await;
            shop.ended_well(ticket, &format!("{call} {shape}"));
            shop.product.world.violations();
        }
    }
    for status in [400, 404, 409, 422, 500] {
        let body = json!({ "status": "error", "message": words, "category": "VALIDATION_ERROR" });
        hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::Refuse(Answer::json(status, body))));
        shop.escalated(&first_three());
        shop.pass(20).await;
        shop.product.world.violations();
    }
    hubspot.define(Property::custom("escalation_last_message", "Last message", Type::One(Vec::new())));
    let refused = shop.escalated(&whole());
    shop.pass(1).await;
    assert!(shop.statuses(refused).iter().all(|it| *it == 200));
    shop.product.dynamo.on_request(|_, _| async { Step::FAIL });
    shop.escalated(&first_three());
    shop.pass(2).await;
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_does_not_do_is_an_error_line_that_says_what_to_look_at() {
    let mut shop = Shop::open().await;
    let denied = Effect::Refuse(refusal::missing_scope("tickets"));
    shop.product.world.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", denied));
    let ticket = shop.escalated(&first_three());
    shop.pass(20).await;
    assert_eq!(shop.statuses(ticket)[0], 503);
    let line = shop.product.host.logged(|it| it.text.contains("HubSpot denies us")).await.text;
    assert!(line.contains("\"ERROR\"") && line.contains("check the token and its scopes"), "{line}");
    shop.ended_well(ticket, "after the scope was granted");
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hubspot_that_hangs_is_given_up_before_lambda_gives_us_up() {
    let mut shop = Shop::with(None, Duration::from_secs(3)).await;
    let warm = shop.escalated(&whole());
    shop.pass(0).await;
    assert_eq!(shop.statuses(warm), [200]);
    let hubspot = shop.product.world.hubspot.clone();
    hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Delay(Duration::from_secs(30))));
    let ticket = shop.escalated(&whole());
    let started = Instant::now();
    shop.pass(0).await;
    assert_eq!(shop.statuses(ticket), [503]);
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    let timed_out = shop.logs().iter().filter(|it| it.contains("timed out after")).count();
    assert_eq!(timed_out, 0, "the function answered by itself");
    shop.pass(5).await;
    assert_eq!(shop.output(ticket, "outcome"), "complete");
    shop.close();
}
