//! Which lane a ticket comes into, and when.

use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

#[tokio::test]
async fn smoke() {
    let bench = Bench::with_lanes(&[]).await;
    bench.world.slack.open_channel("C0ESCALATE", "cs-escalations");
    let ticket = bench.escalated(&whole());
    let answer = bench.assign(ticket, &[]).await;
    println!("{answer:#?}");
    let answer = bench.assign(ticket, &[]).await;
    println!("{answer:#?}");
    for m in bench.world.slack.messages("C0ESCALATE") {
        println!("{}", m.text);
    }
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &[]).await;
    bench.finish();
}
