//! `cargo run -- serve`: the world on fixed ports, with sample tickets, until it is told to end.

use std::time::Duration;

use anstream::println;
use anyhow::Context;
use clap::Args;
use escalation::id::{PortalId, TicketId};
use escalation::policy::Policy;
use escalation::views;
use owo_colors::OwoColorize;
use secrecy::ExposeSecret;
use tokio::signal::unix::{SignalKind, signal};

use crate::news::Seen;
use crate::product::{CLIENT_SECRET, Product, Setup};
use crate::samples::Samples;
use crate::team::{DANA, ESCALATIONS, SAM, Team};
use crate::world::hubspot::agent::Agent;
use crate::world::slack;

/// The account for which the requests in `events/` are signed.
const PORTAL: PortalId = PortalId(1_234_567);

/// The sample that waits to be escalated, its comment complete.
const READY: u64 = 4206;

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
}

/// Serves until Ctrl-C or SIGTERM, and tells what the workflows and the functions do.
pub async fn serve(mut setup: Setup, options: &Options) -> anyhow::Result<()> {
    setup.hubspot.portal = PORTAL;
    setup.hubspot.port = options.hubspot_port;
    setup.slack = Some(slack::Settings { port: options.slack_port, ..slack::Settings::default() });
    setup.jira.port = options.jira_port;
    setup.dynamodb_port = options.dynamodb_port;
    setup.api_port = options.api_port;
    // The samples have a past, so that one of them is late.
    setup.begun = Samples::TIME;
    let team = Team::new()?;
    setup.policy = Some(team.policy().to_owned());
    let mut product = Product::start(setup).await.context("start the sandbox; is one of the ports taken?")?;
    team.joins(&product.world);
    samples(&product)?;
    product.engine.turn_on();
    product.turn_on_jira_rule();
    product.subscribe(&Policy::shipped().properties);
    welcome(&product);

    let mut end = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    let mut told = (product.engine.log().len(), product.host.logs().len());
    let mut watched = Watched::default();
    loop {
        tokio::select! {
            ended = tokio::signal::ctrl_c() => return ended.context("listen for Ctrl-C"),
            _ = end.recv() => return Ok(()),
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
        }
        product.run_due().await?;
        for entry in &product.engine.log()[told.0..] {
            let action = product.engine.action_of(entry).map(|it| format!(", {it}")).unwrap_or_default();
            let line = format!("{}, ticket {}{action}: {}", entry.workflow, entry.ticket, entry.what);
            println!("{}", line.yellow());
        }
        let lines = product.host.logs();
        for line in &lines[told.1..] {
            println!("{}", line.text.dimmed());
        }
        told = (product.engine.log().len(), lines.len());
        watched.look(&product);
    }
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
    ticket(4205, "Menu photos gone")?;
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

/// What changed in the lanes and in Slack since somebody looked.
#[derive(Default)]
struct Watched {
    lanes: Vec<String>,
    slack: Seen,
}

impl Watched {
    fn look(&mut self, product: &Product) {
        for it in self.slack.look(&product.world.slack) {
            println!("{} {}", "Slack".magenta(), it.what.magenta());
            it.text.lines().for_each(|line| println!("  │ {line}"));
        }
        let lanes = lanes(product);
        if self.lanes != lanes {
            lanes.iter().for_each(|it| println!("{}", it.bold()));
            self.lanes = lanes;
        }
    }
}

/// The lanes as the Shift Lead's views show them.
fn lanes(product: &Product) -> Vec<String> {
    let dana = product.world.hubspot.agent(DANA.user);
    let line = |it: &views::View| {
        let tickets: Vec<String> = dana.view(it).iter().map(TicketId::to_string).collect();
        format!("{}: {}", it.name, if tickets.is_empty() { "none".to_owned() } else { tickets.join(" ") })
    };
    views::views(&Policy::shipped().properties).iter().take(3).map(line).collect()
}

fn welcome(product: &Product) {
    let (hubspot, token) = (product.world.hubspot.base_url(), product.world.hubspot.settings().token);
    let (jira, account) = (product.world.jira.site_url(), product.world.jira.settings());
    let (slack, bot) = (product.world.slack.base_url(), product.world.slack.settings().token);
    let (token, bot) = (token.expose_secret(), bot.expose_secret());
    println!();
    println!("{}", "The sandbox is up. Ctrl-C ends it.".bold());
    println!("  HubSpot    {hubspot}  (token {token}, portal {PORTAL})");
    println!("  Jira       {jira}  (account {}, token {})", account.email, account.token.expose_secret());
    println!("  Slack      {slack}  (token {bot}, channel {} is #{})", ESCALATIONS.id, ESCALATIONS.name);
    println!("  DynamoDB   {}  (table {})", product.dynamo.url(), product.dynamo.table());
    println!("  functions  {}  (client secret {CLIENT_SECRET})", product.host.url());
    println!();
    println!(
        "Escalate ticket {READY}, whose comment has all five points, and watch: the workflow, the lanes and Slack"
    );
    println!("are shown here as they change. (Ticket 4205 is one without a comment.)");
    println!("  curl -X PATCH {hubspot}/crm/v3/objects/tickets/{READY} -H 'authorization: Bearer {token}' \\");
    println!(
        "    -H 'content-type: application/json' -d '{{\"properties\": {{\"escalation_type\": \"shift_lead\"}}}}'"
    );
    println!("Then look at the ticket, and at the channel:");
    println!("  curl -H 'authorization: Bearer {token}' \\");
    println!(
        "    '{hubspot}/crm/v3/objects/tickets/{READY}?properties=escalation_lane,escalation_owner,escalation_review_due_at'"
    );
    println!("  curl -H 'authorization: Bearer {bot}' '{slack}/conversations.history?channel={}'", ESCALATIONS.id);
    println!("Let Tech be done with TECH-1, which ticket 4214 follows, and read what the ticket then says:");
    println!(
        "  curl -u {}:{} {jira}/rest/api/3/issue/TECH-1/transitions \\",
        account.email,
        account.token.expose_secret()
    );
    println!("    -H 'content-type: application/json' -d '{{\"transition\": {{\"id\": \"31\"}}}}'");
    println!("  curl -H 'authorization: Bearer {token}' \\");
    println!("    '{hubspot}/crm/v3/objects/tickets/4214?properties=jira_status,escalation_last_message'");
    println!();
}
