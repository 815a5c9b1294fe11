//! Which statuses an issue can have.

use reqwest::Method;
use serde::Deserialize;

use super::words::About;
use super::{Jira, wire};
use crate::http::Fault;

/// A status of an issue type in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// As people see it.
    pub name: String,
    /// Whether Jira counts what has it as done.
    pub is_done: bool,
}

impl Jira {
    /// The statuses of an issue type, given by its id
    /// ([statuses of a project](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-statuses-get));
    /// none where the project has no such type.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn statuses(&self, project: &str, issue_type: &str) -> Result<Vec<Status>, Fault> {
        #[derive(Deserialize)]
        struct Kind {
            #[serde(deserialize_with = "wire::id")]
            id: String,
            statuses: Vec<wire::Status>,
        }
        let request = self.request(Method::GET, &["project", project, "statuses"]);
        let kinds: Vec<Kind> = self.call(request, &About::Project(project)).await?.read()?;
        let found = kinds.into_iter().filter(|it| it.id == issue_type).flat_map(|it| it.statuses);
        Ok(found.map(|it| Status { is_done: it.is_done(), name: it.name }).collect())
    }
}
