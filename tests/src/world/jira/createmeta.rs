//! What may be created where, and what the create screen of an issue type has
//! ([create metadata](https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/)).

use serde_json::{Value, json};

use super::comments::page;
use super::project::Project;
use super::site::Site;
use super::{Permission, refusal};
use crate::world::call::{Answer, Call};

impl Site {
    pub(super) fn list_issue_types(&self, project: &str, call: &Call) -> Result<Answer, Answer> {
        let types = self.open_project(project)?.types.iter().map(|it| it.show(&self.url)).collect();
        paged("issueTypes", types, call)
    }

    /// The issue type is known by its id alone.
    pub(super) fn list_fields(&self, project: &str, issue_type: &str, call: &Call) -> Result<Answer, Answer> {
        let project = self.open_project(project)?;
        let found = project.types.iter().find(|it| it.id == issue_type);
        let found = found.ok_or_else(|| refusal::say(404, "The issue type was not found in this project."))?;
        paged("fields", found.screen.iter().map(|it| it.show()).collect(), call)
    }

    fn open_project(&self, project: &str) -> Result<&Project, Answer> {
        let found = self.project(project).filter(|it| !it.archived && self.may(Permission::Create));
        let sentence = format!("No project could be found with key or id '{project}'.");
        found.ok_or_else(|| refusal::say(404, &sentence))
    }
}

fn paged(name: &str, items: Vec<Value>, call: &Call) -> Result<Answer, Answer> {
    let (start, most) = page(call, 50, 200)?;
    let total = items.len();
    let items: Value = items.into_iter().skip(start).take(most).collect();
    Ok(Answer::json(200, json!({ "startAt": start, "maxResults": most, "total": total, name: items })))
}
