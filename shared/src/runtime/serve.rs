//! Runs an action or a job as a Lambda function.

use std::convert::Infallible;
use std::fmt::Display;
use std::process::ExitCode;

use anyhow::anyhow;
use jiff::Timestamp;
use lambda_runtime::{Context, LambdaEvent, Runtime, service_fn};
use serde_json::Value;

use super::action::{Action, respond};
use super::clock::{Clock, Invocation};
use super::edge::Edge;
use super::endpoint::{Endpoint, hear};
use super::gateway::{HttpEvent, HttpReply};
use super::job::{Job, is_schedule};
use super::log;
use crate::http::Http;
use crate::secrets::Secrets;

/// Answers requests until the platform ends the process. A function's `main` is this.
pub async fn serve<A: Action>() -> ExitCode {
    serve_with::<A>(Clock::system()).await
}

/// The same by a clock of one's own.
pub async fn serve_with<A: Action>(clock: Clock) -> ExitCode {
    serve_by(clock, async |edge: &Edge, action: &A, event, invocation: &Invocation| {
        respond(edge, action, event, invocation).await
    })
    .await
}

/// Answers requests at two paths, the action's and the endpoint's, until the platform ends the
/// process. Such a function's `main` is this.
pub async fn serve_endpoint<E: Endpoint>() -> ExitCode {
    serve_endpoint_with::<E>(Clock::system()).await
}

/// The same by a clock of one's own.
pub async fn serve_endpoint_with<E: Endpoint>(clock: Clock) -> ExitCode {
    serve_by(clock, async |edge: &Edge, endpoint: &E, event, invocation: &Invocation| {
        hear(edge, endpoint, event, invocation).await
    })
    .await
}

async fn serve_by<A: Action>(
    clock: Clock,
    answer: impl AsyncFn(&Edge, &A, HttpEvent, &Invocation) -> HttpReply,
) -> ExitCode {
    log::start();
    let parts = start(|secrets, http| match (Edge::from_env(secrets), A::from_env(secrets, http)) {
        (Ok(edge), Ok(action)) => Ok((edge, action)),
        (edge, action) => Err([edge.err(), action.err()].into_iter().flatten().collect()),
    });
    let (edge, action) = match parts.await {
        Ok(parts) => parts,
        Err(problems) => return failed(A::NAME, &problems),
    };
    edge.warn();
    let (edge, action, clock, answer) = (&edge, &action, &clock, &answer);
    let answer = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = invocation(event.context, clock);
        Ok::<_, Infallible>(answer(edge, action, HttpEvent::read(event.payload), &invocation).await)
    });
    // `lambda_runtime::run` would wrap each request in a span that repeats its id in every line.
    ended(A::NAME, Runtime::new(answer).run().await)
}

/// Does a job at each event of its schedule until the platform ends the process. A scheduled
/// function's `main` is this.
pub async fn serve_job<J: Job>() -> ExitCode {
    serve_job_with::<J>(Clock::system()).await
}

/// The same by a clock of one's own.
pub async fn serve_job_with<J: Job>(clock: Clock) -> ExitCode {
    log::start();
    let job = match start(|secrets, http| J::from_env(secrets, http).map_err(|it| vec![it])).await {
        Ok(job) => job,
        Err(problems) => return failed(J::NAME, &problems),
    };
    let (job, clock) = (&job, &clock);
    let work = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = invocation(event.context, clock);
        let result = match is_schedule(&event.payload) {
            true => job.run(&invocation).await,
            false => Err(anyhow!("this is no event of a schedule")),
        };
        result.inspect_err(|error| log::job_failed(J::NAME, error, &invocation)).map_err(lambda_runtime::Error::from)
    });
    ended(J::NAME, Runtime::new(work).run().await)
}

/// Builds the parts, or tells everything that is wrong with the environment at once.
#[expect(clippy::disallowed_methods, reason = "whether there is a platform at all, before its runtime panics over it")]
async fn start<T>(build: impl FnOnce(&Secrets, &Http) -> Result<T, Vec<anyhow::Error>>) -> Result<T, String> {
    let mut problems = Vec::new();
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        problems.push(
            "AWS_LAMBDA_RUNTIME_API is not set: this program runs on Lambda; `cargo run` starts the sandbox".to_owned(),
        );
    }
    let http = Http::new();
    let built = match Secrets::from_env(&http).await {
        Ok(secrets) => build(&secrets, &http),
        Err(error) => Err(vec![error]),
    };
    match built {
        Ok(parts) if problems.is_empty() => Ok(parts),
        built => {
            problems.extend(built.err().into_iter().flatten().map(|it| format!("{it:#}")));
            Err(problems.join("\n"))
        }
    }
}

fn ended(name: &str, result: Result<(), lambda_runtime::Error>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(name, &format_args!("{:#}", anyhow!(error))),
    }
}

/// A process that ends before it asks for work is an init error to Lambda, which shows this text.
fn failed(name: &str, problems: &dyn Display) -> ExitCode {
    eprintln!("{name} cannot run:\n{problems}");
    ExitCode::FAILURE
}

fn invocation(context: Context, clock: &Clock) -> Invocation {
    let deadline = deadline(context.deadline, clock);
    Invocation { clock: clock.clone(), deadline, request_id: context.request_id }
}

/// The platform's deadline; one that is no time leaves no time.
fn deadline(milliseconds: u64, clock: &Clock) -> Timestamp {
    let deadline = i64::try_from(milliseconds).ok().and_then(|it| Timestamp::from_millisecond(it).ok());
    deadline.unwrap_or_else(|| clock.now())
}
