//! Which lane a ticket comes into, what HubSpot then holds, and what the agent reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use escalation::id::TicketId;
use sandbox::world::hubspot::pipeline::{Pipeline, Stage};
use sandbox::world::hubspot::schema::{Property, Type};

use crate::bench::texts::{SAM, first_three, whole};
use crate::bench::{Answer, Bench, ESCALATIONS, START};

const ADMINS: (&str, &str) = ("# admins = \"C024BE91A\"", "admins = \"C024BE91A\"");

/// An account whose Escalation Type has one option more.
fn with_option(bench: &Bench, value: &str) {
    let options = [("shift_lead", "Shift Lead"), ("tech", "Tech"), (value, "Something else")];
    let options = options.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec();
    bench.hubspot.define(Property::custom("escalation_type", "Escalation Type", Type::One(options)));
}

#[tokio::test]
async fn a_complete_comment_brings_a_ticket_into_the_cs_lane() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!(answer.outcome(), "assigned");
    let fields = ["lane", "level", "owner_id", "review_due_at", "resolve_due_at", "triggers"].map(|it| answer.get(it));
    assert_eq!(fields, ["cs", "2", "502", "2026-01-05T11:41:00Z", "2026-01-12T09:41:00Z", ""]);
    insta::assert_snapshot!(answer.get("message"), @"With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.");
    insta::assert_snapshot!(bench.held(ticket), @r"
    type: shift_lead
    lane: cs
    state: triage
    level: 2
    owner: 502
    origin: agent
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    accepted_at: 2026-01-05T09:41:00Z
    review_due_at: 2026-01-05T11:41:00Z
    resolve_due_at: 2026-01-12T09:41:00Z
    sla_status: ok
    last_message: With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.
    hubspot_owner_id: 501
    ");
    assert_eq!(bench.said(ticket), "", "nothing was wrong before");
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 1);
    bench.finish();
}

#[tokio::test]
async fn a_second_look_writes_nothing() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    let first = bench.assign(ticket, &[]).await;
    assert_eq!(bench.patches().len(), 1);
    bench.wait(60);
    let second = bench.assign(ticket, &[]).await;
    assert_eq!(second.outcome(), "unchanged");
    assert_eq!((bench.written().0, bench.notes_of_ours(ticket)), (0, 0));
    for same in ["lane", "level", "owner_id", "review_due_at", "resolve_due_at", "triggers", "message"] {
        assert_eq!(first.get(same), second.get(same), "{same}");
    }
    bench.finish();
}

#[tokio::test]
async fn an_agent_who_left_something_out_is_told_when_the_shift_lead_has_it() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.pass(1).await;
    bench.sam().write_note(ticket, &crate::bench::texts::last_two()).unwrap();
    bench.pass(5).await;
    let said = bench.said(ticket);
    let (_, accepted) = said.split_once("\n\n").unwrap();
    insta::assert_snapshot!(accepted, @r#"
    *With the Shift Lead.* Dana Whitfield (on duty until 18:00) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:43.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.pass(60).await;
    assert_eq!(bench.notes_of_ours(ticket), 2, "each is said once");
    bench.finish();
}

#[tokio::test]
async fn what_lacked_in_the_earlier_escalation_and_lacks_again_is_told_again() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    for notes in [2, 4] {
        bench.escalate(ticket);
        bench.pass(5).await;
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.pass(10).await;
        assert_eq!((bench.value(ticket, "escalation_lane").as_str(), bench.notes_of_ours(ticket)), ("cs", notes));
        bench.sam().set(ticket, "escalation_type", "").unwrap();
        bench.pass(5).await;
        // As if it had not been looked at any more.
        bench.dana().set(ticket, "escalation_comment_status", "missing").unwrap();
        bench.pass(5).await;
    }
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(10).await;
    assert_eq!((bench.value(ticket, "escalation_lane").as_str(), bench.notes_of_ours(ticket)), ("cs", 4));
    bench.finish();
}

#[tokio::test]
async fn agents_hear_of_it_always_or_never_where_the_policy_says_so() {
    for (rule, told) in [("always", 1), ("never", 0)] {
        let bench = Bench::with_leads(&[("accepted = \"after_feedback\"", &format!("accepted = \"{rule}\""))]).await;
        let ticket = bench.escalated(&whole());
        for _ in 0..2 {
            bench.assign(ticket, &[]).await;
            assert_eq!(bench.notes_of_ours(ticket), told, "{rule}");
        }
        bench.finish();
    }
}

