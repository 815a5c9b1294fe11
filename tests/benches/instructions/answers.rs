//! Answering a request: the real functions on this thread, between stand-ins on threads of their own.

use anyhow::{Context, ensure};
use assign_lane::AssignLane;
use aws_sdk_dynamodb::config::{Credentials, Region};
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::hubspot;
use escalation::id::TicketId;
use escalation::ledger::{self, Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{Clock, Edge, Headers, HttpEvent, HttpReply, Invocation, respond};
use escalation::slack;
use jiff::SignedDuration;
use sandbox::dynamo::{Dynamo, REGION};
use sandbox::team::{DANA, ESCALATIONS, SAM};
use sandbox::world::World;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::workflow::signature;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};
use validate_comment::ValidateComment;

use crate::work::twice;

const SECRET: &str = "bench-client-secret";
const DOMAIN: &str = "bench.execute-api.eu-west-1.amazonaws.com";
const CHECK: &str = "validate-comment";
const ASSIGN: &str = "assign-lane";

const THREE: &str = "<p>Issue: Table 14 was charged twice, GBP 46.20 each.</p><p>Investigated: Both are captured.</p>\
    <p>Action Taken: Apologised, took screenshots.</p>";
const REST: &str = "<p>Blocker: Refunds above GBP 40 need a lead.</p><p>Required to Resolve: Approve the refund.</p>";

/// What is asked, for the report and the file of accepted numbers.
pub const NAMES: [&str; 5] = [
    "a signature that does not hold",
    "validate-comment: complete, said before",
    "validate-comment: incomplete, told",
    "assign-lane: assigned",
    "assign-lane: unchanged",
];

/// Somebody is on duty at each hour.
const ON_DUTY: &str = "
[[shift_leads]]
name = \"Dana Whitfield\"
user_id = 48211

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
    edge: Edge,
    check: ValidateComment,
    assign: AssignLane,
    here: Runtime,
    _dynamo: Dynamo,
    _there: Runtime,
}

/// Answers one of [`NAMES`], warm, counted and then measured.
pub fn once(name: &str) -> anyhow::Result<()> {
    // The functions' log is written, as in production, and read by nobody.
    let log = tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::sink);
    log.without_time().init();
    let bench = Bench::start()?;
    match NAMES.iter().position(|it| *it == name).with_context(|| format!("nothing is named {name}"))? {
        0 => bench.answer(CHECK, "another secret", &[bench.ticket("")?], 401, "")?,
        1 => bench.answer(CHECK, SECRET, &[bench.ticket(REST)?], 200, "\"outcome\":\"complete\"")?,
        2 => bench.answer(CHECK, SECRET, &bench.tickets("")?, 200, "\"outcome\":\"incomplete\"")?,
        3 => bench.answer(ASSIGN, SECRET, &bench.tickets(REST)?, 200, "\"outcome\":\"assigned\"")?,
        _ => bench.answer(ASSIGN, SECRET, &[bench.ticket(REST)?], 200, "\"lane\":\"cs\"")?,
    }
    bench.world.finish();
    Ok(())
}

impl Bench {
    fn start() -> anyhow::Result<Self> {
        let there = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let here = Builder::new_current_thread().enable_all().build()?;
        let (world, dynamo) =
            there.block_on(async { anyhow::Ok((World::start(Clock::system()).await?, Dynamo::start().await?)) })?;
        world.hubspot.hire(Owner::new(SAM.owner, SAM.user.0, SAM.name));
        world.hubspot.hire(Owner::new(DANA.owner, DANA.user.0, DANA.name));
        world.slack.open_channel(ESCALATIONS.id, ESCALATIONS.name);
        let http = Http::new();
        let aws = Aws {
            region: Region::new(REGION),
            credentials: Credentials::new("sandbox", "sandbox", None, None, "bench"),
            endpoint: Some(dynamo.url().to_owned()),
        };
        let ledger = Ledger::new(ledger::client(aws, &http), dynamo.table(), Times::default());
        let slack = slack::Slack::new(http.clone(), world.slack.base_url(), world.slack.settings().token);
        let settings = world.hubspot.settings();
        let hubspot = hubspot::HubSpot::new(http, world.hubspot.base_url(), settings.token);
        let edge = Edge::new(|name| match name {
            "HUBSPOT_CLIENT_SECRET" => Some(SECRET.to_owned()),
            "HUBSPOT_PORTAL_IDS" => Some(settings.portal.to_string()),
            _ => None,
        })?;
        let policy = format!("{}{ON_DUTY}", include_str!("../../../shared/policy.toml"));
        let policy = Policy::parse(&policy, "policy.toml")?;
        let assign = AssignLane::new(hubspot.clone(), policy, ledger.clone(), Some(slack));
        let check = ValidateComment::new(hubspot, Policy::shipped(), ledger);
        Ok(Self { world, edge, check, assign, here, _dynamo: dynamo, _there: there })
    }

    /// An escalated ticket of a company, with a comment of three points and `rest`.
    fn ticket(&self, rest: &str) -> anyhow::Result<TicketId> {
        let company = self.world.hubspot.company("Harbour Grill", "harbourgrill.example");
        let agent = self.world.hubspot.agent(SAM.user);
        let owner = SAM.owner.to_string();
        let named = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", &*owner)];
        let ticket = agent.create_ticket(&named)?;
        agent.associate_company(ticket, company)?;
        agent.write_note(ticket, &format!("{THREE}{rest}"))?;
        agent.set(ticket, "escalation_type", "shift_lead")?;
        Ok(ticket)
    }

    /// One to warm up with, one to count and one to measure.
    fn tickets(&self, rest: &str) -> anyhow::Result<Vec<TicketId>> {
        (0..3).map(|_| self.ticket(rest)).collect()
    }

    /// Asks about each ticket in turn, or about the one three times: to warm up, counted, and measured.
    fn answer(
        &self,
        function: &str,
        secret: &str,
        tickets: &[TicketId],
        status: u16,
        says: &str,
    ) -> anyhow::Result<()> {
        let mut events = tickets.iter().cycle().take(3).map(|it| self.event(function, *it, secret));
        let mut replies = Vec::new();
        let mut next = || events.next().context("three events");
        replies.push(self.reply(next()?));
        let mut ready = [next()?, next()?].into_iter();
        twice(|| replies.extend(ready.next().map(|it| self.reply(it))));
        ensure!(replies.len() == 3, "asked {} times", replies.len());
        for it in replies {
            ensure!(it.status_code == status && it.body.contains(says), "{} {}", it.status_code, it.body);
        }
        Ok(())
    }

    fn reply(&self, event: HttpEvent) -> HttpReply {
        let clock = Clock::system();
        // As long as it may take where instructions are counted one by one.
        let deadline = clock.now() + SignedDuration::from_mins(5);
        let invocation = Invocation { clock, deadline, request_id: "8f0c0b3e-5d0a-4a38-9a53-0b6c4b1f2d10".to_owned() };
        match event.raw_path.ends_with(ASSIGN) {
            true => self.here.block_on(respond(&self.edge, &self.assign, &event, &invocation)),
            false => self.here.block_on(respond(&self.edge, &self.check, &event, &invocation)),
        }
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
