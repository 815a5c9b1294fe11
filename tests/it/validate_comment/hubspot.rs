//! HubSpot in trouble: what its workflow is told, and how the ticket looks once HubSpot is well.

use std::ops::RangeInclusive;

use std::time::Duration;

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal::{self, Policy};
use sandbox::world::workflow::log::What;

use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

const TICKET: &str = "GET /crm/v3/objects/tickets/*";
const THREADS: &str = "GET /conversations/v3/conversations/threads";
const MESSAGES: &str = "GET /conversations/v3/conversations/threads/*/messages";
const NOTES: &str = "POST /crm/v3/objects/notes/batch/read";
const COMPANIES: &str = "POST /crm/v3/objects/companies/batch/read";
const OWNERS: &str = "GET /crm/v3/owners";
const PROPERTIES: &str = "PATCH /crm/v3/objects/tickets/*";
const COMMENT: &str = "POST /crm/v3/objects/notes";
const READS: [&str; 5] = [TICKET, THREADS, MESSAGES, NOTES, COMPANIES];

fn refused(status: u16) -> Effect {
    Effect::Refuse(refusal::unavailable(status))
}

/// An escalation without its last two points meets this fault. HubSpot's workflow is answered first
/// like this, with this wait in milliseconds; and at last the agent was told once.
async fn check(fault: Fault, status: u16, wait: Option<RangeInclusive<i64>>) {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.hubspot.inject(fault);
    let start = bench.watch.now();
    bench.pass(40).await;
    let story = bench.workflow(ticket);
    let first = bench.engine.log().iter().find_map(|it| match it.what {
        What::Called { status, .. } => status,
        _ => None,
    });
    assert_eq!(first, Some(status), "{story}");
    let again = bench.engine.log().iter().find_map(|it| match it.what {
        What::WillRetry { at } => Some(i64::try_from(at.duration_since(start).as_millis()).unwrap()),
        _ => None,
    });
    match again {
        None => assert_eq!(status, 200, "{story}"),
        // HubSpot's own schedule begins with a minute.
        Some(again) => assert!(wait.unwrap_or(60_000..=60_000).contains(&again), "{story}"),
    }
    assert!(story.ends_with("finished\n") && !story.contains("failed"), "{story}");
    assert_eq!(bench.notes_of_ours(ticket), 1, "{story}");
    let properties =
        ["comment_status", "comment_missing", "cycle"].map(|it| bench.value(ticket, &format!("escalation_{it}")));
    assert_eq!(properties, ["incomplete", "blocker;required_to_resolve", "1"], "{story}");
    bench.finish();
}

#[tokio::test]
async fn a_full_rate_limit_is_waited_out_in_milliseconds() {
    for call in [TICKET, THREADS, MESSAGES, NOTES, COMPANIES, PROPERTIES, COMMENT] {
        let limited = |policy| Fault::on(call, Effect::Refuse(refusal::rate_limited(policy)));
        check(limited(Policy::TenSecondlyRolling), 429, Some(10_000..=50_000)).await;
    }
    let limited = |policy| Fault::on(TICKET, Effect::Refuse(refusal::rate_limited(policy)));
    check(limited(Policy::Secondly), 429, Some(1_000..=5_000)).await;
}

#[tokio::test]
async fn a_used_up_day_is_asked_again_in_an_hour_or_two() {
    for call in [TICKET, COMMENT] {
        let mut bench = Bench::new().await;
        let ticket = bench.escalated(&first_three());
        bench.hubspot.inject(Fault::on(call, Effect::Refuse(refusal::rate_limited(Policy::Daily))));
        bench.pass(59).await;
        assert_eq!(bench.notes_of_ours(ticket), 0);
        bench.pass(62).await;
        assert_eq!(bench.notes_of_ours(ticket), 1);
        bench.finish();
    }
}

#[tokio::test]
async fn a_locked_record_and_a_moving_account_are_waited_for() {
    for call in [TICKET, NOTES, PROPERTIES, COMMENT] {
        check(Fault::on(call, refused(423)), 429, Some(2_000..=2_000)).await;
        check(Fault::on(call, refused(477)), 429, Some(60_000..=60_000)).await;
    }
}

#[tokio::test]
async fn a_stumble_of_a_read_or_of_the_properties_is_not_noticed() {
    for call in [TICKET, THREADS, MESSAGES, NOTES, COMPANIES, OWNERS, PROPERTIES] {
        check(Fault::on(call, refused(502)), 200, None).await;
    }
    check(Fault::on(TICKET, Effect::CutBefore), 200, None).await;
    check(Fault::on(PROPERTIES, Effect::CutAfter), 200, None).await;
}

#[tokio::test]
async fn hubspot_down_is_asked_again_later() {
    for call in READS.into_iter().chain([PROPERTIES]) {
        check(Fault::on(call, refused(503)).times(2), 503, None).await;
    }
    for status in [500, 502, 504] {
        check(Fault::on(TICKET, refused(status)).times(2), 503, None).await;
    }
    for cut in [Effect::CutBefore, Effect::CutAfter] {
        check(Fault::on(NOTES, cut.clone()).times(2), 503, None).await;
        check(Fault::on(PROPERTIES, cut).times(2), 503, None).await;
    }
}

