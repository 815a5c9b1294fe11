//! What people wrote on a ticket: CRM notes and the help desk's conversations.

use jiff::Timestamp;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::outgoing::{Delivery, Outgoing};
use super::owners::Paging;
use super::ticket::Ticket;
use super::{CREATE_TIMEOUT, HubSpot, or_gone, wire};
use crate::http::Fault;
use crate::id::TicketId;
use crate::procedure::thread::{Audience, Author};

/// Pages of a conversation that are read before what is older counts as too old to matter.
const PAGES: usize = 5;

/// A note's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// HubSpot's id.
    #[serde(deserialize_with = "wire::id")]
    pub id: String,
}

/// Something that somebody wrote on a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// HubSpot's id.
    pub id: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// Who wrote it.
    pub author: Author,
    /// Who can read it.
    pub audience: Audience,
    /// HTML, or text where HubSpot keeps no HTML.
    pub body: Body,
    /// How it went to the customer; `None` where it did not.
    pub outgoing: Option<Outgoing>,
}

/// What a comment says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// As the editor stores it.
    Html(String),
    /// Plain.
    Text(String),
}

impl Comment {
    /// Whether the text carries a marker of ours.
    pub fn contains(&self, marker: &str) -> bool {
        let (Body::Html(body) | Body::Text(body)) = &self.body;
        body.contains(marker)
    }
}

impl HubSpot {
    /// The ticket's newest notes, at most a hundred.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn notes_of(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Comment>, Fault> {
        let ids = self.newest(id, "notes", &ticket.notes).await?;
        let records = self.batch::<NoteProperties>("notes", &ids, NOTE_PROPERTIES).await?;
        Ok(records.into_iter().filter_map(|it| it.properties.comment(it.id)).collect())
    }

    /// Writes an internal note on a ticket. Not idempotent: the ledger guards it.
    ///
    /// # Errors
    /// As [`Fault`] says; an unknown outcome may have written the note.
    pub async fn create_note(&self, ticket: TicketId, html: &str, now: Timestamp) -> Result<Note, Fault> {
        #[derive(Serialize)]
        struct Create<'a> {
            properties: Properties<'a>,
            associations: [Association; 1],
        }
        #[derive(Serialize)]
        struct Properties<'a> {
            hs_timestamp: String,
            hs_note_body: &'a str,
        }
        #[derive(Serialize)]
        struct Association {
            to: Note,
            types: [AssociationType; 1],
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct AssociationType {
            association_category: &'static str,
            association_type_id: u16,
        }
        let note_to_ticket =
            AssociationType { association_category: "HUBSPOT_DEFINED", association_type_id: NOTE_TO_TICKET };
        let body = Create {
            properties: Properties { hs_timestamp: now.to_string(), hs_note_body: html },
            associations: [Association { to: Note { id: ticket.to_string() }, types: [note_to_ticket] }],
        };
        let request = self.request(Method::POST, "crm/v3/objects/notes").timeout(CREATE_TIMEOUT).json(&body);
        self.once(request).await?.read()
    }

    /// The conversations of a ticket; most tickets have one, a ticket made by hand has none.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn threads_of(&self, ticket: TicketId) -> Result<Vec<String>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            #[serde(default)]
            results: Vec<Thread>,
        }
        #[derive(Deserialize)]
        struct Thread {
            #[serde(deserialize_with = "wire::id")]
            id: String,
        }
        let request = self
            .request(Method::GET, "conversations/v3/conversations/threads")
            .query(&[("associatedTicketId", ticket.to_string()), ("limit", "20".to_owned())]);
        let Some(answer) = or_gone(self.call(request).await)? else {
            return Ok(Vec::new());
        };
        let page: Page = answer.read()?;
        Ok(page.results.into_iter().map(|it| it.id).collect())
    }

    /// What was written in a conversation since `since`, newest first.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn messages_of(&self, thread: &str, since: Timestamp) -> Result<Vec<Comment>, Fault> {
        #[derive(Deserialize)]
        struct Page {
            #[serde(default, deserialize_with = "wire::list")]
            results: Vec<Message>,
            #[serde(default)]
            paging: Option<Paging>,
        }
        let path = format!("conversations/v3/conversations/threads/{thread}/messages");
        let mut comments = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..PAGES {
            let mut request = self.request(Method::GET, &path).query(&[("limit", "100"), ("sort", "-createdAt")]);
            if let Some(after) = &after {
                request = request.query(&[("after", after)]);
            }
            let Some(answer) = or_gone(self.call(request).await)? else {
                break;
            };
            let page: Page = answer.read()?;
            let old = page.results.iter().any(|it| it.created_at < since);
            comments.extend(page.results.into_iter().filter_map(Message::comment));
            after = page.paging.and_then(Paging::after);
            if old || after.is_none() {
                break;
            }
        }
        Ok(comments)
    }
}

