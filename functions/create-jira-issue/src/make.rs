//! Creates the escalation's issue, once.

use std::time::Duration;

use escalation::http::Fault;
use escalation::jira::{Created, Issue, NO_SUCH_TYPE, NewIssue, Witness};
use escalation::ledger::{Done, Effect, How, Setback, Unfinished};
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::wording::tech::{self as words, Came};
use escalation::runtime::Result;
use escalation::telemetry::{self, Metric};
use serde_json::{Map, Value};

use super::CreateJiraIssue;
use super::apply::{Case, Made, Written};
use super::ask::{in_time, within};
use super::fields::{Outcome, Outputs};

/// The longest that Jira is waited for to say what a new issue needs.
const TIME_TO_CHECK: Duration = Duration::from_secs(2);

/// What we say of an issue that is no longer there, or no longer ours to see.
const DELETED: &str = "deleted";

impl CreateJiraIssue {
    /// Has the issue created, unless it is `known`: the ticket names the one that carries our witness,
    /// whatever the ledger still knows.
    pub(super) async fn make(&self, case: &Case<'_>, known: Option<Issue>) -> Result<Outputs> {
        let written = Written::default();
        let known = &known;
        let look_up = async {
            match known {
                Some(issue) => Ok(Some(made_before(case, issue))),
                None => Box::pin(self.find(case)).await,
            }
        };
        let act = async {
            match known {
                Some(issue) => Ok(made_before(case, issue)),
                None => Box::pin(self.create(case)).await,
            }
        };
        let then = |made: Made| (Box::pin(self.is_noted(case)), Box::pin(self.tell_made(case, made, &written)));
        let done = Box::pin(self.ledger.once_then(case.effect, case.telling.invocation, look_up, act, then)).await;
        let done = match done {
            Ok(done) => done,
            Err(Unfinished::Failed { reason }) => return Box::pin(self.refuse(case, &reason)).await,
            Err(unfinished) => return Err(unfinished.into()),
        };
        if written.is_gone() {
            return Ok(super::gone(case.request));
        }
        note(case, &done);
        Box::pin(self.settled(case, &done.output, known.clone(), &written, Came::Created)).await
    }

    /// Says what is so now, and puts right what differs from it on the ticket.
    pub(super) async fn settled(
        &self,
        case: &Case<'_>,
        made: &Made,
        known: Option<Issue>,
        written: &Written,
        came: Came,
    ) -> Result<Outputs> {
        let issue = match written.issue().cloned().or(known) {
            Some(issue) => issue,
            None => self.state_of(case, made).await,
        };
        if written.issue().is_none() {
            match self.write(case, &self.properties(case, &issue, None)).await {
                Err(Fault::Refused { status: 404, .. }) => return Ok(super::gone(case.request)),
                // What is done is done: the workflow hears of the issue that HubSpot does not show.
                Err(Fault::Refused { reason, .. }) => {
                    let ticket = case.found.id;
                    tracing::error!(%ticket, "HubSpot does not take what we write on ticket {ticket}: {reason}");
                }
                ended => ended?,
            }
        }
        Box::pin(self.relink(case, &issue)).await?;
        self.tell_slack(case, &issue, came).await?;
        let key = &issue.key;
        // The same request, asked again, gets the same answer.
        let (outcome, said) = match came {
            _ if made.run != case.request.run_id => (Outcome::Already, words::Outcome::Already(key)),
            Came::Created => (Outcome::Created, words::Outcome::Created(key)),
            Came::Linked { tickets, .. } => (Outcome::LinkedExisting, words::Outcome::LinkedExisting { key, tickets }),
        };
        let answer = self.answer(case, outcome, Some(key), words::summary(&said));
        let run_id = if made.run.is_empty() { answer.run_id.clone() } else { made.run.clone() };
        Ok(Outputs { run_id, ..answer })
    }

    /// The issue as it is now; what is known of it where Jira does not say.
    pub(super) async fn state_of(&self, case: &Case<'_>, made: &Made) -> Issue {
        let Created { id, key } = &made.created;
        let bare = |status: &str| Issue {
            id: id.clone(),
            key: key.clone(),
            summary: String::new(),
            status: status.to_owned(),
            is_done: false,
            labels: Vec::new(),
            witness: None,
            created_at: None,
        };
        match in_time(case.telling.invocation, self.jira.issue(key)).await {
            Ok(Some(issue)) => issue,
            // What was created a moment ago is not deleted: we may not see it.
            Ok(None) if made.run == case.request.run_id => bare(""),
            Ok(None) => bare(DELETED),
            Err(fault) => {
                let key = key.to_string();
                tracing::warn!(key, "Jira does not say how {key} stands: {fault}");
                bare("")
            }
        }
    }

    async fn tell_made(&self, case: &Case<'_>, made: Made, written: &Written) -> Result<(), Setback> {
        let issue = self.state_of(case, &made).await;
        if self.was_told(case, &issue).await? {
            return Ok(());
        }
        let message = self.in_tech(case, &issue, Came::Created, &[]);
        self.log(case, &issue, &message, written).await
    }

