//! What a record tells a caller, and what of an answer is recorded.

use std::time::Duration;

use anyhow::anyhow;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tracing::{error, warn};

use super::record::{Record, State};
use super::{Effect, Unfinished};
use crate::runtime::Invocation;

/// A record that this code did not write this way: time for a person to look.
const DAMAGED: Duration = Duration::from_secs(60);
/// Keeps a record under 1 KB in the usual case and far from DynamoDB's 400 KB in any.
const LONGEST_OUTPUT: usize = 4 * 1024;
/// The shortest wait worth asking a caller for.
pub(super) const SHORTEST_WAIT: Duration = Duration::from_secs(1);

/// What a record that is not ours says: the output of an effect that is done, or why it is not.
pub(super) fn output_of(
    record: Record,
    effect: &Effect,
    invocation: &Invocation,
) -> Result<Option<String>, Unfinished> {
    let now = invocation.now().as_millisecond();
    if matches!(record.state, State::Unknown) {
        error!(effect = effect.key, "The record of {} is of a layout we do not know", effect.flow);
        return Err(Unfinished::Unavailable(anyhow!("the record {} is of an unknown layout", effect.key)));
    }
    if !record.same_fields {
        warn_of_mismatch(effect);
        if effect.strict {
            return Err(Unfinished::Mismatch);
        }
    }
    match record.state {
        State::Done { output } => Ok(output),
        State::Failed { reason } => Err(Unfinished::Failed { reason }),
        State::Owned { lease_end: Some(end) } => {
            Err(Unfinished::Busy { retry_after: wait(now, end.saturating_add(1)) })
        }
        State::Parked { not_before: Some(ready) } => Err(Unfinished::Parked { retry_after: wait(now, ready) }),
        State::Owned { lease_end: None } | State::Parked { not_before: None } | State::Unknown => {
            error!(effect = effect.key, "The record of {} says not until when", effect.flow);
            Err(Unfinished::Busy { retry_after: DAMAGED })
        }
    }
}

/// The output as it is recorded. An effect that is done stays done when its output cannot be kept.
pub(super) fn keep<T: Serialize>(effect: &Effect, output: &T) -> Option<String> {
    match serde_json::to_string(output) {
        Ok(text) if text.len() <= LONGEST_OUTPUT => Some(text),
        Ok(text) => {
            error!(effect = effect.key, "The output of {} has {} bytes", effect.flow, text.len());
            None
        }
        Err(_) => {
            error!(effect = effect.key, "The output of {} cannot be written", effect.flow);
            None
        }
    }
}

/// The recorded output, where there is one and this version can read it.
pub(super) fn read<T: DeserializeOwned>(effect: &Effect, output: Option<String>) -> Option<T> {
    let output = serde_json::from_str(&output?);
    if output.is_err() {
        error!(effect = effect.key, "The output of {} was recorded in another form", effect.flow);
    }
    output.ok()
}

pub(super) fn warn_of_mismatch(effect: &Effect) {
    warn!(
        metric = "fingerprint_mismatch",
        effect = effect.key,
        "{} was asked for before with other fields",
        effect.flow
    );
}

/// How long to ask a caller to wait for `ready`.
pub(super) fn wait(now: i64, ready: i64) -> Duration {
    let left = u64::try_from(ready.saturating_sub(now)).unwrap_or(0);
    Duration::from_millis(left).max(SHORTEST_WAIT)
}
