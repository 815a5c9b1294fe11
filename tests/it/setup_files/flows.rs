//! The workflows as HubSpot creates them: read back, they do what the sandbox's engine does.

use std::collections::{BTreeMap, BTreeSet};

use escalation::policy::{Policy, Properties};
use escalation::workflows::{Step, Workflow, workflows};
use proptest::prelude::*;
use provision::flow::{Definitions, Flow, flows};
use sandbox::world::contract::Contract;
use serde_json::Value;

const ACTIONS: [&str; 4] = ["validate-comment", "assign-lane", "create-jira-issue", "enforce-closure"];

fn properties() -> Properties {
    Policy::shipped().properties
}

fn known() -> Definitions {
    ACTIONS.iter().zip(259_551_814..).map(|(name, id)| ((*name).to_owned(), id)).collect()
}

/// Each workflow with what HubSpot is given of it.
fn pairs() -> Vec<(Workflow, Flow)> {
    let flows = flows(&properties(), &known());
    workflows(&properties()).into_iter().zip(flows).collect()
}

#[test]
fn hubspots_description_takes_every_workflow_with_the_ids_and_without() {
    let Some(contract) = Contract::of_process() else {
        return;
    };
    let both = [flows(&properties(), &known()), flows(&properties(), &Definitions::new())];
    for flow in both.iter().flatten() {
        let wrong = contract.wrong_with_request("hubspot", "POST", "/automation/v4/flows", &flow.request);
        assert!(wrong.is_empty(), "{}: {wrong:?}", flow.name);
    }
    let mut other = both[0][0].request.clone();
    other["objectType"] = "TICKET".into();
    let wrong = contract.wrong_with_request("hubspot", "POST", "/automation/v4/flows", &other);
    assert!(!wrong.is_empty(), "a field that HubSpot does not know is seen");
}

#[test]
fn every_workflow_is_of_tickets_and_created_turned_off() {
    let pairs = pairs();
    assert_eq!(pairs.len(), 6);
    for (workflow, flow) in pairs {
        assert_eq!(flow.name, workflow.name);
        let shown = ["name", "type", "objectTypeId"].map(|it| flow.request[it].as_str().unwrap().to_owned());
        assert_eq!(shown, [&*workflow.name, "PLATFORM_FLOW", "0-5"]);
        assert_eq!(flow.request["isEnabled"], false);
    }
}

