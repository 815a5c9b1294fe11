//! The steps of a workflow, as a graph: each action names the next one.

use std::collections::BTreeSet;

use escalation::workflows::{Action, Branch, Input, Step, Workflow};
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::Definitions;

/// HubSpot's own actions.
const DELAY: &str = "0-1";
const SET_PROPERTY: &str = "0-5";

/// Its actions, each under the number that its step has for people.
pub fn actions(workflow: &Workflow, definitions: &Definitions) -> Vec<Value> {
    let mut graph = Graph { workflow, definitions, entered: BTreeSet::new() };
    (0..workflow.steps.len()).filter_map(|at| graph.action(at)).collect()
}

struct Graph<'a> {
    workflow: &'a Workflow,
    definitions: &'a Definitions,
    /// The steps that something leads to already.
    entered: BTreeSet<usize>,
}

impl Graph<'_> {
    /// `None` for an end, which is no action: nothing leads on.
    fn action(&mut self, at: usize) -> Option<Value> {
        let (kind, fields) = match &self.workflow.steps[at] {
            Step::End => return None,
            Step::Branch(branch) => return Some(self.branch(at, branch)),
            Step::Call(action) => (self.kind(action), inputs(action)),
            Step::Wait(time) => (DELAY.to_owned(), delay(*time)),
            Step::Set(property, value) => (SET_PROPERTY.to_owned(), set(property, value)),
        };
        let action = json!({
            "type": "SINGLE_CONNECTION",
            "actionId": id(at),
            "actionTypeId": kind,
            "actionTypeVersion": 0,
            "fields": fields,
        });
        Some(with(action, "connection", self.connection(at + 1)))
    }

    fn branch(&mut self, at: usize, branch: &Branch) -> Value {
        let mut cases = Vec::new();
        for (value, step) in &branch.cases {
            cases.push(with(json!({ "branchValue": value }), "connection", self.connection(*step)));
        }
        let action = json!({
            "type": "STATIC_BRANCH",
            "actionId": id(at),
            "inputValue": { "type": "FIELD_DATA", "actionId": id(branch.of), "dataKey": branch.output },
            "staticBranches": cases,
            "defaultBranchName": "None met",
        });
        with(action, "defaultBranch", self.connection(branch.otherwise))
    }

    /// What leads to a step: the first is its place in the tree, any other a jump to there.
    fn connection(&mut self, step: usize) -> Option<Value> {
        match self.workflow.steps.get(step) {
            None | Some(Step::End) => None,
            Some(_) => {
                let edge = if self.entered.insert(step) { "STANDARD" } else { "GOTO" };
                Some(json!({ "edgeType": edge, "nextActionId": id(step) }))
            }
        }
    }

    fn kind(&self, action: &Action) -> String {
        match self.definitions.get(&action.name) {
            Some(definition) => format!("1-{definition}"),
            None => format!("1-<id of {}>", action.name),
        }
    }
}

fn id(at: usize) -> String {
    (at + 1).to_string()
}

fn with(mut object: Value, name: &str, value: Option<Value>) -> Value {
    if let Some(value) = value {
        object[name] = value;
    }
    object
}

fn inputs(action: &Action) -> Value {
    let value = |input: &Input| match input {
        Input::Static(value) => json!({ "type": "STATIC_VALUE", "staticValue": value }),
        Input::Property(property) => json!({ "type": "OBJECT_PROPERTY", "propertyName": property }),
    };
    let fields: Map<String, Value> = action.inputs.iter().map(|(name, input)| (name.clone(), value(input))).collect();
    Value::Object(fields)
}

fn delay(time: SignedDuration) -> Value {
    json!({ "delta": time.as_mins().to_string(), "time_unit": "MINUTES" })
}

fn set(property: &str, value: &str) -> Value {
    json!({ "property_name": property, "value": { "type": "STATIC_VALUE", "staticValue": value } })
}
