//! Outside effects exactly once, across retries, races, timeouts and kills.
//!
//! A record in DynamoDB says who may act on an effect, whether an attempt may already have been
//! made, and what came of it. Two conditional writes and no reads where nothing goes wrong; one
//! failed write for a repeat. Nothing is ever deleted: a record is the only knowledge that an
//! attempt may have happened. The agenda shows what is unfinished or asked for at a time.

mod agenda;
mod answer;
mod client;
mod effect;
mod kept;
mod name;
mod record;
mod table;
mod visit;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::aws::Aws;
use crate::http::Http;
use crate::runtime::{Failure, Invocation};
use answer::read;
use record::State;
use table::Table;
use visit::{Start, Visit};

pub use agenda::{Due, Left, Look};
pub use client::client;
pub use effect::Effect;
pub use name::{Name, Unnamed};
pub use table::Unavailable;

/// The lifetimes of a record. They are three things: sharing one is the classic mistake.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The longest an act may take; the HTTP client's timeouts keep to it.
    pub act: Duration,
    /// How long after the last possible attempt a look that finds nothing proves that there is
    /// nothing: the vendor's index lag, plus a request applied late, plus the clocks' skew.
    pub horizon: Duration,
    /// How long an ended effect is remembered; longer than any caller retries.
    pub ended: Duration,
    /// How long an unfinished effect or a reminder is remembered after its last change; long enough
    /// for a person to notice.
    pub unfinished: Duration,
    /// How long after it was last asked for a kept value is remembered; longer than anybody leaves
    /// an open escalation alone.
    pub kept: Duration,
}

impl Default for Times {
    fn default() -> Self {
        const DAY: Duration = Duration::from_secs(24 * 60 * 60);
        Self {
            act: Duration::from_secs(3),
            horizon: Duration::from_secs(180),
            ended: 14 * DAY,
            unfinished: 60 * DAY,
            kept: 400 * DAY,
        }
    }
}

/// An effect that is done: now, or at an earlier visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// What the effect gave, as first recorded.
    pub output: T,
    /// How it came to be done.
    pub how: How,
}

/// How an effect came to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// This visit did it.
    Acted,
    /// An earlier visit did it and never told; this one found it at the vendor.
    Adopted,
    /// The record had it.
    Replayed,
    /// It was begun once, nobody knows what came of it, and it will not be tried again.
    Unconfirmed,
}

/// Why a call to a vendor had no result. The HTTP client says which; nobody else guesses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Setback {
    /// The vendor surely did nothing, and may do it later.
    #[error("{reason}")]
    NotApplied {
        /// How long the vendor asks to be left alone.
        retry_after: Option<Duration>,
        /// For the log.
        reason: String,
    },
    /// The vendor may have done it: no answer, half an answer, or a 5xx.
    #[error("{reason}")]
    Unknown {
        /// For the log.
        reason: String,
    },
    /// The vendor surely did nothing and never will.
    #[error("{reason}")]
    Refused {
        /// For the workflow's owner; it is recorded, so nothing personal.
        reason: String,
    },
}

/// Why an effect is not done.
#[derive(Debug, thiserror::Error)]
pub enum Unfinished {
    /// Another visit has it.
    #[error("another run is at it")]
    Busy {
        /// How long its lease lasts.
        retry_after: Duration,
    },
    /// It waits: the vendor asked for it, or an earlier attempt may still show up there.
    #[error("it waits for its time")]
    Parked {
        /// How long it waits.
        retry_after: Duration,
    },
    /// The vendor refused it for good; that is recorded and will not be tried again.
    #[error("it was refused: {reason}")]
    Failed {
        /// What the vendor said.
        reason: String,
    },
    /// A strict effect was asked for again with other defining fields.
    #[error("it was asked for before with other fields")]
    Mismatch,
    /// The attempt has an unknown outcome; a later visit will look.
    #[error("its outcome is unknown: {reason}")]
    Unknown {
        /// What happened.
        reason: String,
    },
    /// The state table or the vendor is down, or too little time is left.
    #[error(transparent)]
    Unavailable(anyhow::Error),
}

impl From<Unfinished> for Failure {
    fn from(unfinished: Unfinished) -> Self {
        match unfinished {
            Unfinished::Busy { retry_after } | Unfinished::Parked { retry_after } => Self::Busy { retry_after },
            Unfinished::Failed { reason } => Self::Rejected(reason),
            Unfinished::Mismatch => Self::Rejected(unfinished.to_string()),
            Unfinished::Unknown { .. } => Self::Later(unfinished.into()),
            Unfinished::Unavailable(error) => Self::Later(error),
        }
    }
}

/// Does each effect once.
#[derive(Debug, Clone)]
pub struct Ledger {
    table: Table,
    times: Times,
}

impl Ledger {
    /// A ledger over `table`, whose partition key is the string `pk`.
    pub fn new(client: Client, table: impl Into<String>, times: Times) -> Self {
        Self { table: Table { client, name: table.into() }, times }
    }

