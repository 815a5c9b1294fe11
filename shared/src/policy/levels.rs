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

#[cfg(test)]
mod tests {
    use super::super::{DEFAULT, Policy};
    use super::*;

    #[track_caller]
    fn check(replace: &str, by: &str, expected: &str) {
        assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
        let written = DEFAULT.replacen(replace, by, 1);
        let wrong = Policy::parse(&written, "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains(expected), "said: {wrong}");
        let line = written.lines().zip(1..).find(|it| it.0 == by.trim_start());
        if let Some((_, line)) = line {
            assert!(wrong.starts_with(&format!("policy.toml:{line}: ")), "said: {wrong}");
        }
    }

    #[test]
    fn the_shipped_levels_are_those_of_the_procedure() {
        let levels = Policy::shipped().levels;
        let immediate = Trigger::ALL.into_iter().filter(|it| it.class() == Class::Immediate);
        assert_eq!(levels.executive, immediate.collect::<Vec<_>>());
        let priorities = Class::ALL.map(|it| levels.priority(it));
        assert_eq!(priorities, [None, None, Some(Priority::Medium), Some(Priority::High)]);
    }

    #[test]
    fn a_priority_that_is_not_named_is_left_alone() {
        let own = DEFAULT.replacen("immediate_priority = \"HIGH\"\n", "", 1);
        let levels = Policy::parse(&own, "policy.toml").unwrap().levels;
        assert_eq!(
            (levels.priority(Class::Immediate), levels.priority(Class::Standard)),
            (None, Some(Priority::Medium))
        );
    }

    #[test]
    fn wrong_values_are_refused_with_what_to_write() {
        check(
            "executive = [\"security\", ",
            "executive = [\"secruity\", ",
            "`secruity` is no trigger; there are security",
        );
        check("executive = [\"security\"", "executives = [\"security\"", "unknown field `executives`");
        let none = "`high` is no priority; there are LOW, MEDIUM, HIGH and URGENT";
        check("immediate_priority = \"HIGH\"", "immediate_priority = \"high\"", none);
        check("standard_priority = \"MEDIUM\"", "standard_priority = 2", "invalid type: integer");
        check("standard_priority = \"MEDIUM\"", "standard_priorty = \"MEDIUM\"", "unknown field `standard_priorty`");
        check("\n[levels]\n", "\n[level]\n", "unknown field `level`");
    }
}
