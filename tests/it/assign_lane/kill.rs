//! SIGKILL at every moment at which the function speaks to somebody.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use sandbox::dynamo::{Moment, Step};
use sandbox::world::call::Target;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::journal::Pattern;

use super::channels::{EXECUTIVES, OUTAGE};
use super::product::Agency;
use crate::bench::ESCALATIONS;
use crate::bench::texts::whole;

use Moment::{After, Before};

const TICKET: &str = "GET /crm/v3/objects/tickets/*";
const NOTES: &str = "POST /crm/v3/objects/notes/batch/read";
const PROPERTIES: &str = "PATCH /crm/v3/objects/tickets/*";
const COMMENT: &str = "POST /crm/v3/objects/notes";
const POST: &str = "POST /api/chat.postMessage";
const LOOK: &str = "GET /api/conversations.history";
/// Writes to the state table.
const TARGETS: &str = "DynamoDB targets";
const TAKE: &str = "DynamoDB take";
const END: &str = "DynamoDB end";

/// The agent is told that the Shift Lead has it.
const ALWAYS: (&str, &str) = ("accepted = \"after_feedback\"", "accepted = \"always\"");

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

    fn at_vendors(&self, agency: &Agency) {
        let product = &agency.shop.product;
        let meets = |place: &str, call: &Target| {
            !place.starts_with("DynamoDB") && Pattern::new(place).matches(&call.method, &call.path)
        };
        // A call whose caller died before it was on the wire comes by once more, at its end.
        let unsent = Arc::new(Mutex::new(None));
        let before = |cut: Arc<dyn Fn(Fault) + Send + Sync>| {
            let (deaths, host, unsent) = (self.clone(), Arc::clone(&product.host), Arc::clone(&unsent));
            move |call: Target| {
                if let Some(place) = deaths.strikes(Before, |it| meets(it, &call)) {
                    *unsent.lock().unwrap() = Some(place);
                    cut(Fault::on(place, Effect::CutBefore));
                    host.kill("assign-lane");
                }
                async {}
            }
        };
        let after = || {
            let (deaths, host, unsent) = (self.clone(), Arc::clone(&product.host), Arc::clone(&unsent));
            move |call: Target| {
                let was_unsent = unsent.lock().unwrap().take_if(|it| meets(it, &call)).is_some();
                if !was_unsent && deaths.strikes(After, |it| meets(it, &call)).is_some() {
                    host.kill("assign-lane");
                }
                async {}
            }
        };
        let (hubspot, slack) = (product.world.hubspot.clone(), product.world.slack.clone());
        product.world.hubspot.before_each(before(Arc::new(move |it| hubspot.inject(it))));
        product.world.hubspot.after_each(after());
        product.world.slack.before_each(before(Arc::new(move |it| slack.inject(it))));
        product.world.slack.after_each(after());
    }

    fn at_dynamodb(&self, agency: &Agency) {
        let (deaths, killer) = (self.clone(), Arc::clone(&agency.shop.product.host));
        agency.shop.product.dynamo.on_request(move |request, moment| {
            let expression = request.body["UpdateExpression"].as_str().unwrap_or_default();
            let is_it = |place: &str| match place {
                TARGETS => expression.contains("if_not_exists(val"),
                TAKE => expression.contains("ADD fen") && expression.contains("own=:me"),
                END => expression.contains("REMOVE own"),
                _ => false,
            };
            let dies = deaths.strikes(moment, is_it).is_some();
            if dies {
                killer.kill("assign-lane");
            }
            async move { if dies { Step::Drop } else { Step::Pass } }
        });
    }
}

/// One ticket after the other, each with its own deaths; each must not wait, so that it is paged, too.
async fn check(name: &str, cases: &[&[(&'static str, Moment)]]) {
    let mut agency = Agency::lanes_alone(name, &[ALWAYS]).await;
    let deaths = Deaths::default();
    deaths.at_vendors(&agency);
    deaths.at_dynamodb(&agency);
    for case in cases {
        let crashes = agency.crashes();
        deaths.0.lock().unwrap().extend(case.iter());
        let ticket = agency.shop.escalated(&format!("{}{OUTAGE}", whole()));
        agency.shop.pass(120).await;
        let why = format!("{case:?} {:?}", agency.shop.statuses(ticket));
        let died = agency.crashes() - crashes;
        // What it says at the same time may meet both deaths at once, or be said before the first of them.
        assert!((1..=case.len()).contains(&died), "{died} {why}");
        deaths.0.lock().unwrap().clear();
        assert_eq!((agency.told(ESCALATIONS, ticket), agency.told(EXECUTIVES, ticket)), (1, 1), "{why}");
        assert_eq!(agency.shop.notes_of_ours(ticket), 1, "{why}");
        let written = ["lane", "state", "level", "owner", "cycle"];
        let written = written.map(|it| agency.shop.value(ticket, &format!("escalation_{it}")));
        assert_eq!(written, ["cs", "triage", "4", "502", "1"], "{why}");
    }
    agency.close();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_reads_or_writes_to_hubspot() {
    let places = [TICKET, NOTES, PROPERTIES, COMMENT];
    let cases: Vec<[_; 1]> = places.iter().flat_map(|it| [[(*it, Before)], [(*it, After)]]).collect();
    check("hubspot", &cases.iter().map(|it| &it[..]).collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_writes_to_the_state_table_or_to_slack() {
    let places = [TARGETS, TAKE, END, POST];
    let cases: Vec<[_; 1]> = places.iter().flat_map(|it| [[(*it, Before)], [(*it, After)]]).collect();
    check("slack", &cases.iter().map(|it| &it[..]).collect::<Vec<_>>()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_while_it_puts_things_right() {
    check(
        "again",
        &[
            &[(POST, After), (LOOK, Before)],
            &[(POST, After), (LOOK, After)],
            &[(POST, After), (TAKE, After)],
            &[(POST, After), (END, Before)],
            &[(POST, Before), (POST, After)],
            &[(COMMENT, After), (POST, After)],
        ],
    )
    .await;
}
