//! The real processes: Jira tells them, one is killed in the middle, and nothing that people wrote stands in
//! the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use escalation::id::TicketId;
use jiff::SignedDuration;
use sandbox::product::JIRA_CALLBACK_SECRET;
use sandbox::world::call::Target;
use sandbox::world::jira::automation::{Callback, Sender};
use serde_json::Value;

use crate::assign_lane::product::Agency;
use crate::bench::ESCALATIONS;
use crate::bench::texts::{DANA, whole};

const FUNCTION: &str = "jira-callback";

/// An escalation with an issue, whose key this is, and a Jira that tells of it.
pub async fn in_tech(name: &str, sender: Sender) -> (Agency, TicketId, String, Callback) {
    let mut agency = Agency::open(name, &[]).await;
    let ticket = agency.shop.escalated(&whole());
    agency.shop.pass(1).await;
    agency.shop.product.world.hubspot.agent(DANA).set(ticket, "escalation_type", "tech").unwrap();
    agency.shop.pass(5).await;
    let product = &agency.shop.product;
    let key = product.world.hubspot.value(ticket, "jira_reference").unwrap();
    assert!(key.starts_with("TECH-"), "{key}");
    let callback = product.world.jira.tell(sender, &product.jira_events_url(), JIRA_CALLBACK_SECRET);
    (agency, ticket, key, callback)
}

pub fn said(agency: &Agency, ticket: TicketId, what: &str) -> usize {
    agency.shop.product.world.hubspot.notes(ticket).iter().filter(|it| it.body.contains(what)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn jira_tells_the_process_and_its_log_keeps_what_people_wrote_to_itself() {
    let (agency, ticket, key, mut callback) = in_tech("told", Sender::Rule).await;
    let product = &agency.shop.product;
    product.world.jira.move_issue(&key, "Done");
    product.world.jira.comment_by(&key, "Kingfisher Lund", "[CS] Kingfisher's system is down no more");
    product.world.jira.move_to_project(&key, "PLAT");
    assert_eq!(callback.run().await, [Some(200); 3]);
    assert_eq!((said(&agency, ticket, "Fix ready"), said(&agency, ticket, "Kingfisher")), (1, 1));
    assert_eq!(product.world.hubspot.value(ticket, "jira_reference").as_deref(), Some("PLAT-1"));
    let line = product.host.logged(|it| it.text.contains("answered 200 (told)")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    let request_id = line["request_id"].as_str().unwrap_or_default();
    assert!(request_id.len() > 30 && line["ms"].is_i64(), "{line}");
    assert_eq!((&line["endpoint"], &line["status"], &line["outcome"]), (&FUNCTION.into(), &200.into(), &"told".into()));
    assert_eq!(line["message"], format!("{FUNCTION} answered 200 (told) for {key}"));
    let stranger = product.world.jira.created_by_hand("TECH", "Bug", "Kingfisher");
    callback.run().await;
    let line = product.host.logged(|it| it.text.contains("jira_event_unknown")).await;
    let line: Value = serde_json::from_str(&line.text).unwrap();
    assert_eq!((&line["about"], &line["outcome"]), (&stranger.into(), &"unknown".into()));
    agency.close();
}

/// Where a run is killed once HubSpot, Jira or Slack has done its call, and before it hears so.
const PLACES: [(&str, &str); 6] = [
    ("GET", "/rest/api/3/issue/"),
    ("GET", "/remotelink"),
    ("GET", "/crm/v3/objects/tickets/"),
    ("PATCH", "/crm/v3/objects/tickets/"),
    ("POST", "/crm/v3/objects/notes"),
    ("POST", "/api/chat.postMessage"),
];

/// Kills the function's processes once, at this place; whether that has happened.
fn kill_once_at(agency: &Agency, (method, path): (&'static str, &'static str)) -> Arc<AtomicBool> {
    let product = &agency.shop.product;
    let (host, armed) = (Arc::downgrade(&product.host), Arc::new(AtomicBool::new(true)));
    let is_armed = Arc::clone(&armed);
    let kill = move |call: Target| {
        let is_it = call.method == method && call.path.contains(path);
        if is_it && is_armed.swap(false, Ordering::SeqCst) {
            host.upgrade().map(|host| host.kill(FUNCTION));
        }
        async {}
    };
    product.world.hubspot.after_each(kill.clone());
    product.world.jira.after_each(kill.clone());
    product.world.slack.after_each(kill);
    armed
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_at_any_of_its_calls_it_tells_everybody_once() {
    for place in PLACES {
        let (mut agency, ticket, key, mut callback) = in_tech("killed", Sender::Webhook).await;
        let armed = kill_once_at(&agency, place);
        agency.shop.product.world.jira.move_issue(&key, "Done");
        let answers = callback.run().await;
        assert!(answers.iter().all(|it| it.is_none_or(|it| it >= 500)), "{place:?} {answers:?}");
        assert!(!armed.load(Ordering::SeqCst), "{place:?}");
        for _ in 0..3 {
            agency.shop.product.pass(SignedDuration::from_mins(10)).await.unwrap();
            callback.run().await;
        }
        assert_eq!(callback.next_due(), None, "{place:?}");
        assert_eq!(said(&agency, ticket, "Fix ready"), 1, "{place:?}");
        let product = &agency.shop.product;
        let cards = product.world.slack.messages(ESCALATIONS);
        let replies = cards.iter().flat_map(|it| product.world.slack.thread(ESCALATIONS, &it.ts).into_iter().skip(1));
        assert_eq!(replies.filter(|it| it.text.contains("Fix ready")).count(), 1, "{place:?}");
        assert_eq!(product.world.hubspot.value(ticket, "jira_status").as_deref(), Some("Done"), "{place:?}");
        agency.close();
    }
}
