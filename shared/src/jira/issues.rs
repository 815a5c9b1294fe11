//! Issues: creating one, reading one, and finding one whose answer was lost.

use std::fmt;

use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::{Map, Value, json};

use super::adf::Document;
use super::echo::Sent;
use super::text::{label, quoted, summary};
use super::words::About;
use super::{Jira, PROPERTY, wire};
use crate::http::Fault;
use crate::procedure::issue::Block;
use crate::procedure::jira_reference::IssueKey;

/// As many issues to a page as Jira sends unasked.
const PAGE: u32 = 50;

/// Pages that are read before we say that we cannot tell.
const PAGES: usize = 10;

const FIELDS: [&str; 4] = ["summary", "status", "labels", "created"];

/// The id of an issue, which stays where its key changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct IssueId(String);

impl IssueId {
    /// Reads an id: digits alone.
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = (1..=19).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
        is_id.then(|| Self(text.to_owned()))
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Ids grow with time.
    fn age(&self) -> u64 {
        self.0.parse().unwrap_or(u64::MAX)
    }
}

impl fmt::Display for IssueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for IssueId {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        Self::parse(&wire::id(value)?).ok_or_else(|| de::Error::custom("not an issue id"))
    }
}

/// An issue to be created. It has no `Debug`: it holds what customers wrote.
pub struct NewIssue<'a> {
    /// The project's key.
    pub project: &'a str,
    /// The issue type's name, or its id in digits. Jira gets the id where [`fields`](Jira::fields) were read:
    /// that matches names as people write them.
    pub issue_type: &'a str,
    /// Of any length; line breaks become blanks.
    pub summary: &'a str,
    /// Of any length.
    pub description: &'a [Block],
    /// Text and address of the link that says where the rest stands, where the description is cut.
    pub more: (&'a str, &'a str),
    /// White space in them becomes hyphens.
    pub labels: &'a [&'a str],
    /// The entity property that is created with the issue.
    pub witness: &'a Witness,
    /// Further fields, as they are. What stands above wins over them; labels are joined.
    pub fields: &'a Map<String, Value>,
}

/// Who asked for an issue: the value of its entity property `hs-escalation`. Ids alone, since
/// everybody who sees the issue can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The name of the effect that created it.
    pub marker: String,
    /// HubSpot's account.
    pub portal: u64,
    /// HubSpot's ticket.
    pub ticket: u64,
    /// Which escalation of the ticket.
    pub cycle: u32,
}

/// An issue that was created.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// Stays.
    pub id: IssueId,
    /// Changes where the issue moves to another project.
    #[serde(with = "wire::key")]
    pub key: IssueKey,
}

/// An issue as we read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Stays.
    pub id: IssueId,
    /// The present key.
    pub key: IssueKey,
    /// What it is about.
    pub summary: String,
    /// The status as the project calls it; empty where Jira does not show it.
    pub status: String,
    /// Whether the status counts as done.
    pub is_done: bool,
    /// Its labels.
    pub labels: Vec<String>,
    /// Which escalation asked for it, where one did.
    pub witness: Option<Witness>,
    /// When it was created.
    pub created_at: Option<Timestamp>,
}

impl Jira {
    /// Creates an issue, within [`CREATE_TIMEOUT`](super::CREATE_TIMEOUT). Not idempotent: the ledger
    /// guards it, and a label is how [`find`](Self::find) knows the issue.
    ///
    /// # Errors
    /// As [`Fault`] says; an unknown outcome may have created it.
    pub async fn create(&self, new: &NewIssue<'_>) -> Result<Created, Fault> {
        let screen = self.screens.known(new.project, new.issue_type);
        let (fields, id) = screen.map_or((Vec::new(), None), |it| (it.fields, Some(it.id)));
        let sent = Sent { summary: new.summary, description: new.description };
        let about = About::Create { project: new.project, issue_type: new.issue_type, fields: &fields, sent };
        let issue_type = id.as_deref().unwrap_or(new.issue_type);
        let request = |text| self.request(Method::POST, &["issue"]).json(&body(new, issue_type, &text));
        let created = self.write(new.description, Some(new.more), request, &about).await;
        if let Err(Fault::Refused { .. }) = &created {
            // What the screen wants may have changed since it was read.
            self.screens.forget(new.project, new.issue_type);
        }
        created?.read()
    }

