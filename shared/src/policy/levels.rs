//! How serious an escalation is.

use serde::Deserialize;

use crate::procedure::level::Priority;
use crate::procedure::trigger::{Class, Trigger};

/// How serious an escalation is.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "RawLevels")]
pub struct Levels {
    /// Triggers that make an escalation one of level 4.
    pub executive: Vec<Trigger>,
    immediate_priority: Option<Priority>,
    standard_priority: Option<Priority>,
}

impl Levels {
    /// The priority that triggers of this class ask for.
    pub fn priority(&self, class: Class) -> Option<Priority> {
        match class {
            Class::Immediate => self.immediate_priority,
            Class::Standard => self.standard_priority,
            Class::Optional | Class::None => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevels {
    executive: Vec<Code>,
    immediate_priority: Option<Name>,
    standard_priority: Option<Name>,
}

impl From<RawLevels> for Levels {
    fn from(raw: RawLevels) -> Self {
        Self {
            executive: raw.executive.into_iter().map(|it| it.0).collect(),
            immediate_priority: raw.immediate_priority.map(|it| it.0),
            standard_priority: raw.standard_priority.map(|it| it.0),
        }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Code(Trigger);

impl TryFrom<String> for Code {
    type Error = String;

    fn try_from(code: String) -> Result<Self, String> {
        let codes = || Trigger::ALL.map(Trigger::code).join(", ");
        Trigger::from_code(&code).map(Self).ok_or_else(|| format!("`{code}` is no trigger; there are {}", codes()))
    }
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Name(Priority);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self)
    }
}
