//! Loops end, an operator hears of each once, and the ticket is acted upon as it was left.

use std::sync::Arc;

use escalation::id::TicketId;
use escalation::workflows::{Becomes, Step, Trigger, Workflow};
use jiff::SignedDuration;
use sandbox::dynamo::{Moment, Step as Table};
use sandbox::world::workflow::log::What;
use tokio::task::JoinSet;

use super::{ALERT, is_stopped};
use crate::assign_lane::stage::{DAYS, LEADS};
use crate::bench::texts::{first_three, last_two, whole};
use crate::bench::{Answer, Bench, delivery};
use crate::create_jira_issue::matrix::Lines;

const FOREIGN: u64 = 77_000_001;

/// "All escalations belong to Tech", somebody thought; `assign-lane` knows better.
fn all_to_tech() -> Workflow {
    let becomes = Becomes::OtherThan(escalation::views::Choice { value: "tech", label: "Tech" });
    Workflow {
        id: FOREIGN,
        name: "Everything to Tech".to_owned(),
        trigger: Trigger::new("escalation_type", "Escalation Type", becomes),
        re_enrol: true,
        steps: vec![
            Step::Wait(SignedDuration::from_secs(5)),
            Step::Set("escalation_type".to_owned(), "tech".to_owned()),
            Step::End,
        ],
    }
}

impl Bench {
    /// Time passes, the workflows go on, and the sweep runs each minute.
    async fn live(&mut self, minutes: i64) {
        for _ in 0..minutes {
            self.pass(1).await;
            self.sweep().await;
        }
        self.pass(0).await;
    }

    /// The moments at which the lane was asked for by workflows.
    fn lanes_asked(&self, ticket: TicketId) -> Vec<i64> {
        let log = self.engine.log().iter().filter(|it| it.ticket == ticket && matches!(it.what, What::Called { .. }));
        let lanes = log.filter(|it| self.engine.action_of(it) == Some("assign-lane"));
        lanes.map(|it| it.at.as_millisecond()).collect()
    }

    fn stops(&self, ticket: TicketId) -> usize {
        let log = self.engine.log().iter().filter(|it| it.ticket == ticket);
        log.filter(|it| matches!(it.what, What::Failed { .. })).count()
    }
}

#[tokio::test]
async fn two_workflows_that_undo_each_other_are_stopped_and_said_once_and_the_ticket_ends_where_it_should() {
    let (lines, _listening) = Lines::listen();
    let mut bench = Bench::with_lanes_and(&[LEADS, DAYS], all_to_tech()).await;
    let ticket = bench.escalated(&whole());
    bench.pass(5).await;
    assert_eq!((bench.lanes_asked(ticket).len(), bench.stops(ticket)), (6, 1), "{}", bench.workflow(ticket));
    assert_eq!(bench.value(ticket, "escalation_type"), "tech", "as the loop left it");
    let notes = bench.notes_of_ours(ticket);
    assert_eq!(
        bench.agenda().await.iter().filter(|it| it["pk"]["S"].as_str().unwrap().starts_with("a#assign")).count(),
        2
    );
    bench.engine.turn_off(FOREIGN);
    bench.live(4).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "tech", "the window has not passed");
    bench.live(3).await;
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    assert_eq!(bench.place(ticket), ["cs", "triage", "502"]);
    bench.live(60).await;
    assert_eq!((bench.stops(ticket), bench.notes_of_ours(ticket)), (1, notes + 1), "{}", bench.workflow(ticket));
    let alerts = lines.with(ALERT);
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    assert!(alerts[0].contains("ERROR") && alerts[0].contains("count=6"), "{alerts:?}");
    assert!(
        alerts[0].contains(&format!("assign-lane was to run for the 6th time within 10 minutes on ticket {ticket}"))
    );
    bench.finish();
}

/// Nobody turns it off all night: it costs a few runs in each window, and rings once.
#[tokio::test]
async fn a_loop_that_nobody_ends_goes_on_slowly_and_is_said_once() {
    let (lines, _listening) = Lines::listen();
    let mut bench = Bench::with_lanes_and(&[LEADS, DAYS], all_to_tech()).await;
    let ticket = bench.escalated(&whole());
    bench.live(180).await;
    let asked = bench.lanes_asked(ticket);
    for (at, begins) in asked.iter().enumerate() {
        let within = asked[at..].iter().take_while(|it| *it - begins < 600_000).count();
        assert!(within <= 7, "five that run, and what was stopped: {within}");
    }
    assert!(bench.stops(ticket) > 10, "{}", bench.stops(ticket));
    assert_eq!(lines.with(ALERT).len(), 1);
    // It ends, and comes back on another day.
    bench.engine.turn_off(FOREIGN);
    bench.live(90).await;
    let stops = bench.stops(ticket);
    assert_eq!(bench.value(ticket, "escalation_type"), "shift_lead");
    for nth in 0..6 {
        bench.deliver_lane(ticket, nth).await;
    }
    assert_eq!((lines.with(ALERT).len(), bench.stops(ticket)), (2, stops));
    bench.finish();
}