#[tokio::test]
async fn half_an_answer_is_no_answer() {
    for call in READS {
        check(Fault::on(call, Effect::Truncate), 503, None).await;
    }
    check(Fault::on(PROPERTIES, Effect::Truncate), 200, None).await;
}

#[tokio::test]
async fn a_comment_whose_fate_is_unknown_is_looked_for_before_it_is_written_again() {
    for status in [500, 502, 503, 504] {
        check(Fault::on(COMMENT, refused(status)), 503, None).await;
    }
    check(Fault::on(COMMENT, Effect::ApplyThenRefuse(refusal::unavailable(504))), 503, None).await;
    for fault in [Effect::CutBefore, Effect::CutAfter, Effect::Truncate] {
        check(Fault::on(COMMENT, fault), 503, None).await;
    }
    // Three times in a row, each time with a look in between.
    check(Fault::on(COMMENT, Effect::CutAfter).times(3), 503, None).await;
    check(Fault::on(COMMENT, Effect::CutBefore).times(3), 503, None).await;
}

#[tokio::test]
async fn a_comment_that_hubspot_shows_late_is_not_written_twice() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(1).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(5).await;
    bench.hubspot.set_indexing_lag(jiff::SignedDuration::from_secs(150));
    bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.pass(3).await;
    bench.hubspot.inject(Fault::on(COMMENT, Effect::CutAfter));
    bench.escalate(ticket);
    bench.pass(40).await;
    assert_eq!(bench.notes_of_ours(ticket), 2, "one for each escalation\n{}", bench.workflow(ticket));
    assert_eq!(bench.hubspot.journal().count(COMMENT), 2);
    bench.finish();
}

#[tokio::test]
async fn a_token_that_does_not_do_is_a_matter_for_people_and_heals() {
    for denial in [refusal::expired(), refusal::unauthenticated(), refusal::missing_scope("tickets")] {
        for call in [TICKET, NOTES, PROPERTIES, COMMENT] {
            check(Fault::on(call, Effect::Refuse(denial.clone())), 503, None).await;
        }
    }
    check(Fault::on(OWNERS, Effect::Refuse(refusal::expired())), 503, None).await;
}

#[tokio::test]
async fn without_the_owners_the_message_names_nobody() {
    for fault in [refused(503), Effect::Refuse(refusal::missing_scope("crm.objects.owners.read")), Effect::Truncate] {
        let bench = Bench::new().await;
        let ticket = bench.escalated(&first_three());
        bench.hubspot.inject(Fault::on(OWNERS, fault).always());
        assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
        let said = bench.said(ticket);
        assert!(said.contains("by a colleague") && !said.contains("Sam"), "{said}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_property_that_is_not_there_is_named_and_the_agent_is_told_all_the_same() {
    let bench = Bench::new().await;
    bench.hubspot.forget("escalation_last_message");
    let ticket = bench.escalated(&first_three());
    let answer = bench.check(ticket, &[]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    let message = answer.get("message");
    assert!(message.contains("escalation_last_message PROPERTY_DOESNT_EXIST"), "{message}");
    assert_eq!(bench.notes_of_ours(ticket), 1);
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "incomplete", "the others are written");
    let answer = bench.check(ticket, &[]).await;
    assert_eq!((answer.outcome(), bench.notes_of_ours(ticket)), ("incomplete", 1));
    bench.finish();
}

#[tokio::test]
async fn a_list_without_one_of_its_options_is_named_too() {
    use sandbox::world::hubspot::schema::{Property, Type};
    let bench = Bench::new().await;
    let options = vec![("missing".to_owned(), "Missing".to_owned())];
    bench.hubspot.define(Property::custom("escalation_comment_status", "Comment check", Type::One(options)));
    let ticket = bench.escalated(&whole());
    let message = bench.check(ticket, &[]).await.get("message").to_owned();
    assert!(message.contains("escalation_comment_status INVALID_OPTION"), "{message}");
    bench.finish();
}

#[tokio::test]
async fn hubspots_patience_is_not_tried_by_a_hubspot_that_hangs() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.hubspot.inject(Fault::on(COMMENT, Effect::Delay(Duration::from_secs(30))));
    let started = std::time::Instant::now();
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.status, 503);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
    bench.wait(60);
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(bench.notes_of_ours(ticket), 1, "the one that was late");
    bench.finish();
}

/// A change in bulk. All are over the limit together; coming back together they would
/// stay so for ever.
#[tokio::test]
async fn a_hundred_tickets_escalated_at_once_are_all_told() {
    let mut bench = Bench::new().await;
    let tickets: Vec<_> = (0..100).map(|_| bench.escalated(&first_three())).collect();
    bench.pass(15).await;
    let told = tickets.iter().filter(|it| bench.notes_of_ours(**it) == 1).count();
    assert_eq!(told, tickets.len());
    bench.finish();
}

#[tokio::test]
async fn a_token_that_may_not_read_companies_still_checks_the_comment() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    let denied = Effect::Refuse(refusal::missing_scope("crm.objects.companies.read"));
    bench.hubspot.inject(Fault::on(COMPANIES, denied).always());
    let answer = bench.check(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("name_status")), ("incomplete", "ok"));
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.hubspot.heal();
    bench.finish();
}
