//! What happens, and what follows from it.

use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Merging;
use serde_json::json;

use crate::bench::ESCALATIONS;
use crate::bench::texts::{first_three, whole};

use super::stage::Account;

#[tokio::test]
async fn an_escalation_awaits_its_comment_and_a_note_brings_it_into_its_lane() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    it.bench.escalate(ticket);
    it.heard().await;
    assert_eq!(it.bench.place(ticket), ["", "awaiting_context", ""]);
    it.bench.sam().write_note(ticket, &whole()).unwrap();
    it.heard().await;
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    assert_eq!(it.bench.value(ticket, "escalation_comment_status"), "complete");
    assert!(it.bench.engine.log().is_empty(), "no workflow had a part in it");
    it.settled().await;
    it.finish();
}

#[tokio::test]
async fn a_comment_in_the_conversation_does_the_same_and_so_does_an_edited_note() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    let thread = it.thread(ticket);
    it.bench.hubspot.customer_writes(thread, "You charged me twice!").unwrap();
    it.bench.escalate(ticket);
    it.heard().await;
    assert_eq!(it.bench.place(ticket)[1], "awaiting_context");
    it.bench.sam().comment(thread, &whole()).unwrap();
    it.heard().await;
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    let other = it.bench.ticket();
    let note = it.bench.sam().write_note(other, &first_three()).unwrap();
    it.bench.escalate(other);
    it.heard().await;
    assert_eq!(it.bench.place(other)[1], "awaiting_context");
    it.bench.sam().edit_note(note, &whole()).unwrap();
    it.heard().await;
    assert_eq!(it.bench.place(other)[1], "triage");
    it.finish();
}

#[tokio::test]
async fn an_app_of_a_developer_project_is_told_in_other_words() {
    let mut it = Account::open().await;
    it.webhooks.manner.by_type_id = true;
    it.webhooks.manner.sign_v3 = false;
    let ticket = it.bench.escalated(&whole());
    it.heard().await;
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    it.finish();
}

#[tokio::test]
async fn what_the_shift_lead_sends_to_tech_gets_its_issue_and_our_own_writes_are_nothing_new() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.heard().await;
    it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    it.heard().await;
    assert_eq!((it.bench.issues(ticket).len(), it.bench.place(ticket)[0].as_str()), (1, "tech"));
    assert!(it.bench.value(ticket, "jira_reference").starts_with("TECH-"));
    assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), 1);
    // We wrote Jira Reference, the stage, and a note: all of them are told, and of the stage alone that it may matter.
    it.calls();
    it.heard().await;
    assert!(it.webhooks.told().iter().any(|it| it["sourceId"] == "1160452"));
    it.settled().await;
    assert!(it.calls().is_empty(), "nobody looks at what we did");
    assert_eq!(it.bench.issues(ticket).len(), 1);
    it.finish();
}

#[tokio::test]
async fn an_issue_that_a_person_names_is_linked() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    let key = it.bench.world.jira.created_by_hand("TECH", "Bug", "Older");
    it.bench.sam().set(ticket, "jira_reference", &key.to_lowercase()).unwrap();
    it.heard().await;
    assert_eq!(it.bench.value(ticket, "jira_reference"), key);
    assert_eq!(it.bench.world.jira.issues().len(), 1, "no other one was created");
    it.finish();
}

#[tokio::test]
async fn an_escalation_is_over_as_soon_as_the_last_of_the_three_holds() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    let thread = it.thread(ticket);
    it.bench.hubspot.customer_writes(thread, "You charged me twice!").unwrap();
    it.heard().await;
    it.bench.wait(3_600);
    it.bench.dana().write_note(ticket, "<p>Refund approved, tell them.</p>").unwrap();
    it.heard().await;
    it.bench.sam().set(ticket, "escalation_type", "").unwrap();
    it.bench.sam().move_to(ticket, "4").unwrap();
    it.heard().await;
    assert_ne!(it.bench.place(ticket)[1], "resolved", "the customer was not told");
    it.bench.sam().reply(thread, "We refund it today.").unwrap();
    it.heard().await;
    assert_eq!(it.bench.place(ticket)[1], "resolved");
    it.finish();
}

/// What we wrote on it ourselves says that it was escalated.
#[tokio::test]
async fn an_escalation_whose_history_hubspot_does_not_tell_ends_all_the_same() {
    const READ: &str = "GET /crm/v3/objects/tickets/*";
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    assert_eq!(it.bench.assign(ticket, &[]).await.outcome(), "assigned");
    it.bench.wait(3_600);
    it.bench.sam().set(ticket, "escalation_type", "").unwrap();
    it.bench.sam().move_to(ticket, "4").unwrap();
    it.bench.wait(60);
    // How it stands is read, and nobody is asked.
    assert_eq!(it.bench.look_at(ticket, &[("because", "reference")]).await.outcome(), "unconcerned");
    let mut shown = it.bench.hubspot.journal().of(READ).pop().unwrap().response;
    shown["propertiesWithHistory"].as_object_mut().unwrap().remove("escalation_type").unwrap();
    it.bench.hubspot.inject(Fault::on(READ, Effect::Refuse(Answer::json(200, shown))));
    let answer = it.bench.look_at(ticket, &[("because", "ending")]).await;
    assert_eq!((answer.outcome(), answer.get("asked")), ("looked", "enforce-closure"));
    it.finish();
}

