//! The Runtime API as one execution environment sees it.
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::environment::Environment;
use super::invocation::{Completion, InFlight, Init, Invocation};
use super::{ACCOUNT, PAYLOAD_LIMIT, REGION, fresh_id, lock, report};

type Api = State<Arc<Environment>>;

/// Each environment has an address of its own: the address says who asks.
pub(super) async fn serve(listener: TcpListener, environment: Arc<Environment>) {
    let api = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{request_id}/response", post(response))
        .route("/2018-06-01/runtime/invocation/{request_id}/error", post(error))
        .route("/2018-06-01/runtime/init/error", post(init_error))
        .layer(DefaultBodyLimit::max(PAYLOAD_LIMIT))
        .with_state(environment);
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    // Serving ends only when it is told to.
    let _ = axum::serve(listener, api).await;
}

/// Blocks until there is work. Where the process goes away meanwhile, this future is dropped at its
/// only await and no event is lost.
async fn next(State(environment): Api) -> Response {
    if lock(&environment.in_flight).is_some() {
        return refused(StatusCode::FORBIDDEN, "InvalidStateTransition", "the last event is not answered yet");
    }
    environment
        .init
        .get_or_init(|| Init { duration: environment.started.elapsed(), cpu: report::cpu(environment.pid) });
    let Some(invocation) = environment.inbox.lock().await.recv().await else {
        return refused(StatusCode::GONE, "Shutdown", "the host ends");
    };
    let answer = handed_over(&environment, &invocation);
    let begun = Instant::now();
    *lock(&environment.in_flight) = Some(InFlight {
        request_id: invocation.request_id,
        event: invocation.event,
        reply: invocation.reply,
        begun,
        cpu_before: report::cpu(environment.pid),
    });
    // Nobody listens where the limit passed at this very moment; the process is being killed then.
    let _ = invocation.begun.send(begun);
    answer
}

fn handed_over(environment: &Environment, invocation: &Invocation) -> Response {
    let now = environment.clock.now();
    let limit = i64::try_from(environment.spec.time_limit.as_millis()).unwrap_or(i64::MAX);
    let deadline = now.as_millisecond().saturating_add(limit);
    let arn = format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{}", environment.spec.name);
    let trace = fresh_id().replace('-', "");
    let trace = format!("Root=1-{:08x}-{};Sampled=0", now.as_second(), &trace[..24]);
    Response::builder()
        .header("Content-Type", "application/json")
        .header("Lambda-Runtime-Aws-Request-Id", &invocation.request_id)
        .header("Lambda-Runtime-Deadline-Ms", deadline)
        .header("Lambda-Runtime-Invoked-Function-Arn", arn)
        .header("Lambda-Runtime-Trace-Id", trace)
        .body(Body::from(invocation.event.clone()))
        .expect("ids and names are header text: the configuration was checked")
}

async fn response(State(environment): Api, Path(id): Path<String>, body: Result<Bytes, BytesRejection>) -> Response {
    match body {
        Ok(body) => finish(&environment, &id, Ok(body)),
        Err(rejection) => {
            let told = finish(&environment, &id, Err(format!("Function.ResponseSizeTooLarge: {rejection}")));
            if told.status() == StatusCode::ACCEPTED { rejection.into_response() } else { told }
        }
    }
}

async fn error(State(environment): Api, Path(id): Path<String>, body: Bytes) -> Response {
    finish(&environment, &id, Err(in_words(&body)))
}

async fn init_error(State(environment): Api, body: Bytes) -> Response {
    if environment.init.get().is_some() {
        return refused(StatusCode::FORBIDDEN, "InvalidStateTransition", "the function has started already");
    }
    // The first report stands. The process is expected to end by itself now.
    let _ = environment.init_error.set(in_words(&body));
    accepted()
}

fn finish(environment: &Environment, id: &str, result: Result<Bytes, String>) -> Response {
    let Some(work) = lock(&environment.in_flight).take_if(|it| it.request_id == id) else {
        return refused(StatusCode::BAD_REQUEST, "InvalidRequestID", "no such event is in work here");
    };
    let spent = |after: Duration| after.saturating_sub(work.cpu_before.unwrap_or_default());
    let completion = Completion {
        result,
        duration: work.begun.elapsed(),
        cpu: work.cpu_before.and(report::cpu(environment.pid)).map(spent),
        max_memory_kb: report::max_memory_kb(environment.pid),
    };
    // Nobody waits where the limit passed at this very moment.
    let _ = work.reply.send(completion);
    accepted()
}

/// `{"errorType": …, "errorMessage": …}`, or whatever else the function sent.
fn in_words(body: &[u8]) -> String {
    let text = |value: &Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
    let value: Value = serde_json::from_slice(body).unwrap_or_default();
    match (text(&value, "errorType"), text(&value, "errorMessage")) {
        (Some(kind), Some(message)) => format!("{kind}: {message}"),
        (Some(text), None) | (None, Some(text)) => text,
        (None, None) => String::from_utf8_lossy(body).into_owned(),
    }
}

fn accepted() -> Response {
    (StatusCode::ACCEPTED, Json(json!({ "status": "OK" }))).into_response()
}

fn refused(status: StatusCode, kind: &str, message: &str) -> Response {
    (status, Json(json!({ "errorType": kind, "errorMessage": message }))).into_response()
}
