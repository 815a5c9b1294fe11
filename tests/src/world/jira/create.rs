//! `POST /rest/api/3/issue`
//! ([create issue](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post)).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::field::{Field, Kind};
use super::project::Project;
use super::refusal::Wrong;
use super::site::Site;
use super::values::Refused;
use super::{Actor, Permission, properties, refusal, route, values};
use crate::world::call::{Answer, Call};

const PLACE: &str = "POST issue";

impl Site {
    pub(super) fn create(&mut self, call: &Call) -> Result<Answer, Answer> {
        let body = route::object(call)?;
        self.blame_unknown(PLACE, &body, &["fields", "update", "properties"]);
        let asked = asked(&body)?;
        let (project, issue_type) = self.destination(&asked)?;
        let screen = &project.issue_type(issue_type).ok_or_else(bad_type)?.screen;
        let fields = self.filled(screen, &asked)?;
        let properties = properties::of_body(body.get("properties"))?;
        let project = project.id;
        let id = self.store(project, issue_type, fields, Actor::App);
        let issue = self.issues.get_mut(&id).ok_or_else(refusal::no_such_issue)?;
        issue.properties = properties;
        let own = format!("{}/rest/api/3/issue/{id}", self.url);
        Ok(Answer::json(201, json!({ "id": id.to_string(), "key": issue.key, "self": own })))
    }

    /// The project and the id of the issue type that the caller asks for. Sentences as in
    /// [product-integrator-mi 3420](https://github.com/wso2/product-integrator-mi/issues/3420) and
    /// [integration-jira-cloud 28](https://github.com/tenable/integration-jira-cloud/issues/28).
    fn destination(&self, asked: &Map<String, Value>) -> Result<(&Project, &'static str), Answer> {
        let name = |value: &Value, keys: [&str; 2]| keys.iter().find_map(|it| value[*it].as_str().map(str::to_owned));
        let project = asked.get("project").and_then(|it| name(it, ["key", "id"]));
        let project = project.and_then(|it| self.project(&it)).filter(|it| !it.archived);
        let project = project.ok_or_else(|| refusal::field("project", "Specify a valid project ID or key"))?;
        if !self.may(Permission::Create) {
            let sentence = "You do not have permission to create issues in this project.";
            return Err(refusal::field("project", sentence));
        }
        let Some(value) = asked.get("issuetype") else {
            return Err(refusal::field("issuetype", "Specify an issue type"));
        };
        let by_id = value["id"].as_str().and_then(|id| project.types.iter().find(|it| it.id == id));
        let by_name = value["name"].as_str().and_then(|name| project.types.iter().find(|it| it.name == name));
        let issue_type = by_id.or(by_name).ok_or_else(bad_type)?;
        Ok((project, issue_type.id))
    }

    /// The fields of the new issue: as asked where the screen has them, else their defaults.
    fn filled(&self, screen: &[Field], asked: &Map<String, Value>) -> Result<Map<String, Value>, Answer> {
        let (mut fields, mut wrong) = self.taken(screen, asked)?;
        for field in screen {
            if fields.contains_key(&field.id) || wrong.contains_key(&field.id) {
                continue;
            }
            if let Some(value) = self.default_of(field) {
                fields.insert(field.id.clone(), value);
            } else if field.required && !matches!(field.kind, Kind::Project | Kind::IssueType) {
                wrong.insert(field.id.clone(), missing(field));
            }
        }
        if wrong.is_empty() { Ok(fields) } else { Err(refusal::fields(&wrong)) }
    }

    /// What is asked, and which values a field cannot have. What is not on the screen or of another
    /// type is told at once, before anything else is looked at
    /// ([integration-jira-cloud 82](https://github.com/tenable/integration-jira-cloud/issues/82)).
    fn taken(&self, screen: &[Field], asked: &Map<String, Value>) -> Result<(Map<String, Value>, Wrong), Answer> {
        let (mut fields, mut misplaced, mut wrong) = (Map::new(), Wrong::new(), Wrong::new());
        for (id, value) in asked.iter().filter(|it| !it.1.is_null()) {
            let Some(field) = screen.iter().find(|it| it.id == *id) else {
                let sentence = format!("Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
                misplaced.insert(id.clone(), sentence);
                continue;
            };
            match self.value(field, value) {
                Ok(Value::Null) => {}
                Ok(value) => drop(fields.insert(id.clone(), value)),
                Err(Refused::Shape(sentence)) => drop(misplaced.insert(id.clone(), sentence)),
                Err(Refused::Value(sentence)) => drop(wrong.insert(id.clone(), sentence)),
                Err(Refused::Document(what)) => {
                    self.blame(PLACE, &format!("`{id}` is a document that Jira refuses: {what}"));
                    return Err(refusal::invalid_input());
                }
            }
        }
        if misplaced.is_empty() { Ok((fields, wrong)) } else { Err(refusal::fields(&misplaced)) }
    }

    fn default_of(&self, field: &Field) -> Option<Value> {
        let name = field.default.as_ref()?;
        match &field.kind {
            Kind::One { key, choices } => choices.iter().find(|it| it.name == *name).map(|it| it.show(key)),
            Kind::Person => Some(self.show_person(&Actor::App)),
            Kind::Text => Some(name.as_str().into()),
            _ => None,
        }
    }
}

fn bad_type() -> Answer {
    refusal::field("issuetype", "The issue type selected is invalid.")
}

fn missing(field: &Field) -> String {
    match field.kind {
        Kind::Summary => values::NO_SUMMARY.to_owned(),
        _ => format!("{} is required.", field.name),
    }
}

/// What a body asks to set, in `fields` or by `update`; a field may be in one of them.
fn asked(body: &Map<String, Value>) -> Result<Map<String, Value>, Answer> {
    let part = |name: &str| match body.get(name) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(part)) => Ok(part.clone()),
        Some(_) => Err(refusal::unreadable()),
    };
    let mut asked = part("fields")?;
    let mut twice = BTreeMap::new();
    for (id, operations) in part("update")? {
        if asked.contains_key(&id) {
            twice.insert(id.clone(), format!("Field '{id}' cannot appear in both 'fields' and 'update'"));
            continue;
        }
        asked.insert(id.clone(), updated(&id, &operations)?);
    }
    if twice.is_empty() { Ok(asked) } else { Err(refusal::fields(&twice)) }
}

/// What operations make of a field that is empty.
fn updated(id: &str, operations: &Value) -> Result<Value, Answer> {
    let mut value = Value::Null;
    for operation in operations.as_array().ok_or_else(refusal::unreadable)? {
        let one = operation.as_object().filter(|it| it.len() == 1).and_then(|it| it.iter().next());
        match one {
            Some((name, set)) if name == "set" => value = set.clone(),
            Some((name, add)) if name == "add" => match value.as_array_mut() {
                Some(list) => list.push(add.clone()),
                None => value = json!([add]),
            },
            _ => return Err(refusal::field(id, "Only 'set' and 'add' can be used on an issue that is being created")),
        }
    }
    Ok(value)
}
