//! What can go wrong, row by row, where the ledger alone is the place to show it.
//!
//! | F | what goes wrong | where |
//! | --- | --- | --- |
//! | 8, 9 | taking an effect: the answer is lost once, or every time | below |
//! | 10 | the table is down | `lost` |
//! | 11 | the first step cannot be noted | `second_step` |
//! | 12 | the end cannot be recorded | below, and `lost` for one step |
//! | 13 | the end is recorded, and the answer lost | below |
//! | 14 | the end is refused: a later visit has the record | `lost` |
//! | 19 | the vendor asks for a pause, or for none | `visits` |
//! | 26 | the search lags 0, 20 or 150 s | `faults`, and `visits` |
//! | 32 | 2, 10 and 100 deliveries at once | below |
//! | 33, 34 | a twin in each gap, before and after the lease's end | below |
//! | 35 | clocks apart by up to a minute | `faults` |
//! | 38 | a record that another version wrote | `visits` |
//! | 40 | the table is set back to an older day | below |
//! | 41 | a retry brings other fields | `visits` |
//! | 42, 43 | a batch with poison, a throttled ticket, the same event twice | `hubspot_events::batches` |
//! | 49 | many effects in one moment | `visits` |
//! | 50 | a record at a point that another version noted | below |

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use escalation::ledger::{Done, How, Setback, Unfinished};
use sandbox::dynamo::{Moment, Step};
use serde_json::{Value, json};

use super::bench::{Bench, LEASE};
use super::second_step::{Answer, Desk, Log, done, number, parked};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const HORIZON: Duration = Duration::from_secs(180);

#[track_caller]
fn is_unavailable<T: std::fmt::Debug>(answer: Result<T, Unfinished>) {
    assert!(matches!(answer, Err(Unfinished::Unavailable(_))), "{answer:?}");
}

/// The client tries a write again whose answer was lost: we know our own.
#[tokio::test]
async fn f08_taking_an_effect_whose_answer_is_lost_is_recognised() {
    let bench = Bench::new().await;
    bench.dynamo.plan(0, Moment::After, Step::Drop);
    assert_eq!(bench.visit().await.unwrap(), done(How::Acted));
    assert_eq!(bench.dynamo.requests().len(), 3);
    assert_eq!(number(&bench.item().await, "fen"), Some(1));
}

/// Nobody knows that it was taken; so it is left alone until the lease is over, and then a repeat.
#[tokio::test]
async fn f09_an_effect_that_was_taken_and_never_told_is_a_repeat_after_its_lease() {
    let desk = Desk::new().await;
    for index in 0..3 {
        desk.bench.dynamo.plan(index, Moment::After, Step::Drop);
    }
    is_unavailable(desk.act(async { panic!("nobody knows whose it is") }).await);
    assert!(matches!(desk.visit().await, Err(Unfinished::Busy { .. })));
    desk.bench.time.pass(LEASE + MS);
    assert_eq!(parked(desk.visit().await), HORIZON - MS);
    desk.bench.time.pass(HORIZON);
    assert_eq!(desk.visit().await.unwrap(), done(How::Acted));
    assert_eq!(desk.counts(), (1, 1));
}

/// Both steps are done: the next visit finds the first on record, and the second at the vendor.
#[tokio::test]
async fn f12_an_end_that_cannot_be_recorded_is_made_up_for_from_where_it_was() {
    let desk = Desk::new().await;
    for index in 2..=4 {
        desk.bench.dynamo.plan(index, Moment::Before, Step::THROTTLE);
    }
    is_unavailable(desk.visit().await);
    desk.bench.time.pass(LEASE + MS);
    let answer = desk.resume(desk.look_for_the_note(), async { panic!("it is there") }).await;
    assert_eq!(answer.unwrap(), done(How::Replayed));
    assert_eq!(desk.counts(), (1, 1));
}

#[tokio::test]
async fn f13_a_completion_whose_answer_is_lost_is_recognised() {
    let desk = Desk::new().await;
    desk.bench.dynamo.plan(2, Moment::After, Step::Drop);
    assert_eq!(desk.visit().await.unwrap(), done(How::Acted));
    assert_eq!(desk.bench.dynamo.requests().len(), 4);
    let item = desk.bench.item().await;
    assert_eq!((item["st"]["S"].as_str(), number(&item, "fen")), (Some("D"), Some(1)));

    let bench = Bench::new().await;
    bench.dynamo.plan(1, Moment::After, Step::Drop);
    assert_eq!(bench.visit().await.unwrap(), done(How::Acted));
    assert_eq!(bench.item().await["st"]["S"], "D");
}

