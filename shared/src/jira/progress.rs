//! How an issue stands, and how it came to: what people on the other side want to hear of it.

use jiff::Timestamp;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;

use super::issues::Witness;
use super::words::About;
use super::{IssueId, Jira, PROPERTY, wire};
use crate::http::Fault;
use crate::procedure::jira_reference::IssueKey;

const FIELDS: &str = "status,resolution,fixVersions,labels,created,updated,statuscategorychangedate,issuelinks";

/// An issue, as far as its news go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Stays.
    pub id: IssueId,
    /// The present key.
    pub key: IssueKey,
    /// The status as the project calls it; empty where Jira does not show it.
    pub status: String,
    /// Whether the status counts as done.
    pub is_done: bool,
    /// When it came to that status, by its history; `None` where that tells of no change.
    pub moved_at: Option<Timestamp>,
    /// When it came to that status, as far as Jira tells: of an issue without a history when the status's
    /// category changed, or it was created.
    pub since: Option<Timestamp>,
    /// When anything of it changed last.
    pub updated_at: Option<Timestamp>,
    /// The status before, where there was one and Jira tells.
    pub before: Option<String>,
    /// How it was resolved, where the project says so.
    pub resolution: Option<String>,
    /// The versions that bring the fix.
    pub fixed_in: Vec<String>,
    /// The issues that it is said to repeat.
    pub duplicates: Vec<IssueKey>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Which escalation asked for it, where one did.
    pub witness: Option<Witness>,
    /// Whether a person made it by copying another one: with its labels, without its witness.
    pub is_copy: bool,
    /// When it was created.
    pub created_at: Option<Timestamp>,
}

impl Progress {
    /// Whether the two say the same of how the issue stands.
    pub fn stands_as(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.id.clone(), it.key.clone(), it.status.clone(), it.since, it.duplicates.clone());
        of(self) == of(other)
    }
}

impl Jira {
    /// How an issue stands, by its id or its key, also by a key that it had before it moved. `None` where
    /// it is gone, or where it is not ours to see. Where Jira does not say what a status means, its name does.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached.
    pub async fn progress(&self, id_or_key: &str, is_done: impl Fn(&str) -> bool) -> Result<Option<Progress>, Fault> {
        let request = self.request(Method::GET, &["issue", id_or_key]).query(&[
            ("fields", FIELDS),
            ("properties", PROPERTY),
            ("expand", "changelog"),
        ]);
        match self.call(request, &About::Site).await {
            Ok(answer) => Ok(Some(answer.read::<Wire>()?.progress(is_done))),
            Err(Fault::Refused { status: 404 | 410, .. }) => self.absent().await,
            Err(fault) => Err(fault),
        }
    }
}

#[derive(Deserialize)]
struct Wire {
    id: IssueId,
    #[serde(with = "wire::key")]
    key: IssueKey,
    #[serde(default, deserialize_with = "wire::lenient")]
    fields: Fields,
    #[serde(default, deserialize_with = "wire::lenient")]
    properties: Properties,
    #[serde(default, deserialize_with = "wire::lenient")]
    changelog: Changelog,
}

#[derive(Deserialize, Default)]
struct Fields {
    #[serde(default, deserialize_with = "wire::lenient")]
    status: wire::Status,
    #[serde(default, deserialize_with = "wire::lenient")]
    resolution: Named,
    #[serde(default, rename = "fixVersions", deserialize_with = "wire::lenient")]
    fix_versions: Vec<Named>,
    #[serde(default, deserialize_with = "wire::lenient")]
    labels: Vec<String>,
    #[serde(default, deserialize_with = "wire::lenient")]
    created: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    updated: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    statuscategorychangedate: String,
    /// Each is of a shape of its own where an app made it.
    #[serde(default, deserialize_with = "wire::lenient")]
    issuelinks: Vec<Value>,
}

#[derive(Deserialize, Default)]
struct Named {
    #[serde(default, deserialize_with = "wire::lenient")]
    name: String,
}

#[derive(Deserialize, Default)]
struct Properties {
    #[serde(default, rename = "hs-escalation", deserialize_with = "wire::lenient")]
    witness: Option<Witness>,
}

#[derive(Deserialize, Default)]
struct Changelog {
    #[serde(default, deserialize_with = "wire::lenient")]
    histories: Vec<History>,
}

#[derive(Deserialize, Default)]
struct History {
    #[serde(default, deserialize_with = "wire::lenient")]
    created: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    items: Vec<Value>,
}

impl Wire {
    fn progress(self, is_done: impl Fn(&str) -> bool) -> Progress {
        let fields = self.fields;
        let created_at = wire::timestamp(&fields.created);
        let moved = moved(&self.changelog.histories);
        // Without a history the category's change is the next best; an edit is no news.
        let dates = [&fields.statuscategorychangedate, &fields.created, &fields.updated];
        let otherwise = dates.into_iter().find_map(|it| wire::timestamp(it));
        let named = |it: Named| Some(it.name).filter(|it| !it.is_empty());
        let moved_at = moved.as_ref().map(|it| it.0);
        Progress {
            id: self.id,
            key: self.key,
            is_done: fields.status.says_done().unwrap_or_else(|| is_done(&fields.status.name)),
            status: fields.status.name,
            moved_at,
            since: moved_at.or(otherwise),
            updated_at: wire::timestamp(&fields.updated),
            before: moved.and_then(|it| it.1),
            resolution: named(fields.resolution),
            fixed_in: fields.fix_versions.into_iter().filter_map(named).collect(),
            duplicates: fields.issuelinks.iter().filter_map(duplicated).collect(),
            labels: fields.labels,
            witness: self.properties.witness,
            is_copy: fields.issuelinks.iter().any(is_clone),
            created_at,
        }
    }
}

