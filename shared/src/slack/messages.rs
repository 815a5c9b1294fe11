//! Posting a message, changing it, and finding one whose answer was lost.

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Method, RequestBuilder};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::blocks::{self, Block};
use super::refusal::Refusal;
use super::{CREATE_TIMEOUT, Slack, text};
use crate::http::Fault;
use crate::procedure::card::Card;
use crate::procedure::message::Message;

/// The kind of the metadata by which we know our messages.
const EVENT: &str = "escalation_message";

/// As many messages to a page as Slack recommends at most.
const PAGE: &str = "200";

/// Pages that are read before we say that we cannot tell.
const PAGES: usize = 5;

/// How far Slack's clock, which dates messages, may be behind ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// A message that is in Slack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// The channel's id, as Slack says it.
    pub channel: String,
    /// The message's id in its channel, and what its thread is called.
    pub ts: String,
}

/// What can be said.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// The first message of a thread.
    Card(&'a Card),
    /// Any other.
    Message(&'a Message),
}

impl<'a> From<&'a Card> for Content<'a> {
    fn from(card: &'a Card) -> Self {
        Self::Card(card)
    }
}

impl<'a> From<&'a Message> for Content<'a> {
    fn from(message: &'a Message) -> Self {
        Self::Message(message)
    }
}

#[derive(Serialize)]
struct Metadata<'a> {
    event_type: &'static str,
    event_payload: Mark<'a>,
}

#[derive(Serialize)]
struct Mark<'a> {
    marker: &'a str,
}

impl<'a> Metadata<'a> {
    fn new(marker: &'a str) -> Self {
        Self { event_type: EVENT, event_payload: Mark { marker } }
    }
}

