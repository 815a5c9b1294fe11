//! The rules of a write: what is refused, and what HubSpot works out from the rest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::id::{Kind, Source, iso};
use super::portal::Portal;
use super::record::Record;
use super::refusal::{self, Problem};
use super::schema::{Property, Type};
use crate::world::call::Answer;

/// Property names and new values.
pub type Values = BTreeMap<String, String>;

impl Portal {
    /// Makes a record, with all its rules.
    pub fn create(&mut self, kind: Kind, values: &Values, source: &Source) -> Result<u64, Answer> {
        let required: &[&str] = match kind {
            Kind::Ticket if self.pipelines.len() > 1 => &["subject", "hs_pipeline", "hs_pipeline_stage"],
            Kind::Ticket => &["subject", "hs_pipeline_stage"],
            Kind::Note | Kind::Call | Kind::Email | Kind::Communication => &["hs_timestamp"],
            Kind::Contact | Kind::Company => &[],
        };
        let missing: Vec<&str> =
            required.iter().copied().filter(|it| values.get(*it).is_none_or(String::is_empty)).collect();
        if !missing.is_empty() {
            return Err(refusal::missing_properties(kind, &missing));
        }
        let mut values = values.clone();
        if kind == Kind::Ticket {
            values.entry("hs_pipeline".to_owned()).or_insert_with(|| self.pipelines[0].id.clone());
        }
        let accepted = self.accept(kind, None, &values)?;
        let id = self.new_id();
        let now = self.now();
        let mut record = Record::new(kind, id, now);
        for (name, value) in born(kind, id, now, source) {
            record.set(name, &value, now, &Source::Computed);
        }
        self.records.insert((kind, id), record);
        self.store(kind, id, accepted, source);
        if kind == Kind::Note {
            self.tell_noted(id, true, source);
        }
        Ok(id)
    }

    /// Writes to a record, with all its rules.
    pub fn write(&mut self, kind: Kind, id: u64, values: &Values, source: &Source) -> Result<(), Answer> {
        let record = self.find(kind, id).ok_or_else(refusal::not_found)?;
        let accepted = self.accept(kind, Some(record), values)?;
        let id = record.id;
        self.store(kind, id, accepted, source);
        if kind == Kind::Note && values.contains_key("hs_note_body") {
            self.tell_noted(id, false, source);
        }
        Ok(())
    }

    fn accept(&self, kind: Kind, record: Option<&Record>, values: &Values) -> Result<Vec<(String, String)>, Answer> {
        let mut accepted = Vec::new();
        let mut problems = Vec::new();
        for (name, value) in values {
            match self.accept_one(kind, record, values, name, value) {
                Ok(value) => accepted.push((name.clone(), value)),
                Err(problem) => problems.push(problem),
            }
        }
        match problems.is_empty() {
            true => Ok(accepted),
            false => Err(refusal::invalid_properties(self.settings.portal.0, &problems)),
        }
    }

    fn accept_one(
        &self,
        kind: Kind,
        record: Option<&Record>,
        values: &Values,
        name: &str,
        value: &str,
    ) -> Result<String, Problem> {
        let refused = |code, message| Err(Problem { property: name.to_owned(), code, message });
        let Some(property) = self.property(kind, name) else {
            return refused("PROPERTY_DOESNT_EXIST", format!("Property \"{name}\" does not exist"));
        };
        if property.read_only {
            let message = format!("\"{name}\" is a read only property; its value cannot be set.");
            return refused("READ_ONLY_VALUE", message);
        }
        let parsed = property.parse(value)?;
        let before = |name: &str| record.and_then(|it| it.value(name));
        if value.is_empty() {
            return Ok(parsed);
        }
        if let (Type::Several(_), Some(more)) = (&property.takes, value.strip_prefix(';')) {
            let before = before(name).map(|it| format!("{it};")).unwrap_or_default();
            return Ok(format!("{before}{more}"));
        }
        let pipeline = values.get("hs_pipeline").map(String::as_str).or_else(|| before("hs_pipeline"));
        self.accept_reference(property, value, pipeline.unwrap_or_default())?;
        Ok(parsed)
    }

