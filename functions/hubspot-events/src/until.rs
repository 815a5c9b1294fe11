//! How long a request may take, and what fits into that. By the machine's own clock: HubSpot waits no
//! other time.

use std::time::Duration;

use anyhow::anyhow;
use escalation::runtime::Invocation;
use tokio::time::{Instant, timeout_at};

/// By when it is known which tickets notes and conversations belong to.
const TO_FIND: Duration = Duration::from_millis(1_800);
/// By when the actions have looked.
const TO_ASK: Duration = Duration::from_millis(3_400);
/// By when the rest is on the agenda: HubSpot waits [five seconds](https://developers.hubspot.com/docs/api/webhooks).
const TO_NOTE: Duration = Duration::from_millis(4_500);

/// Longer than an action may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What is left to the platform after everything is written.
const TO_ANSWER: Duration = Duration::from_millis(200);

/// The times of one request of HubSpot's.
#[derive(Clone, Copy)]
pub struct Limits {
    /// By when all tickets are found.
    pub find: Until,
    /// By when the actions have looked.
    pub ask: Until,
    /// By when the rest is written down.
    pub note: Until,
}

impl Limits {
    /// From now on.
    pub fn from_now(invocation: &Invocation) -> Self {
        let [find, ask, note] = [TO_FIND, TO_ASK, TO_NOTE].map(|it| Until::after(it, invocation));
        Self { find, ask, note }
    }
}

/// A moment by which something has ended, however.
#[derive(Clone, Copy)]
pub struct Until(Instant);

impl Until {
    /// So long from now; less where the invocation ends sooner.
    pub fn after(time: Duration, invocation: &Invocation) -> Self {
        let left = Duration::try_from(invocation.remaining()).unwrap_or_default().saturating_sub(TO_ANSWER);
        Self(Instant::now() + time.min(left))
    }

    /// Does it in time, or not at all: what there is no time for is not begun.
    ///
    /// # Errors
    /// It fails, or takes too long.
    pub async fn end<T, E: Into<anyhow::Error>>(self, act: impl Future<Output = Result<T, E>>) -> anyhow::Result<T> {
        if Instant::now() >= self.0 {
            return Err(anyhow!("there was no time for it"));
        }
        match timeout_at(self.0, act).await {
            Ok(ended) => ended.map_err(Into::into),
            Err(_) => Err(anyhow!("it took too long")),
        }
    }
}
