//! SIGKILL at every moment at which the function speaks to somebody.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use sandbox::dynamo::{Moment, Step};
use sandbox::host::Host;
use sandbox::world::call::Target;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::HubSpot;
use sandbox::world::journal::Pattern;

use super::product::Shop;
use crate::bench::texts::first_three;

use Moment::{After, Before};

const TICKET: &str = "GET /crm/v3/objects/tickets/*";
const THREADS: &str = "GET /conversations/v3/conversations/threads";
const MESSAGES: &str = "GET /conversations/v3/conversations/threads/*/messages";
const NOTES: &str = "POST /crm/v3/objects/notes/batch/read";
const COMPANIES: &str = "POST /crm/v3/objects/companies/batch/read";
const OWNERS: &str = "GET /crm/v3/owners";
const PROPERTIES: &str = "PATCH /crm/v3/objects/tickets/*";
const COMMENT: &str = "POST /crm/v3/objects/notes";
/// The two writes to the state table.
const TAKE: &str = "DynamoDB take";
const END: &str = "DynamoDB end";

/// Where the function dies next: at the call itself, before it takes effect or after.
#[derive(Clone, Default)]
struct Deaths(Arc<Mutex<VecDeque<(&'static str, Moment)>>>);

impl Deaths {
    /// Whether this call is the next one's place, which is then done with.
    fn strikes(&self, moment: Moment, is_it: impl Fn(&str) -> bool) -> Option<&'static str> {
        let mut deaths = self.0.lock().unwrap();
        let (place, _) = *deaths.front().filter(|(place, when)| *when == moment && is_it(place))?;
        deaths.pop_front();
        Some(place)
    }

    fn at_hubspot(&self, hubspot: &HubSpot, host: &Arc<Host>) {
        let meets = |place: &str, call: &Target| {
            !place.starts_with("DynamoDB") && Pattern::new(place).matches(&call.method, &call.path)
        };
        // A call whose caller died before it was on the wire comes by here once more, at its end.
        let unsent = Arc::new(Mutex::new(None));
        let (deaths, killer, vendor, dead) = (self.clone(), Arc::clone(host), hubspot.clone(), Arc::clone(&unsent));
        hubspot.before_each(move |call| {
            if let Some(place) = deaths.strikes(Before, |it| meets(it, &call)) {
                *dead.lock().unwrap() = Some(place);
                vendor.inject(Fault::on(place, Effect::CutBefore));
                killer.kill("validate-comment");
            }
            async {}
        });
        let (deaths, killer) = (self.clone(), Arc::clone(host));
        hubspot.after_each(move |call| {
            let was_unsent = unsent.lock().unwrap().take_if(|it| meets(it, &call)).is_some();
            if !was_unsent && deaths.strikes(After, |it| meets(it, &call)).is_some() {
                killer.kill("validate-comment");
            }
            async {}
        });
    }

    fn at_dynamodb(&self, shop: &Shop) {
        let (deaths, killer) = (self.clone(), Arc::clone(&shop.product.host));
        shop.product.dynamo.on_request(move |request, moment| {
            let expression = request.body["UpdateExpression"].as_str().unwrap_or_default();
            let is_it = |place: &str| match place {
                TAKE => expression.contains("ADD fen"),
                END => expression.contains("REMOVE own"),
                _ => false,
            };
            let dies = deaths.strikes(moment, is_it).is_some();
            if dies {
                killer.kill("validate-comment");
            }
            async move { if dies { Step::Drop } else { Step::Pass } }
        });
    }
}

/// One ticket after the other, each with its own deaths.
async fn check(cases: &[&[(&'static str, Moment)]]) {
    let mut shop = Shop::open().await;
    let deaths = Deaths::default();
    deaths.at_hubspot(&shop.product.world.hubspot, &shop.product.host);
    deaths.at_dynamodb(&shop);
    for case in cases {
        let ticket = shop.escalated(&first_three());
        let crashes = shop.crashes();
        deaths.0.lock().unwrap().extend(case.iter());
        // A try that dies after some that had to wait is HubSpot's sixth or seventh: it waits half an hour or an hour.
        shop.pass(120).await;
        let died = shop.crashes() - crashes;
        assert_eq!((died, deaths.0.lock().unwrap().len()), (case.len(), 0), "{case:?} {:?}", shop.statuses(ticket));
        shop.ended_well(ticket, &format!("{case:?}"));
    }
    shop.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_reads() {
    let places = [TICKET, THREADS, MESSAGES, NOTES, COMPANIES, OWNERS];
    let cases: Vec<[_; 1]> = places.iter().flat_map(|it| [[(*it, Before)], [(*it, After)]]).collect();
    check(&cases.iter().map(|it| &it[..]).collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_writes() {
    let places = [PROPERTIES, COMMENT, TAKE, END];
    let cases: Vec<[_; 1]> = places.iter().flat_map(|it| [[(*it, Before)], [(*it, After)]]).collect();
    check(&cases.iter().map(|it| &it[..]).collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_while_it_puts_things_right() {
    check(&[
        &[(COMMENT, After), (NOTES, Before)],
        &[(COMMENT, After), (TAKE, After)],
        &[(COMMENT, After), (END, Before)],
        &[(COMMENT, Before), (COMMENT, After)],
        &[(TAKE, After), (TAKE, After), (COMMENT, After)],
        &[(TAKE, Before), (COMMENT, Before), (END, After)],
    ])
    .await;
}
