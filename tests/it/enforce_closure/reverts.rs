//! A ticket that is closed too early: opened again once, marked after that.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::pipeline::{Pipeline, Stage};
use sandbox::world::hubspot::refusal;

use super::stage::{CLOSED, OPEN};
use crate::assign_lane::channels::ADMINS;
use crate::bench::{Bench, ESCALATIONS, NAME};

const FLAG: (&str, &str) = ("mode = \"revert\"", "mode = \"flag\"");

#[tokio::test]
async fn closed_too_early_it_goes_back_and_the_agent_reads_why() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.outcome(), answer.get("missing")), ("reverted", "not_communicated"));
    insta::assert_snapshot!(answer.get("message"), @"Reopened: customer not told.");
    assert_eq!(bench.end(it), [OPEN, "cs", "triage", "not_communicated", ""]);
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Reopened: one thing is missing.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: no outgoing message since Dana Whitfield's answer (10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    Then close the ticket again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    insta::assert_snapshot!(bench.replies(it).join("\n"), @"@Sam Okafor Reopened: customer not told.");
    bench.written();
    assert_eq!(bench.judged(it).await, "waiting not_communicated;not_closed");
    assert_eq!(bench.written().0, 0);
    // Then the agent does what is missing.
    bench.wait(60);
    bench.told(it);
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!(bench.end(it), [CLOSED, "", "resolved", "", "A"]);
    assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (2, 2));
    bench.finish();
}

