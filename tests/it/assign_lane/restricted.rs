//! Legal and security matters: what may be read where.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;

use super::channels::{ADMINS, BY_ID, CREW, EXECUTIVES, RESTRICTED, THREAT, TO_EXECUTIVES, furnish, open, with};
use crate::bench::texts::{first_three, whole};
use crate::bench::{Bench, ESCALATIONS};

/// Words of the ticket's name, its points and its customer.
const WORDS: [&str; 8] =
    ["Grill", "Double charge", "4711", "captures", "Refunds", "approve", "Kingfisher", "solicitor"];

#[track_caller]
fn says_nothing(text: &str) {
    assert!(WORDS.iter().all(|it| !text.contains(it)), "{text}");
}

/// Nothing of the matter may be read in any channel.
#[track_caller]
fn is_silent_on_it(bench: &Bench) {
    for channel in [ESCALATIONS, RESTRICTED, EXECUTIVES, ADMINS] {
        says_nothing(&bench.everything(channel));
    }
}

#[tokio::test]
async fn a_legal_matter_is_told_where_few_read_and_without_its_words() {
    let bench = open().await;
    let ticket = bench.escalated(&format!("{}{THREAT}", whole()));
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    insta::assert_snapshot!(bench.thread(RESTRICTED).replace(&ticket.to_string(), "<id>"), @r"
    Escalation: ticket <id>
    @Dana (on duty until 18:00) · review due 10:11
    Triage · ‼️ #CS-ESCALATE · level 4
    🚨 Immediate: legal threat
    A restricted matter: the details are on the ticket alone.
    Open ticket
    escalation #1 · ticket <id> · automatic message
    ");
    insta::assert_snapshot!(bench.thread(EXECUTIVES).replace(&ticket.to_string(), "<id>"), @r"
    🚨 Immediate: legal threat
    @Dana (on duty until 18:00) · review due 10:11
    ticket <id> · escalation #1 · automatic message
    ");
    assert_eq!(bench.spoken(), 2);
    assert!(bench.read(ESCALATIONS).is_empty());
    for sent in bench.world.slack.calls() {
        says_nothing(&sent.request.to_string());
    }
    bench.finish();
}

#[tokio::test]
async fn it_is_told_at_once_though_its_comment_is_not_complete() {
    let bench = open().await;
    let ticket = bench.escalated(&format!("{}{THREAT}", first_three()));
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "assigned");
    assert_eq!((bench.read(RESTRICTED).len(), bench.read(EXECUTIVES).len(), bench.spoken()), (1, 1, 2));
    is_silent_on_it(&bench);
    bench.finish();
}

#[tokio::test]
async fn a_matter_that_turns_out_to_be_one_loses_its_words_where_all_read() {
    let bench = open().await;
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    assert!(bench.everything(ESCALATIONS).contains("Harbour Grill"));
    bench.wait(600);
    bench.sam().write_note(ticket, THREAT).unwrap();
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    is_silent_on_it(&bench);
    insta::assert_snapshot!(bench.thread(ESCALATIONS).replace(&ticket.to_string(), "<id>"), @r"
    Escalation: ticket <id>
    Goes on elsewhere: the details are on the ticket alone.
    Open ticket
    escalation #1 · ticket <id> · automatic message
    --
    Goes on elsewhere: the details are on the ticket alone.
    ");
    assert_eq!(
        (bench.read(ESCALATIONS)[0].edits, bench.read(RESTRICTED).len(), bench.read(EXECUTIVES).len()),
        (1, 1, 1)
    );
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn it_stays_one_when_a_person_takes_the_trigger_off() {
    let bench = open().await;
    let ticket = bench.escalated(&format!("{}{THREAT}", whole()));
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.dana().set(ticket, "escalation_reason", "").unwrap();
    bench.wait(600);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    for _ in 0..2 {
        bench.assign(ticket, &[]).await;
    }
    is_silent_on_it(&bench);
    assert!(bench.read(ESCALATIONS).is_empty());
    assert!(
        bench
            .thread(RESTRICTED)
            .ends_with("--\nConfirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.")
    );
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    is_silent_on_it(&bench);
    let thread = bench.thread(RESTRICTED);
    assert!(
        thread.contains("De-escalated:") && thread.starts_with(&format!("Escalation: ticket {ticket}\n")),
        "{thread}"
    );
    bench.finish();
}

#[tokio::test]
async fn the_next_escalation_of_its_ticket_is_its_own() {
    let bench = open().await;
    let ticket = bench.escalated(&format!("{}{THREAT}", whole()));
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    bench.wait(8 * 24 * 3_600);
    bench.dana().set(ticket, "escalation_reason", "").unwrap();
    bench.wait(600);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    bench.assign(ticket, &[]).await;
    assert_eq!(bench.read(ESCALATIONS).len(), 1, "{}", bench.value(ticket, "escalation_reason"));
    bench.wait(600);
    bench.sam().set(ticket, "escalation_type", "").unwrap();
    bench.assign(ticket, &[]).await;
    assert!(bench.thread(ESCALATIONS).contains("De-escalated:"), "{}", bench.thread(ESCALATIONS));
    bench.finish();
}

#[tokio::test]
async fn without_a_restricted_channel_the_open_one_has_no_details() {
    let bench = furnish(Bench::with_lanes(&[BY_ID, CREW, TO_EXECUTIVES]).await);
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().write_note(ticket, THREAT).unwrap();
    for _ in 0..3 {
        bench.assign(ticket, &[]).await;
    }
    is_silent_on_it(&bench);
    assert_eq!(bench.read(ESCALATIONS).iter().map(|it| it.replies).collect::<Vec<_>>(), [1, 0]);
    bench.finish();
}

/// The words are taken back however broken the rest is, and whatever became of the card.
#[tokio::test]
async fn words_are_taken_back_whatever_else_goes_wrong() {
    for lost in [None, Some(Effect::CutAfter), Some(Effect::ApplyThenRefuse(refusal::no("internal_error")))] {
        let bench = open().await;
        bench.world.slack.archive(RESTRICTED);
        bench.world.slack.archive(EXECUTIVES);
        let (name, ticket) = (lost.as_ref().map(Effect::name), bench.escalated(&whole()));
        if let Some(effect) = lost {
            bench.world.slack.inject(Fault::on("POST /api/chat.postMessage", effect));
        }
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.read(ESCALATIONS).len(), 1);
        bench.wait(120);
        bench.sam().write_note(ticket, THREAT).unwrap();
        bench.assign(ticket, &[]).await;
        is_silent_on_it(&bench);
        bench.world.slack.unarchive(RESTRICTED);
        bench.world.slack.unarchive(EXECUTIVES);
        bench.sweep_for(30).await;
        assert_eq!((bench.read(RESTRICTED).len(), bench.read(EXECUTIVES).len(), bench.spoken()), (1, 1, 4), "{name:?}");
        is_silent_on_it(&bench);
        bench.finish();
    }
}

/// The card that Slack did not take while the matter was ordinary is not sent once it is not.
#[tokio::test]
async fn a_card_that_waits_is_never_sent_with_words_that_may_not_be_read_by_now() {
    let bench = open().await;
    bench.world.slack.archive(ESCALATIONS);
    let ticket = bench.escalated(&whole());
    bench.assign(ticket, &[]).await;
    bench.wait(600);
    bench.sam().write_note(ticket, THREAT).unwrap();
    bench.assign(ticket, &[]).await;
    bench.world.slack.unarchive(ESCALATIONS);
    bench.sweep_for(30).await;
    assert_eq!((bench.read(ESCALATIONS).len(), bench.spoken()), (0, 2));
    bench.is_silent().await;
    bench.finish();
}

#[tokio::test]
async fn one_of_many_that_turns_out_to_be_one_has_no_card_where_all_read() {
    let bench = with(&[("digest_above = 20", "digest_above = 1")]).await;
    bench.escalated(&whole());
    let tickets = [bench.escalated(&whole()), bench.escalated(&whole())];
    for ticket in tickets {
        bench.assign(ticket, &[]).await;
    }
    assert_eq!(bench.read(ESCALATIONS).len(), 2, "a card, and a message for the other");
    bench.wait(600);
    bench.sam().write_note(tickets[1], THREAT).unwrap();
    bench.assign(tickets[1], &[]).await;
    assert_eq!((bench.read(ESCALATIONS).len(), bench.read(RESTRICTED).len()), (2, 1));
    bench.finish();
}
