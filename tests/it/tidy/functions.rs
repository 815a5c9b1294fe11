//! A function is whole: it starts, is deployed, has an event, a test, and a place in the sandbox.

use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::Command;

use super::template::{self, has, id};
use super::tree::Tree;
use super::{is_broken, is_kept};

const NO_CALLER: &str = "no route in template.yaml, or no schedule where it is a job";

fn functions_are_whole(tree: &Tree) -> Vec<String> {
    let functions = tree.functions();
    functions.iter().flat_map(|name| lacks(tree, name)).collect()
}

fn lacks(tree: &Tree, name: &str) -> Vec<String> {
    let module = name.replace('-', "_");
    let text = |path: &str| tree.text(path).unwrap_or_default();
    let main_path = format!("functions/{name}/src/main.rs");
    let main = tree.text(&main_path).map(|it| it.lines().count());
    let entry = format!("{name} = {{ path = \"functions/{name}\" }}");
    let resource = template::function(text("template.yaml"), name);
    let deployed = resource.is_some_and(|it| has(it, &format!("Binary: {name}")));
    let is_called = is_called(tree, name, resource.unwrap_or_default());
    let events = format!("events/{name}/");
    let is_event = |it: (&str, &str)| it.0.starts_with(&events) && it.0.ends_with(".json");
    let test = [format!("tests/it/{module}.rs"), format!("tests/it/{module}/mod.rs")];
    let promises = [
        (main.is_some_and(|it| it <= 10), "no main.rs of at most ten lines"),
        (has(text("Cargo.toml"), &entry), "no entry in the workspace's dependencies"),
        (deployed, "no resource with its CodeUri and Binary in template.yaml"),
        (is_called, NO_CALLER),
        (tree.files().any(is_event), "no event in events/"),
        (test.iter().any(|it| tree.text(it).is_some()), "no test file in tests/it/"),
        (has(text("tests/it/main.rs"), &format!("mod {module};")), "no line in tests/it/main.rs"),
    ];
    let broken = promises.iter().filter(|it| !it.0);
    broken.map(|it| format!("{name}: {}", it.1)).collect()
}

/// A function is called by HubSpot or by a schedule, never by both; an endpoint at its own path besides. What the
/// runtime does not serve is called by CloudFormation.
fn is_called(tree: &Tree, name: &str, resource: &str) -> bool {
    let text = |file: &str| tree.text(&format!("functions/{name}/src/{file}")).unwrap_or_default();
    let starts_as = |start: &str| text("main.rs").contains(&format!("runtime::{start}::<"));
    let (routed, scheduled) = (has(resource, "Type: HttpApi"), has(resource, "Type: Schedule"));
    if starts_as("serve_job") {
        return scheduled && resource.contains(" Schedule: ") && !routed;
    }
    if !text("main.rs").contains("runtime::serve") {
        let token = format!("ServiceToken: !GetAtt {}.Arn", id(resource));
        return has(tree.text("template.yaml").unwrap_or_default(), &token) && !routed && !scheduled;
    }
    let own_path = text("lib.rs").split_once("const PATH: &'static str = \"").and_then(|it| it.1.split('"').next());
    let action_path = format!("/hubspot/actions/{name}");
    let paths: Vec<&str> = match (starts_as("serve_endpoint"), own_path) {
        (true, None) => return false,
        (true, Some(own_path)) => vec![own_path, &action_path],
        (false, _) => vec![&action_path],
    };
    let events: Vec<&str> = resource.split("Type: HttpApi\n").skip(1).collect();
    let leads_to = |path: &str| events.iter().any(|it| has(it, "Method: POST") && has(it, &format!("Path: {path}")));
    paths.iter().all(|it| leads_to(it)) && events.len() == paths.len() && !scheduled
}

#[test]
fn every_function_is_whole() {
    is_kept(functions_are_whole);
    assert!(!Tree::of_the_repository().functions().is_empty(), "there is nothing to look at");
}

/// What `sandbox function` says to a name it is asked to be, where no Lambda is.
async fn says(name: &str) -> String {
    let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["function", name])
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the sandbox was built for this test");
    let _open = process.stdin.take();
    let mut said = String::new();
    let mut errors = process.stderr.take().expect("it is a pipe");
    // One that goes on is at work, and so one that it knows.
    let _ = tokio::time::timeout(Duration::from_secs(10), errors.read_to_string(&mut said)).await;
    said.replace(name, "NAME")
}

async fn is_known_to_the_sandbox(name: &str) -> bool {
    says(name).await != says("no-function-has-this-name").await
}

