//! What shows that the customer was told.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::conversation::Said;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::hubspot::refusal;

use super::stage::{CONNECTED, Escalation};
use crate::assign_lane::channels::ADMINS;
use crate::bench::Bench;
use crate::bench::texts::{DANA, LEE};

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

/// Whoever was given the escalation answers as its Shift Lead, whatever the policy knows of them.
#[tokio::test]
async fn who_has_the_escalation_answers_it_and_tells_the_customer_as_its_shift_lead() {
    let priya = UserId(48_411);
    for (by, expected) in [(UserId(48_111), "resolved A"), (priya, "resolved B")] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.unanswered().await;
        bench.hubspot.hire(Owner::new(504, priya.0, "Priya Nair"));
        bench.wait(3600);
        bench.dana().set(it.ticket, "escalation_owner", "504").unwrap();
        bench.hubspot.agent(priya).write_note(it.ticket, "<p>Refund approved, tell them.</p>").unwrap();
        bench.wait(600);
        bench.hubspot.agent(by).reply(it.thread, "We refund it today.").unwrap();
        bench.ended_early(it);
        let answer = bench.close(it.ticket, &[]).await;
        assert_eq!(format!("{} {}", answer.outcome(), answer.get("closure_option")), expected);
        bench.finish();
    }
}

#[tokio::test]
async fn a_call_counts_where_somebody_spoke_with_the_customer() {
    check(|bench, it| drop(bench.sam().log_call(it.ticket, CONNECTED)), "resolved A").await;
    check(|bench, it| drop(bench.dana().log_call(it.ticket, CONNECTED)), "resolved B").await;
    for (outcome, said) in [("", "has no outcome"), ("73a0d17f-1163-4015-bdd5-ec830791da20", "did not connect")] {
        let note = check(move |bench, it| drop(bench.sam().log_call(it.ticket, outcome)), "flagged").await;
        assert!(note.contains(said), "{note}");
    }
}

#[tokio::test]
async fn an_email_outside_of_the_help_desk_counts_where_a_person_sent_it_and_it_arrived() {
    check(|bench, it| bench.sam().send_email(it.ticket, "SENT").unwrap(), "resolved A").await;
    check(|bench, it| bench.dana().send_email(it.ticket, "SENT").unwrap(), "resolved B").await;
    for status in ["BOUNCED", "FAILED"] {
        let note = check(move |bench, it| bench.sam().send_email(it.ticket, status).unwrap(), "flagged").await;
        assert!(note.contains("was not delivered"), "{note}");
    }
    check(|bench, it| bench.sam().send_email(it.ticket, "SCHEDULED").unwrap(), "flagged").await;
}

#[tokio::test]
async fn a_text_message_counts_where_its_channel_reaches_customers() {
    for (channel, expected) in [("SMS", "resolved A"), ("WHATS_APP", "resolved A"), ("LINKEDIN_MESSAGE", "flagged")] {
        check(move |bench, it| bench.sam().log_text_message(it.ticket, channel).unwrap(), expected).await;
    }
}

#[tokio::test]
async fn an_email_before_the_answer_tells_nothing() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    bench.sam().send_email(it.ticket, "SENT").unwrap();
    bench.wait(600);
    bench.dana().write_note(it.ticket, "<p>Approved.</p>").unwrap();
    bench.ended_early(it);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    bench.finish();
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
        bench.dana().set(it.ticket, "escalation_type", "tech").unwrap();
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

/// The customer was told between Jira's own moment and ours.
#[tokio::test]
async fn what_is_done_is_done_since_jira_says_so() {
    let told = |updated_at: &'static str| {
        move |bench: &Bench, it: Escalation| {
            bench.dana().set(it.ticket, "escalation_type", "tech").unwrap();
            bench.sam().set(it.ticket, "jira_reference", "TECH-7").unwrap();
            bench.wait(600);
            bench.told(it);
            bench.wait(300);
            bench.sam().set(it.ticket, "jira_status", "Done").unwrap();
            bench.sam().set(it.ticket, "jira_updated_at", updated_at).unwrap();
        }
    };
    check(told("2026-01-05T10:41:00Z"), "resolved A").await;
    let note = check(told("2026-01-05T10:41:01Z"), "flagged").await;
    assert!(note.contains("since TECH-7 was done (10:41)"), "{note}");
}

