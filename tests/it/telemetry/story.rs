//! Two escalations from their start to the end of one, by the real processes: what was counted is what
//! happened, however often HubSpot delivers it.

use std::collections::BTreeMap;

use escalation::id::TicketId;
use escalation::policy::Policy;
use sandbox::host::{Ending, Source};
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use serde_json::{Value, json};

use super::{Values, values};
use crate::assign_lane::product::Agency;
use crate::bench::texts::{DANA, SAM, first_three, last_two, whole};

struct Story {
    agency: Agency,
    /// The first comment lacks two points; it goes to Tech, Jira is down once, and it is resolved.
    ticket: TicketId,
    /// Its comment is accepted at once.
    other: TicketId,
}

/// Whether HubSpot delivers each thing once.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Delivered {
    Once,
    Twice,
}

impl Delivered {
    /// Delivers one execution of each action twice, beside what the workflows ask.
    async fn again(self, agency: &Agency, ticket: TicketId, actions: &[&str]) {
        for action in actions.iter().filter(|_| self == Self::Twice) {
            for _ in 0..2 {
                agency.shop.product.deliver(action, ticket, 1).await.unwrap();
            }
        }
    }
}

const COMMENT: [&str; 2] = ["validate-comment", "assign-lane"];
const TECH: [&str; 2] = ["assign-lane", "create-jira-issue"];
const END: [&str; 2] = ["assign-lane", "enforce-closure"];

impl Story {
    async fn play(delivered: Delivered) -> Self {
        let mut agency = Agency::open(&format!("counted-{delivered:?}"), &[]).await;
        let webhooks = agency.shop.product.subscribe(&Policy::shipped().properties);
        webhooks.manner.twice = delivered == Delivered::Twice;
        agency.shop.product.turn_on_jira_rule();
        let hubspot = agency.shop.product.world.hubspot.clone();
        let (sam, dana) = (hubspot.agent(SAM), hubspot.agent(DANA));

        let ticket = agency.shop.escalated(&first_three());
        delivered.again(&agency, ticket, &COMMENT).await;
        agency.shop.pass(15).await;
        sam.write_note(ticket, &last_two()).unwrap();
        delivered.again(&agency, ticket, &COMMENT).await;
        agency.shop.pass(15).await;
        let other = agency.shop.escalated(&whole());
        delivered.again(&agency, other, &COMMENT).await;
        agency.shop.pass(15).await;

        let down = Effect::Refuse(Answer::json(503, json!({ "errorMessages": ["Service Unavailable"] })));
        agency.shop.product.world.jira.inject(Fault::on("POST /rest/api/3/issue", down));
        dana.set(ticket, "escalation_type", "tech").unwrap();
        delivered.again(&agency, ticket, &TECH).await;
        agency.shop.pass(15).await;
        let key = agency.shop.value(ticket, "jira_reference");
        agency.shop.product.world.jira.move_issue(&key, "Done");
        agency.shop.pass(15).await;

        sam.reply(hubspot.threads(ticket)[0].id, "We refund order 4711 today.").unwrap();
        sam.set(ticket, "escalation_type", "").unwrap();
        sam.move_to(ticket, "4").unwrap();
        delivered.again(&agency, ticket, &END).await;
        agency.shop.pass(60).await;
        assert_eq!(agency.shop.value(ticket, "escalation_state"), "resolved");
        assert_eq!(agency.shop.value(other, "escalation_state"), "triage");
        // The last line of each run may come after its answer.
        for report in agency.shop.product.host.reports() {
            agency.shop.product.host.logged(|it| is_metrics_of(&it.text, &report.request_id)).await;
        }
        Self { agency, ticket, other }
    }

    /// All that was counted: of each metric how many values and their sum.
    fn counted(&self) -> BTreeMap<String, (usize, f64)> {
        let mut all = Values::new();
        for line in self.lines().iter().filter_map(|it| values(it)) {
            line.into_iter().for_each(|(name, mut more)| all.entry(name).or_default().append(&mut more));
        }
        all.into_iter().map(|(name, values)| (name, (values.len(), values.iter().sum()))).collect()
    }

    /// What the functions themselves said.
    fn lines(&self) -> Vec<String> {
        let logs = self.agency.shop.product.host.logs();
        logs.into_iter().filter(|it| it.source == Source::Function).map(|it| it.text).collect()
    }

    /// The lines about one kind of effect.
    fn effects(&self, kind: &str) -> Vec<Value> {
        let lines = self.lines().into_iter().map(|it| serde_json::from_str::<Value>(&it).unwrap());
        lines.filter(|it| it["kind"] == kind).collect()
    }
}

