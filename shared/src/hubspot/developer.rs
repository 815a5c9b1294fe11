//! The actions of our app, as HubSpot's workflow editor offers them.
//! [Custom actions API](https://developers.hubspot.com/docs/api-reference/automation-actions-v4-v4/guide).
//!
//! It is the developer account's, and has a key of its own that travels in the address: an address of these
//! calls is never shown.

use std::sync::Arc;

use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use super::owners::Paging;
use super::{App, HubSpot, TIMEOUT, refusal, wire};
use crate::http::{Answer, Fault, Http};
use crate::secrets::Secrets;

/// HubSpot as the developer account of our app sees it.
#[derive(Clone)]
pub struct Developer {
    http: Http,
    base: String,
    app: u64,
    key: Arc<SecretString>,
}

/// The definition of an action as HubSpot has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Registered {
    /// HubSpot's id of it.
    pub id: String,
    /// What it is, with all that HubSpot adds.
    pub definition: Value,
}

impl Developer {
    /// A client of the API at `base` for the app of this id.
    pub fn new(http: Http, base: &str, app: u64, key: SecretString) -> Self {
        Self { http: http.to("hubspot"), base: base.trim_end_matches('/').to_owned(), app, key: Arc::new(key) }
    }

    /// Reads `HUBSPOT_BASE_URL` (default `https://api.hubapi.com`), `HUBSPOT_APP_ID` and the secret
    /// `HUBSPOT_DEVELOPER_API_KEY`; `None` where the app or the key is not named.
    ///
    /// # Errors
    /// The app's id is no number, or the address no URL.
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Option<Self>> {
        let app = App::from_env()?.id();
        let Some((app, key)) = app.zip(secrets.get("HUBSPOT_DEVELOPER_API_KEY")) else {
            return Ok(None);
        };
        Ok(Some(Self::new(http.clone(), &HubSpot::base_url()?, app, key)))
    }

    /// All definitions that are not archived.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn definitions(&self) -> Result<Vec<Registered>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            results: Vec<Value>,
            #[serde(default)]
            paging: Option<Paging>,
        }
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let mut request = self.request(Method::GET, "");
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let page: Page = self.call(request).await?.read()?;
            all.extend(page.results.into_iter().filter_map(Registered::read));
            after = page.paging.and_then(Paging::after);
            if after.is_none() {
                return Ok(all);
            }
        }
    }

    /// A new definition. It is not asked for twice: HubSpot would have both.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn create(&self, definition: &Value) -> Result<(), Fault> {
        self.call(self.request(Method::POST, "").json(definition)).await.map(drop)
    }

    /// Another definition in the place of one that is there.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn update(&self, id: &str, definition: &Value) -> Result<(), Fault> {
        let mut patch = definition.clone();
        // `PublicActionDefinitionPatch` has all but these, of which we have none.
        patch.as_object_mut().map(|it| it.remove("functions"));
        self.call(self.request(Method::PATCH, &format!("/{id}")).json(&patch)).await.map(drop)
    }

    fn request(&self, method: Method, rest: &str) -> RequestBuilder {
        let url = format!("{}/automation/v4/actions/{}{rest}", self.base, self.app);
        let key = [("hapikey", self.key.expose_secret())];
        self.http.client().request(method, url).timeout(TIMEOUT).query(&key)
    }

    async fn call(&self, request: RequestBuilder) -> Result<Answer, Fault> {
        let answer = self.http.send(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(refusal(&answer)) }
    }
}

impl Registered {
    fn read(definition: Value) -> Option<Self> {
        #[derive(Deserialize)]
        struct Id {
            #[serde(deserialize_with = "wire::id")]
            id: String,
        }
        let Id { id } = Id::deserialize(&definition).ok()?;
        Some(Self { id, definition }).filter(|it| it.definition["archivedAt"].as_i64().unwrap_or_default() == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_key_is_in_no_error_though_it_is_in_the_address() {
        let developer = Developer::new(Http::new(), "http://127.0.0.1:1", 1_160_452, SecretString::from("key-canary"));
        let fault = developer.definitions().await.unwrap_err();
        assert!(!format!("{fault} {fault:?}").contains("canary"), "{fault:?}");
        let address = developer.request(Method::GET, "").build().unwrap().url().to_string();
        assert_eq!(address, "http://127.0.0.1:1/automation/v4/actions/1160452?hapikey=key-canary");
    }
}
