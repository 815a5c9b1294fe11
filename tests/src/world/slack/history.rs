//! `conversations.history`, `.replies`, `.list` and `.info`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::arguments::Arguments;
use super::look::Author;
use super::refusal;
use super::timestamp::Ts;
use super::workspace::{APP, BOT, BOT_USER, Channel, TEAM, Workspace};
use crate::world::call::Answer;

impl Workspace {
    /// What stands in a channel, newest first.
    pub(super) fn history(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        let id = self.readable(arguments)?;
        let channel = self.channel(id)?;
        let window = Window::read(arguments)?;
        let found: Vec<Ts> = channel.top().map(|it| *it.0).rev().filter(|it| window.has(*it)).collect();
        let page = Page::of(&found, arguments, 100)?;
        let mut body = page.show(channel, arguments);
        body["pin_count"] = json!(0);
        body["channel_actions_ts"] = Value::Null;
        body["channel_actions_count"] = json!(0);
        Ok(Answer::json(200, body))
    }

    /// A thread's first message and its replies, oldest first.
    pub(super) fn replies(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        let id = self.readable(arguments)?;
        let channel = self.channel(id)?;
        let first: Ts = arguments.required("ts")?.parse().map_err(|()| refusal::no("thread_not_found"))?;
        let is_first = channel.messages.get(&first).is_some_and(|it| it.thread.is_none());
        let window = Window::read(arguments)?;
        let replies: Vec<Ts> = channel.replies(first).map(|it| *it.0).collect();
        if !is_first && replies.is_empty() {
            return Err(refusal::no("thread_not_found"));
        }
        let replies = replies.into_iter().filter(|it| window.has(*it));
        let found: Vec<Ts> = is_first.then_some(first).into_iter().chain(replies).collect();
        let page = Page::of(&found, arguments, 1_000)?;
        Ok(Answer::json(200, page.show(channel, arguments)))
    }

    /// The channels that the app may know of, a private one only where it was invited.
    pub(super) fn list(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        let types = arguments.text("types")?.unwrap_or("public_channel").to_owned();
        for (kind, scope) in [("public_channel", "channels:read"), ("private_channel", "groups:read")] {
            if types.split(',').any(|it| it == kind) {
                self.require(scope)?;
            }
        }
        let (now, limits) = (self.now(), self.settings.limits);
        self.usage.count(&limits, arguments.name, now)?;
        let is_wanted = |it: &Channel| match it.private {
            true => it.joined && types.contains("private_channel"),
            false => types.contains("public_channel"),
        };
        let found: Vec<_> = self.channels.iter().filter(|it| is_wanted(it.1)).collect();
        let limit: usize = arguments.text("limit")?.and_then(|it| it.parse().ok()).unwrap_or(100);
        let start = match arguments.text("cursor")? {
            None | Some("") => 0,
            Some(cursor) => found.iter().position(|it| it.0 == cursor).ok_or(refusal::no("invalid_cursor"))?,
        };
        let channels: Vec<Value> = found.iter().skip(start).take(limit).map(|(id, it)| it.listed(id)).collect();
        let next = found.get(start + limit).map_or("", |it| it.0.as_str());
        Ok(Answer::json(200, json!({ "ok": true, "channels": channels, "response_metadata": { "next_cursor": next } })))
    }

    /// A channel, whether the app is in it or not; a private one only where it is.
    pub(super) fn info(&mut self, arguments: &Arguments) -> Result<Answer, Answer> {
        let id = arguments.required("channel")?;
        let private = self.channels.get(id).is_some_and(|it| it.private);
        self.require(if private { "groups:read" } else { "channels:read" })?;
        let (now, limits) = (self.now(), self.settings.limits);
        self.usage.count(&limits, arguments.name, now)?;
        let found = self.channels.get(id).filter(|it| it.joined || !it.private);
        let shown = found.ok_or_else(|| refusal::no("channel_not_found"))?.listed(id);
        Ok(Answer::json(200, json!({ "ok": true, "channel": shown })))
    }

