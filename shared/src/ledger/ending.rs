//! How a visit ends: it writes down what came of it, and hears it where a later visit knows better.

use std::time::Duration;

use anyhow::anyhow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::error;

use super::agenda::pause;
use super::answer::{SHORTEST_WAIT, keep, output_of, read};
use super::line::Outcome;
use super::table::{Closed, End};
use super::visit::{PAUSE, Visit, later};
use super::{Done, How, Setback, Unfinished};
use crate::telemetry::{self, Metric};

/// Keeps a record under 1 KB whatever a vendor says.
const LONGEST_REASON: usize = 400;

/// What became of this visit's last write.
enum Ended {
    Recorded,
    /// A later visit has finished the effect.
    Elsewhere {
        output: Option<String>,
    },
}

impl Visit<'_> {
    pub(super) async fn complete<T>(&self, output: T, how: How) -> Result<Done<T>, Unfinished>
    where
        T: Serialize + DeserializeOwned,
    {
        let end = self.done(keep(self.effect, &output));
        match self.end(end, Outcome::of(how, self.acted), None).await? {
            Ended::Recorded => {
                self.count();
                Ok(Done { output, how })
            }
            Ended::Elsewhere { output: theirs } => {
                let output = read(self.effect, theirs).unwrap_or(output);
                Ok(Done { output, how: How::Replayed })
            }
        }
    }

    /// Ends an effect whose one attempt has an outcome that nobody can learn.
    pub(super) async fn give_up<T: DeserializeOwned>(&self) -> Result<Done<Option<T>>, Unfinished> {
        match self.end(self.done(None), Outcome::GivenUp, None).await? {
            Ended::Recorded => Ok(Done { output: None, how: How::Unconfirmed }),
            Ended::Elsewhere { output } => Ok(Done { output: read(self.effect, output), how: How::Replayed }),
        }
    }

    /// How long to leave a vendor alone whose answer never came: no longer than until it may be asked again.
    fn pause(&self) -> Duration {
        PAUSE.min(self.ledger.times.horizon).max(SHORTEST_WAIT)
    }

    pub(super) async fn set_back<T: DeserializeOwned>(&self, setback: Setback) -> Result<Done<T>, Unfinished> {
        let now = self.now();
        let because = setback.to_string();
        let (end, why) = match setback {
            Setback::NotApplied { retry_after: Some(pause), .. } => {
                let retry_after = pause.max(SHORTEST_WAIT);
                (self.parked(later(now, pause)), Unfinished::Parked { retry_after })
            }
            Setback::NotApplied { retry_after: None, reason } => {
                (self.parked(now), Unfinished::Unavailable(anyhow!(reason)))
            }
            Setback::Unknown { reason } if self.acted => {
                (self.parked_since(later(now, self.pause()), now), Unfinished::Unknown { reason })
            }
            Setback::Unknown { reason } => (self.parked(now), Unfinished::Unknown { reason }),
            Setback::Refused { reason } => {
                let reason: String = reason.chars().take(LONGEST_REASON).collect();
                let (open_until, collect_after) = (self.claim.open_until, self.collect_after());
                let end = End::Failed { reason: reason.clone(), open_until, collect_after };
                (end, Unfinished::Failed { reason })
            }
        };
        self.stop(end, why, &because).await
    }

    /// Ends a visit that did not finish the effect; a later one may have meanwhile.
    pub(super) async fn stop<T: DeserializeOwned>(
        &self,
        end: End,
        why: Unfinished,
        because: &str,
    ) -> Result<Done<T>, Unfinished> {
        // What a vendor refuses it may quote, and it quotes what people wrote.
        let (outcome, because, what) = match end {
            End::Failed { .. } => (Outcome::Refused, None, "it was refused".to_owned()),
            _ => (Outcome::Parked, Some(because), format!("{why:#}")),
        };
        match self.end(end, outcome, because).await {
            Ok(Ended::Recorded) => Err(why),
            Ok(Ended::Elsewhere { output }) => match read(self.effect, output) {
                Some(output) => Ok(Done { output, how: How::Replayed }),
                None => Err(why),
            },
            Err(Unfinished::Unavailable(error)) => {
                Err(Unfinished::Unavailable(error.context(format!("{what}, and that is not recorded"))))
            }
            Err(other) => Err(other),
        }
    }

    /// Writes down how the visit ends, and says so in the log.
    async fn end(&self, end: End, outcome: Outcome, because: Option<&str>) -> Result<Ended, Unfinished> {
        match self.ledger.table.close(self.effect, &self.claim, end).await {
            Ok(Closed::Recorded) => {
                if outcome == Outcome::Parked {
                    telemetry::count(Metric::EffectsParked);
                }
                self.say(outcome, because);
                Ok(Ended::Recorded)
            }
            Ok(Closed::Overtaken(record)) => {
                self.say(Outcome::Overtaken, None);
                let output = output_of(record, self.effect, self.invocation)?;
                Ok(Ended::Elsewhere { output })
            }
            Err(error) => {
                self.say(Outcome::Unrecorded, None);
                Err(Unfinished::Unavailable(error))
            }
        }
    }

    fn done(&self, output: Option<String>) -> End {
        End::Done { output, collect_after: self.collect_after() }
    }

    /// Parked, with what this visit leaves open: as before, for it surely applied nothing.
    pub(super) fn parked(&self, not_before: i64) -> End {
        self.parked_since(not_before, self.claim.open_until)
    }

    /// Parked, with an attempt that can be in flight until `open_until`. The longer the effect is on
    /// the agenda, the later it is shown there again: its caller may come sooner.
    fn parked_since(&self, not_before: i64, open_until: i64) -> End {
        let now = self.now();
        let due = self.claim.since.map(|since| not_before.max(now + pause(since, now)));
        End::Parked { not_before, open_until, due }
    }

    /// Leaves what a newer version has begun to that version.
    pub(super) async fn leave_alone(&self) -> Unfinished {
        error!(effect = self.effect.key, "The record of {} is at a point we do not know", self.effect.flow);
        let why = anyhow!("the record {} is at an unknown point", self.effect.key);
        let parked = self.parked(later(self.now(), PAUSE));
        match self.end(parked, Outcome::Parked, Some("its record is at a point we do not know")).await {
            Ok(_) => Unfinished::Unavailable(why),
            Err(unfinished) => unfinished,
        }
    }

    fn collect_after(&self) -> i64 {
        later(self.now(), self.ledger.times.ended) / 1_000
    }
}
