//! What the engine did, for the console and for tests.

use std::fmt;

use escalation::id::TicketId;
use escalation::workflows::Workflow;
use jiff::Timestamp;

use super::enrolment::{Enrolment, Outputs};

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// The workflow's name.
    pub workflow: String,
    /// The ticket.
    pub ticket: TicketId,
    /// The enrolment.
    pub enrolment: u64,
    /// The step, counted from 1.
    pub action: usize,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The ticket entered the workflow.
    Enrolled,
    /// An action was called.
    Called {
        /// Its `callbackId`.
        callback: String,
        /// The first is 1.
        attempt: u32,
        /// `None` where nothing came back.
        status: Option<u16>,
    },
    /// It answered.
    Answered {
        /// Its `outputFields`.
        outputs: Outputs,
    },
    /// It will be called again.
    WillRetry {
        /// When.
        at: Timestamp,
    },
    /// It failed for good; the workflow goes on.
    Failed {
        /// Why.
        reason: String,
    },
    /// The workflow stands until it is completed.
    Blocked {
        /// Or until then.
        until: Timestamp,
    },
    /// Nobody completed it in time.
    BlockExpired,
    /// A property was set.
    Set,
    /// A delay began.
    Waiting {
        /// Its end.
        until: Timestamp,
    },
    /// A branch was taken.
    Branched {
        /// The value it was taken on.
        value: String,
    },
    /// The last step was done.
    Finished,
    /// The ticket is gone.
    Unenrolled,
}

impl Entry {
    pub(super) fn new(at: Timestamp, workflow: &Workflow, enrolment: &Enrolment, what: What) -> Self {
        let (ticket, action) = (enrolment.ticket, enrolment.action());
        Self { at, workflow: workflow.name.clone(), ticket, enrolment: enrolment.id, action, what }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ticket {}: {}", self.workflow, self.ticket, self.what)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enrolled => write!(f, "enrolled"),
            Self::Called { attempt, status: Some(status), .. } => write!(f, "called, try {attempt}: {status}"),
            Self::Called { attempt, status: None, .. } => write!(f, "called, try {attempt}: no answer"),
            Self::Answered { outputs } => {
                let outcome = outputs.get("outcome").map_or("done", String::as_str);
                write!(f, "answered: {outcome}")
            }
            Self::WillRetry { at } => write!(f, "tries again at {at}"),
            Self::Failed { reason } => write!(f, "failed: {reason}"),
            Self::Blocked { until } => write!(f, "stands until completed, or {until}"),
            Self::BlockExpired => write!(f, "was not completed in time"),
            Self::Set => write!(f, "set a property"),
            Self::Waiting { until } => write!(f, "waits until {until}"),
            Self::Branched { value } => write!(f, "branches on `{value}`"),
            Self::Finished => write!(f, "finished"),
            Self::Unenrolled => write!(f, "left, the ticket is gone"),
        }
    }
}
