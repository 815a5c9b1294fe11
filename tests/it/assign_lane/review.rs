//! A Shift Lead looks at an escalation and decides it; the agent hears of it once and knows what to do.

use std::sync::Arc;

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::id::{ThreadId, UserId};
use sandbox::world::hubspot::owner::Owner;

use super::channels::{open, with};
use crate::bench::texts::{first_three, last_two, mention, whole};
use crate::bench::{Bench, ESCALATIONS};

const APPROVED: &str = "<p>Refund approved, tell them.</p>";

/// An escalation that Dana has had for half an hour.
async fn with_dana() -> (Bench, TicketId) {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.wait(30 * 60);
    (bench, ticket)
}

/// The same with a conversation in the help desk.
async fn with_a_customer() -> (Bench, TicketId, ThreadId) {
    let (bench, ticket) = with_dana().await;
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.hubspot.customer_writes(thread, "You charged order 4711 twice!").unwrap();
    (bench, ticket, thread)
}

async fn looked_at(bench: &Bench, ticket: TicketId) {
    bench.wait(60);
    bench.assign(ticket, &[]).await.outcome();
}

fn state(bench: &Bench, ticket: TicketId) -> String {
    bench.value(ticket, "escalation_state")
}

/// When it was reviewed, and after how many minutes.
fn reviewed(bench: &Bench, ticket: TicketId) -> [String; 2] {
    ["first_reviewed_at", "review_minutes"].map(|it| bench.value(ticket, &format!("escalation_{it}")))
}

fn replies(bench: &Bench) -> String {
    bench.thread(ESCALATIONS).split_once("\n--\n").map_or_else(String::new, |it| it.1.to_owned())
}

#[tokio::test]
async fn a_decision_is_the_agents_to_finish_who_hears_it_once() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    for _ in 0..3 {
        looked_at(&bench, ticket).await;
    }
    assert_eq!(bench.place(ticket), ["cs", "agent_to_finish", "502"]);
    assert_eq!(reviewed(&bench, ticket), ["2026-01-05T10:11:00Z", "30"]);
    insta::assert_snapshot!(bench.said(ticket), @r"
    *Yours to finish. Dana Whitfield has decided:* please send the customer the final reply, clear Escalation Type and close the ticket.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    insta::assert_snapshot!(replies(&bench), @"Yours to finish. Dana Whitfield has decided: @Sam Okafor, please send the customer the final reply, clear Escalation Type and close the ticket.");
    insta::assert_snapshot!(bench.value(ticket, "escalation_last_message"), @"Yours to finish. Dana Whitfield (on duty until 18:00) · answer due 12 January 09:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41.");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_question_is_a_review_and_no_decision() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, "<p>Which of the two captures is it?</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), reviewed(&bench, ticket)[1].clone()), ("triage".to_owned(), "30".to_owned()));
    bench.wait(600);
    bench.sam().write_note(ticket, "<p>The second one.</p>").unwrap();
    bench.wait(600);
    bench.dana().write_note(ticket, "<p>And of which day?</p>").unwrap();
    looked_at(&bench, ticket).await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish");
    assert_eq!(reviewed(&bench, ticket), ["2026-01-05T10:11:00Z", "30"], "it stays the first time");
    insta::assert_snapshot!(replies(&bench), @r"
    Reviewed by Dana Whitfield: @Sam Okafor, please answer their question in a comment on the ticket.
    --
    Yours to finish. Dana Whitfield has decided: @Sam Okafor, please send the customer the final reply, clear Escalation Type and close the ticket.
    ");
    assert_eq!(bench.notes_of_ours(ticket), 2);
    bench.finish();
}

#[tokio::test]
async fn what_the_shift_lead_settled_is_ready_to_close() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, "<p>I called them. Ready to close.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(bench.place(ticket), ["cs", "ready_to_close", "502"]);
    insta::assert_snapshot!(replies(&bench), @"Ready to close. Dana Whitfield settled it with the customer: @Sam Okafor, please clear Escalation Type and close the ticket.");
    bench.finish();
}

#[tokio::test]
async fn who_writes_to_the_customer_has_looked_and_who_comments_then_has_settled_it() {
    let (bench, ticket, thread) = with_a_customer().await;
    bench.dana().reply(thread, "We refund the second charge today.").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), reviewed(&bench, ticket)[1].clone()), ("triage".to_owned(), "30".to_owned()));
    bench.dana().comment(thread, "<p>Done.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "ready_to_close");
    insta::assert_snapshot!(replies(&bench), @r"
    Reviewed by Dana Whitfield: @Sam Okafor, they wrote to the customer; please read along.
    --
    Ready to close. Dana Whitfield settled it with the customer: @Sam Okafor, please clear Escalation Type and close the ticket.
    ");
    bench.finish();
}

#[tokio::test]
async fn an_answer_to_the_customer_after_the_decision_leaves_but_the_closing() {
    let (bench, ticket, thread) = with_a_customer().await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish");
    bench.dana().reply_in_vain(thread, "We refund it.").unwrap();
    bench.sam().reply(thread, "One moment.").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish", "neither is the Shift Lead's answer");
    bench.dana().reply(thread, "We refund it.").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("ready_to_close".to_owned(), 2));
    bench.dana().write_note(ticket, "<p>Sorry, one more thing.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "ready_to_close", "nothing later takes it back");
    bench.finish();
}

#[tokio::test]
async fn whom_the_shift_lead_mentions_needs_no_note_of_ours() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, &format!("<p>{}: approved.</p>", mention(48_111, "Sam Okafor"))).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("agent_to_finish".to_owned(), 0));
    assert!(replies(&bench).starts_with("Yours to finish."), "{}", replies(&bench));
    bench.finish();
}

