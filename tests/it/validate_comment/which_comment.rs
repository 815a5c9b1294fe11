//! Which of the things people write on a ticket counts as the escalation comment.

use jiff::SignedDuration;
use sandbox::world::hubspot::id::Kind;

use crate::bench::texts::{BLOCKER, DANA, LEE, REQUIRED, SAM, first_three, last_two, whole};
use crate::bench::{Bench, START, at};

/// What the check of a ticket says now: the outcome and the comments it was read from.
async fn found(bench: &Bench, ticket: escalation::id::TicketId) -> (String, usize) {
    let answer = bench.check(ticket, &[]).await;
    let comments = answer.get("comment_id").split(';').filter(|it| !it.is_empty()).count();
    (answer.outcome().to_owned(), comments)
}

#[tokio::test]
async fn chatter_after_the_comment_does_not_spoil_it() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let comment = bench.sam().write_note(ticket, &whole()).unwrap();
    bench.wait(60);
    bench.dana().write_note(ticket, "<p>Looking at it now. Issue: none on our side?</p>").unwrap();
    bench.sam().write_note(ticket, "<p>Customer called again.</p>").unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.check(ticket, &[]).await.get("comment_id"), comment.0.to_string());
    bench.finish();
}

#[tokio::test]
async fn two_comments_at_most_a_quarter_of_an_hour_apart_are_read_as_one() {
    for (seconds, expected) in [(900, ("complete", 2)), (901, ("incomplete", 1))] {
        let bench = Bench::new().await;
        let ticket = bench.escalated(&first_three());
        bench.wait(seconds);
        bench.sam().write_note(ticket, &last_two()).unwrap();
        let (outcome, comments) = found(&bench, ticket).await;
        assert_eq!((outcome.as_str(), comments), expected, "{seconds} seconds apart");
        bench.finish();
    }
}

#[tokio::test]
async fn comments_of_two_people_are_not_read_as_one() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.hubspot.agent(LEE).write_note(ticket, &last_two()).unwrap();
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.get("missing_points"), "blocker;required_to_resolve");
    bench.finish();
}

#[tokio::test]
async fn the_answer_to_our_feedback_completes_the_first_comment_however_late_it_comes() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(40).await;
    assert_eq!(bench.notes_of_ours(ticket), 1);
    bench.sam().write_note(ticket, &last_two()).unwrap();
    assert_eq!(found(&bench, ticket).await, ("complete".to_owned(), 2));
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    assert_eq!((bench.value(ticket, "escalation_comment_missing").as_str(), bench.notes_of_ours(ticket)), ("", 1));
    bench.finish();
}

#[tokio::test]
async fn a_late_second_part_that_nobody_asked_for_stands_alone() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.wait(40 * 60);
    bench.sam().write_note(ticket, &last_two()).unwrap();
    assert_eq!(found(&bench, ticket).await, ("incomplete".to_owned(), 1));
    bench.finish();
}

#[tokio::test]
async fn our_message_copied_and_filled_in_is_an_answer() {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.pass(30).await;
    let ours = bench.hubspot.notes(ticket)[1].body.clone();
    let filled = ours
        .replace("Blocker: </code>", "Blocker: </code>Refunds over 100 need an approval.")
        .replace("Required to Resolve: </code>", "Required to Resolve: </code>Please approve the refund.");
    bench.sam().write_note(ticket, &ours).unwrap();
    assert_eq!(found(&bench, ticket).await.0, "incomplete", "as it is, our message answers nothing");
    bench.sam().write_note(ticket, &filled).unwrap();
    assert_eq!(found(&bench, ticket).await.0, "complete");
    bench.finish();
}

#[tokio::test]
async fn what_an_app_wrote_does_not_count() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.note_by_an_app(ticket, &whole()).await;
    bench.escalate(ticket);
    bench.wait(60);
    assert_eq!(found(&bench, ticket).await, ("missing".to_owned(), 0));
    bench.finish();
}

#[tokio::test]
async fn a_comment_edited_until_it_is_complete_counts_and_one_that_loses_a_point_is_flagged() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let note = bench.sam().write_note(ticket, &first_three()).unwrap();
    bench.escalate(ticket);
    assert_eq!(found(&bench, ticket).await.0, "incomplete");
    bench.wait(300);
    bench.sam().edit_note(note, &whole()).unwrap();
    assert_eq!(found(&bench, ticket).await.0, "complete");
    assert_eq!(bench.value(ticket, "escalation_comment_missing"), "");
    bench.sam().edit_note(note, &format!("{}{REQUIRED}", first_three())).unwrap();
    assert_eq!(found(&bench, ticket).await.0, "incomplete");
    assert_eq!(bench.value(ticket, "escalation_comment_missing"), "blocker");
    assert_eq!(bench.notes_of_ours(ticket), 2, "two lacks, two messages");
    bench.sam().delete_note(note).unwrap();
    assert_eq!(found(&bench, ticket).await.0, "missing");
    bench.finish();
}

#[tokio::test]
async fn a_comment_counts_from_seven_days_before_the_escalation() {
    const WEEK: i64 = 7 * 86_400;
    for (seconds, inputs, expected) in [
        (WEEK, &[][..], "complete"),
        (WEEK + 1, &[], "missing"),
        (WEEK + 1, &[("lookback_days", "8")], "complete"),
        (86_400, &[("lookback_days", "1")], "complete"),
        (86_401, &[("lookback_days", "1")], "missing"),
    ] {
        let bench = Bench::new().await;
        let ticket = bench.ticket();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.wait(seconds);
        bench.escalate(ticket);
        bench.wait(60);
        assert_eq!(bench.check(ticket, inputs).await.outcome(), expected, "{seconds} {inputs:?}");
        bench.finish();
    }
}

