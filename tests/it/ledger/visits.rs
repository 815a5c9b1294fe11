//! What a visit finds and does: first, repeated, concurrent, too early, too late.

use std::time::Duration;

use escalation::ledger::{Done, Effect, How, Setback, Times, Unfinished};
use serde_json::{Value, json};

use super::bench::{Bench, LEASE, LIMIT, Vendor, feedback, feedback_about};

const MS: Duration = Duration::from_millis(1);
const SECOND: Duration = Duration::from_secs(1);
const HORIZON: Duration = Duration::from_secs(180);

fn done(output: &str, how: How) -> Done<String> {
    Done { output: output.to_owned(), how }
}

fn lost() -> Setback {
    Setback::Unknown { reason: "no answer".to_owned() }
}

fn down() -> Setback {
    Setback::NotApplied { retry_after: None, reason: "connection refused".to_owned() }
}

fn state(item: &Value) -> &str {
    item["st"]["S"].as_str().unwrap()
}

fn number(item: &Value, name: &str) -> i64 {
    item[name]["N"].as_str().unwrap().parse().unwrap()
}

#[track_caller]
fn busy(answer: Result<Done<String>, Unfinished>) -> Duration {
    match answer {
        Err(Unfinished::Busy { retry_after }) => retry_after,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn parked(answer: Result<Done<String>, Unfinished>) -> Duration {
    match answer {
        Err(Unfinished::Parked { retry_after }) => retry_after,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn unavailable(answer: Result<Done<String>, Unfinished>) -> String {
    match answer {
        Err(Unfinished::Unavailable(error)) => format!("{error:#}"),
        other => panic!("{other:?}"),
    }
}

/// P2, P17, P28: the record answers, by one failed write.
#[tokio::test]
async fn a_done_effect_is_replayed() {
    let bench = Bench::new().await;
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Acted));
    bench.dynamo.forget();
    let before = bench.item().await;
    for _ in 0..3 {
        assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Replayed));
    }
    assert_eq!(bench.dynamo.requests().len(), 3);
    assert_eq!(bench.item().await, before);
    assert_eq!(bench.vendor.count(), 1);
}

/// P3: a twin hears how long, each time anew; P26 is F32 of the matrix, the same with a hundred.
#[tokio::test]
async fn a_running_effect_is_busy_however_often_it_is_asked_for() {
    let bench = Bench::new().await;
    bench.die().await;
    for left in [28_001, 27_001, 26_001] {
        assert_eq!(busy(bench.visit().await), Duration::from_millis(left));
        bench.time.pass(SECOND);
    }
    assert_eq!(bench.vendor.count(), 0);
}

/// P4: both sides of the lease's end.
#[tokio::test]
async fn an_abandoned_effect_is_taken_over_when_its_lease_is_over() {
    let bench = Bench::new().await;
    bench.die().await;
    bench.time.pass(LEASE);
    assert_eq!(busy(bench.visit().await), SECOND);
    bench.time.pass(MS);
    assert_eq!(parked(bench.visit().await), HORIZON - MS);
    assert_eq!(number(&bench.item().await, "fen"), 2);
}

/// P5: nobody may take what has no end; a person has to look.
#[tokio::test]
async fn a_lease_without_an_end_stays_locked() {
    let bench = Bench::new().await;
    bench.set(json!({ "v": {"N": "1"}, "st": {"S": "P"}, "own": {"S": "x"}, "fen": {"N": "1"} })).await;
    bench.time.pass(Duration::from_secs(1_000_000));
    assert_eq!(busy(bench.visit().await), Duration::from_secs(60));
    assert_eq!(bench.vendor.count(), 0);
}

