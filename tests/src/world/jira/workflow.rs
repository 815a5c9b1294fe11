//! The one workflow of the site: statuses, and the ways between them.

use serde_json::{Value, json};

/// What a status means. Names are a project's own; the category is Jira's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// Nobody has begun.
    New,
    /// Somebody is at it.
    Indeterminate,
    /// Nothing is left to do.
    Done,
}

/// A status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it means.
    pub category: Category,
}

/// A way from one status to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Its id: every status has others.
    pub id: &'static str,
    /// Its name, which is not the status's.
    pub name: &'static str,
    from: &'static str,
    to: &'static str,
}

const fn status(id: &'static str, name: &'static str, category: Category) -> Status {
    Status { id, name, category }
}

const fn way(id: &'static str, name: &'static str, from: &'static str, to: &'static str) -> Transition {
    Transition { id, name, from, to }
}

const STATUSES: [Status; 4] = [
    status("10000", "To Do", Category::New),
    status("10001", "In Progress", Category::Indeterminate),
    status("10002", "In Review", Category::Indeterminate),
    status("10003", "Done", Category::Done),
];

const WAYS: [Transition; 9] = [
    way("11", "Start work", "To Do", "In Progress"),
    way("41", "Won't do", "To Do", "Done"),
    way("12", "Stop work", "In Progress", "To Do"),
    way("21", "Ask for review", "In Progress", "In Review"),
    way("31", "Resolve", "In Progress", "Done"),
    way("13", "Send back", "In Review", "In Progress"),
    way("32", "Approve", "In Review", "Done"),
    way("51", "Reopen", "Done", "To Do"),
    way("52", "Reopen and start", "Done", "In Progress"),
];

impl Status {
    /// Where every issue begins.
    pub const FIRST: Self = STATUSES[0];

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        STATUSES.into_iter()
    }

    /// The status of this name.
    pub fn named(name: &str) -> Option<Self> {
        STATUSES.into_iter().find(|it| it.name == name)
    }

    /// The ways that lead on from here.
    pub fn ways(self) -> impl Iterator<Item = Transition> {
        WAYS.into_iter().filter(move |it| it.from == self.name)
    }

    /// As the API shows it.
    pub fn show(self, site: &str) -> Value {
        let (category, key, color, name) = match self.category {
            Category::New => (2, "new", "blue-gray", "To Do"),
            Category::Indeterminate => (4, "indeterminate", "yellow", "In Progress"),
            Category::Done => (3, "done", "green", "Done"),
        };
        json!({
            "self": format!("{site}/rest/api/3/status/{}", self.id),
            "description": "", "iconUrl": format!("{site}/images/icons/statuses/generic.png"),
            "name": self.name, "id": self.id,
            "statusCategory": {
                "self": format!("{site}/rest/api/3/statuscategory/{category}"),
                "id": category, "key": key, "colorName": color, "name": name,
            },
        })
    }
}

impl Transition {
    /// Where it leads.
    pub fn to(self) -> Status {
        Status::named(self.to).expect("every way above leads to a status above")
    }
}
