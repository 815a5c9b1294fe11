//! The function as a process of its own, with what it finds in its environment.

use escalation::runtime::Clock;
use sandbox::host::{FunctionSpec, Host, HostConfig};
use sandbox::world::World;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::bucket::{Bucket, SIGNATURE};
use super::{ADDRESS, fresh};

const CHECK: &str = include_str!("../../../events/provision/check.json");
const PLAN: &str = include_str!("../../../events/provision/plan.json");
const APPLY: &str = include_str!("../../../events/provision/apply.json");
const UNKNOWN: &str = include_str!("../../../events/provision/unknown-command.json");
const HTTP: &str = include_str!("../../../events/provision/refused-http-request.json");
const CREATE: &str = include_str!("../../../events/provision/create.json");

struct Function {
    world: World,
    host: Host,
}

/// The function with these variables beside what the deployment sets.
async fn function(more: &[(&str, &str)]) -> Function {
    let mut settings = fresh();
    settings.token = SecretString::from("token-canary");
    settings.developer_key = SecretString::from("key-canary");
    let world = World::with(settings.clone(), Clock::system()).await.unwrap();
    let portal = settings.portal.to_string();
    world.jira.configure(|it| it.token = SecretString::from("jira-canary"));
    let (jira, email) = (world.jira.base_url(), world.jira.settings().email);
    let deployed = [
        ("HUBSPOT_BASE_URL", world.hubspot.base_url()),
        ("HUBSPOT_PORTAL_IDS", &portal),
        ("HUBSPOT_APP_ID", "1160452"),
        ("PUBLIC_BASE_URL", ADDRESS),
        ("JIRA_BASE_URL", &jira),
        ("JIRA_EMAIL", &email),
    ];
    let env = deployed.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let program = env!("CARGO_BIN_EXE_sandbox").into();
    let spec = FunctionSpec { program, env, ..FunctionSpec::scheduled(::provision::NAME).unwrap() };
    let host = Host::start(HostConfig::new(vec![spec], Clock::system())).await.unwrap();
    Function { world, host }
}

const SECRETS: [(&str, &str); 6] = [
    ("HUBSPOT_ACCESS_TOKEN", "token-canary"),
    ("HUBSPOT_DEVELOPER_API_KEY", "key-canary"),
    ("HUBSPOT_CLIENT_SECRET", "client-canary"),
    ("FORWARD_SECRET", "forward-canary"),
    ("JIRA_API_TOKEN", "jira-canary"),
    ("JIRA_CALLBACK_SECRET", "callback-canary"),
];

const WITHOUT_SECRETS: &str =
    "Wrong: HUBSPOT_ACCESS_TOKEN, HUBSPOT_CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET, Jira";

impl Function {
    async fn asked(&self, event: &str) -> Value {
        let answer = self.host.invoke(::provision::NAME, event.to_owned()).await.unwrap();
        serde_json::from_slice(&answer).unwrap()
    }

    fn log(&self) -> String {
        self.host.logs().iter().map(|it| format!("{}\n", it.text)).collect()
    }
}

