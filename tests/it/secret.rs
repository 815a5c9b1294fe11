//! How one secret is read: signed as AWS asks for it, and again where that may help.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::config::{Credentials, Region};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use escalation::aws::{Aws, secret};
use escalation::http::Http;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;

const REGION: &str = "eu-central-1";
const KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const HELD: (u16, &str) = (200, r#"{"Name": "escalation", "SecretString": "{\"SLACK_BOT_TOKEN\": \"xoxb-1\"}"}"#);

/// A Secrets Manager that gives the next of its answers to whoever signs as
/// [AWS asks](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
#[derive(Clone, Default)]
struct Vault {
    answers: Arc<Mutex<VecDeque<(u16, &'static str)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

async fn answer(
    State(vault): State<Vault>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    vault.asked.lock().unwrap().push(String::from_utf8(body.to_vec()).unwrap());
    if let Err(problem) = accept(&method, &uri, &headers, &body) {
        return (StatusCode::BAD_REQUEST, format!(r#"{{"__type": "{problem}"}}"#));
    }
    let (status, text) = vault.answers.lock().unwrap().pop_front().expect("it was asked more often than expected");
    (StatusCode::from_u16(status).unwrap(), text.to_owned())
}

fn accept(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<(), &'static str> {
    let header = |name: &str| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if (method, uri.path()) != (&Method::POST, "/") || header("content-type") != "application/x-amz-json-1.1" {
        return Err("SerializationException");
    }
    if header("x-amz-target") != "secretsmanager.GetSecretValue" {
        return Err("UnknownOperationException");
    }
    let stamp = header("x-amz-date");
    let scope = format!("{}/{REGION}/secretsmanager/aws4_request", &stamp[..8]);
    let (claims, signature) =
        header("authorization").rsplit_once(", Signature=").ok_or("MissingAuthenticationToken")?;
    let names = claims.strip_prefix(&format!("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/{scope}, SignedHeaders="));
    let names = names.ok_or("IncompleteSignature")?;
    if ["host", "x-amz-date", "x-amz-security-token", "x-amz-target"]
        .iter()
        .any(|it| !names.split(';').any(|name| name == *it))
    {
        return Err("IncompleteSignature");
    }
    let signed: String = names.split(';').map(|name| format!("{name}:{}\n", header(name))).collect();
    let canonical = format!("POST\n/\n\n{signed}\n{names}\n{}", hash(body));
    let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hash(canonical.as_bytes()));
    let key = scope.split('/').fold(format!("AWS4{KEY}").into_bytes(), |key, part| mac(&key, part));
    let right = stamp == "20260105T090000Z"
        && hex(&mac(&key, &text)) == signature
        && header("x-amz-security-token") == "session";
    if right { Ok(()) } else { Err("InvalidSignatureException") }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// Reads a secret of a vault with these answers: what it says, and what it was asked.
async fn read(answers: &[(u16, &'static str)]) -> (Result<String, String>, Vec<String>) {
    let vault = Vault::default();
    vault.answers.lock().unwrap().extend(answers);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let aws = Aws {
        region: Region::from_static(REGION),
        credentials: Credentials::new("AKIAEXAMPLE", KEY, Some("session".to_owned()), None, "test"),
        endpoint: Some(format!("http://{}", listener.local_addr().unwrap())),
    };
    let server = Router::new().fallback(answer).with_state(vault.clone());
    let server = tokio::spawn(async move { axum::serve(listener, server).await });
    let read = secret::read(&Http::new(), &aws, "escalation", "2026-01-05T09:00:00Z".parse().unwrap()).await;
    server.abort();
    assert!(vault.answers.lock().unwrap().is_empty(), "some answers were not asked for");
    let read = read.map(|it| it.expose_secret().to_owned()).map_err(|it| format!("{it:#}"));
    (read, std::mem::take(&mut *vault.asked.lock().unwrap()))
}

#[tokio::test]
async fn a_secret_is_read_in_one_signed_request() {
    let (read, asked) = read(&[HELD]).await;
    assert_eq!(read.unwrap(), r#"{"SLACK_BOT_TOKEN": "xoxb-1"}"#);
    assert_eq!(asked, [r#"{"SecretId":"escalation"}"#]);
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let trouble = (500, r#"{"__type": "InternalServiceError"}"#);
    let throttled = (400, r#"{"__type": "com.amazonaws.secretsmanager#ThrottlingException"}"#);
    let (found, asked) = read(&[trouble, throttled, HELD]).await;
    assert_eq!((found.is_ok(), asked.len()), (true, 3));
    let (found, _) = read(&[throttled, throttled, trouble]).await;
    assert_eq!(found.unwrap_err(), "cannot read secret escalation: InternalServiceError");
}

#[tokio::test]
async fn a_refusal_is_told_by_its_code_alone() {
    let denied = r#"{"__type": "AccessDeniedException", "Message": "User arn:aws:sts::1:canary is not authorized"}"#;
    let (found, _) = read(&[(400, denied)]).await;
    assert_eq!(found.unwrap_err(), "cannot read secret escalation: AccessDeniedException");
    let (found, _) = read(&[(403, "<html>canary</html>")]).await;
    assert_eq!(found.unwrap_err(), "cannot read secret escalation: 403 Forbidden");
}

#[tokio::test]
async fn an_answer_that_does_not_read_is_not_quoted() {
    let cut = (200, r#"{"SecretString": "pat-canary"#);
    let (found, _) = read(&[cut, cut, cut]).await;
    let said = found.unwrap_err();
    assert!(said.starts_with("cannot read secret escalation: ") && !said.contains("canary"), "said: {said}");
}
