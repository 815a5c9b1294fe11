//! Requests as the gateway hands them over, held against the list of what must be refused. The
//! letters X1 to X18 name rows of that list.

use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::anyhow;
use base64::prelude::{BASE64_STANDARD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
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
}

#[derive(Clone, Deserialize, JsonSchema)]
struct SampleInputs {
    #[serde(default)]
    result: SampleResult,
    #[serde(default)]
    days: u32,
}

#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum SampleResult {
    #[default]
    Done,
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

    fn from_env() -> anyhow::Result<Self> {
        Ok(Self::default())
    }

    async fn run(&self, request: &Request<SampleInputs>, _: &Invocation) -> Result<SampleOutputs> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        *self.last.lock().unwrap() = Some(request.clone());
        match request.inputs.result {
            SampleResult::Done => Ok(SampleOutputs {
                outcome: "complete",
                missing: None,
                days: request.inputs.days,
            }),
            SampleResult::Rejected => Err(Failure::Rejected("the pipeline is unknown".to_owned())),
            SampleResult::Busy => Err(Failure::Busy {
                retry_after: Duration::from_millis(2500),
            }),
            SampleResult::Soon => Err(Failure::Busy {
                retry_after: Duration::from_millis(5),
            }),
            SampleResult::Later => Err(Failure::Later(
                anyhow!("connection reset").context("read ticket 42"),
            )),
        }
    }
}

fn edge(changes: &[(&str, &str)]) -> Edge {
    let usual = [
        ("HUBSPOT_CLIENT_SECRET", SECRET),
        ("FORWARD_SECRET", FORWARD_SECRET),
        ("HUBSPOT_PORTAL_IDS", "1234567"),
    ];
    let find = |name: &str| {
        changes
            .iter()
            .chain(&usual)
            .find(|it| it.0 == name)
            .map(|it| it.1.to_owned())
    };
    Edge::new(find).unwrap()
}

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn invocation() -> Invocation {
    let deadline = now() + SignedDuration::from_secs(30);
    Invocation {
        clock: Clock::new(now),
        deadline,
        request_id: "7f271b42".to_owned(),
    }
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
    headers
        .iter()
        .for_each(|(name, value)| event.headers.append(name, value));
    event
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes
        .as_ref()
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect()
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
    if event.is_base64_encoded {
        BASE64_STANDARD.decode(body).unwrap()
    } else {
        body.into_bytes()
    }
}

fn v2_of(event: &HttpEvent, secret: &str) -> String {
    let start = format!(
        "{secret}{}{}",
        event.request_context.http.method,
        url(event)
    );
    hex(Sha256::digest([start.as_bytes(), &bytes(event)].concat()))
}

fn v2(event: HttpEvent) -> HttpEvent {
    let signature = v2_of(&event, SECRET);
    with(
        event,
        &[
            ("x-hubspot-signature", &signature),
            ("x-hubspot-signature-version", "v2"),
        ],
    )
}

fn v3_at(event: HttpEvent, timestamp: &str) -> HttpEvent {
    let start = format!("{}{}", event.request_context.http.method, url(&event));
    let text = [start.as_bytes(), &bytes(&event), timestamp.as_bytes()].concat();
    let signature = BASE64_STANDARD.encode(keyed(SECRET, &text));
    with(
        event,
        &[
            ("x-hubspot-signature-v3", &signature),
            ("x-hubspot-request-timestamp", timestamp),
        ],
    )
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
    let reply = respond(edge, &action, event, &invocation()).await;
    assert_eq!(reply.headers.get("cache-control"), Some("no-store"));
    (reply.status_code, action.runs.load(Ordering::Relaxed) > 0)
}

async fn reply(event: HttpEvent) -> (HttpReply, Value) {
    let reply = respond(&edge(&[]), &Sample::default(), event, &invocation()).await;
    let body = serde_json::from_str(&reply.body).unwrap();
    (reply, body)
}

const RAN: (u16, bool) = (200, true);

