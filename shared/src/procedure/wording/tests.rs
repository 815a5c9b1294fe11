//! The sentences word for word, and what holds for all of them.

use insta::assert_snapshot;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::super::comment::{Body, Labels, Point, read};
use super::super::intake::{Deficit, Lack};
use super::super::message::Span;
use super::*;

const NOW: &str = "2026-06-10T08:43:00Z";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

/// The feedback to Sam, whose comment of 09:42 in London was checked a minute later.
fn feedback_to_sam(deficit: &Deficit, also: &[String]) -> Message {
    feedback_where(Called::OnceComplete, deficit, also)
}

fn feedback_where(called: Called, deficit: &Deficit, also: &[String]) -> Message {
    let zone = TimeZone::get("Europe/London").unwrap();
    let sam = Span::Mention { user_id: 7, name: "Sam Okafor".into(), email: "sam@example.com".into(), slack: None };
    let about = Feedback {
        agent: Some(sam),
        called,
        author: Some("Sam"),
        checked_at: at("2026-06-10T08:42:00Z"),
        now: at(NOW),
        zone: &zone,
        cycle: 1,
        link: "https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc",
        also,
    };
    feedback(deficit, &about)
}

fn lack(point: Point, found: Option<&str>) -> Lack {
    Lack { point, found: found.map(str::to_owned) }
}

