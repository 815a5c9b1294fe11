//! From the Shift Lead's answer to the end.

use crate::bench::{Bench, ESCALATIONS};

#[tokio::test]
async fn told_cleared_and_closed_it_is_resolved_once() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.sam().reply(it.thread, "We refund it today.").unwrap();
    bench.clear(it.ticket);
    bench.at("2026-01-05T12:46:30Z");
    bench.shut(it.ticket);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing"), answer.get("closure_option")), ("resolved", "", "A"));
    insta::assert_snapshot!(answer.get("message"), @"Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.");
    assert_eq!(bench.end(it.ticket), ["4", "", "resolved", "", "A", "185"]);
    assert_eq!(bench.value(it.ticket, "escalation_resolved_at"), "2026-01-05T12:46:30Z");
    insta::assert_snapshot!(bench.said(it.ticket), @"");
    let card = &bench.world.slack.messages(ESCALATIONS)[0];
    let thread = bench.world.slack.thread(ESCALATIONS, &card.ts);
    insta::assert_snapshot!(thread.into_iter().map(|it| it.text).collect::<Vec<_>>().join("\n--\n"), @"");
    bench.written();
    assert_eq!(bench.judged(it.ticket).await, "resolved");
    assert_eq!(bench.written().0, 0);
    assert_eq!(bench.notes_of_ours(it.ticket), 1);
    bench.finish();
}
