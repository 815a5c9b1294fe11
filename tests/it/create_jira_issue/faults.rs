//! One fault at every outside call of the function, and at every one of the delivery that it makes
//! necessary: in the end there is one of everything.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Instant;

use sandbox::dynamo::Moment;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::trial::{Call, Harm, Plan, Trial, create, harmed, note, patch, table};

/// What is tried at the same time: most of a run is waiting for a pause of the client's.
const AT_A_TIME: usize = 12;

/// A run, and the seconds by which Jira's search is late in it.
#[derive(Clone, Debug)]
struct Case {
    has_slack: bool,
    lag: i64,
    plans: Vec<Plan>,
}

impl Case {
    async fn run(self) -> usize {
        let mut trial = Trial::new(self.has_slack, self.lag).await;
        trial.end(&self.plans).await;
        // Asked once more, the same answer, and nothing new.
        trial.deliver(&Plan::default()).await;
        trial.is_right(&self as &dyn Debug);
        let deliveries = trial.statuses.len();
        trial.bench.finish();
        deliveries
    }
}

/// Every run, or one of so many: all of them where `FAULTS=all` asks for them.
#[expect(clippy::disallowed_methods, reason = "who has the time may run all of them")]
fn sample(name: &str, cases: Vec<Case>, one_of: usize, offset: usize) -> (String, Vec<Case>) {
    if std::env::var("FAULTS").is_ok_and(|it| it == "all") {
        return (name.to_owned(), cases);
    }
    let count = cases.len();
    let sampled = cases.into_iter().skip(offset % one_of).step_by(one_of).collect();
    (format!("{name} (every {one_of}th of {count}, the rest by FAULTS=all)"), sampled)
}

/// All at once, as far as there are hands; tells how many there were.
async fn all(name: &str, cases: Vec<Case>) {
    let (begun, count) = (Instant::now(), cases.len());
    let (hands, mut runs) = (Arc::new(Semaphore::new(AT_A_TIME)), JoinSet::new());
    for case in cases {
        let hand = Arc::clone(&hands).acquire_owned().await.unwrap();
        runs.spawn(async move {
            let deliveries = case.run().await;
            drop(hand);
            deliveries
        });
    }
    let most = runs.join_all().await.into_iter().max().unwrap_or_default();
    println!("{name}: {count} runs, {most} deliveries at most, {:.1} s", begun.elapsed().as_secs_f64());
}

/// What may go wrong at a call: the table never answers by halves.
fn harms(call: &Call) -> impl Iterator<Item = Harm> + use<> {
    let is_table = call.vendor == "dynamodb";
    Harm::ALL.into_iter().filter(move |it| !(is_table && *it == Harm::Half))
}

/// The calls of the delivery that follows these.
async fn calls_after(has_slack: bool, lag: i64, plans: &[Plan]) -> Vec<Call> {
    let mut trial = Trial::new(has_slack, lag).await;
    trial.sweeps = false;
    for plan in plans {
        if trial.attempt(plan).await {
            return Vec::new();
        }
    }
    trial.deliver(&Plan::default()).await;
    let calls = trial.calls();
    trial.bench.finish();
    calls
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_fault_at_any_call_of_the_first_delivery_is_one_issue() {
    let calls = calls_after(true, 0, &[]).await;
    assert!(calls.len() > 12 && calls.contains(&create()), "{calls:?}");
    let plans = calls.iter().flat_map(|call| harms(call).map(|it| harmed(call, it)));
    let cases = plans.map(|it| Case { has_slack: true, lag: 0, plans: vec![it] }).collect();
    all(&format!("one fault, first delivery of {} calls, no lag", calls.len()), cases).await;
}

/// Jira's search matters only where an issue may be there that nobody noted: before the first write to the
/// table nothing can have been created, after the second nobody searches.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f26_one_fault_around_the_create_is_one_issue_however_late_jiras_search_is() {
    let calls = calls_after(false, 0, &[]).await;
    let nth = |nth| calls.iter().position(|it| *it == table(nth)).unwrap();
    let around = &calls[nth(1)..=nth(2)];
    assert!(around.contains(&create()), "{calls:?}");
    for lag in [20, 150] {
        let plans = around.iter().flat_map(|call| harms(call).map(|it| harmed(call, it)));
        let cases = plans.map(|it| Case { has_slack: false, lag, plans: vec![it] }).collect();
        all(&format!("one fault from the first write to the second, lag {lag} s"), cases).await;
    }
}

