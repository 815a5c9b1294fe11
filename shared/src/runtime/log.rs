//! One line of JSON per request: ids, an outcome, a duration. Never a body, a signature or a name.

use std::fmt::Display;

use jiff::Timestamp;
use tracing::{Level, Subscriber, error, info, warn};
use tracing_subscriber::fmt::MakeWriter;

use super::edge::Refusal;
use super::endpoint::Heard;
use super::reply::Answer;
use super::{Invocation, reply};
use crate::id::{PortalId, TicketId};
use crate::telemetry;

/// What is written; a log that shows more or less on one day than on another cannot be compared.
const LEVEL: Level = Level::INFO;

/// Sends the log to standard output. A process that has a log already keeps it.
pub fn start() {
    tracing::subscriber::set_global_default(lines(std::io::stdout)).ok();
}

/// Writes lines of JSON. Lambda sorts by `level` only
/// [those with a `timestamp`](https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html).
pub(super) fn lines<W: for<'w> MakeWriter<'w> + Send + Sync + 'static>(writer: W) -> impl Subscriber {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_max_level(LEVEL).with_writer(writer);
    log.with_target(false).with_current_span(false).with_span_list(false).finish()
}

/// Whose request it is.
pub(super) struct Run<'a> {
    pub action: &'a str,
    pub portal: PortalId,
    pub ticket: TicketId,
    pub run_id: &'a str,
}

/// Says how an admitted request was answered.
pub(super) fn answered(run: &Run, answer: &Answer, invocation: &Invocation, started: Timestamp) {
    let Run { action, portal, ticket, run_id } = run;
    let (status, outcome, ms) = (answer.reply.status_code, &answer.outcome, elapsed(invocation, started));
    let (request_id, (cycle, calls)) = (&invocation.request_id, telemetry::so_far());
    match &answer.cause {
        None => info!(%portal, %ticket, cycle, run_id, request_id, action, status, outcome, ms, calls,
            "{action} answered {status} ({outcome}) for ticket {ticket}"),
        Some(cause) => {
            error!(%portal, %ticket, cycle, run_id, request_id, action, status, outcome, ms, calls, cause = format!("{cause:#}"),
            "{action} could not answer for ticket {ticket}: HubSpot will ask again")
        }
    }
}

/// Says what came of something that was told at an endpoint. `metric` is for what an operator counts.
pub(super) fn heard(endpoint: &str, status: u16, heard: &Heard, invocation: &Invocation, started: Timestamp) {
    let (request_id, ms) = (&invocation.request_id, elapsed(invocation, started));
    let Heard { outcome, metric, about } = heard;
    match metric {
        Some(metric) => info!(
            request_id,
            endpoint, status, outcome, metric, about, ms, "{endpoint} answered {status} ({outcome}) for {about}"
        ),
        None => info!(
            request_id,
            endpoint, status, outcome, about, ms, "{endpoint} answered {status} ({outcome}) for {about}"
        ),
    }
}

/// Says why something is to be told again.
pub(super) fn unheard(endpoint: &str, cause: &anyhow::Error, invocation: &Invocation, started: Timestamp) {
    let (request_id, ms, cause) = (&invocation.request_id, elapsed(invocation, started), format!("{cause:#}"));
    error!(request_id, endpoint, status = 503, outcome = "later", ms, cause, "{endpoint} could not answer");
}

/// Says why a request went no further.
pub(super) fn refused(action: &str, refusal: &Refusal, invocation: &Invocation, started: Timestamp) {
    let request_id = &invocation.request_id;
    let status = reply::refused(refusal, request_id).status_code;
    let reason = reason(refusal);
    let ms = elapsed(invocation, started);
    warn!(
        request_id,
        action,
        status,
        outcome = "refused",
        reason,
        ms,
        "{action} refused a request with {status}: {reason}"
    );
}

/// Says all that keeps a function from its work, in one line: only a line is found again by its level.
pub(super) fn cannot_run(function: &str, problems: &dyn Display) {
    let problems = problems.to_string();
    let problems: Vec<&str> = problems.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    error!(function, "{function} cannot run: {}", problems.join("; "));
}

/// Says that a job could not do its work.
pub(super) fn job_failed(job: &str, error: &anyhow::Error, invocation: &Invocation) {
    let request_id = &invocation.request_id;
    error!(request_id, job, "{job} could not run, and will at its next time: {error:#}");
}

fn reason(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooLarge => "the body is too large".to_owned(),
        Refusal::NotFound => "the path is not this action's".to_owned(),
        Refusal::WrongMethod => "the method is not POST".to_owned(),
        Refusal::Unauthorized(why, uri) => format!("{why}, for {uri}"),
        Refusal::UnsupportedType(why) | Refusal::Malformed(why) => (*why).to_owned(),
        Refusal::Forbidden(portal) => format!("portal {portal} is not in HUBSPOT_PORTAL_IDS"),
    }
}

fn elapsed(invocation: &Invocation, started: Timestamp) -> i64 {
    invocation.now().duration_since(started).as_millis().try_into().unwrap_or(i64::MAX)
}
