//! Who may send an escalation to Tech, and what becomes of the wish of who may not.

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;

use super::stage::DAYS;
use crate::bench::texts::{DANA, first_three, whole};
use crate::bench::{Bench, START, policy};

const NIGHTS: (&str, &str) = (
    "# [[shift_leads]]\n",
    "[[shift_leads]]\nname = \"Dana Whitfield\"\nuser_id = 48211\n\
     [[shift_leads]]\nname = \"Lee Marsh\"\nuser_id = 48311\n[[shift_leads]]\nname = \"Night shift\"\nteam_id = 77\n",
);
const PRIYA: UserId = UserId(48_411);

/// A ticket of Sam's that has been in the CS lane for ten minutes.
async fn in_the_cs_lane(bench: &mut Bench) -> TicketId {
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    ticket
}

fn send_to_tech(bench: &Bench, by: UserId, ticket: TicketId) {
    bench.hubspot.agent(by).set(ticket, "escalation_type", "tech").unwrap();
}

#[tokio::test]
async fn a_shift_lead_sends_an_escalation_to_tech() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    insta::assert_snapshot!(bench.held(ticket), @r"
    type: tech
    lane: tech
    state: in_tech
    level: 3
    owner: 502
    origin: agent
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    accepted_at: 2026-01-05T09:41:00Z
    first_reviewed_at: 2026-01-05T09:51:00Z
    review_minutes: 10
    review_due_at: 2026-01-05T11:41:00Z
    resolve_due_at: 2026-01-12T09:41:00Z
    sla_status: ok
    last_message: With Tech. Dana Whitfield (on duty until 18:00) · answer due 12 January 09:41 · lane 🛠️ #TECH-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.
    hubspot_owner_id: 501
    ");
    assert_eq!((bench.enrolments(ticket), bench.notes_of_ours(ticket)), (vec!["W1", "W2"], 0));
    bench.finish();
}

#[tokio::test]
async fn what_an_agent_sends_to_tech_goes_back_to_the_shift_lead_with_one_note() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.patches();
    bench.pass(60).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    assert_eq!(bench.changed(), ["escalation_last_message", "escalation_type"]);
    insta::assert_snapshot!(bench.said(ticket), @r#"
    Escalation Type was set to *Tech* by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to *Shift Lead* and noted your wish for Dana Whitfield.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.value(ticket, "escalation_last_message"), @r#"
    Escalation Type was set to Tech by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to Shift Lead and noted your wish for Dana Whitfield.
    With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.
    "#);
    assert_eq!(
        bench.enrolments(ticket),
        ["W1", "W2", "W1"],
        "what is set back is looked at once more, and that is all"
    );
    bench.finish();
}

#[tokio::test]
async fn an_agent_who_is_not_the_tickets_owner_is_no_shift_lead_either() {
    let mut bench = Bench::with_leads(&[]).await;
    bench.hubspot.hire(Owner::new(504, PRIYA.0, "Priya Nair"));
    let ticket = in_the_cs_lane(&mut bench).await;
    send_to_tech(&bench, PRIYA, ticket);
    bench.pass(5).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!((bench.value(ticket, "escalation_type").as_str(), bench.notes_of_ours(ticket)), ("shift_lead", 1));
    bench.finish();
}

#[tokio::test]
async fn an_agent_who_escalates_to_tech_at_once_begins_with_the_shift_lead() {
    for (comment, lane, state) in [(whole(), "cs", "triage"), (first_three(), "", "awaiting_context")] {
        let mut bench = Bench::with_leads(&[]).await;
        let ticket = bench.ticket();
        bench.sam().write_note(ticket, &comment).unwrap();
        bench.sam().set(ticket, "escalation_type", "tech").unwrap();
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "rerouted");
        bench.pass(5).await;
        assert_eq!(bench.place(ticket)[..2], [lane, state]);
        assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
        assert_eq!(bench.enrolments(ticket), ["W2", "W1"]);
        assert_eq!(
            (bench.said(ticket).matches("noted your wish").count(), bench.value(ticket, "escalation_cycle")),
            (1, "1".to_owned())
        );
        bench.finish();
    }
}

#[tokio::test]
async fn a_wish_while_w1_waits_for_the_comment_is_answered_at_once() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&first_three());
    bench.pass(4).await;
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(1).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    assert_eq!(bench.place(ticket), ["", "awaiting_context", ""]);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.pass(60).await;
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(bench.enrolments(ticket), ["W1", "W2"], "W1 still has it");
    bench.finish();
}

#[tokio::test]
async fn a_second_wish_is_answered_too() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    for notes in 1..=2 {
        bench.sam().set(ticket, "escalation_type", "tech").unwrap();
        bench.pass(30).await;
        assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
        assert_eq!(bench.notes_of_ours(ticket), notes);
    }
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(30).await;
    assert_eq!(bench.place(ticket), ["tech", "in_tech", "502"]);
    bench.finish();
}

#[tokio::test]
async fn a_shift_lead_is_one_by_their_team_too() {
    let mut bench = Bench::with_lanes(&[NIGHTS, DAYS]).await;
    bench.hubspot.hire(Owner::new(504, PRIYA.0, "Priya Nair").in_team(77, "Nights"));
    let ticket = in_the_cs_lane(&mut bench).await;
    send_to_tech(&bench, PRIYA, ticket);
    bench.pass(5).await;
    assert_eq!(bench.place(ticket), ["tech", "in_tech", "502"]);
    bench.finish();
}

