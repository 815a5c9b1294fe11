//! New properties, and new options of those that are there.
//! [Properties API](https://developers.hubspot.com/docs/api/crm/properties).

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::id::Kind;
use super::objects::parse;
use super::page;
use super::portal::Portal;
use super::refusal;
use super::schema::{Property, Type};
use crate::world::call::{Answer, Call};

/// [The most that an account may have of its own](https://developers.hubspot.com/docs/api/crm/properties).
const MOST: usize = 1_000;

/// `PropertyCreate`, as far as anybody here sends it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct New {
    name: String,
    label: String,
    #[serde(default)]
    description: String,
    #[serde(rename = "type")]
    kind: String,
    field_type: String,
    group_name: String,
    #[serde(default)]
    options: Vec<Offered>,
    #[serde(default)]
    external_options: bool,
    referenced_object_type: Option<String>,
    #[expect(dead_code, reason = "forms are nobody's concern here")]
    form_field: Option<bool>,
}

/// `PropertyUpdate`, as far as anybody here sends it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    options: Vec<Offered>,
}

/// `OptionInput`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Offered {
    label: String,
    value: String,
    #[expect(dead_code, reason = "nobody hides one here; HubSpot wants it said")]
    hidden: bool,
    display_order: Option<i64>,
    #[expect(dead_code, reason = "shown to people alone")]
    description: Option<String>,
}

impl Portal {
    pub(super) fn route_properties(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Answer> {
        self.require("tickets")?;
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(self.list_properties(Kind::Ticket, call)),
            ("POST", []) => self.create_property(parse(call)?),
            ("GET", ["groups"]) => Ok(self.list_groups()),
            ("POST", ["groups"]) => self.create_group(call),
            ("GET", [name]) => self.tell_of_property(name),
            ("PATCH", [name]) => self.change_property(name, call),
            (_, [] | [_]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    fn tell_of_property(&self, name: &str) -> Result<Answer, Answer> {
        let property = self.property(Kind::Ticket, name).ok_or_else(refusal::not_found)?;
        Ok(Answer::json(200, property.to_json(Kind::Ticket, self.now())))
    }

    fn list_groups(&self) -> Answer {
        let group = |(at, (name, label)): (usize, &(String, String))| json!({ "name": name, "label": label, "displayOrder": at, "archived": false });
        Answer::json(200, page::collection(self.groups.iter().enumerate().map(group).collect(), None))
    }

    fn create_group(&mut self, call: &Call) -> Result<Answer, Answer> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        struct New {
            name: String,
            label: String,
            #[expect(dead_code, reason = "every group comes last here")]
            display_order: Option<i64>,
        }
        let New { name, label, .. } = match parse(call)? {
            New { name, .. } if !is_internal_name(&name) => {
                return Err(refusal::invalid("The group's name is not valid"));
            }
            New { name, .. } if self.groups.iter().any(|it| it.0 == name) => {
                return Err(refusal::already_exists(&format!("Property group named '{name}' already exists.")));
            }
            it => it,
        };
        let body = json!({ "name": name, "label": label, "displayOrder": self.groups.len(), "archived": false });
        self.groups.push((name, label));
        Ok(Answer::json(201, body))
    }

    fn create_property(&mut self, new: New) -> Result<Answer, Answer> {
        let taken = self.property(Kind::Ticket, &new.name).is_some();
        if taken {
            return Err(refusal::already_exists(&format!("A property named '{}' already exists.", new.name)));
        }
        let own = self.properties[&Kind::Ticket].iter().filter(|it| !it.built_in).count();
        let problem = match () {
            () if !is_internal_name(&new.name) => "The property's name is not valid",
            () if new.label.trim().is_empty() => "The property has no label",
            () if !self.groups.iter().any(|it| it.0 == new.group_name) => "propertyGroup does not exist",
            () if own >= MOST => "There are too many properties",
            () => "",
        };
        if !problem.is_empty() {
            return Err(refusal::invalid(problem));
        }
        let property = Property {
            group: new.group_name.clone(),
            description: new.description.clone(),
            ..Property::custom(&new.name, &new.label, takes(&new)?)
        };
        let body = property.to_json(Kind::Ticket, self.now());
        self.properties.entry(Kind::Ticket).or_default().push(property);
        Ok(Answer::json(201, body))
    }

    fn change_property(&mut self, name: &str, call: &Call) -> Result<Answer, Answer> {
        let Changed { options } = parse(call)?;
        let (now, options) = (self.now(), listed(&options)?);
        let all = self.properties.entry(Kind::Ticket).or_default();
        let property = all.iter_mut().find(|it| it.name == name).ok_or_else(refusal::not_found)?;
        if property.built_in {
            return Err(refusal::invalid("The definition of a HubSpot property is read-only"));
        }
        match &mut property.takes {
            Type::One(there) | Type::Several(there) => *there = options,
            _ => return Err(refusal::invalid("Options are for enumerations alone")),
        }
        Ok(Answer::json(200, property.to_json(Kind::Ticket, now)))
    }
}

/// [Naming](https://developers.hubspot.com/docs/api/crm/properties#create-a-property).
fn is_internal_name(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
}

/// [Types and what shows them](https://developers.hubspot.com/docs/api/crm/properties#property-type-and-fieldtype-values).
fn takes(new: &New) -> Result<Type, Answer> {
    let of_users = (new.external_options, new.referenced_object_type.as_deref()) == (true, Some("OWNER"));
    match (new.kind.as_str(), new.field_type.as_str()) {
        ("string", "text" | "textarea") => Ok(Type::Text),
        ("number", "number") => Ok(Type::Number),
        ("datetime", "date") => Ok(Type::DateTime),
        ("enumeration", "select") if of_users && new.options.is_empty() => Ok(Type::Owner),
        ("enumeration", _) if new.options.is_empty() => Err(refusal::invalid("An enumeration needs options")),
        ("enumeration", "select" | "radio") => Ok(Type::One(listed(&new.options)?)),
        ("enumeration", "checkbox") => Ok(Type::Several(listed(&new.options)?)),
        (kind, field) => Err(refusal::invalid(&format!("{field} is no fieldType of {kind}"))),
    }
}

/// Options in the order that people see. No two may have the same value, or the same label.
fn listed(options: &[Offered]) -> Result<Vec<(String, String)>, Answer> {
    let different =
        |text: fn(&Offered) -> &str| options.iter().map(text).collect::<BTreeSet<_>>().len() == options.len();
    if !different(|it| &it.value) || !different(|it| &it.label) {
        return Err(refusal::invalid("Property options must have unique values and labels"));
    }
    let mut ordered: Vec<&Offered> = options.iter().collect();
    ordered.sort_by_key(|it| it.display_order.filter(|it| *it >= 0).unwrap_or(i64::MAX));
    Ok(ordered.into_iter().map(|it| (it.value.clone(), it.label.clone())).collect())
}

impl super::HubSpot {
    /// The options of a ticket property as people see them: value and label.
    pub fn options(&self, property: &str) -> Vec<(String, String)> {
        match self.lock().property(Kind::Ticket, property).map(|it| it.takes.clone()) {
            Some(Type::One(options) | Type::Several(options)) => options,
            _ => Vec::new(),
        }
    }

    /// A ticket property as HubSpot's API shows it.
    pub fn property(&self, name: &str) -> Option<Value> {
        let portal = self.lock();
        portal.property(Kind::Ticket, name).map(|it| it.to_json(Kind::Ticket, portal.made))
    }
}
