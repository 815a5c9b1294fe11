//! By when an escalation must be looked at and answered.

use escalation::id::TicketId;
use sandbox::world::hubspot::schema::{Property, Type};

use super::stage::{DAYS, LEADS};
use crate::bench::texts::{first_three, whole};
use crate::bench::{Bench, START, policy};

const LEGAL: &str = "My solicitor will be writing to you and we will see you in the small claims court.";

/// A complete escalation of this moment, with these properties: when it is to be reviewed and resolved.
async fn due(changes: &[(&str, &str)], moment: &str, properties: &[(&str, &str)]) -> [String; 2] {
    let bench = Bench::with_leads(changes).await;
    bench.at(moment);
    let ticket = escalated(&bench, properties);
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!(answer.outcome(), "assigned");
    let due = dates(&bench, ticket);
    assert_eq!([answer.get("review_due_at"), answer.get("resolve_due_at")], [&*due[0], &*due[1]]);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    assert_eq!(dates(&bench, ticket), due, "the same at every look");
    bench.finish();
    due
}

fn escalated(bench: &Bench, properties: &[(&str, &str)]) -> TicketId {
    let ticket = bench.ticket();
    for (property, value) in properties {
        bench.sam().set(ticket, property, value).unwrap();
    }
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    ticket
}

fn dates(bench: &Bench, ticket: TicketId) -> [String; 2] {
    ["review", "resolve"].map(|it| bench.value(ticket, &format!("escalation_{it}_due_at")))
}

#[tokio::test]
async fn the_shift_lead_has_two_hours_and_the_answer_as_long_as_its_priority_gives() {
    for (priority, resolve) in [("HIGH", "06"), ("MEDIUM", "08"), ("LOW", "12"), ("", "12")] {
        let expected = ["2026-01-05T11:41:00Z".to_owned(), format!("2026-01-{resolve}T09:41:00Z")];
        assert_eq!(due(&[], START, &[("hs_ticket_priority", priority)]).await, expected, "{priority}");
    }
}

#[tokio::test]
async fn what_is_immediate_is_due_in_half_an_hour_at_any_time_of_day() {
    let immediate = [("content", LEGAL)];
    assert_eq!(due(&[], START, &immediate).await, ["2026-01-05T10:11:00Z", "2026-01-06T09:41:00Z"]);
    assert_eq!(due(&[], "2026-01-04T02:00:00Z", &immediate).await[0], "2026-01-04T02:30:00Z", "a Sunday night");
    let later = ("immediate = \"30m always\"", "immediate = \"3h always\"");
    assert_eq!(due(&[later], START, &immediate).await[0], "2026-01-05T10:41:00Z", "level 4 is sooner");
}

#[tokio::test]
async fn a_level_that_a_person_chose_has_its_own_target() {
    for (level, review) in [("1", "05T11:41"), ("2", "05T11:41"), ("3", "06T09:41"), ("4", "05T10:41")] {
        let review = format!("2026-01-{review}:00Z");
        assert_eq!(due(&[], START, &[("escalation_level", level)]).await[0], review, "{level}");
    }
}

#[tokio::test]
async fn out_of_hours_and_on_holidays_the_time_begins_at_the_next_opening() {
    let evening = ["2026-01-06T11:00:00Z", "2026-01-13T09:00:00Z"];
    assert_eq!(due(&[], "2026-01-05T17:30:00Z", &[]).await, evening);
    assert_eq!(due(&[], "2026-01-05T16:30:00Z", &[]).await[0], "2026-01-06T10:00:00Z", "an hour today, one tomorrow");
    let holiday = ("holidays = []   ", "holidays = [\"2026-01-06\"]");
    assert_eq!(due(&[holiday], "2026-01-05T16:30:00Z", &[]).await[0], "2026-01-07T10:00:00Z");
}

#[tokio::test]
async fn each_pipeline_has_the_hours_of_its_team() {
    let manila = ("id = \"0\"\n", "id = \"0\"\ncalendar = \"manila\"\n");
    let hours = (
        "# By when an escalation is to be reviewed",
        "[calendars.manila]\ntime_zone = \"Asia/Manila\"\nholidays = []\n[calendars.manila.hours]\n\
         mon = [[\"08:00\", \"18:00\"]]\ntue = [[\"08:00\", \"18:00\"]]\n# By when an escalation is to be reviewed",
    );
    // 17:41 in Manila: nineteen minutes are left of the day.
    assert_eq!(due(&[manila, hours], START, &[]).await[0], "2026-01-06T01:41:00Z");
}