#[tokio::test]
async fn an_escalation_that_is_taken_back_leaves_its_lane() {
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.heard().await;
    it.bench.wait(3_600);
    it.bench.sam().set(ticket, "escalation_type", "").unwrap();
    it.heard().await;
    it.sweeps(5).await;
    assert_eq!(it.bench.place(ticket)[..2], ["", "deescalated"]);
    it.finish();
}

#[tokio::test]
async fn a_deleted_ticket_is_looked_at_and_a_restored_one_goes_on() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    it.bench.escalate(ticket);
    it.bench.sam().delete(ticket).unwrap();
    it.calls();
    it.heard().await;
    let looked = it.bench.hubspot.calls().iter().filter(|it| it.status == 404).count();
    assert!(looked >= 2, "{looked}: assign-lane and create-jira-issue look for it");
    assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), 0);
    it.bench.sam().restore(ticket).unwrap();
    it.bench.sam().write_note(ticket, &whole()).unwrap();
    it.heard().await;
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    it.finish();
    // Nothing but the restoration is told.
    let mut it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    it.bench.sam().delete(ticket).unwrap();
    it.bench.sam().restore(ticket).unwrap();
    let restored: Vec<_> = it.webhooks.told().into_iter().filter(|it| it["changeFlag"] == "RESTORED").collect();
    assert_eq!(it.outcome(&restored).await, (200, "looked".to_owned()));
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    it.finish();
}

#[tokio::test]
async fn what_was_escalated_goes_on_in_the_ticket_that_it_was_merged_into() {
    for merging in [Merging::Fills, Merging::KeepsPrimary] {
        let mut it = Account::open().await;
        it.bench.hubspot.set_merging(merging);
        let ticket = it.bench.escalated(&whole());
        it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        it.heard().await;
        it.settled().await;
        let key = it.bench.value(ticket, "jira_reference");
        assert!(key.starts_with("TECH-"));
        let primary = it.bench.ticket_named("Another question");
        let survivor = it.bench.sam().merge(primary, ticket).unwrap();
        it.heard().await;
        it.settled().await;
        assert_eq!(it.bench.value(survivor, "jira_reference"), key, "{merging:?}");
        assert_eq!(it.bench.place(survivor)[0], "tech", "{merging:?}");
        assert_eq!(it.bench.world.jira.issues().len(), 1, "{merging:?}");
        assert_eq!(it.bench.world.slack.messages(ESCALATIONS).len(), 1, "{merging:?}");
        it.sweeps(5).await;
        assert_eq!(it.bench.world.jira.issues().len(), 1, "{merging:?}");
        it.finish();
    }
}

#[tokio::test]
async fn what_happens_on_tickets_that_were_never_escalated_is_nobodys_concern() {
    let mut it = Account::open().await;
    let ticket = it.bench.ticket();
    let thread = it.thread(ticket);
    it.heard().await;
    it.bench.hubspot.customer_writes(thread, "Hello?").unwrap();
    it.bench.sam().write_note(ticket, &whole()).unwrap();
    it.bench.sam().move_to(ticket, "4").unwrap();
    let told = it.webhooks.told();
    it.bench.wait(60);
    it.bench.written();
    assert_eq!(it.outcome(&told).await, (200, "unconcerned".to_owned()));
    assert_eq!(it.bench.written(), (0, 0));
    it.finish();
}

#[tokio::test]
async fn the_sweep_and_a_person_may_ask_for_whatever_may_have_happened() {
    let it = Account::open().await;
    let ticket = it.bench.escalated(&whole());
    let asked = |inputs: &'static [(&str, &str)]| it.bench.look_at(ticket, inputs);
    let answer = asked(&[("because", "ending")]).await;
    assert_eq!(answer.outcome(), "unconcerned", "it is escalated and open");
    let answer = asked(&[]).await;
    let all = "validate-comment;assign-lane;create-jira-issue";
    assert_eq!((answer.outcome(), answer.get("asked")), ("looked", all));
    assert_eq!(it.bench.place(ticket), ["cs", "triage", "502"]);
    let other = it.bench.ticket();
    assert_eq!(it.bench.look_at(other, &[]).await.outcome(), "unconcerned");
    let gone = escalation::id::TicketId(1);
    assert_eq!(it.bench.look_at(gone, &[("because", "written")]).await.outcome(), "unconcerned");
    assert_eq!(it.outcome(&[json!({})]).await, (200, "ignored".to_owned()));
    it.finish();
}
