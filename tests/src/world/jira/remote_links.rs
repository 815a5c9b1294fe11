//! Links that lead out of Jira.

use serde_json::{Value, json};

use super::site::{Site, Stored};
use super::{Actor, Happening, Permission, refusal, route};
use crate::world::call::{Answer, Call};

/// Characters of a global id, of a link's title and of its relationship.
const LONGEST: usize = 255;

const NOT_ALLOWED: &str = "You do not have permission to link issues in this project.";

impl Site {
    pub(super) fn list_remote_links(&self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let issue = self.seen(issue)?;
        match call.query("globalId") {
            None => Ok(Answer::json(200, issue.remote_links.iter().map(|it| self.show_link(issue, it)).collect())),
            Some(id) => {
                let found = issue.remote_links.iter().find(|it| it.1["globalId"] == id);
                found.map(|it| Answer::json(200, self.show_link(issue, it))).ok_or_else(no_such_link)
            }
        }
    }

    /// With a global id this is an upsert; fields that are not sent are empty afterwards.
    pub(super) fn set_remote_link(&mut self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let id = self.written(issue)?;
        self.require(Permission::Link, NOT_ALLOWED)?;
        let body = route::object(call)?;
        self.blame_unknown("POST remotelink", &body, &["globalId", "application", "relationship", "object"]);
        let body = checked(Value::from(body))?;
        let global = body["globalId"].as_str().map(str::to_owned);
        let kept = &self.seen(issue)?.remote_links;
        let known = kept.iter().position(|it| global.is_some() && it.1["globalId"].as_str() == global.as_deref());
        if known.is_none() && kept.len() >= self.settings.limits.remote_links {
            return Err(refusal::too_many("remote links"));
        }
        let link = match known {
            Some(at) => kept[at].0,
            None => self.new_id(),
        };
        self.change(id, Actor::App, Happening::LinkedOut(global), |issue| match known {
            Some(at) => issue.remote_links[at].1 = body,
            None => issue.remote_links.push((link, body)),
        });
        let own = self.address_of_link(self.seen(issue)?, link);
        let status = if known.is_some() { 200 } else { 201 };
        Ok(Answer::json(status, json!({ "id": link, "self": own })))
    }

    pub(super) fn remove_remote_link(&mut self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let id = self.written(issue)?;
        self.require(Permission::Link, NOT_ALLOWED)?;
        let global = call.query("globalId").filter(|it| !it.is_empty());
        let global = global.ok_or_else(|| refusal::say(400, "The global ID was not provided."))?.to_owned();
        let issue = self.issues.get_mut(&id).ok_or_else(refusal::no_such_issue)?;
        let before = issue.remote_links.len();
        issue.remote_links.retain(|it| it.1["globalId"] != *global);
        match issue.remote_links.len() < before {
            true => Ok(Answer::empty(204)),
            false => Err(no_such_link()),
        }
    }

    fn show_link(&self, issue: &Stored, (id, body): &(u64, Value)) -> Value {
        let mut shown = body.clone();
        shown["id"] = (*id).into();
        shown["self"] = self.address_of_link(issue, *id).into();
        shown
    }

    fn address_of_link(&self, issue: &Stored, link: u64) -> String {
        format!("{}/rest/api/3/issue/{}/remotelink/{link}", self.url, issue.key)
    }
}

fn no_such_link() -> Answer {
    refusal::say(404, "The remote issue link does not exist.")
}

fn checked(body: Value) -> Result<Value, Answer> {
    let too_long = |it: &Value| it.as_str().is_some_and(|it| it.encode_utf16().count() > LONGEST);
    if too_long(&body["globalId"]) {
        return Err(refusal::field("globalId", "The global ID must be at most 255 characters long."));
    }
    if too_long(&body["relationship"]) {
        return Err(refusal::field("relationship", "The relationship must be at most 255 characters long."));
    }
    let object = &body["object"];
    let says = |name: &str| object[name].as_str().is_some_and(|it| !it.trim().is_empty());
    if !says("title") {
        return Err(refusal::field("title", "'title' is required."));
    }
    if too_long(&object["title"]) {
        return Err(refusal::field("title", "The title must be at most 255 characters long."));
    }
    if !says("url") {
        return Err(refusal::field("url", "'url' is required."));
    }
    let is_address = object["url"].as_str().is_some_and(|it| it.starts_with("https://") || it.starts_with("http://"));
    if is_address { Ok(body) } else { Err(refusal::field("url", "The URL is not valid.")) }
}
