//! `cargo run -- serve`: the world on fixed ports, with sample tickets, until it is told to end.

mod welcome;

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;
use std::{env, fs};

use anstream::println;
use anyhow::Context;
use clap::Args;
use escalation::id::{PortalId, TicketId};
use escalation::policy::Policy;
use escalation::views;
use escalation::workflows::workflows;
use owo_colors::OwoColorize;
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};

use crate::news::{News, Seen, SeenIssues, as_text};
use crate::product::{Product, Setup};
use crate::samples::Samples;
use crate::team::{DANA, Member, SAM, Team};
use crate::world::hubspot::agent::Agent;
use crate::world::hubspot::id::NoteId;
use crate::world::slack;

/// The account for which the requests in `events/` are signed.
const PORTAL: PortalId = PortalId(1_234_567);

/// The sample that waits to be escalated, its comment complete.
const READY: u64 = 4206;

/// The one that has no comment.
const BARE: u64 = 4205;

/// Who can be played by hand, and with which token.
const PEOPLE: [(Member, &str); 2] = [(SAM, "person-sam-0000"), (DANA, "person-dana-0000")];

/// Where to listen; 0 for any free port.
#[derive(Args, Clone, Copy, Default)]
pub struct Options {
    /// HubSpot's API.
    #[arg(long, default_value_t = 0)]
    hubspot_port: u16,
    /// Slack's API.
    #[arg(long, default_value_t = 0)]
    slack_port: u16,
    /// Jira's API, and the site that people open.
    #[arg(long, default_value_t = 0)]
    jira_port: u16,
    /// DynamoDB.
    #[arg(long, default_value_t = 0)]
    dynamodb_port: u16,
    /// The functions, as API Gateway would show them.
    #[arg(long, default_value_t = 0)]
    api_port: u16,
    /// Show what the functions log, too: JSON lines.
    #[arg(long)]
    logs: bool,
}

impl Options {
    /// A port that is taken is named with its option before anything starts.
    fn have_ports(&self) -> anyhow::Result<()> {
        let asked = [
            ("hubspot", self.hubspot_port),
            ("slack", self.slack_port),
            ("jira", self.jira_port),
            ("dynamodb", self.dynamodb_port),
            ("api", self.api_port),
        ];
        let mut held = Vec::new();
        for (name, port) in asked {
            held.push(TcpListener::bind(("127.0.0.1", port)).with_context(|| {
                format!(
                    "--{name}-port {port} cannot be had; end what listens there, give another, or leave the option \
                     out for a free one"
                )
            })?);
        }
        Ok(())
    }
}

/// The policy that somebody wants to try, or the team's; and its file, for the functions.
#[expect(clippy::disallowed_methods, reason = "where the file is that `Policy::from_env` reads")]
fn policy(team: &Team) -> anyhow::Result<(Policy, PathBuf)> {
    let named = env::var("POLICY_FILE").unwrap_or_default();
    if !named.trim().is_empty() {
        let policy = Policy::from_env()?;
        return Ok((policy, fs::canonicalize(&named).with_context(|| format!("the path of {named}"))?));
    }
    let file = team.policy().to_owned();
    Ok((Policy::parse(&fs::read_to_string(&file)?, &file.display().to_string())?, file))
}

