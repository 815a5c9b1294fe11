//! Who may call, where, and how often.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::jira::{Access, ToStrangers, refusal};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{NOT_THERE, Reply, Stage, bug};
use crate::world::send;

/// Asks who one is, at an address and with these credentials.
async fn ask(stage: &Stage, base: &str, email: &str, token: &str) -> Reply {
    let request = stage.client.get(format!("{base}/rest/api/3/myself")).basic_auth(email, Some(token));
    send(request).await.unwrap()
}

#[tokio::test]
async fn who_has_no_good_credentials_is_told_so_in_text() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    let (settings, base) = (jira.settings(), jira.base_url());
    let token = settings.token.expose_secret();
    ask(&stage, &base, &settings.email, token).await.ok(200);
    for (email, token) in [("x@harbour.example", token), (&*settings.email, "other"), ("", "")] {
        let refused = ask(&stage, &base, email, token).await;
        let text = "Client must be authenticated to access this resource.";
        assert_eq!((refused.status, refused.text.as_str()), (401, text));
        assert_eq!(refused.jira_header("x-seraph-loginreason"), Some("AUTHENTICATED_FAILED"));
    }
    let url = format!("{base}/rest/api/3/issue/TECH-1");
    assert_eq!(send(stage.client.get(&url)).await.unwrap().status, 401);
    assert_eq!(send(stage.client.get(&url).bearer_auth(token)).await.unwrap().status, 401);
    jira.configure(|it| it.revoked = vec![SecretString::from(token.to_owned())]);
    assert_eq!(ask(&stage, &base, &settings.email, token).await.status, 401);
    stage.world.finish();
}

#[tokio::test]
async fn a_scoped_token_is_good_at_the_gateway_and_a_classic_one_at_the_site() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    let settings = jira.settings();
    let (site, token) = (jira.base_url(), settings.token.expose_secret());
    assert_eq!(site, jira.site_url());
    jira.configure(|it| it.access = Access::Gateway);
    let gateway = jira.base_url();
    assert_eq!(gateway, format!("{site}/ex/jira/{}", settings.cloud));
    assert_eq!(ask(&stage, &site, &settings.email, token).await.status, 401);
    ask(&stage, &gateway, &settings.email, token).await.ok(200);
    let created = stage.create(bug("x")).await.ok(201);
    // Links in answers are the site's, wherever one calls.
    assert!(created["self"].as_str().unwrap().starts_with(&format!("{site}/rest/api/3/issue/")), "{created}");
    assert_eq!(ask(&stage, &format!("{site}/ex/jira/other"), &settings.email, token).await.status, 404);
    stage.jira_blamed("no such endpoint");
    jira.configure(|it| it.access = Access::Site);
    assert_eq!(ask(&stage, &gateway, &settings.email, token).await.status, 401);
    stage.world.finish();
}

#[tokio::test]
async fn a_public_search_without_a_login_finds_nothing_and_looks_well() {
    let stage = Stage::set().await;
    stage.bug("x", &["hs-1"]).await;
    let url = format!("{}/rest/api/3/search/jql?jql=labels+%3D+hs-1", stage.jira().base_url());
    let ask = async || send(stage.client.get(&url).basic_auth("x", Some("expired"))).await.unwrap();
    assert_eq!(ask().await.status, 401);
    stage.jira().configure(|it| it.public_search = true);
    let nothing = ask().await;
    assert_eq!(nothing.ok(200), json!({ "issues": [], "isLast": true }));
    assert_eq!(nothing.jira_header("x-seraph-loginreason"), Some("AUTHENTICATED_FAILED"));
    let found = stage.jira_get("search/jql?jql=labels+%3D+hs-1").await.ok(200);
    assert_eq!(found["issues"].as_array().unwrap().len(), 1);
    stage.world.finish();
}

#[tokio::test]
async fn to_strangers_an_issue_may_not_be_there() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let jira = stage.jira().clone();
    let ask = async |path: &str| {
        let url = format!("{}/rest/api/3/{path}", jira.base_url());
        send(stage.client.get(url).basic_auth("x", Some("expired"))).await.unwrap()
    };
    let shown = [
        (ToStrangers::Refused, 401, Some("AUTHENTICATED_FAILED")),
        (ToStrangers::Absent, 404, Some("AUTHENTICATED_FAILED")),
        (ToStrangers::JustAbsent, 404, None),
    ];
    for (to_strangers, status, reason) in shown {
        stage.jira().configure(|it| it.to_strangers = to_strangers);
        let answer = ask(&format!("issue/{key}")).await;
        assert_eq!((answer.status, answer.jira_header("x-seraph-loginreason")), (status, reason), "{to_strangers:?}");
        assert_eq!(ask("myself").await.status, 401, "{to_strangers:?}");
    }
    stage.world.finish();
}

