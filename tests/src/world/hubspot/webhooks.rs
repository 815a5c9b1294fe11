//! [App webhooks](https://developers.hubspot.com/docs/api/webhooks): what happens in the account is told to
//! an app, up to a hundred events in one request, signed by versions 1 and 3, and told again where the
//! answer is not 2xx or does not come within five seconds.
//!
//! HubSpot promises neither an order nor that an event comes once; [`Manner`] says how unruly it is.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::id::Source;
use super::{Event, HubSpot};
use crate::world::workflow::{App, signature};

/// Most events in one request.
const BATCH: usize = 100;

/// As long as HubSpot waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often an event is told again, within a day.
const RETRIES: u32 = 10;
const FIRST_PAUSE: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(4);

/// How events are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// By `object.…` with object type ids, as apps of a developer project are told; else by `ticket.…`.
    pub by_type_id: bool,
    /// Whether each event comes twice, the second time under an id of its own.
    pub twice: bool,
    /// Whether events come in a disorder, which is the same for the same number.
    pub shuffled: Option<u64>,
    /// Whether version 3 signs it beside version 1.
    pub sign_v3: bool,
    /// How long after it happened.
    pub late: SignedDuration,
}

impl Default for Manner {
    fn default() -> Self {
        Self { by_type_id: false, twice: false, shuffled: None, sign_v3: true, late: SignedDuration::ZERO }
    }
}

/// The subscriptions of one app, and what is still to be told.
pub struct Webhooks {
    hubspot: HubSpot,
    /// Whose secret signs, and the address that is signed.
    app: App,
    /// Where the app is in truth.
    base_url: String,
    path: &'static str,
    client: Client,
    happened: mpsc::UnboundedReceiver<Event>,
    /// Properties whose changes are told.
    properties: Vec<String>,
    /// How.
    pub manner: Manner,
    owed: Vec<Owed>,
    /// Every event that was ever to be told.
    told: Vec<Value>,
}

/// Events that are still to be told.
struct Owed {
    events: Vec<Value>,
    attempt: u32,
    due: Timestamp,
}

impl HubSpot {
    /// An app that is told at this path what happens from now on; the path is behind `base_url`.
    ///
    /// # Panics
    /// Where this machine can make no HTTP client.
    pub fn tell_app(&self, app: App, base_url: &str, path: &'static str, properties: Vec<String>) -> Webhooks {
        let client = crate::world::client::builder().timeout(PATIENCE).build().expect("it needs nothing but sockets");
        Webhooks {
            hubspot: self.clone(),
            app,
            base_url: base_url.trim_end_matches('/').to_owned(),
            path,
            client,
            happened: self.subscribe(),
            properties,
            manner: Manner::default(),
            owed: Vec::new(),
            told: Vec::new(),
        }
    }
}

impl Webhooks {
    /// Tells what happened since the last time, and what is due to be told again; what was answered, a
    /// request each, `None` where nothing was.
    pub async fn run(&mut self) -> Vec<Option<u16>> {
        self.hear();
        let now = self.now();
        let (due, later) = std::mem::take(&mut self.owed).into_iter().partition(|it: &Owed| it.due <= now);
        self.owed = later;
        let mut answers = Vec::new();
        for owed in due {
            let answer = self.send(&owed.events).await;
            answers.push(answer);
            let is_heard = answer.is_some_and(|it| (200..300).contains(&it));
            if !is_heard && owed.attempt < RETRIES {
                let attempt = owed.attempt + 1;
                let mut events = owed.events;
                events.iter_mut().for_each(|it| it["attemptNumber"] = json!(attempt));
                self.owed.push(Owed { events, attempt, due: now + pause(attempt) });
            }
        }
        answers
    }

    /// When something is next to be told.
    pub fn next_due(&mut self) -> Option<Timestamp> {
        self.hear();
        self.owed.iter().map(|it| it.due).min()
    }

    /// Every event that was told, or is to be, in the order of time.
    pub fn told(&mut self) -> Vec<Value> {
        self.hear();
        self.told.clone()
    }

    /// Leaves untold what happened so far.
    pub fn forget(&mut self) {
        self.hear();
        self.owed.clear();
    }

    /// Has these events told next, whatever happened.
    pub fn owe(&mut self, events: Vec<Value>) {
        self.owed.push(Owed { events, attempt: 0, due: self.now() });
    }

