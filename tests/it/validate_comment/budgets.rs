//! How much a check may ask of HubSpot and DynamoDB.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use escalation::id::TicketId;
use tokio::sync::Barrier;
use tokio::time::timeout;

use crate::bench::texts::{first_three, whole};
use crate::bench::{Bench, counts_a_run};

/// Long enough for a busy machine, shorter than our client's patience.
const TOGETHER: Duration = Duration::from_secs(3);

/// A ticket with a conversation, and what was written there.
fn conversing(bench: &Bench, comment: &str) -> TicketId {
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.sam().comment(thread, "<p>Have a look at the note.</p>").unwrap();
    bench.sam().write_note(ticket, comment).unwrap();
    bench.escalate(ticket);
    ticket
}

fn calls(bench: &Bench) -> Vec<String> {
    let name = |part: &str| if part.parse::<u64>().is_ok() { "*".to_owned() } else { part.to_owned() };
    let path = |path: &str| path.split('/').map(name).collect::<Vec<_>>().join("/");
    let mut calls: Vec<String> =
        bench.hubspot.calls().iter().map(|it| format!("{} {}", it.method, path(&it.path))).collect();
    calls.sort_unstable();
    calls
}

#[tokio::test]
async fn a_message_costs_six_reads_two_writes_and_three_records() {
    let bench = Bench::new().await;
    let ticket = conversing(&bench, &first_three());
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(
        calls(&bench),
        [
            "GET /conversations/v3/conversations/threads",
            "GET /conversations/v3/conversations/threads/*/messages",
            "GET /crm/v3/objects/tickets/*",
            "GET /crm/v3/owners",
            "PATCH /crm/v3/objects/tickets/*",
            "POST /crm/v3/objects/companies/batch/read",
            "POST /crm/v3/objects/notes",
            "POST /crm/v3/objects/notes/batch/read",
        ]
    );
    // The count of the run, the comment's beginning and its end.
    let requests = bench.dynamo.requests();
    assert_eq!(requests.iter().map(|it| it.operation.as_str()).collect::<Vec<_>>(), ["UpdateItem"; 3]);
    assert!(counts_a_run(&requests[0]), "{requests:?}");
    bench.finish();
}

#[tokio::test]
async fn what_needs_no_message_costs_the_count_of_the_run() {
    let bench = Bench::new().await;
    for ticket in [conversing(&bench, &whole()), bench.ticket()] {
        bench.dynamo.forget();
        bench.check(ticket, &[]).await;
        let requests = bench.dynamo.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        assert!(counts_a_run(&requests[0]), "{requests:?}");
        bench.dynamo.forget();
        bench.check(ticket, &[("mode", "observe")]).await;
        assert!(bench.dynamo.requests().is_empty(), "a trial run is not counted");
    }
    bench.finish();
}

#[tokio::test]
async fn owners_are_read_once_in_ten_minutes_so_that_five_reads_are_the_rule() {
    let bench = Bench::new().await;
    let ticket = conversing(&bench, &whole());
    let mut reads = Vec::new();
    for seconds in [0, 599, 1] {
        bench.wait(seconds);
        bench.hubspot.journal().clear();
        assert_eq!(bench.check(ticket, &[]).await.outcome(), "complete");
        reads.push(bench.hubspot.journal().reads());
    }
    assert_eq!(reads, [6, 5, 6]);
    bench.finish();
}

#[tokio::test]
async fn a_ticket_without_notes_and_conversations_costs_less() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.escalate(ticket);
    bench.check(ticket, &[]).await;
    assert_eq!(bench.hubspot.journal().reads(), 5, "ticket, threads, company, owners, and the notes a second way");
    bench.hubspot.journal().clear();
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.check(ticket, &[]).await;
    assert_eq!(bench.hubspot.journal().reads(), 2, "ticket, threads");
    bench.finish();
}

/// Calls of this round wait for each other before HubSpot looks at them.
fn meet(bench: &Bench, round: &'static [&'static str]) -> Arc<Mutex<Vec<bool>>> {
    let barrier = Arc::new(Barrier::new(round.len()));
    let met = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&met);
    bench.hubspot.before_each(move |call| {
        let (barrier, told) = (Arc::clone(&barrier), Arc::clone(&told));
        async move {
            if round.iter().any(|it| call.path.ends_with(it)) {
                let together = timeout(TOGETHER, barrier.wait()).await.is_ok();
                told.lock().unwrap().push(together);
            }
        }
    });
    met
}

#[tokio::test]
async fn reads_that_do_not_need_each_other_go_out_together() {
    const NOTES: &str = "/notes/batch/read";
    for round in [&["/tickets/5100000002", "/threads"][..], &["/messages", NOTES, "/companies/batch/read", "/owners"]] {
        let bench = Bench::new().await;
        let ticket = conversing(&bench, &whole());
        assert_eq!(ticket, TicketId(5_100_000_002));
        let met = meet(&bench, round);
        bench.check(ticket, &[("mode", "observe")]).await;
        assert_eq!(*met.lock().unwrap(), vec![true; round.len()], "{round:?}");
        bench.finish();
    }
}
