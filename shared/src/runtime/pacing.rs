//! A run begins only where it can also end: where a vendor's limit has room for its calls.
//!
//! All environments of all functions share one limit and no memory, so what was given out of it stands in the
//! state table. A workflow's run that finds no room gets a place in a queue, and an answer that says when to come:
//! it comes once, and begins. What our own functions ask for is refused, and asked for again when it is due.
//! A state table that is down holds nobody up.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Error;
use jiff::{SignedDuration, Timestamp};
use tracing::{error, info, warn};

use super::Invocation;
use crate::chance::chance;
use crate::id::{PortalId, TicketId};
use crate::ledger::{Ledger, Name, Shared, Unchanged};
use crate::meter::Meter;
use crate::telemetry::{self, Metric};

/// So long a run waits for its place itself.
const PATIENCE: SignedDuration = SignedDuration::from_secs(1);
/// What must be left of an invocation after that.
const TIME_TO_RUN: SignedDuration = SignedDuration::from_secs(5);
/// For so long the vendor counts a call.
const FRESH: SignedDuration = SignedDuration::from_secs(10);
/// Who is told to come again without a place comes within this, and as much on top.
const LATER: Duration = Duration::from_secs(15);
/// HubSpot reads milliseconds; were they taken for seconds, this would be the three days for which it tries.
const LONGEST_PAUSE: Duration = Duration::from_millis(3 * 24 * 60 * 60);
/// Longer than any limit but that of a day.
const A_DAYS_LIMIT: Duration = Duration::from_secs(10 * 60);

/// The pace of HubSpot's calls, the one vendor that counts them for all of us together.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    ledger: Ledger,
    quota: Shared,
    meter: Meter,
    balance: Arc<Mutex<Balance>>,
}

/// The calls that this environment made beyond those it took; fewer, where negative.
#[derive(Debug, Clone, Copy, Default)]
struct Balance {
    owed: i64,
    at: Timestamp,
}

impl Balance {
    /// What was taken and not called is worth something only while the vendor still counts that time.
    fn at(self, now: Timestamp) -> i64 {
        let is_fresh = now.duration_since(self.at) < FRESH;
        if is_fresh { self.owed } else { self.owed.max(0) }
    }
}

/// Whose a run is.
#[derive(Debug, Clone)]
pub(super) enum Whose {
    /// A workflow's, which queues under this name.
    Workflow(Name),
    /// Our own functions', or one whose sender tells again: it can as well run later.
    Patient,
}

/// Under what name a workflow's run of an action on a ticket queues.
pub(super) fn place(action: &str, (portal, ticket): (PortalId, TicketId)) -> anyhow::Result<Name> {
    Ok(Name::new("place", &[&portal.to_string(), &ticket.to_string(), action])?)
}

/// When a workflow's run of an action on a ticket, which found no room, may begin: a while ago, where the workflow
/// was not back yet. `None` where none waits, or the state table is down.
pub async fn waiting_run(
    ledger: &Ledger,
    action: &str,
    (portal, ticket): (PortalId, TicketId),
    now: Timestamp,
) -> Option<Timestamp> {
    let name = place(action, (portal, ticket)).ok()?;
    match ledger.place(&name, now).await {
        Ok(place) => place,
        Err(error) => {
            let error = Error::from(error);
            warn!(%ticket, action, "Cannot tell whether {action} waits for room on ticket {ticket}: {error:#}");
            None
        }
    }
}

impl Pace {
    /// What `meter` counts is paced by what `ledger` keeps.
    ///
    /// # Errors
    /// What is kept has no name.
    pub fn new(ledger: &Ledger, meter: &Meter) -> anyhow::Result<Self> {
        let quota = Shared::new(Name::new("hubspot", &["calls"])?);
        Ok(Self { ledger: ledger.clone(), quota, meter: meter.clone(), balance: Arc::default() })
    }

    /// Begins a run that makes about so many calls, now or within moments.
    ///
    /// # Errors
    /// It may not begin: how long it should stay away.
    pub(super) async fn begin(&self, whose: &Whose, calls: u16, invocation: &Invocation) -> Result<(), Duration> {
        let (owed, wanted) = self.wanted(calls, invocation);
        match Box::pin(self.take(whose, (wanted, calls.into()), invocation)).await {
            Ok(Ok(taken)) => {
                self.keep(owed - i64::from(taken), invocation.now());
                Ok(())
            }
            Ok(Err(pause)) => Err(pause),
            Err(Unchanged::Crowded) => Err(later()),
            Err(Unchanged::Down(error)) => {
                let error = Error::from(error);
                warn!("Cannot tell whether there is room for a run, so it begins: {error:#}");
                Ok(())
            }
        }
    }

