//! Two workers whose clocks differ by a minute. What they differ by counts against the horizon, as what
//! Jira's search is late by does: both together stay below its three minutes.

use escalation::runtime::Clock;
use jiff::SignedDuration;
use sandbox::dynamo::Moment;

use super::trial::{Harm, Plan, Trial, create, harmed, note, patch, table};
use crate::assign_lane::stage::{DAYS, LEADS};
use crate::bench::policy;

/// An escalation whose second and later deliveries, and twins, another worker gets.
async fn apart(seconds: i64, lag: i64) -> Trial {
    let mut trial = Trial::new(false, lag).await;
    let (clock, skew) = (trial.bench.watch.clock(), SignedDuration::from_secs(seconds));
    let clock = Clock::new(move || clock.now() + skew);
    trial.other = Some(trial.bench.worker(&policy(&[LEADS, DAYS]), clock, false));
    trial.sweeps = false;
    trial
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f35_a_worker_with_another_clock_takes_over_without_a_second_issue() {
    let calls = [create(), table(1), table(2), table(3), patch(), note()];
    for seconds in [-60, 60] {
        for lag in [0, 110] {
            for call in &calls {
                for harm in [Harm::CutBefore, Harm::CutAfter, Harm::DiesBefore, Harm::DiesAfter] {
                    let mut trial = apart(seconds, lag).await;
                    trial.end(&[harmed(call, harm)]).await;
                    trial.is_right(&(seconds, lag, call, harm));
                }
            }
        }
    }
}

/// The fast one takes the effect over while the slow one is still at it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f35_a_worker_with_another_clock_comes_between_without_a_second_issue() {
    for seconds in [-60, 60] {
        for lag in [0, 110] {
            let mut dry = apart(seconds, lag).await;
            dry.deliver(&Plan::default()).await;
            for call in dry.calls() {
                for moment in [Moment::Before, Moment::After] {
                    let mut trial = apart(seconds, lag).await;
                    trial.end(&[Plan { harm: None, twin: Some((call.clone(), moment)) }]).await;
                    trial.is_right(&(seconds, lag, &call, moment));
                }
            }
        }
    }
}

/// The bound is one: the same fast clock with a search that is later than what it leaves of the horizon.
#[tokio::test]
async fn a_fast_clock_and_a_late_search_together_may_not_exceed_the_horizon() {
    for (lag, issues) in [(110, 1), (150, 2)] {
        let mut trial = apart(60, lag).await;
        Box::pin(trial.end(&[harmed(&create(), Harm::CutAfter)])).await;
        assert_eq!(trial.bench.issues(trial.ticket).len(), issues, "lag {lag}");
    }
}
