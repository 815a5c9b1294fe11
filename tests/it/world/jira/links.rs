//! Remote links.

use sandbox::world::jira::Permission;
use serde_json::{Value, json};

use super::{NOT_THERE, Stage};

const GLOBAL: &str = "system=hubspot&portalId=24680135&ticket=42";
const BY_ID: &str = "globalId=system%3Dhubspot%26portalId%3D24680135%26ticket%3D42";

fn link(title: &str) -> Value {
    json!({
        "globalId": GLOBAL, "application": { "type": "com.hubspot", "name": "HubSpot" },
        "relationship": "escalated from",
        "object": {
            "url": "https://app.hubspot.com/contacts/24680135/record/0-5/42", "title": title, "summary": "Exports fail",
            "status": { "resolved": true },
        },
    })
}

#[tokio::test]
async fn a_global_id_is_linked_once_and_what_is_not_sent_is_gone() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/remotelink");
    let first = stage.jira_call("POST", &path, link("Ticket 42")).await.ok(201);
    let again = stage.jira_call("POST", &path, link("Ticket 42, again")).await.ok(200);
    assert_eq!(first, again);
    let links = stage.jira().issue(&key).unwrap().remote_links;
    assert_eq!(links.len(), 1);
    let only = &links[0];
    assert_eq!((only.title.as_str(), only.global_id.as_deref()), ("Ticket 42, again", Some(GLOBAL)));
    assert_eq!((only.relationship.as_str(), only.application.as_str()), ("escalated from", "HubSpot"));
    assert_eq!((only.summary.as_str(), only.resolved), ("Exports fail", true));
    let bare = json!({ "globalId": GLOBAL, "object": { "url": "https://x.example", "title": "t" } });
    stage.jira_call("POST", &path, bare).await.ok(200);
    let only = &stage.jira().issue(&key).unwrap().remote_links[0];
    assert_eq!((only.summary.as_str(), only.relationship.as_str(), only.resolved), ("", "", false));
    // Without a global id each link is another.
    for _ in 0..2 {
        let nameless = json!({ "object": { "url": "https://x.example", "title": "t" } });
        stage.jira_call("POST", &path, nameless).await.ok(201);
    }
    let all = stage.jira_get(&path).await.ok(200);
    assert_eq!(all.as_array().unwrap().len(), 3);
    assert_eq!((&all[0]["globalId"], &all[0]["id"]), (&json!(GLOBAL), &first["id"]));
    stage.world.finish();
}

#[tokio::test]
async fn a_link_is_read_and_removed_by_its_global_id() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/remotelink");
    stage.jira_call("POST", &path, link("Ticket 42")).await.ok(201);
    let one = stage.jira_get(&format!("{path}?{BY_ID}")).await.ok(200);
    assert_eq!((&one["object"]["title"], &one["relationship"]), (&json!("Ticket 42"), &json!("escalated from")));
    let missing = "The remote issue link does not exist.";
    stage.jira_get(&format!("{path}?globalId=other")).await.says(404, missing);
    stage.jira_call("DELETE", &format!("{path}?globalId=other"), Value::Null).await.says(404, missing);
    assert_eq!(stage.jira_call("DELETE", &format!("{path}?globalId="), Value::Null).await.status, 400);
    let gone = stage.jira_call("DELETE", &format!("{path}?{BY_ID}"), Value::Null).await;
    assert_eq!((gone.status, gone.text.as_str()), (204, ""));
    assert_eq!(stage.jira_get(&path).await.ok(200), json!([]));
    stage.world.finish();
}

#[tokio::test]
async fn a_link_that_says_too_little_or_too_much_is_refused() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/remotelink");
    for (pointer, value, field) in [
        ("/object/title", json!(""), "title"),
        ("/object/title", json!("x".repeat(256)), "title"),
        ("/object/url", Value::Null, "url"),
        ("/object/url", json!("javascript:alert(1)"), "url"),
        ("/globalId", json!("x".repeat(256)), "globalId"),
        ("/relationship", json!("x".repeat(256)), "relationship"),
    ] {
        let mut body = link("Ticket 42");
        *body.pointer_mut(pointer).unwrap() = value;
        let refused = stage.jira_call("POST", &path, body).await.ok(400);
        assert!(refused["errors"][field].is_string(), "{pointer}: {refused}");
    }
    let mut long = link(&"x".repeat(255));
    long["globalId"] = "x".repeat(255).into();
    stage.jira_call("POST", &path, long).await.ok(201);
    let mut odd = link("Ticket 42");
    odd["url"] = "https://x.example".into();
    stage.jira_call("POST", &path, odd).await.ok(201);
    stage.jira_blamed("unknown field `url`");
    stage.world.finish();
}

#[tokio::test]
async fn linking_needs_its_permission_and_an_issue_that_is_seen() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/remotelink");
    stage.jira_call("POST", "issue/TECH-99/remotelink", link("t")).await.says(404, NOT_THERE);
    stage.jira().configure(|it| it.denied = [Permission::Link].into());
    let sentence = "You do not have permission to link issues in this project.";
    stage.jira_call("POST", &path, link("t")).await.says(403, sentence);
    stage.jira_call("DELETE", &format!("{path}?{BY_ID}"), Value::Null).await.says(403, sentence);
    stage.jira_get(&path).await.ok(200);
    stage.jira().configure(|it| it.denied = [Permission::Browse].into());
    stage.jira_get(&path).await.says(404, NOT_THERE);
    stage.world.finish();
}

#[tokio::test]
async fn a_full_issue_takes_no_more_links_and_comments_and_still_updates() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    stage.jira().configure(|it| (it.limits.remote_links, it.limits.comments) = (1, 0));
    let path = format!("issue/{key}/remotelink");
    stage.jira_call("POST", &path, link("Ticket 42")).await.ok(201);
    let mut other = link("Ticket 43");
    other["globalId"] = "other".into();
    stage.jira_call("POST", &path, other).await.says(413, "The issue has reached the limit of remote links.");
    stage.jira_call("POST", &path, link("Ticket 42, again")).await.ok(200);
    let comment = json!({ "body": super::doc(json!([])) });
    let refused = stage.jira_call("POST", &format!("issue/{key}/comment"), comment).await;
    refused.says(413, "The issue has reached the limit of comments.");
    stage.world.finish();
}
