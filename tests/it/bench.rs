//! The functions in process between a HubSpot, a Slack, a DynamoDB and the workflows of this machine,
//! by a watch that only moves when told.

pub mod events;
pub mod texts;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use assign_lane::AssignLane;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::http::Http;
use escalation::hubspot;
use escalation::id::{PortalId, TicketId};
use escalation::jira;
use escalation::ledger::{Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{
    Action as _, Clock, Edge, Endpoint as _, Front, HttpEvent, HttpReply, Invocation, hear, respond,
};
use escalation::slack;
use escalation::workflows::{Step, Workflow, workflows};
use hubspot_events::HubSpotEvents;
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use sandbox::dynamo::{Dynamo, Request};
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET};
use sandbox::world::World;
use sandbox::world::client;
use sandbox::world::hubspot::HubSpot;
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::agent::Agent;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::watch::Watch;
use sandbox::world::workflow::definition::comment_check;
use sandbox::world::workflow::log::What;
use sandbox::world::workflow::{App, Caller, Engine, signature};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use validate_comment::ValidateComment;

use texts::{DANA, LEE, SAM, shown};

use crate::ledger::bench;

/// A Monday in winter, when London's time is UTC.
pub const START: &str = "2026-01-05T09:41:00Z";
pub const NAME: &str = "Escalation - Harbour Grill - Double charge";
/// Where the check of the comment is asked.
pub const CHECK: &str = "/hubspot/actions/validate-comment";
/// Where the lane is asked for.
const ASSIGN: &str = "/hubspot/actions/assign-lane";
/// The channel that the shipped policy names.
pub const ESCALATIONS: &str = "C0ESCALATIONS";
/// Where the Jira issue is asked for.
const CREATE: &str = "/hubspot/actions/create-jira-issue";
/// Where what happened is looked at.
const LOOK: &str = "/hubspot/actions/hubspot-events";
/// Where the end of an escalation is judged.
const CLOSE: &str = "/hubspot/actions/enforce-closure";
pub const DOMAIN: &str = "a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com";
/// As template.yaml has it.
pub const TIME_LIMIT: SignedDuration = SignedDuration::from_secs(10);
const CREATE_LIMIT: SignedDuration = SignedDuration::from_secs(18);

pub struct Bench {
    pub world: World,
    pub hubspot: HubSpot,
    pub dynamo: Dynamo,
    pub watch: Watch,
    pub engine: Engine,
    pub lambda: Arc<Lambda>,
    /// Where the function listens.
    pub url: String,
}