    /// Sends events as HubSpot would right now, whatever happened.
    pub async fn send(&self, events: &[Value]) -> Option<u16> {
        let (secret, body) = (self.app.client_secret.expose_secret(), Value::from(events).to_string());
        let mut request = self
            .client
            .post(format!("{}{}", self.base_url, self.path))
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::USER_AGENT,
                "HubSpot Connect 2.0 (http://dev.hubspot.com/) (WebhooksExecutorDaemon-executor)",
            )
            .header("X-HubSpot-Timeout-Millis", "10000")
            .header("X-HubSpot-Signature-Version", "v1")
            .header("X-HubSpot-Signature", signature::v1(secret, &body));
        if self.manner.sign_v3 {
            let (url, at) = (format!("{}{}", self.app.public_url, self.path), self.now().as_millisecond());
            let signed = signature::v3(secret, "POST", &url, &body, at);
            request = request.header("X-HubSpot-Request-Timestamp", at).header("X-HubSpot-Signature-v3", signed);
        }
        request.body(body).send().await.ok().map(|it| it.status().as_u16())
    }

    fn now(&self) -> Timestamp {
        self.hubspot.lock().now()
    }

    /// Gathers what happened into requests.
    fn hear(&mut self) {
        let mut events = Vec::new();
        while let Ok(event) = self.happened.try_recv() {
            events.extend(self.event(&event));
        }
        if events.is_empty() {
            return;
        }
        self.told.extend(events.iter().cloned());
        if self.manner.twice {
            let again = events.clone().into_iter().map(|mut it| {
                it["eventId"] = json!(it["eventId"].as_u64().unwrap_or_default() + 1_000_000_000);
                it
            });
            events.extend(again);
        }
        if let Some(seed) = self.manner.shuffled {
            shuffle(&mut events, seed);
        }
        let due = self.now() + self.manner.late;
        let some = events.chunks(BATCH).map(|it| Owed { events: it.to_vec(), attempt: 0, due });
        self.owed.extend(some);
    }

    /// What is told of something; `None` where nobody subscribed to it.
    fn event(&self, event: &Event) -> Option<Value> {
        match event {
            Event::PropertyChanged { ticket, property, value, source, at } => {
                let about = json!({ "objectId": ticket.0, "propertyName": property, "propertyValue": value });
                let is_told = self.properties.contains(property);
                is_told.then(|| self.on_a_ticket("propertyChange", about, source, *at))
            }
            Event::Deleted { ticket, source, at } => {
                let about = json!({ "objectId": ticket.0, "changeFlag": "DELETED" });
                Some(self.on_a_ticket("deletion", about, source, *at))
            }
            Event::Restored { ticket, source, at } => {
                let about = json!({ "objectId": ticket.0, "changeFlag": "RESTORED" });
                Some(self.on_a_ticket("restore", about, source, *at))
            }
            Event::Merged { merged: [primary, other], into, source, at } => {
                let about = json!({
                    "objectId": primary.0, "primaryObjectId": primary.0, "mergedObjectIds": [other.0],
                    "newObjectId": into.0, "numberOfPropertiesMoved": 1,
                });
                Some(self.on_a_ticket("merge", about, source, *at))
            }
            Event::Noted { note, is_new: true, source, at } => {
                let about = json!({ "objectId": note.0, "objectTypeId": "0-46", "changeFlag": "CREATED" });
                Some(self.told_so("object.creation", about, source, *at))
            }
            Event::Noted { note, is_new: false, source, at } => {
                let about = json!({ "objectId": note.0, "objectTypeId": "0-46", "propertyName": "hs_note_body" });
                Some(self.told_so("object.propertyChange", about, source, *at))
            }
            Event::NotedOn { note, ticket, source, at } => {
                let about = json!({
                    "associationType": "TICKET_TO_NOTE", "fromObjectId": ticket.0, "toObjectId": note.0,
                    "associationRemoved": false, "isPrimaryAssociation": false,
                });
                Some(self.on_a_ticket("associationChange", about, source, *at))
            }
            Event::Said { thread, message } => {
                let about = json!({
                    "objectId": thread.0, "messageId": message.id.0, "messageType": message.said.kind()?,
                    "changeFlag": "NEW_MESSAGE",
                });
                Some(self.told_so("conversation.newMessage", about, &Source::Computed, message.at))
            }
        }
    }

    fn on_a_ticket(&self, verb: &str, mut about: Value, source: &Source, at: Timestamp) -> Value {
        if self.manner.by_type_id {
            about["objectTypeId"] = json!("0-5");
            return self.told_so(&format!("object.{verb}"), about, source, at);
        }
        self.told_so(&format!("ticket.{verb}"), about, source, at)
    }

    fn told_so(&self, name: &str, about: Value, source: &Source, at: Timestamp) -> Value {
        let app = self.hubspot.settings().app;
        let about_id = about["objectId"].as_u64().unwrap_or_default();
        let mut event = json!({
            "eventId": at.as_millisecond() % 1_000_000_000 + i64::try_from(about_id % 1_000).unwrap_or_default(),
            "subscriptionId": 2_317_460, "portalId": self.app.portal.0, "appId": app,
            "occurredAt": at.as_millisecond(), "subscriptionType": name, "attemptNumber": 0,
            "changeSource": source.kind(), "sourceId": source.id(),
        });
        if let (Some(event), Value::Object(about)) = (event.as_object_mut(), about) {
            event.extend(about);
        }
        event
    }
}

/// How long HubSpot waits before this repetition.
fn pause(attempt: u32) -> SignedDuration {
    (FIRST_PAUSE * (1 << (attempt - 1).min(16))).min(LONGEST_PAUSE)
}

/// A disorder that is the same for the same number.
pub fn shuffle(events: &mut [Value], seed: u64) {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    for at in (1..events.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or_default() % (at + 1);
        events.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_heard_is_told_ten_times_within_a_day() {
        let pauses: Vec<i64> = (1..=RETRIES).map(|it| pause(it).as_mins()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240]);
        assert!(pauses.iter().sum::<i64>() < 24 * 60);
    }
}
