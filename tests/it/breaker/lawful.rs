//! What is no loop is never stopped.

use jiff::SignedDuration;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;

use super::ALERT;
use crate::bench::Bench;
use crate::bench::texts::{DANA, SAM, first_three, whole};
use crate::create_jira_issue::matrix::Lines;
use crate::validate_comment::product::Shop;

#[tokio::test]
async fn a_bulk_edit_of_two_hundred_tickets_is_no_loop() {
    let (lines, _listening) = Lines::listen();
    let mut bench = Bench::new().await;
    let tickets: Vec<_> = (0..200).map(|_| bench.escalated(&whole())).collect();
    // HubSpot throttles us meanwhile, and its workflows ask again.
    bench.pass(60).await;
    for ticket in tickets {
        assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
        assert!(bench.workflow(ticket).ends_with("finished\n") && !bench.workflow(ticket).contains("failed"));
    }
    assert!(lines.with(ALERT).is_empty());
    bench.finish();
}

/// Its looks at 0, 2, 12 and 32 minutes; and what people do meanwhile.
#[tokio::test]
async fn w1_looks_again_as_often_as_it_does() {
    let mut bench = Bench::with_lanes(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.pass(60).await;
    let story = bench.workflow(ticket);
    assert_eq!(story.matches("called, try 1: 200").count(), 7, "{story}");
    assert!(story.ends_with("finished\n") && !story.contains("failed"), "{story}");
    bench.finish();
}

#[tokio::test]
async fn people_who_change_their_minds_are_no_loop() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(1).await;
    for (who, to) in [(SAM, ""), (SAM, "shift_lead"), (DANA, "tech"), (DANA, "shift_lead")] {
        bench.hubspot.agent(who).set(ticket, "escalation_type", to).unwrap();
        bench.pass(1).await;
    }
    let story = bench.workflow(ticket);
    assert!(!story.contains("failed"), "{story}");
    assert_eq!(bench.place(ticket)[0], "cs");
    bench.finish();
}

/// HubSpot asks again after 1, 2, 4 and 8 minutes, and more often where it is told when.
#[tokio::test]
async fn what_is_asked_again_because_something_is_down_is_one_run() {
    let mut bench = Bench::with_lanes(&[]).await;
    let limited = || refusal::rate_limited(refusal::Policy::TenSecondlyRolling);
    bench.hubspot.inject(Fault::on("GET /crm/v3/objects/tickets/*", Effect::Refuse(limited())).times(30));
    let ticket = bench.escalated(&whole());
    bench.pass(60).await;
    let story = bench.workflow(ticket);
    assert!(story.contains("called, try 12"), "{story}");
    assert!(story.ends_with("finished\n") && !story.contains("failed"), "{story}");
    bench.finish();
}

/// Real processes: each is killed at work ten times, and HubSpot asks again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_again_because_it_was_killed_is_one_run() {
    let mut shop = Shop::open().await;
    let host = std::sync::Arc::downgrade(&shop.product.host);
    let left = std::sync::atomic::AtomicI64::new(10);
    shop.product.world.hubspot.after_each(move |call| {
        let is_it = call.method == "GET" && call.path.starts_with("/crm/v3/objects/tickets/");
        if is_it && left.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            host.upgrade().map(|host| host.kill("validate-comment"));
        }
        async {}
    });
    let ticket = shop.escalated(&first_three());
    shop.product.pass(SignedDuration::from_hours(72)).await.unwrap();
    assert_eq!(shop.crashes(), 10);
    shop.ended_well(ticket, "ten kills");
    assert!(!shop.logs().iter().any(|it| it.contains(ALERT)));
    shop.close();
}
