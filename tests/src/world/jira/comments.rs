//! What is said about an issue.

use serde_json::{Value, json};

use super::site::{ACCOUNT_NAME, Said, Site, Stored, written};
use super::values::Refused;
use super::{Actor, Happening, Permission, properties, refusal, route};
use crate::world::call::{Answer, Call};

/// The property by which a comment on a service project is kept from the customer.
const SERVICE_DESK: &str = "sd.public.comment";

impl Site {
    pub(super) fn add_comment(&mut self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        const PLACE: &str = "POST comment";
        let id = self.written(issue)?;
        if !self.may(Permission::Comment) {
            let sentence = format!("{ACCOUNT_NAME}, you do not have the permission to comment on this issue.");
            return Err(refusal::say(400, &sentence));
        }
        let body = route::object(call)?;
        self.blame_unknown(PLACE, &body, &["body", "properties", "visibility"]);
        let text = body.get("body").filter(|it| !it.is_null());
        let text = text.ok_or_else(|| refusal::field("comment", "Comment body can not be empty!"))?;
        let text = self.document(text).map_err(|refused| match refused {
            Refused::Shape(_) => refusal::field("comment", "Comment body is not valid!"),
            Refused::Value(sentence) => refusal::field("comment", &sentence),
            Refused::Document(what) => {
                self.blame(PLACE, &format!("`body` is a document that Jira refuses: {what}"));
                refusal::invalid_input()
            }
        })?;
        let properties = properties::of_body(body.get("properties"))?;
        if self.seen(issue)?.comments.len() >= self.settings.limits.comments {
            return Err(refusal::too_many("comments"));
        }
        let visibility = body.get("visibility").cloned().unwrap_or_default();
        let said = self.say(id, Actor::App, text, |it| (it.properties, it.visibility) = (properties, visibility));
        let issue = self.seen(issue)?;
        let comment = issue.comments.iter().find(|it| it.id == said);
        let shown = comment.map(|it| self.show_comment(issue, it, true)).unwrap_or_default();
        Ok(Answer::json(201, shown))
    }

    /// A comment of anybody's; its id.
    pub(super) fn say(&mut self, issue: u64, author: Actor, body: Value, more: impl FnOnce(&mut Said)) -> u64 {
        let (id, created) = (self.new_id(), self.now());
        let properties = Default::default();
        let mut said = Said { id, author: author.clone(), body, properties, visibility: Value::Null, created };
        more(&mut said);
        self.change(issue, author, Happening::Commented(id.to_string()), |it| it.comments.push(said));
        id
    }

    /// In pages, the oldest first unless told otherwise.
    pub(super) fn list_comments(&self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let issue = self.seen(issue)?;
        let mut comments: Vec<&Said> = issue.comments.iter().collect();
        match call.query("orderBy") {
            None | Some("created" | "+created") => {}
            Some("-created") => comments.reverse(),
            Some(other) => return Err(refusal::say(400, &format!("Comments cannot be ordered by '{other}'."))),
        }
        let with_properties = call.query("expand").is_some_and(|it| it.split(',').any(|it| it == "properties"));
        let (start, most) = page(call, 100, 5_000)?;
        let shown = comments.iter().skip(start).take(most).map(|it| self.show_comment(issue, it, with_properties));
        let shown: Value = shown.collect();
        let total = comments.len();
        Ok(Answer::json(200, json!({ "startAt": start, "maxResults": most, "total": total, "comments": shown })))
    }

    /// One, with its properties where they are asked for.
    pub(super) fn get_comment(&self, issue: &str, id: &str, call: &Call) -> Result<Answer, Answer> {
        let issue = self.seen(issue)?;
        let said = issue.comments.iter().find(|it| it.id.to_string() == id);
        let sentence = format!("Can not find a comment for the id: {id}.");
        let said = said.ok_or_else(|| refusal::say(404, &sentence))?;
        let with_properties = call.query("expand").is_some_and(|it| it.split(',').any(|it| it == "properties"));
        Ok(Answer::json(200, self.show_comment(issue, said, with_properties)))
    }

    fn show_comment(&self, issue: &Stored, said: &Said, with_properties: bool) -> Value {
        let author = self.show_person(&said.author);
        let created = written(said.created);
        let is_internal = said.properties.get(SERVICE_DESK).is_some_and(|it| it["internal"] == true);
        let mut shown = json!({
            "self": format!("{}/comment/{}", self.address(issue), said.id), "id": said.id.to_string(),
            "author": author, "body": said.body, "updateAuthor": author, "created": created, "updated": created,
            "jsdPublic": !is_internal,
        });
        if !said.visibility.is_null() {
            shown["visibility"] = said.visibility.clone();
        }
        if with_properties {
            shown["properties"] = said.properties.iter().map(|it| json!({ "key": it.0, "value": it.1 })).collect();
        }
        shown
    }
}

/// Where a page starts and how much is on it.
pub fn page(call: &Call, default: usize, most: usize) -> Result<(usize, usize), Answer> {
    let number = |name: &str, default: usize| match call.query(name) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| refusal::say(400, &format!("'{name}' is not a number."))),
    };
    Ok((number("startAt", 0)?, number("maxResults", default)?.clamp(1, most)))
}
