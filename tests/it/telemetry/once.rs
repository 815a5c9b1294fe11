//! What an operator is to hear of, each once.

use std::time::Duration;

use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use serde_json::json;

use super::counted;
use crate::bench::Bench;
use crate::bench::texts::whole;
use crate::jira_callback::stage::Told;

#[tokio::test]
async fn a_loop_is_counted_when_it_is_stopped_and_not_each_time() {
    let bench = Bench::new().await;
    let ticket = bench.escalated(&whole());
    let (outcomes, values) = counted(async {
        let mut stopped = 0;
        for nth in 0..9 {
            let answer = bench.deliver(ticket, &format!("ap-24680135-{nth}-1-0"), &[]).await;
            stopped += usize::from(answer.get("hs_execution_state") == "FAIL_CONTINUE");
        }
        stopped
    })
    .await;
    assert_eq!((outcomes, &values["LoopsStopped"]), (4, &vec![1.0]));
    bench.finish();
}

#[tokio::test]
async fn what_jira_tells_in_vain_is_counted() {
    let told = Told::by_rule().await;
    let no = Answer::json(400, json!({ "errorMessages": ["No."], "errors": {} }));
    told.jira().move_issue(&told.key, "Done");
    told.jira().inject(Fault::on("* /**", Effect::Refuse(no)).always());
    let event = json!({ "issue": { "key": told.key } }).to_string();
    let secret =
        [("x-escalation-secret", sandbox::product::JIRA_CALLBACK_SECRET), ("content-type", "application/json")];
    let (reply, values) = counted(told.bench.hear(&secret, &event)).await;
    assert_eq!((reply.status_code, values.get("EventsRejected")), (200, Some(&vec![1.0])), "{}", reply.body);
    told.jira().heal();
    let (reply, values) = counted(told.bench.hear(&secret, &event)).await;
    assert_eq!((reply.status_code, values.get("EventsRejected")), (200, None), "{}", reply.body);
}

/// How one escalation after the other is judged first: the runs of one platform request each.
#[tokio::test]
async fn an_escalation_is_accepted_at_its_first_try_or_never() {
    let bench = Bench::new().await;
    for (first, accepted) in [(crate::bench::texts::first_three(), None), (whole(), Some(&vec![1.0]))] {
        let ticket = bench.escalated(&first);
        let event = |nth: usize| {
            let callback = format!("ap-24680135-{nth}-1-0");
            crate::bench::delivery(bench.portal(), ticket, &callback, &[])
        };
        let limit = jiff::SignedDuration::from_secs(10);
        let run = async |nth: usize| counted(bench.lambda.answer_as(&format!("run-{nth}"), limit, event(nth))).await.1;
        let values = run(0).await;
        assert_eq!((values.get("Escalations"), values.get("AcceptedFirstTry")), (Some(&vec![1.0]), accepted));
        bench.sam().write_note(ticket, &whole()).unwrap();
        for nth in 1..4 {
            let values = run(nth).await;
            assert_eq!((values.get("Escalations"), values.get("AcceptedFirstTry")), (None, None), "{nth}");
        }
        // The next escalation of the ticket is another one.
        bench.wait(3_600);
        bench.sam().set(ticket, "escalation_type", "").unwrap();
        bench.wait(3_600);
        bench.escalate(ticket);
        bench.wait(Duration::from_secs(120).as_secs() as i64);
        assert_eq!(run(4).await.get("Escalations"), Some(&vec![1.0]));
        assert_eq!(run(5).await.get("Escalations"), None);
    }
    bench.finish();
}
