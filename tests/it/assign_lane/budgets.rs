//! How much a lane may ask of HubSpot, DynamoDB and Slack.

use std::time::{Duration, Instant};

use super::channels::{OUTAGE, THREAT, open, with};
use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

/// Reads and writes at HubSpot, writes to the state table, calls of Slack; since the last look. One write
/// counts the run; the table is never read.
fn cost(bench: &Bench) -> (usize, usize, usize, usize) {
    let (hubspot, slack) = (bench.hubspot.journal(), bench.world.slack.journal());
    let requests = bench.dynamo.requests();
    assert!(requests.iter().all(|it| it.operation == "UpdateItem"), "{requests:?}");
    let cost = (hubspot.reads(), hubspot.writes(), requests.len(), slack.all().len());
    hubspot.clear();
    slack.clear();
    bench.dynamo.forget();
    cost
}

/// A bench that knows its owners, and nothing counted yet.
async fn warm(changes: &[(&str, &str)]) -> Bench {
    let bench = with(changes).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[("mode", "observe")]).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    cost(&bench);
    bench
}

#[tokio::test]
async fn an_assignment_costs_two_reads_and_a_write_and_its_repeat_a_look_into_the_help_desk() {
    let bench = warm(&[]).await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    // The run, the targets, the facts, the count, the card's beginning and end, and the reminder.
    assert_eq!(cost(&bench), (2, 1, 7, 1));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    // What Shift Leads do in the help desk; the targets, the card that is there, and the reminder.
    assert_eq!(cost(&bench), (3, 0, 4, 0));
    bench.finish();
}

#[tokio::test]
async fn waiting_for_the_comment_costs_a_reminder() {
    let bench = warm(&[("sources = [\"notes\", \"conversations\"]", "sources = [\"notes\"]")]).await;
    let ticket = bench.escalated(&first_three());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    assert_eq!(cost(&bench), (2, 1, 3, 0));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    assert_eq!(cost(&bench), (2, 0, 2, 0));
    bench.finish();
}

#[tokio::test]
async fn the_help_desk_is_read_only_where_the_notes_lack_the_comment() {
    let bench = warm(&[]).await;
    for (note, reads) in [(first_three(), 4), (whole(), 2)] {
        let ticket = bench.ticket();
        let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
        bench.hubspot.open_thread(ticket, contact).unwrap();
        bench.sam().write_note(ticket, &note).unwrap();
        bench.escalate(ticket);
        bench.assign(ticket, &[]).await;
        assert_eq!(cost(&bench).0, reads);
    }
    bench.finish();
}

#[tokio::test]
async fn a_choice_of_several_costs_a_search_and_a_name_that_does_not_tell_a_company() {
    let bench = warm(&[("\nwho = [\"Dana Whitfield\"]", "\nwho = [\"Dana Whitfield\", \"Lee Marsh\"]")]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench).0, 3);
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench).0, 3, "who has it keeps it: the third is the help desk");
    let bench = warm(&[]).await;
    let ticket = bench.ticket_named("double charge");
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench).0, 3);
    bench.finish();
}

#[tokio::test]
async fn a_move_costs_the_reply_and_the_change_of_the_card() {
    let bench = warm(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    cost(&bench);
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (3, 1, 7, 2), "run, targets, facts, card, reply twice, reminder");
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (2, 0, 5, 0), "with Tech the help desk decides nothing");
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (1, 1, 5, 2), "run, facts, card, and the reply twice");
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (1, 0, 3, 0));
    bench.finish();
}

#[tokio::test]
async fn what_must_not_wait_costs_the_page_and_what_is_kept_to_few_an_open_card_that_never_is() {
    let bench = warm(&[]).await;
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (2, 1, 8, 2), "run, targets, facts, card twice, page twice, reminder");
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (3, 0, 5, 0));
    let ticket = bench.escalated(&format!("{}{THREAT}", whole()));
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (2, 1, 10, 2));
    bench.assign(ticket, &[]).await;
    assert_eq!(cost(&bench), (3, 0, 6, 0));
    bench.finish();
}

#[tokio::test]
async fn one_of_many_costs_no_call_of_slack() {
    let bench = warm(&[("digest_above = 20", "digest_above = 1")]).await;
    let tickets: Vec<_> = (0..3).map(|_| bench.escalated(&whole())).collect();
    let mut costs = Vec::new();
    for ticket in tickets.iter().chain(&tickets[2..]) {
        bench.assign(*ticket, &[]).await;
        let (_, _, table, slack) = cost(&bench);
        costs.push((table, slack));
    }
    assert_eq!(costs, [(7, 1), (9, 1), (8, 0), (5, 0)]);
    bench.finish();
}

/// Printed, and held to far more than it takes: machines differ.
#[tokio::test]
async fn a_request_takes_moments() {
    let bench = open().await;
    let tickets: Vec<_> = (0..20).map(|_| bench.escalated(&whole())).collect();
    bench.assign(tickets[0], &[]).await;
    for (what, expected) in [("first", "assigned"), ("repeat", "unchanged")] {
        let started = Instant::now();
        for ticket in &tickets[1..] {
            bench.wait(1);
            assert_eq!(bench.assign(*ticket, &[]).await.outcome(), expected);
        }
        let each = started.elapsed() / 19;
        println!("assign-lane, {what} request: {each:?}");
        assert!(each < Duration::from_secs(1), "{each:?}");
    }
    bench.finish();
}
