//! One thing that is still to be done in HubSpot.

use std::fmt;

use escalation::http::Fault;
use escalation::hubspot::{DefinedOption, Developer, HubSpot};
use escalation::properties::{GROUP, GROUP_LABEL, Property};
use serde_json::Value;

use crate::finding::Finding;

/// One thing that is still to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The group that our properties stand in.
    CreateGroup,
    /// A property.
    CreateProperty(Property),
    /// Options that a property lacks.
    AddOptions {
        /// The property.
        property: String,
        /// What is added.
        added: Vec<String>,
        /// All of them, those that are there first and as they are.
        options: Vec<DefinedOption>,
    },
    /// The definition of an action.
    CreateAction {
        /// Its name.
        name: &'static str,
        /// What HubSpot is told.
        definition: Value,
    },
    /// A definition that is there and says something else.
    UpdateAction {
        /// Its name.
        name: &'static str,
        /// HubSpot's id of it.
        id: String,
        /// What differs, by its members.
        differs: Vec<String>,
        /// What HubSpot is told.
        definition: Value,
    },
}

const APPLY: &str = "`apply` does it; `plan` says what else it would do.";

impl Step {
    /// What is wrong as long as it is not done.
    pub fn finding(&self) -> Finding {
        match self {
            Self::CreateGroup => Finding::warning(format!("HubSpot property group {GROUP}"), "is not there", APPLY),
            Self::CreateProperty(it) => Finding::wrong(subject(&it.name), "is not there", APPLY),
            Self::AddOptions { property, added, .. } => {
                Finding::wrong(subject(property), format!("lacks the options {}", added.join(", ")), APPLY)
            }
            Self::CreateAction { name, .. } => Finding::wrong(action(name), "is not registered", APPLY),
            Self::UpdateAction { name, differs, .. } => {
                Finding::wrong(action(name), format!("is registered with another {}", differs.join(", ")), APPLY)
            }
        }
    }

    /// Does it. What somebody else did meanwhile counts as done.
    ///
    /// # Errors
    /// Why it was not done.
    pub async fn take(&self, hubspot: &HubSpot, developer: Option<&Developer>) -> Result<(), Finding> {
        let fault = match (self, developer) {
            (Self::CreateGroup, _) => is_there(hubspot.create_property_group(GROUP, GROUP_LABEL).await),
            (Self::CreateProperty(property), _) => match hubspot.create_property(property, GROUP).await {
                Err(Fault::Refused { status: 409, .. }) => return look_again(hubspot, property).await,
                ended => ended,
            },
            (Self::AddOptions { property, options, .. }, _) => hubspot.set_property_options(property, options).await,
            (Self::CreateAction { definition, .. }, Some(developer)) => developer.create(definition).await,
            (Self::UpdateAction { id, definition, .. }, Some(developer)) => developer.update(id, definition).await,
            (Self::CreateAction { .. } | Self::UpdateAction { .. }, None) => Ok(()),
        };
        fault.map_err(|fault| self.failed(&fault))
    }

    fn failed(&self, fault: &Fault) -> Finding {
        let remedy = match fault {
            Fault::Denied { .. } => "Grant the app what it lacks on its Scopes tab in HubSpot, then run `apply` again.",
            Fault::Refused { .. } => {
                "HubSpot refuses it for good: do it by hand in Settings > Properties, or ask HubSpot's \
                                      support by the correlation id."
            }
            Fault::NotNow { .. } | Fault::NotSent { .. } | Fault::Unknown { .. } => "Run `apply` again.",
        };
        let subject = self.finding().subject;
        Finding::wrong(subject, format!("could not be done ({self}): {fault}"), remedy)
    }
}

fn subject(property: &str) -> String {
    format!("HubSpot property {property}")
}

fn action(name: &str) -> String {
    format!("HubSpot action {name}")
}

fn is_there(ended: Result<(), Fault>) -> Result<(), Fault> {
    match ended {
        Err(Fault::Refused { status: 409, .. }) => Ok(()),
        ended => ended,
    }
}

/// The name is taken: by somebody who created it just now, or by what is not listed.
async fn look_again(hubspot: &HubSpot, property: &Property) -> Result<(), Finding> {
    let found = hubspot.ticket_properties().await.unwrap_or_default();
    match found.iter().find(|it| it.name == property.name) {
        Some(it) if it.takes(&property.takes) => Ok(()),
        Some(_) => Err(Finding::wrong(subject(&property.name), "was created meanwhile, with another type", RENAME)),
        None => Err(Finding::wrong(subject(&property.name), "its name is taken, and it is not listed", ARCHIVED)),
    }
}

const ARCHIVED: &str = "It may be archived: in HubSpot open Settings > Properties > Archived properties, restore it, and run \
                        `apply` again.";
/// What to do about a property that is something else.
pub const RENAME: &str = "A type cannot be changed without losing what stands there: give ours another name under [properties] \
                          in the policy, or archive this one in HubSpot (Settings > Properties), and run `apply` again.";

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateGroup => write!(f, "create property group {GROUP} ({GROUP_LABEL})"),
            Self::CreateProperty(it) => write!(f, "create property {} ({})", it.name, it.label),
            Self::AddOptions { property, added, .. } => {
                write!(f, "add to property {property} the options {}", added.join(", "))
            }
            Self::CreateAction { name, .. } => write!(f, "register action {name}"),
            Self::UpdateAction { name, differs, .. } => write!(f, "update action {name}: {}", differs.join(", ")),
        }
    }
}
