//! Messages that went out to the customer: who sent them, and whether they got there.
//! [Conversations](https://developers.hubspot.com/docs/api/conversations/conversations).

use serde::Deserialize;

use super::wire;
use crate::procedure::thread::{Audience, Author};

/// How a message went to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outgoing {
    /// The id of the user who sent it; `None` where no person did.
    pub by: Option<u64>,
    /// Whether the sender's mail program answered by itself.
    pub is_auto_reply: bool,
    /// Whether it did not get there.
    pub is_failed: bool,
}

/// What HubSpot says of a message beside its text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    #[serde(default, deserialize_with = "wire::text")]
    direction: String,
    #[serde(default, deserialize_with = "wire::known")]
    status: Option<Status>,
    #[serde(default, deserialize_with = "wire::list")]
    senders: Vec<Sender>,
    #[serde(default, deserialize_with = "wire::text")]
    subject: String,
}

/// Documented as an object; a plain text in the hands of whoever stands before it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Status {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Object {
        #[serde(default, deserialize_with = "wire::text")]
        status_type: String,
    },
}

impl Status {
    fn name(&self) -> &str {
        let (Self::Text(name) | Self::Object { status_type: name }) = self;
        name
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sender {
    #[serde(default, deserialize_with = "wire::text")]
    actor_id: String,
}

/// How the subject of an answer begins that a mail program wrote while its owner was away.
const AWAY: [&str; 5] = ["automatic reply", "auto-reply", "autoreply", "auto:", "out of office"];

/// Whether a mail program wrote this by itself, by its subject.
pub(super) fn is_auto_reply(subject: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    AWAY.iter().any(|it| subject.starts_with(it))
}

impl Delivery {
    /// `None` for what stays in the house, and for what came in.
    pub(super) fn outgoing(&self, author: &Author, audience: Audience) -> Option<Outgoing> {
        let is_outgoing = match self.direction.to_uppercase().as_str() {
            "OUTGOING" => true,
            "INCOMING" => false,
            _ => *author != Author::Customer,
        };
        if audience == Audience::Internal || !is_outgoing {
            return None;
        }
        Some(Outgoing {
            by: self.by(author),
            is_auto_reply: is_auto_reply(&self.subject),
            is_failed: self.status.as_ref().is_some_and(|it| it.name().eq_ignore_ascii_case("FAILED")),
        })
    }

    /// Whoever stands as the sender, where people write for each other. A bot's words are nobody's.
    fn by(&self, author: &Author) -> Option<u64> {
        let Author::User(writer) = author else { return None };
        let sender = self.senders.iter().map(|it| it.actor_id.as_str()).find(|it| !it.is_empty());
        match sender {
            Some(sender) => sender.strip_prefix("A-")?.parse().ok(),
            None => writer.strip_prefix("user:")?.parse().ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, author: &Author) -> Option<Outgoing> {
        serde_json::from_str::<Delivery>(json).unwrap().outgoing(author, Audience::Public)
    }

    fn sam() -> Author {
        Author::User("user:7".to_owned())
    }

    #[test]
    fn what_came_in_or_stayed_inside_did_not_go_out() {
        assert_eq!(read(r#"{"direction":"INCOMING"}"#, &Author::Customer), None);
        assert_eq!(read(r#"{"direction":"INCOMING"}"#, &sam()), None);
        assert_eq!(read("{}", &Author::Customer), None);
        let outgoing: Delivery = serde_json::from_str(r#"{"direction":"OUTGOING"}"#).unwrap();
        assert_eq!(outgoing.outgoing(&sam(), Audience::Internal), None);
        assert!(read("{}", &sam()).is_some());
    }

    #[test]
    fn who_sent_it_is_the_sender_that_the_customer_sees() {
        let by = |senders: &str, author: &Author| {
            read(&format!(r#"{{"direction":"OUTGOING","senders":{senders}}}"#), author).unwrap().by
        };
        assert_eq!(by("[]", &sam()), Some(7));
        assert_eq!(by("null", &sam()), Some(7));
        assert_eq!(by(r#"[{"actorId":"A-8"}]"#, &sam()), Some(8));
        for machine in ["B-1", "L-1", "S-hubspot", "I-1160452"] {
            assert_eq!(by(&format!(r#"[{{"actorId":"{machine}"}}]"#), &sam()), None, "{machine}");
        }
        assert_eq!(by(r#"[{"actorId":"A-8"}]"#, &Author::Machine), None);
    }

    #[test]
    fn what_failed_and_what_answered_by_itself_is_told() {
        let outgoing = |more: &str| read(&format!(r#"{{"direction":"OUTGOING"{more}}}"#), &sam()).unwrap();
        assert!(outgoing(r#","status":{"statusType":"FAILED"}"#).is_failed);
        assert!(outgoing(r#","status":"failed""#).is_failed);
        for arrived in
            ["", r#","status":{"statusType":"SENT"}"#, r#","status":{"statusType":"READ"}"#, r#","status":null"#]
        {
            assert!(!outgoing(arrived).is_failed, "{arrived}");
        }
        for away in ["Automatic reply: Double charge", "Out of Office", " AUTO: away"] {
            assert!(outgoing(&format!(r#","subject":"{away}""#)).is_auto_reply, "{away}");
        }
        for answer in ["Re: Double charge", "", "Re: automatic reply to your order"] {
            assert!(!outgoing(&format!(r#","subject":"{answer}""#)).is_auto_reply, "{answer}");
        }
    }
}
