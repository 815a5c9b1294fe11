//! How an issue moves on.

use serde_json::{Value, json};

use super::site::Site;
use super::workflow::Transition;
use super::{Actor, Happening, Permission, refusal, route};
use crate::world::call::{Answer, Call};

impl Site {
    pub(super) fn list_transitions(&self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let status = self.seen(issue)?.status;
        let only = call.query("transitionId");
        let ways = status.ways().filter(|it| self.may(Permission::Transition) && only.is_none_or(|id| id == it.id));
        let with_fields = call.query("expand").is_some_and(|it| it.split(',').any(|it| it == "transitions.fields"));
        let shown: Value = ways.map(|it| self.show_transition(it, with_fields)).collect();
        Ok(Answer::json(200, json!({ "expand": "transitions", "transitions": shown })))
    }

    pub(super) fn transition(&mut self, issue: &str, call: &Call) -> Result<Answer, Answer> {
        let id = self.written(issue)?;
        let body = route::object(call)?;
        self.blame_unknown("POST transitions", &body, &["transition", "fields", "update"]);
        let Some(asked) = body.get("transition").and_then(|it| it["id"].as_str()) else {
            return Err(refusal::say(400, "Missing 'transition' identifier"));
        };
        let status = self.seen(issue)?.status;
        let way = status.ways().find(|it| it.id == asked && self.may(Permission::Transition));
        let sentence = format!("Transition id '{asked}' is not valid for this issue.");
        let way = way.ok_or_else(|| refusal::say(400, &sentence))?;
        // No way of this workflow has a screen.
        let extra = ["fields", "update"].iter().find_map(|it| body.get(*it)?.as_object()?.keys().next());
        if let Some(field) = extra {
            let sentence = format!("Field '{field}' cannot be set. It is not on the appropriate screen, or unknown.");
            return Err(refusal::field(field, &sentence));
        }
        self.follow(id, way, Actor::App);
        Ok(Answer::empty(204))
    }

    /// Moves an issue along a way from where it is.
    pub(super) fn follow(&mut self, issue: u64, way: Transition, by: Actor) {
        let to = way.to();
        let from = self.issues.get(&issue).map(|it| it.status.name).unwrap_or_default();
        let what = Happening::Moved { from: from.to_owned(), to: to.name.to_owned() };
        self.change(issue, by, what, |it| it.status = to);
    }

    fn show_transition(&self, way: Transition, with_fields: bool) -> Value {
        let mut shown = json!({
            "id": way.id, "name": way.name, "to": way.to().show(&self.url), "hasScreen": false, "isGlobal": false,
            "isInitial": false, "isAvailable": true, "isConditional": false, "looped": false,
        });
        if with_fields {
            shown["fields"] = json!({});
        }
        shown
    }
}
