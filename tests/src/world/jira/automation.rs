//! Who tells others of what happens in a site: an automation rule with the recipe's body, or a webhook.
//!
//! [A rule](https://support.atlassian.com/cloud-automation/docs/jira-automation-actions/#Send-web-request)
//! names a secret in a header and tells each thing once, heard or not.
//! [A webhook](https://developer.atlassian.com/cloud/jira/platform/webhooks/) signs what it sends and tells
//! it again, five times at most, where it was not heard.

use std::fmt::Write;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header};
use serde_json::{Value, json};
use sha2::Sha256;

use super::site::{Site, Stored, written};
use super::workflow::Status;
use super::{Event, Happening, Jira, adf};

/// How long until a webhook tells the same thing again: Jira takes 5 to 15 minutes.
const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// How often it tells it again.
const RETRIES: u32 = 5;

/// As long as Jira waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// An automation rule.
    Rule,
    /// A webhook of the administrator's.
    Webhook,
}

/// One that tells others.
pub struct Callback {
    jira: Jira,
    sender: Sender,
    url: String,
    secret: String,
    client: Client,
    /// How much of what happened it has looked at.
    seen: usize,
    owed: Vec<Owed>,
}

/// Something that is still to be told.
struct Owed {
    body: String,
    /// The same each time.
    id: String,
    attempt: u32,
    due: Timestamp,
}

impl Jira {
    /// Somebody sets up one that tells this address what happens from now on.
    ///
    /// # Panics
    /// Where this machine can make no HTTP client.
    pub fn tell(&self, sender: Sender, url: &str, secret: &str) -> Callback {
        let client = crate::world::client::builder().timeout(PATIENCE).build().expect("it needs nothing but sockets");
        let (url, secret, seen) = (url.to_owned(), secret.to_owned(), self.events().len());
        Callback { jira: self.clone(), sender, url, secret, client, seen, owed: Vec::new() }
    }

    /// What one tells of everything that ever happened, in order.
    pub fn told_by(&self, sender: Sender) -> Vec<Value> {
        let site = self.lock();
        (0..site.events.len()).filter_map(|at| site.body(sender, at)).collect()
    }
}

impl Callback {
    /// Tells what happened since the last time, and what is due to be told again; what was answered, in
    /// order, `None` where nothing was.
    pub async fn run(&mut self) -> Vec<Option<u16>> {
        let now = self.look();
        let mut answers = Vec::new();
        let (due, later) = std::mem::take(&mut self.owed).into_iter().partition(|it: &Owed| it.due <= now);
        self.owed = later;
        for owed in due {
            let answer = self.send(&owed).await;
            answers.push(answer);
            let is_unheard = answer.is_none_or(|it| matches!(it, 408 | 409 | 425 | 429 | 500..));
            if self.sender == Sender::Webhook && is_unheard && owed.attempt < RETRIES {
                self.owed.push(Owed { attempt: owed.attempt + 1, due: now + PAUSE, ..owed });
            }
        }
        answers
    }

    /// When something is to be told again.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.owed.iter().map(|it| it.due).min()
    }

    /// Writes down what happened since the last time.
    fn look(&mut self) -> Timestamp {
        let jira = self.jira.clone();
        let site = jira.lock();
        let now = site.now();
        for at in self.seen..site.events.len() {
            let body = site.body(self.sender, at).map(|it| it.to_string());
            let id = format!("8f1c2d3e-0000-4000-8000-{at:012}");
            self.owed.extend(body.map(|body| Owed { body, id, attempt: 0, due: now }));
        }
        self.seen = site.events.len();
        now
    }

    async fn send(&self, owed: &Owed) -> Option<u16> {
        let request = self.client.post(&self.url).header(header::CONTENT_TYPE, "application/json");
        let request = match self.sender {
            Sender::Rule => request.header("X-Escalation-Secret", &self.secret),
            Sender::Webhook => {
                let request = request
                    .header("X-Hub-Signature", signature(&self.secret, owed.body.as_bytes()))
                    .header("X-Atlassian-Webhook-Identifier", &owed.id)
                    .header("X-Atlassian-Webhook-Flow", "Primary");
                match owed.attempt {
                    0 => request,
                    attempt => request.header("X-Atlassian-Webhook-Retry", attempt),
                }
            }
        };
        request.body(owed.body.clone()).send().await.ok().map(|it| it.status().as_u16())
    }
}

