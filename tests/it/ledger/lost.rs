//! Answers that get lost between us and DynamoDB, DynamoDB being down, and visits that come back
//! too late.

use std::time::Duration;

use escalation::ledger::{Done, How, Ledger, Setback, Times, Unfinished};
use escalation::runtime::Failure;
use sandbox::dynamo::{Moment, Step};

use super::bench::{Bench, LEASE, production_client};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
/// DynamoDB says that the condition failed, and shows no item.
const VANISHED: Step = Step::Refuse(400, "ConditionalCheckFailedException");

fn refused() -> Setback {
    Setback::Refused { reason: "no such ticket".to_owned() }
}

fn pause() -> Setback {
    Setback::NotApplied { retry_after: Some(7 * SECOND), reason: "429".to_owned() }
}

#[tokio::test]
async fn a_lost_answer_to_parking_or_failing_is_recognised() {
    let bench = Bench::new().await;
    bench.dynamo.plan(1, Moment::After, Step::Drop);
    let answer = bench.act(async { Err(pause()) }).await;
    assert!(matches!(answer, Err(Unfinished::Parked { .. })), "{answer:?}");
    assert_eq!(bench.item().await["st"]["S"], "R");

    let bench = Bench::new().await;
    bench.dynamo.plan(1, Moment::After, Step::FAIL);
    let answer = bench.act(async { Err(refused()) }).await;
    assert!(matches!(answer, Err(Unfinished::Failed { .. })), "{answer:?}");
    assert_eq!(bench.item().await["st"]["S"], "F");
}

/// P10: no claim, no act.
#[tokio::test]
async fn f10_nothing_is_done_while_the_table_is_down() {
    for (step, tries) in [
        (Step::THROTTLE, 3),
        (Step::FAIL, 3),
        (Step::Drop, 3),
        (Step::Refuse(400, "ResourceNotFoundException"), 1),
        (Step::Refuse(400, "AccessDeniedException"), 1),
    ] {
        let bench = Bench::new().await;
        for index in 0..tries {
            bench.dynamo.plan(index, Moment::Before, step);
        }
        let answer = bench.visit().await;
        assert!(matches!(answer, Err(Unfinished::Unavailable(_))), "{answer:?}");
        assert_eq!(bench.dynamo.requests().len(), tries);
        assert_eq!(bench.vendor.count(), 0);
        assert_eq!(bench.visit().await.unwrap().how, How::Acted);
    }
}

/// P10: what we cannot show to be recorded is not answered as done; the next visit finds it.
#[tokio::test]
async fn f12_an_effect_that_could_not_be_recorded_is_adopted_later() {
    for (moment, expected) in [(Moment::Before, How::Adopted), (Moment::After, How::Replayed)] {
        let bench = Bench::new().await;
        for index in 1..=3 {
            bench.dynamo.plan(index, moment, Step::FAIL);
        }
        let answer = bench.visit().await;
        bench.time.pass(LEASE + MS);
        let how = bench.visit().await.unwrap().how;
        assert!(matches!(answer, Err(Unfinished::Unavailable(_))), "{answer:?}");
        assert_eq!(how, expected);
        assert_eq!(bench.vendor.count(), 1);
    }
}

/// P10: what went wrong first is still to be read when recording it fails too.
#[tokio::test]
async fn a_setback_that_could_not_be_recorded_is_not_masked() {
    let bench = Bench::new().await;
    for index in 1..=3 {
        bench.dynamo.plan(index, Moment::Before, Step::THROTTLE);
    }
    let text = unavailable(bench.act(async { Err(Setback::Unknown { reason: "502".to_owned() }) }).await);
    assert!(text.contains("its outcome is unknown: 502, and that is not recorded"), "{text}");
    assert!(text.contains("ProvisionedThroughputExceeded"), "{text}");
}

/// What a vendor says of a refusal may quote what people wrote, and the error is logged.
#[tokio::test]
async fn a_refusal_that_could_not_be_recorded_keeps_its_reason_to_itself() {
    let bench = Bench::new().await;
    for index in 1..=3 {
        bench.dynamo.plan(index, Moment::Before, Step::THROTTLE);
    }
    let text = unavailable(bench.act(async { Err(refused()) }).await);
    assert!(text.contains("it was refused, and that is not recorded") && !text.contains("ticket"), "{text}");
    assert!(text.contains("ProvisionedThroughputExceeded"), "{text}");
}

