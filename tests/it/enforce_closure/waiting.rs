//! What may still come is waited for, and looked at again by itself.

use crate::bench::Bench;

#[tokio::test]
async fn the_grace_time_ends_on_the_second_and_the_sweep_looks_again() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.clear(it);
    bench.shut(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing")), ("waiting", "not_communicated"));
    insta::assert_snapshot!(answer.get("message"), @"Not resolved yet: customer not told. Checked again at 10:41.");
    bench.wait(599);
    assert_eq!(bench.judged(it).await, "waiting not_communicated");
    bench.sweep().await;
    assert_eq!((bench.end(it)[0].as_str(), bench.notes_of_ours(it.ticket)), ("4", 0));
    bench.wait(1);
    bench.sweep().await;
    assert_eq!((bench.end(it)[0].as_str(), bench.notes_of_ours(it.ticket)), ("3", 1));
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn told_within_the_grace_time_it_is_resolved_by_the_look_at_its_end() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.clear(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "waiting not_communicated");
    bench.wait(300);
    bench.told(it);
    bench.sweep_for(5).await;
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    assert_eq!(bench.reopened(it), 0);
    bench.finish();
}

#[tokio::test]
async fn the_grace_time_is_as_long_as_the_workflow_or_the_policy_says() {
    for (changes, inputs, seconds) in [
        (&[("grace_minutes = 10", "grace_minutes = 3")][..], &[][..], 180),
        (&[], &[("grace_minutes", "25")], 1_500),
        (&[], &[("grace_minutes", "0")], 0),
    ] {
        let bench = Bench::with_closing(changes).await;
        let it = bench.answered().await;
        bench.clear(it);
        bench.shut(it);
        if seconds > 0 {
            bench.wait(seconds - 1);
            assert_eq!(bench.judged_with(it, inputs).await, "waiting not_communicated");
            bench.wait(1);
        }
        assert_eq!(bench.judged_with(it, inputs).await, "reverted not_communicated");
        bench.finish();
    }
}

#[tokio::test]
async fn what_was_cleared_and_stays_open_left_its_lane_and_is_reminded_of_after_a_working_day() {
    let mut bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.clear(it);
    bench.pass(1).await;
    assert_eq!(bench.end(it), ["3", "", "deescalated", "", ""]);
    bench.sweep_for(12).await;
    assert_eq!(bench.judged(it).await, "deescalated not_communicated;not_closed");
    bench.at("2026-01-06T10:30:59Z");
    bench.sweep().await;
    assert_eq!(bench.notes_of_ours(it.ticket), 0);
    bench.at("2026-01-06T10:32:00Z");
    bench.sweep().await;
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Still open: please close the ticket, or escalate it again.* Escalation Type was cleared (5 January 10:31).
    ✘ *customer not told*: no outgoing message since Dana Whitfield's answer (5 January 10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.replies(it).join("\n"), @r#"
    De-escalated: Escalation Type was cleared while the ticket is open.
    @Sam Okafor Still open: Escalation Type was cleared (5 January 10:31). Please close the ticket.
    "#);
    bench.is_silent().await;
    assert_eq!(bench.notes_of_ours(it.ticket), 1);
    // It is closed at last, and the customer was told.
    bench.told(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    bench.finish();
}
