//! The times that an escalation is held to: the Shift Lead is warned, more people hear that it is late, each
//! once, and the ticket shows how it stands.

use escalation::id::TicketId;

use super::channels::{open, with};
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

/// An escalation of 09:41, to be looked at by 11:41 and answered in five working days.
async fn begun() -> (Bench, TicketId) {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    (bench, ticket)
}

/// The sweep comes at this moment; how the ticket stands then.
async fn swept(bench: &Bench, ticket: TicketId, moment: &str) -> String {
    bench.at(moment);
    bench.sweep().await;
    bench.value(ticket, "escalation_sla_status")
}

fn replies(bench: &Bench) -> String {
    bench.thread(ESCALATIONS).split_once("\n--\n").map_or_else(String::new, |it| it.1.to_owned())
}

#[tokio::test]
async fn the_review_is_warned_of_at_three_quarters_and_late_from_the_minute_it_is_due() {
    let (bench, ticket) = begun().await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "ok");
    for (moment, status) in [
        ("2026-01-05T11:10:59.999Z", "ok"),
        ("2026-01-05T11:11:00Z", "warning"),
        ("2026-01-05T11:12:00Z", "warning"),
        ("2026-01-05T11:40:59.999Z", "warning"),
        ("2026-01-05T11:41:00Z", "breached"),
        ("2026-01-05T11:42:00Z", "breached"),
    ] {
        assert_eq!(swept(&bench, ticket, moment).await, status, "{moment}");
    }
    insta::assert_snapshot!(replies(&bench), @r"
    Review due in 30 min (11:41), not looked at yet. @Dana
    --
    Review was due 11:41. @Dana · on duty: Dana Whitfield
    ");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn sweeps_that_come_late_say_one_thing_with_the_real_time() {
    let (bench, ticket) = begun().await;
    assert_eq!(swept(&bench, ticket, "2026-01-05T13:46:00Z").await, "breached");
    insta::assert_snapshot!(replies(&bench), @"Review was due 11:41, 2 h 05 min late. @Dana · on duty: Dana Whitfield");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn what_was_late_once_stays_so_however_well_it_goes_on() {
    let (bench, ticket) = begun().await;
    assert_eq!(swept(&bench, ticket, "2026-01-05T11:41:00Z").await, "breached");
    bench.dana().write_note(ticket, "<p>Refund approved.</p>").unwrap();
    bench.wait(60);
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "breached");
    bench.finish();
}

#[tokio::test]
async fn a_review_that_came_too_late_is_kept_where_nobody_looked_in_time() {
    for (moment, status) in [("2026-01-05T11:40:59Z", "ok"), ("2026-01-05T11:41:00Z", "breached")] {
        let (bench, ticket) = begun().await;
        bench.at(moment);
        bench.dana().write_note(ticket, "<p>Refund approved.</p>").unwrap();
        assert_eq!(swept(&bench, ticket, "2026-01-05T12:00:00Z").await, status, "{moment}");
        assert!(!replies(&bench).contains("Review "), "it was looked at by then");
        bench.finish();
    }
}