#[test]
fn an_action_that_hubspot_gave_no_id_yet_stands_as_what_to_put_there() {
    let one = Definitions::from([("assign-lane".to_owned(), 7)]);
    let text: String = flows(&properties(), &one).iter().map(|it| it.request.to_string()).collect();
    assert!(text.contains(r#""actionTypeId":"1-7""#) && !text.contains("<id of assign-lane>"));
    for unknown in ["validate-comment", "create-jira-issue", "enforce-closure"] {
        assert!(text.contains(&format!(r#""actionTypeId":"1-<id of {unknown}>""#)), "{unknown}");
    }
    let all: String = flows(&properties(), &known()).iter().map(|it| it.request.to_string()).collect();
    assert!(!all.contains('<'));
}

/// What one ticket goes through: the actions that are asked and the minutes that pass.
type Trail = Vec<String>;

/// By the data that the sandbox runs; each answer is the next of these outcomes.
fn run(workflow: &Workflow, mut outcomes: impl Iterator<Item = &'static str>) -> Trail {
    let (mut trail, mut answers, mut at) = (Trail::new(), BTreeMap::new(), 0);
    loop {
        at = match workflow.steps.get(at) {
            None | Some(Step::End) => return trail,
            Some(Step::Call(action)) => {
                trail.push(action.name.clone());
                answers.insert(at, outcomes.next().unwrap());
                at + 1
            }
            Some(Step::Wait(time)) => {
                trail.push(format!("{} minutes", time.as_mins()));
                at + 1
            }
            Some(Step::Branch(branch)) => branch.target(answers[&branch.of]),
            Some(Step::Set(..)) => panic!("the procedure's workflows set nothing"),
        };
    }
}

/// By what HubSpot is given.
fn read(flow: &Flow, mut outcomes: impl Iterator<Item = &'static str>) -> Trail {
    let actions = flow.request["actions"].as_array().unwrap();
    let by_id: BTreeMap<&str, &Value> = actions.iter().map(|it| (it["actionId"].as_str().unwrap(), it)).collect();
    let (mut trail, mut answers) = (Trail::new(), BTreeMap::new());
    let mut next = flow.request["startActionId"].as_str();
    while let Some(id) = next {
        let action = by_id[id];
        let connection = match action["type"].as_str().unwrap() {
            "STATIC_BRANCH" => {
                let input = &action["inputValue"];
                assert_eq!((&input["type"], &input["dataKey"]), (&"FIELD_DATA".into(), &"outcome".into()));
                let value = answers[input["actionId"].as_str().unwrap()];
                let mut cases = action["staticBranches"].as_array().unwrap().iter();
                cases.find(|it| it["branchValue"] == value).map_or(&action["defaultBranch"], |it| &it["connection"])
            }
            "SINGLE_CONNECTION" => {
                match action["actionTypeId"].as_str().unwrap() {
                    "0-1" => {
                        assert_eq!(action["fields"]["time_unit"], "MINUTES");
                        trail.push(format!("{} minutes", action["fields"]["delta"].as_str().unwrap()));
                    }
                    kind => {
                        let id: u64 = kind.strip_prefix("1-").unwrap().parse().unwrap();
                        trail.push(ACTIONS[usize::try_from(id - 259_551_814).unwrap()].to_owned());
                        answers.insert(action["actionId"].as_str().unwrap(), outcomes.next().unwrap());
                    }
                }
                &action["connection"]
            }
            other => panic!("{other}"),
        };
        next = connection["nextActionId"].as_str();
    }
    trail
}

const OUTCOMES: [&str; 8] =
    ["complete", "incomplete", "missing", "pending", "gone", "awaiting_context", "assigned", "unchanged"];

proptest! {
    #[test]
    fn a_ticket_goes_the_same_way_in_hubspot_and_in_the_sandbox(
        answers in proptest::collection::vec(proptest::sample::select(&OUTCOMES[..]), 9)
    ) {
        for (workflow, flow) in pairs() {
            prop_assert_eq!(run(&workflow, answers.iter().copied()), read(&flow, answers.iter().copied()), "{}", flow.name);
        }
    }

    #[test]
    fn a_change_enrols_the_same_tickets_in_hubspot_and_in_the_sandbox(
        value in "(|tech|shift_lead|true|false|TECH-1|yes_phone|[a-z_ ]{0,12})"
    ) {
        for (workflow, flow) in pairs() {
            let criteria = &flow.request["enrollmentCriteria"];
            let property = &*workflow.trigger.property;
            let met = workflow.trigger.is_met(property, &value);
            prop_assert_eq!(enrols(criteria, property, &value), met, "{} at {:?}", flow.name, value);
            prop_assert!(!met || enrols_again(criteria, property, &value), "{} again at {:?}", flow.name, value);
            prop_assert!(!enrols(criteria, "subject", &value) && !enrols_again(criteria, "subject", &value));
        }
    }
}

/// Whether a ticket comes in whose property becomes this; all others are empty.
fn enrols(criteria: &Value, property: &str, value: &str) -> bool {
    match criteria["type"].as_str().unwrap() {
        "LIST_BASED" => {
            let root = &criteria["listFilterBranch"];
            assert_eq!((&root["filterBranchType"], &root["filters"]), (&"OR".into(), &Value::Array(Vec::new())));
            let of_ticket = |name: &str| if name == property { value.to_owned() } else { String::new() };
            list(&root["filterBranches"]).any(|it| meets(it, of_ticket))
        }
        "EVENT_BASED" => list(&criteria["eventFilterBranches"]).any(|it| {
            assert_eq!((&it["eventTypeId"], &it["operator"]), (&"4-655002".into(), &"HAS_COMPLETED".into()));
            meets(it, |name| of_event(name, property, value))
        }),
        other => panic!("{other}"),
    }
}

/// Whether one that was in before comes in again: every event does where that is how it comes in at all.
fn enrols_again(criteria: &Value, property: &str, value: &str) -> bool {
    assert_eq!(criteria["shouldReEnroll"], true);
    if criteria["type"] == "EVENT_BASED" {
        return enrols(criteria, property, value);
    }
    assert_eq!(criteria["unEnrollObjectsNotMeetingCriteria"], false);
    list(&criteria["reEnrollmentTriggersFilterBranches"]).any(|it| meets(it, |name| of_event(name, property, value)))
}

fn of_event(name: &str, property: &str, value: &str) -> String {
    match name {
        "hs_name" => property.to_owned(),
        "hs_value" => value.to_owned(),
        other => panic!("an event has no {other}"),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap().iter()
}

/// As HubSpot's filters mean it.
fn meets(branch: &Value, value: impl Fn(&str) -> String) -> bool {
    assert_eq!(
        (&branch["filterBranchOperator"], &branch["filterBranches"]),
        (&"AND".into(), &Value::Array(Vec::new()))
    );
    list(&branch["filters"]).all(|filter| {
        let (operation, value) = (&filter["operation"], value(filter["property"].as_str().unwrap()));
        let among = || list(&operation["values"]).any(|it| *it == *value);
        match (operation["operationType"].as_str().unwrap(), operation["operator"].as_str().unwrap()) {
            ("ALL_PROPERTY", "IS_KNOWN") => !value.is_empty(),
            ("ALL_PROPERTY", "IS_UNKNOWN") => value.is_empty(),
            ("ENUMERATION", "IS_ANY_OF") => among(),
            ("ENUMERATION", "IS_NONE_OF") => !value.is_empty() && !among(),
            ("BOOL", "IS_EQUAL_TO") => operation["value"].as_bool() == value.parse().ok(),
            ("STRING", "IS_EQUAL_TO") => value == operation["value"],
            other => panic!("{other:?}"),
        }
    })
}

#[test]
fn each_step_has_one_place_in_the_tree_and_whatever_else_leads_there_jumps() {
    for (_, flow) in pairs() {
        let mut entered = BTreeSet::from([flow.request["startActionId"].clone().to_string()]);
        for connection in connections(&flow.request["actions"]) {
            let is_new = entered.insert(connection["nextActionId"].to_string());
            assert_eq!(connection["edgeType"], if is_new { "STANDARD" } else { "GOTO" }, "{}", flow.name);
        }
        let ids: BTreeSet<String> = list(&flow.request["actions"]).map(|it| it["actionId"].to_string()).collect();
        assert_eq!(entered, ids, "{}: something leads to every step", flow.name);
    }
}

fn connections(actions: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    for action in list(actions) {
        found.extend(action.get("connection"));
        let cases = action.get("staticBranches").into_iter().flat_map(list);
        found.extend(cases.filter_map(|it| it.get("connection")));
        found.extend(action.get("defaultBranch"));
    }
    found
}
