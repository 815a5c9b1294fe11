//! What HubSpot sends to a custom action.
//! [Custom workflow actions](https://developers.hubspot.com/docs/api/automation/custom-workflow-actions).

use escalation::id::PortalId;
use escalation::workflows::{Action, Input, Workflow};
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::enrolment::Enrolment;
use crate::world::hubspot::HubSpot;

/// The app that owns the actions.
#[derive(Clone)]
pub struct App {
    /// The account that runs the workflows.
    pub portal: PortalId,
    /// The key HubSpot signs with.
    pub client_secret: SecretString,
    /// The URL HubSpot believes it calls, without a last slash: what it signs.
    pub public_url: String,
    /// Whether HubSpot signs with version 3 beside version 2.
    pub sign_v3: bool,
}

/// The body of one delivery.
pub fn body(app: &App, hubspot: &HubSpot, workflow: &Workflow, action: &Action, enrolment: &Enrolment) -> Value {
    let (mut inputs, mut typed) = (Map::new(), Map::new());
    for (name, input) in &action.inputs {
        let value = match input {
            Input::Static(value) => Some(value.clone()),
            Input::Property(property) => hubspot.value(enrolment.ticket, property),
        };
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            typed.insert(name.clone(), json!({ "value": value, "type": "STRING" }));
            inputs.insert(name.clone(), value.into());
        }
    }
    let execution = json!({ "enrollmentId": enrolment.id, "actionExecutionIndex": enrolment.index() });
    let definition = definition(&action.name);
    json!({
        "callbackId": enrolment.callback(app.portal),
        "origin": {
            "portalId": app.portal.0, "userId": null,
            "actionDefinitionId": definition, "actionDefinitionVersion": 1,
            "actionExecutionIndexIdentifier": execution,
            "extensionDefinitionId": definition, "extensionDefinitionVersionId": 1,
        },
        "context": {
            "workflowId": workflow.id, "actionId": enrolment.action(),
            "actionExecutionIndexIdentifier": execution, "source": "WORKFLOWS",
        },
        "object": { "objectId": enrolment.ticket.0, "objectType": "TICKET" },
        "fields": inputs,
        "inputFields": inputs,
        "typedInputs": typed,
    })
}

/// The id of an action's definition. Those of the procedure's are as they stand in its list.
fn definition(action: &str) -> u64 {
    const ACTIONS: [&str; 4] = ["validate-comment", "assign-lane", "create-jira-issue", "enforce-closure"];
    let place = ACTIONS.iter().position(|it| *it == action).unwrap_or(ACTIONS.len());
    259_551_814 + place as u64
}