/// A second fault at every call of the second delivery, after each kind of first one that makes it another.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_fault_at_any_call_of_the_second_delivery_is_one_issue() {
    let firsts = [
        // Looks for the issue, and finds it at once or not yet.
        (0, harmed(&create(), Harm::CutAfter)),
        (150, harmed(&create(), Harm::CutAfter)),
        // Nothing is there, and nobody knows.
        (0, harmed(&create(), Harm::DiesBefore)),
        // Nothing is there, and that is known.
        (0, harmed(&create(), Harm::Throttled)),
        // The issue is noted, and what follows was not begun, or may have been.
        (0, harmed(&patch(), Harm::Down)),
        (0, harmed(&note(), Harm::CutAfter)),
        (0, harmed(&note(), Harm::DiesBefore)),
        // All is done, and nobody knows.
        (0, harmed(&table(3), Harm::Down)),
    ];
    for (at, (lag, first)) in firsts.into_iter().enumerate() {
        let has_slack = false;
        let calls = calls_after(has_slack, lag, std::slice::from_ref(&first)).await;
        assert!(!calls.is_empty(), "{first:?} makes no second delivery necessary");
        let seconds = calls.iter().flat_map(|call| harms(call).map(|it| harmed(call, it)));
        let cases = seconds.map(|it| Case { has_slack, lag, plans: vec![first.clone(), it] }).collect();
        let (call, harm) = first.harm.as_ref().unwrap();
        let name = format!("{harm:?} at {}, lag {lag} s, then at one of {} calls", call.kind, calls.len());
        let (name, cases) = sample(&name, cases, 5, at);
        all(&name, cases).await;
    }
}

/// The same delivery comes a second time just before or just after a call of the first, alone or where
/// the create itself goes wrong.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_twin_at_any_call_is_one_issue() {
    let calls = calls_after(true, 0, &[]).await;
    let moments = || calls.iter().flat_map(|it| [(it.clone(), Moment::Before), (it.clone(), Moment::After)]);
    let with = |harm: Option<Harm>, lag| {
        let harm = harm.map(|it| (create(), it));
        let plans = moments().map(move |it| Plan { harm: harm.clone(), twin: Some(it) });
        plans.map(|it| Case { has_slack: true, lag, plans: vec![it] }).collect()
    };
    all("a twin at each call, no fault", with(None, 0)).await;
    for (at, harm) in Harm::ALL.into_iter().enumerate() {
        let (name, cases) =
            sample(&format!("a twin at a call, {harm:?} at the create, no lag"), with(Some(harm), 0), 5, at);
        all(&name, cases).await;
    }
    let late = with(Some(Harm::CutAfter), 150);
    let (name, cases) = sample("a twin at a call, CutAfter at the create, lag 150 s", late, 5, 2);
    all(&name, cases).await;
}

/// What these runs look for shows where it is there: a search that is later than the ledger waits.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_later_than_the_horizon_is_a_second_issue() {
    let case = Case { has_slack: false, lag: 600, plans: vec![harmed(&create(), Harm::CutAfter)] };
    let harm = tokio::spawn(case.run()).await.unwrap_err().into_panic();
    let harm = harm.downcast_ref::<String>().unwrap();
    assert!(harm.starts_with("assertion `left == right` failed: issues [\"TECH-1\", \"TECH-2\"]"), "{harm}");
}
