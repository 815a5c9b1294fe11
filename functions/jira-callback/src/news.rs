//! What is asked about an issue, and what Jira says of it now.

use std::collections::BTreeSet;

use escalation::http::Fault;
use escalation::id::TicketId;
use escalation::jira::{CommentId, Event, Progress, Remark};
use escalation::procedure::jira_reference::IssueKey;
use escalation::procedure::wording::callback as words;
use jiff::Timestamp;

use super::JiraCallback;

/// So many duplicates of duplicates are followed.
const LONGEST_CHAIN: usize = 5;

/// Where to look: all that is believed of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The issue's id, or its key where the id is not told.
    pub issue: Option<String>,
    /// The key it had then.
    pub key: Option<IssueKey>,
    pub comment: Option<CommentId>,
    /// The labels it had then.
    pub labels: Vec<String>,
    /// The ticket that a rule says it is about.
    pub ticket: Option<TicketId>,
    /// When it happened.
    pub at: Option<Timestamp>,
    /// Whether it comes from the agenda, where it stays until it is finished.
    pub is_on_the_agenda: bool,
}

/// What Jira says now.
pub struct Subject {
    /// `None` where it is gone.
    pub issue: Option<Progress>,
    /// The comment, where it is for support.
    pub remark: Option<(CommentId, Remark)>,
}

/// Which issue goes on where one was closed as a duplicate.
pub enum Original {
    One(Box<Progress>),
    Unclear(Vec<IssueKey>),
}

impl From<Event> for Asked {
    fn from(event: Event) -> Self {
        let Event { issue, key, comment, labels, ticket, at } = event;
        let issue = issue.map(|it| it.to_string()).or(key.as_ref().map(IssueKey::to_string));
        Self { issue, key, comment, labels, ticket, at, is_on_the_agenda: false }
    }
}

impl Asked {
    /// How an issue stands, and nothing else.
    pub fn about_issue(issue: &Progress) -> Self {
        Self {
            issue: Some(issue.id.to_string()),
            key: Some(issue.key.clone()),
            comment: None,
            labels: Vec::new(),
            ticket: None,
            at: None,
            is_on_the_agenda: true,
        }
    }

    /// For the log.
    pub fn about(&self) -> String {
        let key = self.key.as_ref().map(IssueKey::to_string);
        key.or(self.issue.clone()).unwrap_or_default()
    }

    /// Whether it happened before the issue came to where it is now.
    pub fn is_older_than(&self, issue: &Progress) -> bool {
        self.at.zip(issue.since).is_some_and(|(at, since)| at < since)
    }
}

impl JiraCallback {
    /// How an issue stands. What a status means is for the policy to say where Jira does not.
    pub(super) async fn progress(&self, id_or_key: &str) -> Result<Option<Progress>, Fault> {
        self.jira.progress(id_or_key, |status| self.policy.closure.is_jira_done(status)).await
    }

    /// Reads the issue anew, and the comment.
    pub(super) async fn subject(&self, asked: &Asked) -> Result<Subject, Fault> {
        let Some(id_or_key) = &asked.issue else {
            return Ok(Subject { issue: None, remark: None });
        };
        let issue = self.progress(id_or_key).await?;
        let remark = match (&issue, &asked.comment) {
            (Some(issue), Some(comment)) => self.jira.remark(&issue.id, comment).await?.map(|it| (comment.clone(), it)),
            _ => None,
        };
        let is_for_support = |it: &Remark| it.is_by_person && !it.is_ours && words::is_for_support(&it.text);
        Ok(Subject { issue, remark: remark.filter(|it| is_for_support(&it.1)) })
    }

    /// Which issue goes on, where this one was closed as a duplicate.
    pub(super) async fn original(&self, issue: &Progress) -> Result<Option<Original>, Fault> {
        if !is_duplicate(issue) {
            return Ok(None);
        }
        let mut seen = BTreeSet::from([issue.key.clone()]);
        let mut repeated = issue.duplicates.clone();
        for _ in 0..LONGEST_CHAIN {
            let next = match repeated.as_slice() {
                [next] if seen.insert(next.clone()) => next.to_string(),
                _ => return Ok(Some(Original::Unclear(repeated))),
            };
            match self.progress(&next).await? {
                Some(it) if is_duplicate(&it) => repeated = it.duplicates,
                // Two that repeat each other, and one of them goes on: nobody knows which.
                Some(it) if it.duplicates.contains(&issue.key) => return Ok(Some(Original::Unclear(repeated))),
                Some(it) => return Ok(Some(Original::One(Box::new(it)))),
                None => return Ok(Some(Original::Unclear(Vec::new()))),
            }
        }
        Ok(Some(Original::Unclear(repeated)))
    }
}

/// A project without resolutions says it by the link alone.
pub fn is_duplicate(issue: &Progress) -> bool {
    let says_so = match &issue.resolution {
        Some(resolution) => resolution.to_lowercase().contains("duplicate"),
        None => !issue.duplicates.is_empty(),
    };
    issue.is_done && says_so
}

/// For people to read. `is_followed`: whether the ticket follows it from now on.
pub fn shown<'a>(original: &'a Original, page: &'a str, is_followed: bool) -> words::Original<'a> {
    match original {
        Original::One(issue) => words::Original::One {
            key: &issue.key,
            page,
            status: Some(&*issue.status).filter(|it| !it.is_empty()),
            is_done: issue.is_done,
            is_followed,
        },
        Original::Unclear(keys) => words::Original::Unclear(keys),
    }
}

/// What tells this news from others of the escalation: the issue, its status, and since when. Of a
/// duplicate also what it repeats, which people often say later.
pub fn which(issue: &Progress, since: Option<Timestamp>, original: Option<&Original>) -> Vec<String> {
    // A project may call a status anything.
    let status = issue.status.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let since = since.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
    let original = original.map(|it| match it {
        Original::One(issue) => issue.key.to_string(),
        Original::Unclear(_) => "unclear".to_owned(),
    });
    [issue.id.to_string(), status, since].into_iter().chain(original).collect()
}