#[tokio::test]
async fn a_comment_that_counted_once_does_not_grow_too_old_in_the_lane() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    bench.wait(30 * 86_400);
    assert_eq!(found(&bench, ticket).await.0, "complete");
    bench.finish();
}

#[tokio::test]
async fn a_comment_in_the_help_desk_counts_like_a_note() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.hubspot.customer_writes(thread, "Issue: charged\nInvestigated: my card\nBlocker: you").unwrap();
    bench.sam().comment(thread, &first_three()).unwrap();
    bench.wait(60);
    bench.sam().write_note(ticket, &last_two()).unwrap();
    bench.escalate(ticket);
    assert_eq!(found(&bench, ticket).await, ("complete".to_owned(), 2), "one part here, one part there");
    bench.finish();
}

#[tokio::test]
async fn without_conversations_in_the_policy_none_is_asked_for() {
    let bench = Bench::with_policy(&[("sources = [\"notes\", \"conversations\"]", "sources = [\"notes\"]")]).await;
    bench.hubspot.configure(|it| it.missing_scopes = ["conversations.read"].into());
    let ticket = bench.escalated(&whole());
    assert_eq!(found(&bench, ticket).await.0, "complete");
    assert_eq!(bench.hubspot.journal().count("GET /conversations/**"), 0);
    bench.finish();
}

#[tokio::test]
async fn points_that_also_went_to_the_customer_are_a_matter_for_the_shift_lead() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let thread = bench.hubspot.open_thread(ticket, contact).unwrap();
    bench.sam().reply(thread, "Issue: charged twice\nInvestigated: the log\nAction Taken: asked the bank").unwrap();
    bench.sam().comment(thread, &whole()).unwrap();
    bench.escalate(ticket);
    let answer = bench.check(ticket, &[]).await;
    assert_eq!(answer.outcome(), "complete");
    assert_eq!(answer.get("hints"), "The five points were also sent to the customer: please tell your Shift Lead.");
    bench.finish();
}

#[tokio::test]
async fn a_note_on_the_company_is_not_found() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    let company = bench.hubspot.associated(ticket, Kind::Company)[0];
    bench.sam().note_on(Kind::Company, company, &whole()).unwrap();
    bench.escalate(ticket);
    bench.wait(60);
    assert_eq!(found(&bench, ticket).await, ("missing".to_owned(), 0));
    bench.finish();
}

#[tokio::test]
async fn a_note_that_hubspot_shows_late_is_pending_until_it_shows() {
    let mut bench = Bench::new().await;
    bench.hubspot.set_indexing_lag(SignedDuration::from_secs(20));
    let ticket = bench.escalated(&whole());
    bench.wait(19);
    assert_eq!(found(&bench, ticket).await, ("pending".to_owned(), 0));
    assert_eq!(bench.written(), (0, 0));
    bench.wait(1);
    assert_eq!(found(&bench, ticket).await, ("complete".to_owned(), 1));
    bench.pass(30).await;
    assert_eq!(bench.said(ticket), "");
    bench.finish();
}

#[tokio::test]
async fn an_author_who_left_is_a_colleague_and_an_owner_who_left_is_not_mentioned() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&format!("{}{REQUIRED}", first_three()));
    bench.hubspot.dismiss(SAM);
    assert_eq!(found(&bench, ticket).await, ("incomplete".to_owned(), 1));
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 1 of 5 points is missing*
    ✔ Issue ✔ Investigated ✔ Action Taken ✔ Required to Resolve
    ✘ *Blocker*: not found. What stops you from resolving it right now?
    Add a new comment with just this line (or edit yours), nothing else to do:
    `Blocker: `
    _Checked comment of 09:41 by a colleague · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn a_shift_lead_may_escalate_for_the_agent_who_is_told_as_the_tickets_owner() {
    let bench = Bench::new().await;
    let ticket = bench.ticket();
    bench.dana().write_note(ticket, &format!("{}{BLOCKER}", first_three())).unwrap();
    bench.hubspot.agent(DANA).set(ticket, "escalation_type", "shift_lead").unwrap();
    assert_eq!(found(&bench, ticket).await, ("incomplete".to_owned(), 1));
    insta::assert_snapshot!(bench.said(ticket), @r#"
    *Not with the Shift Lead yet: 1 of 5 points is missing* @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken ✔ Blocker
    ✘ *Required to Resolve*: not found. What do you need from the Shift Lead or Tech?
    Please @mention the Shift Lead in your comment next time.
    Add a new comment with just this line (or edit yours), nothing else to do:
    `Required to Resolve: `
    _Checked comment of 09:41 by Dana · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn times_are_said_in_the_teams_zone_with_the_day_where_it_is_another() {
    let bench = Bench::with_policy(&[("\"Europe/London\"", "\"Asia/Kathmandu\"")]).await;
    bench.watch.set(at(START) + SignedDuration::from_hours(8));
    let ticket = bench.ticket();
    bench.sam().write_note(ticket, &format!("{}{BLOCKER}", first_three())).unwrap();
    bench.wait(33 * 60 + 59);
    bench.escalate(ticket);
    bench.wait(1);
    bench.check(ticket, &[]).await;
    let footer = bench.said(ticket).lines().last().unwrap().to_owned();
    assert_eq!(footer, "_Checked comment of 5 January 23:26 by Sam · _[escalation #1]_ · automatic message_");
    bench.finish();
}
