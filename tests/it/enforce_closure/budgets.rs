//! How much the end of an escalation may ask of HubSpot, DynamoDB and Slack.

use crate::bench::Bench;
use crate::bench::texts::whole;

/// Reads and writes at HubSpot, looks at and writes to the state table, calls of Slack; since the last look. One
/// write counts the run.
fn cost(bench: &Bench) -> [usize; 5] {
    let (hubspot, slack) = (bench.hubspot.journal(), bench.world.slack.journal());
    let (looks, writes) = bench.at_table();
    let cost = [hubspot.reads(), hubspot.writes(), looks, writes, slack.all().len()];
    hubspot.clear();
    slack.clear();
    bench.dynamo.forget();
    cost
}

#[tokio::test]
async fn a_resolution_costs_six_reads_and_a_write_and_its_repeat_one_read() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    // The owners are read anew: ten minutes are over.
    cost(&bench);
    assert_eq!(bench.judged(it).await, "resolved");
    // Ticket, owners, notes, conversations, messages, calls; the properties and the note. Of the state table:
    // what we did before, and the card; note and reply, each begun and ended, and what a merge would find.
    assert_eq!(cost(&bench), [6, 2, 2, 6, 2]);
    assert_eq!(bench.judged(it).await, "resolved");
    // The ticket; what was said, the card, and the reply that is there.
    assert_eq!(cost(&bench), [1, 0, 2, 2, 0]);
    bench.finish();
}

#[tokio::test]
async fn opening_again_and_marking_cost_a_write_and_a_note_once() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    bench.close(it.ticket, &[("mode", "observe")]).await;
    cost(&bench);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    assert_eq!(cost(&bench), [5, 2, 2, 6, 1], "the reminder, too");
    assert_eq!(bench.judged(it).await, "waiting not_communicated;not_closed");
    // What we did before, and whether HubSpot refused it; the card, and the reply that is there.
    assert_eq!(cost(&bench), [5, 0, 3, 3, 0], "the reminder again");
    bench.wait(1);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "waiting not_communicated");
    assert_eq!(cost(&bench), [5, 0, 3, 3, 0], "the reminder, too");
    bench.wait(600);
    bench.close(it.ticket, &[("mode", "observe")]).await;
    cost(&bench);
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!(cost(&bench), [5, 1, 3, 5, 1], "the mark is there already");
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!(cost(&bench), [5, 0, 3, 3, 0]);
    bench.finish();
}

#[tokio::test]
async fn a_review_that_is_on_the_ticket_saves_the_notes() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.sam().set(it.ticket, "escalation_first_reviewed_at", "2026-01-05T10:11:00Z").unwrap();
    bench.close(it.ticket, &[("mode", "observe")]).await;
    cost(&bench);
    bench.judged(it).await;
    assert_eq!(cost(&bench), [4, 0, 0, 1, 0]);
    bench.finish();
}

#[tokio::test]
async fn an_email_and_a_text_message_cost_a_read_each_where_there_are_any() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.close(it.ticket, &[("mode", "observe")]).await;
    cost(&bench);
    bench.judged(it).await;
    assert_eq!(cost(&bench)[0], 5);
    bench.sam().send_email(it.ticket, "SENT").unwrap();
    bench.sam().log_text_message(it.ticket, "SMS").unwrap();
    bench.judged(it).await;
    assert_eq!(cost(&bench)[0], 7);
    bench.finish();
}

#[tokio::test]
async fn what_never_was_escalated_costs_a_look() {
    let bench = Bench::with_closing(&[]).await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.close(ticket, &[]).await;
    cost(&bench);
    assert_eq!(bench.close(ticket, &[]).await.outcome(), "not_escalated");
    assert_eq!(cost(&bench), [1, 0, 0, 1, 0]);
    bench.finish();
}

/// Reads that do not depend on each other go out together: three round trips.
#[tokio::test]
async fn reads_take_three_round_trips() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.sam().log_call(it.ticket, "").unwrap();
    let trip = std::time::Duration::from_millis(300);
    bench.sam().send_email(it.ticket, "SENT").unwrap();
    bench.sam().log_text_message(it.ticket, "SMS").unwrap();
    bench.hubspot.delay_all(trip);
    let started = std::time::Instant::now();
    bench.judged(it).await;
    let trips = started.elapsed().as_millis() / trip.as_millis();
    assert_eq!(trips, 3);
    bench.finish();
}
