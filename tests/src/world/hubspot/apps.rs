//! The account's app: what its token may do, and which actions it brings to workflows.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Value, json};

use super::HubSpot;
use super::objects::parse;
use super::page;
use super::portal::Portal;
use super::refusal;
use crate::world::call::{Answer, Call};

/// What an app may be granted, as far as anything here asks for it.
const SCOPES: [&str; 8] = [
    "oauth",
    "tickets",
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.objects.companies.read",
    "crm.objects.owners.read",
    "conversations.read",
    "conversations.write",
];

/// The definitions of an app's actions, by their ids.
#[derive(Default)]
pub struct Definitions {
    all: BTreeMap<u64, Value>,
    revision: u64,
}

impl Portal {
    /// What HubSpot says of a private app's token.
    pub(super) fn tell_of_token(&self, call: &Call) -> Result<Answer, Answer> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Asked {
            token_key: String,
        }
        let Asked { token_key } = parse(call)?;
        let settings = &self.settings;
        if token_key != settings.token.expose_secret() {
            return Err(refusal::unauthenticated());
        }
        let scopes: Vec<&str> = SCOPES.into_iter().filter(|it| !settings.missing_scopes.contains(it)).collect();
        let body = json!({ "userId": 48_111, "hubId": settings.portal.0, "appId": settings.app, "scopes": scopes });
        Ok(Answer::json(200, body))
    }

    /// [Custom actions](https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/guide), which
    /// the developer account's key opens and no token.
    pub(super) fn answer_developer(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Answer> {
        if call.query("hapikey") != Some(self.settings.developer_key.expose_secret()) {
            return Err(refusal::unauthenticated());
        }
        let (app, rest) = rest.split_first().ok_or_else(refusal::no_such_path)?;
        if *app != self.settings.app.to_string() {
            return Err(refusal::not_found());
        }
        match (call.method.as_str(), rest) {
            ("GET", []) => self.list_definitions(call),
            ("POST", []) => self.register(parse(call)?),
            ("PATCH", [id]) => self.change_definition(id, &parse(call)?),
            (_, [] | [_]) => Err(refusal::no_such_method()),
            _ => Err(refusal::no_such_path()),
        }
    }

    fn list_definitions(&self, call: &Call) -> Result<Answer, Answer> {
        let all: Vec<&Value> = self.definitions.all.values().collect();
        // Pages of few, so that who reads one alone is found out.
        let (shown, after) = page::of(all, call, 3, 100)?;
        Ok(Answer::json(200, page::collection(shown.into_iter().cloned().collect(), after.as_deref())))
    }

    fn register(&mut self, mut definition: Value) -> Result<Answer, Answer> {
        let url = definition["actionUrl"].as_str().unwrap_or_default();
        if !url.starts_with("https://") {
            return Err(refusal::invalid("actionUrl must be an https URL"));
        }
        let id = self.new_id();
        self.definitions.revision += 1;
        definition["id"] = json!(id.to_string());
        definition["revisionId"] = json!(self.definitions.revision.to_string());
        definition["inputFieldDependencies"] = json!([]);
        self.definitions.all.insert(id, definition.clone());
        Ok(Answer::json(201, definition))
    }

    fn change_definition(&mut self, id: &str, patch: &Value) -> Result<Answer, Answer> {
        let id: u64 = id.parse().map_err(|_| refusal::not_found())?;
        let definition = self.definitions.all.get_mut(&id).ok_or_else(refusal::not_found)?;
        for (name, value) in patch.as_object().into_iter().flatten() {
            definition[name.as_str()] = value.clone();
        }
        self.definitions.revision += 1;
        definition["revisionId"] = json!(self.definitions.revision.to_string());
        Ok(Answer::json(200, definition.clone()))
    }
}

impl HubSpot {
    /// The definitions of the app's actions, in the order in which they came.
    pub fn definitions(&self) -> Vec<Value> {
        self.lock().definitions.all.values().cloned().collect()
    }

    /// Changes a definition by hand, as somebody else with the key would.
    pub fn redefine(&self, action: &str, change: impl FnOnce(&mut Value)) {
        let mut portal = self.lock();
        let is_it = |it: &&mut Value| it["actionUrl"].as_str().is_some_and(|it| it.ends_with(&format!("/{action}")));
        portal.definitions.all.values_mut().find(is_it).map(change).expect("the action is registered");
    }
}