#[tokio::test]
async fn every_function_is_known_to_the_sandbox() {
    for name in Tree::of_the_repository().functions() {
        assert!(is_known_to_the_sandbox(name).await, "`sandbox function {name}` is not known");
    }
}

#[tokio::test]
async fn a_function_unknown_to_the_sandbox_is_noticed() {
    assert!(!is_known_to_the_sandbox("nor-this-one").await);
    assert!(is_known_to_the_sandbox("probe").await);
}

const TEMPLATE: &str = "\
Resources:
  Other:
    Properties:
      CodeUri: functions/other
      Events:
        Action:
          Type: HttpApi
          Properties:
            Method: POST
            Path: /hubspot/actions/assign-lane
  AssignLane:
    Metadata:
      BuildProperties:
        Binary: assign-lane
    Properties:
      # Its own.
      CodeUri: functions/assign-lane
      Events:
        Action:
          Type: HttpApi
          Properties:
            Method: POST
            Path: /hubspot/actions/assign-lane
  Table:
    Type: AWS::DynamoDB::Table
";

fn whole() -> Tree {
    Tree::of(&[
        (
            "functions/assign-lane/src/main.rs",
            "//! Starts.\n\nfn main() { escalation::runtime::serve::<assign_lane::AssignLane>() }\n",
        ),
        ("functions/assign-lane/src/lib.rs", "//! Lanes.\n"),
        ("Cargo.toml", "[workspace.dependencies]\nassign-lane = { path = \"functions/assign-lane\" }\n"),
        ("template.yaml", TEMPLATE),
        ("events/assign-lane/first.json", "{}"),
        ("tests/it/assign_lane.rs", "//! Lanes.\n"),
        ("tests/it/main.rs", "//! All.\n\nmod assign_lane;\n"),
    ])
}

#[test]
fn a_whole_function_passes() {
    assert_eq!(functions_are_whole(&whole()), [""; 0]);
}

#[test]
fn what_a_function_lacks_is_noticed() {
    let check = |tree: Tree, lack: &str| is_broken(functions_are_whole, &tree, &format!("assign-lane: {lack}"));
    let main = "functions/assign-lane/src/main.rs";
    let too_long = format!("runtime::serve::<assign_lane::AssignLane>(){}", "\n".repeat(11));
    check(whole().with(main, &too_long), "no main.rs of at most ten lines");
    check(whole().with("Cargo.toml", "[workspace.dependencies]"), "no entry in the workspace's dependencies");
    check(whole().without("events/assign-lane/first.json"), "no event in events/");
    check(whole().without("tests/it/assign_lane.rs"), "no test file in tests/it/");
    check(whole().with("tests/it/main.rs", "//! All.\n// mod assign_lane;\n"), "no line in tests/it/main.rs");
    let template = |from: &str, to: &str| {
        let at = TEMPLATE.rfind(from).expect("the sample has it");
        whole().with("template.yaml", &format!("{}{to}{}", &TEMPLATE[..at], &TEMPLATE[at + from.len()..]))
    };
    check(template("Binary: assign-lane", "Binary: other"), "no resource with its CodeUri and Binary in template.yaml");
    check(template("actions/assign-lane", "actions/assign"), NO_CALLER);
    check(template("Method: POST", "Method: GET"), NO_CALLER);
}

const JOB: &str = "\
Resources:
  Sweep:
    Metadata:
      BuildProperties:
        Binary: sweep
    Properties:
      CodeUri: functions/sweep
      Events:
        Minute:
          Type: Schedule
          Properties:
            Schedule: rate(1 minute)
";

fn whole_job() -> Tree {
    Tree::of(&[
        (
            "functions/sweep/src/main.rs",
            "//! Starts.\n\nfn main() { escalation::runtime::serve_job::<sweep::Sweep>() }\n",
        ),
        ("Cargo.toml", "[workspace.dependencies]\nsweep = { path = \"functions/sweep\" }\n"),
        ("template.yaml", JOB),
        ("events/sweep/scheduled.json", "{}"),
        ("tests/it/sweep.rs", "//! Sweeps.\n"),
        ("tests/it/main.rs", "//! All.\n\nmod sweep;\n"),
    ])
}

#[test]
fn a_whole_job_has_a_schedule_and_no_route() {
    assert_eq!(functions_are_whole(&whole_job()), [""; 0]);
    let check = |template: &str| {
        let tree = whole_job().with("template.yaml", template);
        is_broken(functions_are_whole, &tree, &format!("sweep: {NO_CALLER}"));
    };
    check(&JOB.replace("Type: Schedule", "Type: SQS"));
    check(&JOB.replace("            Schedule: rate(1 minute)\n", ""));
    check(&format!("{JOB}        Action:\n          Type: HttpApi\n"));
}

