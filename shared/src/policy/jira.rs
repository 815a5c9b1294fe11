//! Which escalations become Jira issues, and what Jira is told.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::procedure::level::Priority;

/// Fields that are ours to fill in. Labels are joined with ours.
const OURS: [&str; 4] = ["project", "issuetype", "summary", "description"];

/// Which escalations become Jira issues, and what Jira is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jira {
    /// The key of the project that issues are created in.
    pub project: ProjectKey,
    /// Their type: its name or id.
    pub issue_type: IssueTypeName,
    /// Further projects whose issues people may name.
    #[serde(default)]
    pub other_projects: Vec<ProjectKey>,
    /// Which escalations get an issue.
    pub created_for: CreatedFor,
    /// Whether Jira may know who the customer is.
    pub customer_names: bool,
    /// Jira's priority by the ticket's.
    #[serde(default)]
    pub priorities: BTreeMap<PriorityName, String>,
    /// Further fields of a new issue, as Jira's API takes them.
    #[serde(default)]
    pub fields: Fields,
}

impl Jira {
    /// The projects whose issues may be named, in capitals.
    pub fn projects(&self) -> impl Iterator<Item = &str> {
        [&self.project].into_iter().chain(&self.other_projects).map(|it| &**it)
    }

    /// What Jira calls a ticket's priority, where the policy says.
    pub fn priority(&self, priority: Option<Priority>) -> Option<&str> {
        self.priorities.get(&PriorityName(priority?)).map(String::as_str)
    }
}

/// Which escalations get an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreatedFor {
    /// What was sent to Tech by who may.
    Tech,
    /// Every escalation.
    Any,
}

/// A project's key ([key format](https://confluence.atlassian.com/adminjiraserver/changing-the-project-key-format-938847081.html)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct ProjectKey(String);

impl std::ops::Deref for ProjectKey {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProjectKey {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        let is_key = key.starts_with(|it: char| it.is_ascii_uppercase())
            && key.len() > 1
            && key.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
        match is_key {
            true => Ok(Self(key)),
            false => Err(format!("`{key}` is no project's key; it is what its issues begin with, as in TECH-123")),
        }
    }
}

/// The name or id of an issue type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct IssueTypeName(String);

impl std::ops::Deref for IssueTypeName {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IssueTypeName {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        match name.trim() {
            "" => Err("no issue type; write its name, such as \"Bug\", or its id"),
            name => Ok(Self(name.to_owned())),
        }
    }
}

/// A ticket's priority, as HubSpot calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct PriorityName(Priority);

impl TryFrom<String> for PriorityName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self)
    }
}

/// Further fields of a new issue: none that is ours to fill in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Fields(Map<String, Value>);

impl std::ops::Deref for Fields {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Map<String, Value> {
        &self.0
    }
}

impl TryFrom<Map<String, Value>> for Fields {
    type Error = String;

    fn try_from(fields: Map<String, Value>) -> Result<Self, String> {
        match fields.keys().find(|it| OURS.contains(&it.as_str())) {
            Some(ours) => Err(format!("`{ours}` is filled in by us; remove it")),
            None => Ok(Self(fields)),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{DEFAULT, Policy};
    use super::*;

    #[track_caller]
    fn check(replace: &str, by: &str, expected: &str) {
        assert!(DEFAULT.contains(replace), "the shipped policy has no `{replace}`");
        let wrong = Policy::parse(&DEFAULT.replacen(replace, by, 1), "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains(expected), "said: {wrong}");
    }

    #[test]
    fn the_shipped_policy_creates_bugs_for_tech_and_names_no_customer() {
        let jira = Policy::shipped().jira;
        assert_eq!((&*jira.project, &*jira.issue_type), ("TECH", "Bug"));
        assert_eq!((jira.created_for, jira.customer_names), (CreatedFor::Tech, false));
        assert_eq!(jira.projects().collect::<Vec<_>>(), ["TECH"]);
        assert!(jira.fields.is_empty() && jira.priority(Some(Priority::High)).is_none());
    }

    #[test]
    fn fields_and_priorities_are_as_jira_takes_them() {
        let own = DEFAULT
            .replacen("# components = ", "components = ", 1)
            .replacen("# customfield_10050 = ", "customfield_10050 = ", 1)
            .replacen("# URGENT = ", "URGENT = ", 1)
            .replacen("other_projects = []", "other_projects = [\"PLAT\"]", 1);
        let jira = Policy::parse(&own, "policy.toml").unwrap().jira;
        assert_eq!(jira.fields["components"], json!([{ "name": "Support" }]));
        assert_eq!(jira.fields["customfield_10050"], json!({ "value": "Support" }));
        assert_eq!(jira.priority(Some(Priority::Urgent)), Some("Highest"));
        assert_eq!(jira.projects().collect::<Vec<_>>(), ["TECH", "PLAT"]);
    }

    #[test]
    fn wrong_values_are_refused_with_what_to_write() {
        check("project = \"TECH\"", "project = \"Technical\"", "`Technical` is no project's key");
        check("project = \"TECH\"", "project = \"T\"", "`T` is no project's key");
        check("issue_type = \"Bug\"", "issue_type = \" \"", "no issue type; write its name");
        check("created_for = \"tech\"", "created_for = \"all\"", "unknown variant `all`");
        check("customer_names = false", "customer_names = \"no\"", "invalid type: string");
        check("# components = ", "summary = ", "`summary` is filled in by us; remove it");
        check("# URGENT = ", "Highest = ", "`Highest` is no priority");
        check("other_projects = []", "others = []", "unknown field `others`");
    }
}
