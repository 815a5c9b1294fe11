//! How a ticket hears of an issue that it follows: without a link, instead of another one, and not of what only
//! looks like its own.

use escalation::id::TicketId;
use insta::assert_snapshot;
use jiff::SignedDuration;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Merging;
use sandbox::world::hubspot::pipeline::{Pipeline, Stage};
use serde_json::{Value, json};

use super::stage::{Told, linked_to};
use crate::bench::Bench;
use crate::bench::texts::whole;

const CALLBACK: &str = "jira-callback";

/// A ticket that names an issue of people's, and nobody has linked the two yet.
fn only_names(it: &Told, key: &str) -> TicketId {
    let ticket = it.bench.escalated(&whole());
    it.bench.dana().set(ticket, "jira_reference", key).unwrap();
    ticket
}

fn changed(key: &str) -> Value {
    json!({ "event": "status_changed", "key": key })
}

#[tokio::test]
async fn a_ticket_that_only_names_the_issue_hears_of_it() {
    let it = Told::by_rule().await;
    let key = it.jira().created_by_hand("TECH", "Bug", "By hand");
    let ticket = only_names(&it, &key);
    it.bench.wait(600);
    it.jira().move_issue(&key, "Done");
    assert_eq!(it.outcome(&changed(&key)).await, (200, "told".to_owned()));
    assert_eq!(it.bench.value(ticket, "jira_status"), "Done");
    assert!(it.bench.said(ticket).contains("Fix ready"));
    it.finish();
}

#[tokio::test]
async fn a_ticket_that_the_rule_names_hears_of_it_before_hubspot_finds_it() {
    let it = Told::by_rule().await;
    it.bench.hubspot.set_search_lag(SignedDuration::from_secs(30));
    let key = it.jira().created_by_hand("TECH", "Bug", "By hand");
    it.jira().move_issue(&key, "Done");
    it.bench.wait(60);
    let ticket = only_names(&it, &key);
    assert_eq!(it.outcome(&changed(&key)).await, (200, "unknown".to_owned()));
    let mut body = changed(&key);
    body["hubspotTicketId"] = ticket.to_string().into();
    assert_eq!(it.outcome(&body).await, (200, "told".to_owned()));
    assert_eq!(it.bench.value(ticket, "jira_status"), "Done");
    // A ticket that does not name the issue is none of its, whoever says so.
    let mut body = changed(&key);
    body["ticket"] = it.ticket.0.into();
    it.bench.written();
    assert_eq!(it.outcome(&body).await, (200, "not_named".to_owned()));
    assert_eq!(it.bench.written().0, 0);
    it.finish();
}

