//! The functions as Lambda would run them, in this process, for the workflows, HubSpot's webhooks, Jira's rule and the
//! sweep. One delivery runs at a time; another runs inside it where it asks for that, or where a trouble says so.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::runtime::{Action as _, Edge, Endpoint as _, Headers, HttpEvent, HttpReply, Invocation, hear, respond};
use hubspot_events::HubSpotEvents;
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use serde_json::Value;
use validate_comment::ValidateComment;

use super::trouble::Trouble;
use crate::world::watch::Watch;

/// What HubSpot believes it calls.
pub const DOMAIN: &str = "week.execute-api.example";

/// As template.yaml has it.
const TIME_LIMIT: SignedDuration = SignedDuration::from_secs(10);
const CREATE_LIMIT: SignedDuration = SignedDuration::from_secs(18);

/// One run of a function.
#[derive(Debug, Clone)]
pub struct Run {
    /// When it began.
    pub at: Timestamp,
    /// The function.
    pub function: &'static str,
    /// The ticket's id, the issue's key, or the first event of HubSpot's webhooks.
    pub about: String,
    /// Who asked.
    pub by: By,
    /// What was answered: 503 where it was killed or took too long.
    pub status: u16,
    /// The outcome, where there is one.
    pub outcome: String,
}

/// Who asks a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// HubSpot's workflow, its webhooks, or Jira's rule.
    Vendor,
    /// Our own sweep.
    Sweep,
    /// Who hears HubSpot's webhooks.
    Events,
    /// A delivery that came before.
    Repeat,
}

/// All functions.
pub struct Functions {
    pub(super) check: ValidateComment,
    pub(super) assign: AssignLane,
    pub(super) create: CreateJiraIssue,
    pub(super) close: EnforceClosure,
    pub(super) callback: JiraCallback,
    pub(super) events: HubSpotEvents,
    pub(super) edge: Edge,
    pub(super) watch: Watch,
    pub(super) trouble: Arc<Trouble>,
    pub(super) turns: Turns,
}

/// Who runs, and who waits for that.
#[derive(Default)]
pub(super) struct Turns {
    turn: tokio::sync::Mutex<()>,
    /// Of those that are asked by who hears HubSpot's webhooks.
    turn_within: tokio::sync::Mutex<()>,
    sweep_died: tokio::sync::Notify,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    runs: Vec<Run>,
    /// Deliveries that come once more, and when.
    later: Vec<(Timestamp, HttpEvent)>,
    /// The deliveries at work, each inside the one before it.
    present: Vec<(u32, HttpEvent)>,
    /// The sweep is killed once it was answered so often.
    sweep_dies_after: Option<u32>,
}

impl Functions {
    /// Every run so far, in the order of their ends.
    pub fn runs(&self) -> Vec<Run> {
        self.lock().runs.clone()
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.lock().runs.len()
    }

