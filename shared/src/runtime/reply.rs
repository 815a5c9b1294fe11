//! How an answer reads to HubSpot, which decides by it whether to ask again.
//!
//! 2xx is final, as is a 4xx; a 429 is asked again after `Retry-After`, which workflows read as
//! milliseconds; a 5xx is asked again on HubSpot's own schedule for up to three days
//! (<https://developers.hubspot.com/docs/api/error-handling>).

use std::time::Duration;

use anyhow::{Context, anyhow};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::edge::Refusal;
use super::gateway::{Headers, HttpReply};
use super::{Failure, Result};

/// The header by which a run that may not begin tells our own functions so; one that is busy is another matter.
pub(super) const NO_ROOM: &str = "x-escalation-paced";

/// An answer, and what the log says of it.
pub(super) struct Answer {
    pub reply: HttpReply,
    pub outcome: String,
    /// Why there is no answer yet.
    pub cause: Option<anyhow::Error>,
}

/// The answer of an action that ran. Where it `has_failed` for good, the outputs say how.
pub(super) fn answered(result: Result<impl Serialize>, has_failed: bool, request_id: &str) -> Answer {
    match result.and_then(|it| fields(&it).map_err(Failure::Later)) {
        Ok(mut fields) => {
            let outcome = fields.get("outcome").and_then(Value::as_str).unwrap_or("done").to_owned();
            let state = if has_failed { "FAIL_CONTINUE" } else { "SUCCESS" };
            fields.insert("hs_execution_state".to_owned(), state.into());
            Answer { reply: decided(&fields), outcome, cause: None }
        }
        Err(Failure::Rejected(reason)) => {
            Answer { reply: failed(&reason), outcome: "rejected".to_owned(), cause: None }
        }
        Err(Failure::Busy { retry_after }) => put_off("busy", retry_after, request_id),
        Err(Failure::Later(cause)) => {
            let reply = problem(503, "Service Unavailable", request_id);
            Answer { reply, outcome: "later".to_owned(), cause: Some(cause) }
        }
    }
}

/// The answer of an action that was stopped before it began, for this reason in words.
pub(super) fn stopped(reason: &str) -> Answer {
    Answer { reply: failed(reason), outcome: "stopped".to_owned(), cause: None }
}

/// The answer of a run that may not begin yet: it is asked for again after this long.
pub(super) fn paced(pause: Duration, request_id: &str) -> Answer {
    let mut answer = put_off("paced", pause, request_id);
    answer.reply.headers.append(NO_ROOM, "true");
    answer
}

fn put_off(outcome: &str, pause: Duration, request_id: &str) -> Answer {
    let mut reply = problem(429, "Too Many Requests", request_id);
    reply.headers.append("retry-after", &pause.max(Duration::from_secs(1)).as_millis().to_string());
    Answer { reply, outcome: outcome.to_owned(), cause: None }
}

/// The answer to what was heard at an endpoint: what came of it, in one word.
pub(super) fn heard(outcome: &str) -> HttpReply {
    let body = json!({ "outcome": outcome }).to_string();
    HttpReply { status_code: 200, headers: headers("application/json"), body }
}

/// The answer where it is to be told again: neither a pause nor a reason, which its sender does not read.
pub(super) fn unheard(request_id: &str) -> HttpReply {
    problem(503, "Service Unavailable", request_id)
}

/// The answer to a request that goes no further: a status, no detail.
pub(super) fn refused(refusal: &Refusal, request_id: &str) -> HttpReply {
    let (status, title) = match refusal {
        Refusal::TooLarge => (413, "Content Too Large"),
        Refusal::NotFound => (404, "Not Found"),
        Refusal::WrongMethod => (405, "Method Not Allowed"),
        Refusal::UnsupportedType(_) => (415, "Unsupported Media Type"),
        Refusal::Unauthorized(..) => (401, "Unauthorized"),
        Refusal::Malformed(_) => (400, "Bad Request"),
        Refusal::Forbidden(_) => (403, "Forbidden"),
    };
    let mut reply = problem(status, title, request_id);
    if *refusal == Refusal::WrongMethod {
        reply.headers.append("allow", "POST");
    }
    reply
}

/// HubSpot shows the action as failed, with this message, and goes on.
fn failed(reason: &str) -> HttpReply {
    decided(&json!({"hs_execution_state": "FAIL_CONTINUE", "message": reason}))
}

fn decided(output_fields: &impl Serialize) -> HttpReply {
    let body = json!({ "outputFields": output_fields }).to_string();
    HttpReply { status_code: 200, headers: headers("application/json"), body }
}

/// RFC 9457.
fn problem(status: u16, title: &str, request_id: &str) -> HttpReply {
    let body = json!({"type": "about:blank", "title": title, "status": status, "instance": request_id}).to_string();
    HttpReply { status_code: status, headers: headers("application/problem+json"), body }
}

fn headers(content_type: &str) -> Headers {
    [("content-type", content_type), ("cache-control", "no-store")].into_iter().collect()
}

/// An output without a value is left out.
fn fields(outputs: &impl Serialize) -> anyhow::Result<Map<String, Value>> {
    let Value::Object(mut fields) = serde_json::to_value(outputs).context("write the outputs")? else {
        return Err(anyhow!("the outputs are not a struct"));
    };
    fields.retain(|_, value| !value.is_null());
    Ok(fields)
}