/// P6: with too little time nothing is even written; both sides of the limit.
#[tokio::test]
async fn a_visit_without_time_to_act_does_not_begin() {
    let bench = Bench::new().await;
    let needed = Times::default().act + 2 * SECOND;
    let invocation = bench.invocation();
    bench.time.pass(LIMIT - needed + MS);
    let act = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let answer = bench.ledger.once(&bench.effect, &invocation, async { Ok(None) }, act).await;
    unavailable(answer);
    assert!(bench.dynamo.requests().is_empty());

    let invocation = bench.invocation();
    bench.time.pass(LIMIT - needed);
    let act = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let answer = bench.ledger.once(&bench.effect, &invocation, async { Ok(None) }, act).await;
    assert_eq!(answer.unwrap().how, How::Acted);
}

/// A slow look leaves too little time: parked, not acted, and the next visit need not wait.
#[tokio::test]
async fn a_visit_that_runs_out_of_time_parks_before_it_acts() {
    let bench = Bench::new().await;
    unavailable(bench.act(async { Err(down()) }).await);
    let slow = async {
        bench.time.pass(21 * SECOND);
        Ok(None)
    };
    let act = async { Ok(bench.vendor.write(bench.effect.marker())) };
    let answer = bench.ledger.once(&bench.effect, &bench.invocation(), slow, act).await;
    assert_eq!(parked(answer), SECOND);
    assert_eq!(bench.vendor.count(), 0);
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Acted));
}

/// P7, P24: that a record may be collected does not make it forgotten.
#[tokio::test]
async fn a_record_past_its_date_still_counts() {
    let bench = Bench::new().await;
    bench.visit().await.unwrap();
    let item = bench.item().await;
    assert_eq!(number(&item, "exp"), (bench.time.ms() / 1_000) + 14 * 24 * 3_600);
    bench.time.pass(Duration::from_secs(15 * 24 * 3_600));
    assert_eq!(bench.visit().await.unwrap().how, How::Replayed);
}

#[tokio::test]
async fn an_unfinished_record_is_kept_for_sixty_days() {
    let bench = Bench::new().await;
    unavailable(bench.act(async { Err(down()) }).await);
    let kept = (bench.time.ms() / 1_000) + 60 * 24 * 3_600;
    assert_eq!(number(&bench.item().await, "exp"), kept);
}

/// P9: an act that fails parks its effect; the record stays and the next delivery goes on.
#[tokio::test]
async fn f19_an_effect_that_was_surely_not_applied_is_tried_again_at_once() {
    let bench = Bench::new().await;
    assert_eq!(unavailable(bench.act(async { Err(down()) }).await), "connection refused");
    let item = bench.item().await;
    assert_eq!((state(&item), number(&item, "lex")), ("R", 0));
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Acted));
}

#[tokio::test]
async fn f19_a_vendor_that_asks_for_a_pause_gets_it() {
    let bench = Bench::new().await;
    let pause = Setback::NotApplied { retry_after: Some(7 * SECOND), reason: "429".to_owned() };
    assert_eq!(parked(bench.act(async { Err(pause) }).await), 7 * SECOND);
    bench.time.pass(7 * SECOND - MS);
    assert_eq!(parked(bench.visit().await), SECOND);
    bench.time.pass(MS);
    assert_eq!(bench.visit().await.unwrap().how, How::Acted);
}

/// P11: the first payload wins; a strict effect says so. Done, running and parked alike.
#[tokio::test]
async fn f41_other_fields_for_the_same_effect_are_noticed_and_change_nothing() {
    let bench = Bench::new().await;
    let identity = ["8675309", "42", "1"];
    let fields = json!({ "missing": ["blocker", "issue"] });
    let lenient = Effect::new("feedback-comment", &identity, &fields).unwrap();
    let strict = lenient.clone().strict();
    let ask = async |effect: &Effect| {
        let act = async { Ok(bench.vendor.write(effect.marker())) };
        bench.ledger.once(effect, &bench.invocation(), async { Ok(None) }, act).await
    };
    bench.die().await;
    let running = bench.item().await;
    assert!(matches!(ask(&strict).await, Err(Unfinished::Mismatch)));
    assert!(matches!(ask(&lenient).await, Err(Unfinished::Busy { .. })));
    assert_eq!(bench.item().await, running);
    bench.time.pass(LEASE + MS);
    assert!(matches!(ask(&strict).await, Err(Unfinished::Mismatch)));
    assert_eq!(bench.item().await, running);

    bench.time.pass(HORIZON);
    bench.visit().await.unwrap();
    let ended = bench.item().await;
    assert!(matches!(ask(&strict).await, Err(Unfinished::Mismatch)));
    assert_eq!(ask(&lenient).await.unwrap(), done("comment-1", How::Replayed));
    assert_eq!(bench.item().await, ended);
}

