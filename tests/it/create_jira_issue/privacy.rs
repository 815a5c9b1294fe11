//! Who the customer is stays out of all that Jira is sent, unless the policy says otherwise.

use escalation::id::TicketId;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::id::ContactId;
use sandbox::world::hubspot::refusal;

use crate::bench::Bench;

const NAMED: (&str, &str) = ("customer_names = false", "customer_names = true");

/// What nobody at Jira is to read, in small letters and without what is between them.
const SECRETS: [&str; 9] = [
    "harbourgrill",
    "kingfisher",
    "margaret",
    "oyelaran",
    "m.oyelaran@harbourgrill.example",
    "till-3@kingfisher.example",
    "447700900123",
    "harbour\u{2011}grill",
    "harbour grill",
];

/// The customer's names and addresses, as people happen to write and paste them.
const HOSTILE: &str = "<p>Issue: HARBOUR GRILL's till charges twice; Harbour&nbsp;Grill, <b>Har</b>bour <i>Grill</i>, \
    harbour\u{2011}grill, Har\u{ad}bour\u{200b} Grill and Kingfisher Holdings (KINGFISHER HOLDINGS) wait.</p>\
    <p>Investigated: Mrs Oyelaran wrote from m.oyelaran@harbourgrill.example, \
    <a href=\"mailto:M.Oyelaran@HarbourGrill.example\">Margaret Oyelaran</a> called from +44 7700 900123.</p>\
    <p>Action Taken: Asked Margaret  Oyelaran, &lt;till-3@kingfisher.example&gt;, to wait.</p>\
    <p>Blocker: OYELARAN, Margaret has to sign; see #HarbourGrill.</p>\
    <p>Required to Resolve: A refund for Harbour\tGrill.</p>";

/// An escalation in Tech of a customer whose names stand all over the ticket.
fn exposed(bench: &Bench, name: &str) -> TicketId {
    let ticket = bench.ticket_named(name);
    let holding = bench.hubspot.company("Kingfisher Holdings Ltd", "kingfisher.example");
    bench.sam().associate_company(ticket, holding).unwrap();
    let contact: ContactId = bench.hubspot.contact("Margaret", "Oyelaran", "m.oyelaran@harbourgrill.example");
    bench.sam().associate_contact(ticket, contact).unwrap();
    bench.sam().set(ticket, "customer_impact", "Harbour Grill closes; Margaret Oyelaran is furious.").unwrap();
    bench.sam().set(ticket, "customer_expectation", "Kingfisher Holdings wants an answer today.").unwrap();
    bench.sam().write_note(ticket, HOSTILE).unwrap();
    bench.escalate(ticket);
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    ticket
}

/// All that Jira was ever sent: paths, queries and bodies; what stands in them, and the same without all
/// that is neither a letter nor a digit.
fn sent(bench: &Bench) -> String {
    let calls = bench.world.jira.calls();
    assert!(!calls.is_empty());
    let lines = calls.iter().map(|it| format!("{} {} {:?} {}\n", it.method, it.path, it.query, it.request));
    let all: String = lines.collect();
    let lower = all.to_lowercase();
    let letters: String = lower.chars().filter(|it| it.is_alphanumeric()).collect();
    format!("{lower}\n{letters}")
}

/// Each outcome by which Jira hears of a ticket: a new issue, one of another ticket, one made by hand.
async fn tells_all_that_it_has(bench: &Bench, name: &str) -> Vec<String> {
    let first = exposed(bench, name);
    assert_eq!(bench.create(first, &[]).await.outcome(), "created");
    let second = exposed(bench, name);
    bench.names(second, "TECH-1");
    assert_eq!(bench.asks_anew(second).await.outcome(), "linked_existing");
    let said = sent(bench);
    SECRETS.iter().filter(|it| said.contains(**it)).map(|it| (*it).to_owned()).collect()
}

#[tokio::test]
async fn jira_never_hears_who_the_customer_is() {
    for name in [
        "Escalation - Harbour Grill - Double charge",
        "Escalation - Kingfisher Holdings - Double charge at Harbour Grill",
        "Double charge at HARBOUR GRILL for Margaret Oyelaran",
        "m.oyelaran@harbourgrill.example cannot pay",
    ] {
        let bench = Bench::with_tech_alone(&[]).await.unhurried();
        assert_eq!(tells_all_that_it_has(&bench, name).await, Vec::<String>::new(), "{name}");
        let issue = bench.world.jira.issues().remove(0);
        assert!(issue.text.contains("Agent: Sam Okafor · Shift Lead: Dana Whitfield"), "agents may be named");
        assert!(issue.text.contains("[customer]") && issue.text.contains("[e-mail]"), "{}", issue.text);
        bench.finish();
    }
}

