//! What an account has set up: associations between records, owners, pipelines, properties.

use serde::Deserialize;
use serde_json::{Value, json};

use super::association;
use super::id::{Kind, iso};
use super::objects::{number, parse};
use super::owner::Owner;
use super::page;
use super::portal::Portal;
use super::refusal;
use crate::world::call::{Answer, Call};

impl Portal {
    pub(super) fn list_associations(&self, from: Kind, id: &str, to: Kind, call: &Call) -> Result<Answer, Answer> {
        let record = self.find(from, number(id)?).ok_or_else(refusal::not_found)?;
        let rows = self.associations.indexed((from, record.id), to, self.now(), self.lag);
        let (rows, after) = page::of(rows, call, 500, 500)?;
        let results = rows.iter().map(|(id, types)| association::row_v4(*id, types)).collect();
        Ok(Answer::json(200, page::collection(results, after.as_deref())))
    }

    /// [Batch read](https://developers.hubspot.com/docs/api/crm/associations): of whom nothing is found is
    /// told in a 207.
    pub(super) fn read_associations(&self, from: Kind, to: Kind, call: &Call) -> Result<Answer, Answer> {
        #[derive(Deserialize)]
        struct Read {
            inputs: Vec<Id>,
        }
        #[derive(Deserialize)]
        struct Id {
            id: String,
        }
        let Read { inputs } = parse(call)?;
        if inputs.is_empty() || inputs.len() > 1_000 {
            return Err(refusal::invalid(&format!("Invalid batch size: {}. The maximum is 1000.", inputs.len())));
        }
        let (mut results, mut errors) = (Vec::new(), Vec::new());
        for input in inputs {
            let rows = self.associations.indexed((from, number(&input.id)?), to, self.now(), self.lag);
            if rows.is_empty() {
                let message = format!("No {} is associated with {} {}.", to.singular(), from.singular(), input.id);
                errors.push(json!({
                    "status": "error", "category": "OBJECT_NOT_FOUND", "message": message,
                    "subCategory": "crm.associations.NO_ASSOCIATIONS_FOUND", "context": { "fromObjectId": [input.id] },
                }));
                continue;
            }
            let rows: Vec<Value> = rows.iter().map(|(id, types)| association::row_v4(*id, types)).collect();
            results.push(json!({ "from": { "id": input.id }, "to": rows }));
        }
        let now = iso(self.now());
        let mut body = json!({ "status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now });
        if errors.is_empty() {
            return Ok(Answer::json(200, body));
        }
        body["numErrors"] = json!(errors.len());
        body["errors"] = json!(errors);
        Ok(Answer::json(207, body))
    }

    pub(super) fn associate_by_default(&mut self, from: (Kind, &str), to: (Kind, &str)) -> Result<Answer, Answer> {
        let (from_id, to_id) = (number(from.1)?, number(to.1)?);
        let Some(kind) = association::default_between(from.0, to.0) else {
            let (from, to) = (from.0.singular(), to.0.singular());
            return Err(refusal::invalid(&format!("There is no association type from {from} to {to}")));
        };
        self.associate(kind, from_id, to_id)?;
        let row = |from: u64, to: u64, type_id: u64| {
            json!({
                "from": { "id": from.to_string() }, "to": { "id": to.to_string() },
                "associationSpec": { "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id },
            })
        };
        let mut results = vec![row(from_id, to_id, kind.id)];
        if let Some(back) = association::default_between(to.0, from.0) {
            results.push(row(to_id, from_id, back.id));
        }
        let now = iso(self.now());
        Ok(Answer::json(200, json!({ "status": "COMPLETE", "results": results, "startedAt": now, "completedAt": now })))
    }

    pub(super) fn list_owners(&self, call: &Call) -> Result<Answer, Answer> {
        let archived = call.query("archived") == Some("true");
        let email = call.query("email");
        let found = self.owners.iter().filter(|it| it.archived == archived);
        let found: Vec<&Owner> = found.filter(|it| email.is_none_or(|email| it.email == email)).collect();
        let (owners, after) = page::of(found, call, 100, 500)?;
        let results = owners.into_iter().map(|it| it.to_json(self.made)).collect();
        Ok(Answer::json(200, page::collection(results, after.as_deref())))
    }

    pub(super) fn get_owner(&self, id: &str, call: &Call) -> Result<Answer, Answer> {
        let id = number(id)?;
        let archived = call.query("archived") == Some("true");
        let is_meant = |it: &&Owner| match call.query("idProperty") {
            Some("userId") => it.user.0 == id,
            _ => it.id == id,
        };
        if !matches!(call.query("idProperty"), None | Some("id" | "userId")) {
            return Err(refusal::invalid("idProperty must be id or userId"));
        }
        let owner = self.owners.iter().filter(|it| it.archived == archived).find(is_meant);
        Ok(Answer::json(200, owner.ok_or_else(refusal::not_found)?.to_json(self.made)))
    }

    pub(super) fn list_pipelines(&self) -> Answer {
        let pipelines = self.pipelines.iter().enumerate().map(|(at, it)| it.to_json(at, self.made));
        Answer::json(200, page::collection(pipelines.collect(), None))
    }

    pub(super) fn list_properties(&self, kind: Kind, call: &Call) -> Answer {
        let properties = if call.query("archived") == Some("true") { &[] } else { self.properties[&kind].as_slice() };
        let results: Vec<Value> = properties.iter().map(|it| it.to_json(kind, self.made)).collect();
        Answer::json(200, page::collection(results, None))
    }
}
