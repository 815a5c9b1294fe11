//! What the account may do.

use std::collections::BTreeMap;

use reqwest::Method;
use serde::Deserialize;

use super::words::About;
use super::{Jira, wire};
use crate::http::Fault;

/// A permission, and whether the account has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// Jira's key of it, such as `CREATE_ISSUES`.
    pub key: String,
    /// As people see it, such as `Create Issues`.
    pub name: String,
    /// Whether the account has it here.
    pub is_granted: bool,
}

impl Jira {
    /// Which of these permissions, given by their keys, the account has in a project
    /// ([my permissions](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get));
    /// in the order of `keys`. What Jira does not list is not granted.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached; [`Fault::Refused`] where there is no such project, or we may not see it.
    pub async fn permissions(&self, project: &str, keys: &[&str]) -> Result<Vec<Permission>, Fault> {
        #[derive(Deserialize)]
        struct Known {
            permissions: BTreeMap<String, Wire>,
        }
        #[derive(Deserialize, Default)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            #[serde(default, deserialize_with = "wire::lenient")]
            name: String,
            #[serde(default, deserialize_with = "wire::lenient")]
            have_permission: bool,
        }
        let query = [("projectKey", project), ("permissions", &keys.join(","))];
        let request = self.request(Method::GET, &["mypermissions"]).query(&query);
        let mut known: Known = self.call(request, &About::Project(project)).await?.read()?;
        let permission = |key: &&str| {
            let Wire { name, have_permission } = known.permissions.remove(*key).unwrap_or_default();
            let name = if name.is_empty() { (*key).to_owned() } else { name };
            Permission { key: (*key).to_owned(), name, is_granted: have_permission }
        };
        Ok(keys.iter().map(permission).collect())
    }
}