/// `note_to_ticket` in HubSpot's [association types](https://developers.hubspot.com/docs/api/crm/associations).
const NOTE_TO_TICKET: u16 = 228;

const NOTE_PROPERTIES: &[&str] =
    &["hs_note_body", "hs_timestamp", "hs_createdate", "hubspot_owner_id", "hs_created_by_user_id", "hs_object_source"];

#[derive(Deserialize)]
struct NoteProperties {
    #[serde(default, deserialize_with = "wire::text")]
    hs_note_body: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_timestamp: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_createdate: String,
    #[serde(default, deserialize_with = "wire::text")]
    hubspot_owner_id: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_created_by_user_id: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_object_source: String,
}

impl NoteProperties {
    /// A note whose time does not read cannot be placed in an escalation; HubSpot always sets one.
    fn comment(self, id: String) -> Option<Comment> {
        let written = [&self.hs_timestamp, &self.hs_createdate];
        let created_at = written.into_iter().find_map(|it| wire::timestamp(it))?;
        Some(Comment {
            id,
            created_at,
            author: self.author(),
            audience: Audience::Internal,
            body: Body::Html(self.hs_note_body),
            outgoing: None,
        })
    }

    /// A note without an author counts as a person's: HubSpot forgets users who left.
    fn author(&self) -> Author {
        if MACHINES.contains(&self.hs_object_source.as_str()) {
            return Author::Machine;
        }
        if self.hs_created_by_user_id.is_empty() {
            return Author::User(format!("owner:{}", self.hubspot_owner_id));
        }
        Author::User(format!("user:{}", self.hs_created_by_user_id))
    }
}

/// Values of `hs_object_source` that no person stands behind
/// ([record source](https://knowledge.hubspot.com/records/view-record-source)).
pub(super) const MACHINES: &[&str] = &[
    "INTEGRATION",
    "API",
    "AUTOMATION_PLATFORM",
    "WORKFLOWS",
    "BOT",
    "CHATFLOW",
    "IMPORT",
    "MIGRATION",
    "AI_GROUP",
    "AGENTS",
];

/// One message of a conversation; other kinds (assignment, status change) lack what we read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    #[serde(deserialize_with = "wire::id")]
    id: String,
    #[serde(rename = "type", default, deserialize_with = "wire::text")]
    kind: String,
    #[serde(deserialize_with = "wire::moment")]
    created_at: Timestamp,
    #[serde(default, deserialize_with = "wire::text")]
    created_by: String,
    #[serde(default, deserialize_with = "wire::known")]
    client: Option<Client>,
    #[serde(default, deserialize_with = "wire::known")]
    archived: Option<bool>,
    #[serde(default, deserialize_with = "wire::text")]
    text: String,
    #[serde(default, deserialize_with = "wire::text")]
    rich_text: String,
    #[serde(flatten)]
    delivery: Delivery,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Client {
    #[serde(default, deserialize_with = "wire::text")]
    client_type: String,
}

impl Message {
    fn comment(self) -> Option<Comment> {
        let audience = match self.kind.as_str() {
            "COMMENT" => Audience::Internal,
            "MESSAGE" => Audience::Public,
            _ => return None,
        };
        if self.archived == Some(true) {
            return None;
        }
        let author = self.author();
        let outgoing = self.delivery.outgoing(&author, audience);
        let body = if self.rich_text.trim().is_empty() { Body::Text(self.text) } else { Body::Html(self.rich_text) };
        Some(Comment { id: self.id, created_at: self.created_at, author, audience, body, outgoing })
    }

