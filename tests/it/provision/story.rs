//! From an account in which there is nothing to an escalation that is accepted.

use escalation::http::Http;
use escalation::hubspot;
use sandbox::world::workflow::definition::comment_check;

use super::{APPLY, Deployed, Keys, Provision, fresh};
use crate::bench::{Bench, policy, texts};
use ::provision::Vendors;
use escalation::hubspot::App;
use escalation::policy::Policy;

#[tokio::test]
async fn an_account_that_was_set_up_takes_an_escalation() {
    let mut bench = Bench::with(fresh(), &[], comment_check(&[])).await;
    let ticket = bench.ticket();
    assert!(bench.sam().set(ticket, "escalation_type", "shift_lead").is_err(), "there is no such property yet");

    let deployed = Deployed {
        policy: Policy::parse(&policy(&[]), "policy.toml").unwrap(),
        public_url: None,
        portals: [bench.portal()].into(),
        app: App::new("").unwrap(),
    };
    let client = hubspot::HubSpot::new(Http::new(), bench.hubspot.base_url(), bench.hubspot.settings().token);
    let provision = Provision::new(deployed, Keys::default(), Vendors { hubspot: Some(client), ..Vendors::default() });
    let applied = Box::pin(provision.obey(&APPLY, bench.watch.now())).await;
    assert!(applied.is_right(), "{applied}");

    bench.sam().write_note(ticket, &texts::whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(15).await;
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    assert_eq!(bench.value(ticket, "escalation_cycle"), "1");
    bench.finish();
}