#[test]
fn two_points_are_missing() {
    let lacks = vec![lack(Point::Blocker, Some("none")), lack(Point::RequiredToResolve, None)];
    assert_snapshot!(feedback_to_sam(&Deficit::Points(lacks), &[]).text(), @r#"
    Not with the Shift Lead yet: 2 of 5 points are missing @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ Blocker: says "none". What stops you from resolving it right now?
    ✘ Required to Resolve: not found. What do you need from the Shift Lead or Tech?
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    Blocker: 
    Required to Resolve: 
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    "#);
}

#[test]
fn one_point_is_missing() {
    let text = feedback_to_sam(&Deficit::Points(vec![lack(Point::Issue, None)]), &[]).text();
    assert_snapshot!(text, @r"
    Not with the Shift Lead yet: 1 of 5 points is missing @Sam Okafor
    ✔ Investigated ✔ Action Taken ✔ Blocker ✔ Required to Resolve
    ✘ Issue: not found. What happened, what did the customer expect, and what is the impact?
    Add a new comment with just this line (or edit yours), nothing else to do:
    Issue: 
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    ");
}

#[test]
fn a_lesser_thing_is_said_up_to_the_last_character_of_room() {
    let length = |also: &[String]| feedback_to_sam(&Deficit::NoHeadings, also).length();
    let bare = length(&[]);
    let fits = "x".repeat(LONGEST - bare - 1);
    assert_eq!(length(std::slice::from_ref(&fits)), LONGEST);
    assert_eq!(length(&[format!("{fits}x")]), bare);
}

#[test]
fn there_is_no_comment() {
    let older = Some(at("2026-06-03T10:00:00Z"));
    assert_snapshot!(feedback_to_sam(&Deficit::NoComment { older }, &[no_customer().to_owned()]).text(), @r"
    Not with the Shift Lead yet: no internal comment found @Sam Okafor
    This ticket has no contact or company: please associate one, so that the Shift Lead knows the customer.
    I could not find an internal comment with the five points for this escalation. The last complete comment is from 3 June, before this escalation. Please add one:
    Issue: 
    Investigated: 
    Action Taken: 
    Blocker: 
    Required to Resolve: 
    Checked at 09:42 · escalation #1 · automatic message
    ");
}

#[test]
fn the_story_is_there_without_its_headings() {
    assert_snapshot!(feedback_to_sam(&Deficit::NoHeadings, &[]).text(), @r"
    Not with the Shift Lead yet: the five headings are missing @Sam Okafor
    Your comment has the story but not the five headings. Please put it under them, in a new comment or by editing yours:
    Issue: 
    Investigated: 
    Action Taken: 
    Blocker: 
    Required to Resolve: 
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    ");
}

#[test]
fn the_points_went_to_the_customer() {
    assert_snapshot!(feedback_to_sam(&Deficit::SentToCustomer, &[]).text(), @r"
    Not with the Shift Lead yet: the five points are not in an internal comment @Sam Okafor
    The five points were sent in an e-mail to the customer. Please add them as an internal comment and tell your Shift Lead.
    Issue: 
    Investigated: 
    Action Taken: 
    Blocker: 
    Required to Resolve: 
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    ");
}

#[test]
fn a_shift_lead_must_be_mentioned() {
    let typed = Some("Priya".to_owned());
    assert_snapshot!(feedback_to_sam(&Deficit::NoMention { typed }, &[]).text(), @r"
    Not with the Shift Lead yet: no Shift Lead is mentioned @Sam Okafor
    All five points are there, but @Priya is typed as text, so HubSpot did not notify anyone. Add a comment in which you pick your Shift Lead from the list that opens after @.
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    ");
}

#[test]
fn what_is_immediate_waits_for_no_points_and_they_are_asked_for_all_the_same() {
    let lacks = vec![lack(Point::Blocker, Some("none")), lack(Point::RequiredToResolve, None)];
    assert_snapshot!(feedback_where(Called::AtOnce, &Deficit::Points(lacks), &[]).text(), @r#"
    The Shift Lead is called at once. Please still add 2 of 5 points @Sam Okafor
    ✔ Issue ✔ Investigated ✔ Action Taken
    ✘ Blocker: says "none". What stops you from resolving it right now?
    ✘ Required to Resolve: not found. What do you need from the Shift Lead or Tech?
    Add a new comment with just these two lines (or edit yours), nothing else to do:
    Blocker: 
    Required to Resolve: 
    Checked comment of 09:42 by Sam · escalation #1 · automatic message
    "#);
    let first = |deficit: &Deficit| {
        let text = feedback_where(Called::AtOnce, deficit, &[]).text();
        text.lines().next().unwrap_or_default().trim_end_matches(" @Sam Okafor").to_owned()
    };
    let others = [
        Deficit::NoComment { older: None },
        Deficit::NoHeadings,
        Deficit::SentToCustomer,
        Deficit::NoMention { typed: None },
    ];
    assert_snapshot!(others.each_ref().map(first).join("\n"), @r"
    The Shift Lead is called at once. Please still write an internal comment
    The Shift Lead is called at once. Please still add the five headings
    The Shift Lead is called at once. Please still put the five points into an internal comment
    The Shift Lead is called at once. Please still mention your Shift Lead
    ");
    assert_snapshot!(summary(&Deficit::NoHeadings, Called::AtOnce), @"The Shift Lead is called at once; the comment has none of the five headings.");
}

#[test]
fn another_day_is_named() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let about = |checked_at| Feedback {
        agent: None,
        called: Called::OnceComplete,
        author: None,
        checked_at,
        now: at(NOW),
        zone: &zone,
        cycle: 2,
        link: "#",
        also: &[],
    };
    let said = |checked_at| feedback(&Deficit::NoHeadings, &about(at(checked_at))).text();
    assert!(said("2026-06-09T23:00:00Z").contains("Checked comment of 00:00 by a colleague"));
    assert!(said("2026-06-09T22:59:00Z").contains("Checked comment of 9 June 23:59 by a colleague"));
}

#[test]
fn a_rename_keeps_the_old_name() {
    let renamed = renamed("escalation - A <b> - c", "Escalation - A <b> - c", 1, "#hsj-abc");
    assert_snapshot!(renamed.text(), @r#"
    Ticket renamed to "Escalation - A <b> - c"
    It was "escalation - A <b> - c". Change it back if that was right: it will not be renamed again in this escalation.
    escalation #1 · automatic message
    "#);
}

fn points() -> impl Strategy<Value = Vec<Lack>> {
    let found = proptest::option::of("\\PC{0,60}");
    let lacks = proptest::collection::vec(found, 5);
    (proptest::sample::subsequence(Point::ALL.to_vec(), 1..=5), lacks)
        .prop_map(|(points, found)| points.into_iter().zip(found).map(|(point, found)| Lack { point, found }).collect())
}

fn deficits() -> impl Strategy<Value = Deficit> {
    prop_oneof![
        points().prop_map(Deficit::Points),
        Just(Deficit::NoComment { older: None }),
        Just(Deficit::NoComment { older: Some(Timestamp::UNIX_EPOCH) }),
        Just(Deficit::NoHeadings),
        Just(Deficit::SentToCustomer),
        proptest::option::of("\\PC{0,60}").prop_map(|typed| Deficit::NoMention { typed }),
    ]
}

/// Everything that may stand beside a deficit: our own reminders about names that people chose.
fn reminders() -> impl Strategy<Value = Vec<String>> {
    let name = "\\PC{0,120}".prop_map(|name| better_name(&name));
    let fixed = proptest::sample::select(vec![no_customer(), sent_to_customer(), wrong_name(), no_impact()]);
    proptest::collection::vec(prop_oneof![name, fixed.prop_map(str::to_owned)], 0..6)
}

fn called() -> impl Strategy<Value = Called> {
    proptest::sample::select(vec![Called::OnceComplete, Called::AtOnce])
}

proptest! {
    #[test]
    fn our_own_message_never_passes_for_a_comment(called in called(), deficit in deficits(), also in reminders()) {
        let message = feedback_where(called, &deficit, &also);
        for body in [Body::Html(&message.html()), Body::Text(&message.text())] {
            prop_assert_eq!(read(body, &Labels::shipped()).points(), 0);
        }
    }

    #[test]
    fn a_message_is_short_and_says_that_it_is_automatic(called in called(), deficit in deficits(), also in reminders()) {
        let text = feedback_where(called, &deficit, &also).text();
        prop_assert!(text.chars().count() <= LONGEST, "{} characters", text.chars().count());
        let begins = match called {
            Called::OnceComplete => "Not with the Shift Lead yet: ",
            Called::AtOnce => "The Shift Lead is called at once. Please still ",
        };
        prop_assert!(text.starts_with(begins));
        prop_assert!(text.ends_with("automatic message"));
    }
}
