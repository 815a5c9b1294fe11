//! Takes an issue that was there already for the escalation's.

use escalation::http::Fault;
use escalation::jira::Issue;
use escalation::ledger::{Effect, Setback, Unfinished};
use escalation::lineage::MERGED;
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::wording::tech::{self as words, Came};
use escalation::runtime::{Failure, Result};
use escalation::telemetry::Metric;

use super::CreateJiraIssue;
use super::apply::{Case, GLOBAL_ID, Made, Written, global_id, global_id_of};
use super::fields::Outputs;
use super::make::{made, note};

/// That this issue becomes the escalation's.
fn link_effect(case: &Case<'_>, issue: &Issue) -> Result<Effect> {
    Ok(case.telling.effect("jira-link", &[issue.id.as_str()])?.counting([Metric::Issues]))
}

impl CreateJiraIssue {
    /// Whether an issue is where escalations go, or was the ticket's before somebody moved it away.
    pub(super) async fn may_link(&self, case: &Case<'_>, issue: &Issue) -> Result<bool> {
        let (portal, ticket) = (case.request.portal.0, case.telling.began_on.0);
        let is_ours = issue.witness.as_ref().is_some_and(|it| (it.portal, it.ticket) == (portal, ticket));
        let is_here = self.projects(&case.request.inputs).any(|it| it == issue.key.project());
        Ok(is_ours || is_here || self.is_linked(case, issue).await?)
    }

    /// Whether an issue was linked in this escalation.
    pub(super) async fn is_linked(&self, case: &Case<'_>, issue: &Issue) -> Result<bool> {
        Ok(self.recorded(&link_effect(case, issue)?).await?.is_some())
    }

    /// Links the issue, once, and says on both sides what else belongs to it.
    pub(super) async fn link(&self, case: &Case<'_>, issue: Issue, others: &[IssueKey]) -> Result<Outputs> {
        let effect = link_effect(case, &issue)?;
        let case = &Case { effect: &effect, ..*case };
        let written = Written::default();
        let linked = || async {
            self.remote_link(case, &issue.key).await?;
            let tickets = self.tickets_of(case, &issue).await?;
            Ok(Made { tickets, ..made(case, &issue) })
        };
        // Linking twice changes nothing, so there is nothing to look for first.
        let look_up = async { linked().await.map(Some) };
        let then = |made: Made| {
            (Box::pin(self.is_noted(case)), Box::pin(self.tell_linked(case, &issue, others, made.tickets, &written)))
        };
        let done = Box::pin(self.ledger.once_then(&effect, case.telling.invocation, look_up, linked(), then)).await;
        let done = match done {
            Ok(done) => done,
            Err(Unfinished::Failed { reason }) => return Err(Failure::Rejected(reason)),
            Err(unfinished) => return Err(unfinished.into()),
        };
        if written.is_gone() {
            return Ok(super::gone(case.request));
        }
        note(case, &done);
        let came = Came::Linked { is_done: issue.is_done, tickets: done.output.tickets };
        Box::pin(self.settled(case, &done.output, Some(issue.clone()), &written, came)).await
    }

    async fn tell_linked(
        &self,
        case: &Case<'_>,
        issue: &Issue,
        others: &[IssueKey],
        tickets: usize,
        written: &Written,
    ) -> Result<(), Setback> {
        if self.was_told(case, issue).await? {
            return Ok(());
        }
        if tickets > 1 {
            self.tell_jira(case, issue, tickets).await?;
        }
        let came = Came::Linked { is_done: issue.is_done, tickets };
        let message = self.in_tech(case, issue, came, others);
        self.log(case, issue, &message, written).await
    }

    /// How many tickets the issue is linked to, this one among them. Those that it was merged of are no others.
    async fn tickets_of(&self, case: &Case<'_>, issue: &Issue) -> Result<usize, Setback> {
        let merged = case.found.ticket.property(MERGED).split(';').map(|it| global_id_of(case, it.trim()));
        let own: Vec<String> = merged.chain([global_id(case)]).collect();
        let links = match self.jira.links(&issue.key).await {
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                tracing::warn!(key = %issue.key, "Jira does not say which tickets {} has: {reason}", issue.key);
                Vec::new()
            }
            links => links.map_err(Fault::of_a_read)?,
        };
        Ok(1 + links.iter().filter(|it| it.starts_with(GLOBAL_ID) && !own.contains(it)).count())
    }

    /// Says in Jira that one more customer reports it.
    async fn tell_jira(&self, case: &Case<'_>, issue: &Issue, tickets: usize) -> Result<(), Setback> {
        let unnamed = |failure: Failure| Setback::NotApplied { retry_after: None, reason: format!("{failure:?}") };
        let effect = case.telling.effect("jira-also", &[issue.id.as_str()]).map_err(unnamed)?;
        let look_up = async { self.jira.find_comment(&issue.key, effect.marker()).await.map_err(Fault::of_a_read) };
        let text = words::also_reported(&case.found.id.to_string(), &case.telling.page(), case.found.cycle, tickets);
        let act = async { Ok(self.jira.comment(&issue.key, &text, effect.marker()).await?) };
        match Box::pin(self.ledger.once(&effect, case.telling.invocation, look_up, act)).await {
            Ok(_) => Ok(()),
            Err(Unfinished::Failed { reason }) => {
                tracing::warn!(key = %issue.key, "Jira does not take our comment on {}: {reason}", issue.key);
                Ok(())
            }
            Err(Unfinished::Busy { retry_after } | Unfinished::Parked { retry_after }) => Err(Setback::NotApplied {
                retry_after: Some(retry_after),
                reason: "a comment in Jira waits".to_owned(),
            }),
            Err(unfinished) => Err(Setback::NotApplied { retry_after: None, reason: unfinished.to_string() }),
        }
    }
}
