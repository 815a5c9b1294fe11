//! Links between issues.

use super::site::Site;
use super::{Permission, refusal, route};
use crate::world::call::{Answer, Call};

const NOT_ALLOWED: &str = "You do not have permission to link issues in this project.";

impl Site {
    /// Of the types that every site begins with only Relates: saying it twice changes nothing, and the answer
    /// is empty.
    pub(super) fn relate(&mut self, call: &Call) -> Result<Answer, Answer> {
        self.require(Permission::Link, NOT_ALLOWED)?;
        let body = route::object(call)?;
        self.blame_unknown("POST issueLink", &body, &["type", "inwardIssue", "outwardIssue"]);
        if body.get("type").and_then(|it| it["name"].as_str()) != Some("Relates") {
            return Err(refusal::say(404, "No issue link type with name found."));
        }
        let end = |name: &str| body.get(name).and_then(|it| it["key"].as_str()).unwrap_or_default().to_owned();
        let ends = [end("inwardIssue"), end("outwardIssue")];
        let (one, other) = (self.written(&ends[0])?, self.written(&ends[1])?);
        for (one, other) in [(one, other), (other, one)] {
            if let Some(issue) = self.issues.get_mut(&one) {
                issue.related.insert(other);
            }
        }
        Ok(Answer::empty(201))
    }
}
