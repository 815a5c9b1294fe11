//! Tokens and keys: from one Secrets Manager secret where `SECRETS_ID` is set, else from the
//! environment.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use secrecy::{ExposeSecret, SecretString};

use crate::aws::{Aws, secret};
use crate::http::Http;
use crate::runtime::Clock;

/// Where secrets come from; read once before a function is built, and [again](Self::renewed) when they may
/// have been changed.
#[derive(Clone)]
pub struct Secrets(Source);

#[derive(Clone)]
enum Source {
    Environment,
    Vault { id: String, text: SecretString, values: BTreeMap<String, SecretString> },
}

impl Secrets {
    /// Reads the secret that `SECRETS_ID` names: a JSON object whose keys are the names of our
    /// environment variables.
    ///
    /// # Errors
    /// The secret cannot be read or is no such object; says which secret, never what is in it.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub async fn from_env(http: &Http) -> anyhow::Result<Self> {
        match std::env::var("SECRETS_ID").unwrap_or_default().trim() {
            "" => Ok(Self(Source::Environment)),
            id => Self::parse(id, read(http, id).await?),
        }
    }

    /// What the secret holds by now, where that is something else. An environment never changes.
    ///
    /// # Errors
    /// As [`from_env`](Self::from_env).
    pub async fn renewed(&self, http: &Http) -> anyhow::Result<Option<Self>> {
        let Source::Vault { id, text, .. } = &self.0 else {
            return Ok(None);
        };
        let now = read(http, id).await?;
        if now.expose_secret() == text.expose_secret() {
            return Ok(None);
        }
        Self::parse(id, now).map(Some)
    }

    /// Whether they may change while we run.
    pub fn may_change(&self) -> bool {
        matches!(self.0, Source::Vault { .. })
    }

    fn parse(id: &str, text: SecretString) -> anyhow::Result<Self> {
        // The parser's error would quote what it could not read.
        let Ok(values) = serde_json::from_str::<BTreeMap<String, String>>(text.expose_secret()) else {
            bail!("SECRETS_ID: secret {id} is not a JSON object of texts such as {{\"HUBSPOT_ACCESS_TOKEN\": \"…\"}}");
        };
        let values = values.into_iter().map(|(name, value)| (name, SecretString::from(value))).collect();
        Ok(Self(Source::Vault { id: id.to_owned(), text, values }))
    }

    /// A secret by the name of its environment variable, without spaces and line ends around it; `None`
    /// where it is absent or blank.
    pub fn get(&self, name: &str) -> Option<SecretString> {
        let value = match &self.0 {
            Source::Environment => variable(name),
            Source::Vault { values, .. } => values.get(name).cloned(),
        }?;
        let trimmed = value.expose_secret().trim();
        (!trimmed.is_empty()).then(|| SecretString::from(trimmed))
    }

    /// A secret that goes into a header as it is, so that nothing but visible ASCII may be in it; `None` where
    /// it is absent or blank.
    ///
    /// # Errors
    /// There is something else in it; says in which, never what.
    pub fn token(&self, name: &str) -> anyhow::Result<Option<SecretString>> {
        let token = self.get(name);
        let is_whole = |it: &SecretString| it.expose_secret().bytes().all(|it| it.is_ascii_graphic());
        if !token.as_ref().is_none_or(is_whole) {
            bail!("{name} has a space, a line end or another character that no token has: paste the token alone");
        }
        Ok(token)
    }

    /// A secret that must be there.
    ///
    /// # Errors
    /// Says where it should be put.
    pub fn require(&self, name: &str) -> anyhow::Result<SecretString> {
        self.get(name).with_context(|| self.missing(name))
    }

    /// A [`token`](Self::token) that must be there.
    ///
    /// # Errors
    /// Says where it should be put, or that it is none.
    pub fn require_token(&self, name: &str) -> anyhow::Result<SecretString> {
        self.token(name)?.with_context(|| self.missing(name))
    }

    fn missing(&self, name: &str) -> String {
        match &self.0 {
            Source::Environment => format!("{name} is not set; put it into the environment"),
            Source::Vault { id, .. } => format!("{name} is missing; add it to secret {id}"),
        }
    }
}

/// The text of the secret `id`, from Secrets Manager.
async fn read(http: &Http, id: &str) -> anyhow::Result<SecretString> {
    let aws = Aws::from_env("SECRETS_MANAGER").context("SECRETS_ID is set")?;
    secret::read(&http.to("secrets"), &aws, id, Clock::system().now()).await.context("SECRETS_ID")
}

#[expect(clippy::disallowed_methods, reason = "the environment is where secrets are kept without SECRETS_ID")]
fn variable(name: &str) -> Option<SecretString> {
    std::env::var(name).ok().map(SecretString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_secret_holds_them_all() {
        let secrets =
            Secrets::parse("escalation", r#"{"HUBSPOT_ACCESS_TOKEN": "pat-1", "FORWARD_SECRET": " "}"#.into()).unwrap();
        assert_eq!(secrets.require("HUBSPOT_ACCESS_TOKEN").unwrap().expose_secret(), "pat-1");
        assert!(secrets.get("FORWARD_SECRET").is_none(), "a blank secret is none");
        let missing = secrets.require("HUBSPOT_CLIENT_SECRET").unwrap_err().to_string();
        assert_eq!(missing, "HUBSPOT_CLIENT_SECRET is missing; add it to secret escalation");
    }

    #[test]
    fn a_line_end_that_was_pasted_along_is_not_part_of_a_secret() {
        let secrets = Secrets::parse("escalation", r#"{"SLACK_BOT_TOKEN": " xoxb-1\r\n"}"#.into()).unwrap();
        assert_eq!(secrets.get("SLACK_BOT_TOKEN").unwrap().expose_secret(), "xoxb-1");
        assert_eq!(secrets.require_token("SLACK_BOT_TOKEN").unwrap().expose_secret(), "xoxb-1");
    }

    #[test]
    fn what_no_header_takes_is_no_token_and_is_not_quoted() {
        for wrong in ["canary 1", "canary\n1", "canary\t1", "canary\u{7f}1", "canary\u{e9}1", "canary\u{a0}1"] {
            let text = serde_json::json!({ "SLACK_BOT_TOKEN": wrong }).to_string();
            let secrets = Secrets::parse("escalation", text.into()).unwrap();
            let refused = secrets.token("SLACK_BOT_TOKEN").unwrap_err().to_string();
            assert!(refused.starts_with("SLACK_BOT_TOKEN has") && !refused.contains("canary"), "{refused}");
            assert_eq!(secrets.require_token("SLACK_BOT_TOKEN").unwrap_err().to_string(), refused);
        }
        let none = Secrets::parse("escalation", "{}".into()).unwrap();
        assert!(none.token("SLACK_BOT_TOKEN").unwrap().is_none());
        let missing = none.require_token("SLACK_BOT_TOKEN").unwrap_err().to_string();
        assert_eq!(missing, "SLACK_BOT_TOKEN is missing; add it to secret escalation");
    }

    #[test]
    fn a_secret_of_another_shape_is_refused_without_being_quoted() {
        for text in ["pat-canary", "[\"pat-canary\"]", "{\"A\": {\"B\": \"pat-canary\"}}", ""] {
            let refused = Secrets::parse("escalation", text.into()).err().unwrap().to_string();
            assert!(refused.contains("is not a JSON object of texts"), "said: {refused}");
            assert!(!refused.contains("canary"), "said: {refused}");
        }
    }
}