/// P26: one acts, the others are busy or hear what it recorded: each asks once, the winner writes
/// twice more.
#[tokio::test]
async fn f32_deliveries_at_once_act_once() {
    for deliveries in [2, 10, 100] {
        let bench = Bench::new().await;
        let acts = [Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0))];
        let mut visits = tokio::task::JoinSet::new();
        for _ in 0..deliveries {
            let (ledger, invocation, effect) = (bench.ledger.clone(), bench.invocation(), bench.effect.clone());
            let [created, noted] = acts.clone();
            visits.spawn(async move {
                let create = async {
                    tokio::task::yield_now().await;
                    Ok(created.fetch_add(1, Ordering::SeqCst))
                };
                let then = |_| {
                    let note = async move {
                        tokio::task::yield_now().await;
                        noted.fetch_add(1, Ordering::SeqCst);
                        Ok(())
                    };
                    (async { panic!("nobody can have begun it") }, note)
                };
                ledger.once_then(&effect, &invocation, async { Ok(None) }, create, then).await
            });
        }
        let mut acted = 0;
        while let Some(visit) = visits.join_next().await {
            match visit.unwrap() {
                Ok(Done { output: 0, how: How::Acted }) => acted += 1,
                Ok(Done { output: 0, how: How::Replayed }) | Err(Unfinished::Busy { .. }) => {}
                other => panic!("{other:?}"),
            }
        }
        let counts = acts.map(|it| it.load(Ordering::SeqCst));
        assert_eq!((acted, counts), (1, [1, 1]));
        let item = bench.item().await;
        assert_eq!((item["st"]["S"].as_str(), number(&item, "fen")), (Some("D"), Some(1)));
        assert_eq!(bench.dynamo.requests().len(), deliveries + 2);
    }
}

/// Where the first visit is when its twin comes.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Gap {
    /// It has taken the effect and not begun.
    Taken,
    /// The issue is there and not on record.
    Created,
    /// The issue is on record, and nothing follows yet.
    Noted,
    /// Both are there, and the record does not say so.
    Followed,
}

impl Gap {
    const ALL: [Self; 4] = [Self::Taken, Self::Created, Self::Noted, Self::Followed];
}

/// A visit in which `twin` happens at `gap`.
async fn interrupted(desk: &Desk, gap: Gap, twin: impl AsyncFn()) -> Answer {
    let at = async |here: Gap| {
        if here == gap {
            twin().await;
        }
    };
    let act = async {
        at(Gap::Taken).await;
        let issue = desk.create();
        at(Gap::Created).await;
        Ok(issue)
    };
    let follow = async {
        at(Gap::Noted).await;
        desk.note().await?;
        at(Gap::Followed).await;
        Ok(())
    };
    let unseen = async || panic!("nobody can have begun it");
    Box::pin(desk.deliver(unseen(), act, async { panic!("nobody can have begun it") }, follow)).await
}

#[tokio::test]
async fn f33_a_twin_in_any_gap_is_busy_and_changes_nothing() {
    for gap in Gap::ALL {
        let desk = Desk::new().await;
        let twin = async || {
            let before = desk.bench.item().await;
            let answer = desk.visit().await;
            assert!(matches!(answer, Err(Unfinished::Busy { .. })), "{gap:?}: {answer:?}");
            assert_eq!(desk.bench.item().await, before);
        };
        assert_eq!(interrupted(&desk, gap, twin).await.unwrap(), done(How::Acted), "{gap:?}");
        assert_eq!(desk.visit().await.unwrap(), done(How::Replayed));
        assert_eq!(desk.counts(), (1, 1), "{gap:?}");
    }
}

