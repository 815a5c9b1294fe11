//! What the Shift Leads made of an escalation that is in a lane, and how the agent hears of it.

use escalation::hubspot::Version;
use escalation::policy::Policy;
use escalation::procedure::cycle::State;
use escalation::procedure::intake::Finding;
use escalation::procedure::lane::Wish;
use escalation::procedure::message::{Message, Span};
use escalation::procedure::review::Act;
use escalation::procedure::wording::lane::told;
use escalation::procedure::wording::watch as words;
use escalation::reading::closure::jira_done_since;
use escalation::reading::oldest_first;
use escalation::runtime::Result;
use escalation::telling::slack::nothing;
use escalation::telling::{Telling, mention};
use jiff::Timestamp;

use super::AssignLane;
use super::apply::Case;
use super::found::Escalated;

/// The note that the ledger keeps from being written twice.
const REVIEWED: &str = "lane-reviewed";

/// What the agent is to hear of the review.
pub struct News {
    /// What tells it from others in this escalation.
    pub which: Vec<String>,
    /// Whether the Shift Lead called the agent themselves.
    is_known: bool,
    kind: Kind,
    by: Option<u64>,
}

enum Kind {
    Reviewed(Act),
    Decided(State),
}

/// From when on what a Shift Lead does decides an escalation that stands there; `None` while it cannot: with
/// Tech until its issue is done.
pub fn decides_from(found: &Escalated, state: State, accepted_at: Timestamp, policy: &Policy) -> Option<Timestamp> {
    let decided = matches!(state, State::AgentToFinish | State::ReadyToClose);
    let is_with_tech = state == State::InTech || (decided && matches!(found.wished.wish, Wish::Tech { .. }));
    let stood = || found.ticket.history(&policy.properties.state).iter().filter(|it| it.timestamp >= found.started_at);
    let from = match is_with_tech {
        true => jira_done_since(&found.ticket, policy)?.max(found.wished.at),
        false if stood().any(|it| it.value == State::InTech.name()) => found.wished.at,
        // Whoever had all points before them could decide, however late we come.
        false => {
            let counted = found.comment.choice.counted.as_ref().map(|it| it.written_at);
            let complete_at = counted.filter(|_| found.comment.intake.finding == Finding::Complete);
            complete_at.map_or(accepted_at, |at| at.min(accepted_at))
        }
    };
    // Who sets it back by hand wants it decided anew.
    let by_hand = stood().filter(|it| it.by.is_some()).map(|it| it.timestamp).max();
    Some(from.max(found.started_at).max(by_hand.unwrap_or(from)))
}

impl AssignLane {
    /// What the agent is to hear: of the first look, where that decided nothing; and of the decision. That it
    /// went to Tech is told by whoever has it there.
    pub(super) fn tells_review(&self, case: &Case<'_>) -> Option<News> {
        let (found, decided) = (case.found, &case.decided);
        if found.is_closed(&self.policy) {
            return None;
        }
        let news = match (decided.decision.state, decided.decision_act) {
            (state @ (State::AgentToFinish | State::ReadyToClose), act) => News {
                which: vec![state.name().to_owned(), turn(found, &self.policy)],
                is_known: act.is_some_and(|it| it.mentions_agent),
                kind: Kind::Decided(state),
                by: act.map(|it| it.by),
            },
            _ => {
                let first = found.acts.first()?;
                let reviewed_at = decided.lane.and(decided.reviewed_at)?;
                if reviewed_at.as_millisecond() != first.at.as_millisecond() {
                    return None;
                }
                News {
                    which: vec!["reviewed".to_owned()],
                    is_known: first.mentions_agent,
                    kind: Kind::Reviewed(*first),
                    by: Some(first.by),
                }
            }
        };
        // Who did it themselves knows.
        let agent = found.agent().and_then(|it| it.user_id);
        (agent.is_none() || news.by != agent).then_some(news)
    }

    /// The words, with the agent called where nothing else does.
    pub(super) fn review_message(&self, news: &News, case: &Case<'_>, agent: Option<Span>) -> Message {
        let lead = case.found.user(news.by);
        match news.kind {
            Kind::Reviewed(act) => words::reviewed(lead, act.what, agent),
            Kind::Decided(state) => words::decided(state, lead, agent),
        }
    }

    /// Tells the agent on the ticket, whom the Shift Lead did not call themselves.
    pub(super) async fn tell_review(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        let Some(news) = self.tells_review(case).filter(|it| !it.is_known) else {
            return Ok(());
        };
        let which: Vec<&str> = news.which.iter().map(String::as_str).collect();
        let effect = telling.effect(REVIEWED, &which)?;
        let agent = case.found.agent().map(mention);
        let message = told(agent, self.review_message(&news, case, None), case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, nothing()).await.map(drop)
    }
}

/// Since when it was last taken up anew: what is decided is told once, and again after it was with Tech.
fn turn(found: &Escalated, policy: &Policy) -> String {
    let history = oldest_first(found.ticket.history(&policy.properties.state));
    let mut own = history.into_iter().rev().take_while(|it| it.timestamp >= found.started_at);
    let is_anew = |it: &&Version| match State::from_name(&it.value) {
        Some(State::InTech | State::BackToCs | State::Deescalated) => true,
        Some(State::Triage) => it.by.is_some(),
        _ => false,
    };
    own.find(is_anew).map_or_else(|| "first".to_owned(), |it| it.timestamp.to_string())
}
