//! One call of an action, and what its answer means to a workflow.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp, Unit};
use reqwest::{Client, RequestBuilder, header};
use secrecy::ExposeSecret;
use serde::Deserialize;
use serde_json::Value;

use super::enrolment::Outputs;
use super::envelope::App;
use super::signature;

/// Where actions are in truth: HubSpot signs the public URL, and the host listens here.
#[derive(Clone)]
pub struct Caller {
    base_url: String,
    client: Client,
}

/// What came back.
pub struct Reply {
    /// `None` where nothing came.
    pub status: Option<u16>,
    pub outcome: Outcome,
}

/// What it means.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Done(Outputs),
    Blocked(SignedDuration),
    Failed { reason: String, outputs: Outputs },
    Retry { after: Option<SignedDuration> },
}

/// A week, unless the action says otherwise.
const BLOCK: SignedDuration = SignedDuration::from_hours(7 * 24);

impl Caller {
    /// Calls what listens at `base_url`; `timeout` is HubSpot's patience, about
    /// [30 seconds](https://legacydocs.hubspot.com/docs/methods/workflows/webhook_information).
    pub fn new(base_url: &str, timeout: Duration) -> anyhow::Result<Self> {
        let client =
            crate::world::client::builder().connect_timeout(Duration::from_secs(3)).timeout(timeout).build()?;
        Ok(Self { base_url: base_url.trim_end_matches('/').to_owned(), client })
    }

    /// A signed delivery.
    pub fn request(&self, app: &App, path: &str, body: Value, now: Timestamp) -> RequestBuilder {
        let (secret, body) = (app.client_secret.expose_secret(), body.to_string());
        let signed = format!("{}{path}", app.public_url);
        let mut request = self
            .client
            .post(format!("{}{path}", self.base_url))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "HubSpot Connect 2.0 (http://dev.hubspot.com/)")
            .header("X-HubSpot-Correlation-Id", crate::world::hubspot::refusal::correlation_id())
            .header("X-HubSpot-Timeout-Millis", "30000")
            .header("X-HubSpot-Signature-Version", "v2")
            .header("X-HubSpot-Signature", signature::v2(secret, "POST", &signed, &body));
        if app.sign_v3 {
            let timestamp = now.as_millisecond();
            request = request
                .header("X-HubSpot-Request-Timestamp", timestamp)
                .header("X-HubSpot-Signature-v3", signature::v3(secret, "POST", &signed, &body, timestamp));
        }
        request.body(body)
    }
}

/// Sends it; what does not come back is a retry.
pub async fn send(request: RequestBuilder) -> Reply {
    let Ok(response) = request.send().await else {
        return Reply { status: None, outcome: Outcome::Retry { after: None } };
    };
    let status = response.status().as_u16();
    let retry_after = response.headers().get(header::RETRY_AFTER).and_then(|it| it.to_str().ok()).map(str::to_owned);
    match response.text().await {
        Ok(body) => Reply { status: Some(status), outcome: read(status, retry_after.as_deref(), &body) },
        Err(_) => Reply { status: Some(status), outcome: Outcome::Retry { after: None } },
    }
}

/// [What a status and `hs_execution_state` mean](https://developers.hubspot.com/docs/api/automation/custom-workflow-actions#execution).
/// `Retry-After` is [in milliseconds](https://developers.hubspot.com/docs/api/error-handling).
fn read(status: u16, retry_after: Option<&str>, body: &str) -> Outcome {
    #[derive(Deserialize, Default)]
    #[serde(rename_all = "camelCase", default)]
    struct Body {
        output_fields: BTreeMap<String, Value>,
    }
    match status {
        429 => {
            return Outcome::Retry {
                after: retry_after.and_then(|it| it.parse().ok()).map(SignedDuration::from_millis),
            };
        }
        500.. => return Outcome::Retry { after: None },
        _ => {}
    }
    let body: Body = serde_json::from_str(body).unwrap_or_default();
    let fields = body.output_fields.into_iter().filter(|(_, value)| !value.is_null());
    let mut outputs: Outputs = fields.map(|(name, value)| (name, text(&value))).collect();
    let state = outputs.remove("hs_execution_state");
    let expiry = outputs.remove("hs_expiration_duration");
    let failed = |reason: String, outputs| Outcome::Failed { reason, outputs };
    match (state.as_deref(), status) {
        (Some("SUCCESS"), _) | (None, 200..=299) => Outcome::Done(outputs),
        (Some("BLOCK"), _) => Outcome::Blocked(expiry.as_deref().and_then(length).unwrap_or(BLOCK)),
        (Some("FAIL_CONTINUE"), _) => failed("the action says it failed".to_owned(), outputs),
        (Some(other), _) => failed(format!("{other} is no execution state"), outputs),
        (None, status) => failed(format!("status {status}"), outputs),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// An ISO 8601 duration; a day has 24 hours.
fn length(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    let seconds = span.total((Unit::Second, SpanRelativeTo::days_are_24_hours())).ok()?;
    SignedDuration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(pairs: &[(&str, &str)]) -> Outputs {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn failed(reason: &str, pairs: &[(&str, &str)]) -> Outcome {
        Outcome::Failed { reason: reason.to_owned(), outputs: outputs(pairs) }
    }

    #[test]
    fn a_2xx_is_done_whatever_its_body() {
        let body = r#"{"outputFields":{"outcome":"complete","n":2,"hs_execution_state":"SUCCESS"}}"#;
        assert_eq!(read(200, None, body), Outcome::Done(outputs(&[("outcome", "complete"), ("n", "2")])));
        assert_eq!(read(204, None, ""), Outcome::Done(Outputs::new()));
        assert_eq!(read(200, None, "<html>"), Outcome::Done(Outputs::new()));
    }

    #[test]
    fn a_4xx_is_not_tried_again_and_429_is_after_its_milliseconds() {
        assert_eq!(read(400, None, ""), failed("status 400", &[]));
        assert_eq!(read(401, Some("1000"), ""), failed("status 401", &[]));
        assert_eq!(read(429, Some("1500"), ""), Outcome::Retry { after: Some(SignedDuration::from_millis(1500)) });
        assert_eq!(read(429, None, ""), Outcome::Retry { after: None });
        assert_eq!(read(499, None, ""), failed("status 499", &[]));
        assert_eq!(read(500, Some("1500"), ""), Outcome::Retry { after: None });
    }

    #[test]
    fn the_action_may_fail_or_block_by_its_body() {
        let body = r#"{"outputFields":{"hs_execution_state":"FAIL_CONTINUE","reason":"x"}}"#;
        assert_eq!(read(200, None, body), failed("the action says it failed", &[("reason", "x")]));
        let body = r#"{"outputFields":{"hs_execution_state":"BLOCK","hs_expiration_duration":"P1DT30M"}}"#;
        assert_eq!(read(200, None, body), Outcome::Blocked(SignedDuration::from_mins(24 * 60 + 30)));
        let body = r#"{"outputFields":{"hs_execution_state":"BLOCK"}}"#;
        assert_eq!(read(200, None, body), Outcome::Blocked(BLOCK));
        let body = r#"{"outputFields":{"hs_execution_state":"DONE"}}"#;
        assert_eq!(read(200, None, body), failed("DONE is no execution state", &[]));
    }
}