/// P16: nothing is a result like any other.
#[tokio::test]
async fn an_empty_output_is_replayed_as_such() {
    let bench = Bench::new().await;
    for (ticket, output) in [("1", None), ("2", Some(String::new())), ("3", Some("0".to_owned()))] {
        let effect = feedback(ticket);
        for how in [How::Acted, How::Replayed] {
            let look_up = async { panic!("the record has it") };
            let act = async { Ok(output.clone()) };
            let answer = bench.ledger.once(&effect, &bench.invocation(), look_up, act).await;
            assert_eq!(answer.unwrap(), Done { output: output.clone(), how });
        }
    }
}

/// P19: what another version wrote is left alone.
#[tokio::test]
async fn f38_a_record_of_an_unknown_layout_is_left_alone() {
    for unknown in [
        json!({ "v": {"N": "2"}, "st": {"S": "R"}, "nbf": {"N": "0"}, "fen": {"N": "1"} }),
        json!({ "v": {"N": "1"}, "st": {"S": "X"}, "fen": {"N": "1"} }),
        json!({ "v": {"N": "1"}, "fen": {"N": "1"} }),
        json!({ "st": {"S": "D"} }),
        json!({}),
    ] {
        let bench = Bench::new().await;
        bench.set(unknown).await;
        let before = bench.item().await;
        unavailable(bench.visit().await);
        assert_eq!(bench.item().await, before);
        assert_eq!(bench.vendor.count(), 0);
    }
}

/// P22: the kind of effect is part of its name.
#[tokio::test]
async fn two_kinds_of_effect_with_one_identity_are_two_effects() {
    let mut bench = Bench::new().await;
    bench.visit().await.unwrap();
    bench.effect = Effect::new("reminder", &["8675309", "42", "1"], &()).unwrap();
    assert_eq!(bench.visit().await.unwrap(), done("comment-2", How::Acted));
}

/// P23: fifty effects at once do not hear each other's outputs.
#[tokio::test]
async fn f49_many_effects_at_once_do_not_mix() {
    let bench = Bench::new().await;
    let mut visits = tokio::task::JoinSet::new();
    for ticket in 0..50 {
        let (ledger, invocation) = (bench.ledger.clone(), bench.invocation());
        visits.spawn(async move {
            let effect = feedback(&ticket.to_string());
            let act = async { Ok(ticket) };
            let done = ledger.once(&effect, &invocation, async { Ok(None) }, act).await.unwrap();
            (ticket, done)
        });
    }
    while let Some(visit) = visits.join_next().await {
        let (ticket, done) = visit.unwrap();
        assert_eq!(done, Done { output: ticket, how: How::Acted });
    }
    assert_eq!(bench.dynamo.items().await.unwrap().len(), 50);
    assert_eq!(bench.dynamo.requests().len(), 100);
}

/// P30: two visits race for what a third left behind.
#[tokio::test]
async fn an_abandoned_effect_has_one_heir() {
    let bench = Bench::new().await;
    bench.die().await;
    bench.time.pass(LEASE + HORIZON + MS);
    let (one, other) = tokio::join!(bench.visit(), bench.visit());
    let acted = [&one, &other].into_iter().filter(|it| matches!(it, Ok(Done { how: How::Acted, .. }))).count();
    assert_eq!((acted, bench.vendor.count()), (1, 1), "{one:?} {other:?}");
}

