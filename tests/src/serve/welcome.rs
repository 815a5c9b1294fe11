//! What whoever starts the world is told: where everything is, and what can be done there by hand.

use anstream::println;
use escalation::policy::Properties;
use owo_colors::OwoColorize;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{BARE, PEOPLE, PORTAL, READY};
use crate::product::{CLIENT_SECRET, Product};
use crate::team::ESCALATIONS;
use crate::world::hubspot::id::iso;

/// As many points as Sam's first comment has.
const AT_FIRST: usize = 3;

const POINTS: [&str; 5] = [
    "Issue: Kiosk 4 shows the menu without photos; they expect them by lunch.",
    "Investigated: The other kiosks show them.",
    "Action Taken: Restarted kiosk 4 twice.",
    "Blocker: I have no access to its settings.",
    "Required to Resolve: Have Tech look at its settings.",
];

/// Tells it.
pub(super) fn welcome(product: &Product, ours: &Properties) {
    println!();
    println!("{}", "The sandbox is up. Ctrl-C ends it.".bold());
    addresses(product);
    println!();
    println!("Everything that happens is shown here. (What the functions log: start it with --logs.)");
    by_hand(product, ours);
    others(product, ours);
    println!();
    println!("Have provision look at this world, in a shell of its own:");
    for (name, value) in product.exports() {
        println!("  export {name}='{value}'");
    }
    println!("  cargo run -p provision -- check");
    println!();
}

fn addresses(product: &Product) {
    let (hubspot, jira) = (product.world.hubspot.settings(), product.world.jira.settings());
    let bot = product.world.slack.settings().token;
    println!("  HubSpot    {}  (portal {PORTAL}, tokens:)", product.world.hubspot.base_url());
    println!("             {}  the product: what it writes is no agent's comment", hubspot.token.expose_secret());
    for ((who, token), what) in PEOPLE.iter().zip(["an agent", "a Shift Lead"]) {
        println!("             {token}  {}, {what}: what is sent with it is theirs", who.name);
    }
    println!(
        "  Jira       {}  (account {}, token {})",
        product.world.jira.site_url(),
        jira.email,
        jira.token.expose_secret()
    );
    let channel = format!("channel {} is #{}", ESCALATIONS.id, ESCALATIONS.name);
    println!("  Slack      {}  (token {}, {channel})", product.world.slack.base_url(), bot.expose_secret());
    println!("  DynamoDB   {}  (table {})", product.dynamo.url(), product.dynamo.table());
    println!("  functions  {}  (client secret {CLIENT_SECRET})", product.host.url());
    let policy = product.exports().iter().find(|it| it.0 == "POLICY_FILE");
    if let Some((_, file)) = policy {
        println!("  policy     {file}  (POLICY_FILE=my-copy.toml cargo run -- serve plays by a changed one)");
    }
}

/// An escalation by hand: who does what, each with one command.
fn by_hand(product: &Product, ours: &Properties) {
    let [(_, sam), (_, dana)] = PEOPLE;
    let ticket = format!("/crm/v3/objects/tickets/{BARE}");
    let set = |value: &str| json!({ "properties": { (&*ours.escalation_type): value } });
    let send = |token: &str, method: &str, path: &str, body: &Value| {
        println!("  curl -X {method} {}{path} -H 'authorization: Bearer {token}' \\", product.world.hubspot.base_url());
        println!("    -H 'content-type: application/json' -d '{body}'");
    };
    println!(
        "Be Sam: write three of the five points on ticket {BARE}, and escalate it. A comment tells what is missing:"
    );
    send(sam, "POST", "/crm/v3/objects/notes", &note(product, &POINTS[..AT_FIRST]));
    send(sam, "PATCH", &ticket, &set("shift_lead"));
    println!("Write what is missing. The ticket comes into the CS lane, to whoever is on duty, and Slack shows it:");
    send(sam, "POST", "/crm/v3/objects/notes", &note(product, &POINTS[AT_FIRST..]));
    println!(
        "Be Dana: confirm that it is one for Tech. It changes lanes, and Jira has one issue, which the ticket names:"
    );
    send(dana, "PATCH", &ticket, &set("tech"));
    let shown = [&ours.lane, &ours.state, &ours.owner, &ours.jira_reference].map(|it| &**it).join(",");
    println!("Look at the ticket, and at the channel:");
    look(product, BARE, &shown);
    let (slack, bot) = (product.world.slack.base_url(), product.world.slack.settings().token);
    let bot = bot.expose_secret();
    println!("  curl '{slack}/conversations.history?channel={}' -H 'authorization: Bearer {bot}'", ESCALATIONS.id);
}

/// What else there is to try.
fn others(product: &Product, ours: &Properties) {
    println!(
        "Ticket {READY} has a comment with all five points: escalate it as Sam, and it is in the CS lane at once."
    );
    println!("Let Tech be done with TECH-1, which ticket 4214 follows, and read what the ticket then says:");
    let account = product.world.jira.settings();
    let (jira, token) = (product.world.jira.site_url(), account.token.expose_secret());
    println!("  curl -u {}:{token} {jira}/rest/api/3/issue/TECH-1/transitions \\", account.email);
    println!("    -H 'content-type: application/json' -d '{{\"transition\": {{\"id\": \"31\"}}}}'");
    look(product, 4214, &[&ours.jira_status, &ours.last_message].map(|it| &**it).join(","));
}

fn look(product: &Product, ticket: u64, properties: &str) {
    let (hubspot, (_, sam)) = (product.world.hubspot.base_url(), PEOPLE[0]);
    println!("  curl '{hubspot}/crm/v3/objects/tickets/{ticket}?properties={properties}' \\");
    println!("    -H 'authorization: Bearer {sam}'");
}

/// A comment of these lines on the ticket that has none.
fn note(product: &Product, lines: &[&str]) -> Value {
    let html: String = lines.iter().map(|it| format!("<p>{it}</p>")).collect();
    json!({
        "properties": { "hs_note_body": html, "hs_timestamp": iso(product.now()) },
        "associations": [{
            "to": { "id": BARE },
            "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228 }],
        }],
    })
}
