//! What a Shift Lead does about an escalation: they look at it, and they decide.

use jiff::Timestamp;

use super::cycle::{Event, State, after};

/// Something that a Shift Lead did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Timestamp,
    /// HubSpot's id of the user.
    pub by: u64,
    /// What it was.
    pub what: What,
    /// Whether it called the agent, so that HubSpot told them of it.
    pub mentions_agent: bool,
}

/// What a Shift Lead did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// They wrote an internal comment.
    Comment(Says),
    /// They wrote to the customer.
    Message,
}

/// What a comment of a Shift Lead's comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It ends in a question.
    Asks,
    /// It has no words, or says that it is not ready to close.
    Nothing,
    /// The resolution, or an approval.
    Decides,
    /// That the ticket is ready to close.
    ReadyToClose,
}

/// What the Shift Leads' acts led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Review<'a> {
    /// Where the escalation stands by that.
    pub state: State,
    /// The act on which the decision rests; `None` where there is none.
    pub decision: Option<&'a Act>,
}

/// What a Shift Lead says who mentions people of these names.
pub fn says(text: &str, names: &[&str]) -> Says {
    let text = without_mentions(text, names).to_lowercase();
    let is_loose = |it: char| !(it.is_alphanumeric() || matches!(it, '?' | '？' | '؟'));
    let told = text.trim_end_matches(is_loose);
    if told.ends_with(['?', '？', '؟']) {
        return Says::Asks;
    }
    if told.is_empty() {
        return Says::Nothing;
    }
    let sentences = text.split(['.', '!', '?', ';', '\n']);
    let said: Vec<Says> = sentences.filter_map(|it| it.split_once(READY)).map(|it| declared(it.0)).collect();
    match () {
        () if said.contains(&Says::ReadyToClose) => Says::ReadyToClose,
        () if said.contains(&Says::Nothing) => Says::Nothing,
        () => Says::Decides,
    }
}

/// The words of the procedure for Option B.
pub const READY: &str = "ready to close";
const NEVER: [&str; 4] = ["not", "never", "cannot", "isnt"];
const LATER: [&str; 6] = ["when", "once", "until", "after", "if", "before"];

/// What it comes to that [`READY`] follows these words of its sentence.
fn declared(before: &str) -> Says {
    let words = || before.split_whitespace().map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()));
    // What stands before a comma is about something else.
    let clause = before.rsplit([',', ':', '–', '—', '(']).next().unwrap_or(before);
    let its_own = clause.split_whitespace().map(|it| it.trim_matches(|it: char| !it.is_alphanumeric()));
    if its_own.into_iter().any(|it| NEVER.contains(&it) || it.ends_with("n't") || it.ends_with("n’t")) {
        return Says::Nothing;
    }
    if words().any(|it| LATER.contains(&it)) { Says::Decides } else { Says::ReadyToClose }
}

/// Who is called at the end of a sentence is no part of it.
fn without_mentions<'a>(text: &'a str, names: &[&str]) -> &'a str {
    let mut text = text.trim_end();
    while let Some(rest) = names.iter().find_map(|name| text.strip_suffix(*name)?.strip_suffix('@')) {
        text = rest.trim_end();
    }
    text
}

