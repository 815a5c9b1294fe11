//! How our own functions ask an action: at its public address, as one that forwards an event.

use std::time::Duration;

use anyhow::{Context as _, bail};
use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::envelope::OURS;
use super::settings::{BASE_URL_WRONG, SECRET_REMEDY, base_url};
use super::signature;
use crate::http::{self, Http};
use crate::id::{PortalId, TicketId};
use crate::secrets::Secrets;

/// The front that all actions stand behind.
pub struct Front {
    http: Http,
    base_url: String,
    secrets: signature::Secrets,
}

impl Front {
    /// The front at this base URL, to whose functions `secrets` (one, or two with a comma) are known.
    ///
    /// # Errors
    /// Names what is wrong by its environment variable.
    pub fn new(http: Http, public_base_url: &str, forward_secret: &str) -> anyhow::Result<Self> {
        let url = base_url(public_base_url).context(BASE_URL_WRONG);
        let secrets = signature::Secrets::parse(forward_secret)
            .map_err(|it| anyhow::anyhow!("FORWARD_SECRET {it}: {SECRET_REMEDY}"));
        match (url, secrets) {
            (Ok(base_url), Ok(secrets)) => Ok(Self { http, base_url, secrets }),
            (url, secrets) => {
                let wrong = [url.err(), secrets.err()].into_iter().flatten();
                bail!("{}", wrong.map(|it| it.to_string()).collect::<Vec<_>>().join("\n"))
            }
        }
    }

    /// Reads `PUBLIC_BASE_URL` and the secret `FORWARD_SECRET`; here both must be there.
    ///
    /// # Errors
    /// Names what is missing or wrong.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let url = std::env::var("PUBLIC_BASE_URL").unwrap_or_default();
        let secret = secrets.get("FORWARD_SECRET").map(|it| it.expose_secret().to_owned());
        Self::new(http.clone(), &url, &secret.unwrap_or_default())
    }

    /// Asks `action` to look at a ticket, and waits at most `patience` for it to have decided.
    ///
    /// # Errors
    /// It did not decide: for the log, without what it said.
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
        let request = self.http.client().post(format!("{}/hubspot/actions/{action}", self.base_url));
        let request = request.header(CONTENT_TYPE, "application/json").header("x-escalation-signature", signed);
        let answer = http::send(request.body(body).timeout(patience)).await?;
        if answer.status != reqwest::StatusCode::OK {
            bail!("it answered {}", answer.status.as_u16());
        }
        match answer.read::<Reply>()?.output_fields.hs_execution_state.as_str() {
            "SUCCESS" => Ok(()),
            _ => bail!("it failed"),
        }
    }
}
