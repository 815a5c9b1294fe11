//! Whole issues word for word, and what holds for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::message::Message;
use super::*;

const POINTS: [(Point, Option<&str>); 5] = [
    (
        Point::Issue,
        Some("Harbour Grill was charged twice. They expect £84 back by Friday. Sam Lee, sam@harbour.example"),
    ),
    (
        Point::Investigated,
        Some("Order 0712345678 shows one payment; Harbour Grill's bank shows two.\nSam is on 020 7946 0958."),
    ),
    (Point::ActionTaken, None),
    (Point::Blocker, Some("  ")),
    (Point::RequiredToResolve, Some("Refund <b> & release @Sam")),
];

fn case<'a>(privacy: Privacy<'a>) -> Case<'a> {
    Case {
        ticket: "4201",
        page: "https://app.hubspot.com/contacts/1/record/0-5/4201",
        cycle: 2,
        subject: "Escalation - Harbour Grill - Double charge",
        points: &POINTS,
        reasons: &["bug", "asks for a manager"],
        impact: Some("£84, Harbour Grill may leave"),
        expectation: Some("Money back by Friday"),
        level: Some("3"),
        priority: Some("High"),
        agent: Some("Sam Okafor"),
        shift_lead: Some("Dana Whitfield"),
        privacy,
    }
}

fn names() -> Vec<String> {
    vec!["Sam Lee".to_owned(), "Harbour Grill Ltd".to_owned()]
}

