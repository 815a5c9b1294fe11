//! Each secret and each thing that people wrote is a word of its own, and whatever goes wrong, none of them
//! stands where it does not belong.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use escalation::id::TicketId;
use escalation::policy::Policy;
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET, Setup};
use sandbox::world::call::{Answer, Call};
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::workflow::Caller;
use sandbox::world::{client, jira, slack};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::assign_lane::product::Agency;
use crate::bench::texts::{DANA, SAM};

const TOKEN: &str = "pat-canary-hubspot-7f31";
const OLD_CLIENT_SECRET: &str = "canary-client-before-19ab";
const OLD_CALLBACK_SECRET: &str = "canary-callback-before-64ce";
const JIRA_TOKEN: &str = "canary-jira-5d20";
const SLACK_TOKEN: &str = "xoxb-canary-slack-88c1";

/// What people wrote, each in a place of its own.
const SUBJECT: &str = "Zebrafinch";
const POINTS: [(&str, &str); 5] = [
    ("Issue", "Quokka"),
    ("Investigated", "Wombat"),
    ("Action Taken", "Numbat"),
    ("Blocker", "Bilbykin"),
    ("Required to Resolve", "Quollett"),
];
const MAIL: &str = "Dunnart";
const CONTACT: &str = "Potoroo";
const COMPANY: &str = "Bandicoot";
const REPLY: &str = "Echidna";
const IN_JIRA: &str = "Kookaburra";
/// What is written into a header by somebody who guesses.
const GUESS: &str = "canary-guess-3c3c";

fn secrets() -> Vec<String> {
    let basic = STANDARD.encode(format!("{}:{JIRA_TOKEN}", jira::Settings::default().email));
    let kept = [CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET, OLD_CLIENT_SECRET, OLD_CALLBACK_SECRET];
    let tokens = [TOKEN, JIRA_TOKEN, SLACK_TOKEN, GUESS, &basic];
    kept.into_iter().chain(tokens).map(str::to_owned).collect()
}

fn words() -> Vec<String> {
    let others = [SUBJECT, MAIL, CONTACT, COMPANY, REPLY, IN_JIRA];
    POINTS.iter().map(|it| it.1).chain(others).map(str::to_owned).collect()
}

#[track_caller]
fn has_none(text: &str, canaries: &[String], place: &str) {
    let found: Vec<&String> = canaries.iter().filter(|it| text.contains(it.as_str())).collect();
    assert!(found.is_empty(), "{found:?} in {place}: {text}");
}

fn comment(points: &[(&str, &str)]) -> String {
    let line = |(point, word): &(&str, &str)| format!("<p>{point}: The {word} does not do what it should do.</p>");
    points.iter().map(line).collect()
}

/// A world in which every secret and every word is known by its look.
async fn planted() -> Agency {
    let otherwise = |setup: Setup| Setup {
        hubspot: Settings { token: SecretString::from(TOKEN), ..Settings::default() },
        slack: Some(slack::Settings { token: SecretString::from(SLACK_TOKEN), ..slack::Settings::default() }),
        jira: jira::Settings { token: SecretString::from(JIRA_TOKEN), ..jira::Settings::default() },
        ..setup
    };
    let mut agency = Agency::set_up("canaries", &[], otherwise).await;
    let product = &mut agency.shop.product;
    product.vault.change("HUBSPOT_CLIENT_SECRET", &format!("{CLIENT_SECRET},{OLD_CLIENT_SECRET}"));
    product.vault.change("JIRA_CALLBACK_SECRET", &format!("{JIRA_CALLBACK_SECRET},{OLD_CALLBACK_SECRET}"));
    product.subscribe(&Policy::shipped().properties);
    product.turn_on_jira_rule();
    agency
}

