//! HubSpot: the few calls we make, typed. Lenient in what it reads, exact in what it sends.

mod access;
mod app;
mod cache;
mod calls;
mod comments;
mod developer;
mod event;
mod limits;
mod named;
mod outgoing;
mod owners;
mod pipelines;
mod properties;
mod records;
mod search;
mod sent;
mod ticket;
mod whose;
mod wire;

pub use access::{Access, Readable};
pub use app::App;
pub use calls::Call;
pub use comments::{Body, Comment, Note};
pub use developer::{Developer, NoDeveloper, Registered};
pub use event::{Batch, Event, What};
pub use outgoing::Outgoing;
pub use owners::Person;
pub use pipelines::TicketPipelines;
pub use properties::Defined;
pub use sent::Sent;
pub use ticket::{Ticket, Version};
pub use wire::timestamp;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Method, RequestBuilder, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;

use crate::http::{self, Answer, Fault, Http};
use crate::meter::Meter;
use crate::secrets::Secrets;
use crate::wrong;

/// HubSpot's API.
const API: &str = "https://api.hubapi.com";

/// A read or an idempotent write is worth waiting for this long.
const TIMEOUT: Duration = Duration::from_secs(4);

/// A create waits less than a read: the ledger begins one only where it can also end in time.
pub const CREATE_TIMEOUT: Duration = Duration::from_secs(3);

/// As HubSpot's own client waits before it repeats a call that met a 5xx
/// ([retry decorator](https://github.com/HubSpot/hubspot-api-nodejs)).
const PAUSE: Duration = Duration::from_millis(200);

/// HubSpot as one portal's private app sees it.
#[derive(Clone)]
pub struct HubSpot {
    http: Http,
    base: String,
    token: Arc<SecretString>,
    meter: Meter,
    owners: cache::Cache<[Person]>,
    pipelines: cache::Cache<TicketPipelines>,
}

impl HubSpot {
    /// A client of the API at `base`, such as `https://api.hubapi.com`.
    pub fn new(http: Http, base: &str, token: SecretString) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        let (owners, pipelines) = (cache::Cache::default(), cache::Cache::default());
        let (http, token, meter) = (http.to("hubspot"), Arc::new(token), Meter::default());
        Self { http, base, token, meter, owners, pipelines }
    }

    /// Reads `HUBSPOT_BASE_URL` (default `https://api.hubapi.com`) and the secret
    /// `HUBSPOT_ACCESS_TOKEN`.
    ///
    /// # Errors
    /// Names what is missing or wrong.
    pub fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let (base, token) = (Self::base_url(), secrets.require_token("HUBSPOT_ACCESS_TOKEN"));
        wrong::nothing([wrong::with(&base), wrong::with(&token)])?;
        Ok(Self::new(http.clone(), &base?, token?))
    }

    /// [Where](Self::address) HubSpot is called.
    ///
    /// # Errors
    /// `HUBSPOT_BASE_URL` is no URL.
    pub fn base_url() -> anyhow::Result<String> {
        let base = Self::address();
        http::base_url("HUBSPOT_BASE_URL", &base, API)?;
        Ok(base)
    }

    /// Where HubSpot is called: `HUBSPOT_BASE_URL`, or its API.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment, and this before it")]
    pub fn address() -> String {
        let base = std::env::var("HUBSPOT_BASE_URL").unwrap_or_default();
        if base.trim().is_empty() { API.to_owned() } else { base.trim().to_owned() }
    }

    /// What counts its calls.
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/{path}", self.base);
        self.http.client().request(method, url).timeout(TIMEOUT).bearer_auth(self.token.expose_secret())
    }

    /// Sends something that may be sent twice: once more after a short pause where HubSpot stumbled.
    async fn call(&self, request: RequestBuilder) -> Result<Answer, Fault> {
        // What could not be built has no copy, and says so when it is sent.
        let again = request.try_clone();
        match (self.once(request).await, again) {
            (Err(Fault::Unknown { .. } | Fault::NotSent { .. }), Some(again)) => {
                tokio::time::sleep(PAUSE).await;
                self.once(again).await
            }
            (ended, _) => ended,
        }
    }

    /// Sends once.
    async fn once(&self, request: RequestBuilder) -> Result<Answer, Fault> {
        let answer = self.http.send(request).await.inspect_err(|_| self.meter.called(None))?;
        limits::note(&answer, &self.meter);
        if answer.status.is_success() { Ok(answer) } else { Err(refusal(&answer)) }
    }
}

