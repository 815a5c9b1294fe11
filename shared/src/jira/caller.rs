//! Whether it is our Jira that tells us something.

use anyhow::anyhow;
use secrecy::ExposeSecret;

use crate::runtime::Delivery;
use crate::runtime::signature::{Problem, Secrets as Known};
use crate::secrets::Secrets;

/// What our Jira and we know, and nobody else.
#[derive(Clone)]
pub struct Caller(Known);

impl Caller {
    /// Knows `secrets`: one, or two with a comma while they are being rotated.
    ///
    /// # Errors
    /// Says what is wrong with them, and not what they are.
    pub fn new(secrets: &str) -> anyhow::Result<Self> {
        let known = Known::phrases(secrets).map_err(|it| anyhow!("JIRA_CALLBACK_SECRET {it}: {REMEDY}"))?;
        Ok(Self(known))
    }

    /// Reads the secret `JIRA_CALLBACK_SECRET`.
    ///
    /// # Errors
    /// It is missing or wrong.
    pub fn from_env(secrets: &Secrets) -> anyhow::Result<Self> {
        Self::new(secrets.require("JIRA_CALLBACK_SECRET")?.expose_secret())
    }

    /// A webhook signs what it sends; a rule cannot, and names the secret. A wrong signature is not made
    /// good by a header beside it.
    ///
    /// # Errors
    /// It is somebody else's, or nobody says whose.
    pub fn authenticate(&self, delivery: &Delivery<'_>) -> Result<(), Problem> {
        let header = |name| delivery.event.headers.get(name);
        match (header("x-hub-signature"), header("x-escalation-secret")) {
            (Some(signature), _) => self.0.hub(signature, delivery.body),
            (None, Some(secret)) => self.0.bare(secret),
            (None, None) => Err("neither a signature nor a secret"),
        }
    }
}

const REMEDY: &str = "use the secret of the automation rule or the webhook alone, or two with one comma between them";
