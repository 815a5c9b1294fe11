//! A ticket that was closed too early and is open again stays in sight; one that needs no resolution is let go.

use escalation::policy::Policy;
use escalation::views::views;

use crate::bench::Bench;
use crate::bench::texts::whole;
use crate::enforce_closure::reverts::{in_other_pipeline, with_spam};
use crate::enforce_closure::stage::Escalation;

/// Cleared and closed before anybody told the customer, and opened again by us.
async fn reopened() -> (Bench, Escalation) {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    (bench, it)
}

fn is_in_all_open(bench: &Bench, it: Escalation) -> bool {
    bench.sam().view(&views(&Policy::shipped().properties)[0]).contains(&it.ticket)
}

#[tokio::test]
async fn what_we_opened_again_is_not_deescalated() {
    let (bench, it) = reopened().await;
    for _ in 0..3 {
        bench.wait(60);
        let answer = bench.assign(it.ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("lane")), ("unchanged", "cs"));
    }
    assert_eq!(bench.place(it.ticket)[..2], ["cs", "triage"]);
    assert!(is_in_all_open(&bench, it));
    bench.told(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    assert!(!is_in_all_open(&bench, it));
    bench.wait(60);
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "not_escalated");
    bench.finish();
}

#[tokio::test]
async fn what_left_its_lane_before_it_was_closed_is_back_in_sight_when_it_is_opened_again() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.assign(it.ticket, &[]).await;
    bench.clear(it);
    bench.wait(30);
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "deescalated");
    bench.wait(300);
    bench.shut(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    assert_eq!(bench.place(it.ticket)[..2], ["cs", "agent_to_finish"], "where it stood");
    assert!(is_in_all_open(&bench, it));
    bench.wait(60);
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "unchanged");
    bench.finish();
}

/// A run that read it before we opened it takes it out of its lane afterwards: the next takes it back.
#[tokio::test]
async fn a_run_that_comes_too_late_does_not_hide_it() {
    let (bench, it) = reopened().await;
    bench.hubspot.workflow_sets(it.ticket, "escalation_state", "deescalated").unwrap();
    bench.hubspot.workflow_sets(it.ticket, "escalation_lane", "").unwrap();
    bench.wait(60);
    let answer = bench.assign(it.ticket, &[("mode", "observe")]).await;
    assert!(answer.get("message").contains("would set escalation_lane, escalation_last_message, escalation_state"));
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.place(it.ticket)[..2], ["cs", "triage"]);
    bench.finish();
}

#[tokio::test]
async fn a_new_escalation_that_is_cleared_is_deescalated_whatever_the_last_one_left() {
    let (bench, it) = reopened().await;
    bench.wait(600);
    bench.sam().write_note(it.ticket, &whole()).unwrap();
    bench.escalate(it.ticket);
    bench.assign(it.ticket, &[]).await;
    bench.wait(600);
    bench.clear(it);
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "deescalated");
    assert!(!is_in_all_open(&bench, it));
    bench.finish();
}

#[tokio::test]
async fn spam_that_was_let_go_is_not_taken_up_again() {
    let bench = with_spam().await;
    let it = in_other_pipeline(&bench).await;
    bench.sam().move_to(it.ticket, "93").unwrap();
    assert_eq!(bench.judged(it).await, "deescalated");
    assert_eq!(bench.place(it.ticket)[..2], ["", "deescalated"]);
    for _ in 0..2 {
        bench.wait(600);
        let answer = bench.assign(it.ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("lane")), ("deescalated", ""));
    }
    assert_eq!(bench.place(it.ticket)[..2], ["", "deescalated"]);
    bench.sam().move_to(it.ticket, "91").unwrap();
    bench.wait(60);
    assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "assigned", "it is a matter again");
    bench.finish();
}

/// What stands there when it is opened again is of the time when it was spam.
#[tokio::test]
async fn what_was_escalated_as_spam_and_then_closed_as_solved_is_in_a_lane_once_it_is_open_again() {
    let bench = with_spam().await;
    let it = in_other_pipeline(&bench).await;
    bench.sam().move_to(it.ticket, "93").unwrap();
    assert_eq!(bench.judged(it).await, "deescalated");
    bench.sam().set(it.ticket, "escalation_type", "").unwrap();
    bench.wait(600);
    bench.escalate(it.ticket);
    bench.wait(60);
    bench.sam().move_to(it.ticket, "92").unwrap();
    bench.wait(1_200);
    assert_eq!(bench.judged(it).await, "reverted not_communicated;type_not_cleared");
    assert_eq!(bench.place(it.ticket)[..2], ["cs", "triage"]);
    bench.finish();
}