    /// Reads `STATE_TABLE`, and of AWS what [`Aws::from_env`] reads.
    ///
    /// # Errors
    /// Names what is missing.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(times: Times, http: &Http) -> anyhow::Result<Self> {
        let table = std::env::var("STATE_TABLE").unwrap_or_default();
        let missing = "STATE_TABLE is not set: name the DynamoDB table that keeps the ledger";
        match (table.trim(), Aws::from_env("DYNAMODB")) {
            ("", Ok(_)) => anyhow::bail!(missing),
            ("", Err(aws)) => anyhow::bail!("{missing}\n{aws:#}"),
            (table, aws) => Ok(Self::new(client(aws?, http), table, times)),
        }
    }

    /// Does `effect` once, where the vendor can be asked for it.
    ///
    /// The first visit runs `act` at once. A later one runs `look_up` (by [`Effect::marker`]) and
    /// adopts what it finds; where it finds nothing, it runs `act` only after the horizon. Both
    /// futures do nothing until this polls them, and `act` leaves nothing in flight when it ends.
    pub async fn once<T, L, A>(
        &self,
        effect: &Effect,
        invocation: &Invocation,
        look_up: L,
        act: A,
    ) -> Result<Done<T>, Unfinished>
    where
        T: Serialize + DeserializeOwned,
        L: Future<Output = Result<Option<T>, Setback>>,
        A: Future<Output = Result<T, Setback>>,
    {
        let mut visit = match Visit::start(self, effect, invocation).await? {
            Start::Ours(visit) => visit,
            Start::Over { output } => return replay(effect, output, look_up).await,
        };
        if visit.is_repeat() {
            match look_up.await {
                Ok(Some(output)) => return visit.complete(output, How::Adopted).await,
                Ok(None) => {}
                Err(setback) => return visit.set_back(setback).await,
            }
            if !visit.is_past_horizon() {
                return visit.wait_for_horizon().await;
            }
        }
        if !visit.has_time() {
            return visit.wait_for_time().await;
        }
        visit.acts();
        match self.in_time(act).await {
            Ok(output) => visit.complete(output, How::Acted).await,
            Err(setback) => visit.set_back(setback).await,
        }
    }

    /// Does `effect` at most once, where the vendor cannot be asked for it: notes that it begins,
    /// then runs `act`. An attempt whose outcome is never learned is not made again; the output is
    /// then `None` and [`How::Unconfirmed`].
    pub async fn at_most_once<T, A>(
        &self,
        effect: &Effect,
        invocation: &Invocation,
        act: A,
    ) -> Result<Done<Option<T>>, Unfinished>
    where
        T: Serialize + DeserializeOwned,
        A: Future<Output = Result<T, Setback>>,
    {
        let mut visit = match Visit::start(self, effect, invocation).await? {
            Start::Ours(visit) => visit,
            Start::Over { output } => {
                return Ok(Done { output: read(effect, output), how: How::Replayed });
            }
        };
        if visit.has_begun() {
            return visit.give_up().await;
        }
        if let Some(done) = visit.begin().await? {
            return Ok(Done::some(done));
        }
        if !visit.has_time() {
            return visit.wait_for_time().await.map(Done::some);
        }
        visit.acts();
        match self.in_time(act).await {
            Ok(output) => visit.complete(output, How::Acted).await.map(Done::some),
            Err(Setback::Unknown { .. }) => visit.give_up().await,
            Err(setback) => visit.set_back(setback).await.map(Done::some),
        }
    }

    /// What an effect gave, where it is done; begins nothing and changes nothing.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn recorded<T: DeserializeOwned>(&self, effect: &Effect) -> Result<Option<T>, Unavailable> {
        Ok(self.table.look(effect).await?.and_then(|record| match record.state {
            State::Done { output } => read(effect, output),
            _ => None,
        }))
    }

    /// An act that takes longer than it may is given up: it may have happened.
    async fn in_time<T>(&self, act: impl Future<Output = Result<T, Setback>>) -> Result<T, Setback> {
        let ended = tokio::time::timeout(self.times.act, act).await;
        ended.unwrap_or_else(|_| Err(Setback::Unknown { reason: format!("no end within {:?}", self.times.act) }))
    }
}

impl<T> Done<T> {
    fn some(self) -> Done<Option<T>> {
        Done { output: Some(self.output), how: self.how }
    }
}

/// The recorded output; the vendor's own where the record keeps none that we can read.
async fn replay<T: DeserializeOwned>(
    effect: &Effect,
    output: Option<String>,
    look_up: impl Future<Output = Result<Option<T>, Setback>>,
) -> Result<Done<T>, Unfinished> {
    let output = match read(effect, output) {
        Some(output) => Some(output),
        None => look_up.await.map_err(|setback| Unfinished::Unavailable(setback.into()))?,
    };
    let output = output
        .ok_or_else(|| Unfinished::Unavailable(anyhow::anyhow!("{} is done and cannot be found", effect.key())))?;
    Ok(Done { output, how: How::Replayed })
}
