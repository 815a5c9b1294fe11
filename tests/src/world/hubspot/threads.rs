//! `/conversations/v3/conversations/threads`.
//! [Conversations](https://developers.hubspot.com/docs/api/conversations/conversations).

use std::cmp::Reverse;
use std::str::FromStr;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::conversation::{Author, Message, Said, Thread};
use super::id::{Kind, MessageId, Source, ThreadId, iso};
use super::objects::{list, number, parse};
use super::page;
use super::portal::{Event, Portal};
use super::refusal;
use crate::world::call::{Answer, Call};

const MOST: usize = 500;

impl Portal {
    pub(super) fn list_threads(&self, call: &Call) -> Result<Answer, Answer> {
        let mut wanted = Wanted::read(call)?;
        wanted.ticket = wanted.ticket.map(|it| self.resolve(Kind::Ticket, it));
        let now = self.now();
        let indexed = self.threads.values().filter(|it| now.duration_since(it.created) >= self.lag);
        let mut threads: Vec<&Thread> = indexed.filter(|it| wanted.is(it)).collect();
        match call.query("sort") {
            None | Some("id") => {}
            Some("-id") => threads.reverse(),
            Some("latestMessageTimestamp") => threads.sort_by_key(|it| it.latest()),
            Some("-latestMessageTimestamp") => threads.sort_by_key(|it| Reverse(it.latest())),
            Some(other) => return Err(refusal::invalid(&format!("{other} is not a valid sort"))),
        }
        let (threads, after) = page::of(threads, call, 100, MOST)?;
        let with_ticket = with_ticket(call)?;
        let results = threads.into_iter().map(|it| it.to_json(with_ticket)).collect();
        Ok(Answer::json(200, page::collection(results, after.as_deref())))
    }

    pub(super) fn get_thread(&self, id: &str, call: &Call) -> Result<Answer, Answer> {
        let thread = self.threads.get(&number(id)?).ok_or_else(refusal::not_found)?;
        if call.query("archived") == Some("true") {
            return Err(refusal::not_found());
        }
        Ok(Answer::json(200, thread.to_json(with_ticket(call)?)))
    }

    pub(super) fn list_messages(&self, id: &str, call: &Call) -> Result<Answer, Answer> {
        let thread = self.threads.get(&number(id)?).ok_or_else(refusal::not_found)?;
        let archived = call.query("archived") == Some("true");
        let mut messages: Vec<&Message> = thread.messages.iter().filter(|it| it.archived == archived).collect();
        match call.query("sort") {
            Some("createdAt") => {}
            None | Some("-createdAt") => messages.reverse(),
            Some(other) => return Err(refusal::invalid(&format!("{other} is not a valid sort"))),
        }
        let (messages, after) = page::of(messages, call, 100, MOST)?;
        let results = messages.into_iter().map(|it| it.to_json(thread.id)).collect();
        Ok(Answer::json(200, page::collection(results, after.as_deref())))
    }

