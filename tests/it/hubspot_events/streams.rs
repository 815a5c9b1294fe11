//! A stream of events, as it happened, twice over, and in every disorder: what people see is the same.

use escalation::id::TicketId;
use sandbox::world::hubspot::webhooks::shuffle;
use serde_json::Value;

use crate::bench::ESCALATIONS;
use crate::bench::texts::{first_three, last_two, shown, whole};

use super::stage::Account;

/// What HubSpot is known to send, by its documentation and by what others have published of their own; and of
/// each event what it brings: the ticket into its lane, a look at how it stands, or nothing.
const SAMPLES: [(&str, &[&str]); 2] = [
    (
        include_str!("../../samples/hubspot/app_webhooks_tickets.json"),
        &[
            "lane",
            "unconcerned",
            "ignored",
            "lane",
            "ignored",
            "lane",
            "lane",
            "ignored",
            "ignored",
            "lane",
            "ignored",
            "lane",
        ],
    ),
    (
        include_str!("../../samples/hubspot/app_webhooks_project_app.json"),
        &["lane", "lane", "ignored", "lane", "lane", "lane", "ignored"],
    ),
];

/// Two escalations of a day; nobody is told of anything yet.
async fn lived() -> (Account, [TicketId; 2], Vec<Value>) {
    let mut it = Account::open().await;
    let [one, two] = [it.bench.ticket(), it.bench.ticket_named("Escalation - Harbour Grill - Kiosk 2 is dark")];
    let thread = it.thread(one);
    let step = |act: &dyn Fn()| {
        it.bench.wait(30);
        act();
    };
    let (sam, dana) = (it.bench.sam(), it.bench.dana());
    step(&|| drop(it.bench.hubspot.customer_writes(thread, "You charged me twice!").unwrap()));
    step(&|| it.bench.escalate(one));
    step(&|| drop(sam.comment(thread, &first_three()).unwrap()));
    step(&|| drop(sam.comment(thread, &last_two()).unwrap()));
    step(&|| {
        sam.write_note(two, &whole()).unwrap();
    });
    step(&|| it.bench.escalate(two));
    step(&|| dana.set(two, "escalation_type", "tech").unwrap());
    step(&|| sam.move_to(one, "3").unwrap());
    it.bench.wait(60);
    let stream = it.webhooks.told();
    (it, [one, two], stream)
}

/// All that people can see: where the tickets stand, what we wrote on them, and in Slack.
fn seen(it: &Account, tickets: [TicketId; 2]) -> (Vec<String>, Vec<String>, Vec<String>) {
    // Which action spoke last, and when, is no part of it.
    let names = ["type", "lane", "state", "level", "owner", "cycle", "comment_status"];
    let stands = tickets.map(|ticket| {
        let values = names.map(|name| format!("{name}: {}", it.bench.value(ticket, &format!("escalation_{name}"))));
        format!("{}; {}", values.join("; "), it.bench.value(ticket, "jira_reference"))
    });
    let notes = |ticket| it.bench.hubspot.notes(ticket).into_iter().filter(|it| it.author.is_none());
    let mut notes: Vec<String> = tickets.into_iter().flat_map(notes).map(|it| shown(&it.body)).collect();
    notes.sort();
    let cards = it.bench.world.slack.messages(ESCALATIONS).into_iter();
    let mut cards: Vec<String> = cards.map(|it| it.text.lines().next().unwrap_or_default().to_owned()).collect();
    cards.sort();
    (stands.to_vec(), notes, cards)
}

async fn deliver(it: &Account, stream: &[Value]) {
    for some in stream.chunks(7) {
        let (status, outcome) = it.outcome(some).await;
        assert_eq!(status, 200, "{outcome}");
    }
    // What two requests were about at the same time is finished by who comes again.
    it.sweeps(3).await;
}

#[tokio::test]
async fn in_any_order_and_however_often_people_see_the_same() {
    let (first, tickets, stream) = lived().await;
    assert!(stream.len() >= 9, "{}", stream.len());
    deliver(&first, &stream).await;
    let expected = seen(&first, tickets);
    assert!(expected.0[0].contains("lane: cs") && expected.0[1].contains("lane: tech"), "{expected:?}");
    assert!(expected.0[1].ends_with("TECH-1") && expected.2.len() == 2, "{expected:?}");
    first.finish();
    for seed in 0..6 {
        let (it, tickets, stream) = lived().await;
        let mut twice = [stream.clone(), stream].concat();
        shuffle(&mut twice, seed);
        deliver(&it, &twice).await;
        assert_eq!(seen(&it, tickets), expected, "seed {seed}");
        it.finish();
    }
}

#[tokio::test]
async fn told_as_it_happens_twice_and_in_disorder_it_ends_the_same() {
    let mut ends = Vec::new();
    for (twice, shuffled) in [(false, None), (true, None), (true, Some(3)), (false, Some(9))] {
        let mut it = Account::open().await;
        (it.webhooks.manner.twice, it.webhooks.manner.shuffled) = (twice, shuffled);
        let ticket = it.bench.ticket();
        it.bench.escalate(ticket);
        it.heard().await;
        it.bench.sam().write_note(ticket, &first_three()).unwrap();
        it.heard().await;
        it.bench.sam().write_note(ticket, &last_two()).unwrap();
        it.heard().await;
        it.bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        it.heard().await;
        it.settled().await;
        ends.push(seen(&it, [ticket, ticket]));
        it.finish();
    }
    assert!(ends[0].0[0].contains("lane: tech") && ends[0].2.len() == 1, "{:?}", ends[0]);
    assert!(ends.iter().all(|it| *it == ends[0]), "{ends:?}");
}

/// The samples with these in the place of their account, ticket, thread and note.
fn about(it: &Account, sample: &str, [ticket, thread, note]: [u64; 3]) -> Vec<Value> {
    let text = [("62515", it.bench.portal().0), ("8100042", ticket), ("8200042", thread), ("8300042", note)]
        .into_iter()
        .fold(sample.to_owned(), |text, (from, to)| text.replace(from, &to.to_string()));
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn each_sample_alone_brings_the_ticket_into_its_lane_where_it_is_about_that() {
    for (sample, expected) in SAMPLES {
        assert_eq!(about(&Account::open().await, sample, [1, 2, 3]).len(), expected.len());
        for (at, expected) in expected.iter().enumerate() {
            let it = Account::open().await;
            let ticket = it.bench.ticket();
            let thread = it.thread(ticket);
            let note = it.bench.sam().write_note(ticket, &whole()).unwrap();
            it.bench.escalate(ticket);
            let event = about(&it, sample, [ticket.0, thread.0, note.0]).swap_remove(at);
            let outcome = if *expected == "lane" { "looked" } else { expected };
            assert_eq!(it.outcome(std::slice::from_ref(&event)).await, (200, outcome.to_owned()), "{event}");
            let lane = if *expected == "lane" { "cs" } else { "" };
            assert_eq!(it.bench.place(ticket)[0], lane, "{event}");
            it.finish();
        }
    }
}