/// HubSpot's error body; every member is optional in practice
/// ([error handling](https://developers.hubspot.com/docs/api/error-handling)).
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct ErrorBody {
    message: Option<String>,
    category: Option<String>,
    policy_name: Option<String>,
    correlation_id: Option<String>,
    errors: Value,
}

/// What a status other than 2xx means for the thing that was asked for.
fn refusal(answer: &Answer) -> Fault {
    let body: ErrorBody = serde_json::from_slice(&answer.body).unwrap_or_default();
    let status = answer.status;
    let reason = describe(status, &body);
    let retry_after = answer.retry_after();
    match status.as_u16() {
        401 | 403 => Fault::Denied { reason },
        423 => Fault::NotNow { retry_after: retry_after.unwrap_or(LOCKED), reason },
        429 => Fault::NotNow { retry_after: retry_after.unwrap_or_else(|| window(&body)), reason },
        477 => Fault::NotNow { retry_after: retry_after.unwrap_or(MIGRATING), reason },
        // A redirect is never followed: the token would go along.
        300..=399 | 408 | 500.. => Fault::Unknown { reason },
        status => Fault::Refused { status, reason },
    }
}

const LOCKED: Duration = Duration::from_secs(2);
const MIGRATING: Duration = Duration::from_mins(1);

/// How long to stay away after a rate limit: its window
/// ([usage guidelines](https://developers.hubspot.com/docs/api/usage-details)) and up to four times
/// that on top. Who was refused together would otherwise come back together, and be refused again.
fn window(body: &ErrorBody) -> Duration {
    let (window, spread) = match body.policy_name.as_deref() {
        Some("SECONDLY") => (Duration::from_secs(1), 4.0),
        Some("DAILY") => (Duration::from_hours(1), 1.0),
        _ => (Duration::from_secs(10), 4.0),
    };
    // HubSpot gives each refusal an id of its own: as good as a die.
    let mut hash = DefaultHasher::new();
    body.correlation_id.hash(&mut hash);
    let share = f64::from(u16::try_from(hash.finish() % 1_000).unwrap_or_default()) / 1_000.0;
    window + window.mul_f64(spread * share)
}

/// HubSpot's codes, and of its words none: a message may repeat what we sent, so only the names of
/// properties and scopes go into a log.
fn describe(status: StatusCode, body: &ErrorBody) -> String {
    let kind = body.policy_name.as_deref().or(body.category.as_deref()).filter(|it| is_code(it));
    let kind = kind.unwrap_or("no category");
    let message = body.message.as_deref().unwrap_or_default();
    let details = match status.as_u16() {
        403 => scopes(message, &body.errors),
        400 => properties(message),
        _ => String::new(),
    };
    let is_id = |it: &&str| it.len() <= 64 && it.bytes().all(|it| it.is_ascii_hexdigit() || it == b'-');
    let correlation = body.correlation_id.as_deref().filter(is_id).unwrap_or("none");
    format!("HubSpot answered {status} ({kind}, correlation {correlation}) {details}").trim_end().to_owned()
}

/// Which properties a validation message is about, as `escalation_hints PROPERTY_DOESNT_EXIST`.
fn properties(message: &str) -> String {
    #[derive(Deserialize)]
    struct Invalid {
        name: String,
        error: String,
    }
    let Some((_, list)) = message.split_once("Property values were not valid: ") else {
        return String::new();
    };
    let invalid: Vec<Invalid> = serde_json::from_str(list).unwrap_or_default();
    let is_name = |it: &str| it.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_');
    let named = invalid.iter().filter(|it| is_name(&it.name) && is_code(&it.error));
    named.map(|it| format!("{} {}", it.name, it.error)).collect::<Vec<_>>().join(", ")
}

