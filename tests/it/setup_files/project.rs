//! The folder of the developer project.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::http::Http;
use escalation::hubspot::{App, Developer};
use escalation::policy::{Policy, Properties};
use escalation::runtime::{Action, definition};
use provision::flow::Definitions;
use provision::project::Project;
use provision::scopes::SCOPES;
use provision::{Deployed, Keys, Provision, Vendors};
use serde_json::Value;
use validate_comment::ValidateComment;

use super::Stage;

const BASE_URL: &str = "https://abc123.execute-api.eu-west-1.amazonaws.com";

/// A folder of this test's own; it goes with this.
struct Folder(PathBuf);

impl Folder {
    /// A name that nothing has.
    fn named(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("escalation-{}-{name}", std::process::id())))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn action<A: Action>() -> (&'static str, Value) {
    (A::NAME, definition::hsmeta::<A>(BASE_URL).unwrap())
}

fn actions() -> Vec<(&'static str, Value)> {
    vec![action::<ValidateComment>(), action::<AssignLane>(), action::<CreateJiraIssue>(), action::<EnforceClosure>()]
}

fn properties() -> Properties {
    Policy::shipped().properties
}

/// Writes it; each file's path and text, as they are on the disk.
fn written(folder: &Path, base_url: &str, properties: &Properties) -> anyhow::Result<Vec<(String, String)>> {
    let (actions, definitions) = (actions(), Definitions::new());
    let project = Project { base_url, properties, actions: &actions, definitions: &definitions };
    let paths = project.write(folder)?;
    Ok(paths.into_iter().map(|it| (it.clone(), fs::read_to_string(folder.join(it)).unwrap())).collect())
}

fn parsed(files: &[(String, String)], path: &str) -> Value {
    let (_, text) = files.iter().find(|it| it.0 == path).unwrap_or_else(|| panic!("{path}"));
    serde_json::from_str(text).unwrap()
}

/// The folder, word for word. The actions' definitions have a test of their own: here they are only named.
#[test]
fn the_folder_is_this() {
    let folder = Folder::named("golden");
    let files = written(&folder.0, BASE_URL, &properties()).unwrap();
    let shown = |(path, text): &(String, String)| match path.contains("/workflow-actions/") {
        true => format!("=== {path}\n"),
        false => format!("=== {path}\n{text}\n"),
    };
    insta::assert_snapshot!(files.iter().map(shown).collect::<String>());
}

#[test]
fn every_action_is_in_it_as_its_type_says() {
    let folder = Folder::named("actions");
    let files = written(&folder.0, BASE_URL, &properties()).unwrap();
    for (name, definition) in actions() {
        assert_eq!(parsed(&files, &format!("src/app/workflow-actions/{name}-hsmeta.json")), definition);
    }
    let count = files.iter().filter(|it| it.0.contains("/workflow-actions/")).count();
    assert_eq!(count, actions().len());
}

#[test]
fn a_folder_that_has_anything_in_it_is_left_alone() {
    let folder = Folder::named("mine");
    fs::create_dir_all(&folder.0).unwrap();
    fs::write(folder.0.join("notes.txt"), "mine").unwrap();
    let refused = written(&folder.0, BASE_URL, &properties()).unwrap_err().to_string();
    assert!(refused.contains("has files already (notes.txt) and nothing is overwritten"), "{refused}");
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!((left.len(), fs::read_to_string(folder.0.join("notes.txt")).unwrap().as_str()), (1, "mine"));
}

#[test]
fn no_folder_is_not_the_current_one() {
    let refused = written(Path::new(""), BASE_URL, &properties()).unwrap_err().to_string();
    assert!(refused.contains("the folder has no name"), "{refused}");
    assert!(!Path::new("hsproject.json").exists());
}

/// The ids of the actions are filled in where they are known, and else said how to find.
#[tokio::test]
async fn a_hubspot_that_does_not_answer_keeps_no_project_from_being_written() {
    let stage = Stage::set().await;
    let settings = stage.world.hubspot.settings();
    let developer = Developer::new(Http::new(), stage.world.hubspot.base_url(), settings.app, "another-key".into());
    let deployed = Deployed {
        policy: Policy::shipped(),
        public_url: Some(BASE_URL.to_owned()),
        portals: [settings.portal].into(),
        app: App::new("").unwrap(),
    };
    let provision =
        Provision::new(deployed, Keys::default(), Vendors { developer: Ok(developer), ..Vendors::default() });
    let folder = Folder::named("unanswered");
    let written = provision.write_project(&folder.0).await.unwrap();
    assert!(written.unknown.is_some_and(|it| it.starts_with("HubSpot answered 401")));
    assert!(written.paths.contains(&"README.md".to_owned()));
    assert!(fs::read_to_string(folder.0.join("README.md")).unwrap().contains("`1-<id of assign-lane>`"));
}

