//! What a field takes, and what it makes of it. The sentences are those that callers report.

use serde_json::Value;

use super::adf;
use super::field::{Choice, Field, Kind};
use super::site::{ACCOUNT, Site};

/// Characters of a summary.
const LONGEST_SUMMARY: usize = 255;

/// Characters of a line.
const LONGEST_LINE: usize = 255;

/// Characters of a label.
const LONGEST_LABEL: usize = 255;

/// There is no summary, or nothing in it.
pub const NO_SUMMARY: &str = "You must specify a summary of the issue.";

/// [php-jira-rest-client 280](https://github.com/lesstif/php-jira-rest-client/issues/280).
const NO_DOCUMENT: &str = "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
const TOO_LONG: &str = "The entered text is too long. It exceeds the allowed limit of 32,767 characters.";

/// Why a value is not taken.
pub enum Refused {
    /// It is not of the field's type. Told before anything else is looked at.
    Shape(String),
    /// It is of the type, and the field cannot have it.
    Value(String),
    /// It is a document that breaks a rule: this one, which Jira does not tell.
    Document(String),
}

impl Site {
    /// What the field has after this was set.
    pub(super) fn value(&self, field: &Field, value: &Value) -> Result<Value, Refused> {
        match &field.kind {
            Kind::Project | Kind::IssueType => Ok(Value::Null),
            Kind::Summary => summary(value),
            Kind::Document => self.document(value),
            Kind::Labels => labels(value),
            Kind::Text => line(value),
            Kind::Number if value.is_number() => Ok(value.clone()),
            Kind::Number => Err(shape("Operation value must be a number")),
            Kind::Person => self.person(value),
            Kind::One { key, choices } => choice(field, value, key, choices).map(|it| it.show(key)),
            Kind::Several(choices) => {
                let list = value.as_array().ok_or_else(|| shape("data was not an array"))?;
                list.iter().map(|it| choice(field, it, "name", choices).map(|it| it.show("name"))).collect()
            }
        }
    }

    /// A document that Jira takes; what it may show wrongly is noted.
    pub(super) fn document(&self, value: &Value) -> Result<Value, Refused> {
        match adf::check(value) {
            Ok(()) => {
                adf::slips(value).iter().for_each(|it| self.blame("document", it));
                Ok(value.clone())
            }
            Err(adf::Wrong::NoDocument) => Err(shape(NO_DOCUMENT)),
            Err(adf::Wrong::TooLong) => Err(Refused::Value(TOO_LONG.to_owned())),
            Err(adf::Wrong::Malformed(what)) => Err(Refused::Document(what)),
        }
    }

    fn person(&self, value: &Value) -> Result<Value, Refused> {
        let id = ["id", "accountId"].iter().find_map(|it| value[*it].as_str());
        let id = id.ok_or_else(|| shape("Operation value must be an object with an 'id'"))?;
        match id == ACCOUNT {
            true => Ok(self.show_person(&super::Actor::App)),
            false => Err(Refused::Value(format!("User '{id}' cannot be found."))),
        }
    }
}

fn shape(sentence: &str) -> Refused {
    Refused::Shape(sentence.to_owned())
}

fn of(sentence: String) -> Refused {
    Refused::Value(sentence)
}

fn text(value: &Value) -> Result<&str, Refused> {
    value.as_str().ok_or_else(|| shape("Operation value must be a string"))
}

fn summary(value: &Value) -> Result<Value, Refused> {
    let summary = text(value)?;
    if summary.trim().is_empty() {
        return Err(of(NO_SUMMARY.to_owned()));
    }
    if summary.contains(['\n', '\r']) {
        return Err(of("The summary is invalid because it contains newline characters.".to_owned()));
    }
    // Java counts in UTF-16. Whether 255 still pass is not documented.
    match summary.encode_utf16().count() >= LONGEST_SUMMARY {
        true => Err(of("Summary must be less than 255 characters.".to_owned())),
        false => Ok(summary.trim().into()),
    }
}

fn line(value: &Value) -> Result<Value, Refused> {
    let line = text(value)?;
    match line.encode_utf16().count() > LONGEST_LINE {
        true => {
            Err(of(format!("The entered text is too long. It exceeds the allowed limit of {LONGEST_LINE} characters.")))
        }
        false => Ok(line.into()),
    }
}

/// Labels are a set.
fn labels(value: &Value) -> Result<Value, Refused> {
    let list = value.as_array().ok_or_else(|| shape("data was not an array"))?;
    let mut labels = Vec::new();
    for (index, label) in list.iter().enumerate() {
        let label = label.as_str().ok_or_else(|| shape(&format!("string expected at index {index}")))?;
        if label.is_empty() || label.contains(char::is_whitespace) {
            return Err(of(format!("The label '{label}' contains spaces which is invalid.")));
        }
        if label.encode_utf16().count() > LONGEST_LABEL {
            return Err(of(format!("The label '{label}' exceeds the maximum length of {LONGEST_LABEL} characters.")));
        }
        labels.push(label);
    }
    labels.sort_unstable();
    labels.dedup();
    Ok(labels.into())
}

fn choice<'a>(field: &Field, value: &Value, key: &str, choices: &'a [Choice]) -> Result<&'a Choice, Refused> {
    let what = if key == "value" { "Option" } else { field.name.trim_end_matches("/s") };
    let found = match (value["id"].as_str(), value[key].as_str()) {
        (Some(id), _) => choices.iter().find(|it| it.id == id).ok_or_else(|| format!("{what} id '{id}' is not valid")),
        (None, Some(name)) => {
            let missing = if key == "value" {
                format!("Option value '{name}' is not valid")
            } else {
                format!("{what} name '{name}' is not valid")
            };
            choices.iter().find(|it| it.name == name).ok_or(missing)
        }
        (None, None) => return Err(Refused::Shape(format!("Specify a valid 'id' or '{key}' for {}", field.name))),
    };
    found.map_err(of)
}
