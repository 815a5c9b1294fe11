//! The criteria in all their combinations, both sides of every boundary, and what always holds.

mod boundaries;
mod properties;

use super::*;

fn at(time: &str) -> Timestamp {
    format!("2026-06-10T{time}:00Z").parse().unwrap_or_else(|_| format!("2026-06-10T{time}Z").parse().unwrap())
}

const REVERT: Rules = Rules { grace: SignedDuration::from_mins(10), mode: Mode::Revert };
const FLAG: Rules = Rules { mode: Mode::Flag, ..REVERT };

/// Begun at nine, reviewed at 10:12, judged at one; nobody told, Escalation Type set, the ticket open.
fn begun() -> Facts<'static> {
    Facts {
        state: Some(State::AgentToFinish),
        started_at: at("09:00"),
        reviewed_at: Some(at("10:12")),
        jira_done_at: None,
        messages: &[],
        calls: &[],
        unread: &[],
        word: None,
        type_cleared_at: None,
        stage: Stage::Open,
        open_stage: Some("us"),
        attempt: None,
        now: at("13:00"),
    }
}

/// Cleared at 11:20 and closed at 11:30, and nobody told.
fn untold() -> Facts<'static> {
    Facts { type_cleared_at: Some(at("11:20")), stage: closed_by(Actor::Agent, "11:30"), ..begun() }
}

fn closed_by(by: Actor, time: &str) -> Stage {
    Stage::Closed { at: at(time), by }
}

fn sent(by: Actor, time: &str) -> Sent {
    Sent { at: at(time), by, audience: Audience::Public, is_auto_reply: false, is_failed: false }
}

fn called(by: Actor, time: &str) -> Call {
    Call { at: at(time), by, outcome: CallOutcome::Connected }
}

fn said(answer: Answer, by: Actor, time: &str) -> Word<'static> {
    Word { answer, reason: "", by, at: at(time) }
}

/// A verdict in a few words.
fn short(verdict: &Verdict<'_>) -> String {
    let missing = verdict.missing().iter().map(|it| it.name()).collect::<Vec<_>>().join(" ");
    let time = |at: Timestamp| at.strftime("%H:%M").to_string();
    let head = match verdict {
        Verdict::Resolved { evidence, at } => {
            format!("resolved {} at {}, {:?}", evidence.by.name(), time(*at), evidence.what)
        }
        Verdict::Wait { until, .. } => format!("wait until {}:", time(*until)),
        Verdict::Revert { to, .. } => format!("revert to {to}:"),
        Verdict::Flag { why: Why::Policy, .. } => "flag:".to_owned(),
        Verdict::Flag { why, .. } => format!("flag, {why:?}:"),
        Verdict::Deescalated { at, .. } => format!("de-escalated at {}:", time(*at)),
        Verdict::Open { .. } => "open:".to_owned(),
        Verdict::Exempt => "exempt".to_owned(),
        Verdict::Ended(state) => format!("ended {}", state.name()),
    };
    format!("{head} {missing}").trim().to_owned()
}

#[track_caller]
fn check(facts: &Facts<'_>, expected: &str) {
    assert_eq!(short(&judge(facts, &REVERT)), expected);
}

/// What holds, the option under which it is done, the mode, and the verdict.
const TABLE: &str = "
    told cleared closed   A  revert  resolved A at 11:30, Message
    told cleared closed   A  flag    resolved A at 11:30, Message
    told cleared closed   B  revert  resolved B at 11:30, Message
    told cleared closed   B  flag    resolved B at 11:30, Message
    told cleared -        A  revert  de-escalated at 11:20: not_closed
    told cleared -        A  flag    de-escalated at 11:20: not_closed
    told cleared -        B  revert  de-escalated at 11:20: not_closed
    told cleared -        B  flag    de-escalated at 11:20: not_closed
    told -       closed   A  revert  revert to us: type_not_cleared
    told -       closed   A  flag    flag: type_not_cleared
    told -       closed   B  revert  revert to us: type_not_cleared
    told -       closed   B  flag    flag: type_not_cleared
    told -       -        A  revert  open: type_not_cleared not_closed
    told -       -        A  flag    open: type_not_cleared not_closed
    told -       -        B  revert  open: type_not_cleared not_closed
    told -       -        B  flag    open: type_not_cleared not_closed
    -    cleared closed   A  revert  revert to us: not_communicated
    -    cleared closed   A  flag    flag: not_communicated
    -    cleared closed   B  revert  revert to us: not_communicated
    -    cleared closed   B  flag    flag: not_communicated
    -    cleared -        A  revert  de-escalated at 11:20: not_communicated not_closed
    -    cleared -        A  flag    de-escalated at 11:20: not_communicated not_closed
    -    cleared -        B  revert  de-escalated at 11:20: not_communicated not_closed
    -    cleared -        B  flag    de-escalated at 11:20: not_communicated not_closed
    -    -       closed   A  revert  revert to us: not_communicated type_not_cleared
    -    -       closed   A  flag    flag: not_communicated type_not_cleared
    -    -       closed   B  revert  revert to us: not_communicated type_not_cleared
    -    -       closed   B  flag    flag: not_communicated type_not_cleared
    -    -       -        A  revert  open: not_communicated type_not_cleared not_closed
    -    -       -        A  flag    open: not_communicated type_not_cleared not_closed
    -    -       -        B  revert  open: not_communicated type_not_cleared not_closed
    -    -       -        B  flag    open: not_communicated type_not_cleared not_closed