/// Where an escalation in a lane stands by what the Shift Leads did, oldest first, of which counts what
/// they did `from` a moment on; `None` while nobody can decide. What was decided is never undone.
pub fn review(present: State, acts: &[Act], from: Option<Timestamp>) -> Review<'_> {
    let none = Review { state: present, decision: None };
    let Some(from) = from else { return none };
    let since = || acts.iter().filter(|it| it.at >= from);
    let decides = |it: &&Act| matches!(it.what, What::Comment(Says::Decides | Says::ReadyToClose));
    let tells = |it: &&Act| matches!(it.what, What::Message | What::Comment(Says::ReadyToClose));
    let Some(comment) = since().find(decides) else { return none };
    let (event, decision) = match since().find(tells) {
        Some(told) if told.at > comment.at => (Event::DecidedAndTold, told),
        Some(_) => (Event::DecidedAndTold, comment),
        None if present == State::ReadyToClose => return Review { decision: Some(comment), ..none },
        None => (Event::DecidedForAgent, comment),
    };
    Review { state: after(Some(present), event).unwrap_or(present), decision: Some(decision) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: &[&str] = &["Sam Okafor", "Dana Whitfield"];

    #[track_caller]
    fn check(text: &str, expected: Says) {
        assert_eq!(says(text, NAMES), expected, "{text}");
    }

    #[test]
    fn a_comment_that_ends_in_a_question_decides_nothing() {
        for text in [
            "Which order was it?",
            "Refund approved. Which order was it? ",
            "Which order was it? @Sam Okafor",
            "Which order was it?)\n@Dana Whitfield @Sam Okafor",
            "Is it ready to close?",
            "どの注文ですか？",
        ] {
            check(text, Says::Asks);
        }
    }

    #[test]
    fn another_comment_decides() {
        for text in
            ["Refund approved.", "Which order? I found it: 4711. Please refund it.", "@Sam Okafor tell them yes"]
        {
            check(text, Says::Decides);
        }
        for text in ["", " \n", "👍", "@Sam Okafor"] {
            check(text, Says::Nothing);
        }
    }

    #[test]
    fn ready_to_close_is_said_and_not_denied() {
        for text in
            ["Ready to close.", "I called them; all is well. This is READY TO CLOSE, @Sam Okafor", "ready to close"]
        {
            check(text, Says::ReadyToClose);
        }
        for text in ["Not ready to close yet.", "This isn't quite ready to close.", "This isn’t ready to close."] {
            check(text, Says::Nothing);
        }
        check("Send them the reply. Once they have it, it is ready to close.", Says::Decides);
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    fn act(second: i64, what: What) -> Act {
        Act { at: at(second), by: 7, what, mentions_agent: false }
    }

    const DECIDES: What = What::Comment(Says::Decides);
    const READY_NOW: What = What::Comment(Says::ReadyToClose);

    /// State, and the second of the act that decides.
    #[track_caller]
    fn leads_to(present: State, acts: &[(i64, What)], state: State, decision: Option<i64>) {
        let acts: Vec<Act> = acts.iter().map(|(second, what)| act(*second, *what)).collect();
        let review = review(present, &acts, Some(at(10)));
        assert_eq!((review.state, review.decision.map(|it| it.at)), (state, decision.map(at)));
    }

    #[test]
    fn a_decision_is_the_agents_to_carry_out_or_needs_but_closing() {
        leads_to(State::Triage, &[(10, DECIDES)], State::AgentToFinish, Some(10));
        leads_to(State::BackToCs, &[(10, DECIDES)], State::AgentToFinish, Some(10));
        leads_to(State::Triage, &[(10, READY_NOW)], State::ReadyToClose, Some(10));
        leads_to(State::Triage, &[(10, What::Message), (20, DECIDES)], State::ReadyToClose, Some(20));
        leads_to(State::AgentToFinish, &[(10, DECIDES), (20, What::Message)], State::ReadyToClose, Some(20));
    }

    #[test]
    fn what_decides_nothing_leaves_it_where_it_is() {
        let asks = What::Comment(Says::Asks);
        leads_to(State::Triage, &[(10, asks), (20, What::Message)], State::Triage, None);
        leads_to(State::Triage, &[(9, DECIDES)], State::Triage, None);
        let decided = act(10, DECIDES);
        assert_eq!(review(State::InTech, &[decided], None), Review { state: State::InTech, decision: None });
        leads_to(State::ReadyToClose, &[(10, DECIDES)], State::ReadyToClose, Some(10));
    }

    proptest! {
        #[test]
        fn later_acts_undo_nothing(
            first in proptest::collection::vec((0..40_i64, 0..5_usize), 0..6),
            later in proptest::collection::vec((40..80_i64, 0..5_usize), 0..6),
        ) {
            let kinds = [DECIDES, READY_NOW, What::Message, What::Comment(Says::Asks), What::Comment(Says::Nothing)];
            let acts = |of: &[(i64, usize)]| {
                let mut acts: Vec<Act> = of.iter().map(|(second, kind)| act(*second, kinds[*kind])).collect();
                acts.sort_by_key(|it| it.at);
                acts
            };
            let (before, all) = (acts(&first), acts(&[first, later].concat()));
            let once = review(State::Triage, &before, Some(at(10))).state;
            let then = review(once, &all, Some(at(10))).state;
            let rank = |it| [State::Triage, State::AgentToFinish, State::ReadyToClose].iter().position(|other| *other == it);
            prop_assert!(rank(then) >= rank(once));
            prop_assert_eq!(review(then, &all, Some(at(10))).state, then, "deciding again changes nothing");
        }
    }
}
