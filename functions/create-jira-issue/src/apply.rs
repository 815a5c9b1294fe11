//! Puts an issue's key on the ticket, and the ticket on the issue; tells the agent.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use escalation::http::Fault;
use escalation::jira::{Created, Issue, RemoteLink};
use escalation::ledger::{Effect, Setback};
use escalation::lineage;
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::message::Message;
use escalation::procedure::stage;
use escalation::procedure::wording::lane::told;
use escalation::procedure::wording::tech::{self as words, Came};
use escalation::runtime::Request;
use escalation::telling::{Telling, mention};
use serde::{Deserialize, Serialize};

use super::CreateJiraIssue;
use super::ask::in_time;
use super::fields::Inputs;
use super::found::{Escalated, STAGE};

/// Before a ticket that somebody else wrote to at the same moment is written again.
const CONFLICT: Duration = Duration::from_secs(2);

/// One escalation, and the effect that its issue is.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub request: &'a Request<Inputs>,
    pub found: &'a Escalated,
    pub telling: &'a Telling<'a>,
    /// The creation of its issue.
    pub effect: &'a Effect,
}

/// An issue that belongs to an escalation by now, as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    #[serde(flatten)]
    pub created: Created,
    /// The run that made it so.
    pub run: String,
    /// How many tickets it had then, this one among them; 0 where nobody had to count.
    #[serde(default)]
    pub tickets: usize,
}

/// What became of the ticket while we wrote.
#[derive(Default)]
pub struct Written {
    /// The issue that we wrote on it in this run.
    issue: OnceLock<Issue>,
    /// It was deleted meanwhile.
    is_gone: AtomicBool,
}

impl Written {
    pub fn is_gone(&self) -> bool {
        self.is_gone.load(Ordering::Relaxed)
    }

    pub fn issue(&self) -> Option<&Issue> {
        self.issue.get()
    }
}

impl CreateJiraIssue {
    /// Puts the issue on the ticket and the ticket on the issue, then tells the agent. Done again, it
    /// changes nothing but that the agent is told twice: the ledger guards it.
    pub(super) async fn log(
        &self,
        case: &Case<'_>,
        issue: &Issue,
        message: &Message,
        written: &Written,
    ) -> Result<(), Setback> {
        let properties = self.properties(case, issue, Some(message));
        self.register(case, &properties).await?;
        match self.write(case, &properties).await {
            Ok(()) => drop(written.issue.set(issue.clone())),
            Err(Fault::Refused { status: 404, .. }) => {
                written.is_gone.store(true, Ordering::Relaxed);
                let (ticket, key) = (case.found.id, issue.key.to_string());
                tracing::error!(%ticket, key, "Ticket {ticket} was deleted while its issue {key} was created");
                return Ok(());
            }
            // What HubSpot does not take keeps nobody from hearing of the issue.
            Err(Fault::Refused { reason, .. }) => {
                let ticket = case.found.id;
                tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                self.write_apart(case, properties).await.map_err(Fault::of_a_read)?;
            }
            Err(fault) => return Err(Fault::of_a_read(fault)),
        }
        self.remote_link(case, &issue.key).await?;
        let agent = case.found.agent().map(mention);
        let message = told(agent, message.clone(), case.found.cycle, &case.telling.link(case.effect));
        case.telling.write_note(&message).await.map(drop)
    }

