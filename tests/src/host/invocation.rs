//! One event on its way to a process, and what becomes of it.

use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How the start went.
#[derive(Clone, Copy)]
pub(super) struct Init {
    pub(super) duration: Duration,
    pub(super) cpu: Option<Duration>,
}

/// One event on its way to the process.
pub(super) struct Invocation {
    pub(super) request_id: String,
    pub(super) event: Bytes,
    pub(super) begun: oneshot::Sender<Instant>,
    pub(super) reply: oneshot::Sender<Completion>,
}

/// The event the process is at work on.
pub(super) struct InFlight {
    pub(super) request_id: String,
    pub(super) event: Bytes,
    pub(super) reply: oneshot::Sender<Completion>,
    pub(super) begun: Instant,
    pub(super) cpu_before: Option<Duration>,
}

/// What the process made of an event.
pub(super) struct Completion {
    /// The function's answer, or its own error in its own words.
    pub(super) result: Result<Bytes, String>,
    pub(super) duration: Duration,
    pub(super) cpu: Option<Duration>,
    pub(super) max_memory_kb: Option<u64>,
}

/// What became of an event handed to an environment.
pub(super) enum Served {
    Completed(Completion),
    Crashed {
        reason: String,
        after: Duration,
    },
    TimedOut {
        after: Duration,
    },
    /// The process never asked for work.
    NeverStarted(String),
    /// A process that had served before ended before it took this event: another one may.
    NotTaken,
}