";

#[test]
fn the_criteria_in_all_combinations_by_both_options_in_both_modes() {
    let mut seen = std::collections::BTreeSet::new();
    for row in TABLE.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let words: Vec<&str> = row.split_whitespace().collect();
        let [told, cleared, closed, option, mode, expected @ ..] = words.as_slice() else { panic!("{row}") };
        seen.insert([*told, *cleared, *closed, *option, *mode]);
        let (by, state) = match *option {
            "A" => (Actor::Agent, State::AgentToFinish),
            _ => (Actor::ShiftLead, State::ReadyToClose),
        };
        // Where nobody is told, there is a message all the same: one that does not count.
        let message = match *told {
            "told" => sent(by, "11:00"),
            _ if by == Actor::Agent => sent(by, "10:00"),
            _ => Sent { audience: Audience::Internal, ..sent(by, "11:00") },
        };
        let facts = Facts {
            state: Some(state),
            messages: &[message],
            type_cleared_at: (*cleared == "cleared").then(|| at("11:20")),
            stage: if *closed == "closed" { closed_by(Actor::Agent, "11:30") } else { Stage::Open },
            ..begun()
        };
        let rules = Rules { mode: mode.parse().unwrap(), ..REVERT };
        assert_eq!(short(&judge(&facts, &rules)), expected.join(" "), "{row}");
    }
    assert_eq!(seen.len(), 32);
}

#[test]
fn whatever_shows_that_the_customer_was_told_is_named() {
    use Actor::{Agent, Machine, ShiftLead};
    let told = |messages: &[Sent], calls: &[Call], word: Option<Word<'_>>, expected: &str| {
        check(&Facts { messages, calls, word, ..untold() }, expected);
    };
    told(&[sent(Agent, "11:00")], &[], None, "resolved A at 11:30, Message");
    told(&[], &[called(Agent, "11:00")], None, "resolved A at 11:30, Call");
    told(&[], &[called(ShiftLead, "11:00")], None, "resolved B at 11:30, Call");
    for answer in [Answer::Email, Answer::Phone, Answer::Sms, Answer::Other] {
        let word = |by| Some(said(answer, by, "11:00"));
        told(&[], &[], word(Agent), &format!("resolved A at 11:30, Word({answer:?})"));
        told(&[], &[], word(ShiftLead), &format!("resolved B at 11:30, Word({answer:?})"));
        told(&[], &[], word(Machine), "revert to us: not_communicated");
    }
    told(&[sent(Machine, "11:00")], &[called(Machine, "11:00")], None, "revert to us: not_communicated");
}

#[test]
fn unreachable_counts_with_a_reason_alone() {
    let unreachable = |reason| {
        let word = Some(Word { reason, ..said(Answer::Unreachable, Actor::Agent, "11:00") });
        judge(&Facts { word, ..untold() }, &REVERT).missing().to_vec()
    };
    assert_eq!(unreachable("3 attempts by phone and e-mail"), []);
    let since = Some(Since::Review(at("10:12")));
    for blank in ["", "  ", "-", "…\n"] {
        assert_eq!(unreachable(blank), [Missing::NotCommunicated(Untold { since, but: Some(But::NoReason) })]);
    }
}

