//! What an administrator is told.

use super::channels::{ADMINS, BY_ID, TO_ADMINS, furnish, open, with};
use crate::bench::texts::{DANA, whole};
use crate::bench::{Bench, ESCALATIONS};
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::schema::{Property, Type};

fn with_option(bench: &Bench, options: &[&str]) {
    let options = options.iter().map(|it| ((*it).to_owned(), (*it).to_owned())).collect();
    bench.hubspot.define(Property::custom("escalation_type", "Escalation Type", Type::One(options)));
}

#[tokio::test]
async fn somebody_who_left_is_said_once_a_day() {
    let bench = open().await;
    bench.hubspot.dismiss(DANA);
    for _ in 0..3 {
        let ticket = bench.escalated(&whole());
        for _ in 0..2 {
            bench.assign(ticket, &[]).await;
        }
    }
    let alerts = bench.read(ADMINS);
    insta::assert_snapshot!(alerts.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join("\n"), @r"
    For the administrator: On duty by the rota but not active in HubSpot: Dana Whitfield. Correct the rota in the policy, or activate them. · automatic message
    For the administrator: Nobody is on duty by the rota, and the policy names no fallback who is active: escalations have no owner. Name one in the policy under `[rota]`. · automatic message
    ");
    bench.wait(14 * 3_600);
    let ticket = bench.escalated(&whole());
    bench.wait(9 * 3_600);
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.read(ADMINS).len(), alerts.len() * 2, "the next day it is still so");
    bench.finish();
}

#[tokio::test]
async fn an_option_that_nobody_knows_is_said_by_its_name() {
    let bench = open().await;
    with_option(&bench, &["shift_lead", "tech", "manager", "vip"]);
    for option in ["manager", "vip", "manager"] {
        let ticket = bench.ticket();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.sam().set(ticket, "escalation_type", option).unwrap();
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
        assert_eq!(bench.value(ticket, "escalation_lane"), "cs");
    }
    let alerts: Vec<_> = bench.read(ADMINS).into_iter().map(|it| it.text).collect();
    assert_eq!(alerts.len(), 2, "{alerts:?}");
    assert!(alerts[0].contains("`manager`") && alerts[1].contains("`vip`"), "{alerts:?}");
    bench.finish();
}

#[tokio::test]
async fn nobody_on_duty_is_said() {
    let bench = furnish(Bench::with_lanes(&[BY_ID, TO_ADMINS]).await);
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    let alerts = bench.read(ADMINS);
    assert_eq!(alerts.len(), 1);
    assert!(alerts[0].text.contains("Nobody is on duty by the rota"), "{}", alerts[0].text);
    bench.finish();
}

/// The alert of one ticket's run was posted without an answer: another ticket's run finds it.
#[tokio::test]
async fn an_alert_is_not_said_twice_because_another_ticket_asks_later() {
    let bench = with(&[]).await;
    bench.hubspot.dismiss(DANA);
    let first = bench.escalated(&whole());
    bench.world.slack.inject(Fault::on("POST /api/chat.postMessage", Effect::CutAfter).nth(2));
    bench.assign(first, &[]).await;
    let told = bench.read(ADMINS).len();
    bench.wait(3_600);
    let second = bench.escalated(&whole());
    bench.assign(second, &[]).await;
    bench.sweep_for(10).await;
    assert!(bench.read(ADMINS).len() <= told.max(2), "{:?}", bench.read(ADMINS));
    let texts: std::collections::BTreeSet<_> = bench.read(ADMINS).into_iter().map(|it| it.text).collect();
    assert_eq!(texts.len(), bench.read(ADMINS).len(), "each once");
    bench.finish();
}

#[tokio::test]
async fn a_property_that_hubspot_does_not_know_keeps_nobody_from_hearing_of_the_escalation() {
    let bench = Bench::with_lanes(&[]).await;
    bench.hubspot.forget("escalation_origin");
    let ticket = bench.escalated(&whole());
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    assert!(answer.get("message").contains("escalation_origin PROPERTY_DOESNT_EXIST"), "{answer:?}");
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 1);
    bench.world.violations();
    bench.finish();
}
