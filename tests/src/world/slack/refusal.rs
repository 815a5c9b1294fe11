//! How Slack says no: `"ok": false`, nearly always with HTTP status 200.

use serde_json::json;

use crate::world::call::Answer;

/// `ok: false` with this error.
pub fn no(error: &str) -> Answer {
    Answer::json(200, json!({ "ok": false, "error": error }))
}

/// The token lacks a scope.
pub fn missing_scope(needed: &str, provided: &str) -> Answer {
    let body = json!({ "ok": false, "error": "missing_scope", "needed": needed, "provided": provided });
    Answer::json(200, body)
}

/// With Slack's explanation, one line each.
pub fn because(error: &str, messages: &[String]) -> Answer {
    Answer::json(200, json!({ "ok": false, "error": error, "response_metadata": { "messages": messages } }))
}

/// 429: come back after so many seconds.
pub fn rate_limited(seconds: u64) -> Answer {
    let mut answer = Answer::json(429, json!({ "ok": false, "error": "ratelimited" }));
    answer.headers.push(("retry-after", seconds.to_string()));
    answer
}

/// A status of Slack's front that carries no JSON.
pub fn unavailable(status: u16) -> Answer {
    Answer::json(status, "<html>Server Error</html>".into())
}

/// There is no such method, here or at Slack.
pub fn unknown_method(name: &str) -> Answer {
    let body = json!({ "ok": false, "error": "unknown_method", "req_method": name });
    Answer { built: false, ..Answer::json(200, body) }
}