    pub(super) fn post_message(&mut self, id: &str, call: &Call) -> Result<Answer, Answer> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Egg {
            #[serde(rename = "type")]
            kind: String,
            text: String,
            rich_text: Option<String>,
            #[expect(dead_code, reason = "HubSpot refuses a comment without the list")]
            attachments: Vec<Value>,
        }
        let id = number(id)?;
        if !self.threads.contains_key(&id) {
            return Err(refusal::not_found());
        }
        let egg: Egg = parse(call)?;
        if egg.kind != "COMMENT" {
            return Err(refusal::invalid(&format!("This account takes no message of type {}", egg.kind)));
        }
        let rich = egg.rich_text.unwrap_or_else(|| egg.text.clone());
        let author = Author::App(self.settings.app);
        let message = self.say(ThreadId(id), author, Said::Comment { text: egg.text, rich })?;
        Ok(Answer::json(201, message.to_json(ThreadId(id))))
    }

    /// Adds an entry to a thread, and to the ticket what HubSpot works out from it.
    pub(super) fn say(&mut self, thread: ThreadId, author: Author, said: Said) -> Result<Message, Answer> {
        let (id, at) = (MessageId(format!("{:032x}", u128::from(self.new_id()) << 64)), self.now());
        let message = Message { id, at, edited: None, archived: false, author, said };
        let thread = self.threads.get_mut(&thread.0).ok_or_else(refusal::not_found)?;
        thread.messages.push(message.clone());
        let (thread, ticket) = (thread.id, thread.ticket);
        if let Some(ticket) = ticket {
            self.follow_message(ticket, thread, &message);
        }
        self.tell(&Event::Said { thread, message: message.clone() });
        Ok(message)
    }

    fn follow_message(&mut self, ticket: u64, thread: ThreadId, message: &Message) {
        let at = iso(message.at);
        let text = |flag: bool| flag.to_string();
        let mut values = match &message.said {
            Said::Comment { .. } => Vec::new(),
            Said::Message { outgoing: true, failed, .. } => vec![
                ("hs_last_message_from_visitor", text(false)),
                ("hs_is_latest_message_failed", text(*failed)),
                ("hs_last_message_sent_at", at.clone()),
            ],
            Said::Message { .. } => {
                vec![("hs_last_message_from_visitor", text(true)), ("hs_last_message_received_at", at.clone())]
            }
            _ => return,
        };
        let comment = matches!(message.said, Said::Comment { .. });
        values.push(("hs_latest_message_is_thread_comment", text(comment)));
        let sent = matches!(message.said, Said::Message { outgoing: true, .. });
        let firsts = [
            (sent, "hs_first_agent_message_sent_at", at),
            (true, "hs_conversations_originating_thread_id", thread.0.to_string()),
        ];
        let record = self.records.get(&(Kind::Ticket, ticket));
        for (applies, name, value) in firsts {
            if applies && record.is_some_and(|it| it.value(name).is_none()) {
                values.push((name, value));
            }
        }
        for (name, value) in values {
            self.set(Kind::Ticket, ticket, name, &value, &Source::Computed);
        }
    }
}

/// Which threads a call asks for.
struct Wanted {
    ticket: Option<u64>,
    contact: Option<u64>,
    since: Option<Timestamp>,
    closed: Option<bool>,
    inboxes: Vec<String>,
    archived: bool,
}

impl Wanted {
    fn read(call: &Call) -> Result<Self, Answer> {
        let closed = match call.query("threadStatus") {
            None => None,
            Some("OPEN") => Some(false),
            Some("CLOSED") => Some(true),
            Some(other) => {
                return Err(refusal::invalid(&format!("{other} is not a valid threadStatus")));
            }
        };
        let wanted = Self {
            ticket: parsed(call, "associatedTicketId")?,
            contact: parsed(call, "associatedContactId")?,
            since: parsed(call, "latestMessageTimestampAfter")?,
            closed,
            inboxes: list(call, "inboxId"),
            archived: call.query("archived") == Some("true"),
        };
        match wanted.contact.is_some() && wanted.closed.is_none() {
            true => Err(refusal::invalid("threadStatus must be provided when filtering by associatedContactId")),
            false => Ok(wanted),
        }
    }

    fn is(&self, thread: &Thread) -> bool {
        !self.archived
            && (self.ticket.is_none() || self.ticket == thread.ticket)
            && self.contact.is_none_or(|it| it == thread.contact.0)
            && self.closed.is_none_or(|it| it == thread.closed.is_some())
            && self.since.is_none_or(|it| thread.latest().is_some_and(|at| at > it))
            && (self.inboxes.is_empty() || self.inboxes.contains(&thread.inbox.to_string()))
    }
}

fn parsed<T: FromStr>(call: &Call, name: &str) -> Result<Option<T>, Answer> {
    let wrong = |text: &str| refusal::invalid(&format!("{text} is not a valid {name}"));
    call.query(name).map(|text| text.parse().map_err(|_| wrong(text))).transpose()
}

fn with_ticket(call: &Call) -> Result<bool, Answer> {
    match call.query("association") {
        None => Ok(false),
        Some("TICKET") => Ok(true),
        Some(other) => Err(refusal::invalid(&format!("{other} is not a valid association"))),
    }
}
