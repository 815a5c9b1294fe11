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
use super::parts::{Build, Parts};
use crate::http::Http;
use crate::ledger::Ledger;
use crate::secrets::Secrets;
use crate::telemetry::{self, Metrics};

/// Answers requests until the platform ends the process. A function's `main` is this.
pub async fn serve<A: Action>() -> ExitCode {
    serve_with::<A>(Clock::system()).await
}

/// The same by a clock of one's own.
pub async fn serve_with<A: Action>(clock: Clock) -> ExitCode {
    serve_by(clock, async |edge: &Edge, action: &A, event: &HttpEvent, invocation: &Invocation| {
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
    serve_by(clock, async |edge: &Edge, endpoint: &E, event: &HttpEvent, invocation: &Invocation| {
        hear(edge, endpoint, event, invocation).await
    })
    .await
}

async fn serve_by<A: Action>(
    clock: Clock,
    answer: impl AsyncFn(&Edge, &A, &HttpEvent, &Invocation) -> HttpReply,
) -> ExitCode {
    log::start();
    let build = |secrets: &Secrets, http: &Http| match (Edge::from_env(secrets), A::from_env(secrets, http)) {
        (Ok(edge), Ok(action)) => Ok((edge.paced(&action).map_err(|it| vec![it])?, action)),
        (edge, action) => Err([edge.err(), action.err()].into_iter().flatten().collect()),
    };
    let parts = match start(A::addresses(), build, &clock).await {
        Ok(parts) => parts,
        Err(problems) => return failed(A::NAME, &problems),
    };
    parts.current(clock.now()).await.0.warn();
    let (parts, clock, answer, metrics) = (&parts, &clock, &answer, &Metrics::from_env());
    let answer = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = invocation(event.context, clock);
        let event = HttpEvent::read(event.payload);
        let built = parts.current(invocation.now()).await;
        let (mut reply, mut tally) = telemetry::counted(answer(&built.0, &built.1, &event, &invocation)).await;
        if (reply.status_code == 401 || !tally.unauthorized().is_empty())
            && let Some(built) = parts.renewed(invocation.now()).await
        {
            let (second, more) = telemetry::counted(answer(&built.0, &built.1, &event, &invocation)).await;
            (reply, tally) = (second, more.after(tally));
        }
        metrics.write(&tally.after(parts.spent()), A::NAME, &invocation);
        Ok::<_, Infallible>(reply)
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
    let build = |secrets: &Secrets, http: &Http| J::from_env(secrets, http).map_err(|it| vec![it]);
    let parts = match start(Vec::new(), build, &clock).await {
        Ok(parts) => parts,
        Err(problems) => return failed(J::NAME, &problems),
    };
    let (parts, clock, metrics) = (&parts, &clock, &Metrics::from_env());
    let work = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = invocation(event.context, clock);
        let result = match is_schedule(&event.payload) {
            true => {
                let job = parts.current(invocation.now()).await;
                let (result, tally) = telemetry::counted(job.run(&invocation)).await;
                // What could not be asked stays to be done, so it is enough that the next run can ask.
                if tally.unauthorized().contains("functions") {
                    parts.renewed(invocation.now()).await;
                }
                metrics.write(&tally.after(parts.spent()), J::NAME, &invocation);
                result
            }
            false => Err(anyhow!("this is no event of a schedule")),
        };
        result.inspect_err(|error| log::job_failed(J::NAME, error, &invocation)).map_err(lambda_runtime::Error::from)
    });
    ended(J::NAME, Runtime::new(work).run().await)
}

/// Builds the parts, or tells everything that is wrong with the environment at once.
#[expect(clippy::disallowed_methods, reason = "whether there is a platform at all, before its runtime panics over it")]
async fn start<T>(mut addresses: Vec<String>, build: Build<T>, clock: &Clock) -> Result<Parts<T>, String> {
    let mut problems = Vec::new();
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        problems.push(
            "AWS_LAMBDA_RUNTIME_API is not set: this program runs on Lambda; `cargo run` starts the sandbox".to_owned(),
        );
    }
    addresses.extend(Ledger::address());
    match Parts::start(&addresses, build, clock.now()).await {
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

/// A process that ends before it asks for work is an init error to Lambda. Why stands in the log.
pub fn failed(name: &str, problems: &dyn Display) -> ExitCode {
    log::cannot_run(name, problems);
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
