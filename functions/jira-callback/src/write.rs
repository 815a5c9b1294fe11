//! Writes on a ticket what is so of its issue.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::ledger::Setback;
use escalation::procedure::message::Message;
use escalation::runtime::Failure;

use super::JiraCallback;
use super::order::Shown;
use super::visit::Case;

impl JiraCallback {
    /// The ticket's properties where they differ from what they should be. The status and since when it is so
    /// go together, or a visit at the same time could leave one of each.
    pub(super) fn properties(
        &self,
        case: &Case<'_>,
        shown: &Shown<'_>,
        news: Option<&Message>,
    ) -> BTreeMap<&str, String> {
        let (ours, ticket, issue) = (&self.policy.properties, &case.found.ticket, shown.issue);
        let key = issue.key.to_string();
        let mut wanted: Vec<(&str, String)> = vec![(&ours.jira_url, self.site.page(&key))];
        if shown.is_new_key {
            wanted.push((&ours.jira_reference, key));
        }
        wanted.extend(news.map(|it| (&*ours.last_message, it.text())));
        wanted.retain(|(name, value)| !ticket.has(name, value));
        let since = shown.since.map_or_else(String::new, |it| it.to_string());
        let status = [(&*ours.jira_status, issue.status.clone()), (&*ours.jira_updated_at, since)];
        let differs = status.iter().any(|(name, value)| !ticket.has(name, value));
        if differs && !issue.status.is_empty() && !shown.is_older {
            wanted.extend(status);
        }
        wanted.into_iter().collect()
    }

    /// The same with the issue's, which is looked at once more afterwards.
    pub(super) async fn show(
        &self,
        case: &Case<'_>,
        shown: &Shown<'_>,
        properties: &BTreeMap<&str, String>,
    ) -> Result<(), Setback> {
        if properties.contains_key(&*self.policy.properties.jira_status) {
            // Before the call: nobody knows when one without an answer is done.
            let _first = case.written.set(shown.issue.clone());
        }
        self.write(case, properties).await
    }

    /// Writes what differs, where anything does. What HubSpot does not take keeps nobody from hearing the news.
    pub(super) async fn write(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Setback> {
        match self.update(case, properties).await {
            Err(Fault::Refused { status: 404, .. }) => {
                let ticket = case.found.id;
                Err(Setback::Refused { reason: format!("ticket {ticket} was deleted meanwhile") })
            }
            Err(Fault::Refused { reason, .. }) => {
                let ticket = case.found.id;
                tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                for (name, value) in properties {
                    match self.update(case, &BTreeMap::from([(*name, value.clone())])).await {
                        Err(Fault::Refused { .. }) => {}
                        written => written.map_err(Fault::of_a_read)?,
                    }
                }
                Ok(())
            }
            written => written.map_err(Fault::of_a_read),
        }
    }

    async fn update(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        match properties.is_empty() {
            true => Ok(()),
            false => self.hubspot.update_ticket(case.found.id, properties).await,
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
