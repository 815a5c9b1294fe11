//! `/crm/v3/objects`: reading and writing records.
//! [Tickets](https://developers.hubspot.com/docs/api/crm/tickets), [notes](https://developers.hubspot.com/docs/api/crm/notes).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::association::{self, Type as AssociationType};
use super::id::{Kind, iso};
use super::page;
use super::portal::Portal;
use super::record::Record;
use super::refusal;
use super::write::Values;
use crate::world::call::{Answer, Call};

/// HubSpot's limit for one batch.
const BATCH: usize = 100;

#[derive(Deserialize)]
struct WriteBody {
    properties: BTreeMap<String, Value>,
    #[serde(default)]
    associations: Vec<NewAssociation>,
}

#[derive(Deserialize)]
struct NewAssociation {
    to: Id,
    types: Vec<NewType>,
}

#[derive(Deserialize)]
struct Id {
    id: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct NewType {
    association_category: String,
    association_type_id: u64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BatchRead {
    inputs: Vec<Id>,
    #[serde(default)]
    properties: Vec<String>,
    #[serde(default)]
    properties_with_history: Vec<String>,
}

impl Portal {
    pub(super) fn get(&self, kind: Kind, id: &str, call: &Call) -> Result<Answer, Answer> {
        let id = self.resolve(kind, number(id)?);
        let archived = call.query("archived") == Some("true");
        let record = self.records.get(&(kind, id)).filter(|it| it.archived.is_some() == archived);
        let record = record.ok_or_else(refusal::not_found)?;
        let (names, history) = (list(call, "properties"), list(call, "propertiesWithHistory"));
        let mut object = self.shown(record, &names, &history);
        let mut associations = Map::new();
        for name in list(call, "associations") {
            let to = Kind::of(&name)
                .ok_or_else(|| refusal::invalid(&format!("Unable to infer object type from: {name}")))?;
            let rows = self.associations.indexed((kind, id), to, self.now(), self.lag);
            let page = rows.iter().take(self.settings.association_page);
            let results: Vec<Value> = page.flat_map(|(to, types)| association::rows_v3(*to, types)).collect();
            if !results.is_empty() {
                let after =
                    (rows.len() > self.settings.association_page).then(|| page::write(self.settings.association_page));
                associations.insert(to.plural().to_owned(), page::collection(results, after.as_deref()));
            }
        }
        if !associations.is_empty() {
            object["associations"] = Value::Object(associations);
        }
        Ok(Answer::json(200, object))
    }

    pub(super) fn batch_read(&self, kind: Kind, call: &Call) -> Result<Answer, Answer> {
        let body: BatchRead = parse(call)?;
        if body.inputs.len() > BATCH {
            return Err(refusal::invalid(&format!(
                "Invalid batch size: {}. The maximum is {BATCH}.",
                body.inputs.len()
            )));
        }
        let ids = body.inputs.iter().map(|it| number(&scalar(&it.id))).collect::<Result<Vec<u64>, _>>()?;
        let (mut found, mut missing) = (BTreeMap::new(), Vec::new());
        for id in ids {
            match self.find(kind, id) {
                Some(record) => drop(found.insert(record.id, record)),
                None => missing.push(id.to_string()),
            }
        }
        let rows = found.values().map(|it| self.shown(it, &body.properties, &body.properties_with_history));
        let now = iso(self.now());
        let mut answer = Answer::json(
            200,
            json!({ "status": "COMPLETE", "results": rows.collect::<Vec<_>>(), "startedAt": now, "completedAt": now }),
        );
        if !missing.is_empty() {
            let kind = kind.singular().to_uppercase();
            let message = format!(
                "Could not get some {kind} objects, they may be deleted or not exist. Check that ids are valid."
            );
            answer.status = 207;
            answer.body["numErrors"] = json!(1);
            answer.body["errors"] = json!([{
                "status": "error", "category": "OBJECT_NOT_FOUND", "message": message, "context": { "ids": missing },
            }]);
        }
        Ok(answer)
    }

    pub(super) fn post(&mut self, kind: Kind, call: &Call) -> Result<Answer, Answer> {
        let body: WriteBody = parse(call)?;
        let mut links: Vec<(&AssociationType, u64)> = Vec::new();
        for association in &body.associations {
            let to = number(&scalar(&association.to.id))?;
            for named in &association.types {
                let of_hubspot = named.association_category == "HUBSPOT_DEFINED";
                let found = association::typed(named.association_type_id).filter(|it| of_hubspot && it.from == kind);
                let found =
                    found.ok_or_else(|| refusal::invalid_association(kind.singular(), named.association_type_id))?;
                if self.find(found.to, to).is_none() {
                    return Err(refusal::invalid_association(found.to.singular(), to));
                }
                links.push((found, to));
            }
        }
        let values = texts(body.properties);
        let id = self.create(kind, &values, &self.caller(call))?;
        for (kind, to) in links {
            self.associate(kind, id, to)?;
        }
        let record = &self.records[&(kind, id)];
        let names: Vec<String> = values.into_keys().collect();
        Ok(Answer::json(201, self.shown(record, &names, &[])))
    }

    pub(super) fn patch(&mut self, kind: Kind, id: &str, call: &Call) -> Result<Answer, Answer> {
        let id = number(id)?;
        let body: WriteBody = parse(call)?;
        let values = texts(body.properties);
        self.write(kind, id, &values, &self.caller(call))?;
        let record = &self.records[&(kind, self.resolve(kind, id))];
        let names: Vec<String> = values.into_keys().collect();
        Ok(Answer::json(200, self.shown(record, &names, &[])))
    }

    /// What was never there is gone all the same.
    pub(super) fn delete(&mut self, kind: Kind, id: &str) -> Result<Answer, Answer> {
        self.archive(kind, number(id)?);
        Ok(Answer::empty(204))
    }

    pub(super) fn archive(&mut self, kind: Kind, id: u64) -> bool {
        let now = self.now();
        match self.records.get_mut(&(kind, id)) {
            Some(record) if record.archived.is_none() => {
                record.archived = Some(now);
                if kind != Kind::Ticket {
                    self.associations.remove((kind, id), now);
                }
                true
            }
            _ => false,
        }
    }

    pub(super) fn shown(&self, record: &Record, names: &[String], history: &[String]) -> Value {
        let known = |it: &&str| self.property(record.kind, it).is_some();
        let mut object = match names {
            [] => record.to_json(Record::shown_by_default(record.kind).iter().copied()),
            names => record.to_json(names.iter().map(String::as_str).filter(known)),
        };
        if !history.is_empty() {
            object["propertiesWithHistory"] = record.history_json(history.iter().map(String::as_str).filter(known));
        }
        object
    }
}

/// A body as JSON, or HubSpot's complaint.
pub fn parse<T: serde::de::DeserializeOwned>(call: &Call) -> Result<T, Answer> {
    serde_json::from_slice(&call.body).map_err(|error| refusal::unreadable(&error))
}

/// An id of a record.
pub fn number(id: &str) -> Result<u64, Answer> {
    match id.bytes().all(|it| it.is_ascii_digit()) {
        true => id.parse().map_err(|_| refusal::not_numeric(id)),
        false => Err(refusal::not_numeric(id)),
    }
}

/// A parameter given several times, with commas, or both.
pub fn list(call: &Call, name: &str) -> Vec<String> {
    let values = call.query.iter().filter(|(it, _)| it == name).flat_map(|(_, value)| value.split(','));
    values.map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// HubSpot reads scalars as text, and nothing as empty.
fn texts(values: BTreeMap<String, Value>) -> Values {
    values.into_iter().map(|(name, value)| (name, scalar(&value))).collect()
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