#[tokio::test]
async fn only_a_shift_lead_reviews() {
    let (bench, ticket, thread) = with_a_customer().await;
    bench.sam().write_note(ticket, APPROVED).unwrap();
    bench.note_by_an_app(ticket, APPROVED).await;
    bench.sam().comment(thread, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(
        (state(&bench, ticket), reviewed(&bench, ticket)),
        ("triage".to_owned(), [String::new(), String::new()])
    );
    assert_eq!((bench.notes_of_ours(ticket), replies(&bench)), (1, String::new()), "the app's own alone");
    bench.finish();
}

/// Whoever was given the escalation counts as its Shift Lead, whatever the policy knows of them; who owns
/// the ticket does not become one by that.
#[tokio::test]
async fn who_has_the_escalation_reviews_it() {
    let priya = UserId(48_411);
    for (owner, user, then) in [("504", priya, "agent_to_finish"), ("501", UserId(48_111), "triage")] {
        let (bench, ticket) = with_dana().await;
        bench.hubspot.hire(Owner::new(504, priya.0, "Priya Nair"));
        bench.wait(3600);
        bench.dana().set(ticket, "escalation_owner", owner).unwrap();
        bench.hubspot.agent(user).write_note(ticket, APPROVED).unwrap();
        looked_at(&bench, ticket).await;
        assert_eq!(state(&bench, ticket), then, "{owner}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_comment_before_it_was_accepted_is_a_review_of_no_minutes_and_decides_nothing() {
    let bench = open().await;
    let ticket = bench.escalated(&first_three());
    bench.assign(ticket, &[]).await;
    bench.wait(300);
    bench.dana().write_note(ticket, "<p>Please add the blocker.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), reviewed(&bench, ticket)[0].len()), ("awaiting_context".to_owned(), 0));
    bench.sam().write_note(ticket, &last_two()).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "triage");
    assert_eq!(reviewed(&bench, ticket), ["2026-01-05T09:46:00Z", "0"]);
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish");
    bench.finish();
}

#[tokio::test]
async fn who_decides_on_all_five_points_before_we_come_has_decided() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.wait(60);
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(bench.place(ticket), ["cs", "agent_to_finish", "502"]);
    bench.finish();
}

#[tokio::test]
async fn the_minutes_until_the_review_are_business_time() {
    let bench = open().await;
    bench.at("2026-01-05T17:00:00Z");
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.at("2026-01-06T09:10:00Z");
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(reviewed(&bench, ticket), ["2026-01-06T09:10:00Z", "40"]);
    bench.finish();
}

#[tokio::test]
async fn with_tech_a_shift_lead_decides_once_the_issue_is_done() {
    let (bench, ticket) = with_dana().await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(reviewed(&bench, ticket), ["2026-01-05T10:11:00Z", "30"], "to send it to Tech is to review it");
    bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
    bench.dana().write_note(ticket, "<p>They are on it.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("in_tech".to_owned(), 0));
    bench.dana().set(ticket, "jira_status", "Done").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "in_tech", "what was said before is no decision on it");
    bench.dana().write_note(ticket, "<p>Fixed: tell them to try again.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(bench.place(ticket), ["cs", "agent_to_finish", "502"]);
    bench.dana().set(ticket, "escalation_type", "shift_lead").unwrap();
    bench.wait(1);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "in_tech", "a Shift Lead sends it back");
    bench.dana().write_note(ticket, "<p>Now it works.</p>").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("agent_to_finish".to_owned(), 2), "told anew");
    bench.finish();
}

/// Jira knows it before it is written on the ticket.
#[tokio::test]
async fn who_decides_once_jira_is_done_and_before_the_ticket_shows_it_has_decided() {
    for (done_at, then) in [("2026-01-05T10:20:00Z", "agent_to_finish"), ("2026-01-05T10:25:00Z", "in_tech")] {
        let (bench, ticket) = with_dana().await;
        bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        looked_at(&bench, ticket).await;
        bench.dana().set(ticket, "jira_reference", "TECH-1").unwrap();
        bench.wait(600);
        bench.dana().write_note(ticket, "<p>Fixed: tell them to try again.</p>").unwrap();
        bench.wait(300);
        bench.sam().set(ticket, "jira_status", "Done").unwrap();
        bench.sam().set(ticket, "jira_updated_at", done_at).unwrap();
        looked_at(&bench, ticket).await;
        assert_eq!(state(&bench, ticket), then, "decided at 10:22, done at {done_at}");
        bench.finish();
    }
}

#[tokio::test]
async fn back_from_tech_it_is_decided_anew() {
    let (bench, ticket) = with_dana().await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    looked_at(&bench, ticket).await;
    bench.dana().write_note(ticket, "<p>They are on it.</p>").unwrap();
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "shift_lead").unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "back_to_cs");
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish");
    bench.finish();
}

