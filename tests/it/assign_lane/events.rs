//! The requests of `events/assign-lane`, answered as `events/README.md` says.

use escalation::id::TicketId;

use crate::bench::events::{answer, are_answered_as_the_readme_says, event, sandbox, table};
use crate::bench::{Bench, ESCALATIONS};

const FUNCTION: &str = "assign-lane";

#[tokio::test]
async fn every_request_is_answered_as_the_readme_says() {
    are_answered_as_the_readme_says(FUNCTION).await;
}

#[tokio::test]
async fn all_actions_see_each_ticket_as_the_readme_says() {
    let bench = sandbox().await;
    for row in table("Tickets") {
        // HubSpot takes so many calls within ten seconds and no more.
        bench.wait(1);
        let ticket = TicketId(row[0].parse().unwrap());
        let seen = [
            bench.check(ticket, &[]).await,
            bench.assign(ticket, &[]).await,
            bench.create(ticket, &[]).await,
            bench.close(ticket, &[]).await,
        ];
        let outcomes = seen.each_ref().map(|it| format!("`{}`", it.outcome()));
        assert_eq!(outcomes, [row[2], row[3], row[4], row[5]], "{row:?}");
    }
    bench.finish();
}

/// What is said in Slack after this request, and what the same request adds when it comes again.
async fn said_in_slack(file: &str) -> (usize, usize) {
    let bench = sandbox().await;
    let count = |bench: &Bench| bench.world.slack.messages(ESCALATIONS).len();
    let before = count(&bench);
    answer(&bench, event(FUNCTION, file)).await;
    let first = count(&bench) - before;
    answer(&bench, event(FUNCTION, file)).await;
    let again = count(&bench) - before - first;
    bench.finish();
    (first, again)
}

#[tokio::test]
async fn slack_is_told_once_of_what_came_into_a_lane_and_of_nothing_else() {
    for (file, messages) in [
        ("custom-action-assigned.json", 1),
        ("custom-action-unchanged.json", 0),
        ("custom-action-awaiting-context.json", 0),
        ("custom-action-not-escalated.json", 0),
        ("custom-action-test-run.json", 0),
        ("refused-wrong-signature.json", 0),
    ] {
        assert_eq!(said_in_slack(file).await, (messages, 0), "{file}");
    }
}
