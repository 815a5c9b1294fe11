//! What HubSpot must know of an action, derived from its Rust types.

use anyhow::{Context, bail};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::action::Action;

/// The definition as HubSpot's API takes it: `PublicActionDefinitionEgg` of the
/// [custom actions API, v4](https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/custom-action-reference).
pub fn v4<A: Action>(base_url: &str) -> anyhow::Result<Value> {
    let (inputs, outputs) = fields::<A>()?;
    Ok(json!({
        "actionUrl": action_url::<A>(base_url),
        "published": true,
        "objectTypes": ["TICKET"],
        "inputFields": inputs.iter().map(Field::input).collect::<Vec<_>>(),
        "outputFields": outputs.iter().map(Field::api_output).collect::<Vec<_>>(),
        "executionRules": execution_rules(),
        "labels": {"en": labels::<A>(&inputs, &outputs)},
        "functions": [],
    }))
}

/// The definition as a developer project has it, the file `<name>-hsmeta.json`; as in the templates
/// of <https://github.com/HubSpot/hubspot-project-components>, platform version 2025.2.
pub fn hsmeta<A: Action>(base_url: &str) -> anyhow::Result<Value> {
    let (inputs, outputs) = fields::<A>()?;
    Ok(json!({
        "uid": A::NAME.replace('-', "_"),
        "type": "workflow-action",
        "config": {
            "actionUrl": action_url::<A>(base_url),
            "isPublished": true,
            "supportedClients": [{"client": "WORKFLOWS"}],
            "objectTypes": ["TICKET"],
            "inputFields": inputs.iter().map(Field::input).collect::<Vec<_>>(),
            "outputFields": outputs.iter().map(Field::project_output).collect::<Vec<_>>(),
            "objectRequestOptions": {"properties": []},
            "executionRules": execution_rules(),
            "labels": {"en": labels::<A>(&inputs, &outputs)},
        },
    }))
}

fn action_url<A: Action>(base_url: &str) -> String {
    format!("{}/hubspot/actions/{}", base_url.trim_end_matches('/'), A::NAME)
}

/// Shows the reason of a failure in the workflow's history, which without a rule says only that
/// the action failed.
fn execution_rules() -> Value {
    json!([{"labelName": "failed", "conditions": {"hs_execution_state": "FAIL_CONTINUE"}}])
}

fn labels<A: Action>(inputs: &[Field], outputs: &[Field]) -> Value {
    let by_name = |fields: &[Field], text: fn(&Field) -> Value| -> Map<String, Value> {
        fields.iter().map(|it| (it.name.clone(), text(it))).filter(|(_, text)| !text.is_null()).collect()
    };
    json!({
        "actionName": A::LABEL,
        "actionDescription": A::DESCRIPTION,
        "actionCardContent": A::CARD,
        "inputFieldLabels": by_name(inputs, |it| json!(it.label)),
        "inputFieldDescriptions": by_name(inputs, |it| json!(it.description)),
        "inputFieldOptionLabels": by_name(inputs, Field::option_labels),
        "outputFieldLabels": by_name(outputs, |it| json!(it.label)),
        "executionRules": {"failed": "{{ message }}"},
    })
}

fn fields<A: Action>() -> anyhow::Result<(Vec<Field>, Vec<Field>)> {
    let settings = SchemaSettings::draft2020_12().with(|it| it.inline_subschemas = true);
    let inputs = settings.clone().for_deserialize().into_generator().into_root_schema_for::<A::Inputs>();
    let outputs = settings.for_serialize().into_generator().into_root_schema_for::<A::Outputs>();
    Ok((
        Field::all(inputs.as_value()).with_context(|| format!("inputs of {}", A::NAME))?,
        Field::all(outputs.as_value()).with_context(|| format!("outputs of {}", A::NAME))?,
    ))
}

/// An input or an output.
struct Field {
    name: String,
    label: String,
    description: Option<String>,
    kind: Kind,
    is_required: bool,
}

enum Kind {
    Bool,
    Number,
    Text,
    Enumeration(Vec<Choice>),
}

struct Choice {
    value: String,
    label: String,
    description: String,
}

