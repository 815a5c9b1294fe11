//! One visit to an effect: from taking its record to what is done about it.

use std::time::Duration;

use anyhow::anyhow;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer::{SHORTEST_WAIT, keep, output_of, read, wait, warn_of_mismatch};
use super::line::Outcome;
use super::record::{Claim, Point};
use super::table::{Acquired, Closed, Lease, owner_token};
use super::{Done, Effect, How, Ledger, Setback, Unfinished};
use crate::runtime::Invocation;
use crate::telemetry;

/// A lease outlives the deadline: Lambda kills up to 0.7 s late.
const LEASE_MARGIN: Duration = Duration::from_secs(3);
/// What must be left of an invocation after an act has used up its time.
pub(super) const DEADLINE_MARGIN: Duration = Duration::from_secs(2);
/// An act that could not take this long is not begun.
const SHORTEST_ACT: Duration = Duration::from_secs(3);
/// How long to leave a vendor alone whose answer never came.
pub(super) const PAUSE: Duration = Duration::from_secs(60);

/// The effect, its record while it is ours, and what we have done about it.
pub(super) struct Visit<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) effect: &'a Effect,
    pub(super) invocation: &'a Invocation,
    pub(super) claim: Claim,
    /// When it began, in ms.
    pub(super) begun: i64,
    /// Whether an earlier visit can have tried the step that comes next.
    is_repeat: bool,
    pub(super) acted: bool,
}

/// What taking an effect led to.
pub(super) enum Start<'a> {
    Ours(Visit<'a>),
    Over { output: Option<String> },
}

