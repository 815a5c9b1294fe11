//! Has the actions look again at every ticket on which something is due or unfinished.
//!
//! It decides nothing: each action reads the ticket anew and finishes what is its own.

use std::time::Duration;

use anyhow::Context as _;
use escalation::http::Http;
use escalation::ledger::{Due, Ledger, Left, Times};
use escalation::policy::Policy;
use escalation::runtime::{Front, Invocation, Job, NoRoom};
use escalation::secrets::Secrets;
use escalation::telemetry::{self, Metric};
use escalation::wrong;
use futures_util::stream::{self, StreamExt};
use jiff::SignedDuration;
use tracing::{error, info, warn};

/// How much of the agenda one run looks at, as far as there is time and room; the rest is there in a minute.
const MOST: u16 = 400;
/// HubSpot's limits are for all of us together.
const AT_A_TIME: usize = 4;
/// Until what found no room is asked for again.
const WAIT: Duration = Duration::from_secs(2);
/// Longer than an action may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// To note what came of a look.
const TIME_TO_NOTE: SignedDuration = SignedDuration::from_secs(3);

/// The function and what it needs.
pub struct Sweep {
    ledger: Ledger,
    front: Front,
    /// The age at which a person is told.
    alarm_after: Duration,
}

impl Sweep {
    /// From its parts.
    pub fn new(ledger: Ledger, front: Front, alarm_after: Duration) -> Self {
        Self { ledger, front, alarm_after }
    }
}

impl Job for Sweep {
    const NAME: &'static str = "sweep";

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let alarm_after = policy.as_ref().map_or(SignedDuration::ZERO, |it| it.ledger.alarm_minutes.minutes());
        let (ledger, front) = (Ledger::from_env(Times::default(), http), Front::from_env(secrets, http));
        wrong::nothing([wrong::with(&policy), wrong::with(&ledger), wrong::with(&front)])?;
        Ok(Self::new(ledger?, front?, Duration::try_from(alarm_after)?))
    }

    async fn run(&self, invocation: &Invocation) -> anyhow::Result<()> {
        let due = self.ledger.due(invocation.now(), MOST).await?;
        let late = due.iter().map(|it| it.lateness(invocation.now()));
        telemetry::agenda_age(late.max().unwrap_or_default());
        let tasks = tasks(due);
        let due = tasks.len();
        let done = stream::iter(tasks).map(|it| self.settle(it, invocation)).buffer_unordered(AT_A_TIME);
        let looked = done.filter(|it| std::future::ready(*it)).count().await;
        let request_id = &invocation.request_id;
        info!(request_id, looked, due, "Looked at {looked} of {due} tickets with something due");
        Ok(())
    }
}

impl Sweep {
    /// Has one look taken for all that wait for it. Says whether it was; nothing that goes wrong here
    /// is another task's concern.
    async fn settle(&self, task: Vec<Due>, invocation: &Invocation) -> bool {
        if !has_time(invocation, Duration::ZERO) {
            return false;
        }
        let asked = self.ask_with_room(&task, invocation).await;
        // It stays as it is, and nobody is told: it waits for room, and not for what has to be put right.
        if asked.as_ref().is_err_and(|it| it.is::<NoRoom>()) {
            return false;
        }
        for due in &task {
            let left = match &asked {
                Ok(()) => self.ledger.looked(due).await,
                Err(_) => self.ledger.put_off(due, invocation.now()).await.map(|()| Left::On),
            };
            match left {
                Ok(Left::Off) => {}
                Ok(Left::On) => self.tell(due, asked.as_ref().err(), invocation).await,
                Err(error) => warn!(effect = due.key(), "Cannot note what came of {}: {error:#}", due.key()),
            }
        }
        asked.is_ok()
    }

    /// Asks until there is room for it, as long as there is time.
    async fn ask_with_room(&self, task: &[Due], invocation: &Invocation) -> anyhow::Result<()> {
        loop {
            let asked = self.ask(task, invocation).await;
            let is_refused = asked.as_ref().is_err_and(|it| it.is::<NoRoom>());
            if !is_refused || !has_time(invocation, WAIT) {
                return asked;
            }
            tokio::time::sleep(WAIT).await;
        }
    }

    async fn ask(&self, task: &[Due], invocation: &Invocation) -> anyhow::Result<()> {
        let look = task.first().and_then(Due::look).context("another version of this function put it on the agenda")?;
        let ticket = (look.portal(), look.ticket());
        self.front.ask(look.action(), ticket, look.inputs(), invocation.now(), PATIENCE).await
    }

    /// Says that something is not finished yet; once, and loudly, when that lasts.
    async fn tell(&self, due: &Due, why: Option<&anyhow::Error>, invocation: &Invocation) {
        let age = due.age(invocation.now());
        let effect = due.key();
        let (action, ticket) = match due.look() {
            Some(look) => (look.action(), look.ticket().to_string()),
            None => ("nobody", "unknown".to_owned()),
        };
        let why = why.map_or_else(|| "what it needs does not answer".to_owned(), |it| format!("{it:#}"));
        if age < self.alarm_after || due.is_alarmed() {
            warn!(ticket, effect, action, "{action} did not finish with ticket {ticket}, and is asked again: {why}");
            return;
        }
        telemetry::count(Metric::Unfinished);
        let minutes = age.as_secs() / 60;
        error!(
            ticket,
            effect,
            action,
            minutes,
            "{effect} of ticket {ticket} is unfinished after {minutes} minutes ({why}): look for the ticket in the \
             log of {action} and put right what it says; it is tried again within the hour"
        );
        // Said twice is better than never.
        if let Err(error) = self.ledger.alarmed(due).await {
            warn!(effect, "Cannot note that a person was told of {effect}: {error:#}");
        }
    }
}

/// Whether a look that begins after `wait` ends in time.
fn has_time(invocation: &Invocation, wait: Duration) -> bool {
    let needed = SignedDuration::try_from(wait + PATIENCE).unwrap_or_default() + TIME_TO_NOTE;
    invocation.remaining() >= needed
}

/// What is due by who looks: one look at a ticket does for all that waits for it.
fn tasks(due: Vec<Due>) -> Vec<Vec<Due>> {
    let mut tasks: Vec<Vec<Due>> = Vec::new();
    for it in due {
        match tasks.iter_mut().find(|task| it.look().is_some() && task[0].look() == it.look()) {
            Some(task) => task.push(it),
            None => tasks.push(vec![it]),
        }
    }
    tasks
}