/// Whether it is one of HubSpot's codes, such as `MISSING_SCOPES`.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && text.bytes().all(|it| it.is_ascii_uppercase() || it == b'_')
}

/// Which scopes a denial is about, such as `conversations.read`: in `errors`, or among the message's words
/// ([scopes](https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes)).
fn scopes(message: &str, errors: &Value) -> String {
    let is_scope = |it: &&str| {
        !it.is_empty() && it.len() <= 60 && it.bytes().all(|it| it.is_ascii_lowercase() || b"._-".contains(&it))
    };
    let lists = errors.as_array().into_iter().flatten().map(|it| &it["context"]["requiredGranularScopes"]);
    let listed = lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    let words = message.split([' ', ',', '[', ']']).map(|it| it.trim_end_matches('.'));
    let written = words.filter(|it| it.ends_with(".read") || it.ends_with(".write"));
    listed.chain(written).filter(is_scope).collect::<Vec<_>>().join(", ")
}

/// The names of the properties that a refusal to take a value is about; see [`describe`].
pub fn refused_properties(reason: &str) -> Vec<&str> {
    let (_, details) = reason.split_once(") ").unwrap_or_default();
    details.split(", ").filter_map(|it| it.split_once(' ')).map(|it| it.0).collect()
}

/// Whether a denial is of our permissions, by its reason; see [`describe`]. A token that HubSpot does not take
/// may be one that is just being exchanged, which passes.
pub fn is_forbidden(reason: &str) -> bool {
    reason.starts_with("HubSpot answered 403")
}

