//! A stream of events, as it happened, twice over, and in every disorder: what people see is the same.

use std::collections::BTreeSet;

use sandbox::world::jira::automation::Sender;
use serde_json::{Value, json};

use super::stage::Told;

/// All that happens to an issue in a day; nobody is told of it yet.
async fn lived() -> (Told, Vec<Value>) {
    let it = Told::by_rule().await;
    let before = [Sender::Rule, Sender::Webhook].map(|sender| it.jira().told_by(sender).len());
    let step = |act: &dyn Fn()| {
        it.bench.wait(600);
        act();
    };
    let jira = it.jira();
    step(&|| jira.move_issue(&it.key, "In Progress"));
    step(&|| drop(jira.comment_by(&it.key, "Priya Nair", "[CS] We found it.")));
    step(&|| jira.move_issue(&it.key, "In Review"));
    step(&|| drop(jira.comment_by(&it.key, "Priya Nair", "For us alone.")));
    step(&|| drop(jira.move_to_project(&it.key, "PLAT")));
    step(&|| jira.move_issue(&it.key, "Done"));
    step(&|| drop(jira.comment_by(&it.key, "Priya Nair", "[cs] It is out.")));
    step(&|| jira.move_issue(&it.key, "In Progress"));
    step(&|| jira.fix_in(&it.key, "4.2.1"));
    step(&|| jira.move_issue(&it.key, "Done"));
    it.bench.wait(600);
    let told = |sender, before: usize| jira.told_by(sender).split_off(before);
    let stream = [told(Sender::Rule, before[0]), told(Sender::Webhook, before[1])].concat();
    (it, stream)
}

/// A disorder that is the same for the same number.
fn shuffled(mut stream: Vec<Value>, seed: u64) -> Vec<Value> {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    for at in (1..stream.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        stream.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
    }
    stream
}

async fn deliver(it: &Told, stream: &[Value]) -> BTreeSet<String> {
    let mut outcomes = BTreeSet::new();
    for body in stream {
        let (status, outcome) = it.outcome(body).await;
        assert_eq!(status, 200, "{body}");
        outcomes.insert(outcome);
    }
    outcomes
}

#[tokio::test]
async fn in_any_order_and_however_often_people_see_the_same() {
    let (first, stream) = lived().await;
    assert!(stream.len() >= 20, "{}", stream.len());
    deliver(&first, &stream).await;
    let (notes, replies, stands) = first.seen();
    assert_eq!(stands, ("PLAT-1".to_owned(), "Done".to_owned(), true));
    let of = |what: &str| notes.iter().filter(|it| it.contains(what)).count();
    assert_eq!((of("has a new key"), of("(fixed in 4.2.1)"), of("We found it"), of("It is out")), (1, 1, 1, 1));
    assert_eq!(of("For us alone"), 0);
    assert_eq!(replies.iter().filter(|it| it.contains("Fix ready")).count(), 1, "{replies:?}");
    for seed in 0..10 {
        let (it, stream) = lived().await;
        let twice = shuffled([stream.clone(), stream].concat(), seed);
        deliver(&it, &twice).await;
        assert_eq!(it.seen(), first.seen(), "seed {seed}");
        it.finish();
    }
    first.finish();
}

#[tokio::test]
async fn what_was_told_as_it_happened_is_not_told_again_by_anything_old() {
    let mut it = Told::by_rule().await;
    for status in ["In Progress", "In Review", "Done", "To Do"] {
        it.bench.wait(600);
        it.jira().move_issue(&it.key, status);
        assert!(it.heard().await.contains(&format!("is {status}")));
    }
    let seen = it.seen();
    it.bench.written();
    it.bench.world.slack.journal().clear();
    let stream = [it.jira().told_by(Sender::Webhook), it.jira().told_by(Sender::Rule)].concat();
    for seed in 0..5 {
        let outcomes = deliver(&it, &shuffled(stream.clone(), seed)).await;
        assert!(outcomes.contains("older") && !outcomes.contains("told"), "{outcomes:?}");
    }
    assert_eq!(it.bench.written().0, 0, "nothing is written");
    assert!(it.bench.world.slack.calls().iter().all(|it| it.method != "POST"));
    assert_eq!(it.seen(), seen);
    it.finish();
}

#[tokio::test]
async fn twins_that_arrive_together_tell_it_once() {
    let it = Told::by_rule().await;
    it.jira().move_issue(&it.key, "Done");
    it.bench.wait(60);
    let body = it.event();
    let (a, b, c) = tokio::join!(Box::pin(it.tell(&body)), Box::pin(it.tell(&body)), Box::pin(it.tell(&body)));
    let mut answers = [a, b, c].map(|it| it.status_code);
    answers.sort_unstable();
    assert_eq!(answers[0], 200, "{answers:?}");
    assert!(answers.iter().all(|it| [200, 503].contains(it)), "{answers:?}");
    for _ in 0..5 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    assert_eq!(it.outcome(&json!({ "key": it.key })).await, (200, "unchanged".to_owned()));
    assert_eq!(it.notes().iter().filter(|it| it.contains("Fix ready")).count(), 1);
    assert_eq!(it.replies().iter().filter(|it| it.contains("Fix ready")).count(), 1);
    it.finish();
}

/// The ledger forgets after two weeks.
async fn forget(it: &Told) {
    let dynamo = &it.bench.dynamo;
    let all = dynamo.call("Scan", &json!({ "TableName": dynamo.table() })).await.unwrap();
    let items = all["Items"].as_array().unwrap();
    assert!(!items.is_empty());
    for item in items {
        let key = json!({ "TableName": dynamo.table(), "Key": { "pk": item["pk"] } });
        dynamo.call("DeleteItem", &key).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_ledger_has_forgotten_is_not_told_again() {
    let mut it = Told::by_rule().await;
    let comment = it.jira().comment_by(&it.key, "Priya Nair", "[CS] We found it.");
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    it.bench.wait(20 * 24 * 60 * 60);
    forget(&it).await;
    let body = json!({ "event": "commented", "key": it.key, "comment": comment });
    assert_eq!(it.outcome(&body).await, (200, "unchanged".to_owned()));
    assert_eq!(it.news(), "");
    it.jira().delete(&it.key);
    assert!(it.heard().await.contains("is deleted in Jira"));
    it.bench.wait(20 * 24 * 60 * 60);
    forget(&it).await;
    assert_eq!(it.outcome(&json!({ "event": "deleted", "key": it.key })).await, (200, "unchanged".to_owned()));
    assert_eq!(it.news(), "");
    it.finish();
}

#[tokio::test]
async fn a_linked_issue_that_moves_on_and_away_is_followed() {
    let it = Told::by_rule().await;
    let mut bench = it.bench;
    let key = bench.world.jira.created_by_hand("TECH", "Bug", "Older");
    let ticket = super::stage::linked_to(&mut bench, &key).await;
    let url = format!("{}/jira/events", bench.url);
    let mut callback = bench.world.jira.tell(Sender::Rule, &url, sandbox::product::JIRA_CALLBACK_SECRET);
    let new = bench.world.jira.move_to_project(&key, "PLAT");
    bench.wait(60);
    assert_eq!(callback.run().await, [Some(200)]);
    assert_eq!(bench.value(ticket, "jira_reference"), new);
    bench.world.jira.move_issue(&new, "Done");
    bench.wait(60);
    assert_eq!(callback.run().await, [Some(200)]);
    assert_eq!(bench.said(ticket).matches("Fix ready").count(), 1);
    bench.finish();
}
