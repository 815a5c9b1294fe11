//! What the issue says of the escalation.

use escalation::http::Fault;
use escalation::procedure::comment::Point;
use escalation::procedure::issue::{self, Draft, Privacy};
use escalation::procedure::level::Level;
use escalation::procedure::ticket_name::{self, Context};
use escalation::procedure::trigger::Trigger;

use super::CreateJiraIssue;
use super::apply::Case;
use super::found::PRIORITY;

impl CreateJiraIssue {
    /// The issue to be created. Who the customer is, is asked where it is to be left out.
    pub(super) async fn draft(&self, case: &Case<'_>) -> Result<Draft, Fault> {
        let names = self.names(case).await?;
        let (found, ours) = (case.found, &self.policy.properties);
        let property = |name: &str| Some(found.ticket.property(name)).filter(|it| !it.is_empty());
        let comment = found.comment.choice.counted.as_ref().map(|it| &it.comment);
        let points = Point::ALL.map(|it| (it, comment.and_then(|comment| comment.text(it))));
        let reasons = found.ticket.property(&ours.reason).split(';').filter_map(|it| Trigger::from_code(it.trim()));
        let reasons: Vec<&str> = reasons.map(Trigger::label).collect();
        let privacy = match self.policy.jira.customer_names {
            true => Privacy::Named,
            false => Privacy::Hidden { names: &names },
        };
        Ok(issue::draft(&issue::Case {
            ticket: &found.id.to_string(),
            page: &case.telling.page(),
            cycle: found.cycle,
            subject: found.ticket.property("subject"),
            points: &points,
            reasons: &reasons,
            impact: property(&ours.impact),
            expectation: property(&ours.expectation),
            level: Level::from_number(found.ticket.property(&ours.level)).map(Level::number),
            priority: property(PRIORITY),
            agent: found.agent().map(|it| &*it.name),
            shift_lead: found.lead().map(|it| &*it.name),
            privacy,
        }))
    }

    /// Everything that the customer is called: what Jira is not to know. What the ticket's name says may
    /// be another name than the companies'.
    async fn names(&self, case: &Case<'_>) -> Result<Vec<String>, Fault> {
        if self.policy.jira.customer_names {
            return Ok(Vec::new());
        }
        let ticket = &case.found.ticket;
        let named = ticket_name::check(ticket.property("subject"), &Context::default()).customer;
        let companies = async { known(self.hubspot.company_names(&ticket.companies).await) };
        let contacts = async { known(self.hubspot.contact_names(&ticket.contacts).await) };
        let (companies, contacts) = tokio::try_join!(companies, contacts)?;
        Ok(named.into_iter().chain(companies).chain(contacts).collect())
    }
}

/// Names that we may not read yet cannot be left out: the issue waits until somebody lets us.
fn known(names: Result<Vec<String>, Fault>) -> Result<Vec<String>, Fault> {
    match names {
        Err(Fault::Denied { reason }) => {
            tracing::error!("Cannot read the customer's name, which Jira is not to know: {reason}; check the scopes");
            Err(Fault::Denied { reason })
        }
        Err(Fault::Refused { reason, .. }) => {
            tracing::error!("Cannot read the customer's name, so Jira may be told it: {reason}");
            Ok(Vec::new())
        }
        names => names,
    }
}
