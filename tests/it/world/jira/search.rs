//! Finding issues, at once and late.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Stage;

/// The keys that a query finds.
async fn found(stage: &Stage, jql: &str) -> Vec<String> {
    let body = json!({ "jql": jql, "fields": ["summary"] });
    let answer = stage.jira_call("POST", "search/jql", body).await.ok(200);
    assert_eq!(answer["isLast"], true);
    answer["issues"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_label_finds_its_issues_in_the_order_asked_for() {
    let stage = Stage::set().await;
    for label in ["hs-1", "hs-2", "hs-1", "HS-1"] {
        stage.bug("x", &[label]).await;
        stage.wait(1);
    }
    assert_eq!(found(&stage, r#"project = TECH AND labels = "hs-1" ORDER BY created ASC"#).await, ["TECH-1", "TECH-3"]);
    assert_eq!(found(&stage, r#"project = TECH AND labels = "hs-1""#).await, ["TECH-3", "TECH-1"]);
    assert_eq!(
        found(&stage, "project=\"Technical\" and labels in (hs-2, 'HS-1') order by created").await,
        ["TECH-2", "TECH-4"]
    );
    assert_eq!(found(&stage, r#"labels = "hs-1" AND project in (PLAT)"#).await, [""; 0]);
    assert_eq!(found(&stage, "project = TECH AND labels = \"no\\\"such\\\\\"").await, [""; 0]);
    let whole = stage.bug("x", &["a\"b\\c"]).await;
    assert_eq!(found(&stage, r#"labels = "a\"b\\c""#).await, [whole]);
    stage.world.finish();
}

#[tokio::test]
async fn a_search_shows_what_was_asked_for_and_else_the_id() {
    let stage = Stage::set().await;
    let properties = json!([{ "key": "hs-escalation", "value": { "ticket": 42 } }, { "key": "other", "value": 1 }]);
    let created = json!({ "fields": super::bug("Exports fail"), "properties": properties });
    let id = stage.jira_call("POST", "issue", created).await.ok(201)["id"].clone();
    let post = async |body: Value| stage.jira_call("POST", "search/jql", body).await;
    let bare = post(json!({ "jql": "project = TECH" })).await.ok(200);
    assert_eq!(bare, json!({ "issues": [{ "id": id }], "isLast": true }));
    let asked = json!({
        "jql": "project = TECH", "fields": ["summary", "labels", "created"], "properties": ["hs-escalation"],
    });
    let shown = post(asked).await.ok(200)["issues"][0].take();
    let fields = json!({ "summary": "Exports fail", "labels": [], "created": "2026-06-10T09:00:00.000+0000" });
    assert_eq!((&shown["key"], &shown["fields"]), (&json!("TECH-1"), &fields));
    assert_eq!(shown["properties"], json!({ "hs-escalation": { "ticket": 42 } }));
    let six: Vec<String> = (0..6).map(|it| format!("p{it}")).collect();
    let sentence = "The number of requested properties exceeds the limit of 5.";
    post(json!({ "jql": "project = TECH", "properties": six })).await.says(400, sentence);
    let same =
        stage.jira_get("search/jql?jql=project+%3D+TECH&fields=summary%2Ccreated&properties=hs-escalation").await;
    assert_eq!(same.ok(200)["issues"][0]["fields"]["summary"], "Exports fail");
    stage.world.finish();
}

#[tokio::test]
async fn a_query_that_is_not_bounded_or_not_understood_is_refused() {
    let stage = Stage::set().await;
    let check = async |jql: &str, sentence: &str| {
        stage.jira_call("POST", "search/jql", json!({ "jql": jql })).await.says(400, sentence);
    };
    let unbounded = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.";
    for jql in ["", "ORDER BY created ASC"] {
        check(jql, unbounded).await;
    }
    check("project = NONE", "The value 'NONE' does not exist for the field 'project'.").await;
    let unknown = "Field 'ticket' does not exist or you do not have permission to view it.";
    check("ticket = 1", unknown).await;
    check("labels = x AND", "Error in the JQL Query: Expecting either a value, list or function but got 'EOF'.").await;
    check("labels = x y", "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'y'.").await;
    check("labels in (a", "Error in the JQL Query: Expecting ')' but got 'EOF'.").await;
    check("labels = \"a", "Error in the JQL Query: The quoted string 'a' has not been completed.").await;
    check("labels = x ORDER BY summary", "Not able to sort using field 'summary'.").await;
    for broken in
        ["labels = and", "labels ~ x", "labels = \"a\\x\"", "labels = a;b", "labels x", "labels = x ORDER created"]
    {
        assert_eq!(stage.jira_call("POST", "search/jql", json!({ "jql": broken })).await.status, 400, "{broken}");
    }
    stage.jira().archive("TECH");
    check("project = TECH", "The value 'TECH' does not exist for the field 'project'.").await;
    stage.world.finish();
}

#[tokio::test]
async fn pages_follow_each_other_by_a_token_that_is_good_for_the_query() {
    let stage = Stage::set().await;
    for _ in 0..5 {
        stage.bug("x", &["hs-1"]).await;
        stage.wait(1);
    }
    let (jql, mut keys, mut token) = ("labels = hs-1 ORDER BY created", Vec::new(), Value::Null);
    loop {
        let mut body = json!({ "jql": jql, "fields": ["key"], "maxResults": 2 });
        if !token.is_null() {
            body["nextPageToken"] = token;
        }
        let page = stage.jira_call("POST", "search/jql", body).await.ok(200);
        keys.extend(page["issues"].as_array().unwrap().iter().map(|it| it["key"].as_str().unwrap().to_owned()));
        token = page["nextPageToken"].clone();
        assert_eq!(page["isLast"], token.is_null());
        if token.is_null() {
            break;
        }
    }
    assert_eq!(keys, ["TECH-1", "TECH-2", "TECH-3", "TECH-4", "TECH-5"]);
    stage.jira().configure(|it| it.search_page = 3);
    let few = json!({ "jql": jql, "maxResults": 50 });
    let page = stage.jira_call("POST", "search/jql", few).await.ok(200);
    assert_eq!(page["issues"].as_array().unwrap().len(), 3);
    let other = json!({ "jql": "labels = hs-2", "nextPageToken": page["nextPageToken"] });
    let sentence = "The provided next page token is invalid or has expired.";
    stage.jira_call("POST", "search/jql", other).await.says(400, sentence);
    for most in [json!(0), json!(5_001), json!("2")] {
        let body = json!({ "jql": jql, "maxResults": most });
        assert_eq!(stage.jira_call("POST", "search/jql", body).await.status, 400);
    }
    stage.world.finish();
}

#[tokio::test]
async fn creations_and_labels_show_in_searches_after_the_lag() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| it.search_lag = SignedDuration::from_secs(60));
    let (one, two) = ("labels = hs-1", "labels = hs-2");
    let key = stage.bug("x", &["hs-1"]).await;
    let id: u64 = stage.jira().issue(&key).unwrap().id.parse().unwrap();
    stage.wait(59);
    assert_eq!(found(&stage, one).await, [""; 0]);
    let reconciled = json!({ "jql": one, "reconcileIssues": [id] });
    let answer = stage.jira_call("POST", "search/jql", reconciled).await.ok(200);
    assert_eq!(answer["issues"][0]["id"], id.to_string());
    assert_eq!(stage.jira_get(&format!("issue/{key}")).await.status, 200);
    stage.wait(1);
    assert_eq!(found(&stage, one).await, [key.as_str()]);
    stage.jira().label(&key, &["hs-2"]);
    stage.wait(59);
    assert_eq!((found(&stage, one).await, found(&stage, two).await), (vec![key.clone()], vec![]));
    stage.wait(1);
    assert_eq!((found(&stage, one).await, found(&stage, two).await), (vec![], vec![key.clone()]));
    stage.jira().delete(&key);
    assert_eq!(found(&stage, two).await, [""; 0]);
    stage.world.finish();
}

#[tokio::test]
async fn the_search_of_old_is_gone() {
    let stage = Stage::set().await;
    for (method, body) in [("GET", Value::Null), ("POST", json!({ "jql": "project = TECH" }))] {
        let gone = stage.jira_call(method, "search", body).await.ok(410);
        assert!(gone["errorMessages"][0].as_str().unwrap().contains("/rest/api/3/search/jql"), "{gone}");
        stage.jira_blamed("this endpoint is removed");
    }
    stage.world.finish();
}
