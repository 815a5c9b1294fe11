//! Many deliveries at the same time.

use std::sync::Arc;

use escalation::runtime::HttpEvent;
use tokio::task::JoinSet;

use super::trial::{Plan, Trial};
use crate::bench::{Answer, Bench};

async fn at_once(bench: &Bench, events: Vec<HttpEvent>) -> Vec<Answer> {
    let mut sent = JoinSet::new();
    for event in events {
        let lambda = Arc::clone(&bench.lambda);
        sent.spawn(async move { Answer::read(&lambda.answer(event).await) });
    }
    sent.join_all().await
}

#[tokio::test]
async fn a_hundred_identical_deliveries_at_once_are_one_issue() {
    let mut trial = Trial::new(false, 150).await;
    trial.bench.dynamo.forget();
    let answers = at_once(&trial.bench, vec![trial.event.clone(); 100]).await;
    assert!(answers.iter().all(|it| [200, 429].contains(&it.status)), "{answers:?}");
    let done: Vec<_> = answers.iter().filter(|it| it.status == 200).collect();
    assert!(!done.is_empty() && done.iter().all(|it| *it == done[0]), "{done:?}");
    // Each is counted and tries to take it; one notes the issue, registers it, and ends it.
    assert_eq!(trial.bench.dynamo.requests().len(), 203);
    trial.end(&[]).await;
    trial.is_right(&answers);
    assert_eq!(trial.bench.world.jira.journal().count("POST /rest/api/3/issue"), 1);
}

#[tokio::test]
async fn the_clicks_of_two_people_are_one_issue() {
    let mut trial = Trial::new(false, 0).await;
    let clicks = ["ap-24680135-9-1-0", "ap-24680135-9-1-1"];
    let events = clicks.map(|it| trial.bench.creation(trial.ticket, it, &[]));
    let answers = at_once(&trial.bench, events.to_vec()).await;
    assert!(answers.iter().any(|it| it.status == 200), "{answers:?}");
    let mut outcomes = Vec::new();
    for click in clicks {
        let first = trial.bench.create_again(trial.ticket, click, &[]).await;
        assert_eq!(first, trial.bench.create_again(trial.ticket, click, &[]).await);
        outcomes.push(first.outcome().to_owned());
    }
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["already", "created"]);
    trial.deliver(&Plan::default()).await;
    trial.settle().await;
    trial.is_right(&answers);
}

#[tokio::test]
async fn tickets_of_the_same_second_do_not_mix() {
    let bench = Trial::new(false, 0).await.bench;
    let tickets: Vec<_> = (0..12).map(|_| bench.sent_to_tech()).collect();
    bench.wait(60);
    let event = |(at, ticket)| bench.creation(ticket, &format!("ap-24680135-20-{at}-0"), &[]);
    let answers = at_once(&bench, tickets.iter().copied().enumerate().map(event).collect()).await;
    assert!(answers.iter().all(|it| it.status == 200), "{answers:?}");
    for ticket in tickets {
        let issues = bench.issues(ticket);
        assert_eq!(issues.len(), 1);
        assert_eq!(bench.logged(ticket)[0], issues[0].key);
        assert_eq!(issues[0].properties["hs-escalation"]["ticket"], ticket.0);
        assert!(issues[0].remote_links[0].url.ends_with(&ticket.to_string()));
        assert_eq!(bench.notes_of_ours(ticket), 1);
    }
    bench.finish();
}
