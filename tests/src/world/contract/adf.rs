//! Atlassian's own schema of its documents, and what it holds against those in a request.

use jsonschema::{Draft, Validator};
use serde_json::Value;

/// The schema, compiled.
pub struct DocumentSchema(Validator);

impl DocumentSchema {
    /// `None` where the file is another schema, or none.
    pub fn of(file: &Value) -> Option<Self> {
        if file["$ref"] != "#/definitions/doc_node" {
            return None;
        }
        let options = jsonschema::options().with_draft(Draft::Draft4);
        Some(Self(options.build(file).expect("the official schema compiles")))
    }

    /// Whether a document keeps it.
    pub fn takes(&self, document: &Value) -> bool {
        self.0.is_valid(document)
    }

    /// What is wrong with the documents anywhere in a request.
    pub fn wrong_with(&self, request: &Value) -> Vec<String> {
        let mut found = Vec::new();
        self.look(request, "", &mut found);
        found
    }

    fn look(&self, value: &Value, place: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(object) if object.get("type") == Some(&"doc".into()) => {
                let wrong = self.0.iter_errors(value);
                found
                    .extend(wrong.map(|it| format!("document `{place}`: {} at `{}`", it.masked(), it.instance_path())));
            }
            Value::Object(object) => {
                object.iter().for_each(|(name, it)| self.look(it, &format!("{place}/{name}"), found));
            }
            Value::Array(items) => {
                (0..).zip(items).for_each(|(index, it): (usize, _)| self.look(it, &format!("{place}/{index}"), found));
            }
            _ => {}
        }
    }
}
