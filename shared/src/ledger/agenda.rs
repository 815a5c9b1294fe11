//! What is due: unfinished effects and reminders, in a sparse index.
//!
//! An entry says no more than who should look at which ticket. Whoever looks reads the ticket anew
//! and finishes what is its own; an entry that is shown once too often costs one look.

use std::time::Duration;

use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::name::Unnamed;
use super::record::{Item, as_number};
use super::table::{number, send, text, version};
use super::visit::later;
use super::window::short;
use super::{Ledger, Unavailable};
use crate::id::{PortalId, TicketId};

/// The index of the state table that holds what is due.
const INDEX: &str = "agenda";
/// The one partition of the index.
pub(super) const AGENDA: &str = "open";
/// Between two looks at the same thing: a quarter of the time it has been waiting, within these.
const SHORTEST_PAUSE: i64 = 60 * 1_000;
const LONGEST_PAUSE: i64 = 60 * 60 * 1_000;

/// "This action should look at this ticket": who can finish something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    action: String,
    portal: PortalId,
    ticket: TicketId,
    inputs: Map<String, Value>,
}

impl Look {
    /// `action` is asked, as its workflow's author set it up: `inputs` are a few settings, no words
    /// of anybody.
    ///
    /// # Errors
    /// The inputs are no JSON object.
    pub fn new(
        action: &'static str,
        portal: PortalId,
        ticket: TicketId,
        inputs: &impl Serialize,
    ) -> Result<Self, Unnamed> {
        match serde_json::to_value(inputs) {
            Ok(Value::Object(mut inputs)) => {
                inputs.retain(|_, value| !value.is_null());
                Ok(Self { action: action.to_owned(), portal, ticket, inputs })
            }
            _ => Err(Unnamed::Fields(action)),
        }
    }

    /// The name of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The account that the ticket is in.
    pub fn portal(&self) -> PortalId {
        self.portal
    }

    /// The ticket.
    pub fn ticket(&self) -> TicketId {
        self.ticket
    }

    /// What the workflow's author filled in; what was left empty is absent.
    pub fn inputs(&self) -> &Map<String, Value> {
        &self.inputs
    }

    pub(super) fn write(&self) -> String {
        let Self { action, portal, ticket, inputs } = self;
        format!("{action} {portal} {ticket} {}", Value::from(inputs.clone()))
    }

    fn read(text: &str) -> Option<Self> {
        let [action, portal, ticket, inputs] = text.splitn(4, ' ').collect::<Vec<_>>().try_into().ok()?;
        // It becomes a part of an address.
        let is_name = !action.is_empty() && action.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
        Some(Self {
            action: is_name.then(|| action.to_owned())?,
            portal: PortalId(portal.parse().ok()?),
            ticket: TicketId(ticket.parse().ok()?),
            inputs: serde_json::from_str(inputs).ok()?,
        })
    }
}

/// What became of an entry that somebody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// It is off the agenda.
    Off,
    /// It is still there: whoever looked could not finish it, or it was set anew.
    On,
}

/// Something that is due.
#[derive(Debug, Clone)]
pub struct Due {
    key: String,
    look: Option<Look>,
    since: Timestamp,
    due: i64,
    /// How often the effect was visited, or the reminder set: tells whether somebody came between.
    visit: i64,
    is_alarmed: bool,
}

impl Due {
    /// The name of its record: an effect's [`key`](super::Effect::key), or a reminder's.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Who can finish it; `None` where another version of this code wrote that down.
    pub fn look(&self) -> Option<&Look> {
        self.look.as_ref()
    }

    /// How long it has been unfinished; for a reminder, how late it is.
    pub fn age(&self, now: Timestamp) -> Duration {
        Duration::try_from(now.duration_since(self.since)).unwrap_or_default()
    }

    /// How long it has been waiting for a look: nothing where it was just put off, however old it is.
    pub fn lateness(&self, now: Timestamp) -> Duration {
        Duration::from_millis(u64::try_from(now.as_millisecond().saturating_sub(self.due)).unwrap_or_default())
    }

    /// Whether [`Ledger::alarmed`] was called for it.
    pub fn is_alarmed(&self) -> bool {
        self.is_alarmed
    }

    fn read(item: &Item) -> Option<Self> {
        let numbered = |name: &str| item.get(name).and_then(as_number);
        let written = |name: &str| item.get(name)?.as_s().ok();
        let due = numbered("due")?;
        Some(Self {
            key: written("pk")?.clone(),
            look: written("look").and_then(|it| Look::read(it)),
            since: Timestamp::from_millisecond(numbered("sin").unwrap_or(due)).ok()?,
            due,
            visit: numbered("fen").unwrap_or(0),
            is_alarmed: item.contains_key("al"),
        })
    }
}

