//! The bodies callers send, read into one: a custom workflow action, a workflow's "Send a webhook",
//! and a custom-code action's event that was forwarded to us.
//!
//! An event is a hint to look at a ticket. Nothing else in it is believed but the inputs, which the
//! workflow's author typed.

use serde_json::{Map, Value};

use super::json;
use crate::id::{PortalId, TicketId};

/// What was asked, whoever asked.
pub(super) struct Envelope {
    pub portal: Option<PortalId>,
    pub ticket: TicketId,
    /// HubSpot's name or id of the object's type, where the caller says it.
    pub object_type: Option<String>,
    /// The same for each delivery of one execution.
    pub callback_id: Option<String>,
    pub inputs: Map<String, Value>,
    /// Whether it says that one of our own functions asks. Anybody can say so: see who signed it.
    pub says_ours: bool,
}

type Malformed = &'static str;

/// What our own functions give as `origin.source`; HubSpot has no such member there.
pub(super) const OURS: &str = "escalation";

/// Ids above this lose digits in a JSON reader that has floating-point numbers alone.
const MAX_ID: u64 = 1 << 53;

/// The names by which a webhook may tell the ticket's id; its author chooses them.
const TICKET_NAMES: [&str; 3] = ["ticketId", "hs_object_id", "objectId"];

/// Reads a body, or the query where there is no body.
pub(super) fn read(body: &[u8], query: &str) -> Result<Envelope, Malformed> {
    let members = match body.is_empty() {
        true => Map::new(),
        false => match json::read(body)? {
            Value::Object(members) => members,
            _ => return Err("the body is not a JSON object"),
        },
    };
    if members.is_empty() {
        return webhook(&parameters(query)?);
    }
    match (members.get("origin"), members.get("object")) {
        (Some(Value::Object(_)), _) | (_, Some(Value::Object(_))) => action(&members),
        _ => webhook(&members),
    }
}

/// [The request](https://developers.hubspot.com/docs/api/automation/custom-workflow-actions) of a
/// custom action; a custom-code action's event is the same with fewer members.
fn action(members: &Map<String, Value>) -> Result<Envelope, Malformed> {
    let none = Map::new();
    let part = |name| members.get(name).and_then(Value::as_object).unwrap_or(&none);
    let object = part("object");
    Ok(Envelope {
        portal: optional_id(part("origin"), "portalId")?.map(PortalId),
        ticket: optional_id(object, "objectId")?.map(TicketId).ok_or("no objectId")?,
        object_type: object_type(object),
        callback_id: callback_id(members)?,
        inputs: inputs(members)?,
        says_ours: part("origin").get("source").is_some_and(|it| it == OURS),
    })
}

fn webhook(members: &Map<String, Value>) -> Result<Envelope, Malformed> {
    let mut ids = Vec::new();
    for name in TICKET_NAMES {
        ids.extend(optional_id(members, name)?);
    }
    ids.dedup();
    let [ticket] = ids[..] else {
        return Err("no ticket id, or two that differ");
    };
    Ok(Envelope {
        portal: optional_id(members, "portalId")?.map(PortalId),
        ticket: TicketId(ticket),
        object_type: object_type(members),
        callback_id: None,
        inputs: Map::new(),
        says_ours: false,
    })
}

/// A decimal number of at most 20 digits that is at most 2^53.
pub(super) fn id(text: &str) -> Option<u64> {
    let is_number = (1..=20).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|it| is_number && *it <= MAX_ID)
}

fn optional_id(members: &Map<String, Value>, name: &str) -> Result<Option<u64>, Malformed> {
    let id = match members.get(name) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) if text.is_empty() => return Ok(None),
        Some(Value::String(text)) => id(text),
        Some(Value::Number(number)) => number.as_u64().filter(|it| *it <= MAX_ID),
        Some(_) => None,
    };
    id.map(Some).ok_or("an id is not a whole number up to 2^53")
}

fn object_type(members: &Map<String, Value>) -> Option<String> {
    let name = members.get("objectType").or_else(|| members.get("objectTypeId"))?;
    name.as_str().filter(|it| !it.is_empty()).map(str::to_owned)
}

fn callback_id(members: &Map<String, Value>) -> Result<Option<String>, Malformed> {
    match members.get("callbackId") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(id)) if id.is_empty() => Ok(None),
        Some(Value::String(id)) if id.len() <= 256 && id.bytes().all(|it| it.is_ascii_graphic()) => {
            Ok(Some(id.clone()))
        }
        Some(_) => Err("callbackId is not an id"),
    }
}

/// HubSpot sends the same inputs under up to three names, depending on its age.
fn inputs(members: &Map<String, Value>) -> Result<Map<String, Value>, Malformed> {
    for name in ["inputFields", "fields", "typedInputs"] {
        match members.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::Object(inputs)) if inputs.is_empty() => {}
            Some(Value::Object(inputs)) if name == "typedInputs" => {
                return Ok(inputs.iter().map(untyped).collect());
            }
            Some(Value::Object(inputs)) => return Ok(inputs.clone()),
            Some(_) => return Err("the inputs are not an object"),
        }
    }
    Ok(Map::new())
}

fn untyped((name, input): (&String, &Value)) -> (String, Value) {
    (name.clone(), input.get("value").cloned().unwrap_or_default())
}

