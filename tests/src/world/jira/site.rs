//! A site's projects, issues and people.

use std::collections::{BTreeMap, BTreeSet};

use escalation::runtime::Clock;
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::event::{Actor, Event, Happening};
use super::limit::Usage;
use super::project::Project;
use super::workflow::Status;
use super::{Permission, Settings, refusal};
use crate::world::call::Answer;
use crate::world::violations::Violations;

/// One site.
pub struct Site {
    pub settings: Settings,
    pub clock: Clock,
    pub violations: Violations,
    pub usage: Usage,
    /// Where it listens.
    pub url: String,
    pub projects: Vec<Project>,
    pub issues: BTreeMap<u64, Stored>,
    /// Every key that an issue has or had.
    pub keys: BTreeMap<String, u64>,
    pub events: Vec<Event>,
    last_id: u64,
}

/// An issue as Jira keeps it.
pub struct Stored {
    pub id: u64,
    pub key: String,
    pub project: u64,
    pub issue_type: &'static str,
    pub status: Status,
    pub creator: Actor,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// Every other field as the API shows it.
    pub fields: Map<String, Value>,
    pub properties: BTreeMap<String, Value>,
    pub remote_links: Vec<(u64, Value)>,
    pub comments: Vec<Said>,
    /// The issue it repeats.
    pub duplicate_of: Option<u64>,
    /// The issues that belong with it.
    pub related: BTreeSet<u64>,
    pub deleted: bool,
    /// What searches know of it, and since when.
    pub indexed: Vec<(Timestamp, Indexed)>,
}

/// A comment as Jira keeps it.
pub struct Said {
    pub id: u64,
    pub author: Actor,
    pub body: Value,
    pub properties: BTreeMap<String, Value>,
    pub visibility: Value,
    pub created: Timestamp,
}

/// What a search can ask for.
#[derive(Clone, PartialEq, Eq)]
pub struct Indexed {
    pub project: u64,
    pub labels: Vec<String>,
}

