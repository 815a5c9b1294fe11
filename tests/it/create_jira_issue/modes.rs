//! A trial run: it says what would be done, and does nothing.

use escalation::id::TicketId;

use crate::bench::Bench;
use crate::bench::texts::whole;

const OBSERVE: [(&str, &str); 1] = [("mode", "observe")];

/// What `observe` says of a ticket; nobody is written to, no record either.
async fn observed(bench: &Bench, ticket: TicketId) -> String {
    let held = (bench.held(ticket), bench.logged(ticket), bench.said(ticket), bench.world.jira.issues());
    bench.changes();
    bench.dynamo.forget();
    bench.wait(1);
    let callback = format!("ap-24680135-9-{}-0", bench.watch.now().as_millisecond());
    let answer = Box::pin(bench.create_again(ticket, &callback, &OBSERVE)).await;
    assert_eq!(bench.changes(), [0, 0, 0]);
    // A record is read by a write that cannot be.
    const READ: &str = "attribute_exists(pk) AND attribute_not_exists(pk)";
    let requests = bench.dynamo.requests();
    assert!(requests.iter().all(|it| it.body["ConditionExpression"] == READ), "{requests:?}");
    assert_eq!(held, (bench.held(ticket), bench.logged(ticket), bench.said(ticket), bench.world.jira.issues()));
    format!("{} {}: {}", answer.outcome(), answer.get("jira_key"), answer.get("message"))
}

#[tokio::test]
async fn observing_writes_nothing_anywhere_and_says_what_it_would() {
    let bench = Bench::with_tech(&[]).await;
    let waits = bench.escalated(&whole());
    insta::assert_snapshot!(observed(&bench, waits).await, @"blocked : Not in Tech yet: no Shift Lead has confirmed it.");
    let ticket = bench.sent_to_tech();
    insta::assert_snapshot!(observed(&bench, ticket).await, @"created : Confirmed for Tech: it would get a new Bug in TECH, unless one was created before. The ticket would move to stage `3`. Observing only: would set jira_reference, jira_status, jira_url; tell the agent by an internal comment, unless that was done before.");
    assert_eq!(bench.asks_anew(ticket).await.outcome(), "created");
    insta::assert_snapshot!(observed(&bench, ticket).await, @"already TECH-1: In Tech: TECH-1. All of it was done before.");
    bench.names(ticket, "");
    insta::assert_snapshot!(observed(&bench, ticket).await, @"already TECH-1: In Tech: TECH-1. All of it was done before.");
    let known = bench.naming("TECH-1");
    insta::assert_snapshot!(observed(&bench, known).await, @"linked_existing TECH-1: Confirmed for Tech: it would get TECH-1, which is there already. The ticket would move to stage `3`. Observing only: would set jira_reference, jira_status, jira_url; tell the agent by an internal comment, unless that was done before.");
    assert_eq!(bench.asks_anew(known).await.outcome(), "linked_existing");
    insta::assert_snapshot!(observed(&bench, known).await, @"already TECH-1: In Tech: TECH-1. All of it was done before.");
    let unknown = bench.naming("TECH-99");
    insta::assert_snapshot!(observed(&bench, unknown).await, @"blocked : Not in Tech yet: TECH-99 cannot be found.");
    let unread = bench.naming("pending");
    insta::assert_snapshot!(observed(&bench, unread).await, @r#"blocked : Not in Tech yet: Jira Reference says "pending": there is no key in it."#);
    let plain = bench.ticket();
    insta::assert_snapshot!(observed(&bench, plain).await, @"not_escalated : Not escalated: Escalation Type is empty.");
    bench.finish();
}

#[tokio::test]
async fn what_was_observed_leaves_nothing_for_the_sweep() {
    let bench = Bench::with_tech(&[]).await;
    let ticket = bench.ticket();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    observed(&bench, ticket).await;
    for _ in 0..3 {
        bench.wait(60);
        bench.sweep().await;
    }
    assert_eq!((bench.world.jira.issues().len(), bench.notes_of_ours(ticket)), (0, 0));
    bench.finish();
}
