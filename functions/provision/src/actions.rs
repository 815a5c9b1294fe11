//! What HubSpot's workflow editor knows of our actions.

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::hubspot::{Developer, NoDeveloper, Registered};
use escalation::policy::Properties;
use escalation::runtime::{Action, definition};
use escalation::workflows::recipe;
use serde_json::{Map, Value};
use validate_comment::ValidateComment;

use crate::finding::Finding;
use crate::flow::Definitions;
use crate::hubspot::remedy;
use crate::step::{KEY, Step};

/// An action that workflows call.
struct Known {
    name: &'static str,
    label: &'static str,
    v4: fn(&str) -> anyhow::Result<Value>,
    hsmeta: fn(&str) -> anyhow::Result<Value>,
}

impl Known {
    const fn of<A: Action>() -> Self {
        Self { name: A::NAME, label: A::LABEL, v4: definition::v4::<A>, hsmeta: definition::hsmeta::<A> }
    }
}

/// All of them.
const ACTIONS: [Known; 4] = [
    Known::of::<AssignLane>(),
    Known::of::<CreateJiraIssue>(),
    Known::of::<EnforceClosure>(),
    Known::of::<ValidateComment>(),
];

/// The definition of each action that workflows call, by its name, as HubSpot's API takes it.
///
/// # Errors
/// An action has an input or output of a type that HubSpot does not know.
pub fn definitions(base_url: &str) -> anyhow::Result<Vec<(&'static str, Value)>> {
    ACTIONS.iter().map(|it| Ok((it.name, (it.v4)(base_url)?))).collect()
}

/// The same as files of a developer project.
///
/// # Errors
/// See [`definitions`].
pub fn project_files(base_url: &str) -> anyhow::Result<Vec<(&'static str, Value)>> {
    ACTIONS.iter().map(|it| Ok((it.name, (it.hsmeta)(base_url)?))).collect()
}

/// How the workflows are built by hand, with the actions by what HubSpot's list calls them.
pub fn recipe(properties: &Properties) -> String {
    recipe::of(properties, |name| ACTIONS.iter().find(|it| it.name == name).map_or(name, |it| it.label))
}

/// The ids of those that HubSpot has at our address, by the actions' names.
///
/// # Errors
/// See [`definitions`].
pub fn ids(base_url: &str, registered: &[Registered]) -> anyhow::Result<Definitions> {
    let ours = definitions(base_url)?;
    let id = |(name, ours): &(&'static str, Value)| match &Places::of(name, ours, registered).here[..] {
        [one] => Some(((*name).to_owned(), one.id.parse().ok()?)),
        _ => None,
    };
    Ok(ours.iter().filter_map(id).collect())
}

const SUBJECT: &str = "HubSpot actions";
const BY_HAND: &str = "Write a developer project (`project DIR`) and upload it with `hs project upload`; or, of an app in a \
                       developer account, set HUBSPOT_DEVELOPER_API_KEY in the secret and, where that app is another than the \
                       token's, HUBSPOT_DEVELOPER_APP_ID, and run `apply`.";
const NO_APP: &str = "Set HUBSPOT_DEVELOPER_APP_ID (the parameter HubSpotDeveloperAppId) to the number of the app in the developer \
                      account that holds the actions.";
const TWICE: &str = "Archive those that are not meant, in the developer account's app under Workflow actions.";
const NOT_SECURE: &str = "Set PUBLIC_BASE_URL to the https:// address at which HubSpot reaches the API; until then none is registered \
                          or changed.";
const ELSEWHERE: &str = "Where the API has moved, `apply --move-actions` has HubSpot call it here, in every workflow (as an event of \
                         the function: {\"command\":\"apply --move-actions\"}). Where it belongs to another deployment, leave it, \
                         and name an app of this one's own as HUBSPOT_DEVELOPER_APP_ID.";

/// What is to be registered, and how the rest stands. A definition that is called at another host may be another
/// deployment's: it `moves` only where a person says so.
///
/// # Errors
/// Why they could not be looked at.
pub async fn look(
    developer: Result<&Developer, NoDeveloper>,
    base_url: Option<&str>,
    moves: bool,
) -> Result<(Vec<Step>, Vec<Finding>), Finding> {
    let developer = match developer {
        Ok(developer) => developer,
        Err(why @ NoDeveloper::NoKey) => {
            let finding = Finding::warning(SUBJECT, format!("cannot be looked at: {why}"), BY_HAND);
            return Ok((Vec::new(), vec![finding]));
        }
        Err(why) => return Err(Finding::wrong(SUBJECT, format!("cannot be looked at: {why}"), NO_APP)),
    };
    let Some(base_url) = base_url.filter(|it| it.starts_with("https://")) else {
        return Err(Finding::wrong(SUBJECT, "have no address that HubSpot would call", NOT_SECURE));
    };
    let ours =
        definitions(base_url).map_err(|error| Finding::wrong(SUBJECT, format!("{error:#}"), "Tell who made this."))?;
    let registered = developer.definitions().await.map_err(|fault| {
        let says = format!("of app {} cannot be looked at: {fault}", developer.app());
        Finding::wrong(SUBJECT, says, remedy(&fault, KEY, KEY, "Look again"))
    })?;
    Ok(held_against(&ours, &registered, moves))
}