fn escalated(agency: &Agency, points: &[(&str, &str)]) -> TicketId {
    let hubspot = &agency.shop.product.world.hubspot;
    let company = hubspot.company(COMPANY, "bandicoot.example");
    let contact = hubspot.contact("Ada", CONTACT, "ada@potoroo.example");
    let sam = hubspot.agent(SAM);
    let name = format!("Escalation - {COMPANY} - {SUBJECT}");
    let ticket = sam.create_ticket(&[("subject", &*name), ("hubspot_owner_id", "501")]).unwrap();
    sam.associate_company(ticket, company).unwrap();
    let thread = hubspot.open_thread(ticket, contact).unwrap();
    hubspot.customer_writes(thread, &format!("My {MAIL} is gone, I go to the press!")).unwrap();
    sam.write_note(ticket, &comment(points)).unwrap();
    sam.set(ticket, "escalation_type", "shift_lead").unwrap();
    ticket
}

/// From an incomplete comment to a resolution, as far as it comes.
async fn story(agency: &mut Agency) -> TicketId {
    let ticket = escalated(agency, &POINTS[..3]);
    agency.shop.pass(1).await;
    let hubspot = agency.shop.product.world.hubspot.clone();
    hubspot.agent(SAM).write_note(ticket, &comment(&POINTS[3..])).unwrap();
    agency.shop.pass(1).await;
    hubspot.agent(DANA).set(ticket, "escalation_type", "tech").unwrap();
    agency.shop.pass(3).await;
    let key = agency.shop.value(ticket, "jira_reference");
    if !key.is_empty() {
        let jira = &agency.shop.product.world.jira;
        jira.comment_by(&key, "Tess", &format!("[CS] The {IN_JIRA} is mended"));
        jira.move_issue(&key, "Done");
        agency.shop.pass(1).await;
    }
    let sam = hubspot.agent(SAM);
    sam.reply(hubspot.threads(ticket)[0].id, &format!("The {REPLY} is back.")).unwrap();
    sam.set(ticket, "escalation_type", "").unwrap();
    sam.move_to(ticket, "4").unwrap();
    agency.shop.pass(2).await;
    ticket
}

/// Jira will not have a new issue, and quotes what people wrote in it.
fn quoting(call: &Call) -> Answer {
    let written = written(&serde_json::from_slice(&call.body).unwrap_or_default());
    let told: Vec<String> = written.iter().map(|it| format!("'{it}' is not valid.")).collect();
    let errors: Value = told.iter().enumerate().map(|(at, it)| (format!("customfield_{at}"), json!(it))).collect();
    Answer::json(400, json!({ "errorMessages": told, "errors": errors }))
}

/// The texts in a body that have a word of people in them.
fn written(body: &Value) -> Vec<String> {
    match body {
        Value::String(text) if words().iter().any(|it| text.contains(it)) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(written).collect(),
        Value::Object(members) => members.values().flat_map(written).collect(),
        _ => Vec::new(),
    }
}

/// What vendors say when they quote all that they were sent.
fn echoes() -> Vec<Answer> {
    let basic = STANDARD.encode(format!("{}:{JIRA_TOKEN}", jira::Settings::default().email));
    let told = format!(
        "Authorization: Bearer {TOKEN}, Basic {basic}, {JIRA_TOKEN}, Bearer {SLACK_TOKEN}; body: {}",
        words().join(" ")
    );
    let quoted = json!({
        "status": "error", "message": told, "category": told, "correlationId": told, "errors": [{ "message": told }],
        "errorMessages": [told], "errors_by_field": { "summary": told }, "ok": false, "error": told,
    });
    let of = |status: u16| Answer::json(status, quoted.clone());
    let garbage = |status: u16| Answer::json(status, Value::String(format!("<html>{told}")));
    let slack = Answer::json(
        200,
        json!({ "ok": false, "error": "invalid_blocks", "response_metadata": { "messages": [told] } }),
    );
    vec![of(400), of(401), of(403), of(500), of(200), of(409), garbage(200), garbage(503), slack]
}

