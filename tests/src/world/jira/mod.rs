//! Jira as a struct with state behind HTTP: one site as one service account's token sees it.
//!
//! Functions call it at [`Jira::base_url`]; people act through [`Jira::move_issue`] and its
//! neighbours; tests look with [`Jira::issue`] and [`Jira::events`].

pub mod adf;
pub mod automation;
mod comments;
mod create;
mod createmeta;
pub mod event;
pub mod field;
mod history;
mod issue_links;
mod issues;
mod jql;
pub mod limit;
mod look;
mod people;
mod permissions;
mod project;
mod properties;
pub mod refusal;
mod remote_links;
mod route;
mod search;
mod show;
mod site;
mod transitions;
mod values;
pub mod workflow;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use escalation::runtime::Clock;
use jiff::SignedDuration;
use secrecy::SecretString;

use super::door::Door;
use super::violations::Violations;
use limit::Limits;
use site::Site;

pub use event::{Actor, Event, Happening};
pub use look::{Comment, Issue, RemoteLink};

/// Where a token is good. [Scoped tokens](https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/)
/// are refused at the site's own address, and classic ones at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A classic token, at `https://<site>.atlassian.net`.
    Site,
    /// A scoped token, at `https://api.atlassian.com/ex/jira/{cloudId}`.
    Gateway,
}

/// What Jira says of an issue to whoever asks without good credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToStrangers {
    /// That it does not know them: 401.
    Refused,
    /// That it is not there, and in a header that the login failed.
    Absent,
    /// That it is not there, and nothing else.
    JustAbsent,
}

/// What the account may do in every project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// See projects and issues.
    Browse,
    /// Create issues.
    Create,
    /// Edit issues and their properties.
    Edit,
    /// Link issues.
    Link,
    /// Comment.
    Comment,
    /// Move issues through the workflow.
    Transition,
}

/// What a site is before anything happens in it.
#[derive(Clone)]
pub struct Settings {
    /// The account.
    pub email: String,
    /// Its token.
    pub token: SecretString,
    /// Tokens that were good once.
    pub revoked: Vec<SecretString>,
    /// Where the token is good.
    pub access: Access,
    /// The site's id at the gateway.
    pub cloud: String,
    /// Whether a search without good credentials is answered, as to anybody: with nothing.
    pub public_search: bool,
    /// What it says then of issues.
    pub to_strangers: ToStrangers,
    /// What the account was not granted.
    pub denied: BTreeSet<Permission>,
    /// How long created issues and changed labels stay out of searches.
    pub search_lag: SignedDuration,
    /// Issues on one page of a search, whatever was asked for.
    pub search_page: usize,
    /// How much the account may call.
    pub limits: Limits,
    /// Where the API listens; 0 for any free port.
    pub port: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            email: "escalations@harbour.example".to_owned(),
            token: SecretString::from("jira-sandbox-0000"),
            revoked: Vec::new(),
            access: Access::Site,
            cloud: "11111111-aaaa-4bbb-8ccc-222222222222".to_owned(),
            public_search: false,
            to_strangers: ToStrangers::Refused,
            denied: BTreeSet::new(),
            search_lag: SignedDuration::ZERO,
            search_page: 100,
            limits: Limits::default(),
            port: 0,
        }
    }
}

/// The stand-in. Clones are the same site.
#[derive(Clone)]
pub struct Jira {
    site: Arc<Mutex<Site>>,
    door: Arc<Door>,
}

impl Jira {
    /// Opens a site at a port of this machine, with the projects `TECH` and `PLAT` in it.
    pub async fn open(settings: Settings, clock: Clock, violations: Violations) -> anyhow::Result<Self> {
        let port = settings.port;
        let site = Arc::new(Mutex::new(Site::new(settings, clock.clone(), violations.clone())));
        let inside = Arc::clone(&site);
        let answer = move |call: &_| inside.lock().unwrap_or_else(PoisonError::into_inner).answer(call);
        let door = Arc::new(Door::open("jira", port, clock, violations, answer).await?);
        let jira = Self { site, door };
        jira.lock().url = jira.site_url().to_owned();
        Ok(jira)
    }

    /// What `JIRA_BASE_URL` is here: the site's address, or the gateway's where the token is scoped.
    pub fn base_url(&self) -> String {
        let settings = self.settings();
        match settings.access {
            Access::Site => self.site_url().to_owned(),
            Access::Gateway => format!("{}/ex/jira/{}", self.site_url(), settings.cloud),
        }
    }

    /// What `JIRA_SITE_URL` is here: people find an issue at `<site>/browse/<key>`.
    pub fn site_url(&self) -> &str {
        self.door.base_url()
    }

    /// Changes the site's settings: another token, a permission taken away, other limits.
    pub fn configure(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.lock().settings);
    }

    /// The site's settings as they are.
    pub fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Its calls, and what goes wrong with them.
impl Deref for Jira {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}