/// A draft as text: the summary, and headings marked as such.
fn read(draft: &Draft) -> String {
    let blocks = draft.description.iter().map(|it| match it {
        Block::Heading(text) => format!("# {text}"),
        Block::Paragraph(spans) => Message::of(spans.clone()).text(),
    });
    [draft.summary.clone()].into_iter().chain(blocks).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_issue_tells_all_of_an_escalation() {
    assert_snapshot!(read(&draft(&case(Privacy::Named))), @r"
    Harbour Grill - Double charge
    HubSpot ticket 4201 · escalation #2 · level 3 · priority High
    Agent: Sam Okafor · Shift Lead: Dana Whitfield
    # Issue
    Harbour Grill was charged twice. They expect £84 back by Friday. Sam Lee, sam@harbour.example
    # Investigated
    Order 0712345678 shows one payment; Harbour Grill's bank shows two.
    Sam is on 020 7946 0958.
    # Action Taken
    not stated
    # Blocker
    not stated
    # Required to Resolve
    Refund <b> & release @Sam
    # Impact
    £84, Harbour Grill may leave
    # Expectation
    Money back by Friday
    # Why it is an escalation
    bug, asks for a manager
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
    let first = &draft(&case(Privacy::Named)).description[0];
    let url = "https://app.hubspot.com/contacts/1/record/0-5/4201".to_owned();
    let Block::Paragraph(spans) = first else { panic!("{first:?}") };
    assert_eq!(spans[0], Span::Link { text: "HubSpot ticket 4201".to_owned(), url });
}

#[test]
fn an_issue_tells_nothing_of_who_the_customer_is() {
    let names = names();
    assert_snapshot!(read(&draft(&case(Privacy::Hidden { names: &names }))), @r"
    Double charge
    HubSpot ticket 4201 · escalation #2 · level 3 · priority High
    Agent: Sam Okafor · Shift Lead: Dana Whitfield
    # Issue
    [customer] was charged twice. They expect £84 back by Friday. [customer], [e-mail]
    # Investigated
    Order 0712345678 shows one payment; [customer]'s bank shows two.
    [customer] is on [phone].
    # Action Taken
    not stated
    # Blocker
    not stated
    # Required to Resolve
    Refund <b> & release @[customer]
    # Impact
    £84, [customer] may leave
    # Expectation
    Money back by Friday
    # Why it is an escalation
    bug, asks for a manager
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
}

#[test]
fn an_issue_of_which_little_is_known_still_says_where_it_comes_from() {
    let bare = Case {
        subject: "",
        points: &[],
        reasons: &[],
        impact: Some(" "),
        expectation: None,
        level: None,
        priority: None,
        agent: None,
        shift_lead: None,
        ..case(Privacy::Hidden { names: &[] })
    };
    assert_snapshot!(read(&draft(&bare)), @r"
    Escalation 2 of ticket 4201
    HubSpot ticket 4201 · escalation #2
    # Issue
    not stated
    # Investigated
    not stated
    # Action Taken
    not stated
    # Blocker
    not stated
    # Required to Resolve
    not stated
    What happens next: please work on this issue as on any other. Its status goes back to the HubSpot ticket by itself. Write [CS] in a comment that support has to read. · automatic message
    ");
}

#[test]
fn whom_the_ticket_is_named_after_is_hidden_too() {
    let points = [(Point::Blocker, Some("QUAY DELI's till and the Quay-Deli bank"))];
    let subject = "Escalation - Quay Deli - Till of Quay Deli down";
    let case = Case { subject, points: &points, impact: None, ..case(Privacy::Hidden { names: &[] }) };
    let said = read(&draft(&case));
    assert!(said.starts_with("Till of [customer] down\n"), "{said}");
    assert!(said.contains("\n[customer]'s till and the [customer] bank\n"), "{said}");
}

#[track_caller]
fn check(subject: &str, issue: &str, named: &str, hidden: &str) {
    let points = [(Point::Blocker, Some("b")), (Point::Issue, Some(issue))];
    let names = names();
    for (privacy, expected) in [(Privacy::Named, named), (Privacy::Hidden { names: &names }, hidden)] {
        assert_eq!(draft(&Case { subject, points: &points, ..case(privacy) }).summary, expected);
    }
}

#[test]
fn the_summary_is_what_the_ticket_is_named_after() {
    check("Escalation - Harbour Grill - Double charge", "x", "Harbour Grill - Double charge", "Double charge");
    check(
        "escalation – Harbour Grill Ltd –  Till of Sam Lee",
        "x",
        "Harbour Grill Ltd - Till of Sam Lee",
        "Till of [customer]",
    );
    check("RE: Till down at Harbour Grill", "x", "RE: Till down at Harbour Grill", "RE: Till down at [customer]");
    check("Till\tdown\u{200b}\n at once", "x", "Till down at once", "Till down at once");
}

#[test]
fn the_summary_is_the_first_sentence_where_the_name_says_nothing() {
    let placeholder = "Escalation - [Customer Name] - [Brief Issue]";
    check(
        placeholder,
        "Harbour Grill was charged twice. More.",
        "Harbour Grill was charged twice",
        "[customer] was charged twice",
    );
    check(
        "",
        "Charged e.g. 2.5 times approx. twice! More",
        "Charged e.g. 2.5 times approx. twice!",
        "Charged e.g. 2.5 times approx. twice!",
    );
    check(" ", "Charged twice\nat noon", "Charged twice", "Charged twice");
    check("-", "二重請求です。返金を", "二重請求です", "二重請求です");
    check("Harbour Grill", "Charged twice", "Harbour Grill", "Charged twice");
    check("Harbour Grill", "Sam Lee!", "Harbour Grill", "Escalation 2 of ticket 4201");
    check("", "", "Escalation 2 of ticket 4201", "Escalation 2 of ticket 4201");
}

#[test]
fn a_long_summary_ends_at_a_word() {
    let words = "four ".repeat(60);
    check(&words, "", &format!("{}…", "four ".repeat(49).trim_end()), &format!("{}…", "four ".repeat(49).trim_end()));
    let word = "x".repeat(251);
    check(&word, "", &format!("{}…", "x".repeat(249)), &format!("{}…", "x".repeat(249)));
    let whole = "x".repeat(250);
    check(&whole, "", &whole, &whole);
}

proptest! {
    #[test]
    fn a_summary_is_one_line_that_is_never_empty_nor_too_long(
        subject in "(Escalation - )?.{0,300}", issue in "(?s).{0,300}", ticket in "[0-9]{1,20}", is_named in any::<bool>(),
    ) {
        let names = names();
        let privacy = if is_named { Privacy::Named } else { Privacy::Hidden { names: &names } };
        let points = [(Point::Issue, Some(issue.as_str()))];
        let summary = draft(&Case { subject: &subject, points: &points, ticket: &ticket, ..case(privacy) }).summary;
        prop_assert!((1..=LONGEST_SUMMARY).contains(&summary.chars().count()), "{summary}");
        prop_assert!(summary.chars().any(char::is_alphanumeric));
        prop_assert!(!summary.contains(|it: char| it.is_control() || it == '\u{2028}'), "{summary:?}");
    }

    #[test]
    fn the_five_headings_stand_in_their_order(points in Just(POINTS.to_vec()).prop_shuffle(), few in 0..6_usize) {
        let draft = draft(&Case { points: &points[..few.min(5)], ..case(Privacy::Named) });
        let headings: Vec<_> = draft.description.iter().filter_map(|it| match it {
            Block::Heading(text) => Some(text.as_str()),
            Block::Paragraph(_) => None,
        }).take(5).collect();
        prop_assert_eq!(headings, Point::ALL.map(Point::label));
    }

    #[test]
    fn no_text_of_the_ticket_tells_a_hidden_name(place in 0..4_u8, text in "[a-z ]{0,9} (QUIRRO|Quirro  Vexing|q@x[.]de) [a-z ]{0,9}") {
        let names = vec!["Quirro Vexing".to_owned()];
        let points = [(Point::Blocker, Some(text.as_str()))];
        let hidden = case(Privacy::Hidden { names: &names });
        let case = match place {
            0 => Case { subject: &text, ..hidden },
            1 => Case { points: &points, ..hidden },
            2 => Case { impact: Some(&text), ..hidden },
            _ => Case { expectation: Some(&text), ..hidden },
        };
        let said = read(&draft(&case)).to_lowercase();
        prop_assert!(!said.contains("quirro") && !said.contains("q@x"), "{said}");
    }
}
