//! Tells one ticket what is new about its issue, each thing once.

use std::collections::BTreeMap;

use escalation::jira::{CommentId, Progress, Remark};
use escalation::ledger::{Effect, How, Look};
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::message::Message;
use escalation::procedure::wording::callback::{self as words, People};
use escalation::procedure::wording::lane::told;
use escalation::runtime::{Failure, Invocation, Result};
use escalation::telling::{Telling, mention};
use jiff::{SignedDuration, Timestamp};

use super::JiraCallback;
use super::fields::{Inputs, Outcome, look};
use super::found::{Found, Standing};
use super::news::{Asked, Original, Subject, shown, which};
use super::tickets::Place;
use super::write::failure;

/// What we say of an issue that is no longer there, or no longer ours to see.
const DELETED: &str = "deleted";

/// Within this time the ledger surely remembers what was said: half of what it does.
const MEMORY: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A ticket, and the means to tell people on it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    pub found: &'a Found,
    pub telling: &'a Telling<'a>,
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
        (portal, ticket): Place,
        asked: &Asked,
        subject: &Subject,
        invocation: &Invocation,
    ) -> Result<Outcome> {
        let found = match self.load(ticket, invocation).await {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(Outcome::Gone),
            Err(fault) => return Err(super::failed("HubSpot", fault)),
        };
        let look = look(portal, found.id, &Inputs::of(asked))?;
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, found.cycle);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on: found.began_on };
        let case = Case { found: &found, telling: &telling };
        match self.named(&case, subject.issue.as_ref()).await? {
            Named::No => Ok(Outcome::NotNamed),
            Named::NotYet => self.wait_for_key(&case).await,
            Named::Gone(key) => self.tell_gone(&case, &key).await,
            Named::As(issue, was) => {
                let news = self.tell_news(&case, issue, was.as_ref()).await?;
                match &subject.remark {
                    Some((comment, remark)) => Ok(news.max(self.tell_remark(&case, issue, comment, remark).await?)),
                    None => Ok(news),
                }
            }
        }
    }

    /// How the ticket stands to the issue; of a key that is another one, Jira knows whose it was.
    async fn named<'a>(&self, case: &Case<'_>, issue: Option<&'a Progress>) -> Result<Named<'a>> {
        let now = case.telling.invocation.now();
        let key = match (self.reference(case.found, issue), issue) {
            (None, Some(issue)) if self.is_early(case.found, issue, now) => return Ok(Named::NotYet),
            (None, _) => return Ok(Named::No),
            (Some(key), Some(issue)) if key == issue.key => return Ok(Named::As(issue, None)),
            (Some(key), _) => key,
        };
        let theirs = self.jira.progress(&key.to_string()).await.map_err(|it| super::failed("Jira", it))?;
        Ok(match (theirs, issue) {
            (Some(theirs), Some(issue)) if theirs.id == issue.id => Named::As(issue, Some(key)),
            (None, None) => Named::Gone(key),
            _ => Named::No,
        })
    }

    /// Whoever created the issue writes its key; then there is news.
    async fn wait_for_key(&self, case: &Case<'_>) -> Result<Outcome> {
        let (portal, ticket) = (case.telling.look.portal(), case.found.id);
        let creator = Look::new("create-jira-issue", portal, ticket, &serde_json::json!({}))?;
        let writing = Telling { look: creator, ..*case.telling };
        writing.look_soon(SignedDuration::ZERO).await?;
        case.telling.look_soon(SignedDuration::from_mins(1)).await?;
        Err(Failure::Later(anyhow::anyhow!("the key of its issue is not on ticket {ticket} yet")))
    }

    async fn tell_news(&self, case: &Case<'_>, issue: &Progress, was: Option<&IssueKey>) -> Result<Outcome> {
        let mut outcome = Outcome::Unchanged;
        let mut is_written = false;
        if let Some(was) = was {
            let key = issue.key.to_string();
            let effect = case.telling.effect("jira-rekeyed", &[issue.id.as_str(), &key])?;
            let message = self.about(issue, |it| words::rekeyed(&was.to_string(), it));
            let properties = self.properties(case, issue, Some(was), Some(&message));
            if self.note(case, &effect, message, &properties).await? == How::Acted {
                (outcome, is_written) = (Outcome::Told, true);
            }
        }
        if self.is_news(case.found, issue) {
            let how = self.tell_status(case, issue, was).await?;
            is_written |= how == How::Acted;
            outcome = if how == How::Replayed { outcome } else { Outcome::Told };
        }
        // What was told before and does not stand there, somebody or something else has written over.
        if !is_written {
            let properties = self.properties(case, issue, was, None);
            self.write(case, &properties).await.map_err(failure)?;
        }
        Ok(outcome)
    }

    /// Whether the status is another than what was said when the ticket got its issue. Of one that was
    /// created for this escalation and is done, nobody was asked to act on that by then.
    fn is_news(&self, found: &Found, issue: &Progress) -> bool {
        let is_its_own =
            issue.witness.as_ref().is_some_and(|it| it.ticket == found.began_on.0 && it.cycle == found.cycle);
        let stands_there = found.ticket.has(&self.policy.properties.jira_status, &issue.status);
        let is_to_act_on = is_its_own && issue.is_done && found.standing == Standing::Open;
        let is_newer = is_to_act_on || issue.since > found.linked_at(&self.policy);
        !issue.status.is_empty() && (!stands_there || is_newer)
    }

    async fn tell_status(&self, case: &Case<'_>, issue: &Progress, was: Option<&IssueKey>) -> Result<How> {
        let original = self.original(issue).await.map_err(|it| super::failed("Jira", it))?;
        let page = original.as_ref().map(|it| self.page_of(it)).unwrap_or_default();
        let original = original.as_ref().map(|it| shown(it, &page));
        let which = which(issue, original.as_ref());
        let which: Vec<&str> = which.iter().map(String::as_str).collect();
        let effect = case.telling.effect("jira-status", &which)?;
        if self.was_said(case, &effect, issue.since).await? {
            return Ok(How::Replayed);
        }
        let (people, before) = (self.people_of(case), issue.before.as_deref());
        let standing = case.found.standing;
        let message = self.about(issue, |it| match &original {
            _ if standing != Standing::Open => {
                words::afterwards(it, before, issue.is_done, standing == Standing::Closed)
            }
            Some(original) => words::duplicate(it, original, &people),
            None if issue.is_done => words::done(it, &people),
            None => words::moved(it, before),
        });
        let properties = self.properties(case, issue, was, Some(&message));
        let how = self.note(case, &effect, message, &properties).await?;
        if standing == Standing::Open {
            let said = self.about(issue, |it| match &original {
                Some(original) => words::thread::duplicate(it, original, &people),
                None if issue.is_done => words::thread::done(it, &people),
                None => words::thread::moved(it, before),
            });
            self.say(case, "slack-jira-status", &which, &said).await?;
        }
        Ok(how)
    }

    async fn tell_gone(&self, case: &Case<'_>, key: &IssueKey) -> Result<Outcome> {
        let key = key.to_string();
        let effect = case.telling.effect("jira-deleted", &[&key])?;
        let stands_there = case.found.ticket.has(&self.policy.properties.jira_status, DELETED);
        if stands_there && self.was_said(case, &effect, None).await? {
            return Ok(Outcome::Unchanged);
        }
        let people = self.people_of(case);
        let is_open = case.found.standing == Standing::Open;
        let message = if is_open { words::deleted(&key, &people) } else { words::deleted_afterwards(&key) };
        let ours = &self.policy.properties;
        let mut properties =
            BTreeMap::from([(&*ours.jira_status, DELETED.to_owned()), (&*ours.last_message, message.text())]);
        properties.retain(|name, value| !case.found.ticket.has(name, value));
        let how = self.note(case, &effect, message, &properties).await?;
        if how != How::Acted {
            properties.remove(&*ours.last_message);
            self.write(case, &properties).await.map_err(failure)?;
        }
        if is_open {
            self.say(case, "slack-jira-deleted", &[&key], &words::thread::deleted(&key, &people)).await?;
        }
        Ok(if how == How::Replayed { Outcome::Unchanged } else { Outcome::Told })
    }

    async fn tell_remark(
        &self,
        case: &Case<'_>,
        issue: &Progress,
        comment: &CommentId,
        remark: &Remark,
    ) -> Result<Outcome> {
        let effect = case.telling.effect("jira-comment", &[issue.id.as_str(), &comment.0])?;
        if self.was_said(case, &effect, remark.created_at).await? {
            return Ok(Outcome::Unchanged);
        }
        let page = format!("{}?focusedCommentId={}", self.site.page(&issue.key.to_string()), comment.0);
        let message = self.about(issue, |it| words::said(it, &remark.text, &page, &remark.author));
        let how = self.note(case, &effect, message, &BTreeMap::new()).await?;
        Ok(if how == How::Replayed { Outcome::Unchanged } else { Outcome::Told })
    }

    /// Whether something was said so long ago that the ledger has forgotten it: then the note itself tells.
    async fn was_said(&self, case: &Case<'_>, effect: &Effect, at: Option<Timestamp>) -> Result<bool> {
        let now = case.telling.invocation.now();
        if at.is_some_and(|it| now.duration_since(it) < MEMORY) {
            return Ok(false);
        }
        let found = case.telling.find_note(effect.marker()).await;
        Ok(found.map_err(|it| super::failed("HubSpot", it))?.is_some())
    }

    /// Writes a note for the agent, once, after these properties.
    async fn note(
        &self,
        case: &Case<'_>,
        effect: &Effect,
        message: Message,
        properties: &BTreeMap<&str, String>,
    ) -> Result<How> {
        let agent = case.found.agent().map(mention);
        let message = told(agent, message, case.found.cycle, &case.telling.link(effect));
        case.telling.note(effect, &message, self.write(case, properties)).await
    }

    fn people_of(&self, case: &Case<'_>) -> People {
        People { lead: self.lead(case.found), agent: case.found.agent().map(|it| it.name.clone()) }
    }

    /// Says something about the issue as people know it.
    fn about<T>(&self, issue: &Progress, say: impl FnOnce(&words::Issue<'_>) -> T) -> T {
        let Progress { key, status, resolution, fixed_in, .. } = issue;
        let page = self.site.page(&key.to_string());
        say(&words::Issue { key, page: &page, status, resolution: resolution.as_deref(), fixed_in })
    }

    fn page_of(&self, original: &Original) -> String {
        match original {
            Original::One(issue) => self.site.page(&issue.key.to_string()),
            Original::Unclear(_) => String::new(),
        }
    }
}
