//! For how long a vendor is asked.

use std::time::Duration;

use escalation::http::Fault;
use escalation::runtime::Invocation;
use jiff::SignedDuration;

/// What must be left of an invocation to note how far a visit came, and to answer.
const TIME_TO_NOTE: SignedDuration = SignedDuration::from_secs(2);

/// Waits for what may be asked for again only as long as leaves time to note what came of it.
pub async fn in_time<T>(invocation: &Invocation, asked: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    within(Duration::try_from(invocation.remaining() - TIME_TO_NOTE).unwrap_or_default(), asked).await
}

/// Waits so long.
pub async fn within<T>(time: Duration, asked: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let silent = |_| Err(Fault::Unknown { reason: format!("no answer within {time:?}") });
    tokio::time::timeout(time, Box::pin(asked)).await.unwrap_or_else(silent)
}
