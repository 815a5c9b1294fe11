//! An escalation that is over.

use escalation::http::Fault;
use escalation::procedure::closure::{Evidence, Verdict};
use escalation::procedure::message::Message;
use escalation::procedure::wording::closure::{self as words, thread};
use escalation::runtime::{Failure, Result, worst};
use escalation::telemetry::Metric;
use jiff::{SignedDuration, Timestamp};

use super::EnforceClosure;
use super::apply::{Applied, settled};
use super::case::{Case, RESOLVED};
use super::found::Told;

/// What stands as the status of an issue that is no more.
const DELETED: &str = "deleted";

impl EnforceClosure {
    /// Writes that it is over, then tells the agent and Slack.
    pub(super) async fn resolve<'a>(&self, case: &Case<'a>, evidence: &Evidence, at: Timestamp) -> Result<Applied<'a>> {
        let verdict = Verdict::Resolved { evidence: *evidence, at };
        // What HubSpot does not take keeps nobody from hearing of it.
        let written = match self.write(case, &case.properties(&verdict)).await {
            Ok(false) => return Ok(Applied::Gone),
            Err(failure @ (Failure::Busy { .. } | Failure::Later(_))) => return Err(failure),
            written => written.map(drop),
        };
        let took = case.took(at);
        let told = settled(self.tell_resolved(case, evidence, took).await)?;
        let slack = self.end_thread(case, "resolved", thread::resolved(took, evidence)).await;
        worst([written, told, slack])?;
        Ok(Applied::So(verdict))
    }

    async fn tell_resolved(&self, case: &Case<'_>, evidence: &Evidence, took: SignedDuration) -> Result<()> {
        let effect = case.telling.effect(RESOLVED, &[])?.counting([Metric::Resolved]);
        let mut message = words::resolved(case.telling.cycle, took, evidence);
        if let Some(warning) = self.jira_still_open(case) {
            message.append(warning);
        }
        let message = case.note(&effect, message);
        let look_up = async {
            let found = case.telling.find_note(effect.marker()).await.map_err(Fault::of_a_read)?;
            Ok(found.map(|note| Told::new(note, evidence)))
        };
        let act = async { Ok(Told::new(case.telling.write_note(&message).await?, evidence)) };
        Box::pin(self.ledger.once(&effect, case.telling.invocation, look_up, act)).await?;
        Ok(())
    }

    /// Tech may still be at it, which keeps nobody from closing.
    fn jira_still_open(&self, case: &Case<'_>) -> Option<Message> {
        let ours = &self.policy.properties;
        let property = |name| Some(case.found.ticket.property(name)).filter(|it| !it.is_empty());
        let (issue, status) = (property(&ours.jira_reference)?, property(&ours.jira_status)?);
        let is_over = status == DELETED || self.policy.closure.is_jira_done(status);
        (!is_over).then(|| words::jira_still_open(issue, status))
    }

    /// Slack is told of what is over, where it could not be before.
    pub(super) async fn finish(&self, case: &Case<'_>) -> Result<()> {
        let (ours, ticket) = (&self.policy.properties, &case.found.ticket);
        let (Some(told), Some(at)) = (&case.found.told, case.found.resolved_at(&self.policy)) else {
            return Ok(());
        };
        let took = ticket.property(&ours.resolve_minutes).parse().map(SignedDuration::from_mins).unwrap_or_default();
        self.end_thread(case, "resolved", thread::resolved(took, &told.evidence(at))).await
    }
}
