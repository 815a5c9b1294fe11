//! Many at once: no storm, and nothing lost.

use std::sync::Arc;

use escalation::id::TicketId;
use tokio::task::JoinSet;

use super::channels::{EXECUTIVES, OUTAGE, open, with};
use crate::bench::texts::whole;
use crate::bench::{Answer, Bench, ESCALATIONS, assignment};

/// All at the same time, each once.
pub async fn at_once(bench: &Bench, tickets: &[TicketId]) -> Vec<Answer> {
    let mut sent = JoinSet::new();
    for ticket in tickets {
        let (lambda, event) = (Arc::clone(&bench.lambda), assignment(bench.portal(), *ticket, &[]));
        sent.spawn(async move { Answer::read(&lambda.answer(event).await) });
    }
    sent.join_all().await
}

/// How many cards there are, and how many messages that stand for many.
fn cards(bench: &Bench) -> (usize, usize) {
    let messages = bench.read(ESCALATIONS);
    let digests = messages.iter().filter(|it| it.text.starts_with("More than ")).count();
    (messages.len() - digests, digests)
}

/// A card that Slack did not take before there were too many is told in the one message, too.
#[tokio::test]
async fn sixty_tickets_at_once_are_at_most_twenty_cards_and_one_message() {
    let bench = open().await;
    let urgent = bench.ticket();
    bench.sam().write_note(urgent, &format!("{}{OUTAGE}", whole())).unwrap();
    let mut tickets: Vec<_> = (0..60).map(|_| bench.escalated(&whole())).collect();
    bench.escalate(urgent);
    tickets.push(urgent);
    let answers = at_once(&bench, &tickets).await;
    assert!(answers.iter().all(|it| it.outcome() == "assigned"));
    assert!(tickets.iter().all(|it| bench.value(*it, "escalation_lane") == "cs"), "all are in their lane");
    assert_eq!(bench.read(EXECUTIVES).len(), 1, "what must not wait did not");
    bench.sweep_for(30).await;
    let told = cards(&bench);
    assert!((2..=21).contains(&told.0) && told.1 == 1, "{told:?}");
    assert!(bench.read(ESCALATIONS).iter().any(|it| it.text.contains("🚨 Immediate")));
    let digest = bench.read(ESCALATIONS).into_iter().find(|it| it.text.starts_with("More than ")).unwrap();
    insta::assert_snapshot!(digest.text, @r"
    More than 20 escalations within 5 minutes (since 09:40). The rest get no card of their own here:
    please look at ‼️ #CS-ESCALATE in HubSpot.
    automatic message
    ");
    for ticket in &tickets {
        bench.assign(*ticket, &[]).await;
    }
    assert_eq!(cards(&bench), told, "a re-run adds none");
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn one_of_many_that_moves_on_or_becomes_urgent_has_its_own_card_then() {
    let bench = with(&[("digest_above = 20", "digest_above = 1")]).await;
    let tickets: Vec<_> = (0..3).map(|_| bench.escalated(&whole())).collect();
    for ticket in &tickets {
        bench.assign(*ticket, &[]).await;
    }
    assert_eq!(cards(&bench), (1, 1));
    bench.wait(600);
    bench.dana().set(tickets[1], "escalation_type", "tech").unwrap();
    bench.sam().write_note(tickets[2], OUTAGE).unwrap();
    for _ in 0..2 {
        bench.assign(tickets[1], &[]).await;
        bench.assign(tickets[2], &[]).await;
    }
    assert_eq!((cards(&bench), bench.spoken()), ((3, 1), 5), "two more cards, and the page");
    bench.wait(600);
    bench.sam().set(tickets[1], "escalation_type", "").unwrap();
    bench.assign(tickets[1], &[]).await;
    let replies: Vec<_> = bench.read(ESCALATIONS).iter().map(|it| it.replies).collect();
    assert_eq!(replies, [0, 0, 1, 0]);
    bench.finish();
}

#[tokio::test]
async fn one_of_many_that_leaves_its_lane_leaves_no_thread() {
    let bench = with(&[("digest_above = 20", "digest_above = 1")]).await;
    let tickets: Vec<_> = (0..2).map(|_| bench.escalated(&whole())).collect();
    for ticket in &tickets {
        bench.assign(*ticket, &[]).await;
    }
    bench.wait(600);
    bench.sam().set(tickets[1], "escalation_type", "").unwrap();
    for _ in 0..2 {
        assert_eq!(bench.assign(tickets[1], &[]).await.outcome(), "deescalated");
    }
    assert_eq!(bench.spoken(), 2);
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn the_next_window_begins_anew() {
    let bench = with(&[("digest_above = 20", "digest_above = 1")]).await;
    for _ in 0..2 {
        for _ in 0..2 {
            let ticket = bench.escalated(&whole());
            bench.assign(ticket, &[]).await;
        }
        bench.wait(300);
    }
    assert_eq!(cards(&bench), (2, 2));
    bench.finish();
}

/// Slack takes one message a second in a channel. What it does not take is not lost.
#[tokio::test]
async fn slacks_pace_is_kept_and_everything_is_said() {
    let bench = with(&[("digest_above = 20", "digest_above = 900")]).await;
    let tickets: Vec<_> = (0..40).map(|_| bench.escalated(&whole())).collect();
    at_once(&bench, &tickets).await;
    assert!(bench.read(ESCALATIONS).len() <= 5, "as many as Slack takes at once");
    bench.sweep_for(60).await;
    assert_eq!(cards(&bench), (40, 0));
    bench.is_silent().await;
    bench.finish();
}