#[tokio::test]
async fn the_tickets_owner_stays_the_agent() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(60).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(60).await;
    assert_eq!(bench.hubspot.history(ticket, "hubspot_owner_id").len(), 1);
    bench.finish();
}

#[tokio::test]
async fn what_somebody_else_wrote_in_our_properties_is_put_right_and_nothing_else_is_written() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.sam().set(ticket, "escalation_lane", "tech").unwrap();
    bench.sam().set(ticket, "escalation_review_due_at", "2026-01-09T09:00:00Z").unwrap();
    bench.sam().set(ticket, "escalation_started_at", "1767606060000").unwrap();
    bench.patches();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    let written = [r#"{"escalation_lane":"cs","escalation_review_due_at":"2026-01-05T11:41:00Z"}"#];
    assert_eq!(bench.patches(), written);
    bench.finish();
}

#[tokio::test]
async fn cleared_while_open_it_leaves_its_lane() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(30).await;
    bench.patches();
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("lane")), ("deescalated", ""));
    insta::assert_snapshot!(answer.get("message"), @r#"De-escalated: Escalation Type was cleared while the ticket is open, so it left its lane. Please say in one line why, in "Why de-escalated"."#);
    assert_eq!(bench.changed(), ["escalation_lane", "escalation_last_message", "escalation_state"]);
    assert_eq!(bench.place(ticket), ["", "deescalated", "502"]);
    // A retry has the same answer, and nothing to do.
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "deescalated");
    assert_eq!(bench.patches().len(), 0);
    bench.finish();
}

#[tokio::test]
async fn cleared_while_it_waits_for_its_comment_it_is_over_too() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.escalate(ticket);
    bench.pass(1).await;
    assert_eq!(bench.value(ticket, "escalation_state"), "awaiting_context");
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(60).await;
    assert_eq!(bench.place(ticket), ["", "deescalated", ""]);
    bench.finish();
}

#[tokio::test]
async fn cleared_while_another_run_is_at_it_leaves_its_lane_all_the_same() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    let (hubspot, lambda) = (bench.hubspot.clone(), Arc::clone(&bench.lambda));
    let once = AtomicBool::new(true);
    let cleared = bench.asks(ticket);
    bench.wait(1);
    bench.hubspot.before_each(move |call| {
        let is_it = call.method == "PATCH" && once.swap(false, Ordering::SeqCst);
        let (hubspot, lambda, cleared) = (hubspot.clone(), lambda.clone(), cleared.clone());
        async move {
            if is_it {
                hubspot.agent(SAM).set(ticket, "escalation_type", "").unwrap();
                assert_eq!(Answer::read(&lambda.answer(cleared).await).outcome(), "not_escalated");
            }
        }
    });
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs", "it was written last");
    bench.wait(60);
    bench.sweep().await;
    assert_eq!(bench.place(ticket), ["", "deescalated", "502"]);
    bench.finish();
}

#[tokio::test]
async fn a_closed_ticket_that_is_cleared_is_on_its_way_to_its_resolution() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.pass(30).await;
    bench.sam().move_to(ticket, "4").unwrap();
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.patches();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "not_escalated");
    assert_eq!((bench.patches().len(), bench.value(ticket, "escalation_state").as_str()), (0, "triage"));
    bench.finish();
}

/// The ticket is left alone.
async fn left_alone(bench: &Bench, ticket: TicketId, outcome: &str, message: &str) {
    bench.written();
    let answer = bench.assign(ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("message")), (outcome, message));
    assert_eq!(bench.written(), (0, 0));
    assert_eq!(bench.world.slack.calls().len(), 0);
}

