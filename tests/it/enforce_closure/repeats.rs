//! Many at the same time, and the same again and again.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::stage::Escalation;
use crate::bench::{Answer, Bench};

async fn at_once(bench: &Bench, it: Escalation, times: usize) -> Vec<Answer> {
    let mut sent = JoinSet::new();
    for _ in 0..times {
        let (lambda, event) = (Arc::clone(&bench.lambda), bench.closing(it.ticket));
        sent.spawn(async move { Answer::read(&lambda.answer(event).await) });
    }
    sent.join_all().await
}

#[tokio::test]
async fn twenty_deliveries_at_once_are_one_resolution() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    let answers = at_once(&bench, it, 20).await;
    assert!(answers.iter().all(|it| [200, 429].contains(&it.status)), "{answers:?}");
    bench.sweep_for(5).await;
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (1, 1));
    assert_eq!(bench.hubspot.history(it.ticket, "escalation_resolved_at").len(), 1);
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn twenty_deliveries_at_once_open_it_once() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    let answers = at_once(&bench, it, 20).await;
    assert!(answers.iter().all(|it| [200, 429].contains(&it.status)), "{answers:?}");
    bench.sweep_for(5).await;
    assert_eq!(bench.end(it), ["3", "cs", "triage", "not_communicated", ""]);
    assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len(), bench.reopened(it)), (1, 1, 1));
    bench.is_silent().await;
    bench.finish();
}

/// Sam closes while Dana does: whoever is second finds it closed.
#[tokio::test]
async fn two_people_who_close_at_once_resolve_it_once() {
    let mut bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    bench.dana().move_to(it.ticket, "4").unwrap();
    let (one, other) = tokio::join!(bench.close(it.ticket, &[]), bench.close(it.ticket, &[]));
    assert!([one.status, other.status].contains(&200));
    bench.pass(15).await;
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (1, 1));
    bench.finish();
}