/// Query parameters as they stand: the ones we read are digits.
fn parameters(query: &str) -> Result<Map<String, Value>, Malformed> {
    let mut members = Map::new();
    for pair in query.split('&').filter(|it| !it.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if members.insert(name.to_owned(), value.into()).is_some() {
            return Err("a query parameter is there twice");
        }
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn ticket(body: &str) -> u64 {
        read(body.as_bytes(), "").unwrap().ticket.0
    }

    #[test]
    fn a_custom_action_is_read() {
        let body = r#"{"callbackId":"ap-1234567-2384423471376-1-0","origin":{"portalId":1234567,"userId":null},
            "context":{"workflowId":1},"object":{"objectId":42,"objectType":"TICKET","properties":{"subject":"x"}},
            "fields":{"mode":"a"},"inputFields":{"mode":"b"},"typedInputs":{"mode":{"value":"c","type":"STRING"}},"new":[]}"#;
        let envelope = read(body.as_bytes(), "").unwrap();
        assert_eq!(envelope.portal, Some(PortalId(1234567)));
        assert_eq!(envelope.ticket, TicketId(42));
        assert_eq!(envelope.object_type.as_deref(), Some("TICKET"));
        assert_eq!(envelope.callback_id.as_deref(), Some("ap-1234567-2384423471376-1-0"));
        assert_eq!(envelope.inputs["mode"], "b");
    }

    #[test]
    fn inputs_have_three_names() {
        let inputs = |members: &str| {
            let body = format!(r#"{{"origin":{{"portalId":1}},"object":{{"objectId":"42"}}{members}}}"#);
            Value::from(read(body.as_bytes(), "").unwrap().inputs).to_string()
        };
        assert_eq!(inputs(r#","inputFields":{"a":"1"}"#), r#"{"a":"1"}"#);
        assert_eq!(inputs(r#","inputFields":{},"fields":{"a":"1"}"#), r#"{"a":"1"}"#);
        assert_eq!(inputs(r#","inputFields":null,"typedInputs":{"a":{"value":"1","type":"STRING"}}"#), r#"{"a":"1"}"#);
        assert_eq!(inputs(""), "{}");
    }

    #[test]
    fn a_webhook_tells_the_ticket_by_any_of_three_names() {
        for name in TICKET_NAMES {
            assert_eq!(ticket(&format!(r#"{{"{name}":42}}"#)), 42);
            assert_eq!(ticket(&format!(r#"{{"{name}":"42","portalId":"7"}}"#)), 42);
            assert_eq!(read(b"", &format!("a=b%20c&{name}=42")).unwrap().ticket.0, 42);
            assert_eq!(read(b"{}", &format!("{name}=42")).unwrap().ticket.0, 42);
        }
        assert_eq!(ticket(r#"{"ticketId":"42","objectId":null,"hs_object_id":"42"}"#), 42);
        let legacy = r#"{"objectType":"TICKET","portalId":62515,"objectId":177769,"properties":{"subject":
            {"value":"x","versions":[{"name":"subject","value":"x"}]}},"version":4,"isDeleted":false}"#;
        assert_eq!(ticket(legacy), 177769);
    }

    #[test]
    fn a_webhook_brings_no_inputs() {
        let envelope = read(br#"{"ticketId":42,"inputFields":{"a":"1"},"callbackId":"x"}"#, "").unwrap();
        assert!(envelope.inputs.is_empty() && envelope.callback_id.is_none());
    }

    #[test]
    fn ids_end_at_two_to_the_fifty_third() {
        for id in ["0", "1", "9007199254740992", r#""9007199254740992""#, r#""00000000000000000042""#] {
            assert!(read(format!(r#"{{"ticketId":{id}}}"#).as_bytes(), "").is_ok(), "{id}");
        }
        for id in [
            "9007199254740993",
            r#""9007199254740993""#,
            "18446744073709551616",
            r#""99999999999999999999""#,
            r#""000000000000000000042""#,
            "-1",
            "1.0",
            "1e3",
            r#""1 ""#,
            r#""+1""#,
            r#""a""#,
            "[42]",
            "true",
            r#"{"a":42}"#,
        ] {
            assert!(read(format!(r#"{{"ticketId":{id}}}"#).as_bytes(), "").is_err(), "{id}");
        }
    }

    #[test]
    fn what_names_no_ticket_is_refused() {
        for body in [
            "",
            "{}",
            "null",
            "[]",
            "42",
            r#"{"ticketId":null}"#,
            r#"{"ticketId":""}"#,
            r#"{"ticketId":1,"objectId":2}"#,
            r#"{"origin":{"portalId":1}}"#,
            r#"{"origin":{"portalId":1},"ticketId":42}"#,
            r#"{"object":{"objectType":"TICKET"}}"#,
            r#"{"object":{"objectId":42},"callbackId":"line\nend"}"#,
            r#"{"object":{"objectId":42},"callbackId":42}"#,
            r#"{"object":{"objectId":42},"inputFields":["a"]}"#,
        ] {
            assert!(read(body.as_bytes(), "").is_err(), "{body}");
        }
        assert!(read(b"", "ticketId=1&ticketId=1").is_err());
        assert!(read(b"", "ticketId=%31").is_err());
    }
}
