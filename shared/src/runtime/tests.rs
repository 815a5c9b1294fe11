//! Requests as the gateway hands them over, and an action that does as it is told.

mod answers;
mod ours;
mod properties;
mod refusals;
mod webhooks;

use crate::http::Http;
use crate::ledger::Ledger;
use crate::meter::Meter;
use crate::secrets::Secrets;
use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, Once};

use anyhow::anyhow;
use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;

const SECRET: &str = "test-client-secret-0001";
const FORWARD_SECRET: &str = "test-forward-secret";
const HOST: &str = "abc123.execute-api.us-east-1.amazonaws.com";
const NOW: &str = "2026-09-21T14:13:22Z";

/// Does as its inputs say, and counts how often.
#[derive(Default)]
struct Sample {
    runs: AtomicUsize,
    last: Mutex<Option<Request<SampleInputs>>>,
    meter: Meter,
}

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct SampleInputs {
    #[serde(default)]
    result: SampleResult,
    #[serde(default)]
    days: u32,
}

#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SampleResult {
    #[default]
    Done,
    Refused,
    Rejected,
    Busy,
    Soon,
    Later,
}

#[derive(Serialize, JsonSchema)]
struct SampleOutputs {
    outcome: &'static str,
    missing: Option<String>,
    days: u32,
}

impl Action for Sample {
    const NAME: &'static str = "sample";
    const LABEL: &'static str = "Sample";
    const DESCRIPTION: &'static str = "Does as it is told";
    const CARD: &'static str = "{{result}}";
    type Inputs = SampleInputs;
    type Outputs = SampleOutputs;

    fn addresses() -> Vec<String> {
        Vec::new()
    }

    fn from_env(_: &Secrets, _: &Http) -> anyhow::Result<Self> {
        Ok(Self::default())
    }

    fn has_failed(outputs: &SampleOutputs) -> bool {
        outputs.outcome == "refused"
    }

    fn meter(&self) -> &Meter {
        &self.meter
    }

    fn ledger(&self) -> &Ledger {
        unreachable!("a run that writes nothing is not counted")
    }

    fn mode(_: &SampleInputs) -> Mode {
        Mode::Observe
    }

    async fn run(&self, request: &Request<SampleInputs>, _: &Invocation) -> Result<SampleOutputs> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        *self.last.lock().unwrap() = Some(request.clone());
        match request.inputs.result {
            SampleResult::Done => Ok(SampleOutputs { outcome: "complete", missing: None, days: request.inputs.days }),
            SampleResult::Refused => Ok(SampleOutputs { outcome: "refused", missing: None, days: request.inputs.days }),
            SampleResult::Rejected => Err(Failure::Rejected("the pipeline is unknown".to_owned())),
            SampleResult::Busy => Err(Failure::Busy { retry_after: Duration::from_millis(2500) }),
            SampleResult::Soon => Err(Failure::Busy { retry_after: Duration::from_millis(5) }),
            SampleResult::Later => Err(Failure::Later(anyhow!("connection reset").context("read ticket 42"))),
        }
    }
}

fn edge(changes: &[(&str, &str)]) -> Edge {
    let usual =
        [("HUBSPOT_CLIENT_SECRET", SECRET), ("FORWARD_SECRET", FORWARD_SECRET), ("HUBSPOT_PORTAL_IDS", "1234567")];
    let find = |name: &str| changes.iter().chain(&usual).find(|it| it.0 == name).map(|it| it.1.to_owned());
    Edge::new(find).unwrap()
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Each test's part of the log: a subscriber per test would come and go under the feet of others,
/// and a process remembers who listens to a line.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|it| it.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn invocation() -> Invocation {
    static START: Once = Once::new();
    START.call_once(|| tracing::subscriber::set_global_default(log::lines(|| Log)).unwrap());
    let deadline = now() + SignedDuration::from_secs(30);
    Invocation { clock: Clock::new(now), deadline, request_id: "7f271b42".to_owned() }
}

const ACTION: &str = r#"{"callbackId":"ap-1234567-2384423471376-1-0","origin":{"portalId":1234567},"object":{"objectId":42,"objectType":"TICKET"},"inputFields":{"days":"3"}}"#;

fn post(body: &str) -> HttpEvent {
    let mut event = HttpEvent {
        raw_path: "/hubspot/actions/sample".to_owned(),
        headers: [("content-type", "application/json")].into_iter().collect(),
        body: Some(body.to_owned()),
        ..HttpEvent::default()
    };
    event.request_context.http.method = "POST".to_owned();
    event.request_context.domain_name = HOST.to_owned();
    event.request_context.stage = "$default".to_owned();
    event
}

fn with(mut event: HttpEvent, headers: &[(&str, &str)]) -> HttpEvent {
    headers.iter().for_each(|(name, value)| event.headers.append(name, value));
    event
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|it| format!("{it:02x}")).collect()
}

fn keyed(secret: &str, text: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

fn url(event: &HttpEvent) -> String {
    let query = &event.raw_query_string;
    let mark = if query.is_empty() { "" } else { "?" };
    format!("https://{HOST}{}{mark}{query}", event.raw_path)
}

fn bytes(event: &HttpEvent) -> Vec<u8> {
    let body = event.body.clone().unwrap_or_default();
    if event.is_base64_encoded { BASE64_STANDARD.decode(body).unwrap() } else { body.into_bytes() }
}

fn v2_of(event: &HttpEvent, secret: &str) -> String {
    let start = format!("{secret}{}{}", event.request_context.http.method, url(event));
    hex(Sha256::digest([start.as_bytes(), &bytes(event)].concat()))
}

fn v2(event: HttpEvent) -> HttpEvent {
    let signature = v2_of(&event, SECRET);
    with(event, &[("x-hubspot-signature", &signature), ("x-hubspot-signature-version", "v2")])
}

fn v3_at(event: HttpEvent, timestamp: &str) -> HttpEvent {
    let start = format!("{}{}", event.request_context.http.method, url(&event));
    let text = [start.as_bytes(), &bytes(&event), timestamp.as_bytes()].concat();
    let signature = BASE64_STANDARD.encode(keyed(SECRET, &text));
    with(event, &[("x-hubspot-signature-v3", &signature), ("x-hubspot-request-timestamp", timestamp)])
}

fn v3(event: HttpEvent) -> HttpEvent {
    v3_at(event, &now().as_millisecond().to_string())
}

fn forwarded(event: HttpEvent) -> HttpEvent {
    let timestamp = now().as_second();
    let text = [format!("{timestamp}.").as_bytes(), &bytes(&event)].concat();
    let signature = format!("t={timestamp},v1={}", hex(keyed(FORWARD_SECRET, &text)));
    with(event, &[("x-escalation-signature", &signature)])
}

/// The status, and whether the action ran.
async fn ask(edge: &Edge, event: HttpEvent) -> (u16, bool) {
    let action = Sample::default();
    let reply = respond(edge, &action, &event, &invocation()).await;
    assert_eq!(reply.headers.get("cache-control"), Some("no-store"));
    (reply.status_code, action.runs.load(Ordering::Relaxed) > 0)
}

async fn reply(event: HttpEvent) -> (HttpReply, Value) {
    let reply = respond(&edge(&[]), &Sample::default(), &event, &invocation()).await;
    let body = serde_json::from_str(&reply.body).unwrap();
    (reply, body)
}

const RAN: (u16, bool) = (200, true);
