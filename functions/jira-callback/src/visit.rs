//! One visit to a ticket: how it stands to an issue, and what follows from that.
//!
//! Visits overtake each other: what one reads may be old when it writes. So each goes by what the ticket
//! says since when it is so, and whoever wrote looks once more at what Jira says by then.

use std::sync::OnceLock;

use escalation::jira::Progress;
use escalation::ledger::Look;
use escalation::procedure::jira_reference::IssueKey;
use escalation::runtime::{Failure, Invocation, Result};
use escalation::telemetry;
use escalation::telling::Telling;
use jiff::SignedDuration;

use super::JiraCallback;
use super::fields::{Inputs, Outcome, look};
use super::found::Found;
use super::news::{Asked, Original, Subject, is_duplicate};
use super::round::Place;

/// So often a visit looks once more; then the next minute does.
const LOOKS: usize = 3;

/// A ticket, and the means to tell people on it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub found: &'a Found,
    pub telling: &'a Telling<'a>,
    /// The issue as this visit wrote it on the ticket.
    pub written: &'a OnceLock<Progress>,
}

/// How a ticket stands to an issue.
enum Named<'a> {
    /// It follows another one, or none.
    No,
    /// It follows this one, and our own writing of its key is still to come.
    NotYet,
    /// It follows this one; under a key that it had before, where one is given.
    As(&'a Progress, Option<IssueKey>),
    /// It follows one that is gone.
    Gone(IssueKey),
}

impl JiraCallback {
    /// Reads a ticket anew and tells it what is new.
    pub(super) async fn visit(
        &self,
        place: Place,
        asked: &Asked,
        subject: &Subject,
        invocation: &Invocation,
    ) -> Result<Outcome> {
        let (mut outcome, mut written) = self.look(place, asked, subject, invocation).await?;
        for _ in 0..LOOKS {
            let Some(issue) = written else {
                return Ok(outcome);
            };
            let asked = Asked::about_issue(&issue);
            let Ok(anew) = self.subject(&asked).await else {
                break;
            };
            if anew.issue.as_ref().is_some_and(|it| it.stands_as(&issue)) {
                return Ok(outcome);
            }
            let told;
            (told, written) = Box::pin(self.look(place, &asked, &anew, invocation)).await?;
            outcome = outcome.max(told);
        }
        let again = look(place.0, place.1, &Inputs::of(asked))?;
        self.ledger.look_again(&again, super::round::next_minute(invocation)).await?;
        Ok(outcome)
    }

    /// What became of the ticket, and the issue that was written on it, where one was.
    async fn look(
        &self,
        (portal, ticket): Place,
        asked: &Asked,
        subject: &Subject,
        invocation: &Invocation,
    ) -> Result<(Outcome, Option<Progress>)> {
        let found = match self.load(ticket, invocation).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok((Outcome::Gone, None)),
            Err(fault) => return Err(super::failed("HubSpot", fault)),
        };
        telemetry::cycle(found.cycle);
        let look = look(portal, found.id, &Inputs::of(asked))?;
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, found.cycle);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on: found.began_on };
        let written = OnceLock::new();
        let case = Case { found: &found, telling: &telling, written: &written };
        let outcome = match self.named(&case, subject.issue.as_ref()).await? {
            Named::No => Outcome::NotNamed,
            Named::NotYet => return Err(self.wait_for_key(&case, asked).await?),
            Named::Gone(key) => self.tell_gone(&case, &key).await?,
            Named::As(issue, was) => {
                let news = Box::pin(self.tell_news(&case, issue, was.as_ref())).await?;
                match &subject.remark {
                    Some((comment, remark)) => news.max(self.tell_remark(&case, issue, comment, remark).await?),
                    None => news,
                }
            }
        };
        Ok((outcome, written.into_inner()))
    }

    /// How the ticket stands to the issue; of a key that is another one, Jira knows whose it was.
    async fn named<'a>(&self, case: &Case<'_>, issue: Option<&'a Progress>) -> Result<Named<'a>> {
        let key = match (self.reference(case.found, issue), issue) {
            (None, Some(issue)) if self.is_early(case, issue)? => return Ok(Named::NotYet),
            (None, _) => return Ok(Named::No),
            (Some(key), Some(issue)) if key == issue.key => return Ok(Named::As(issue, None)),
            (Some(key), _) => key,
        };
        let theirs = self.progress(&key.to_string()).await.map_err(|it| super::failed("Jira", it))?;
        Ok(match (theirs, issue) {
            (Some(theirs), Some(issue)) if theirs.id == issue.id => Named::As(issue, Some(key)),
            (Some(theirs), Some(issue)) if self.is_followed_from(case, issue, &theirs).await? => Named::As(issue, None),
            (None, None) => Named::Gone(key),
            _ => Named::No,
        })
    }

    /// Whether the ticket follows `theirs` because we found that this issue repeats it: then what we began to
    /// say about that is still to be finished.
    async fn is_followed_from(&self, case: &Case<'_>, issue: &Progress, theirs: &Progress) -> Result<bool> {
        if !is_duplicate(issue) || !self.is_reference_ours(case.found) {
            return Ok(false);
        }
        let original = self.original(issue).await.map_err(|it| super::failed("Jira", it))?;
        Ok(matches!(original, Some(Original::One(original)) if original.id == theirs.id))
    }

    /// Whoever created the issue writes its key; then there is news. Who asked looks again.
    async fn wait_for_key(&self, case: &Case<'_>, asked: &Asked) -> Result<Failure> {
        if !asked.is_on_the_agenda {
            self.have_created(case).await?;
        }
        Ok(Failure::Later(anyhow::anyhow!("the key of its issue is not on ticket {} yet", case.found.id)))
    }

    /// Has `create-jira-issue` look at the ticket: linking issues is its own.
    pub(super) async fn have_created(&self, case: &Case<'_>) -> Result<()> {
        let nothing = serde_json::json!({});
        let creator = Look::new("create-jira-issue", case.telling.look.portal(), case.found.id, &nothing)?;
        Telling { look: creator, ..*case.telling }.look_soon(SignedDuration::ZERO).await
    }
}