#[tokio::test]
async fn once_it_is_reviewed_the_answers_time_counts() {
    let (bench, ticket) = begun().await;
    bench.wait(600);
    bench.dana().write_note(ticket, "<p>Refund approved.</p>").unwrap();
    bench.assign(ticket, &[]).await;
    // Of five days of eight and a half hours three quarters are over on the fourth day.
    for (moment, status) in [
        ("2026-01-08T16:03:29Z", "ok"),
        ("2026-01-08T16:03:30Z", "warning"),
        ("2026-01-12T09:40:59Z", "warning"),
        ("2026-01-12T09:41:00Z", "breached"),
    ] {
        assert_eq!(swept(&bench, ticket, moment).await, status, "{moment}");
    }
    insta::assert_snapshot!(replies(&bench), @r"
    Yours to finish. Dana Whitfield has decided: @Sam Okafor, please send the customer the final reply, clear Escalation Type and close the ticket.
    --
    Answer due 12 January 09:41. @Dana
    --
    Answer was due 09:41. @Dana · on duty: Dana Whitfield
    ");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn the_customers_turn_stops_the_answers_time_alone() {
    let (bench, ticket) = begun().await;
    bench.sam().move_to(ticket, "2").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "ok", "the review is not the customer's turn");
    assert_eq!(swept(&bench, ticket, "2026-01-05T11:11:00Z").await, "warning");
    bench.dana().write_note(ticket, "<p>Refund approved.</p>").unwrap();
    bench.wait(60);
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "paused");
    for moment in ["2026-01-08T16:03:30Z", "2026-01-12T09:41:00Z", "2026-01-20T09:41:00Z"] {
        assert_eq!(swept(&bench, ticket, moment).await, "paused", "{moment}");
    }
    bench.sam().move_to(ticket, "3").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "ok");
    assert!(!replies(&bench).contains("Answer "), "{}", replies(&bench));
    bench.finish();
}

#[tokio::test]
async fn a_raised_priority_may_be_late_at_once() {
    let (bench, ticket) = begun().await;
    bench.wait(600);
    bench.dana().write_note(ticket, "<p>Refund approved.</p>").unwrap();
    bench.assign(ticket, &[]).await;
    bench.at("2026-01-07T12:00:00Z");
    bench.sam().set(ticket, "hs_ticket_priority", "HIGH").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "breached");
    let said = replies(&bench);
    assert!(said.ends_with("Answer was due 6 January 09:41, 1 day late. @Dana · on duty: Dana Whitfield"), "{said}");
    bench.dana().set(ticket, "hs_ticket_priority", "LOW").unwrap();
    bench.wait(60);
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_resolve_due_at"), "2026-01-12T09:41:00Z");
    assert_eq!(bench.value(ticket, "escalation_sla_status"), "breached", "it was late once");
    bench.finish();
}

#[tokio::test]
async fn without_a_lane_or_closed_no_clock_runs() {
    let bench = open().await;
    let waits = bench.ticket();
    bench.escalate(waits);
    bench.assign(waits, &[]).await;
    assert_eq!(bench.value(waits, "escalation_sla_status"), "");
    let (bench, ticket) = begun().await;
    bench.sam().move_to(ticket, "4").unwrap();
    for moment in ["2026-01-05T11:11:00Z", "2026-01-05T11:41:00Z"] {
        assert_eq!(swept(&bench, ticket, moment).await, "ok");
    }
    assert_eq!(replies(&bench), "");
    bench.finish();
}

#[tokio::test]
async fn one_of_many_stands_out_when_it_is_late() {
    let bench = with(&[("digest_above = 20", "digest_above = 1")]).await;
    let tickets: Vec<_> = (0..3).map(|_| bench.escalated(&whole())).collect();
    for ticket in &tickets {
        bench.assign(*ticket, &[]).await;
    }
    let cards = |bench: &Bench| bench.read(ESCALATIONS).iter().filter(|it| it.text.contains("Escalation: ")).count();
    assert_eq!(cards(&bench), 1);
    swept(&bench, tickets[2], "2026-01-05T11:11:00Z").await;
    assert_eq!(cards(&bench), 1, "all of them are warned of at once");
    swept(&bench, tickets[2], "2026-01-05T11:41:00Z").await;
    assert_eq!(cards(&bench), 3);
    bench.finish();
}

#[tokio::test]
async fn the_percentage_is_the_policys() {
    let bench = with(&[("warn_at_percent = 75", "warn_at_percent = 50")]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    for (moment, status) in [("2026-01-05T10:40:59.999Z", "ok"), ("2026-01-05T10:41:00Z", "warning")] {
        assert_eq!(swept(&bench, ticket, moment).await, status);
    }
    bench.finish();
}
