//! Companies and contacts: only how they are called.

use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{HubSpot, wire};
use crate::http::Fault;

/// HubSpot reads at most this many records in one call
/// ([limits](https://developers.hubspot.com/docs/api/usage-details)).
pub(super) const BATCH: usize = 100;

impl HubSpot {
    /// The names of companies, in the order asked for; companies without a name or gone are left out.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn company_names(&self, ids: &[u64]) -> Result<Vec<String>, Fault> {
        let records = self.batch::<CompanyName>("companies", ids, &["name"]).await?;
        Ok(records.into_iter().filter_map(|it| it.properties.name).filter(|it| !it.trim().is_empty()).collect())
    }

    /// The full names of contacts, in the order asked for; contacts without a name or gone are left out.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn contact_names(&self, ids: &[u64]) -> Result<Vec<String>, Fault> {
        let records = self.batch::<ContactName>("contacts", ids, &["firstname", "lastname"]).await?;
        Ok(records.into_iter().map(|it| it.properties.full()).filter(|it| !it.is_empty()).collect())
    }

    /// Reads up to [`BATCH`] records by id, in the order asked for; a 207 leaves out what is gone.
    pub(super) async fn batch<P>(&self, kind: &str, ids: &[u64], properties: &[&str]) -> Result<Vec<Record<P>>, Fault>
    where
        P: serde::de::DeserializeOwned,
    {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Read<'a> {
            inputs: Vec<Id>,
            properties: &'a [&'a str],
            properties_with_history: [&'a str; 0],
        }
        #[derive(Serialize)]
        struct Id {
            id: String,
        }
        #[derive(Deserialize)]
        struct Found<P> {
            results: Vec<Record<P>>,
        }
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = &ids[..ids.len().min(BATCH)];
        let inputs = ids.iter().map(|id| Id { id: id.to_string() }).collect();
        let body = Read { inputs, properties, properties_with_history: [] };
        let request = self.request(Method::POST, &format!("crm/v3/objects/{kind}/batch/read")).json(&body);
        let mut found: Found<P> = self.call(request).await?.read()?;
        found.results.sort_by_key(|it| ids.iter().position(|id| it.id == id.to_string()));
        Ok(found.results)
    }
}

#[derive(Deserialize)]
pub(super) struct Record<P> {
    #[serde(deserialize_with = "wire::id")]
    pub id: String,
    pub properties: P,
}

#[derive(Deserialize)]
struct CompanyName {
    name: Option<String>,
}

#[derive(Deserialize)]
struct ContactName {
    firstname: Option<String>,
    lastname: Option<String>,
}

impl ContactName {
    fn full(&self) -> String {
        let part = |it: &Option<String>| it.as_deref().unwrap_or_default().trim().to_owned();
        format!("{} {}", part(&self.firstname), part(&self.lastname)).trim().to_owned()
    }
}
