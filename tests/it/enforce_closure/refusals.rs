//! HubSpot does not let us open a ticket: a comment, a mark, and no second try.

use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal::{self, Problem};

use crate::assign_lane::channels::ADMINS;
use crate::bench::Bench;

const PATCH: &str = "PATCH /crm/v3/objects/tickets/*";

fn problem(property: &str, code: &'static str) -> Problem {
    Problem { property: property.to_owned(), code, message: "is needed".to_owned() }
}

/// The stage is refused with this; everything else is taken. Says the last note.
async fn check(refusal: Answer) -> String {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(refusal)));
    assert_eq!(bench.judged(it).await, "flagged not_communicated");
    assert_eq!(bench.end(it), ["4", "cs", "triage", "not_communicated", ""]);
    let said = bench.last_note(it);
    bench.written();
    bench.wait(60);
    for _ in 0..3 {
        assert_eq!(bench.judged(it).await, "flagged not_communicated");
    }
    assert_eq!((bench.written().0, bench.notes_of_ours(it.ticket), bench.reopened(it)), (0, 2, 0));
    assert_eq!((bench.replies(it).len(), bench.read(ADMINS).len()), (1, 1));
    // Whoever does what is missing is done.
    bench.told(it);
    assert_eq!(bench.judged(it).await, "resolved");
    bench.finish();
    format!("{said}\n")
}

#[tokio::test]
async fn properties_that_the_stage_wants_are_named() {
    let problems = [problem("root_cause", "REQUIRED_PROPERTY"), problem("lessons_learned", "REQUIRED_PROPERTY")];
    insta::assert_snapshot!(check(refusal::invalid_properties(1, &problems)).await, @r#"
    *Closed, but not resolved: one thing is missing. HubSpot did not let me reopen it.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: no outgoing message since Dana Whitfield's answer (10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    The stage wants "root_cause", "lessons_learned" filled in. Please fill that in and reopen it yourself, or do what is missing.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
}

#[tokio::test]
async fn a_missing_permission_is_the_administrators_business() {
    insta::assert_snapshot!(check(refusal::missing_scope("tickets")).await, @r#"
    *Closed, but not resolved: one thing is missing. HubSpot did not let me reopen it.*
    ✔ Escalation Type cleared ✔ Closed
    ✘ *customer not told*: no outgoing message since Dana Whitfield's answer (10:11). Send the reply, or set "Resolution communicated?" if you told them by phone.
    The app may not move it to that stage. Please reopen it yourself, or do what is missing; the administrator is told.
    @Sam Okafor_ · _[escalation #1]_ · automatic message_
    "#);
}

#[tokio::test]
async fn a_stage_that_hubspot_does_not_take_is_told_in_its_words() {
    let said = check(refusal::invalid_properties(1, &[problem("hs_pipeline_stage", "INVALID_OPTION")])).await;
    assert!(said.contains("It says: \"hs_pipeline_stage INVALID_OPTION\". Please reopen it yourself"), "{said}");
}

#[tokio::test]
async fn a_note_that_hubspot_does_not_take_keeps_the_ticket_as_it_is() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::Refuse(refusal::invalid("no"))).always());
    let answer = bench.close(it.ticket, &[]).await;
    assert_eq!((answer.status, answer.get("hs_execution_state")), (200, "FAIL_CONTINUE"));
    assert_eq!(bench.end(it)[0], "4", "nobody would know why it is open again");
    bench.finish();
}

#[tokio::test]
async fn a_ticket_that_is_deleted_meanwhile_is_gone() {
    for told in [true, false] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        if told {
            bench.told(it);
        }
        bench.ended_early(it);
        bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(refusal::not_found())));
        assert_eq!(bench.close(it.ticket, &[]).await.outcome(), "gone");
        bench.finish();
    }
}

/// Whoever set up the account forgot one of our properties.
#[tokio::test]
async fn a_property_that_hubspot_does_not_know_keeps_nothing_else_from_being_done() {
    for name in ["closure_missing", "escalation_last_message"] {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        bench.hubspot.forget(name);
        bench.ended_early(it);
        assert_eq!(bench.judged(it).await, "reverted not_communicated", "{name}");
        assert_eq!((bench.end(it)[0].as_str(), bench.notes_of_ours(it.ticket)), ("3", 1), "{name}");
        bench.wait(60);
        bench.told(it);
        bench.shut(it);
        assert_eq!(bench.judged(it).await, "resolved", "{name}");
        assert_eq!(bench.end(it), ["4", "", "resolved", "", "A"].map(str::to_owned), "{name}");
        assert_eq!(bench.judged(it).await, "resolved", "{name}");
        assert_eq!(bench.notes_of_ours(it.ticket), 2, "{name}");
        bench.finish();
    }
}

/// HubSpot says that it does not take something, and not what.
#[tokio::test]
async fn the_stage_comes_before_what_is_said_of_it() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(refusal::invalid("no"))));
    assert_eq!(bench.judged(it).await, "reverted not_communicated");
    assert_eq!(bench.end(it)[0], "3");
    bench.finish();
}

/// A token is exchanged just now: that passes, and is nobody's business.
#[tokio::test]
async fn a_token_that_is_not_taken_for_a_moment_is_no_missing_permission() {
    for (call, nth) in
        [(PATCH, 1), ("POST /crm/v3/objects/notes", 1), ("GET /conversations/v3/conversations/threads", 1)]
    {
        let bench = Bench::with_closing(&[]).await;
        let it = bench.answered().await;
        bench.ended_early(it);
        bench.hubspot.inject(Fault::on(call, Effect::Refuse(refusal::expired())).nth(nth));
        assert_eq!(bench.close(it.ticket, &[]).await.status, 503, "{call}");
        assert_eq!(
            (bench.replies(it).len(), bench.read(ADMINS).len(), bench.end(it)[0].as_str()),
            (0, 0, "4"),
            "{call}"
        );
        bench.wait(60);
        assert_eq!(bench.judged(it).await, "reverted not_communicated", "{call}");
        assert_eq!((bench.notes_of_ours(it.ticket), bench.replies(it).len()), (1, 1), "{call}");
        bench.finish();
    }
}

#[tokio::test]
async fn nobody_reads_elsewhere_what_is_not_on_the_ticket_yet() {
    let bench = Bench::with_closing(&[]).await;
    let it = bench.answered().await;
    bench.ended_early(it);
    bench.hubspot.inject(Fault::on(PATCH, Effect::Refuse(refusal::missing_scope("tickets"))));
    bench.hubspot.inject(Fault::on("POST /crm/v3/objects/notes", Effect::Refuse(refusal::expired())).nth(2));
    assert_eq!(bench.close(it.ticket, &[]).await.status, 503);
    assert_eq!((bench.replies(it).len(), bench.read(ADMINS).len()), (0, 0));
    bench.finish();
}
