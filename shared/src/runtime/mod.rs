//! What stands between a caller's request and an action: who may ask, what was asked, and how the
//! answer reads. Knows neither HubSpot's records nor the procedure.

mod clock;

pub use clock::{Clock, Invocation};

use std::time::Duration;

/// Why an action has no outcome. A refusal by the procedure is an outcome, not one of these.
#[derive(Debug)]
pub enum Failure {
    /// It cannot be done and no retry heals it; the text tells the workflow's owner why.
    Rejected(String),
    /// Another run has it, or a vendor asked for a pause: worth asking again after this long.
    Busy {
        /// How long to wait.
        retry_after: Duration,
    },
    /// Something behind us is down, or the outcome is unknown: the caller's own schedule retries.
    Later(anyhow::Error),
}

/// What an action returns.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
