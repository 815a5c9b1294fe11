//! One OpenAPI 3.0 document: which operation a call is, and its schemas as JSON Schema.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::deviations::Deviation;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A document, its paths taken apart; schemas are compiled when first needed.
pub struct Document {
    root: Value,
    paths: Vec<(Vec<Part>, Value)>,
    compiled: Mutex<BTreeMap<String, Arc<Validator>>>,
}

enum Part {
    Literal(String),
    Parameter,
}

/// One path and method of a document.
pub struct Operation<'a> {
    document: &'a Document,
    value: &'a Value,
    parameters_in_path: usize,
}

impl Document {
    /// Takes a document apart, loosened where `deviations` say so.
    pub fn new(mut root: Value, deviations: &[Deviation]) -> Self {
        let mut paths = Vec::new();
        if let Some(Value::Object(found)) = root.get_mut("paths").map(Value::take) {
            for (path, operations) in found {
                paths.push((path.split('/').map(Part::new).collect(), operations));
            }
        }
        if let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") {
            schemas.values_mut().for_each(translate);
            for deviation in deviations {
                if let Some(schema) = schemas.get_mut(deviation.schema) {
                    deviation.apply(schema);
                }
            }
        }
        Self { root, paths, compiled: Mutex::default() }
    }

    /// The operation a call is, where this document has it; a literal part wins over a parameter.
    pub fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = METHODS.into_iter().find(|it| it.eq_ignore_ascii_case(method))?;
        let parts: Vec<&str> = path.split('/').collect();
        let fitting = self.paths.iter().filter(|(template, _)| fits(template, &parts));
        fitting
            .filter_map(|(template, operations)| {
                let parameters_in_path = template.iter().filter(|it| matches!(it, Part::Parameter)).count();
                Some(Operation { document: self, value: operations.get(method)?, parameters_in_path })
            })
            .min_by_key(Operation::parameters_in_path)
    }

    fn wrong(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.validator(schema);
        validator.iter_errors(value).map(|it| format!("{} at `{}`", it.masked(), it.instance_path())).collect()
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = compiled.entry(schema.to_string()).or_insert_with(|| {
            let mut whole = schema.clone();
            translate(&mut whole);
            whole["components"] = self.root["components"].clone();
            let options = jsonschema::options().with_draft(Draft::Draft4).should_validate_formats(true);
            Arc::new(options.build(&whole).expect("the schemas of an official document compile"))
        });
        Arc::clone(entry)
    }
}

impl Part {
    fn new(text: &str) -> Self {
        match text.starts_with('{') {
            true => Self::Parameter,
            false => Self::Literal(text.to_owned()),
        }
    }
}

fn fits(template: &[Part], parts: &[&str]) -> bool {
    template.len() == parts.len()
        && template.iter().zip(parts).all(|(template, part)| match template {
            Part::Literal(literal) => literal == part,
            Part::Parameter => !part.is_empty(),
        })
}

impl Operation<'_> {
    /// How many parts of its path are parameters: the fewer, the closer the document.
    pub fn parameters_in_path(&self) -> usize {
        self.parameters_in_path
    }

    /// Parameters the document does not know, values of a wrong type, and required ones not sent.
    pub fn wrong_with_query(&self, query: &[(String, String)]) -> Vec<String> {
        let no_parameters = Vec::new();
        let parameters = self.value["parameters"].as_array().unwrap_or(&no_parameters);
        let known: Vec<&Value> = parameters.iter().filter(|it| it["in"] == "query").collect();
        let mut found = Vec::new();
        for (name, value) in query {
            match known.iter().find(|it| it["name"] == name.as_str()) {
                None => found.push(format!("unknown query parameter `{name}`")),
                Some(parameter) => {
                    let wrong = self.document.wrong(&parameter["schema"], &typed(&parameter["schema"], value));
                    found.extend(wrong.into_iter().map(|it| format!("query parameter `{name}`: {it}")));
                }
            }
        }
        for parameter in known.iter().filter(|it| it["required"] == true) {
            if !query.iter().any(|(name, _)| parameter["name"] == name.as_str()) {
                found.push(format!("query parameter {} is missing", parameter["name"]));
            }
        }
        found
    }

    /// What the document holds against a request's body.
    pub fn wrong_with_request(&self, body: &Value) -> Vec<String> {
        let request = &self.value["requestBody"];
        match (request.is_null(), body.is_null()) {
            (true, true) => Vec::new(),
            (true, false) => vec!["a body where the document has none".to_owned()],
            (false, true) if request["required"] == true => vec!["the body is missing".to_owned()],
            (false, true) => Vec::new(),
            (false, false) => {
                let wrong = self.document.wrong(&request["content"]["application/json"]["schema"], body);
                wrong.into_iter().map(|it| format!("request: {it}")).collect()
            }
        }
    }

    /// What the document holds against an answer.
    pub fn wrong_with_response(&self, status: u16, body: &Value) -> Vec<String> {
        let responses = &self.value["responses"];
        let response = match responses.get(status.to_string()) {
            // Slack says no with status 200.
            Some(_) if body["ok"] == false => &responses["default"],
            Some(exact) => exact,
            None if status >= 400 => &responses["default"],
            None => return vec![format!("the document has no status {status}")],
        };
        let response = match response["$ref"].as_str() {
            Some(pointer) => self.document.root.pointer(pointer.trim_start_matches('#')).unwrap_or(response),
            None => response,
        };
        let schema = ["application/json", "*/*"].iter().find_map(|it| response["content"].get(it)?.get("schema"));
        match (schema, body) {
            (None, Value::Null) => Vec::new(),
            (None, _) => vec![format!("a body with status {status}")],
            (Some(schema), body) => {
                let wrong = self.document.wrong(schema, body);
                wrong.into_iter().map(|it| format!("answer {status}: {it}")).collect()
            }
        }
    }
}

/// A query's text as the JSON its schema speaks of.
fn typed(schema: &Value, text: &str) -> Value {
    match schema["type"].as_str() {
        Some("array") => json!([typed(&schema["items"], text)]),
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
        _ => text.into(),
    }
}

/// OpenAPI 3.0 in the words of JSON Schema draft 4: `nullable` becomes a type, and an object that
/// lists its fields has no others.
fn translate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(object) => {
            object.remove("example");
            object.values_mut().for_each(translate);
            if object.remove("nullable") == Some(json!(true)) {
                if let Some(kind) = object.get_mut("type") {
                    *kind = json!([kind.take(), "null"]);
                }
                if let Some(Value::Array(values)) = object.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
            let lists_fields = object.get("properties").and_then(Value::as_object).is_some_and(|it| !it.is_empty());
            let composed = ["oneOf", "anyOf", "allOf"].iter().any(|it| object.contains_key(*it));
            if lists_fields && !composed && object.get("type") == Some(&json!("object")) {
                object.entry("additionalProperties").or_insert(json!(false));
            }
        }
        _ => {}
    }
}
