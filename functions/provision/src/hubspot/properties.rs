//! Which of our ticket properties are there, and what they take.

use escalation::hubspot::{Defined, HubSpot};
use escalation::policy::Properties;
use escalation::properties::{GROUP, Property, properties};
use escalation::views::Choice;

use super::unseen;
use crate::finding::Finding;
use crate::step::{RENAME, Step};

/// What is missing, and how the rest stands.
///
/// # Errors
/// Why HubSpot's could not be looked at.
pub async fn look(hubspot: &HubSpot, ours: &Properties) -> Result<(Vec<Step>, Vec<Finding>), Finding> {
    let unseen = |fault| unseen("HubSpot ticket properties", &fault);
    let groups = hubspot.property_groups().await.map_err(unseen)?;
    let defined = hubspot.ticket_properties().await.map_err(unseen)?;
    let (mut steps, mut findings) = (Vec::new(), Vec::new());
    for property in properties(ours) {
        let Some(found) = defined.iter().find(|it| it.name == property.name) else {
            steps.push(Step::CreateProperty(property));
            continue;
        };
        match missing(found, &property) {
            Err(finding) => findings.push(finding),
            Ok(missing) if missing.is_empty() => findings.push(Finding::fine(subject(&property.name), "is there")),
            Ok(missing) => {
                let added = missing.iter().map(|it| it.value.to_owned()).collect();
                steps.push(Step::AddOptions { property, added });
            }
        }
    }
    // Nothing stands in it where all properties are there under other roofs.
    let is_needed = steps.iter().any(|it| matches!(it, Step::CreateProperty(_)));
    if is_needed && !groups.iter().any(|it| it == GROUP) {
        steps.insert(0, Step::CreateGroup);
    }
    Ok((steps, findings))
}

/// Which options a property lacks.
///
/// # Errors
/// Why it cannot be ours, or nothing can be added to it.
pub fn missing<'a>(found: &Defined, ours: &'a Property) -> Result<Vec<&'a Choice>, Finding> {
    if !found.takes(&ours.takes) {
        return Err(conflict(found, ours));
    }
    // The options of users are HubSpot's own.
    let options = ours.takes.options();
    if options.is_empty() {
        return Ok(Vec::new());
    }
    found.lacks(options).ok_or_else(|| {
        let says = "has an option that does not read: none is added, since all would be written anew";
        Finding::wrong(subject(&ours.name), says, UNREAD)
    })
}

const UNREAD: &str = "Compare its options with those in README.md (Properties) in HubSpot under Settings > Properties, and add there \
                      what is missing.";

fn conflict(found: &Defined, property: &Property) -> Finding {
    let by_hubspot = if found.calculated { ", computed by HubSpot" } else { "" };
    let says = format!("is of another type: {} shown as {}{by_hubspot}", found.kind, found.field_type);
    Finding::wrong(subject(&property.name), says, RENAME)
}

fn subject(property: &str) -> String {
    format!("HubSpot property {property}")
}
