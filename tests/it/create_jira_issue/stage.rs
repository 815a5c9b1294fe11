//! What these stories need beside the bench: an escalation that a Shift Lead sent to Tech, and what Jira has.

use escalation::id::TicketId;
use sandbox::world::jira::Issue;

use crate::assign_lane::stage::{DAYS, LEADS};
use crate::bench::Bench;
use crate::bench::texts::whole;

impl Bench {
    /// Shift Leads, Slack and Jira at work.
    pub async fn with_tech(changes: &[(&str, &str)]) -> Self {
        Self::with_jira(&[&[LEADS, DAYS], changes].concat()).await
    }

    /// The same with Slack off.
    pub async fn with_tech_alone(changes: &[(&str, &str)]) -> Self {
        Self::with_jira_alone(&[&[LEADS, DAYS], changes].concat()).await
    }

    /// An escalation of Sam's with all five points that Dana has sent to Tech just now; no workflow has asked
    /// anything yet.
    pub fn sent_to_tech(&self) -> TicketId {
        let ticket = self.escalated(&whole());
        self.wait(60);
        self.dana().set(ticket, "escalation_type", "tech").unwrap();
        ticket
    }

    /// The issues that Jira has for a ticket.
    pub fn issues(&self, ticket: TicketId) -> Vec<Issue> {
        let label = format!("hs-ticket-{}-{ticket}", self.portal());
        self.world.jira.issues().into_iter().filter(|it| it.labels.contains(&label)).collect()
    }

    /// Jira Reference, link, status, and the ticket's stage.
    pub fn logged(&self, ticket: TicketId) -> [String; 4] {
        ["jira_reference", "jira_url", "jira_status", "hs_pipeline_stage"].map(|it| self.value(ticket, it))
    }
}