/// P29: an effect that is refused leaves the next alone.
#[tokio::test]
async fn one_refused_effect_of_many_leaves_the_others_alone() {
    let bench = Bench::new().await;
    for (ticket, refused) in [("1", false), ("2", true), ("3", false)] {
        let effect = feedback(ticket);
        let act = async {
            match refused {
                true => Err(Setback::Refused { reason: "no such ticket".to_owned() }),
                false => Ok(bench.vendor.write(effect.marker())),
            }
        };
        let answer = bench.ledger.once(&effect, &bench.invocation(), async { Ok(None) }, act).await;
        assert_eq!(answer.is_err(), refused);
    }
    assert_eq!(bench.vendor.count(), 2);
}

#[tokio::test]
async fn a_refusal_is_recorded_and_replayed() {
    let bench = Bench::new().await;
    for _ in 0..2 {
        let refused = Setback::Refused { reason: "no such ticket".to_owned() };
        match bench.act(async { Err(refused) }).await {
            Err(Unfinished::Failed { reason }) => assert_eq!(reason, "no such ticket"),
            other => panic!("{other:?}"),
        }
    }
    match bench.visit().await {
        Err(Unfinished::Failed { reason }) => assert_eq!(reason, "no such ticket"),
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.vendor.count(), 0);
}

#[track_caller]
fn failed(answer: Result<Done<String>, Unfinished>) -> String {
    match answer {
        Err(Unfinished::Failed { reason }) => reason,
        other => panic!("{other:?}"),
    }
}

fn refuse(reason: &str) -> impl Future<Output = Result<String, Setback>> + use<> {
    std::future::ready(Err(Setback::Refused { reason: reason.to_owned() }))
}

/// A refusal stands until something changed; then each change has one more attempt.
#[tokio::test]
async fn a_refused_effect_is_taken_again_for_other_fields_alone() {
    let mut bench = Bench::new().await;
    assert_eq!(failed(bench.act(refuse("component")).await), "component");
    bench.effect = feedback_about("42", "impact");
    assert_eq!(failed(bench.act(refuse("priority")).await), "priority");
    let refused = bench.item().await;
    assert_eq!(number(&refused, "fen"), 2);
    let act = async { panic!("these fields were refused") };
    assert_eq!(failed(bench.act(act).await), "priority");
    assert_eq!(bench.item().await, refused);
    bench.effect = feedback_about("42", "action");
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Acted));
    let item = bench.item().await;
    assert_eq!((state(&item), number(&item, "fen")), ("D", 3));
    assert!(item["ag"].is_null());
    for fields in ["blocker", "impact", "action"] {
        bench.effect = feedback_about("42", fields);
        assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Replayed));
    }
}

/// It is on the agenda again, and what is found is adopted, as in any repeat.
#[tokio::test]
async fn a_refused_effect_that_is_taken_again_is_a_repeat() {
    let mut bench = Bench::new().await;
    failed(bench.act(refuse("component")).await);
    bench.vendor.write(bench.effect.marker());
    bench.effect = feedback_about("42", "impact");
    bench.die().await;
    let item = bench.item().await;
    assert_eq!((state(&item), item["ag"]["S"].as_str()), ("P", Some("open")));
    assert_eq!(number(&item, "sin"), bench.time.ms());
    bench.time.pass(LEASE + MS);
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Adopted));
}

/// An attempt that was open when a look was refused is waited for before the next one.
#[tokio::test]
async fn a_refused_effect_that_is_taken_again_keeps_to_the_horizon() {
    let mut bench = Bench::new().await;
    let vendor = Vendor::new(&bench.time, 150 * SECOND);
    let act = async {
        vendor.write(bench.effect.marker());
        Err(lost())
    };
    assert!(bench.act(act).await.is_err());
    bench.time.pass(60 * SECOND);
    let look_up = async { Err(Setback::Refused { reason: "404".to_owned() }) };
    let act = async { panic!("nothing was found out") };
    failed(bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await);
    bench.effect = feedback_about("42", "impact");
    assert_eq!(parked(bench.act(async { panic!("too early") }).await), 120 * SECOND);
    bench.time.pass(120 * SECOND);
    let look_up = async { Ok(vendor.find(bench.effect.marker())) };
    let act = async { panic!("it is there") };
    let adopted = bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await;
    assert_eq!(adopted.unwrap().how, How::Adopted);
}

