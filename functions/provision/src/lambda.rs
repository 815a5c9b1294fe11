//! The function: CloudFormation's custom resource, and the commands for `aws lambda invoke`.

use std::process::ExitCode;
use std::time::Duration;

use escalation::http::Http;
use escalation::runtime::{Clock, Invocation, failed, start_log};
use jiff::{SignedDuration, Timestamp};
use lambda_runtime::{Context, LambdaEvent, Runtime, service_fn};
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::{error, info};

use crate::NAME;
use crate::command::Command;
use crate::provision::Provision;
use crate::report::Report;
use crate::resource::{NEXT, Request, TIME_TO_ANSWER, Verdict, told};

/// Answers until the platform ends the process.
pub async fn serve(clock: Clock) -> ExitCode {
    start_log();
    let http = Http::new();
    let (http, clock) = (&http, &clock);
    let answer = service_fn(move |event: LambdaEvent<Value>| async move {
        let invocation = invocation(event.context, clock);
        // The environment is read each time: secrets are filled in between two invocations.
        let answered = Box::pin(answer(event.payload, &invocation, http, async || Provision::from_env(http).await));
        answered.await.map_err(lambda_runtime::Error::from)
    });
    match Runtime::new(answer).run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(NAME, &error),
    }
}

/// Answers one event: a custom resource's with nothing but a word to CloudFormation, a command with what a
/// person would read.
///
/// # Errors
/// The event is neither, or CloudFormation could not be told.
pub async fn answer(
    event: Value,
    invocation: &Invocation,
    http: &Http,
    build: impl AsyncFn() -> anyhow::Result<Provision>,
) -> anyhow::Result<Value> {
    #[derive(Deserialize)]
    struct Asked {
        command: String,
    }
    if let Ok(Asked { command }) = Asked::deserialize(&event) {
        return Ok(obeyed(&command, invocation, build).await);
    }
    let Ok(request) = Request::deserialize(&event) else {
        anyhow::bail!("this is neither a request of CloudFormation's nor {{\"command\":\"check\"}}")
    };
    let verdict = verdict(&request, invocation, build).await;
    let (request_id, kind) = (&invocation.request_id, request.kind());
    match &verdict {
        Verdict::Success(summary) => info!(request_id, kind, "{kind} of the custom resource: {summary}"),
        Verdict::Failed(reason) => error!(request_id, kind, "{kind} of the custom resource failed: {reason}"),
    }
    request.answer(&verdict, http, invocation).await?;
    Ok(Value::Null)
}

async fn verdict(
    request: &Request,
    invocation: &Invocation,
    build: impl AsyncFn() -> anyhow::Result<Provision>,
) -> Verdict {
    if request.is_delete() {
        return Verdict::Success("Nothing is taken out of HubSpot.".to_owned());
    }
    // Nobody is there to say that actions are to be moved.
    match within(invocation, &Command::Apply { move_actions: false }, build).await {
        Some(Ok(report)) => Verdict::Success(told(&report)),
        Some(Err(error)) => Verdict::Failed(format!("{error:#}")),
        None => Verdict::Success(format!("{LATE} {NEXT}")),
    }
}

const LATE: &str = "HubSpot did not answer in time; what was begun may be done.";

/// A command as [`Command::parse`] reads it, and what its report says.
async fn obeyed(command: &str, invocation: &Invocation, build: impl AsyncFn() -> anyhow::Result<Provision>) -> Value {
    let parsed = Command::parse(&command.split_whitespace().collect::<Vec<_>>());
    let Some(command @ (Command::Check | Command::Plan { .. } | Command::Apply { .. })) = parsed else {
        return json!({ "ok": false, "lines": ["the commands are check, plan and apply, the last two also with --move-actions"] });
    };
    let (is_ok, lines) = match within(invocation, &command, build).await {
        Some(Ok(report)) => (report.is_right(), report.lines()),
        Some(Err(error)) => (false, format!("{error:#}").lines().map(str::to_owned).collect()),
        None => (false, vec![format!("{LATE} Ask again.")]),
    };
    let (request_id, count) = (&invocation.request_id, lines.len());
    info!(request_id, ok = is_ok, "answered {command:?} in {count} lines");
    json!({ "ok": is_ok, "lines": lines })
}

/// `None` where the time is up before.
async fn within(
    invocation: &Invocation,
    command: &Command,
    build: impl AsyncFn() -> anyhow::Result<Provision>,
) -> Option<anyhow::Result<Report>> {
    let time = invocation.remaining() - TIME_TO_ANSWER;
    let work = async {
        let provision = build().await?;
        Ok(Box::pin(provision.obey(command, invocation.now())).await)
    };
    tokio::time::timeout(Duration::try_from(time).unwrap_or_default(), work).await.ok()
}

fn invocation(context: Context, clock: &Clock) -> Invocation {
    let deadline = i64::try_from(context.deadline).ok().and_then(|it| Timestamp::from_millisecond(it).ok());
    let deadline = deadline.unwrap_or_else(|| clock.now() + SignedDuration::from_secs(60));
    Invocation { clock: clock.clone(), deadline, request_id: context.request_id }
}
