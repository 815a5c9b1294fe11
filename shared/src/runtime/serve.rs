//! Runs an action as a Lambda function.

use std::convert::Infallible;
use std::fmt::Display;
use std::process::ExitCode;

use anyhow::anyhow;
use jiff::Timestamp;
use lambda_runtime::{LambdaEvent, Runtime, service_fn};
use serde_json::Value;

use super::action::{Action, respond};
use super::clock::{Clock, Invocation};
use super::edge::Edge;
use super::gateway::HttpEvent;
use super::log;
use crate::http::Http;
use crate::secrets::Secrets;

/// Answers requests until the platform ends the process. A function's `main` is this.
pub async fn serve<A: Action>() -> ExitCode {
    serve_with::<A>(Clock::system()).await
}

/// The same by a clock of one's own.
pub async fn serve_with<A: Action>(clock: Clock) -> ExitCode {
    log::start();
    let (edge, action) = match start::<A>().await {
        Ok(parts) => parts,
        Err(problems) => return failed::<A>(&problems),
    };
    edge.warn();
    let (edge, action, clock) = (&edge, &action, &clock);
    let answer = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = Invocation {
            clock: clock.clone(),
            deadline: deadline(event.context.deadline, clock),
            request_id: event.context.request_id,
        };
        Ok::<_, Infallible>(respond(edge, action, HttpEvent::read(event.payload), &invocation).await)
    });
    // `lambda_runtime::run` would wrap each request in a span that repeats its id in every line.
    match Runtime::new(answer).run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed::<A>(&format_args!("{:#}", anyhow!(error))),
    }
}

/// Builds the parts, or tells everything that is wrong with the environment at once.
#[expect(clippy::disallowed_methods, reason = "whether there is a platform at all, before its runtime panics over it")]
async fn start<A: Action>() -> Result<(Edge, A), String> {
    let mut problems = Vec::new();
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        problems.push(
            "AWS_LAMBDA_RUNTIME_API is not set: this program runs on Lambda; `cargo run` starts the sandbox".to_owned(),
        );
    }
    let http = Http::new();
    let secrets = Secrets::from_env(&http).await.map_err(|it| problems.push(format!("{it:#}"))).ok();
    let Some(secrets) = secrets else {
        return Err(problems.join("\n"));
    };
    let edge = Edge::from_env(&secrets).map_err(|it| problems.push(format!("{it:#}"))).ok();
    let action = A::from_env(&secrets, &http).map_err(|it| problems.push(format!("{it:#}"))).ok();
    match (edge, action) {
        (Some(edge), Some(action)) if problems.is_empty() => Ok((edge, action)),
        _ => Err(problems.join("\n")),
    }
}

/// A process that ends before it asks for work is an init error to Lambda, which shows this text.
fn failed<A: Action>(problems: &dyn Display) -> ExitCode {
    eprintln!("{} cannot run:\n{problems}", A::NAME);
    ExitCode::FAILURE
}

/// The platform's deadline; one that is no time leaves no time.
fn deadline(milliseconds: u64, clock: &Clock) -> Timestamp {
    let deadline = i64::try_from(milliseconds).ok().and_then(|it| Timestamp::from_millisecond(it).ok());
    deadline.unwrap_or_else(|| clock.now())
}
