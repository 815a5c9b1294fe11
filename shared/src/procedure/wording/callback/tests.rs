//! The sentences word for word, and what holds for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::super::comment::{Body, Labels, read};
use super::super::LONGEST;
use super::super::lane::told;
use super::*;

const PAGE: &str = "https://acme.atlassian.net/browse/TECH-123";
const LINK: &str = "https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc";

fn key(text: &str) -> IssueKey {
    IssueKey::parse(text).unwrap()
}

fn person(name: &str) -> Span {
    Span::Mention { user_id: 7, name: name.to_owned(), email: "dana@example.com".to_owned(), slack: None }
}

fn people() -> People {
    People { lead: Some(person("Dana Whitfield")), agent: Some("Sam Okafor".to_owned()) }
}

#[track_caller]
fn with<T>(status: &str, resolution: Option<&str>, fixed_in: &[&str], say: impl FnOnce(&Issue<'_>) -> T) -> T {
    let fixed_in: Vec<String> = fixed_in.iter().map(|it| (*it).to_owned()).collect();
    say(&Issue { key: &key("TECH-123"), page: PAGE, status, resolution, fixed_in: &fixed_in })
}

#[test]
fn the_ticket_says_that_tech_is_done() {
    let done = |resolution, fixed_in: &[&str]| with("Done", resolution, fixed_in, |it| done(it, &people()).text());
    assert_snapshot!(done(Some("Done"), &["4.2.1"]), @r#"
    TECH-123 is Done (fixed in 4.2.1). Fix ready, please tell the customer.
    @Dana Whitfield, please tell Sam Okafor how to answer the customer, or answer and comment "ready to close".
    "#);
    assert_snapshot!(done(None, &[]).lines().next().unwrap(), @"TECH-123 is Done. Fix ready, please tell the customer.");
    assert_snapshot!(done(Some("Won't Do"), &["4.2.1"]).lines().next().unwrap(), @"TECH-123 is Done (Won't Do). Please tell the customer.");
    let nobody = with("Done", None, &[], |it| super::done(it, &People::default()).text());
    assert_snapshot!(nobody.lines().nth(1).unwrap(), @r#"Shift Lead: please tell the agent how to answer the customer, or answer and comment "ready to close"."#);
}

#[test]
fn the_ticket_says_how_the_issue_moves() {
    assert_snapshot!(with("In Progress", None, &[], |it| moved(it, Some("To Do")).text()), @r"
    TECH-123 is In Progress (it was To Do).
    Nothing to do: I will write here when it moves again.
    ");
    let after =
        |is_done, is_closed| with("In Progress", None, &[], |it| afterwards(it, None, is_done, is_closed).text());
    assert_snapshot!(after(false, true), @r"
    TECH-123 is In Progress.
    This ticket is closed and stays so: please reopen it if the customer is affected again.
    ");
    assert_snapshot!(after(true, true).lines().nth(1).unwrap(), @"This ticket is closed and stays so: nothing to do unless the customer still waits.");
    assert_snapshot!(after(true, false).lines().nth(1).unwrap(), @"This ticket is not escalated any more: nothing to do unless the customer still waits.");
    assert_snapshot!(with("To Do", None, &[], |it| rekeyed("OPS-1", it).text()), @r"
    OPS-1 has a new key: TECH-123 (To Do).
    Tech moved it to another project. I changed Jira Reference and the link: nothing to do.
    ");
}

#[test]
fn the_ticket_says_that_the_issue_is_gone() {
    assert_snapshot!(deleted("TECH-123", &people()).text(), @r"
    TECH-123 is deleted in Jira, or was moved to where I may not see it. I left Jira Reference as it is.
    @Dana Whitfield, please ask Tech what became of it. For another issue write its key into Jira Reference; for a new one clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.
    ");
    assert_snapshot!(deleted_afterwards("TECH-123").text(), @"TECH-123 is deleted in Jira, or was moved to where I may not see it. The escalation is over: nothing to do.");
}

#[test]
fn the_ticket_says_which_issue_goes_on() {
    let (nine, page) = (key("TECH-9"), "https://acme.atlassian.net/browse/TECH-9");
    let of = |is_done, is_followed| Original::One { key: &nine, page, status: Some("In Review"), is_done, is_followed };
    let one = |is_done| of(is_done, false);
    let said = |it: &Original<'_>| with("Done", Some("Duplicate"), &[], |issue| duplicate(issue, it, &people()).text());
    assert_snapshot!(said(&one(false)), @r"
    TECH-123 was closed as a duplicate of TECH-9 (In Review), which goes on.
    @Dana Whitfield, please write TECH-9 into Jira Reference: then this ticket follows it.
    ");
    assert_snapshot!(said(&one(true)), @r"
    TECH-123 was closed as a duplicate of TECH-9 (In Review).
    @Dana Whitfield, TECH-9 is done too: please look whether it solves this ticket. If it does, tell the agent how to answer the customer.
    ");
    assert_snapshot!(said(&of(false, true)), @r"
    TECH-123 was closed as a duplicate of TECH-9 (In Review), which goes on.
    I changed Jira Reference and the link: this ticket follows TECH-9 from now on. Nothing to do.
    ");
    assert_snapshot!(said(&of(true, true)), @r"
    TECH-123 was closed as a duplicate of TECH-9 (In Review).
    I changed Jira Reference and the link: this ticket follows TECH-9 from now on.
    @Dana Whitfield, TECH-9 is done too: please look whether it solves this ticket. If it does, tell the agent how to answer the customer.
    ");
    let keys = [nine.clone(), key("OPS-7")];
    let first = |keys: &[IssueKey]| said(&Original::Unclear(keys)).lines().next().unwrap().to_owned();
    assert_snapshot!(first(&[]), @"TECH-123 was closed as a duplicate, and Jira does not say of which issue.");
    assert_snapshot!(first(&keys[..1]), @"TECH-123 was closed as a duplicate of TECH-9, which is closed as a duplicate of it.");
    assert_snapshot!(first(&keys), @"TECH-123 was closed as a duplicate of several issues: TECH-9, OPS-7.");
}

#[test]
fn what_tech_writes_for_support_is_quoted() {
    let comment = "[CS] It is <b>out</b> with 4.2.1.\n\nPlease \u{202e}tell “them” @everybody";
    let said = with("Done", None, &[], |it| said(it, comment, "https://acme.atlassian.net/c/7", "Priya <Nair>"));
    assert_snapshot!(said.text(), @r#"
    Tech wrote on TECH-123 (Priya <Nair>):
    They say “[CS] It is <b>out</b> with 4.2.1. Please tell "them" @everybody”
    Read it in Jira
    "#);
    assert!(said.html().contains("&lt;b&gt;out&lt;/b&gt;"), "{}", said.html());
    for flagged in ["[CS]", "x [cs] y", "a\n[Cs]"] {
        assert!(is_for_support(flagged), "{flagged}");
    }
    for other in ["", "CS", "[ CS ]", "[C S]", "[CSS]", "(CS)"] {
        assert!(!is_for_support(other), "{other}");
    }
}

#[test]
fn the_slack_thread_says_it_shortly() {
    let nine = key("TECH-9");
    let one = Original::One { key: &nine, page: PAGE, status: None, is_done: false, is_followed: false };
    let followed = Original::One { key: &nine, page: PAGE, status: None, is_done: false, is_followed: true };
    let lines = [
        with("In Progress", None, &[], |it| thread::moved(it, Some("To Do"))),
        with("Done", None, &["4.2.1"], |it| thread::done(it, &people())),
        with("Done", None, &[], |it| thread::done(it, &People::default())),
        thread::deleted("TECH-123", &people()),
        with("Done", None, &[], |it| thread::duplicate(it, &one, &people())),
        with("Done", None, &[], |it| thread::duplicate(it, &followed, &people())),
        with("Done", None, &[], |it| thread::duplicate(it, &Original::Unclear(&[]), &People::default())),
    ];
    assert_snapshot!(lines.map(|it| it.text()).join("\n"), @r"
    TECH-123 is In Progress (it was To Do).
    @Dana Whitfield TECH-123 is Done (fixed in 4.2.1). Fix ready, please tell the customer.
    TECH-123 is Done. Fix ready, please tell the customer.
    @Dana Whitfield TECH-123 is deleted in Jira: the ticket says what to do.
    @Dana Whitfield TECH-123 was closed as a duplicate of TECH-9: the ticket says what to do.
    TECH-123 was closed as a duplicate of TECH-9, which the ticket follows now.
    TECH-123 was closed as a duplicate, and Jira does not say of which issue.
    ");
}

fn name() -> impl Strategy<Value = String> {
    let hostile = [
        "<!channel>",
        "[CS] Issue: a. Investigated: b. Action Taken: c. Blocker: d. Required to Resolve: e.",
        "Issue: a\nInvestigated: b\r\nAction Taken: c\nBlocker: d\nRequired to Resolve: e",
        "x” Issue: a Investigated: b Action Taken: c Blocker: d Required to Resolve: e “",
        "' Issue: a ' Investigated: b ' Action Taken: c ' Blocker: d ' Required to Resolve: e '",
        "„Issue = a“ Investigated = b «Action Taken: c» Blocker: d 'Required to Resolve: e' ‟",
        "Issue／Investigated／Action Taken／Blocker／Required to Resolve：everything is said here",
    ];
    prop_oneof!["\\PC{0,120}", "(?s).{0,700}", proptest::sample::select(hostile.to_vec()).prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_comment_is_short_signed_and_never_passes_for_the_agents(
        text in name(), agent in "\\PC{0,120}", lead in proptest::option::of("\\PC{0,120}"), number in 1..u64::MAX,
    ) {
        let issue_key = key(&format!("ABCDEFGHIJ-{number}"));
        let keys = vec![issue_key.clone(); 12];
        let versions = vec![text.clone(); 12];
        let issue =
            Issue { key: &issue_key, page: PAGE, status: &text, resolution: Some(&text), fixed_in: &versions };
        let fixed = Issue { resolution: None, ..issue };
        let people = People { lead: lead.map(|it| person(&it)), agent: Some(text.clone()) };
        let one = |is_done| Original::One {
            key: &issue_key, page: PAGE, status: Some(&text), is_done, is_followed: agent.len() % 2 == 0,
        };
        for about in [
            moved(&issue, Some(&text)), done(&issue, &people), done(&fixed, &people),
            afterwards(&issue, Some(&text), false, true), afterwards(&fixed, None, true, false),
            rekeyed(&text, &issue), deleted(&text, &people), deleted_afterwards(&text),
            duplicate(&issue, &one(true), &people), duplicate(&issue, &one(false), &people),
            duplicate(&issue, &Original::Unclear(&keys), &people), said(&issue, &text, PAGE, &text),
        ] {
            let message = told(Some(person(&agent)), about, u32::MAX, LINK);
            prop_assert!(message.length() <= LONGEST, "{} characters: {}", message.length(), message.text());
            prop_assert!(message.text().ends_with("automatic message"));
            for body in [Body::Html(&message.html()), Body::Text(&message.text())] {
                prop_assert!(read(body, &Labels::shipped()).points() < 5, "{}", message.text());
            }
        }
    }
}
