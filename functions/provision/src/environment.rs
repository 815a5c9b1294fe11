//! What the deployment brings, and which secrets are filled in.

use std::collections::BTreeSet;

use anyhow::Context as _;
use escalation::hubspot::{App, HubSpot};
use escalation::id::PortalId;
use escalation::jira::{Caller, Site};
use escalation::policy::Policy;
use escalation::runtime::signature;
use escalation::runtime::{BASE_URL_WRONG, PORTALS_WRONG, SECRET_REMEDY, base_url, portals};
use escalation::secrets::Secrets;
use escalation::wrong;
use secrecy::ExposeSecret;

use crate::finding::Finding;

/// What the deployment brings. Where something in it is wrong, no function starts.
#[derive(Debug, Clone)]
pub struct Deployed {
    /// The rules.
    pub policy: Policy,
    /// Scheme, host and path in front of our routes; `None` where nobody says.
    pub public_url: Option<String>,
    /// The accounts that are served; any where it is empty.
    pub portals: BTreeSet<PortalId>,
    /// The app that we are to HubSpot.
    pub app: App,
}

impl Deployed {
    /// Reads `POLICY_FILE`, `PUBLIC_BASE_URL`, `HUBSPOT_PORTAL_IDS`, `HUBSPOT_APP_ID` and `HUBSPOT_BASE_URL`.
    ///
    /// # Errors
    /// Everything that is wrong in it, at once.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env() -> anyhow::Result<Self> {
        let url = std::env::var("PUBLIC_BASE_URL").unwrap_or_default();
        let ids = std::env::var("HUBSPOT_PORTAL_IDS").unwrap_or_default();
        let public_url = Some(url).filter(|it| !it.trim().is_empty());
        let public_url = public_url.map(|it| base_url(&it).context(BASE_URL_WRONG)).transpose();
        let portals = if ids.trim().is_empty() { Some(BTreeSet::new()) } else { portals(&ids) };
        let (policy, portals) = (Policy::from_env(), portals.context(PORTALS_WRONG));
        let (app, hubspot) = (App::from_env(), HubSpot::base_url());
        wrong::nothing([
            wrong::with(&policy),
            wrong::with(&public_url),
            wrong::with(&portals),
            wrong::with(&app),
            wrong::with(&hubspot),
        ])?;
        Ok(Self { policy: policy?, public_url: public_url?, portals: portals?, app: app? })
    }
}

/// Which of the secrets of every function are there and read as such.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// How each stands.
    pub findings: Vec<Finding>,
}

impl Keys {
    /// Looks at `HUBSPOT_ACCESS_TOKEN`, `HUBSPOT_CLIENT_SECRET`, `FORWARD_SECRET` and `JIRA_CALLBACK_SECRET`, and at
    /// `JIRA_SITE_URL`, without which what has to do with Jira does not start either.
    pub fn from_env(secrets: &Secrets) -> Self {
        let token = match secrets.require_token("HUBSPOT_ACCESS_TOKEN") {
            Ok(_) => Finding::fine("HUBSPOT_ACCESS_TOKEN", "is there"),
            Err(error) => Finding::wrong("HUBSPOT_ACCESS_TOKEN", format!("{error}"), TOKEN),
        };
        let client = signing("HUBSPOT_CLIENT_SECRET", secrets.require("HUBSPOT_CLIENT_SECRET"), CLIENT_SECRET);
        let forward = signing("FORWARD_SECRET", secrets.require("FORWARD_SECRET"), FORWARD_SECRET);
        let callback = match Caller::from_env(secrets) {
            Ok(_) => Finding::fine("JIRA_CALLBACK_SECRET", "is there"),
            Err(error) => Finding::wrong("JIRA_CALLBACK_SECRET", format!("{error:#}"), CALLBACK_SECRET),
        };
        let site = match Site::from_env() {
            Ok(site) => Finding::fine("JIRA_SITE_URL", format!("people open {}", site.address())),
            Err(error) => Finding::wrong("JIRA_SITE_URL", format!("{error:#}"), SITE),
        };
        Self { findings: vec![token, client, forward, callback, site] }
    }

    /// Something of a vendor's is missing or wrong, so it is not asked.
    pub(crate) fn lack(&mut self, vendor: &str, error: &anyhow::Error) {
        self.findings.push(Finding::wrong(vendor, format!("is not asked: {error:#}"), LACKING));
    }

    /// None could be read at all.
    pub fn unreadable(error: &anyhow::Error) -> Self {
        let says = format!("cannot be read: {error:#}");
        Self { findings: vec![Finding::wrong("The secrets", says, UNREADABLE)] }
    }
}

const TOKEN: &str = "In HubSpot open the app's Auth tab, copy the access token, and put it there.";
const CLIENT_SECRET: &str = "In HubSpot open the app's Auth tab, copy the client secret, and put it there: without it no \
                             request of HubSpot is believed.";
const FORWARD_SECRET: &str = "Make one (openssl rand -hex 24) and put it there: sweep and hubspot-events sign with it.";
const CALLBACK_SECRET: &str = "Make one (openssl rand -hex 24), put it there, and into Jira's rules and webhooks: without it jira-callback \
                               does not start.";
const SITE: &str = "Set it to what people open in their browser (the parameter JiraSiteUrl): without it create-jira-issue and \
                    jira-callback do not start.";
const LACKING: &str = "Set what is missing and correct what is wrong: addresses and the e-mail address are parameters of the stack (by \
                       hand, environment variables), tokens stand in the secret.";
const UNREADABLE: &str = "See that SECRETS_ID names the secret of this stack, and that it is a JSON object of texts.";

/// A secret that requests are signed with: one, or two with a comma.
fn signing(name: &str, secret: anyhow::Result<secrecy::SecretString>, remedy: &str) -> Finding {
    match secret.map(|it| signature::Secrets::parse(it.expose_secret())) {
        Ok(Ok(_)) => Finding::fine(name, "is there"),
        Ok(Err(wrong)) => Finding::wrong(name, wrong.to_string(), format!("Correct it: {SECRET_REMEDY}.")),
        Err(error) => Finding::wrong(name, format!("{error}"), remedy),
    }
}
