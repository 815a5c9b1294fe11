//! A help-desk conversation and what was said in it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::id::{ContactId, MessageId, ThreadId, UserId, iso};

/// One conversation.
#[derive(Debug, Clone)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// The ticket it belongs to.
    pub ticket: Option<u64>,
    /// The customer.
    pub contact: ContactId,
    /// Since when.
    pub created: Timestamp,
    /// Since when it is closed, where it is.
    pub closed: Option<Timestamp>,
    /// Who has it.
    pub assigned: Option<UserId>,
    /// The help desk's inbox.
    pub inbox: u64,
    /// What was said, oldest first.
    pub messages: Vec<Message>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Since when.
    pub at: Timestamp,
    /// When it was last edited.
    pub edited: Option<Timestamp>,
    /// Whether it was deleted.
    pub archived: bool,
    /// Who wrote it.
    pub author: Author,
    /// What it is.
    pub said: Said,
}

/// [Who wrote](https://developers.hubspot.com/docs/api/conversations/conversations#actors).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person of the account.
    User(UserId, String, String),
    /// The customer.
    Visitor(ContactId, String),
    /// The holder of an access token.
    App(u64),
    /// HubSpot.
    System,
}

/// The six kinds of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Inside the company.
    Comment {
        /// Without mark-up.
        text: String,
        /// With mark-up.
        rich: String,
    },
    /// To or from the customer.
    Message {
        /// To the customer.
        outgoing: bool,
        /// Without mark-up.
        text: String,
        /// Whether it could not be delivered.
        failed: bool,
    },
    /// The bot's greeting.
    Welcome(String),
    /// Somebody else has it now.
    Assignment {
        /// Who had it.
        from: Option<UserId>,
        /// Who has it.
        to: Option<UserId>,
    },
    /// It was closed, or opened again.
    StatusChange {
        /// Whether it was closed.
        closed: bool,
    },
    /// It moved to another inbox.
    InboxChange {
        /// From.
        from: u64,
        /// To.
        to: u64,
    },
}

/// 1002 is [e-mail](https://developers.hubspot.com/docs/api/conversations/conversations).
const CHANNEL: &str = "1002";
const CHANNEL_ACCOUNT: &str = "229471";

impl Author {
    fn actor(&self) -> String {
        match self {
            Self::User(user, ..) => format!("A-{user}"),
            Self::Visitor(contact, _) => format!("V-{}", contact.0),
            Self::App(app) => format!("I-{app}"),
            Self::System => "S-hubspot".to_owned(),
        }
    }

    fn senders(&self) -> Value {
        let address = |email: &str| json!({ "type": "HS_EMAIL_ADDRESS", "value": email });
        match self {
            Self::User(_, name, email) => {
                json!([{ "actorId": self.actor(), "name": name, "deliveryIdentifier": address(email) }])
            }
            Self::Visitor(_, email) => {
                json!([{ "actorId": self.actor(), "deliveryIdentifier": address(email) }])
            }
            Self::App(_) | Self::System => json!([{ "actorId": self.actor() }]),
        }
    }

    fn client(&self) -> Value {
        match self {
            Self::App(app) => json!({ "clientType": "INTEGRATION", "integrationAppId": app }),
            Self::System => json!({ "clientType": "SYSTEM" }),
            Self::User(..) | Self::Visitor(..) => json!({ "clientType": "HUBSPOT" }),
        }
    }
}

impl Message {
    /// One of the union `PublicMessage`.
    pub fn to_json(&self, thread: ThreadId) -> Value {
        let mut message = json!({
            "id": self.id.0, "conversationsThreadId": thread.0.to_string(), "createdAt": iso(self.at),
            "createdBy": self.author.actor(), "client": self.author.client(), "senders": self.author.senders(),
            "recipients": [], "archived": self.archived,
        });
        if let Some(at) = self.edited {
            message["updatedAt"] = json!(iso(at));
        }
        let own = self.said.to_json();
        if let (Some(message), Value::Object(own)) = (message.as_object_mut(), own) {
            message.extend(own);
        }
        message
    }
}

