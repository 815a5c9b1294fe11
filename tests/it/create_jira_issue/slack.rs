//! What Slack reads of an escalation's issue: once, after its card, and nowhere else.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;

use crate::assign_lane::channels::{ALL, RESTRICTED, THREAT, furnish};
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

/// All channels, a rota, a Jira, and a HubSpot that takes as many calls as come.
async fn open() -> Bench {
    furnish(Bench::with_jira(&ALL).await)
}

/// An escalation whose card is there, in Tech.
async fn shown(bench: &Bench, words: &str) -> escalation::id::TicketId {
    let ticket = bench.escalated(&format!("{}{words}", whole()));
    bench.assign(ticket, &[]).await.outcome();
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await.outcome();
    ticket
}

#[tokio::test]
async fn the_thread_of_the_card_hears_of_the_issue_once() {
    let bench = open().await;
    let ticket = shown(&bench, "").await;
    let before = bench.read(ESCALATIONS)[0].replies;
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    insta::assert_snapshot!(bench.plain(bench.thread(ESCALATIONS).split("\n--\n").last().unwrap()), @"In Tech: TECH-1 (To Do), a new issue.");
    for _ in 0..3 {
        bench.asks_anew(ticket).await.outcome();
    }
    assert_eq!(bench.read(ESCALATIONS)[0].replies, before + 1);
    let sent = bench.sent(ESCALATIONS);
    let page = bench.world.jira.browse_url("TECH-1");
    assert!(sent.last().unwrap().to_string().contains(&page), "its key leads to its page: {sent:?}");
    bench.written();
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_linked_issue_is_said_with_the_number_of_its_tickets() {
    let bench = open().await;
    bench.by_hand("TECH", 1);
    let tickets = [shown(&bench, "").await, shown(&bench, "").await];
    for ticket in tickets {
        bench.names(ticket, "TECH-1");
        assert_eq!(bench.asks_anew(ticket).await.outcome(), "linked_existing");
    }
    let last = |at: usize| bench.thread_at(ESCALATIONS, at).split("\n--\n").last().unwrap().to_owned();
    insta::assert_snapshot!(format!("{}\n{}", last(0), last(1)), @r"
    In Tech: TECH-1 (To Do), which was there already.
    In Tech: TECH-1 (To Do), which was there already. It is reported by 2 tickets.
    ");
    bench.finish();
}

#[tokio::test]
async fn a_restricted_matter_is_only_said_where_few_read() {
    let bench = open().await;
    let ticket = shown(&bench, THREAT).await;
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!(bench.read(ESCALATIONS).len(), 0);
    assert!(bench.thread(RESTRICTED).contains("TECH-1"), "{}", bench.thread(RESTRICTED));
    assert!(!bench.everything(ESCALATIONS).contains("TECH-1"));
    bench.finish();
}

#[tokio::test]
async fn what_became_restricted_after_its_card_is_said_where_few_read() {
    let bench = open().await;
    let ticket = shown(&bench, "").await;
    bench.sam().set(ticket, "escalation_reason", "legal").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert!(!bench.everything(ESCALATIONS).contains("TECH-1"), "{}", bench.everything(ESCALATIONS));
    bench.assign(ticket, &[]).await.outcome();
    bench.sweep_for(10).await;
    assert!(!bench.everything(ESCALATIONS).contains("TECH-1"), "{}", bench.everything(ESCALATIONS));
    assert_eq!(bench.everything(RESTRICTED).matches("TECH-1").count(), 2, "text and notification of one message");
    bench.finish();
}

#[tokio::test]
async fn with_slack_off_nobody_there_hears_and_all_else_is_done() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!((bench.world.slack.calls().len(), bench.notes_of_ours(ticket)), (0, 1));
    bench.finish();
}

#[tokio::test]
async fn a_card_that_comes_late_has_its_reply_by_the_sweep() {
    let bench = open().await;
    let ticket = bench.sent_to_tech();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 0);
    bench.sweep_for(3).await;
    assert_eq!(bench.world.slack.messages(ESCALATIONS).len(), 0, "there is nothing to reply to");
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.sweep_for(30).await;
    assert_eq!(bench.thread(ESCALATIONS).matches("In Tech: TECH-1").count(), 1, "{}", bench.thread(ESCALATIONS));
    assert_eq!((bench.issues(ticket).len(), bench.notes_of_ours(ticket)), (1, 1));
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn an_escalation_that_is_one_of_many_has_no_thread_to_be_told_in() {
    let bench = furnish(Bench::with_jira(&[&ALL[..], &[("digest_above = 20", "digest_above = 1")]].concat()).await);
    let tickets = [(); 3].map(|()| bench.escalated(&whole()));
    for ticket in tickets {
        bench.assign(ticket, &[]).await.outcome();
    }
    bench.wait(60);
    let last = tickets[2];
    bench.dana().set(last, "escalation_type", "tech").unwrap();
    bench.assign(last, &[]).await.outcome();
    assert_eq!(bench.asks_anew(last).await.outcome(), "created");
    bench.sweep_for(10).await;
    let everything = bench.everything(ESCALATIONS);
    let own = bench.read(ESCALATIONS).iter().filter(|it| it.text.contains(&format!("ticket {last}"))).count();
    assert_eq!(everything.contains("TECH-1"), own > 0, "in its own thread or in none: {everything}");
    assert_eq!(bench.notes_of_ours(last), 1, "the agent hears of it all the same");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn a_count_that_slack_hears_of_late_is_as_it_was() {
    let bench = open().await;
    let first = shown(&bench, "").await;
    assert_eq!(bench.create(first, &[]).await.outcome(), "created");
    let second = shown(&bench, "").await;
    bench.names(second, "TECH-1");
    bench
        .world
        .slack
        .inject(Fault::on("POST /api/chat.postMessage", Effect::Refuse(refusal::because("internal_error", &[]))));
    assert_eq!(bench.asks_anew(second).await.outcome(), "linked_existing");
    bench.sweep_for(30).await;
    let thread = bench.thread_at(ESCALATIONS, 1);
    assert!(thread.contains("It is reported by 2 tickets."), "{thread}");
    bench.finish();
}

#[tokio::test]
async fn with_slack_down_all_else_is_done_and_it_is_said_later() {
    let bench = open().await;
    let ticket = shown(&bench, "").await;
    let down = Effect::Refuse(refusal::because("internal_error", &[]));
    bench.world.slack.inject(Fault::on("POST /api/chat.postMessage", down).times(3));
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert_eq!((bench.logged(ticket)[0].as_str(), bench.notes_of_ours(ticket)), ("TECH-1", 1));
    bench.sweep_for(60).await;
    assert_eq!(bench.thread(ESCALATIONS).matches("In Tech: TECH-1").count(), 1);
    bench.is_silent().await;
    bench.finish();
}
