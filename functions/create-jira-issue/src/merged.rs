//! A ticket that was merged of others: Jira leads to what is left of them.

use escalation::http::Fault;
use escalation::jira::Issue;
use escalation::ledger::{How, Setback, Unfinished};
use escalation::procedure::jira_reference::IssueKey;
use escalation::runtime::Result;

use super::CreateJiraIssue;
use super::apply::Case;

impl CreateJiraIssue {
    /// Has the issue, and those of escalations that this one goes on for, lead to the ticket as it is called
    /// now. Done again, it changes nothing.
    pub(super) async fn relink(&self, case: &Case<'_>, issue: &Issue) -> Result<()> {
        let (ours, ticket) = (&self.policy.properties, &case.found.ticket);
        let others = ticket.property(&ours.jira_reference_other).split(';');
        let others: Vec<IssueKey> = others.filter_map(|it| IssueKey::parse(it.trim()).ok()).collect();
        if case.telling.began_on == case.found.id && others.is_empty() {
            return Ok(());
        }
        let id = case.found.id.to_string();
        self.once(case, &[issue.id.as_str(), &id], self.remote_link(case, &issue.key)).await?;
        for other in others.iter().filter(|it| **it != issue.key) {
            let related = async {
                self.remote_link(case, other).await?;
                match self.jira.relate(&issue.key, other).await {
                    Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                        tracing::warn!(key = %issue.key, "Jira does not relate {} to {other}: {reason}", issue.key);
                        Ok(())
                    }
                    related => related.map_err(Fault::of_a_read),
                }
            };
            self.once(case, &[issue.id.as_str(), &id, &other.to_string()], related).await?;
        }
        Ok(())
    }

    /// What may be repeated, but need not be.
    async fn once(
        &self,
        case: &Case<'_>,
        which: &[&str],
        act: impl Future<Output = Result<(), Setback>>,
    ) -> Result<()> {
        let effect = case.telling.effect("jira-relink", which)?;
        let nothing_to_find = async { Ok(None::<()>) };
        match Box::pin(self.ledger.once(&effect, case.telling.invocation, nothing_to_find, act)).await {
            Ok(done) => {
                if done.how == How::Acted {
                    tracing::info!(ticket = %case.found.id, effect = effect.key(), "Jira leads to ticket {}", case.found.id);
                }
                Ok(())
            }
            Err(Unfinished::Failed { .. }) => Ok(()),
            Err(unfinished) => Err(unfinished.into()),
        }
    }
}
