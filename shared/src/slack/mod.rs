//! Slack: the few calls we make, typed. People's words travel as rich text, which is never mark-up.

mod blocks;
mod fit;
mod messages;
mod refusal;
mod text;

pub use messages::{Content, Posted};

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use reqwest::{Method, RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};

use crate::http::{Answer, Fault, Http};
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
/// (`groups:history` for private channels) so that a message whose answer was lost is found again.
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
    /// `SLACK_BASE_URL` is no URL.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Option<Self>> {
        let base = std::env::var("SLACK_BASE_URL").unwrap_or_default();
        Self::configured(http, base.trim(), secrets.get("SLACK_BOT_TOKEN"))
    }

    fn configured(http: &Http, base: &str, token: Option<SecretString>) -> anyhow::Result<Option<Self>> {
        let Some(token) = token else {
            tracing::info!("Slack is off: there is no SLACK_BOT_TOKEN");
            return Ok(None);
        };
        let base = if base.is_empty() { API } else { base };
        Url::parse(base).with_context(|| format!("SLACK_BASE_URL is not a URL such as {API}: {base}"))?;
        Ok(Some(Self::new(http.clone(), base, token)))
    }

    fn request(&self, method: Method, name: &str) -> RequestBuilder {
        let url = format!("{}/{name}", self.base);
        self.http.client().request(method, url).timeout(TIMEOUT).bearer_auth(self.token.expose_secret())
    }

    /// Sends something that may be sent twice: once more after a short pause where Slack stumbled.
    async fn call(&self, request: RequestBuilder) -> Result<Answer, Refusal> {
        let again = request.try_clone().expect("our bodies are never streams");
        match self.once(request).await {
            Err(Refusal { fault: Fault::Unknown { .. } | Fault::NotSent { .. }, .. }) => {
                tokio::time::sleep(PAUSE).await;
                self.once(again).await
            }
            ended => ended,
        }
    }

    /// Sends once.
    async fn once(&self, request: RequestBuilder) -> Result<Answer, Refusal> {
        refusal::judge(self.http.send(request).await?)
    }
}

#[cfg(test)]
mod tests;
