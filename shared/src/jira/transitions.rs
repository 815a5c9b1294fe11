//! Transitions: where an issue can go from where it is.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::words::About;
use super::{Jira, wire};
use crate::http::Fault;
use crate::procedure::jira_reference::IssueKey;

/// A way to another status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transition {
    /// Its id in the project's workflow.
    pub id: String,
    /// What the button says.
    pub name: String,
    /// The status it leads to.
    pub to: String,
    /// Whether that status counts as done.
    pub is_done: bool,
}

impl Jira {
    /// The transitions that we may use on an issue as it is.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn transitions(&self, issue: &IssueKey) -> Result<Vec<Transition>, Fault> {
        #[derive(Deserialize)]
        struct Known {
            transitions: Vec<Wire>,
        }
        #[derive(Deserialize)]
        struct Wire {
            #[serde(deserialize_with = "wire::id")]
            id: String,
            #[serde(default, deserialize_with = "wire::lenient")]
            name: String,
            #[serde(default, deserialize_with = "wire::lenient")]
            to: wire::Status,
        }
        let request = self.request(Method::GET, &["issue", &issue.to_string(), "transitions"]);
        let known: Known = self.call(request, &About::Issue(issue, "Transition Issues")).await?.read()?;
        let transition = |it: Wire| Transition { id: it.id, name: it.name, is_done: it.to.is_done(), to: it.to.name };
        Ok(known.transitions.into_iter().map(transition).collect())
    }

    /// Moves an issue by one of its [`transitions`](Self::transitions). Sent once: a transition may
    /// lead elsewhere the second time.
    ///
    /// # Errors
    /// As [`Fault`] says; [`Fault::NotNow`] where somebody moves it at the same time, and an unknown
    /// outcome may have moved it.
    pub async fn transition(&self, issue: &IssueKey, id: &str) -> Result<(), Fault> {
        let request = self.request(Method::POST, &["issue", &issue.to_string(), "transitions"]);
        let request = request.json(&json!({ "transition": { "id": id } }));
        Ok(self.once(request, &About::Issue(issue, "Transition Issues")).await.map(drop)?)
    }
}
