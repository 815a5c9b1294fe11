//! What the account may do, and which statuses a project has.

use serde_json::{Map, Value, json};

use super::site::Site;
use super::workflow::Status;
use super::{Permission, refusal};
use crate::world::call::{Answer, Call};

/// The permissions there are, with their keys and names
/// ([built-in permissions](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#built-in-permissions)).
const KNOWN: [(&str, &str, &str, Permission); 6] = [
    ("10", "BROWSE_PROJECTS", "Browse Projects", Permission::Browse),
    ("11", "CREATE_ISSUES", "Create Issues", Permission::Create),
    ("12", "EDIT_ISSUES", "Edit Issues", Permission::Edit),
    ("21", "LINK_ISSUES", "Link Issues", Permission::Link),
    ("15", "ADD_COMMENTS", "Add Comments", Permission::Comment),
    ("46", "TRANSITION_ISSUES", "Transition Issues", Permission::Transition),
];

impl Site {
    /// [My permissions](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/).
    /// `permissions` must be given since 2019.
    pub(super) fn my_permissions(&self, call: &Call) -> Result<Answer, Answer> {
        if let Some(key) = call.query("projectKey") {
            let sentence = format!("No project could be found with key '{key}'.");
            self.project(key).ok_or_else(|| refusal::say(404, &sentence))?;
        }
        let asked = call.query("permissions").filter(|it| !it.is_empty());
        let asked = asked.ok_or_else(|| refusal::say(400, "The 'permissions' query parameter is required."))?;
        let mut shown = Map::new();
        for key in asked.split(',') {
            let known = KNOWN.into_iter().find(|it| it.1 == key);
            let sentence = format!("Unrecognized permission: {key}");
            let (id, key, name, permission) = known.ok_or_else(|| refusal::say(400, &sentence))?;
            let have = self.may(permission);
            let it = json!({
                "id": id, "key": key, "name": name, "type": "PROJECT", "description": name, "havePermission": have,
            });
            shown.insert(key.to_owned(), it);
        }
        Ok(Answer::json(200, json!({ "permissions": shown })))
    }

    /// The statuses of each issue type: all have the one workflow.
    pub(super) fn list_statuses(&self, project: &str) -> Result<Answer, Answer> {
        let sentence = format!("No project could be found with key '{project}'.");
        let project = self.project(project).ok_or_else(|| refusal::say(404, &sentence))?;
        let statuses: Vec<Value> = Status::all().map(|it| it.show(&self.url)).collect();
        let kind = |it: &super::project::IssueType| {
            json!({
                "self": format!("{}/rest/api/3/issuetype/{}", self.url, it.id), "id": it.id, "name": it.name,
                "subtask": false, "statuses": statuses,
            })
        };
        Ok(Answer::json(200, project.types.iter().map(kind).collect()))
    }
}