#[tokio::test]
async fn a_ticket_follows_the_issue_that_its_own_repeats() {
    let mut it = Told::by_rule().await;
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.bench.wait(60);
    it.jira().move_issue(&original, "In Progress");
    it.heard().await;
    it.jira().close_as_duplicate(&it.key, &original);
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* was closed as a duplicate of *[TECH-2] (In Progress), which goes on.
    I changed Jira Reference and the link: this ticket follows TECH-2 from now on. Nothing to do.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: TECH-1 was closed as a duplicate of TECH-2, which the ticket follows now.
    ");
    assert_eq!(it.stands(), (original.clone(), "In Progress".to_owned(), true));
    // What stands there was said, and what the old one does is no news any more.
    for key in [&original, &it.key] {
        assert_eq!(it.outcome(&changed(key)).await, (200, "unchanged".to_owned()), "{key}");
    }
    assert_eq!(it.news(), "");
    it.bench.pass(60).await;
    it.bench.sweep().await;
    assert_eq!(it.jira().issue(&original).unwrap().remote_links.len(), 1);
    assert_eq!(it.stands(), (original.clone(), "In Progress".to_owned(), true));
    it.news();
    it.jira().move_issue(&original, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    assert_eq!(it.stands(), (original, "Done".to_owned(), true));
    it.finish();
}

/// Tech was confirmed on the ticket that was merged away.
#[tokio::test]
async fn the_survivor_of_a_merge_follows_the_issue_that_its_own_repeats() {
    let mut it = Told::by_rule().await;
    it.bench.hubspot.set_merging(Merging::KeepsPrimary);
    let plain = it.bench.ticket();
    it.ticket = it.bench.sam().merge(plain, it.ticket).unwrap();
    assert_eq!(it.bench.assign(it.ticket, &[]).await.get("lane"), "tech");
    it.bench.create(it.ticket, &[]).await;
    it.news();
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.jira().close_as_duplicate(&it.key, &original);
    let news = it.heard().await;
    assert!(news.contains("this ticket follows TECH-2 from now on"), "{news}");
    assert_eq!(it.stands(), (original, "To Do".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn without_a_workflow_the_original_is_linked_too() {
    let mut it = Told::by_rule().await;
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.jira().close_as_duplicate(&it.key, &original);
    it.heard().await;
    assert!(it.jira().issue(&original).unwrap().remote_links.is_empty());
    for _ in 0..3 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    assert_eq!(it.jira().issue(&original).unwrap().remote_links.len(), 1);
    it.finish();
}

#[tokio::test]
async fn who_goes_back_to_the_first_issue_is_not_led_away_again() {
    let mut it = Told::by_rule().await;
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.jira().close_as_duplicate(&it.key, &original);
    it.heard().await;
    it.bench.wait(600);
    it.bench.dana().set(it.ticket, "jira_reference", &it.key).unwrap();
    it.news();
    it.outcome(&it.event()).await;
    assert_eq!((it.bench.value(it.ticket, "jira_reference"), it.news()), (it.key.clone(), String::new()));
    it.finish();
}

#[tokio::test]
async fn what_went_back_to_the_shift_lead_is_not_led_to_another_issue() {
    let mut it = Told::by_rule().await;
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.bench.dana().set(it.ticket, "escalation_type", "shift_lead").unwrap();
    it.jira().close_as_duplicate(&it.key, &original);
    let news = it.heard().await;
    assert!(news.contains("please write TECH-2 into Jira Reference"), "{news}");
    assert_eq!(it.bench.value(it.ticket, "jira_reference"), it.key);
    it.finish();
}

/// How many looks wait for an action.
async fn waiting(bench: &Bench, action: &str) -> usize {
    let all = bench.dynamo.call("Scan", &json!({ "TableName": bench.dynamo.table() })).await.unwrap();
    let is_ours = |it: &&Value| it["look"]["S"].as_str().is_some_and(|it| it.starts_with(action));
    all["Items"].as_array().unwrap().iter().filter(is_ours).count()
}

#[tokio::test]
async fn an_issue_that_a_person_labelled_or_copied_is_not_waited_for() {
    let it = Told::by_rule().await;
    let ticket = it.bench.escalated(&whole());
    let key = it.jira().created_by_hand("TECH", "Bug", "By hand");
    it.jira().label(&key, &[&format!("hs-ticket-{}-{ticket}", it.bench.portal())]);
    it.bench.wait(600);
    it.jira().move_issue(&key, "Done");
    assert_eq!(it.outcome(&changed(&key)).await, (200, "not_named".to_owned()));
    assert_eq!(waiting(&it.bench, CALLBACK).await, 0);
    it.finish();
}

#[tokio::test]
async fn what_is_waited_for_is_on_the_agenda_once_and_not_for_ever() {
    let mut bench = Bench::with_tech(&[]).await;
    let (ticket, key) = super::faults::early(&mut bench).await;
    bench.world.jira.move_issue(&key, "Done");
    let headers = [("x-escalation-secret", sandbox::product::JIRA_CALLBACK_SECRET)];
    assert_eq!(bench.hear(&headers, &changed(&key).to_string()).await.status_code, 503);
    for _ in 0..60 {
        bench.wait(60);
        bench.sweep().await;
    }
    // The creation of the issue is one, and our asking for it.
    assert_eq!((waiting(&bench, CALLBACK).await, waiting(&bench, "create-jira-issue").await), (1, 2));
    for _ in 0..30 {
        bench.wait(60 * 60);
        bench.sweep().await;
    }
    assert_eq!((waiting(&bench, CALLBACK).await, bench.said(ticket).contains("Fix ready")), (0, false));
    bench.finish();
}

#[tokio::test]
async fn a_rules_word_about_a_linked_issue_is_kept_while_jira_is_down() {
    let mut it = Told::by_rule().await;
    let key = it.jira().created_by_hand("TECH", "Bug", "Older");
    let ticket = linked_to(&mut it.bench, &key).await;
    it.bench.wait(60);
    it.jira().move_issue(&key, "Done");
    let down = || Fault::on("GET /rest/api/3/issue/*", Effect::Refuse(Answer::json(503, Value::Null))).always();
    it.jira().inject(down());
    assert_eq!(it.outcome(&changed(&key)).await.0, 503);
    it.jira().heal();
    assert_eq!(it.bench.value(ticket, "jira_status"), "To Do");
    for _ in 0..5 {
        it.bench.wait(60);
        it.bench.sweep().await;
    }
    assert_eq!(it.bench.value(ticket, "jira_status"), "Done");
    assert_eq!(it.bench.said(ticket).matches("Fix ready").count(), 1);
    // With HubSpot down as well nobody knows the ticket, and Jira hears so.
    it.jira().inject(down());
    it.bench.hubspot.inject(Fault::on("POST /crm/v3/objects/tickets/search", Effect::CutBefore).always());
    assert_eq!(it.outcome(&changed(&key)).await.0, 503);
    assert_eq!(waiting(&it.bench, CALLBACK).await, 0);
    it.finish();
}

#[tokio::test]
async fn a_stage_that_the_policy_does_not_know_is_closed_where_hubspot_says_so() {
    let mut it = Told::by_rule().await;
    let stages = vec![Stage::open("95", "Parked"), Stage::closed("94", "Archived")];
    it.bench.hubspot.add_pipeline(Pipeline { id: "9".to_owned(), label: "Other".to_owned(), stages });
    it.bench.sam().set(it.ticket, "hs_pipeline", "9").unwrap();
    it.bench.sam().move_to(it.ticket, "94").unwrap();
    it.jira().move_issue(&it.key, "Done");
    let news = it.heard().await;
    assert!(news.contains("This ticket is closed and stays so"), "{news}");
    it.bench.sam().move_to(it.ticket, "95").unwrap();
    it.jira().move_issue(&it.key, "To Do");
    let news = it.heard().await;
    assert!(news.contains("I will write here when it moves again"), "{news}");
    it.finish();
}
