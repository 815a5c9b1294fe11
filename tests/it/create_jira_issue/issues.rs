//! What becomes of an escalation that a Shift Lead sends to Tech.

use crate::bench::Bench;
use crate::bench::texts::whole;

#[tokio::test]
async fn an_escalation_that_is_sent_to_tech_gets_one_issue_known_on_both_sides() {
    let mut bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    let issues = bench.issues(ticket);
    assert_eq!(issues.len(), 1);
    let issue = &issues[0];
    println!("{}", issue.text);
    println!("{:?}", bench.logged(ticket));
    println!("{}", bench.said(ticket));
    println!("{}", bench.workflow(ticket));
    bench.finish();
}
