//! The properties a record may have, and which values HubSpot takes for them.

use escalation::properties::GROUP;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::id::{Kind, iso};
use super::refusal::Problem;

/// [A text's limit](https://developers.hubspot.com/docs/api/crm/notes); longer ones are refused.
pub const TEXT_LIMIT: usize = 65_536;

/// What a property takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// Any text.
    Text,
    /// A number.
    Number,
    /// A time; ISO 8601 or milliseconds.
    DateTime,
    /// `true` or `false`.
    Bool,
    /// One option, by value and label.
    One(Vec<(String, String)>),
    /// Options joined by `;`.
    Several(Vec<(String, String)>),
    /// An owner's id.
    Owner,
    /// A pipeline's id.
    Pipeline,
    /// A stage's id, of the record's pipeline.
    Stage,
}

/// One property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Its internal name.
    pub name: String,
    /// What people read.
    pub label: String,
    /// What people read when they ask what it is for.
    pub description: String,
    /// The group that it stands in; empty for HubSpot's own.
    pub group: String,
    /// What it takes.
    pub takes: Type,
    /// Whether HubSpot alone sets it.
    pub read_only: bool,
    /// Whether it came with HubSpot.
    pub built_in: bool,
}

impl Property {
    /// A property made for this account.
    pub fn custom(name: &str, label: &str, takes: Type) -> Self {
        let (name, label, group) = (name.to_owned(), label.to_owned(), GROUP.to_owned());
        Self { name, label, description: String::new(), group, takes, read_only: false, built_in: false }
    }

    /// One that came with HubSpot.
    pub fn built_in(name: &str, takes: Type) -> Self {
        let label = name.trim_start_matches("hs_").replace('_', " ");
        Self { built_in: true, ..Self::custom(name, &label, takes) }
    }

    /// One that HubSpot alone sets.
    pub fn computed(name: &str, takes: Type) -> Self {
        Self { read_only: true, ..Self::built_in(name, takes) }
    }

    /// The value as HubSpot stores it. Pipelines, stages and owners are the account's to judge.
    pub fn parse(&self, value: &str) -> Result<String, Problem> {
        let refused = |code, message| Err(Problem { property: self.name.clone(), code, message });
        if value.is_empty() {
            return Ok(String::new());
        }
        match &self.takes {
            Type::Text if value.chars().count() > TEXT_LIMIT => {
                let message = format!("Property \"{}\" is longer than {TEXT_LIMIT} characters", self.name);
                refused("INVALID_LENGTH", message)
            }
            Type::Number if value.parse::<f64>().is_err() => {
                refused("INVALID_NUMBER", format!("{value} was not a valid number."))
            }
            Type::DateTime => match time(value) {
                Some(at) => Ok(iso(at)),
                None => refused("INVALID_DATE", format!("{value} was not a valid date.")),
            },
            Type::Bool => self.options(value, &[value], &["true", "false"]),
            Type::One(options) => self.options(value, &[value], &names(options)),
            Type::Several(options) => {
                let chosen: Vec<&str> = value.split(';').filter(|it| !it.is_empty()).collect();
                self.options(value, &chosen, &names(options))
            }
            _ => Ok(value.to_owned()),
        }
    }

    fn options(&self, value: &str, chosen: &[&str], allowed: &[&str]) -> Result<String, Problem> {
        match chosen.iter().find(|it| !allowed.contains(it)) {
            None => Ok(value.to_owned()),
            Some(other) => Err(self.not_an_option(other, allowed)),
        }
    }

    /// HubSpot's words for a value that is not on the list.
    pub fn not_an_option(&self, value: &str, allowed: &[&str]) -> Problem {
        let message = format!("{value} was not one of the allowed options: [{}]", allowed.join(", "));
        Problem { property: self.name.clone(), code: "INVALID_OPTION", message }
    }

