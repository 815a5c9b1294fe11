//! Which escalation is judged: the one that ended last; and what becomes of it when tickets are merged.

use super::stage::{Escalation, OPEN};
use crate::bench::Bench;

async fn resolved(bench: &Bench) -> Escalation {
    let it = bench.answered().await;
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    it
}

#[tokio::test]
async fn what_is_opened_again_after_its_resolution_is_judged_no_more() {
    let bench = Bench::with_closing(&[]).await;
    let it = resolved(&bench).await;
    bench.wait(3600);
    bench.sam().move_to(it.ticket, OPEN).unwrap();
    bench.wait(3600);
    bench.written();
    assert_eq!(bench.judged(it).await, "resolved");
    bench.shut(it);
    bench.wait(3600);
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!((bench.written().0, bench.notes_of_ours(it.ticket)), (0, 1));
    bench.finish();
}

#[tokio::test]
async fn escalated_again_it_is_judged_by_what_was_done_since() {
    let bench = Bench::with_closing(&[]).await;
    let it = resolved(&bench).await;
    bench.sam().set(it.ticket, "resolution_communicated", "yes_email").unwrap();
    bench.wait(3600);
    bench.sam().move_to(it.ticket, OPEN).unwrap();
    bench.escalate(it.ticket);
    bench.wait(1);
    assert_eq!(bench.judged(it).await, "waiting not_communicated;type_not_cleared;not_closed");
    bench.ended_early(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing")), ("reverted", "not_communicated"));
    insta::assert_snapshot!(bench.last_note(it), @r#"
    *Reopened: one thing is missing.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: no Shift Lead has answered yet. "Resolution communicated?" is from an earlier escalation: empty it and set it again. Ask for the answer, or set "Resolution communicated?" if they were told.
    Then close the ticket again.
    @Sam Okafor_ · _[escalation #2]_ · automatic message_
    "#);
    bench.wait(60);
    bench.sam().reply(it.thread, "Sorry, here it is.").unwrap();
    bench.dana().reply(it.thread, "And from me.").unwrap();
    bench.shut(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!(answer.outcome(), "resolved");
    assert!(answer.get("message").starts_with("Escalation #2 resolved"), "{answer:?}");
    assert_eq!(bench.notes_of_ours(it.ticket), 3);
    bench.finish();
}

#[tokio::test]
async fn a_slip_of_the_hand_is_the_same_escalation() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.clear(it);
    bench.wait(40);
    bench.escalate(it.ticket);
    bench.told(it);
    bench.wait(40);
    bench.clear(it);
    bench.shut(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert!(answer.get("message").starts_with("Escalation #1 resolved in 51 min"), "{answer:?}");
    bench.finish();
}

/// A merge closes what it absorbs: nothing of that is held against anybody, and the survivor is judged.
#[tokio::test]
async fn a_merged_ticket_is_judged_as_the_one_it_went_on_in() {
    let bench = Bench::with_closing(&[]).await;
    let (it, other) = (bench.answered().await, bench.answered().await);
    let survivor = bench.sam().merge(it.ticket, other.ticket).unwrap();
    let survivor = Escalation { ticket: survivor, thread: it.thread };
    for absorbed in [it, other] {
        assert_eq!(bench.judged(absorbed).await, "waiting not_communicated;type_not_cleared;not_closed");
    }
    bench.ended_early(survivor);
    for asked in [it, survivor, other] {
        assert_eq!(
            bench.judged(asked).await.split(' ').next().unwrap(),
            if asked.ticket == it.ticket { "reverted" } else { "waiting" }
        );
    }
    // That it goes on after the merge, and that it was reopened.
    assert_eq!((bench.notes_of_ours(survivor.ticket), bench.reopened(survivor)), (2, 1));
    bench.wait(60);
    bench.told(survivor);
    bench.shut(survivor);
    assert_eq!(bench.judged(other).await, "resolved");
    assert_eq!(bench.judged(survivor).await, "resolved");
    assert_eq!(bench.notes_of_ours(survivor.ticket), 3);
    bench.finish();
}

#[tokio::test]
async fn what_ended_as_merged_or_gone_is_left_alone() {
    let bench = Bench::with_closing(&[]).await;
    for state in ["merged", "gone"] {
        let it = bench.answered().await;
        bench.sam().set(it.ticket, "escalation_state", state).unwrap();
        bench.ended_early(it);
        bench.written();
        assert_eq!(bench.judged(it).await, "gone");
        assert_eq!(bench.written(), (0, 0));
    }
    bench.finish();
}

#[tokio::test]
async fn opened_once_in_an_escalation_however_long_that_lasts() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    for expected in ["reverted", "flagged", "flagged"] {
        bench.hubspot.workflow_sets(it.ticket, "hs_pipeline_stage", "4").unwrap();
        bench.wait(660);
        let judged = bench.judged(it).await;
        assert!(judged.starts_with(expected), "{judged}");
        bench.wait(60 * 86_400);
        bench.collect().await;
        bench.sam().move_to(it.ticket, OPEN).unwrap();
    }
    assert_eq!(bench.notes_of_ours(it.ticket), 2);
    bench.finish();
}

#[tokio::test]
async fn what_is_resolved_is_not_resolved_again_although_nothing_is_left_of_it_but_the_ticket() {
    let bench = Bench::with_closing(&[]).await;
    let it = resolved(&bench).await;
    let names = ["escalation_resolved_at", "escalation_resolve_minutes"];
    let before = names.map(|name| bench.value(it.ticket, name));
    bench.wait(401 * 86_400);
    bench.collect().await;
    bench.hubspot.customer_writes(it.thread, "Thanks!").unwrap();
    bench.sam().move_to(it.ticket, OPEN).unwrap();
    bench.wait(3600);
    bench.shut(it);
    bench.wait(660);
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!(names.map(|name| bench.value(it.ticket, name)), before);
    assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (1, 1));
    bench.finish();
}