    fn readable<'a>(&mut self, arguments: &'a Arguments) -> Result<&'a str, Answer> {
        let id = arguments.required("channel")?;
        let private = self.channels.get(id).is_some_and(|it| it.private);
        self.require(if private { "groups:history" } else { "channels:history" })?;
        let (now, limits) = (self.now(), self.settings.limits);
        self.usage.count(&limits, arguments.name, now)?;
        Ok(id)
    }
}

/// From when to when.
struct Window {
    oldest: Option<Ts>,
    latest: Option<Ts>,
    inclusive: bool,
}

impl Window {
    fn read(arguments: &Arguments) -> Result<Self, Answer> {
        let time = |name, error| match arguments.text(name)? {
            Some(text) => text.parse().map(Some).map_err(|()| refusal::no(error)),
            None => Ok(None),
        };
        let oldest = time("oldest", "invalid_ts_oldest")?;
        let latest = time("latest", "invalid_ts_latest")?;
        Ok(Self { oldest, latest, inclusive: arguments.is_on("inclusive") })
    }

    fn has(&self, ts: Ts) -> bool {
        let after = self.oldest.is_none_or(|it| ts > it || (self.inclusive && ts == it));
        after && self.latest.is_none_or(|it| ts < it || (self.inclusive && ts == it))
    }
}

/// Some of the messages found, and where the rest begins.
struct Page {
    messages: Vec<Ts>,
    next: Option<String>,
}

impl Page {
    fn of(found: &[Ts], arguments: &Arguments, default: usize) -> Result<Self, Answer> {
        let limit = match arguments.text("limit")? {
            None => default,
            Some(text) => text.parse().ok().filter(|it| (1..1_000).contains(it)).ok_or(refusal::no("invalid_limit"))?,
        };
        let start = match arguments.text("cursor")? {
            None | Some("") => 0,
            Some(cursor) => position(found, cursor).ok_or(refusal::no("invalid_cursor"))?,
        };
        let messages = found.iter().skip(start).take(limit).copied().collect();
        let next = found.get(start + limit).map(|it| STANDARD.encode(format!("next_ts:{}", it.0)));
        Ok(Self { messages, next })
    }

    fn show(&self, channel: &Channel, arguments: &Arguments) -> Value {
        let metadata = arguments.is_on("include_all_metadata");
        let messages: Vec<Value> = self.messages.iter().map(|it| channel.show(*it, metadata)).collect();
        let mut body = json!({ "ok": true, "messages": messages, "has_more": self.next.is_some() });
        if let Some(next) = &self.next {
            body["response_metadata"] = json!({ "next_cursor": next });
        }
        body
    }
}

fn position(found: &[Ts], cursor: &str) -> Option<usize> {
    let text = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
    let ts = Ts(text.strip_prefix("next_ts:")?.parse().ok()?);
    found.iter().position(|it| *it == ts)
}

impl Channel {
    fn listed(&self, id: &str) -> Value {
        json!({ "id": id, "name": self.name, "is_channel": true, "is_private": self.private,
            "is_archived": self.archived, "is_member": self.joined })
    }

    /// A message as the API shows it.
    pub(super) fn show(&self, ts: Ts, metadata: bool) -> Value {
        let Some(message) = self.messages.get(&ts) else {
            return Value::Null;
        };
        let mut shown = json!({ "type": "message", "ts": ts.to_string(), "text": message.text });
        match &message.author {
            Author::Member(id) => shown["user"] = id.as_str().into(),
            Author::App => {
                shown["user"] = BOT_USER.into();
                shown["bot_id"] = BOT.into();
                shown["app_id"] = APP.into();
                shown["team"] = TEAM.into();
            }
        }
        if !message.blocks.is_null() {
            shown["blocks"] = message.blocks.clone();
        }
        if metadata && !message.metadata.is_null() {
            shown["metadata"] = message.metadata.clone();
        }
        if let Some(edited) = message.edited {
            shown["edited"] = json!({ "user": BOT_USER, "ts": edited.to_string() });
        }
        let replies = self.replies(ts).count();
        if let Some(thread) = message.thread.or((replies > 0).then_some(ts)) {
            shown["thread_ts"] = thread.to_string().into();
        }
        if replies > 0 {
            shown["reply_count"] = replies.into();
        }
        shown
    }
}
