//! Says things in Slack, each once. Whatever happens there never stops an escalation: what could not be
//! said is on the agenda and is said later.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Unit};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Telling;
use crate::http::Fault;
use crate::ledger::{Done, Effect, How, Setback, Unfinished};
use crate::runtime::{Failure, Result, worst};
use crate::slack::{Content, Posted, Slack};

/// What must be left of an invocation to note that Slack does not answer, and to answer ourselves: an
/// escalation does not wait for Slack.
const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_millis(1_500);

/// The sweep comes once a minute.
const SOON: SignedDuration = SignedDuration::from_mins(1);

/// Says things in Slack, each once.
pub struct Speaker<'a> {
    /// The workspace.
    pub slack: &'a Slack,
    /// The escalation that it is about.
    pub telling: &'a Telling<'a>,
}

/// Where something is said.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The channel's id, or `#name`.
    pub channel: &'a str,
    /// The message that it is said after, by its time stamp.
    pub thread: Option<&'a str>,
    /// Since when it can have been said.
    pub since: Timestamp,
}

/// Why something is not said.
pub struct Unsaid {
    /// What happened.
    pub failure: Failure,
    /// Whether somebody will come back to it without being reminded.
    pub is_on_agenda: bool,
}

/// What came of saying something.
pub type Said<T> = Result<T, Unsaid>;

/// What names an effect has failed before there was one.
impl From<Failure> for Unsaid {
    fn from(failure: Failure) -> Self {
        Self { failure, is_on_agenda: false }
    }
}

impl Speaker<'_> {
    /// Says something, after `first`.
    ///
    /// # Errors
    /// It is not said, or nobody knows.
    pub async fn say<'c>(
        &self,
        effect: &Effect,
        place: Place<'_>,
        first: impl Future<Output = Result<(), Setback>>,
        content: impl Into<Content<'c>>,
    ) -> Said<()> {
        let act = async {
            first.await?;
            self.post(effect, place, content).await
        };
        self.once(effect, self.find(effect, place), act).await.map(drop)
    }

    /// Does something once, and knows whether it is on the agenda where it is not done: that is so from
    /// the moment at which it was begun, until its end.
    ///
    /// # Errors
    /// It is not done, or nobody knows.
    pub async fn once<T: Serialize + DeserializeOwned>(
        &self,
        effect: &Effect,
        look_up: impl Future<Output = Result<Option<T>, Setback>>,
        act: impl Future<Output = Result<T, Setback>>,
    ) -> Said<Done<T>> {
        let begun = AtomicBool::new(false);
        let looks = async {
            begun.store(true, Ordering::Relaxed);
            look_up.await
        };
        let acts = async {
            begun.store(true, Ordering::Relaxed);
            act.await
        };
        let ended = Box::pin(self.telling.ledger.once(effect, self.telling.invocation, looks, acts)).await;
        if ended.as_ref().is_ok_and(|it| matches!(it.how, How::Acted | How::Adopted)) {
            let ticket = self.telling.look.ticket();
            tracing::info!(%ticket, effect = effect.key(), "Told Slack of ticket {ticket}");
        }
        ended.map_err(|why| Unsaid {
            is_on_agenda: match why {
                // Another run is at the same thing, which may know less than we.
                Unfinished::Busy { .. } => false,
                Unfinished::Unavailable(_) => begun.load(Ordering::Relaxed),
                _ => true,
            },
            failure: why.into(),
        })
    }

    /// A message of ours, by its effect's marker.
    ///
    /// # Errors
    /// Slack refuses or cannot be reached.
    pub async fn find(&self, effect: &Effect, place: Place<'_>) -> Result<Option<Posted>, Setback> {
        let found = self.slack.find(place.channel, place.thread, effect.marker(), place.since).await;
        found.map_err(Fault::of_a_read)
    }

    /// Posts a message. Not idempotent: the ledger guards it.
    ///
    /// # Errors
    /// As [`Fault`] says; an unknown outcome may have posted it.
    pub async fn post<'c>(
        &self,
        effect: &Effect,
        place: Place<'_>,
        content: impl Into<Content<'c>>,
    ) -> Result<Posted, Setback> {
        Ok(self.slack.post(place.channel, place.thread, content, effect.marker()).await?)
    }

    /// Has a message of ours say what is so now. One that somebody deleted needs no new words.
    ///
    /// # Errors
    /// Slack cannot be reached.
    pub async fn restate<'c>(
        &self,
        at: &Posted,
        effect: &Effect,
        content: impl Into<Content<'c>>,
    ) -> Result<(), Setback> {
        match self.slack.update(at, content, effect.marker()).await {
            Err(Fault::Refused { .. }) => Ok(()),
            updated => updated.map_err(Fault::of_a_read),
        }
    }

    /// What was not said is said by whoever looks at the ticket next; has somebody look.
    ///
    /// # Errors
    /// The state table is down, so that nobody would come back to what is not said.
    pub async fn settle<const N: usize>(&self, said: [Said<()>; N]) -> Result<()> {
        let mut settled = Ok(());
        for unsaid in said.into_iter().filter_map(Result::err) {
            let noted = self.later(&unsaid).await;
            settled = worst([settled, noted]);
        }
        settled
    }

    async fn later(&self, unsaid: &Unsaid) -> Result<()> {
        let ticket = self.telling.look.ticket();
        let wait = match &unsaid.failure {
            Failure::Rejected(reason) => {
                tracing::error!(%ticket, "Slack will not be told of ticket {ticket}: {reason}");
                return Ok(());
            }
            Failure::Busy { retry_after } => {
                tracing::info!(%ticket, "Slack is told of ticket {ticket} later");
                SignedDuration::try_from(*retry_after).unwrap_or(SOON)
            }
            Failure::Later(error) => {
                tracing::warn!(%ticket, "Slack is told of ticket {ticket} later: {error:#}");
                SignedDuration::ZERO
            }
        };
        if unsaid.is_on_agenda {
            return Ok(());
        }
        self.telling.look_soon(wait).await
    }
}

/// Says it within the time that leaves some to answer.
///
/// # Errors
/// The state table is down, so that nobody would come back to what is not said.
pub async fn in_time(telling: &Telling<'_>, said: impl Future<Output = Result<()>>) -> Result<()> {
    let time = Duration::try_from(telling.invocation.remaining() - TIME_TO_ANSWER).unwrap_or_default();
    if let Ok(told) = tokio::time::timeout(time, Box::pin(said)).await {
        return told;
    }
    let ticket = telling.look.ticket();
    tracing::warn!(%ticket, "Slack did not answer within {time:?}: it is told of ticket {ticket} later");
    telling.look_soon(SignedDuration::ZERO).await
}

impl Telling<'_> {
    /// Has somebody look at the ticket again, in the minute that begins after this time.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn look_soon(&self, wait: SignedDuration) -> Result<()> {
        Ok(self.ledger.look_again(&self.look, next_minute(self.invocation.now() + wait)).await?)
    }
}

/// Nothing comes first.
///
/// # Errors
/// Never.
pub async fn nothing() -> Result<(), Setback> {
    Ok(())
}

/// The next full minute: reminders of many runs are one.
fn next_minute(at: Timestamp) -> Timestamp {
    let minute = at.round(Unit::Minute).unwrap_or(at);
    if minute > at { minute } else { minute + SOON }
}
