//! What these stories need beside the bench: an escalation that is in Tech, and a Jira that tells of it.

use escalation::id::TicketId;
use escalation::runtime::HttpReply;
use sandbox::product::JIRA_CALLBACK_SECRET;
use sandbox::world::jira::Jira;
use sandbox::world::jira::automation::{Callback, Sender};
use serde_json::{Value, json};

use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

/// An escalation in Tech, and who tells of its issue.
pub struct Told {
    pub bench: Bench,
    pub ticket: TicketId,
    /// The key that its issue was created with.
    pub key: String,
    pub callback: Callback,
    /// How much of what we said was looked at.
    said: usize,
    replies: usize,
}

impl Told {
    /// A rule tells of an issue that was created for an escalation.
    pub async fn by_rule() -> Self {
        Self::by(Sender::Rule).await
    }

    pub async fn by(sender: Sender) -> Self {
        let mut bench = Bench::with_tech(&[]).await;
        let ticket = in_tech(&mut bench).await;
        let key = bench.value(ticket, "jira_reference");
        let callback = bench.world.jira.tell(sender, &format!("{}/jira/events", bench.url), JIRA_CALLBACK_SECRET);
        let mut told = Self { bench, ticket, key, callback, said: 0, replies: 0 };
        told.news();
        told
    }

    pub fn jira(&self) -> &Jira {
        &self.bench.world.jira
    }

    /// A minute passes, Jira tells what happened in it, and is answered so.
    pub async fn told(&mut self) -> Vec<Option<u16>> {
        self.bench.wait(60);
        self.callback.run().await
    }

    /// The same where all is heard; what is new on the ticket and in Slack since the last look.
    #[track_caller]
    pub fn heard(&mut self) -> impl Future<Output = String> {
        let place = std::panic::Location::caller();
        async move {
            let answers = self.told().await;
            assert!(answers.iter().all(|it| *it == Some(200)), "{answers:?} at {place}");
            self.news()
        }
    }

    /// What was said on the ticket and in its Slack thread since the last look.
    pub fn news(&mut self) -> String {
        let notes = self.notes();
        let replies = self.replies();
        let mut news: Vec<String> = notes[self.said..].to_vec();
        news.extend(replies[self.replies..].iter().map(|it| format!("Slack: {it}")));
        (self.said, self.replies) = (notes.len(), replies.len());
        news.join("\n\n")
    }

    pub fn notes(&self) -> Vec<String> {
        let ours = self.bench.hubspot.notes(self.ticket).into_iter().filter(|it| it.author.is_none());
        ours.map(|it| crate::bench::texts::shown(&it.body)).collect()
    }

    pub fn replies(&self) -> Vec<String> {
        let cards = self.bench.world.slack.messages(ESCALATIONS);
        let threads =
            cards.iter().flat_map(|it| self.bench.world.slack.thread(ESCALATIONS, &it.ts).into_iter().skip(1));
        threads.map(|it| it.text).collect()
    }

    /// Jira Reference, status, and whether the link leads to the reference.
    pub fn stands(&self) -> (String, String, bool) {
        let value = |name| self.bench.value(self.ticket, name);
        let reference = value("jira_reference");
        let leads = value("jira_url") == self.jira().browse_url(&reference);
        (reference, value("jira_status"), leads)
    }

    /// All that people can see of it.
    pub fn seen(&self) -> (Vec<String>, Vec<String>, (String, String, bool)) {
        let mut notes = self.notes();
        notes.sort();
        (notes, self.replies(), self.stands())
    }

    /// A body arrives with the secret.
    pub async fn tell(&self, body: &Value) -> HttpReply {
        self.bench.hear(&[("x-escalation-secret", JIRA_CALLBACK_SECRET)], &body.to_string()).await
    }

    /// The status, and the outcome in a word.
    pub async fn outcome(&self, body: &Value) -> (u16, String) {
        let reply = self.tell(body).await;
        let read: Value = serde_json::from_str(&reply.body).unwrap();
        (reply.status_code, read["outcome"].as_str().unwrap_or_default().to_owned())
    }

    /// What our rule tells of a change.
    pub fn event(&self) -> Value {
        json!({ "event": "status_changed", "key": self.key, "labels": self.labels() })
    }

    pub fn labels(&self) -> Vec<String> {
        self.jira().issue(&self.key).unwrap().labels
    }

    pub fn finish(self) {
        self.bench.finish();
    }
}

/// An escalation of Sam's that Dana sent to Tech, with its issue.
pub async fn in_tech(bench: &mut Bench) -> TicketId {
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(30).await;
    assert!(!bench.value(ticket, "jira_reference").is_empty(), "{}", bench.workflow(ticket));
    ticket
}

/// The same with an issue that was there already.
pub async fn linked_to(bench: &mut Bench, key: &str) -> TicketId {
    let ticket = bench.escalated(&whole());
    bench.pass(10).await;
    bench.dana().set(ticket, "jira_reference", key).unwrap();
    bench.dana().set(ticket, "escalation_type", "tech").unwrap();
    bench.pass(30).await;
    assert_eq!(bench.value(ticket, "jira_url"), bench.world.jira.browse_url(key));
    ticket
}