#[tokio::test]
async fn what_is_not_escalated_or_gone_is_left_alone() {
    const NONE: &str = "Not escalated: Escalation Type is empty.";
    const GONE: &str = "The ticket is deleted: nothing to do.";
    let bench = Bench::with_leads(&[]).await;
    left_alone(&bench, bench.ticket(), "not_escalated", NONE).await;
    left_alone(&bench, TicketId(42), "gone", GONE).await;
    let ticket = bench.escalated(&whole());
    bench.sam().delete(ticket).unwrap();
    left_alone(&bench, ticket, "gone", GONE).await;
    bench.sam().restore(ticket).unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.value(ticket, "escalation_cycle"), "1");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_deleted_while_we_look_at_it_is_gone() {
    for cleared in [false, true] {
        let bench = Bench::with_leads(&[]).await;
        let ticket = bench.escalated(&whole());
        if cleared {
            bench.assign(ticket, &[]).await;
            bench.sam().set(ticket, "escalation_type", "").unwrap();
        }
        let (hubspot, told) = (bench.hubspot.clone(), bench.world.slack.calls().len());
        bench.hubspot.before_each(move |call| {
            if call.method == "PATCH" {
                hubspot.agent(SAM).delete(ticket).unwrap();
            }
            async {}
        });
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "gone", "{cleared}");
        assert_eq!(bench.world.slack.calls().len(), told, "{cleared}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_merged_ticket_keeps_its_lane_under_both_its_ids() {
    let bench = Bench::with_leads(&[]).await;
    let (one, other) = (bench.escalated(&whole()), bench.ticket());
    bench.assign(one, &[]).await;
    let before = bench.held(one);
    let merged = bench.sam().merge(one, other).unwrap();
    for ticket in [merged, one] {
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
        assert_eq!(bench.held(ticket), before);
    }
    bench.finish();
}

#[tokio::test]
async fn an_unknown_option_goes_to_the_cs_lane_and_an_administrator_hears_of_it() {
    let mut bench = Bench::with_leads(&[ADMINS]).await;
    bench.world.slack.open_channel("C024BE91A", "cs-admins");
    with_option(&bench, "legal_team");
    for comment in [whole(), String::from("<p>hello</p>")] {
        let ticket = bench.ticket();
        bench.sam().write_note(ticket, &comment).unwrap();
        bench.sam().set(ticket, "escalation_type", "legal_team").unwrap();
        bench.pass(40).await;
        assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
        assert_eq!(bench.value(ticket, "escalation_type"), "legal_team", "it is a person's to correct");
    }
    let told = bench.world.slack.messages("C024BE91A");
    assert_eq!(told.len(), 1, "once a day");
    insta::assert_snapshot!(told[0].text, @"For the administrator: Escalation Type has an option `legal_team` that the procedure does not know: tickets with it go to the CS lane. Rename it back to `shift_lead` or `tech`, or name it in the policy under `ignored_types`. · automatic message");
    bench.finish();
}

#[tokio::test]
async fn each_unknown_option_and_pipeline_is_told() {
    let bench = Bench::with_leads(&[ADMINS]).await;
    bench.world.slack.open_channel("C024BE91A", "cs-admins");
    for option in ["legal_team", "vip"] {
        with_option(&bench, option);
        let ticket = bench.ticket();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.sam().set(ticket, "escalation_type", option).unwrap();
        bench.assign(ticket, &[]).await;
        bench.assign(ticket, &[]).await;
    }
    for id in ["88", "99"] {
        let stages = vec![Stage::open(&format!("{id}1"), "New"), Stage::closed(&format!("{id}2"), "Closed")];
        bench.hubspot.add_pipeline(Pipeline { id: id.to_owned(), label: id.to_owned(), stages });
    }
    with_option(&bench, "vip");
    for id in ["88", "99", "99"] {
        let stage = format!("{id}1");
        let values = [
            ("subject", "Escalation - A - B"),
            ("hs_pipeline", id),
            ("hs_pipeline_stage", &stage),
            ("hubspot_owner_id", "501"),
        ];
        let ticket = bench.sam().create_ticket(&values).unwrap();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.escalate(ticket);
        let answer = bench.assign(ticket, &[]).await;
        assert_eq!((answer.outcome(), answer.get("lane")), ("assigned", "cs"), "it has its lane all the same");
        assert_eq!(bench.value(ticket, "hs_pipeline_stage"), stage, "no stage is moved");
    }
    let told = bench.world.slack.messages("C024BE91A");
    assert_eq!(told.len(), 4);
    insta::assert_snapshot!(told[2].text, @"For the administrator: An escalated ticket is in pipeline `88`, which the policy does not name: it has its lane, and the hours of the default calendar. Name the pipeline in the policy under `[[pipelines]]`, with the role of each of its stages. · automatic message");
    bench.finish();
}

#[tokio::test]
async fn an_option_that_the_policy_ignores_does_not_escalate() {
    let mut bench = Bench::with_leads(&[]).await;
    with_option(&bench, "internal_note");
    let ticket = bench.ticket();
    bench.sam().set(ticket, "escalation_type", "internal_note").unwrap();
    bench.wait(60);
    left_alone(&bench, ticket, "not_escalated", "Not escalated: Escalation Type is empty.").await;
    let ticket = bench.escalated(&whole());
    bench.pass(5).await;
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs");
    bench.sam().set(ticket, "escalation_type", "internal_note").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.place(ticket), ["", "deescalated", "502"], "W1 has it taken out of its lane");
    bench.finish();
}

