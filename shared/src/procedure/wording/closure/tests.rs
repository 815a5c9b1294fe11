//! The sentences word for word, and what holds for all of them.

use insta::assert_snapshot;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::super::closure::{But, Since, Unread, Untold};
use super::super::super::comment::{Body, Labels, OPEN_MARK, read};
use super::super::super::message::Span;
use super::super::LONGEST;
use super::*;

const LINK: &str = "https://app.hubspot.com/contacts/1/record/0-5/42#hsj-abc";
const DAYS: SignedDuration = SignedDuration::from_hours(60);
const THREE_HOURS: SignedDuration = SignedDuration::from_mins(185);

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn london() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

/// A quarter to twelve in London; Dana answered at 10:12, TECH-123 was done at 11:30.
fn scene(zone: &TimeZone) -> Scene<'_> {
    Scene { cycle: 1, lead: Some("Dana"), issue: Some("TECH-123"), now: at("2026-06-10T10:45:00Z"), zone }
}

fn answered() -> Option<Since> {
    Some(Since::Review(at("2026-06-10T09:12:00Z")))
}

fn not_told(since: Option<Since>, but: Option<But>) -> Missing {
    Missing::NotCommunicated(Untold { since, but })
}

fn person_named(name: &str) -> Span {
    let (name, email) = (name.to_owned(), "sam@example.com".to_owned());
    Span::Mention { user_id: 7, name, email, slack: Some("U0SAM0001".to_owned()) }
}

fn sam() -> Option<Span> {
    Some(person_named("Sam Okafor"))
}

fn evidence(by: Route, what: What) -> Evidence {
    Evidence { at: at("2026-06-10T10:00:00Z"), by, what }
}

/// The whole comment that goes on the ticket.
fn comment(message: Message) -> String {
    lane::told(sam(), message, 1, LINK).text()
}

#[test]
fn the_agent_reads_that_one_thing_is_missing() {
    let zone = london();
    assert_snapshot!(comment(reopened(&[not_told(answered(), None)], &scene(&zone))), @r#"
    Reopened: one thing is missing.
    ✔ Escalation Type cleared ✔ Closed
    ✘ customer not told: no outgoing message since Dana's answer (10:12). Send the reply, or set "Resolution communicated?" if you told them by phone.
    Then close the ticket again.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    assert_snapshot!(comment(reopened(&[Missing::TypeNotCleared], &scene(&zone))), @r"
    Reopened: one thing is missing.
    ✔ Customer told ✔ Closed
    ✘ Escalation Type still set. Clear it if the escalation is over.
    Then close the ticket again.
    @Sam Okafor · escalation #1 · automatic message
    ");
}

#[test]
fn the_agent_reads_that_two_things_are_missing() {
    let zone = london();
    let missing = [not_told(None, None), Missing::TypeNotCleared];
    assert_snapshot!(comment(reopened(&missing, &scene(&zone))), @r#"
    Reopened: two things are missing.
    ✔ Closed
    ✘ customer not told: no Shift Lead has answered yet. Ask for the answer, or set "Resolution communicated?" if they were told.
    ✘ Escalation Type still set. Clear it if the escalation is over.
    Then close the ticket again.
    @Sam Okafor · escalation #1 · automatic message
    "#);
}

#[test]
fn the_agent_reads_that_three_things_are_missing() {
    let zone = london();
    let done = Some(Since::JiraDone(at("2026-06-10T10:30:00Z")));
    let missing = [not_told(done, None), Missing::TypeNotCleared, Missing::NotClosed];
    assert_snapshot!(comment(reopened(&missing, &scene(&zone))), @r#"
    Reopened: three things are missing.
    ✘ customer not told: no outgoing message since TECH-123 was done (11:30). Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ Escalation Type still set. Clear it if the escalation is over.
    ✘ ticket still open. Move it to a closed stage.
    @Sam Okafor · escalation #1 · automatic message
    "#);
}

#[test]
fn what_does_not_count_is_said_with_its_time() {
    let zone = london();
    let buts = [
        But::NoReason,
        But::Automatic(at("2026-06-10T09:20:00Z")),
        But::Undelivered(at("2026-06-10T09:20:00Z")),
        But::NotConnected(at("2026-06-09T09:20:00Z")),
        But::NoOutcome(at("2026-06-09T09:20:00Z")),
        But::Unreadable(Unread::Conversations),
        But::EarlierWord,
    ];
    let line = |but, scene: &Scene<'_>| {
        let spans = lacking(not_told(answered(), Some(but)), scene);
        spans.iter().map(Span::text).collect::<String>()
    };
    let unknown = Scene { lead: None, issue: None, ..scene(&zone) };
    let mut lines: Vec<_> = buts.into_iter().map(|it| line(it, &unknown)).collect();
    let done = Some(Since::JiraDone(at("2026-06-10T10:30:00Z")));
    lines.push(Message::of(lacking(not_told(done, None), &unknown)).text());
    assert_snapshot!(lines.join("\n"), @r#"
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). "Customer unreachable" counts with a reason in "Why the customer was not reached": when and how was it tried? Write it there, or send the reply.
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). The message of 10:20 was automatic. Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). The message of 10:20 was not delivered. Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). The call of 9 June 10:20 did not connect. Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). The call of 9 June 10:20 has no outcome: choose it if you spoke with them. Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ customer not told: I may not read this ticket's conversations, so I cannot see it. If they were told, set "Resolution communicated?".
    ✘ customer not told: no outgoing message since the Shift Lead's answer (10:12). "Resolution communicated?" is from an earlier escalation: empty it and set it again. Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ customer not told: no outgoing message since the Jira issue was done (11:30). Send the reply, or set "Resolution communicated?" if you told them by phone.
    "#);
}

