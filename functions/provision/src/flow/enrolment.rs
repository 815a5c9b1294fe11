//! What enrols a ticket.
//!
//! A criterion on a value is a filter: it is what a person builds by the recipe, and HubSpot evaluates it for
//! computed properties too. An empty property meets a filter on every ticket there is, so that is an event. The
//! event's own properties are `hs_name`, the name of the property that changed, and `hs_value`, what it is now;
//! re-enrolment triggers are written in them as well.

use escalation::views::Choice;
use escalation::workflows::{Becomes, Trigger};
use serde_json::{Value, json};

/// "Property value changed".
const CHANGED: &str = "4-655002";

/// The criteria, and which of them enrol again.
pub fn criteria(trigger: &Trigger, re_enrol: bool) -> Value {
    let of_ticket = |operations: Vec<Value>| -> Vec<Value> {
        operations.into_iter().map(|operation| filter(&trigger.property, operation)).collect()
    };
    match &trigger.becomes {
        Becomes::Known => by_filter(trigger, re_enrol, of_ticket(vec![known()]), known()),
        // "Is known" enrols again at every change of the value; what is none of the others has to stay so.
        Becomes::OtherThan(other) => {
            by_filter(trigger, re_enrol, of_ticket(vec![known(), among("IS_NONE_OF", other)]), known())
        }
        Becomes::Exactly(wanted) => by_filter(trigger, re_enrol, of_ticket(vec![is(wanted)]), is(wanted)),
        Becomes::Unknown => json!({
            "type": "EVENT_BASED",
            "shouldReEnroll": re_enrol,
            "listMembershipFilterBranches": [],
            "eventFilterBranches": [{
                "filterBranchType": "UNIFIED_EVENTS",
                "filterBranchOperator": "AND",
                "eventTypeId": CHANGED,
                "operator": "HAS_COMPLETED",
                "filterBranches": [],
                "filters": change(&trigger.property, all_property("IS_UNKNOWN")),
            }],
        }),
    }
}

fn by_filter(trigger: &Trigger, re_enrol: bool, filters: Vec<Value>, again: Value) -> Value {
    let again = re_enrol.then(|| and(change(&trigger.property, again)));
    json!({
        "type": "LIST_BASED",
        "shouldReEnroll": re_enrol,
        "unEnrollObjectsNotMeetingCriteria": false,
        "listFilterBranch": {
            "filterBranchType": "OR",
            "filterBranchOperator": "OR",
            "filterBranches": [and(filters)],
            "filters": [],
        },
        "reEnrollmentTriggersFilterBranches": Vec::from_iter(again),
    })
}

fn and(filters: Vec<Value>) -> Value {
    json!({ "filterBranchType": "AND", "filterBranchOperator": "AND", "filterBranches": [], "filters": filters })
}

/// The filters on a change of this property to such a value.
fn change(property: &str, becomes: Value) -> Vec<Value> {
    let name = json!({
        "operationType": "STRING",
        "operator": "IS_EQUAL_TO",
        "value": property,
        "includeObjectsWithNoValueSet": false,
    });
    vec![filter("hs_name", name), filter("hs_value", becomes)]
}

fn filter(property: &str, operation: Value) -> Value {
    json!({ "filterType": "PROPERTY", "property": property, "operation": operation })
}

fn known() -> Value {
    all_property("IS_KNOWN")
}

fn all_property(operator: &str) -> Value {
    json!({ "operationType": "ALL_PROPERTY", "operator": operator, "includeObjectsWithNoValueSet": false })
}

/// Exactly this: HubSpot asks of a yes-or-no property otherwise than of a dropdown.
fn is(wanted: &Choice) -> Value {
    match wanted.value.parse::<bool>() {
        Ok(value) => json!({
            "operationType": "BOOL",
            "operator": "IS_EQUAL_TO",
            "value": value,
            "includeObjectsWithNoValueSet": false,
        }),
        Err(_) => among("IS_ANY_OF", wanted),
    }
}

fn among(operator: &str, choice: &Choice) -> Value {
    json!({
        "operationType": "ENUMERATION",
        "operator": operator,
        "values": [choice.value],
        "includeObjectsWithNoValueSet": false,
    })
}
