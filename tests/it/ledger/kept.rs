//! Values that are decided once, facts that are registered, and sets that are counted.

use std::collections::BTreeMap;
use std::time::Duration;

use escalation::ledger::Name;
use sandbox::dynamo::{Moment, Step};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::bench::Bench;

const DAY: Duration = Duration::from_secs(24 * 3_600);

/// When a lane must answer, in minutes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Targets {
    review: u32,
    resolve: u32,
}

const FIRST: Targets = Targets { review: 15, resolve: 240 };
const SECOND: Targets = Targets { review: 30, resolve: 480 };

fn targets(ticket: &str) -> Name {
    Name::new("targets", &["8675309", ticket, "1"]).unwrap()
}

fn bulk(window: &str) -> Name {
    Name::new("bulk", &["8675309", window]).unwrap()
}

impl Bench {
    async fn keep(&self, ticket: &str, value: Targets) -> Targets {
        self.ledger.keep_first(&targets(ticket), value, self.time.now()).await.unwrap()
    }

    async fn gather(&self, window: &str, member: &str) -> usize {
        self.ledger.gather(&bulk(window), member, self.time.now() + DAY).await.unwrap()
    }
}

#[tokio::test]
async fn the_first_value_stays() {
    let bench = Bench::new().await;
    assert_eq!(bench.keep("42", FIRST).await, FIRST);
    assert_eq!(bench.keep("42", SECOND).await, FIRST);
    assert_eq!(bench.keep("43", SECOND).await, SECOND);
    assert_eq!(bench.dynamo.requests().len(), 3);
}

#[tokio::test]
async fn a_lost_answer_keeps_one_value() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        bench.dynamo.plan(0, moment, Step::Drop);
        assert_eq!(bench.keep("42", FIRST).await, FIRST);
        assert_eq!(bench.keep("42", SECOND).await, FIRST);
    }
}

#[tokio::test]
async fn fifty_at_once_agree_on_one_value() {
    let bench = Bench::new().await;
    let mut asked = tokio::task::JoinSet::new();
    for review in 0..50 {
        let (ledger, now) = (bench.ledger.clone(), bench.time.now());
        let value = Targets { review, resolve: 240 };
        asked.spawn(async move { ledger.keep_first(&targets("42"), value, now).await.unwrap() });
    }
    let answers = asked.join_all().await;
    assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
}

/// An escalation may stay open for a year; each look keeps its targets longer.
#[tokio::test]
async fn a_value_is_kept_for_400_days_after_the_last_look() {
    let bench = Bench::new().await;
    for _ in 0..2 {
        bench.keep("42", FIRST).await;
        let kept = bench.time.ms() / 1_000 + 400 * 24 * 3_600;
        assert_eq!(bench.item().await["exp"]["N"], kept.to_string());
        bench.time.pass(100 * DAY);
    }
}

/// Ours is taken, and what an older or a newer version kept is still there for it.
#[tokio::test]
async fn a_value_of_another_form_is_left_alone() {
    for (val, version) in [("{\"lane\":\"red\"}", "1"), ("no JSON", "1"), ("{\"review\":1,\"resolve\":2}", "2")] {
        let bench = Bench::new().await;
        bench.keep("42", FIRST).await;
        let mut item = bench.item().await;
        item["val"] = json!({ "S": val });
        item["v"] = json!({ "N": version });
        let put = json!({ "TableName": bench.dynamo.table(), "Item": item });
        bench.dynamo.call("PutItem", &put).await.unwrap();
        assert_eq!(bench.keep("42", SECOND).await, SECOND);
        assert_eq!(bench.item().await["val"]["S"], val);
        assert_eq!(bench.item().await["v"]["N"], version);
    }
}

#[tokio::test]
async fn a_value_that_is_too_long_or_cannot_be_stored_is_an_error() {
    let bench = Bench::new().await;
    let long = "x".repeat(4_095);
    let refused = bench.ledger.keep_first(&targets("42"), long, bench.time.now()).await.unwrap_err().to_string();
    assert_eq!(refused, "targets has 4097 bytes, which is too long to keep");
    assert!(bench.dynamo.requests().is_empty());
    bench.dynamo.on_request(|_, _| async { Step::FAIL });
    bench.ledger.keep_first(&targets("42"), FIRST, bench.time.now()).await.unwrap_err();
    bench.ledger.gather(&bulk("10:00"), "42", bench.time.now()).await.unwrap_err();
}