#[tokio::test]
async fn escalations_from_before_the_policys_date_are_left_alone() {
    let line = "# ignore_before = \"2026-01-01T00:00:00Z\"";
    let before = |time: &str| format!("ignore_before = \"{time}\"");
    let bench = Bench::with_leads(&[(line, &before("2026-01-05T09:41:01Z"))]).await;
    let said = "Not checked: this escalation began before the date from which escalations are checked.";
    left_alone(&bench, bench.escalated(&whole()), "not_escalated", said).await;
    bench.finish();
    let bench = Bench::with_leads(&[(line, &before(START))]).await;
    assert_eq!(bench.assign(bench.escalated(&whole()), &[]).await.outcome(), "assigned");
    bench.finish();
}

#[tokio::test]
async fn nothing_of_an_earlier_escalation_is_left_in_the_next() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", "My solicitor will be writing to you.").unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.pass(10).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.dana().set(ticket, "escalation_level", "3").unwrap();
    bench.pass(10).await;
    assert_eq!(bench.place(ticket), ["tech", "in_tech", "502"]);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.pass(10).await;
    bench.sam().set(ticket, "content", "Thank you.").unwrap();
    bench.at("2026-01-05T20:00:00Z");
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "awaiting_context");
    insta::assert_snapshot!(bench.held(ticket), @r#"
    type: shift_lead
    state: awaiting_context
    level: 2
    origin: agent
    cycle: 2
    started_at: 2026-01-05T20:00:00Z
    last_message: Awaiting context. The Shift Lead gets it as soon as the five points are there, at 20:30 at the latest.
    hs_ticket_priority: HIGH
    hubspot_owner_id: 501
    "#);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.wait(60);
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    insta::assert_snapshot!(bench.held(ticket), @r"
    type: shift_lead
    lane: cs
    state: triage
    level: 2
    owner: 503
    origin: agent
    cycle: 2
    started_at: 2026-01-05T20:00:00Z
    accepted_at: 2026-01-05T20:01:00Z
    review_due_at: 2026-01-06T11:00:00Z
    resolve_due_at: 2026-01-07T09:00:00Z
    sla_status: ok
    last_message: With the Shift Lead. Lee Marsh (nobody is on duty by the rota, so it goes to the fallback) · review due tomorrow 11:00 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by 7 January 09:00.
    hs_ticket_priority: HIGH
    hubspot_owner_id: 501
    ");
    bench.finish();
}

#[tokio::test]
async fn what_needs_no_writing_in_the_next_escalation_is_its_own_all_the_same() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", "I want to speak to your manager, now.").unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.assign(ticket, &[]).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    bench.wait(3600);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.patches();
    bench.assign(ticket, &[]).await;
    let changed = bench.changed();
    for same in ["escalation_owner", "escalation_reason", "escalation_level", "escalation_origin"] {
        assert!(!changed.iter().any(|it| it == same), "{same} needs no writing");
    }
    bench.dana().set(ticket, "escalation_reason", "").unwrap();
    bench.dana().set(ticket, "escalation_first_reviewed_at", "2026-01-05T11:00:00Z").unwrap();
    bench.at("2026-01-05T19:00:00Z");
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.value(ticket, "escalation_owner"), "502", "who reviewed it keeps it after their shift");
    assert_eq!(bench.value(ticket, "escalation_reason"), "", "what was taken off stays off");
    assert_eq!(bench.value(ticket, "escalation_origin"), "customer");
    bench.finish();
}

#[tokio::test]
async fn a_slip_of_the_hand_is_not_a_new_escalation() {
    for (seconds, cycle, cards) in [(60, "1", 1), (61, "2", 2)] {
        let mut bench = Bench::with_leads(&[]).await;
        let ticket = bench.escalated(&whole());
        bench.pass(0).await;
        bench.wait(600);
        bench.sam().set(ticket, "escalation_type", "").unwrap();
        bench.pass(0).await;
        assert_eq!(bench.place(ticket), ["", "deescalated", "502"]);
        bench.wait(seconds);
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.escalate(ticket);
        bench.pass(0).await;
        assert_eq!(bench.place(ticket), ["cs", "triage", "502"], "{seconds}");
        assert_eq!(bench.value(ticket, "escalation_cycle"), cycle);
        assert_eq!(bench.value(ticket, "escalation_accepted_at") == START, cycle == "1");
        assert_eq!((bench.world.slack.messages(ESCALATIONS).len(), bench.notes_of_ours(ticket)), (cards, 0));
        bench.finish();
    }
}