/// Why a step is not done.
pub(super) enum Stop {
    SetBack(Setback),
    /// An earlier attempt may still show up.
    TooEarly,
    /// An act might not end before the platform ends us.
    TooLate,
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
                let is_repeat = claim.visit > 1;
                let visit = Self { ledger, effect, invocation, claim, begun: lease.now, is_repeat, acted: false };
                match visit.claim.point {
                    Point::Unknown => Err(visit.leave_alone().await),
                    _ => Ok(Start::Ours(visit)),
                }
            }
            Acquired::Held(record) => Ok(Start::Over { output: output_of(record, effect, invocation)? }),
        }
    }

    pub(super) fn has_begun(&self) -> bool {
        !matches!(self.claim.point, Point::Start)
    }

    /// The first of two steps: as the record has it, or done now.
    pub(super) async fn first<T, L, A>(&mut self, look_up: L, act: A) -> Result<(T, How), Stop>
    where
        T: DeserializeOwned,
        L: Future<Output = Result<Option<T>, Setback>>,
        A: Future<Output = Result<T, Setback>>,
    {
        let Point::FirstDone { output } = &self.claim.point else {
            return self.step(look_up, act).await;
        };
        let reason = match read(self.effect, output.clone()) {
            Some(output) => return Ok((output, How::Replayed)),
            None => match look_up.await {
                Ok(Some(output)) => return Ok((output, How::Replayed)),
                Ok(None) => "it is done and cannot be found".to_owned(),
                Err(setback) => setback.to_string(),
            },
        };
        Err(Stop::SetBack(Setback::NotApplied { retry_after: Some(PAUSE), reason }))
    }

    /// Adopts what `look_up` finds where an earlier attempt may have been made, and acts where none
    /// can show up any more.
    pub(super) async fn step<T, L, A>(&mut self, look_up: L, act: A) -> Result<(T, How), Stop>
    where
        L: Future<Output = Result<Option<T>, Setback>>,
        A: Future<Output = Result<T, Setback>>,
    {
        if self.is_repeat {
            if let Some(output) = look_up.await.map_err(Stop::SetBack)? {
                return Ok((output, How::Adopted));
            }
            if !self.is_past_horizon() {
                return Err(Stop::TooEarly);
            }
        }
        if !self.has_time() {
            return Err(Stop::TooLate);
        }
        self.acts();
        let output = self.ledger.in_time(act, self.invocation).await.map_err(Stop::SetBack)?;
        Ok((output, How::Acted))
    }

    /// Ends a visit whose step is not done.
    pub(super) async fn stopped<T: DeserializeOwned>(&self, stop: Stop) -> Result<Done<T>, Unfinished> {
        match stop {
            Stop::SetBack(setback) => self.set_back(setback).await,
            Stop::TooEarly => self.wait_for_horizon().await,
            Stop::TooLate => self.wait_for_time().await,
        }
    }

    /// Notes the first step's output, where no later visit has taken the effect over. From here on
    /// nothing of the first step is open, and nobody has tried the second.
    pub(super) async fn checkpoint<T>(&mut self, output: &T) -> Result<Option<Done<T>>, Unfinished>
    where
        T: Serialize + DeserializeOwned + Clone,
    {
        if matches!(self.claim.point, Point::FirstDone { .. }) {
            return Ok(None);
        }
        let kept = keep(self.effect, output);
        match self.ledger.table.checkpoint(self.effect, &self.claim, kept.clone()).await {
            Ok(Closed::Recorded) => {
                self.count();
                self.claim.point = Point::FirstDone { output: kept };
                self.claim.open_until = 0;
                self.is_repeat = false;
                Ok(None)
            }
            Ok(Closed::Overtaken(record)) => {
                self.say(Outcome::Overtaken, None);
                let theirs = output_of(record, self.effect, self.invocation)?;
                let output = read(self.effect, theirs).unwrap_or_else(|| output.clone());
                Ok(Some(Done { output, how: How::Replayed }))
            }
            // Whether it stands or not, the next visit sees it, once our lease is over.
            Err(error) => {
                self.say(Outcome::Unrecorded, None);
                Err(Unfinished::Unavailable(error))
            }
        }
    }

    /// Counts what the effect is counted as, where that was not done at its first step.
    pub(super) fn count(&self) {
        if !matches!(self.claim.point, Point::FirstDone { .. }) {
            self.effect.counts.iter().copied().for_each(telemetry::count);
        }
    }

    /// Whether an attempt that a look does not find was never made.
    fn is_past_horizon(&self) -> bool {
        self.claim.open_until == 0 || self.now() >= self.horizon()
    }

    async fn wait_for_horizon<T: DeserializeOwned>(&self) -> Result<Done<T>, Unfinished> {
        let ready = self.horizon();
        let why = Unfinished::Parked { retry_after: wait(self.now(), ready) };
        self.stop(self.parked(ready), why, "an earlier attempt may still show up").await
    }

    /// Whether an act would end before the platform ends us.
    pub(super) fn has_time(&self) -> bool {
        has_time(self.ledger, self.invocation)
    }

    pub(super) async fn wait_for_time<T: DeserializeOwned>(&self) -> Result<Done<T>, Unfinished> {
        let why = Unfinished::Parked { retry_after: SHORTEST_WAIT };
        self.stop(self.parked(self.now()), why, "too little time is left").await
    }

    /// Notes that the effect begins, where no later visit has finished it meanwhile.
    pub(super) async fn begin<T: DeserializeOwned>(&self) -> Result<Option<Done<T>>, Unfinished> {
        match self.ledger.table.begin(self.effect, &self.claim).await {
            Ok(Closed::Recorded) => Ok(None),
            Ok(Closed::Overtaken(record)) => {
                self.say(Outcome::Overtaken, None);
                let output = output_of(record, self.effect, self.invocation)?;
                let busy = Unfinished::Busy { retry_after: SHORTEST_WAIT };
                let output = read(self.effect, output).ok_or(busy)?;
                Ok(Some(Done { output, how: How::Replayed }))
            }
            // The note may stand: take it back, or nobody will ever act.
            Err(error) => {
                let why = Unfinished::Unavailable(error);
                self.stop(self.parked(self.now()), why, "that it begins could not be recorded").await.map(Some)
            }
        }
    }

    /// From here on an attempt may be in flight.
    pub(super) fn acts(&mut self) {
        self.acted = true;
    }

    fn horizon(&self) -> i64 {
        later(self.claim.open_until, self.ledger.times.horizon)
    }

    pub(super) fn now(&self) -> i64 {
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

/// Little time makes an act shorter, down to what most acts need.
fn has_time(ledger: &Ledger, invocation: &Invocation) -> bool {
    let needed = ledger.times.act.min(SHORTEST_ACT) + DEADLINE_MARGIN;
    later(invocation.now().as_millisecond(), needed) <= invocation.deadline.as_millisecond()
}

/// The moment this long after `moment`, both in ms since 1970.
pub(super) fn later(moment: i64, duration: Duration) -> i64 {
    moment.saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX))
}