/// A 404 is an answer where a record may be gone.
fn or_gone<T>(ended: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match ended {
        Ok(found) => Ok(Some(found)),
        Err(Fault::Refused { status: 404, .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};
    use serde_json::json;

    use super::*;

    fn refused(status: u16, body: &str, retry_after: Option<&'static str>) -> Fault {
        let mut headers = HeaderMap::new();
        headers.extend(retry_after.map(|it| (reqwest::header::RETRY_AFTER, HeaderValue::from_static(it))));
        let status = StatusCode::from_u16(status).unwrap();
        refusal(&Answer { status, headers, body: body.as_bytes().to_vec() })
    }

    fn pause(fault: &Fault) -> Option<Duration> {
        match fault {
            Fault::NotNow { retry_after, .. } => Some(*retry_after),
            _ => None,
        }
    }

    #[test]
    fn a_rate_limit_tells_how_long_to_wait() {
        let limit = |policy: &str| format!(r#"{{"status":"error","policyName":"{policy}","errorType":"RATE_LIMIT"}}"#);
        let wait = |policy| pause(&refused(429, &limit(policy), None)).unwrap().as_secs();
        assert!((10..50).contains(&wait("TEN_SECONDLY_ROLLING")));
        assert!((1..5).contains(&wait("SECONDLY")));
        assert!((3600..7200).contains(&wait("DAILY")));
        assert!((10..50).contains(&wait("SOMETHING_NEW")));
        assert_eq!(pause(&refused(429, "", Some("7"))), Some(Duration::from_secs(7)));
    }

    #[test]
    fn who_is_refused_together_does_not_come_back_together() {
        let wait = |id: u32| {
            let body = format!(r#"{{"policyName":"TEN_SECONDLY_ROLLING","correlationId":"{id}"}}"#);
            pause(&refused(429, &body, None)).unwrap().as_secs()
        };
        let mut tens = [0; 5];
        (0..1_000).for_each(|id| tens[usize::try_from(wait(id) / 10).unwrap()] += 1);
        assert_eq!(tens[0], 0);
        assert!(tens[1..].iter().all(|it| (150..350).contains(it)), "{tens:?}");
    }

    #[test]
    fn a_lock_and_a_migration_pass() {
        assert_eq!(pause(&refused(423, "{}", None)), Some(Duration::from_secs(2)));
        assert_eq!(pause(&refused(477, "{}", Some("60"))), Some(Duration::from_secs(60)));
    }

    #[test]
    fn what_may_have_been_done_is_unknown() {
        for status in [302, 408, 500, 502, 503, 504, 521, 523, 524] {
            assert!(matches!(refused(status, "<html>", None), Fault::Unknown { .. }), "{status}");
        }
    }

    #[test]
    fn what_a_person_must_put_right_is_denied_and_the_rest_is_refused() {
        for (status, may_pass) in [(401, true), (403, false)] {
            let fault = refused(status, "{}", None);
            assert!(matches!(&fault, Fault::Denied { reason } if is_forbidden(reason) != may_pass), "{status}");
        }
        for status in [400, 404, 405, 409, 413, 415, 422] {
            assert!(matches!(refused(status, "{}", None), Fault::Refused { status: it, .. } if it == status));
        }
    }

    #[test]
    fn a_validation_error_names_the_property_and_keeps_what_was_sent() {
        let body = r#"{"status":"error","message":"Property values were not valid: [{\"isValid\":false,\"message\":\"Property \\\"escalation_hints\\\" does not exist: the customer said\",\"error\":\"PROPERTY_DOESNT_EXIST\",\"name\":\"escalation_hints\",\"portalId\":1}]","correlationId":"abc","category":"VALIDATION_ERROR"}"#;
        let reason = refused(400, body, None).to_string();
        assert!(
            reason.contains("VALIDATION_ERROR, correlation abc) escalation_hints PROPERTY_DOESNT_EXIST"),
            "{reason}"
        );
        assert!(!reason.contains("customer"), "{reason}");
        assert_eq!(refused_properties(&reason), ["escalation_hints"]);
        assert_eq!(refused_properties(&refused(400, "{}", None).to_string()), [""; 0]);
    }

    #[test]
    fn a_missing_scope_is_named() {
        let body = r#"{"message":"This app hasn't been granted all required scopes: conversations.read","category":"MISSING_SCOPES"}"#;
        assert!(refused(403, body, None).to_string().ends_with(") conversations.read"));
        let body = r#"{"message":"This app hasn't been granted all required scopes to make this call.","category":"MISSING_SCOPES",
            "errors":[{"message":"One or more are required.","context":{"requiredGranularScopes":["tickets","crm.objects.owners.read"]}}]}"#;
        let reason = refused(403, body, None).to_string();
        assert_eq!(
            reason,
            "HubSpot answered 403 Forbidden (MISSING_SCOPES, correlation none) tickets, crm.objects.owners.read"
        );
    }

    #[test]
    fn what_hubspot_repeats_of_a_request_is_said_to_nobody() {
        let said = "Bearer pat-canary-0001, the Customer said canary.read?";
        let scopes = [json!({ "context": { "requiredGranularScopes": [said] } })];
        let body =
            json!({ "message": said, "category": said, "correlationId": said, "policyName": said, "errors": scopes });
        for status in [400, 401, 403, 404, 409, 423, 429, 500] {
            let reason = refused(status, &body.to_string(), None).to_string();
            assert!(!reason.contains("canary") && !reason.contains("ustomer"), "{reason}");
        }
    }

    /// No `from_env` lets them through; should one do, the process must not end for it.
    #[tokio::test]
    async fn a_request_that_cannot_be_built_is_not_sent_and_says_so() {
        for (base, token) in [("http://127.0.0.1:1", "pat-canary\n1"), ("api.hubapi.com", "pat-canary")] {
            let hubspot = HubSpot::new(Http::new(), base, SecretString::from(token));
            let fault = hubspot.call(hubspot.request(Method::GET, "x")).await.err().unwrap();
            assert!(matches!(&fault, Fault::NotSent { .. }) && !fault.to_string().contains("canary"), "{fault}");
        }
    }

    #[test]
    fn the_token_is_not_in_any_text_of_a_request() {
        let token = SecretString::from("pat-canary");
        let hubspot = HubSpot::new(Http::new(), "http://127.0.0.1:1/", token);
        let request = hubspot.request(Method::GET, "x");
        assert!(!format!("{request:?}").contains("canary"));
        assert_eq!(request.build().unwrap().url().as_str(), "http://127.0.0.1:1/x");
    }
}
