//! Jira Cloud: the few calls we make, typed. Lenient in what it reads, exact in what it sends.

mod adf;
mod caller;
mod comments;
mod echo;
mod event;
mod fields;
mod issues;
mod links;
mod permissions;
mod progress;
mod rate;
mod refusal;
mod remark;
mod site;
mod statuses;
mod text;
mod transitions;
mod wire;
mod words;

pub use caller::Caller;
pub use comments::CommentId;
pub use event::Event;
pub use fields::{Field, IssueType, NO_SUCH_TYPE};
pub use issues::{Created, Issue, IssueId, NewIssue, Witness};
pub use links::RemoteLink;
pub use permissions::Permission;
pub use progress::Progress;
pub use remark::Remark;
pub use site::Site;
pub use statuses::Status;
pub use transitions::Transition;

use std::sync::Arc;
use std::time::Duration;

use anyhow::bail;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use tokio::time::Instant;

use crate::http::{self, Answer, Fault, Http};
use crate::procedure::issue::Block;
use crate::secrets::Secrets;
use adf::Document;
use refusal::Refusal;
use words::About;

/// A read or an idempotent write is worth waiting for this long.
const TIMEOUT: Duration = Duration::from_secs(4);

/// Longest a create may take: Jira runs a site's rules before it answers. The ledger begins one only
/// where it can also end in time.
pub const CREATE_TIMEOUT: Duration = Duration::from_secs(8);

/// Before a call that met a 5xx is repeated.
const PAUSE: Duration = Duration::from_millis(200);

/// The key of the entity property by which we know issues and comments of ours.
const PROPERTY: &str = "hs-escalation";

/// Where Atlassian takes scoped tokens and those of service accounts.
const GATEWAY: &str = "https://api.atlassian.com/ex/jira/";

/// Jira as one account sees it. The account needs the project permissions Browse Projects, Create
/// Issues, Link Issues, Add Comments and Transition Issues; a scoped token needs `read:jira-work`,
/// `write:jira-work` and `read:jira-user`.
#[derive(Clone)]
pub struct Jira {
    http: Http,
    base: String,
    email: String,
    token: Arc<SecretString>,
    screens: fields::Cache,
}

/// Who we are in Jira.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Myself {
    /// The account's id.
    pub account_id: String,
    /// How it is called.
    #[serde(default, deserialize_with = "wire::lenient")]
    pub display_name: String,
    /// Whether it may do anything.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

