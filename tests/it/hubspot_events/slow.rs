//! HubSpot waits five seconds, whatever happens behind us: what does not fit into them is on the agenda.

use std::time::{Duration, Instant};

use escalation::id::TicketId;

use crate::bench::texts::whole;

use super::stage::Account;

/// Told to an account where each call takes so long; how it was answered, and within what time.
async fn told_slowly(it: &mut Account, delay: u64) -> (Vec<Option<u16>>, Duration) {
    it.bench.wait(60);
    it.bench.hubspot.delay_all(Duration::from_millis(delay));
    let began = Instant::now();
    let answers = it.webhooks.run().await;
    let took = began.elapsed();
    it.bench.hubspot.heal();
    (answers, took)
}

fn in_lane(it: &Account, tickets: &[TicketId]) -> usize {
    tickets.iter().filter(|ticket| it.bench.place(**ticket)[0] == "cs").count()
}

#[tokio::test]
async fn what_takes_too_long_is_answered_in_time_and_done_by_the_sweep() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.webhooks.forget();
    it.bench.sam().set(ticket, "escalation_type", "").unwrap();
    it.bench.sam().set(ticket, "escalation_type", "shift_lead").unwrap();
    let (answers, took) = told_slowly(&mut it, 2_500).await;
    assert_eq!(answers, [Some(200)], "{took:?}");
    assert_eq!(in_lane(&it, &[ticket]), 0);
    it.sweeps(3).await;
    assert_eq!(in_lane(&it, &[ticket]), 1);
    it.finish();
}

#[tokio::test]
async fn of_very_many_tickets_all_are_written_down_first() {
    let mut it = Account::open().await;
    let tickets: Vec<TicketId> = (0..12).map(|_| it.bench.escalated(&whole())).collect();
    it.webhooks.forget();
    for ticket in &tickets {
        it.bench.sam().set(*ticket, "escalation_type", "").unwrap();
        it.bench.sam().set(*ticket, "escalation_type", "shift_lead").unwrap();
    }
    let (answers, took) = told_slowly(&mut it, 1_200).await;
    assert_eq!(answers, [Some(200)], "{took:?}");
    let written = it.bench.dynamo.items().await.unwrap();
    let is_ours = |pk: &str| pk.starts_with("a#hubspot-events#");
    assert_eq!(written.iter().filter(|it| is_ours(it["pk"]["S"].as_str().unwrap())).count(), 12);
    assert!(in_lane(&it, &tickets) < 12);
    it.sweeps(4).await;
    assert_eq!(in_lane(&it, &tickets), 12);
    it.finish();
}

#[tokio::test]
async fn where_not_even_the_conversation_can_be_read_in_time_it_is_told_again() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    let thread = it.thread(ticket);
    it.bench.escalate(ticket);
    it.heard().await;
    it.bench.sam().comment(thread, &whole()).unwrap();
    let (answers, took) = told_slowly(&mut it, 2_500).await;
    assert_eq!(answers, [Some(503)], "{took:?}");
    it.bench.wait(60);
    assert_eq!(it.webhooks.run().await, [Some(200)]);
    assert_eq!(in_lane(&it, &[ticket]), 1);
    it.finish();
}
