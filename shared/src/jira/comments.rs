//! Comments: writing one for colleagues, and finding one whose answer was lost.

use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::words::About;
use super::{Jira, PROPERTY, wire};
use crate::http::Fault;
use crate::procedure::issue::Block;
use crate::procedure::jira_reference::IssueKey;

/// Comments to a page.
const PAGE: usize = 100;

/// Jira keeps 5,000 comments of an issue.
const PAGES: usize = 50;

/// The id of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentId(#[serde(deserialize_with = "wire::id")] pub String);

impl Jira {
    /// Writes a comment, within [`CREATE_TIMEOUT`](super::CREATE_TIMEOUT). On a service project the
    /// customer does not see it. Not idempotent: the ledger guards it, and `marker` is how
    /// [`find_comment`](Self::find_comment) knows the comment.
    ///
    /// # Errors
    /// As [`Fault`] says; an unknown outcome may have written it.
    pub async fn comment(&self, issue: &IssueKey, text: &[Block], marker: &str) -> Result<CommentId, Fault> {
        #[derive(Deserialize)]
        struct Written {
            id: CommentId,
        }
        let path = ["issue", &issue.to_string(), "comment"];
        let properties = json!([
            { "key": PROPERTY, "value": { "marker": marker } },
            { "key": "sd.public.comment", "value": { "internal": true } },
        ]);
        let request =
            |body| self.request(Method::POST, &path).json(&json!({ "body": body, "properties": &properties }));
        let answer = self.write(text, None, request, &About::Issue(issue, "Add Comments")).await?;
        Ok(answer.read::<Written>()?.id)
    }

    /// The comment that was written with `marker`.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached, or there are too many comments to tell.
    pub async fn find_comment(&self, issue: &IssueKey, marker: &str) -> Result<Option<CommentId>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            comments: Vec<Comment>,
        }
        let path = ["issue", &issue.to_string(), "comment"];
        let mut start = 0;
        for _ in 0..PAGES {
            let request = self.request(Method::GET, &path).query(&[
                ("startAt", start.to_string().as_str()),
                ("maxResults", &PAGE.to_string()),
                // Ours is among the newest.
                ("orderBy", "-created"),
                ("expand", "properties"),
            ]);
            let page: Page = self.call(request, &About::Issue(issue, "Browse Projects")).await?.read()?;
            if let Some(found) = page.comments.iter().find(|it| it.is_marked(marker)) {
                return Ok(Some(found.id.clone()));
            }
            if page.comments.is_empty() {
                return Ok(None);
            }
            start += page.comments.len();
        }
        Err(Fault::Unknown { reason: format!("{PAGES} pages of comments of {issue} are not all") })
    }
}

#[derive(Deserialize)]
struct Comment {
    id: CommentId,
    /// Other apps' too, whatever they put there.
    #[serde(default)]
    properties: Value,
}

impl Comment {
    fn is_marked(&self, marker: &str) -> bool {
        let mut properties = self.properties.as_array().into_iter().flatten();
        properties.any(|it| it["key"] == PROPERTY && it["value"]["marker"] == marker)
    }
}