#[tokio::test]
async fn three_callers_are_served_by_one_edge() {
    let forwarded_event = r#"{"origin":{"portalId":1234567,"actionDefinitionId":1},"object":{"objectType":"TICKET","objectId":42},"inputFields":{},"callbackId":"ap-1"}"#;
    for event in [
        v2(post(ACTION)),
        v3(post(ACTION)),
        v2(post(
            r#"{"objectType":"TICKET","portalId":1234567,"objectId":42,"properties":{}}"#,
        )),
        v2(post(r#"{"ticketId":"42"}"#)),
        forwarded(post(forwarded_event)),
        forwarded(post(r#"{"ticketId":"42"}"#)),
    ] {
        let action = Sample::default();
        let reply = respond(&edge(&[]), &action, event, &invocation()).await;
        assert_eq!(reply.status_code, 200, "{}", reply.body);
        let request = action.last.lock().unwrap().take().unwrap();
        assert_eq!((request.portal.0, request.ticket.0), (1_234_567, 42));
    }
}

#[tokio::test]
async fn a_webhook_may_put_the_ticket_into_the_query() {
    let mut event = post("");
    event.raw_query_string = "source=wf&ticketId=42".to_owned();
    event.headers = Headers::default();
    assert_eq!(ask(&edge(&[]), v2(event.clone())).await, RAN);
    event.body = None;
    assert_eq!(ask(&edge(&[]), v2(event)).await, RAN);
}

#[tokio::test]
async fn a_test_run_without_context_works() {
    let body = r#"{"callbackId":"6b1d3c9e-9a0c-4a52-9f6e-3f2f0f0f8f1a","origin":{"portalId":1234567,"actionExecutionIndexIdentifier":null},"object":{"objectId":"42"},"fields":{}}"#;
    assert_eq!(ask(&edge(&[]), v2(post(body))).await, RAN);
}

#[tokio::test]
async fn x1_no_empty_or_doubled_signature_is_401() {
    let edge = edge(&[]);
    let refused = (401, false);
    assert_eq!(ask(&edge, post(ACTION)).await, refused);
    for name in [
        "x-hubspot-signature",
        "x-hubspot-signature-v3",
        "x-escalation-signature",
    ] {
        assert_eq!(
            ask(&edge, with(post(ACTION), &[(name, "")])).await,
            refused,
            "{name}"
        );
    }
    for event in [v2(post(ACTION)), v3(post(ACTION)), forwarded(post(ACTION))] {
        assert_eq!(ask(&edge, event.clone()).await, RAN);
        for (name, value) in event.headers.iter().filter(|it| it.0 != "content-type") {
            assert_eq!(
                ask(&edge, with(event.clone(), &[(name, value)])).await,
                refused,
                "{name} twice"
            );
        }
    }
}

#[tokio::test]
async fn x2_a_signature_that_is_wrong_in_any_way_is_401() {
    let edge = edge(&[]);
    for event in [v2(post(ACTION)), v3(post(ACTION)), forwarded(post(ACTION))] {
        let (name, value) = event
            .headers
            .iter()
            .find(|it| it.0.contains("-signature"))
            .unwrap();
        let other = hex(Sha256::digest(value));
        let space = format!(" {value}");
        let wrong = [
            &value[..value.len() - 1],
            &value.to_uppercase(),
            &value.to_lowercase(),
            &other,
            &space,
        ];
        for wrong in wrong.into_iter().filter(|it| *it != value) {
            let mut changed = event.clone();
            changed.headers = event
                .headers
                .iter()
                .map(|it| if it.0 == name { (name, wrong) } else { it })
                .collect();
            assert_eq!(ask(&edge, changed).await, (401, false), "{name}: {wrong}");
        }
    }
    let event = post(ACTION);
    let signature = v2_of(&event, "the secret of another app");
    let event = with(
        event,
        &[
            ("x-hubspot-signature", &signature),
            ("x-hubspot-signature-version", "v2"),
        ],
    );
    assert_eq!(ask(&edge, event).await, (401, false));
}

#[tokio::test]
async fn x3_a_time_stamp_that_is_old_ahead_or_no_time_is_401() {
    let edge = edge(&[]);
    let now = now().as_millisecond();
    for (timestamp, expected) in [
        ((now - 300_000).to_string(), RAN),
        ((now - 300_001).to_string(), (401, false)),
        ((now + 60_000).to_string(), RAN),
        ((now + 60_001).to_string(), (401, false)),
        ((now / 1000).to_string(), (401, false)),
        (format!("-{now}"), (401, false)),
        (format!("{now}.0"), (401, false)),
        ("NaN".to_owned(), (401, false)),
        (String::new(), (401, false)),
    ] {
        assert_eq!(
            ask(&edge, v3_at(post(ACTION), &timestamp)).await,
            expected,
            "{timestamp}"
        );
    }
    let mut event = v3(post(ACTION));
    event.headers = event
        .headers
        .iter()
        .filter(|it| it.0 != "x-hubspot-request-timestamp")
        .collect();
    assert_eq!(ask(&edge, v2(event)).await, (401, false));
}

#[tokio::test]
async fn x4_the_strongest_signature_present_must_hold() {
    let edge = edge(&[]);
    let wrong_v3 = [
        ("x-hubspot-signature-v3", "AAAA"),
        ("x-hubspot-request-timestamp", "1790000001000"),
    ];
    let wrong_forwarded = [("x-escalation-signature", "t=1790000001,v1=00")];
    let wrong_v2 = [
        ("x-hubspot-signature", "00"),
        ("x-hubspot-signature-version", "v2"),
    ];
    assert_eq!(
        ask(&edge, v2(with(post(ACTION), &wrong_v3))).await,
        (401, false)
    );
    assert_eq!(
        ask(&edge, forwarded(with(post(ACTION), &wrong_v3))).await,
        (401, false)
    );
    assert_eq!(
        ask(&edge, v2(with(post(ACTION), &wrong_forwarded))).await,
        (401, false)
    );
    assert_eq!(ask(&edge, v3(with(post(ACTION), &wrong_v2))).await, RAN);
    assert_eq!(
        ask(&edge, v3(with(post(ACTION), &wrong_forwarded))).await,
        RAN
    );
    assert_eq!(
        ask(&edge, forwarded(with(post(ACTION), &wrong_v2))).await,
        RAN
    );
}

#[tokio::test]
async fn x4_version_1_and_unknown_versions_are_401() {
    let edge = edge(&[]);
    let v1 = hex(Sha256::digest(format!("{SECRET}{ACTION}")));
    let v2 = v2_of(&post(ACTION), SECRET);
    for (signature, version) in [
        (&v1, "v1"),
        (&v1, "v2"),
        (&v2, "v1"),
        (&v2, "v4"),
        (&v2, ""),
    ] {
        let event = with(
            post(ACTION),
            &[
                ("x-hubspot-signature", signature),
                ("x-hubspot-signature-version", version),
            ],
        );
        assert_eq!(ask(&edge, event).await, (401, false), "{version}");
    }
    assert_eq!(
        ask(&edge, with(post(ACTION), &[("x-hubspot-signature", &v2)])).await,
        (401, false)
    );
}

#[tokio::test]
async fn a_forwarded_event_is_401_where_no_forward_secret_is_set() {
    let event = forwarded(post(ACTION));
    assert_eq!(
        ask(&edge(&[("FORWARD_SECRET", "")]), event.clone()).await,
        (401, false)
    );
    assert_eq!(ask(&edge(&[]), event).await, RAN);
}

#[tokio::test]
async fn x5_the_host_is_never_taken_from_the_caller() {
    let headers = [
        ("host", "evil.example.com"),
        ("x-forwarded-host", "evil.example.com"),
        ("x-forwarded-proto", "http"),
    ];
    let edge_without_base = edge(&[]);
    assert_eq!(
        ask(&edge_without_base, v2(with(post(ACTION), &headers))).await,
        RAN
    );
    let stolen = hex(Sha256::digest(format!(
        "{SECRET}POSThttps://evil.example.com/hubspot/actions/sample{ACTION}"
    )));
    let signature = [
        ("x-hubspot-signature", stolen.as_str()),
        ("x-hubspot-signature-version", "v2"),
    ];
    assert_eq!(
        ask(
            &edge_without_base,
            with(with(post(ACTION), &headers), &signature)
        )
        .await,
        (401, false)
    );
    let hostile = [("host", "\u{0} a b\r\n"), ("x-forwarded-proto", "://")];
    assert_eq!(
        ask(&edge_without_base, v3(with(post(ACTION), &hostile))).await,
        RAN
    );
}

#[tokio::test]
async fn x5_a_public_base_url_replaces_the_gateways_host() {
    let signed_for = |url: &str| {
        let signature = hex(Sha256::digest(format!("{SECRET}POST{url}{ACTION}")));
        with(
            post(ACTION),
            &[
                ("x-hubspot-signature", &signature),
                ("x-hubspot-signature-version", "v2"),
            ],
        )
    };
    let edge_with_base = edge(&[("PUBLIC_BASE_URL", "https://hooks.example.com/eu/")]);
    assert_eq!(
        ask(
            &edge_with_base,
            signed_for("https://hooks.example.com/eu/hubspot/actions/sample")
        )
        .await,
        RAN
    );
    let by_gateway = signed_for(&format!("https://{HOST}/hubspot/actions/sample"));
    assert_eq!(ask(&edge_with_base, by_gateway.clone()).await, (401, false));
    assert_eq!(ask(&edge(&[]), by_gateway).await, RAN);
}

#[tokio::test]
async fn a_stage_is_part_of_the_signed_uri_but_not_of_the_route() {
    let mut event = post(ACTION);
    event.request_context.stage = "prod".to_owned();
    event.raw_path = "/prod/hubspot/actions/sample".to_owned();
    event.raw_query_string = "b=1&a=tier%202".to_owned();
    let signed = v2(event.clone());
    assert_eq!(ask(&edge(&[]), signed.clone()).await, RAN);
    for base in [format!("https://{HOST}"), format!("https://{HOST}/prod")] {
        assert_eq!(
            ask(&edge(&[("PUBLIC_BASE_URL", &base)]), signed.clone()).await,
            RAN,
            "{base}"
        );
    }
    event.raw_path = "/test/hubspot/actions/sample".to_owned();
    assert_eq!(ask(&edge(&[]), v2(event)).await, (404, false));
}

#[tokio::test]
async fn x6_a_redelivery_has_the_same_run_id_and_a_new_execution_another() {
    let mut run_ids = Vec::new();
    for body in [
        ACTION,
        ACTION,
        &ACTION.replace("-1-0", "-1-1"),
        r#"{"ticketId":42}"#,
    ] {
        let action = Sample::default();
        respond(&edge(&[]), &action, v2(post(body)), &invocation()).await;
        run_ids.push(action.last.lock().unwrap().take().unwrap().run_id);
    }
    assert_eq!(run_ids[0], run_ids[1]);
    assert_ne!(run_ids[0], run_ids[2]);
    assert_eq!(run_ids[3], "7f271b42");
}

#[tokio::test]
async fn x7_a_body_over_64_kb_is_413_by_its_length_and_by_what_it_says_of_it() {
    let edge = edge(&[]);
    let sized = |length: usize| {
        let frame = r#"{"ticketId":42,"a":""}"#.len();
        format!(r#"{{"ticketId":42,"a":"{}"}}"#, "x".repeat(length - frame))
    };
    let in_base64 = |body: String| HttpEvent {
        is_base64_encoded: true,
        ..post(&BASE64_STANDARD.encode(body))
    };
    assert_eq!(ask(&edge, v2(post(&sized(65_536)))).await, RAN);
    assert_eq!(ask(&edge, v2(post(&sized(65_537)))).await, (413, false));
    assert_eq!(ask(&edge, v2(in_base64(sized(65_536)))).await, RAN);
    assert_eq!(ask(&edge, v2(in_base64(sized(65_537)))).await, (413, false));
    assert_eq!(
        ask(&edge, v2(in_base64(sized(100_000)))).await,
        (413, false)
    );
    for (length, expected) in [
        ("65536", RAN),
        ("65537", (413, false)),
        ("99999999999999999999", (413, false)),
        ("", RAN),
    ] {
        assert_eq!(
            ask(&edge, v2(with(post(ACTION), &[("content-length", length)]))).await,
            expected,
            "{length}"
        );
    }
    assert_eq!(ask(&edge, post(&sized(65_537))).await, (413, false));
}

#[tokio::test]
async fn x8_the_signature_is_checked_over_the_decoded_bytes_before_they_are_read() {
    let edge = edge(&[]);
    let deep = format!(
        r#"{{"ticketId":42,"a":{}{}}}"#,
        "[".repeat(32),
        "]".repeat(32)
    );
    let malformed: [&[u8]; 9] = [
        b"{",
        b"null",
        b"\xef\xbb\xbf{\"ticketId\":42}",
        b"{\"ticketId\":42,\"a\":\"\xff\"}",
        br#"{"ticketId":42,"ticketId":42}"#,
        br#"{"ticketId":42,"a":{"b":1,"b":1}}"#,
        deep.as_bytes(),
        br#"{"ticketId":9007199254740993}"#,
        br#"{"ticketId":42} {}"#,
    ];
    for body in malformed {
        let event = HttpEvent {
            is_base64_encoded: true,
            ..post(&BASE64_STANDARD.encode(body))
        };
        assert_eq!(
            ask(&edge, v2(event.clone())).await,
            (400, false),
            "{}",
            String::from_utf8_lossy(body)
        );
        assert_eq!(
            ask(&edge, event).await,
            (401, false),
            "unsigned: {}",
            String::from_utf8_lossy(body)
        );
    }
    let event = HttpEvent {
        is_base64_encoded: true,
        ..post(&BASE64_STANDARD.encode(ACTION))
    };
    assert_eq!(ask(&edge, v2(event)).await, RAN);
    let event = HttpEvent {
        is_base64_encoded: true,
        ..post("not base64")
    };
    assert_eq!(ask(&edge, event).await, (400, false));
}

#[tokio::test]
async fn x9_another_type_encoding_method_or_path_is_refused_before_the_signature() {
    let edge = edge(&[]);
    let typed = |content_type: &str| {
        let mut event = post(ACTION);
        event.headers = [("content-type", content_type)].into_iter().collect();
        v2(event)
    };
    for good in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json;v=1",
    ] {
        assert_eq!(ask(&edge, typed(good)).await, RAN, "{good}");
    }
    for wrong in [
        "",
        "text/json",
        "application/json, text/html",
        "application/jsonp",
        "application/json; charset=utf-16",
    ] {
        assert_eq!(ask(&edge, typed(wrong)).await, (415, false), "{wrong}");
    }
    let mut event = post(ACTION);
    event.headers = Headers::default();
    assert_eq!(ask(&edge, v2(event)).await, (415, false));
    for encoding in ["gzip", "identity", ""] {
        assert_eq!(
            ask(
                &edge,
                v2(with(post(ACTION), &[("content-encoding", encoding)]))
            )
            .await,
            (415, false)
        );
    }
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "post", ""] {
        let mut event = post(ACTION);
        event.request_context.http.method = method.to_owned();
        assert_eq!(ask(&edge, v2(event)).await, (405, false), "{method}");
    }
    for path in [
        "",
        "/",
        "/hubspot/actions",
        "/hubspot/actions/",
        "/hubspot/actions/sample/",
        "/hubspot/actions/other",
        "//hubspot/actions/sample",
        "/Hubspot/actions/sample",
    ] {
        let event = HttpEvent {
            raw_path: path.to_owned(),
            ..post(ACTION)
        };
        assert_eq!(ask(&edge, v2(event)).await, (404, false), "{path}");
    }
    assert_eq!(ask(&edge, HttpEvent::default()).await, (404, false));
}

#[tokio::test]
async fn x10_a_portal_that_is_not_on_the_list_is_403_although_it_signs_correctly() {
    let other = ACTION.replace(r#""portalId":1234567"#, r#""portalId":7654321"#);
    assert_eq!(ask(&edge(&[]), v2(post(&other))).await, (403, false));
    assert_eq!(ask(&edge(&[]), post(&other)).await, (401, false));
    assert_eq!(
        ask(
            &edge(&[("HUBSPOT_PORTAL_IDS", "1234567,7654321")]),
            v2(post(&other))
        )
        .await,
        RAN
    );
    assert_eq!(
        ask(&edge(&[("HUBSPOT_PORTAL_IDS", "")]), v2(post(&other))).await,
        RAN
    );
}

#[tokio::test]
async fn x10_a_portal_may_go_unsaid_where_exactly_one_is_allowed() {
    let event = v2(post(r#"{"ticketId":42}"#));
    assert_eq!(ask(&edge(&[]), event.clone()).await, RAN);
    assert_eq!(
        ask(&edge(&[("HUBSPOT_PORTAL_IDS", "1,2")]), event.clone()).await,
        (400, false)
    );
    assert_eq!(
        ask(&edge(&[("HUBSPOT_PORTAL_IDS", "")]), event).await,
        (400, false)
    );
}

#[tokio::test]
async fn x11_x13_an_id_that_is_no_number_is_400() {
    for id in [
        r#""../42""#,
        r#""42/associations""#,
        r#""https://evil.example.com""#,
        r#""42\r\nx: y""#,
        "-42",
    ] {
        let body = ACTION.replace(r#""objectId":42"#, &format!(r#""objectId":{id}"#));
        assert_eq!(ask(&edge(&[]), v2(post(&body))).await, (400, false), "{id}");
    }
}

#[tokio::test]
async fn x18_a_refusal_says_its_status_and_the_request_id_and_no_more() {
    let get = |mut event: HttpEvent| {
        event.request_context.http.method = "GET".to_owned();
        event
    };
    let (reply, body) = reply(get(post(ACTION))).await;
    assert_eq!(
        reply.headers.get("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(reply.headers.get("allow"), Some("POST"));
    assert_eq!(
        body,
        json!({"type": "about:blank", "title": "Method Not Allowed", "status": 405, "instance": "7f271b42"})
    );
}

fn doing(result: &str) -> HttpEvent {
    v2(post(&ACTION.replace(
        r#""days":"3""#,
        &format!(r#""days":"3","result":"{result}""#),
    )))
}

#[tokio::test]
async fn an_outcome_is_a_success_with_the_outputs_that_have_a_value() {
    let (reply, body) = reply(doing("done")).await;
    assert_eq!(reply.status_code, 200);
    assert_eq!(reply.headers.get("content-type"), Some("application/json"));
    assert_eq!(
        body,
        json!({"outputFields": {"outcome": "complete", "days": 3, "hs_execution_state": "SUCCESS"}})
    );
}

#[tokio::test]
async fn what_no_retry_heals_fails_in_the_workflow_with_the_reason_in_words() {
    let (reply, body) = reply(doing("rejected")).await;
    assert_eq!(reply.status_code, 200);
    assert_eq!(
        body,
        json!({"outputFields": {"hs_execution_state": "FAIL_CONTINUE", "message": "the pipeline is unknown"}})
    );
}

#[tokio::test]
async fn inputs_that_do_not_read_fail_in_the_workflow_with_the_reason_in_words() {
    let event = v2(post(
        &ACTION.replace(r#""days":"3""#, r#""days":"soon","result":"never""#),
    ));
    let (reply, body) = reply(event).await;
    assert_eq!(reply.status_code, 200);
    insta::assert_snapshot!(body["outputFields"]["message"].as_str().unwrap(), @"input `days`: `soon` is not a whole number; input `result`: `never` is not one of done, rejected, busy, soon, later");
    assert_eq!(body["outputFields"]["hs_execution_state"], "FAIL_CONTINUE");
}

#[tokio::test]
async fn another_kind_of_object_fails_in_the_workflow() {
    for (kind, expected) in [
        ("CONTACT", false),
        ("0-1", false),
        ("ticket", true),
        ("0-5", true),
    ] {
        let (reply, body) = reply(v2(post(&ACTION.replace("TICKET", kind)))).await;
        assert_eq!(reply.status_code, 200);
        assert_eq!(
            body["outputFields"]["hs_execution_state"] == "SUCCESS",
            expected,
            "{kind}"
        );
    }
}

#[tokio::test]
async fn busy_is_429_with_milliseconds_and_at_least_one_second() {
    for (result, expected) in [("busy", "2500"), ("soon", "1000")] {
        let (reply, body) = reply(doing(result)).await;
        assert_eq!(
            (reply.status_code, reply.headers.get("retry-after")),
            (429, Some(expected))
        );
        assert_eq!(body["status"], 429);
    }
}

#[tokio::test]
async fn x18_later_is_503_without_a_time_and_without_the_cause() {
    let (reply, body) = reply(doing("later")).await;
    assert_eq!(
        (reply.status_code, reply.headers.get("retry-after")),
        (503, None)
    );
    assert_eq!(
        body,
        json!({"type": "about:blank", "title": "Service Unavailable", "status": 503, "instance": "7f271b42"})
    );
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the log says of one request.
async fn logged(event: HttpEvent) -> String {
    let log = Log::default();
    let writer = log.clone();
    let _guard = tracing::subscriber::set_default(log::lines(move || writer.clone()));
    respond(&edge(&[]), &Sample::default(), event, &invocation()).await;
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_request_is_one_line_of_the_log() {
    insta::assert_snapshot!(logged(doing("done")).await, @r##"{"level":"INFO","message":"sample answered 200 (complete) for ticket 42","portal":"1234567","ticket":"42","run_id":"185c27c09597ddc7","request_id":"7f271b42","action":"sample","status":200,"outcome":"complete","ms":0}"##);
    insta::assert_snapshot!(logged(doing("later")).await, @r##"{"level":"ERROR","message":"sample could not answer for ticket 42: HubSpot will ask again","portal":"1234567","ticket":"42","run_id":"185c27c09597ddc7","request_id":"7f271b42","action":"sample","status":503,"outcome":"later","ms":0,"cause":"read ticket 42: connection reset"}"##);
    insta::assert_snapshot!(logged(post(ACTION)).await, @r##"{"level":"WARN","message":"sample refused a request with 401: no signature","request_id":"7f271b42","action":"sample","status":401,"outcome":"refused","reason":"no signature","ms":0}"##);
    insta::assert_snapshot!(logged(v2(post(&ACTION.replace("1234567}", "7654321}")))).await, @r##"{"level":"WARN","message":"sample refused a request with 403: portal 7654321 is not in HUBSPOT_PORTAL_IDS","request_id":"7f271b42","action":"sample","status":403,"outcome":"refused","reason":"portal 7654321 is not in HUBSPOT_PORTAL_IDS","ms":0}"##);
}

#[tokio::test]
async fn x16_neither_bodies_nor_signatures_nor_secrets_reach_the_log() {
    let body = r#"{"ticketId":42,"subject":"The Private Words"}"#;
    let signature = v2_of(&post(body), SECRET);
    for event in [
        v2(post(body)),
        v2(post(&body.replace("42", "-42"))),
        with(v2(post(body)), &[("x-hubspot-signature-v3", "c2VjcmV0")]),
    ] {
        let log = logged(event).await;
        assert_eq!(log.lines().count(), 1);
        for secret in ["Private", &signature, "c2VjcmV0", SECRET, FORWARD_SECRET] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}

/// The JSON of an event: an event itself has no `Debug`, by which proptest prints what failed.
fn any_event() -> impl Strategy<Value = String> {
    let names = [
        "content-type",
        "content-length",
        "content-encoding",
        "x-hubspot-signature",
        "x-hubspot-signature-version",
        "x-hubspot-signature-v3",
        "x-hubspot-request-timestamp",
        "x-escalation-signature",
        "host",
    ];
    let values = prop_oneof![
        any::<String>(),
        "[0-9]{1,20}",
        "t=[0-9]{0,12},v1=[0-9a-f]{0,64}",
        Just("application/json".to_owned()),
        Just("v2".to_owned())
    ];
    let headers =
        proptest::collection::vec((proptest::sample::select(names.to_vec()), values), 0..6);
    let path = prop_oneof![
        any::<String>(),
        Just("/hubspot/actions/sample".to_owned()),
        Just("/é/hubspot/actions/sample".to_owned())
    ];
    let body = proptest::option::of(prop_oneof![
        any::<String>(),
        "[A-Za-z0-9+/]{0,64}=?",
        Just(ACTION.to_owned())
    ]);
    let method = prop_oneof![Just("POST".to_owned()), any::<String>()];
    (
        path,
        any::<String>(),
        headers,
        any::<(String, String)>(),
        method,
        body,
        any::<bool>(),
    )
        .prop_map(
            |(raw_path, query, headers, (domain, stage), method, body, is_base64)| {
                let headers = Headers::from_iter(headers);
                let context =
                    json!({"domainName": domain, "stage": stage, "http": {"method": method}});
                json!({
                    "rawPath": raw_path,
                    "rawQueryString": query,
                    "headers": headers,
                    "requestContext": context,
                    "body": body,
                    "isBase64Encoded": is_base64,
                })
                .to_string()
            },
        )
}

proptest! {
    #[test]
    fn no_event_is_admitted_unsigned_and_none_panics(event in any_event()) {
        let event = serde_json::from_str(&event).unwrap();
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_err());
    }

    #[test]
    fn no_signed_body_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let event = HttpEvent { is_base64_encoded: true, ..post(&BASE64_STANDARD.encode(bytes)) };
        let _ = edge(&[]).admit("sample", &v2(event), now());
    }

    #[test]
    fn no_signed_text_in_an_envelope_panics(id in ".{0,30}", inputs in any::<Vec<(String, String)>>()) {
        let inputs: serde_json::Map<_, _> = inputs.into_iter().map(|(name, value)| (name, value.into())).collect();
        let body = json!({"origin": {"portalId": 1234567}, "object": {"objectId": id}, "inputFields": inputs});
        let _ = edge(&[]).admit("sample", &v3(post(&body.to_string())), now());
    }

    #[test]
    fn a_single_flipped_bit_is_refused(scheme in 0..3usize, part in 0..4usize, at: prop::sample::Index, bit in 0..7u32) {
        let mut event = post(ACTION);
        event.raw_query_string = "a=1&b=tier%202".to_owned();
        let mut event = [v2, v3, forwarded][scheme](event);
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_ok());
        let flip = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            String::from_utf8(bytes).unwrap()
        };
        let flip_header = |event: &mut HttpEvent, header: &str| {
            event.headers = event.headers.iter().map(|(name, value)| {
                (name.to_owned(), if name == header { flip(value) } else { value.to_owned() })
            }).collect();
        };
        let signature = ["x-hubspot-signature", "x-hubspot-signature-v3", "x-escalation-signature"][scheme];
        match part {
            0 => event.body = event.body.as_deref().map(flip),
            1 if scheme < 2 => event.raw_query_string = flip(&event.raw_query_string),
            2 if scheme == 1 => flip_header(&mut event, "x-hubspot-request-timestamp"),
            _ => flip_header(&mut event, signature),
        }
        prop_assert!(edge(&[]).admit("sample", &event, now()).is_err());
    }
}
