//! From the Shift Lead's answer to the end.

use crate::assign_lane::channels::{RESTRICTED, THREAT};
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

#[tokio::test]
async fn told_cleared_and_closed_it_is_resolved_once() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.told(it);
    bench.clear(it);
    bench.at("2026-01-05T12:46:30Z");
    bench.shut(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing"), answer.get("closure_option")), ("resolved", "", "A"));
    insta::assert_snapshot!(answer.get("message"), @"Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.");
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    assert_eq!(bench.value(it.ticket, "escalation_resolved_at"), "2026-01-05T12:46:30Z");
    assert_eq!(bench.value(it.ticket, "escalation_resolve_minutes"), "185");
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Escalation #1 resolved* in 3 h 05 min (business time). Option A. Thank you.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.thread(ESCALATIONS).replace(&it.ticket.to_string(), "<id>"), @r#"
    Escalation: Harbour Grill - Double charge
    Resolved in 3 h 05 min (business time). Option A.
    Open ticket
    escalation #1 · ticket <id> · automatic message
    --
    Resolved in 3 h 05 min (business time). Option A.
    "#);
    bench.written();
    let again = bench.close(it.ticket, &[]).await;
    assert_eq!((again.outcome(), again.get("closure_option")), ("resolved", "A"));
    insta::assert_snapshot!(again.get("message"), @"Escalation #1 was resolved before: nothing to do.");
    assert_eq!((bench.written().0, bench.notes_of_ours(it.ticket), bench.replies(it).len()), (0, 1, 1));
    bench.finish();
}

#[tokio::test]
async fn what_is_done_last_resolves_it_by_the_workflows_alone() {
    let steps: [fn(&Bench, super::stage::Escalation); 3] = [Bench::told, Bench::clear, Bench::shut];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        for step in order {
            steps[step](&bench, it);
            bench.pass(1).await;
        }
        bench.pass(12).await;
        bench.sweep_for(3).await;
        assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"], "{order:?}");
        // Sam hears of Dana's decision where it is looked at while there is anything to do.
        let notes = if order[0] == 0 { 2 } else { 1 };
        assert_eq!((bench.notes_of_ours(it.ticket), bench.reopened(it)), (notes, 0), "{order:?}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_shift_lead_who_tells_the_customer_closes_by_option_b() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    bench.wait(600);
    bench.dana().reply(it.thread, "We refund it today.").unwrap();
    bench.clear(it);
    bench.shut(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("closure_option")), ("resolved", "B"));
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "B"]);
    bench.finish();
}

#[tokio::test]
async fn an_agents_word_resolves_it_by_w6_and_says_whose_word_it_is() {
    let mut bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.clear(it);
    bench.shut(it);
    bench.wait(60);
    bench.sam().set(it.ticket, "resolution_communicated", "yes_phone").unwrap();
    bench.pass(1).await;
    assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"]);
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Escalation #1 resolved* in 51 min (business time). Option A. Thank you.
    Confirmed by the agent: told by phone.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    assert_eq!(
        bench.replies(it).last().unwrap(),
        "Resolved in 51 min (business time). Option A. Confirmed by the agent."
    );
    bench.finish();
}

#[tokio::test]
async fn tech_still_at_it_is_a_warning() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.sam().set(it.ticket, "jira_reference", "TECH-7").unwrap();
    bench.sam().set(it.ticket, "jira_status", "In Progress").unwrap();
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Escalation #1 resolved* in 50 min (business time). Option A. Thank you.
    *TECH-7 is still open* ("In Progress"). That keeps nothing from being closed; if the customer waits for it, please tell them when it is done.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn what_was_never_escalated_is_gone_or_older_is_left_alone() {
    let bench = Bench::with_closing(&[(
        "# ignore_before = \"2026-01-01T00:00:00Z\"",
        "ignore_before = \"2026-01-05T09:45:00Z\"",
    )])
    .await;
    let never = bench.ticket();
    let old = bench.ticket();
    bench.escalate(old);
    let gone = bench.ticket();
    bench.sam().delete(gone).unwrap();
    bench.written();
    for (ticket, outcome) in [(never, "not_escalated"), (old, "not_escalated"), (gone, "gone")] {
        assert_eq!(bench.close(ticket, &[]).await.outcome(), outcome);
    }
    // Each run is counted, and whether what is gone was escalated is looked up.
    assert_eq!((bench.at_table(), bench.written().0), ((1, 3), 0));
    bench.finish();
}

#[tokio::test]
async fn a_restricted_matter_ends_where_few_read_and_without_its_words() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered_with(&format!("{}{THREAT}", whole())).await;
    bench.wait(600);
    bench.dana().reply(it.thread, "We refund it today.").unwrap();
    bench.clear(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    insta::assert_snapshot!(bench.thread(RESTRICTED).replace(&it.ticket.to_string(), "<id>"), @r#"
    Escalation: ticket <id>
    Resolved in 10 min (business time). Option B.
    Open ticket
    escalation #1 · ticket <id> · automatic message
    --
    Resolved in 10 min (business time). Option B.
    "#);
    assert_eq!(bench.read(ESCALATIONS).len(), 0);
    bench.finish();
}
