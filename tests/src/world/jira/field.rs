//! A field of a create screen: what it is called, what it takes, whether it must be filled.

use serde_json::{Value, json};

/// What a field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// The project.
    Project,
    /// The issue type.
    IssueType,
    /// The summary.
    Summary,
    /// A document in Atlassian's format.
    Document,
    /// Words without blanks.
    Labels,
    /// A line.
    Text,
    /// A number.
    Number,
    /// A person, by account.
    Person,
    /// One of these, by id or by the name of this key.
    One {
        /// `name`, or `value` with a select list.
        key: &'static str,
        /// The choices.
        choices: Vec<Choice>,
    },
    /// Any of these, by id or name.
    Several(Vec<Choice>),
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// How people call it.
    pub name: String,
}

impl Kind {
    /// One of these, by name; their ids count from 1.
    pub fn named(names: &[&str]) -> Self {
        Self::One { key: "name", choices: choices(names, 1) }
    }

    /// Any of these, by name.
    pub fn several(names: &[&str]) -> Self {
        Self::Several(choices(names, 10_000))
    }
}

fn choices(names: &[&str], first: usize) -> Vec<Choice> {
    (first..).zip(names).map(|(id, name)| Choice { id: id.to_string(), name: (*name).to_owned() }).collect()
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// `summary`, `customfield_10051`.
    pub id: String,
    /// How people call it.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
    /// Whether it must be filled, by the caller or by its default.
    pub required: bool,
    /// What it has where the caller says nothing: the name of a choice.
    pub default: Option<String>,
}

impl Field {
    /// A field nobody has to fill.
    pub fn new(id: &str, name: &str, kind: Kind) -> Self {
        Self { id: id.to_owned(), name: name.to_owned(), kind, required: false, default: None }
    }

    /// A field of one line.
    pub fn text(id: &str, name: &str) -> Self {
        Self::new(id, name, Kind::Text)
    }

    /// A select list.
    pub fn select(id: &str, name: &str, values: &[&str]) -> Self {
        let first = id.bytes().map(usize::from).sum::<usize>() + 9_000;
        Self::new(id, name, Kind::One { key: "value", choices: choices(values, first) })
    }

    /// One that must be filled.
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// One that is filled where the caller says nothing.
    pub fn defaulting(self, name: &str) -> Self {
        Self { default: Some(name.to_owned()), ..self }
    }

    /// As create metadata shows it.
    pub fn show(&self) -> Value {
        let mut shown = json!({
            "required": self.required, "schema": self.schema(), "name": self.name, "key": self.id, "fieldId": self.id,
            "hasDefaultValue": self.default.is_some(), "operations": ["set"],
        });
        match &self.kind {
            Kind::One { key, choices } => {
                shown["allowedValues"] = choices.iter().map(|it| it.show(key)).collect();
                let default = choices.iter().find(|it| self.default.as_ref() == Some(&it.name));
                if let Some(default) = default {
                    shown["defaultValue"] = default.show(key);
                }
            }
            Kind::Several(choices) => {
                shown["allowedValues"] = choices.iter().map(|it| it.show("name")).collect();
                shown["operations"] = json!(["add", "set", "remove"]);
            }
            Kind::Labels => shown["operations"] = json!(["add", "set", "remove"]),
            _ => {}
        }
        shown
    }

    fn schema(&self) -> Value {
        const CUSTOM: &str = "com.atlassian.jira.plugin.system.customfieldtypes";
        let (kind, custom) = match &self.kind {
            Kind::Project => ("project", "project"),
            Kind::IssueType => ("issuetype", "issuetype"),
            Kind::Summary | Kind::Text => ("string", "textfield"),
            Kind::Document => ("string", "textarea"),
            Kind::Labels | Kind::Several(_) => ("array", "labels"),
            Kind::Number => ("number", "float"),
            Kind::Person => ("user", "userpicker"),
            Kind::One { key: "value", .. } => ("option", "select"),
            Kind::One { .. } => ("priority", "priority"),
        };
        let mut schema = match self.id.strip_prefix("customfield_").and_then(|it| it.parse::<u64>().ok()) {
            Some(number) => json!({ "type": kind, "custom": format!("{CUSTOM}:{custom}"), "customId": number }),
            None => json!({ "type": kind, "system": self.id }),
        };
        match self.kind {
            Kind::Labels => schema["items"] = "string".into(),
            Kind::Several(_) => schema["items"] = "component".into(),
            _ => {}
        }
        schema
    }
}

impl Choice {
    /// As an issue shows it.
    pub fn show(&self, key: &str) -> Value {
        json!({ "id": self.id, key: self.name })
    }
}
