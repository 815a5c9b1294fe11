//! What Jira's no means for the thing that was asked for.

use std::time::Duration;

use serde_json::Value;

use super::rate;
use super::text::short_line;
use super::words::{self, About};
use crate::http::{Answer, Fault};
use crate::telemetry;

/// Somebody else is changing the same thing.
const CONFLICT: Duration = Duration::from_secs(2);

/// Why a call has no result.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) fault: Fault,
    /// Jira could not read the text, and did nothing.
    pub(super) is_about_text: bool,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault, is_about_text: false }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        refusal.fault
    }
}

/// Jira's error body (`ErrorCollection` in its OpenAPI); every member is optional in practice.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// What is wrong with the whole.
    pub messages: Vec<String>,
    /// What is wrong with a field, by its id.
    pub fields: Vec<(String, String)>,
}

impl Said {
    /// `None` where it was not Jira that answered: its gateway has another form, and whatever else
    /// stands at the address has none.
    fn read(body: &[u8]) -> Option<Self> {
        if body.is_empty() {
            return Some(Self::default());
        }
        let body: Value = serde_json::from_slice(body).ok()?;
        let object = body.as_object()?;
        let is_jira = object.contains_key("errorMessages") || object.contains_key("errors") || object.is_empty();
        let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
        let messages = body["errorMessages"].as_array().into_iter().flatten().map(text).collect();
        let fields = body["errors"].as_object().into_iter().flatten().map(|(name, it)| (name.clone(), text(it)));
        is_jira.then(|| Self { messages, fields: fields.collect() })
    }

    /// Malformed documents are refused as `INVALID_INPUT`, which names no field.
    fn is_about_text(&self) -> bool {
        let fields = self.fields.iter().filter(|(name, _)| ["description", "comment", "body"].contains(&name.as_str()));
        let mut words = self.messages.iter().chain(fields.map(|(_, words)| words));
        words.any(|it| it.contains("INVALID_INPUT") || it.contains("Atlassian Document"))
    }
}

/// The answer, where Jira says that it did what it was asked for. `credentials` says what to check
/// where it does not know us.
pub(super) fn judge(answer: Answer, about: &About<'_>, credentials: &str) -> Result<Answer, Refusal> {
    let status = answer.status.as_u16();
    if status == 401 || is_anonymous(&answer) {
        telemetry::unauthorized("jira");
        return Err(denied(&answer, credentials).into());
    }
    if answer.status.is_success() {
        return Ok(answer);
    }
    let read = Said::read(&answer.body);
    let is_jira = read.is_some();
    let said = read.unwrap_or_default();
    let fault = match status {
        403 => Fault::Denied { reason: words::forbidden(about) },
        404 | 405 | 410 if !is_jira => Fault::Denied {
            reason: format!("something other than Jira answered {}: is it JIRA_BASE_URL?", answer.status),
        },
        409 => not_now(answer.retry_after().unwrap_or(CONFLICT), &answer),
        429 => not_now(rate::pause(&answer), &answer),
        // A redirect is never followed: the token would go along.
        300..=399 | 408 | 500 | 502.. => Fault::Unknown { reason: format!("Jira answered {}", answer.status) },
        404 | 410 => Fault::Refused { status, reason: words::absent(about, &said) },
        status => Fault::Refused { status, reason: words::refused(about, &said, answer.status) },
    };
    Err(Refusal { fault, is_about_text: status == 400 && said.is_about_text() })
}

fn not_now(retry_after: Duration, answer: &Answer) -> Fault {
    let said = answer.headers.get("RateLimit-Reason").and_then(|it| it.to_str().ok());
    let reason = format!("Jira answered {} ({})", answer.status, short_line(said.unwrap_or("no reason given"), 60));
    Fault::NotNow { retry_after, reason }
}

fn denied(answer: &Answer, credentials: &str) -> Fault {
    Fault::Denied { reason: format!("Jira does not know us ({}): {credentials}", answer.status.as_u16()) }
}

/// Jira may answer a request whose token it refused with what anybody may see: with nothing. A search finds
/// none, and an issue is not there.
fn is_anonymous(answer: &Answer) -> bool {
    let reason = answer.headers.get("X-Seraph-LoginReason").and_then(|it| it.to_str().ok()).unwrap_or_default();
    ["AUTHENTICATED_FAILED", "AUTHENTICATION_DENIED"].iter().any(|it| reason.contains(it))
}

#[cfg(test)]
mod tests;