impl Jira {
    /// A client of the site at `base`: `https://acme.atlassian.net` with a classic token, or
    /// `https://api.atlassian.com/ex/jira/{cloudId}` with a scoped or service-account token.
    pub fn new(http: Http, base: &str, email: &str, token: SecretString) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        let (http, token) = (http.to("jira"), Arc::new(token));
        Self { http, base, email: email.to_owned(), token, screens: fields::Cache::default() }
    }

    /// Reads `JIRA_BASE_URL`, `JIRA_EMAIL` and the secret `JIRA_API_TOKEN`.
    ///
    /// # Errors
    /// Names everything that is missing or wrong.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let email = std::env::var("JIRA_EMAIL").unwrap_or_default();
        Self::configured(http, &Self::address(), email.trim(), secrets.require_token("JIRA_API_TOKEN"))
    }

    /// Where Jira is called: `JIRA_BASE_URL`.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment, and this before it")]
    pub fn address() -> String {
        std::env::var("JIRA_BASE_URL").unwrap_or_default().trim().to_owned()
    }

    fn configured(http: &Http, base: &str, email: &str, token: anyhow::Result<SecretString>) -> anyhow::Result<Self> {
        let (token, no_token) = match token {
            Ok(token) => (token, None),
            Err(error) => (SecretString::default(), Some(error.to_string())),
        };
        let wrong: Vec<String> = [wrong_base(base), wrong_email(email), no_token].into_iter().flatten().collect();
        if !wrong.is_empty() {
            bail!("{}", wrong.join("; "));
        }
        Ok(Self::new(http.clone(), base, email, token))
    }

    /// Who we are: the one call that tells a refused token from an empty site.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn myself(&self) -> Result<Myself, Fault> {
        self.call(self.request(Method::GET, &["myself"]), &About::Site).await?.read()
    }

    /// A request to a resource, given by the segments of its path.
    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let path: Vec<String> = path.iter().map(|it| text::segment(it)).collect();
        let url = format!("{}/rest/api/3/{}", self.base, path.join("/"));
        let token = self.token.expose_secret();
        let request = self.http.client().request(method, url).timeout(TIMEOUT);
        request.header(ACCEPT, HeaderValue::from_static("application/json")).basic_auth(&self.email, Some(token))
    }

    /// Sends something that may be sent twice: once more after a short pause where Jira stumbled.
    async fn call(&self, request: RequestBuilder, about: &About<'_>) -> Result<Answer, Fault> {
        // What could not be built has no copy, and says so when it is sent.
        let again = request.try_clone();
        match (self.once(request, about).await.map_err(Fault::from), again) {
            (Err(Fault::Unknown { .. } | Fault::NotSent { .. }), Some(again)) => {
                tokio::time::sleep(PAUSE).await;
                Ok(self.once(again, about).await?)
            }
            (ended, _) => ended,
        }
    }

    /// Sends a text that makes something new, once. Where Jira cannot read the text, which it says
    /// before it does anything, it is sent as paragraphs of plain text in the time that is left.
    async fn write(
        &self,
        text: &[Block],
        more: Option<(&str, &str)>,
        request: impl Fn(Document) -> RequestBuilder,
        about: &About<'_>,
    ) -> Result<Answer, Fault> {
        // Whatever language the account has, a refusal is told in the one that we read.
        let request = |text| request(text).header("X-Force-Accept-Language", "true").header(ACCEPT_LANGUAGE, "en");
        let begun = Instant::now();
        match self.once(request(Document::of(text, more)).timeout(CREATE_TIMEOUT), about).await {
            Err(refusal) if refusal.is_about_text => {
                tracing::warn!("Jira cannot read a text of ours, so it gets it without any form");
                let left = CREATE_TIMEOUT.saturating_sub(begun.elapsed());
                Ok(self.once(request(Document::plain(text, more)).timeout(left), about).await?)
            }
            ended => Ok(ended?),
        }
    }

    /// Sends once.
    async fn once(&self, request: RequestBuilder, about: &About<'_>) -> Result<Answer, Refusal> {
        refusal::judge(self.http.send(request).await?, about, self.credentials())
    }

    /// What to check where Jira does not know us.
    fn credentials(&self) -> &'static str {
        match self.base.contains("/ex/jira/") {
            true => {
                "check JIRA_EMAIL and JIRA_API_TOKEN: a token lives for a year at most, and needs the scopes \
                 read:jira-work, write:jira-work and read:jira-user"
            }
            false => {
                "check JIRA_EMAIL and JIRA_API_TOKEN: a token lives for a year at most, and a scoped or \
                 service-account token works only with https://api.atlassian.com/ex/jira/{cloudId} as JIRA_BASE_URL"
            }
        }
    }
}

fn wrong_base(base: &str) -> Option<String> {
    let expected = "https://acme.atlassian.net, or https://api.atlassian.com/ex/jira/{cloudId} for a scoped token";
    if base.is_empty() {
        return Some(format!("JIRA_BASE_URL is not set; it is a URL such as {expected}"));
    }
    let url = match http::base_url("JIRA_BASE_URL", base, expected) {
        Ok(url) => url,
        Err(error) => return Some(error.to_string()),
    };
    let is_bare =
        url.query().is_none() && url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    if !is_bare || url.path().contains("/rest") || url.path().contains("/browse") {
        return Some(format!("JIRA_BASE_URL holds more than the site; it is a URL such as {expected}"));
    }
    let is_gateway = url.host_str() == Some("api.atlassian.com");
    let cloud_id = base.strip_prefix(GATEWAY).unwrap_or_default().trim_end_matches('/');
    let is_one = !cloud_id.is_empty() && !cloud_id.contains(['/', '{', '}']);
    (is_gateway && !is_one).then(|| format!("JIRA_BASE_URL names no cloud id; it is a URL such as {expected}"))
}

fn wrong_email(email: &str) -> Option<String> {
    if email.is_empty() {
        return Some("JIRA_EMAIL is not set; it is the address of the account that the token belongs to".to_owned());
    }
    // A colon would end the name in a Basic header.
    let is_address =
        email.contains('@') && !email.contains(|it: char| it == ':' || it.is_whitespace() || it.is_control());
    (!is_address).then(|| "JIRA_EMAIL is not an e-mail address".to_owned())
}

#[cfg(test)]
mod tests;