    /// The key of the issue that was created or linked, where one was.
    pub(super) async fn recorded(&self, effect: &Effect) -> Result<Option<IssueKey>> {
        let recorded = Box::pin(self.ledger.recorded::<Made>(effect)).await?;
        Ok(recorded.map(|it| it.created.key))
    }

    /// The issue that an earlier visit created and never told of: the oldest that carries its label.
    async fn find(&self, case: &Case<'_>) -> Result<Option<Made>, Setback> {
        let marker = case.effect.marker();
        let found = in_time(case.telling.invocation, self.jira.find(marker)).await;
        let mut found = found.map_err(Fault::of_a_read)?;
        found.retain(|it| may_be_of(it, marker));
        if found.len() > 1 {
            telemetry::count(Metric::DuplicateIssues);
            let keys: Vec<String> = found.iter().map(|it| it.key.to_string()).collect();
            let ticket = case.found.id;
            tracing::error!(%ticket, metric = "duplicate_detected", "Ticket {ticket} has {} issues: {}", keys.len(), keys.join(", "));
        }
        Ok(found.first().map(|it| made(case, it)))
    }

    async fn create(&self, case: &Case<'_>) -> Result<Made, Setback> {
        let (project, issue_type) = self.target(&case.request.inputs);
        let mut fields = Map::clone(&self.policy.jira.fields);
        if let Some(priority) = self.priority(case.found) {
            fields.insert("priority".to_owned(), serde_json::json!({ "name": priority }));
        }
        self.check_fields(case, &fields).await?;
        let draft = self.draft(case).await.map_err(Fault::of_a_read)?;
        let (portal, ticket) = (case.request.portal, case.telling.began_on);
        let label = format!("hs-ticket-{portal}-{ticket}");
        let marker = case.effect.marker();
        let witness =
            Witness { marker: marker.to_owned(), portal: portal.0, ticket: ticket.0, cycle: case.found.cycle };
        let page = case.telling.page();
        let new = NewIssue {
            project,
            issue_type,
            summary: &draft.summary,
            description: &draft.description,
            more: (words::THE_REST, &page),
            labels: &[&label, marker],
            witness: &witness,
            fields: &fields,
        };
        let created = self.jira.create(&new).await?;
        Ok(Made { created, run: case.request.run_id.clone(), tickets: 0 })
    }

    /// Asks Jira what a new issue needs, before the first one fails for want of it. Where Jira does not say,
    /// the attempt does.
    async fn check_fields(&self, case: &Case<'_>, fields: &Map<String, Value>) -> Result<(), Setback> {
        let (project, issue_type) = self.target(&case.request.inputs);
        let now = case.telling.invocation.now();
        // What takes longer is left out, or there would be no time for the attempt itself.
        let mut screen = within(TIME_TO_CHECK, self.jira.fields(project, issue_type, now)).await;
        if screen.as_ref().is_ok_and(|it| !it.missing(fields).is_empty()) {
            // Somebody may have put it right since we looked.
            screen = within(TIME_TO_CHECK, self.jira.fields_anew(project, issue_type, now)).await;
        }
        match screen {
            Ok(screen) => {
                let missing: Vec<&str> = screen.missing(fields).into_iter().map(|it| it.name.as_str()).collect();
                match missing.as_slice() {
                    [] => Ok(()),
                    missing => Err(Setback::Refused { reason: words::lacks_fields(missing) }),
                }
            }
            Err(Fault::Refused { status: NO_SUCH_TYPE, reason }) => Err(Setback::Refused { reason }),
            Err(fault) => {
                tracing::warn!("Jira does not say what a new issue needs: {fault}");
                Ok(())
            }
        }
    }
}

/// Says in the log that an escalation has its issue now.
pub fn note(case: &Case<'_>, done: &Done<Made>) {
    if matches!(done.how, How::Acted | How::Adopted) {
        let (ticket, cycle, effect) = (case.found.id, case.found.cycle, case.effect.key());
        let key = done.output.created.key.to_string();
        tracing::info!(%ticket, cycle, effect, key, how = ?done.how, "Issue {key} is that of escalation {cycle} of ticket {ticket}");
    }
}

/// An issue that was there already, found to be this escalation's in this run.
pub fn made(case: &Case<'_>, issue: &Issue) -> Made {
    let created = Created { id: issue.id.clone(), key: issue.key.clone() };
    Made { created, run: case.request.run_id.clone(), tickets: 0 }
}

/// Whether an issue that a search for its label found can be the one that this effect creates: nothing says otherwise.
fn may_be_of(issue: &Issue, marker: &str) -> bool {
    is_of(issue, marker) || (issue.witness.is_none() && issue.labels.is_empty())
}

/// Whether an issue is the one that this effect creates. A person may copy it with its labels: the witness
/// stays behind, and speaks where there is one.
pub fn is_of(issue: &Issue, marker: &str) -> bool {
    let is_labelled = || issue.labels.iter().any(|it| it == marker);
    issue.witness.as_ref().map_or_else(is_labelled, |it| it.marker == marker)
}

/// An issue of ours that the ticket names: where nothing else is known of it, an earlier run made it.
fn made_before(case: &Case<'_>, issue: &Issue) -> Made {
    Made { run: String::new(), ..made(case, issue) }
}
