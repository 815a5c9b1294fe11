//! Comments, and properties of comments and issues.

use sandbox::world::jira::{Actor, Permission};
use serde_json::{Value, json};

use super::{NOT_THERE, Stage, doc, paragraph, text};

fn comment(said: &str) -> Value {
    json!({ "body": doc(json!([paragraph(json!([text(said)]))])) })
}

#[tokio::test]
async fn a_comment_is_found_again_by_its_property() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/comment");
    let mut body = comment("The customer called again.");
    body["properties"] = json!([
        { "key": "hs-escalation", "value": { "marker": "m1" } },
        { "key": "sd.public.comment", "value": { "internal": true } },
    ]);
    let written = stage.jira_call("POST", &path, body).await.ok(201);
    assert_eq!((&written["created"], &written["jsdPublic"]), (&json!("2026-06-10T09:00:00.000+0000"), &json!(false)));
    stage.wait(1);
    stage.jira().comment_by(&key, "Dana Reyes", "On it.\n\nBack at noon.");
    let bare = stage.jira_get(&path).await.ok(200);
    assert_eq!((&bare["total"], &bare["maxResults"]), (&json!(2), &json!(100)));
    assert_eq!(bare["comments"][0].get("properties"), None);
    let whole = stage.jira_get(&format!("{path}?expand=properties")).await.ok(200);
    assert_eq!(whole["comments"][0]["properties"][0]["value"]["marker"], "m1");
    assert_eq!(whole["comments"][1]["author"]["displayName"], "Dana Reyes");
    let latest = stage.jira_get(&format!("{path}?orderBy=-created&maxResults=1")).await.ok(200);
    assert_eq!((&latest["comments"][0]["jsdPublic"], &latest["total"]), (&json!(true), &json!(2)));
    assert_eq!(stage.jira_get(&format!("{path}?orderBy=author")).await.status, 400);
    stage.world.violations();
    let second = stage.jira_get(&format!("{path}?startAt=1")).await.ok(200);
    assert_eq!(second["comments"].as_array().unwrap().len(), 1);
    let seen = stage.jira().issue(&key).unwrap().comments;
    assert_eq!((seen[0].text.as_str(), &seen[0].author), ("The customer called again.", &Actor::App));
    assert_eq!(seen[1].text, "On it.\n\nBack at noon.");
    assert_eq!(seen[0].properties["hs-escalation"], json!({ "marker": "m1" }));
    stage.world.finish();
}

#[tokio::test]
async fn a_comment_that_is_no_document_is_refused() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/comment");
    let post = async |body: Value| stage.jira_call("POST", &path, body).await;
    post(json!({})).await.wrong("comment", "Comment body can not be empty!");
    post(json!({ "body": "words" })).await.wrong("comment", "Comment body is not valid!");
    post(comment("")).await.says(400, "INVALID_INPUT");
    stage.jira_blamed("a document that Jira refuses: /doc/paragraph/text: no text");
    let sentence = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";
    post(comment(&"x".repeat(32_767))).await.wrong("comment", sentence);
    let mut odd = comment("x");
    odd["parentId"] = "1".into();
    post(odd).await.ok(201);
    stage.jira_blamed("unknown field `parentId`");
    stage.jira().configure(|it| it.denied = [Permission::Comment].into());
    post(comment("x")).await.says(400, "Escalation Service, you do not have the permission to comment on this issue.");
    stage.jira_call("POST", "issue/TECH-9/comment", comment("x")).await.says(404, NOT_THERE);
    stage.jira_get("issue/TECH-9/comment").await.says(404, NOT_THERE);
    assert_eq!(stage.jira().issue(&key).unwrap().comments.len(), 1);
    stage.world.finish();
}

#[tokio::test]
async fn a_property_is_set_and_set_again() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/properties/hs%2Descalation%20%C3%A4");
    let put = async |value: Value| stage.jira_call("PUT", &path, value).await.status;
    stage.jira_get(&path).await.says(404, "The property 'hs-escalation ä' does not exist.");
    assert_eq!((put(json!({ "a": 1 })).await, put(json!([2])).await), (201, 200));
    let read = stage.jira_get(&path).await.ok(200);
    assert_eq!(read, json!({ "key": "hs-escalation ä", "value": [2] }));
    assert_eq!(stage.jira().issue(&key).unwrap().properties["hs-escalation ä"], json!([2]));
    assert_eq!(put(json!("x".repeat(32_766))).await, 200);
    assert_eq!(put(json!("x".repeat(32_767))).await, 400);
    let long = format!("issue/{key}/properties/{}", "x".repeat(256));
    assert_eq!(stage.jira_call("PUT", &long, json!(1)).await.status, 400);
    stage.jira().configure(|it| it.denied = [Permission::Edit].into());
    assert_eq!(put(json!(1)).await, 403);
    assert_eq!(stage.jira_call("PUT", "issue/TECH-9/properties/p", json!(1)).await.status, 404);
    stage.world.finish();
}
