//! What HubSpot's [app webhooks](https://developers.hubspot.com/docs/api/webhooks) tell: an array of up
//! to a hundred events, in no order, some of them twice.
//!
//! An event says where to look and no more: what a property was set to, or anybody's words, is not read.
//! Of the shapes that are known, ids are numbers or texts and members are missing: each event is read for
//! itself, and what cannot be read is nobody else's concern.

use serde_json::Value;

use crate::id::{PortalId, TicketId};

/// Object type ids, which events of `object.…` subscriptions carry.
const TICKET: &str = "0-5";
const NOTE: &str = "0-46";

/// The property of a note that has its text.
const BODY: &str = "hs_note_body";

/// Something happened in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The account.
    pub portal: PortalId,
    /// When, in milliseconds since 1970; 0 where it is not told.
    pub at: i64,
    /// The id of the app that did it; `None` where it was no app, or is not told.
    pub by_app: Option<u64>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A property of a ticket has another value.
    Changed {
        /// The ticket.
        ticket: TicketId,
        /// The property's internal name.
        property: String,
    },
    /// A ticket was deleted.
    Deleted(TicketId),
    /// A deleted ticket is back.
    Restored(TicketId),
    /// Tickets became one.
    Merged {
        /// The one that is.
        survivor: TicketId,
        /// Those that are no more, the primary one first.
        absorbed: Vec<TicketId>,
    },
    /// A note was written, or its text changed; nobody says on which record.
    Noted(u64),
    /// A note was put on a ticket, or taken off.
    NotedOn(TicketId),
    /// Something was said in a conversation, by its id.
    Said(u64),
}

/// All events of one request.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Those that we follow, in the order in which they stand there.
    pub events: Vec<Event>,
    /// How many are of kinds that we do not follow, or do not read.
    pub ignored: usize,
}

impl Batch {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// It is no JSON array. The reason quotes nothing.
    pub fn read(body: &[u8]) -> Result<Self, &'static str> {
        let all: Vec<Value> = serde_json::from_slice(body).map_err(|_| "the body is no JSON array of events")?;
        let events: Vec<Event> = all.iter().filter_map(Event::read).collect();
        Ok(Self { ignored: all.len() - events.len(), events })
    }
}

impl Event {
    /// `None` where it is of a kind that we do not follow, or does not read.
    fn read(body: &Value) -> Option<Self> {
        let name = [&body["subscriptionType"], &body["eventType"]].into_iter().find_map(Value::as_str)?;
        let (object, verb) = name.split_once('.')?;
        let what = match (object, body["objectTypeId"].as_str()) {
            ("ticket", _) | ("object", Some(TICKET)) => of_a_ticket(verb, body),
            ("note", _) | ("object", Some(NOTE)) => of_a_note(verb, body),
            ("object", None) => on_a_ticket(verb, body),
            ("conversation", _) => in_a_conversation(verb, body),
            _ => None,
        }?;
        let portal = PortalId(id(&body["portalId"])?);
        Some(Self { portal, at: at(&body["occurredAt"]), by_app: app(body), what })
    }
}

fn of_a_ticket(verb: &str, body: &Value) -> Option<What> {
    let ticket = || id(&body["objectId"]).map(TicketId);
    Some(match verb {
        "propertyChange" => What::Changed { ticket: ticket()?, property: body["propertyName"].as_str()?.to_owned() },
        "deletion" | "privacyDeletion" => What::Deleted(ticket()?),
        "restore" => What::Restored(ticket()?),
        "merge" => merged(body)?,
        "associationChange" => return on_a_ticket(verb, body),
        _ => return None,
    })
}

/// [Merging](https://developers.hubspot.com/docs/api/webhooks#merge) makes a ticket with an id of its own.
fn merged(body: &Value) -> Option<What> {
    let primary = id(&body["primaryObjectId"]).or(id(&body["objectId"])).map(TicketId);
    let survivor = id(&body["newObjectId"]).map(TicketId).or(primary)?;
    let merged = body["mergedObjectIds"].as_array().into_iter().flatten().filter_map(id).map(TicketId);
    let mut absorbed: Vec<TicketId> = Vec::new();
    for ticket in primary.into_iter().chain(merged) {
        if ticket != survivor && !absorbed.contains(&ticket) {
            absorbed.push(ticket);
        }
    }
    Some(What::Merged { survivor, absorbed })
}

fn of_a_note(verb: &str, body: &Value) -> Option<What> {
    match verb {
        "creation" => Some(What::Noted(id(&body["objectId"])?)),
        "propertyChange" if body["propertyName"] == BODY => Some(What::Noted(id(&body["objectId"])?)),
        "associationChange" => on_a_ticket(verb, body),
        _ => None,
    }
}

/// A note that came to a ticket, or went. Which of the two records comes first is said by the name, the
/// [type's id](https://developers.hubspot.com/docs/api/crm/associations#association-type-id-values), or theirs.
fn on_a_ticket(verb: &str, body: &Value) -> Option<What> {
    if verb != "associationChange" {
        return None;
    }
    let types = (body["fromObjectTypeId"].as_str(), body["toObjectTypeId"].as_str());
    let ticket = match (body["associationType"].as_str(), id(&body["associationTypeId"]), types) {
        (Some("NOTE_TO_TICKET"), ..) | (_, Some(228), _) | (.., (Some(NOTE), Some(TICKET))) => &body["toObjectId"],
        (Some("TICKET_TO_NOTE"), ..) | (_, Some(227), _) | (.., (Some(TICKET), Some(NOTE))) => &body["fromObjectId"],
        _ => return None,
    };
    Some(What::NotedOn(TicketId(id(ticket)?)))
}

/// Greetings and the like are nobody's words. What was said may be of a kind that is not told.
fn in_a_conversation(verb: &str, body: &Value) -> Option<What> {
    match (verb, body["messageType"].as_str()) {
        ("newMessage", None | Some("COMMENT" | "MESSAGE")) => Some(What::Said(id(&body["objectId"])?)),
        _ => None,
    }
}

/// Which app did it. That an event also has an `appId` says to whose subscription it belongs.
fn app(body: &Value) -> Option<u64> {
    match body["changeSource"].as_str()? {
        "API" | "INTEGRATION" => id(&body["sourceId"]),
        _ => None,
    }
}

/// An id: digits, as a number or a text.
fn id(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) if text.bytes().all(|it| it.is_ascii_digit()) => text.parse().ok(),
        _ => None,
    }
}

fn at(value: &Value) -> i64 {
    id(value).and_then(|it| it.try_into().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
