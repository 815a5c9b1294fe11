//! HubSpot as a struct with state behind HTTP.
//!
//! Functions call it at [`HubSpot::base_url`]; people act through [`HubSpot::agent`]; tests look with
//! [`HubSpot::value`] and its neighbours.

pub mod agent;
mod apps;
pub mod association;
mod catalogue;
pub mod conversation;
mod define;
mod help_desk;
pub mod id;
pub mod limit;
mod look;
mod objects;
pub mod owner;
mod page;
pub mod people;
pub mod pipeline;
mod portal;
mod provisioned;
pub mod record;
pub mod refusal;
mod route;
pub mod schema;
mod search;
mod standard;
mod threads;
mod view;
pub mod webhooks;
mod write;

use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use escalation::id::PortalId;
use escalation::runtime::Clock;
use jiff::SignedDuration;
use secrecy::SecretString;
use tokio::sync::mpsc;

use super::door::Door;
use super::fault::Fault;
use super::violations::Violations;
use id::UserId;
use limit::Limits;
use portal::Portal;

pub use look::Note;
pub use portal::{Event, Merging};

/// What an account is before anything happens in it.
#[derive(Clone)]
pub struct Settings {
    /// The account.
    pub portal: PortalId,
    /// The app whose token calls.
    pub app: u64,
    /// The app's token.
    pub token: SecretString,
    /// Tokens of people, for who acts as one of them by hand: what comes with one was done on HubSpot's pages, and
    /// counts towards no limit of the app. HubSpot has none such.
    pub people: Vec<(SecretString, UserId)>,
    /// The key of the developer account that the app is of.
    pub developer_key: SecretString,
    /// Whether nobody has set up anything of ours in the account yet.
    pub is_fresh: bool,
    /// Tokens that were good once.
    pub expired: Vec<SecretString>,
    /// Scopes the app was not granted.
    pub missing_scopes: BTreeSet<&'static str>,
    /// How much the app may call.
    pub limits: Limits,
    /// How many associations a record shows at once.
    pub association_page: usize,
    /// Where the API listens; 0 for any free port.
    pub port: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            portal: PortalId(24_680_135),
            app: 1_160_452,
            token: SecretString::from("pat-sandbox-0000"),
            people: Vec::new(),
            developer_key: SecretString::from("developer-sandbox-0000"),
            is_fresh: false,
            expired: Vec::new(),
            missing_scopes: BTreeSet::new(),
            limits: Limits::default(),
            association_page: 500,
            port: 0,
        }
    }
}

/// The stand-in. Clones are the same account.
#[derive(Clone)]
pub struct HubSpot {
    portal: Arc<Mutex<Portal>>,
    door: Arc<Door>,
}

impl HubSpot {
    /// Opens an account at a port of this machine.
    pub async fn open(settings: Settings, clock: Clock, violations: Violations) -> anyhow::Result<Self> {
        let port = settings.port;
        let portal = Arc::new(Mutex::new(Portal::new(settings, clock.clone())));
        let inside = Arc::clone(&portal);
        let answer = move |call: &_| inside.lock().unwrap_or_else(PoisonError::into_inner).answer(call);
        let door = Arc::new(Door::open("hubspot", port, clock, violations, answer).await?);
        Ok(Self { portal, door })
    }

    /// Changes the account's settings: another token, a scope taken away, other limits.
    pub fn configure(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.lock().settings);
    }

    /// The account's settings as they are.
    pub fn settings(&self) -> Settings {
        self.lock().settings.clone()
    }

    /// How long new associations and threads stay out of lists.
    pub fn set_indexing_lag(&self, lag: SignedDuration) {
        self.lock().lag = lag;
    }

    /// What a merge makes of the properties of the ticket that is not the primary one.
    pub fn set_merging(&self, merging: Merging) {
        self.lock().merging = merging;
    }

    /// How long what changed stays out of searches.
    pub fn set_search_lag(&self, lag: SignedDuration) {
        self.lock().search_lag = lag;
    }

    /// Makes every call slow.
    pub fn delay_all(&self, delay: Duration) {
        self.inject(Fault::on("* /**", super::fault::Effect::Delay(delay)).always());
    }

    /// Hears of everything that happens to tickets from now on.
    pub fn subscribe(&self) -> mpsc::UnboundedReceiver<Event> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.lock().subscribers.push(sender);
        receiver
    }

    fn lock(&self) -> MutexGuard<'_, Portal> {
        self.portal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Its calls, and what goes wrong with them.
impl Deref for HubSpot {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}