/// When the status changed last, and what it was before.
fn moved(histories: &[History]) -> Option<(Timestamp, Option<String>)> {
    let moves = histories.iter().filter_map(|it| {
        let item = it.items.iter().rfind(|it| it["field"] == "status")?;
        Some((wire::timestamp(&it.created)?, item["fromString"].as_str().map(str::to_owned)))
    });
    // Jira lists the newest first, those of one instant too.
    moves.reduce(|newest, it| if it.0 > newest.0 { it } else { newest })
}

/// The issue that a link says it repeats. Types of links are a site's own: what counts is how they read.
fn duplicated(link: &Value) -> Option<IssueKey> {
    let reads = link["type"]["outward"].as_str()?.to_lowercase();
    let is_one = reads.contains("duplicate") && !reads.contains("duplicated");
    let key = link["outwardIssue"]["key"].as_str().filter(|_| is_one)?;
    IssueKey::parse(key).ok()
}

/// Whether a link says that the issue was copied from another.
fn is_clone(link: &Value) -> bool {
    link["type"]["outward"].as_str().is_some_and(|it| it.eq_ignore_ascii_case("clones"))
        && link["outwardIssue"].is_object()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> Progress {
        serde_json::from_value::<Wire>(body).unwrap().progress(|status| status == "Erledigt")
    }

    fn history(at: &str, field: &str, from: &str) -> Value {
        json!({"id": "1", "created": at, "items": [{"field": field, "fromString": from, "toString": "x"}]})
    }

    #[test]
    fn the_last_change_of_the_status_says_since_when() {
        let changelog = json!({"histories": [
            history("2026-01-05T11:00:00.000+0000", "labels", ""),
            history("2026-01-05T10:00:00.000+0000", "status", "In Progress"),
            history("2026-01-05T10:00:00.000+0000", "status", "same instant, before"),
            history("2026-01-05T09:00:00.000+0000", "status", "To Do"),
        ]});
        let issue = read(json!({"id": 10042, "key": "TECH-1", "changelog": changelog,
            "fields": {"created": "2026-01-05T08:00:00.000+0000", "updated": "2026-01-05T11:00:00.000+0000"}}));
        assert_eq!(issue.since, "2026-01-05T10:00:00Z".parse().ok());
        assert_eq!(issue.before.as_deref(), Some("In Progress"));
    }

    #[test]
    fn without_a_history_an_edit_is_no_change_of_the_status() {
        let dated = |fields: Value| read(json!({"id": "1", "key": "AB-1", "fields": fields})).since;
        let (created, moved, edited) =
            ("2026-01-05T08:00:00.000+0000", "2026-01-05T09:00:00.000+0000", "2026-01-05T10:00:00.000+0000");
        assert_eq!(
            dated(json!({"created": created, "updated": edited, "statuscategorychangedate": moved})),
            "2026-01-05T09:00:00Z".parse().ok()
        );
        assert_eq!(dated(json!({"created": created, "updated": edited})), "2026-01-05T08:00:00Z".parse().ok());
        assert_eq!(dated(json!(null)), None);
    }

    #[test]
    fn what_a_status_means_is_said_by_its_category_else_by_its_name() {
        let is_done = |status: Value| read(json!({"id": "1", "key": "AB-1", "fields": {"status": status}})).is_done;
        assert!(is_done(json!({"name": "Out", "statusCategory": {"key": "done"}})));
        assert!(!is_done(json!({"name": "Erledigt", "statusCategory": {"key": "indeterminate"}})));
        assert!(is_done(json!({"name": "Erledigt"})) && is_done(json!({"name": "Erledigt", "statusCategory": null})));
        assert!(!is_done(json!({"name": "Out"})) && !is_done(json!(null)));
    }

    #[test]
    fn a_copy_says_what_it_was_copied_from() {
        let is_copy = |side: &str| {
            let links = json!([{"type": {"outward": "clones"}, side: {"key": "TECH-9"}}]);
            read(json!({"id": "1", "key": "AB-1", "fields": {"issuelinks": links}})).is_copy
        };
        assert!(is_copy("outwardIssue") && !is_copy("inwardIssue"));
    }

    #[test]
    fn only_a_link_that_reads_so_makes_a_duplicate() {
        let link = |reads: &str, side: &str| json!({"type": {"outward": reads}, side: {"key": "TECH-9"}});
        let links = json!([
            link("duplicates", "outwardIssue"),
            link("is duplicated by", "outwardIssue"),
            link("duplicates", "inwardIssue"),
            link("blocks", "outwardIssue"),
            {"type": null},
            7,
        ]);
        let issue = read(json!({"id": "1", "key": "AB-1", "fields": {
            "issuelinks": links, "resolution": {"name": "Duplicate"}, "fixVersions": [{"name": "4.2.1"}, {}],
        }}));
        assert_eq!(issue.duplicates, [IssueKey::parse("TECH-9").unwrap()]);
        assert_eq!((issue.resolution.as_deref(), issue.fixed_in), (Some("Duplicate"), vec!["4.2.1".to_owned()]));
    }
}
