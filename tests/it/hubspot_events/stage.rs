//! What these stories need beside the bench: an app that HubSpot tells what happens. No workflow runs
//! unless time is let pass.

use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::runtime::{Endpoint as _, HttpReply};
use hubspot_events::HubSpotEvents;
use provision::project::webhooks::watched;
use sandbox::product::CLIENT_SECRET;
use sandbox::world::hubspot::id::ThreadId;
use sandbox::world::hubspot::webhooks::Webhooks;
use sandbox::world::journal::Exchange;
use sandbox::world::workflow::{App, signature};
use secrecy::SecretString;
use serde_json::Value;

use crate::bench::{Bench, DOMAIN};

/// An account whose app has subscribed.
pub struct Account {
    pub bench: Bench,
    pub webhooks: Webhooks,
}

impl Account {
    /// Shift Leads, Slack and Jira at work.
    pub async fn open() -> Self {
        Self::with(&[]).await
    }

    /// The same by a policy with some lines written anew.
    pub async fn with(changes: &[(&str, &str)]) -> Self {
        let bench = Bench::with_tech(changes).await;
        let webhooks = subscribe(&bench);
        Self { bench, webhooks }
    }

    /// A minute passes, and HubSpot tells what happened in it; what it was answered, a request each.
    pub async fn told(&mut self) -> Vec<Option<u16>> {
        self.bench.wait(60);
        self.webhooks.run().await
    }

    /// The same where all is heard.
    #[track_caller]
    pub fn heard(&mut self) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            let answers = self.told().await;
            assert!(answers.iter().all(|it| *it == Some(200)), "{answers:?} at {place}");
        }
    }

    /// The same until what we did about it is told, too.
    #[track_caller]
    pub fn settled(&mut self) -> impl Future<Output = ()> {
        let place = std::panic::Location::caller();
        async move {
            for _ in 0..5 {
                let answers = self.told().await;
                assert!(answers.iter().all(|it| *it == Some(200)), "{answers:?} at {place}");
            }
            assert_eq!(self.webhooks.next_due(), None, "it tells for ever, at {place}");
        }
    }

    /// A conversation about a ticket; the customer has not written yet.
    pub fn thread(&self, ticket: TicketId) -> ThreadId {
        let contact = self.bench.hubspot.contact("Ada", "Lund", "ada@grill.example");
        self.bench.hubspot.open_thread(ticket, contact).unwrap()
    }

    /// The sweep comes so many times, a minute apart.
    pub async fn sweeps(&self, times: usize) {
        for _ in 0..times {
            self.bench.wait(60);
            self.bench.sweep().await;
        }
    }

    /// Events arrive, signed as HubSpot does; the status, and the outcome in a word.
    pub async fn outcome(&self, events: &[Value]) -> (u16, String) {
        let reply = self.arrives(&Value::from(events).to_string()).await;
        let read: Value = serde_json::from_str(&reply.body).unwrap();
        (reply.status_code, read["outcome"].as_str().unwrap_or_default().to_owned())
    }

    /// A body arrives, signed as HubSpot does.
    pub async fn arrives(&self, body: &str) -> HttpReply {
        let at = self.bench.watch.now().as_millisecond().to_string();
        let signed = signature::v3(CLIENT_SECRET, "POST", &address(), body, at.parse().unwrap());
        self.bench.hear_at(HubSpotEvents::PATH, &[(V3, &*signed), (AT, &*at)], body).await
    }

    /// The calls to HubSpot since the last look.
    pub fn calls(&self) -> Vec<Exchange> {
        let calls = self.bench.hubspot.calls();
        self.bench.hubspot.journal().clear();
        calls
    }

    pub fn finish(self) {
        self.bench.finish();
    }
}

/// The headers of a version 3 signature.
pub const V3: &str = "x-hubspot-signature-v3";
pub const AT: &str = "x-hubspot-request-timestamp";

/// What HubSpot signs.
pub fn address() -> String {
    format!("https://{DOMAIN}{}", HubSpotEvents::PATH)
}

/// An app of this account that hears of everything from now on.
pub fn subscribe(bench: &Bench) -> Webhooks {
    let app = App {
        portal: bench.portal(),
        client_secret: SecretString::from(CLIENT_SECRET),
        public_url: format!("https://{DOMAIN}"),
        sign_v3: true,
    };
    let properties = watched(&Policy::shipped().properties);
    bench.hubspot.tell_app(app, &bench.url, HubSpotEvents::PATH, properties)
}
