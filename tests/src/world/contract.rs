//! Holds every exchange against the vendor's own OpenAPI documents, where the environment variable
//! `OPENAPI_SPECS` names a directory that has them (`<vendor>/*.json`).
//!
//! Requests are held to the letter. Answers are a stand-in's own, so they may not invent a field
//! either; where a document is known to be stricter than the vendor, [`deviations`] says so.

mod adf;
mod deviations;
mod document;
mod jira;
mod swagger;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Context;
use serde_json::Value;

use super::journal::Exchange;
use adf::DocumentSchema;
use document::{Document, Operation};

/// The documents of every vendor found.
pub struct Contract {
    vendors: BTreeMap<String, Vendor>,
}

#[derive(Default)]
struct Vendor {
    documents: Vec<Document>,
    /// What the vendor's rich texts are, where it has a schema of them.
    texts: Option<DocumentSchema>,
}

impl Contract {
    /// The contract of this process; reads the documents once. `None` where they are not named.
    pub fn of_process() -> Option<&'static Self> {
        static CONTRACT: OnceLock<Option<Contract>> = OnceLock::new();
        CONTRACT.get_or_init(Self::from_env).as_ref()
    }

    #[expect(clippy::disallowed_methods, reason = "a from_env reads the environment")]
    fn from_env() -> Option<Self> {
        let directory = std::env::var_os("OPENAPI_SPECS")?;
        Some(Self::read(Path::new(&directory)).unwrap_or_else(|error| panic!("OPENAPI_SPECS: {error:#}")))
    }

    /// Reads `<vendor>/*.json` below a directory.
    pub fn read(directory: &Path) -> anyhow::Result<Self> {
        let mut vendors = BTreeMap::new();
        for folder in entries(directory)?.into_iter().filter(|it| it.is_dir()) {
            let vendor = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut found = Vendor::default();
            for file in entries(&folder)? {
                let text = fs::read_to_string(&file)?;
                let document: Value =
                    serde_json::from_str(&text).with_context(|| format!("read {}", file.display()))?;
                found.add(document, &vendor);
            }
            vendors.insert(vendor, found);
        }
        Ok(Self { vendors })
    }

    /// What is wrong with an exchange. A fault's answer is nobody's contract: then the request alone counts.
    pub fn check(&self, vendor: &str, exchange: &Exchange) -> Vec<String> {
        let Some(of_vendor) = self.vendors.get(vendor) else {
            return vec![format!("OPENAPI_SPECS has no folder {vendor}")];
        };
        let path = if vendor == "jira" { jira::path(&exchange.path) } else { &exchange.path };
        let operation = of_vendor.operation(&exchange.method, path);
        if operation.is_none() && deviations::is_undocumented(vendor, &exchange.method, path) {
            return Vec::new();
        }
        let Some(operation) = operation else {
            return vec![format!("{} {}: no document of {vendor} has it", exchange.method, exchange.path)];
        };
        let mut found = Vec::new();
        if !was_malformed(exchange) || exchange.fault.is_some() {
            found.extend(operation.wrong_with_query(&exchange.query));
            found.extend(operation.wrong_with_request(&exchange.request));
            found.extend(self.wrong_with_texts(vendor, &exchange.request));
        }
        if exchange.fault.is_none() {
            found.extend(operation.wrong_with_response(exchange.status, &exchange.response));
        }
        found.into_iter().map(|it| format!("{} {}: {it}", exchange.method, exchange.path)).collect()
    }

    /// What a vendor's description holds against a request that our functions never send, and people do.
    pub fn wrong_with_request(&self, vendor: &str, method: &str, path: &str, body: &Value) -> Vec<String> {
        match self.vendors.get(vendor).and_then(|it| it.operation(method, path)) {
            Some(operation) => operation.wrong_with_request(body),
            None => vec![format!("{method} {path}: no document of {vendor} has it")],
        }
    }

    /// Whether a rich text keeps the vendor's own schema, where it has one.
    pub fn takes_text(&self, vendor: &str, text: &Value) -> Option<bool> {
        Some(self.vendors.get(vendor)?.texts.as_ref()?.takes(text))
    }

    /// What the vendor's own schema holds against the rich texts anywhere in a request.
    pub fn wrong_with_texts(&self, vendor: &str, request: &Value) -> Vec<String> {
        let texts = self.vendors.get(vendor).and_then(|it| it.texts.as_ref());
        texts.map(|it| it.wrong_with(request)).unwrap_or_default()
    }
}

impl Vendor {
    /// The operation that a call is, by the document that is closest to it.
    fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let operations = self.documents.iter().filter_map(|it| it.operation(method, path));
        operations.min_by_key(Operation::parameters_in_path)
    }

    /// Takes in what a file is: an API description, a schema of texts, or neither.
    fn add(&mut self, file: Value, vendor: &str) {
        if let Some(texts) = DocumentSchema::of(&file) {
            self.texts = Some(texts);
            return;
        }
        let document = match vendor {
            _ if file["swagger"] == "2.0" => swagger::upgraded(file, deviations::arguments(vendor)),
            "jira" => jira::completed(file),
            _ => file,
        };
        if document["openapi"].as_str().is_some_and(|it| it.starts_with("3.0")) {
            self.documents.push(Document::new(document, deviations::of(vendor)));
        }
    }
}

/// What the stand-in refused as malformed may be so: the refusal has said it.
fn was_malformed(exchange: &Exchange) -> bool {
    let error = exchange.response["error"].as_str().unwrap_or_default();
    matches!(exchange.status, 400 | 415) || error.starts_with("invalid_") || error == "json_not_object"
}

fn entries(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let listing = fs::read_dir(directory).with_context(|| format!("list {}", directory.display()))?;
    let mut paths = listing.map(|it| it.map(|it| it.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}
