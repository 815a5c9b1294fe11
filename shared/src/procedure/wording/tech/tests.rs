//! The sentences word for word, and what holds for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::super::comment::{Body, Labels, read};
use super::super::super::jira_reference::Reason;
use super::super::lane::told;
use super::super::{LONGEST, would as observed};
use super::*;

const PAGE: &str = "https://acme.atlassian.net/browse/TECH-123";
const LINK: &str = "https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc";
const MOVED: Step<'_> = Step::Move { stage: "3", role: Role::InProgress };

fn key(text: &str) -> IssueKey {
    IssueKey::parse(text).unwrap()
}

fn person(name: &str) -> Span {
    Span::Mention { user_id: 7, name: name.to_owned(), email: "dana@example.com".to_owned(), slack: None }
}

fn projects() -> Vec<String> {
    vec!["TECH".to_owned(), "OPS".to_owned()]
}

fn said(came: Came, status: Option<&str>, others: &[IssueKey], step: Step<'_>, lead: Option<Span>) -> String {
    let issue = Issue { key: &key("TECH-123"), page: PAGE, status };
    in_tech(&InTech { issue, came, others, step, lead }).text()
}

#[test]
fn the_ticket_says_which_issue_was_created() {
    assert_snapshot!(said(Came::Created, Some("To Do"), &[], MOVED, None), @r"
    In Tech: TECH-123 (To Do). I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is In Progress now.
    ");
    assert_snapshot!(said(Came::Created, None, &[key("TECH-7"), key("OPS-9")], MOVED, None), @r"
    In Tech: TECH-123. I will write here when Jira moves. Nobody needs to copy anything.
    Also named beside it: TECH-7 and OPS-9. I do not follow these.
    The ticket is In Progress now.
    ");
    let issue = Issue { key: &key("TECH-123"), page: PAGE, status: Some("To Do") };
    let about = InTech { issue, came: Came::Created, others: &[], step: MOVED, lead: None };
    assert_snapshot!(told(Some(person("Sam Okafor")), in_tech(&about), 2, LINK).html(), @r#"<p><strong>In Tech: </strong><a href="https://acme.atlassian.net/browse/TECH-123">TECH-123</a> (To Do). I will write here when Jira moves. Nobody needs to copy anything.</p><p>The ticket is In Progress now.</p><p><strong data-at-mention data-user-id="7" data-search-text="Sam Okafor" data-search-value="dana@example.com">@Sam Okafor</strong><em> · </em><a href="https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc">escalation #2</a><em> · automatic message</em></p>"#);
}

#[test]
fn the_ticket_says_which_issue_was_there_already() {
    let linked = |is_done, tickets| Came::Linked { is_done, tickets };
    assert_snapshot!(said(linked(false, 1), Some("In Progress"), &[], MOVED, None), @r"
    In Tech: TECH-123 (In Progress), which was there already. I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is In Progress now.
    ");
    assert_snapshot!(said(linked(false, 3), Some("In Progress"), &[], MOVED, None), @r"
    In Tech: TECH-123 (In Progress), which was there already. It is reported by 3 tickets. I will write here when Jira moves. Nobody needs to copy anything.
    The ticket is In Progress now.
    ");
    assert_snapshot!(said(linked(true, 3), Some("Done"), &[], MOVED, Some(person("Dana Whitfield"))), @r"
    In Tech: TECH-123 (Done), which was there already and is done. It is reported by 3 tickets.
    @Dana Whitfield, please look whether it solves this ticket too. If it does, tell the agent how to answer the customer. If not, reopen it in Jira; or for a new issue clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.
    The ticket is In Progress now.
    ");
    assert_snapshot!(said(linked(true, 1), Some("Done"), &[], MOVED, None), @r"
    In Tech: TECH-123 (Done), which was there already and is done.
    Shift Lead: please look whether it solves this ticket too. If it does, tell the agent how to answer the customer. If not, reopen it in Jira; or for a new issue clear Jira Reference and set Escalation Type to Shift Lead, then to Tech.
    The ticket is In Progress now.
    ");
}

#[test]
fn the_ticket_says_what_became_of_its_stage() {
    let moved = Step::Move { stage: "2", role: Role::WaitingOnUs };
    let stays = [Why::There, Why::Closed, Why::Exempt, Why::Unknown, Why::NoStage].map(Step::Stay);
    let all: Vec<_> = [MOVED, moved].into_iter().chain(stays).map(stage).collect();
    assert_snapshot!(all.join("\n"), @r"
    The ticket is In Progress now.
    The ticket is waiting on us now: its pipeline has no stage for In Progress.
    The ticket's stage is right and stays.
    The ticket is closed and stays so: please reopen it if the customer still waits.
    The ticket's stage stays: it is one for tickets that need no answer. Please move it if this one does.
    The ticket's stage stays: the policy does not say what it means. Please set it to In Progress yourself.
    The ticket's stage stays: its pipeline has none for In Progress.
    ");
}

#[test]
fn of_many_keys_the_first_ones_are_named() {
    let keys: Vec<_> = (1..=9).map(|it| key(&format!("TECH-{it}"))).collect();
    let all = said(Came::Created, None, &keys, MOVED, None);
    assert_snapshot!(all.lines().nth(1).unwrap(), @"Also named beside it: TECH-1, TECH-2 and 7 more. I do not follow these.");
    let names = |count| listed((0..count).map(|it: usize| it.to_string()), "or", NAMES);
    assert_eq!([names(0), names(1), names(2), names(3)], ["", "0", "0 or 1", "0, 1 or 2"]);
    assert_eq!([names(5), names(6)], ["0, 1, 2, 3 or 4", "0, 1, 2, 3, 4 or 1 more"]);
}

#[test]
fn the_ticket_says_what_keeps_it_from_tech() {
    let confirmed = blocked(&Blocked::NotConfirmed, Some(person("Dana Whitfield"))).text();
    let unnamed = blocked(&Blocked::NotConfirmed, None).text();
    let missing = blocked(&Blocked::NotFound(&key("TECH-999")), None).text();
    let projects = projects();
    let project = blocked(&Blocked::Project { project: "HR", projects: &projects }, None).text();
    let none = blocked(&Blocked::Project { project: "HR", projects: &[] }, None).text();
    assert_snapshot!([confirmed, unnamed, missing, project, none].join("\n\n"), @r"
    Not in Tech yet: no Shift Lead has confirmed it.
    @Dana Whitfield, to confirm it, please set Escalation Type to Tech yourself.

    Not in Tech yet: no Shift Lead has confirmed it.
    Shift Lead: to confirm it, please set Escalation Type to Tech yourself.

    Not in Tech yet: TECH-999 cannot be found.
    Jira has no such issue, or does not show it to me. Please check the key in Jira Reference, or ask your Jira administrator to let me see the project TECH.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.

    Not in Tech yet: escalations do not go to the project HR.
    Please write the key of an issue in TECH or OPS, or ask your administrator to add HR to the policy.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.

    Not in Tech yet: escalations do not go to the project HR.
    Please write the key of an issue in another project, or ask your administrator to add HR to the policy.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    ");
}

#[test]
fn the_ticket_says_what_is_wrong_with_its_jira_reference() {
    let projects = projects();
    let found =
        ["TECH", "123", "TECH-0", "see\nSlack", "10456", "HR-5", "https://other.atlassian.net/browse/TECH-123456"];
    let said = Reason::ALL.into_iter().zip(found).map(|(reason, found)| {
        let said = blocked(&Blocked::Reference { found, reason, projects: &projects }, None).text();
        let middle: Vec<_> = said.lines().skip(1).take(2).collect();
        format!("{}: {}", reason.name(), middle.join(" "))
    });
    assert_snapshot!(said.collect::<Vec<_>>().join("\n"), @r#"
    no_number: It says "TECH": the number is missing. Please write the whole key, such as TECH-123.
    no_project: It says "123": the project is missing. Please write the whole key, such as TECH-123.
    bad_number: It says "TECH-0": Jira gives no such number. Please copy the key from the top of the issue's page; it looks like TECH-123.
    not_a_key: It says "see Slack": there is no key in it. Please write the issue's key, such as TECH-123, or the link to its page.
    id_not_key: It says "10456": that is the number by which Jira itself knows an issue, and not its key. Please copy the key from the top of the issue's page; it looks like TECH-123.
    project_not_allowed: It says "HR-5": escalations do not go to that project. Please write the key of an issue in TECH or OPS, or ask your administrator to add the project to the policy.
    wrong_site: It says "https://other.atlassian.net/browse/TECH…": that leads to another site than our Jira. Please write the key of an issue in our Jira, such as TECH-123.
    "#);
    let whole = Blocked::Reference { found: "TECH", reason: Reason::NoNumber, projects: &[] };
    assert_snapshot!(blocked(&whole, None).text(), @r#"
    Not in Tech yet: Jira Reference names no issue that I can use.
    It says "TECH": the number is missing.
    Please write the whole key, such as TECH-123.
    I left Jira Reference as it is. To have an issue created instead, clear it and set Escalation Type to Shift Lead, then to Tech.
    "#);
}

#[test]
fn the_ticket_says_why_jira_refuses() {
    let lead = || Some(person("Dana Whitfield"));
    assert_snapshot!(refused("Jira wants *Component*", lead()).text(), @r"
    Not in Tech: Jira refuses the issue. Jira wants *Component*.
    @Dana Whitfield, please ask your administrator to put that right. Afterwards set Escalation Type to Shift Lead, then to Tech: that tries again.
    ");
    assert_snapshot!(refused("there is no project TECH,\nor we may not see it", None).text(), @r"
    Not in Tech: Jira refuses the issue. There is no project TECH, or we may not see it.
    Shift Lead: please ask your administrator to put that right. Afterwards set Escalation Type to Shift Lead, then to Tech: that tries again.
    ");
    let lacks = lacks_fields(&["Component", "Team"]);
    assert_snapshot!(refused(&lacks, lead()).text(), @r"
    Not in Tech: Jira refuses the issue. Jira wants Component and Team, which the policy does not fill in under [jira.fields].
    @Dana Whitfield, please ask your administrator to put that right. Afterwards set Escalation Type to Shift Lead, then to Tech: that tries again.
    ");
}

#[test]
fn the_slack_thread_says_what_became_of_it() {
    let issue = Issue { key: &key("TECH-123"), page: PAGE, status: Some("In Progress") };
    let lines = [
        thread_in_tech(&issue, Came::Created),
        thread_in_tech(&Issue { status: None, ..issue }, Came::Created),
        thread_in_tech(&issue, Came::Linked { is_done: false, tickets: 3 }),
        thread_in_tech(&issue, Came::Linked { is_done: true, tickets: 1 }),
        thread_refused("Jira wants *Component*", Some(person("Dana Whitfield"))),
        thread_refused("Jira wants *Component*", None),
    ];
    assert_snapshot!(lines.map(|it| it.text()).join("\n"), @r"
    In Tech: TECH-123 (In Progress), a new issue.
    In Tech: TECH-123, a new issue.
    In Tech: TECH-123 (In Progress), which was there already. It is reported by 3 tickets.
    In Tech: TECH-123 (In Progress), which was there already and is done: does it solve this one too?
    Not in Tech: Jira refuses the issue. Jira wants *Component*.
    @Dana Whitfield, the ticket says what to do.
    Not in Tech: Jira refuses the issue. Jira wants *Component*.
    Shift Lead: the ticket says what to do.
    ");
}

#[test]
fn jira_says_which_tickets_report_an_issue() {
    let comment = |tickets| {
        let blocks = also_reported("4202", "https://app.hubspot.com/contacts/1/record/0-5/4202", 1, tickets);
        let [Block::Paragraph(spans)] = &blocks[..] else { panic!("{blocks:?}") };
        assert!(matches!(&spans[1], Span::Link { url, .. } if url.ends_with("/4202")));
        Message::of(spans.clone()).text()
    };
    assert_snapshot!(comment(3), @"Also reported by HubSpot ticket 4202 (escalation #1). 3 tickets report this issue now. · automatic message");
    assert_snapshot!(comment(1), @"Also reported by HubSpot ticket 4202 (escalation #1). · automatic message");
}

#[test]
fn jira_shows_which_ticket_it_is_and_its_name_where_that_may_be_known() {
    assert_snapshot!(link_title("4201", 2), @"HubSpot ticket 4201 · escalation #2");
    assert_snapshot!(link_summary(Some("Escalation - Harbour Grill - Double charge"), Some("Dana Whitfield")), @"Escalation - Harbour Grill - Double charge · Shift Lead: Dana Whitfield");
    assert_snapshot!(link_summary(None, Some("Dana Whitfield")), @"Shift Lead: Dana Whitfield");
    assert_eq!(link_summary(None, None), "");
}

#[test]
fn the_workflow_says_how_a_visit_ended() {
    let (tech, projects) = (key("TECH-123"), projects());
    let reference = Blocked::Reference { found: "TECH", reason: Reason::NoNumber, projects: &projects };
    let outcomes = [
        Outcome::Created(&tech),
        Outcome::LinkedExisting { key: &tech, tickets: 1 },
        Outcome::LinkedExisting { key: &tech, tickets: 3 },
        Outcome::Already(&tech),
        Outcome::Blocked(Blocked::NotConfirmed),
        Outcome::Blocked(reference),
        Outcome::Blocked(Blocked::NotFound(&tech)),
        Outcome::Blocked(Blocked::Project { project: "HR", projects: &projects }),
        Outcome::Refused("there is no project TECH, or we may not see it"),
        Outcome::Pending,
        Outcome::NotEscalated,
        Outcome::Gone,
    ];
    let said = outcomes.map(|it| summary(&it));
    assert_snapshot!(said.join("\n"), @r#"
    In Tech: TECH-123 was created.
    In Tech: TECH-123 was there already and is linked.
    In Tech: TECH-123 was there already and is linked. It is reported by 3 tickets.
    In Tech: TECH-123. All of it was done before.
    Not in Tech yet: no Shift Lead has confirmed it.
    Not in Tech yet: Jira Reference says "TECH": the number is missing.
    Not in Tech yet: TECH-123 cannot be found.
    Not in Tech yet: escalations do not go to the project HR.
    Not in Tech: Jira refuses the issue. There is no project TECH, or we may not see it.
    Not in Tech yet: there is no comment yet. HubSpot shows new comments late: checking again shortly.
    Not escalated: Escalation Type is empty.
    The ticket is deleted: nothing to do.
    "#);
}

#[test]
fn a_trial_run_says_what_would_be_done() {
    let properties = ["jira_reference", "jira_url", "jira_status"];
    let create = Plan::Create { project: "TECH", issue_type: "Bug" };
    assert_snapshot!(would(&create, &properties, MOVED), @"Confirmed for Tech: it would get a new Bug in TECH, unless one was created before. The ticket would move to stage `3`. Observing only: would set jira_reference, jira_url, jira_status; tell the agent by an internal comment, unless that was done before.");
    assert_snapshot!(would(&Plan::Link(&key("TECH-123")), &properties[1..], Step::Stay(Why::There)), @"Confirmed for Tech: it would get TECH-123, which is there already. The ticket's stage would stay. Observing only: would set jira_url, jira_status; tell the agent by an internal comment, unless that was done before.");
    let blocked = summary(&Outcome::Blocked(Blocked::NotConfirmed));
    assert_snapshot!(observed(&blocked, &[], true, None), @"Not in Tech yet: no Shift Lead has confirmed it. Observing only: would tell the agent by an internal comment, unless that was done before.");
}

fn name() -> impl Strategy<Value = String> {
    let hostile =
        ["<!channel>", "<b>Issue: it is down</b>", "Blocker: none & @here", "Issue: a\nBlocker: b\r\nAction Taken: c"];
    prop_oneof!["\\PC{0,120}", "(?s).{0,400}", proptest::sample::select(hostile.to_vec()).prop_map(str::to_owned)]
}

/// Everything that is said on a ticket, with these words of other people in it.
fn every(text: &str, number: u64, lead: &Option<Span>) -> Vec<Message> {
    let issue_key = key(&format!("ABCDEFGHIJ-{number}"));
    let keys = vec![issue_key.clone(); 12];
    let projects = vec![text.to_owned(); 12];
    let fields = [text; 12];
    let issue = Issue { key: &issue_key, page: PAGE, status: Some(text) };
    let came = |is_done| Came::Linked { is_done, tickets: 65_536 };
    let mut all = vec![refused(text, lead.clone()), refused(&lacks_fields(&fields), lead.clone())];
    for came in [Came::Created, came(false), came(true)] {
        for why in [Why::There, Why::Closed, Why::Exempt, Why::Unknown, Why::NoStage] {
            all.push(in_tech(&InTech { issue, came, others: &keys, step: Step::Stay(why), lead: lead.clone() }));
        }
    }
    let reference = |reason| Blocked::Reference { found: text, reason, projects: &projects };
    let mut why: Vec<_> = Reason::ALL.into_iter().map(reference).collect();
    why.extend([
        Blocked::NotConfirmed,
        Blocked::NotFound(&issue_key),
        Blocked::Project { project: text, projects: &projects },
    ]);
    all.extend(why.iter().map(|it| blocked(it, lead.clone())));
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_comment_is_short_signed_and_never_passes_for_the_agents(
        text in name(), agent in "\\PC{0,120}", lead in proptest::option::of("\\PC{0,120}"), number in 1..u64::MAX,
    ) {
        let lead = lead.map(|it| person(&it));
        for said in every(&text, number, &lead) {
            let message = told(Some(person(&agent)), said, u32::MAX, LINK);
            prop_assert!(message.length() <= LONGEST, "{} characters: {}", message.length(), message.text());
            prop_assert!(message.text().ends_with("automatic message"));
            for body in [Body::Html(&message.html()), Body::Text(&message.text())] {
                prop_assert!(read(body, &Labels::shipped()).points() < 5);
            }
        }
    }

    #[test]
    fn an_output_is_one_line_of_bounded_length(text in name()) {
        let projects = [text.clone()];
        let fields = [text.as_str(); 9];
        let reference = Blocked::Reference { found: &text, reason: Reason::NotAKey, projects: &projects };
        let all = [
            summary(&Outcome::Refused(&text)),
            summary(&Outcome::Refused(&lacks_fields(&fields))),
            summary(&Outcome::Blocked(reference)),
            summary(&Outcome::Blocked(Blocked::Project { project: &text, projects: &projects })),
            would(&Plan::Create { project: &text, issue_type: &text }, &[], MOVED),
        ];
        for line in all {
            prop_assert!(line.chars().count() <= 400 && !line.contains(['\n', '\r']), "{line}");
        }
    }
}
