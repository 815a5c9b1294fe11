//! Which of two readings of an issue is the newer: events and visits overtake each other, and Jira does not
//! always say when a status began.

use escalation::hubspot::timestamp;
use escalation::jira::Progress;
use escalation::procedure::jira_reference::IssueKey;
use jiff::Timestamp;

use super::JiraCallback;
use super::found::Found;

/// An issue as a ticket is to show it.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    pub issue: &'a Progress,
    /// Whether Jira Reference does not name it by this key.
    pub is_new_key: bool,
    /// Since when it has its status, as far as anybody knows.
    pub since: Option<Timestamp>,
    /// Whether the ticket shows something newer of it.
    pub is_older: bool,
}

impl JiraCallback {
    /// How the ticket is to show an issue that it follows, under a key that the issue had before where one is
    /// given.
    pub(super) fn shown<'a>(&self, found: &Found, issue: &'a Progress, was: Option<&IssueKey>) -> Shown<'a> {
        let stands_there = found.ticket.has(&self.policy.properties.jira_status, &issue.status);
        let (since, is_older) = order(issue, stands_there, self.shown_since(found, issue, was));
        Shown { issue, is_new_key: was.is_some(), since, is_older }
    }

    /// The same of an issue that the ticket follows from now on.
    pub(super) fn shown_from_now_on<'a>(&self, found: &Found, issue: &'a Progress) -> Shown<'a> {
        Shown { is_new_key: true, ..self.shown(found, issue, None) }
    }

    /// Since when the issue has the status that the ticket shows; `None` where that is another issue's: the
    /// link on the ticket is changed together with it.
    fn shown_since(&self, found: &Found, issue: &Progress, was: Option<&IssueKey>) -> Option<Timestamp> {
        let ours = &self.policy.properties;
        let is_it = |key: &IssueKey| found.ticket.has(&ours.jira_url, &self.site.page(&key.to_string()));
        let is_of_it = is_it(&issue.key) || was.is_some_and(is_it);
        timestamp(found.ticket.property(&ours.jira_updated_at)).filter(|_| is_of_it)
    }
}

/// Since when an issue has its status, and whether what the ticket shows is newer. `shown` is since when the
/// status that the ticket shows is so; `stands_there`, whether it is the same.
///
/// Without a history an issue has no time for each change. The first that sees a status then dates it by
/// what Jira tells, and whoever sees it later goes by what the ticket says: so one change is not told twice,
/// whatever Jira tells of it in the meantime.
fn order(issue: &Progress, stands_there: bool, shown: Option<Timestamp>) -> (Option<Timestamp>, bool) {
    // HubSpot keeps milliseconds.
    let is_newer = |it: &Timestamp| shown.is_none_or(|shown| it.as_millisecond() > shown.as_millisecond());
    let since = match (stands_there, issue.moved_at) {
        (true, Some(moved_at)) => Some(moved_at).filter(is_newer).or(shown),
        (true, None) => shown.or(issue.since),
        (false, Some(moved_at)) => Some(moved_at),
        // A status of the same category began with no change of that: the last change of anything dates it.
        (false, None) => {
            let category = issue.since.filter(|it| Some(*it) != issue.created_at);
            category.filter(is_newer).or(issue.updated_at).or(issue.since)
        }
    };
    let is_before = |it: Timestamp| shown.is_some_and(|shown| it.as_millisecond() < shown.as_millisecond());
    (since, !stands_there && since.is_some_and(is_before))
}