#[track_caller]
fn unavailable(answer: Result<Done<String>, Unfinished>) -> String {
    match answer {
        Err(Unfinished::Unavailable(error)) => format!("{error:#}"),
        other => panic!("{other:?}"),
    }
}

/// The client of production does not wait for ever for an answer.
#[tokio::test]
async fn a_request_that_hangs_is_sent_again() {
    let bench = Bench::new().await;
    let client = production_client(&bench.dynamo);
    let ledger = Ledger::new(client, bench.dynamo.table(), Times::default());
    bench.dynamo.plan(0, Moment::After, Step::Hang);
    let act = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let done = ledger.once(&bench.effect, &bench.invocation(), async { Ok(None) }, act).await;
    assert_eq!(done.unwrap().how, How::Acted);
    assert_eq!(bench.dynamo.requests().len(), 3);
}

/// P8: a record that goes while we look at it is asked for again, three times in all.
#[tokio::test]
async fn a_vanishing_record_is_asked_for_three_times() {
    for (vanishings, acted) in [(2, 1), (3, 0)] {
        let bench = Bench::new().await;
        for index in 0..vanishings {
            bench.dynamo.plan(index, Moment::Before, VANISHED);
        }
        let answer = bench.visit().await;
        assert_eq!(answer.is_ok(), acted == 1, "{answer:?}");
        assert_eq!(bench.vendor.count(), acted);
        assert_eq!(bench.dynamo.requests().len(), vanishings + 2 * acted);
    }
}

/// The first visit stalls past its lease and its comment shows up; the second adopts it; the first
/// then hears what the second recorded.
#[tokio::test]
async fn f14_a_visit_that_completes_too_late_answers_as_its_successor_did() {
    let bench = Bench::new().await;
    let act = async {
        bench.vendor.write(bench.effect.marker());
        bench.time.pass(LEASE + MS);
        assert_eq!(bench.visit().await.unwrap().how, How::Adopted);
        Ok("of the first".to_owned())
    };
    let late = bench.act(Box::pin(act)).await.unwrap();
    assert_eq!(late, Done { output: "comment-1".to_owned(), how: How::Replayed });
    assert_eq!(bench.item().await["fen"]["N"], "2");
}

#[tokio::test]
async fn a_visit_that_ends_too_late_leaves_its_successor_alone() {
    for setback in [pause(), refused(), Setback::Unknown { reason: "no answer".to_owned() }] {
        let bench = Bench::new().await;
        let act = async {
            bench.vendor.write(bench.effect.marker());
            bench.time.pass(LEASE + MS);
            bench.visit().await.unwrap();
            Err(setback)
        };
        let late = bench.act(Box::pin(act)).await.unwrap();
        assert_eq!(late.how, How::Replayed);
        assert_eq!(bench.item().await["st"]["S"], "D");
    }
}

/// The successor is still at it when the first comes back: no answer of the first counts.
#[tokio::test]
async fn f14_a_visit_that_completes_too_late_waits_for_its_successor() {
    let bench = Bench::new().await;
    let act = async {
        bench.time.pass(LEASE + MS);
        assert!(matches!(bench.visit().await, Err(Unfinished::Parked { .. })));
        Ok(bench.vendor.write(bench.effect.marker()))
    };
    let late = bench.act(Box::pin(act)).await;
    assert!(matches!(late, Err(Unfinished::Parked { .. })), "{late:?}");
    bench.time.pass(180 * SECOND);
    assert_eq!(bench.visit().await.unwrap().how, How::Adopted);
    assert_eq!(bench.vendor.count(), 1);
}

#[tokio::test]
async fn each_end_has_its_answer_to_the_caller() {
    let retry_after = SECOND;
    for busy in [Unfinished::Busy { retry_after }, Unfinished::Parked { retry_after }] {
        assert!(matches!(busy.into(), Failure::Busy { retry_after: SECOND }));
    }
    let failed = Unfinished::Failed { reason: "no such ticket".to_owned() };
    assert!(matches!(failed.into(), Failure::Rejected(reason) if reason == "no such ticket"));
    assert!(matches!(Unfinished::Mismatch.into(), Failure::Rejected(_)));
    let unknown = Unfinished::Unknown { reason: "no answer".to_owned() };
    assert!(matches!(unknown.into(), Failure::Later(_)));
    let down = Unfinished::Unavailable(anyhow::anyhow!("down"));
    assert!(matches!(down.into(), Failure::Later(_)));
}
