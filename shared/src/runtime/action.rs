//! What an action is, and one request to it from start to end.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::breaker;
use super::edge::{Admitted, Edge};
use super::gateway::{HttpEvent, HttpReply};
use super::pacing::{Pace, Whose, place};
use super::reply::Answer;
use super::signature::lower_hex;
use super::{Failure, Invocation, Result, inputs, log, reply};
use crate::http::Http;
use crate::id::{PortalId, TicketId};
use crate::ledger::Ledger;
use crate::meter::Meter;
use crate::secrets::Secrets;

/// A custom action of a HubSpot workflow: one function, one route.
pub trait Action: Sized + Send + Sync {
    /// Its name, such as `validate-comment`; its route is `POST /hubspot/actions/<NAME>`.
    const NAME: &'static str;
    /// What HubSpot's list of actions calls it.
    const LABEL: &'static str;
    /// What HubSpot's list of actions says about it.
    const DESCRIPTION: &'static str;
    /// What its card in a workflow says; `{{name}}` stands for an input's value.
    const CARD: &'static str;

    /// How many calls a run makes that its meter counts, where it does all it usually does.
    const CALLS: u16 = 1;

    /// What a workflow's author fills in. HubSpot sends text; each field reads it as its own type.
    type Inputs: Serialize + DeserializeOwned + JsonSchema + Send + Sync;
    /// What the workflow may branch on and copy.
    type Outputs: Serialize + JsonSchema + Send;

    /// What it calls besides the state table: connections there are opened at the start of a process.
    fn addresses() -> Vec<String>;

    /// Builds the action from its environment, naming all that is wrong in it and no secret.
    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self>;

    /// Whether these outputs say that it failed for good; HubSpot then shows the action as failed and goes on.
    fn has_failed(_outputs: &Self::Outputs) -> bool {
        false
    }

    /// What counts its calls of the vendor whose limit paces its runs.
    fn meter(&self) -> &Meter;

    /// Where its runs are counted.
    fn ledger(&self) -> &Ledger;

    /// What these inputs say of writing; a run that writes nothing is not counted.
    fn mode(inputs: &Self::Inputs) -> Mode;

    /// Looks at the ticket, decides, acts.
    fn run(
        &self,
        request: &Request<Self::Inputs>,
        invocation: &Invocation,
    ) -> impl Future<Output = Result<Self::Outputs>> + Send;
}

/// Whether the ticket is written to. Every action has this input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Write to the ticket and tell people.
    #[default]
    Enforce,
    /// Write nothing; say what would be written.
    Observe,
}

/// One request: look at this ticket.
#[derive(Clone)]
pub struct Request<I> {
    /// The account it comes from.
    pub portal: PortalId,
    /// The ticket to look at.
    pub ticket: TicketId,
    /// HubSpot's id of the execution, the same for each delivery; webhooks have none.
    pub callback_id: Option<String>,
    /// Names this run to people. The same for each delivery where there is a `callback_id`.
    pub run_id: String,
    /// Where it was asked: what stands in front of our routes.
    pub base_url: String,
    /// What the workflow's author filled in.
    pub inputs: I,
}

/// Answers one request: checks who asks, reads what is asked, runs the action, logs one line.
pub async fn respond<A: Action>(edge: &Edge, action: &A, event: &HttpEvent, invocation: &Invocation) -> HttpReply {
    let started = invocation.now();
    let admitted = match edge.admit(A::NAME, event, started) {
        Ok(admitted) => admitted,
        Err(refusal) => {
            log::refused(A::NAME, &refusal, invocation, started);
            return reply::refused(&refusal, &invocation.request_id);
        }
    };
    let run_id = run_id(&admitted, invocation);
    let (portal, ticket, is_ours) = (admitted.portal, admitted.envelope.ticket, admitted.is_ours);
    let answer = match request(admitted, &run_id, edge.base_url(event)) {
        Ok(request) => Box::pin(answer(edge.pace.as_ref(), action, &request, is_ours, invocation)).await,
        Err(reason) => answered::<A>(Err(Failure::Rejected(reason)), invocation),
    };
    log::answered(&log::Run { action: A::NAME, portal, ticket, run_id: &run_id }, &answer, invocation, started);
    answer.reply
}

/// Runs the action where there is room for it.
async fn answer<A: Action>(
    pace: Option<&Pace>,
    action: &A,
    request: &Request<A::Inputs>,
    is_ours: bool,
    invocation: &Invocation,
) -> Answer {
    // Who only looks what would be done neither queues nor counts.
    let is_workflows = !is_ours && A::mode(&request.inputs) == Mode::Enforce;
    let Some(pace) = pace else {
        return run(action, request, is_workflows, invocation).await;
    };
    let whose = match place(A::NAME, (request.portal, request.ticket)) {
        Ok(name) if is_workflows => Whose::Workflow(name),
        _ => Whose::Patient,
    };
    if let Err(pause) = pace.begin(&whose, A::CALLS, invocation).await {
        return reply::paced(pause, &invocation.request_id);
    }
    let answer = run(action, request, is_workflows, invocation).await;
    pace.ended(A::CALLS, invocation).await;
    answer
}

/// Runs the action, unless that is one run too many. Our own functions ask as often as there is something to
/// finish, and no workflow makes them. What had no room has not run.
async fn run<A: Action>(
    action: &A,
    request: &Request<A::Inputs>,
    is_workflows: bool,
    invocation: &Invocation,
) -> Answer {
    if is_workflows {
        match breaker::stopped(action, request, invocation).await {
            Ok(None) => {}
            Ok(Some(reason)) => return reply::stopped(&reason),
            Err(failure) => return answered::<A>(Err(failure), invocation),
        }
    }
    answered::<A>(action.run(request, invocation).await, invocation)
}

fn answered<A: Action>(result: Result<A::Outputs>, invocation: &Invocation) -> Answer {
    let has_failed = result.as_ref().is_ok_and(A::has_failed);
    reply::answered(result, has_failed, &invocation.request_id)
}

fn request<I: DeserializeOwned>(admitted: Admitted, run_id: &str, base_url: String) -> Result<Request<I>, String> {
    let Admitted { portal, envelope, .. } = admitted;
    if let Some(name) = &envelope.object_type
        && !name.eq_ignore_ascii_case("TICKET")
        && name != "0-5"
    {
        return Err("this action works on tickets alone: use it in a ticket-based workflow".to_owned());
    }
    Ok(Request {
        portal,
        ticket: envelope.ticket,
        callback_id: envelope.callback_id,
        run_id: run_id.to_owned(),
        base_url,
        inputs: inputs::read(envelope.inputs)?,
    })
}

fn run_id(admitted: &Admitted, invocation: &Invocation) -> String {
    match &admitted.envelope.callback_id {
        Some(callback_id) => lower_hex(&Sha256::digest(format!("{}/{callback_id}", admitted.portal))[..8]),
        None => invocation.request_id.clone(),
    }
}
