//! What stands between a caller's request and an action: who may ask, what was asked, and how the
//! answer reads. Knows neither HubSpot's records nor the procedure.
//!
//! Functions that run by a schedule stand here too: a clock, a log and an environment is all they
//! share with actions, which they ask at the same front as everybody.
//!
//! What others than HubSpot send comes to a path of its own, of a function that is an action beside that.
//!
//! Size, method and type, signature over the raw bytes, freshness, parse, portal allow list, breaker,
//! run, reply. Everything before the breaker is a function of the event and the time.

mod action;
mod breaker;
mod clock;
pub mod definition;
mod edge;
mod endpoint;
mod envelope;
mod front;
mod gateway;
mod inputs;
mod job;
mod json;
mod log;
mod pacing;
mod parts;
mod reply;
mod serve;
mod settings;
pub mod signature;

pub use action::{Action, Mode, Request, respond};
pub use breaker::{last_run, runs_too_often};
pub use clock::{Clock, Invocation};
pub use edge::Edge;
pub use endpoint::{Delivery, Endpoint, Heard, Origin, hear};
pub use front::{Failed, Front, NoRoom};
pub use gateway::{Headers, HttpEvent, HttpReply, RequestContext};
pub use job::Job;
pub use log::start as start_log;
pub use pacing::waiting_run;
pub use serve::{failed, serve, serve_endpoint, serve_endpoint_with, serve_job, serve_job_with, serve_with};
pub use settings::{BASE_URL_WRONG, PORTALS_WRONG, SECRET_REMEDY, base_url, portals};

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

/// Of several failures the one to answer with. One that a retry may heal comes first: a permanent one
/// shows again after it.
pub fn worst<const N: usize>(results: [Result<()>; N]) -> Result<()> {
    let mut worst = Ok(());
    for result in results {
        match (&worst, &result) {
            (Ok(()), _) | (Err(Failure::Rejected(_)), Err(_)) => worst = result,
            _ => {}
        }
    }
    worst
}

#[cfg(test)]
mod tests;
