//! Who is called by a message: a call that reaches nobody, or everybody, is a slip of ours.

use serde_json::Value;

use super::workspace::Workspace;

impl Workspace {
    /// Blames every mention of somebody unknown and of everybody at once.
    pub(super) fn check_mentions(&self, method: &str, text: &str, blocks: &Value) {
        let mut called = Vec::new();
        signs(text).for_each(|it| called.extend(meant(it)));
        in_blocks(blocks, &mut called);
        for id in called.iter().filter(|it| !self.people.contains_key(*it)) {
            self.blame(method, &format!("nobody is called by `{id}`"));
        }
    }
}

/// What stands between `<` and `>`.
pub(super) fn signs(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').skip(1).filter_map(|it| it.split_once('>')).map(|it| it.0)
}

/// The id that a sign calls; `None` for a link.
fn meant(sign: &str) -> Option<String> {
    let sign = sign.split('|').next().unwrap_or_default();
    let is_link = ["http://", "https://", "mailto:"].iter().any(|it| sign.starts_with(it));
    let id = sign.strip_prefix('@').or_else(|| sign.strip_prefix("!subteam^"));
    (!is_link).then(|| id.unwrap_or(sign).to_owned())
}

fn in_blocks(value: &Value, called: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|it| in_blocks(it, called)),
        Value::Object(object) => {
            for name in ["user_id", "usergroup_id", "channel_id", "range"] {
                called.extend(object.get(name).and_then(Value::as_str).map(str::to_owned));
            }
            if let (Some("mrkdwn"), Some(text)) =
                (object.get("type").and_then(Value::as_str), object.get("text").and_then(Value::as_str))
            {
                called.extend(signs(text).filter_map(meant));
            }
            object.values().for_each(|it| in_blocks(it, called));
        }
        _ => {}
    }
}