/// Serves until Ctrl-C or SIGTERM, and tells what the workflows and the functions do.
pub async fn serve(mut setup: Setup, options: &Options) -> anyhow::Result<()> {
    options.have_ports()?;
    let team = Team::new()?;
    let (policy, file) = policy(&team)?;
    setup.workflows = workflows(&policy.properties);
    setup.policy = Some(file);
    setup.hubspot.portal = PORTAL;
    setup.hubspot.people = PEOPLE.map(|(who, token)| (SecretString::from(token), who.user)).to_vec();
    setup.hubspot.port = options.hubspot_port;
    setup.slack = Some(slack::Settings { port: options.slack_port, ..slack::Settings::default() });
    setup.jira.port = options.jira_port;
    setup.dynamodb_port = options.dynamodb_port;
    setup.api_port = options.api_port;
    // The samples have a past, so that one of them is late.
    setup.begun = Samples::TIME;
    let mut product = Product::start(setup).await.context("start the sandbox")?;
    team.joins(&product.world);
    product.world.hubspot.provide(&policy.properties);
    samples(&product)?;
    product.engine.turn_on();
    product.turn_on_jira_rule();
    product.subscribe(&policy.properties);
    welcome::welcome(&product, &policy.properties);

    let mut end = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut told = (product.engine.log().len(), 0);
    let mut watched = Watched::new(&product, policy);
    let ended = loop {
        tokio::select! {
            ended = tokio::signal::ctrl_c() => break ended.context("listen for Ctrl-C"),
            _ = end.recv() => break Ok(()),
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
        product.run_due().await?;
        // Whoever tries things out may call what there is not.
        for call in product.world.violations() {
            println!("{}", format!("The vendor would not take this: {call}").yellow());
        }
        for entry in &product.engine.log()[told.0..] {
            let action = product.engine.action_of(entry).map(|it| format!(", {it}")).unwrap_or_default();
            let line = format!("{}, ticket {}{action}: {}", entry.workflow, entry.ticket, entry.what);
            println!("{}", line.yellow());
        }
        let lines = if options.logs { product.host.logs() } else { Vec::new() };
        for line in &lines[told.1..] {
            println!("{}", line.text.dimmed());
        }
        told = (product.engine.log().len(), lines.len());
        watched.look(&product);
    };
    product.world.violations();
    ended
}

/// The tickets that the requests in `events/` ask for. They stand in no workflow yet.
fn samples(product: &Product) -> anyhow::Result<()> {
    let hubspot = &product.world.hubspot;
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let sam = hubspot.agent(SAM.user);
    let complete = [
        "Issue: Table 14 was charged twice, GBP 46.20 each; she expects one charge back today.",
        "Investigated: Both payments show as captured, same basket id.",
        "Action Taken: Apologised, took a screenshot of the bank app.",
        "Blocker: Refunds above GBP 40 need a lead.",
        "Required to Resolve: Approve the refund of the second charge.",
    ];
    let ticket = |id: u64, issue: &str| {
        hubspot.number_from(id);
        let subject = format!("Escalation - Harbour Grill - {issue}");
        let ticket = sam.create_ticket(&[("subject", &subject), ("hubspot_owner_id", "501")])?;
        hubspot.number_from(id * 1_000);
        sam.associate_company(ticket, company)?;
        anyhow::Ok(ticket)
    };
    let note = |lines: &[&str]| lines.iter().map(|it| format!("<p>{it}</p>")).collect::<String>();
    let escalate = |ticket| sam.set(ticket, "escalation_type", "shift_lead");

    let double_charge = ticket(4201, "Double charge on table 14")?;
    sam.write_note(double_charge, &note(&complete))?;
    escalate(double_charge)?;
    let gift_card = ticket(4202, "Gift card is empty")?;
    sam.write_note(gift_card, &note(&complete[..3]))?;
    escalate(gift_card)?;
    escalate(ticket(4203, "Kiosk 2 has no power")?)?;
    in_lanes(&sam, ticket, &note(&complete))?;
    ticket(BARE, "Menu photos gone")?;
    let ready = ticket(READY, "Double charge on table 14 again")?;
    sam.write_note(ready, &note(&complete))?;
    let pass = |time| Ok(product.clock.advance(time)?);
    Samples::make(hubspot, &product.world.jira, &pass)?;
    for_tech(product, ticket, &note(&complete))?;
    escalate(ticket(4204, "Printer prints twice")?)?;
    sam.set(TicketId(4209), "escalation_type", "")?;
    send_to_tech(product, ticket(4213, "Kiosk 9 does not start")?)?;
    hubspot.number_from(5_100_000_000);
    Ok(())
}

/// Those that `assign-lane` has already dealt with, or has to put back.
fn in_lanes(
    sam: &Agent<'_>,
    ticket: impl Fn(u64, &str) -> anyhow::Result<TicketId>,
    complete: &str,
) -> anyhow::Result<()> {
    let sent_to_tech = ticket(4207, "App logs guests out")?;
    sam.write_note(sent_to_tech, complete)?;
    sam.set(sent_to_tech, "escalation_type", "tech")?;
    for id in [4208, 4209] {
        let in_its_lane = ticket(id, "Deliveries show as late")?;
        sam.write_note(in_its_lane, complete)?;
        sam.set(in_its_lane, "escalation_type", "shift_lead")?;
        sam.set(in_its_lane, "escalation_lane", "cs")?;
        sam.set(in_its_lane, "escalation_state", "triage")?;
    }
    Ok(())
}

/// Those that Dana has sent to Tech; of one somebody knows the issue.
fn for_tech(
    product: &Product,
    ticket: impl Fn(u64, &str) -> anyhow::Result<TicketId>,
    complete: &str,
) -> anyhow::Result<()> {
    let sam = product.world.hubspot.agent(SAM.user);
    for id in 4210..=4212 {
        let ticket = ticket(id, "Kiosks log guests out")?;
        sam.write_note(ticket, complete)?;
        if id == 4211 {
            let key = product.world.jira.created_by_hand("TECH", "Bug", "Kiosks log guests out");
            sam.set(ticket, "jira_reference", &key)?;
        }
        send_to_tech(product, ticket)?;
    }
    Ok(())
}

fn send_to_tech(product: &Product, ticket: TicketId) -> anyhow::Result<()> {
    let hubspot = &product.world.hubspot;
    hubspot.agent(SAM.user).set(ticket, "escalation_type", "shift_lead")?;
    hubspot.agent(DANA.user).set(ticket, "escalation_type", "tech")
}

/// What is new since somebody looked: in the lanes, in what the tickets and Slack tell, and in Jira.
struct Watched {
    policy: Policy,
    lanes: Vec<String>,
    notes: BTreeSet<NoteId>,
    slack: Seen,
    jira: SeenIssues,
}

impl Watched {
    /// What stands in Jira already is nothing new.
    fn new(product: &Product, policy: Policy) -> Self {
        let mut jira = SeenIssues::default();
        jira.look(&product.world.jira);
        Self { policy, lanes: Vec::new(), notes: BTreeSet::new(), slack: Seen::default(), jira }
    }

    fn look(&mut self, product: &Product) {
        let hubspot = &product.world.hubspot;
        for ticket in hubspot.tickets() {
            for note in hubspot.notes(ticket).into_iter().filter(|it| it.author.is_none()) {
                if self.notes.insert(note.id) {
                    println!("{}", format!("HubSpot shows an internal comment on ticket {ticket}").green());
                    as_text(&note.body).lines().for_each(|line| println!("  │ {line}"));
                }
            }
        }
        let jira = self.jira.look(&product.world.jira).into_iter().map(|it| ("Jira", it));
        for (who, News { what, text }) in
            jira.chain(self.slack.look(&product.world.slack).into_iter().map(|it| ("Slack", it)))
        {
            println!("{}", format!("{who} {what}").magenta());
            text.lines().for_each(|line| println!("  │ {line}"));
        }
        let lanes = self.lanes(product);
        if self.lanes != lanes {
            lanes.iter().for_each(|it| println!("{}", it.bold()));
            self.lanes = lanes;
        }
    }

    /// The lanes as the Shift Lead's views show them.
    fn lanes(&self, product: &Product) -> Vec<String> {
        let dana = product.world.hubspot.agent(DANA.user);
        let line = |it: &views::View| {
            let tickets: Vec<String> = dana.view(it).iter().map(TicketId::to_string).collect();
            format!("{}: {}", it.name, if tickets.is_empty() { "none".to_owned() } else { tickets.join(" ") })
        };
        views::views(&self.policy.properties).iter().take(3).map(line).collect()
    }
}
