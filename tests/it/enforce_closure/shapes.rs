//! A HubSpot that tells less than ours, or tells it otherwise.

use serde_json::{Value, json};

use super::stage::Escalation;
use crate::bench::Bench;

const TICKET: &str = "GET /crm/v3/objects/tickets/*";

/// Something happens after the Shift Lead's answer; the ticket is cleared and closed, and read in another shape.
async fn check(act: impl Fn(&Bench, Escalation), shape: impl Fn(&mut Value), expected: &str) {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    act(&bench, it);
    bench.ended_early(it);
    let observe = [("mode", "observe")];
    bench.judged_with(it, &observe).await;
    bench.reshape(TICKET, shape);
    assert_eq!(bench.judged_with(it, &observe).await, expected);
    bench.finish();
}

fn history(ticket: &mut Value) -> &mut serde_json::Map<String, Value> {
    ticket["propertiesWithHistory"].as_object_mut().unwrap()
}

fn told(bench: &Bench, it: Escalation) {
    bench.told(it);
}

fn silent(_: &Bench, _: Escalation) {}

#[tokio::test]
async fn without_a_history_of_the_stage_the_present_one_is_the_truth() {
    let without = |ticket: &mut Value| drop(history(ticket).remove("hs_pipeline_stage"));
    check(told, without, "resolved").await;
    check(silent, without, "flagged not_communicated").await;
    let lags = |ticket: &mut Value| {
        let versions = history(ticket)["hs_pipeline_stage"].as_array_mut().unwrap();
        versions.retain(|it| it["value"] != "4");
    };
    check(told, lags, "resolved").await;
    check(silent, lags, "reverted not_communicated").await;
    // Nobody says since when it is closed: since it was last changed, or now.
    let undated = |ticket: &mut Value| {
        history(ticket).remove("hs_pipeline_stage");
        ticket["properties"].as_object_mut().unwrap().remove("closed_date");
    };
    check(silent, undated, "flagged not_communicated").await;
    let nowhere = |ticket: &mut Value| {
        undated(ticket);
        ticket["properties"].as_object_mut().unwrap().remove("hs_lastmodifieddate");
    };
    check(silent, nowhere, "waiting not_communicated").await;
}

#[tokio::test]
async fn without_a_history_of_the_type_what_we_wrote_says_that_it_was_escalated() {
    let without = |ticket: &mut Value| {
        history(ticket).remove("escalation_type");
        ticket["properties"]["escalation_started_at"] = json!("2026-01-05T09:41:00Z");
    };
    check(told, without, "resolved").await;
    check(silent, without, "reverted not_communicated").await;
}

#[tokio::test]
async fn a_word_without_a_history_is_taken_as_it_is() {
    let says = |value: &'static str| {
        move |bench: &Bench, it: Escalation| {
            bench.sam().set(it.ticket, "resolution_communicated", value).unwrap();
            bench.sam().set(it.ticket, "unreachable_reason", "Three calls since Monday.").unwrap();
        }
    };
    let without = |ticket: &mut Value| {
        history(ticket).remove("resolution_communicated");
        history(ticket).remove("unreachable_reason");
    };
    check(says("yes_phone"), without, "resolved").await;
    check(says("no_unreachable"), without, "resolved").await;
}

#[tokio::test]
async fn who_works_on_hubspots_pages_is_a_person_although_nobody_says_who() {
    let says = |bench: &Bench, it: Escalation| {
        bench.sam().set(it.ticket, "resolution_communicated", "yes_phone").unwrap();
    };
    let by = |source: &'static str| {
        move |ticket: &mut Value| {
            for version in history(ticket)["resolution_communicated"].as_array_mut().unwrap() {
                let version = version.as_object_mut().unwrap();
                version.remove("updatedByUserId");
                version.insert("sourceType".to_owned(), json!(source));
                version.insert("sourceId".to_owned(), Value::Null);
            }
        }
    };
    for page in ["CRM_UI", "CRM_UI_BULK_ACTION", "MOBILE_IOS"] {
        check(says, by(page), "resolved").await;
    }
    for machine in ["INTEGRATION", "AUTOMATION_PLATFORM"] {
        check(says, by(machine), "reverted not_communicated").await;
    }
}

#[tokio::test]
async fn one_odd_member_hides_none_of_the_others() {
    let nulls = |ticket: &mut Value| {
        ticket["archived"] = Value::Null;
        ticket["associations"]["calls"] = Value::Null;
        history(ticket).insert("jira_status".to_owned(), Value::Null);
        history(ticket).insert("escalation_reason".to_owned(), json!([{ "value": "no time" }]));
    };
    check(told, nulls, "resolved").await;
    check(silent, nulls, "reverted not_communicated").await;
}

#[tokio::test]
async fn a_message_whose_status_is_a_plain_text_was_sent() {
    for (status, expected) in [("SENT", "resolved"), ("FAILED", "reverted not_communicated")] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        bench.told(it);
        bench.ended_early(it);
        bench.judged_with(it, &[("mode", "observe")]).await;
        bench.reshape("GET /conversations/v3/conversations/threads/*/messages", |page| {
            for message in page["results"].as_array_mut().unwrap() {
                message["status"] = json!(status);
                message["archived"] = Value::Null;
            }
        });
        assert_eq!(bench.judged_with(it, &[("mode", "observe")]).await, expected, "{status}");
        bench.finish();
    }
}
