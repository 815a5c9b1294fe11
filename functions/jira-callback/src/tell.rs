//! Tells one ticket what is new about its issue, each thing once.

use std::collections::BTreeMap;
use std::future::ready;

use escalation::hubspot::Note;
use escalation::jira::{CommentId, Progress, Remark};
use escalation::ledger::{Effect, How, Setback};
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::message::Message;
use escalation::procedure::wording::callback::{self as words, People};
use escalation::procedure::wording::lane::told;
use escalation::runtime::Result;
use escalation::slack::Posted;
use escalation::telling::mention;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::JiraCallback;
use super::fields::Outcome;
use super::found::{Found, Standing};
use super::news::{Original, shown, which};
use super::order::Shown;
use super::visit::Case;
use super::write::failure;

/// What we say of an issue that is no longer there, or no longer ours to see.
const DELETED: &str = "deleted";

/// Within this time the ledger surely remembers what was said: half of what it does.
const MEMORY: SignedDuration = SignedDuration::from_hours(7 * 24);

impl JiraCallback {
    pub(super) async fn tell_news(&self, case: &Case<'_>, issue: &Progress, was: Option<&IssueKey>) -> Result<Outcome> {
        let now = self.shown(case.found, issue, was);
        let mut outcome = if now.is_older { Outcome::Older } else { Outcome::Unchanged };
        let mut is_written = false;
        if let Some(was) = was {
            let key = issue.key.to_string();
            let effect = case.telling.effect("jira-rekeyed", &[issue.id.as_str(), &key])?;
            let message = self.about(issue, |it| words::rekeyed(&was.to_string(), it));
            if self.note(case, &effect, message, &now).await? == How::Acted {
                (outcome, is_written) = (Outcome::Told, true);
            }
        }
        let original = self.original(issue).await.map_err(|it| super::failed("Jira", it))?;
        let followed = original.as_ref().and_then(|it| self.followed(case, it));
        let to_show = followed.unwrap_or(now);
        if self.is_news(case.found, &now) {
            let how = self.tell_status(case, &now, original.as_ref(), &to_show).await?;
            is_written |= how == How::Acted;
            outcome = if how == How::Replayed { outcome } else { Outcome::Told };
        }
        // What was told before and does not stand there, somebody or something else has written over. Which issue
        // is followed is for people to change.
        if !is_written && followed.is_none() {
            let properties = self.properties(case, &now, None);
            self.show(case, &now, &properties).await.map_err(failure)?;
        }
        Ok(outcome)
    }

    /// The issue that an open ticket follows instead of one that repeats it, where escalations may have it.
    fn followed<'a>(&self, case: &Case<'_>, original: &'a Original) -> Option<Shown<'a>> {
        let Original::One(issue) = original else {
            return None;
        };
        let is_here = self.policy.jira.projects().any(|it| it == issue.key.project());
        let follows = is_here && case.found.may_get_issue && case.found.standing == Standing::Open;
        follows.then(|| self.shown_from_now_on(case.found, issue))
    }

    /// Whether the status is another than what was said when the ticket got its issue. Of one that was
    /// created for this escalation and is done, nobody was asked to act on that by then.
    fn is_news(&self, found: &Found, now: &Shown<'_>) -> bool {
        let issue = now.issue;
        let is_its_own =
            issue.witness.as_ref().is_some_and(|it| it.ticket == found.began_on.0 && it.cycle == found.cycle);
        let stands_there = found.ticket.has(&self.policy.properties.jira_status, &issue.status);
        let is_to_act_on = is_its_own && issue.is_done && found.standing == Standing::Open;
        let is_newer = is_to_act_on || now.since > found.linked_at(&self.policy);
        !now.is_older && !issue.status.is_empty() && (!stands_there || is_newer)
    }

    async fn tell_status(
        &self,
        case: &Case<'_>,
        now: &Shown<'_>,
        original: Option<&Original>,
        to_show: &Shown<'_>,
    ) -> Result<How> {
        let (issue, follows) = (now.issue, to_show.issue.id != now.issue.id);
        let which = which(issue, now.since, original);
        let which: Vec<&str> = which.iter().map(String::as_str).collect();
        let effect = case.telling.effect("jira-status", &which)?;
        if self.was_said(case, &effect, now.since).await? {
            return Ok(How::Replayed);
        }
        let page = original.map(|it| self.page_of(it)).unwrap_or_default();
        let original = original.map(|it| shown(it, &page, follows));
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
        let how = self.note(case, &effect, message, to_show).await?;
        if follows {
            self.told_with_it(case, to_show).await?;
            self.have_created(case).await?;
        }
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

    /// That a ticket follows another issue says how that one stands, too: it needs no note of its own.
    async fn told_with_it(&self, case: &Case<'_>, followed: &Shown<'_>) -> Result<()> {
        let which = which(followed.issue, followed.since, None);
        let which: Vec<&str> = which.iter().map(String::as_str).collect();
        let noted = Note { id: String::new() };
        self.take_for_done(case, case.telling.effect("jira-status", &which)?, noted).await?;
        let posted = Posted { channel: String::new(), ts: String::new() };
        self.take_for_done(case, case.telling.effect("slack-jira-status", &which)?, posted).await
    }

    /// Has an effect count as done, as if this had come of it.
    async fn take_for_done<T>(&self, case: &Case<'_>, effect: Effect, output: T) -> Result<()>
    where
        T: Serialize + DeserializeOwned + Clone,
    {
        let act = ready(Ok(output.clone()));
        let done = self.ledger.once(&effect, case.telling.invocation, ready(Ok(Some(output))), act);
        Box::pin(done).await?;
        Ok(())
    }

    pub(super) async fn tell_gone(&self, case: &Case<'_>, key: &IssueKey) -> Result<Outcome> {
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
        let how = self.note_after(case, &effect, message, self.write(case, &properties)).await?;
        if how != How::Acted {
            properties.remove(&*ours.last_message);
            self.write(case, &properties).await.map_err(failure)?;
        }
        if is_open {
            self.say(case, "slack-jira-deleted", &[&key], &words::thread::deleted(&key, &people)).await?;
        }
        Ok(if how == How::Replayed { Outcome::Unchanged } else { Outcome::Told })
    }

    pub(super) async fn tell_remark(
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
        let how = self.note_after(case, &effect, message, ready(Ok(()))).await?;
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

    /// Writes a note for the agent, once, after the ticket shows the issue so.
    async fn note(&self, case: &Case<'_>, effect: &Effect, message: Message, shown: &Shown<'_>) -> Result<How> {
        let properties = self.properties(case, shown, Some(&message));
        self.note_after(case, effect, message, self.show(case, shown, &properties)).await
    }

    async fn note_after(
        &self,
        case: &Case<'_>,
        effect: &Effect,
        message: Message,
        first: impl Future<Output = Result<(), Setback>>,
    ) -> Result<How> {
        let agent = case.found.agent().map(mention);
        let message = told(agent, message, case.found.cycle, &case.telling.link(effect));
        case.telling.note(effect, &message, first).await
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
