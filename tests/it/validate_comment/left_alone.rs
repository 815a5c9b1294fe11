//! Tickets that the check leaves as they are.

use escalation::id::TicketId;
use sandbox::world::call::Answer as Reply;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::schema::{Property, Type};
use serde_json::json;

use crate::bench::texts::{SAM, first_three, whole};
use crate::bench::{Bench, START};

/// The ticket is left alone.
async fn left_alone(bench: &Bench, ticket: TicketId, outcome: &str, message: &str) {
    bench.wait(60);
    bench.written();
    let answer = bench.check(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("message")), (outcome, message));
    assert_eq!(bench.written(), (0, 0));
    assert_eq!(bench.said(ticket), "");
}

#[tokio::test]
async fn a_ticket_that_is_not_escalated_is_left_alone() {
    let bench = Bench::new().await;
    const SAID: &str = "Not escalated: Escalation Type is empty.";
    left_alone(&bench, bench.ticket(), "not_escalated", SAID).await;
    let cleared = bench.escalated("<p>Issue: x</p>");
    bench.sam().set(cleared, "escalation_type", "").unwrap();
    left_alone(&bench, cleared, "not_escalated", SAID).await;
    bench.finish();
}

#[tokio::test]
async fn an_option_that_the_policy_ignores_does_not_escalate() {
    let bench = Bench::new().await;
    let options = [("shift_lead", "Shift Lead"), ("internal_note", "Internal Note")];
    let options = options.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    bench.hubspot.define(Property::custom("escalation_type", "Escalation Type", Type::One(options)));
    let ticket = bench.ticket();
    bench.sam().set(ticket, "escalation_type", "internal_note").unwrap();
    left_alone(&bench, ticket, "not_escalated", "Not escalated: Escalation Type is empty.").await;
    bench.escalate(ticket);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "pending");
    bench.finish();
}

#[tokio::test]
async fn escalations_from_before_the_policys_date_are_left_alone() {
    let line = "# ignore_before = \"2026-01-01T00:00:00Z\"";
    let before = |time: &str| format!("ignore_before = \"{time}\"");
    let bench = Bench::with_policy(&[(line, &before("2026-01-05T09:41:01Z"))]).await;
    let ticket = bench.escalated("<p>Issue: x</p>");
    let said = "Not checked: this escalation began before the date from which escalations are checked.";
    left_alone(&bench, ticket, "not_escalated", said).await;
    bench.finish();
    let bench = Bench::with_policy(&[(line, &before(START))]).await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "complete");
    bench.finish();
}

const GONE: &str = "The ticket is deleted: nothing to do.";

#[tokio::test]
async fn a_deleted_ticket_is_gone_and_looked_at_anew_when_it_is_back() {
    let bench = Bench::new().await;
    left_alone(&bench, TicketId(42), "gone", GONE).await;
    let ticket = bench.escalated(&first_three());
    bench.sam().delete(ticket).unwrap();
    left_alone(&bench, ticket, "gone", GONE).await;
    bench.sam().restore(ticket).unwrap();
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(bench.value(ticket, "escalation_cycle"), "1");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_hubspot_shows_as_archived_is_gone() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let (id, now) = (ticket.to_string(), START);
    let shown =
        json!({ "id": id, "properties": {}, "createdAt": now, "updatedAt": now, "archived": true, "archivedAt": now });
    bench.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Refuse(Reply::json(200, shown))));
    left_alone(&bench, ticket, "gone", GONE).await;
    bench.finish();
}

#[tokio::test]
async fn a_ticket_deleted_while_we_look_at_it_is_gone() {
    for comment in [whole(), first_three()] {
        let bench = Bench::new().await;
        let ticket = bench.escalated(&comment);
        let hubspot = bench.hubspot.clone();
        bench.hubspot.before_each(move |call| {
            if call.method == "PATCH" {
                hubspot.agent(SAM).delete(ticket).unwrap();
            }
            async {}
        });
        let answer = bench.check(ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("message")), ("gone", GONE));
        bench.finish();
    }
}