/// The first visit stalls for 40 s, longer than its lease: whatever it writes then is refused, and
/// whoever comes later finishes what is left.
#[tokio::test]
async fn f34_a_twin_after_the_lease_fences_a_visit_that_stalls() {
    for gap in Gap::ALL {
        let desk = Desk::new().await;
        let twin = async || {
            desk.bench.time.pass(40 * SECOND);
            let answer = desk.visit().await;
            let is_right = match gap {
                // What the first may yet do is not there to be found.
                Gap::Taken | Gap::Noted => matches!(answer, Err(Unfinished::Parked { .. })),
                Gap::Created => answer.as_ref().is_ok_and(|it| it.how == How::Adopted),
                Gap::Followed => answer.as_ref().is_ok_and(|it| it.how == How::Replayed),
            };
            assert!(is_right, "{gap:?}: {answer:?}");
        };
        let late = interrupted(&desk, gap, twin).await;
        let is_right = match gap {
            Gap::Taken | Gap::Noted => matches!(late, Err(Unfinished::Parked { .. })),
            Gap::Created | Gap::Followed => late.as_ref().is_ok_and(|it| it.how == How::Replayed),
        };
        assert!(is_right, "{gap:?}: {late:?}");
        assert_eq!(number(&desk.bench.item().await, "fen"), Some(2), "{gap:?}");
        desk.bench.time.pass(HORIZON);
        let output = desk.visit().await.unwrap().output;
        assert_eq!((output.as_str(), desk.counts()), ("comment-1", (1, 1)), "{gap:?}");
    }
}

/// Set back to any moment at which the record was there, it says that somebody may have acted, and
/// what is there is adopted. What was not begun on that day is begun again: the note, where the issue
/// was not on record. And of an effect without a record the ledger knows nothing: there the ticket
/// itself is the witness.
#[tokio::test]
async fn f40_a_table_that_was_set_back_leads_to_the_issue_that_is_there() {
    let mut older = Vec::new();
    for gap in [Gap::Taken, Gap::Noted] {
        let desk = Desk::new().await;
        let kept = Mutex::new(Value::Null);
        let keep = async || {
            let item = desk.bench.item().await;
            *kept.lock().unwrap() = item;
        };
        interrupted(&desk, gap, keep).await.unwrap();
        older.push(kept.into_inner().unwrap());
    }
    let desk = Desk::new().await;
    let pause = Setback::NotApplied { retry_after: None, reason: "429".to_owned() };
    is_unavailable(desk.follow(async { Err(pause) }).await);
    older.push(desk.bench.item().await);

    let ends = [(How::Adopted, 2), (How::Replayed, 1), (How::Replayed, 1)];
    for (item, (how, notes)) in older.into_iter().zip(ends) {
        let desk = Desk::new().await;
        desk.visit().await.unwrap();
        desk.bench.time.pass(LEASE + MS);
        desk.bench.set(item).await;
        assert_eq!(desk.visit().await.unwrap(), done(how));
        assert_eq!(desk.counts(), (1, notes));
    }
}

/// A newer version may number further points. It is put off for that version, said as an error, and
/// keeps what it holds.
#[tokio::test]
async fn f50_a_record_at_an_unknown_point_is_left_to_the_version_that_knows_it() {
    for rp in [json!({ "N": "3" }), json!({ "S": "x" })] {
        for state in ["P", "R"] {
            let bench = Bench::new().await;
            let now = bench.time.ms();
            let record = json!({
                "v": {"N": "1"}, "st": {"S": state}, "fen": {"N": "4"}, "lex": {"N": (now - 1).to_string()},
                "nbf": {"N": (now - 1).to_string()}, "res": {"S": "\"comment-1\""}, "rp": rp,
            });
            for attempt in 0..3 {
                bench.set(record.clone()).await;
                let log = Log::default();
                let listening = log.listen();
                let act = async { panic!("nobody knows how far it is") };
                let look_up = async { panic!("nobody knows how far it is") };
                let (effect, invocation) = (&bench.effect, &bench.invocation());
                match attempt {
                    0 => is_unavailable::<Done<Value>>(bench.ledger.once(effect, invocation, look_up, act).await),
                    1 => is_unavailable(bench.ledger.at_most_once::<Value, _>(effect, invocation, act).await),
                    _ => {
                        let then = |_: Value| (async { Ok(false) }, async { Ok(()) });
                        is_unavailable(bench.ledger.once_then(effect, invocation, look_up, act, then).await);
                    }
                }
                drop(listening);
                assert_eq!(log.errors().len(), 1);
                let item = bench.item().await;
                assert_eq!((item["st"]["S"].as_str(), number(&item, "nbf")), (Some("R"), Some(now + 60_000)));
                assert_eq!((&item["rp"], &item["res"]), (&record["rp"], &record["res"]));
            }
        }
    }
}
