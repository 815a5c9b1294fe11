//! Slack as a struct with state behind HTTP: one workspace as one app's bot sees it.
//!
//! Functions call it at [`Slack::base_url`]; people act through [`Slack::write`] and its neighbours;
//! tests look with [`Slack::messages`] and [`Slack::thread`].

mod arguments;
mod blocks;
mod chat;
mod history;
pub mod limit;
mod look;
mod mentions;
mod people;
pub mod refusal;
mod route;
mod timestamp;
mod workspace;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use escalation::runtime::Clock;
use secrecy::SecretString;

use super::door::Door;
use super::violations::Violations;
use limit::Limits;
use workspace::Workspace;

pub use look::{Author, Message};

/// What a workspace is before anything happens in it.
#[derive(Clone)]
pub struct Settings {
    /// The app's bot token.
    pub token: SecretString,
    /// Tokens that were good once.
    pub revoked: Vec<SecretString>,
    /// Scopes the app was not granted.
    pub missing_scopes: BTreeSet<&'static str>,
    /// How much the app may call.
    pub limits: Limits,
    /// Where the API listens; 0 for any free port.
    pub port: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token: SecretString::from("xoxb-sandbox-0000"),
            revoked: Vec::new(),
            missing_scopes: BTreeSet::new(),
            limits: Limits::default(),
            port: 0,
        }
    }
}

/// The stand-in. Clones are the same workspace.
#[derive(Clone)]
pub struct Slack {
    workspace: Arc<Mutex<Workspace>>,
    door: Arc<Door>,
    base_url: String,
}

impl Slack {
    /// Opens a workspace at a port of this machine.
    pub async fn open(settings: Settings, clock: Clock, violations: Violations) -> anyhow::Result<Self> {
        let port = settings.port;
        let workspace = Arc::new(Mutex::new(Workspace::new(settings, clock.clone(), violations.clone())));
        let inside = Arc::clone(&workspace);
        let answer = move |call: &_| inside.lock().unwrap_or_else(PoisonError::into_inner).answer(call);
        let door = Arc::new(Door::open("slack", port, clock, violations, answer).await?);
        let base_url = format!("{}/api", door.base_url());
        Ok(Self { workspace, door, base_url })
    }

    /// What `SLACK_BASE_URL` is here.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Changes the workspace's settings: another token, a scope taken away, other limits.
    pub fn configure(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.lock().settings);
    }

    /// The workspace's settings as they are.
    pub fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Workspace> {
        self.workspace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Its calls, and what goes wrong with them.
impl Deref for Slack {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}