#[tokio::test]
async fn a_moment_between_two_milliseconds_is_kept_as_hubspot_keeps_it() {
    due(&[], "2026-01-05T09:41:00.123456789Z", &[("content", LEGAL)]).await;
}

#[tokio::test]
async fn the_review_is_due_from_when_the_shift_lead_has_it_and_the_answer_from_the_start() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.pass(40).await;
    assert_eq!(bench.value(ticket, "escalation_accepted_at"), "2026-01-05T10:13:00Z");
    assert_eq!(dates(&bench, ticket), ["2026-01-05T12:13:00Z", "2026-01-12T09:41:00Z"]);
    bench.finish();
}

#[tokio::test]
async fn an_open_escalation_keeps_its_targets_when_the_policy_changes() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = escalated(&bench, &[]);
    bench.assign(ticket, &[]).await;
    let [leads, days] = [LEADS, DAYS];
    let slower = [
        leads,
        days,
        ("shift_lead = \"2h\"", "shift_lead = \"4h\""),
        ("otherwise = \"5 days\"", "otherwise = \"9 days\""),
    ];
    bench.change_policy(&policy(&slower));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    assert_eq!(dates(&bench, ticket), ["2026-01-05T11:41:00Z", "2026-01-12T09:41:00Z"]);
    let next = escalated(&bench, &[]);
    bench.assign(next, &[]).await;
    assert_eq!(dates(&bench, next), ["2026-01-05T13:41:00Z", "2026-01-16T09:41:00Z"]);
    bench.finish();
}

#[tokio::test]
async fn a_changed_calendar_counts_for_open_escalations() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = escalated(&bench, &[]);
    bench.assign(ticket, &[]).await;
    let holiday = ("holidays = []   ", "holidays = [\"2026-01-05\"]");
    bench.change_policy(&policy(&[LEADS, DAYS, holiday]));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    assert_eq!(dates(&bench, ticket), ["2026-01-06T11:00:00Z", "2026-01-13T09:00:00Z"]);
    bench.finish();
}

#[tokio::test]
async fn a_raised_priority_counts_from_the_start() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = escalated(&bench, &[("hs_ticket_priority", "LOW")]);
    bench.assign(ticket, &[]).await;
    bench.at("2026-01-07T12:00:00Z");
    bench.sam().set(ticket, "hs_ticket_priority", "HIGH").unwrap();
    bench.assign(ticket, &[]).await;
    assert_eq!(dates(&bench, ticket)[1], "2026-01-06T09:41:00Z", "which may be over already");
    bench.finish();
}

#[tokio::test]
async fn the_priority_is_raised_once_and_what_a_person_lowers_stays_low() {
    let bench = Bench::with_leads(&[]).await;
    let priorities = ["LOW", "MEDIUM", "HIGH", "URGENT"].map(|it| (it.to_owned(), it.to_owned())).to_vec();
    bench.hubspot.define(Property::built_in("hs_ticket_priority", Type::One(priorities)));
    for (before, then) in [("", "HIGH"), ("LOW", "HIGH"), ("HIGH", "HIGH"), ("URGENT", "URGENT")] {
        let ticket = escalated(&bench, &[("hs_ticket_priority", before), ("content", LEGAL)]);
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "hs_ticket_priority"), then, "{before}");
        bench.wait(60);
        bench.dana().set(ticket, "hs_ticket_priority", "LOW").unwrap();
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "hs_ticket_priority"), "LOW", "{before}");
        assert_eq!(dates(&bench, ticket)[1].len(), 20);
    }
    bench.finish();
}

#[tokio::test]
async fn a_standard_trigger_raises_the_priority_to_medium_and_none_leaves_it_alone() {
    let bench = Bench::with_leads(&[]).await;
    for (content, priority) in [("I want to speak to your manager, now.", "MEDIUM"), ("Good morning.", "")] {
        let ticket = escalated(&bench, &[("content", content)]);
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "hs_ticket_priority"), priority);
    }
    bench.finish();
}

#[tokio::test]
async fn the_customers_turn_stops_the_clock_of_the_answer_and_not_that_of_the_review() {
    let bench = Bench::with_leads(&[]).await;
    bench.at(START);
    let ticket = escalated(&bench, &[("hs_ticket_priority", "HIGH")]);
    bench.assign(ticket, &[]).await;
    bench.sam().move_to(ticket, "2").unwrap();
    bench.wait(60 * 60);
    bench.sam().move_to(ticket, "3").unwrap();
    bench.wait(60 * 60);
    bench.assign(ticket, &[]).await;
    assert_eq!(dates(&bench, ticket), ["2026-01-05T11:41:00Z", "2026-01-06T10:41:00Z"]);
    bench.finish();
}
