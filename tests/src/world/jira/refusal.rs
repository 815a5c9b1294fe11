//! How Jira says no: sentences without a field, and sentences by field
//! ([ErrorCollection](https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes)).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::world::call::Answer;

/// What is wrong with fields, by their ids.
pub type Wrong = BTreeMap<String, String>;

/// A status and one sentence.
pub fn say(status: u16, sentence: &str) -> Answer {
    Answer::json(status, json!({ "errorMessages": [sentence], "errors": {} }))
}

/// 400: these fields.
pub fn fields(wrong: &Wrong) -> Answer {
    Answer::json(400, json!({ "errorMessages": [], "errors": wrong }))
}

/// 400: this field.
pub fn field(id: &str, sentence: &str) -> Answer {
    fields(&Wrong::from([(id.to_owned(), sentence.to_owned())]))
}

/// 401: no credentials, or none that are good here. Text, not JSON
/// ([gajira-login 59](https://github.com/atlassian/gajira-login/issues/59)).
pub fn unauthenticated() -> Answer {
    let text = "Client must be authenticated to access this resource.";
    let mut answer = Answer::json(401, text.into());
    answer.headers.push(("www-authenticate", "OAuth realm=\"https%3A%2F%2Fharbour.example\"".to_owned()));
    answer.headers.push(failed_login());
    answer
}

/// The header that tells a failed login from an answer to anybody.
pub fn failed_login() -> (&'static str, String) {
    ("x-seraph-loginreason", "AUTHENTICATED_FAILED".to_owned())
}

/// 403 with a sentence.
pub fn forbidden(sentence: &str) -> Answer {
    say(403, sentence)
}

/// 404: there is no such issue, or it is not ours to see.
pub fn no_such_issue() -> Answer {
    say(404, "Issue does not exist or you do not have permission to see it.")
}

/// 404 as the web server in front writes it, for a path that leads nowhere.
pub fn no_such_path() -> Answer {
    Answer { built: false, ..Answer::json(404, dead_link()) }
}

/// 405: the path is right, the method is not.
pub fn no_such_method() -> Answer {
    Answer { built: false, ..Answer::json(405, "<html><body>HTTP Status 405</body></html>".into()) }
}

/// 410: [removed](https://developer.atlassian.com/changelog/#CHANGE-2046).
pub fn removed() -> Answer {
    let sentence = "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full \
                    migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046";
    say(410, sentence)
}

/// 415: a body that is not JSON by its own account.
pub fn not_json() -> Answer {
    Answer::json(415, "<html><body>HTTP Status 415 - Unsupported Media Type</body></html>".into())
}

/// 400: the body cannot be read.
pub fn unreadable() -> Answer {
    say(400, "There was an error parsing JSON. Check that your request body is valid.")
}

/// 400: a document breaks a rule of its format; Jira names neither the field nor the rule
/// ([jira-mcp 42](https://github.com/nguyenvanduocit/jira-mcp/issues/42)).
pub fn invalid_input() -> Answer {
    say(400, "INVALID_INPUT")
}

/// 409: somebody else is changing the issue.
pub fn conflict() -> Answer {
    say(409, "The issue could not be updated because of a conflicting update. Please try again.")
}

/// 413: the issue can hold no more of it.
pub fn too_many(what: &str) -> Answer {
    say(413, &format!("The issue has reached the limit of {what}."))
}

/// 429: come back after so many seconds.
/// [Rate limiting](https://developer.atlassian.com/cloud/jira/platform/rate-limiting/).
pub fn rate_limited(reason: &'static str, seconds: u64) -> Answer {
    let mut answer = say(429, "Rate limit exceeded.");
    answer.headers.push(("retry-after", seconds.to_string()));
    answer.headers.push(("ratelimit-reason", reason.to_owned()));
    answer
}

/// A status of Jira's front that carries no JSON.
pub fn unavailable(status: u16) -> Answer {
    Answer::json(status, format!("<html><head><title>{status}</title></head><body></body></html>").into())
}

fn dead_link() -> Value {
    "<html><head><title>Oops, you&#39;ve found a dead link.</title></head><body></body></html>".into()
}
