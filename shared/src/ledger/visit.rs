//! One visit to an effect: from taking its record to writing down how the visit ended.

use std::time::Duration;

use anyhow::anyhow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::{info, warn};

use super::agenda::pause;
use super::answer::{SHORTEST_WAIT, keep, output_of, read, wait, warn_of_mismatch};
use super::record::Claim;
use super::table::{Acquired, Closed, End, Lease, owner_token};
use super::{Done, Effect, How, Ledger, Setback, Unfinished};
use crate::runtime::Invocation;

/// A lease outlives the deadline: Lambda kills up to 0.7 s late.
const LEASE_MARGIN: Duration = Duration::from_secs(3);
/// What must be left of an invocation after an act has used up its time.
const DEADLINE_MARGIN: Duration = Duration::from_secs(2);
/// How long to leave a vendor alone whose answer never came.
const PAUSE: Duration = Duration::from_secs(60);

/// Keeps a record under 1 KB whatever a vendor says.
const LONGEST_REASON: usize = 400;

/// The effect, its record while it is ours, and whether we have acted.
pub(super) struct Visit<'a> {
    ledger: &'a Ledger,
    effect: &'a Effect,
    invocation: &'a Invocation,
    claim: Claim,
    acted: bool,
}

/// What taking an effect led to.
pub(super) enum Start<'a> {
    Ours(Visit<'a>),
    Over { output: Option<String> },
}

/// What became of this visit's last write.
enum Ended {
    Recorded,
    /// A later visit has finished the effect.
    Elsewhere {
        output: Option<String>,
    },
}

