//! A Swagger 2.0 document in the words of OpenAPI 3.0.
//!
//! Bodies and answers get a name, `chat.update.request` or `chat.update.200`, by which a deviation
//! can speak of them.

use serde_json::{Map, Value, json};

use super::deviations::Argument;

/// The document upgraded, with the arguments that it is too old to know.
pub fn upgraded(mut root: Value, newer: &[Argument]) -> Value {
    let base = root["basePath"].as_str().unwrap_or_default().trim_end_matches('/').to_owned();
    let mut schemas = taken(&mut root["definitions"]);
    let mut paths = Map::new();
    for (path, operations) in taken(&mut root["paths"]) {
        let name = path.trim_start_matches('/').to_owned();
        let mut upgraded = Map::new();
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let newer = newer.iter().filter(|it| it.operation == name);
            upgraded.insert(method.clone(), operation_of(&name, operation, newer, &mut schemas));
        }
        paths.insert(format!("{base}{path}"), upgraded.into());
    }
    let mut upgraded = json!({ "openapi": "3.0.0", "paths": paths, "components": { "schemas": schemas } });
    point_to_components(&mut upgraded);
    upgraded
}

fn operation_of<'a>(
    name: &str,
    old: &Value,
    newer: impl Iterator<Item = &'a Argument>,
    schemas: &mut Map<String, Value>,
) -> Value {
    let parameters = old["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut query: Vec<Value> = parameters.iter().filter(|it| it["in"] == "query").map(parameter).collect();
    query.extend(newer.map(|it| json!({ "name": it.name, "in": "query", "schema": { "type": it.kind } })));
    let mut operation = json!({ "parameters": query, "responses": {} });
    let form: Vec<&Value> = parameters.iter().filter(|it| it["in"] == "formData").collect();
    if !form.is_empty() {
        operation["requestBody"] = named(&format!("{name}.request"), body(&form), schemas);
        operation["requestBody"]["required"] = true.into();
    }
    for (status, response) in old["responses"].as_object().into_iter().flatten() {
        let schema = response["schema"].clone();
        operation["responses"][status] = named(&format!("{name}.{status}"), schema, schemas);
    }
    operation
}

fn parameter(old: &Value) -> Value {
    let schema = json!({ "type": old["type"] });
    json!({ "name": old["name"], "in": "query", "required": old["required"] == true, "schema": schema })
}

/// The fields of a form, which JSON has too.
fn body(form: &[&Value]) -> Value {
    let name = |it: &&Value| it["name"].as_str().unwrap_or_default().to_owned();
    let required: Vec<String> = form.iter().filter(|it| it["required"] == true).map(name).collect();
    let fields: Map<String, Value> = form.iter().map(|it| (name(it), json!({ "type": it["type"] }))).collect();
    let mut schema = json!({ "type": "object", "properties": fields });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// Files a schema under a name and points to it.
fn named(name: &str, schema: Value, schemas: &mut Map<String, Value>) -> Value {
    schemas.insert(name.to_owned(), schema);
    let pointer = format!("#/components/schemas/{name}");
    json!({ "content": { "application/json": { "schema": { "$ref": pointer } } } })
}

fn point_to_components(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(point_to_components),
        Value::Object(object) => {
            if let Some(Value::String(pointer)) = object.get_mut("$ref") {
                *pointer = pointer.replace("#/definitions/", "#/components/schemas/");
            }
            object.values_mut().for_each(point_to_components);
        }
        _ => {}
    }
}

fn taken(value: &mut Value) -> Map<String, Value> {
    match value.take() {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