/// What follows from a refusal is asked of one: the others are busy meanwhile.
#[tokio::test]
async fn a_refused_effect_has_one_heir() {
    let mut bench = Bench::new().await;
    failed(bench.act(refuse("component")).await);
    bench.effect = feedback_about("42", "impact");
    let (one, other) = tokio::join!(bench.visit(), bench.visit());
    let acted = [&one, &other].into_iter().filter(|it| matches!(it, Ok(Done { how: How::Acted, .. }))).count();
    assert_eq!((acted, bench.vendor.count()), (1, 1), "{one:?} {other:?}");
}

/// Its reason is nobody's output.
#[tokio::test]
async fn a_reason_is_never_replayed_as_an_output() {
    let mut bench = Bench::new().await;
    failed(bench.act(refuse("\"comment-7\"")).await);
    bench.effect = feedback_about("42", "impact");
    let long = "x".repeat(5_000);
    assert_eq!(bench.act(async { Ok(long.clone()) }).await.unwrap().how, How::Acted);
    assert!(bench.item().await["res"].is_null());
}

#[tokio::test]
async fn a_strict_effect_that_was_refused_is_not_taken_for_other_fields() {
    let mut bench = Bench::new().await;
    failed(bench.act(refuse("component")).await);
    let refused = bench.item().await;
    bench.effect = feedback("42").strict();
    assert_eq!(failed(bench.visit().await), "component");
    bench.effect = feedback_about("42", "impact").strict();
    assert!(matches!(bench.visit().await, Err(Unfinished::Mismatch)));
    assert_eq!(bench.item().await, refused);
}

#[tokio::test]
async fn a_long_refusal_is_recorded_in_short() {
    let bench = Bench::new().await;
    let refused = Setback::Refused { reason: "é".repeat(100_000) };
    let first = bench.act(async { Err(refused) }).await.unwrap_err().to_string();
    let again = bench.visit().await.unwrap_err().to_string();
    assert_eq!(first, again);
    assert_eq!(first.matches('é').count(), 400);
}

/// P25: the first attempt took effect and never told; the second finds it.
#[tokio::test]
async fn an_attempt_without_an_answer_is_adopted() {
    let bench = Bench::new().await;
    let act = async {
        bench.vendor.write(bench.effect.marker());
        Err(lost())
    };
    assert!(matches!(bench.act(act).await, Err(Unfinished::Unknown { .. })));
    assert_eq!(parked(bench.visit().await), 60 * SECOND);
    bench.time.pass(60 * SECOND);
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Adopted));
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Replayed));
    assert_eq!(bench.vendor.count(), 1);
}

/// A policy with a short horizon is not held up by our own patience.
#[tokio::test]
async fn a_vendor_is_left_alone_no_longer_than_the_horizon() {
    let horizon = Duration::from_secs(2);
    let bench = Bench::with(Times { horizon, ..Times::default() }).await;
    let lost = Err(Setback::Unknown { reason: "no answer".to_owned() });
    assert!(bench.act(async { lost }).await.is_err());
    bench.time.pass(horizon);
    assert_eq!(bench.visit().await.unwrap().how, How::Acted);
}

/// Both sides of the horizon.
#[tokio::test]
async fn what_is_not_found_is_done_again_only_after_the_horizon() {
    let bench = Bench::new().await;
    assert!(bench.act(async { Err(lost()) }).await.is_err());
    bench.time.pass(60 * SECOND);
    assert_eq!(parked(bench.visit().await), 120 * SECOND);
    bench.time.pass(120 * SECOND - MS);
    assert_eq!(parked(bench.visit().await), SECOND);
    assert_eq!(bench.vendor.count(), 0);
    bench.time.pass(MS);
    assert_eq!(bench.visit().await.unwrap(), done("comment-1", How::Acted));
}

