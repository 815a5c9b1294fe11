//! The feedback of `validate-comment`, finished where HubSpot never comes again.

use escalation::http::Http;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Times};
use escalation::runtime::{Front, Invocation, Job};
use jiff::SignedDuration;
use sandbox::product::FORWARD_SECRET;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;
use sweep::Sweep;

use crate::bench::Bench;
use crate::bench::texts::{first_three, last_two, whole_with};
use crate::ledger::bench::client;

const NOTE: &str = "POST /crm/v3/objects/notes";

async fn sweep(bench: &Bench) {
    let ledger = Ledger::new(client(&bench.dynamo, 3), bench.dynamo.table(), Times::default());
    let front = Front::new(Http::new(), &bench.url, FORWARD_SECRET).unwrap();
    let deadline = bench.watch.now() + SignedDuration::from_secs(50);
    let invocation = Invocation { clock: bench.watch.clock(), deadline, request_id: "sweep-1".to_owned() };
    let alarm_after = std::time::Duration::from_secs(30 * 60);
    Sweep::new(ledger, front, alarm_after).run(&invocation).await.unwrap();
}

/// Sweeps every minute.
async fn minutes(bench: &Bench, count: usize) {
    for _ in 0..count {
        bench.wait(60);
        sweep(bench).await;
    }
}

/// A ticket whose agent could not be told: HubSpot met the first comment with this.
async fn untold(bench: &Bench, effect: Effect) -> TicketId {
    let ticket = bench.escalated(&first_three());
    bench.hubspot.inject(Fault::on(NOTE, effect));
    let first = bench.check(ticket, &[]).await;
    assert!(matches!(first.status, 429 | 503), "{first:?}");
    ticket
}

#[tokio::test]
async fn a_feedback_that_hubspot_did_not_take_is_written_by_the_sweep_alone_and_once() {
    for effect in [
        Effect::Refuse(refusal::rate_limited(refusal::Policy::TenSecondlyRolling)),
        Effect::Refuse(refusal::unavailable(503)),
        Effect::CutBefore,
        Effect::CutAfter,
        Effect::ApplyThenRefuse(refusal::unavailable(504)),
    ] {
        let bench = Bench::new().await;
        let name = effect.name();
        let ticket = untold(&bench, effect).await;
        minutes(&bench, 10).await;
        assert_eq!(bench.notes_of_ours(ticket), 1, "{name}");
        bench.written();
        minutes(&bench, 10).await;
        assert_eq!(bench.written(), (0, 10), "one query a minute, and nothing else");
        bench.finish();
    }
}

/// The workflow wants a mention and the policy does not: without its inputs the action would find
/// nothing to tell.
#[tokio::test]
async fn the_sweep_asks_with_the_workflows_own_inputs() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole_with("nobody"));
    bench.hubspot.inject(Fault::on(NOTE, Effect::Refuse(refusal::rate_limited(refusal::Policy::TenSecondlyRolling))));
    assert_eq!(bench.check(ticket, &[("require_mention", "true"), ("lookback_days", "")]).await.status, 429);
    minutes(&bench, 2).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.finish();
}

/// The agent was quicker: what was missing is there.
#[tokio::test]
async fn a_feedback_that_is_wanted_no_more_is_not_written() {
    let bench = Bench::new().await;
    let ticket = untold(&bench, Effect::CutBefore).await;
    bench.sam().write_note(ticket, &last_two()).unwrap();
    minutes(&bench, 10).await;
    assert_eq!(
        (bench.notes_of_ours(ticket), bench.value(ticket, "escalation_comment_status").as_str()),
        (0, "complete")
    );
    bench.written();
    minutes(&bench, 60).await;
    assert_eq!(bench.written(), (0, 60), "it is off the agenda");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_is_gone_is_let_go() {
    let bench = Bench::new().await;
    let ticket = untold(&bench, Effect::CutBefore).await;
    bench.sam().delete(ticket).unwrap();
    minutes(&bench, 3).await;
    bench.written();
    minutes(&bench, 60).await;
    assert_eq!(bench.written(), (0, 60));
    bench.finish();
}
