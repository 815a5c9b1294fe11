//! The Jira the other tests stand in: what it refuses, what it keeps, and its contract.

mod access;
mod adf;
mod client;
mod comments;
mod contract;
mod create;
mod links;
mod metadata;
mod people;
mod search;
mod transitions;

use reqwest::Method;
use sandbox::world::jira::Jira;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{Reply, Stage, send};

impl Stage {
    fn jira(&self) -> &Jira {
        &self.world.jira
    }

    fn jira_request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let settings = self.jira().settings();
        let url = format!("{}/rest/api/3/{path}", self.jira().base_url());
        let request = self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url);
        request.basic_auth(settings.email, Some(settings.token.expose_secret()))
    }

    async fn jira_call(&self, method: &str, path: &str, body: Value) -> Reply {
        let request = self.jira_request(method, path);
        send(if body.is_null() { request } else { request.json(&body) }).await.unwrap()
    }

    async fn jira_get(&self, path: &str) -> Reply {
        self.jira_call("GET", path, Value::Null).await
    }

    /// Creates an issue of these fields; what came back.
    async fn create(&self, fields: Value) -> Reply {
        self.jira_call("POST", "issue", json!({ "fields": fields })).await
    }

    /// Creates a bug in TECH; its key.
    async fn bug(&self, summary: &str, labels: &[&str]) -> String {
        let mut fields = bug(summary);
        fields["labels"] = json!(labels);
        self.create(fields).await.ok(201)["key"].as_str().unwrap().to_owned()
    }

    /// Whether slips were noted, one of which says this.
    #[track_caller]
    fn jira_blamed(&self, what: &str) {
        let violations = self.world.violations();
        assert!(violations.iter().any(|it| it.contains(what)), "{what}: {violations:?}");
    }
}

impl Reply {
    /// Refused with this sentence and nothing about fields.
    #[track_caller]
    fn says(&self, status: u16, sentence: &str) {
        assert_eq!(self.ok(status), json!({ "errorMessages": [sentence], "errors": {} }));
    }

    /// Refused because of one field.
    #[track_caller]
    fn wrong(&self, field: &str, sentence: &str) {
        let errors = Value::from_iter([(field, sentence)]);
        assert_eq!(self.ok(400), json!({ "errorMessages": [], "errors": errors }));
    }

    fn jira_header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|it| it.to_str().unwrap())
    }
}

const NOT_THERE: &str = "Issue does not exist or you do not have permission to see it.";

/// The least a bug in TECH has.
fn bug(summary: &str) -> Value {
    json!({ "project": { "key": "TECH" }, "issuetype": { "name": "Bug" }, "summary": summary })
}

fn paragraph(content: Value) -> Value {
    json!({ "type": "paragraph", "content": content })
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn doc(content: Value) -> Value {
    json!({ "type": "doc", "version": 1, "content": content })
}