#[test]
fn what_was_written_is_not_written_over_and_an_empty_folder_is_taken() {
    let folder = Folder::named("twice");
    fs::create_dir_all(&folder.0).unwrap();
    written(&folder.0, BASE_URL, &properties()).unwrap();
    let changed = folder.0.join("src/app/app-hsmeta.json");
    fs::write(&changed, "changed by hand").unwrap();
    written(&folder.0, BASE_URL, &properties()).unwrap_err();
    assert_eq!(fs::read_to_string(changed).unwrap(), "changed by hand");
}

#[test]
fn an_address_that_hubspot_cannot_call_is_refused_and_nothing_written() {
    for wrong in ["", "http://a.example", "https://", "https://a.example/hubspot/events", "a.example", "https://a b"] {
        let folder = Folder::named("address");
        let refused = written(&folder.0, wrong, &properties()).unwrap_err().to_string();
        assert!(refused.contains("give the output URL without its path"), "{wrong}: {refused}");
        assert!(!folder.0.exists(), "{wrong}");
    }
}

#[test]
fn a_portals_own_names_are_in_the_webhooks_and_the_workflows() {
    let folder = Folder::named("names");
    let mut own = properties();
    own.escalation_type = "eskalation".to_owned().try_into().unwrap();
    own.unreachable_reason = "grund".to_owned().try_into().unwrap();
    let files = written(&folder.0, "https://a.example/", &own).unwrap();
    let webhooks = parsed(&files, "src/app/webhooks/webhooks-hsmeta.json");
    assert_eq!(webhooks["config"]["settings"]["targetUrl"], "https://a.example/hubspot/events");
    let text = webhooks.to_string() + &parsed(&files, "workflows/w2-sent-to-tech.json").to_string();
    assert!(text.contains("\"eskalation\"") && text.contains("\"grund\"") && !text.contains("escalation_type"));
}

/// What stands in backticks.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_readme_names_the_scopes_that_the_app_asks_for() {
    let readme = include_str!("../../../README.md");
    let (_, rest) = readme.split_once("The HubSpot app needs the scopes ").unwrap();
    let (sentence, _) = rest.split_once(". Calls").unwrap();
    assert_eq!(quoted(sentence), SCOPES.map(|it| it.name).into());
}

/// The subscriptions as the README's table lists them: what happens, of what, and the property where there is one.
fn of_the_readme() -> BTreeSet<(String, String, String)> {
    let readme = include_str!("../../../README.md");
    let (_, rest) = readme.split_once("| subscription | of | properties |\n| --- | --- | --- |\n").unwrap();
    let (table, _) = rest.split_once("\n\n").unwrap();
    let mut found = BTreeSet::new();
    for row in table.lines() {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let object = cells[1].split_once(',').map_or(cells[1], |it| it.0).trim_end_matches('s');
        for kind in quoted(cells[0]) {
            let mut names = quoted(cells[2]);
            if cells[2].contains("and its reason") {
                names.insert("unreachable_reason");
            }
            if !kind.ends_with("propertyChange") {
                names = BTreeSet::from([""]);
            }
            found.extend(names.into_iter().map(|it| (kind.to_owned(), object.to_owned(), it.to_owned())));
        }
    }
    found
}

#[test]
fn the_readme_lists_what_the_webhooks_subscribe_to() {
    let folder = Folder::named("webhooks");
    let files = written(&folder.0, BASE_URL, &properties()).unwrap();
    let webhooks = parsed(&files, "src/app/webhooks/webhooks-hsmeta.json");
    let subscriptions = &webhooks["config"]["subscriptions"];
    let all = ["crmObjects", "legacyCrmObjects", "hubEvents"].map(|it| subscriptions[it].as_array().unwrap());
    let text = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
    let named = |it: &Value| (text(it, "subscriptionType"), text(it, "objectType"), text(it, "propertyName"));
    assert_eq!(all.into_iter().flatten().map(named).collect::<BTreeSet<_>>(), of_the_readme());
}
