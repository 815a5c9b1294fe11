//! Every shape that HubSpot is known to send, and some that it is not.

use serde_json::json;

use super::*;

fn what(mut event: Value) -> Option<What> {
    event["portalId"] = json!(62515);
    Event::read(&event).map(|it| it.what)
}

fn ticket(id: u64) -> TicketId {
    TicketId(id)
}

#[test]
fn the_documented_event_reads() {
    let body = br#"[{"eventId":3816279340,"subscriptionId":25,"portalId":33,"appId":1160452,"occurredAt":1462216307945,
        "subscriptionType":"ticket.propertyChange","attemptNumber":0,"objectId":3065,"propertyName":"hs_pipeline_stage",
        "propertyValue":"4","changeSource":"CRM_UI","sourceId":"userId:123"}]"#;
    let what = What::Changed { ticket: ticket(3065), property: "hs_pipeline_stage".to_owned() };
    let event = Event { portal: PortalId(33), at: 1_462_216_307_945, by_app: None, what };
    assert_eq!(Batch::read(body), Ok(Batch { events: vec![event], ignored: 0 }));
}

#[test]
fn a_ticket_goes_by_its_own_name_or_by_its_types() {
    for kind in ["ticket", "object"] {
        let event = |verb: &str, more: Value| {
            let mut event =
                json!({"subscriptionType": format!("{kind}.{verb}"), "objectTypeId": "0-5", "objectId": "42"});
            event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            what(event)
        };
        let changed = What::Changed { ticket: ticket(42), property: "escalation_type".to_owned() };
        assert_eq!(event("propertyChange", json!({"propertyName": "escalation_type"})), Some(changed));
        assert_eq!(event("propertyChange", json!({})), None);
        assert_eq!(event("deletion", json!({})), Some(What::Deleted(ticket(42))));
        assert_eq!(event("restore", json!({})), Some(What::Restored(ticket(42))));
        assert_eq!(event("creation", json!({})), None);
    }
    assert_eq!(what(json!({"subscriptionType": "object.deletion", "objectTypeId": "0-1", "objectId": 42})), None);
    assert_eq!(what(json!({"subscriptionType": "object.deletion", "objectId": 42})), None);
    assert_eq!(what(json!({"eventType": "ticket.deletion", "objectId": 42})), Some(What::Deleted(ticket(42))));
}

#[test]
fn a_merge_names_the_one_that_is_and_those_that_were() {
    let merge = |event: Value| {
        what(
            json!({"subscriptionType": "ticket.merge"})
                .as_object()
                .map(|it| {
                    let mut all = it.clone();
                    all.extend(event.as_object().unwrap().clone());
                    Value::Object(all)
                })
                .unwrap(),
        )
    };
    let absorbed = |ids: &[u64]| ids.iter().copied().map(TicketId).collect::<Vec<_>>();
    assert_eq!(
        merge(json!({"objectId": 1, "primaryObjectId": 1, "mergedObjectIds": [2, "3", 2, null], "newObjectId": 9})),
        Some(What::Merged { survivor: ticket(9), absorbed: absorbed(&[1, 2, 3]) })
    );
    // Accounts whose merges keep the first one's id.
    assert_eq!(
        merge(json!({"primaryObjectId": "1", "mergedObjectIds": [2], "newObjectId": 1})),
        Some(What::Merged { survivor: ticket(1), absorbed: absorbed(&[2]) })
    );
    assert_eq!(merge(json!({"mergedObjectIds": [2]})), None);
}