impl Ledger {
    /// Has `look` shown on the agenda from `at` on. Times do not replace each other: each is shown,
    /// so that no other run's reminder is lost, and the same one twice is shown once.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn look_again(&self, look: &Look, at: Timestamp) -> Result<(), Unavailable> {
        let Look { action, portal, ticket, inputs } = look;
        let at = at.as_millisecond();
        // Two may be about different things of one ticket.
        let which = short(&Value::from(inputs.clone()).to_string());
        let write = self
            .table
            .update(&format!("a#{action}#{portal}#{ticket}#{at}#{which}"))
            .update_expression("SET ag=:ag, due=:due, look=:look, sin=:due, v=:v, #e=:exp ADD fen :one REMOVE al")
            .expression_attribute_names("#e", "exp")
            .expression_attribute_values(":ag", text(AGENDA))
            .expression_attribute_values(":due", number(at))
            .expression_attribute_values(":look", AttributeValue::S(look.write()))
            .expression_attribute_values(":v", version())
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":exp", number(later(at, self.times.unfinished) / 1_000));
        change(write).await
    }

    /// What is due at `now`, the longest due first, at most `limit`. The index follows the table
    /// within moments: an entry may already be done with.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn due(&self, now: Timestamp, limit: u16) -> Result<Vec<Due>, Unavailable> {
        let query = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name(INDEX)
            .key_condition_expression("ag=:ag AND due<=:now")
            .expression_attribute_values(":ag", text(AGENDA))
            .expression_attribute_values(":now", number(now.as_millisecond()))
            .limit(limit.into());
        let shown = query.send().await.map_err(|error| anyhow::Error::new(error).context("query the agenda"))?;
        Ok(shown.items().iter().filter_map(Due::read).collect())
    }

    /// Takes off the agenda what somebody looked at and left: a reminder is done with, and an effect
    /// that nobody took up is wanted no more. It stays where it was set or visited anew meanwhile.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn looked(&self, due: &Due) -> Result<Left, Unavailable> {
        let write = self
            .table
            .update(&due.key)
            .update_expression("REMOVE ag, due, look, sin, al")
            .condition_expression("fen=:fen AND due=:due")
            .expression_attribute_values(":fen", number(due.visit))
            .expression_attribute_values(":due", number(due.due));
        Ok(match send(write).await? {
            Ok(_) => Left::Off,
            Err(Some(item)) if item.contains_key("ag") => Left::On,
            Err(_) => Left::Off,
        })
    }

    /// Shows what could not be finished again after a pause that grows with its age, from a minute to
    /// an hour. What went off the agenda or further into the future meanwhile stays as it is.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn put_off(&self, due: &Due, now: Timestamp) -> Result<(), Unavailable> {
        let now = now.as_millisecond();
        let next = now.saturating_add(pause(due.since.as_millisecond(), now).max(SHORTEST_PAUSE));
        let write = self
            .table
            .update(&due.key)
            .update_expression("SET due=:due")
            .condition_expression("attribute_exists(ag) AND due<:due")
            .expression_attribute_values(":due", number(next));
        change(write).await
    }

    /// Notes that a person was told that this does not get finished.
    ///
    /// # Errors
    /// The state table is down.
    pub async fn alarmed(&self, due: &Due) -> Result<(), Unavailable> {
        let write = self
            .table
            .update(&due.key)
            .update_expression("SET al=:one")
            .condition_expression("attribute_exists(ag)")
            .expression_attribute_values(":one", number(1));
        change(write).await
    }
}

/// Where the condition fails, somebody else has changed the entry since: it needs us no more.
async fn change(write: UpdateItemFluentBuilder) -> Result<(), Unavailable> {
    let _changed = send(write).await?.is_ok();
    Ok(())
}

/// How long to leave alone what has been waiting since `since`, both in ms.
pub(super) fn pause(since: i64, now: i64) -> i64 {
    (now.saturating_sub(since) / 4).clamp(0, LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn look(inputs: Value) -> Look {
        Look::new("validate-comment", PortalId(8_675_309), TicketId(42), &inputs).unwrap()
    }

    #[test]
    fn what_is_written_down_reads_the_same() {
        for inputs in [json!({}), json!({"mode": "enforce", "text": "a b  c", "days": 3})] {
            let look = look(inputs);
            assert_eq!(Look::read(&look.write()), Some(look));
        }
        insta::assert_snapshot!(look(json!({"mode": "enforce", "days": null})).write(), @r#"validate-comment 8675309 42 {"mode":"enforce"}"#);
    }

    #[test]
    fn what_is_no_pointer_to_a_ticket_is_not_followed() {
        for text in [
            "",
            "validate-comment 8675309 42",
            "validate-comment 8675309 x {}",
            "validate-comment -1 42 {}",
            "../jira 8675309 42 {}",
            " 8675309 42 {}",
            "validate-comment 8675309 42 []",
        ] {
            assert_eq!(Look::read(text), None, "{text}");
        }
        assert!(Look::new("validate-comment", PortalId(1), TicketId(42), &"text").is_err());
    }

    #[test]
    fn the_pause_grows_with_the_age_up_to_an_hour() {
        let pauses = [-5, 0, 600_000, 14_400_000, 14_400_004].map(|age| pause(1_000_000_000, 1_000_000_000 + age));
        assert_eq!(pauses, [0, 0, 150_000, 3_600_000, 3_600_000]);
    }
}