#[tokio::test]
async fn members_are_counted_once() {
    let bench = Bench::new().await;
    let mut counts = Vec::new();
    for member in ["42", "43", "42", "44", "43"] {
        counts.push(bench.gather("10:00", member).await);
    }
    assert_eq!(counts, [1, 2, 2, 3, 3]);
    assert_eq!(bench.gather("10:05", "42").await, 1);
    assert_eq!(bench.dynamo.requests().len(), 6);
}

#[tokio::test]
async fn a_lost_answer_counts_once() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        bench.dynamo.plan(0, moment, Step::Drop);
        assert_eq!(bench.gather("10:00", "42").await, 1);
        assert_eq!(bench.gather("10:00", "43").await, 2);
    }
}

#[tokio::test]
async fn fifty_at_once_are_all_counted() {
    let bench = Bench::new().await;
    let mut asked = tokio::task::JoinSet::new();
    for member in 0..50 {
        let (ledger, until) = (bench.ledger.clone(), bench.time.now() + DAY);
        asked.spawn(async move { ledger.gather(&bulk("10:00"), &member.to_string(), until).await.unwrap() });
    }
    let mut counts = asked.join_all().await;
    counts.sort_unstable();
    assert_eq!(counts, (1..=50).collect::<Vec<_>>());
}

/// Both sides of the bound: nobody pays for a set without an end.
#[tokio::test]
async fn no_more_than_a_thousand_are_counted() {
    let bench = Bench::new().await;
    bench.gather("10:00", "0").await;
    let mut item = bench.item().await;
    item["mem"]["SS"] = (0..999).map(|it| it.to_string()).collect();
    let put = json!({ "TableName": bench.dynamo.table(), "Item": item });
    bench.dynamo.call("PutItem", &put).await.unwrap();
    assert_eq!(bench.gather("10:00", "998").await, 999);
    for member in ["999", "1000", "42"] {
        assert_eq!(bench.gather("10:00", member).await, 1_000);
    }
    assert_eq!(bench.item().await["mem"]["SS"].as_array().unwrap().len(), 1_000);
}

fn facts<'a>(facts: &[(&'a str, &str)]) -> BTreeMap<&'a str, String> {
    facts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

impl Bench {
    async fn register(&self, ticket: &str, named: &[(&str, &str)]) {
        self.ledger.register(&targets(ticket), &facts(named), self.time.now()).await.unwrap();
    }

    async fn registered(&self, ticket: &str) -> Vec<(String, String)> {
        self.ledger.registered(&targets(ticket)).await.unwrap().into_iter().collect()
    }
}

#[tokio::test]
async fn of_each_fact_the_last_value_is_registered_beside_the_others() {
    let bench = Bench::new().await;
    assert!(bench.registered("42").await.is_empty());
    bench.register("42", &[("state", "triage"), ("lane", "cs")]).await;
    bench.register("42", &[("state", "in_tech"), ("issue", "")]).await;
    bench.register("43", &[("state", "resolved")]).await;
    let known = [("issue", ""), ("lane", "cs"), ("state", "in_tech")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(bench.registered("42").await, known);
    assert_eq!(bench.dynamo.requests().len(), 5, "one write each, and one look that writes nothing");
}

/// A fact may be called as an attribute of ours is.
#[tokio::test]
async fn facts_never_meet_what_the_record_has_besides() {
    let bench = Bench::new().await;
    let named = [("exp", "1"), ("pk", "2"), ("v", "3"), ("a b-c", "4"), ("#e", "5")];
    bench.register("42", &named).await;
    assert_eq!(bench.registered("42").await.len(), named.len());
}

#[tokio::test]
async fn facts_are_registered_by_a_second_try_where_the_answer_to_the_first_was_lost() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        bench.dynamo.plan(0, moment, Step::Drop);
        bench.register("42", &[("state", "triage")]).await;
        assert_eq!(bench.registered("42").await, [("state".to_owned(), "triage".to_owned())]);
    }
}
