//! Which of our ticket properties are there, and what they take.

use escalation::hubspot::{Defined, DefinedOption, HubSpot};
use escalation::policy::Properties;
use escalation::properties::{GROUP, Property, option_label, properties};

use super::unseen;
use crate::finding::Finding;
use crate::step::{RENAME, Step};

/// What is missing, and how the rest stands.
pub async fn look(hubspot: &HubSpot, ours: &Properties) -> (Vec<Step>, Vec<Finding>) {
    let (groups, defined) = match (hubspot.property_groups().await, hubspot.ticket_properties().await) {
        (Ok(groups), Ok(defined)) => (groups, defined),
        (Err(fault), _) | (_, Err(fault)) => return (Vec::new(), vec![unseen("HubSpot ticket properties", &fault)]),
    };
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    for property in properties(ours) {
        match defined.iter().find(|it| it.name == property.name) {
            None => steps.push(Step::CreateProperty(property)),
            Some(found) if !found.takes(&property.takes) => findings.push(conflict(found, &property)),
            Some(found) => match lacking(found, &property) {
                Some(step) => steps.push(step),
                None => findings.push(Finding::fine(subject(&property.name), "is there")),
            },
        }
    }
    // Nothing stands in it where all properties are there under other roofs.
    let is_needed = steps.iter().any(|it| matches!(it, Step::CreateProperty(_)));
    if is_needed && !groups.iter().any(|it| it == GROUP) {
        steps.insert(0, Step::CreateGroup);
    }
    (steps, findings)
}

fn conflict(found: &Defined, property: &Property) -> Finding {
    let by_hubspot = if found.calculated { ", computed by HubSpot" } else { "" };
    let says = format!("is of another type: {} shown as {}{by_hubspot}", found.kind, found.field_type);
    Finding::wrong(subject(&property.name), says, RENAME)
}

/// The options that are there stay as they are, and those that are missing come after them.
fn lacking(found: &Defined, property: &Property) -> Option<Step> {
    let is_there = |value: &str| found.options.iter().any(|it| it.value == value);
    let missing: Vec<_> = property.takes.options().iter().filter(|it| !is_there(it.value)).collect();
    if missing.is_empty() {
        return None;
    }
    let last = found.options.iter().map(|it| it.display_order).max().unwrap_or(-1);
    let new = missing.iter().zip(last + 1..).map(|(it, display_order)| DefinedOption {
        label: option_label(it),
        value: it.value.to_owned(),
        hidden: false,
        display_order,
        description: None,
    });
    Some(Step::AddOptions {
        property: property.name.clone(),
        added: missing.iter().map(|it| it.value.to_owned()).collect(),
        options: found.options.iter().cloned().chain(new).collect(),
    })
}

fn subject(property: &str) -> String {
    format!("HubSpot property {property}")
}
