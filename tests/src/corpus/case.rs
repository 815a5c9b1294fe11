//! What a labelled row asks of the policy, and what the policy says.

use std::collections::BTreeMap;

use anyhow::{anyhow, bail};
use escalation::procedure::comment::{self, Body, Labels, Point};
use escalation::procedure::thread::{self, Audience, Author, Entry, Window};
use escalation::procedure::{jira_reference, ticket_name};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What the row expects, and everything the policy has to say, under the same names.
pub(super) struct Sides {
    pub(super) expected: Map<String, Value>,
    pub(super) found: Map<String, Value>,
}

#[derive(Deserialize)]
pub(super) struct Name {
    name: String,
    #[serde(default)]
    context: NameContext,
    expect: Map<String, Value>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct NameContext {
    #[serde(default)]
    company: OneOrMore,
    #[serde(default)]
    contact: OneOrMore,
    /// The name to offer, where the row says.
    suggest: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

pub(super) fn name(row: Name) -> anyhow::Result<Sides> {
    let mut expected = row.expect;
    // A row names only the reasons and warnings that there are, in any order.
    for list in ["reasons", "warnings"] {
        sort(expected.entry(list).or_insert(json!([])));
    }
    if let Some(suggest) = row.context.suggest {
        expected.insert("suggest".to_owned(), suggest.into());
    }
    let context = ticket_name::Context { companies: row.context.company.into(), contacts: row.context.contact.into() };
    let check = ticket_name::check(&row.name, &context);
    let mut reasons: Value = check.reasons.iter().map(|it| it.name()).collect();
    let mut warnings: Value = check.warnings.iter().map(|it| it.name()).collect();
    sort(&mut reasons);
    sort(&mut warnings);
    let found = json!({
        "status": check.status.name(),
        "customer": check.customer,
        "issue": check.issue,
        "normalised": check.normalised,
        "reasons": reasons,
        "warnings": warnings,
        "suggest": check.suggestion,
    });
    Ok(Sides { expected, found: object(found) })
}

#[derive(Deserialize)]
pub(super) struct JiraReference {
    input: String,
    config: JiraConfig,
    expect: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JiraConfig {
    allowed_projects: Vec<String>,
    site: String,
}

pub(super) fn jira_reference(row: JiraReference) -> anyhow::Result<Sides> {
    let rules = jira_reference::Rules { projects: row.config.allowed_projects, site: row.config.site };
    let reference = jira_reference::parse(&row.input, &rules);
    let keys: Vec<String> = reference.keys().iter().map(ToString::to_string).collect();
    let reason = match &reference {
        jira_reference::Reference::Rejected(reason) => Some(reason.name()),
        _ => None,
    };
    let found = json!({ "status": reference.status(), "keys": keys, "reason": reason });
    Ok(Sides { expected: row.expect, found: object(found) })
}

#[derive(Deserialize)]
pub(super) struct Comment {
    #[serde(flatten)]
    written: Written,
    #[serde(default)]
    config: CommentConfig,
    #[serde(default)]
    expect: Map<String, Value>,
    valid: Option<bool>,
    #[serde(default)]
    expect_text: BTreeMap<String, String>,
    expect_mention_user_ids: Option<Vec<String>>,
    expect_warnings: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Written {
    body_html: Option<String>,
    text: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommentConfig {
    #[serde(default)]
    extra_labels: BTreeMap<String, Vec<String>>,
}

pub(super) fn comment(row: Comment, labels: &Labels) -> anyhow::Result<Sides> {
    let comment = row.written.read(&row.config.labels(labels)?)?;
    let mut expected = row.expect;
    let mut found = Map::new();
    for point in Point::ALL {
        found.insert(point.name().to_owned(), comment.text(point).is_some().into());
        found.insert(format!("text of {point}"), comment.text(point).into());
    }
    found.insert("valid".to_owned(), comment.is_complete().into());
    expected.extend(row.valid.map(|it| ("valid".to_owned(), it.into())));
    expected.extend(row.expect_text.into_iter().map(|(point, text)| (format!("text of {point}"), text.into())));
    if let Some(ids) = row.expect_mention_user_ids {
        expected.insert("mentions".to_owned(), ids.into());
        let ids = comment.mentions().iter().filter_map(|it| it.id());
        found.insert("mentions".to_owned(), ids.collect());
    }
    if let Some(mut warnings) = row.expect_warnings {
        // A row lists the thin answers; of other hints only those it is about.
        let listed = |it: &String| it.starts_with("thin:") || warnings.contains(it);
        let mut hints: Vec<String> = comment.hints().into_iter().map(|it| it.code()).filter(listed).collect();
        hints.sort_unstable();
        warnings.sort_unstable();
        expected.insert("warnings".to_owned(), warnings.into());
        found.insert("warnings".to_owned(), hints.into());
    }
    Ok(Sides { expected, found })
}

#[derive(Deserialize)]
pub(super) struct Thread {
    escalated_at: Time,
    previous_escalation_cleared_at: Option<Time>,
    comments: Vec<ThreadComment>,
    #[serde(default)]
    config: CommentConfig,
    expect: Map<String, Value>,
}

#[derive(Deserialize)]
struct ThreadComment {
    id: String,
    created_at: Time,
    author: ThreadAuthor,
    visibility: Visibility,
    #[serde(flatten)]
    written: Written,
    #[serde(default)]
    deleted: bool,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Time(Timestamp);

#[derive(Deserialize)]
struct ThreadAuthor {
    r#type: AuthorType,
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum AuthorType {
    #[serde(alias = "user")]
    Agent,
    #[serde(alias = "bot", alias = "system", alias = "workflow", alias = "integration")]
    App,
    #[serde(alias = "contact", alias = "visitor")]
    Customer,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Visibility {
    Internal,
    Public,
}

pub(super) fn thread(row: Thread, labels: &Labels) -> anyhow::Result<Sides> {
    let labels = row.config.labels(labels)?;
    let entries: Vec<Entry> = row.comments.into_iter().map(|it| it.entry(&labels)).collect::<anyhow::Result<_>>()?;
    let window = Window {
        previous_cleared_at: row.previous_escalation_cleared_at.map(|it| it.0),
        ..Window::new(row.escalated_at.0)
    };
    let choice = thread::choose(&entries, &window);
    let counted = choice.counted.as_ref();
    let unanswered = |point: &Point| counted.is_none_or(|it| it.comment.text(*point).is_none());
    let found = json!({
        "valid": choice.is_complete(),
        "comment_ids": counted.map(|it| it.ids.clone()).unwrap_or_default(),
        "missing": Point::ALL.iter().filter(|it| unanswered(it)).map(|it| it.name()).collect::<Vec<_>>(),
    });
    Ok(Sides { expected: row.expect, found: object(found) })
}

impl ThreadComment {
    fn entry(self, labels: &Labels) -> anyhow::Result<Entry> {
        let author = match (self.author.r#type, self.author.id) {
            (AuthorType::Agent, Some(id)) => Author::User(id),
            (AuthorType::Agent, None) => bail!("comment {} has an agent without an id", self.id),
            (AuthorType::App, _) => Author::Machine,
            (AuthorType::Customer, _) => Author::Customer,
        };
        let audience = match self.visibility {
            Visibility::Internal => Audience::Internal,
            Visibility::Public => Audience::Public,
        };
        let comment = self.written.read(labels)?;
        Ok(Entry { id: self.id, created_at: self.created_at.0, author, audience, deleted: self.deleted, comment })
    }
}

impl Written {
    fn read(&self, labels: &Labels) -> anyhow::Result<comment::Comment> {
        match (&self.body_html, &self.text) {
            (Some(html), None) => Ok(comment::read(Body::Html(html), labels)),
            (None, Some(text)) => Ok(comment::read(Body::Text(text), labels)),
            _ => bail!("a comment has either `body_html` or `text`"),
        }
    }
}

impl CommentConfig {
    fn labels(&self, labels: &Labels) -> anyhow::Result<Labels> {
        let mut aliases = Vec::new();
        for (point, names) in &self.extra_labels {
            let point: Point = point.parse().map_err(|it: String| anyhow!(it))?;
            aliases.extend(names.iter().map(|it| (point, it.clone())));
        }
        labels.clone().with_aliases(aliases).map_err(|it| anyhow!(it))
    }
}

impl TryFrom<String> for Time {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self).map_err(|error| format!("`{text}` is no time such as 2026-06-10T09:00:00Z: {error}"))
    }
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl From<OneOrMore> for Vec<String> {
    fn from(names: OneOrMore) -> Self {
        match names {
            OneOrMore::One(name) => vec![name],
            OneOrMore::More(names) => names,
        }
    }
}

fn sort(list: &mut Value) {
    if let Value::Array(list) = list {
        list.sort_by_key(ToString::to_string);
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