impl Bench {
    async fn deliver_lane(&self, ticket: TicketId, nth: usize) -> Answer {
        let event = self.asks_by(ticket, &format!("ap-24680135-90-{nth}-0"));
        Answer::read(&Box::pin(self.lambda.answer(event)).await)
    }
}

/// What the agent wrote while it was stopped is seen when the window has passed, though nobody asks.
#[tokio::test]
async fn what_a_stopped_run_would_have_seen_is_seen_after_the_window_by_the_workflows_own_inputs() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    bench.run_five(ticket).await;
    bench.sam().write_note(ticket, &last_two()).unwrap();
    for nth in 6..50 {
        assert!(is_stopped(&bench.deliver(ticket, &format!("ap-24680135-{nth}-1-0"), &[("feedback", "none")]).await));
    }
    let agenda = bench.agenda().await;
    assert_eq!(agenda.len(), 1, "one look for all: {agenda:?}");
    let look = agenda[0]["look"]["S"].as_str().unwrap();
    assert!(look.contains(&ticket.to_string()) && look.contains(r#""feedback":"none""#), "{look}");
    bench.wait_ms(599_999);
    bench.sweep().await;
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "incomplete");
    bench.wait_ms(1);
    bench.sweep().await;
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    assert!(bench.agenda().await.is_empty());
    bench.finish();
}

/// A run that is stopped costs one write, whoever was stopped before it.
#[tokio::test]
async fn a_stopped_run_costs_one_write() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    bench.run_five(ticket).await;
    let mut costs = Vec::new();
    for nth in 6..9 {
        bench.dynamo.forget();
        assert!(is_stopped(&bench.run(ticket, nth).await));
        costs.push(bench.dynamo.requests().len());
    }
    assert_eq!(costs, [3, 1, 1], "the look and the note are the first one's");
    bench.finish();
}

#[tokio::test]
async fn of_a_hundred_at_once_five_run_and_one_line_says_it() {
    let (lines, _listening) = Lines::listen();
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let mut sent = JoinSet::new();
    for nth in 0..100 {
        let (lambda, portal) = (Arc::clone(&bench.lambda), bench.portal());
        let event = delivery(portal, ticket, &format!("ap-24680135-{nth}-1-0"), &[]);
        sent.spawn(async move { Answer::read(&lambda.answer(event).await) });
    }
    let answers = sent.join_all().await;
    assert!(answers.iter().all(|it| it.status == 200));
    assert_eq!(answers.iter().filter(|it| !is_stopped(it)).count(), 5);
    assert_eq!(lines.with(ALERT).len(), 1);
    assert_eq!(bench.agenda().await.len(), 1);
    bench.finish();
}

#[tokio::test]
async fn a_table_that_is_down_stops_nothing_and_each_run_says_so_once() {
    let (lines, _listening) = Lines::listen();
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    bench.dynamo.on_request(|_, _| async { Table::FAIL });
    for nth in 0..10 {
        assert_eq!(bench.run(ticket, nth).await.outcome(), "complete");
    }
    let warnings = lines.with("Cannot count the runs of validate-comment");
    assert_eq!(warnings.len(), 10, "{warnings:?}");
    assert!(warnings.iter().all(|it| it.contains("WARN") && it.contains(&ticket.to_string())), "{warnings:?}");
    assert!(lines.with(ALERT).is_empty());
    bench.finish();
}

/// The look, then the note, each in all its three tries.
#[tokio::test]
async fn a_stop_that_cannot_be_written_down_is_asked_for_again() {
    for (written, moment) in [(1, Moment::Before), (1, Moment::After), (2, Moment::Before)] {
        let (lines, _listening) = Lines::listen();
        let bench = Bench::new().await;
        let ticket = bench.escalated(&whole());
        bench.run_five(ticket).await;
        bench.dynamo.forget();
        for index in written..written + 3 {
            bench.dynamo.plan(index, moment, Table::Drop);
        }
        assert_eq!(bench.run(ticket, 6).await.status, 503, "{written} {moment:?}");
        assert!(lines.with(ALERT).is_empty());
        assert!(is_stopped(&bench.run(ticket, 6).await), "{written} {moment:?}");
        assert_eq!((lines.with(ALERT).len(), bench.agenda().await.len()), (1, 1), "{written} {moment:?}");
        bench.finish();
    }
}
