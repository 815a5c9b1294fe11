//! What people do in a site, those who work on issues and those who set it up.

use serde_json::{Value, json};

use super::field::Field;
use super::project::{self, IssueType, Project};
use super::site::Site;
use super::workflow::Status;
use super::{Actor, Happening, Jira};

/// Who works on issues where nobody is named.
const SOMEBODY: &str = "Priya Nair";

impl Jira {
    /// A person creates an issue; its key.
    ///
    /// # Panics
    /// Where there is no such project or issue type.
    pub fn created_by_hand(&self, project: &str, issue_type: &str, summary: &str) -> String {
        let mut site = self.lock();
        let found = open(&mut site, project);
        let id = found.id;
        let kind = found.issue_type(issue_type).unwrap_or_else(|| panic!("{project} has no {issue_type}")).id;
        let fields = json!({ "summary": summary, "labels": [] }).as_object().cloned().unwrap_or_default();
        let issue = site.store(id, kind, fields, person(SOMEBODY));
        site.issues[&issue].key.clone()
    }

    /// A person moves an issue to a status, by name.
    ///
    /// # Panics
    /// Where the workflow has no way there from where the issue is.
    pub fn move_issue(&self, issue: &str, status: &str) {
        let mut site = self.lock();
        let id = known(&site, issue);
        walk(&mut site, id, status);
    }

    /// A person moves an issue to another project; its new key. The old one still finds it.
    pub fn move_to_project(&self, issue: &str, project: &str) -> String {
        let mut site = self.lock();
        let id = known(&site, issue);
        let project = open(&mut site, project).id;
        let (from, key) = (site.issues[&id].key.clone(), site.new_key(project));
        site.keys.insert(key.clone(), id);
        site.change(id, person(SOMEBODY), Happening::Rekeyed { from }, |it| {
            (it.project, it.key) = (project, key.clone());
        });
        key
    }

    /// A person deletes an issue.
    pub fn delete(&self, issue: &str) {
        let mut site = self.lock();
        let id = known(&site, issue);
        site.change(id, person(SOMEBODY), Happening::Deleted, |it| it.deleted = true);
    }

    /// A person writes a comment, a paragraph for each line; its id.
    pub fn comment_by(&self, issue: &str, name: &str, text: &str) -> String {
        let mut site = self.lock();
        let id = known(&site, issue);
        site.say(id, person(name), document(text), |_| {}).to_string()
    }

    /// A person takes back what they wrote.
    pub fn remove_comment(&self, issue: &str, comment: &str) {
        let mut site = self.lock();
        let id = known(&site, issue);
        site.change(id, person(SOMEBODY), Happening::Edited, |it| {
            it.comments.retain(|it| it.id.to_string() != comment);
        });
    }

    /// A person says which version brings the fix.
    pub fn fix_in(&self, issue: &str, version: &str) {
        let mut site = self.lock();
        let id = known(&site, issue);
        site.change(id, person(SOMEBODY), Happening::Edited, |it| {
            drop(it.fields.insert("fixVersions".to_owned(), json!([{ "id": "10100", "name": version }])))
        });
    }

    /// A person gives an issue these labels and no others.
    pub fn label(&self, issue: &str, labels: &[&str]) {
        let mut site = self.lock();
        let id = known(&site, issue);
        let mut labels = labels.to_vec();
        labels.sort_unstable();
        site.change(id, person(SOMEBODY), Happening::Labelled, |it| {
            drop(it.fields.insert("labels".to_owned(), labels.into()))
        });
    }

    /// A person closes an issue as a duplicate of another.
    pub fn close_as_duplicate(&self, issue: &str, of: &str) {
        let mut site = self.lock();
        let (id, original) = (known(&site, issue), known(&site, of));
        let key = site.issues[&original].key.clone();
        site.change(id, person(SOMEBODY), Happening::Linked(key), |it| {
            it.duplicate_of = Some(original);
            it.fields.insert("resolution".to_owned(), json!({ "id": "10002", "name": "Duplicate" }));
        });
        if site.issues[&id].status.name != "Done" {
            walk(&mut site, id, "Done");
        }
    }

    /// The admins let nobody create an issue of this type without this field, which then is on the screen.
    ///
    /// # Panics
    /// Where the site has no such field.
    pub fn require(&self, project: &str, issue_type: &str, field: &str) {
        self.change_screen(project, issue_type, |screen| {
            if screen.field(field).is_none() {
                let known = project::known().into_iter().find(|it| it.id == field);
                screen.screen.push(known.unwrap_or_else(|| panic!("there is no field {field}")));
            }
            for it in screen.screen.iter_mut().filter(|it| it.id == field) {
                (it.required, it.default) = (true, None);
            }
        });
    }

    /// The admins take a field off the create screen of an issue type.
    pub fn off_screen(&self, project: &str, issue_type: &str, field: &str) {
        self.change_screen(project, issue_type, |screen| screen.screen.retain(|it| it.id != field));
    }

    /// The admins put a field on the create screen of an issue type, in place of one with its id.
    pub fn on_screen(&self, project: &str, issue_type: &str, field: Field) {
        self.change_screen(project, issue_type, |screen| {
            screen.screen.retain(|it| it.id != field.id);
            screen.screen.push(field);
        });
    }

    /// The admins archive a project: nothing is created or found in it any more.
    pub fn archive(&self, project: &str) {
        open(&mut self.lock(), project).archived = true;
    }

    /// The admins open a project, with the issue types and screens that every project begins with.
    pub fn open_project(&self, key: &str, name: &str) {
        let mut site = self.lock();
        let id = site.new_id();
        site.projects.push(Project::new(id, key, name));
    }

    fn change_screen(&self, project: &str, issue_type: &str, change: impl FnOnce(&mut IssueType)) {
        let mut site = self.lock();
        let found = open(&mut site, project).issue_type_mut(issue_type);
        change(found.unwrap_or_else(|| panic!("{project} has no {issue_type}")));
    }
}

fn person(name: &str) -> Actor {
    Actor::Person(name.to_owned())
}

fn open<'a>(site: &'a mut Site, project: &str) -> &'a mut Project {
    site.projects.iter_mut().find(|it| it.key == project).unwrap_or_else(|| panic!("there is no project {project}"))
}

fn known(site: &Site, issue: &str) -> u64 {
    site.find(issue).unwrap_or_else(|| panic!("there is no issue {issue}"))
}

fn walk(site: &mut Site, issue: u64, status: &str) {
    let from: Status = site.issues[&issue].status;
    let way = from.ways().find(|it| it.to().name == status);
    let way = way.unwrap_or_else(|| panic!("no way leads from {} to {status}", from.name));
    site.follow(issue, way, person(SOMEBODY));
}

/// A text as a person's editor sends it.
fn document(text: &str) -> Value {
    let paragraph = |line: &str| match line {
        "" => json!({ "type": "paragraph", "content": [] }),
        line => json!({ "type": "paragraph", "content": [{ "type": "text", "text": line }] }),
    };
    let content: Value = text.lines().map(paragraph).collect();
    json!({ "type": "doc", "version": 1, "content": content })
}
