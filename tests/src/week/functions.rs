//! The functions as Lambda would run them, in this process, for the workflows, Jira's rule and the sweep. One delivery runs at a time; another runs inside it where a trouble says so.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use assign_lane::AssignLane;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::ledger::{self, Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{
    Action as _, Edge, Endpoint as _, Front, Headers, HttpEvent, HttpReply, Invocation, hear, respond,
};
use escalation::{hubspot, jira, slack};
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use serde_json::Value;
use sweep::Sweep;
use validate_comment::ValidateComment;

use super::trouble::Trouble;
use crate::dynamo::{Dynamo, REGION};
use crate::product::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET};
use crate::world::World;
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
    /// The ticket's id, or the issue's key.
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
    /// HubSpot's workflow, or Jira's rule.
    Vendor,
    /// Our own sweep.
    Sweep,
    /// A delivery that came before.
    Repeat,
}

/// All functions.
pub struct Functions {
    check: ValidateComment,
    assign: AssignLane,
    create: CreateJiraIssue,
    close: EnforceClosure,
    callback: JiraCallback,
    edge: Edge,
    watch: Watch,
    trouble: Arc<Trouble>,
    turn: tokio::sync::Mutex<()>,
    sweep_died: tokio::sync::Notify,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    runs: Vec<Run>,
    /// Deliveries that come once more, and when.
    later: Vec<(Timestamp, HttpEvent)>,
    /// The delivery at work.
    present: Option<HttpEvent>,
    /// The sweep is killed once it was answered so often.
    sweep_dies_after: Option<u32>,
}

