//! Effects that nobody can look up: noted before they begin, never tried twice.

use std::time::Duration;

use escalation::ledger::{Done, How, Setback, Unfinished};
use sandbox::dynamo::{Moment, Step};

use super::bench::{Bench, LEASE};

type Answer = Result<Done<Option<String>>, Unfinished>;

async fn post(bench: &Bench, act: impl Future<Output = Result<String, Setback>>) -> Answer {
    bench.ledger.at_most_once(&bench.effect, &bench.invocation(), act).await
}

async fn write(bench: &Bench) -> Answer {
    post(bench, async { Ok(bench.vendor.write(bench.effect.marker())) }).await
}

fn posted(how: How) -> Done<Option<String>> {
    Done { output: Some("comment-1".to_owned()), how }
}

#[tokio::test]
async fn it_is_done_and_then_replayed() {
    let bench = Bench::new().await;
    assert_eq!(write(&bench).await.unwrap(), posted(How::Acted));
    assert_eq!(write(&bench).await.unwrap(), posted(How::Replayed));
    assert_eq!(bench.vendor.count(), 1);
}

#[tokio::test]
async fn an_attempt_without_an_answer_is_the_last() {
    let bench = Bench::new().await;
    let lost = Setback::Unknown { reason: "no answer".to_owned() };
    let unconfirmed = Done { output: None, how: How::Unconfirmed };
    assert_eq!(post(&bench, async { Err(lost) }).await.unwrap(), unconfirmed);
    assert_eq!(write(&bench).await.unwrap(), Done { output: None, how: How::Replayed });
    assert_eq!(bench.vendor.count(), 0);
}

#[tokio::test]
async fn an_attempt_that_was_surely_not_applied_is_made_again() {
    let bench = Bench::new().await;
    let pause = Setback::NotApplied { retry_after: Some(Duration::from_secs(5)), reason: "429".to_owned() };
    assert!(matches!(post(&bench, async { Err(pause) }).await, Err(Unfinished::Parked { .. })));
    bench.time.pass(Duration::from_secs(5));
    assert_eq!(write(&bench).await.unwrap(), posted(How::Acted));
}

/// Killed at each request, on either side: at most one, and none only where one may have begun.
#[tokio::test]
async fn a_kill_anywhere_never_makes_two() {
    for (index, moment, expected, how) in [
        (0, Moment::Before, 1, How::Acted),
        (0, Moment::After, 1, How::Acted),
        (1, Moment::Before, 1, How::Acted),
        (1, Moment::After, 0, How::Unconfirmed),
        (2, Moment::Before, 1, How::Unconfirmed),
        (2, Moment::After, 1, How::Replayed),
    ] {
        let bench = Bench::new().await;
        bench.dynamo.plan(index, moment, Step::Hang);
        let reached = async {
            while !bench.dynamo.is_hanging() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answer = write(&bench) => panic!("{answer:?}"),
            () = reached => {}
        }
        bench.time.pass(LEASE + Duration::from_millis(1));
        assert_eq!(write(&bench).await.unwrap().how, how, "{index} {moment:?}");
        assert_eq!(bench.vendor.count(), expected, "{index} {moment:?}");
    }
}

#[tokio::test]
async fn a_note_that_cannot_be_written_is_taken_back() {
    for moment in [Moment::Before, Moment::After] {
        let bench = Bench::new().await;
        for index in 1..=3 {
            bench.dynamo.plan(index, moment, Step::Drop);
        }
        assert!(matches!(write(&bench).await, Err(Unfinished::Unavailable(_))));
        assert_eq!(bench.vendor.count(), 0);
        assert_eq!(write(&bench).await.unwrap(), posted(How::Acted), "{moment:?}");
    }
}
