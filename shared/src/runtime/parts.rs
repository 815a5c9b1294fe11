//! What a function is built of, and built anew of when its secrets were changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tracing::{error, info};

use crate::http::Http;
use crate::secrets::Secrets;
use crate::telemetry::{self, Metric, Tally};

/// How old secrets may become before they are read again.
const AGE: SignedDuration = SignedDuration::from_mins(5);

/// How soon they are read again where somebody does not know ours, or where we do not know theirs:
/// whoever sends wrong signatures must not make us ask Secrets Manager each time.
const PAUSE: SignedDuration = SignedDuration::from_secs(30);

/// How long a start waits for the connections it opens ahead.
const WARM: Duration = Duration::from_secs(1);

/// Builds the parts of a function of its secrets, or says all that is wrong with them.
pub(super) type Build<T> = fn(&Secrets, &Http) -> Result<T, Vec<anyhow::Error>>;

/// The parts of a function, for one request at a time.
pub(super) struct Parts<T> {
    http: Http,
    build: Build<T>,
    current: RefCell<Rc<T>>,
    secrets: RefCell<Secrets>,
    read_at: Cell<Timestamp>,
    /// What reading the secrets cost, until a request takes it into its line of metrics.
    spent: RefCell<Tally>,
}

impl<T> Parts<T> {
    /// Reads the secrets and opens connections to `addresses` meanwhile, then builds the parts.
    pub async fn start(addresses: &[String], build: Build<T>, now: Timestamp) -> Result<Self, Vec<anyhow::Error>> {
        let http = Http::new();
        let (read, ()) = tokio::join!(telemetry::counted(Secrets::from_env(&http)), warm(&http, addresses));
        let (secrets, spent) = read;
        let secrets = secrets.map_err(|error| vec![error])?;
        let current = RefCell::new(Rc::new(build(&secrets, &http)?));
        Ok(Self {
            http,
            build,
            current,
            secrets: RefCell::new(secrets),
            read_at: Cell::new(now),
            spent: RefCell::new(spent),
        })
    }

    /// The parts, of secrets that are not old.
    pub async fn current(&self, now: Timestamp) -> Rc<T> {
        if self.may_change() && now.duration_since(self.read_at.get()) >= AGE {
            self.read(now).await;
        }
        self.current.borrow().clone()
    }

    /// The parts of other secrets than before, where somebody does not know those: `None` where there are
    /// none, or where they were read just now.
    pub async fn renewed(&self, now: Timestamp) -> Option<Rc<T>> {
        let is_soon = now.duration_since(self.read_at.get()) < PAUSE;
        (self.may_change() && !is_soon && self.read(now).await).then(|| self.current.borrow().clone())
    }

    /// Whether the secrets may change while we run.
    pub fn may_change(&self) -> bool {
        self.secrets.borrow().may_change()
    }

    /// What was counted in reading the secrets since this was last asked, of which no run's own tally knows.
    pub fn spent(&self) -> Tally {
        self.spent.take()
    }

    /// Reads the secrets again; whether they were changed.
    async fn read(&self, now: Timestamp) -> bool {
        self.read_at.set(now);
        let (is_changed, tally) = telemetry::counted(self.replace()).await;
        let before = self.spent.take();
        self.spent.replace(tally.after(before));
        is_changed
    }

    /// Takes what the secrets are by now, unless they are no good.
    async fn replace(&self) -> bool {
        let held = self.secrets.borrow().clone();
        let secrets = match held.renewed(&self.http).await {
            Ok(Some(secrets)) => secrets,
            Ok(None) => return false,
            Err(error) => {
                stale(&format!("cannot be read again, so what it held before is used: {error:#}"));
                return false;
            }
        };
        match (self.build)(&secrets, &self.http) {
            Ok(parts) => {
                info!("The secret was changed: what it holds now is used");
                self.current.replace(Rc::new(parts));
                self.secrets.replace(secrets);
                true
            }
            Err(problems) => {
                let problems: Vec<String> = problems.iter().map(|it| format!("{it:#}")).collect();
                let problems = problems.join("; ");
                stale(&format!("was changed and is no good, so what it held before is used: {problems}"));
                false
            }
        }
    }
}

/// Says and counts that secrets are used that are not, or may not be, those that should be.
fn stale(why: &str) {
    telemetry::count(Metric::SecretStale);
    error!(metric = "secret_stale", "The secret {why}");
}

/// Opens a connection to each address. One that does not open is opened by the first request that needs it.
async fn warm(http: &Http, addresses: &[String]) {
    let all = futures_util::future::join_all(addresses.iter().map(|it| http.warm(it)));
    tokio::time::timeout(WARM, all).await.ok();
}
