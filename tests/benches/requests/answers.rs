//! Answering a request: the real function, between stand-ins on threads of their own.

use std::time::Duration;

use aws_sdk_dynamodb::config::{Credentials, Region};
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::hubspot;
use escalation::id::TicketId;
use escalation::ledger::{self, Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{Clock, Edge, Headers, HttpEvent, Invocation, respond};
use jiff::SignedDuration;
use sandbox::dynamo::{Dynamo, REGION};
use sandbox::world::World;
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::workflow::signature;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use validate_comment::ValidateComment;

use crate::meter::{Cost, kilobytes, mark, measure, micros};

/// From the event to the answer, without what is asked of others.
const OWN: Duration = Duration::from_micros(300);
/// For each call of HubSpot or DynamoDB.
const CALL: Duration = Duration::from_micros(250);

const SECRET: &str = "bench-client-secret";
const DOMAIN: &str = "bench.execute-api.eu-west-1.amazonaws.com";
const PATH: &str = "/hubspot/actions/validate-comment";
const SAM: UserId = UserId(48_211);
const RUNS: usize = 200;

pub const COMPLETE: &str = "<p><strong data-at-mention data-user-id=\"48211\">@Sam Okafor</strong></p>\
    <p>Issue: Table 14 was charged twice, GBP 46.20 each; customer expects one back today.</p>\
    <p>Investigated: Both payments captured, same basket.</p><p>Action Taken: Apologised, took screenshots.</p>\
    <p>Blocker: Refunds above GBP 40 need a lead.</p><p>Required to Resolve: Approve the refund.</p>";
const INCOMPLETE: &str = "<p>Issue: Table 14 was charged twice.</p><p>Investigated: Both payments captured.</p>\
    <p>Blocker: none</p>";

/// The function on this thread, and the world it works in on others.
struct Bench {
    world: World,
    dynamo: Dynamo,
    edge: Edge,
    function: ValidateComment,
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
        "{:<32} {:>9} {:>9} {:>8} {:>9} {:>9}   {:>7} {:>9}",
        "request", "CPU", "least", "allocs", "in all", "at once", "budget", "outcome"
    );
    let accepted = bench.ticket(COMPLETE);
    bench.warm(accepted, 20);
    bench.row("complete, nothing to write", "complete", RUNS, || accepted);
    bench.row("incomplete, for the first time", "incomplete", RUNS / 4, || bench.ticket(INCOMPLETE));
    let told = bench.ticket(INCOMPLETE);
    bench.warm(told, 1);
    bench.row("incomplete, once more", "incomplete", RUNS, || told);
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
            let world = World::with(settings, clock).await.expect("HubSpot starts");
            (world, Dynamo::start().await.expect("DynamoDB starts"))
        });
        world.hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
        let http = Http::new();
        let aws = Aws {
            region: Region::new(REGION),
            credentials: Credentials::new("sandbox", "sandbox", None, None, "bench"),
            endpoint: Some(dynamo.url().to_owned()),
        };
        let ledger = Ledger::new(ledger::client(aws, &http), dynamo.table(), Times::default());
        let hubspot = hubspot::HubSpot::new(http, world.hubspot.base_url(), token);
        let edge = Edge::new(|name| match name {
            "HUBSPOT_CLIENT_SECRET" => Some(SECRET.to_owned()),
            "HUBSPOT_PORTAL_IDS" => Some(portals.clone()),
            _ => None,
        });
        let edge = edge.expect("the settings are right");
        let function = ValidateComment::new(hubspot, Policy::shipped(), ledger);
        Self { world, dynamo, edge, function, here, _there: there }
    }

    fn ticket(&self, comment: &str) -> TicketId {
        ticket(&self.world.hubspot, comment)
    }

    /// The body of the answer.
    fn answer(&self, event: HttpEvent) -> (u16, String) {
        let clock = Clock::system();
        let deadline = clock.now() + SignedDuration::from_secs(10);
        let invocation = Invocation { clock, deadline, request_id: "8f0c0b3e-5d0a-4a38-9a53-0b6c4b1f2d10".to_owned() };
        let reply = self.here.block_on(respond(&self.edge, &self.function, event, &invocation));
        (reply.status_code, reply.body)
    }

    fn warm(&self, ticket: TicketId, times: usize) {
        for _ in 0..times {
            self.answer(self.event(ticket, SECRET));
        }
    }

    fn row(&self, name: &str, outcome: &str, runs: usize, ticket: impl Fn() -> TicketId) {
        self.world.hubspot.journal().clear();
        self.dynamo.forget();
        let prepare = || self.event(ticket(), SECRET);
        let cost = measure(runs, prepare, |event| {
            let (status, body) = self.answer(event);
            assert!(status == 200 && body.contains(&format!("\"outcome\":\"{outcome}\"")), "{status} {body}");
        });
        let journal = self.world.hubspot.journal();
        let writes = journal.count("PATCH /crm/v3/objects/tickets/*");
        let comments = journal.count("POST /crm/v3/objects/notes");
        let stored = self.dynamo.requests().len();
        let calls = [journal.reads(), writes, comments, stored].map(|it| it / runs);
        assert_eq!(journal.writes(), writes + comments, "a write of another kind");
        show(name, &cost, calls, outcome);
    }

    fn refused(&self, ticket: TicketId) {
        let prepare = || self.event(ticket, "another secret");
        let cost = measure(RUNS, prepare, |event| assert_eq!(self.answer(event).0, 401));
        show("a signature that does not hold", &cost, [0; 4], "401");
    }

    /// A delivery as HubSpot signs it, as the gateway hands it over.
    fn event(&self, ticket: TicketId, secret: &str) -> HttpEvent {
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
        let signed = signature::v2(secret, "POST", &format!("https://{DOMAIN}{PATH}"), &body);
        let mut event = HttpEvent {
            raw_path: PATH.to_owned(),
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

/// An escalated ticket of a company, with one comment.
pub fn ticket(hubspot: &sandbox::world::hubspot::HubSpot, comment: &str) -> TicketId {
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let agent = hubspot.agent(SAM);
    let name = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", "501")];
    let ticket = agent.create_ticket(&name).expect("a ticket");
    agent.associate_company(ticket, company).expect("a company");
    agent.write_note(ticket, comment).expect("a note");
    agent.set(ticket, "escalation_type", "shift_lead").expect("a property");
    ticket
}

fn show(name: &str, cost: &Cost, calls: [usize; 4], outcome: &str) {
    let [reads, writes, comments, stored] = calls;
    let outside: usize = calls.iter().sum();
    let budget = OWN + CALL * u32::try_from(outside).unwrap_or(u32::MAX);
    println!(
        "{name:<32} {:>9} {:>9} {:>8} {:>9} {:>9}   {:>7} {outcome:>9}{}",
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
            "    HubSpot: {reads} reads, {writes} property writes, {comments} comments; DynamoDB: {stored} requests"
        );
    }
}
