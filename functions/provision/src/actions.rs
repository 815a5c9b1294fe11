//! What HubSpot's workflow editor knows of our actions.

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::hubspot::{Developer, Registered};
use escalation::policy::Properties;
use escalation::runtime::{Action, definition};
use escalation::workflows::recipe;
use serde_json::Value;
use validate_comment::ValidateComment;

use crate::finding::Finding;
use crate::flow::Definitions;
use crate::step::Step;

/// The definition of each action that workflows call, by its name, as HubSpot's API takes it.
///
/// # Errors
/// An action has an input or output of a type that HubSpot does not know.
pub fn definitions(base_url: &str) -> anyhow::Result<Vec<(&'static str, Value)>> {
    Ok(vec![
        (AssignLane::NAME, definition::v4::<AssignLane>(base_url)?),
        (CreateJiraIssue::NAME, definition::v4::<CreateJiraIssue>(base_url)?),
        (EnforceClosure::NAME, definition::v4::<EnforceClosure>(base_url)?),
        (ValidateComment::NAME, definition::v4::<ValidateComment>(base_url)?),
    ])
}

/// The same as files of a developer project.
///
/// # Errors
/// See [`definitions`].
pub fn project_files(base_url: &str) -> anyhow::Result<Vec<(&'static str, Value)>> {
    Ok(vec![
        (AssignLane::NAME, definition::hsmeta::<AssignLane>(base_url)?),
        (CreateJiraIssue::NAME, definition::hsmeta::<CreateJiraIssue>(base_url)?),
        (EnforceClosure::NAME, definition::hsmeta::<EnforceClosure>(base_url)?),
        (ValidateComment::NAME, definition::hsmeta::<ValidateComment>(base_url)?),
    ])
}

/// How the workflows are built by hand, with the actions by what HubSpot's list calls them.
pub fn recipe(properties: &Properties) -> String {
    recipe::of(properties, |name| match name {
        AssignLane::NAME => AssignLane::LABEL,
        CreateJiraIssue::NAME => CreateJiraIssue::LABEL,
        EnforceClosure::NAME => EnforceClosure::LABEL,
        ValidateComment::NAME => ValidateComment::LABEL,
        other => other,
    })
}

/// The ids of those that HubSpot has, by the actions' names.
///
/// # Errors
/// See [`definitions`].
pub fn ids(base_url: &str, registered: &[Registered]) -> anyhow::Result<Definitions> {
    let ours = definitions(base_url)?;
    let id = |(name, ours): &(&'static str, Value)| match &candidates(name, ours, registered)[..] {
        [one] => Some(((*name).to_owned(), one.id.parse().ok()?)),
        _ => None,
    };
    Ok(ours.iter().filter_map(id).collect())
}

const SUBJECT: &str = "HubSpot actions";
const BY_HAND: &str = "Write a developer project (`project DIR`) and upload it with `hs project upload`; or, of an app in a \
                       developer account, set HUBSPOT_APP_ID and the secret HUBSPOT_DEVELOPER_API_KEY, and run `apply`.";
const TWICE: &str = "Archive those that are not meant, in the developer account's app under Workflow actions.";
const KEY: &str = "Copy the key from the developer account (Development > Keys > Developer API key) into \
                   HUBSPOT_DEVELOPER_API_KEY, and see that HUBSPOT_APP_ID is an app of that account.";

/// What is to be registered, and how the rest stands.
pub async fn look(developer: Option<&Developer>, base_url: Option<&str>) -> (Vec<Step>, Vec<Finding>) {
    let Some(developer) = developer else {
        return (
            Vec::new(),
            vec![Finding::warning(SUBJECT, "cannot be looked at: there is no developer key", BY_HAND)],
        );
    };
    let Some(base_url) = base_url else {
        return (Vec::new(), vec![Finding::wrong(SUBJECT, "have no address to be called at", "Set PUBLIC_BASE_URL.")]);
    };
    let ours = match definitions(base_url) {
        Ok(ours) => ours,
        Err(error) => return (Vec::new(), vec![Finding::wrong(SUBJECT, format!("{error:#}"), "Tell who made this.")]),
    };
    match developer.definitions().await {
        Ok(registered) => held_against(&ours, &registered),
        Err(fault) => (Vec::new(), vec![Finding::wrong(SUBJECT, format!("cannot be looked at: {fault}"), KEY)]),
    }
}

