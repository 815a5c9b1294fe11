//! The world the other tests stand in: each refusal, each behaviour, and the contract.

mod contract;
mod conversations;
mod faults;
mod jira;
mod lists;
mod notes;
mod search;
mod slack;
mod tickets;
mod views;
mod workflow;

use escalation::id::TicketId;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, Method};
use sandbox::world::World;
use sandbox::world::hubspot::id::UserId;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::watch::Watch;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

const SAM: UserId = UserId(9_586_504);

/// A world at one moment, and somebody who calls it.
struct Stage {
    world: World,
    watch: Watch,
    client: Client,
}

/// What came back.
#[derive(Debug)]
struct Reply {
    status: u16,
    headers: reqwest::header::HeaderMap,
    text: String,
}

impl Stage {
    async fn set() -> Self {
        let watch = Watch::at("2026-06-10T09:00:00Z".parse().unwrap());
        let world = World::start(watch.clock()).await.unwrap();
        world.hubspot.hire(Owner::new(77_001, SAM.0, "Sam Okoro").in_team(501, "Support"));
        let client = sandbox::world::client::builder().build().unwrap();
        Self { world, watch, client }
    }

    fn ticket(&self) -> TicketId {
        self.world
            .hubspot
            .agent(SAM)
            .create_ticket(&[("subject", "Escalation - Harbour Grill - Double charge")])
            .unwrap()
    }

    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let token = self.world.hubspot.settings().token;
        let url = format!("{}{path}", self.world.hubspot.base_url());
        self.client.request(Method::from_bytes(method.as_bytes()).unwrap(), url).bearer_auth(token.expose_secret())
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> Reply {
        let request = self.request(method, path);
        send(if body.is_null() { request } else { request.json(&body) }).await.unwrap()
    }

    async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, Value::Null).await
    }

    fn wait(&self, seconds: i64) -> Timestamp {
        self.watch.advance(SignedDuration::from_secs(seconds));
        self.watch.now()
    }
}

async fn send(request: reqwest::RequestBuilder) -> reqwest::Result<Reply> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply { status, headers, text: response.text().await? })
}

impl Reply {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    #[track_caller]
    fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    #[track_caller]
    fn refused(&self, status: u16, category: &str) -> Value {
        let body = self.ok(status);
        assert_eq!(body["status"], "error");
        assert_eq!(body["category"], category);
        assert_eq!(body["correlationId"], self.headers["x-hubspot-correlation-id"].to_str().unwrap());
        body
    }

    /// The properties a 400 complains of: name and code, from the JSON in the message.
    #[track_caller]
    fn wrong_properties(&self) -> Vec<(String, String)> {
        let body = self.refused(400, "VALIDATION_ERROR");
        let message = body["message"].as_str().unwrap();
        let rows = message.strip_prefix("Property values were not valid: ").expect(message);
        let rows: Vec<Value> = serde_json::from_str(rows).unwrap();
        rows.iter().map(|it| (it["name"].as_str().unwrap().into(), it["error"].as_str().unwrap().into())).collect()
    }
}

fn note(ticket: u64, body: &str) -> Value {
    json!({
        "properties": { "hs_timestamp": "2026-06-10T09:00:00Z", "hs_note_body": body },
        "associations": [{
            "to": { "id": ticket.to_string() },
            "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228 }],
        }],
    })
}

fn batch(ids: &[u64], properties: &[&str]) -> Value {
    let inputs: Vec<Value> = ids.iter().map(|it| json!({ "id": it.to_string() })).collect();
    json!({ "inputs": inputs, "properties": properties, "propertiesWithHistory": [] })
}