#[test]
fn a_note_is_named_or_its_ticket() {
    let note = |verb: &str| what(json!({"subscriptionType": verb, "objectTypeId": "0-46", "objectId": 7}));
    assert_eq!(note("object.creation"), Some(What::Noted(7)));
    assert_eq!(note("object.deletion"), None);
    let edited = json!({"subscriptionType": "object.propertyChange", "objectTypeId": "0-46", "objectId": 7});
    for (property, expected) in [("hs_note_body", Some(What::Noted(7))), ("hs_timestamp", None)] {
        let mut edited = edited.clone();
        edited["propertyName"] = json!(property);
        assert_eq!(what(edited), expected);
    }
    for way in [
        json!({"subscriptionType": "ticket.associationChange", "associationType": "TICKET_TO_NOTE", "fromObjectId": 42, "toObjectId": 7}),
        json!({"subscriptionType": "object.associationChange", "associationType": "NOTE_TO_TICKET", "fromObjectId": 7, "toObjectId": 42, "associationRemoved": true}),
        json!({"subscriptionType": "object.associationChange", "objectTypeId": "0-46", "associationTypeId": 228, "fromObjectId": 7, "toObjectId": "42"}),
        json!({"subscriptionType": "object.associationChange", "fromObjectTypeId": "0-5", "toObjectTypeId": "0-46", "fromObjectId": 42, "toObjectId": 7}),
    ] {
        assert_eq!(what(way.clone()), Some(What::NotedOn(ticket(42))), "{way}");
    }
    let contact = json!({"subscriptionType": "ticket.associationChange", "associationType": "TICKET_TO_CONTACT", "fromObjectId": 42, "toObjectId": 7});
    assert_eq!(what(contact), None);
}

#[test]
fn in_a_conversation_only_what_somebody_said_counts() {
    let said =
        |kind: Value| what(json!({"subscriptionType": "conversation.newMessage", "objectId": 5, "messageType": kind}));
    for kind in [json!("COMMENT"), json!("MESSAGE"), json!(null)] {
        assert_eq!(said(kind), Some(What::Said(5)));
    }
    assert_eq!(said(json!("WELCOME_MESSAGE")), None);
    assert_eq!(what(json!({"subscriptionType": "conversation.deletion", "objectId": 5})), None);
}

#[test]
fn an_app_is_named_where_an_app_did_it() {
    let by = |source: &str, id: Value| {
        let event = json!({"subscriptionType": "ticket.deletion", "portalId": 1, "objectId": 2, "appId": 1160452,
            "changeSource": source, "sourceId": id});
        Event::read(&event).unwrap().by_app
    };
    assert_eq!(by("INTEGRATION", json!("1160452")), Some(1_160_452));
    assert_eq!(by("API", json!(1160452)), Some(1_160_452));
    assert_eq!(by("API", json!(null)), None);
    assert_eq!(by("CRM_UI", json!("1160452")), None);
    assert_eq!(by("CRM_UI", json!("userId:1160452")), None);
}

#[test]
fn what_does_not_read_is_counted_and_spoils_nothing() {
    let good =
        json!({"subscriptionType": "ticket.deletion", "portalId": "1", "objectId": 2, "occurredAt": "yesterday"});
    let bad = [
        json!(null),
        json!(42),
        json!([]),
        json!({}),
        json!({"subscriptionType": 7}),
        json!({"subscriptionType": "ticket.deletion", "portalId": 1, "objectId": {}}),
        json!({"subscriptionType": "ticket.deletion", "portalId": 1, "objectId": "../1"}),
        json!({"subscriptionType": "ticket.deletion", "portalId": -1, "objectId": 2}),
        json!({"subscriptionType": "contact.deletion", "portalId": 1, "objectId": 2}),
        json!({"subscriptionType": "deletion", "portalId": 1, "objectId": 2}),
    ];
    let ignored = bad.len();
    let body = Value::Array(bad.into_iter().chain([good]).collect()).to_string();
    let batch = Batch::read(body.as_bytes()).unwrap();
    assert_eq!((batch.events.len(), batch.ignored), (1, ignored));
    assert_eq!((batch.events[0].at, &batch.events[0].what), (0, &What::Deleted(ticket(2))));
    for none in ["", "{", "{}", "null", "[1] 2"] {
        assert!(Batch::read(none.as_bytes()).is_err(), "{none}");
    }
    assert_eq!(Batch::read(b"[]"), Ok(Batch::default()));
}
