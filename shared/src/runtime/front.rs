//! How our own functions ask an action: at its public address, as one that forwards an event.

use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::envelope::OURS;
use super::reply::NO_ROOM;
use super::settings::{BASE_URL_WRONG, SECRET_REMEDY, base_url};
use super::signature;
use crate::http::Http;
use crate::id::{PortalId, TicketId};
use crate::secrets::Secrets;
use crate::wrong;

/// The front that all actions stand behind.
#[derive(Clone)]
pub struct Front {
    http: Http,
    /// `None` where it is learnt from who asks us; see [`Front::at`].
    base_url: Option<String>,
    secrets: signature::Secrets,
}

/// An action that answered that it failed for good: asked again, it says the same.
#[derive(Debug, thiserror::Error)]
#[error("it failed")]
pub struct Failed;

/// There is no room for the action's calls now, and it has called nothing.
#[derive(Debug, thiserror::Error)]
#[error("there is no room for it now")]
pub struct NoRoom;

impl Front {
    /// The front at this base URL, to whose functions `secrets` (one, or two with a comma) are known.
    ///
    /// # Errors
    /// Names what is wrong by its environment variable.
    pub fn new(http: Http, public_base_url: &str, forward_secret: &str) -> anyhow::Result<Self> {
        let url = base_url(public_base_url).context(BASE_URL_WRONG);
        let secrets = signature::Secrets::parse(forward_secret)
            .map_err(|it| anyhow::anyhow!("FORWARD_SECRET {it}: {SECRET_REMEDY}"));
        wrong::nothing([wrong::with(&url), wrong::with(&secrets)])?;
        Ok(Self { http: http.to("functions"), base_url: Some(url?), secrets: secrets? })
    }

    /// Reads `PUBLIC_BASE_URL` and the secret `FORWARD_SECRET`; here both must be there.
    ///
    /// # Errors
    /// Names what is missing or wrong.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        Self::with_secret(&std::env::var("PUBLIC_BASE_URL").unwrap_or_default(), secrets, http)
    }

    /// The same for a function that stands behind the front itself: where `PUBLIC_BASE_URL` is not set,
    /// it asks where it is asked.
    ///
    /// # Errors
    /// Names what is missing or wrong.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn beside_from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        match std::env::var("PUBLIC_BASE_URL").unwrap_or_default().trim() {
            "" => Ok(Self { base_url: None, ..Self::with_secret("https://localhost", secrets, http)? }),
            url => Self::with_secret(url, secrets, http),
        }
    }

    fn with_secret(url: &str, secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let secret = secrets.get("FORWARD_SECRET").map(|it| it.expose_secret().to_owned());
        Self::new(http.clone(), url, &secret.unwrap_or_default())
    }

    /// The front as who asks us reaches it, unless it is known already.
    #[must_use]
    pub fn at(&self, base_url: &str) -> Self {
        let base_url = self.base_url.clone().unwrap_or_else(|| base_url.to_owned());
        Self { base_url: Some(base_url), ..self.clone() }
    }

    /// Asks `action` to look at a ticket, and waits at most `patience` for it to have decided.
    ///
    /// # Errors
    /// It did not decide: for the log, without what it said. [`Failed`] where it says so itself, and
    /// [`NoRoom`] where it may not begin yet.
    pub async fn ask(
        &self,
        action: &str,
        ticket: (PortalId, TicketId),
        inputs: &Map<String, Value>,
        now: Timestamp,
        patience: Duration,
    ) -> anyhow::Result<()> {
        #[derive(Deserialize)]
        struct Reply {
            #[serde(rename = "outputFields")]
            output_fields: Outputs,
        }
        #[derive(Deserialize)]
        struct Outputs {
            hs_execution_state: String,
        }
        let (portal, ticket) = ticket;
        let body = json!({
            "origin": { "portalId": portal.0, "source": OURS },
            "object": { "objectType": "TICKET", "objectId": ticket.0 },
            "inputFields": inputs,
        });
        let body = body.to_string();
        let signed = self.secrets.forward(body.as_bytes(), now);
        let base_url = self.base_url.as_deref().context("nobody knows where the actions are")?;
        let request = self.http.client().post(format!("{base_url}/hubspot/actions/{action}"));
        let request = request.header(CONTENT_TYPE, "application/json").header("x-escalation-signature", signed);
        let answer = self.http.send(request.body(body).timeout(patience)).await?;
        if answer.headers.contains_key(NO_ROOM) {
            return Err(NoRoom.into());
        }
        if answer.status != reqwest::StatusCode::OK {
            bail!("it answered {}", answer.status.as_u16());
        }
        match answer.read::<Reply>()?.output_fields.hs_execution_state.as_str() {
            "SUCCESS" => Ok(()),
            _ => Err(Failed.into()),
        }
    }
}