impl Site {
    pub fn new(settings: Settings, clock: Clock, violations: Violations) -> Self {
        let projects = vec![Project::new(10_000, "TECH", "Technical"), Project::new(10_001, "PLAT", "Platform")];
        Self {
            settings,
            clock,
            violations,
            usage: Usage::default(),
            url: String::new(),
            projects,
            issues: BTreeMap::new(),
            keys: BTreeMap::new(),
            events: Vec::new(),
            last_id: 10_100,
        }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// An id that nothing has.
    pub fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Notes what Jira lets pass and we do not.
    pub fn blame(&self, place: &str, what: &str) {
        self.violations.add(vec![format!("jira {place}: {what}")]);
    }

    /// Notes keys of an object that nobody knows.
    pub fn blame_unknown(&self, place: &str, object: &Map<String, Value>, known: &[&str]) {
        for key in object.keys().filter(|it| !known.contains(&it.as_str())) {
            self.blame(place, &format!("unknown field `{key}`"));
        }
    }

    pub fn may(&self, permission: Permission) -> bool {
        !self.settings.denied.contains(&permission)
    }

    pub fn require(&self, permission: Permission, sentence: &str) -> Result<(), Answer> {
        if self.may(permission) { Ok(()) } else { Err(refusal::forbidden(sentence)) }
    }

    /// The project of this key or id, as far as the account may know of it.
    pub fn project(&self, key_or_id: &str) -> Option<&Project> {
        let found = self.projects.iter().find(|it| it.key == key_or_id || it.id.to_string() == key_or_id);
        found.filter(|_| self.may(Permission::Browse))
    }

    pub fn project_of(&self, issue: &Stored) -> &Project {
        let found = self.projects.iter().find(|it| it.id == issue.project);
        found.expect("an issue is in a project, and projects stay")
    }

    /// The id of the issue a path means: by id, by key in either case, or by a key it had before.
    pub fn find(&self, id_or_key: &str) -> Option<u64> {
        let id = match id_or_key.parse() {
            Ok(id) => id,
            Err(_) => *self.keys.get(&id_or_key.to_ascii_uppercase())?,
        };
        self.issues.get(&id).filter(|it| !it.deleted).map(|it| it.id)
    }

    /// The issue a path means, as far as the account may see it.
    pub fn seen(&self, id_or_key: &str) -> Result<&Stored, Answer> {
        let id = self.find(id_or_key).filter(|_| self.may(Permission::Browse));
        id.and_then(|it| self.issues.get(&it)).ok_or_else(refusal::no_such_issue)
    }

    /// The issue a write means, counted against what one issue takes.
    pub fn written(&mut self, id_or_key: &str) -> Result<u64, Answer> {
        let id = self.seen(id_or_key)?.id;
        let (limits, now) = (self.settings.limits, self.now());
        self.usage.count_write(&limits, id, now)?;
        Ok(id)
    }

    /// Changes an issue, tells of it, and lets searches know of it in time.
    pub fn change(&mut self, id: u64, by: Actor, what: Happening, change: impl FnOnce(&mut Stored)) {
        let now = self.now();
        let issue = self.issues.get_mut(&id).expect("an id that was looked up belongs to an issue, and issues stay");
        change(issue);
        issue.updated = now;
        let known = Indexed { project: issue.project, labels: issue.labels() };
        if issue.indexed.last().is_none_or(|it| it.1 != known) {
            issue.indexed.push((now, known));
        }
        let (issue, key) = (id.to_string(), issue.key.clone());
        self.events.push(Event { at: now, issue, key, by, what });
    }

    /// The next key of a project.
    pub fn new_key(&mut self, project: u64) -> String {
        let project = self.projects.iter_mut().find(|it| it.id == project).expect("the project was looked up");
        project.count += 1;
        format!("{}-{}", project.key, project.count)
    }

    /// Creates an issue in the first status; its id.
    pub fn store(&mut self, project: u64, issue_type: &'static str, fields: Map<String, Value>, by: Actor) -> u64 {
        let (id, key, now) = (self.new_id(), self.new_key(project), self.now());
        let issue = Stored {
            id,
            key: key.clone(),
            project,
            issue_type,
            status: Status::FIRST,
            creator: by.clone(),
            created: now,
            updated: now,
            fields,
            properties: BTreeMap::new(),
            remote_links: Vec::new(),
            comments: Vec::new(),
            duplicate_of: None,
            related: BTreeSet::new(),
            deleted: false,
            indexed: Vec::new(),
        };
        self.issues.insert(id, issue);
        self.keys.insert(key, id);
        self.change(id, by, Happening::Created, |_| {});
        id
    }

    /// A person or the account as the API shows it.
    pub fn show_person(&self, who: &Actor) -> Value {
        let (account, name) = match who {
            Actor::App => (ACCOUNT.to_owned(), ACCOUNT_NAME.to_owned()),
            Actor::Person(name) => (account_of(name), name.clone()),
        };
        json!({
            "self": format!("{}/rest/api/3/user?accountId={account}", self.url), "accountId": account,
            "displayName": name, "active": true, "timeZone": "Etc/UTC", "accountType": "atlassian",
        })
    }
}

/// The account that calls.
pub const ACCOUNT: &str = "712020:00000000-0000-4000-8000-000000000001";
pub const ACCOUNT_NAME: &str = "Escalation Service";

/// A person's account.
pub fn account_of(name: &str) -> String {
    let number = name.bytes().fold(7_u64, |sum, it| sum.wrapping_mul(31).wrapping_add(it.into()));
    format!("5b10{number:020x}")
}

impl Stored {
    pub fn labels(&self) -> Vec<String> {
        let labels = self.fields.get("labels").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        labels.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

/// A time as Jira writes it: `2026-06-10T09:00:00.000+0000`.
pub fn written(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3f+0000").to_string()
}
