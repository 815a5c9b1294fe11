//! Whose turn it is: which lane an escalation belongs in, and who may move it there.

use jiff::SignedDuration;

use super::cycle::{Event, State, after};

/// One of the two queues that an accepted escalation is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// ‼️ #CS-ESCALATE: triage by the Shift Lead, and complex customer service.
    Cs,
    /// 🛠️ #TECH-ESCALATE: confirmed by a Shift Lead as technical.
    Tech,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cs, Self::Tech];

    /// The lane of an escalation that stands there. Lanes follow from the state alone, so an
    /// escalation is never in two, and in none only while it waits for its comment or has ended.
    pub fn of(state: State) -> Option<Self> {
        match state {
            State::Triage | State::BackToCs | State::AgentToFinish | State::ReadyToClose => Some(Self::Cs),
            State::InTech => Some(Self::Tech),
            State::AwaitingContext | State::Resolved | State::Deescalated | State::Gone | State::Merged => None,
        }
    }

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cs => "cs",
            Self::Tech => "tech",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Cs => "‼️ #CS-ESCALATE",
            Self::Tech => "🛠️ #TECH-ESCALATE",
        }
    }
}

/// What Escalation Type says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Shift Lead, where every escalation begins.
    ShiftLead,
    /// Tech.
    Tech {
        /// Whether somebody chose it who may.
        by_shift_lead: bool,
    },
    /// An option that the procedure does not know: renamed or added.
    Unknown,
}

/// Whether the Shift Lead can understand the ticket without asking back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// The five points are there, or somebody waived them.
    Complete,
    /// They are not.
    Lacking,
}

/// What was read about an escalation that is open.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// What Escalation Type says.
    pub wish: Wish,
    /// Where this escalation stood so far; `None` before anything was written.
    pub state: Option<State>,
    /// Whether that was decided since Escalation Type says what it says. Who confirmed Tech may have
    /// left since.
    pub is_settled: bool,
    /// Whether the comment is there.
    pub context: Context,
    /// Whether something about it must not wait.
    pub is_immediate: bool,
    /// How long ago it began.
    pub age: SignedDuration,
}

/// What an administrator may change.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// After this long an escalation goes to the Shift Lead without its comment: nothing rots in a
    /// queue that nobody watches.
    pub waiting: SignedDuration,
    /// Whether an agent may send an escalation to Tech.
    pub anyone_sends_to_tech: bool,
}

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decision {
    /// Where the escalation stands now.
    pub state: State,
    /// Escalation Type goes back to Shift Lead: an agent chose Tech.
    pub is_put_back: bool,
    /// The Shift Lead has it although the comment is not complete.
    pub lacks_context: bool,
}

/// Decides where an escalation stands.
pub fn decide(facts: &Facts, rules: &Rules) -> Decision {
    let may_wait = facts.context == Context::Lacking && !facts.is_immediate && facts.age < rules.waiting;
    let was_confirmed = facts.is_settled && facts.state == Some(State::InTech);
    let is_confirmed = match facts.wish {
        Wish::Tech { by_shift_lead } => by_shift_lead || was_confirmed || (rules.anyone_sends_to_tech && !may_wait),
        Wish::ShiftLead | Wish::Unknown => false,
    };
    let state = match facts.state {
        // It came out of Tech since Tech was chosen.
        Some(State::AgentToFinish | State::ReadyToClose) if is_confirmed && facts.is_settled => facts.state,
        state if is_confirmed => moved(state, Event::ConfirmedForTech),
        state => {
            let gate = if may_wait { Event::Escalated } else { Event::Accepted };
            moved(moved(state, Event::SentBack), gate)
        }
    };
    let state = state.unwrap_or(State::AwaitingContext);
    let is_agents_wish = facts.wish == Wish::Tech { by_shift_lead: false };
    Decision {
        state,
        is_put_back: is_agents_wish && !is_confirmed && !rules.anyone_sends_to_tech,
        lacks_context: Lane::of(state).is_some() && facts.context == Context::Lacking,
    }
}

