//! What HubSpot tells the app at once
//! ([webhooks of a project](https://developers.hubspot.com/docs/apps/developer-platform/add-features/configure-webhooks)).

use escalation::policy::Properties;
use serde_json::{Value, json};

/// Requests that HubSpot sends at a time, its default.
const AT_A_TIME: u32 = 10;

/// The ticket properties whose changes are told.
pub fn watched(properties: &Properties) -> Vec<String> {
    let Properties { escalation_type, jira_reference, resolution_communicated, unreachable_reason, .. } = properties;
    let named: [&str; 6] = [
        escalation_type,
        jira_reference,
        resolution_communicated,
        unreachable_reason,
        "hs_pipeline_stage",
        "hs_is_closed",
    ];
    named.map(str::to_owned).to_vec()
}

/// The component's file. A note that is put on its ticket only after it was written is known by the association.
/// The older events, those of conversations among them, are *hub events* there.
pub(super) fn component(base_url: &str, properties: &Properties) -> Value {
    let of = |object: &str, kind: &str| json!({ "subscriptionType": kind, "objectType": object, "active": true });
    let changed = |object: &str, property: &str| {
        let mut subscription = of(object, "object.propertyChange");
        subscription["propertyName"] = property.into();
        subscription
    };
    let mut told: Vec<Value> = watched(properties).iter().map(|it| changed("ticket", it)).collect();
    for kind in ["object.deletion", "object.restore", "object.merge", "object.associationChange"] {
        told.push(of("ticket", kind));
    }
    told.extend([of("note", "object.creation"), changed("note", "hs_note_body")]);
    json!({
        "uid": "webhooks",
        "type": "webhooks",
        "config": {
            "settings": {
                "targetUrl": format!("{base_url}/hubspot/events"),
                "maxConcurrentRequests": AT_A_TIME,
            },
            "subscriptions": {
                "crmObjects": told,
                "legacyCrmObjects": [],
                "hubEvents": [{ "subscriptionType": "conversation.newMessage", "active": true }],
            },
        },
    })
}