    /// An issue by its key, also by one that it had before it moved. `None` where it is gone, or
    /// where it is not ours to see.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn issue(&self, key: &IssueKey) -> Result<Option<Issue>, Fault> {
        self.issue_called(&key.to_string(), &About::Issue(key, "Browse Projects")).await
    }

    /// The same by an id or a key.
    async fn issue_called(&self, called: &str, about: &About<'_>) -> Result<Option<Issue>, Fault> {
        let request = self
            .request(Method::GET, &["issue", called])
            .query(&[("fields", FIELDS.join(",")), ("properties", PROPERTY.to_owned())]);
        match self.call(request, about).await {
            Ok(answer) => Ok(Some(answer.read::<Wire>()?.into())),
            Err(Fault::Refused { status: 404 | 410, .. }) => self.absent().await,
            Err(fault) => Err(fault),
        }
    }

    /// `None` for an issue that Jira says is not there, once Jira knows who asks: it may say the same to those
    /// whom it does not know, and not always in a header that it does not know them.
    pub(super) async fn absent<T>(&self) -> Result<Option<T>, Fault> {
        self.myself().await.map(|_| None).map_err(unanswered)
    }

    /// An issue that a search found, read anew where the search tells less than what we know it by. `None` where
    /// it is gone meanwhile.
    async fn hit(&self, hit: Value) -> Result<Option<Issue>, Fault> {
        let name =
            |name: &str| hit[name].as_str().map(str::to_owned).or_else(|| hit[name].as_u64().map(|it| it.to_string()));
        let called = name("id").or_else(|| name("key"));
        if let Ok(wire) = serde_json::from_value::<Wire>(hit.clone())
            && (wire.properties.witness.is_some() || !wire.fields.labels.is_empty())
        {
            return Ok(Some(wire.into()));
        }
        let nameless = || Fault::Unknown { reason: "a search found an issue without id and key".to_owned() };
        self.issue_called(&called.ok_or_else(nameless)?, &About::Site).await.map_err(unanswered)
    }

    /// The issues that have a label, oldest first, whichever project they are in by now. Jira's index is
    /// behind by seconds, sometimes by minutes, so that a new issue may be missing
    /// ([search](https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/)).
    ///
    /// # Errors
    /// Jira refuses or cannot be reached, or there are too many issues to tell. A question that is
    /// refused says nothing about the issue: it is [`Fault::Denied`], and nothing is given up for it.
    pub async fn find(&self, with: &str) -> Result<Vec<Issue>, Fault> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Search<'a> {
            jql: &'a str,
            fields: [&'a str; 4],
            properties: [&'a str; 1],
            max_results: u32,
            #[serde(skip_serializing_if = "Option::is_none")]
            next_page_token: Option<String>,
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Page {
            issues: Vec<Value>,
            #[serde(default)]
            next_page_token: Option<String>,
            #[serde(default)]
            is_last: bool,
        }
        let jql = format!("labels = {} ORDER BY created ASC", quoted(&label(with)));
        let mut search =
            Search { jql: &jql, fields: FIELDS, properties: [PROPERTY], max_results: PAGE, next_page_token: None };
        let mut found: Vec<Issue> = Vec::new();
        for _ in 0..PAGES {
            let request = self.request(Method::POST, &["search", "jql"]).json(&search);
            let page: Page = self.call(request, &About::Site).await.map_err(unanswered)?.read()?;
            for hit in page.issues {
                found.extend(self.hit(hit).await?);
            }
            search.next_page_token = page.next_page_token.filter(|it| !it.is_empty() && !page.is_last);
            if search.next_page_token.is_none() {
                found.sort_by_key(|it| (it.created_at.is_none(), it.created_at, it.id.age()));
                found.dedup_by(|a, b| a.id == b.id);
                return Ok(found);
            }
        }
        Err(Fault::Unknown { reason: format!("{PAGES} pages of issues with one label are not all") })
    }
}

fn unanswered(fault: Fault) -> Fault {
    match fault {
        Fault::Refused { reason, .. } => Fault::Denied { reason },
        other => other,
    }
}

/// What is sent to create an issue
/// ([create issue](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post)).
fn body(new: &NewIssue<'_>, issue_type: &str, description: &Document) -> Value {
    let is_id = !issue_type.is_empty() && issue_type.bytes().all(|it| it.is_ascii_digit());
    let mapped = new.fields.get("labels").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let mut labels: Vec<String> = Vec::new();
    for label in new.labels.iter().copied().chain(mapped).map(label).filter(|it| !it.is_empty()) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let mut fields = new.fields.clone();
    fields.insert("project".to_owned(), json!({ "key": new.project }));
    fields.insert("issuetype".to_owned(), json!({ if is_id { "id" } else { "name" }: issue_type }));
    fields.insert("summary".to_owned(), json!(summary(new.summary)));
    fields.insert("description".to_owned(), json!(description));
    fields.insert("labels".to_owned(), json!(labels));
    json!({ "fields": fields, "properties": [{ "key": PROPERTY, "value": new.witness }] })
}

/// An issue on the wire: its id and key are what we cannot do without.
#[derive(Deserialize)]
struct Wire {
    id: IssueId,
    #[serde(with = "wire::key")]
    key: IssueKey,
    #[serde(default, deserialize_with = "wire::lenient")]
    fields: Fields,
    #[serde(default, deserialize_with = "wire::lenient")]
    properties: Properties,
}

#[derive(Deserialize, Default)]
struct Fields {
    #[serde(default, deserialize_with = "wire::lenient")]
    summary: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    status: wire::Status,
    #[serde(default, deserialize_with = "wire::lenient")]
    labels: Vec<String>,
    #[serde(default, deserialize_with = "wire::lenient")]
    created: String,
}

#[derive(Deserialize, Default)]
struct Properties {
    #[serde(default, rename = "hs-escalation", deserialize_with = "wire::lenient")]
    witness: Option<Witness>,
}

impl From<Wire> for Issue {
    fn from(wire: Wire) -> Self {
        let Fields { summary, status, labels, created } = wire.fields;
        Self {
            id: wire.id,
            key: wire.key,
            summary,
            is_done: status.is_done(),
            status: status.name,
            labels,
            witness: wire.properties.witness,
            created_at: wire::timestamp(&created),
        }
    }
}
