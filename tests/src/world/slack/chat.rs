//! `chat.postMessage` and `chat.update`.

use serde_json::{Value, json};

use super::arguments::Arguments;
use super::look::Author;
use super::timestamp::Ts;
use super::workspace::{Channel, Stored, Workspace};
use super::{blocks, refusal};
use crate::world::call::Answer;

/// Characters of `text`.
const LONGEST_TEXT: usize = 40_000;

/// Bytes of a message's metadata.
const LONGEST_METADATA: usize = 8_000;

impl Workspace {
    pub(super) fn post(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        self.require("chat:write")?;
        let id = &*self.id_of(arguments.required("channel")?);
        let channel = self.open_channel_of(id)?;
        let thread = self.thread(arguments, channel)?;
        let (now, limits) = (self.now(), self.settings.limits);
        self.usage.count_post(&limits, id, now)?;
        let message = Stored { thread, ..self.content(arguments)? };
        let ts = self.new_ts();
        if let Some(channel) = self.channels.get_mut(id) {
            channel.messages.insert(ts, message);
        }
        let message = self.channel(id)?.show(ts, true);
        Ok(answer(arguments, json!({ "ok": true, "channel": id, "ts": ts.to_string(), "message": message })))
    }

    pub(super) fn update(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        self.require("chat:write")?;
        let (now, limits) = (self.now(), self.settings.limits);
        self.usage.count(&limits, arguments.name, now)?;
        let id = arguments.required("channel")?;
        let ts: Ts = arguments.required("ts")?.parse().map_err(|()| refusal::no("message_not_found"))?;
        let kept = self.open_channel_of(id)?.messages.get(&ts).ok_or_else(|| refusal::no("message_not_found"))?;
        if kept.author != Author::App {
            return Err(refusal::no("cant_update_message"));
        }
        let kept = kept.clone();
        let new = self.content(arguments)?;
        let metadata = if new.metadata.is_null() { kept.metadata } else { new.metadata };
        let edited = Some(self.new_ts());
        let message = Stored { metadata, thread: kept.thread, edits: kept.edits + 1, edited, ..new };
        let text = message.text.clone();
        if let Some(channel) = self.channels.get_mut(id) {
            channel.messages.insert(ts, message);
        }
        let message = self.channel(id)?.show(ts, true);
        let body = json!({ "ok": true, "channel": id, "ts": ts.to_string(), "text": text, "message": message });
        Ok(answer(arguments, body))
    }

    /// [Posting](https://docs.slack.dev/reference/methods/chat.postMessage) takes a channel's name as
    /// well, and answers with its id.
    fn id_of(&self, channel: &str) -> String {
        let is_named = |it: &&String| channel.strip_prefix('#') == Some(&*self.channels[*it].name);
        self.channels.keys().find(is_named).map_or_else(|| channel.to_owned(), String::clone)
    }

    fn open_channel_of(&self, id: &str) -> Result<&Channel, Answer> {
        let channel = self.channel(id)?;
        match channel.archived {
            true => Err(refusal::no("is_archived")),
            false => Ok(channel),
        }
    }

    /// The thread a post goes to. A reply to a message that was deleted stands in the channel.
    fn thread(&self, arguments: &Arguments, channel: &Channel) -> Result<Option<Ts>, Answer> {
        let Some(thread) = arguments.text("thread_ts")? else {
            return Ok(None);
        };
        let Ok(ts) = thread.parse::<Ts>() else {
            return Err(refusal::no("invalid_thread_ts"));
        };
        match channel.messages.get(&ts) {
            Some(message) if message.thread.is_some() => {
                self.blame(arguments.name, "`thread_ts` is a reply: a thread is called by its first message");
                Ok(message.thread)
            }
            Some(_) => Ok(Some(ts)),
            None if channel.replies(ts).next().is_some() => Ok(Some(ts)),
            None if channel.deleted.contains(&ts) => Ok(None),
            None => {
                self.blame(arguments.name, "`thread_ts` is a message that never was");
                Err(refusal::no("thread_not_found"))
            }
        }
    }

    /// What a post or a change says.
    fn content(&self, arguments: &Arguments) -> Result<Stored, Answer> {
        let text = arguments.text("text")?.unwrap_or_default();
        let blocks = arguments.value("blocks").cloned().unwrap_or_default();
        let none = blocks.as_array().is_none_or(Vec::is_empty);
        if text.is_empty() && none {
            return Err(refusal::no("no_text"));
        }
        if text.chars().count() > LONGEST_TEXT {
            return Err(refusal::no("msg_too_long"));
        }
        if !blocks.is_null() {
            blocks::check(&blocks)?;
        }
        let metadata = metadata(arguments.value("metadata"))?;
        if text.is_empty() {
            self.blame(arguments.name, "blocks without a text for notifications");
        }
        self.check_mentions(arguments.name, text, &blocks);
        let (author, text) = (Author::App, text.to_owned());
        Ok(Stored { author, text, blocks, metadata, thread: None, edits: 0, edited: None })
    }
}

/// [Message metadata](https://docs.slack.dev/messaging/message-metadata): a name and an object.
fn metadata(value: Option<&Value>) -> Result<Value, Answer> {
    let Some(metadata) = value else {
        return Ok(Value::Null);
    };
    let is_whole = metadata["event_type"].as_str().is_some_and(|it| !it.is_empty())
        && metadata["event_payload"].is_object()
        && metadata.as_object().is_some_and(|it| it.len() == 2);
    if !is_whole {
        return Err(refusal::no("invalid_metadata_format"));
    }
    match metadata.to_string().len() > LONGEST_METADATA {
        true => Err(refusal::no("metadata_too_large")),
        false => Ok(metadata.clone()),
    }
}

/// With Slack's warning where the body does not say how its characters are written.
fn answer(arguments: &Arguments, mut body: Value) -> Answer {
    if arguments.without_charset {
        body["warning"] = "missing_charset".into();
        body["response_metadata"] = json!({ "warnings": ["missing_charset"] });
    }
    Answer::json(200, body)
}
