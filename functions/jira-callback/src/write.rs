//! Writes on a ticket what is so of its issue.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::jira::Progress;
use escalation::ledger::Setback;
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::message::Message;
use escalation::runtime::Failure;

use super::JiraCallback;
use super::tell::Case;

impl JiraCallback {
    /// The ticket's properties where they differ from what they should be.
    pub(super) fn properties(
        &self,
        case: &Case<'_>,
        issue: &Progress,
        was: Option<&IssueKey>,
        news: Option<&Message>,
    ) -> BTreeMap<&str, String> {
        let ours = &self.policy.properties;
        let key = issue.key.to_string();
        let mut wanted: Vec<(&str, String)> = vec![(&ours.jira_url, self.site.page(&key))];
        if was.is_some() {
            wanted.push((&ours.jira_reference, key));
        }
        if !issue.status.is_empty() {
            wanted.push((&ours.jira_status, issue.status.clone()));
        }
        wanted.extend(news.map(|it| (&*ours.last_message, it.text())));
        wanted.retain(|(name, value)| !case.found.ticket.has(name, value));
        wanted.into_iter().collect()
    }

    /// Writes what differs, where anything does. What HubSpot does not take keeps nobody from hearing the news.
    pub(super) async fn write(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Setback> {
        if properties.is_empty() {
            return Ok(());
        }
        let ticket = case.found.id;
        match self.hubspot.update_ticket(ticket, properties).await {
            Err(Fault::Refused { status: 404, .. }) => {
                Err(Setback::Refused { reason: format!("ticket {ticket} was deleted meanwhile") })
            }
            Err(Fault::Refused { reason, .. }) => {
                tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                Ok(())
            }
            written => written.map_err(Fault::of_a_read),
        }
    }
}

/// A write that may be repeated is done by whoever comes next.
pub fn failure(setback: Setback) -> Failure {
    match setback {
        Setback::Refused { reason } => Failure::Rejected(reason),
        Setback::NotApplied { retry_after: Some(retry_after), .. } => Failure::Busy { retry_after },
        Setback::NotApplied { reason, .. } | Setback::Unknown { reason } => Failure::Later(anyhow::anyhow!(reason)),
    }
}
