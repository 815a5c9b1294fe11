//! What the create screen of an issue type wants
//! ([create metadata](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get)).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::words::{About, no_type};
use super::{Jira, wire};
use crate::http::Fault;

/// Screens change rarely; a refused create forgets its screen at once.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// As many to a page as Jira gives at most.
const PAGE: usize = 200;

/// Pages that are read; nobody has a screen of more fields.
const PAGES: usize = 20;

/// An issue type of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueType {
    /// Stays where the type is called otherwise.
    pub id: String,
    /// The fields of its create screen.
    pub fields: Vec<Field>,
}

/// A field of a create screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// As it is written in a create: `priority`, `customfield_10052`.
    pub id: String,
    /// As people see it.
    pub name: String,
    /// Whether no issue is created without it.
    pub is_required: bool,
    /// Whether Jira fills it in where nothing is said.
    pub has_default: bool,
    /// What it may be, by name; nothing where Jira lists no values.
    pub values: Vec<String>,
}

impl IssueType {
    /// The field of this id, where the create screen has it.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|it| it.id == id)
    }

    /// The fields that a new issue of ours needs and nobody fills in: neither we nor `further` nor Jira.
    pub fn missing(&self, further: &Map<String, Value>) -> Vec<&Field> {
        const OURS: [&str; 6] = ["project", "issuetype", "summary", "description", "labels", "reporter"];
        let is_filled = |it: &Field| it.has_default || OURS.contains(&&*it.id) || further.contains_key(&it.id);
        self.fields.iter().filter(|it| it.is_required && !is_filled(it)).collect()
    }
}

/// The status with which [`Jira::fields`] says that a project has other issue types than this.
pub const NO_SUCH_TYPE: u16 = 422;

/// The create screens as last read, by project and issue type, shared by all requests of an
/// environment.
#[derive(Clone, Default)]
pub(super) struct Cache(Arc<Mutex<BTreeMap<(String, String), Known>>>);

struct Known {
    at: Timestamp,
    screen: IssueType,
}

impl Cache {
    fn fresh(&self, project: &str, issue_type: &str, now: Timestamp) -> Option<IssueType> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&(project.to_owned(), issue_type.to_owned()))?;
        (now.duration_since(known.at) < FRESH).then(|| known.screen.clone())
    }

    fn keep(&self, project: &str, issue_type: &str, at: Timestamp, screen: IssueType) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((project.to_owned(), issue_type.to_owned()), Known { at, screen });
    }

    /// The screen as it was last read, however long ago: good for names and ids.
    pub(super) fn known(&self, project: &str, issue_type: &str) -> Option<IssueType> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(project.to_owned(), issue_type.to_owned())).map(|it| it.screen.clone())
    }

    pub(super) fn forget(&self, project: &str, issue_type: &str) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(&(project.to_owned(), issue_type.to_owned()));
    }
}

impl Jira {
    /// The fields of the create screen of an issue type, given by its name or id; read at most once
    /// an hour.
    ///
    /// # Errors
    /// Jira refuses or cannot be reached. [`Fault::Refused`] with [`NO_SUCH_TYPE`] names the issue types that
    /// exist.
    pub async fn fields(&self, project: &str, issue_type: &str, now: Timestamp) -> Result<IssueType, Fault> {
        if let Some(screen) = self.screens.fresh(project, issue_type, now) {
            return Ok(screen);
        }
        self.fields_anew(project, issue_type, now).await
    }

    /// The same, read now: for who is about to say that something is missing.
    ///
    /// # Errors
    /// As [`fields`](Self::fields).
    pub async fn fields_anew(&self, project: &str, issue_type: &str, now: Timestamp) -> Result<IssueType, Fault> {
        let path = ["issue", "createmeta", project, "issuetypes"];
        let types: Vec<TypeWire> = self.pages(&path, project, &["issueTypes", "createMetaIssueType"]).await?;
        let Some(id) = called(&types, issue_type) else {
            let known: Vec<String> = types.into_iter().map(|it| it.name).collect();
            let reason = no_type(project, issue_type, &known);
            // A list without any type says nothing about this one.
            return Err(match known.is_empty() {
                true => Fault::Unknown { reason },
                false => Fault::Refused { status: NO_SUCH_TYPE, reason },
            });
        };
        let path = ["issue", "createmeta", project, "issuetypes", &id];
        let fields: Vec<FieldWire> = self.pages(&path, project, &["fields", "results"]).await?;
        let fields = fields.into_iter().filter_map(FieldWire::field).collect();
        let screen = IssueType { id, fields };
        self.screens.keep(project, issue_type, now, screen.clone());
        Ok(screen)
    }

    /// All pages of a list, which is called by the first of `names` that is there.
    async fn pages<T: DeserializeOwned>(&self, path: &[&str], project: &str, names: &[&str]) -> Result<Vec<T>, Fault> {
        let unread = || Fault::Unknown { reason: "create metadata that does not read".to_owned() };
        let mut all = Vec::new();
        for _ in 0..PAGES {
            let request = self.request(Method::GET, path).query(&[("startAt", all.len()), ("maxResults", PAGE)]);
            let page: Value = self.call(request, &About::Project(project)).await?.read()?;
            let list = names.iter().find_map(|it| page[*it].as_array()).ok_or_else(unread)?;
            for item in list {
                all.push(T::deserialize(item).map_err(|_| unread())?);
            }
            let is_last = page["total"].as_u64().is_some_and(|it| it <= all.len() as u64);
            if list.is_empty() || is_last {
                return Ok(all);
            }
        }
        Err(Fault::Unknown { reason: format!("{PAGES} pages of create metadata are not all") })
    }
}

/// The id of an issue type, given by that or by its name.
fn called(types: &[TypeWire], called: &str) -> Option<String> {
    let by_id = types.iter().find(|it| it.id == called);
    let by_name = types.iter().find(|it| it.name == called);
    let is_called = |name: &str| name.to_lowercase() == called.trim().to_lowercase();
    let nearly = types.iter().find(|it| is_called(&it.name) || is_called(&it.untranslated_name));
    by_id.or(by_name).or(nearly).map(|it| it.id.clone())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypeWire {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    /// In the account's language.
    #[serde(default, deserialize_with = "wire::lenient")]
    name: String,
    /// In Jira's answers, though not in its OpenAPI.
    #[serde(default, deserialize_with = "wire::lenient")]
    untranslated_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FieldWire {
    #[serde(default, deserialize_with = "wire::lenient")]
    field_id: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    key: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    name: String,
    #[serde(default, deserialize_with = "wire::lenient")]
    required: bool,
    #[serde(default, deserialize_with = "wire::lenient")]
    has_default_value: Option<bool>,
    #[serde(default, deserialize_with = "wire::lenient")]
    allowed_values: Vec<Value>,
}

impl FieldWire {
    fn field(self) -> Option<Field> {
        let id = if self.field_id.is_empty() { self.key } else { self.field_id };
        let name = if self.name.is_empty() { id.clone() } else { self.name };
        // Where Jira does not say that there is no default, the attempt to create does.
        let (is_required, has_default) = (self.required, self.has_default_value.unwrap_or(true));
        // An option is called by its value, anything else by its name.
        let called = |it: &Value| it["name"].as_str().or(it["value"].as_str()).map(str::to_owned);
        let values = self.allowed_values.iter().filter_map(called).collect();
        (!id.is_empty()).then_some(Field { id, name, is_required, has_default, values })
    }
}
