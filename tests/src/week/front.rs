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

/// A place to listen at, and its address.
pub async fn place() -> anyhow::Result<(TcpListener, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub enum Door {
    /// Anybody, who waits until it is their turn.
    Public,
    /// Who hears HubSpot's webhooks, whose turn it is.
    Within,
}

impl Functions {
    /// Listens there.
    pub fn listen(self: &Arc<Self>, listener: TcpListener, door: Door) {
        let router = Router::new().fallback(front).with_state((Arc::clone(self), door));
        tokio::spawn(async move { axum::serve(listener, router).await });
    }
}

async fn front(
    State((functions, door)): State<(Arc<Functions>, Door)>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, String) {
    let Ok(event) = event(uri.path(), &headers, &body) else {
        return (StatusCode::BAD_REQUEST, HeaderMap::new(), String::new());
    };
    // Where the caller stops waiting this goes on, as it does on Lambda.
    let work = tokio::spawn(async move {
        match door {
            Door::Public => functions.deliver(event).await,
            Door::Within => functions.deliver_within(event).await,
        }
    });
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
