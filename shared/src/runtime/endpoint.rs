//! A path that others than HubSpot call, and one message to it from start to end.

use std::collections::BTreeSet;

use anyhow::anyhow;
use jiff::Timestamp;

use super::action::{Action, respond};
use super::edge::{Edge, Refusal, body, check_type, is_route};
use super::gateway::{HttpEvent, HttpReply};
use super::pacing::{Pace, Whose};
use super::signature::Problem;
use super::{Failure, Invocation, Result, log, reply};
use crate::id::PortalId;
use crate::telemetry::{self, Metric};

/// A function that is told what happened elsewhere. It is an action too: what it could not finish is on
/// the agenda, and our own sweep asks the action.
pub trait Endpoint: Action {
    /// Where it is told, such as `/jira/events`.
    const PATH: &'static str;
    /// The longest message in bytes.
    const LONGEST: usize;
    /// Whether a message that names no type is taken for JSON.
    const MAY_BE_UNTYPED: bool = false;
    /// Whether what there is no room for can be written down, and be seen to later.
    const CAN_WAIT: bool;
    /// What a message says, as far as it matters here.
    type Message: Send;

    /// Whether it comes from whom it should, by its headers and the bytes of its body.
    ///
    /// # Errors
    /// It does not; the reason is for the log.
    fn authenticate(&self, delivery: &Delivery<'_>) -> Result<(), Problem>;

    /// Reads a message; one that is not for us is read as such.
    ///
    /// # Errors
    /// It is none at all. The reason is for the log and quotes nothing.
    fn read(body: &[u8]) -> Result<Self::Message, &'static str>;

    /// How many calls that its meter counts it takes to hear this; 0 where it takes none.
    fn calls(&self, message: &Self::Message) -> u16;

    /// How many it takes to put this off: they are made in any case.
    fn calls_to_put_off(&self, _: &Self::Message) -> u16 {
        0
    }

    /// Does what follows from it. A failure of any kind that may pass has it told again.
    fn hear(
        &self,
        message: Self::Message,
        origin: &Origin<'_>,
        invocation: &Invocation,
    ) -> impl Future<Output = Result<Heard>> + Send;

    /// Writes down what there is no room for now. It is no way out to have it told again: its sender does
    /// that after hours.
    fn put_off(&self, _: Self::Message, _: &Origin<'_>, _: &Invocation) -> impl Future<Output = Result<Heard>> + Send {
        std::future::ready(Err(Failure::Later(anyhow!("there is no room for it now"))))
    }
}

/// A message that nobody has looked into yet.
#[derive(Clone, Copy)]
pub struct Delivery<'a> {
    /// The request.
    pub event: &'a HttpEvent,
    /// The bytes of its body.
    pub body: &'a [u8],
    /// Who may ask.
    pub edge: &'a Edge,
    /// When it came.
    pub now: Timestamp,
}

/// Where something is told.
pub struct Origin<'a> {
    /// The portals that are served; none means any.
    pub portals: &'a BTreeSet<PortalId>,
    /// What stands in front of our routes.
    pub base_url: String,
}

impl Origin<'_> {
    /// Whether a portal is one of ours.
    pub fn serves(&self, portal: PortalId) -> bool {
        self.portals.is_empty() || self.portals.contains(&portal)
    }
}

/// What came of a message. For the log, so without anybody's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// In one word.
    pub outcome: &'static str,
    /// What an operator counts it by, where it is worth counting.
    pub metric: Option<&'static str>,
    /// What it was about, by its id.
    pub about: String,
}

/// Answers one request: a message at the endpoint's path, or a request to its action.
pub async fn hear<E: Endpoint>(edge: &Edge, endpoint: &E, event: &HttpEvent, invocation: &Invocation) -> HttpReply {
    if is_route(event, &format!("/hubspot/actions/{}", E::NAME)) {
        return respond(edge, endpoint, event, invocation).await;
    }
    let started = invocation.now();
    let message = match admit(edge, endpoint, event, started) {
        Ok(message) => message,
        Err(refusal) => {
            log::refused(E::NAME, &refusal, invocation, started);
            return reply::refused(&refusal, &invocation.request_id);
        }
    };
    let origin = Origin { portals: &edge.portals, base_url: edge.base_url(event) };
    let heard = paced(edge.pace.as_ref(), endpoint, message, &origin, invocation).await;
    let cause = match heard {
        Ok(heard) => {
            log::heard(E::NAME, 200, &heard, invocation, started);
            return reply::heard(heard.outcome);
        }
        // What no retry heals is for a person to read, and not for its sender to repeat.
        Err(Failure::Rejected(reason)) => {
            telemetry::count(Metric::EventsRejected);
            tracing::error!(endpoint = E::NAME, "{} will not come to an end: {reason}", E::NAME);
            let heard = Heard { outcome: "rejected", metric: Some("event_rejected"), about: E::PATH.to_owned() };
            log::heard(E::NAME, 200, &heard, invocation, started);
            return reply::heard(heard.outcome);
        }
        Err(Failure::Busy { retry_after }) => anyhow!("busy for {retry_after:?}"),
        Err(Failure::Later(cause)) => cause,
    };
    log::unheard(E::NAME, &cause, invocation, started);
    reply::unheard(&invocation.request_id)
}

/// Hears it, where there is room for what that calls.
async fn paced<E: Endpoint>(
    pace: Option<&Pace>,
    endpoint: &E,
    message: E::Message,
    origin: &Origin<'_>,
    invocation: &Invocation,
) -> Result<Heard> {
    let calls = endpoint.calls(&message);
    let Some(pace) = pace.filter(|_| calls > 0) else {
        return endpoint.hear(message, origin, invocation).await;
    };
    let begins = match E::CAN_WAIT {
        true => pace.begin(&Whose::Patient, calls, invocation).await,
        false => {
            pace.spend(calls, invocation).await;
            Ok(())
        }
    };
    let heard = match begins {
        Ok(()) => endpoint.hear(message, origin, invocation).await,
        Err(_) => {
            pace.spend(endpoint.calls_to_put_off(&message), invocation).await;
            endpoint.put_off(message, origin, invocation).await
        }
    };
    pace.ended(calls, invocation).await;
    heard
}

/// Size, path, method and type, sender, parse: in this order. Waits for nothing.
fn admit<E: Endpoint>(edge: &Edge, endpoint: &E, event: &HttpEvent, now: Timestamp) -> Result<E::Message, Refusal> {
    let body = body(event, E::LONGEST)?;
    if !is_route(event, E::PATH) {
        return Err(Refusal::NotFound);
    }
    if event.request_context.http.method != "POST" {
        return Err(Refusal::WrongMethod);
    }
    let is_untyped = event.headers.get("content-type").is_none_or(|it| it.trim().is_empty());
    // An empty body is of no type.
    let typed: &[u8] = if is_untyped && E::MAY_BE_UNTYPED { &[] } else { &body };
    check_type(event, typed)?;
    let authentic = endpoint.authenticate(&Delivery { event, body: &body, edge, now });
    authentic.map_err(|it| Refusal::Unauthorized(it, E::PATH.to_owned()))?;
    E::read(&body).map_err(Refusal::Malformed)
}
