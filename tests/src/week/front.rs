//! The front that the functions of a week stand behind.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use escalation::runtime::HttpEvent;
use serde_json::json;
use tokio::net::TcpListener;

use super::functions::{DOMAIN, Functions};

impl Functions {
    /// Opens the front that they stand behind; its address.
    pub async fn open(self: &Arc<Self>) -> anyhow::Result<String> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let router = Router::new().fallback(front).with_state(Arc::clone(self));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(url)
    }
}

async fn front(
    State(functions): State<Arc<Functions>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, String) {
    let Ok(event) = event(uri.path(), &headers, &body) else {
        return (StatusCode::BAD_REQUEST, HeaderMap::new(), String::new());
    };
    // Where the caller stops waiting this goes on, as it does on Lambda.
    let work = tokio::spawn(async move { functions.deliver(event).await });
    let Ok(reply) = work.await else {
        return (StatusCode::INTERNAL_SERVER_ERROR, HeaderMap::new(), String::new());
    };
    let line =
        |(name, value): (&str, &str)| Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?));
    let status = StatusCode::from_u16(reply.status_code).unwrap_or(StatusCode::BAD_GATEWAY);
    (status, reply.headers.iter().filter_map(line).collect(), reply.body)
}

fn event(path: &str, headers: &HeaderMap, body: &[u8]) -> anyhow::Result<HttpEvent> {
    let headers: BTreeMap<&str, &str> =
        headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
    let event = json!({
        "rawPath": path, "headers": headers, "body": str::from_utf8(body)?,
        "requestContext": { "domainName": DOMAIN, "stage": "$default", "http": { "method": "POST" } },
    });
    serde_json::from_value(event).context("the gateway's event")
}
