//! What shows that the customer was told.

use sandbox::world::hubspot::conversation::Said;

use super::stage::{CONNECTED, Escalation};
use crate::bench::Bench;

/// Something is done after the Shift Lead's answer; then the ticket is cleared and closed, and judged.
async fn check(act: impl Fn(&Bench, Escalation), expected: &str) -> String {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    act(&bench, it);
    bench.ended_early(it);
    let answer = bench.close(it.ticket, &[("closure", "flag")]).await;
    assert_eq!(format!("{} {}", answer.outcome(), answer.get("closure_option")).trim(), expected);
    let note = bench.said(it.ticket);
    bench.finish();
    note
}

#[tokio::test]
async fn a_person_has_to_have_written_to_the_customer_after_the_answer() {
    check(|bench, it| drop(bench.sam().reply(it.thread, "We refund it.")), "resolved A").await;
    check(|bench, it| drop(bench.dana().reply(it.thread, "We refund it.")), "resolved B").await;
    check(|bench, it| drop(bench.sam().comment(it.thread, "<p>Told them.</p>")), "flagged").await;
    check(|bench, it| drop(bench.hubspot.customer_writes(it.thread, "Well?")), "flagged").await;
    let note = check(|bench, it| drop(bench.sam().reply_in_vain(it.thread, "We refund it.")), "flagged").await;
    assert!(note.contains("was not delivered"), "{note}");
    let greeting = |bench: &Bench, it: Escalation| {
        let said = Said::Message { outgoing: true, text: "We have your message.".to_owned(), failed: false };
        bench.hubspot.system_says(it.thread, said).unwrap();
    };
    let note = check(greeting, "flagged").await;
    assert!(note.contains("was automatic"), "{note}");
}

#[tokio::test]
async fn a_reply_before_the_answer_tells_nothing_and_one_after_a_comment_in_the_help_desk_does() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    bench.wait(60);
    bench.told(it);
    bench.wait(60);
    bench.ended_early(it);
    let flag = [("closure", "flag")];
    assert_eq!(bench.judged_with(it, &flag).await, "flagged not_communicated");
    assert!(bench.said(it.ticket).contains("no Shift Lead has answered yet"));
    bench.dana().comment(it.thread, "<p>Approved.</p>").unwrap();
    bench.wait(60);
    bench.told(it);
    assert_eq!(bench.judged_with(it, &flag).await, "resolved");
    bench.finish();
}

#[tokio::test]
async fn a_call_counts_where_somebody_spoke_with_the_customer() {
    check(|bench, it| drop(bench.sam().log_call(it.ticket, CONNECTED)), "resolved A").await;
    check(|bench, it| drop(bench.dana().log_call(it.ticket, CONNECTED)), "resolved B").await;
    for outcome in ["", "73a0d17f-1163-4015-bdd5-ec830791da20"] {
        let note = check(move |bench, it| drop(bench.sam().log_call(it.ticket, outcome)), "flagged").await;
        assert!(note.contains("did not connect"), "{note}");
    }
}

#[tokio::test]
async fn a_word_counts_where_a_person_gave_it_and_unreachable_with_its_reason() {
    let says = |value: &'static str| {
        move |bench: &Bench, it: Escalation| bench.sam().set(it.ticket, "resolution_communicated", value).unwrap()
    };
    for value in ["yes_email", "yes_phone", "yes_sms", "yes_other"] {
        check(says(value), "resolved A").await;
    }
    let note = check(says("no_unreachable"), "flagged").await;
    assert!(note.contains("counts with a reason"), "{note}");
    let with_reason = |bench: &Bench, it: Escalation| {
        says("no_unreachable")(bench, it);
        bench.sam().set(it.ticket, "unreachable_reason", "Three calls, two mails since Monday.").unwrap();
    };
    let note = check(with_reason, "resolved A").await;
    assert!(note.contains("customer unreachable"), "{note}");
    let workflow = |bench: &Bench, it: Escalation| {
        bench.hubspot.workflow_sets(it.ticket, "resolution_communicated", "yes_email").unwrap();
    };
    check(workflow, "flagged").await;
}

#[tokio::test]
async fn after_tech_the_customer_is_told_once_jira_is_done() {
    let done = |bench: &Bench, it: Escalation| {
        bench.sam().set(it.ticket, "jira_reference", "TECH-7").unwrap();
        bench.sam().set(it.ticket, "jira_status", "In Progress").unwrap();
        bench.told(it);
        bench.wait(60);
        bench.sam().set(it.ticket, "jira_status", "Done").unwrap();
        bench.wait(60);
    };
    let note = check(done, "flagged").await;
    assert!(note.contains("no outgoing message since TECH-7 was done (10:32)"), "{note}");
    let told = move |bench: &Bench, it: Escalation| {
        done(bench, it);
        bench.told(it);
    };
    check(told, "resolved A").await;
}

#[tokio::test]
async fn what_we_may_not_read_shows_nothing_and_a_word_still_counts() {
    let bench = Bench::with_closing(&[]).await;
    bench.hubspot.configure(|it| it.missing_scopes = ["conversations.read"].into());
    let it = bench.answered().await;
    bench.told(it);
    bench.ended_early(it);
    assert_eq!(bench.judged_with(it, &[("closure", "flag")]).await, "flagged not_communicated");
    bench.sam().set(it.ticket, "resolution_communicated", "yes_email").unwrap();
    assert_eq!(bench.judged(it).await, "resolved");
    bench.finish();
}
