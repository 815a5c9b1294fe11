//! Remote links: the way from an issue to the ticket.

use reqwest::Method;
use serde::Deserialize;
use serde_json::json;

use super::text::{is_link, short_line};
use super::words::About;
use super::{Jira, wire};
use crate::http::Fault;
use crate::procedure::jira_reference::IssueKey;

/// The limit of a link's own id, and what we give its texts.
const LONGEST: usize = 255;

/// A link from an issue to something elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteLink<'a> {
    /// What the link leads to, at most 255 characters. The same id twice is the same link.
    pub global_id: &'a str,
    /// Where it leads.
    pub url: &'a str,
    /// What one sees.
    pub title: &'a str,
    /// What stands below.
    pub summary: &'a str,
    /// How the issue relates to it: the heading above the link.
    pub relationship: &'a str,
    /// Whether it is struck through.
    pub resolved: bool,
}

impl Jira {
    /// Puts a link on an issue, or changes the one with the same `global_id`.
    ///
    /// # Errors
    /// As [`Fault`] says; [`Fault::Refused`] also where the link is none. It may be repeated.
    pub async fn link(&self, issue: &IssueKey, link: &RemoteLink<'_>) -> Result<(), Fault> {
        if link.global_id.is_empty() || link.global_id.encode_utf16().count() > LONGEST || !is_link(link.url) {
            let reason = "a link needs an id of at most 255 characters and an address".to_owned();
            return Err(Fault::Refused { status: 400, reason });
        }
        let title = Some(short_line(link.title, LONGEST)).filter(|it| !it.is_empty());
        let body = json!({
            "globalId": link.global_id,
            "application": { "type": "com.hubspot", "name": "HubSpot" },
            "relationship": short_line(link.relationship, LONGEST),
            "object": {
                "url": link.url,
                "title": title.as_deref().unwrap_or(link.url),
                "summary": short_line(link.summary, LONGEST),
                "status": { "resolved": link.resolved },
            },
        });
        let request = self.request(Method::POST, &["issue", &issue.to_string(), "remotelink"]).json(&body);
        self.call(request, &About::Issue(issue, "Link Issues")).await.map(drop)
    }

    /// Says that two issues belong together. Saying it again changes nothing
    /// ([`POST /rest/api/3/issueLink`](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/)).
    ///
    /// # Errors
    /// As [`Fault`] says; [`Fault::Refused`] also where the site links no issues.
    pub async fn relate(&self, one: &IssueKey, other: &IssueKey) -> Result<(), Fault> {
        let body = json!({
            "type": { "name": "Relates" },
            "inwardIssue": { "key": one.to_string() },
            "outwardIssue": { "key": other.to_string() },
        });
        let request = self.request(Method::POST, &["issueLink"]).json(&body);
        self.call(request, &About::Issue(other, "Link Issues")).await.map(drop)
    }

    /// The ids of an issue's remote links, those that have one.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn links(&self, issue: &IssueKey) -> Result<Vec<String>, Fault> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Link {
            #[serde(default, deserialize_with = "wire::lenient")]
            global_id: String,
        }
        let request = self.request(Method::GET, &["issue", &issue.to_string(), "remotelink"]);
        let links: Vec<Link> = self.call(request, &About::Issue(issue, "Browse Projects")).await?.read()?;
        Ok(links.into_iter().map(|it| it.global_id).filter(|it| !it.is_empty()).collect())
    }
}
