//! The properties of the escalation procedure, as an administrator has them in the account.

use escalation::policy::{Policy, Properties as Names};
use escalation::properties::{self, Takes, option_label};
use escalation::views::Choice;

use super::HubSpot;
use super::id::Kind;
use super::schema::{Property, Type};

impl HubSpot {
    /// An administrator makes those that are not there yet, by the names of a policy.
    pub fn provide(&self, names: &Names) {
        let lacks = |it: &Property| self.lock().property(Kind::Ticket, &it.name).is_none();
        by(names).into_iter().filter(lacks).for_each(|it| self.define(it));
    }
}

/// The whole group, by the names of the shipped policy.
pub fn properties() -> Vec<Property> {
    by(&Policy::shipped().properties)
}

fn by(names: &Names) -> Vec<Property> {
    let ours = properties::properties(names);
    let custom = |it: &properties::Property| Property::custom(&it.name, it.label, takes(&it.takes));
    ours.iter().map(custom).collect()
}

fn takes(ours: &Takes) -> Type {
    match ours {
        Takes::Text => Type::Text,
        Takes::Number => Type::Number,
        Takes::DateTime => Type::DateTime,
        Takes::User => Type::Owner,
        Takes::One(options) => Type::One(pairs(options)),
        Takes::Several(options) => Type::Several(pairs(options)),
    }
}

fn pairs(options: &[Choice]) -> Vec<(String, String)> {
    options.iter().map(|it| (it.value.to_owned(), option_label(it))).collect()
}