impl Slack {
    /// Posts to a channel, given by its id: a new message, or a reply in the thread of the message
    /// `thread`. Where Slack does not take the blocks the text alone is posted, and where it takes
    /// no reply there the message stands in the channel. Not idempotent: the ledger guards it, and
    /// `marker` is how [`find`](Self::find) knows the message.
    ///
    /// # Errors
    /// As [`Fault`] says. What a person can put right (token, scope, channel) is
    /// [`Fault::Denied`] and worth another attempt; an unknown outcome may have posted it.
    pub async fn post<'a>(
        &self,
        channel: &str,
        thread: Option<&str>,
        content: impl Into<Content<'a>>,
        marker: &str,
    ) -> Result<Posted, Fault> {
        #[derive(Serialize)]
        struct Post<'a> {
            channel: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            thread_ts: Option<&'a str>,
            text: &'a str,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            blocks: &'a [Block],
            metadata: Metadata<'a>,
            unfurl_links: bool,
            unfurl_media: bool,
        }
        let content = content.into();
        let (text, blocks) = (text::of(content), blocks::of(content));
        let mut post = Post {
            channel,
            thread_ts: thread,
            text: &text,
            blocks: &blocks,
            metadata: Metadata::new(marker),
            unfurl_links: false,
            unfurl_media: false,
        };
        loop {
            let request = self.request(Method::POST, "chat.postMessage").timeout(CREATE_TIMEOUT);
            match self.once(json(request, &post)).await {
                Err(refusal) if refusal.is_about_blocks() && !post.blocks.is_empty() => post.blocks = &[],
                Err(refusal) if refusal.is_about_thread() && post.thread_ts.is_some() => post.thread_ts = None,
                ended => return ended?.read(),
            }
        }
    }

    /// Changes a message of ours. The same change twice is one. `marker` is the one it was posted with.
    ///
    /// # Errors
    /// [`Fault::Refused`] where the message is gone or no longer to be changed; else as [`post`](Self::post).
    pub async fn update<'a>(&self, at: &Posted, content: impl Into<Content<'a>>, marker: &str) -> Result<(), Fault> {
        #[derive(Serialize)]
        struct Update<'a> {
            channel: &'a str,
            ts: &'a str,
            text: &'a str,
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            blocks: &'a [Block],
            metadata: Metadata<'a>,
        }
        let content = content.into();
        let (text, blocks) = (text::of(content), blocks::of(content));
        let (channel, ts, metadata) = (at.channel.as_str(), at.ts.as_str(), Metadata::new(marker));
        let mut update = Update { channel, ts, text: &text, blocks: &blocks, metadata };
        loop {
            match self.call(json(self.request(Method::POST, "chat.update"), &update)).await {
                Err(refusal) if refusal.is_about_blocks() && !update.blocks.is_empty() => update.blocks = &[],
                ended => return Ok(ended.map(drop)?),
            }
        }
    }

    /// The message that was posted with `marker` at or after `since`: in the thread where there is
    /// one, else in the channel, where a reply stands too that Slack did not take as one.
    ///
    /// # Errors
    /// Slack refuses or cannot be reached, or there are too many messages to tell.
    pub async fn find(
        &self,
        channel: &str,
        thread: Option<&str>,
        marker: &str,
        since: Timestamp,
    ) -> Result<Option<Posted>, Fault> {
        let named;
        let channel = match channel.strip_prefix('#') {
            None => channel,
            Some(name) => {
                named = self.id_of(name).await?;
                &named
            }
        };
        if let Some(thread) = thread {
            let found = self.search("conversations.replies", channel, Some(thread), marker, since).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        self.search("conversations.history", channel, None, marker, since).await
    }

    /// The id of a channel that the policy names: a channel's messages are found by its id alone.
    async fn id_of(&self, name: &str) -> Result<String, Fault> {
        let called = self.channel_called(name).await.map_err(|it| unanswered(it.into()))?;
        called.ok_or_else(|| {
            let reason = format!("Slack lists no channel #{name}: name it by its id in the policy");
            Fault::Denied { reason }
        })
    }

    /// The id of the channel of this name, among those that the app may know of.
    pub(super) async fn channel_called(&self, name: &str) -> Result<Option<String>, Refusal> {
        #[derive(Deserialize)]
        struct Page {
            channels: Vec<Channel>,
            response_metadata: Option<Next>,
        }
        #[derive(Deserialize)]
        struct Channel {
            id: String,
            name: String,
        }
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let mut query = vec![("types", "public_channel,private_channel"), ("limit", PAGE)];
            query.extend(cursor.as_deref().map(|it| ("cursor", it)));
            let request = self.request(Method::GET, "conversations.list").query(&query);
            let page: Page = self.call(request).await?.read()?;
            if let Some(channel) = page.channels.into_iter().find(|it| it.name == name) {
                return Ok(Some(channel.id));
            }
            cursor = page.response_metadata.and_then(|it| it.next_cursor).filter(|it| !it.is_empty());
            if cursor.is_none() {
                break;
            }
        }
        Ok(None)
    }

    async fn search(
        &self,
        name: &str,
        channel: &str,
        thread: Option<&str>,
        marker: &str,
        since: Timestamp,
    ) -> Result<Option<Posted>, Fault> {
        let since = since.checked_sub(SKEW).unwrap_or(since);
        let oldest = format!("{}.{:06}", since.as_second(), since.subsec_microsecond());
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let mut query =
                vec![("channel", channel), ("oldest", &oldest), ("limit", PAGE), ("include_all_metadata", "true")];
            query.extend(thread.map(|it| ("ts", it)));
            query.extend(cursor.as_deref().map(|it| ("cursor", it)));
            let answer = match self.call(self.request(Method::GET, name).query(&query)).await {
                Err(refusal) if refusal.is_about_thread() => return Ok(None),
                ended => ended.map_err(|it| unanswered(it.into()))?,
            };
            let page: Page = answer.read()?;
            if let Some(ts) = page.messages.into_iter().find(|it| it.is_marked(marker)).map(|it| it.ts) {
                return Ok(Some(Posted { channel: channel.to_owned(), ts }));
            }
            cursor = page.response_metadata.and_then(|it| it.next_cursor).filter(|it| !it.is_empty());
            if cursor.is_none() {
                return Ok(None);
            }
        }
        Err(Fault::Unknown { reason: format!("{PAGES} pages of {name} do not reach back to {since}") })
    }
}

/// A question that is refused says nothing about the message: nothing is given up for it.
fn unanswered(fault: Fault) -> Fault {
    match fault {
        Fault::Refused { reason, .. } => Fault::Denied { reason },
        other => other,
    }
}

/// Without the character set Slack answers with a warning.
fn json(request: RequestBuilder, body: &impl Serialize) -> RequestBuilder {
    request.header(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")).json(body)
}

#[derive(Deserialize)]
struct Page {
    messages: Vec<Entry>,
    response_metadata: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    next_cursor: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    ts: String,
    /// Other apps' too, whatever they put there.
    #[serde(default)]
    metadata: Value,
}

impl Entry {
    fn is_marked(&self, marker: &str) -> bool {
        self.metadata["event_type"] == EVENT && self.metadata["event_payload"]["marker"] == marker
    }
}
