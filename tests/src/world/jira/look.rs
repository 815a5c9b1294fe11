//! Looking at a site without asking its API: what tests compare and the desk shows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::site::{Said, Site, Stored};
use super::{Actor, Event, Jira, adf};

/// An issue as people see it, and what machines keep with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its id, which stays.
    pub id: String,
    /// Its key, which another project changes.
    pub key: String,
    /// The project's key.
    pub project: String,
    /// The issue type's name.
    pub issue_type: String,
    /// Its summary.
    pub summary: String,
    /// Its description as a document, or `Null`.
    pub description: Value,
    /// Its description as one reads it.
    pub text: String,
    /// Its labels, in alphabetical order.
    pub labels: Vec<String>,
    /// The status's name.
    pub status: String,
    /// Who created it.
    pub creator: Actor,
    /// When it was created.
    pub created_at: Timestamp,
    /// Its other fields as the API shows them.
    pub fields: Map<String, Value>,
    /// Its entity properties.
    pub properties: BTreeMap<String, Value>,
    /// Its links out of Jira, the oldest first.
    pub remote_links: Vec<RemoteLink>,
    /// Its comments, the oldest first.
    pub comments: Vec<Comment>,
    /// The key of the issue it repeats.
    pub duplicate_of: Option<String>,
    /// The keys of the issues that belong with it.
    pub related: Vec<String>,
    /// Whether it was deleted.
    pub deleted: bool,
}

/// A link out of Jira.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteLink {
    /// By which it is set again.
    pub global_id: Option<String>,
    /// Where it leads.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// The line under it.
    pub summary: String,
    /// How the issue stands to it.
    pub relationship: String,
    /// The name of the application it leads to.
    pub application: String,
    /// Whether it is struck through.
    pub resolved: bool,
}

/// A comment.
#[derive(Debug, Clone, PartialEq)]
pub struct Comment {
    /// Its id.
    pub id: String,
    /// Who wrote it.
    pub author: Actor,
    /// The document.
    pub body: Value,
    /// What one reads.
    pub text: String,
    /// Its entity properties.
    pub properties: BTreeMap<String, Value>,
    /// When it was written.
    pub created_at: Timestamp,
}

impl Jira {
    /// Every issue that was not deleted, the oldest first.
    pub fn issues(&self) -> Vec<Issue> {
        let site = self.lock();
        site.issues.values().filter(|it| !it.deleted).map(|it| seen(it, &site)).collect()
    }

    /// The issue of this key or id, or that had this key; a deleted one too.
    pub fn issue(&self, key: &str) -> Option<Issue> {
        let site = self.lock();
        let id = key.parse().ok().or_else(|| site.keys.get(key).copied())?;
        site.issues.get(&id).map(|it| seen(it, &site))
    }

    /// What happened to issues, in order.
    pub fn events(&self) -> Vec<Event> {
        self.lock().events.clone()
    }

    /// Where a person finds an issue.
    pub fn browse_url(&self, key: &str) -> String {
        format!("{}/browse/{key}", self.site_url())
    }
}

fn seen(issue: &Stored, site: &Site) -> Issue {
    let project = site.project_of(issue);
    let mut fields = issue.fields.clone();
    let description = fields.remove("description").unwrap_or_default();
    let summary = fields.remove("summary").unwrap_or_default();
    fields.remove("labels");
    let issue_type = project.issue_type(issue.issue_type).map(|it| it.name).unwrap_or_default();
    let original = issue.duplicate_of.and_then(|it| site.issues.get(&it));
    Issue {
        id: issue.id.to_string(),
        key: issue.key.clone(),
        project: project.key.clone(),
        issue_type: issue_type.to_owned(),
        summary: summary.as_str().unwrap_or_default().to_owned(),
        text: adf::plain(&description),
        description,
        labels: issue.labels(),
        status: issue.status.name.to_owned(),
        creator: issue.creator.clone(),
        created_at: issue.created,
        fields,
        properties: issue.properties.clone(),
        remote_links: issue.remote_links.iter().map(|it| link(&it.1)).collect(),
        comments: issue.comments.iter().map(comment).collect(),
        duplicate_of: original.map(|it| it.key.clone()),
        related: issue.related.iter().filter_map(|it| site.issues.get(it)).map(|it| it.key.clone()).collect(),
        deleted: issue.deleted,
    }
}

fn link(body: &Value) -> RemoteLink {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let object = &body["object"];
    RemoteLink {
        global_id: body["globalId"].as_str().map(str::to_owned),
        url: text(&object["url"]),
        title: text(&object["title"]),
        summary: text(&object["summary"]),
        relationship: text(&body["relationship"]),
        application: text(&body["application"]["name"]),
        resolved: object["status"]["resolved"] == true,
    }
}

fn comment(said: &Said) -> Comment {
    Comment {
        id: said.id.to_string(),
        author: said.author.clone(),
        body: said.body.clone(),
        text: adf::plain(&said.body),
        properties: said.properties.clone(),
        created_at: said.created,
    }
}
