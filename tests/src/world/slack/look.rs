//! Looking at a workspace without asking its API: what tests compare and the desk shows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Slack;
use super::timestamp::Ts;
use super::workspace::{Channel, Stored};

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// Our app.
    App,
    /// A member, by id.
    Member(String),
}

/// A message as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id, and what its thread is called.
    pub ts: String,
    /// Who wrote it.
    pub author: Author,
    /// What one reads: its blocks, or its text where it has none.
    pub text: String,
    /// What a notification shows: its text.
    pub notification: String,
    /// What machines keep with it: an object, or `Null`.
    pub metadata: Value,
    /// How often it was changed.
    pub edits: usize,
    /// How many replies its thread has.
    pub replies: usize,
}

impl Slack {
    /// What stands in a channel itself, oldest first.
    pub fn messages(&self, channel: &str) -> Vec<Message> {
        let workspace = self.lock();
        let Some(channel) = workspace.channels.get(channel) else {
            return Vec::new();
        };
        channel.top().map(|(ts, it)| seen(*ts, it, channel, &workspace.people)).collect()
    }

    /// A thread: its first message and the replies, oldest first.
    pub fn thread(&self, channel: &str, ts: &str) -> Vec<Message> {
        let workspace = self.lock();
        let (Some(channel), Ok(first)) = (workspace.channels.get(channel), ts.parse()) else {
            return Vec::new();
        };
        let message = channel.messages.get_key_value(&first);
        let thread = message.into_iter().chain(channel.replies(first));
        thread.map(|(ts, it)| seen(*ts, it, channel, &workspace.people)).collect()
    }

    /// The channels: id and name.
    pub fn channels(&self) -> Vec<(String, String)> {
        self.lock().channels.iter().map(|(id, it)| (id.clone(), it.name.clone())).collect()
    }
}

fn seen(ts: Ts, message: &Stored, channel: &Channel, people: &BTreeMap<String, String>) -> Message {
    let notification = read(&message.text, people);
    let text = match message.blocks.as_array() {
        Some(blocks) if !blocks.is_empty() => blocks.iter().map(|it| shown(it, people)).collect::<Vec<_>>().join("\n"),
        _ => notification.clone(),
    };
    let (ts, replies) = (ts.to_string(), channel.replies(ts).count());
    let metadata = message.metadata.clone();
    Message { ts, author: message.author.clone(), text, notification, metadata, edits: message.edits, replies }
}

/// What one reads of a block or of what is in it.
fn shown(value: &Value, people: &BTreeMap<String, String>) -> String {
    let text = value["text"].as_str();
    match value["type"].as_str() {
        Some("mrkdwn") => read(text.unwrap_or_default(), people),
        Some("plain_text" | "text") => text.unwrap_or_default().to_owned(),
        Some("link") => text.or(value["url"].as_str()).unwrap_or_default().to_owned(),
        Some("user") => called(&value["user_id"], people),
        Some("usergroup") => called(&value["usergroup_id"], people),
        Some("context" | "actions") => inside(value, " ", people),
        _ if value["elements"].is_array() => inside(value, "", people),
        _ => shown_text(&value["text"], people),
    }
}

fn shown_text(text: &Value, people: &BTreeMap<String, String>) -> String {
    if text.is_object() { shown(text, people) } else { String::new() }
}

fn inside(value: &Value, between: &str, people: &BTreeMap<String, String>) -> String {
    let elements = value["elements"].as_array().map(Vec::as_slice).unwrap_or_default();
    elements.iter().map(|it| shown(it, people)).collect::<Vec<_>>().join(between)
}

fn called(id: &Value, people: &BTreeMap<String, String>) -> String {
    let id = id.as_str().unwrap_or_default();
    format!("@{}", people.get(id).map_or(id, String::as_str))
}

/// Slack's mark-up as one reads it.
fn read(text: &str, people: &BTreeMap<String, String>) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some((before, sign)) = rest.split_once('<') {
        read.push_str(before);
        let (sign, after) = sign.split_once('>').unwrap_or((sign, ""));
        let (target, label) = sign.split_once('|').unwrap_or((sign, sign));
        match target.strip_prefix('@').or_else(|| target.strip_prefix("!subteam^")) {
            Some(id) => read.push_str(&called(&id.into(), people)),
            None => read.push_str(label),
        }
        rest = after;
    }
    read.push_str(rest);
    read.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
