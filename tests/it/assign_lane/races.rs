//! Different things at the same time.

use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;

use super::channels::{OUTAGE, RESTRICTED, THREAT, open};
use super::digest::at_once;
use crate::bench::texts::whole;
use crate::bench::{Answer, Bench, ESCALATIONS, assignment};

#[tokio::test]
async fn different_tickets_do_not_mix() {
    let bench = open().await;
    let notes = [whole(), format!("{}{OUTAGE}", whole()), format!("{}{THREAT}", whole())];
    let tickets: Vec<_> = (0..12).map(|it| bench.escalated(&notes[it % 3])).collect();
    at_once(&bench, &tickets).await;
    bench.sweep_for(30).await;
    for (at, ticket) in tickets.iter().enumerate() {
        let channel = if at % 3 == 2 { RESTRICTED } else { ESCALATIONS };
        let cards = bench.read(channel).into_iter().filter(|it| it.text.contains(&format!("ticket {ticket} ")));
        assert_eq!(cards.count(), 1);
    }
    assert_eq!(bench.spoken(), 12 + 8, "a card each, and a page for what must not wait");
    bench.finish();
}

/// Lets a run wait before its first post until it is told to go on.
fn held(bench: &Bench) -> (oneshot::Receiver<()>, oneshot::Sender<()>) {
    let ((entered, entry), (leave, left)) = (oneshot::channel(), oneshot::channel::<()>());
    let once = Arc::new(Mutex::new(Some((entered, left))));
    bench.world.slack.before_each(move |call| {
        let once = if call.path.ends_with("chat.postMessage") { once.lock().unwrap().take() } else { None };
        async move {
            if let Some((entered, left)) = once {
                entered.send(()).unwrap();
                left.await.unwrap();
            }
        }
    });
    (entry, leave)
}

/// A Shift Lead is quicker than Slack: the run that saw it comes back to say so.
#[tokio::test]
async fn what_another_run_is_saying_is_followed_up() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.wait(1);
    let (entry, leave) = held(&bench);
    let (lambda, event) = (Arc::clone(&bench.lambda), assignment(bench.portal(), ticket, &[]));
    let first = tokio::spawn(async move { Answer::read(&lambda.answer(event).await) });
    entry.await.unwrap();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    leave.send(()).unwrap();
    assert_eq!(first.await.unwrap().outcome(), "assigned");
    bench.sweep_for(5).await;
    let thread = bench.thread(ESCALATIONS);
    assert!(
        thread.contains("In Tech · ")
            && thread.ends_with("--\nConfirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner."),
        "{thread}"
    );
    bench.is_silent().await;
    bench.finish();
}

/// The card is on its way where everybody reads when the matter turns out to be one for few.
#[tokio::test]
async fn words_that_are_on_their_way_are_taken_back_as_well() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    let (entry, leave) = held(&bench);
    let (lambda, event) = (Arc::clone(&bench.lambda), assignment(bench.portal(), ticket, &[]));
    let first = tokio::spawn(async move { Answer::read(&lambda.answer(event).await) });
    entry.await.unwrap();
    bench.sam().write_note(ticket, THREAT).unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.status, 200);
    leave.send(()).unwrap();
    first.await.unwrap();
    assert!(bench.everything(ESCALATIONS).contains("Grill"));
    bench.sweep_for(2).await;
    assert!(!bench.everything(ESCALATIONS).contains("Grill"), "{}", bench.thread(ESCALATIONS));
    assert_eq!(bench.read(RESTRICTED).len(), 1);
    bench.finish();
}
