//! Why it is an escalation, how serious, and how it came to us.

use escalation::id::TicketId;

use crate::bench::Bench;
use crate::bench::texts::{first_three, whole};

const LEGAL: &str = "My solicitor will be writing to you and we will see you in the small claims court.";
const MANAGER: &str = "I want to speak to your manager, now.";
const CRASH: &str = "The app crashes every time I tap Pay, error PX-500, three phones tried.";

async fn reasons(bench: &Bench, ticket: TicketId) -> String {
    let answer = bench.assign(ticket, &[]).await;
    answer.outcome();
    assert_eq!(answer.get("triggers"), bench.value(ticket, "escalation_reason"));
    answer.get("triggers").to_owned()
}

#[tokio::test]
async fn they_are_found_in_everything_that_was_written() {
    let bench = Bench::with_leads(&[]).await;
    let contact = bench.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");

    let subject = bench.ticket_named("Escalation - Harbour Grill - I want to speak to your manager");
    bench.escalate(subject);
    assert_eq!(reasons(&bench, subject).await, "manager_request");

    let content = bench.ticket();
    bench.sam().set(content, "content", CRASH).unwrap();
    bench.escalate(content);
    assert_eq!(reasons(&bench, content).await, "bug");

    let note = bench.ticket();
    bench.sam().write_note(note, &format!("<p>The customer says: {MANAGER}</p>")).unwrap();
    bench.escalate(note);
    assert_eq!(reasons(&bench, note).await, "manager_request");

    let comment = bench.escalated(&format!("{}<p>{MANAGER}</p>", whole()));
    assert_eq!(reasons(&bench, comment).await, "manager_request");

    let mail = bench.escalated(&first_three());
    let thread = bench.hubspot.open_thread(mail, contact).unwrap();
    bench.hubspot.customer_writes(thread, LEGAL).unwrap();
    assert_eq!(reasons(&bench, mail).await, "legal");
    assert_eq!(bench.value(mail, "escalation_lane"), "cs", "and it does not wait");

    let reply = bench.escalated(&first_three());
    let thread = bench.hubspot.open_thread(reply, contact).unwrap();
    bench.sam().reply(thread, "Do you want to speak to a manager? Is there a legal threat?").unwrap();
    assert_eq!(reasons(&bench, reply).await, "", "what we write to the customer is not the customer's");
    bench.finish();
}

#[tokio::test]
async fn our_own_messages_are_no_reason() {
    let mut bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.escalate(ticket);
    bench.pass(60).await;
    assert!(bench.notes_of_ours(ticket) > 0);
    assert_eq!(reasons(&bench, ticket).await, "");
    bench.finish();
}

#[tokio::test]
async fn what_people_tick_and_what_is_found_stand_together() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", MANAGER).unwrap();
    bench.sam().set(ticket, "escalation_reason", "second_opinion;bug").unwrap();
    // Who fills in the sidebar chooses Escalation Type last.
    bench.wait(20);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(reasons(&bench, ticket).await, "bug;manager_request;second_opinion");
    assert_eq!(bench.assign(ticket, &[]).await.outcome(), "unchanged");
    bench.finish();
}

#[tokio::test]
async fn what_a_person_took_off_stays_off() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", &format!("{LEGAL} {MANAGER}")).unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(reasons(&bench, ticket).await, "legal;manager_request");
    assert_eq!(bench.value(ticket, "escalation_level"), "4");
    bench.wait(60);
    bench.dana().set(ticket, "escalation_reason", "manager_request").unwrap();
    assert_eq!(reasons(&bench, ticket).await, "manager_request");
    assert_eq!(bench.value(ticket, "escalation_level"), "2");
    bench.wait(60);
    bench.sam().set(ticket, "content", &format!("{LEGAL} {MANAGER} {CRASH}")).unwrap();
    assert_eq!(reasons(&bench, ticket).await, "bug;manager_request", "what is new is added");
    bench.wait(60);
    bench.dana().set(ticket, "escalation_reason", "").unwrap();
    assert_eq!(reasons(&bench, ticket).await, "");
    bench.wait(60);
    bench.dana().set(ticket, "escalation_reason", "legal").unwrap();
    assert_eq!(reasons(&bench, ticket).await, "legal", "and may be ticked again");
    bench.finish();
}

#[tokio::test]
async fn a_level_that_a_person_chose_stands() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "content", LEGAL).unwrap();
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.get("level"), "4");
    bench.wait(60);
    bench.dana().set(ticket, "escalation_level", "2").unwrap();
    for _ in 0..2 {
        bench.wait(60);
        assert_eq!(bench.assign(ticket, &[]).await.get("level"), "2");
        assert_eq!(bench.value(ticket, "escalation_level"), "2");
    }
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.assign(ticket, &[]).await.get("level"), "2");
    bench.finish();
}

#[tokio::test]
async fn a_level_that_was_chosen_before_escalating_stands_too() {
    let bench = Bench::with_leads(&[]).await;
    let ticket = bench.ticket();
    bench.sam().set(ticket, "escalation_level", "4").unwrap();
    bench.wait(20);
    bench.sam().write_note(ticket, &whole()).unwrap();
    bench.escalate(ticket);
    assert_eq!(bench.assign(ticket, &[]).await.get("level"), "4");
    bench.finish();
}

#[tokio::test]
async fn the_customer_began_it_where_their_words_say_so() {
    for (content, origin) in [(MANAGER, "customer"), (LEGAL, "customer"), (CRASH, "agent"), ("", "agent")] {
        let bench = Bench::with_leads(&[]).await;
        let ticket = bench.ticket();
        bench.sam().set(ticket, "content", content).unwrap();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.escalate(ticket);
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "escalation_origin"), origin, "{content}");
        bench.sam().set(ticket, "content", MANAGER).unwrap();
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "escalation_origin"), origin, "what stands there stays");
        bench.finish();
    }
}

#[tokio::test]
async fn the_channel_is_the_one_that_hubspot_knows_unless_somebody_said_so() {
    for (source, said, channel) in [
        ("EMAIL", "", "email"),
        ("PHONE", "", "phone"),
        ("CHAT", "", "chat"),
        ("FORM", "", "other"),
        ("", "", ""),
        ("EMAIL", "sms", "sms"),
    ] {
        let bench = Bench::with_leads(&[]).await;
        let ticket = bench.ticket();
        bench.sam().set(ticket, "source_type", source).unwrap();
        bench.sam().set(ticket, "escalation_channel", said).unwrap();
        bench.sam().write_note(ticket, &whole()).unwrap();
        bench.escalate(ticket);
        bench.assign(ticket, &[]).await;
        assert_eq!(bench.value(ticket, "escalation_channel"), channel, "{source}");
        bench.finish();
    }
}