#[test]
fn a_ticket_that_stays_closed_says_why() {
    let zone = london();
    let missing = [not_told(answered(), None), Missing::TypeNotCleared];
    assert_snapshot!(comment(flagged(Why::Policy, &missing, &scene(&zone))), @r#"
    Closed, but not resolved: two things are missing.
    ✔ Closed
    ✘ customer not told: no outgoing message since Dana's answer (10:12). Send the reply, or set "Resolution communicated?" if you told them by phone.
    ✘ Escalation Type still set. Clear it if the escalation is over.
    It stays closed, under an audit mark until this is done.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    let others = [Why::OpenedBefore, Why::ClosedByMachineAgain, Why::Refused, Why::Unreadable, Why::NoStage];
    assert_snapshot!(others.map(stays_closed).join("\n"), @r"
    I reopened it once, so now it stays closed, under an audit mark until this is done.
    An automation closed it after I had reopened it, so it stays closed, under an audit mark until this is done. The administrator is told.
    HubSpot did not let me reopen it, so it stays closed, under an audit mark until this is done.
    As I may not read everything, it stays closed, under an audit mark until this is done. The administrator is told.
    I do not know an open stage to go back to, so it stays closed, under an audit mark until this is done.
    ");
}

#[test]
fn what_hubspot_refuses_is_said_with_who_can() {
    let zone = london();
    let cause = Refusal::Properties(&["Root cause"]);
    assert_snapshot!(comment(refused(cause, &[Missing::TypeNotCleared], &scene(&zone))), @r#"
    Closed, but not resolved: one thing is missing. HubSpot did not let me reopen it.
    ✔ Customer told ✔ Closed
    ✘ Escalation Type still set. Clear it if the escalation is over.
    The stage wants "Root cause" filled in. Please fill that in and reopen it yourself, or do what is missing.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    let others =
        [Refusal::Permission, Refusal::Properties(&["A", "B", "C", "D"]), Refusal::Other("Stage <4> is locked")];
    assert_snapshot!(others.map(who_can).join("\n"), @r#"
    The app may not move it to that stage. Please reopen it yourself, or do what is missing; the administrator is told.
    The stage wants "A", "B", "C", … filled in. Please fill that in and reopen it yourself, or do what is missing.
    It says: "Stage <4> is locked". Please reopen it yourself, or do what is missing; the administrator is told.
    "#);
}

#[test]
fn the_end_is_short() {
    let by_agent = evidence(Route::Agent, What::Message);
    assert_snapshot!(comment(resolved(1, THREE_HOURS, &by_agent)), @r"
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    @Sam Okafor · escalation #1 · automatic message
    ");
    let by_lead = evidence(Route::ShiftLead, What::Call);
    assert_snapshot!(resolved(2, DAYS, &by_lead).text(), @"Escalation #2 resolved in 60 h 00 min (business time). Option B. Thank you.");
    let words = Answer::ALL.map(|it| resolved(1, THREE_HOURS, &evidence(Route::Agent, What::Word(it))).text());
    assert_snapshot!(words.join("\n"), @r"
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Confirmed by the agent: told by e-mail.
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Confirmed by the agent: told by phone.
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Confirmed by the agent: told by SMS.
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Confirmed by the agent: told in another way.
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Confirmed by the agent: customer unreachable.
    ");
    let word = resolved(1, THREE_HOURS, &evidence(Route::ShiftLead, What::Word(Answer::Phone)));
    assert!(word.text().ends_with("Confirmed by the Shift Lead: told by phone."));
}

#[test]
fn time_is_told_in_full_minutes() {
    let said = |seconds| hours(SignedDuration::from_secs(seconds));
    assert_eq!([said(-60), said(59), said(60), said(3599)], ["0 min", "0 min", "1 min", "59 min"]);
    assert_eq!([said(3600), said(11_100), said(86_400)], ["1 h 00 min", "3 h 05 min", "24 h 00 min"]);
}

#[test]
fn what_is_still_to_come_is_told_without_haste() {
    let zone = london();
    let until = at("2026-06-10T10:50:00Z");
    assert_snapshot!(comment(waiting(until, &[not_told(answered(), None)], &scene(&zone))), @r#"
    Not resolved yet: one thing is missing. I look again at 11:50.
    ✔ Escalation Type cleared ✔ Closed
    ✘ customer not told: no outgoing message since Dana's answer (10:12). Send the reply, or set "Resolution communicated?" if you told them by phone.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    assert_snapshot!(comment(jira_still_open("TECH-123", "In Progress")), @r#"
    TECH-123 is still open ("In Progress"). That keeps nothing from being closed; if the customer waits for it, please tell them when it is done.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    let cleared_at = at("2026-06-09T09:00:00Z");
    let missing = [not_told(answered(), None), Missing::NotClosed];
    assert_snapshot!(comment(cleared_but_open(cleared_at, &missing, &scene(&zone))), @r#"
    Still open: please close the ticket, or escalate it again. Escalation Type was cleared (9 June 10:00).
    ✘ customer not told: no outgoing message since Dana's answer (10:12). Send the reply, or set "Resolution communicated?" if you told them by phone.
    @Sam Okafor · escalation #1 · automatic message
    "#);
    assert_snapshot!(cleared_but_open(cleared_at, &[Missing::NotClosed], &scene(&zone)).text(), @"Still open: please close the ticket, or escalate it again. Escalation Type was cleared (9 June 10:00).");
}

#[test]
fn the_thread_says_it_in_a_line() {
    let zone = london();
    let missing = [not_told(answered(), None), Missing::TypeNotCleared];
    let lines = [
        thread::reopened(sam(), &missing),
        thread::reopened(None, &missing),
        thread::flagged(sam(), Why::Policy, &missing),
        thread::flagged(None, Why::OpenedBefore, &missing[..1]),
        thread::flagged(None, Why::ClosedByMachineAgain, &missing[..1]),
        thread::flagged(None, Why::Refused, &missing[..1]),
        thread::flagged(None, Why::Unreadable, &missing[..1]),
        thread::flagged(None, Why::NoStage, &missing[..1]),
        thread::refused(sam(), Refusal::Permission, &missing[..1]),
        thread::refused(None, Refusal::Properties(&["Root cause"]), &missing[..1]),
        thread::refused(None, Refusal::Other("locked"), &missing[..1]),
        thread::resolved(THREE_HOURS, &evidence(Route::Agent, What::Message)),
        thread::resolved(THREE_HOURS, &evidence(Route::ShiftLead, What::Word(Answer::Phone))),
        thread::waiting(at("2026-06-10T10:50:00Z"), &missing[..1], &scene(&zone)),
        thread::jira_still_open("TECH-123", "In Progress"),
        thread::cleared_but_open(sam(), at("2026-06-09T09:00:00Z"), &scene(&zone)),
        thread::exempt(),
    ];
    assert_snapshot!(lines.map(|it| it.text()).join("\n"), @r#"
    @Sam Okafor Reopened: customer not told, Escalation Type still set.
    Reopened: customer not told, Escalation Type still set.
    @Sam Okafor Closed, but not resolved: customer not told, Escalation Type still set.
    Closed, but not resolved: customer not told. Reopened once before.
    Closed, but not resolved: customer not told. An automation closed it again.
    Closed, but not resolved: customer not told. HubSpot did not let me reopen it.
    Closed, but not resolved: customer not told. The app may not read everything.
    Closed, but not resolved: customer not told. No open stage to go back to is known.
    @Sam Okafor Closed, but not resolved: customer not told. HubSpot did not let me reopen it: the app may not.
    Closed, but not resolved: customer not told. HubSpot did not let me reopen it: the stage wants properties filled in.
    Closed, but not resolved: customer not told. HubSpot did not let me reopen it: the reason is on the ticket.
    Resolved in 3 h 05 min (business time). Option A.
    Resolved in 3 h 05 min (business time). Option B. Confirmed by the Shift Lead.
    Not resolved yet: customer not told. Looked at again at 11:50.
    TECH-123 is still open ("In Progress").
    @Sam Okafor Still open: Escalation Type was cleared (9 June 10:00). Please close the ticket.
    Closed without a resolution (spam, duplicate).
    "#);
}

#[test]
fn the_action_says_what_it_did() {
    let zone = london();
    let missing = || vec![not_told(answered(), None), Missing::TypeNotCleared];
    let time = at("2026-06-10T10:50:00Z");
    let verdicts = [
        Verdict::Resolved { evidence: evidence(Route::Agent, What::Message), at: time },
        Verdict::Wait { until: time, missing: missing() },
        Verdict::Revert { to: "us", missing: missing() },
        Verdict::Flag { why: Why::Policy, missing: missing() },
        Verdict::Deescalated { at: time, missing: missing() },
        Verdict::Open { idle_since: None, missing: vec![Missing::TypeNotCleared, Missing::NotClosed] },
        Verdict::Exempt,
        Verdict::Ended(State::Resolved),
        Verdict::Ended(State::Merged),
        Verdict::Ended(State::Gone),
    ];
    assert_snapshot!(verdicts.map(|it| said(&it, THREE_HOURS, &scene(&zone))).join("\n"), @r#"
    Escalation #1 resolved in 3 h 05 min (business time). Option A. Thank you.
    Not resolved yet: customer not told, Escalation Type still set. Checked again at 11:50.
    Reopened: customer not told, Escalation Type still set.
    Closed, but not resolved: customer not told, Escalation Type still set. It stays closed, under an audit mark until this is done.
    De-escalated: Escalation Type was cleared while the ticket is open, so it left its lane. Please say in one line why, in "Why de-escalated".
    Still being worked on: Escalation Type still set, ticket still open.
    Closed without a resolution (spam, duplicate): nothing to check.
    Escalation #1 was resolved before: nothing to do.
    The ticket was merged into another, which goes on with its escalation.
    The ticket is deleted: nothing to do.
    "#);
}

#[test]
fn an_administrator_reads_what_to_do() {
    let lines = [
        closed_by_machine("42"),
        may_not_open("42", Refusal::Permission),
        may_not_open("42", Refusal::Properties(&["Root cause"])),
        may_not_open("42", Refusal::Other("locked")),
        may_not_read("42", &[Unread::Conversations]),
        may_not_read("42", &[Unread::Calls, Unread::Emails, Unread::TextMessages]),
    ];
    assert_snapshot!(lines.join("\n"), @r"
    An automation closed ticket 42 again after it was reopened because its escalation is not resolved. It stays closed now, under an audit mark. Let that automation leave out tickets whose Escalation State is an open one.
    Ticket 42 was closed before its escalation was resolved and could not be reopened; the app may not write to that stage: correct who may edit it, in the pipeline's settings.
    Ticket 42 was closed before its escalation was resolved and could not be reopened; the stage to go back to requires properties: make them optional there.
    Ticket 42 was closed before its escalation was resolved and could not be reopened; HubSpot refused it: the reason is in the comment on the ticket.
    Whether the customer of ticket 42 was told cannot be read: the app may not read conversations. The ticket stays closed, under an audit mark. Give the app the scope conversations.read.
    Whether the customer of ticket 42 was told cannot be read: the app may not read calls, e-mails, text messages. The ticket stays closed, under an audit mark. Give the app the scope crm.objects.contacts.read.
    ");
}

fn name() -> impl Strategy<Value = String> {
    let hostile = ["<!channel>", "<b>Issue: it is down</b>", "Blocker: none & @here", "Issue: a\nBlocker: b"];
    prop_oneof!["\\PC{0,120}", select(hostile.to_vec()).prop_map(str::to_owned)]
}

fn lacks() -> impl Strategy<Value = Vec<Missing>> {
    let far = at("2026-11-29T12:58:00Z");
    let since = select(vec![None, Some(Since::Review(far)), Some(Since::JiraDone(far))]);
    let buts = [
        But::NoReason,
        But::Automatic(far),
        But::Undelivered(far),
        But::NotConnected(far),
        But::NoOutcome(far),
        But::Unreadable(Unread::TextMessages),
        But::EarlierWord,
    ];
    let but = proptest::option::of(select(buts.to_vec()));
    let untold = (since, but).prop_map(|(since, but)| not_told(since, but));
    let all = untold.prop_map(|it| vec![it, Missing::TypeNotCleared, Missing::NotClosed]);
    all.prop_flat_map(|it| proptest::sample::subsequence(it, 1..=3))
}

/// Every message that goes on a ticket.
fn all(missing: &[Missing], names: &[String], answer: Answer, scene: &Scene<'_>) -> Vec<Message> {
    let far = at("2026-11-30T12:58:00Z");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut all = vec![
        reopened(missing, scene),
        refused(Refusal::Permission, missing, scene),
        refused(Refusal::Properties(&names), missing, scene),
        refused(Refusal::Other(names[0]), missing, scene),
        waiting(far, missing, scene),
        cleared_but_open(far, missing, scene),
        jira_still_open(names[0], names[1]),
        resolved(u32::MAX, SignedDuration::MAX, &evidence(Route::ShiftLead, What::Word(answer))),
    ];
    let why = [Why::Policy, Why::OpenedBefore, Why::ClosedByMachineAgain, Why::Refused, Why::Unreadable, Why::NoStage];
    all.extend(why.map(|it| flagged(it, missing, scene)));
    all
}

proptest! {
    #[test]
    fn a_comment_is_short_signed_and_never_passes_for_the_agents(
        missing in lacks(), agent in name(), lead in name(), issue in name(),
        names in proptest::collection::vec(name(), 2..6), answer in select(Answer::ALL.to_vec()),
    ) {
        let zone = london();
        let scene = Scene { lead: Some(&lead), issue: Some(&issue), ..scene(&zone) };
        for message in all(&missing, &names, answer, &scene) {
            let message = lane::told(Some(person_named(&agent)), message, u32::MAX, LINK);
            prop_assert!(message.length() < LONGEST, "{} characters: {}", message.length(), message.text());
            prop_assert!(message.text().ends_with("automatic message"));
            for body in [Body::Html(&message.html()), Body::Text(&message.text())] {
                prop_assert!(read(body, &Labels::shipped()).points() < 5);
            }
        }
    }

    #[test]
    fn what_is_missing_is_named_and_what_holds_is_ticked(missing in lacks()) {
        let zone = london();
        let text = reopened(&missing, &scene(&zone)).text();
        prop_assert_eq!(text.matches(OPEN_MARK).count(), missing.len());
        prop_assert_eq!(text.matches('✔').count(), 3 - missing.len());
    }

    #[test]
    fn what_the_action_says_is_one_line(missing in lacks()) {
        let zone = london();
        let verdicts = [
            Verdict::Wait { until: Timestamp::UNIX_EPOCH, missing: missing.clone() },
            Verdict::Revert { to: "us", missing: missing.clone() },
            Verdict::Flag { why: Why::ClosedByMachineAgain, missing: missing.clone() },
            Verdict::Open { idle_since: None, missing },
        ];
        for verdict in verdicts {
            let said = said(&verdict, DAYS, &scene(&zone));
            prop_assert!(!said.contains('\n') && said.ends_with('.'), "{said}");
        }
    }
}