#[tokio::test]
async fn what_is_left_reads_as_one_would_write_it() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = exposed(&bench, crate::bench::NAME);
    bench.create(ticket, &[]).await;
    let issue = bench.issue(ticket);
    insta::assert_snapshot!(format!("{}\n{}", issue.summary, issue.text), @r"
    Double charge
    HubSpot ticket 5100000002 · escalation #1
    Agent: Sam Okafor · Shift Lead: Dana Whitfield
    Issue
    [customer]'s till charges twice; [customer], [customer], [customer], [customer] and [customer] ([customer]) wait.
    Investigated
    Mrs [customer] wrote from [e-mail], [customer] called from [phone].
    Action Taken
    Asked [customer], <[e-mail]>, to wait.
    Blocker
    [customer], [customer] has to sign; see #[customer].
    Required to Resolve
    A refund for [customer].
    Impact
    [customer] closes; [customer] is furious.
    Expectation
    [customer] wants an answer today.
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
    insta::assert_snapshot!(format!("{}: {}", issue.remote_links[0].title, issue.remote_links[0].summary), @"HubSpot ticket 5100000002 · escalation #1: Shift Lead: Dana Whitfield");
    bench.finish();
}

#[tokio::test]
async fn where_the_policy_lets_jira_know_it_is_all_there() {
    let bench = Bench::with_tech_alone(&[NAMED]).await;
    let ticket = exposed(&bench, crate::bench::NAME);
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    let said = sent(&bench);
    let hidden: Vec<_> = SECRETS.iter().filter(|it| !said.contains(**it)).collect();
    assert!(hidden.is_empty(), "{hidden:?}");
    let issue = bench.issue(ticket);
    assert_eq!(issue.summary, "Harbour Grill - Double charge");
    assert!(issue.remote_links[0].summary.contains("Harbour Grill"), "{:?}", issue.remote_links);
    assert_eq!(bench.hubspot.journal().count("POST /crm/v3/objects/companies/batch/read"), 0, "nobody needs to ask");
    bench.finish();
}

#[tokio::test]
async fn a_company_that_the_tickets_name_does_not_tell_is_asked_for() {
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.ticket_named("Escalation - Harbour Grill - Double charge");
    let owner = bench.hubspot.company("Kingfisher Holdings", "kingfisher.example");
    bench.sam().associate_company(ticket, owner).unwrap();
    bench
        .sam()
        .write_note(ticket, &crate::bench::texts::whole().replace("billing log", "Kingfisher Holdings log"))
        .unwrap();
    bench.escalate(ticket);
    bench.wait(60);
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "created");
    assert!(!sent(&bench).contains("kingfisher"), "{}", bench.issue(ticket).text);
    bench.finish();
}

#[tokio::test]
async fn names_that_we_may_not_read_yet_are_waited_for() {
    for kind in ["companies", "contacts"] {
        let bench = Bench::with_tech_alone(&[]).await;
        let ticket = exposed(&bench, "Double charge since Monday");
        let denied = refusal::missing_scope("crm.objects.contacts.read");
        let call = format!("POST /crm/v3/objects/{kind}/batch/read");
        bench.hubspot.inject(Fault::on(&call, Effect::Refuse(denied)).always());
        let answer = bench.create(ticket, &[]).await;
        assert_ne!(answer.status, 200, "{answer:?}");
        for _ in 0..3 {
            bench.wait(60);
            bench.sweep().await;
        }
        assert_eq!(bench.world.jira.issues().len(), 0);
        bench.hubspot.heal();
        for _ in 0..10 {
            bench.wait(60);
            bench.sweep().await;
        }
        assert_eq!((bench.issues(ticket).len(), bench.logged(ticket)[0].as_str()), (1, "TECH-1"));
        let said = sent(&bench);
        assert!(SECRETS.iter().all(|it| !said.contains(*it)), "{said}");
        bench.finish();
    }
}
