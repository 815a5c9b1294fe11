//! The state table in trouble: no comment without a record, none twice, and none lost.

use sandbox::dynamo::{Moment, Step};

use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

use Moment::{After, Before};

/// The requests at these places, counted from 0 with every repeat after the one that counts the run, meet this. HubSpot's workflow is
/// answered like this at first, and at last the agent was told once.
async fn check(plan: &[(usize, Moment, Step)], status: u16) {
    let mut bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    for (index, moment, step) in plan {
        bench.dynamo.plan(*index + 1, *moment, *step);
    }
    let first = bench.check(ticket, &[]).await;
    assert_eq!(first.status, status, "{plan:?}: {first:?}");
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "incomplete", "the table has no part in that");
    bench.pass(30).await;
    let story = bench.workflow(ticket);
    assert!(story.ends_with("finished\n") && !story.contains("failed"), "{story}");
    assert_eq!(bench.notes_of_ours(ticket), 1, "{plan:?}\n{story}");
    bench.written();
    assert_eq!(bench.check(ticket, &[]).await.outcome(), "incomplete");
    assert_eq!(bench.written(), (0, 1), "it is done, and the table knows");
    bench.finish();
}

#[tokio::test]
async fn a_stumble_of_the_table_is_not_noticed() {
    for step in [Step::THROTTLE, Step::FAIL, Step::Drop] {
        check(&[(0, Before, step)], 200).await;
        check(&[(1, Before, step)], 200).await;
        check(&[(0, Before, step), (1, Before, step)], 200).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_not_taken_for_somebody_elses_work() {
    check(&[(0, After, Step::Drop)], 200).await;
    check(&[(1, After, Step::Drop)], 200).await;
    check(&[(0, After, Step::FAIL), (2, After, Step::FAIL)], 200).await;
}

#[tokio::test]
async fn a_table_that_does_not_answer_is_asked_again_later() {
    for step in [Step::THROTTLE, Step::FAIL, Step::Drop] {
        check(&[(0, Before, step), (1, Before, step), (2, Before, step)], 503).await;
        check(&[(1, Before, step), (2, Before, step), (3, Before, step)], 503).await;
    }
    check(&[(0, Before, Step::Refuse(400, "AccessDeniedException"))], 503).await;
    check(&[(0, Before, Step::Refuse(400, "ResourceNotFoundException"))], 503).await;
}

#[tokio::test]
async fn a_record_that_was_written_without_an_answer_is_waited_for_and_looked_after() {
    check(&[(0, After, Step::Drop), (1, After, Step::Drop), (2, After, Step::Drop)], 503).await;
    check(&[(1, After, Step::Drop), (2, After, Step::Drop), (3, After, Step::Drop)], 503).await;
}

#[tokio::test]
async fn nobody_is_told_anything_while_the_table_is_away() {
    let mut bench = Bench::new().await;
    let (lacking, complete) = (bench.escalated(&first_three()), bench.escalated(&whole()));
    bench.dynamo.on_request(|_, _| async { Step::Drop });
    bench.pass(10).await;
    assert_eq!(bench.notes_of_ours(lacking), 0);
    assert_eq!(bench.value(lacking, "escalation_comment_status"), "incomplete");
    assert!(bench.workflow(lacking).contains("called, try 4: 503"), "{}", bench.workflow(lacking));
    let story = bench.workflow(complete);
    assert!(story.contains("answered: complete") && !story.contains("503"), "{story}");
    bench.dynamo.on_request(|_, _| async { Step::Pass });
    bench.pass(60).await;
    assert_eq!(bench.notes_of_ours(lacking), 1);
    bench.finish();
}

#[tokio::test]
async fn a_rename_survives_the_table_too() {
    for lost in 0..5 {
        let mut bench = Bench::with_policy(&[("mode = \"warn\"", "mode = \"fix\"")]).await;
        let ticket = bench.ticket_named("escalation - Harbour Grill - Double charge");
        bench.sam().write_note(ticket, &whole()).unwrap();
        for index in lost..lost + 3 {
            bench.dynamo.plan(index, After, Step::Drop);
        }
        bench.escalate(ticket);
        bench.pass(30).await;
        assert_eq!(bench.value(ticket, "subject"), crate::bench::NAME);
        assert_eq!(bench.notes_of_ours(ticket), 1, "{lost}: {}", bench.workflow(ticket));
        bench.finish();
    }
}