impl Functions {
    /// The functions of this policy between these vendors.
    pub fn new(
        world: &World,
        dynamo: &Dynamo,
        watch: &Watch,
        policy: &Policy,
        trouble: &Arc<Trouble>,
    ) -> anyhow::Result<Arc<Self>> {
        let (of_hubspot, of_slack, site) = (world.hubspot.settings(), world.slack.settings(), world.jira.settings());
        let ledger = Ledger::new(client(dynamo), dynamo.table(), Times::default());
        let times = Times { act: jira::CREATE_TIMEOUT, ended: Times::default().kept, ..Times::default() };
        let patient = Ledger::new(client(dynamo), dynamo.table(), times);
        let hubspot = hubspot::HubSpot::new(Http::new(), world.hubspot.base_url(), of_hubspot.token);
        let slack = Some(slack::Slack::new(Http::new(), world.slack.base_url(), of_slack.token));
        let jira = jira::Jira::new(Http::new(), &world.jira.base_url(), &site.email, site.token);
        let place = jira::Site::new(world.jira.site_url());
        let told = (jira.clone(), place.clone(), jira::Caller::new(JIRA_CALLBACK_SECRET)?);
        let of = || (hubspot.clone(), policy.clone(), ledger.clone());
        let lane = |(hubspot, policy, ledger)| AssignLane::new(hubspot, policy, ledger, slack.clone());
        let close = |(hubspot, policy, ledger)| EnforceClosure::new(hubspot, policy, ledger, slack.clone());
        let check = |(hubspot, policy, ledger)| ValidateComment::new(hubspot, policy, ledger);
        Ok(Arc::new(Self {
            check: check(of()),
            assign: lane(of()),
            close: close(of()),
            create: CreateJiraIssue::new(hubspot.clone(), (jira, place), policy.clone(), patient, slack.clone()),
            callback: JiraCallback::new(hubspot.clone(), told, policy.clone(), ledger.clone(), slack.clone()),
            edge: edge(&of_hubspot.portal.to_string())?,
            watch: watch.clone(),
            trouble: Arc::clone(trouble),
            turn: tokio::sync::Mutex::default(),
            sweep_died: Default::default(),
            inside: Mutex::default(),
        }))
    }

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
            let _turn = self.turn.lock().await;
            self.run(event, By::Repeat).await;
        }
    }

    /// Ends where the sweep that begins now is killed, if it is.
    pub async fn sweep_is_killed(&self) {
        let fate = self.trouble.fate("sweep", "");
        self.lock().sweep_dies_after = fate.dies_after;
        match fate.dies_after {
            Some(_) => self.sweep_died.notified().await,
            None => std::future::pending().await,
        }
    }

    /// One delivery, after those before it.
    pub(super) async fn deliver(&self, event: HttpEvent) -> HttpReply {
        let _turn = self.turn.lock().await;
        if event.headers.get("x-escalation-signature").is_none() {
            return self.run(event, By::Vendor).await;
        }
        let reply = self.run(event, By::Sweep).await;
        let mut inside = self.lock();
        inside.sweep_dies_after = inside.sweep_dies_after.and_then(|it| it.checked_sub(1));
        if inside.sweep_dies_after.take_if(|it| *it == 0).is_some() {
            self.sweep_died.notify_one();
        }
        reply
    }

    /// The delivery at work comes a second time and runs to its end first.
    pub async fn twin(&self) {
        let present = self.lock().present.clone();
        if let Some(event) = present {
            Box::pin(self.run(event, By::Repeat)).await;
        }
    }

    async fn run(&self, event: HttpEvent, by: By) -> HttpReply {
        let (function, about) = (function_of(&event.raw_path), about(&event));
        let at = self.watch.now();
        let fate = if by == By::Repeat { Default::default() } else { self.trouble.fate(function, &about) };
        if let Some(wait) = fate.again_in.filter(|_| by == By::Vendor) {
            self.lock().later.push((at + wait, event.clone()));
        }
        let outer = self.lock().present.replace(event.clone());
        let may_die = fate.dies_after.is_some();
        self.trouble.begin(fate);
        let reply = tokio::select! {
            biased;
            () = self.trouble.died.notified(), if may_die => None,
            reply = Box::pin(self.answer(event)) => reply,
        };
        self.trouble.end();
        self.lock().present = outer;
        // API Gateway's answer for a function that crashed, or took too long.
        let reply =
            reply.unwrap_or_else(|| HttpReply { status_code: 503, headers: Headers::default(), body: String::new() });
        let (status, outcome) = (reply.status_code, outcome(&reply));
        self.lock().runs.push(Run { at, function, about, by, status, outcome });
        reply
    }

    /// `None` where the platform would have ended it.
    async fn answer(&self, event: HttpEvent) -> Option<HttpReply> {
        let limit = if event.raw_path.ends_with(CreateJiraIssue::NAME) { CREATE_LIMIT } else { TIME_LIMIT };
        let (clock, deadline) = (self.watch.clock(), self.watch.now() + limit);
        let invocation = Invocation { clock, deadline, request_id: "week".to_owned() };
        let reply = match function_of(&event.raw_path) {
            AssignLane::NAME => Box::pin(respond(&self.edge, &self.assign, event, &invocation)).await,
            CreateJiraIssue::NAME => Box::pin(respond(&self.edge, &self.create, event, &invocation)).await,
            EnforceClosure::NAME => Box::pin(respond(&self.edge, &self.close, event, &invocation)).await,
            JiraCallback::NAME => Box::pin(hear(&self.edge, &self.callback, event, &invocation)).await,
            _ => Box::pin(respond(&self.edge, &self.check, event, &invocation)).await,
        };
        (self.watch.now() <= deadline).then_some(reply)
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The sweep over the same table, which asks at this front.
pub fn sweep(dynamo: &Dynamo, policy: &Policy, url: &str) -> anyhow::Result<Sweep> {
    let ledger = Ledger::new(client(dynamo), dynamo.table(), Times::default());
    let alarm_after = Duration::try_from(policy.ledger.alarm_minutes.minutes())?;
    Ok(Sweep::new(ledger, Front::new(Http::new(), url, FORWARD_SECRET)?, alarm_after))
}

/// As production has it, but that it tries again at once and leaves others their budget of retries.
fn client(dynamo: &Dynamo) -> Client {
    let credentials = Credentials::new("sandbox", "sandbox", None, None, "sandbox");
    let aws = Aws { region: Region::from_static(REGION), credentials, endpoint: Some(dynamo.url().to_owned()) };
    let retries = RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(1));
    let patience = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(60)).build();
    let budget = RetryPartition::custom("week").token_bucket(TokenBucket::unlimited()).build();
    let config = ledger::client(aws, &Http::new()).config().to_builder();
    Client::from_conf(config.retry_config(retries).timeout_config(patience).retry_partition(budget).build())
}

fn edge(portal: &str) -> anyhow::Result<Edge> {
    let variables = BTreeMap::from([
        ("HUBSPOT_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
        ("FORWARD_SECRET", FORWARD_SECRET.to_owned()),
        ("HUBSPOT_PORTAL_IDS", portal.to_owned()),
    ]);
    Edge::new(|name: &str| variables.get(name).cloned())
}

fn function_of(path: &str) -> &'static str {
    let names = [AssignLane::NAME, CreateJiraIssue::NAME, EnforceClosure::NAME, JiraCallback::NAME];
    let named = names.into_iter().find(|it| path.ends_with(it));
    named.unwrap_or(if path == JiraCallback::PATH { JiraCallback::NAME } else { ValidateComment::NAME })
}

/// The ticket's id, or the issue's key.
fn about(event: &HttpEvent) -> String {
    let body: Value = event.body.as_deref().and_then(|it| serde_json::from_str(it).ok()).unwrap_or_default();
    match (&body["object"]["objectId"], &body["key"]) {
        (Value::Number(id), _) => id.to_string(),
        (_, key) => key.as_str().unwrap_or_default().to_owned(),
    }
}

fn outcome(reply: &HttpReply) -> String {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    let outcome = body["outputFields"]["outcome"].as_str().or(body["outcome"].as_str());
    outcome.unwrap_or_default().to_owned()
}