/// A visit that only looks does not move the horizon, and neither does one that is surely refused.
#[tokio::test]
async fn f26_a_search_that_lags_150_seconds_ends_within_three_further_deliveries() {
    for applied in [true, false] {
        let bench = Bench::new().await;
        let vendor = Vendor::new(&bench.time, 150 * SECOND);
        let ask = async |act: Result<(), Setback>| {
            let look_up = async { Ok(vendor.find(bench.effect.marker())) };
            let act = async { act.map(|()| vendor.write(bench.effect.marker())) };
            bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await
        };
        if applied {
            vendor.write(bench.effect.marker());
        }
        assert!(ask(Err(lost())).await.is_err());
        let mut deliveries = 0;
        let done = loop {
            bench.time.pass(60 * SECOND);
            deliveries += 1;
            if let Ok(done) = ask(Ok(())).await {
                break done;
            }
            assert!(deliveries < 3);
        };
        assert_eq!(done.how, if applied { How::Adopted } else { How::Acted });
        assert_eq!(vendor.count(), 1);
    }
}

#[tokio::test]
async fn a_look_that_fails_does_nothing_and_moves_nothing() {
    let bench = Bench::new().await;
    assert!(bench.act(async { Err(lost()) }).await.is_err());
    let open = number(&bench.item().await, "lex");
    for setback in [lost(), down()] {
        bench.time.pass(60 * SECOND);
        let act = async { panic!("nothing was found out") };
        let look_up = async { Err::<Option<String>, _>(setback) };
        let answer = bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await;
        assert!(matches!(answer, Err(Unfinished::Unknown { .. } | Unfinished::Unavailable(_))));
        let item = bench.item().await;
        assert_eq!((state(&item), number(&item, "lex")), ("R", open));
    }
}

#[tokio::test]
async fn a_record_is_small_and_holds_no_words() {
    let bench = Bench::new().await;
    bench.die().await;
    assert!(bench.item().await.to_string().len() < 1_024);
    bench.time.pass(LEASE + HORIZON + MS);
    let act = async { Ok("x".repeat(300)) };
    bench.act(act).await.unwrap();
    assert!(bench.item().await.to_string().len() < 1_024);
    let (own, lex) = (&bench.item().await["own"], &bench.item().await["lex"]);
    assert!(own.is_null() && lex.is_null());
}

/// Both sides of the cap: what cannot be kept is asked of the vendor, and stays done.
#[tokio::test]
async fn an_output_too_long_to_record_is_looked_up_again() {
    for (length, kept) in [(4_094, true), (4_095, false)] {
        let bench = Bench::new().await;
        let output = "x".repeat(length);
        let act = async { Ok(output.clone()) };
        assert_eq!(bench.act(act).await.unwrap().how, How::Acted);
        let item = bench.item().await;
        assert_eq!((state(&item), item["res"].is_null()), ("D", !kept));
        let look_up = async { Ok(Some("from the vendor".to_owned())) };
        let act = async { panic!("it is done") };
        let again = bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await.unwrap();
        let expected = if kept { output } else { "from the vendor".to_owned() };
        assert_eq!(again, Done { output: expected, how: How::Replayed });
    }
}

#[tokio::test]
async fn an_output_of_an_older_version_is_looked_up_again() {
    let bench = Bench::new().await;
    bench.visit().await.unwrap();
    let look_up = async { Ok(Some(7_u32)) };
    let act = async { panic!("it is done") };
    let again = bench.ledger.once(&bench.effect, &bench.invocation(), look_up, act).await.unwrap();
    assert_eq!(again, Done { output: 7, how: How::Replayed });
}
