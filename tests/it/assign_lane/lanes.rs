//! Which lane a ticket comes into, and when.

use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

#[tokio::test]
async fn a_complete_comment_brings_a_ticket_into_the_cs_lane() {
    let bench = Bench::with_lanes(&[]).await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs");
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 1);
    bench.finish();
}
