//! The HTTP front: what API Gateway's HTTP API is to a function.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::{self, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use escalation::runtime::Clock;
use serde_json::json;
use tokio::net::TcpListener;

use super::event::{self, Arrival};
use super::function::Function;
use super::{Failure, PAYLOAD_LIMIT, fresh_id};

pub(super) struct Front {
    pub(super) functions: Arc<[Function]>,
    pub(super) clock: Clock,
    pub(super) domain: String,
}

pub(super) async fn serve(listener: TcpListener, front: Front) {
    let service = Router::new().fallback(handle).with_state(Arc::new(front));
    // Serving ends only when it is told to.
    let _ = axum::serve(listener, service.into_make_service_with_connect_info::<SocketAddr>()).await;
}

async fn handle(
    State(front): State<Arc<Front>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let request_id = fresh_id();
    // Where the caller stops waiting this future is dropped; the function goes on, as it does on Lambda.
    let work = tokio::spawn(front.answer(peer, request, request_id.clone()));
    let mut response =
        work.await.unwrap_or_else(|_| message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"));
    let request_id = HeaderValue::from_str(&request_id).expect("hex digits and dashes are header text");
    response.headers_mut().insert("apigw-requestid", request_id);
    response
}

impl Front {
    async fn answer(self: Arc<Self>, peer: SocketAddr, request: Request, request_id: String) -> Response {
        let (request, body) = request.into_parts();
        let route = format!("{} {}", request.method, request.uri.path());
        let Some(function) = self.functions.iter().find(|it| it.spec.routes.contains(&route)) else {
            return message(StatusCode::NOT_FOUND, "Not Found");
        };
        let Ok(body) = body::to_bytes(body, PAYLOAD_LIMIT).await else {
            return message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
        };
        let arrival = Arrival {
            route: &route,
            domain: &self.domain,
            request_id: &request_id,
            source_ip: peer.ip().to_string(),
            now: self.clock.now(),
        };
        let event = event::event(&request, &body, &arrival).to_string();
        let answer = function.invoke(&request_id, Bytes::from(event)).await;
        answer.map_or_else(|failure| refusal(&failure), |payload| in_http(function, &request_id, &payload))
    }
}

fn in_http(function: &Function, request_id: &str, payload: &[u8]) -> Response {
    event::answer(payload).unwrap_or_else(|problem| {
        function.remark("", request_id, format!("the answer is none that API Gateway understands: {problem}"));
        message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
    })
}

/// A function that failed, crashed or did not start is a 500
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html>);
/// one that took too long is a 503, not REST APIs' 504
/// (<https://github.com/cortexlabs/cortex/issues/1225>). What a throttled one becomes is not
/// documented for HTTP APIs: 503 is what callers report, and the caller's remedy is the same.
fn refusal(failure: &Failure) -> Response {
    match failure {
        Failure::TimedOut | Failure::Throttled => message(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
        Failure::NoSuchFunction | Failure::NeverStarted(_) | Failure::Failed(_) | Failure::Crashed(_) => {
            message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
        }
    }
}

fn message(status: StatusCode, text: &str) -> Response {
    (status, Json(json!({ "message": text }))).into_response()
}