fn held_against(ours: &[(&'static str, Value)], registered: &[Registered], moves: bool) -> (Vec<Step>, Vec<Finding>) {
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    for (name, definition) in ours {
        let subject = format!("HubSpot action {name}");
        let Places { here, elsewhere } = Places::of(name, definition, registered);
        match (&here[..], &elsewhere[..]) {
            ([], []) => steps.push(Step::CreateAction { name, definition: definition.clone() }),
            ([one], _) => match update(name, definition, one) {
                None => findings.push(Finding::fine(subject, "is registered and published")),
                Some(step) => steps.push(step),
            },
            ([], [one]) if moves => steps.extend(update(name, definition, one)),
            ([], [one]) => {
                let (old, new) = (address(&one.definition), address(definition));
                let says = format!("is called at {old}, and ours would be {new}");
                findings.push(Finding::wrong(subject, says, ELSEWHERE));
            }
            (several @ [_, ..], _) | ([], several) => {
                let ids: Vec<&str> = several.iter().map(|it| it.id.as_str()).collect();
                let says = format!("is registered {} times: {}", ids.len(), ids.join(", "));
                findings.push(Finding::wrong(subject, says, TWICE));
            }
        }
    }
    (steps, findings)
}

/// The step that makes a definition ours; `None` where it is.
fn update(name: &'static str, ours: &Value, theirs: &Registered) -> Option<Step> {
    let differs = differs(ours, &theirs.definition);
    if differs.is_empty() {
        return None;
    }
    let (old, new) = (address(&theirs.definition), address(ours));
    let moved = (old != new).then_some((old, new));
    Some(Step::UpdateAction {
        name,
        id: theirs.id.clone(),
        patch: patch(ours, &theirs.definition, &differs),
        differs,
        moved,
    })
}

/// Where a definition is called, without what may be a key.
fn address(definition: &Value) -> String {
    let url = definition["actionUrl"].as_str().unwrap_or_default();
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// The definitions of one action: at our very address, and at others whose path is the action's.
struct Places<'a> {
    here: Vec<&'a Registered>,
    elsewhere: Vec<&'a Registered>,
}

impl<'a> Places<'a> {
    fn of(name: &str, ours: &Value, registered: &'a [Registered]) -> Self {
        let path = format!("/hubspot/actions/{name}");
        let (here, others): (Vec<_>, Vec<_>) =
            registered.iter().partition(|it| ours["actionUrl"] == it.definition["actionUrl"]);
        Self { here, elsewhere: others.into_iter().filter(|it| address(&it.definition).ends_with(&path)).collect() }
    }
}

/// What HubSpot is told: the members that differ. Labels in languages that are not ours stay as people wrote them.
fn patch(ours: &Value, theirs: &Value, differs: &[String]) -> Value {
    let mut patch: Map<String, Value> = differs.iter().map(|it| (it.clone(), ours[it].clone())).collect();
    if let Some(Value::Object(labels)) = patch.get_mut("labels") {
        let mut all = theirs["labels"].as_object().cloned().unwrap_or_default();
        all.append(labels);
        *labels = all;
    }
    Value::Object(patch)
}

/// What HubSpot's document asks for in an output and its answers may leave out.
const NOT_ECHOED: [&str; 6] = ["schema", "useChirp", "externalOptions", "hidden", "readOnly", "doubleData"];

/// The members of ours that are otherwise there. What HubSpot adds is no difference, and neither are functions: a PATCH
/// cannot have them (`PublicActionDefinitionPatch`).
fn differs(ours: &Value, theirs: &Value) -> Vec<String> {
    let members = ours.as_object().into_iter().flatten().filter(|it| it.0 != "functions");
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
    fn a_definition_is_ours_at_our_address_and_another_deployments_at_another() {
        let ours = json!({ "actionUrl": "https://new.example.com/hubspot/actions/assign-lane" });
        let old = registered("1", "https://old.example.com/hubspot/actions/assign-lane?key=canary");
        let exact = registered("2", "https://new.example.com/hubspot/actions/assign-lane");
        let other = registered("3", "https://new.example.com/hubspot/actions/validate-comment");
        let all = [old, exact, other];
        let ids = |all: &[&Registered]| all.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
        let found = Places::of("assign-lane", &ours, &all);
        assert_eq!((ids(&found.here), ids(&found.elsewhere)), (vec!["2".to_owned()], vec!["1".to_owned()]));
        assert_eq!(address(&all[0].definition), "https://old.example.com/hubspot/actions/assign-lane");
    }

    #[test]
    fn what_differs_is_sent_and_translations_stay() {
        let ours = json!({ "published": true, "labels": { "en": { "actionName": "Lane" } }, "functions": [] });
        let theirs = json!({ "published": true, "labels": { "en": { "actionName": "Old" }, "de": { "actionName": "Spur" } },
            "functions": [{ "functionType": "PRE_ACTION_EXECUTION" }] });
        let sent = patch(&ours, &theirs, &differs(&ours, &theirs));
        let labels = json!({ "en": { "actionName": "Lane" }, "de": { "actionName": "Spur" } });
        assert_eq!(sent, json!({ "labels": labels }));
    }
}
