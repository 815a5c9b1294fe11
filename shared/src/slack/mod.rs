//! Slack: the few calls we make, typed. People's words travel as rich text, which is never mark-up.

mod blocks;
mod channels;
mod fit;
mod messages;
mod refusal;
mod text;

pub use channels::{Channel, Identity};
pub use messages::{Content, Posted};

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};

use crate::http::{self, Answer, Fault, Http};
use crate::secrets::Secrets;
use refusal::Refusal;

/// Slack's Web API.
const API: &str = "https://slack.com/api";

/// A read or an idempotent write is worth waiting for this long.
const TIMEOUT: Duration = Duration::from_secs(4);

/// A post waits less than a read: the ledger begins one only where it can also end in time.
pub const CREATE_TIMEOUT: Duration = Duration::from_secs(3);

/// Before a call that met a 5xx is repeated.
const PAUSE: Duration = Duration::from_millis(200);

/// Slack as one workspace's bot sees it. Its scopes: `chat:write`, and `channels:history`
/// (`groups:history` for private channels) so that a message whose answer was lost is found again;
/// `channels:read` and `groups:read` where channels are named and not given by their ids.
#[derive(Clone)]
pub struct Slack {
    http: Http,
    base: String,
    token: Arc<SecretString>,
}

impl Slack {
    /// A client of the API at `base`, such as `https://slack.com/api`.
    pub fn new(http: Http, base: &str, token: SecretString) -> Self {
        Self { http: http.to("slack"), base: base.trim_end_matches('/').to_owned(), token: Arc::new(token) }
    }

    /// Reads `SLACK_BASE_URL` (default `https://slack.com/api`) and the secret `SLACK_BOT_TOKEN`.
    /// Without a token Slack is off: `None`.
    ///
    /// # Errors
    /// `SLACK_BASE_URL` is no URL, or the token none.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Option<Self>> {
        let base = std::env::var("SLACK_BASE_URL").unwrap_or_default();
        Self::configured(http, base.trim(), secrets.token("SLACK_BOT_TOKEN")?)
    }

    fn configured(http: &Http, base: &str, token: Option<SecretString>) -> anyhow::Result<Option<Self>> {
        let Some(token) = token else {
            tracing::info!("Slack is off: there is no SLACK_BOT_TOKEN");
            return Ok(None);
        };
        let base = if base.is_empty() { API } else { base };
        http::base_url("SLACK_BASE_URL", base, API)?;
        Ok(Some(Self::new(http.clone(), base, token)))
    }

    fn request(&self, method: Method, name: &str) -> RequestBuilder {
        let url = format!("{}/{name}", self.base);
        self.http.client().request(method, url).timeout(TIMEOUT).bearer_auth(self.token.expose_secret())
    }

    /// Sends something that may be sent twice: once more after a short pause where Slack stumbled.
    async fn call(&self, request: RequestBuilder) -> Result<Answer, Refusal> {
        // What could not be built has no copy, and says so when it is sent.
        let again = request.try_clone();
        match (self.once(request).await, again) {
            (Err(Refusal { fault: Fault::Unknown { .. } | Fault::NotSent { .. }, .. }), Some(again)) => {
                tokio::time::sleep(PAUSE).await;
                self.once(again).await
            }
            (ended, _) => ended,
        }
    }

    /// Sends once.
    async fn once(&self, request: RequestBuilder) -> Result<Answer, Refusal> {
        refusal::judge(self.http.send(request).await?)
    }
}

#[cfg(test)]
mod tests;
