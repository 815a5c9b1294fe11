//! What an event costs in calls, where nothing goes wrong.

use escalation::id::TicketId;
use serde_json::{Value, json};

use crate::bench::texts::whole;

use super::stage::Account;

/// The calls to HubSpot (reads, writes) and to DynamoDB that these events cost.
async fn cost(it: &Account, about: &str, events: &[Value]) -> (usize, usize, usize) {
    it.bench.written();
    let (status, outcome) = it.outcome(events).await;
    assert_eq!(status, 200, "{about}");
    let reads = it.bench.hubspot.calls().len() - it.bench.hubspot.journal().writes();
    let (writes, table) = it.bench.written();
    println!("{about}: {outcome}; HubSpot {reads} reads and {writes} writes, DynamoDB {table}");
    (reads, writes, table)
}

fn event(it: &Account, kind: &str, about: &[(&str, Value)]) -> Value {
    let mut event = json!({ "subscriptionType": kind, "portalId": it.bench.portal().0, "changeSource": "CRM_UI" });
    about.iter().for_each(|(name, value)| event[*name] = value.clone());
    event
}

#[tokio::test]
async fn an_event_costs_two_reads_until_it_is_known_to_be_somebodys_concern() {
    let mut it = Account::open().await;
    let plain = it.bench.ticket();
    let escalated = it.bench.escalated(&whole());
    let threads = [plain, escalated].map(|ticket| it.thread(ticket).0);
    let note = it.bench.sam().write_note(plain, "<p>A word.</p>").unwrap().0;
    it.heard().await;
    it.settled().await;
    let said = |thread: u64| {
        event(&it, "conversation.newMessage", &[("objectId", json!(thread)), ("messageType", json!("COMMENT"))])
    };
    let created = event(&it, "object.creation", &[("objectId", json!(note)), ("objectTypeId", json!("0-46"))]);
    let changed = |ticket: TicketId, property: &str| {
        event(&it, "ticket.propertyChange", &[("objectId", json!(ticket.0)), ("propertyName", json!(property))])
    };
    let mut ours = changed(escalated, "jira_reference");
    ours["changeSource"] = json!("INTEGRATION");
    ours["sourceId"] = json!("1160452");
    assert_eq!(cost(&it, "our own write", &[ours]).await, (0, 0, 0));
    assert_eq!(cost(&it, "a property that we do not follow", &[changed(escalated, "subject")]).await, (0, 0, 0));
    assert_eq!(cost(&it, "a message on a ticket that is not escalated", &[said(threads[0])]).await, (2, 0, 0));
    assert_eq!(cost(&it, "a note on one", &[created]).await, (2, 0, 0));
    assert_eq!(cost(&it, "a stage of one", &[changed(plain, "hs_pipeline_stage")]).await, (1, 0, 0));
    let (reads, writes, _) = cost(&it, "a message on an escalated one, nothing new", &[said(threads[1])]).await;
    // Two of ours, and what the two actions read where nothing has changed.
    assert!(reads <= 2 + 5 + 5, "{reads}");
    assert_eq!(writes, 0);
    let twice = [said(threads[1]), said(threads[1]), changed(escalated, "escalation_type")];
    let (again, ..) = cost(&it, "the same three times over", &twice).await;
    assert_eq!(again, reads, "one look");
    it.finish();
}
