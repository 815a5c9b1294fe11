//! What is counted, what is not, and when one is too many.

use escalation::id::TicketId;
use sandbox::product::CLIENT_SECRET;
use sandbox::world::workflow::signature;

use super::{asking, is_stopped};
use crate::bench::texts::{first_three, whole};
use crate::bench::{Answer, Bench, CHECK, DOMAIN, counts_a_run, event};

const TEN_MINUTES: i64 = 600_000;

#[tokio::test]
async fn the_sixth_run_within_ten_minutes_is_stopped_before_anybody_is_asked() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    bench.run_five(ticket).await;
    bench.wait_ms(TEN_MINUTES - 1);
    bench.hubspot.journal().clear();
    let stopped = bench.run(ticket, 6).await;
    assert_eq!((stopped.status, stopped.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    insta::assert_snapshot!(stopped.get("message"), @r#"Stopped: "Check the escalation comment" ran 5 times on this ticket within 10 minutes. It looks as if workflows start each other by what each of them changes: turn off the one that should not run, or narrow down what enrols a ticket in it. Nothing is lost: soon after 09:51:00 UTC the ticket is looked at again, and from then on the action runs again."#);
    assert!(bench.hubspot.calls().is_empty(), "{:?}", bench.hubspot.calls());
    bench.wait_ms(1);
    assert_eq!(bench.run(ticket, 6).await.outcome(), "complete");
    bench.finish();
}

/// 0, 2, 4, 6 and 8 minutes, and then each as the one five before it leaves the window.
#[tokio::test]
async fn one_run_every_two_minutes_goes_on_for_ever() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    for nth in 0..20 {
        assert_eq!(bench.run(ticket, nth).await.outcome(), "complete", "{nth}");
        bench.wait_ms(120_000);
    }
    bench.wait_ms(-1);
    assert!(is_stopped(&bench.run(ticket, 20).await));
    bench.finish();
}

#[tokio::test]
async fn each_ticket_and_each_action_is_counted_apart() {
    let bench = Bench::with_lanes(&[]).await;
    let (ticket, other) = (bench.escalated(&whole()), bench.escalated(&whole()));
    bench.run_five(ticket).await;
    assert_eq!(bench.run(other, 6).await.outcome(), "complete");
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert!(is_stopped(&bench.run(ticket, 6).await));
    bench.finish();
}

#[tokio::test]
async fn a_delivery_that_comes_again_is_the_same_run() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    for _ in 0..30 {
        assert_eq!(bench.run(ticket, 1).await.outcome(), "complete");
        bench.wait(10);
    }
    for nth in [2, 3, 4, 5, 2, 3, 4, 5] {
        assert_eq!(bench.run(ticket, nth).await.outcome(), "complete", "{nth}");
    }
    assert!(is_stopped(&bench.run(ticket, 6).await));
    for nth in [1, 5, 3] {
        assert_eq!(bench.run(ticket, nth).await.outcome(), "complete", "it is under way: {nth}");
    }
    bench.finish();
}

#[tokio::test]
async fn a_trial_run_and_what_cannot_be_read_are_not_counted() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&first_three());
    for nth in 0..10 {
        let callback = format!("ap-24680135-2-{nth}-0");
        assert_eq!(bench.deliver(ticket, &callback, &[("mode", "observe")]).await.outcome(), "incomplete");
        let refused = bench.deliver(ticket, &callback, &[("mode", "perhaps")]).await;
        assert_eq!(refused.get("hs_execution_state"), "FAIL_CONTINUE");
    }
    assert!(bench.dynamo.requests().is_empty());
    bench.run_five(ticket).await;
    assert!(is_stopped(&bench.run(ticket, 6).await));
    let observed = bench.deliver(ticket, "ap-24680135-2-99-0", &[("mode", "observe")]).await;
    assert_eq!(observed.outcome(), "incomplete", "one may still look what it would do");
    bench.finish();
}

/// A workflow's "Send a webhook" names no execution.
#[tokio::test]
async fn a_webhook_counts_by_its_delivery() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let body = format!(r#"{{"ticketId":{ticket},"portalId":{}}}"#, bench.portal());
    let signed = signature::v2(CLIENT_SECRET, "POST", &format!("https://{DOMAIN}{CHECK}"), &body);
    let headers = [("x-hubspot-signature", signed.as_str()), ("x-hubspot-signature-version", "v2")];
    for nth in 1..=6 {
        let answer = bench.answer_as(&format!("request-{nth}"), event("POST", CHECK, &headers, &body)).await;
        assert_eq!(is_stopped(&answer), nth == 6, "{nth}: {answer:?}");
    }
    bench.finish();
}

/// Ten requests about a ticket, each an execution or a run of its own: how many are stopped.
async fn of_ten(bench: &Bench, ticket: TicketId, ask: impl AsyncFn(usize) -> Answer) -> usize {
    let mut stopped = 0;
    for nth in 0..10 {
        stopped += usize::from(is_stopped(&ask(nth).await));
    }
    assert_eq!(bench.value(ticket, "escalation_comment_status"), "complete");
    stopped
}

#[tokio::test]
async fn what_a_custom_code_action_forwards_is_counted() {
    for source in [None, Some("CUSTOM_CODE"), Some("")] {
        let bench = Bench::new().await;
        let ticket = bench.escalated(&whole());
        let with_id = async |nth: usize| {
            let event = bench.forwarded(ticket, Some(&format!("ap-24680135-3-{nth}-0")), source);
            bench.answer_as("one", event).await
        };
        assert_eq!(of_ten(&bench, ticket, with_id).await, 5, "{source:?}");
        bench.wait(600);
        let without =
            async |nth: usize| bench.answer_as(&format!("{nth}"), bench.forwarded(ticket, None, source)).await;
        assert_eq!(of_ten(&bench, ticket, without).await, 5, "{source:?}");
        bench.finish();
    }
}

#[tokio::test]
async fn our_own_functions_ask_as_often_as_they_need() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let ours =
        async |nth: usize| bench.answer_as(&format!("{nth}"), bench.forwarded(ticket, None, Some("escalation"))).await;
    assert_eq!(of_ten(&bench, ticket, ours).await, 0);
    assert!(!bench.dynamo.requests().iter().any(counts_a_run));
    bench.run_five(ticket).await;
    assert!(is_stopped(&bench.run(ticket, 6).await));
    assert_eq!(of_ten(&bench, ticket, ours).await, 0, "nor do they wait with others");
    bench.finish();
}

/// Whoever may send a workflow's request may write what they like into it.
#[tokio::test]
async fn nobody_but_our_functions_can_say_that_they_are_ours() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let by_hubspot = async |nth: usize| {
        let mut body = asking(bench.portal().0, ticket, Some("escalation"));
        body["callbackId"] = format!("ap-24680135-4-{nth}-0").into();
        let body = body.to_string();
        let signed = signature::v2(CLIENT_SECRET, "POST", &format!("https://{DOMAIN}{CHECK}"), &body);
        let headers = [("x-hubspot-signature", signed.as_str()), ("x-hubspot-signature-version", "v2")];
        bench.answer_as("one", event("POST", CHECK, &headers, &body)).await
    };
    assert_eq!(of_ten(&bench, ticket, by_hubspot).await, 5);
    let mut changed = bench.forwarded(ticket, None, None);
    changed.body = changed.body.map(|it| it.replacen("\"portalId\"", "\"source\":\"escalation\",\"portalId\"", 1));
    assert_eq!(bench.lambda.answer(changed).await.status_code, 401);
    bench.finish();
}