#[tokio::test]
async fn while_the_policy_names_no_shift_lead_anybody_but_the_agents_confirms() {
    for (by, type_then, state) in [(UserId(48_111), "shift_lead", "triage"), (UserId(48_211), "tech", "in_tech")] {
        let mut bench = Bench::with_lanes(&[]).await;
        let ticket = bench.escalated(&whole());
        bench.pass(5).await;
        send_to_tech(&bench, by, ticket);
        bench.pass(5).await;
        assert_eq!(bench.value(ticket, "escalation_type"), type_then, "{by:?}");
        assert_eq!(bench.value(ticket, "escalation_state"), state);
        if state == "triage" {
            insta::assert_snapshot!(bench.said(ticket), @r#"
            Escalation Type was set to *Tech* by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to *Shift Lead* and noted your wish.
            (The policy names no Shift Leads yet, so any colleague can confirm Tech who neither owns nor escalated the ticket: please tell your administrator.)
            @Sam Okafor_ · _[escalation #1]_ · automatic message_
            "#);
        }
        bench.finish();
    }
}

#[tokio::test]
async fn who_escalated_it_for_a_colleague_is_an_agent_as_well() {
    let mut bench = Bench::with_lanes(&[]).await;
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.lee().set(ticket, "escalation_type", "shift_lead").unwrap();
    bench.pass(5).await;
    bench.lee().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    bench.finish();
}

#[tokio::test]
async fn where_the_policy_lets_anyone_an_agents_choice_stands_once_the_comment_is_there() {
    let mut bench = Bench::with_leads(&[("tech_by = \"shift_leads\"", "tech_by = \"anyone\"")]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(5).await;
    assert_eq!(bench.place(ticket), ["", "awaiting_context", ""]);
    bench.sam().write_note(ticket, &whole()).unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!(bench.place(ticket), ["tech", "in_tech", "502"]);
    assert_eq!(bench.value(ticket, "escalation_first_reviewed_at"), "", "no Shift Lead has looked at it yet");
    assert_eq!((bench.value(ticket, "escalation_type").as_str(), bench.said(ticket).as_str()), ("tech", ""));
    bench.finish();
}

#[tokio::test]
async fn back_from_tech_it_is_the_shift_leads_again() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    bench.dana().set(ticket, "escalation_type", "shift_lead").unwrap();
    bench.pass(60).await;
    insta::assert_snapshot!(bench.held(ticket), @r"
    type: shift_lead
    lane: cs
    state: back_to_cs
    level: 2
    owner: 502
    origin: agent
    cycle: 1
    started_at: 2026-01-05T09:41:00Z
    accepted_at: 2026-01-05T09:41:00Z
    first_reviewed_at: 2026-01-05T09:51:00Z
    review_minutes: 10
    review_due_at: 2026-01-05T11:41:00Z
    resolve_due_at: 2026-01-12T09:41:00Z
    sla_status: ok
    last_message: Back with the Shift Lead. Dana Whitfield (on duty until 18:00) · answer due 12 January 09:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.
    hubspot_owner_id: 501
    ");
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(60).await;
    assert_eq!(bench.place(ticket), ["cs", "back_to_cs", "502"], "an agent does not send it there again");
    assert_eq!(bench.enrolments(ticket), ["W1", "W2", "W1", "W2", "W1"]);
    bench.finish();
}

#[tokio::test]
async fn changes_of_one_instant_count_in_their_order() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.get("lane"), "tech");
    assert_eq!(bench.value(ticket, "escalation_first_reviewed_at"), START);
    bench.finish();
}

#[tokio::test]
async fn a_run_that_ends_between_the_note_and_the_correction_is_taken_up() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.hubspot.inject(Fault::on("PATCH /crm/v3/objects/tickets/*", Effect::CutBefore).times(3));
    bench.pass(0).await;
    assert_eq!((bench.value(ticket, "escalation_type").as_str(), bench.notes_of_ours(ticket)), ("tech", 1));
    bench.hubspot.heal();
    bench.pass(60).await;
    assert_eq!((bench.value(ticket, "escalation_type").as_str(), bench.notes_of_ours(ticket)), ("shift_lead", 1));
    bench.finish();
}

#[tokio::test]
async fn nothing_is_put_back_before_it_is_said_why() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    bench.sam().set(ticket, "escalation_type", "tech").unwrap();
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::CutBefore).times(3));
    bench.pass(0).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "tech");
    assert_eq!(bench.value(ticket, "escalation_lane"), "cs", "it is in no other lane meanwhile");
    bench.hubspot.heal();
    bench.pass(60).await;
    assert_eq!((bench.value(ticket, "escalation_type").as_str(), bench.notes_of_ours(ticket)), ("shift_lead", 1));
    bench.finish();
}

#[tokio::test]
async fn what_was_confirmed_stays_in_tech_when_who_confirmed_it_has_left() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = in_the_cs_lane(&mut bench).await;
    send_to_tech(&bench, DANA, ticket);
    bench.pass(60).await;
    bench.hubspot.dismiss(DANA);
    bench
        .change_policy(&policy(&[("# [[shift_leads]]\n", "[[shift_leads]]\nname = \"Lee Marsh\"\nuser_id = 48311\n")]));
    bench.pass(60).await;
    assert_eq!(bench.assign(ticket, &[]).await.get("lane"), "tech");
    assert_eq!((bench.value(ticket, "escalation_type"), bench.notes_of_ours(ticket)), ("tech".to_owned(), 0));
    bench.finish();
}
