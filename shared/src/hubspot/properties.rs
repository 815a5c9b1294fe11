//! Ticket properties as such: which there are, and new ones.
//! [Properties API](https://developers.hubspot.com/docs/api/crm/properties).

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{HubSpot, wire};
use crate::http::Fault;
use crate::properties::{Property, Takes, option_label};

/// A ticket property as the account has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Defined {
    /// Its internal name.
    pub name: String,
    /// Its type, such as `enumeration`.
    #[serde(default, rename = "type", deserialize_with = "wire::text")]
    pub kind: String,
    /// How it is shown, such as `select`.
    #[serde(default, deserialize_with = "wire::text")]
    pub field_type: String,
    /// Its options, in order; none where they stand elsewhere.
    #[serde(default, deserialize_with = "wire::list")]
    pub options: Vec<DefinedOption>,
    /// Whether its options stand elsewhere, as those of a user do.
    #[serde(default)]
    pub external_options: bool,
    /// Whether HubSpot computes it.
    #[serde(default)]
    pub calculated: bool,
}

/// An option of a property as the account has it. What is read is sent again as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DefinedOption {
    /// What people read.
    pub label: String,
    /// What is stored.
    pub value: String,
    /// Whether people are not offered it.
    #[serde(default)]
    pub hidden: bool,
    /// Its place; -1 after all others.
    #[serde(default)]
    pub display_order: i64,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

const TICKETS: &str = "crm/v3/properties/tickets";

/// Under which ids of ours HubSpot knows types, and how it shows them.
/// [Types and field types](https://developers.hubspot.com/docs/api/crm/properties#property-type-and-fieldtype-values).
fn types(takes: &Takes) -> (&'static str, &'static str) {
    match takes {
        Takes::Text => ("string", "text"),
        Takes::Number => ("number", "number"),
        Takes::DateTime => ("datetime", "date"),
        Takes::One(_) | Takes::User => ("enumeration", "select"),
        Takes::Several(_) => ("enumeration", "checkbox"),
    }
}

impl Defined {
    /// Whether it takes what ours takes. A text may be shown with several lines, a choice as radio buttons.
    pub fn takes(&self, ours: &Takes) -> bool {
        let (kind, field) = types(ours);
        let is_kind = self.kind == kind && !self.calculated;
        is_kind
            && match ours {
                Takes::Text | Takes::Number | Takes::DateTime => true,
                Takes::User => self.external_options,
                Takes::One(_) => !self.external_options && ["select", "radio"].contains(&&*self.field_type),
                Takes::Several(_) => !self.external_options && self.field_type == field,
            }
    }
}

impl HubSpot {
    /// All ticket properties, HubSpot's own too.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn ticket_properties(&self) -> Result<Vec<Defined>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<wire::Lenient<Defined>>,
        }
        let page: Page = self.call(self.request(Method::GET, TICKETS)).await?.read()?;
        Ok(page.results.into_iter().filter_map(wire::Lenient::read).collect())
    }

    /// The internal names of the groups that ticket properties stand in.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn property_groups(&self) -> Result<Vec<String>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<Group>,
        }
        #[derive(Deserialize)]
        struct Group {
            name: String,
        }
        let page: Page = self.call(self.request(Method::GET, &format!("{TICKETS}/groups"))).await?.read()?;
        Ok(page.results.into_iter().map(|it| it.name).collect())
    }

    /// A new group for ticket properties.
    ///
    /// # Errors
    /// HubSpot refuses, as with 409 where there is one of that name, or cannot be reached.
    pub async fn create_property_group(&self, name: &str, label: &str) -> Result<(), Fault> {
        let request = self.request(Method::POST, &format!("{TICKETS}/groups"));
        self.call(request.json(&json!({ "name": name, "label": label, "displayOrder": -1 }))).await.map(drop)
    }

    /// A new ticket property in this group.
    ///
    /// # Errors
    /// HubSpot refuses, as with 409 where the name is taken, or cannot be reached.
    pub async fn create_property(&self, property: &Property, group: &str) -> Result<(), Fault> {
        let (kind, field) = types(&property.takes);
        let option = |(order, it): (usize, &crate::views::Choice)| json!({ "value": it.value, "label": option_label(it), "displayOrder": order, "hidden": false });
        let options: Vec<_> = property.takes.options().iter().enumerate().map(option).collect();
        let mut body = json!({
            "name": property.name, "label": property.label, "description": property.description,
            "type": kind, "fieldType": field, "groupName": group, "formField": false,
        });
        if matches!(property.takes, Takes::User) {
            body["externalOptions"] = true.into();
            body["referencedObjectType"] = "OWNER".into();
        }
        if !options.is_empty() {
            body["options"] = options.into();
        }
        self.call(self.request(Method::POST, TICKETS).json(&body)).await.map(drop)
    }

    /// Gives a ticket property these options, and no others.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn set_property_options(&self, property: &str, options: &[DefinedOption]) -> Result<(), Fault> {
        let request = self.request(Method::PATCH, &format!("{TICKETS}/{property}"));
        self.call(request.json(&json!({ "options": options }))).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::Choice;

    fn defined(kind: &str, field_type: &str) -> Defined {
        let (kind, field_type) = (kind.to_owned(), field_type.to_owned());
        Defined { name: "p".to_owned(), kind, field_type, options: vec![], external_options: false, calculated: false }
    }

    #[test]
    fn a_property_may_be_shown_otherwise_and_not_take_something_else() {
        let choice = || vec![Choice { value: "a", label: "A" }];
        for (kind, field, takes, expected) in [
            ("string", "textarea", Takes::Text, true),
            ("number", "number", Takes::Text, false),
            ("datetime", "date", Takes::DateTime, true),
            ("date", "date", Takes::DateTime, false),
            ("enumeration", "radio", Takes::One(choice()), true),
            ("enumeration", "checkbox", Takes::One(choice()), false),
            ("enumeration", "checkbox", Takes::Several(choice()), true),
            ("enumeration", "select", Takes::Several(choice()), false),
            ("enumeration", "select", Takes::User, false),
            ("bool", "booleancheckbox", Takes::One(choice()), false),
        ] {
            assert_eq!(defined(kind, field).takes(&takes), expected, "{kind} {field} {takes:?}");
        }
        let of_users = Defined { external_options: true, ..defined("enumeration", "select") };
        assert!(of_users.takes(&Takes::User) && !of_users.takes(&Takes::One(choice())));
        assert!(!Defined { calculated: true, ..defined("number", "calculation_equation") }.takes(&Takes::Number));
    }
}
