//! What comes of an effect, and of a call to a vendor.

use std::time::Duration;

use crate::runtime::Failure;

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
    /// The vendor refused it for good; that is recorded, and it is not tried again with the same fields.
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

impl<T> Done<T> {
    pub(super) fn some(self) -> Done<Option<T>> {
        Done { output: Some(self.output), how: self.how }
    }
}