    /// Prefixes of actor ids: [conversations](https://developers.hubspot.com/docs/api/conversations/conversations).
    fn author(&self) -> Author {
        let machine =
            self.client.as_ref().is_some_and(|it| it.client_type == "INTEGRATION" || it.client_type == "SYSTEM");
        match self.created_by.split_once('-') {
            Some(("A", user)) if !machine => Author::User(format!("user:{user}")),
            Some(("V" | "E", _)) => Author::Customer,
            _ => Author::Machine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(kind: &str, created_by: &str, client: &str) -> Option<(Author, Audience)> {
        let json = format!(
            r#"{{"id":"1","type":"{kind}","createdAt":"2026-06-10T09:00:00Z","createdBy":"{created_by}",
                "client":{{"clientType":"{client}"}},"text":"x","richText":"<p>x</p>"}}"#
        );
        let message: Message = serde_json::from_str(&json).unwrap();
        message.comment().map(|it| (it.author, it.audience))
    }

    #[test]
    fn an_actor_is_a_person_a_customer_or_a_machine() {
        let sam = || Author::User("user:7".to_owned());
        assert_eq!(author("COMMENT", "A-7", "HUBSPOT"), Some((sam(), Audience::Internal)));
        assert_eq!(author("MESSAGE", "A-7", "HUBSPOT"), Some((sam(), Audience::Public)));
        assert_eq!(author("MESSAGE", "V-1", "HUBSPOT"), Some((Author::Customer, Audience::Public)));
        assert_eq!(author("MESSAGE", "E-a@b.example", "UNKNOWN"), Some((Author::Customer, Audience::Public)));
        for machine in ["I-1160452", "S-hubspot", "B-1", "L-1", "", "7"] {
            assert_eq!(author("COMMENT", machine, "HUBSPOT"), Some((Author::Machine, Audience::Internal)), "{machine}");
        }
        assert_eq!(author("COMMENT", "A-7", "INTEGRATION"), Some((Author::Machine, Audience::Internal)));
        assert_eq!(author("ASSIGNMENT", "A-7", "HUBSPOT"), None);
    }

    #[test]
    fn a_message_of_a_kind_nobody_knows_hides_none_of_the_others() {
        let page = r#"[{"type":"NEW_KIND"}, {"id":"1","createdAt":"2026-06-10T09:00:00Z"}, 42]"#;
        let messages: Vec<Message> = wire::list(&mut serde_json::Deserializer::from_str(page)).unwrap();
        assert_eq!(messages.len(), 1);
    }

    #[test]
    fn a_message_is_read_whatever_one_of_its_members_looks_like() {
        for odd in [
            r#""archived":null"#,
            r#""status":"SENT""#,
            r#""status":7"#,
            r#""client":"HUBSPOT""#,
            r#""senders":{}"#,
            r#""direction":"outgoing""#,
        ] {
            let json =
                format!(r#"{{"id":1,"type":"MESSAGE","createdAt":1781082000000,"createdBy":"A-7","text":"x",{odd}}}"#);
            let message: Message = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{odd}: {error}"));
            let outgoing = message.comment().unwrap().outgoing.expect(odd);
            assert_eq!((outgoing.by, outgoing.is_failed), (Some(7), false), "{odd}");
        }
    }

    fn note(source: &str, user: &str, owner: &str) -> Author {
        let json = format!(
            r#"{{"hs_note_body":null,"hs_timestamp":"2026-06-10T09:00:00Z","hs_object_source":"{source}",
                "hs_created_by_user_id":"{user}","hubspot_owner_id":"{owner}"}}"#
        );
        serde_json::from_str::<NoteProperties>(&json).unwrap().author()
    }

    #[test]
    fn a_note_is_a_persons_unless_hubspot_says_that_a_machine_made_it() {
        assert_eq!(note("CRM_UI", "7", "501"), Author::User("user:7".to_owned()));
        assert_eq!(note("", "", "501"), Author::User("owner:501".to_owned()));
        assert_eq!(note("MOBILE_IOS", "", ""), Author::User("owner:".to_owned()));
        assert_eq!(note("INTEGRATION", "7", "501"), Author::Machine);
        assert_eq!(note("AUTOMATION_PLATFORM", "", ""), Author::Machine);
    }
}
