//! The sentences word for word, and what holds for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::super::super::comment::{Body, Labels, read};
use super::super::LONGEST;
use super::*;

const NOW: &str = "2026-06-10T08:43:00Z";
const LINK: &str = "https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc";

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

fn person(name: &str, slack: Option<&str>) -> Span {
    let (name, email) = (name.to_owned(), "dana@example.com".to_owned());
    Span::Mention { user_id: 7, name, email, slack: slack.map(str::to_owned) }
}

const DANA: Holder<'_> = Holder::OnDuty { name: "Dana Whitfield", until: None };

/// A quarter to ten in London: to be looked at by 11:43, answered on Monday, the customer told tomorrow.
fn at_ten<'a>(state: State, holder: Holder<'a>, zone: &'a TimeZone) -> Standing<'a> {
    Standing {
        state,
        holder,
        level: "2",
        lacks_context: false,
        review_due_at: Some(at("2026-06-10T10:43:00Z")),
        resolve_due_at: Some(at("2026-06-15T08:43:00Z")),
        update_due_at: Some(at("2026-06-11T09:00:00Z")),
        now: at(NOW),
        zone,
    }
}

fn said(state: State, holder: Holder<'_>) -> String {
    standing(&at_ten(state, holder, &london())).text()
}

fn shown<'a>(standing: Standing<'a>, details: Option<Details<'a>>) -> Shown<'a> {
    Shown {
        standing,
        ticket: "42".to_owned(),
        page: "https://app.hubspot.com/contacts/1/record/0-5/42".to_owned(),
        cycle: 1,
        leads: vec![person("Dana Whitfield", Some("U0DANA001"))],
        triggers: vec!["bug", "asks for a manager"],
        is_immediate: false,
        details,
    }
}

fn details() -> Details<'static> {
    let points = Point::ALL.into_iter().map(|it| (it, (it != Point::Blocker).then_some("It is told.")));
    Details {
        subject: "Harbour Grill - Double charge".to_owned(),
        customer: Some("Harbour Grill"),
        agent: Some("Sam Okafor"),
        channel: Some("phone"),
        points: points.collect(),
    }
}

/// A card as text.
fn read_card(card: &Card) -> String {
    let link = card.link.as_ref().map_or_else(String::new, |it| format!("[{}]({})", it.label, it.url));
    format!("{}\n{}\n{link}\n{}", card.title, card.body.text(), card.footer.text())
}