#[test]
fn who_told_the_customer_last_before_the_end_decides_the_option() {
    use Actor::{Agent, ShiftLead};
    let told = |messages: &[Sent], calls: &[Call], word: Option<Word<'_>>, expected: &str| {
        check(&Facts { messages, calls, word, ..untold() }, expected);
    };
    told(&[sent(ShiftLead, "10:20"), sent(Agent, "11:00")], &[], None, "resolved A at 11:30, Message");
    told(&[sent(Agent, "10:20"), sent(ShiftLead, "11:00")], &[], None, "resolved B at 11:30, Message");
    // A word of thanks after the end is not the resolution.
    told(&[sent(ShiftLead, "11:00"), sent(Agent, "11:40")], &[], None, "resolved B at 11:30, Message");
    told(&[sent(Agent, "11:40"), sent(ShiftLead, "11:50")], &[], None, "resolved A at 11:40, Message");
    // The agent's word after the Shift Lead's first answer; the agent's own message is stronger.
    let word = Some(said(Answer::Phone, Agent, "11:00"));
    told(&[sent(ShiftLead, "10:20")], &[], word, "resolved A at 11:30, Word(Phone)");
    told(&[sent(ShiftLead, "10:20")], &[called(Agent, "10:30")], word, "resolved A at 11:30, Call");
    told(&[sent(Agent, "11:40")], &[], word, "resolved A at 11:30, Word(Phone)");
}

#[test]
fn what_the_agent_may_take_for_enough_is_named() {
    use Actor::{Agent, Machine};
    let but = |messages: &[Sent], calls: &[Call], word: Option<Word<'_>>| {
        let facts = Facts { messages, calls, word, ..untold() };
        match judge(&facts, &REVERT).missing() {
            [Missing::NotCommunicated(untold)] => untold.but,
            other => panic!("{other:?}"),
        }
    };
    let failed = Sent { is_failed: true, ..sent(Agent, "11:00") };
    let auto = Sent { is_auto_reply: true, ..sent(Agent, "11:05") };
    let missed = Call { outcome: CallOutcome::NotConnected, ..called(Agent, "11:10") };
    let unsaid = Call { outcome: CallOutcome::Unsaid, ..called(Agent, "11:15") };
    let earlier = said(Answer::Email, Agent, "08:59");
    assert_eq!(but(&[], &[], None), None);
    assert_eq!(but(&[failed], &[], None), Some(But::Undelivered(at("11:00"))));
    assert_eq!(but(&[auto, failed], &[], None), Some(But::Automatic(at("11:05"))));
    assert_eq!(but(&[sent(Machine, "11:05")], &[], Some(earlier)), Some(But::Automatic(at("11:05"))));
    assert_eq!(but(&[failed, auto], &[missed], None), Some(But::NotConnected(at("11:10"))));
    assert_eq!(but(&[], &[unsaid, missed], None), Some(But::NoOutcome(at("11:15"))));
    assert_eq!(but(&[sent(Agent, "10:00"), Sent { at: at("10:00"), ..failed }], &[], None), None);
    assert_eq!(but(&[], &[], Some(earlier)), Some(But::EarlierWord));
    assert_eq!(but(&[], &[], Some(Word { by: Machine, ..earlier })), None);
}

#[test]
fn before_a_review_only_a_shift_lead_or_a_word_tells_the_customer() {
    use Actor::{Agent, ShiftLead};
    let facts = Facts { reviewed_at: None, ..untold() };
    check(&Facts { messages: &[sent(Agent, "11:00")], ..facts }, "revert to us: not_communicated");
    check(&Facts { messages: &[sent(ShiftLead, "11:00")], ..facts }, "resolved B at 11:30, Message");
    let word = Some(said(Answer::Sms, Agent, "09:01"));
    check(&Facts { word, ..facts }, "resolved A at 11:30, Word(Sms)");
    let missing = judge(&facts, &REVERT).missing().to_vec();
    assert_eq!(missing, [Missing::NotCommunicated(Untold { since: None, but: None })]);
}

#[test]
fn a_second_try_is_flagged_and_why_it_is() {
    let again =
        |attempt, by, open_stage| check_flag(&Facts { attempt, open_stage, stage: closed_by(by, "11:30"), ..untold() });
    let opened = Some(Attempt::Done(at("11:00")));
    assert_eq!(again(opened, Actor::Agent, Some("us")), Why::OpenedBefore);
    assert_eq!(again(opened, Actor::Machine, Some("us")), Why::ClosedByMachineAgain);
    assert_eq!(again(Some(Attempt::Refused), Actor::Agent, Some("us")), Why::Refused);
    assert_eq!(again(None, Actor::Agent, None), Why::NoStage);
    // The first time an automation is treated as anybody.
    check(&Facts { stage: closed_by(Actor::Machine, "11:30"), ..untold() }, "revert to us: not_communicated");
}