    /// When a delivery comes once more.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.lock().later.iter().map(|it| it.0).min()
    }

    /// Delivers once more what is due to be.
    pub async fn run_due(&self, now: Timestamp) {
        let due: Vec<_> = self.lock().later.extract_if(.., |it| it.0 <= now).collect();
        for (_, event) in due {
            self.trouble.comes_again();
            let _turn = self.turns.turn.lock().await;
            self.run(event, By::Repeat).await;
        }
    }

    /// Ends where the sweep that begins now is killed, if it is.
    pub async fn sweep_is_killed(&self) {
        let fate = self.trouble.fate("sweep", "");
        self.lock().sweep_dies_after = fate.dies_after;
        match fate.dies_after {
            Some(_) => self.turns.sweep_died.notified().await,
            None => std::future::pending().await,
        }
    }

    /// One delivery, after those before it.
    pub(super) async fn deliver(&self, event: HttpEvent) -> HttpReply {
        let _turn = self.turns.turn.lock().await;
        if event.headers.get("x-escalation-signature").is_none() {
            return self.run(event, By::Vendor).await;
        }
        let reply = self.run(event, By::Sweep).await;
        let mut inside = self.lock();
        inside.sweep_dies_after = inside.sweep_dies_after.and_then(|it| it.checked_sub(1));
        if inside.sweep_dies_after.take_if(|it| *it == 0).is_some() {
            self.turns.sweep_died.notify_one();
        }
        reply
    }

    /// What who hears HubSpot's webhooks asks meanwhile: one after the other.
    pub(super) async fn deliver_within(&self, event: HttpEvent) -> HttpReply {
        let _turn = self.turns.turn_within.lock().await;
        self.run(event, By::Events).await
    }

    /// The delivery at work comes a second time and runs to its end first.
    pub async fn twin(&self) {
        let present = self.lock().present.last().cloned();
        if let Some((_, event)) = present {
            Box::pin(self.run(event, By::Repeat)).await;
        }
    }

    async fn run(&self, event: HttpEvent, by: By) -> HttpReply {
        let (function, about) = (function_of(&event.raw_path), about(&event));
        let at = self.watch.now();
        let fate = if by == By::Repeat { Default::default() } else { self.trouble.fate(function, &about) };
        // HubSpot signs anew what its webhooks tell again, and does that itself.
        let is_again = by == By::Vendor && function != HubSpotEvents::NAME;
        if let Some(wait) = fate.again_in.filter(|_| is_again) {
            self.lock().later.push((at + wait, event.clone()));
        }
        let may_die = fate.dies_after.is_some();
        let (number, died) = self.trouble.begin(fate);
        self.lock().present.push((number, event.clone()));
        let reply = tokio::select! {
            biased;
            () = died.notified(), if may_die => None,
            reply = Box::pin(self.answer(event)) => reply,
        };
        self.trouble.end(number);
        self.lock().present.retain(|it| it.0 != number);
        // API Gateway's answer for a function that crashed, or took too long.
        let reply =
            reply.unwrap_or_else(|| HttpReply { status_code: 503, headers: Headers::default(), body: String::new() });
        let (status, outcome) = (reply.status_code, outcome(&reply));
        self.lock().runs.push(Run { at, function, about, by, status, outcome });
        if function == HubSpotEvents::NAME {
            // Whom it asked goes on, whatever became of it.
            drop(self.turns.turn_within.lock().await);
        }
        reply
    }

    /// `None` where the platform would have ended it.
    async fn answer(&self, event: HttpEvent) -> Option<HttpReply> {
        let limit = if event.raw_path.ends_with(CreateJiraIssue::NAME) { CREATE_LIMIT } else { TIME_LIMIT };
        let (clock, deadline) = (self.watch.clock(), self.watch.now() + limit);
        let invocation = Invocation { clock, deadline, request_id: "week".to_owned() };
        let reply = match function_of(&event.raw_path) {
            AssignLane::NAME => Box::pin(respond(&self.edge, &self.assign, &event, &invocation)).await,
            CreateJiraIssue::NAME => Box::pin(respond(&self.edge, &self.create, &event, &invocation)).await,
            EnforceClosure::NAME => Box::pin(respond(&self.edge, &self.close, &event, &invocation)).await,
            JiraCallback::NAME => Box::pin(hear(&self.edge, &self.callback, &event, &invocation)).await,
            HubSpotEvents::NAME => Box::pin(hear(&self.edge, &self.events, &event, &invocation)).await,
            _ => Box::pin(respond(&self.edge, &self.check, &event, &invocation)).await,
        };
        (self.watch.now() <= deadline).then_some(reply)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.turns.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn function_of(path: &str) -> &'static str {
    const NAMES: [&str; 5] =
        [AssignLane::NAME, CreateJiraIssue::NAME, EnforceClosure::NAME, JiraCallback::NAME, HubSpotEvents::NAME];
    match path {
        JiraCallback::PATH => JiraCallback::NAME,
        HubSpotEvents::PATH => HubSpotEvents::NAME,
        path => NAMES.into_iter().find(|it| path.ends_with(it)).unwrap_or(ValidateComment::NAME),
    }
}

/// The ticket's id, the issue's key, or the first of several events.
fn about(event: &HttpEvent) -> String {
    let body: Value = event.body.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    match (&body["object"]["objectId"], &body["key"], &body[0]) {
        (Value::Number(id), ..) => id.to_string(),
        (_, Value::String(key), _) => key.clone(),
        (.., first) => format!("{} {}", first["subscriptionType"].as_str().unwrap_or_default(), first["objectId"]),
    }
}

fn outcome(reply: &HttpReply) -> String {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    let outcome = body["outputFields"]["outcome"].as_str().or(body["outcome"].as_str());
    outcome.unwrap_or_default().to_owned()
}