const ENDPOINT: &str = "\
Resources:
  JiraCallback:
    Metadata:
      BuildProperties:
        Binary: jira-callback
    Properties:
      CodeUri: functions/jira-callback
      Events:
        Told:
          Type: HttpApi
          Properties:
            Method: POST
            Path: /jira/events
        Action:
          Type: HttpApi
          Properties:
            Method: POST
            Path: /hubspot/actions/jira-callback
";

fn whole_endpoint() -> Tree {
    Tree::of(&[
        (
            "functions/jira-callback/src/main.rs",
            "//! Starts.\n\nfn main() { escalation::runtime::serve_endpoint::<jira_callback::JiraCallback>() }\n",
        ),
        ("functions/jira-callback/src/lib.rs", "//! Is told.\n\nconst PATH: &'static str = \"/jira/events\";\n"),
        ("Cargo.toml", "[workspace.dependencies]\njira-callback = { path = \"functions/jira-callback\" }\n"),
        ("template.yaml", ENDPOINT),
        ("events/jira-callback/done.json", "{}"),
        ("tests/it/jira_callback.rs", "//! Is told.\n"),
        ("tests/it/main.rs", "//! All.\n\nmod jira_callback;\n"),
    ])
}

#[test]
fn a_whole_endpoint_is_called_at_its_own_path_and_as_an_action() {
    assert_eq!(functions_are_whole(&whole_endpoint()), [""; 0]);
    let check = |tree: Tree| is_broken(functions_are_whole, &tree, &format!("jira-callback: {NO_CALLER}"));
    let template = |template: &str| check(whole_endpoint().with("template.yaml", template));
    let action = ENDPOINT.find("        Action:\n").expect("the sample has it");
    template(&ENDPOINT[..action]);
    template(&ENDPOINT.replace("/jira/events", "/jira/event"));
    template(&ENDPOINT.replace("actions/jira-callback", "actions/callback"));
    // Each path has a method of its own.
    template(&ENDPOINT.replacen("Method: POST", "Method: GET", 1));
    template(&format!("{ENDPOINT}        Minute:\n          Type: Schedule\n"));
    template(&format!("{ENDPOINT}        Other:\n          Type: HttpApi\n"));
    // Where it says no path of its own, nobody knows whether it is called there.
    check(whole_endpoint().without("functions/jira-callback/src/lib.rs"));
    // What starts as an action is called at no other path.
    let main = "//! Starts.\n\nfn main() { escalation::runtime::serve::<jira_callback::JiraCallback>() }\n";
    check(whole_endpoint().with("functions/jira-callback/src/main.rs", main));
}

#[test]
fn a_function_that_is_not_deployed_lacks_its_resource_and_its_route() {
    let broken = functions_are_whole(&whole().without("template.yaml"));
    assert_eq!(broken.len(), 2, "{broken:?}");
}

const OF_THE_DEPLOYMENT: &str = "\
Resources:
  Provision:
    Metadata:
      BuildProperties:
        Binary: provision
    Properties:
      CodeUri: functions/provision
  Provisioned:
    Type: Custom::Provisioning
    Properties:
      ServiceToken: !GetAtt Provision.Arn
";

fn whole_of_the_deployment() -> Tree {
    Tree::of(&[
        ("functions/provision/src/main.rs", "//! Starts.\n\nfn main() { provision::start() }\n"),
        ("Cargo.toml", "[workspace.dependencies]\nprovision = { path = \"functions/provision\" }\n"),
        ("template.yaml", OF_THE_DEPLOYMENT),
        ("events/provision/check.json", "{}"),
        ("tests/it/provision.rs", "//! Sets up.\n"),
        ("tests/it/main.rs", "//! All.\n\nmod provision;\n"),
    ])
}

#[test]
fn what_serves_the_deployment_is_called_by_cloudformation_alone() {
    assert_eq!(functions_are_whole(&whole_of_the_deployment()), [""; 0]);
    let check = |from: &str, to: &str| {
        let tree = whole_of_the_deployment().with("template.yaml", &OF_THE_DEPLOYMENT.replace(from, to));
        is_broken(functions_are_whole, &tree, &format!("provision: {NO_CALLER}"));
    };
    check("!GetAtt Provision.Arn", "!GetAtt Other.Arn");
    check("CodeUri: functions/provision\n", "CodeUri: functions/provision\n      Events:\n        Type: HttpApi\n");
}
