//! Opens a ticket again that was closed too early: once in an escalation, after saying why.

use escalation::http::Fault;
use escalation::hubspot::{is_forbidden, refused_properties};
use escalation::ledger::How;
use escalation::procedure::closure::{Attempt, Missing, Stage, Verdict, Why};
use escalation::procedure::wording::closure::{self as words, Refusal, thread};
use escalation::runtime::{Result, worst};
use jiff::Timestamp;

use super::EnforceClosure;
use super::apply::{Applied, settled};
use super::case::{Case, REFUSED, REOPENED};
use super::found::{Reopening, STAGE};

/// The reply in Slack.
const REPLY: &str = "reopened";

impl EnforceClosure {
    /// Says why, then opens it. A run that ends between the two is taken up by the next: as long as the
    /// ticket is closed since that moment, it is still to be opened; closed later, it is not any more.
    pub(super) async fn reopen<'a>(&self, case: &Case<'a>, to: &'a str, missing: Vec<Missing>) -> Result<Applied<'a>> {
        let Stage::Closed { at: closed_at, .. } = case.found.ending.stage else {
            return Ok(Applied::So(Verdict::Open { idle_since: None, missing }));
        };
        let how = self.say_why(case, closed_at, &missing).await?;
        // Another run said so, and may have opened it since we read it.
        if how == How::Replayed && !self.is_unmoved(case).await? {
            return Ok(Applied::So(Verdict::Open { idle_since: None, missing }));
        }
        let verdict = Verdict::Revert { to, missing };
        match self.update(case, &case.properties(&verdict)).await {
            Ok(()) => {}
            Err(Fault::Refused { status: 404, .. }) => return Ok(Applied::Gone),
            Err(Fault::Refused { reason, .. }) => {
                let named = refused_properties(&reason);
                // What people can act on stands behind status and correlation.
                let words = reason.split_once(") ").map_or(&*reason, |it| it.1);
                let refusal = match named.as_slice() {
                    [] => Refusal::Other(words),
                    named if named.iter().any(|it| self.is_written(it)) => Refusal::Other(words),
                    named => Refusal::Properties(named),
                };
                return Box::pin(self.refused(case, refusal, verdict.missing().to_vec())).await;
            }
            Err(Fault::Denied { reason }) if is_forbidden(&reason) => {
                return Box::pin(self.refused(case, Refusal::Permission, verdict.missing().to_vec())).await;
            }
            Err(fault) => return Err(fault.into()),
        }
        if case.found.ending.cycle.cleared_at.is_some() {
            self.remind_later(case).await?;
        }
        self.reply(case, REPLY, thread::reopened(case.agent(), verdict.missing())).await?;
        Ok(Applied::So(verdict))
    }

    /// Slack is told of what we opened again, where it could not be before.
    pub(super) async fn say_reopened(&self, case: &Case<'_>, missing: &[Missing]) -> Result<()> {
        let is_ours = matches!(case.found.attempt(), Some(Attempt::Done(_)));
        // That it is open is our doing.
        let missing: Vec<Missing> = missing.iter().copied().filter(|it| *it != Missing::NotClosed).collect();
        match is_ours && !missing.is_empty() {
            true => self.reply(case, REPLY, thread::reopened(case.agent(), &missing)).await,
            false => Ok(()),
        }
    }

    async fn say_why(&self, case: &Case<'_>, closed_at: Timestamp, missing: &[Missing]) -> Result<How> {
        let effect = case.telling.effect(REOPENED, &[])?;
        let message = case.note(&effect, words::reopened(missing, &case.scene()));
        let look_up = async {
            let found = case.telling.find_note(effect.marker()).await.map_err(Fault::of_a_read)?;
            Ok(found.map(|note| Reopening { note, closed_at }))
        };
        let act = async { Ok(Reopening { note: case.telling.write_note(&message).await?, closed_at }) };
        Ok(Box::pin(self.ledger.once(&effect, case.telling.invocation, look_up, act)).await?.how)
    }

    /// Whether the ticket is in the stage that we read, since the same moment.
    async fn is_unmoved(&self, case: &Case<'_>) -> Result<bool> {
        let now = self.hubspot.ticket(case.found.id, &[STAGE], &[STAGE]).await?;
        let moved = |it: &escalation::hubspot::Ticket| it.history(STAGE).iter().map(|it| it.timestamp).max();
        Ok(now.is_some_and(|it| moved(&it) == moved(&case.found.ticket)))
    }

    /// Whether this is one of the properties that we write: what is wrong with those is not the agent's.
    fn is_written(&self, property: &str) -> bool {
        let ours = &self.policy.properties;
        [STAGE, &ours.closure_missing, &ours.state, &ours.lane, &ours.last_message].contains(&property)
    }

    /// HubSpot does not let us: the ticket stays closed, under an audit mark, and is not tried again.
    async fn refused<'a>(&self, case: &Case<'a>, refusal: Refusal<'_>, missing: Vec<Missing>) -> Result<Applied<'a>> {
        let told = settled(self.tell(case, REFUSED, words::refused(refusal, &missing, &case.scene())).await)?;
        let slack = self.reply(case, "refused", thread::refused(case.agent(), refusal, &missing)).await;
        let text = words::may_not_open(&case.found.id.to_string(), refusal);
        let alert = self.alert(case, "may-not-open", &text).await;
        let verdict = Verdict::Flag { why: Why::Refused, missing };
        let written = self.write(case, &case.properties(&verdict)).await;
        if let Ok(false) = written {
            return Ok(Applied::Gone);
        }
        worst([told, written.map(drop), slack, alert])?;
        Ok(Applied::So(verdict))
    }
}