#[tokio::test]
async fn what_was_done_in_an_earlier_escalation_is_no_review_of_this_one() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.dana().set(it.ticket, "escalation_type", "tech").unwrap();
    bench.sam().set(it.ticket, "jira_reference", "TECH-7").unwrap();
    bench.sam().set(it.ticket, "jira_status", "Done").unwrap();
    bench.wait(60);
    bench.told(it);
    bench.clear(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    bench.wait(3600);
    bench.sam().move_to(it.ticket, "3").unwrap();
    bench.escalate(it.ticket);
    bench.wait(60);
    bench.told(it);
    bench.ended_early(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!(answer.outcome(), "reverted", "{answer:?} {:?}", bench.properties(it.ticket));
    assert!(bench.last_note(it).contains("no Shift Lead has answered yet"), "{}", bench.last_note(it));
    bench.finish();
}

#[tokio::test]
async fn who_looked_at_it_is_named_and_not_who_has_it() {
    for (reviewer, name) in [(LEE, "Lee Marsh's answer"), (DANA, "Dana Whitfield's answer")] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.unanswered().await;
        bench.wait(600);
        bench.hubspot.agent(reviewer).write_note(it.ticket, "<p>Approved by me.</p>").unwrap();
        bench.ended_early(it);
        assert_eq!(bench.judged(it).await, "reverted not_communicated");
        assert!(bench.said(it.ticket).contains(name), "{}", bench.said(it.ticket));
        bench.finish();
    }
}

/// HubSpot's importers and some apps leave a note with its owner alone.
#[tokio::test]
async fn a_note_of_which_only_the_owner_is_known_is_the_owners() {
    for (owner, expected) in [("502", "resolved"), ("501", "flagged not_communicated")] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        bench.told(it);
        bench.ended_early(it);
        bench.judged_with(it, &[("mode", "observe")]).await;
        bench.reshape("POST /crm/v3/objects/notes/batch/read", |page| {
            for note in page["results"].as_array_mut().unwrap() {
                let properties = note["properties"].as_object_mut().unwrap();
                properties.remove("hs_created_by_user_id");
                properties["hubspot_owner_id"] = owner.into();
            }
        });
        assert_eq!(bench.judged_with(it, &[("closure", "flag")]).await, expected, "{owner}");
    }
}

#[tokio::test]
async fn what_we_may_not_read_is_held_against_nobody_and_a_word_still_counts() {
    let bench = Bench::with_closing(&[]).await;
    bench.hubspot.configure(|it| it.missing_scopes = ["conversations.read"].into());
    let it = bench.answered().await;
    bench.told(it);
    bench.ended_early(it);
    for _ in 0..2 {
        assert_eq!(bench.judged(it).await, "flagged not_communicated");
    }
    assert_eq!(bench.end(it), ["4", "cs", "triage", "not_communicated", ""]);
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Closed, but not resolved: one thing is missing.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: I may not read this ticket's conversations, so I cannot see it. If they were told, set "Resolution communicated?".
    As I may not read everything, it stays closed, under an audit mark until this is done. The administrator is told.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    let alerts: Vec<String> = bench.read(ADMINS).into_iter().map(|it| it.text).collect();
    insta::assert_snapshot!(alerts.join("\n").replace(&it.ticket.to_string(), "<id>"), @"For the administrator: Whether the customer of ticket <id> was told cannot be read: the app may not read conversations. The ticket stays closed, under an audit mark. Give the app the scope conversations.read. · automatic message");
    bench.sam().set(it.ticket, "resolution_communicated", "yes_email").unwrap();
    assert_eq!(bench.judged(it).await, "resolved");
    bench.finish();
}

#[tokio::test]
async fn emails_that_we_may_not_read_are_said() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.sam().send_email(it.ticket, "SENT").unwrap();
    bench.ended_early(it);
    let denied = Effect::Refuse(refusal::missing_scope("crm.objects.contacts.read"));
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/emails/batch/read", denied).always());
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert!(bench.said(it.ticket).contains("I may not read this ticket's e-mails"), "{}", bench.said(it.ticket));
    // Once we may, it shows.
    bench.hubspot.heal();
    assert_eq!(bench.judged(it).await, "resolved");
    bench.finish();
}

#[tokio::test]
async fn an_issue_of_an_escalation_that_never_went_to_tech_is_no_review() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    bench.wait(60);
    bench.sam().set(it.ticket, "jira_reference", "TECH-7").unwrap();
    bench.sam().set(it.ticket, "jira_status", "Done").unwrap();
    bench.wait(60);
    bench.told(it);
    bench.ended_early(it);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    assert!(bench.last_note(it).contains("no Shift Lead has answered yet"), "{}", bench.last_note(it));
    bench.finish();
}