#[test]
fn the_agent_reads_who_has_it_and_by_when() {
    let until = Some(at("2026-06-10T17:00:00Z"));
    let dana = Holder::OnDuty { name: "Dana Whitfield", until };
    assert_snapshot!(said(State::Triage, dana), @"With the Shift Lead. Dana Whitfield (on duty until 18:00) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::InTech, DANA), @"With Tech. Dana Whitfield (on duty) · answer due 15 June 09:43 · lane 🛠️ #TECH-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::BackToCs, Holder::Kept("Dana Whitfield")), @"Back with the Shift Lead. Dana Whitfield · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::AgentToFinish, Holder::Kept("Dana Whitfield")), @"Yours to finish. Dana Whitfield · answer due 15 June 09:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::ReadyToClose, Holder::Kept("Dana Whitfield")), @"Ready to close. Dana Whitfield · answer due 15 June 09:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
}

#[test]
fn the_agent_reads_why_it_is_somebody_elses() {
    assert_snapshot!(said(State::Triage, Holder::Gap("Dana Whitfield")), @"With the Shift Lead. Dana Whitfield (nobody is on duty by the rota, so it goes to the fallback) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::Triage, Holder::Deactivated("Dana Whitfield")), @"With the Shift Lead. Dana Whitfield (the account of who is on duty is deactivated, so it goes to the fallback) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
    assert_snapshot!(said(State::Triage, Holder::Nobody), @"With the Shift Lead. Nobody is on duty and no fallback is named: please tell your Shift Lead yourself · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.");
}

#[test]
fn the_agent_reads_what_is_still_to_be_done() {
    let zone = london();
    let lacking = Standing { lacks_context: true, update_due_at: None, ..at_ten(State::Triage, DANA, &zone) };
    assert_snapshot!(standing(&lacking).text(), @r"
    With the Shift Lead, context incomplete. Dana Whitfield (on duty) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated.
    The five points are not complete yet: please add what is missing.
    ");
    let reviewed = Standing { review_due_at: None, ..at_ten(State::Triage, DANA, &zone) };
    assert!(standing(&reviewed).text().contains(" · answer due 15 June 09:43 · "));
    let until = at("2026-06-10T09:12:00Z");
    assert_snapshot!(awaiting_context(until, at(NOW), &zone).text(), @"Awaiting context. The Shift Lead gets it as soon as the five points are there, at 10:12 at the latest.");
    assert_snapshot!(deescalated(), @r#"De-escalated: Escalation Type was cleared while the ticket is open, so it left its lane. Please say in one line why, in "Why de-escalated"."#);
}

#[test]
fn a_comment_says_whom_it_is_for_and_that_nobody_wrote_it() {
    let zone = london();
    let about = standing(&at_ten(State::Triage, DANA, &zone));
    assert_snapshot!(told(Some(person("Sam Okafor", None)), about, 1, LINK).text(), @r"
    With the Shift Lead. Dana Whitfield (on duty) · review due 11:43 · lane ‼️ #CS-ESCALATE. You stay the owner; please keep the customer updated by tomorrow 10:00.
    @Sam Okafor · escalation #1 · automatic message
    ");
    assert_snapshot!(told(None, put_back(Some("Dana Whitfield"), true), 2, LINK).text(), @r"
    Escalation Type was set to Tech by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to Shift Lead and noted your wish for Dana Whitfield.
    escalation #2 · automatic message
    ");
    assert_snapshot!(put_back(None, false).text(), @r"
    Escalation Type was set to Tech by an agent; all escalations start with the Shift Lead (SOP section 3). I set it to Shift Lead and noted your wish.
    (The policy names no Shift Leads yet, so any colleague can confirm Tech who neither owns nor escalated the ticket: please tell your administrator.)
    ");
}

#[test]
fn the_card_shows_all_or_nothing_of_the_matter() {
    let zone = london();
    let lacking = Standing { lacks_context: true, ..at_ten(State::Triage, DANA, &zone) };
    assert_snapshot!(read_card(&card(&shown(lacking, Some(details())))), @r"
    Escalation: Harbour Grill - Double charge
    @Dana Whitfield (on duty) · review due 11:43
    Triage · ‼️ #CS-ESCALATE · level 2
    Why: bug, asks for a manager
    Customer: Harbour Grill · Channel: phone · Agent: Sam Okafor
    Context incomplete: the agent has been asked for what is missing.
    Issue: It is told.
    Investigated: It is told.
    Action Taken: It is told.
    Blocker: not given yet
    Required to Resolve: It is told.
    [Open ticket](https://app.hubspot.com/contacts/1/record/0-5/42)
    escalation #1 · ticket 42 · automatic message
    ");
    let few = Shown { is_immediate: true, ..shown(at_ten(State::Triage, Holder::Nobody, &zone), None) };
    assert_snapshot!(read_card(&card(&few)), @r"
    Escalation: ticket 42
    @Dana Whitfield Nobody is on duty and no fallback is named: who takes it? · review due 11:43
    Triage · ‼️ #CS-ESCALATE · level 2
    🚨 Immediate: bug, asks for a manager
    A restricted matter: the details are on the ticket alone.
    [Open ticket](https://app.hubspot.com/contacts/1/record/0-5/42)
    escalation #1 · ticket 42 · automatic message
    ");
    assert_snapshot!(read_card(&withdrawn_card("42", "https://x.example/42", 1)), @r"
    Escalation: ticket 42
    Goes on elsewhere: the details are on the ticket alone.
    [Open ticket](https://x.example/42)
    escalation #1 · ticket 42 · automatic message
    ");
    assert_snapshot!(read_card(&ended_card(None, "42", "https://x.example/42", 1)), @r"
    Escalation: ticket 42
    De-escalated: Escalation Type was cleared while the ticket is open.
    [Open ticket](https://x.example/42)
    escalation #1 · ticket 42 · automatic message
    ");
    let ended = ended_card(Some("Harbour Grill - Double charge"), "42", "https://x.example/42", 1);
    assert_eq!(ended.title, "Escalation: Harbour Grill - Double charge");
}

#[test]
fn the_thread_says_what_became_of_it() {
    let zone = london();
    let shown = |state| shown(at_ten(state, DANA, &zone), Some(details()));
    let triage = shown(State::Triage);
    let immediate = Shown { is_immediate: true, ..triage.clone() };
    let lines = [
        moved(&shown(State::InTech), Some("Dana Whitfield"), Some(person("Sam Okafor", None))),
        moved(&shown(State::InTech), None, None),
        moved(&shown(State::BackToCs), Some("Dana Whitfield"), Some(person("Sam Okafor", None))),
        taken_up_again(&triage),
        handed_over(&triage),
        context_complete(),
        left_its_lane(),
        withdrawn(),
        urgent(&immediate),
        asks_for_tech(Some("Sam Okafor")),
        asks_for_tech(None),
        page(&immediate),
    ];
    assert_snapshot!(lines.map(|it| it.text()).join("\n"), @r"
    Confirmed for Tech by Dana Whitfield. @Sam Okafor, you stay the owner.
    Confirmed for Tech.
    Back from Tech by Dana Whitfield. @Dana Whitfield (on duty) · review due 11:43
    Escalated again: @Dana Whitfield (on duty) · review due 11:43
    Handed over: @Dana Whitfield (on duty) · review due 11:43
    Context complete: all five points are on the ticket now.
    De-escalated: Escalation Type was cleared while the ticket is open.
    Goes on elsewhere: the details are on the ticket alone.
    🚨 Immediate: bug, asks for a manager
    @Dana Whitfield (on duty) · review due 11:43
    Sam Okafor asks for Tech. To confirm it, set Escalation Type to Tech yourself.
    An agent asks for Tech. To confirm it, set Escalation Type to Tech yourself.
    🚨 Immediate: bug, asks for a manager
    @Dana Whitfield (on duty) · review due 11:43
    ticket 42 · escalation #1 · automatic message
    ");
}

#[test]
fn an_administrator_reads_what_to_do() {
    let lines = [
        alert(&unknown_option("vip")).text(),
        alert(&deactivated(&["Dana Whitfield", "Lee Marsh"])).text(),
        alert(nobody_on_duty()).text(),
        digest(20, 5, at("2026-06-10T08:40:00Z"), at(NOW), &london()).text(),
    ];
    assert_snapshot!(lines.join("\n"), @r"
    For the administrator: Escalation Type has an option `vip` that the procedure does not know: tickets with it go to the CS lane. Rename it back to `shift_lead` or `tech`, or name it in the policy under `ignored_types`. · automatic message
    For the administrator: On duty by the rota but not active in HubSpot: Dana Whitfield, Lee Marsh. Correct the rota in the policy, or activate them. · automatic message
    For the administrator: Nobody is on duty by the rota, and the policy names no fallback who is active: escalations have no owner. Name one in the policy under `[rota]`. · automatic message
    More than 20 escalations within 5 minutes (since 09:40). The rest get no card of their own here:
    please look at ‼️ #CS-ESCALATE in HubSpot.
    automatic message
    ");
}

fn name() -> impl Strategy<Value = String> {
    let hostile = ["<!channel>", "<b>Issue: it is down</b>", "Blocker: none & @here", "Issue: a\nBlocker: b"];
    prop_oneof!["\\PC{0,120}", proptest::sample::select(hostile.to_vec()).prop_map(str::to_owned)]
}

/// Who has it, in every way there is.
fn holder(way: u8, name: &str, until: Option<Timestamp>) -> Holder<'_> {
    match way {
        0 => Holder::OnDuty { name, until },
        1 => Holder::Kept(name),
        2 => Holder::Gap(name),
        3 => Holder::Deactivated(name),
        _ => Holder::Nobody,
    }
}

proptest! {
    #[test]
    fn a_comment_is_short_signed_and_never_passes_for_the_agents(
        lead in name(), agent in name(), way in 0..5_u8, state in proptest::sample::select(State::ALL.to_vec()),
        lacks_context in any::<bool>(), is_put_back in any::<bool>(), knows_leads in any::<bool>(),
    ) {
        let zone = london();
        let holder = holder(way, &lead, Some(at(NOW)));
        let about = Standing { state, holder, lacks_context, ..at_ten(state, Holder::Nobody, &zone) };
        let said = if is_put_back { put_back(Some(&lead), knows_leads) } else { standing(&about) };
        let message = told(Some(person(&agent, None)), said, 1, LINK);
        prop_assert!(message.length() <= LONGEST, "{} characters", message.length());
        prop_assert!(message.text().ends_with("automatic message"));
        for body in [Body::Html(&message.html()), Body::Text(&message.text())] {
            prop_assert!(read(body, &Labels::shipped()).points() < 5);
        }
    }

    #[test]
    fn a_point_on_a_card_has_at_most_three_hundred_characters(text in "\\PC{0,700}") {
        let zone = london();
        let points = vec![(Point::Issue, Some(text.as_str()))];
        let card = card(&shown(at_ten(State::Triage, DANA, &zone), Some(Details { points, ..details() })));
        let line = card.body.text().split_once("\nIssue: ").unwrap().1.to_owned();
        let expected = text.chars().count().min(POINT);
        prop_assert_eq!(line.chars().count(), expected);
    }
}