impl Field {
    fn all(schema: &Value) -> anyhow::Result<Vec<Self>> {
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let required = schema.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let field = |(name, schema): (&String, &Value)| {
            Ok(Self {
                name: name.clone(),
                label: text(schema, "title").unwrap_or_else(|| humanised(name)),
                description: text(schema, "description"),
                kind: Kind::of(schema).with_context(|| format!("field `{name}`"))?,
                is_required: required.iter().any(|it| it == name),
            })
        };
        properties.iter().map(field).collect()
    }

    fn input(&self) -> Value {
        let (kind, field) = self.kind.names();
        json!({
            "typeDefinition": {"name": self.name, "type": kind, "fieldType": field, "options": self.options()},
            "supportedValueTypes": ["STATIC_VALUE", "OBJECT_PROPERTY"],
            "isRequired": self.is_required,
        })
    }

    fn project_output(&self) -> Value {
        let (kind, field) = self.kind.names();
        json!({"typeDefinition": {"name": self.name, "type": kind, "fieldType": field, "options": self.options()}})
    }

    /// HubSpot's specification requires more of an output here than its documentation tells.
    fn api_output(&self) -> Value {
        let (kind, field) = self.kind.names();
        let mut options = self.options();
        for option in &mut options {
            option["hidden"] = false.into();
            option["readOnly"] = true.into();
            option["doubleData"] = 0.into();
        }
        json!({"typeDefinition": {
            "name": self.name,
            "type": kind,
            "fieldType": field,
            "options": options,
            "externalOptions": false,
            "schema": {"type": self.kind.schema()},
            "useChirp": false,
        }})
    }

    fn options(&self) -> Vec<Value> {
        let option = |(order, it): (usize, &Choice)| json!({"value": it.value, "label": it.label, "description": it.description, "displayOrder": order});
        self.kind.choices().iter().enumerate().map(option).collect()
    }

    fn option_labels(&self) -> Value {
        match self.kind.choices() {
            [] => Value::Null,
            choices => choices.iter().map(|it| (it.value.clone(), it.label.clone())).collect(),
        }
    }
}

impl Kind {
    fn of(schema: &Value) -> anyhow::Result<Self> {
        let choices = Choice::all(schema);
        if !choices.is_empty() {
            return Ok(Self::Enumeration(choices));
        }
        let types = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => Vec::from_iter(one.as_str()),
        };
        match types.into_iter().find(|it| *it != "null") {
            Some("boolean") => Ok(Self::Bool),
            Some("integer" | "number") => Ok(Self::Number),
            Some("string") => Ok(Self::Text),
            // `Option` of a type that is not a plain one.
            None => match schema["anyOf"].as_array().and_then(|it| it.iter().find(|it| it["type"] != "null")) {
                Some(inner) => Self::of(inner),
                None => bail!("has no type that HubSpot knows"),
            },
            Some(other) => bail!("is of type {other}, which HubSpot does not know"),
        }
    }

    fn choices(&self) -> &[Choice] {
        match self {
            Self::Enumeration(choices) => choices,
            _ => &[],
        }
    }

    /// HubSpot's names of the type and of the field that shows it.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Bool => ("bool", "booleancheckbox"),
            Self::Number => ("number", "number"),
            Self::Text => ("string", "text"),
            Self::Enumeration(_) => ("enumeration", "select"),
        }
    }

    fn schema(&self) -> &'static str {
        match self {
            Self::Bool => "BOOLEAN",
            Self::Number => "DOUBLE",
            Self::Text | Self::Enumeration(_) => "STRING",
        }
    }
}

impl Choice {
    /// A unit enum's variants: those with a comment of their own come one by one, others together.
    fn all(schema: &Value) -> Vec<Self> {
        let choice = |value: &str| Self {
            value: value.to_owned(),
            label: text(schema, "title").unwrap_or_else(|| humanised(value)),
            description: text(schema, "description").unwrap_or_default(),
        };
        let plain = |value: &str| Self { label: humanised(value), description: String::new(), ..choice(value) };
        let list = |name: &str| schema[name].as_array().into_iter().flatten();
        if let Some(value) = schema["const"].as_str() {
            return vec![choice(value)];
        }
        let together = list("enum").filter_map(Value::as_str).map(plain);
        together.chain(list("oneOf").flat_map(Self::all)).collect()
    }
}

fn text(schema: &Value, name: &str) -> Option<String> {
    let text = schema.get(name)?.as_str()?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `not_escalated` reads "Not escalated".
fn humanised(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut letters = words.chars();
    letters.next().map(|it| it.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}