fn held_against(ours: &[(&'static str, Value)], registered: &[Registered]) -> (Vec<Step>, Vec<Finding>) {
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    for (name, definition) in ours {
        let subject = format!("HubSpot action {name}");
        match &candidates(name, definition, registered)[..] {
            [] => steps.push(Step::CreateAction { name, definition: definition.clone() }),
            [one] => match differs(definition, &one.definition) {
                members if members.is_empty() => findings.push(Finding::fine(subject, "is registered and published")),
                differs => {
                    let (id, definition) = (one.id.clone(), definition.clone());
                    steps.push(Step::UpdateAction { name, id, differs, definition });
                }
            },
            several => {
                let ids: Vec<&str> = several.iter().map(|it| it.id.as_str()).collect();
                findings.push(Finding::wrong(
                    subject,
                    format!("is registered {} times: {}", ids.len(), ids.join(", ")),
                    TWICE,
                ));
            }
        }
    }
    (steps, findings)
}

/// Those at our very address; else those whose path is the action's, as after a move.
fn candidates<'a>(name: &str, ours: &Value, registered: &'a [Registered]) -> Vec<&'a Registered> {
    let path = format!("/hubspot/actions/{name}");
    let url = |it: &&Registered| it.definition["actionUrl"].as_str().unwrap_or_default().to_owned();
    let exact: Vec<_> = registered.iter().filter(|it| ours["actionUrl"] == url(it)).collect();
    if !exact.is_empty() {
        return exact;
    }
    registered.iter().filter(|it| url(it).split(['?', '#']).next().is_some_and(|it| it.ends_with(&path))).collect()
}

/// What HubSpot's document asks for in an output and its answers may leave out.
const NOT_ECHOED: [&str; 6] = ["schema", "useChirp", "externalOptions", "hidden", "readOnly", "doubleData"];

/// The members of ours that are otherwise there. What HubSpot adds is no difference.
fn differs(ours: &Value, theirs: &Value) -> Vec<String> {
    let members = ours.as_object().into_iter().flatten();
    members.filter(|(name, it)| !is_within(it, &theirs[name.as_str()])).map(|it| it.0.clone()).collect()
}

/// Whether everything of ours is there. Lists are as long as ours, in any order: HubSpot sorts some.
fn is_within(ours: &Value, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Value::Object(ours), theirs) => {
            let mut said = ours.iter().filter(|(name, _)| !NOT_ECHOED.contains(&name.as_str()));
            said.all(|(name, it)| is_within(it, theirs.get(name).unwrap_or(&Value::Null)))
        }
        (Value::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().all(|it| theirs.iter().any(|other| is_within(it, other)))
        }
        (Value::Array(ours), Value::Null) => ours.is_empty(),
        (Value::String(ours), Value::Null) => ours.is_empty(),
        (ours, theirs) => ours == theirs,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn registered(id: &str, url: &str) -> Registered {
        Registered { id: id.to_owned(), definition: json!({ "id": id, "actionUrl": url }) }
    }

    #[test]
    fn what_hubspot_adds_or_sorts_is_no_difference() {
        let ours = json!({ "published": true, "functions": [], "options": [{ "value": "a", "description": "" }, { "value": "b" }] });
        let theirs = json!({ "id": "7", "published": true, "functions": [], "revisionId": "3",
            "options": [{ "value": "b", "hidden": false }, { "value": "a", "label": null }] });
        assert_eq!(differs(&ours, &theirs), [""; 0]);
        for (member, other) in [
            ("published", json!(false)),
            ("options", json!([{ "value": "a" }])),
            ("options", json!([{ "value": "a" }, { "value": "c" }])),
            ("options", json!([{ "value": "a" }, { "value": "b" }, { "value": "c" }])),
        ] {
            let mut theirs = theirs.clone();
            theirs[member] = other;
            assert_eq!(differs(&ours, &theirs), [member]);
        }
    }

    #[test]
    fn a_definition_is_known_by_its_address_and_after_a_move_by_its_path() {
        let ours = json!({ "actionUrl": "https://new.example.com/hubspot/actions/assign-lane" });
        let moved = registered("1", "https://old.example.com/hubspot/actions/assign-lane");
        let exact = registered("2", "https://new.example.com/hubspot/actions/assign-lane");
        let other = registered("3", "https://new.example.com/hubspot/actions/validate-comment");
        let found = |all: &[Registered]| {
            candidates("assign-lane", &ours, all).iter().map(|it| it.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(found(&[moved.clone(), exact, other.clone()]), ["2"]);
        assert_eq!(found(&[moved, other.clone()]), ["1"]);
        assert_eq!(found(&[other]), [""; 0]);
    }
}
