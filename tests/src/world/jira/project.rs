//! Projects, and which fields their create screens have.

use serde_json::{Value, json};

use super::field::{Field, Kind};

/// A project.
pub struct Project {
    pub id: u64,
    pub key: String,
    pub name: String,
    pub archived: bool,
    pub types: Vec<IssueType>,
    /// Issues so far: numbers are never given twice.
    pub count: u64,
}

/// A kind of issue, with the screen on which one creates it.
#[derive(Clone)]
pub struct IssueType {
    pub id: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    pub screen: Vec<Field>,
}

/// The ids are the site's, not the project's.
const TYPES: [(&str, &str, &str); 3] = [
    ("10004", "Bug", "A problem or error."),
    ("10002", "Task", "A small, distinct piece of work."),
    ("10001", "Story", "Functionality or a feature expressed as a user goal."),
];

impl Project {
    pub fn new(id: u64, key: &str, name: &str) -> Self {
        let of = |(id, name, description)| IssueType { id, name, description, screen: screen() };
        let types = TYPES.into_iter().map(of).collect();
        Self { id, key: key.to_owned(), name: name.to_owned(), archived: false, types, count: 0 }
    }

    /// The issue type of this id or name.
    pub fn issue_type(&self, id_or_name: &str) -> Option<&IssueType> {
        self.types.iter().find(|it| it.id == id_or_name || it.name == id_or_name)
    }

    pub fn issue_type_mut(&mut self, id_or_name: &str) -> Option<&mut IssueType> {
        self.types.iter_mut().find(|it| it.id == id_or_name || it.name == id_or_name)
    }

    pub fn show(&self, site: &str) -> Value {
        json!({
            "self": format!("{site}/rest/api/3/project/{}", self.id), "id": self.id.to_string(), "key": self.key,
            "name": self.name, "projectTypeKey": "software", "simplified": false,
        })
    }
}

impl IssueType {
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.screen.iter().find(|it| it.id == id)
    }

    pub fn show(&self, site: &str) -> Value {
        json!({
            "self": format!("{site}/rest/api/3/issuetype/{}", self.id), "id": self.id, "description": self.description,
            "iconUrl": format!("{site}/images/icons/issuetypes/{}.svg", self.name.to_lowercase()),
            "name": self.name, "subtask": false, "hierarchyLevel": 0,
        })
    }
}

/// Every field of the site, on a screen or not.
pub fn known() -> Vec<Field> {
    vec![
        Field::new("project", "Project", Kind::Project).required(),
        Field::new("issuetype", "Issue Type", Kind::IssueType).required(),
        Field::new("summary", "Summary", Kind::Summary).required(),
        Field::new("description", "Description", Kind::Document),
        Field::new("labels", "Labels", Kind::Labels),
        Field::new("priority", "Priority", Kind::named(&["Highest", "High", "Medium", "Low", "Lowest"]))
            .defaulting("Medium"),
        Field::new("components", "Component/s", Kind::several(&["Checkout", "Export", "Login"])),
        Field::new("reporter", "Reporter", Kind::Person).required().defaulting("the caller"),
        Field::new("assignee", "Assignee", Kind::Person),
        Field::new("environment", "Environment", Kind::Document),
        Field::text("customfield_10051", "HubSpot ticket"),
        Field::select("customfield_10052", "Escalation lane", &["URGENT", "Standard"]),
        Field::new("customfield_10053", "Customers affected", Kind::Number),
        Field::select("customfield_10061", "Assigned Team", &["Core", "Payments"]),
    ]
}

/// What stands on a screen until somebody changes it.
fn screen() -> Vec<Field> {
    const OFF: [&str; 2] = ["environment", "customfield_10061"];
    known().into_iter().filter(|it| !OFF.contains(&&*it.id)).collect()
}
