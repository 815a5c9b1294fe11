//! Calls that many environments take of one limit.

use std::time::Duration;

use escalation::ledger::{Ledger, Name, Shared, Times};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use super::bench::{Bench, client};

fn shared() -> Shared {
    Shared::new(Name::new("hubspot", &["calls"]).unwrap())
}

fn place(of: &str) -> Name {
    Name::new("place", &["8675309", of, "assign-lane"]).unwrap()
}

#[tokio::test]
async fn of_many_who_begin_at_the_same_moment_as_many_do_as_there_is_room_for() {
    let bench = Bench::new().await;
    let now = bench.time.now();
    let mut all = JoinSet::new();
    for _ in 0..16 {
        let ledger = Ledger::new(client(&bench.dynamo, 3), bench.dynamo.table(), Times::default());
        all.spawn(async move { ledger.begin(&shared(), 9, Some(100), now).await.unwrap() });
    }
    let begun = all.join_all().await.into_iter().filter(|it| *it).count();
    assert_eq!(begun, 10, "90 calls of 100: a tenth is kept");
}

#[tokio::test]
async fn one_write_begins_a_run_and_none_tells_that_there_is_no_room() {
    let bench = Bench::new().await;
    let (shared, now) = (shared(), bench.time.now());
    for _ in 0..10 {
        bench.dynamo.forget();
        assert!(bench.ledger.begin(&shared, 9, Some(100), now).await.unwrap());
        assert_eq!(bench.dynamo.requests().len(), 1);
    }
    bench.dynamo.forget();
    assert!(!bench.ledger.begin(&shared, 9, Some(100), now).await.unwrap());
    assert_eq!(bench.dynamo.requests().len(), 0);
    let later = now + SignedDuration::from_secs(11);
    assert!(bench.ledger.begin(&shared, 9, Some(100), later).await.unwrap());
}

#[tokio::test]
async fn a_place_is_taken_once_and_lapses() {
    let bench = Bench::new().await;
    let (one, now) = (place("42"), bench.time.now());
    assert_eq!(bench.ledger.place(&one, now).await.unwrap(), None);
    let at = now + SignedDuration::from_secs(30);
    bench.ledger.keep_place(&one, at).await.unwrap();
    assert_eq!(bench.ledger.place(&one, now).await.unwrap(), Some(at));
    assert_eq!(bench.ledger.place(&place("43"), now).await.unwrap(), None, "it is somebody's own");
    assert!(bench.ledger.take_place(&one, at).await.unwrap());
    assert!(!bench.ledger.take_place(&one, at).await.unwrap());
    assert_eq!(bench.ledger.place(&one, at).await.unwrap(), None);
    bench.ledger.keep_place(&one, at).await.unwrap();
    assert_eq!(bench.ledger.place(&one, at + Duration::from_secs(30 * 60)).await.unwrap(), None, "nobody came for it");
}
