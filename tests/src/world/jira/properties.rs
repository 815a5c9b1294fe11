//! Entity properties: what machines keep with an issue or a comment.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::site::Site;
use super::{Actor, Happening, Permission, refusal};
use crate::world::call::{Answer, Call};

/// Characters of a property's key.
const LONGEST_KEY: usize = 255;

/// Characters of a property's value.
const LONGEST: usize = 32_768;

impl Site {
    pub(super) fn get_property(&self, issue: &str, key: &str) -> Result<Answer, Answer> {
        let sentence = format!("The property '{key}' does not exist.");
        let value = self.seen(issue)?.properties.get(key).ok_or_else(|| refusal::say(404, &sentence))?;
        Ok(Answer::json(200, json!({ "key": key, "value": value })))
    }

    pub(super) fn set_property(&mut self, issue: &str, key: &str, call: &Call) -> Result<Answer, Answer> {
        let id = self.written(issue)?;
        self.require(Permission::Edit, "You do not have permission to edit issues in this project.")?;
        let value = serde_json::from_slice(&call.body).map_err(|_| refusal::unreadable())?;
        check(key, &value)?;
        let is_new = !self.seen(issue)?.properties.contains_key(key);
        self.change(id, Actor::App, Happening::PropertySet(key.to_owned()), |it| {
            it.properties.insert(key.to_owned(), value);
        });
        Ok(Answer::empty(if is_new { 201 } else { 200 }))
    }
}

/// The properties of a body: `[{"key": …, "value": …}]`.
pub fn of_body(list: Option<&Value>) -> Result<BTreeMap<String, Value>, Answer> {
    let list = match list {
        None | Some(Value::Null) => return Ok(BTreeMap::new()),
        Some(list) => list.as_array().ok_or_else(refusal::unreadable)?,
    };
    let mut properties = BTreeMap::new();
    for property in list {
        let key = property["key"].as_str().unwrap_or_default();
        check(key, &property["value"])?;
        properties.insert(key.to_owned(), property["value"].clone());
    }
    Ok(properties)
}

fn check(key: &str, value: &Value) -> Result<(), Answer> {
    if key.is_empty() || key.chars().count() > LONGEST_KEY {
        return Err(refusal::say(400, "The property key has to be between 1 and 255 characters long."));
    }
    match value.is_null() || value.to_string().chars().count() > LONGEST {
        true => Err(refusal::say(400, "The property value has to be a valid JSON of at most 32768 characters.")),
        false => Ok(()),
    }
}