/// What nobody whom we know sends; the answers.
async fn strangers(agency: &Agency, ticket: TicketId) -> Vec<String> {
    let product = &agency.shop.product;
    let url = &product.app().public_url;
    let body = json!({ "callbackId": GUESS, "object": { "objectId": ticket.0 }, "words": words() }).to_string();
    let paths = [
        "/hubspot/actions/validate-comment",
        "/hubspot/actions/assign-lane",
        "/hubspot/actions/create-jira-issue",
        "/hubspot/actions/enforce-closure",
        "/hubspot/events",
        "/jira/events",
    ];
    let mut answers = Vec::new();
    for path in paths {
        for header in ["x-hubspot-signature", "x-hubspot-signature-v3", "x-escalation-signature", "x-escalation-secret"]
        {
            let request = client::builder().build().unwrap().post(format!("{url}{path}"));
            let request = request.header("content-type", "application/json").header(header, GUESS);
            let answer = request.body(body.clone()).send().await.unwrap();
            assert_eq!(answer.status(), 401, "{path} {header}");
            answers.push(answer.text().await.unwrap());
        }
    }
    let caller = Caller::new(url, Duration::from_secs(20)).unwrap();
    for body in
        [json!(words()), json!({ "object": words() }), json!({ "origin": { "portalId": 1 }, "inputFields": words() })]
    {
        for path in &paths[..4] {
            let answer = caller.request(product.app(), path, body.clone(), product.now()).send().await.unwrap();
            assert!((400..500).contains(&answer.status().as_u16()), "{path}");
            answers.push(answer.text().await.unwrap());
        }
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_and_nobodys_word_stands_where_it_does_not_belong() {
    let mut agency = planted().await;
    let well = story(&mut agency).await;
    assert_eq!(agency.shop.value(well, "escalation_state"), "resolved", "all that there is was said");
    let mut answers = strangers(&agency, well).await;
    for answer in echoes() {
        for vendor in 0..4 {
            let effect = match (vendor, answer.status) {
                // What it says of a new issue is for people to read, but for what it quotes.
                (1, 400) => Effect::RefuseBy(quoting),
                _ => Effect::Refuse(answer.clone()),
            };
            let fault = |calls| Fault::on(calls, effect.clone()).times(12);
            let world = &agency.shop.product.world;
            match vendor {
                0 => world.hubspot.inject(fault("* /**").nth(3)),
                1 => world.jira.inject(fault("* /**")),
                // What is done with an issue that is there.
                2 => world.jira.inject(fault("POST /rest/api/3/issue/*/**")),
                _ => world.slack.inject(fault("* /**")),
            }
            story(&mut agency).await;
            let world = &agency.shop.product.world;
            world.hubspot.heal();
            world.jira.heal();
            world.slack.heal();
            world.violations();
        }
    }
    agency.shop.product.vault.put(format!("{{\"HUBSPOT_ACCESS_TOKEN\": \"{TOKEN}\", {JIRA_TOKEN}"));
    agency.shop.pass(60).await;
    agency.shop.product.world.violations();
    looks_clean(&agency, &mut answers).await;
    agency.close();
}

/// Looks at all that the functions wrote, said and kept.
async fn looks_clean(agency: &Agency, answers: &mut Vec<String>) {
    let (secrets, words) = (secrets(), words());
    let product = &agency.shop.product;
    let lines = agency.shop.logs();
    assert!(lines.len() > 500 && lines.iter().any(|it| it.contains("_aws")), "{}", lines.len());
    for line in &lines {
        has_none(line, &secrets, "the log");
        has_none(line, &words, "the log");
    }
    for wanted in
        ["denies us", "parked in", "so what it held before is used", "Denied.jira", "refused a request with 401"]
    {
        assert!(lines.iter().any(|it| it.contains(wanted)), "nothing went wrong: {wanted}");
    }
    answers.extend(product.engine.log().iter().map(|it| format!("{} {:?}", it.what, it.what)));
    assert!(answers.len() > 50);
    for answer in answers {
        has_none(answer, &secrets, "an answer");
    }
    let items = product.dynamo.items().await.unwrap();
    assert!(items.len() > 50, "{}", items.len());
    for item in items {
        has_none(&item.to_string(), &secrets, "the table");
        has_none(&item.to_string(), &words, "the table");
    }
}