    /// Owners, pipelines and stages have to be there.
    fn accept_reference(&self, property: &Property, value: &str, pipeline: &str) -> Result<(), Problem> {
        let known: Vec<&str> = match property.takes {
            Type::Owner if !self.owners.iter().any(|it| it.id.to_string() == value) => {
                let message = format!("Owner {value} does not exist");
                return Err(Problem { property: property.name.clone(), code: "INVALID_OWNER_ID", message });
            }
            Type::Pipeline => self.pipelines.iter().map(|it| it.id.as_str()).collect(),
            Type::Stage => {
                let pipeline = self.pipelines.iter().find(|it| it.id == pipeline);
                pipeline.iter().flat_map(|it| &it.stages).map(|it| it.id.as_str()).collect()
            }
            _ => return Ok(()),
        };
        match known.contains(&value) {
            true => Ok(()),
            false => Err(property.not_an_option(value, &known)),
        }
    }

    fn store(&mut self, kind: Kind, id: u64, values: Vec<(String, String)>, source: &Source) {
        let mut changed = false;
        for (name, value) in &values {
            let this = self.set(kind, id, name, value, source);
            changed |= this;
            if this && kind == Kind::Ticket && name == "hs_pipeline_stage" {
                self.follow_stage(id);
            }
        }
        if changed
            && let Source::User(user) = source
            && kind == Kind::Note
        {
            self.set(kind, id, "hs_updated_by_user_id", &user.to_string(), &Source::Computed);
        }
        let now = self.now();
        if let Some(record) = self.records.get_mut(&(kind, id)).filter(|it| changed || it.created == now) {
            record.touch(now);
        }
    }

    /// What HubSpot works out from a ticket's stage.
    fn follow_stage(&mut self, id: u64) {
        let Some(record) = self.records.get(&(Kind::Ticket, id)) else {
            return;
        };
        let value = |name| record.value(name).unwrap_or_default();
        let closed = self.stage(value("hs_pipeline"), value("hs_pipeline_stage")).is_some_and(|it| it.closed);
        let was_closed = value("hs_is_closed") == "true";
        let now = self.now();
        let took = now.duration_since(record.created).as_millis().to_string();
        let computed: Vec<(&str, String)> = match (was_closed, closed) {
            (false, true) => vec![
                ("hs_is_closed", "true".to_owned()),
                ("closed_date", iso(now)),
                ("hs_last_closed_date", iso(now)),
                ("time_to_close", took),
            ],
            (true, false) => vec![
                ("hs_is_closed", "false".to_owned()),
                ("closed_date", String::new()),
                ("time_to_close", String::new()),
                ("hs_ticket_reopened_at", iso(now)),
            ],
            (_, closed) => vec![("hs_is_closed", closed.to_string())],
        };
        for (name, value) in computed {
            self.set(Kind::Ticket, id, name, &value, &Source::Computed);
        }
    }
}

/// What HubSpot writes on a new record.
fn born(kind: Kind, id: u64, now: Timestamp, source: &Source) -> Vec<(&'static str, String)> {
    let is_activity = kind.is_activity();
    let created = if is_activity { "hs_createdate" } else { "createdate" };
    let mut values = vec![("hs_object_id", id.to_string()), (created, iso(now))];
    if is_activity || kind == Kind::Ticket {
        values.push(("hs_object_source", source.kind().to_owned()));
        values.push(("hs_object_source_label", source.kind().to_owned()));
        values.push(("hs_object_source_id", source.id()));
        if let Source::User(user) = source {
            values.push(("hs_object_source_user_id", user.to_string()));
            values.push(("hs_created_by_user_id", user.to_string()));
        }
    }
    if let (true, Source::User(user)) = (is_activity, source) {
        values.push(("hs_created_by", user.to_string()));
    }
    values
}