#[tokio::test]
async fn the_next_escalation_is_reviewed_anew() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    looked_at(&bench, ticket).await;
    bench.wait(3600);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    looked_at(&bench, ticket).await;
    assert_eq!(
        (state(&bench, ticket), reviewed(&bench, ticket)),
        ("triage".to_owned(), [String::new(), String::new()])
    );
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("agent_to_finish".to_owned(), 2));
    bench.finish();
}

#[tokio::test]
async fn who_has_looked_keeps_it_at_the_end_of_the_shift() {
    let (bench, ticket) = with_dana().await;
    bench.at("2026-01-05T17:55:00Z");
    bench.dana().write_note(ticket, "<p>Which order was it?</p>").unwrap();
    bench.at("2026-01-05T18:00:00Z");
    bench.sweep().await;
    assert_eq!(bench.value(ticket, "escalation_owner"), "502");
    bench.finish();
}

/// A run ends between the properties and what is said of them, at HubSpot or at Slack.
#[tokio::test]
async fn what_was_not_said_is_said_once_later() {
    for fault in ["POST /crm/v3/objects/notes", "PATCH /crm/v3/objects/tickets/*"] {
        for effect in [Effect::CutBefore, Effect::CutAfter] {
            let (bench, ticket) = with_dana().await;
            bench.dana().write_note(ticket, APPROVED).unwrap();
            bench.hubspot.inject(Fault::on(fault, effect).times(3));
            bench.wait(60);
            assert_eq!(bench.assign(ticket, &[]).await.status, 503, "{fault}");
            bench.hubspot.heal();
            bench.wait(240);
            looked_at(&bench, ticket).await;
            looked_at(&bench, ticket).await;
            assert_eq!(
                (state(&bench, ticket), bench.notes_of_ours(ticket)),
                ("agent_to_finish".to_owned(), 1),
                "{fault}"
            );
            assert_eq!(bench.replies_at(ESCALATIONS, 0), 1, "{fault}");
            bench.finish();
        }
    }
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    bench.world.slack.inject(Fault::on("POST /api/*", Effect::CutBefore).always());
    looked_at(&bench, ticket).await;
    assert_eq!((bench.notes_of_ours(ticket), bench.replies_at(ESCALATIONS, 0)), (1, 0), "Slack holds nothing up");
    bench.world.slack.heal();
    bench.sweep_for(20).await;
    assert_eq!((bench.notes_of_ours(ticket), bench.replies_at(ESCALATIONS, 0)), (1, 1));
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn looks_at_the_same_time_say_it_once() {
    let (bench, ticket) = with_dana().await;
    bench.dana().write_note(ticket, APPROVED).unwrap();
    bench.wait(60);
    let looks = (0..6).map(|_| {
        let (lambda, event) = (Arc::clone(&bench.lambda), bench.asks(ticket));
        tokio::spawn(async move { lambda.answer(event).await })
    });
    for look in looks.collect::<Vec<_>>() {
        look.await.unwrap();
    }
    bench.sweep_for(10).await;
    assert_eq!((bench.notes_of_ours(ticket), bench.replies_at(ESCALATIONS, 0)), (1, 1));
    bench.finish();
}

#[tokio::test]
async fn a_help_desk_that_we_may_not_read_keeps_nobody_from_anything() {
    let (bench, ticket) = with_dana().await;
    let refused = Effect::Refuse(sandbox::world::hubspot::refusal::missing_scope("conversations.read"));
    bench.hubspot.inject(Fault::on("GET /conversations/**", refused).always());
    bench.dana().write_note(ticket, APPROVED).unwrap();
    looked_at(&bench, ticket).await;
    assert_eq!(state(&bench, ticket), "agent_to_finish");
    bench.finish();
}

#[tokio::test]
async fn observing_a_review_says_what_it_would_do() {
    let bench = with(&[]).await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().write_note(ticket, APPROVED).unwrap();
    let answer = bench.assign(ticket, &[("mode", "observe")]).await;
    insta::assert_snapshot!(answer.get("message"), @"Yours to finish. Dana Whitfield (on duty until 18:00) · answer due 12 January 09:41 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 09:41. Observing only: would set escalation_first_reviewed_at, escalation_last_message, escalation_review_minutes, escalation_state; tell the agent by an internal comment, unless that was done before.");
    assert_eq!((state(&bench, ticket), bench.notes_of_ours(ticket)), ("triage".to_owned(), 0));
    bench.finish();
}
