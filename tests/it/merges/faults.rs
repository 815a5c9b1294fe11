//! Every call of the run that settles a merge fails in every way; asked again, the end is the same and
//! everything was said once.

use escalation::id::TicketId;
use sandbox::dynamo::{Moment, Step};
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Merging;
use sandbox::world::hubspot::refusal::{self, Policy};

use crate::bench::{Bench, ESCALATIONS};

const CALLS: [&str; 4] = [
    "GET /crm/v3/objects/tickets/*",
    "PATCH /crm/v3/objects/tickets/*",
    "POST /crm/v3/objects/notes",
    "POST /crm/v3/objects/notes/batch/read",
];

/// An escalation with an issue, merged into a ticket that had none: in HubSpot's words the survivor.
async fn survivor() -> (Bench, TicketId) {
    let bench = Bench::of_merges(Merging::KeepsPrimary).await;
    let escalated = bench.with_issue().await;
    let survivor = bench.sam().merge(bench.ticket(), escalated).unwrap();
    (bench, survivor)
}

async fn ends_well(bench: Bench, survivor: TicketId, why: &str) {
    for _ in 0..3 {
        bench.assign(survivor, &[]).await;
        bench.wait(240);
        bench.sweep().await;
    }
    bench.all_look_at(survivor).await;
    assert_eq!(bench.state(survivor), ["tech", "tech", "in_tech", "1"], "{why}");
    assert_eq!(bench.value(survivor, "jira_reference"), "TECH-1", "{why}");
    let said = bench.said(survivor);
    assert_eq!(said.matches("Goes on here").count(), 1, "{why}: {said}");
    assert_eq!((bench.world.jira.issues().len(), bench.read(ESCALATIONS).len()), (1, 1), "{why}");
    bench.thread_goes_on_as(survivor);
    bench.finish();
}

#[tokio::test]
async fn a_hubspot_that_stumbles() {
    for call in CALLS {
        let unavailable = || refusal::unavailable(503);
        let effects = [
            Effect::Refuse(unavailable()),
            Effect::ApplyThenRefuse(unavailable()),
            Effect::Refuse(refusal::rate_limited(Policy::TenSecondlyRolling)),
            Effect::CutBefore,
            Effect::CutAfter,
            Effect::Truncate,
        ];
        for effect in effects {
            let why = format!("{call} {}", effect.name());
            let (bench, survivor) = survivor().await;
            // Our client tries once more by itself.
            bench.hubspot.inject(Fault::on(call, effect).times(2));
            ends_well(bench, survivor, &why).await;
        }
    }
}

#[tokio::test]
async fn a_state_table_that_stumbles() {
    let (bench, ticket) = survivor().await;
    bench.dynamo.forget();
    bench.assign(ticket, &[]).await;
    let requests = bench.dynamo.requests().len();
    for at in 0..requests {
        for (before, after) in [(Step::Drop, Step::Drop), (Step::Pass, Step::Drop), (Step::FAIL, Step::FAIL)] {
            let (bench, survivor) = survivor().await;
            bench.dynamo.forget();
            // The client tries three times.
            for index in at..at + 3 {
                bench.dynamo.plan(index, Moment::Before, before);
                bench.dynamo.plan(index, Moment::After, after);
            }
            ends_well(bench, survivor, &format!("request {at}: {before:?}, {after:?}")).await;
        }
    }
}
