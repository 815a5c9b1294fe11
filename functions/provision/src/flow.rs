//! The workflows as HubSpot's [API for workflows](https://developers.hubspot.com/docs/api-reference/automation-automation-v4-v4/action-enrollment-reference)
//! creates them, a beta: `ApiPlatformFlowCreateRequest`. Never turned on: an administrator looks at each first.

mod enrolment;
mod steps;

use std::collections::BTreeMap;

use escalation::policy::Properties;
use escalation::workflows::{Workflow, workflows};
use serde_json::{Value, json};

/// The ids of the actions' definitions in HubSpot, by the actions' names.
pub type Definitions = BTreeMap<String, u64>;

/// A workflow to create.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// What people read in HubSpot, such as `W2 Sent to Tech`.
    pub name: String,
    /// The body of `POST /automation/v4/flows`.
    pub request: Value,
}

impl Flow {
    /// The name of its file, such as `w2-sent-to-tech.json`.
    pub fn file(&self) -> String {
        format!("{}.json", self.name.to_lowercase().replace(' ', "-"))
    }
}

/// The procedure's workflows. An action whose definition is not known yet stands as what to put there:
/// `1-<id of assign-lane>`.
pub fn flows(properties: &Properties, definitions: &Definitions) -> Vec<Flow> {
    let flow = |it: Workflow| Flow { request: request(&it, definitions), name: it.name };
    workflows(properties).into_iter().map(flow).collect()
}

/// Tickets, of which all workflows are.
const TICKETS: &str = "0-5";

fn request(workflow: &Workflow, definitions: &Definitions) -> Value {
    json!({
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": TICKETS,
        "name": workflow.name,
        "isEnabled": false,
        "enrollmentCriteria": enrolment::criteria(&workflow.trigger, workflow.re_enrol),
        "startActionId": "1",
        "actions": steps::actions(workflow, definitions),
        "timeWindows": [],
        "blockedDates": [],
        "customProperties": {},
        "dataSources": [],
    })
}
