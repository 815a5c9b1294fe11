//! The requests of `events/validate-comment`, answered as `events/README.md` says.

use std::collections::BTreeMap;

use crate::bench::events::{answer, are_answered_as_the_readme_says, event, sandbox};

const FUNCTION: &str = "validate-comment";

#[tokio::test]
async fn every_request_is_answered_as_the_readme_says() {
    are_answered_as_the_readme_says(FUNCTION).await;
}

#[tokio::test]
async fn a_redelivery_has_the_same_run_id_and_another_execution_has_another() {
    let bench = sandbox().await;
    let mut runs: BTreeMap<String, usize> = BTreeMap::new();
    let files = ["complete", "complete", "incomplete"].map(|it| format!("custom-action-{it}.json"));
    for file in files.iter().map(String::as_str).chain(["webhook-object-body.json"]) {
        *runs.entry(answer(&bench, event(FUNCTION, file)).await.get("run_id").to_owned()).or_default() += 1;
    }
    assert_eq!(runs.len(), 3, "{runs:?}");
    assert_eq!(runs["request-1"], 1, "a webhook has no id of its own but the request's");
    bench.finish();
}