/// What a person would read.
fn lines(answer: &Value) -> String {
    answer["lines"].as_array().unwrap().iter().map(|it| format!("{}\n", it.as_str().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_asked_by_hand_and_tells_no_secret() {
    let function = function(&SECRETS).await;
    let checked = function.asked(CHECK).await;
    assert_eq!(checked["ok"], false);
    assert!(lines(&checked).contains("✘ HubSpot property escalation_lane: is not there\n"), "{checked:#}");
    assert!(lines(&function.asked(PLAN).await).starts_with("Would be done\n  + create property group escalation"));
    let applied = function.asked(APPLY).await;
    assert_eq!(applied["ok"], true, "{}", lines(&applied));
    assert_eq!(function.asked(CHECK).await["ok"], true);
    assert_eq!(function.asked(UNKNOWN).await["ok"], false);
    assert!(function.host.invoke(::provision::NAME, HTTP).await.is_err());
    function.world.hubspot.configure(|it| it.token = SecretString::from("pat-rotated"));
    let refused = function.asked(CHECK).await;
    assert!(lines(&refused).contains("is not taken"), "{refused:#}");
    let all = [lines(&checked), lines(&applied), lines(&refused), function.log()].concat();
    assert!(!all.contains("canary"), "{all}");
    assert_ne!(function.world.hubspot.settings().token.expose_secret(), "token-canary");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_deployment_finds_no_secrets_and_goes_on() {
    let (function, bucket) = (function(&[("HUBSPOT_ACCESS_TOKEN", " ")]).await, Bucket::open(0).await);
    let mut event: Value = serde_json::from_str(CREATE).unwrap();
    event["ResponseURL"] = json!(bucket.url);
    assert_eq!(function.asked(&event.to_string()).await, Value::Null);
    let told = bucket.answer();
    assert_eq!(told["Status"], "SUCCESS");
    let summary = told["Data"]["Summary"].as_str().unwrap();
    assert!(summary.ends_with(WITHOUT_SECRETS) && !summary.contains("Nothing to do"), "{summary}");
    assert_eq!(function.world.hubspot.calls().len(), 0);
    function.host.logged(|it| it.text.contains("Create of the custom resource")).await;
    assert!(!function.log().contains(SIGNATURE), "{}", function.log());
}

/// Whatever the functions that have to do with Jira do not start without.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_jira_needs_is_looked_at_and_slack_that_cannot_be_told_is_not_off() {
    let wrong = [
        ("JIRA_CALLBACK_SECRET", "hush-1,,hush-2"),
        ("JIRA_BASE_URL", ""),
        ("SLACK_BOT_TOKEN", "xoxb-canary"),
        ("SLACK_BASE_URL", "slack.example"),
    ];
    let function = function(&[&SECRETS[..5], &wrong].concat()).await;
    let checked = lines(&function.asked(CHECK).await);
    for told in ["✘ JIRA_CALLBACK_SECRET: ", "✘ JIRA_SITE_URL: JIRA_SITE_URL is not set"] {
        assert!(checked.contains(told), "{checked}");
    }
    assert!(!checked.contains("is off") && !checked.contains("canary") && !checked.contains("hush"), "{checked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_app_that_holds_the_actions_may_be_another_than_the_tokens() {
    for (app, holder) in [("7", "1160452"), ("1160452", "")] {
        let apps = [("HUBSPOT_APP_ID", app), ("HUBSPOT_DEVELOPER_APP_ID", holder)];
        let function = function(&[&SECRETS[..], &apps].concat()).await;
        assert!(lines(&function.asked(APPLY).await).contains("  + register action assign-lane\n"), "{app} {holder}");
    }
    let nobody = [("HUBSPOT_APP_ID", ""), ("HUBSPOT_DEVELOPER_APP_ID", "my app")];
    let function = function(&[&SECRETS[..], &nobody].concat()).await;
    let checked = lines(&function.asked(CHECK).await);
    assert!(
        checked.contains("✘ HubSpot actions: cannot be looked at: HUBSPOT_DEVELOPER_APP_ID is not an app's id"),
        "{checked}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn actions_move_where_the_command_says_so() {
    let function = function(&SECRETS).await;
    function.asked(APPLY).await;
    function
        .world
        .hubspot
        .redefine("assign-lane", |it| it["actionUrl"] = json!("https://old.example.com/hubspot/actions/assign-lane"));
    assert!(
        lines(&function.asked(APPLY).await)
            .contains("✘ HubSpot action assign-lane: is called at https://old.example.com")
    );
    let moved = lines(&function.asked(r#"{"command":"apply --move-actions"}"#).await);
    assert!(moved.starts_with("Done\n  + move action assign-lane from https://old.example.com"), "{moved}");
}

/// What was pasted cannot be sent: a person reads which it is, and the deployment goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_with_a_line_end_in_them_are_named_and_the_deployment_goes_on() {
    let tokens = ["HUBSPOT_ACCESS_TOKEN", "JIRA_API_TOKEN", "SLACK_BOT_TOKEN"];
    let wrong = tokens.map(|it| (it, "token\ncanary"));
    let (function, bucket) = (function(&[&SECRETS[..], &wrong].concat()).await, Bucket::open(0).await);
    let mut event: Value = serde_json::from_str(CREATE).unwrap();
    event["ResponseURL"] = json!(bucket.url);
    assert_eq!(function.asked(&event.to_string()).await, Value::Null);
    let told = bucket.answer();
    assert_eq!(told["Status"], "SUCCESS");
    let summary = told["Data"]["Summary"].as_str().unwrap();
    assert!(summary.ends_with("Wrong: HUBSPOT_ACCESS_TOKEN, Jira, Slack"), "{summary}");
    let checked = lines(&function.asked(CHECK).await);
    for token in tokens {
        assert!(checked.contains(&format!("{token} has a space, a line end")), "{checked}");
    }
    assert!(!checked.contains("Slack: is off"), "it is not off: {checked}");
    let all = [checked, function.log(), told.to_string()].concat();
    assert!(!all.contains("canary"), "{all}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn settings_that_keep_every_function_from_starting_take_the_deployment_back() {
    let wrong = [
        ("PUBLIC_BASE_URL", "example.com"),
        ("HUBSPOT_PORTAL_IDS", "my portal"),
        ("HUBSPOT_APP_ID", "my app"),
        ("HUBSPOT_BASE_URL", "api.hubapi.com"),
    ];
    let (function, bucket) = (function(&[&SECRETS[..], &wrong].concat()).await, Bucket::open(0).await);
    let mut event: Value = serde_json::from_str(CREATE).unwrap();
    event["ResponseURL"] = json!(bucket.url);
    function.asked(&event.to_string()).await;
    let told = bucket.answer();
    assert_eq!(told["Status"], "FAILED");
    for (name, _) in wrong {
        assert!(told["Reason"].as_str().unwrap().contains(name), "{told}");
    }
}
