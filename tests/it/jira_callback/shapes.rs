//! Everything that Jira may send reads; the samples are those of `tests/samples/jira`.

use serde_json::{Value, json};

use super::stage::Told;

const SAMPLES: [&str; 6] = [
    include_str!("../../samples/jira/automation_custom_data_rendered.json"),
    include_str!("../../samples/jira/automation_issue_data_automation_format_fragment.json"),
    include_str!("../../samples/jira/automation_issue_data_jira_format_fragment.json"),
    include_str!("../../samples/jira/webhook_comment_created.json"),
    include_str!("../../samples/jira/webhook_issue_updated_docs_example.json"),
    include_str!("../../samples/jira/webhook_issue_updated_status.json"),
];

/// The samples with this issue in the place of theirs.
fn about(id: &str, key: &str, comment: &str) -> Vec<Value> {
    let ids = ["10042", "11111", "99291"];
    let keys = ["ESC-42", "SP-53", "JRA-20002"];
    let text = |sample: &str| {
        let text = ids.iter().fold(sample.to_owned(), |text, it| text.replace(it, id));
        let text = keys.iter().fold(text, |text, it| text.replace(it, key));
        text.replace("10100", comment)
    };
    SAMPLES.iter().map(|it| serde_json::from_str(&text(it)).unwrap()).collect()
}

#[tokio::test]
async fn each_shape_brings_the_news() {
    for (at, sample) in SAMPLES.iter().enumerate() {
        let mut it = Told::by_rule().await;
        it.jira().move_issue(&it.key, "Done");
        let comment = it.jira().comment_by(&it.key, "Jane Developer", "[CS] Fix is in review.");
        let id = it.jira().issue(&it.key).unwrap().id;
        let body = &about(&id, &it.key, &comment)[at];
        assert_eq!(it.outcome(body).await, (200, "told".to_owned()), "{body}");
        let news = it.news();
        assert!(news.contains("Fix ready, please tell the customer."), "{body}: {news}");
        assert_eq!(news.contains("Fix is in review."), sample.contains("comment_created"), "{body}: {news}");
        // The samples are of a time before it.
        let (status, outcome) = it.outcome(body).await;
        assert!(status == 200 && ["older", "unchanged"].contains(&&*outcome), "{outcome}");
        it.finish();
    }
}

#[tokio::test]
async fn what_people_write_into_a_rule_reads() {
    for shape in [
        |key: &str| json!({ "issue": key }),
        |key: &str| json!({ "issue": { "issueKey": key } }),
        |key: &str| json!({ "webhookEvent": "issue_updated", "issue": { "key": key } }),
    ] {
        let mut it = Told::by_rule().await;
        it.jira().move_issue(&it.key, "Done");
        let body = shape(&it.key);
        assert_eq!(it.outcome(&body).await, (200, "told".to_owned()), "{body}");
        assert!(it.news().contains("Fix ready"), "{body}");
        it.finish();
    }
}

#[tokio::test]
async fn an_issue_that_nobody_knows_is_answered_and_counted() {
    let it = Told::by_rule().await;
    for body in about("4711", "ELSE-1", "1") {
        // HubSpot searches five times in a second at most.
        it.bench.wait(1);
        // A rule may name a ticket, which nobody knows either.
        let outcome = if body["hubspotTicketId"].is_null() { "unknown" } else { "gone" };
        assert_eq!(it.outcome(&body).await, (200, outcome.to_owned()), "{body}");
    }
    it.finish();
}

#[tokio::test]
async fn what_is_not_for_us_costs_no_call() {
    let it = Told::by_rule().await;
    let (jira, hubspot, dynamo) =
        (it.jira().calls().len(), it.bench.hubspot.calls().len(), it.bench.dynamo.requests().len());
    for name in ["worklog_created", "sprint_started", "comment_deleted", "issue_property_set", "jira:version_released"]
    {
        let body = json!({ "webhookEvent": name, "issue": { "id": "1", "key": it.key }, "comment": { "id": "1" } });
        assert_eq!(it.outcome(&body).await, (200, "ignored".to_owned()), "{name}");
    }
    for body in [json!(null), json!([]), json!("TECH-1"), json!({}), json!({ "key": "{{issue.key}}" })] {
        assert_eq!(it.outcome(&body).await, (200, "ignored".to_owned()), "{body}");
    }
    let after = (it.jira().calls().len(), it.bench.hubspot.calls().len(), it.bench.dynamo.requests().len());
    assert_eq!(after, (jira, hubspot, dynamo));
    it.finish();
}