/// The functions as Lambda would run them.
pub struct Lambda {
    check: ValidateComment,
    assign: AssignLane,
    create: CreateJiraIssue,
    callback: JiraCallback,
    close: EnforceClosure,
    events: OnceLock<HubSpotEvents>,
    edge: Edge,
    clock: Clock,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with_policy(&[]).await
    }

    /// The shipped policy with some of its lines written anew.
    pub async fn with_policy(changes: &[(&str, &str)]) -> Self {
        Self::with(Settings::default(), changes, comment_check(&[])).await
    }

    /// All functions, a Slack, and the procedure's own workflows as far as they are about lanes.
    pub async fn with_lanes(changes: &[(&str, &str)]) -> Self {
        let policy = Policy::parse(&policy(changes), "policy.toml").unwrap();
        Self::of(Settings::default(), policy.clone(), about_lanes(&policy), true).await
    }

    /// The same with a workflow that is none of the procedure's.
    pub async fn with_lanes_and(changes: &[(&str, &str)], other: Workflow) -> Self {
        let policy = Policy::parse(&policy(changes), "policy.toml").unwrap();
        let workflows = about_lanes(&policy).into_iter().chain([other]).collect();
        Self::of(Settings::default(), policy, workflows, true).await
    }

    /// All functions, a Slack, and the procedure's own workflows.
    pub async fn with_jira(changes: &[(&str, &str)]) -> Self {
        let policy = Policy::parse(&policy(changes), "policy.toml").unwrap();
        Self::of(Settings::default(), policy.clone(), workflows(&policy.properties), true).await
    }

    /// The same with Slack off.
    pub async fn with_jira_alone(changes: &[(&str, &str)]) -> Self {
        let policy = Policy::parse(&policy(changes), "policy.toml").unwrap();
        Self::of(Settings::default(), policy.clone(), workflows(&policy.properties), false).await
    }

    /// The same with Slack off.
    pub async fn without_slack(changes: &[(&str, &str)]) -> Self {
        let policy = Policy::parse(&policy(changes), "policy.toml").unwrap();
        Self::of(Settings::default(), policy.clone(), about_lanes(&policy), false).await
    }

    pub async fn with(settings: Settings, changes: &[(&str, &str)], workflow: Workflow) -> Self {
        Self::of(settings, Policy::parse(&policy(changes), "policy.toml").unwrap(), vec![workflow], true).await
    }

    async fn of(settings: Settings, policy: Policy, workflows: Vec<Workflow>, has_slack: bool) -> Self {
        let portal = settings.portal;
        let watch = Watch::at(START.parse().unwrap());
        let world = World::with(settings, watch.clock()).await.unwrap();
        let hubspot = world.hubspot.clone();
        for (id, user, name) in [(501, SAM, "Sam Okafor"), (502, DANA, "Dana Whitfield"), (503, LEE, "Lee Marsh")] {
            hubspot.hire(Owner::new(id, user.0, name));
        }
        world.slack.open_channel(ESCALATIONS, "cs-escalations");
        let dynamo = bench::dynamo().await;
        let lambda = Lambda::new(&world, &dynamo, watch.clock(), policy.clone(), has_slack);
        let app = App {
            portal,
            client_secret: SecretString::from(CLIENT_SECRET),
            public_url: format!("https://{DOMAIN}"),
            sign_v3: false,
        };
        let url = serve(&lambda).await;
        lambda.asks_at(&url, &world, &dynamo, policy);
        let caller = Caller::new(&url, Duration::from_secs(30)).unwrap();
        let engine = Engine::new(&hubspot, app, caller, workflows);
        Self { world, hubspot, dynamo, watch, engine, lambda, url }
    }

    /// Another worker, for whom nobody listens where Jira should be; Slack is off.
    pub fn worker_without_jira(&self, policy: &str) -> Arc<Lambda> {
        let policy = Policy::parse(policy, "policy.toml").unwrap();
        Lambda::with_jira_at("http://127.0.0.1:1", &self.world, &self.dynamo, self.watch.clock(), policy, false)
    }

    /// What is asked from now on is decided by another policy; the workflows ask by the old one.
    pub fn change_policy(&mut self, text: &str) {
        let policy = Policy::parse(text, "policy.toml").unwrap();
        self.lambda = Lambda::new(&self.world, &self.dynamo, self.watch.clock(), policy, true);
    }

    pub fn sam(&self) -> Agent<'_> {
        self.hubspot.agent(SAM)
    }

    pub fn dana(&self) -> Agent<'_> {
        self.hubspot.agent(DANA)
    }

    /// A ticket of Sam's with this name, about Harbour Grill.
    pub fn ticket_named(&self, name: &str) -> TicketId {
        let company = self.hubspot.company("Harbour Grill", "harbourgrill.example");
        let ticket = self.sam().create_ticket(&[("subject", name), ("hubspot_owner_id", "501")]).unwrap();
        self.sam().associate_company(ticket, company).unwrap();
        ticket
    }

    pub fn ticket(&self) -> TicketId {
        self.ticket_named(NAME)
    }

    pub fn escalate(&self, ticket: TicketId) {
        self.sam().set(ticket, "escalation_type", "shift_lead").unwrap();
    }

    /// A ticket on which Sam wrote this note, and which Sam then escalated.
    pub fn escalated(&self, note: &str) -> TicketId {
        let ticket = self.ticket();
        self.sam().write_note(ticket, note).unwrap();
        self.escalate(ticket);
        ticket
    }

    /// A note that another app of the account writes.
    pub async fn note_by_an_app(&self, ticket: TicketId, html: &str) {
        let note = json!({
            "properties": { "hs_timestamp": self.watch.now().to_string(), "hs_note_body": html },
            "associations": [{
                "to": { "id": ticket.to_string() },
                "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228 }],
            }],
        });
        let url = format!("{}/crm/v3/objects/notes", self.hubspot.base_url());
        let token = self.hubspot.settings().token;
        let request = client::builder().build().unwrap().post(url).bearer_auth(token.expose_secret()).json(&note);
        assert_eq!(request.send().await.unwrap().status(), 201);
    }

    /// Time passes, for people alone.
    pub fn wait(&self, seconds: i64) {
        self.watch.advance(SignedDuration::from_secs(seconds));
    }

    /// Time passes, and the workflows do what falls due on the way.
    pub async fn pass(&mut self, minutes: i64) {
        let end = self.watch.now() + SignedDuration::from_mins(minutes);
        self.engine.run_due(self.watch.now()).await;
        while let Some(due) = self.engine.next_due().filter(|due| *due <= end) {
            self.watch.set(due.max(self.watch.now()));
            self.engine.run_due(self.watch.now()).await;
        }
        self.watch.set(end);
    }

    /// What the workflows did with a ticket, a line each.
    pub fn workflow(&self, ticket: TicketId) -> String {
        let lines = self.engine.log().iter().filter(|it| it.ticket == ticket && it.what != What::Enrolled);
        lines.map(|it| format!("{} {}\n", it.at.strftime("%T"), it.what)).collect()
    }

    /// One delivery for a ticket, by a custom action with these inputs.
    pub async fn check(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> Answer {
        self.deliver(ticket, "ap-24680135-7-1-0", inputs).await
    }

    /// One request for a ticket's lane, by a custom action with these inputs.
    pub async fn assign(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> Answer {
        Answer::read(&self.lambda.answer(assignment(self.portal(), ticket, inputs)).await)
    }

    /// One request for a ticket's Jira issue, by a custom action with these inputs.
    pub async fn create(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> Answer {
        self.create_again(ticket, "ap-24680135-9-1-0", inputs).await
    }

    /// The same by another execution of the workflow.
    pub async fn create_again(&self, ticket: TicketId, callback: &str, inputs: &[(&str, &str)]) -> Answer {
        Answer::read(&self.lambda.answer(self.creation(ticket, callback, inputs)).await)
    }

    /// The same, not sent yet.
    pub fn creation(&self, ticket: TicketId, callback: &str, inputs: &[(&str, &str)]) -> HttpEvent {
        delivery_to(CREATE, self.portal(), ticket, callback, inputs)
    }

    /// Another worker over the same table and the same vendors, by a clock of its own, with the tokens
    /// that are good now.
    pub fn worker(&self, policy: &str, clock: Clock, has_slack: bool) -> Arc<Lambda> {
        let policy = Policy::parse(policy, "policy.toml").unwrap();
        Lambda::new(&self.world, &self.dynamo, clock, policy, has_slack)
    }

    /// Something is told at the path that Jira knows.
    pub async fn hear(&self, headers: &[(&str, &str)], body: &str) -> HttpReply {
        self.hear_by("POST", headers, body).await
    }

    /// Something is told at another path.
    pub async fn hear_at(&self, path: &str, headers: &[(&str, &str)], body: &str) -> HttpReply {
        Box::pin(self.lambda.answer(event("POST", path, headers, body))).await
    }

    /// The same by another method.
    pub async fn hear_by(&self, method: &str, headers: &[(&str, &str)], body: &str) -> HttpReply {
        Box::pin(self.lambda.answer(event(method, JiraCallback::PATH, headers, body))).await
    }

    /// One request to judge the end of a ticket's escalation, by a custom action with these inputs.
    pub async fn close(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> Answer {
        Answer::read(&self.lambda.answer(self.closing_with(ticket, inputs)).await)
    }

    /// One request to have everybody look at what happened on a ticket.
    pub async fn look_at(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> Answer {
        let request = delivery_to(LOOK, self.portal(), ticket, "ap-24680135-11-1-0", inputs);
        Answer::read(&Box::pin(self.lambda.answer(request)).await)
    }

    /// The same request, not sent yet.
    pub fn closing(&self, ticket: TicketId) -> HttpEvent {
        self.closing_with(ticket, &[])
    }

    pub fn closing_with(&self, ticket: TicketId, inputs: &[(&str, &str)]) -> HttpEvent {
        delivery_to(CLOSE, self.portal(), ticket, "ap-24680135-10-1-0", inputs)
    }

    /// The same request for a ticket's lane, not sent yet.
    pub fn asks(&self, ticket: TicketId) -> HttpEvent {
        self.asks_by(ticket, "ap-24680135-8-2-0")
    }

    /// The same by another execution of the workflow.
    pub fn asks_by(&self, ticket: TicketId, callback: &str) -> HttpEvent {
        delivery_to(ASSIGN, self.portal(), ticket, callback, &[])
    }

    pub async fn deliver(&self, ticket: TicketId, callback: &str, inputs: &[(&str, &str)]) -> Answer {
        Answer::read(&self.lambda.answer(delivery(self.portal(), ticket, callback, inputs)).await)
    }

    pub fn portal(&self) -> PortalId {
        self.hubspot.settings().portal
    }

    /// What our app wrote on a ticket, as people read it.
    pub fn said(&self, ticket: TicketId) -> String {
        let ours = self.hubspot.notes(ticket).into_iter().filter(|it| it.author.is_none());
        ours.map(|it| shown(&it.body)).collect::<Vec<_>>().join("\n\n")
    }

    pub fn notes_of_ours(&self, ticket: TicketId) -> usize {
        self.hubspot.notes(ticket).iter().filter(|it| it.author.is_none()).count()
    }

    pub fn value(&self, ticket: TicketId, property: &str) -> String {
        self.hubspot.value(ticket, property).unwrap_or_default()
    }

    /// The machine properties that have a value, a line each.
    pub fn properties(&self, ticket: TicketId) -> String {
        let names =
            ["comment_status", "comment_missing", "hints", "name_status", "cycle", "started_at", "last_message"];
        let set = names.iter().map(|it| (it, self.value(ticket, &format!("escalation_{it}"))));
        set.filter(|it| !it.1.is_empty()).map(|(name, value)| format!("{name}: {value}\n")).collect()
    }

    /// How often HubSpot was asked to change something, and DynamoDB anything but to count a run, since
    /// the last look.
    pub fn written(&self) -> (usize, usize) {
        let requests = self.dynamo.requests();
        let written = (self.hubspot.journal().writes(), requests.iter().filter(|it| !counts_a_run(it)).count());
        self.hubspot.journal().clear();
        self.dynamo.forget();
        written
    }

    pub fn finish(self) {
        self.world.finish();
    }
}

impl Lambda {
    fn new(world: &World, dynamo: &Dynamo, clock: Clock, policy: Policy, has_slack: bool) -> Arc<Self> {
        Self::with_jira_at(&world.jira.base_url(), world, dynamo, clock, policy, has_slack)
    }

    fn with_jira_at(
        jira_url: &str,
        world: &World,
        dynamo: &Dynamo,
        clock: Clock,
        policy: Policy,
        has_slack: bool,
    ) -> Arc<Self> {
        let (hubspot, slack, site) = (world.hubspot.settings(), world.slack.settings(), world.jira.settings());
        let ledger = Ledger::new(bench::client(dynamo, 3), dynamo.table(), Times::default());
        let client = hubspot::HubSpot::new(Http::new(), world.hubspot.base_url(), hubspot.token);
        let slack = slack::Slack::new(Http::new(), world.slack.base_url(), slack.token);
        let slack = has_slack.then_some(slack);
        let jira = jira::Jira::new(Http::new(), jira_url, &site.email, site.token);
        let jira = (jira, jira::Site::new(world.jira.site_url()));
        let assign = AssignLane::new(client.clone(), policy.clone(), ledger.clone(), slack.clone());
        let told = (jira.0.clone(), jira.1.clone(), jira::Caller::new(JIRA_CALLBACK_SECRET).unwrap());
        let callback = JiraCallback::new(client.clone(), told, policy.clone(), ledger.clone(), slack.clone());
        let close = EnforceClosure::new(client.clone(), policy.clone(), ledger.clone(), slack.clone());
        let times = Times { act: jira::CREATE_TIMEOUT, ..Times::default() };
        let patient = Ledger::new(bench::client(dynamo, 3), dynamo.table(), times);
        let create = CreateJiraIssue::new(client.clone(), jira, policy.clone(), patient, slack);
        let check = ValidateComment::new(client, policy, ledger);
        let events = OnceLock::new();
        Arc::new(Self { check, assign, create, close, callback, events, edge: edge(hubspot.portal), clock })
    }

    /// Hears HubSpot's webhooks, and has who listens here look at what happened.
    fn asks_at(&self, url: &str, world: &World, dynamo: &Dynamo, policy: Policy) {
        let hubspot = world.hubspot.settings();
        let client = hubspot::HubSpot::new(Http::new(), world.hubspot.base_url(), hubspot.token);
        let ledger = Ledger::new(bench::client(dynamo, 3), dynamo.table(), Times::default());
        let front = Front::new(Http::new(), url, FORWARD_SECRET).unwrap();
        let app = hubspot::App::new(&hubspot.app.to_string()).unwrap();
        assert!(self.events.set(HubSpotEvents::new(client, app, front, policy, ledger)).is_ok());
    }

    pub async fn answer(&self, event: HttpEvent) -> HttpReply {
        let limit = if event.raw_path == CREATE { CREATE_LIMIT } else { TIME_LIMIT };
        self.answer_within(limit, event).await
    }

    /// The same in less time than the platform gives, or more.
    pub async fn answer_within(&self, limit: SignedDuration, event: HttpEvent) -> HttpReply {
        self.answer_as("request-1", limit, event).await
    }

    /// The same under the platform's name for this run.
    pub async fn answer_as(&self, request_id: &str, limit: SignedDuration, event: HttpEvent) -> HttpReply {
        let deadline = self.clock.now() + limit;
        let invocation = Invocation { clock: self.clock.clone(), deadline, request_id: request_id.to_owned() };
        match &*event.raw_path {
            ASSIGN => Box::pin(respond(&self.edge, &self.assign, &event, &invocation)).await,
            CREATE => Box::pin(respond(&self.edge, &self.create, &event, &invocation)).await,
            CLOSE => Box::pin(respond(&self.edge, &self.close, &event, &invocation)).await,
            path if path == HubSpotEvents::PATH || path.ends_with(HubSpotEvents::NAME) => {
                let events = self.events.get().expect("this worker hears no webhooks");
                Box::pin(hear(&self.edge, events, &event, &invocation)).await
            }
            path if path == JiraCallback::PATH || path.ends_with(JiraCallback::NAME) => {
                Box::pin(hear(&self.edge, &self.callback, &event, &invocation)).await
            }
            _ => Box::pin(respond(&self.edge, &self.check, &event, &invocation)).await,
        }
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// In milliseconds.
    pub retry_after: Option<i64>,
    pub fields: BTreeMap<String, String>,
}

impl Answer {
    pub fn read(reply: &HttpReply) -> Self {
        let body: Value = serde_json::from_str(&reply.body).unwrap();
        // What was told at an endpoint is answered in one word.
        let told = || body["outcome"].is_string().then(|| body.as_object().cloned())?;
        let fields = body["outputFields"].as_object().cloned().or_else(told).unwrap_or_default();
        let text = |it: Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
        Self {
            status: reply.status_code,
            retry_after: reply.headers.get("retry-after").map(|it| it.parse().unwrap()),
            fields: fields.into_iter().map(|(name, value)| (name, text(value))).collect(),
        }
    }

    pub fn get(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The outcome of an answer that is one.
    #[track_caller]
    pub fn outcome(&self) -> &str {
        assert_eq!((self.status, self.get("hs_execution_state")), (200, "SUCCESS"), "{self:?}");
        self.get("outcome")
    }
}

/// Whether it is the one request by which a run is counted.
pub fn counts_a_run(request: &Request) -> bool {
    request.body["Key"]["pk"]["S"].as_str().is_some_and(|it| it.starts_with("w#runs#"))
}

/// The procedure's workflows without those steps that are about Jira or the end.
fn about_lanes(policy: &Policy) -> Vec<Workflow> {
    let is_call = |it: &Step| matches!(it, Step::Call(_));
    let is_of_another =
        |it: &Step| matches!(it, Step::Call(action) if [CREATE, CLOSE].iter().any(|it| it.ends_with(&action.name)));
    let mut workflows = workflows(&policy.properties);
    workflows.iter_mut().for_each(|it| it.steps.retain(|it| !is_of_another(it)));
    workflows.retain(|it| it.steps.iter().any(is_call));
    workflows
}

/// A signed delivery of HubSpot's custom action that checks the comment.
pub fn delivery(portal: PortalId, ticket: TicketId, callback: &str, inputs: &[(&str, &str)]) -> HttpEvent {
    delivery_to(CHECK, portal, ticket, callback, inputs)
}

/// A signed delivery of HubSpot's custom action that assigns the lane.
pub fn assignment(portal: PortalId, ticket: TicketId, inputs: &[(&str, &str)]) -> HttpEvent {
    delivery_to(ASSIGN, portal, ticket, "ap-24680135-8-1-0", inputs)
}

pub fn delivery_to(
    path: &str,
    portal: PortalId,
    ticket: TicketId,
    callback: &str,
    inputs: &[(&str, &str)],
) -> HttpEvent {
    let inputs: BTreeMap<_, _> = inputs.iter().copied().collect();
    let body = json!({
        "callbackId": callback,
        "origin": { "portalId": portal.0, "actionDefinitionId": 259_551_814 },
        "context": { "workflowId": 55_660_001, "source": "WORKFLOWS" },
        "object": { "objectId": ticket.0, "objectType": "TICKET" },
        "inputFields": inputs,
    });
    let body = body.to_string();
    let signed = signature::v2(CLIENT_SECRET, "POST", &format!("https://{DOMAIN}{path}"), &body);
    let headers = [("x-hubspot-signature", signed.as_str()), ("x-hubspot-signature-version", "v2")];
    event("POST", path, &headers, &body)
}

pub fn event(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> HttpEvent {
    let mut all = BTreeMap::from([("content-type", "application/json")]);
    all.extend(headers.iter().copied());
    let event = json!({
        "rawPath": path, "headers": all, "body": body,
        "requestContext": { "domainName": DOMAIN, "stage": "$default", "http": { "method": method } },
    });
    serde_json::from_value(event).unwrap()
}

/// The shipped policy with some of its lines written anew.
pub fn policy(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(include_str!("../../shared/policy.toml").to_owned(), |policy, (old, new)| {
        assert!(policy.contains(old), "the shipped policy has no `{old}`");
        policy.replacen(old, new, 1)
    })
}

pub fn edge(portal: PortalId) -> Edge {
    let portal = portal.to_string();
    let variable = |name: &str| match name {
        "HUBSPOT_CLIENT_SECRET" => Some(CLIENT_SECRET.to_owned()),
        "FORWARD_SECRET" => Some(FORWARD_SECRET.to_owned()),
        "HUBSPOT_PORTAL_IDS" => Some(portal.clone()),
        _ => None,
    };
    Edge::new(variable).unwrap()
}

/// A front for the workflows to call.
async fn serve(lambda: &Arc<Lambda>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(front).with_state(Arc::clone(lambda));
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

async fn front(
    State(lambda): State<Arc<Lambda>>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, HeaderMap, String) {
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    // The platform names each run anew.
    static RUNS: AtomicUsize = AtomicUsize::new(0);
    let run = format!("request-{}", RUNS.fetch_add(1, Ordering::Relaxed));
    let event = event("POST", uri.path(), &headers, str::from_utf8(&body).unwrap());
    let limit = if event.raw_path == CREATE { CREATE_LIMIT } else { TIME_LIMIT };
    let reply = lambda.answer_as(&run, limit, event).await;
    let line = |(name, value): (&str, &str)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    let status = StatusCode::from_u16(reply.status_code).unwrap();
    (status, reply.headers.iter().map(line).collect(), reply.body)
}

pub fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}
