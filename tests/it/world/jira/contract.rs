//! Every endpoint of the stand-in against Jira's own description, and what that check sees.

use sandbox::world::contract::Contract;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::{Access, refusal};
use serde_json::{Value, json};

use super::{Stage, bug, doc, paragraph, text};

#[tokio::test]
async fn every_endpoint_keeps_jiras_description() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &["hs-1"]).await;
    let words = doc(json!([paragraph(json!([text("x")]))]));
    let mut fields = bug("y");
    fields["description"] = words.clone();
    let properties = json!([{ "key": "hs-escalation", "value": { "ticket": 42 } }]);
    let create = json!({ "fields": fields, "update": { "labels": [{ "add": "a" }] }, "properties": properties });
    let comment = json!({ "body": words, "properties": properties });
    let object = json!({ "url": "https://x.example", "title": "t", "status": { "resolved": false } });
    let link = json!({ "globalId": "g", "relationship": "r", "application": { "name": "HubSpot" }, "object": object });
    let search =
        json!({ "jql": "project = TECH", "fields": ["*all"], "properties": ["hs-escalation"], "maxResults": 1 });
    let get = |path: &str| ("GET", path.replace("{key}", &key), Value::Null);
    let write = |method: &'static str, path: &str, body: Value| (method, path.replace("{key}", &key), body);
    let calls = [
        write("POST", "issue", create),
        get("issue/{key}?fields=summary,status&properties=hs-escalation"),
        get("issue/{key}"),
        write("POST", "search/jql", search),
        get("search/jql?jql=project+%3D+TECH&maxResults=1&fields=summary"),
        write("POST", "issue/{key}/remotelink", link.clone()),
        write("POST", "issue/{key}/remotelink", link),
        get("issue/{key}/remotelink"),
        get("issue/{key}/remotelink?globalId=g"),
        write("DELETE", "issue/{key}/remotelink?globalId=g", Value::Null),
        write("POST", "issue/{key}/comment", comment),
        get("issue/{key}/comment?expand=properties&orderBy=-created"),
        get("issue/{key}/transitions?expand=transitions.fields"),
        write("POST", "issue/{key}/transitions", json!({ "transition": { "id": "11" } })),
        write("PUT", "issue/{key}/properties/p", json!({ "a": 1 })),
        write("PUT", "issue/{key}/properties/p", json!(2)),
        get("issue/{key}/properties/p"),
        get("issue/createmeta/TECH/issuetypes"),
        get("issue/createmeta/TECH/issuetypes/10004?maxResults=200"),
        get("myself"),
        get("mypermissions?projectKey=TECH&permissions=BROWSE_PROJECTS,CREATE_ISSUES"),
        get("project/TECH/statuses"),
    ];
    for (method, path, body) in calls {
        let reply = stage.jira_call(method, &path, body).await;
        assert!(reply.status < 300, "{method} {path}: {} {}", reply.status, reply.text);
    }
    assert_eq!(stage.world.violations(), [""; 0]);
    stage.world.finish();
}

/// What is held against one call; nothing can be said without the descriptions.
async fn violations(method: &str, path: &str, body: Value) -> Option<Vec<String>> {
    let stage = Stage::set().await;
    stage.bug("x", &[]).await;
    stage.jira_call(method, path, body).await;
    let found = stage.world.violations();
    Contract::of_process().map(|_| found)
}

#[tokio::test]
async fn a_parameter_and_a_field_that_jira_does_not_know_are_seen() {
    let Some(found) = violations("GET", "issue/TECH-1?field=summary", Value::Null).await else {
        return;
    };
    assert_eq!(found, ["GET /rest/api/3/issue/TECH-1: unknown query parameter `field`"]);
    let body = json!({ "jql": "project = TECH", "startAt": 0 });
    let found = violations("POST", "search/jql", body).await.unwrap_or_default();
    assert!(found.iter().any(|it| it.contains("('startAt' was unexpected)")), "{found:?}");
    let body = json!({ "fields": bug("x"), "properties": [{ "key": "k", "value": 1, "type": "x" }] });
    let found = violations("POST", "issue", body).await.unwrap_or_default();
    assert!(found.iter().any(|it| it.contains("('type' was unexpected)")), "{found:?}");
}

#[tokio::test]
async fn a_document_is_held_against_atlassians_schema_wherever_it_stands() {
    let Some(contract) = Contract::of_process() else {
        return;
    };
    let broken = doc(json!([{ "type": "taskList" }]));
    for request in [
        json!({ "fields": { "description": broken } }),
        json!({ "fields": { "customfield_10070": broken } }),
        json!({ "body": broken }),
        json!({ "update": { "comment": [{ "add": { "body": broken } }] } }),
    ] {
        let found = contract.wrong_with_texts("jira", &request);
        assert!(found.len() == 1 && found[0].starts_with("document `/"), "{found:?}");
    }
    let fine = doc(json!([paragraph(json!([text("x")]))]));
    assert_eq!(contract.wrong_with_texts("jira", &json!({ "body": fine })), [""; 0]);
    assert_eq!(contract.wrong_with_texts("slack", &json!({ "body": broken })), [""; 0]);
}

/// The stand-in has not looked at this one: a fault answered in its place.
#[tokio::test]
async fn a_broken_document_is_seen_although_the_call_failed() {
    let stage = Stage::set().await;
    let calls = "POST /rest/api/3/issue";
    stage.jira().inject(Fault::on(calls, Effect::Refuse(refusal::unavailable(502))).always());
    let mut fields = bug("x");
    fields["description"] = doc(json!([paragraph(json!([text("")]))]));
    stage.create(fields.clone()).await;
    let found = stage.world.violations();
    assert_eq!(found.len(), usize::from(Contract::of_process().is_some()), "{found:?}");
    assert!(
        found.iter().all(|it| it.starts_with("POST /rest/api/3/issue: document `/fields/description`")),
        "{found:?}"
    );
    fields["description"] = doc(json!([paragraph(json!([text("x")]))]));
    stage.create(fields).await;
    stage.world.finish();
}

#[tokio::test]
async fn a_call_at_the_gateway_is_held_against_the_same_description() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| it.access = Access::Gateway);
    stage.bug("x", &[]).await;
    assert_eq!(stage.world.violations(), [""; 0]);
    stage.jira_get("issue/TECH-1?field=summary").await.ok(200);
    let expected = usize::from(Contract::of_process().is_some());
    assert_eq!(stage.world.violations().len(), expected);
    stage.world.finish();
}