    /// Has a merge find the issue.
    async fn register(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Setback> {
        let place = (case.request.portal, case.found.id);
        let of = (case.found.cycle, case.found.started_at);
        let (as_it_will_be, now) = ((&case.found.ticket, properties), case.telling.invocation.now());
        let registered = lineage::register(&self.ledger, &self.policy, place, of, as_it_will_be, now);
        let failed = |it| Setback::NotApplied { retry_after: None, reason: format!("{it:?}") };
        Box::pin(registered).await.map_err(failed)
    }

    /// The ticket's properties where they differ from what they should be. The stage is moved once,
    /// with the news: afterwards it is people's.
    pub(super) fn properties<'a>(
        &'a self,
        case: &Case<'_>,
        issue: &Issue,
        news: Option<&Message>,
    ) -> BTreeMap<&'a str, String> {
        let (ours, ticket) = (&self.policy.properties, &case.found.ticket);
        let key = issue.key.to_string();
        let mut wanted: Vec<(&str, String)> = vec![(&ours.jira_url, self.site.page(&key)), (&ours.jira_reference, key)];
        if !issue.status.is_empty() {
            wanted.push((&ours.jira_status, issue.status.clone()));
        }
        // Since when that is so, `jira-callback` will know: what stands there is of another status or issue.
        if wanted.iter().any(|(name, value)| *name != &*ours.jira_url && !ticket.has(name, value)) {
            wanted.push((&ours.jira_updated_at, String::new()));
        }
        if let Some(news) = news {
            wanted.push((&ours.last_message, news.text()));
            if let stage::Step::Move { stage, .. } = self.stage(case) {
                wanted.push((STAGE, stage.to_owned()));
            }
        }
        wanted.retain(|(name, value)| !ticket.has(name, value));
        wanted.into_iter().collect()
    }

    /// What people are told of an issue that is the escalation's by now.
    pub(super) fn in_tech(&self, case: &Case<'_>, issue: &Issue, came: Came, others: &[IssueKey]) -> Message {
        let page = self.site.page(&issue.key.to_string());
        let lead = case.found.lead().map(mention);
        words::in_tech(&words::InTech { issue: about(issue, &page), came, others, step: self.stage(case), lead })
    }

    /// What becomes of the ticket's stage.
    pub(super) fn stage(&self, case: &Case<'_>) -> stage::Step<'_> {
        let (pipeline, present) = (case.found.ticket.property("hs_pipeline"), case.found.ticket.property(STAGE));
        stage::for_tech(&self.policy.pipelines.stages(pipeline), self.policy.pipelines.role(pipeline, present))
    }

    /// Writes what differs, where anything does.
    pub(super) async fn write(&self, case: &Case<'_>, properties: &BTreeMap<&str, String>) -> Result<(), Fault> {
        if properties.is_empty() {
            return Ok(());
        }
        match in_time(case.telling.invocation, self.hubspot.update_ticket(case.found.id, properties)).await {
            // Somebody else writes to the ticket at the same moment.
            Err(Fault::Refused { status: 409, reason }) => Err(Fault::NotNow { retry_after: CONFLICT, reason }),
            written => written,
        }
    }

    /// Whether people were told of this effect when the ledger still knew of it: the ticket keeps its
    /// notes for longer. A ticket that does not name the issue saves the look.
    pub(super) async fn was_told(&self, case: &Case<'_>, issue: &Issue) -> Result<bool, Setback> {
        let page = self.site.page(&issue.key.to_string());
        match case.found.ticket.has(&self.policy.properties.jira_url, &page) {
            true => self.is_noted(case).await,
            false => Ok(false),
        }
    }

    /// Whether the note of this effect is on the ticket.
    pub(super) async fn is_noted(&self, case: &Case<'_>) -> Result<bool, Setback> {
        let note = in_time(case.telling.invocation, case.telling.find_note(case.effect.marker())).await;
        Ok(note.map_err(Fault::of_a_read)?.is_some())
    }

    /// Writes each property by itself, the key before all: one that HubSpot does not take keeps no other off.
    async fn write_apart(&self, case: &Case<'_>, properties: BTreeMap<&str, String>) -> Result<(), Fault> {
        let key = &*self.policy.properties.jira_reference;
        let mut properties: Vec<_> = properties.into_iter().collect();
        properties.sort_by_key(|(name, _)| *name != key);
        for property in properties {
            match self.write(case, &BTreeMap::from([property])).await {
                Err(Fault::Refused { .. }) => {}
                written => written?,
            }
        }
        Ok(())
    }

    /// Shows the ticket on the issue. Where we may not, the link in the description does.
    pub(super) async fn remote_link(&self, case: &Case<'_>, key: &IssueKey) -> Result<(), Setback> {
        let (global_id, page) = (global_id(case), case.telling.page());
        let title = words::link_title(&case.found.id.to_string(), case.found.cycle);
        let subject = self.policy.jira.customer_names.then(|| case.found.ticket.property("subject"));
        let summary = words::link_summary(subject, case.found.lead().map(|it| &*it.name));
        let link = RemoteLink {
            global_id: &global_id,
            url: &page,
            title: &title,
            summary: &summary,
            relationship: "reported by",
            resolved: false,
        };
        match self.jira.link(key, &link).await {
            Err(Fault::Refused { reason, .. } | Fault::Denied { reason }) => {
                let ticket = case.found.id;
                tracing::warn!(%ticket, %key, "Jira does not show ticket {ticket} on {key}: {reason}");
                Ok(())
            }
            linked => linked.map_err(Fault::of_a_read),
        }
    }
}

/// An issue as people read of it.
pub fn about<'a>(issue: &'a Issue, page: &'a str) -> words::Issue<'a> {
    let status = Some(issue.status.as_str()).filter(|it| !it.is_empty());
    words::Issue { key: &issue.key, page, status }
}

/// What a remote link is known by: one for each ticket.
pub fn global_id(case: &Case<'_>) -> String {
    global_id_of(case, &case.telling.began_on.to_string())
}

/// The same of another ticket of the account, by its id.
pub fn global_id_of(case: &Case<'_>, ticket: &str) -> String {
    format!("{GLOBAL_ID}{}:{ticket}", case.request.portal)
}

/// What the remote links of all tickets begin with.
pub const GLOBAL_ID: &str = "hubspot:";
