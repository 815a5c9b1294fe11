//! Outside effects exactly once, across retries, races, timeouts and kills.
//!
//! A record in DynamoDB says who may act on an effect, whether an attempt may already have been
//! made, and what came of it. Two conditional writes and no reads where nothing goes wrong, three
//! where a second step follows; one failed write for a repeat. Nothing is ever deleted: a record is the only knowledge that an
//! attempt may have happened. The agenda shows what is unfinished or asked for at a time.

mod agenda;
mod answer;
mod client;
mod effect;
mod ending;
mod kept;
mod line;
mod name;
mod outcome;
mod pace;
mod quota;
mod record;
mod table;
mod visit;
mod window;

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::error;

use crate::aws::Aws;
use crate::http::Http;
use crate::runtime::Invocation;
use answer::read;
use record::State;
use table::Table;
use visit::{DEADLINE_MARGIN, Start, Stop, Visit};

pub use agenda::{Due, Left, Look};
pub use client::client;
pub use effect::Effect;
pub use name::{Name, Unnamed};
pub use outcome::{Done, How, Setback, Unfinished};
pub use pace::{Shared, Unchanged};
pub use table::Unavailable;
pub use window::{Entry, Full, Limit};

/// The lifetimes of a record. They are three things: sharing one is the classic mistake.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// The longest an act may take; the HTTP client's timeouts keep to it. Less where the invocation ends sooner.
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

    /// The same ledger, which remembers what ended as long as what it keeps: for what is done once in an
    /// escalation, however long that lasts.
    #[must_use]
    pub fn for_escalations(self) -> Self {
        Self { times: Times { ended: self.times.kept, ..self.times }, ..self }
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

    /// Where DynamoDB is called, where a table is named.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment, and this before it")]
    pub fn address() -> Option<String> {
        std::env::var("STATE_TABLE").ok().filter(|it| !it.trim().is_empty())?;
        let aws = Aws::from_env("DYNAMODB").ok()?;
        Some(aws.endpoint.unwrap_or_else(|| format!("https://dynamodb.{}.amazonaws.com", aws.region)))
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
        match visit.step(look_up, act).await {
            Ok((output, how)) => visit.complete(output, how).await,
            Err(stop) => visit.stopped(stop).await,
        }
    }

    /// Does `effect` once and then, once, what follows from it; both in one record: three writes, no
    /// reads.
    ///
    /// The first step goes as in [`once`](Self::once), and its output is noted before the second
    /// begins. `then` makes of that output the look-up of the second step (was it done already?) and
    /// the act; the look-up runs only where an earlier visit may have begun it. The second step may
    /// be refused: that is logged and the effect is done, with the first step's output. How it came
    /// to be done is said of the first step.
    pub async fn once_then<T, L, A, F, M, B>(
        &self,
        effect: &Effect,
        invocation: &Invocation,
        look_up: L,
        act: A,
        then: F,
    ) -> Result<Done<T>, Unfinished>
    where
        T: Serialize + DeserializeOwned + Clone,
        L: Future<Output = Result<Option<T>, Setback>>,
        A: Future<Output = Result<T, Setback>>,
        F: FnOnce(T) -> (M, B),
        M: Future<Output = Result<bool, Setback>>,
        B: Future<Output = Result<(), Setback>>,
    {
        let mut visit = match Visit::start(self, effect, invocation).await? {
            Start::Ours(visit) => visit,
            Start::Over { output } => return replay(effect, output, look_up).await,
        };
        let (output, how) = match visit.first(look_up, act).await {
            Ok(first) => first,
            Err(stop) => return visit.stopped(stop).await,
        };
        if let Some(done) = visit.checkpoint(&output).await? {
            return Ok(done);
        }
        let (was_done, follow) = then(output.clone());
        match visit.step(async { Ok(was_done.await?.then_some(())) }, follow).await {
            Ok(_) => {}
            Err(Stop::SetBack(Setback::Refused { reason })) => {
                error!(effect = effect.key, "{} is done, and what follows was refused: {reason}", effect.flow);
            }
            Err(stop) => return visit.stopped(stop).await,
        }
        visit.complete(output, how).await
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
        match self.in_time(act, invocation).await {
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
    async fn in_time<T>(
        &self,
        act: impl Future<Output = Result<T, Setback>>,
        invocation: &Invocation,
    ) -> Result<T, Setback> {
        let left = Duration::try_from(invocation.remaining()).unwrap_or_default().saturating_sub(DEADLINE_MARGIN);
        let time = self.times.act.min(left);
        let ended = tokio::time::timeout(time, act).await;
        ended.unwrap_or_else(|_| Err(Setback::Unknown { reason: format!("no end within {time:?}") }))
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