#[tokio::test]
async fn everything_that_is_missing_is_named() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.unanswered().await;
    bench.shut(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "reverted not_communicated;type_not_cleared");
    assert_eq!(bench.end(it), [OPEN, "cs", "triage", "not_communicated;type_not_cleared", ""]);
    insta::assert_snapshot!(bench.said(it.ticket), @r#"
    *Reopened: two things are missing.*
    ✔ Closed
    ✘ *customer not told*: no Shift Lead has answered yet. Ask for the answer, or set "Resolution communicated?" if they were told.
    ✘ *Escalation Type still set*. Clear it if the escalation is over.
    Then close the ticket again.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

#[tokio::test]
async fn it_goes_back_to_the_stage_it_was_open_in_last() {
    let bench = Bench::with_closing(&[]).await;
    for stage in ["1", "2", "3"] {
        let it = bench.answered().await;
        bench.sam().move_to(it.ticket, stage).unwrap();
        bench.ended_early(it);
        assert_eq!(bench.judged(it).await, "reverted not_communicated");
        assert_eq!(bench.end(it)[0], stage);
    }
    bench.finish();
}

#[tokio::test]
async fn the_second_time_it_stays_closed_under_an_audit_mark() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    bench.wait(60);
    bench.shut(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!(bench.end(it), [CLOSED, "cs", "triage", "not_communicated", ""]);
    insta::assert_snapshot!(bench.last_note(it), @r#"
    *Closed, but not resolved: one thing is missing.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: no outgoing message since Dana Whitfield's answer (10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    I reopened it once, so now it stays closed, under an audit mark until this is done.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.written();
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!((bench.written().0, bench.notes_of_ours(it.ticket), bench.reopened(it)), (0, 2, 1));
    bench.told(it);
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!(bench.end(it), [CLOSED, "", "resolved", "", "A"]);
    bench.finish();
}

#[tokio::test]
async fn where_the_policy_or_the_workflow_says_so_it_is_only_marked() {
    for (changes, inputs) in [(&[FLAG][..], &[][..]), (&[], &[("closure", "flag")])] {
        let bench = Bench::with_closing(changes).await;
        let it = bench.answered().await;
        bench.ended_early(it);
        assert_eq!(bench.judged_with(it, inputs).await, "flagged not_communicated");
        assert_eq!(bench.end(it), [CLOSED, "cs", "triage", "not_communicated", ""]);
        assert_eq!((bench.reopened(it), bench.notes_of_ours(it.ticket)), (0, 1));
        assert_eq!(bench.replies(it), ["@Sam Okafor Closed, but not resolved: customer not told."]);
        bench.finish();
    }
    let bench = Bench::with_closing(&[FLAG]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    assert_eq!(bench.judged_with(it, &[("closure", "revert")]).await, "reverted not_communicated");
    bench.finish();
}

/// Why was said, and HubSpot was down when it was to be opened: then Sam did it by hand.
#[tokio::test]
async fn what_a_person_opened_meanwhile_is_not_opened_once_more() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    let down = Effect::Refuse(refusal::unavailable(503));
    bench.hubspot.inject(Fault::on("PATCH /crm/v3/objects/tickets/*", down).times(2));
    assert_eq!(bench.close(it.ticket, &[]).await.status, 503);
    assert_eq!((bench.end(it)[0].as_str(), bench.notes_of_ours(it.ticket)), (CLOSED, 1));
    bench.wait(60);
    bench.sam().move_to(it.ticket, OPEN).unwrap();
    assert_eq!(bench.judged(it).await, "waiting not_communicated;not_closed");
    bench.wait(60);
    bench.shut(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!((bench.end(it)[0].as_str(), bench.reopened(it)), (CLOSED, 1));
    bench.finish();
}

/// An automation that closes what is open, whatever we do: the ticket is opened once, and the administrator
/// hears of it.
#[tokio::test]
async fn an_automation_that_closes_again_and_again_wins_after_one_time() {
    let mut bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    for _ in 0..12 {
        bench.hubspot.workflow_sets(it.ticket, "hs_pipeline_stage", CLOSED).unwrap();
        bench.pass(15).await;
        bench.sweep().await;
    }
    assert_eq!(bench.reopened(it), 1);
    assert_eq!(bench.end(it), [CLOSED, "cs", "agent_to_finish", "not_communicated;type_not_cleared", ""]);
    assert_eq!(bench.notes_of_ours(it.ticket), 2);
    let alerts: Vec<String> = bench.read(ADMINS).into_iter().map(|it| it.text).collect();
    insta::assert_snapshot!(alerts.join("\n").replace(&it.ticket.to_string(), "<id>"), @"For the administrator: An automation closed ticket <id> again after it was reopened because its escalation is not resolved. It stays closed now, under an audit mark. Let that automation leave out tickets whose Escalation State is an open one. · automatic message");
    insta::assert_snapshot!(bench.last_note(it), @r#"
    *Closed, but not resolved: two things are missing.*
    ✔ Closed
    ✘ *customer not told*: no outgoing message since the Shift Lead's answer (10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ *Escalation Type still set*. Clear it if the escalation is over.
    An automation closed it after I had reopened it, so it stays closed, under an audit mark until this is done. The administrator is told.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
    bench.finish();
}

/// A pipeline of its own, with a stage for spam and one that the policy does not know.
pub async fn with_spam() -> Bench {
    let pipelines =
        "[[pipelines]]\nid = \"9\"\nstages = { 91 = \"new\", 92 = \"closed\", 93 = \"exempt\" }\n\n[levels]";
    let bench = Bench::with_closing(&[("[levels]", pipelines)]).await;
    let stages = [Stage::open("91", "New"), Stage::closed("92", "Done"), Stage::closed("93", "Spam")];
    let stages = stages.into_iter().chain([Stage::closed("94", "Archived"), Stage::open("95", "Parked")]).collect();
    bench.hubspot.add_pipeline(Pipeline { id: "9".to_owned(), label: "Other".to_owned(), stages });
    bench
}

pub async fn in_other_pipeline(bench: &Bench) -> super::stage::Escalation {
    let it = bench.answered().await;
    let sam = bench.sam();
    sam.set(it.ticket, "hs_pipeline", "9").unwrap();
    sam.move_to(it.ticket, "91").unwrap();
    it
}

#[tokio::test]
async fn spam_and_duplicates_leave_their_lane_without_a_resolution() {
    for is_cleared in [true, false] {
        let bench = with_spam().await;
        let it = in_other_pipeline(&bench).await;
        bench.sam().move_to(it.ticket, "93").unwrap();
        if is_cleared {
            bench.clear(it);
        }
        assert_eq!(bench.judged(it).await, "deescalated");
        assert_eq!(bench.end(it), ["93", "", "deescalated", "", ""]);
        assert_eq!(bench.replies(it), ["Closed without a resolution (spam, duplicate)."]);
        bench.written();
        assert_eq!(bench.judged(it).await, "deescalated");
        assert_eq!((bench.written().0, bench.notes_of_ours(it.ticket)), (0, 0));
        bench.finish();
    }
}

#[tokio::test]
async fn a_stage_that_the_policy_does_not_know_is_closed_where_hubspot_says_so() {
    let bench = with_spam().await;
    let it = in_other_pipeline(&bench).await;
    bench.sam().move_to(it.ticket, "94").unwrap();
    bench.clear(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    assert_eq!(bench.end(it)[0], "91");
    bench.sam().move_to(it.ticket, "95").unwrap();
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "waiting not_communicated;not_closed");
    bench.finish();
}

/// Nobody told the policy of the pipeline: HubSpot knows which of its stages are open.
#[tokio::test]
async fn in_a_pipeline_that_the_policy_does_not_know_it_goes_back_where_hubspot_knows() {
    let bench = Bench::with_closing(&[]).await;
    let stages = vec![Stage::open("95", "Parked"), Stage::open("96", "Working"), Stage::closed("94", "Archived")];
    bench.hubspot.add_pipeline(Pipeline { id: "9".to_owned(), label: "Other".to_owned(), stages });
    let pipelines = "GET /crm/v3/pipelines/tickets";
    for is_told in [false, true] {
        let it = bench.answered().await;
        bench.sam().set(it.ticket, "hs_pipeline", "9").unwrap();
        for stage in ["95", "96", "94"] {
            bench.sam().move_to(it.ticket, stage).unwrap();
        }
        bench.clear(it);
        bench.wait(660);
        if is_told {
            bench.told(it);
        }
        // Where the ticket itself does not say that it is closed, HubSpot's pipelines do.
        bench.judged_with(it, &[("mode", "observe")]).await;
        bench.reshape("GET /crm/v3/objects/tickets/*", |ticket| {
            ticket["properties"].as_object_mut().unwrap().remove("hs_is_closed");
        });
        bench.hubspot.journal().clear();
        let expected = if is_told { "resolved" } else { "reverted not_communicated" };
        assert_eq!(bench.judged_with(it, &[("mode", "observe")]).await, expected);
        bench.hubspot.heal();
        assert_eq!(bench.judged(it).await, expected);
        assert_eq!(bench.end(it)[0], if is_told { "94" } else { "96" });
        assert_eq!(bench.hubspot.journal().count(pipelines), 0, "they are known since the first look");
    }
    bench.finish();
}

#[tokio::test]
async fn from_one_closed_stage_to_another_it_is_the_same_closing() {
    let bench = with_spam().await;
    let it = in_other_pipeline(&bench).await;
    bench.told(it);
    bench.clear(it);
    bench.sam().move_to(it.ticket, "92").unwrap();
    let closed_at = bench.watch.now();
    bench.wait(300);
    bench.sam().move_to(it.ticket, "94").unwrap();
    assert_eq!(bench.judged(it).await, "resolved");
    assert_eq!(bench.value(it.ticket, "escalation_resolved_at"), closed_at.to_string());
    bench.finish();
}

#[tokio::test]
async fn where_no_open_stage_is_known_it_is_marked() {
    let bench = Bench::with_closing(&[]).await;
    let ticket =
        bench.sam().create_ticket(&[("subject", NAME), ("hubspot_owner_id", "501"), ("hs_pipeline_stage", CLOSED)]);
    let ticket = ticket.unwrap();
    bench.wait(86_400);
    bench.escalate(ticket);
    bench.wait(599);
    assert_eq!(bench.close(ticket, &[]).await.outcome(), "waiting", "who escalates it has the grace time from then on");
    bench.wait(1);
    assert_eq!(bench.close(ticket, &[]).await.outcome(), "flagged");
    assert!(bench.said(ticket).contains("I do not know an open stage to go back to"));
    assert_eq!(bench.read(ESCALATIONS).len(), 0, "it never was in a lane");
    bench.finish();
}

/// Cleared first it left its lane; closed first it never did. Reopened it is where it was, and in sight.
#[tokio::test]
async fn cleared_first_or_closed_first_it_is_in_sight_again_and_reminded_of_after_a_working_day() {
    for is_cleared_first in [true, false] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        let why = format!("cleared first: {is_cleared_first}");
        if is_cleared_first {
            bench.clear(it);
            assert_eq!(bench.assign(it.ticket, &[]).await.outcome(), "deescalated");
            bench.wait(60);
            bench.shut(it);
        } else {
            bench.shut(it);
            bench.wait(60);
            bench.clear(it);
        }
        bench.at("2026-01-05T10:42:00Z");
        assert_eq!(bench.judged(it).await, "reverted not_communicated", "{why}");
        assert_eq!(bench.end(it), [OPEN, "cs", "triage", "not_communicated", ""], "{why}");
        assert_eq!(bench.judged(it).await, "waiting not_communicated;not_closed", "{why}");
        bench.at("2026-01-06T10:41:59Z");
        bench.sweep().await;
        assert_eq!(bench.notes_of_ours(it.ticket), 1, "{why}");
        bench.at("2026-01-06T10:43:00Z");
        bench.sweep().await;
        assert!(bench.last_note(it).contains("*Still open: please close the ticket"), "{why}: {}", bench.last_note(it));
        bench.is_silent().await;
        assert_eq!(bench.notes_of_ours(it.ticket), 2, "{why}");
        bench.told(it);
        bench.shut(it);
        assert_eq!(bench.judged(it).await, "resolved", "{why}");
        assert_eq!(bench.end(it), [CLOSED, "", "resolved", "", "A"], "{why}");
        bench.finish();
    }
}

/// Only Escalation Type was missing: who clears it then and forgets to close does not take the escalation back.
#[tokio::test]
async fn what_is_cleared_after_we_opened_it_is_still_to_be_resolved() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.told(it);
    bench.shut(it);
    bench.wait(600);
    assert_eq!(bench.judged(it).await, "reverted type_not_cleared");
    bench.wait(3600);
    bench.clear(it);
    bench.wait(3600);
    assert_eq!(bench.judged(it).await, "waiting not_closed");
    assert_eq!(bench.end(it)[2], "triage");
    bench.shut(it);
    assert_eq!(bench.judged(it).await, "resolved");
    bench.finish();
}
