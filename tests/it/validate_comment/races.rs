//! Many at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::workflow::definition::comment_check;
use tokio::task::JoinSet;

use super::product::Shop;
use crate::bench::texts::{BLOCKER, first_three, whole};
use crate::bench::{Answer, Bench, delivery};

/// A HubSpot that takes as many calls as come.
async fn busy() -> Bench {
    let limits = Limits { ten_secondly: 100_000, ..Limits::default() };
    Bench::with(Settings { limits, ..Settings::default() }, &[], comment_check(&[])).await
}

/// All deliveries at the same time.
async fn at_once(bench: &Bench, deliveries: impl Iterator<Item = (TicketId, String)>) -> Vec<(TicketId, Answer)> {
    let mut sent = JoinSet::new();
    for (ticket, callback) in deliveries {
        let (lambda, event) = (Arc::clone(&bench.lambda), delivery(bench.portal(), ticket, &callback, &[]));
        sent.spawn(async move { (ticket, Answer::read(&lambda.answer(event).await)) });
    }
    sent.join_all().await
}

#[tokio::test]
async fn a_hundred_identical_deliveries_at_once_write_one_comment() {
    let bench = busy().await;
    let ticket = bench.escalated(&first_three());
    let answers = at_once(&bench, (0..100).map(|_| (ticket, "ap-1-1-1-0".to_owned()))).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    let mut statuses = BTreeMap::new();
    answers.iter().for_each(|(_, it)| *statuses.entry(it.status).or_insert(0) += 1);
    assert!(statuses.keys().all(|it| [200, 429].contains(it)), "{statuses:?}");
    assert!(statuses[&200] > 0, "{statuses:?}");
    let done: Vec<_> = answers.iter().filter(|(_, it)| it.status == 200).map(|(_, it)| it).collect();
    assert!(done.iter().all(|it| *it == done[0]), "all who hear, hear the same");
    assert!(answers.iter().all(|(_, it)| it.status == 200 || it.retry_after >= Some(1_000)));
    // Each is counted and tries to take it; one ends it.
    assert_eq!(bench.dynamo.requests().len(), 201);
    bench.wait(14);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

#[tokio::test]
async fn a_repeat_while_the_first_is_at_it_is_asked_to_come_back() {
    let bench = busy().await;
    let ticket = bench.escalated(&first_three());
    let (entered, entry) = tokio::sync::oneshot::channel();
    let (leave, left) = tokio::sync::oneshot::channel::<()>();
    let once = std::sync::Mutex::new(Some((entered, left)));
    bench.hubspot.before_each(move |call| {
        let comment = call.method == "POST" && call.path.ends_with("/notes");
        let once = if comment { once.lock().unwrap().take() } else { None };
        async move {
            if let Some((entered, left)) = once {
                entered.send(()).unwrap();
                left.await.unwrap();
            }
        }
    });
    let (lambda, event) = (Arc::clone(&bench.lambda), delivery(bench.portal(), ticket, "ap-1-1-1-0", &[]));
    let first = tokio::spawn(async move { Answer::read(&lambda.answer(event).await) });
    entry.await.unwrap();
    let second = bench.check(ticket, &[]).await;
    // The deadline of the first, three seconds more, and a millisecond.
    assert_eq!((second.status, second.retry_after), (429, Some(13_001)));
    leave.send(()).unwrap();
    assert_eq!(first.await.unwrap().outcome(), "incomplete");
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

#[tokio::test]
async fn different_tickets_in_the_same_second_do_not_mix() {
    let bench = busy().await;
    let comments = [first_three(), format!("{}{BLOCKER}", first_three()), whole()];
    let tickets: Vec<TicketId> = (0..30).map(|it| bench.escalated(&comments[it % 3])).collect();
    let deliveries = tickets.iter().enumerate().map(|(at, ticket)| (*ticket, format!("ap-1-{at}-1-0")));
    let answers: BTreeMap<TicketId, Answer> = at_once(&bench, deliveries).await.into_iter().collect();
    let expected = ["blocker;required_to_resolve", "required_to_resolve", ""];
    for (at, ticket) in tickets.iter().enumerate() {
        let missing = expected[at % 3];
        assert_eq!(answers[ticket].get("missing_points"), missing);
        assert_eq!(bench.value(*ticket, "escalation_comment_missing"), missing);
        assert_eq!(bench.notes_of_ours(*ticket), usize::from(!missing.is_empty()));
        let ours = bench.hubspot.notes(*ticket).into_iter().filter(|it| it.author.is_none());
        ours.for_each(|it| assert!(it.body.contains(&format!("/0-5/{ticket}#hsj-")), "{}", it.body));
    }
    assert_eq!(bench.dynamo.items().await.unwrap().len(), 30 + 20, "each is counted, and two of three are told");
    bench.finish();
}

#[tokio::test]
async fn the_agents_answer_while_we_write_is_seen_the_next_time() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::CutBefore));
    bench.pass(0).await;
    bench.sam().write_note(ticket, &crate::bench::texts::last_two()).unwrap();
    bench.pass(30).await;
    assert_eq!(bench.said(ticket), "", "what is complete by now is not asked for");
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    bench.finish();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_processes_at_once_write_one_comment() {
    let mut shop = Shop::open().await;
    let ticket = shop.escalated(&first_three());
    shop.product.deliver("validate-comment", ticket, 10).await.unwrap();
    shop.pass(30).await;
    shop.ended_well(ticket, "ten deliveries");
    let environments: BTreeSet<_> = shop.product.host.reports().iter().map(|it| it.environment.clone()).collect();
    assert_eq!(environments.len(), 10, "each had a process of its own");
    shop.close();
}
