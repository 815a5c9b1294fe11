//! Where an escalation stands, and how it moves on.

/// Where an escalation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Escalation Type is set; the Shift Lead waits for the agent's comment.
    AwaitingContext,
    /// With the Shift Lead.
    Triage,
    /// A Shift Lead confirmed that Tech has to act.
    InTech,
    /// Tech gave it back.
    BackToCs,
    /// Option A: the Shift Lead decided, the agent answers the customer and closes.
    AgentToFinish,
    /// Option B: the Shift Lead told the customer, the agent closes.
    ReadyToClose,
    /// All three criteria of closure hold.
    Resolved,
    /// Escalation Type was cleared while the ticket stayed open.
    Deescalated,
    /// The ticket was deleted.
    Gone,
    /// The ticket was merged into another, which carries the escalation on.
    Merged,
}

/// What happens to an escalation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Escalation Type is set and the Shift Lead cannot act on the ticket yet.
    Escalated,
    /// The Shift Lead has it: the comment is complete, or it must not wait for that.
    Accepted,
    /// A Shift Lead sends it to Tech.
    ConfirmedForTech,
    /// Escalation Type goes from Tech back to the Shift Lead.
    SentBack,
    /// The Shift Lead leaves the answer to the agent.
    DecidedForAgent,
    /// The Shift Lead told the customer.
    DecidedAndTold,
    /// All three criteria of closure hold.
    CriteriaMet,
    /// Escalation Type is cleared while the ticket stays open.
    TypeCleared,
    /// The ticket is deleted.
    Deleted,
    /// The ticket is merged into another.
    MergedAway,
}

impl State {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 10] = [
        Self::AwaitingContext,
        Self::Triage,
        Self::InTech,
        Self::BackToCs,
        Self::AgentToFinish,
        Self::ReadyToClose,
        Self::Resolved,
        Self::Deescalated,
        Self::Gone,
        Self::Merged,
    ];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AwaitingContext => "awaiting_context",
            Self::Triage => "triage",
            Self::InTech => "in_tech",
            Self::BackToCs => "back_to_cs",
            Self::AgentToFinish => "agent_to_finish",
            Self::ReadyToClose => "ready_to_close",
            Self::Resolved => "resolved",
            Self::Deescalated => "deescalated",
            Self::Gone => "gone",
            Self::Merged => "merged",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::AwaitingContext => "Awaiting context",
            Self::Triage => "Triage",
            Self::InTech => "In Tech",
            Self::BackToCs => "Back to CS",
            Self::AgentToFinish => "Agent to finish",
            Self::ReadyToClose => "Ready to close",
            Self::Resolved => "Resolved",
            Self::Deescalated => "De-escalated",
            Self::Gone => "Gone",
            Self::Merged => "Merged",
        }
    }

    /// The state of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        match self {
            Self::AwaitingContext
            | Self::Triage
            | Self::InTech
            | Self::BackToCs
            | Self::AgentToFinish
            | Self::ReadyToClose => true,
            Self::Resolved | Self::Deescalated | Self::Gone | Self::Merged => false,
        }
    }

    /// Whether the Shift Lead has had it.
    fn is_accepted(self) -> bool {
        self.is_open() && self != Self::AwaitingContext
    }
}

/// The state after `event`; `None` where the event means nothing to an escalation that stands there,
/// which then stays as it is. `present` is `None` before anything was written in this escalation.
pub fn after(present: Option<State>, event: Event) -> Option<State> {
    let open = present.is_some_and(State::is_open);
    let accepted = present.is_some_and(State::is_accepted);
    let next = match event {
        // What was accepted once is not taken from the Shift Lead again.
        Event::Escalated if !accepted => State::AwaitingContext,
        Event::Accepted if !accepted => State::Triage,
        // A Shift Lead who knows enough for Tech needs no comment.
        Event::ConfirmedForTech => State::InTech,
        Event::SentBack if present == Some(State::InTech) => State::BackToCs,
        Event::DecidedForAgent if accepted => State::AgentToFinish,
        Event::DecidedAndTold if accepted => State::ReadyToClose,
        Event::CriteriaMet if open || present == Some(State::Deescalated) => State::Resolved,
        Event::TypeCleared if open => State::Deescalated,
        Event::Deleted => State::Gone,
        Event::MergedAway => State::Merged,
        _ => return None,
    };
    (present != Some(next)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: [Event; 10] = [
        Event::Escalated,
        Event::Accepted,
        Event::ConfirmedForTech,
        Event::SentBack,
        Event::DecidedForAgent,
        Event::DecidedAndTold,
        Event::CriteriaMet,
        Event::TypeCleared,
        Event::Deleted,
        Event::MergedAway,
    ];

    fn states() -> impl Iterator<Item = Option<State>> {
        [None].into_iter().chain(State::ALL.map(Some))
    }

    #[track_caller]
    fn check(events: &[Event], expected: &[State]) {
        let mut present = None;
        let mut passed = Vec::new();
        for event in events {
            if let Some(next) = after(present, *event) {
                passed.push(next);
                present = Some(next);
            }
        }
        assert_eq!(passed, expected);
    }

    #[test]
    fn names_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_name(state.name()), Some(state));
        }
        assert_eq!(State::from_name("none"), None);
    }

    #[test]
    fn an_escalation_goes_through_tech_to_its_end() {
        use Event::{Accepted, ConfirmedForTech, CriteriaMet, DecidedForAgent, Escalated, SentBack};
        check(
            &[Escalated, Accepted, ConfirmedForTech, SentBack, DecidedForAgent, CriteriaMet],
            &[
                State::AwaitingContext,
                State::Triage,
                State::InTech,
                State::BackToCs,
                State::AgentToFinish,
                State::Resolved,
            ],
        );
    }

    #[test]
    fn a_shift_lead_may_end_it_without_tech() {
        use Event::{Accepted, CriteriaMet, DecidedAndTold, TypeCleared};
        check(&[Accepted, DecidedAndTold, CriteriaMet], &[State::Triage, State::ReadyToClose, State::Resolved]);
        check(&[Accepted, TypeCleared, CriteriaMet], &[State::Triage, State::Deescalated, State::Resolved]);
    }

    #[test]
    fn what_was_accepted_does_not_wait_again() {
        use Event::{Accepted, ConfirmedForTech, Escalated};
        check(&[Accepted, Escalated, Accepted], &[State::Triage]);
        check(&[ConfirmedForTech, Escalated], &[State::InTech]);
    }

    #[test]
    fn what_ended_is_opened_only_by_escalating_again() {
        for ended in State::ALL.into_iter().filter(|it| !it.is_open()) {
            for event in EVENTS {
                let opened = after(Some(ended), event).is_some_and(State::is_open);
                let escalates = matches!(event, Event::Escalated | Event::Accepted | Event::ConfirmedForTech);
                assert_eq!(opened, escalates, "{ended:?} {event:?}");
            }
        }
    }

    #[test]
    fn an_event_that_comes_twice_changes_nothing_the_second_time() {
        for present in states() {
            for event in EVENTS {
                if let Some(next) = after(present, event) {
                    assert_eq!(after(Some(next), event), None, "{present:?} {event:?}");
                }
            }
        }
    }

    #[test]
    fn every_open_escalation_can_be_resolved_and_left() {
        for open in State::ALL.into_iter().filter(|it| it.is_open()) {
            assert_eq!(after(Some(open), Event::CriteriaMet), Some(State::Resolved));
            assert_eq!(after(Some(open), Event::TypeCleared), Some(State::Deescalated));
            assert_eq!(after(Some(open), Event::Deleted), Some(State::Gone));
        }
    }
}
