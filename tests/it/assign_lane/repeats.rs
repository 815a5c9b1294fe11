//! The lane is asked for again and again; what is said is said once.

use super::channels::{EXECUTIVES, OUTAGE, open, with};
use super::digest::at_once;
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

/// The agent is told each time that the Shift Lead has it.
const ALWAYS: (&str, &str) = ("accepted = \"after_feedback\"", "accepted = \"always\"");

#[tokio::test]
async fn twenty_identical_deliveries_at_once_are_one_card_one_note_and_one_page() {
    let bench = with(&[ALWAYS]).await;
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    let answers = at_once(&bench, &[ticket; 20]).await;
    assert!(answers.iter().all(|it| [200, 429].contains(&it.status)), "{answers:?}");
    assert!(answers.iter().any(|it| it.status == 200));
    let told = || (bench.read(ESCALATIONS).len(), bench.read(EXECUTIVES).len(), bench.notes_of_ours(ticket));
    assert_eq!(told(), (1, 1, 1));
    bench.sweep_for(10).await;
    assert_eq!((told(), bench.spoken()), ((1, 1, 1), 2));
    bench.is_silent().await;
    bench.written();
    bench.is_silent().await;
    assert_eq!(bench.written(), (0, 6), "nothing is left to look at");
    bench.finish();
}

#[tokio::test]
async fn one_after_the_other_they_add_nothing() {
    let bench = with(&[ALWAYS]).await;
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    let history = bench.hubspot.history(ticket, "escalation_last_message").len();
    for _ in 0..19 {
        assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    }
    assert_eq!((bench.spoken(), bench.notes_of_ours(ticket)), (2, 1));
    assert_eq!(bench.hubspot.history(ticket, "escalation_last_message").len(), history);
    bench.finish();
}

#[tokio::test]
async fn a_trial_run_tells_nobody() {
    let bench = open().await;
    let ticket = bench.escalated(&format!("{}{OUTAGE}", whole()));
    assert_eq!(bench.assign(ticket, &[("mode", "observe")]).await.outcome(), "assigned");
    assert_eq!((bench.spoken(), bench.written()), (0, (0, 0)));
    bench.finish();
}

/// The state table forgets what ended long ago; an escalation may be with Tech for weeks.
#[tokio::test]
async fn after_three_weeks_nothing_is_said_again() {
    let bench = Bench::with_tech(&[]).await;
    let ticket = bench.escalated(&whole());
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    bench.wait(600);
    bench.dana().write_note(ticket, "<p>Which order was it?</p>").unwrap();
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.assign(ticket, &[]).await;
    bench.create(ticket, &[]).await;
    for _ in 0..21 {
        bench.wait(24 * 3_600);
        bench.collect().await;
        bench.sweep().await;
    }
    assert_eq!(bench.read(ESCALATIONS).len(), 1, "one card");
    assert_eq!(bench.said(ticket).matches("Reviewed by Dana").count(), 1, "{}", bench.said(ticket));
    bench.world.violations();
}
