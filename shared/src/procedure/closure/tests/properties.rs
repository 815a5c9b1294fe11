//! What holds for every escalation.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Everything that was read, with what it borrows.
#[derive(Debug, Clone)]
struct Read {
    facts: Facts<'static>,
    messages: Vec<Sent>,
    calls: Vec<Call>,
}

impl Read {
    fn facts(&self) -> Facts<'_> {
        Facts { messages: &self.messages, calls: &self.calls, ..self.facts }
    }
}

/// Moments near to each other, so that many fall together.
fn moment() -> impl Strategy<Value = Timestamp> {
    (0..60_i64).prop_map(|minutes| at("09:00") + SignedDuration::from_mins(minutes))
}

fn sometimes(moment: impl Strategy<Value = Timestamp>) -> impl Strategy<Value = Option<Timestamp>> {
    proptest::option::weighted(0.7, moment)
}

fn actor() -> impl Strategy<Value = Actor> {
    select(vec![Actor::Agent, Actor::ShiftLead, Actor::Machine])
}

fn message() -> impl Strategy<Value = Sent> {
    let audience = select(vec![Audience::Public, Audience::Public, Audience::Internal]);
    (moment(), actor(), audience, proptest::bool::weighted(0.2), proptest::bool::weighted(0.2))
        .prop_map(|(at, by, audience, is_auto_reply, is_failed)| Sent { at, by, audience, is_auto_reply, is_failed })
}

fn call() -> impl Strategy<Value = Call> {
    let outcome = select(vec![CallOutcome::Connected, CallOutcome::NotConnected, CallOutcome::Unsaid]);
    (moment(), actor(), outcome).prop_map(|(at, by, outcome)| Call { at, by, outcome })
}

fn word() -> impl Strategy<Value = Option<Word<'static>>> {
    let word = (select(Answer::ALL.to_vec()), select(vec!["", "-", "no answer, three times"]), actor(), moment());
    proptest::option::of(word.prop_map(|(answer, reason, by, at)| Word { answer, reason, by, at }))
}

fn stage() -> impl Strategy<Value = Stage> {
    prop_oneof![
        1 => Just(Stage::Open),
        4 => (moment(), actor()).prop_map(|(at, by)| Stage::Closed { at, by }),
        1 => Just(Stage::Exempt),
    ]
}

fn attempt() -> impl Strategy<Value = Option<Attempt>> {
    prop_oneof![Just(None), Just(Some(Attempt::Refused)), moment().prop_map(|it| Some(Attempt::Done(it)))]
}

fn read() -> impl Strategy<Value = Read> {
    let state = proptest::option::of(select(State::ALL.to_vec()));
    let times = (moment(), sometimes(moment()), proptest::option::of(moment()), sometimes(moment()), moment());
    let told = (proptest::collection::vec(message(), 0..4), proptest::collection::vec(call(), 0..2), word());
    let place = (stage(), proptest::option::of(Just("us")), attempt());
    (state, times, told, place).prop_map(|(state, times, told, place)| {
        let (started_at, reviewed_at, jira_done_at, type_cleared_at, now) = times;
        let (messages, calls, word) = told;
        let (stage, open_stage, attempt) = place;
        let facts = Facts {
            state,
            started_at,
            reviewed_at,
            jira_done_at,
            messages: &[],
            calls: &[],
            unread: &[],
            word,
            type_cleared_at,
            stage,
            open_stage,
            attempt,
            now,
        };
        Read { facts, messages, calls }
    })
}

fn rules() -> impl Strategy<Value = Rules> {
    (0..30_i64, select(Mode::ALL.to_vec()))
        .prop_map(|(minutes, mode)| Rules { grace: SignedDuration::from_mins(minutes), mode })
}

/// Whether anything at all may have told the customer.
fn may_be_told(facts: &Facts<'_>) -> bool {
    let person = |by| by != Actor::Machine;
    let within = |at: Timestamp| facts.started_at <= at && at <= facts.now;
    let message = |it: &Sent| {
        let reached = it.audience == Audience::Public && !it.is_auto_reply && !it.is_failed;
        reached && person(it.by) && within(it.at)
    };
    let call = |it: &Call| it.outcome == CallOutcome::Connected && person(it.by) && within(it.at);
    let word = |it: Word<'_>| {
        let explained = it.answer != Answer::Unreachable || it.reason.len() > 1;
        explained && person(it.by) && within(it.at)
    };
    facts.messages.iter().any(message) || facts.calls.iter().any(call) || facts.word.is_some_and(word)
}

/// What becomes of the facts once the verdict is carried out.
fn applied<'a>(facts: Facts<'a>, verdict: &Verdict<'_>) -> Facts<'a> {
    match verdict {
        Verdict::Resolved { .. } => Facts { state: Some(State::Resolved), ..facts },
        Verdict::Revert { .. } => Facts { attempt: Some(Attempt::Done(facts.now)), stage: Stage::Open, ..facts },
        Verdict::Deescalated { .. } => Facts { state: Some(State::Deescalated), ..facts },
        _ => facts,
    }
}

