//! What was sent to the customer outside of the help desk and logged on the ticket:
//! [e-mails](https://developers.hubspot.com/docs/api/crm/email) and
//! [text messages](https://developers.hubspot.com/docs/api/crm/communications).

use jiff::Timestamp;
use serde::Deserialize;

use super::comments::MACHINES;
use super::outgoing::is_auto_reply;
use super::ticket::{Listed, Ticket};
use super::{HubSpot, wire};
use crate::http::Fault;
use crate::id::TicketId;

/// An e-mail or a text message to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When.
    pub at: Timestamp,
    /// The id of the owner who wrote it; empty where nobody is named, and where no person did.
    pub owner_id: String,
    /// The id of the user who wrote or logged it; `None` where software did.
    pub logged_by: Option<u64>,
    /// Whether a mail program wrote it by itself.
    pub is_auto_reply: bool,
    /// Whether it did not get there.
    pub is_failed: bool,
}

const PROPERTIES: &[&str] = &[
    "hs_timestamp",
    "hs_createdate",
    "hubspot_owner_id",
    "hs_created_by_user_id",
    "hs_object_source",
    "hs_email_direction",
    "hs_email_status",
    "hs_email_subject",
    "hs_communication_channel_type",
];

/// Neither kind has what only the other one has.
#[derive(Deserialize)]
struct Properties {
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
    #[serde(default, deserialize_with = "wire::text")]
    hs_email_direction: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_email_status: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_email_subject: String,
    #[serde(default, deserialize_with = "wire::text")]
    hs_communication_channel_type: String,
}

impl HubSpot {
    /// The newest e-mails from us that the ticket lists, at most a hundred. No call where it lists none.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn emails_of(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Sent>, Fault> {
        Ok(self.sent(id, "emails", &ticket.emails).await?.into_iter().filter_map(Properties::email).collect())
    }

    /// The newest text messages that the ticket lists: SMS and WhatsApp, at most a hundred. No call where
    /// it lists none.
    ///
    /// # Errors
    /// HubSpot refuses or cannot be reached.
    pub async fn text_messages_of(&self, id: TicketId, ticket: &Ticket) -> Result<Vec<Sent>, Fault> {
        let records = self.sent(id, "communications", &ticket.communications).await?;
        Ok(records.into_iter().filter_map(Properties::text_message).collect())
    }

    async fn sent(&self, id: TicketId, kind: &str, listed: &Listed) -> Result<Vec<Properties>, Fault> {
        if listed.is_empty() {
            return Ok(Vec::new());
        }
        let ids = self.newest(id, kind, listed).await?;
        let records = self.batch::<Properties>(kind, &ids, PROPERTIES).await?;
        Ok(records.into_iter().map(|it| it.properties).collect())
    }
}

impl Properties {
    /// One that came in, or that is not sent yet, told nobody anything.
    fn email(self) -> Option<Sent> {
        let is_underway = ["SCHEDULED", "DRAFT"].contains(&self.hs_email_status.as_str());
        (self.hs_email_direction == "EMAIL" && !is_underway).then(|| self.sent())?
    }

    fn text_message(self) -> Option<Sent> {
        ["SMS", "WHATS_APP"].contains(&self.hs_communication_channel_type.as_str()).then(|| self.sent())?
    }

    /// What has no time that reads cannot be placed in an escalation.
    fn sent(self) -> Option<Sent> {
        let at = [&self.hs_timestamp, &self.hs_createdate].into_iter().find_map(|it| wire::timestamp(it))?;
        let is_by_hand = !MACHINES.contains(&self.hs_object_source.as_str());
        Some(Sent {
            at,
            owner_id: if is_by_hand { self.hubspot_owner_id } else { String::new() },
            logged_by: self.hs_created_by_user_id.parse().ok().filter(|_| is_by_hand),
            is_auto_reply: is_auto_reply(&self.hs_email_subject),
            is_failed: ["BOUNCED", "FAILED"].contains(&self.hs_email_status.as_str()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Properties {
        serde_json::from_str(json).unwrap()
    }

    fn email(more: &str) -> Option<Sent> {
        let json = format!(
            r#"{{"hs_timestamp":"2026-06-10T09:00:00Z","hubspot_owner_id":501,"hs_created_by_user_id":"7"{more}}}"#
        );
        read(&json).email()
    }

    #[test]
    fn an_email_from_us_was_sent_unless_it_waits_or_came_back() {
        let sent = email(r#","hs_email_direction":"EMAIL","hs_email_status":"SENT""#).unwrap();
        assert_eq!((sent.owner_id.as_str(), sent.logged_by, sent.is_failed), ("501", Some(7), false));
        assert!(!email(r#","hs_email_direction":"EMAIL""#).unwrap().is_failed);
        for status in ["BOUNCED", "FAILED"] {
            let failed = email(&format!(r#","hs_email_direction":"EMAIL","hs_email_status":"{status}""#));
            assert!(failed.unwrap().is_failed, "{status}");
        }
        for status in ["SCHEDULED", "DRAFT"] {
            let waits = email(&format!(r#","hs_email_direction":"EMAIL","hs_email_status":"{status}""#));
            assert_eq!(waits, None, "{status}");
        }
        for direction in ["INCOMING_EMAIL", "FORWARDED_EMAIL", ""] {
            assert_eq!(email(&format!(r#","hs_email_direction":"{direction}""#)), None, "{direction}");
        }
    }

    #[test]
    fn a_machines_email_is_nobodys() {
        let sent = email(r#","hs_email_direction":"EMAIL","hs_object_source":"AUTOMATION_PLATFORM""#).unwrap();
        assert_eq!((sent.owner_id.as_str(), sent.logged_by), ("", None));
        assert!(
            email(r#","hs_email_direction":"EMAIL","hs_email_subject":"Out of office: Re""#).unwrap().is_auto_reply
        );
    }

    #[test]
    fn a_text_message_went_by_a_channel_that_reaches_customers() {
        let read = |channel: &str| {
            let json =
                format!(r#"{{"hs_timestamp":"2026-06-10T09:00:00Z","hs_communication_channel_type":"{channel}"}}"#);
            read(&json).text_message().is_some()
        };
        assert_eq!(["SMS", "WHATS_APP", "LINKEDIN_MESSAGE", ""].map(read), [true, true, false, false]);
    }
}
