//! Tells the agent what became of the escalation, each thing once.

use escalation::policy::Accepted;
use escalation::procedure::comment::Status;
use escalation::procedure::cycle::State;
use escalation::procedure::wording::lane as words;
use escalation::runtime::Result;
use escalation::telling::{Telling, mention};

use super::AssignLane;
use super::apply::Case;
use super::duty::Held;
use super::found::Escalated;

/// Notes that are kept from being written twice by the ledger.
const PUT_BACK: &str = "lane-put-back";
const ACCEPTED: &str = "lane-accepted";

impl AssignLane {
    /// Tells the agent why Escalation Type is what it was.
    pub(super) async fn tell_put_back(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        if !case.decided.decision.is_put_back {
            return Ok(());
        }
        let effect = telling.effect(PUT_BACK, &[&case.found.wished.at.to_string()])?;
        let lead = case.held.as_ref().and_then(Held::name);
        let said = words::put_back(lead, !self.policy.shift_leads.is_empty());
        let agent = case.found.agent().map(mention);
        let message = words::told(agent, said, case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, async { Ok(()) }).await.map(drop)
    }

    /// Whether the agent is told that the Shift Lead has it.
    pub(super) fn tells_accepted(&self, case: &Case<'_>) -> bool {
        case.decided.decision.state == State::Triage
            && match self.policy.messages.accepted {
                Accepted::Always => true,
                Accepted::AfterFeedback => self.lacked(case.found),
                Accepted::Never => false,
            }
    }

    /// Whether the agent was asked for something in this escalation. A status that an earlier one left
    /// says so where it is this one's as well.
    fn lacked(&self, found: &Escalated) -> bool {
        let statuses = found.values_from(&self.policy.properties.comment_status, found.started_at);
        let mut ours = statuses.filter(|it| it.timestamp >= found.started_at || found.was_written_to);
        ours.any(|it| matches!(Status::from_name(&it.value), Some(Status::Missing | Status::Incomplete)))
    }

    pub(super) async fn tell_accepted(&self, case: &Case<'_>, telling: &Telling<'_>) -> Result<()> {
        if !self.tells_accepted(case) {
            return Ok(());
        }
        let lacking = if case.decided.decision.lacks_context { "lacking" } else { "complete" };
        let effect = telling.effect(ACCEPTED, &[lacking])?;
        let said = words::standing(&self.standing(case, telling.invocation.now()));
        let agent = case.found.agent().map(mention);
        let message = words::told(agent, said, case.found.cycle, &telling.link(&effect));
        telling.note(&effect, &message, async { Ok(()) }).await.map(drop)
    }
}
