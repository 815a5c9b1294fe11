//! Says why there is no issue, and to whom.

use std::collections::BTreeMap;

use escalation::http::Fault;
use escalation::procedure::message::Message;
use escalation::procedure::wording::lane::told;
use escalation::procedure::wording::tech as words;
use escalation::runtime::Result;
use escalation::telling::{mention, slack};

use super::apply::Case;
use super::fields::{Outcome, Outputs};
use super::{Blocked, CreateJiraIssue, nothing};

impl CreateJiraIssue {
    /// The answer where somebody has to do something first.
    pub(super) fn blocked(&self, case: &Case<'_>, blocked: &Blocked) -> Outputs {
        let message = self.why(case, blocked, |why| words::summary(&words::Outcome::Blocked(why)));
        Outputs { reason: blocked.code().to_owned(), ..nothing(case.request, Outcome::Blocked, &message) }
    }

    /// Why it is so, in the terms of the wording.
    fn why<T>(&self, case: &Case<'_>, blocked: &Blocked, say: impl FnOnce(words::Blocked<'_>) -> T) -> T {
        let found = case.found.ticket.property(&self.policy.properties.jira_reference);
        let projects: Vec<String> = self.projects(&case.request.inputs).map(str::to_owned).collect();
        say(match blocked {
            Blocked::NotConfirmed => words::Blocked::NotConfirmed,
            Blocked::Unreadable(reason) => words::Blocked::Reference { found, reason: *reason, projects: &projects },
            Blocked::Unknown(key) => words::Blocked::NotFound(key),
            Blocked::Elsewhere(key) => words::Blocked::Project { project: key.project(), projects: &projects },
        })
    }

    /// The same, after the agent was told. That Tech was not theirs to choose, `assign-lane` tells them.
    pub(super) async fn block(&self, case: &Case<'_>, blocked: &Blocked) -> Result<Outputs> {
        if !matches!(blocked, Blocked::NotConfirmed) {
            let text = case.found.ticket.property(&self.policy.properties.jira_reference);
            let lead = case.found.lead().map(mention);
            let message = self.why(case, blocked, |why| words::blocked(&why, lead));
            self.tell(case, "jira-blocked", text, message).await?;
        }
        Ok(self.blocked(case, blocked))
    }

    /// Jira will not have it: whoever sent it to Tech hears why.
    pub(super) async fn refuse(&self, case: &Case<'_>, reason: &str) -> Result<Outputs> {
        let message = words::refused(reason, case.found.lead().map(mention));
        let text = words::summary(&words::Outcome::Refused(reason));
        tracing::error!(ticket = %case.found.id, "Jira refuses an issue for ticket {}; the ticket says why", case.found.id);
        // Who sends it to Tech anew hears it anew: silence would read as success.
        let cause = format!("{} {reason}", case.found.wished.at);
        self.tell(case, "jira-refused", &cause, message).await?;
        self.tell_slack_refused(case, &cause, reason).await?;
        Ok(Outputs { reason: reason.to_owned(), ..nothing(case.request, Outcome::FailedPermanent, &text) })
    }

    /// Tells somebody on the ticket, once for each cause.
    async fn tell(&self, case: &Case<'_>, flow: &'static str, cause: &str, message: Message) -> Result<()> {
        // The cause is hashed, and may hold anything but what no name may.
        let cause: String = cause.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let effect = case.telling.effect(flow, &[&cause])?;
        let said = message.text();
        let last = &self.policy.properties.last_message;
        if !case.found.ticket.has(last, &said) {
            let properties = BTreeMap::from([(&**last, said)]);
            match self.write(case, &properties).await {
                Err(Fault::Refused { reason, .. }) => {
                    let ticket = case.found.id;
                    tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                }
                written => written?,
            }
        }
        let message = told(case.found.agent().map(mention), message, case.found.cycle, &case.telling.link(&effect));
        Box::pin(case.telling.note(&effect, &message, slack::nothing())).await.map(drop)
    }
}