#[track_caller]
fn check_flag(facts: &Facts<'_>) -> Why {
    match judge(facts, &REVERT) {
        Verdict::Flag { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_closed_without_a_resolution_or_ended_before_is_not_judged() {
    check(&Facts { stage: Stage::Exempt, ..untold() }, "exempt");
    check(&Facts { stage: Stage::Exempt, type_cleared_at: None, ..untold() }, "exempt");
    for state in [State::Resolved, State::Gone, State::Merged] {
        let ended = format!("ended {}", state.name());
        check(&Facts { state: Some(state), ..untold() }, &ended);
        check(&Facts { state: Some(state), ..begun() }, &ended);
        check(&Facts { state: Some(state), stage: Stage::Exempt, ..begun() }, &ended);
    }
    for state in State::ALL.into_iter().filter(|it| it.is_open() || *it == State::Deescalated).map(Some).chain([None]) {
        check(&Facts { state, ..untold() }, "revert to us: not_communicated");
    }
}

#[test]
fn a_ticket_that_we_opened_waits_for_its_agent() {
    let opened = Facts { attempt: Some(Attempt::Done(at("11:40"))), stage: Stage::Open, ..untold() };
    check(&opened, "open: not_communicated not_closed");
    let messages = [sent(Actor::Agent, "12:00")];
    check(&Facts { messages: &messages, ..opened }, "open: not_closed");
    let closed = closed_by(Actor::Agent, "12:10");
    check(&Facts { messages: &messages, stage: closed, ..opened }, "resolved A at 12:10, Message");
    let idle = |facts: &Facts<'_>| match judge(facts, &REVERT) {
        Verdict::Open { idle_since, .. } => idle_since,
        other => panic!("{other:?}"),
    };
    assert_eq!((idle(&opened), idle(&begun())), (Some(at("11:40")), None));
    // Whoever clears it after that does not take back what is not resolved.
    let cleared = Facts { type_cleared_at: Some(at("12:30")), ..opened };
    check(&cleared, "open: not_communicated not_closed");
    assert_eq!(idle(&cleared), Some(at("12:30")));
    assert_eq!(idle(&Facts { attempt: Some(Attempt::Refused), ..cleared }), Some(at("12:30")));
}

#[test]
fn what_we_may_not_read_is_held_against_nobody() {
    let facts = Facts { unread: &[Unread::Conversations], ..untold() };
    check(&facts, "flag, Unreadable: not_communicated");
    let since = Some(Since::Review(at("10:12")));
    let but = Some(But::Unreadable(Unread::Conversations));
    assert_eq!(judge(&facts, &FLAG).missing(), [Missing::NotCommunicated(Untold { since, but })]);
    assert_eq!(check_flag(&Facts { attempt: Some(Attempt::Done(at("11:00"))), ..facts }), Why::OpenedBefore);
    // What shows without it is as good as ever.
    let word = Some(said(Answer::Phone, Actor::Agent, "11:00"));
    check(&Facts { word, ..facts }, "resolved A at 11:30, Word(Phone)");
    check(&Facts { word, type_cleared_at: None, ..facts }, "revert to us: type_not_cleared");
}

#[test]
fn every_verdict_has_its_outcome() {
    let outcome = |facts: &Facts<'_>, rules| judge(facts, rules).outcome();
    let told = [sent(Actor::Agent, "11:00")];
    assert_eq!(outcome(&Facts { messages: &told, ..untold() }, &REVERT), "resolved");
    assert_eq!(outcome(&untold(), &REVERT), "reverted");
    assert_eq!(outcome(&untold(), &FLAG), "flagged");
    assert_eq!(outcome(&Facts { now: at("11:31"), ..untold() }, &FLAG), "waiting");
    assert_eq!(outcome(&begun(), &REVERT), "waiting");
    assert_eq!(outcome(&Facts { stage: Stage::Open, ..untold() }, &REVERT), "deescalated");
    assert_eq!(outcome(&Facts { stage: Stage::Exempt, ..untold() }, &REVERT), "deescalated");
    assert_eq!(outcome(&Facts { state: Some(State::Resolved), ..begun() }, &REVERT), "resolved");
    assert_eq!(outcome(&Facts { state: Some(State::Merged), ..begun() }, &REVERT), "gone");
    assert_eq!(outcome(&Facts { state: Some(State::Gone), ..begun() }, &REVERT), "gone");
}

#[test]
fn answers_read_back() {
    for answer in Answer::ALL {
        assert_eq!(Answer::from_name(answer.name()), Some(answer));
    }
    assert_eq!(Answer::from_name("yes"), None);
}