fn is_metrics_of(line: &str, request_id: &str) -> bool {
    line.contains(r#""_aws":"#) && line.contains(request_id)
}

/// What is counted by its meaning.
const HAPPENED: [(&str, f64); 8] = [
    ("Escalations", 2.0),
    ("AcceptedFirstTry", 1.0),
    ("RefusedPoint.blocker", 1.0),
    ("RefusedPoint.required_to_resolve", 1.0),
    ("Issues", 1.0),
    ("Resolved", 1.0),
    ("Errors.jira.Unknown", 1.0),
    ("AgendaAge", f64::NAN),
];

#[track_caller]
fn adds_up(story: &Story) {
    let counted = story.counted();
    for (name, sum) in HAPPENED {
        let (_, found) = counted.get(name).unwrap_or_else(|| panic!("{name}: {counted:#?}"));
        assert!(sum.is_nan() || *found == sum, "{name}: {counted:#?}");
    }
    let of_refusals = counted.keys().filter(|it| it.starts_with("RefusedPoint.")).count();
    assert_eq!(of_refusals, 2, "{counted:#?}");
    let never = ["DuplicateIssues", "LoopsStopped", "EventsRejected", "Unfinished", "Denied."];
    assert!(counted.keys().all(|name| never.iter().all(|it| !name.starts_with(it))), "{counted:#?}");
    let product = &story.agency.shop.product;
    let world = &product.world;
    let calls = [world.hubspot.calls(), world.jira.calls(), world.slack.calls()].concat();
    // Connections that are opened ahead ask for nothing.
    let made = calls.iter().filter(|it| it.method != "HEAD").count();
    assert_eq!(counted["VendorCalls"].1, made as f64, "{counted:#?}");
    let latencies: usize = ["hubspot", "jira", "slack"].iter().map(|it| counted[&format!("Latency.{it}")].0).sum();
    assert_eq!(latencies, made, "no request makes a hundred calls");
    assert_eq!(counted["TableRequests"].1, counted["Latency.dynamodb"].0 as f64, "{counted:#?}");
    let parked = story.lines().iter().filter(|it| it.contains(r#""outcome":"parked""#)).count();
    assert_eq!(counted["EffectsParked"].1, parked as f64, "{counted:#?}");
}

/// Jira was down, and its search may lag behind: so the issue waits before it is asked for again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_counted_is_what_happened() {
    let story = Story::play(Delivered::Once).await;
    adds_up(&story);
    let product = &story.agency.shop.product;
    assert_eq!(story.counted()["TableRequests"].1, table_requests(&story) as f64);
    let ended: Vec<Value> = story.effects("jira-issue").iter().map(|it| it["outcome"].clone()).collect();
    assert_eq!(ended, ["parked", "parked", "acted"], "{:#?}", story.effects("jira-issue"));
    assert_eq!(story.counted()["EffectsParked"].1, 2.0);
    product.world.violations();
    story.agency.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_delivered_twice_is_counted_once() {
    let story = Story::play(Delivered::Twice).await;
    adds_up(&story);
    story.agency.close();
}

/// What the functions asked of the table; the world itself looks at it, too.
fn table_requests(story: &Story) -> usize {
    let requests = story.agency.shop.product.dynamo.requests();
    requests.iter().filter(|it| !it.operation.is_empty()).count()
}

/// Each line is JSON, each run ends with one of metrics, and each effect tells what became of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_run_and_each_effect_leaves_one_line_that_reads_alone() {
    let story = Story::play(Delivered::Once).await;
    let (lines, ticket) = (story.lines(), story.ticket.to_string());
    let product = &story.agency.shop.product;
    let reports = product.host.reports();
    assert!(reports.len() > 20 && reports.iter().all(|it| it.ending == Ending::Answered), "{reports:?}");
    for report in &reports {
        let of_it = lines.iter().filter(|it| is_metrics_of(it, &report.request_id));
        let of_it: Vec<Value> = of_it.map(|it| serde_json::from_str(it).unwrap()).collect();
        assert!(matches!(of_it.as_slice(), [it] if it["function"] == *report.function), "{report}: {of_it:?}");
    }
    assert_eq!(lines.iter().filter(|it| values(it).is_some()).count(), reports.len(), "and there are no others");
    for kind in ["feedback-comment", "jira-issue", "slack-card"] {
        assert!(!story.effects(kind).is_empty(), "{kind}");
    }
    let issue = story.effects("jira-issue").pop().unwrap();
    let ms = issue["ms"].as_i64().unwrap();
    assert_eq!(
        issue["message"],
        format!("Effect jira-issue of ticket {ticket} (escalation 1): acted in {ms} ms, attempt 3")
    );
    for line in lines.iter().map(|it| serde_json::from_str::<Value>(it).unwrap()) {
        if line["kind"].is_null() || line["_aws"].is_object() || line["outcome"].is_null() {
            continue;
        }
        let known = [&ticket, &story.other.to_string()].iter().any(|it| line["ticket"] == ***it);
        assert!(known && line["cycle"] == 1 && line["ms"].is_i64() && line["attempt"].is_i64(), "{line}");
        let effect = format!("i#{}#", line["kind"].as_str().unwrap());
        assert!(line["effect"].as_str().is_some_and(|it| it.starts_with(&effect)), "{line}");
        assert!(reports.iter().any(|it| line["request_id"] == *it.request_id), "{line}");
    }
    let answered = "create-jira-issue answered 200 (created)";
    let answered: Vec<&String> = lines.iter().filter(|it| it.contains(answered)).collect();
    let answered: Value = serde_json::from_str(answered[0]).unwrap();
    assert!(answered["cycle"] == 1 && answered["calls"].as_u64().is_some_and(|it| it > 5), "{answered}");
    story.agency.close();
}
