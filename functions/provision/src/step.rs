//! One thing that is still to be done in HubSpot.

use std::fmt;

use escalation::http::Fault;
use escalation::hubspot::{Developer, HubSpot};
use escalation::properties::{GROUP, GROUP_LABEL, Property};
use serde_json::Value;

use crate::finding::Finding;
use crate::hubspot::properties::missing;
use crate::hubspot::remedy;

/// One thing that is still to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The group that our properties stand in.
    CreateGroup,
    /// A property.
    CreateProperty(Property),
    /// Options that a property lacks.
    AddOptions {
        /// The property, as ours is.
        property: Property,
        /// What is added, by its values.
        added: Vec<String>,
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
        /// What HubSpot is told: these members alone.
        patch: Value,
        /// Where it is called so far and where from then on, if that is another host.
        moved: Option<(String, String)>,
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
                Finding::wrong(subject(&property.name), format!("lacks the options {}", added.join(", ")), APPLY)
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
        let ended = match (self, developer) {
            (Self::CreateGroup, _) => is_there(hubspot.create_property_group(GROUP, GROUP_LABEL).await),
            (Self::CreateProperty(property), _) => match hubspot.create_property(property, GROUP).await {
                Err(Fault::Refused { status: 409, .. }) => return look_again(hubspot, property).await,
                ended => ended,
            },
            (Self::AddOptions { property, .. }, _) => return self.add_options(hubspot, property).await,
            (Self::CreateAction { definition, .. }, Some(developer)) => developer.create(definition).await,
            (Self::UpdateAction { id, patch, .. }, Some(developer)) => developer.update(id, patch).await,
            (Self::CreateAction { .. } | Self::UpdateAction { .. }, None) => Ok(()),
        };
        ended.map_err(|fault| self.failed(&fault))
    }

    /// HubSpot takes all options at once: those that a person added since the look have to be among them.
    async fn add_options(&self, hubspot: &HubSpot, property: &Property) -> Result<(), Finding> {
        let failed = |fault| self.failed(&fault);
        let found = hubspot.ticket_property(&property.name).await.map_err(failed)?;
        let missing = missing(&found, property)?;
        if missing.is_empty() {
            return Ok(());
        }
        hubspot.set_property_options(&property.name, &found.with_options(&missing)).await.map_err(failed)
    }

    fn failed(&self, fault: &Fault) -> Finding {
        let (denied, refused) = match self {
            Self::CreateAction { .. } | Self::UpdateAction { .. } => (KEY, ACTION_REFUSED),
            Self::CreateGroup | Self::CreateProperty(_) | Self::AddOptions { .. } => (SCOPES, REFUSED),
        };
        let subject = self.finding().subject;
        let remedy = remedy(fault, denied, refused, "Run `apply` again");
        Finding::wrong(subject, format!("could not be done ({self}): {fault}"), remedy)
    }
}

const SCOPES: &str = "Grant the app what it lacks on its Scopes tab in HubSpot, then run `apply` again.";
const REFUSED: &str = "HubSpot refuses it for good: do it by hand in Settings > Properties, or ask HubSpot's support by the correlation id.";
const ACTION_REFUSED: &str = "HubSpot does not take this definition: upload a developer project instead (`project DIR`), or ask HubSpot's \
                              support by the correlation id.";
/// What to do where HubSpot does not take the developer's key, or does not know its app.
pub const KEY: &str = "Copy the key from the developer account (Development > Keys > Developer API key) into \
                       HUBSPOT_DEVELOPER_API_KEY, and see that HUBSPOT_DEVELOPER_APP_ID (where it is not set, HUBSPOT_APP_ID) is an \
                       app of that account.";

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
                write!(f, "add to property {} the options {}", property.name, added.join(", "))
            }
            Self::CreateAction { name, .. } => write!(f, "register action {name}"),
            Self::UpdateAction { name, differs, moved: Some((old, new)), .. } => {
                let others: Vec<&str> = differs.iter().map(String::as_str).filter(|it| *it != "actionUrl").collect();
                let others =
                    if others.is_empty() { String::new() } else { format!(", and update {}", others.join(", ")) };
                write!(f, "move action {name} from {old} to {new}{others}")
            }
            Self::UpdateAction { name, differs, .. } => write!(f, "update action {name}: {}", differs.join(", ")),
        }
    }
}