impl Said {
    /// What a webhook calls it; `None` where none tells of it.
    pub fn kind(&self) -> Option<&'static str> {
        match self {
            Self::Comment { .. } => Some("COMMENT"),
            Self::Message { .. } => Some("MESSAGE"),
            Self::Welcome(_) => Some("WELCOME_MESSAGE"),
            Self::Assignment { .. } | Self::StatusChange { .. } | Self::InboxChange { .. } => None,
        }
    }

    fn to_json(&self) -> Value {
        match self {
            Self::Comment { text, rich } => {
                json!({ "type": "COMMENT", "text": text, "richText": rich, "attachments": [] })
            }
            Self::Message { outgoing, text, failed } => message(*outgoing, text, *failed),
            Self::Welcome(text) => json!({
                "type": "WELCOME_MESSAGE", "text": text, "channelId": CHANNEL, "channelAccountId": CHANNEL_ACCOUNT,
            }),
            Self::Assignment { from, to } => {
                let mut own = json!({ "type": "ASSIGNMENT" });
                for (name, user) in [("assignedFrom", from), ("assignedTo", to)] {
                    if let Some(user) = user {
                        own[name] = json!(format!("A-{user}"));
                    }
                }
                own
            }
            Self::StatusChange { closed } => {
                json!({ "type": "THREAD_STATUS_CHANGE", "newStatus": if *closed { "CLOSED" } else { "OPEN" } })
            }
            Self::InboxChange { from, to } => json!({
                "type": "THREAD_INBOX_CHANGE", "fromInboxId": from.to_string(), "toInboxId": to.to_string(),
            }),
        }
    }
}

fn message(outgoing: bool, text: &str, failed: bool) -> Value {
    let (direction, delivered) = if outgoing { ("OUTGOING", "SENT") } else { ("INCOMING", "RECEIVED") };
    let status = match failed {
        true => json!({
            "statusType": "FAILED",
            "failureDetails": { "errorMessage": "The message could not be delivered", "errorMessageTokens": {} },
        }),
        false => json!({ "statusType": delivered }),
    };
    let rich = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    json!({
        "type": "MESSAGE", "text": text, "richText": format!("<p>{rich}</p>"), "attachments": [],
        "channelId": CHANNEL, "channelAccountId": CHANNEL_ACCOUNT, "direction": direction,
        "status": status, "truncationStatus": "NOT_TRUNCATED",
    })
}

impl Thread {
    /// `PublicThread`; the ticket only where it was asked for.
    pub fn to_json(&self, with_ticket: bool) -> Value {
        let mut thread = json!({
            "id": self.id.0.to_string(), "createdAt": iso(self.created),
            "status": if self.closed.is_some() { "CLOSED" } else { "OPEN" },
            "originalChannelId": CHANNEL, "originalChannelAccountId": CHANNEL_ACCOUNT,
            "inboxId": self.inbox.to_string(), "associatedContactId": self.contact.0.to_string(),
            "spam": false, "archived": false,
        });
        let sent = |outgoing: bool| self.last(|it| matches!(it, Said::Message { outgoing: it, .. } if *it == outgoing));
        let times = [
            ("closedAt", self.closed),
            ("latestMessageTimestamp", self.latest()),
            ("latestMessageSentTimestamp", sent(true)),
            ("latestMessageReceivedTimestamp", sent(false)),
        ];
        for (name, at) in times {
            if let Some(at) = at {
                thread[name] = json!(iso(at));
            }
        }
        if let Some(user) = self.assigned {
            thread["assignedTo"] = json!(format!("A-{user}"));
        }
        if let (true, Some(ticket)) = (with_ticket, self.ticket) {
            thread["threadAssociations"] = json!({ "associatedTicketId": ticket.to_string() });
        }
        thread
    }

    /// When the customer and the company last spoke.
    pub fn latest(&self) -> Option<Timestamp> {
        self.last(|it| matches!(it, Said::Message { .. }))
    }

    fn last(&self, wanted: impl Fn(&Said) -> bool) -> Option<Timestamp> {
        self.messages.iter().filter(|it| wanted(&it.said)).map(|it| it.at).max()
    }
}
