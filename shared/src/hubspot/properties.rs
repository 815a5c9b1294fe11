//! Ticket properties as such: which there are, and new ones.
//! [Properties API](https://developers.hubspot.com/docs/api/crm/properties).

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{HubSpot, wire};
use crate::http::Fault;
use crate::properties::{Property, Takes, option_label};
use crate::views::Choice;

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
    /// Its options as HubSpot wrote them: they are sent again. Null where they stand elsewhere.
    #[serde(default)]
    pub options: Value,
    /// Whether its options stand elsewhere, as those of a user do.
    #[serde(default, deserialize_with = "wire::flag")]
    pub external_options: bool,
    /// Whether HubSpot computes it.
    #[serde(default, deserialize_with = "wire::flag")]
    pub calculated: bool,
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

/// An option as HubSpot takes it.
fn offered(choice: &Choice, order: i64) -> Value {
    json!({ "value": choice.value, "label": option_label(choice), "displayOrder": order, "hidden": false })
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

    /// Which of ours its options lack; `None` where one of its own does not read, so that nothing can be added
    /// beside it.
    pub fn lacks<'a>(&self, ours: &'a [Choice]) -> Option<Vec<&'a Choice>> {
        let there: Vec<&str> = match &self.options {
            Value::Null => Vec::new(),
            options => options.as_array()?.iter().map(|it| it["value"].as_str()).collect::<Option<_>>()?,
        };
        Some(ours.iter().filter(|it| !there.contains(&it.value)).collect())
    }

    /// Its options as they are, and these after them. HubSpot takes nothing that is null, and no option without a
    /// label and without saying whether it is hidden.
    pub fn with_options(&self, new: &[&Choice]) -> Vec<Value> {
        let there = self.options.as_array().cloned().unwrap_or_default();
        let last = there.iter().filter_map(|it| it["displayOrder"].as_i64()).max().unwrap_or(-1);
        let next = (last + 1).max(i64::try_from(there.len()).unwrap_or(i64::MAX));
        let new = new.iter().zip(next..).map(|(it, order)| offered(it, order));
        there.into_iter().map(whole).chain(new).collect()
    }
}

/// An option that HubSpot told, as it takes it.
fn whole(mut option: Value) -> Value {
    if let Some(members) = option.as_object_mut() {
        members.retain(|_, it| !it.is_null());
        let label = members.get("value").cloned();
        members.entry("label").or_insert(label.unwrap_or_default());
        members.entry("hidden").or_insert(false.into());
    }
    option
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

    /// A ticket property, as it is now.
    ///
    /// # Errors
    /// HubSpot refuses, as with 404 where there is none of that name, or cannot be reached.
    pub async fn ticket_property(&self, name: &str) -> Result<Defined, Fault> {
        self.call(self.request(Method::GET, &format!("{TICKETS}/{name}"))).await?.read()
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
        let options: Vec<_> = property.takes.options().iter().zip(0..).map(|(it, order)| offered(it, order)).collect();
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

    /// Gives a ticket property these options, and no others. Sent once: what a person adds before it was sent again
    /// would be taken away.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn set_property_options(&self, property: &str, options: &[Value]) -> Result<(), Fault> {
        let request = self.request(Method::PATCH, &format!("{TICKETS}/{property}"));
        self.once(request.json(&json!({ "options": options }))).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn defined(kind: &str, field_type: &str) -> Defined {
        let (kind, field_type) = (kind.to_owned(), field_type.to_owned());
        let options = Value::Null;
        Defined { name: "p".to_owned(), kind, field_type, options, external_options: false, calculated: false }
    }

    const OURS: [Choice; 2] = [Choice { value: "a", label: "A" }, Choice { value: "b", label: "B" }];

    #[test]
    fn options_are_sent_again_as_they_were_read_and_as_hubspot_takes_them() {
        let there = json!([
            { "value": "a", "label": null, "displayOrder": 4, "hidden": true },
            { "value": "c", "label": "C", "displayOrder": null, "readOnly": false },
        ]);
        let property: Defined = serde_json::from_value(
            json!({ "name": "p", "options": there, "externalOptions": null, "calculated": null }),
        )
        .unwrap();
        let lacking = property.lacks(&OURS).unwrap();
        assert_eq!(lacking, [&OURS[1]]);
        let sent = property.with_options(&lacking);
        let whole = json!([
            { "value": "a", "label": "a", "displayOrder": 4, "hidden": true },
            { "value": "c", "label": "C", "readOnly": false, "hidden": false },
        ]);
        assert_eq!(sent[..2], whole.as_array().unwrap()[..]);
        assert_eq!((sent.len(), &sent[2]["value"], &sent[2]["displayOrder"]), (3, &json!("b"), &json!(5)));
    }

    #[test]
    fn nothing_is_added_beside_an_option_that_does_not_read() {
        for options in [json!([{ "value": 7, "label": "Seven" }]), json!(["a"]), json!({ "a": "A" })] {
            let property = Defined { options, ..defined("enumeration", "select") };
            assert_eq!(property.lacks(&OURS), None, "{property:?}");
        }
        assert_eq!(defined("enumeration", "select").lacks(&OURS).map(|it| it.len()), Some(2));
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
