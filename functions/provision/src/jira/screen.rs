//! Whether the create screen has the fields that we fill in, and no others that have to be.

use escalation::jira::{Field, IssueType};
use escalation::policy::Policy;
use escalation::procedure::level::Priority;
use serde_json::Value;

use crate::finding::Finding;

/// Fields that every issue of ours has, and what each is for.
const OURS: [(&str, &str, &str); 2] = [
    ("labels", "Labels", "we find our issues by their labels"),
    ("description", "Description", "it has what the agent wrote"),
];

/// What is so of the create screen.
pub(super) fn check(found: &IssueType, policy: &Policy) -> Vec<Finding> {
    let screen = Screen { found, policy };
    let mut findings: Vec<Finding> = screen.ours().chain(screen.wanted()).collect();
    findings.extend(policy.jira.fields.iter().filter_map(|(id, value)| screen.further(id, value)));
    findings.extend(screen.priorities());
    if findings.is_empty() {
        findings.push(Finding::fine(screen.subject(), "the create screen has what a new issue needs, and no more"));
    }
    findings
}

struct Screen<'a> {
    found: &'a IssueType,
    policy: &'a Policy,
}

impl Screen<'_> {
    fn subject(&self) -> String {
        let jira = &self.policy.jira;
        format!("Jira issue type {} in {}", &*jira.issue_type, &*jira.project)
    }

    fn ours(&self) -> impl Iterator<Item = Finding> {
        OURS.into_iter().filter(|it| self.found.field(it.0).is_none()).map(|(_, name, what_for)| {
            let remedy =
                format!("put {name} on the issue type's create screen (Project settings > Screens): {what_for}");
            Finding::wrong(self.subject(), format!("{name} is not on the create screen"), remedy)
        })
    }

    /// Priority is filled in only where the ticket has one that the policy names.
    fn wanted(&self) -> impl Iterator<Item = Finding> {
        self.found.missing(&self.policy.jira.fields).into_iter().map(|field| {
            let remedy = format!(
                "give it a default in Jira, or make it optional, or set it under [jira.fields] in the policy: {} = …",
                field.id
            );
            Finding::wrong(self.subject(), format!("nobody fills in {}, which Jira requires", field.name), remedy)
        })
    }

    /// A field of the policy's: on the screen, and with values that there are.
    fn further(&self, id: &str, value: &Value) -> Option<Finding> {
        let Some(field) = self.found.field(id) else {
            let remedy = format!("put it on the create screen, or take {id} out of [jira.fields] in the policy");
            return Some(Finding::wrong(self.subject(), format!("{id} is not on the create screen"), remedy));
        };
        let unknown: Vec<&str> = names(value).into_iter().filter(|it| !has(field, it)).collect();
        (!unknown.is_empty()).then(|| self.no_value(field, &unknown, &format!("{id} under [jira.fields]")))
    }

    fn priorities(&self) -> Option<Finding> {
        let jira = &self.policy.jira;
        let named: Vec<&str> = Priority::ALL.into_iter().filter_map(|it| jira.priority(Some(it))).collect();
        if named.is_empty() {
            return None;
        }
        let Some(field) = self.found.field("priority") else {
            let remedy = "put Priority on the create screen, or empty [jira.priorities] in the policy";
            return Some(Finding::wrong(self.subject(), "Priority is not on the create screen", remedy));
        };
        let unknown: Vec<&str> = named.into_iter().filter(|it| !has(field, it)).collect();
        (!unknown.is_empty()).then(|| self.no_value(field, &unknown, "[jira.priorities]"))
    }

    fn no_value(&self, field: &Field, unknown: &[&str], place: &str) -> Finding {
        let says = format!("{} has no {}; it has {}", field.name, unknown.join(", "), field.values.join(", "));
        Finding::wrong(self.subject(), says, format!("write one of these as {place} in the policy"))
    }
}

/// Where Jira lists no values, anything may be one.
fn has(field: &Field, value: &str) -> bool {
    field.values.is_empty() || field.values.iter().any(|it| it.to_lowercase() == value.to_lowercase())
}

/// The names of choices in a value as Jira's API takes it: one, or a list of them. A choice that is given by its id
/// has none.
fn names(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().flat_map(names).collect(),
        Value::Object(choice) => ["name", "value"].iter().filter_map(|it| choice.get(*it)?.as_str()).collect(),
        _ => Vec::new(),
    }
}
