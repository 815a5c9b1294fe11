//! What an issue was before: its changelog.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::Happening;
use super::site::{Site, Stored, written};
use super::workflow::Status;

impl Site {
    /// What changed of an issue, the newest first.
    pub(super) fn changelog(&self, issue: &Stored) -> Value {
        let id = issue.id.to_string();
        let events = self.events.iter().enumerate().filter(|(_, it)| it.issue == id);
        let mut histories: Vec<Value> = events
            .filter_map(|(at, event)| {
                let item = item(&event.what, &event.key)?;
                let author = self.show_person(&event.by);
                let number = (20_000 + at).to_string();
                Some(json!({ "id": number, "author": author, "created": written(event.at), "items": [item] }))
            })
            .collect();
        histories.reverse();
        let total = histories.len();
        json!({ "startAt": 0, "maxResults": total, "total": total, "histories": histories })
    }

    /// When the category of an issue's status changed last.
    pub(super) fn moved_at(&self, issue: &Stored) -> Timestamp {
        let id = issue.id.to_string();
        let category = |name: &str| Status::named(name).map(|it| it.category);
        let is_change =
            |what: &Happening| matches!(what, Happening::Moved { from, to } if category(from) != category(to));
        let moved = self.events.iter().rfind(|it| it.issue == id && is_change(&it.what));
        moved.map_or(issue.created, |it| it.at)
    }
}

fn item(what: &Happening, key: &str) -> Option<Value> {
    let id = |name: &str| Status::named(name).map(|it| it.id);
    Some(match what {
        Happening::Moved { from, to } => json!({
            "field": "status", "fieldtype": "jira", "fieldId": "status",
            "from": id(from), "fromString": from, "to": id(to), "toString": to,
        }),
        Happening::Rekeyed { from } => {
            json!({ "field": "Key", "fieldtype": "jira", "from": "", "fromString": from, "to": "", "toString": key })
        }
        Happening::Labelled => json!({ "field": "labels", "fieldtype": "jira", "fieldId": "labels" }),
        _ => return None,
    })
}