    /// As `GET /crm/v3/properties/{objectType}` shows it.
    pub fn to_json(&self, kind: Kind, made: Timestamp) -> Value {
        let (name, field, options) = match &self.takes {
            Type::Text => ("string", "text", Vec::new()),
            Type::Number => ("number", "number", Vec::new()),
            Type::DateTime => ("datetime", "date", Vec::new()),
            Type::Bool => ("bool", "booleancheckbox", vec![option("true", "Yes", 0), option("false", "No", 1)]),
            Type::One(options) => ("enumeration", "select", listed(options)),
            Type::Several(options) => ("enumeration", "checkbox", listed(options)),
            Type::Owner | Type::Pipeline | Type::Stage => ("enumeration", "select", Vec::new()),
        };
        let group = match self.built_in {
            true => format!("{}information", kind.singular()),
            false => self.group.clone(),
        };
        let external = matches!(self.takes, Type::Owner | Type::Pipeline | Type::Stage);
        let mut shown = json!({
            "name": self.name, "label": self.label, "description": self.description, "type": name, "fieldType": field,
            "groupName": group, "options": options, "displayOrder": -1, "calculated": false,
            "externalOptions": external, "hasUniqueValue": false, "hidden": false, "formField": !self.read_only,
            "hubspotDefined": self.built_in, "archived": false, "createdAt": iso(made), "updatedAt": iso(made),
            "modificationMetadata": {
                "archivable": !self.built_in, "readOnlyDefinition": self.built_in, "readOnlyValue": self.read_only,
            },
        });
        if matches!(self.takes, Type::Owner) {
            shown["referencedObjectType"] = json!("OWNER");
        }
        shown
    }
}

fn listed(options: &[(String, String)]) -> Vec<Value> {
    options.iter().enumerate().map(|(at, (value, label))| option(value, label, at)).collect()
}

fn option(value: &str, label: &str, at: usize) -> Value {
    json!({ "value": value, "label": label, "displayOrder": at, "hidden": false })
}

fn names(options: &[(String, String)]) -> Vec<&str> {
    options.iter().map(|(value, _)| value.as_str()).collect()
}

fn time(value: &str) -> Option<Timestamp> {
    match value.parse::<i64>() {
        Ok(milliseconds) => Timestamp::from_millisecond(milliseconds).ok(),
        Err(_) => value.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(takes: Type, value: &str, expected: Result<&str, &str>) {
        let parsed = Property::custom("p", "P", takes).parse(value);
        assert_eq!(parsed.as_deref().map_err(|it| it.message.as_str()), expected);
    }

    fn options() -> Vec<(String, String)> {
        ["a", "b"].map(|it| (it.to_owned(), it.to_uppercase())).to_vec()
    }

    #[test]
    fn values_of_a_wrong_type_are_refused_in_hubspots_words() {
        check(Type::One(options()), "a", Ok("a"));
        check(Type::One(options()), "A", Err("A was not one of the allowed options: [a, b]"));
        check(Type::One(options()), "a;b", Err("a;b was not one of the allowed options: [a, b]"));
        check(Type::Several(options()), "a;b", Ok("a;b"));
        check(Type::Several(options()), "a;c", Err("c was not one of the allowed options: [a, b]"));
        check(Type::Bool, "true", Ok("true"));
        check(Type::Bool, "yes", Err("yes was not one of the allowed options: [true, false]"));
        check(Type::Number, "1.5", Ok("1.5"));
        check(Type::Number, "one", Err("one was not a valid number."));
        check(Type::DateTime, "soon", Err("soon was not a valid date."));
        check(Type::Number, "", Ok(""));
    }

    #[test]
    fn times_are_stored_the_way_hubspot_writes_them() {
        check(Type::DateTime, "2026-06-10T11:05:00+02:00", Ok("2026-06-10T09:05:00Z"));
        check(Type::DateTime, "1781082300250", Ok("2026-06-10T09:05:00.250Z"));
    }

    #[test]
    fn a_text_has_a_limit() {
        let longest = "é".repeat(TEXT_LIMIT);
        check(Type::Text, &longest, Ok(&longest));
        let message = "Property \"p\" is longer than 65536 characters";
        check(Type::Text, &"x".repeat(TEXT_LIMIT + 1), Err(message));
    }
}