impl<'a> Visit<'a> {
    pub(super) async fn start(
        ledger: &'a Ledger,
        effect: &'a Effect,
        invocation: &'a Invocation,
    ) -> Result<Start<'a>, Unfinished> {
        if !has_time(ledger, invocation) {
            let left = invocation.remaining();
            return Err(Unfinished::Unavailable(anyhow!("{left:#} is too little to begin {}", effect.flow)));
        }
        let lease = lease(ledger, invocation);
        let owner = owner_token().map_err(Unfinished::Unavailable)?;
        let acquired = ledger.table.acquire(effect, &owner, &lease).await;
        match acquired.map_err(Unfinished::Unavailable)? {
            Acquired::Mine(claim) => {
                if !claim.same_fields {
                    warn_of_mismatch(effect);
                }
                Ok(Start::Ours(Self { ledger, effect, invocation, claim, acted: false }))
            }
            Acquired::Held(record) => Ok(Start::Over { output: output_of(record, effect, invocation)? }),
        }
    }

    pub(super) fn is_repeat(&self) -> bool {
        self.claim.visit > 1
    }

    pub(super) fn has_begun(&self) -> bool {
        self.claim.begun
    }

    /// Whether an attempt that a look does not find was never made.
    pub(super) fn is_past_horizon(&self) -> bool {
        self.claim.open_until == 0 || self.now() >= self.horizon()
    }

    pub(super) async fn wait_for_horizon<T: DeserializeOwned>(&self) -> Result<Done<T>, Unfinished> {
        let ready = self.horizon();
        let why = Unfinished::Parked { retry_after: wait(self.now(), ready) };
        self.stop(self.parked(ready), why).await
    }

    /// Whether an act would end before the platform ends us.
    pub(super) fn has_time(&self) -> bool {
        has_time(self.ledger, self.invocation)
    }

    pub(super) async fn wait_for_time<T: DeserializeOwned>(&self) -> Result<Done<T>, Unfinished> {
        let why = Unfinished::Parked { retry_after: SHORTEST_WAIT };
        self.stop(self.parked(self.now()), why).await
    }

    /// Notes that the effect begins, where no later visit has finished it meanwhile.
    pub(super) async fn begin<T: DeserializeOwned>(&self) -> Result<Option<Done<T>>, Unfinished> {
        match self.ledger.table.begin(self.effect, &self.claim).await {
            Ok(Closed::Recorded) => Ok(None),
            Ok(Closed::Overtaken(record)) => {
                let output = output_of(record, self.effect, self.invocation)?;
                let busy = Unfinished::Busy { retry_after: SHORTEST_WAIT };
                let output = read(self.effect, output).ok_or(busy)?;
                Ok(Some(Done { output, how: How::Replayed }))
            }
            // The note may stand: take it back, or nobody will ever act.
            Err(error) => {
                let why = Unfinished::Unavailable(error);
                self.stop(self.parked(self.now()), why).await.map(Some)
            }
        }
    }

    /// From here on an attempt may be in flight.
    pub(super) fn acts(&mut self) {
        self.acted = true;
    }

    pub(super) async fn complete<T>(&self, output: T, how: How) -> Result<Done<T>, Unfinished>
    where
        T: Serialize + DeserializeOwned,
    {
        let end = self.done(keep(self.effect, &output));
        match self.end(end).await? {
            Ended::Recorded => Ok(Done { output, how }),
            Ended::Elsewhere { output: theirs } => {
                let output = read(self.effect, theirs).unwrap_or(output);
                Ok(Done { output, how: How::Replayed })
            }
        }
    }

    /// Ends an effect whose one attempt has an outcome that nobody can learn.
    pub(super) async fn give_up<T: DeserializeOwned>(&self) -> Result<Done<Option<T>>, Unfinished> {
        warn!(effect = self.effect.key, "Nobody knows what came of {}", self.effect.flow);
        match self.end(self.done(None)).await? {
            Ended::Recorded => Ok(Done { output: None, how: How::Unconfirmed }),
            Ended::Elsewhere { output } => Ok(Done { output: read(self.effect, output), how: How::Replayed }),
        }
    }

    pub(super) async fn set_back<T: DeserializeOwned>(&self, setback: Setback) -> Result<Done<T>, Unfinished> {
        let now = self.now();
        info!(effect = self.effect.key, "{} met a setback: {setback}", self.effect.flow);
        let (end, why) = match setback {
            Setback::NotApplied { retry_after: Some(pause), .. } => {
                let retry_after = pause.max(SHORTEST_WAIT);
                (self.parked(later(now, pause)), Unfinished::Parked { retry_after })
            }
            Setback::NotApplied { retry_after: None, reason } => {
                (self.parked(now), Unfinished::Unavailable(anyhow!(reason)))
            }
            Setback::Unknown { reason } if self.acted => {
                (self.parked_since(later(now, PAUSE), now), Unfinished::Unknown { reason })
            }
            Setback::Unknown { reason } => (self.parked(now), Unfinished::Unknown { reason }),
            Setback::Refused { reason } => {
                let reason: String = reason.chars().take(LONGEST_REASON).collect();
                let collect_after = self.collect_after();
                let end = End::Failed { reason: reason.clone(), collect_after };
                (end, Unfinished::Failed { reason })
            }
        };
        self.stop(end, why).await
    }

    /// Ends a visit that did not finish the effect; a later one may have meanwhile.
    async fn stop<T: DeserializeOwned>(&self, end: End, why: Unfinished) -> Result<Done<T>, Unfinished> {
        match self.end(end).await {
            Ok(Ended::Recorded) => Err(why),
            Ok(Ended::Elsewhere { output }) => match read(self.effect, output) {
                Some(output) => Ok(Done { output, how: How::Replayed }),
                None => Err(why),
            },
            Err(Unfinished::Unavailable(error)) => {
                Err(Unfinished::Unavailable(error.context(format!("{why:#}, and to record it"))))
            }
            Err(other) => Err(other),
        }
    }

    async fn end(&self, end: End) -> Result<Ended, Unfinished> {
        match self.ledger.table.close(self.effect, &self.claim, end).await {
            Ok(Closed::Recorded) => Ok(Ended::Recorded),
            Ok(Closed::Overtaken(record)) => {
                warn!(effect = self.effect.key, "A later visit has {}", self.effect.flow);
                let output = output_of(record, self.effect, self.invocation)?;
                Ok(Ended::Elsewhere { output })
            }
            Err(error) => Err(Unfinished::Unavailable(error)),
        }
    }

    fn done(&self, output: Option<String>) -> End {
        End::Done { output, collect_after: self.collect_after() }
    }

    /// Parked, with what this visit leaves open: as before, for it surely applied nothing.
    fn parked(&self, not_before: i64) -> End {
        self.parked_since(not_before, self.claim.open_until)
    }

    /// Parked, with an attempt that can be in flight until `open_until`. The longer the effect is on
    /// the agenda, the later it is shown there again: its caller may come sooner.
    fn parked_since(&self, not_before: i64, open_until: i64) -> End {
        let now = self.now();
        let due = self.claim.since.map(|since| not_before.max(now + pause(since, now)));
        End::Parked { not_before, open_until, due }
    }

    fn horizon(&self) -> i64 {
        later(self.claim.open_until, self.ledger.times.horizon)
    }

    fn collect_after(&self) -> i64 {
        later(self.now(), self.ledger.times.ended) / 1_000
    }

    fn now(&self) -> i64 {
        self.invocation.now().as_millisecond()
    }
}

fn lease(ledger: &Ledger, invocation: &Invocation) -> Lease {
    let now = invocation.now().as_millisecond();
    Lease {
        now,
        end: later(invocation.deadline.as_millisecond(), LEASE_MARGIN),
        collect_after: later(now, ledger.times.unfinished) / 1_000,
    }
}

fn has_time(ledger: &Ledger, invocation: &Invocation) -> bool {
    let needed = ledger.times.act + DEADLINE_MARGIN;
    later(invocation.now().as_millisecond(), needed) <= invocation.deadline.as_millisecond()
}

/// The moment this long after `moment`, both in ms since 1970.
pub(super) fn later(moment: i64, duration: Duration) -> i64 {
    moment.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}
