//! A start that fails, and what a programmer may print, say no secret.

use std::process::Stdio;

use aws_sdk_dynamodb::config::{Credentials, Region};
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::ledger::{Ledger, Times};
use sandbox::product::FUNCTIONS;
use sandbox::vault::{SECRET, Vault};
use serde_json::Value;
use tokio::process::Command;

const VARIABLES: [&str; 7] = [
    "HUBSPOT_ACCESS_TOKEN",
    "HUBSPOT_CLIENT_SECRET",
    "FORWARD_SECRET",
    "JIRA_API_TOKEN",
    "JIRA_CALLBACK_SECRET",
    "SLACK_BOT_TOKEN",
    "AWS_SECRET_ACCESS_KEY",
];

/// What each of them holds.
fn canary(variable: &str) -> String {
    format!("canary-{}-0001", variable.to_lowercase().replace('_', "-"))
}

/// What a function says that cannot start, in this environment.
async fn said(function: &str, env: &[(&str, String)]) -> String {
    let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["function", function])
        .env_clear()
        .envs(env.iter().map(|(name, value)| (*name, value.as_str())))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Its standard input stays open: otherwise it would end for that.
    let _open = process.stdin.take();
    let ended = process.wait_with_output().await.unwrap();
    assert_eq!(ended.status.code(), Some(1), "{function}");
    [ended.stdout, ended.stderr].map(|it| String::from_utf8(it).unwrap()).concat()
}

fn functions() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.into_iter().chain(["jira-callback", "hubspot-events", "sweep"])
}

#[track_caller]
fn is_silent(said: &str) {
    let last = said.lines().last().unwrap_or_default();
    let line: Value = serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {said}"));
    assert!(line["message"].as_str().is_some_and(|it| it.contains(" cannot run: ")), "{said}");
    assert_eq!(line["level"], "ERROR");
    assert!(!said.contains("canary"), "{said}");
}

#[tokio::test]
async fn a_start_that_lacks_something_says_what_and_not_what_is_there() {
    let all: Vec<(&str, String)> = VARIABLES.iter().map(|it| (*it, canary(it))).collect();
    for function in functions() {
        is_silent(&said(function, &all).await);
    }
    // What is there is no good.
    for (variable, value) in [("HUBSPOT_CLIENT_SECRET", "canary ü,,"), ("HUBSPOT_ACCESS_TOKEN", "canary\u{7f} é")] {
        let mut env = all.clone();
        env.retain(|it| it.0 != variable);
        env.push((variable, value.to_owned()));
        is_silent(&said("validate-comment", &env).await);
    }
}

#[tokio::test]
async fn a_secret_that_does_not_read_is_not_quoted() {
    let vault = Vault::open(&Default::default()).await.unwrap();
    let mut env = vec![
        ("SECRETS_ID", SECRET.to_owned()),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", vault.url().to_owned()),
        ("AWS_ACCESS_KEY_ID", "sandbox".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", canary("AWS_SECRET_ACCESS_KEY")),
        ("AWS_REGION", "eu-central-1".to_owned()),
    ];
    let token = canary("HUBSPOT_ACCESS_TOKEN");
    let texts = [
        format!("{{\"HUBSPOT_ACCESS_TOKEN\": \"{token}\""),
        format!("{{\"HUBSPOT_ACCESS_TOKEN\": [\"{token}\"]}}"),
        format!("[\"{token}\"]"),
        token.clone(),
        String::new(),
        format!("{{\"HUBSPOT_CLIENT_SECRET\": \"{token}\", \"{token}\": \"{token}\"}}"),
    ];
    for text in texts {
        vault.put(text);
        for function in functions() {
            is_silent(&said(function, &env).await);
        }
    }
    vault.set_down(true);
    is_silent(&said("validate-comment", &env).await);
    env[1].1 = "http://127.0.0.1:1".to_owned();
    is_silent(&said("validate-comment", &env).await);
}

/// Of all that holds a secret this alone can be printed; the others do not know how.
#[test]
fn a_ledger_is_printed_without_the_keys_it_signs_with() {
    let session = Some("canary-session".to_owned());
    let credentials = Credentials::new("AKID", "canary-aws-key", session, None, "test");
    let aws = Aws { region: Region::from_static("eu-central-1"), credentials, endpoint: None };
    let printed = format!("{aws:?}");
    assert!(printed.contains("eu-central-1") && !printed.contains("canary-"), "{printed}");
    let client = escalation::ledger::client(aws, &Http::new());
    let printed = format!("{:?}", Ledger::new(client, "table", Times::default()));
    assert!(printed.contains("table") && !printed.contains("canary-"), "{printed}");
}
