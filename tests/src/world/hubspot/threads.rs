//! `/conversations/v3/conversations/threads`.
//! [Conversations](https://developers.hubspot.com/docs/api/conversations/conversations).

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::conversation::{Author, Message, Said, Thread};
use super::id::{Kind, MessageId, Source, ThreadId, iso};
use super::objects::{list, number, parse};
use super::page;
use super::portal::Portal;
use super::refusal;
use crate::world::door::{Answer, Call};

const MOST: usize = 500;

impl Portal {
    pub(super) fn list_threads(&self, call: &Call) -> Result<Answer, Answer> {
        let ticket = call.query("associatedTicketId").map(number).transpose()?;
        let contact = call.query("associatedContactId").map(number).transpose()?;
        if contact.is_some() && call.query("threadStatus").is_none() {
            return Err(refusal::invalid("threadStatus must be provided when filtering by associatedContactId"));
        }
        let since = match call.query("latestMessageTimestampAfter") {
            None => None,
            Some(text) => Some(
                text.parse::<Timestamp>().map_err(|_| refusal::invalid("latestMessageTimestampAfter is not a date"))?,
            ),
        };
        let closed = match call.query("threadStatus") {
            None => None,
            Some("OPEN") => Some(false),
            Some("CLOSED") => Some(true),
            Some(other) => {
                return Err(refusal::invalid(&format!("{other} is not a valid threadStatus")));
            }
        };
        let inboxes = list(call, "inboxId");
        let archived = call.query("archived") == Some("true");
        let ticket = ticket.map(|it| self.resolve(Kind::Ticket, it));
        let now = self.now();
        let mut threads: Vec<&Thread> = self
            .threads
            .values()
            .filter(|it| !archived && now.duration_since(it.created) >= self.lag)
            .filter(|it| ticket.is_none() || it.ticket == ticket)
            .filter(|it| contact.is_none_or(|contact| it.contact.0 == contact))
            .filter(|it| closed.is_none_or(|closed| it.closed.is_some() == closed))
            .filter(|it| since.is_none_or(|since| it.latest().is_some_and(|at| at > since)))
            .filter(|it| inboxes.is_empty() || inboxes.contains(&it.inbox.to_string()))
            .collect();
        match call.query("sort") {
            None | Some("id") => {}
            Some("-id") => threads.reverse(),
            Some("latestMessageTimestamp") => threads.sort_by_key(|it| it.latest()),
            Some("-latestMessageTimestamp") => threads.sort_by_key(|it| std::cmp::Reverse(it.latest())),
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
        Ok(message)
    }

    fn follow_message(&mut self, ticket: u64, thread: ThreadId, message: &Message) {
        let at = iso(message.at);
        let (comment, rest) = match &message.said {
            Said::Comment { .. } => ("true", Vec::new()),
            Said::Message { outgoing: true, failed, .. } => {
                let mut values = vec![
                    ("hs_last_message_from_visitor", "false".to_owned()),
                    ("hs_is_latest_message_failed", failed.to_string()),
                    ("hs_last_message_sent_at", at.clone()),
                ];
                let record = self.records.get(&(Kind::Ticket, ticket));
                if record.is_some_and(|it| it.value("hs_first_agent_message_sent_at").is_none()) {
                    values.push(("hs_first_agent_message_sent_at", at));
                }
                ("false", values)
            }
            Said::Message { outgoing: false, .. } => {
                let from_visitor = ("hs_last_message_from_visitor", "true".to_owned());
                ("false", vec![from_visitor, ("hs_last_message_received_at", at)])
            }
            _ => return,
        };
        self.set(Kind::Ticket, ticket, "hs_latest_message_is_thread_comment", comment, &Source::Computed);
        for (name, value) in rest {
            self.set(Kind::Ticket, ticket, name, &value, &Source::Computed);
        }
        let record = self.records.get(&(Kind::Ticket, ticket));
        if record.is_some_and(|it| it.value("hs_conversations_originating_thread_id").is_none()) {
            let (name, value) = ("hs_conversations_originating_thread_id", thread.0.to_string());
            self.set(Kind::Ticket, ticket, name, &value, &Source::Computed);
        }
    }
}

fn with_ticket(call: &Call) -> Result<bool, Answer> {
    match call.query("association") {
        None => Ok(false),
        Some("TICKET") => Ok(true),
        Some(other) => Err(refusal::invalid(&format!("{other} is not a valid association"))),
    }
}
