//! The app as a [developer project](https://developers.hubspot.com/docs/apps/developer-platform/build-apps/create-an-app),
//! platform version 2025.2, and the workflows beside it: a folder that `hs project upload` takes.

mod guide;
pub mod webhooks;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, bail};
use escalation::policy::Properties;
use serde_json::{Value, json};

use crate::flow::{Definitions, flows};
use crate::scopes::SCOPES;

/// What the folder is made from.
#[derive(Debug, Clone, Copy)]
pub struct Project<'a> {
    /// Where the functions are on the internet, `https` and without a path.
    pub base_url: &'a str,
    /// The names of the ticket properties.
    pub properties: &'a Properties,
    /// The actions' definitions as a project has them ([`hsmeta`](escalation::runtime::definition::hsmeta)), by the
    /// actions' names.
    pub actions: &'a [(&'a str, Value)],
    /// The ids that HubSpot gave the definitions, as far as they are known.
    pub definitions: &'a Definitions,
}

impl Project<'_> {
    /// The files, by their paths in the folder.
    ///
    /// # Errors
    /// The functions' address is none that HubSpot would call.
    pub fn files(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let base_url = checked(self.base_url)?;
        let mut files = BTreeMap::from([
            ("hsproject.json".to_owned(), text(&project())),
            ("src/app/app-hsmeta.json".to_owned(), text(&app(base_url))),
            ("src/app/webhooks/webhooks-hsmeta.json".to_owned(), text(&webhooks::component(base_url, self.properties))),
        ]);
        for (name, definition) in self.actions {
            files.insert(format!("src/app/workflow-actions/{name}-hsmeta.json"), text(definition));
        }
        let flows = flows(self.properties, self.definitions);
        let names: Vec<&str> =
            self.actions.iter().map(|it| it.0).filter(|it| !self.definitions.contains_key(*it)).collect();
        files.insert("README.md".to_owned(), guide::text(base_url, &flows, &names));
        files.extend(flows.iter().map(|it| (format!("workflows/{}", it.file()), text(&it.request))));
        Ok(files)
    }

    /// Writes the folder, which is new or empty. Says what it wrote, by paths in the folder.
    ///
    /// # Errors
    /// The folder has something in it already, which may be somebody's changes, or it cannot be written.
    pub fn write(&self, folder: &Path) -> anyhow::Result<Vec<String>> {
        let files = self.files()?;
        is_free(folder)?;
        for (path, text) in &files {
            let path = folder.join(path);
            let parent = path.parent().unwrap_or(folder);
            fs::create_dir_all(parent).with_context(|| format!("{}: cannot make it", parent.display()))?;
            let file = File::create_new(&path).and_then(|mut it| it.write_all(text.as_bytes()));
            file.with_context(|| format!("{}: cannot write it", path.display()))?;
        }
        Ok(files.into_keys().collect())
    }
}

/// HubSpot calls `https` alone, and the actions' paths come after this.
fn checked(base_url: &str) -> anyhow::Result<&str> {
    let base_url = base_url.trim_end_matches('/');
    let host = base_url.strip_prefix("https://").unwrap_or_default();
    if host.is_empty() || host.contains(['/', '?', '#', '@']) || host.contains(char::is_whitespace) {
        bail!(
            "`{base_url}` is not where the functions are: give the output URL without its path, such as \
             https://abc123.execute-api.eu-west-1.amazonaws.com"
        );
    }
    Ok(base_url)
}

/// Nothing is ever overwritten: a person may have changed it.
fn is_free(folder: &Path) -> anyhow::Result<()> {
    // An empty path is no folder to look into, and all the same the current one to write to.
    if folder.as_os_str().is_empty() {
        bail!("the folder has no name: give a new one, such as `hubspot`");
    }
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| format!("{}: cannot look into it", folder.display()))?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    match names.as_slice() {
        [] => Ok(()),
        _ => bail!(
            "{} has files already ({}) and nothing is overwritten: name a new folder, and compare the two with \
             `diff -r`",
            folder.display(),
            names.join(", ")
        ),
    }
}

fn project() -> Value {
    json!({ "name": "escalation", "srcDir": "src", "platformVersion": "2025.2" })
}

fn app(base_url: &str) -> Value {
    json!({
        "uid": "escalation",
        "type": "app",
        "config": {
            "name": "Escalation",
            "description": "Checks escalation comments, assigns lanes, logs Jira issues and enforces closure.",
            "distribution": "private",
            "auth": {
                "type": "static",
                "requiredScopes": SCOPES.map(|it| it.name),
                "optionalScopes": [],
                "conditionallyRequiredScopes": [],
            },
            "permittedUrls": { "fetch": [base_url], "iframe": [], "img": [] },
        },
    })
}

fn text(value: &Value) -> String {
    format!("{value:#}\n")
}