/// `X-Hub-Signature`.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    mac.finalize().into_bytes().iter().fold("sha256=".to_owned(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes any text");
        text
    })
}

impl Site {
    /// What is told of an event, as the issue was then; `None` where nobody listens for such.
    fn body(&self, sender: Sender, at: usize) -> Option<Value> {
        let event = &self.events[at];
        let issue = self.issues.get(&event.issue.parse().ok()?)?;
        match sender {
            Sender::Rule => self.rule_body(event, issue, at),
            Sender::Webhook => self.webhook_body(event, issue, at),
        }
    }

    fn rule_body(&self, event: &Event, issue: &Stored, at: usize) -> Option<Value> {
        let (name, comment) = match &event.what {
            Happening::Created => ("created", ""),
            Happening::Moved { .. } => ("status_changed", ""),
            Happening::Commented(comment) => ("commented", &**comment),
            Happening::Rekeyed { .. } => ("moved", ""),
            Happening::Deleted => ("deleted", ""),
            Happening::Labelled | Happening::Edited => ("changed", ""),
            Happening::LinkedOut(_) | Happening::PropertySet(_) | Happening::Linked(_) => return None,
        };
        Some(json!({
            "event": name, "key": event.key, "id": event.issue, "status": self.status_at(event, at).name,
            "updated": written(event.at), "comment": comment, "labels": issue.labels(),
        }))
    }

    fn webhook_body(&self, event: &Event, issue: &Stored, at: usize) -> Option<Value> {
        let name = match &event.what {
            Happening::Created => "jira:issue_created",
            Happening::Commented(_) => "comment_created",
            Happening::Deleted => "jira:issue_deleted",
            Happening::Linked(_) => "issuelink_created",
            Happening::PropertySet(_) => "issue_property_set",
            Happening::LinkedOut(_) => return None,
            Happening::Moved { .. } | Happening::Rekeyed { .. } | Happening::Labelled | Happening::Edited => {
                "jira:issue_updated"
            }
        };
        let mut body = json!({
            "timestamp": event.at.as_millisecond(), "webhookEvent": name, "user": self.show_person(&event.by),
            "issue": {
                "id": event.issue, "key": event.key, "self": format!("{}/rest/api/2/{}", self.url, event.issue),
                "fields": {
                    "labels": issue.labels(), "status": self.status_at(event, at).show(&self.url),
                    "updated": written(event.at),
                },
            },
        });
        if let Happening::Commented(id) = &event.what
            && let Some(said) = issue.comments.iter().find(|it| it.id.to_string() == *id)
        {
            let address = format!("{}/rest/api/2/issue/{}/comment/{id}", self.url, event.issue);
            let author = self.show_person(&said.author);
            body["comment"] = json!({ "self": address, "id": id, "author": author, "body": adf::plain(&said.body) });
        }
        if let Happening::Moved { from, to } = &event.what {
            let item = json!({ "field": "status", "fromString": from, "toString": to });
            body["changelog"] = json!({ "id": at.to_string(), "items": [item] });
        }
        Some(body)
    }

    /// The status that an issue had once this had happened.
    fn status_at(&self, event: &Event, at: usize) -> Status {
        let mut before = self.events[..=at].iter().rev().filter(|it| it.issue == event.issue);
        let last = before.find_map(|it| match &it.what {
            Happening::Moved { to, .. } => Some(to),
            _ => None,
        });
        last.and_then(|it| Status::named(it)).unwrap_or(Status::FIRST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_webhook_is_signed_as_atlassian_says() {
        assert_eq!(
            signature("It's a Secret to Everybody", b"Hello World!"),
            "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9"
        );
    }
}