/// What people and time do.
#[derive(Debug, Clone, Copy)]
enum Act {
    Close(Actor),
    Open,
    Clear,
    Set,
    Say(Word<'static>),
    Move(State),
    Nothing,
}

fn acts() -> impl Strategy<Value = Vec<(i64, Act)>> {
    let said = word().prop_filter_map("no word", |it| it);
    let state = select(vec![State::Triage, State::InTech, State::BackToCs, State::AgentToFinish]);
    let act = prop_oneof![
        4 => actor().prop_map(Act::Close),
        1 => Just(Act::Open),
        2 => Just(Act::Clear),
        1 => Just(Act::Set),
        1 => said.prop_map(Act::Say),
        1 => state.prop_map(Act::Move),
        1 => Just(Act::Nothing),
    ];
    proptest::collection::vec((0..25_i64, act), 1..25)
}

proptest! {
    #[test]
    fn nothing_is_resolved_that_lacks_a_criterion(read in read(), rules in rules()) {
        let facts = read.facts();
        if let Verdict::Resolved { evidence, at } = judge(&facts, &rules) {
            let Stage::Closed { at: closed_at, .. } = facts.stage else { panic!("it is open") };
            let cleared_at = facts.type_cleared_at.expect("it is cleared");
            prop_assert!(may_be_told(&facts));
            prop_assert_eq!(at, closed_at.max(cleared_at).max(evidence.at));
            prop_assert!(evidence.at >= facts.started_at && evidence.at <= facts.now);
        }
    }

    #[test]
    fn whoever_lacks_something_reads_what(read in read(), rules in rules()) {
        let facts = read.facts();
        let verdict = judge(&facts, &rules);
        let is_over = matches!(verdict, Verdict::Resolved { .. } | Verdict::Exempt | Verdict::Ended(_));
        prop_assert_eq!(verdict.missing().is_empty(), is_over, "{:?}", verdict);
        if !is_over {
            let lacks = |name| verdict.missing().iter().any(|it| it.name() == name);
            prop_assert_eq!(lacks("type_not_cleared"), facts.type_cleared_at.is_none());
            prop_assert!(lacks("not_closed") || facts.stage != Stage::Open);
            prop_assert!(lacks("not_communicated") || may_be_told(&facts));
        }
    }

    #[test]
    fn judging_again_does_nothing_more(read in read(), rules in rules()) {
        let facts = read.facts();
        let first = judge(&facts, &rules);
        let again = judge(&applied(facts, &first), &rules);
        match first {
            Verdict::Resolved { .. } => prop_assert_eq!(again, Verdict::Ended(State::Resolved)),
            Verdict::Revert { .. } => prop_assert!(matches!(again, Verdict::Open { .. }), "{:?}", again),
            first => prop_assert_eq!(again, first),
        }
    }

    #[test]
    fn a_reading_that_lags_behind_our_opening_does_nothing_more(read in read(), rules in rules()) {
        let facts = read.facts();
        if let Verdict::Revert { .. } = judge(&facts, &rules) {
            let lagging = Facts { attempt: Some(Attempt::Done(facts.now)), ..facts };
            let again = judge(&lagging, &rules);
            prop_assert!(matches!(again, Verdict::Open { .. }), "{:?}", again);
        }
    }

    #[test]
    fn the_order_of_clearing_and_closing_does_not_matter(
        read in read(), one in moment(), other in moment(), by in actor(), rules in rules()
    ) {
        // Of one that we opened it matters which of the two was before that.
        let facts = Facts { attempt: read.facts.attempt.filter(|it| *it == Attempt::Refused), ..read.facts() };
        let judged = |cleared, closed| {
            judge(&Facts { type_cleared_at: Some(cleared), stage: Stage::Closed { at: closed, by }, ..facts }, &rules)
        };
        prop_assert_eq!(judged(one, other), judged(other, one));
    }

    #[test]
    fn the_order_of_what_was_read_does_not_matter(read in read(), rules in rules()) {
        let mut turned = read.clone();
        turned.messages.reverse();
        turned.calls.reverse();
        prop_assert_eq!(judge(&read.facts(), &rules), judge(&turned.facts(), &rules));
    }

    #[test]
    fn what_is_said_later_does_not_change_how_it_was_resolved(read in read(), later in message(), rules in rules()) {
        // All that was read has happened.
        let read = Read { facts: Facts { now: at("10:00"), ..read.facts }, ..read };
        let before = judge(&read.facts(), &rules);
        if let Verdict::Resolved { .. } = before {
            let at = read.facts.now + SignedDuration::from_mins(1);
            let mut more = read.clone();
            more.messages.push(Sent { at, ..later });
            prop_assert_eq!(judge(&Facts { now: at, ..more.facts() }, &rules), before);
        }
    }

    #[test]
    fn a_ticket_is_opened_once_at_most_whatever_people_do(acts in acts(), rules in rules(), refuses in any::<bool>()) {
        let mut facts = Facts { now: at("09:00"), reviewed_at: None, ..begun() };
        let (mut tries, mut resolved) = (0, 0);
        for (minutes, act) in acts {
            facts.now += SignedDuration::from_mins(minutes);
            match act {
                Act::Close(by) => facts.stage = Stage::Closed { at: facts.now, by },
                Act::Open => facts.stage = Stage::Open,
                Act::Clear => facts.type_cleared_at = facts.type_cleared_at.or(Some(facts.now)),
                Act::Set => facts.type_cleared_at = None,
                Act::Say(word) => facts.word = Some(Word { at: facts.now, ..word }),
                Act::Move(state) if facts.state != Some(State::Resolved) => facts.state = Some(state),
                Act::Move(_) | Act::Nothing => {}
            }
            let verdict = judge(&facts, &rules);
            tries += u32::from(matches!(verdict, Verdict::Revert { .. }));
            resolved += u32::from(matches!(verdict, Verdict::Resolved { .. }));
            prop_assert!(rules.mode == Mode::Revert || tries == 0);
            facts = match verdict {
                Verdict::Revert { .. } if refuses => Facts { attempt: Some(Attempt::Refused), ..facts },
                verdict => applied(facts, &verdict),
            };
        }
        prop_assert!(tries <= 1 && resolved <= 1, "{} {}", tries, resolved);
    }
}
