//! What Jira says is old when it arrives, or without a time: in the end the ticket shows the newest, and each
//! thing was told once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::SignedDuration;
use sandbox::product::JIRA_CALLBACK_SECRET;
use sandbox::world::call::{Answer, Target};
use sandbox::world::client;
use sandbox::world::fault::{Effect, Fault};
use serde_json::{Value, json};

use super::stage::Told;

const ISSUE: &str = "GET /rest/api/3/issue/*";

/// The issue as a Jira shows it that says no more of its status than this.
fn spare(it: &Told, status: &Value) -> Value {
    let issue = it.jira().issue(&it.key).unwrap();
    let mut fields = json!({ "labels": issue.labels, "created": issue.created_at.to_string(), "status": status });
    fields["updated"] = it.bench.watch.now().to_string().into();
    json!({ "id": issue.id, "key": it.key, "fields": fields, "properties": issue.properties })
}

/// From now on Jira shows it so, and tells of a change.
async fn hears(it: &Told, shown: Value) -> String {
    it.jira().heal();
    it.jira().inject(Fault::on(ISSUE, Effect::Refuse(Answer::json(200, shown))).always());
    let (status, outcome) = it.outcome(&json!({ "event": "status_changed", "key": it.key })).await;
    assert_eq!(status, 200);
    outcome
}

fn named(status: &str, category: &str) -> Value {
    json!({ "name": status, "statusCategory": { "key": category } })
}

#[tokio::test]
async fn without_a_history_each_change_is_told_and_an_edit_is_none() {
    let mut it = Told::by_rule().await;
    let steps = [
        ("Done", "done", "told", "Fix ready"),
        ("Done", "done", "unchanged", ""),
        ("To Do", "new", "told", "is To Do"),
        ("Done", "done", "told", "Fix ready"),
        ("In Progress", "indeterminate", "told", "is In Progress"),
        ("In Progress", "indeterminate", "unchanged", ""),
        ("Done", "done", "told", "Fix ready"),
    ];
    for (number, (status, category, outcome, said)) in steps.into_iter().enumerate() {
        it.bench.wait(600);
        assert_eq!(hears(&it, spare(&it, &named(status, category))).await, outcome, "step {number}: {status}");
        let news = it.news();
        assert!(news.contains(said) && news.is_empty() == said.is_empty(), "step {number}: {status}: {news}");
        assert_eq!(it.bench.value(it.ticket, "jira_status"), status);
    }
    it.finish();
}

#[tokio::test]
async fn a_change_whose_time_jira_tells_otherwise_later_is_not_told_again() {
    // With the history first, then without, and the other way round.
    for has_history in [[true, false, true], [false, true, false]] {
        let mut it = Told::by_rule().await;
        it.bench.wait(600);
        it.jira().move_issue(&it.key, "Done");
        let mut outcomes = Vec::new();
        for has_history in has_history {
            it.bench.wait(600);
            outcomes.push(match has_history {
                true => {
                    it.jira().heal();
                    it.outcome(&it.event()).await.1
                }
                false => hears(&it, spare(&it, &named("Done", "done"))).await,
            });
        }
        assert_eq!(outcomes, ["told", "unchanged", "unchanged"], "{has_history:?}");
        assert_eq!(it.news().matches("Fix ready").count(), 2, "the ticket and Slack: {has_history:?}");
        it.finish();
    }
}

#[tokio::test]
async fn what_is_older_than_what_the_ticket_shows_is_neither_written_nor_told() {
    let mut it = Told::by_rule().await;
    it.bench.wait(600);
    let history = json!({ "histories": [{ "id": "1", "created": it.bench.watch.now().to_string(),
        "items": [{ "field": "status", "fromString": "To Do", "toString": "In Progress" }] }] });
    let mut old = spare(&it, &named("In Progress", "indeterminate"));
    old["changelog"] = history;
    it.bench.wait(600);
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    it.bench.written();
    assert_eq!(hears(&it, old).await, "older");
    assert_eq!((it.bench.written().0, it.news()), (0, String::new()));
    assert_eq!(it.stands(), (it.key.clone(), "Done".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn of_two_visits_at_once_the_newest_stands_there_in_the_end() {
    for what_comes_between in ["Done", "deleted"] {
        let it = Told::by_rule().await;
        it.jira().move_issue(&it.key, "In Progress");
        it.bench.wait(60);
        // All of the second visit happens between what the first one read and its writing of that.
        let (jira, watch, key) = (it.jira().clone(), it.bench.watch.clone(), it.key.clone());
        let (url, armed) = (format!("{}/jira/events", it.bench.url), Arc::new(AtomicBool::new(true)));
        let body = it.event().to_string();
        it.bench.hubspot.before_each(move |call: Target| {
            let is_first = call.method == "PATCH" && armed.swap(false, Ordering::SeqCst);
            let (jira, watch, key, url, body) = (jira.clone(), watch.clone(), key.clone(), url.clone(), body.clone());
            async move {
                if !is_first {
                    return;
                }
                watch.advance(SignedDuration::from_millis(100));
                match what_comes_between {
                    "deleted" => jira.delete(&key),
                    status => jira.move_issue(&key, status),
                }
                let request = client::builder().build().unwrap().post(url).body(body);
                let request = request.header("x-escalation-secret", JIRA_CALLBACK_SECRET);
                assert_eq!(request.header("content-type", "application/json").send().await.unwrap().status(), 200);
            }
        });
        assert_eq!(it.outcome(&it.event()).await, (200, "told".to_owned()));
        assert_eq!(it.stands(), (it.key.clone(), what_comes_between.to_owned(), true));
        let said = if what_comes_between == "Done" { "Fix ready" } else { "is deleted" };
        let notes = it.notes();
        assert_eq!(notes.iter().filter(|it| it.contains(said)).count(), 1, "{notes:?}");
        it.finish();
    }
}

#[tokio::test]
async fn what_a_status_means_is_said_by_its_name_where_jira_has_no_category() {
    let mut it = Told::by_rule().await;
    it.bench.wait(600);
    assert_eq!(hears(&it, spare(&it, &json!({ "name": "Closed" }))).await, "told");
    assert!(it.news().contains("Fix ready"));
    it.bench.wait(600);
    assert_eq!(hears(&it, spare(&it, &json!({ "name": "Parked" }))).await, "told");
    assert!(it.news().contains("I will write here when it moves again"));
    it.finish();
}

#[tokio::test]
async fn an_account_without_the_property_for_its_time_still_shows_the_status() {
    let mut it = Told::by_rule().await;
    it.bench.hubspot.forget("jira_updated_at");
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    assert_eq!(it.stands(), (it.key.clone(), "Done".to_owned(), true));
    assert_eq!(it.outcome(&it.event()).await, (200, "unchanged".to_owned()));
    it.finish();
}

#[tokio::test]
async fn another_issue_is_not_held_against_the_time_of_the_one_before() {
    let mut it = Told::by_rule().await;
    let other = it.jira().created_by_hand("TECH", "Bug", "The real one");
    it.bench.wait(600);
    it.jira().move_issue(&other, "In Progress");
    it.bench.wait(600);
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    it.bench.dana().set(it.ticket, "jira_reference", &other).unwrap();
    it.bench.pass(10).await;
    assert_eq!(it.bench.value(it.ticket, "jira_status"), "In Progress");
    assert_eq!(it.bench.value(it.ticket, "jira_updated_at"), "");
    it.news();
    it.jira().move_issue(&other, "In Review");
    it.key = other;
    assert!(it.heard().await.contains("is In Review"));
    it.finish();
}
