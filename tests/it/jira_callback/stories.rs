//! What becomes of what happens in Jira.

use insta::assert_snapshot;
use sandbox::world::jira::automation::Sender;

use super::stage::{Told, linked_to};

#[tokio::test]
async fn the_ticket_hears_how_the_issue_moves_and_that_it_is_done() {
    let mut it = Told::by_rule().await;
    it.jira().move_issue(&it.key, "In Progress");
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* is In Progress* (it was To Do).
    Nothing to do: I will write here when it moves again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: TECH-1 is In Progress (it was To Do).
    ");
    assert_eq!(it.stands(), (it.key.clone(), "In Progress".to_owned(), true));
    it.jira().fix_in(&it.key, "4.2.1");
    it.jira().move_issue(&it.key, "Done");
    assert_snapshot!(it.heard().await, @r#"
    [TECH-1]* is Done* (fixed in 4.2.1). Fix ready, please tell the customer.
    @Dana Whitfield, please tell Sam Okafor how to answer the customer, or answer and comment "ready to close".
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: @Dana Whitfield TECH-1 is Done (fixed in 4.2.1). Fix ready, please tell the customer.
    "#);
    assert_eq!(it.stands(), (it.key.clone(), "Done".to_owned(), true));
    it.jira().move_issue(&it.key, "To Do");
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* is To Do* (it was Done).
    Nothing to do: I will write here when it moves again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: TECH-1 is To Do (it was Done).
    ");
    assert_eq!(it.heard().await, "");
    it.finish();
}

#[tokio::test]
async fn a_webhook_tells_the_same() {
    let mut it = Told::by(Sender::Webhook).await;
    it.jira().move_issue(&it.key, "In Progress");
    assert!(it.heard().await.contains("is In Progress"));
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    assert_eq!(it.stands(), (it.key.clone(), "Done".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn a_status_that_the_issue_comes_back_to_is_told_again() {
    let mut it = Told::by_rule().await;
    for _ in 0..2 {
        it.jira().move_issue(&it.key, "Done");
        assert!(it.heard().await.contains("Fix ready"));
        it.jira().move_issue(&it.key, "To Do");
        assert!(it.heard().await.contains("is To Do* (it was Done)"));
    }
    it.finish();
}

#[tokio::test]
async fn a_moved_issue_takes_the_reference_along() {
    let mut it = Told::by_rule().await;
    let new = it.jira().move_to_project(&it.key, "PLAT");
    assert_snapshot!(it.heard().await, @r"
    *TECH-1 has a new key: *[PLAT-1] (To Do).
    Tech moved it to another project. I changed Jira Reference and the link: nothing to do.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    assert_eq!(it.stands(), (new.clone(), "To Do".to_owned(), true));
    it.jira().move_issue(&new, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    it.bench.pass(60).await;
    assert_eq!(it.stands(), (new, "Done".to_owned(), true));
    assert_eq!(it.jira().issues().len(), 1);
    it.finish();
}

#[tokio::test]
async fn of_a_deleted_issue_the_reference_stays_and_the_shift_lead_is_told() {
    let mut it = Told::by_rule().await;
    it.jira().delete(&it.key);
    assert_snapshot!(it.heard().await, @r"
    *TECH-1 is deleted in Jira*, or was moved to where I may not see it. I left Jira Reference as it is.
    @Dana Whitfield, please ask Tech what became of it. For another issue write its key into Jira Reference; for a new one clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: @Dana Whitfield TECH-1 is deleted in Jira: the ticket says what to do.
    ");
    assert_eq!(it.stands(), (it.key.clone(), "deleted".to_owned(), true));
    assert_eq!(it.heard().await, "");
    it.finish();
    let mut it = Told::by(Sender::Webhook).await;
    it.jira().delete(&it.key);
    assert!(it.heard().await.contains("is deleted in Jira"));
    assert_eq!(it.stands(), (it.key.clone(), "deleted".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn of_a_duplicate_of_what_is_done_the_shift_lead_is_asked() {
    let mut it = Told::by_rule().await;
    let original = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.jira().move_issue(&original, "Done");
    it.jira().close_as_duplicate(&it.key, &original);
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* was closed as a duplicate of *[TECH-2] (Done).
    I changed Jira Reference and the link: this ticket follows TECH-2 from now on.
    @Dana Whitfield, TECH-2 is done too: please look whether it solves this ticket. If it does, tell the agent how to answer the customer.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_

    Slack: @Dana Whitfield TECH-1 was closed as a duplicate of TECH-2: the ticket says what to do.
    ");
    assert_eq!(it.stands(), (original, "Done".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn two_that_repeat_each_other_are_left_to_the_shift_lead() {
    let mut it = Told::by_rule().await;
    let other = it.jira().created_by_hand("TECH", "Bug", "The same");
    it.jira().close_as_duplicate(&other, &it.key);
    it.jira().close_as_duplicate(&it.key, &other);
    let news = it.heard().await;
    assert!(news.contains("closed as a duplicate") && news.contains("please ask Tech which issue goes on"), "{news}");
    assert_eq!(it.bench.value(it.ticket, "jira_reference"), it.key);
    it.finish();
}

#[tokio::test]
async fn what_tech_writes_for_support_comes_over_once_and_nothing_else_does() {
    let mut it = Told::by_rule().await;
    it.jira().comment_by(&it.key, "Priya Nair", "Looks like the billing job.");
    assert_eq!(it.heard().await, "");
    it.jira().comment_by(&it.key, "Priya Nair", "[CS] The <second> capture\nis refunded tonight & you may say so.");
    assert_snapshot!(it.heard().await, @r"
    *Tech wrote on *[TECH-1] (Priya Nair):
    They say “[CS] The <second> capture is refunded tonight & you may say so.”
    [Read it in Jira]
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    assert_eq!(it.heard().await, "");
    it.finish();
}

#[tokio::test]
async fn a_template_in_a_comment_is_no_five_points() {
    let mut it = Told::by_rule().await;
    let points = "[CS]\nIssue: a fault in it\nInvestigated: all of the logs\nAction Taken: we restarted\nBlocker: a part is \
                  missing\nRequired to Resolve: a new part";
    it.jira().comment_by(&it.key, "Priya Nair", points);
    assert!(it.heard().await.contains("Tech wrote on"));
    let note = it.bench.hubspot.notes(it.ticket).pop().unwrap().body;
    let labels = escalation::procedure::comment::Labels::shipped();
    let read = escalation::procedure::comment::read(escalation::procedure::comment::Body::Html(&note), &labels);
    assert!(read.points() < 5 && !read.is_complete(), "{note}");
    it.finish();
}

#[tokio::test]
async fn our_own_comments_never_come_back() {
    let mut it = Told::by_rule().await;
    // A second customer reports it: we say so in Jira.
    let other = linked_to(&mut it.bench, &it.key).await;
    let ours = it.jira().issue(&it.key).unwrap().comments;
    assert_eq!(ours.len(), 1);
    let before = it.bench.notes_of_ours(other);
    let body = serde_json::json!({ "event": "commented", "key": it.key, "comment": ours[0].id });
    assert_eq!(it.outcome(&body).await, (200, "unchanged".to_owned()));
    assert_eq!(it.bench.notes_of_ours(other), before);
    it.finish();
}

#[tokio::test]
async fn each_ticket_of_an_issue_hears_of_it() {
    let mut it = Told::by_rule().await;
    let other = linked_to(&mut it.bench, &it.key).await;
    it.jira().move_issue(&it.key, "Done");
    assert!(it.heard().await.contains("Fix ready"));
    assert_eq!(it.bench.value(other, "jira_status"), "Done");
    assert!(it.bench.said(other).contains("Fix ready"), "{}", it.bench.said(other));
    it.jira().delete(&it.key);
    it.heard().await;
    assert_eq!(it.bench.value(other, "jira_status"), "deleted");
    it.finish();
}

#[tokio::test]
async fn a_ticket_closed_meanwhile_gets_a_note_and_no_more() {
    let mut it = Told::by_rule().await;
    it.bench.sam().set(it.ticket, "hs_pipeline_stage", "4").unwrap();
    it.jira().move_issue(&it.key, "Done");
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* is Done*.
    This ticket is closed and stays so: nothing to do unless the customer still waits.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    it.jira().move_issue(&it.key, "To Do");
    assert_snapshot!(it.heard().await, @r"
    [TECH-1]* is To Do* (it was Done).
    This ticket is closed and stays so: please reopen it if the customer is affected again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    ");
    assert_eq!(it.bench.value(it.ticket, "hs_pipeline_stage"), "4");
    assert_eq!(it.stands(), (it.key.clone(), "To Do".to_owned(), true));
    it.finish();
}

#[tokio::test]
async fn a_copy_of_the_issue_is_not_the_tickets() {
    let mut it = Told::by_rule().await;
    let copy = it.jira().created_by_hand("TECH", "Bug", "A copy");
    let labels = it.labels();
    it.jira().label(&copy, &labels.iter().map(String::as_str).collect::<Vec<_>>());
    it.jira().move_issue(&copy, "Done");
    assert_eq!(it.heard().await, "");
    assert_eq!(it.stands(), (it.key.clone(), "To Do".to_owned(), true));
    it.finish();
}
