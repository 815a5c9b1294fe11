//! Who is not listened to, and what is no batch.

use escalation::runtime::{Endpoint as _, HttpReply};
use hubspot_events::HubSpotEvents;
use sandbox::product::CLIENT_SECRET;
use sandbox::world::workflow::signature;
use serde_json::{Value, json};

use super::stage::{AT, Account, V3, address};

const V1: (&str, &str) = ("x-hubspot-signature-version", "v1");

/// Refused with this status, and without a detail; it costs nobody a call.
#[track_caller]
fn refused(it: &Account, reply: &HttpReply, status: u16) {
    assert_eq!(reply.status_code, status, "{}", reply.body);
    let problem: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!((&problem["status"], &problem["detail"]), (&json!(status), &Value::Null));
    assert!(it.bench.hubspot.calls().is_empty() && it.bench.dynamo.requests().is_empty());
}

async fn tell(it: &Account, headers: &[(&str, &str)], body: &str) -> HttpReply {
    it.bench.hear_at(HubSpotEvents::PATH, headers, body).await
}

#[tokio::test]
async fn nobody_is_believed_without_hubspots_signature() {
    let it = Account::open().await;
    let body = r#"[{"subscriptionType":"ticket.deletion","portalId":1,"objectId":1}]"#;
    let now = it.bench.watch.now().as_millisecond();
    let v3 = |secret: &str, at: i64, body: &str| signature::v3(secret, "POST", &address(), body, at);
    let (right, wrong) = (signature::v1(CLIENT_SECRET, body), signature::v1("another-secret", body));
    let (time, stale) = (now.to_string(), (now - 300_001).to_string());
    let right_v3 = v3(CLIENT_SECRET, now, body);
    for headers in [
        vec![],
        vec![("x-hubspot-signature", &*wrong), V1],
        vec![("x-hubspot-signature", &*right)],
        vec![("x-hubspot-signature", &*right), ("x-hubspot-signature-version", "v2")],
        vec![(V3, &*v3("another-secret", now, body)), (AT, &*time)],
        vec![(V3, &*v3(CLIENT_SECRET, now, "[]")), (AT, &*time)],
        vec![(V3, &*v3(CLIENT_SECRET, now - 300_001, body)), (AT, &*stale)],
        vec![(V3, &*right_v3)],
        vec![(V3, &*right_v3), (AT, "now")],
        // What is signed by version 3 and wrongly so is not saved by a version 1 beside it.
        vec![(V3, &*wrong), (AT, &*time), ("x-hubspot-signature", &*right), V1],
        vec![(V3, &*v3(CLIENT_SECRET, now - 300_001, body)), (AT, &*stale), ("x-hubspot-signature", &*right), V1],
    ] {
        refused(&it, &tell(&it, &headers, body).await, 401);
    }
    assert_eq!(tell(&it, &[("x-hubspot-signature", &*right), V1], body).await.status_code, 200);
    assert_eq!(tell(&it, &[(V3, &*right_v3), (AT, &*time)], body).await.status_code, 200);
    it.finish();
}

#[tokio::test]
async fn what_is_no_batch_is_refused_before_anybody_is_asked() {
    let it = Account::open().await;
    for none in ["", "{", "{}", "null", "\u{feff}[]", "[] []"] {
        refused(&it, &it.arrives(none).await, 400);
    }
    let long = format!("[{}]", " ".repeat(1024 * 1024));
    refused(&it, &it.arrives(&long).await, 413);
    assert_eq!(it.outcome(&[]).await, (200, "ignored".to_owned()));
    it.finish();
}
