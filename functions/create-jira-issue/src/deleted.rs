//! A ticket that was deleted while Tech is at its issue.

use escalation::http::Fault;
use escalation::jira::CommentId;
use escalation::ledger::{Look, Unfinished};
use escalation::lineage::{Lost, lost};
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::wording::tech as words;
use escalation::runtime::{Action as _, Invocation, Mode, Request, Result};
use escalation::telling::Telling;

use super::CreateJiraIssue;
use super::apply::Made;
use super::ask::in_time;
use super::fields::Inputs;

impl CreateJiraIssue {
    /// Says on the issue, once, that nobody waits for it on the ticket any more.
    pub(super) async fn tell_of_deletion(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<()> {
        if request.inputs.mode == Mode::Observe {
            return Ok(());
        }
        let look = Look::new(Self::NAME, request.portal, request.ticket, &request.inputs)?;
        let Some(lost) = lost(&self.ledger, &self.policy, &look, invocation.now()).await? else {
            return Ok(());
        };
        let (hubspot, ledger, cycle, began_on) = (&self.hubspot, &self.ledger, lost.number, lost.began_on);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on };
        let Some(key) = self.issue_of(&telling, &lost).await? else {
            return Ok(());
        };
        let effect = telling.effect("jira-ticket-deleted", &[])?;
        let text = words::ticket_deleted(&request.ticket.to_string(), cycle);
        let look_up = async { self.jira.find_comment(&key, effect.marker()).await.map_err(Fault::of_a_read) };
        let act = async { Ok(self.jira.comment(&key, &text, effect.marker()).await?) };
        match Box::pin(self.ledger.once::<CommentId, _, _>(&effect, invocation, look_up, act)).await {
            Ok(_) => Ok(()),
            // The issue is gone as well, or closed to us.
            Err(Unfinished::Failed { reason }) => {
                tracing::warn!(%key, "Jira does not take our comment on {key}: {reason}");
                Ok(())
            }
            Err(unfinished) => Err(unfinished.into()),
        }
    }

    /// The issue that the ticket named; else the one that was created for it and never written there.
    async fn issue_of(&self, telling: &Telling<'_>, lost: &Lost) -> Result<Option<IssueKey>> {
        if let Ok(key) = IssueKey::parse(&lost.issue) {
            return Ok(Some(key));
        }
        let effect = telling.effect("jira-issue", &[])?;
        if let Some(made) = Box::pin(self.ledger.recorded::<Made>(&effect)).await? {
            return Ok(Some(made.created.key));
        }
        let found = in_time(telling.invocation, self.jira.find(effect.marker())).await;
        Ok(found?.into_iter().next().map(|it| it.key))
    }
}