    /// Takes calls that are made in any case.
    pub(super) async fn spend(&self, calls: u16, invocation: &Invocation) {
        if calls == 0 {
            return;
        }
        let (owed, wanted) = self.wanted(calls, invocation);
        let (now, most) = (invocation.now(), self.meter.most());
        match Box::pin(self.ledger.spend(&self.quota, wanted, most, now)).await {
            Ok(()) => self.keep(owed - i64::from(wanted), now),
            Err(Unchanged::Crowded) => {}
            Err(Unchanged::Down(error)) => warn!("Cannot take calls that are made: {:#}", Error::from(error)),
        }
    }

    /// What this environment called beyond what it took, and how much it should take now for so many calls.
    fn wanted(&self, calls: u16, invocation: &Invocation) -> (i64, u32) {
        // Calls since the last end were made by nobody's run.
        self.meter.take_calls();
        let owed = self.balance().at(invocation.now());
        let wanted = (i64::from(calls) + owed).clamp(1, i64::from(calls) * 3);
        (owed, u32::try_from(wanted).unwrap_or(1))
    }

    /// A run ended: what it called beyond what it took, the next one takes.
    pub(super) async fn ended(&self, calls: u16, invocation: &Invocation) {
        let made = i64::from(self.meter.take_calls());
        let most = i64::from(calls) * 2;
        self.keep((self.balance().owed + made).clamp(-most, most), invocation.now());
        let now = invocation.now();
        // An environment that is asked once would never say it: its first run begins without knowing.
        if let Err(Unchanged::Down(error)) = Box::pin(self.ledger.learn(&self.quota, self.meter.most(), now)).await {
            warn!("Cannot note the limit of calls: {:#}", Error::from(error));
        }
        let Some(pause) = self.meter.take_refusal() else { return };
        let until = now + SignedDuration::try_from(pause).unwrap_or_default();
        match Box::pin(self.ledger.close(&self.quota, until, now)).await {
            Ok(true) if pause >= A_DAYS_LIMIT => {
                telemetry::count(Metric::DailyLimits);
                error!(
                    metric = "daily_limit",
                    "The calls of a day are used up: nothing begins until {until}, and is then asked for again"
                );
            }
            Ok(true) => info!(metric = "rate_limited", "Refused for too many calls: nothing begins until {until}"),
            Ok(false) | Err(Unchanged::Crowded) => {}
            Err(Unchanged::Down(error)) => {
                warn!("Cannot note that there were too many calls: {:#}", Error::from(error))
            }
        }
    }

    fn balance(&self) -> Balance {
        *self.balance.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, owed: i64, at: Timestamp) {
        *self.balance.lock().unwrap_or_else(PoisonError::into_inner) = Balance { owed, at };
    }

    /// How many calls were taken: `calls` at once, `usual` where it queued; or how long to stay away.
    async fn take(
        &self,
        whose: &Whose,
        (calls, usual): (u32, u32),
        invocation: &Invocation,
    ) -> Result<Result<u32, Duration>, Unchanged> {
        let (now, most, quota) = (invocation.now(), self.meter.most(), &self.quota);
        match whose {
            Whose::Patient => {
                let begins = self.ledger.begin_other(quota, calls, most, now).await?;
                Ok(if begins { Ok(calls) } else { Err(later()) })
            }
            Whose::Workflow(name) => match self.ledger.begin(quota, calls, most, now).await? {
                true => Ok(Ok(calls)),
                false => Ok(self.queue(name, usual, invocation).await?.map_or(Ok(usual), Err)),
            },
        }
    }

    /// Who has a place keeps it, and begins when it is there: `None`. A place is for as many calls as are usual:
    /// another environment may begin there, and what this one has left over it may use once alone.
    async fn queue(&self, name: &Name, calls: u32, invocation: &Invocation) -> Result<Option<Duration>, Unchanged> {
        let now = invocation.now();
        if let Some(place) = self.ledger.place(name, now).await? {
            if !is_near(place, invocation) {
                return Ok(Some(until(place, now)));
            }
            // The vendor may have refused all calls since.
            if self.ledger.arrive(&self.quota, place, calls, now).await? && self.ledger.take_place(name, place).await? {
                tokio::time::sleep(until(place, now)).await;
                return Ok(None);
            }
        }
        let place = self.ledger.queue(&self.quota, calls, now).await?;
        if is_near(place, invocation) {
            tokio::time::sleep(until(place, now)).await;
            return Ok(None);
        }
        self.ledger.keep_place(name, place).await?;
        Ok(Some(until(place, now)))
    }
}

/// Whether a run may wait for its place.
fn is_near(place: Timestamp, invocation: &Invocation) -> bool {
    let wait = place.duration_since(invocation.now());
    wait <= PATIENCE.min(invocation.remaining() - TIME_TO_RUN).max(SignedDuration::ZERO)
}

/// How long to stay away. Who comes early keeps the place.
fn until(place: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(place.duration_since(now)).unwrap_or_default().min(LONGEST_PAUSE)
}

/// How long to stay away without a place.
fn later() -> Duration {
    LATER + LATER.mul_f64(chance())
}
