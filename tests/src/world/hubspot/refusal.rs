//! How HubSpot says no. [Error handling](https://developers.hubspot.com/docs/api/error-handling).

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use super::id::Kind;
use crate::world::call::Answer;

/// Which limit was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// 190 in ten seconds.
    TenSecondlyRolling,
    /// 5 searches in a second.
    Secondly,
    /// The account's day.
    Daily,
}

/// What is wrong with one property of a write.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The property.
    pub property: String,
    /// HubSpot's code.
    pub code: &'static str,
    /// HubSpot's words.
    pub message: String,
}

fn envelope(status: u16, category: &str, message: &str) -> Answer {
    let id = correlation_id();
    let body = json!({ "status": "error", "message": message, "correlationId": id, "category": category });
    Answer { headers: vec![(CORRELATION_ID, id)], ..Answer::json(status, body) }
}

/// The header by which HubSpot's support finds a request.
pub const CORRELATION_ID: &str = "x-hubspot-correlation-id";

/// A new one.
pub fn correlation_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    format!("0d5e57a9-0000-4000-8000-{:012x}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// 401: no token, or not one of this account.
pub fn unauthenticated() -> Answer {
    let message = "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find \
                   more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview";
    envelope(401, "INVALID_AUTHENTICATION", message)
}

/// 401: the token was good once.
pub fn expired() -> Answer {
    envelope(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired 1 hour(s) ago.")
}

/// 403: the token lacks a scope.
pub fn missing_scope(scope: &str) -> Answer {
    let mut answer = envelope(
        403,
        "MISSING_SCOPES",
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: \
         https://developers.hubspot.com/scopes.",
    );
    answer.body["errors"] = json!([{
        "message": "One or more of the following scopes are required.",
        "context": { "requiredGranularScopes": [scope] },
    }]);
    answer.body["links"] = json!({ "scopes": "https://developers.hubspot.com/scopes" });
    answer
}

/// 409: the name is taken.
pub fn already_exists(message: &str) -> Answer {
    envelope(409, "OBJECT_ALREADY_EXISTS", message)
}

/// 404: there is no such record.
pub fn not_found() -> Answer {
    envelope(404, "OBJECT_NOT_FOUND", "resource not found")
}

/// 404: the id is no number.
pub fn not_numeric(id: &str) -> Answer {
    let mut answer = envelope(404, "OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.");
    answer.body["context"] = json!({ "id": [id] });
    answer
}

/// 404 as the web server in front writes it, for a path that leads nowhere.
pub fn no_such_path() -> Answer {
    let mut answer = Answer::json(404, page("Error 404 Not Found", "HTTP ERROR 404"));
    answer.built = false;
    answer
}

/// 405: the path is right, the method is not.
pub fn no_such_method() -> Answer {
    let mut answer = Answer::json(405, page("Error 405 Method Not Allowed", "HTTP ERROR 405"));
    answer.built = false;
    answer
}

/// 415: a body that is not JSON by its own account.
pub fn not_json(content_type: &str) -> Answer {
    envelope(415, "VALIDATION_ERROR", &format!("Unsupported Media Type: {content_type}"))
}

/// 400: the body cannot be read.
pub fn unreadable(error: &serde_json::Error) -> Answer {
    let text = error.to_string();
    let missing = text.strip_prefix("missing field `").and_then(|it| it.split('`').next());
    let place = format!("Invalid input JSON on line {}, column {}", error.line(), error.column());
    match missing {
        Some(field) => {
            envelope(400, "VALIDATION_ERROR", &format!("{place}. Some required fields were not set: [{field}]"))
        }
        None => envelope(400, "VALIDATION_ERROR", &format!("{place}: {text}")),
    }
}

/// 400 with a sentence.
pub fn invalid(message: &str) -> Answer {
    envelope(400, "VALIDATION_ERROR", message)
}

/// 400 of a search, whatever is wrong with it: neither a category nor what
/// ([what people met](https://nango.dev/blog/fix-hubspot-api-400-there-was-a-problem-with-the-request)).
pub fn bad_search() -> Answer {
    let mut answer = invalid("There was a problem with the request.");
    if let Some(body) = answer.body.as_object_mut() {
        body.remove("category");
    }
    answer
}

/// 400: values of a write, one row each; the message has them as JSON once more.
pub fn invalid_properties(portal: u64, problems: &[Problem]) -> Answer {
    let rows: Vec<Value> = problems
        .iter()
        .map(|it| {
            json!({
                "isValid": false, "message": it.message, "error": it.code, "name": it.property,
                "localizedErrorMessage": it.message, "portalId": portal,
            })
        })
        .collect();
    let mut answer = invalid(&format!("Property values were not valid: {}", Value::from(rows)));
    let errors = problems
        .iter()
        .map(|it| json!({ "message": it.message, "code": it.code, "context": { "propertyName": [it.property] } }));
    answer.body["errors"] = errors.collect();
    answer
}

/// 400: a record cannot be made without these.
pub fn missing_properties(kind: Kind, names: &[&str]) -> Answer {
    let kind = kind.singular().to_uppercase();
    let mut answer = invalid(&format!("Error creating {kind}. Some required properties were not set."));
    answer.body["context"] = json!({ "properties": names });
    answer
}

/// 400: an association's end is not there, or not of the kind its type asks for.
pub fn invalid_association(kind: &str, id: u64) -> Answer {
    let mut answer = invalid("One or more associations are invalid");
    let kind = kind.to_uppercase();
    let id = id.to_string();
    answer.body["context"] =
        json!({ "INVALID_OBJECT_IDS": [format!("{kind}={id} is not valid")], "objectId": [id], "objectType": [kind] });
    answer
}

/// 429. HubSpot sends no `Retry-After` with these.
pub fn rate_limited(policy: Policy) -> Answer {
    let (name, word) = match policy {
        Policy::TenSecondlyRolling => ("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"),
        Policy::Secondly => ("SECONDLY", "secondly"),
        Policy::Daily => ("DAILY", "daily"),
    };
    let mut answer = envelope(429, "RATE_LIMITS", &format!("You have reached your {word} limit."));
    answer.body["errorType"] = json!("RATE_LIMIT");
    answer.body["policyName"] = json!(name);
    if let Some(body) = answer.body.as_object_mut() {
        body.remove("category");
    }
    answer
}

/// 423, 477, 5xx: something is in the way at HubSpot's side. 477 tells when to come back, in seconds.
pub fn unavailable(status: u16) -> Answer {
    match status {
        423 => envelope(423, "RESOURCE_LOCKED", "The resource you are trying to access is locked."),
        477 => {
            let mut answer = envelope(477, "MIGRATION_IN_PROGRESS", "This account is being migrated.");
            answer.headers.push(("Retry-After", "60".to_owned()));
            answer
        }
        502..=504 => Answer::json(status, page(&format!("Error {status}"), &format!("HTTP ERROR {status}"))),
        _ => envelope(status, "INTERNAL_ERROR", "internal error"),
    }
}

fn page(title: &str, heading: &str) -> Value {
    format!("<html>\n<head>\n<title>{title}</title>\n</head>\n<body><h2>{heading}</h2></body>\n</html>\n").into()
}