#[tokio::test]
async fn a_burst_is_refused_with_the_reason_and_the_time() {
    let stage = Stage::set().await;
    stage.jira().configure(|it| it.limits.get = 5);
    let get = async || stage.jira_get("myself").await;
    for left in ["4", "3", "2", "1"] {
        let reply = get().await;
        assert_eq!((reply.status, reply.jira_header("x-ratelimit-remaining")), (200, Some(left)));
        assert_eq!(reply.jira_header("x-ratelimit-limit"), Some("5"));
        assert_eq!(reply.jira_header("x-ratelimit-nearlimit"), None);
    }
    assert_eq!(get().await.jira_header("x-ratelimit-nearlimit"), Some("true"));
    let refused = get().await;
    assert_eq!(refused.status, 429);
    for (name, value) in [
        ("retry-after", "1"),
        ("ratelimit-reason", "jira-burst-based"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "2026-06-10T09:00:01Z"),
    ] {
        assert_eq!(refused.jira_header(name), Some(value), "{name}");
    }
    stage.jira_get("issue/TECH-1").await.says(404, NOT_THERE);
    stage.wait(1);
    get().await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn one_issue_takes_twenty_writes_in_two_seconds() {
    let stage = Stage::set().await;
    let (key, other) = (stage.bug("x", &[]).await, stage.bug("y", &[]).await);
    let put = async |key: &str| stage.jira_call("PUT", &format!("issue/{key}/properties/p"), json!(1)).await;
    for _ in 0..20 {
        assert!(put(&key).await.status < 300);
    }
    let refused = put(&key).await;
    assert_eq!((refused.status, refused.jira_header("ratelimit-reason")), (429, Some("jira-per-issue-on-write")));
    assert_eq!(refused.jira_header("retry-after"), Some("2"));
    assert_eq!(put(&other).await.status, 201);
    assert_eq!(stage.jira_get(&format!("issue/{key}")).await.status, 200);
    stage.wait(2);
    assert_eq!(put(&key).await.status, 200);
    stage.world.finish();
}

#[tokio::test]
async fn paths_methods_and_types_that_are_not_there_are_refused() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    for (method, path, status) in [
        ("DELETE", "issue/TECH-1".to_owned(), 405),
        ("PUT", "issue".to_owned(), 405),
        ("POST", "myself".to_owned(), 405),
        ("PUT", format!("issue/{key}/remotelink"), 405),
        ("GET", "serverInfo".to_owned(), 404),
        ("GET", format!("issue/{key}/worklog"), 404),
    ] {
        assert_eq!(stage.jira_call(method, &path, Value::Null).await.status, status, "{method} {path}");
        stage.jira_blamed("no such endpoint");
    }
    let typed = |kind: &str| stage.jira_request("POST", "issue").header("content-type", kind).body("{}");
    assert_eq!(send(typed("text/plain")).await.unwrap().status, 415);
    let broken = stage.jira_request("POST", "issue").header("content-type", "application/json").body("{");
    send(broken).await.unwrap().says(400, "There was an error parsing JSON. Check that your request body is valid.");
    stage.world.finish();
}

#[tokio::test]
async fn faults_refuse_and_cut_as_at_any_other_vendor() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    jira.inject(Fault::on("POST /rest/api/3/issue", Effect::Refuse(refusal::unavailable(503))));
    assert_eq!(stage.create(bug("x")).await.status, 503);
    jira.inject(Fault::on("POST /rest/api/3/issue", Effect::CutAfter));
    let cut = stage.jira_request("POST", "issue").json(&json!({ "fields": bug("x") }));
    send(cut).await.unwrap_err();
    assert_eq!(jira.issues().len(), 1);
    let path = "/rest/api/3/issue/*/transitions";
    jira.inject(Fault::on(&format!("POST {path}"), Effect::Refuse(refusal::conflict())).always());
    let body = json!({ "transition": { "id": "11" } });
    for _ in 0..2 {
        assert_eq!(stage.jira_call("POST", "issue/TECH-1/transitions", body.clone()).await.status, 409);
    }
    jira.heal();
    assert_eq!(stage.jira_call("POST", "issue/TECH-1/transitions", body).await.status, 204);
    let exchanges = jira.journal().of(&format!("POST {path}"));
    assert_eq!(exchanges.iter().map(|it| it.applied).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(jira.calls().len(), 5);
    stage.jira_call("POST", "search/jql", json!({ "jql": "project = TECH" })).await.ok(200);
    assert_eq!((jira.journal().reads(), jira.journal().writes()), (1, 5));
    stage.world.finish();
}
