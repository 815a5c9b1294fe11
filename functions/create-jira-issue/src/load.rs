//! Reads what an issue is made of: the ticket, then what was written there and who everybody is.

use escalation::http::Fault;
use escalation::hubspot::Ticket;
use escalation::id::TicketId;
use escalation::lineage::{MERGED, Merge};
use escalation::procedure::cycle::Escalation;
use escalation::reading;
use escalation::runtime::{Invocation, Request};

use super::CreateJiraIssue;
use super::fields::Inputs;
use super::found::{Escalated, Found, PRIORITY, STAGE};

impl CreateJiraIssue {
    pub(super) async fn load(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found, Fault> {
        let Some(ticket) = self.survivor(request, invocation).await? else {
            return Ok(Found::Gone);
        };
        // What was merged away goes on under the survivor's id, and so does what was done for it.
        let id = ticket.id.unwrap_or(request.ticket);
        let Escalation::Open { number, started_at, previous_cleared_at } = reading::escalation(&ticket, &self.policy)
        else {
            return Ok(Found::NotEscalated);
        };
        if self.policy.escalation.ignore_before.is_some_and(|before| started_at < before) {
            return Ok(Found::BeforeOurTime);
        }
        let window = reading::window(started_at, previous_cleared_at, &self.policy);
        let now = invocation.now();
        let ((_, comment), people) = tokio::try_join!(
            reading::written(&self.hubspot, id, &ticket, &window, &self.policy, now),
            reading::people(&self.hubspot, now)
        )?;
        let wished = reading::wished(&ticket, started_at, &people, &self.policy);
        Ok(Found::Escalated(Box::new(Escalated {
            id,
            cycle: number,
            started_at,
            previous_cleared_at,
            wished,
            comment,
            people,
            ticket,
        })))
    }

    /// The ticket, which carries on what was merged into it.
    async fn survivor(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Option<Ticket>, Fault> {
        let (hubspot, ledger, policy) = (&self.hubspot, &self.ledger, &self.policy);
        let merge = Merge { hubspot, ledger, policy, portal: request.portal, invocation };
        merge.survivor(request.ticket, request.inputs.mode, || self.ticket(request.ticket)).await
    }

    async fn ticket(&self, id: TicketId) -> Result<Option<Ticket>, Fault> {
        let ours = &self.policy.properties;
        let dated = [&*ours.escalation_type, &ours.jira_reference, &ours.reason];
        let plain = [
            "subject",
            "createdate",
            "hubspot_owner_id",
            "hs_pipeline",
            STAGE,
            PRIORITY,
            MERGED,
            &ours.level,
            &ours.state,
            &ours.impact,
            &ours.expectation,
            &ours.jira_url,
            &ours.jira_status,
            &ours.jira_updated_at,
            &ours.jira_reference_other,
            &ours.merged_from,
            &ours.last_message,
        ];
        self.hubspot.ticket(id, &[&dated[..], &plain[..]].concat(), &dated).await
    }
}
