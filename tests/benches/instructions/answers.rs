//! Answering a request: the real functions, between stand-ins on threads of their own.

use std::time::Duration;

use assign_lane::AssignLane;
use aws_sdk_dynamodb::config::{Credentials, Region};
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::hubspot;
use escalation::id::TicketId;
use escalation::ledger::{self, Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{Clock, Edge, Headers, HttpEvent, Invocation, respond};
use escalation::slack;
use jiff::SignedDuration;
use sandbox::dynamo::{Dynamo, REGION};
use sandbox::world::World;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::hubspot::{HubSpot as Account, Settings};
use sandbox::world::jira::Settings as JiraSettings;
use sandbox::world::slack::limit::Limits as SlackLimits;
use sandbox::world::slack::{Settings as SlackSettings, Slack as Workspace};
use sandbox::world::workflow::signature;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use validate_comment::ValidateComment;

use crate::meter::{Cost, kilobytes, mark, measure, micros};

/// From the event to the answer, without what is asked of others.
const OWN: Duration = Duration::from_micros(300);
/// For each call of HubSpot, Slack or DynamoDB.
const CALL: Duration = Duration::from_micros(250);

const SECRET: &str = "bench-client-secret";
const DOMAIN: &str = "bench.execute-api.eu-west-1.amazonaws.com";
pub const CHECK: &str = "validate-comment";
pub const ASSIGN: &str = "assign-lane";
const SAM: UserId = UserId(48_211);
const RUNS: usize = 200;

pub const COMPLETE: &str = "<p><strong data-at-mention data-user-id=\"48211\">@Sam Okafor</strong></p>\
    <p>Issue: Table 14 was charged twice, GBP 46.20 each; customer expects one back today.</p>\
    <p>Investigated: Both payments captured, same basket.</p><p>Action Taken: Apologised, took screenshots.</p>\
    <p>Blocker: Refunds above GBP 40 need a lead.</p><p>Required to Resolve: Approve the refund.</p>";
const INCOMPLETE: &str = "<p>Issue: Table 14 was charged twice.</p><p>Investigated: Both payments captured.</p>\
    <p>Blocker: none</p>";

/// Somebody is on duty, and however many are assigned, each is shown by itself.
const ON_DUTY: &str = "
[[shift_leads]]
name = \"Dana Whitfield\"
user_id = 48305

[rota]
fallback = \"Dana Whitfield\"

[[rota.shifts]]
days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]
from = \"00:00\"
to = \"24:00\"
who = [\"Dana Whitfield\"]
";

/// The functions on this thread, and the world they work in on others.
struct Bench {
    world: World,
    dynamo: Dynamo,
    edge: Edge,
    check: ValidateComment,
    assign: AssignLane,
    here: Runtime,
    _there: Runtime,
}

/// The table of what answering costs.
pub fn print() {
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.without_time().init();
    let bench = Bench::start();
    println!("Answering a request; budget {} and {} for each call\n", micros(OWN), micros(CALL));
    println!(
        "{:<32} {:>9} {:>9} {:>8} {:>9} {:>9}   {:>7} {:>16}",
        "request", "CPU", "least", "allocs", "in all", "at once", "budget", "outcome"
    );
    let accepted = bench.ticket(COMPLETE);
    bench.warm(CHECK, accepted, 20);
    bench.row(CHECK, "complete, nothing to write", "complete", RUNS, || accepted);
    bench.row(CHECK, "incomplete, for the first time", "incomplete", RUNS / 4, || bench.ticket(INCOMPLETE));
    let told = bench.ticket(INCOMPLETE);
    bench.warm(CHECK, told, 1);
    bench.row(CHECK, "incomplete, once more", "incomplete", RUNS, || told);
    bench.warm(ASSIGN, accepted, 20);
    bench.row(ASSIGN, "assigned, for the first time", "assigned", RUNS / 4, || bench.ticket(COMPLETE));
    bench.row(ASSIGN, "unchanged", "unchanged", RUNS, || accepted);
    bench.row(ASSIGN, "awaiting context, at first", "awaiting_context", RUNS / 4, || bench.ticket(INCOMPLETE));
    bench.warm(ASSIGN, told, 1);
    bench.row(ASSIGN, "awaiting context, once more", "awaiting_context", RUNS, || told);
    bench.refused(accepted);
    bench.world.finish();
}

impl Bench {
    fn start() -> Self {
        let there = Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads to spare");
        let here = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let limits = Limits { ten_secondly: usize::MAX, searches_per_second: usize::MAX, daily: usize::MAX };
        let settings = Settings { limits, ..Settings::default() };
        let portals = settings.portal.to_string();
        let (token, clock) = (settings.token.clone(), Clock::system());
        let (world, dynamo) = there.block_on(async {
            let limits = SlackLimits { burst: usize::MAX, per_minute: usize::MAX };
            let slack = SlackSettings { limits, ..SlackSettings::default() };
            let world = World::of(settings, slack, JiraSettings::default(), clock).await.expect("the vendors start");
            (world, Dynamo::start().await.expect("DynamoDB starts"))
        });
        hire(&world.hubspot);
        open(&world.slack);
        let http = Http::new();
        let aws = Aws {
            region: Region::new(REGION),
            credentials: Credentials::new("sandbox", "sandbox", None, None, "bench"),
            endpoint: Some(dynamo.url().to_owned()),
        };
        let ledger = Ledger::new(ledger::client(aws, &http), dynamo.table(), Times::default());
        let slack = slack::Slack::new(http.clone(), world.slack.base_url(), world.slack.settings().token);
        let hubspot = hubspot::HubSpot::new(http, world.hubspot.base_url(), token);
        let edge = Edge::new(|name| match name {
            "HUBSPOT_CLIENT_SECRET" => Some(SECRET.to_owned()),
            "HUBSPOT_PORTAL_IDS" => Some(portals.clone()),
            _ => None,
        });
        let edge = edge.expect("the settings are right");
        let assign = AssignLane::new(hubspot.clone(), on_duty(), ledger.clone(), Some(slack));
        let check = ValidateComment::new(hubspot, Policy::shipped(), ledger);
        Self { world, dynamo, edge, check, assign, here, _there: there }
    }

    fn ticket(&self, comment: &str) -> TicketId {
        ticket(&self.world.hubspot, comment)
    }

    /// The body of the answer.
    fn answer(&self, event: HttpEvent) -> (u16, String) {
        let clock = Clock::system();
        let deadline = clock.now() + SignedDuration::from_secs(10);
        let invocation = Invocation { clock, deadline, request_id: "8f0c0b3e-5d0a-4a38-9a53-0b6c4b1f2d10".to_owned() };
        let reply = match event.raw_path.ends_with(ASSIGN) {
            true => self.here.block_on(respond(&self.edge, &self.assign, event, &invocation)),
            false => self.here.block_on(respond(&self.edge, &self.check, event, &invocation)),
        };
        (reply.status_code, reply.body)
    }

    fn warm(&self, function: &str, ticket: TicketId, times: usize) {
        for _ in 0..times {
            self.answer(self.event(function, ticket, SECRET));
        }
    }

    fn row(&self, function: &str, name: &str, outcome: &str, runs: usize, ticket: impl Fn() -> TicketId) {
        self.world.hubspot.journal().clear();
        self.world.slack.journal().clear();
        self.dynamo.forget();
        let prepare = || self.event(function, ticket(), SECRET);
        let cost = measure(runs, prepare, |event| {
            let (status, body) = self.answer(event);
            assert!(status == 200 && body.contains(&format!("\"outcome\":\"{outcome}\"")), "{status} {body}");
        });
        let journal = self.world.hubspot.journal();
        let writes = journal.count("PATCH /crm/v3/objects/tickets/*");
        let comments = journal.count("POST /crm/v3/objects/notes");
        let (said, stored) = (self.world.slack.journal().all().len(), self.dynamo.requests().len());
        let calls = [journal.reads(), writes, comments, said, stored].map(|it| it / runs);
        assert_eq!(journal.writes(), writes + comments, "a write of another kind");
        show(name, &cost, calls, outcome);
    }

    fn refused(&self, ticket: TicketId) {
        let prepare = || self.event(CHECK, ticket, "another secret");
        let cost = measure(RUNS, prepare, |event| assert_eq!(self.answer(event).0, 401));
        show("a signature that does not hold", &cost, [0; 5], "401");
        println!();
    }

    /// A delivery as HubSpot signs it, as the gateway hands it over.
    fn event(&self, function: &str, ticket: TicketId, secret: &str) -> HttpEvent {
        let path = format!("/hubspot/actions/{function}");
        let portal = self.world.hubspot.settings().portal.0;
        let body = json!({
            "callbackId": format!("ap-{portal}-{ticket}-1-0"),
            "origin": { "portalId": portal, "userId": null, "actionDefinitionId": 259_551_814 },
            "context": { "workflowId": 101_234_567, "actionId": 1, "source": "WORKFLOWS" },
            "object": { "objectId": ticket.0, "objectType": "TICKET" },
            "fields": { "mode": "enforce" },
            "inputFields": { "mode": "enforce" },
        });
        let body = body.to_string();
        let signed = signature::v2(secret, "POST", &format!("https://{DOMAIN}{path}"), &body);
        let mut event = HttpEvent {
            raw_path: path,
            headers: Headers::from_iter([
                ("content-type", "application/json"),
                ("x-hubspot-signature-version", "v2"),
                ("x-hubspot-signature", &signed),
            ]),
            body: Some(body),
            ..HttpEvent::default()
        };
        event.request_context.domain_name = DOMAIN.to_owned();
        event.request_context.stage = "$default".to_owned();
        event.request_context.http.method = "POST".to_owned();
        event
    }
}

/// The agent whose tickets these are, and the Shift Lead.
pub fn hire(hubspot: &Account) {
    hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
    hubspot.hire(Owner::new(502, 48_305, "Dana Whitfield"));
}

/// The channel that the shipped policy names.
pub fn open(slack: &Workspace) {
    slack.open_channel("C0ESCALATIONS", "cs-escalations");
}

fn on_duty() -> Policy {
    let policy = include_str!("../../../shared/policy.toml").replace("digest_above = 20", "digest_above = 900");
    Policy::parse(&format!("{policy}{ON_DUTY}"), "policy.toml").expect("the policy is right")
}

/// An escalated ticket of a company, with one comment.
pub fn ticket(hubspot: &Account, comment: &str) -> TicketId {
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let agent = hubspot.agent(SAM);
    let name = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", "501")];
    let ticket = agent.create_ticket(&name).expect("a ticket");
    agent.associate_company(ticket, company).expect("a company");
    agent.write_note(ticket, comment).expect("a note");
    agent.set(ticket, "escalation_type", "shift_lead").expect("a property");
    ticket
}

fn show(name: &str, cost: &Cost, calls: [usize; 5], outcome: &str) {
    let [reads, writes, comments, said, stored] = calls;
    let outside: usize = calls.iter().sum();
    let budget = OWN + CALL * u32::try_from(outside).unwrap_or(u32::MAX);
    println!(
        "{name:<32} {:>9} {:>9} {:>8} {:>9} {:>9}   {:>7} {outcome:>16}{}",
        micros(cost.cpu),
        micros(cost.least),
        cost.allocations,
        kilobytes(cost.bytes),
        kilobytes(cost.peak),
        micros(budget),
        mark(cost.cpu, budget)
    );
    if outside > 0 {
        println!(
            "    HubSpot: {reads} reads, {writes} property writes, {comments} comments; Slack: {said} calls; DynamoDB: {stored} requests"
        );
    }
}