fn moved(state: Option<State>, event: Event) -> Option<State> {
    after(state, event).or(state)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULES: Rules = Rules { waiting: SignedDuration::from_mins(30), anyone_sends_to_tech: false };
    const BY_LEAD: Wish = Wish::Tech { by_shift_lead: true };
    const BY_AGENT: Wish = Wish::Tech { by_shift_lead: false };

    fn facts(wish: Wish, state: Option<State>, context: Context) -> Facts {
        Facts { wish, state, is_settled: false, context, is_immediate: false, age: SignedDuration::from_secs(20) }
    }

    #[track_caller]
    fn check(facts: Facts, state: State, is_put_back: bool, lacks_context: bool) {
        assert_eq!(decide(&facts, &RULES), Decision { state, is_put_back, lacks_context });
    }

    #[test]
    fn a_complete_comment_opens_the_cs_lane() {
        check(facts(Wish::ShiftLead, None, Context::Complete), State::Triage, false, false);
        check(facts(Wish::ShiftLead, Some(State::AwaitingContext), Context::Complete), State::Triage, false, false);
    }

    #[test]
    fn without_it_the_escalation_waits() {
        check(facts(Wish::ShiftLead, None, Context::Lacking), State::AwaitingContext, false, false);
    }

    #[test]
    fn it_waits_no_longer_than_the_policy_says() {
        let aged = |seconds| Facts {
            age: SignedDuration::from_secs(seconds),
            ..facts(Wish::ShiftLead, Some(State::AwaitingContext), Context::Lacking)
        };
        check(aged(30 * 60 - 1), State::AwaitingContext, false, false);
        check(aged(30 * 60), State::Triage, false, true);
    }

    #[test]
    fn what_is_immediate_does_not_wait() {
        let facts = Facts { is_immediate: true, ..facts(Wish::ShiftLead, None, Context::Lacking) };
        check(facts, State::Triage, false, true);
    }

    #[test]
    fn a_comment_that_loses_a_point_stays_in_its_lane() {
        check(facts(Wish::ShiftLead, Some(State::Triage), Context::Lacking), State::Triage, false, true);
    }

    #[test]
    fn a_shift_lead_sends_to_tech_at_any_time() {
        for state in [None, Some(State::AwaitingContext), Some(State::Triage), Some(State::AgentToFinish)] {
            check(facts(BY_LEAD, state, Context::Complete), State::InTech, false, false);
            check(facts(BY_LEAD, state, Context::Lacking), State::InTech, false, true);
        }
    }

    #[test]
    fn an_agents_choice_of_tech_goes_back_to_the_shift_lead() {
        check(facts(BY_AGENT, None, Context::Complete), State::Triage, true, false);
        check(facts(BY_AGENT, None, Context::Lacking), State::AwaitingContext, true, false);
        check(facts(BY_AGENT, Some(State::Triage), Context::Complete), State::Triage, true, false);
        check(facts(BY_AGENT, Some(State::InTech), Context::Complete), State::BackToCs, true, false);
    }

    #[test]
    fn what_was_confirmed_stays_in_tech_whoever_left_since() {
        let settled = |state| Facts { is_settled: true, ..facts(BY_AGENT, Some(state), Context::Complete) };
        check(settled(State::InTech), State::InTech, false, false);
        check(settled(State::Triage), State::Triage, true, false);
    }

    #[test]
    fn what_came_out_of_tech_does_not_go_back_by_itself() {
        for state in [State::AgentToFinish, State::ReadyToClose] {
            let facts = Facts { is_settled: true, ..facts(BY_LEAD, Some(state), Context::Complete) };
            check(facts, state, false, false);
        }
    }

    #[test]
    fn a_policy_may_let_agents_send_to_tech_with_their_comment() {
        let rules = Rules { anyone_sends_to_tech: true, ..RULES };
        let state = |context| decide(&facts(BY_AGENT, None, context), &rules);
        assert_eq!(state(Context::Complete).state, State::InTech);
        assert_eq!(state(Context::Lacking).state, State::AwaitingContext);
        assert!(!state(Context::Complete).is_put_back && !state(Context::Lacking).is_put_back);
    }

    #[test]
    fn back_from_tech_is_the_cs_lane_again() {
        check(facts(Wish::ShiftLead, Some(State::InTech), Context::Complete), State::BackToCs, false, false);
        check(facts(Wish::ShiftLead, Some(State::BackToCs), Context::Complete), State::BackToCs, false, false);
    }

    #[test]
    fn an_unknown_option_is_the_shift_leads() {
        check(facts(Wish::Unknown, None, Context::Complete), State::Triage, false, false);
        check(facts(Wish::Unknown, None, Context::Lacking), State::AwaitingContext, false, false);
    }

    #[test]
    fn what_a_shift_lead_decided_is_kept() {
        for state in [State::AgentToFinish, State::ReadyToClose] {
            check(facts(Wish::ShiftLead, Some(state), Context::Complete), state, false, false);
        }
    }

    fn any_facts() -> impl Strategy<Value = Facts> {
        let wish = proptest::sample::select(vec![Wish::ShiftLead, BY_LEAD, BY_AGENT, Wish::Unknown]);
        let state = proptest::option::of(proptest::sample::select(State::ALL.to_vec()));
        let context = proptest::sample::select(vec![Context::Complete, Context::Lacking]);
        (wish, state, any::<bool>(), context, any::<bool>(), 0..10_000_i64).prop_map(
            |(wish, state, is_settled, context, is_immediate, age)| {
                let age = SignedDuration::from_secs(age);
                Facts { wish, state, is_settled, context, is_immediate, age }
            },
        )
    }

    proptest! {
        #[test]
        fn lanes_partition_what_is_accepted(facts in any_facts(), anyone in any::<bool>()) {
            let decided = decide(&facts, &Rules { anyone_sends_to_tech: anyone, ..RULES }).state;
            prop_assert!(decided.is_open(), "an open escalation stands somewhere open");
            let lane = Lane::of(decided);
            prop_assert_eq!(lane.is_none(), decided == State::AwaitingContext);
            prop_assert_eq!(lane == Some(Lane::Tech), decided == State::InTech);
        }

        #[test]
        fn only_who_may_sends_to_tech(facts in any_facts()) {
            let decided = decide(&facts, &RULES);
            let was_there = facts.is_settled && facts.state == Some(State::InTech);
            let left = facts.is_settled && matches!(facts.state, Some(State::AgentToFinish | State::ReadyToClose));
            let may = (facts.wish == BY_LEAD && !left) || (facts.wish == BY_AGENT && was_there);
            prop_assert_eq!(decided.state == State::InTech, may);
            prop_assert_eq!(decided.is_put_back, facts.wish == BY_AGENT && !was_there);
        }

        #[test]
        fn deciding_again_changes_nothing(facts in any_facts()) {
            let first = decide(&facts, &RULES);
            let wish = if first.is_put_back { Wish::ShiftLead } else { facts.wish };
            let again = decide(&Facts { wish, state: Some(first.state), is_settled: true, ..facts }, &RULES);
            prop_assert_eq!(again.state, first.state);
            prop_assert!(!again.is_put_back);
        }

        #[test]
        fn nobody_waits_who_has_all_points_or_must_not(facts in any_facts()) {
            let decided = decide(&facts, &RULES).state;
            let may_wait = facts.context == Context::Lacking && !facts.is_immediate && facts.age < RULES.waiting;
            prop_assert!(may_wait || decided != State::AwaitingContext);
        }
    }
}
