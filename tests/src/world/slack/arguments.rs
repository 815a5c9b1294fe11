//! The arguments of a call. Slack lets unknown ones pass in silence; here they are slips of ours.

use serde_json::{Map, Value};

use super::refusal;
use super::workspace::Workspace;
use crate::world::call::{Answer, Call};

/// What a call brought along.
pub struct Arguments {
    /// The method.
    pub name: &'static str,
    values: Map<String, Value>,
    /// Whether the body did not say how its characters are written.
    pub without_charset: bool,
}

/// The methods and what they take. `link_names` and `parse`, which make mark-up of text, are not
/// among it.
const METHODS: [(&str, &[&str]); 7] = [
    ("auth.test", &[]),
    ("chat.postMessage", &["channel", "text", "blocks", "thread_ts", "metadata", "unfurl_links", "unfurl_media"]),
    ("chat.update", &["channel", "ts", "text", "blocks", "metadata"]),
    ("conversations.history", &["channel", "oldest", "latest", "inclusive", "limit", "cursor", "include_all_metadata"]),
    ("conversations.info", &["channel"]),
    ("conversations.list", &["types", "limit", "cursor", "exclude_archived"]),
    (
        "conversations.replies",
        &["channel", "ts", "oldest", "latest", "inclusive", "limit", "cursor", "include_all_metadata"],
    ),
];

/// Whether there is such a method here.
pub fn is_known(name: &str) -> bool {
    METHODS.iter().any(|it| it.0 == name)
}

impl Arguments {
    /// Reads the arguments of a call to the method `name`.
    pub fn read(workspace: &Workspace, name: &str, call: &Call) -> Result<Self, Answer> {
        let (name, known) = METHODS.into_iter().find(|it| it.0 == name).ok_or_else(|| refusal::unknown_method(name))?;
        let mut without_charset = false;
        let values = if call.method == "GET" {
            call.query.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
        } else {
            without_charset = read_type(call)?;
            call.query.iter().for_each(|(it, _)| workspace.blame(name, &format!("`{it}` in the address")));
            match serde_json::from_slice(&call.body) {
                Ok(Value::Object(values)) => values,
                Ok(_) => return Err(refusal::no("json_not_object")),
                Err(_) => return Err(refusal::no("invalid_json")),
            }
        };
        for unknown in values.keys().filter(|it| !known.contains(&it.as_str())) {
            workspace.blame(name, &format!("unknown argument `{unknown}`"));
        }
        Ok(Self { name, values, without_charset })
    }

    /// A value as it came.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|it| !it.is_null())
    }

    /// A text; `invalid_arguments` where it is something else.
    pub fn text(&self, name: &str) -> Result<Option<&str>, Answer> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(invalid(format!("[ERROR] must be a string [json-pointer:/{name}]"))),
        }
    }

    /// A text that must be there.
    pub fn required(&self, name: &str) -> Result<&str, Answer> {
        let missing = || invalid(format!("[ERROR] missing required field: {name}"));
        self.text(name)?.filter(|it| !it.is_empty()).ok_or_else(missing)
    }

    /// Whether a switch of the address is on.
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.value(name).and_then(Value::as_str), Some("true" | "1"))
    }
}

fn invalid(message: String) -> Answer {
    refusal::because("invalid_arguments", &[message])
}

/// Whether the character set is missing from a type that is JSON.
fn read_type(call: &Call) -> Result<bool, Answer> {
    let Some(content_type) = call.header("content-type") else {
        return Err(refusal::no("missing_post_type"));
    };
    let (kind, rest) = content_type.split_once(';').unwrap_or((content_type, ""));
    match kind.trim().eq_ignore_ascii_case("application/json") {
        true => Ok(!rest.to_ascii_lowercase().contains("charset")),
        // Slack takes forms too; no client of ours sends one.
        false => Err(refusal::no("invalid_post_type")),
    }
}
