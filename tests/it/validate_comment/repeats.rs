//! The check runs again and again; what it says, it says once.

use crate::bench::Bench;
use crate::bench::texts::{ACTION_TAKEN, BLOCKER, INVESTIGATED, ISSUE, first_three, last_two, whole};

#[tokio::test]
async fn an_agent_who_escalates_first_and_writes_second_hears_nothing() {
    let mut bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.escalate(ticket);
    bench.pass(1).await;
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.pass(30).await;
    insta::assert_snapshot!(bench.workflow(ticket), @r#"
    09:41:00 called, try 1: 200
    09:41:00 answered: pending
    09:41:00 branches on `pending`
    09:41:00 waits until 2026-01-05T09:43:00Z
    09:43:00 called, try 1: 200
    09:43:00 answered: complete
    09:43:00 waits until 2026-01-05T09:53:00Z
    09:53:00 called, try 1: 200
    09:53:00 answered: complete
    09:53:00 finished
    "#);
    assert_eq!(bench.said(ticket), "");
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    bench.finish();
}

#[tokio::test]
async fn an_agent_who_forgets_the_comment_is_reminded_once_and_then_accepted() {
    let mut bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.escalate(ticket);
    bench.pass(8).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.pass(30).await;
    insta::assert_snapshot!(bench.workflow(ticket), @r#"
    09:41:00 called, try 1: 200
    09:41:00 answered: pending
    09:41:00 branches on `pending`
    09:41:00 waits until 2026-01-05T09:43:00Z
    09:43:00 called, try 1: 200
    09:43:00 answered: missing
    09:43:00 waits until 2026-01-05T09:53:00Z
    09:53:00 called, try 1: 200
    09:53:00 answered: complete
    09:53:00 finished
    "#);
    assert_eq!(bench.notes_of_ours(ticket), 1);
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    bench.finish();
}

#[tokio::test]
async fn the_same_lack_is_told_once_however_often_it_is_found() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(30).await;
    insta::assert_snapshot!(bench.workflow(ticket), @r#"
    09:41:00 called, try 1: 200
    09:41:00 answered: incomplete
    09:41:00 branches on `incomplete`
    09:41:00 waits until 2026-01-05T09:43:00Z
    09:43:00 called, try 1: 200
    09:43:00 answered: incomplete
    09:43:00 waits until 2026-01-05T09:53:00Z
    09:53:00 called, try 1: 200
    09:53:00 answered: incomplete
    09:53:00 finished
    "#);
    bench.written();
    for callback in ["ap-1-1-1-0", "ap-1-2-1-0", "ap-1-3-1-0"] {
        let answer = bench.deliver(ticket, callback, &[]).await;
        assert_eq!((answer.outcome(), answer.get("missing_points")), ("incomplete", "blocker;required_to_resolve"));
        assert_eq!(bench.written(), (0, 1), "one conditional write that fails, and nothing else");
    }
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

#[tokio::test]
async fn another_lack_is_told_anew_and_an_old_one_that_returns_is_not() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let note = bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.escalate(ticket);
    let told = async |text: &str| {
        bench.sam().edit_note(note, text).unwrap();
        assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
        bench.notes_of_ours(ticket)
    };
    assert_eq!(told(&first_three()).await, 1);
    assert_eq!(told(&format!("{}<p>Blocker: none</p>", first_three())).await, 1, "the same two points");
    assert_eq!(told(&format!("{}{BLOCKER}", first_three())).await, 2);
    assert_eq!(told(&[ISSUE, INVESTIGATED, ACTION_TAKEN].concat()).await, 2, "told before in this escalation");
    bench.finish();
}

#[tokio::test]
async fn the_next_escalation_needs_a_fresh_comment_and_hears_of_the_same_lack_again() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(20).await;
    bench.sam().write_note(ticket, &last_two()).unwrap();
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "complete");
    bench.pass(60).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(60).await;
    bench.escalate(ticket);
    bench.pass(1).await;
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "missing", "the old comment is the old escalation's");
    bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.pass(20).await;
    assert_eq!(bench.value(ticket, "escalation_cycle"), "2");
    assert_eq!(bench.value(ticket, "escalation_started_at"), "2026-01-05T12:01:00Z");
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 2 of 5 points are missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 09:41 by Sam · _[escalation #1]_ · automatic message_

    *Not with the Shift Lead yet: no internal comment found* @Sam Okafor
    I could not find an internal comment with the five points for this escalation. Please add one:
    `Issue: `
    `Investigated: `
    `Action Taken: `
    `Blocker: `
    `Required to Resolve: `
    _Checked at 12:02 · _[escalation #2]_ · automatic message_

    *Not with the Shift Lead yet: 2 of 5 points are missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    `Blocker: `
    `Required to Resolve: `
    _Checked comment of 12:02 by Sam · _[escalation #2]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn a_slip_of_the_hand_is_not_a_new_escalation() {
    for (seconds, cycle, messages) in [(60, "1", 1), (61, "2", 2)] {
        let bench = Bench::new().await;
        let ticket = bench.escalated(&first_three());
        bench.check(ticket, &[]).await;
        bench.wait(600);
        bench.sam().set(ticket, "escalation_type", "").unwrap();
        bench.wait(seconds);
        bench.escalate(ticket);
        bench.sam().write_note(ticket, &first_three()).unwrap();
        bench.check(ticket, &[]).await;
        assert_eq!((bench.value(ticket, "escalation_cycle").as_str(), bench.notes_of_ours(ticket)), (cycle, messages));
        bench.finish();
    }
}

#[tokio::test]
async fn a_merged_ticket_is_checked_under_its_old_id_too() {
    let bench = Bench::new().await;
    let (one, other) = (bench.escalated(&first_three()), bench.ticket());
    let merged = bench.sam().merge(one, other).unwrap();
    for ticket in [merged, one] {
        let answer = bench.check(ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("missing_points")), ("incomplete", "blocker;required_to_resolve"));
    }
    bench.finish();
}
