//! What goes over the wire, word for word.

use std::time::Duration;

use escalation::ledger::{Done, How, Setback, Unfinished};
use serde_json::Value;

use super::bench::Bench;

impl Bench {
    /// The bodies sent so far, with the random token and the table's name made plain.
    fn sent(&self) -> Vec<Value> {
        let requests = self.dynamo.requests();
        assert!(requests.iter().all(|it| it.operation == "UpdateItem"));
        requests
            .into_iter()
            .map(|mut it| {
                let owner = it.body["ExpressionAttributeValues"][":me"]["S"].take();
                assert_eq!(owner.as_str().unwrap().len(), 22, "128 bits");
                it.body["ExpressionAttributeValues"][":me"]["S"] = "<owner>".into();
                it.body["TableName"] = "<table>".into();
                it.body
            })
            .collect()
    }
}

#[track_caller]
fn pretty(body: &Value) -> String {
    serde_json::to_string_pretty(body).unwrap()
}

/// P1: two writes and no reads where nothing goes wrong.
#[tokio::test]
async fn the_first_visit_takes_the_effect_and_completes_it() {
    let bench = Bench::new().await;
    let done = bench.visit().await.unwrap();
    assert_eq!(
        done,
        Done {
            output: "comment-1".to_owned(),
            how: How::Acted
        }
    );
    let sent = bench.sent();
    assert_eq!(sent.len(), 2);
    insta::assert_snapshot!(pretty(&sent[0]), @"");
    insta::assert_snapshot!(pretty(&sent[1]), @"");
    let mut item = bench.item().await;
    item["fp"]["B"] = "<fingerprint>".into();
    insta::assert_snapshot!(item, @"");
}

#[tokio::test]
async fn a_strict_effect_is_only_taken_for_the_same_fields() {
    let mut bench = Bench::new().await;
    bench.effect = bench.effect.clone().strict();
    bench.visit().await.unwrap();
    let condition = &bench.sent()[0]["ConditionExpression"];
    insta::assert_snapshot!(condition, @"");
}

#[tokio::test]
async fn a_setback_parks_the_effect() {
    let bench = Bench::new().await;
    let setback = Setback::NotApplied {
        retry_after: Some(Duration::from_secs(7)),
        reason: "429".to_owned(),
    };
    let answer = bench.act(async { Err(setback) }).await;
    assert!(matches!(answer, Err(Unfinished::Parked { .. })));
    insta::assert_snapshot!(pretty(&bench.sent()[1]), @"");
}

#[tokio::test]
async fn a_refusal_ends_the_effect() {
    let bench = Bench::new().await;
    let refused = Setback::Refused {
        reason: "404".to_owned(),
    };
    let answer = bench.act(async { Err(refused) }).await;
    assert!(matches!(answer, Err(Unfinished::Failed { .. })));
    insta::assert_snapshot!(pretty(&bench.sent()[1]), @"");
}

#[tokio::test]
async fn an_effect_that_cannot_be_looked_up_is_noted_before_it_begins() {
    let bench = Bench::new().await;
    let act = async { Ok("1712.34".to_owned()) };
    bench
        .ledger
        .at_most_once(&bench.effect, &bench.invocation(), act)
        .await
        .unwrap();
    let sent = bench.sent();
    assert_eq!(sent.len(), 3);
    insta::assert_snapshot!(pretty(&sent[1]), @"");
}
