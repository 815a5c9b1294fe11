//! Every endpoint of the stand-in against HubSpot's own description, and what that check sees.

use std::io::Write;

use sandbox::world::contract::Contract;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::refusal;
use serde_json::{Value, json};

use super::{SAM, Stage, batch, note};

#[test]
fn whether_calls_are_held_against_the_vendors_descriptions_is_said_aloud() {
    if Contract::of_process().is_some() {
        return;
    }
    // Not `eprintln!`, whose words the test runner keeps to itself when a test passes.
    let loud = b"\nOPENAPI_SPECS IS NOT SET: no call is held against a vendor's API description\n\n";
    std::io::stderr().write_all(loud).unwrap();
}

#[tokio::test]
async fn every_endpoint_keeps_hubspots_description() {
    let stage = Stage::set().await;
    let hubspot = &stage.world.hubspot;
    let ticket = stage.ticket();
    let contact = hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let thread = hubspot.open_thread(ticket, contact).unwrap();
    let written = hubspot.agent(SAM).write_note(ticket, "x").unwrap().0;
    let (contact, company, thread) = (contact.0, company.0, thread.0);
    let threads = "/conversations/v3/conversations/threads";
    let get = |path: String| ("GET", path, Value::Null);
    let write = json!({ "properties": { "escalation_type": "shift_lead" } });
    let create = json!({ "properties": { "subject": "x", "hs_pipeline_stage": "1" }, "associations": [] });
    let comment = json!({ "type": "COMMENT", "text": "x", "richText": "<p>x</p>", "attachments": [] });
    let filters = json!([
        { "propertyName": "escalation_owner", "operator": "IN", "values": ["77001"] },
        { "propertyName": "escalation_lane", "operator": "HAS_PROPERTY" },
    ]);
    let groups = json!([{ "filters": filters }]);
    let search = json!({ "filterGroups": groups, "sorts": [], "properties": ["subject"], "limit": 200, "after": "0" });
    let mut calls = vec![
        get(format!(
            "/crm/v3/objects/tickets/{ticket}?properties=subject&propertiesWithHistory=escalation_type&associations=notes&archived=false"
        )),
        ("PATCH", format!("/crm/v3/objects/tickets/{ticket}"), write),
        ("POST", "/crm/v3/objects/tickets".to_owned(), create),
        ("POST", "/crm/v3/objects/tickets/search".to_owned(), search),
        ("POST", "/crm/v3/objects/notes".to_owned(), note(ticket.0, "x")),
        get(format!("/crm/v3/objects/notes/{written}?properties=hs_note_body")),
        ("PATCH", format!("/crm/v3/objects/notes/{written}"), json!({ "properties": { "hs_note_body": "y" } })),
        get(format!("/crm/v4/objects/tickets/{ticket}/associations/notes?limit=500")),
        ("PUT", format!("/crm/v4/objects/tickets/{ticket}/associations/default/companies/{company}"), Value::Null),
        get(format!("/crm/v3/objects/companies/{company}?properties=name")),
        get(format!("/crm/v3/objects/contacts/{contact}?properties=email")),
        get("/crm/v3/owners?limit=100&archived=false".to_owned()),
        get(format!("/crm/v3/owners/{SAM}?idProperty=userId")),
        get("/crm/v3/pipelines/tickets".to_owned()),
        get("/crm/v3/properties/tickets?archived=false".to_owned()),
        get(format!("{threads}?associatedTicketId={ticket}&association=TICKET&limit=100")),
        get(format!("{threads}/{thread}?association=TICKET")),
        get(format!("{threads}/{thread}/messages?limit=100&sort=-createdAt")),
        ("POST", format!("{threads}/{thread}/messages"), comment),
    ];
    for (kind, id) in [("tickets", ticket.0), ("notes", written), ("companies", company), ("contacts", contact)] {
        calls.push(("POST", format!("/crm/v3/objects/{kind}/batch/read?archived=false"), batch(&[id], &[])));
        calls.push(("POST", format!("/crm/v3/objects/{kind}/batch/read"), batch(&[id, 42], &[])));
    }
    calls.push(("DELETE", format!("/crm/v3/objects/notes/{written}"), Value::Null));
    for (method, path, body) in calls {
        let reply = stage.call(method, &path, body).await;
        assert!(reply.status < 300, "{method} {path}: {} {}", reply.status, reply.text);
    }
    assert_eq!(stage.world.violations(), [""; 0]);
    stage.world.finish();
}

/// What is held against one call; nothing can be said without the descriptions.
async fn violations(method: &str, path: &str, body: Value) -> Option<Vec<String>> {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.call(method, &path.replace("{ticket}", &ticket.to_string()), body).await;
    let found = stage.world.violations();
    let found = found.iter().map(|it| it.replace(&ticket.to_string(), "{ticket}")).collect();
    Contract::of_process().map(|_| found)
}

#[tokio::test]
async fn an_unknown_parameter_is_seen() {
    let Some(found) = violations("GET", "/crm/v3/objects/tickets/{ticket}?fields=subject", Value::Null).await else {
        return;
    };
    assert_eq!(found, ["GET /crm/v3/objects/tickets/{ticket}: unknown query parameter `fields`"]);
    let Some(found) = violations("GET", "/crm/v3/owners?archived=yes", Value::Null).await else {
        return;
    };
    assert!(found[0].starts_with("GET /crm/v3/owners: query parameter `archived`: "), "{found:?}");
}

#[tokio::test]
async fn a_time_in_another_format_is_seen() {
    let path = "/conversations/v3/conversations/threads?latestMessageTimestampAfter=20260610T090000Z";
    let Some(found) = violations("GET", path, Value::Null).await else {
        return;
    };
    assert!(found[0].contains("`latestMessageTimestampAfter`: "), "{found:?}");
}

#[tokio::test]
async fn a_request_the_stand_in_takes_and_the_description_does_not_is_seen() {
    let path = "/crm/v3/objects/tickets/{ticket}";
    let number = json!({ "properties": { "escalation_cycle": 1 } });
    let Some(found) = violations("PATCH", path, number).await else {
        return;
    };
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("is not of type \"string\" at `/properties/escalation_cycle`"), "{found:?}");
    let extra = json!({ "properties": { "escalation_cycle": "1" }, "force": true });
    let Some(found) = violations("PATCH", path, extra).await else {
        return;
    };
    assert!(found[0].contains("('force' was unexpected)"), "{found:?}");
    let short = json!({ "inputs": [] });
    let Some(found) = violations("POST", "/crm/v3/objects/tickets/batch/read", short).await else {
        return;
    };
    assert_eq!(found.len(), 2, "properties and propertiesWithHistory are required: {found:?}");
}

#[tokio::test]
async fn a_faults_answer_is_held_against_nobody_and_its_request_is() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    for _ in 0..2 {
        stage.world.hubspot.inject(Fault::on("* /crm/**", Effect::Refuse(refusal::unavailable(502))));
    }
    stage.get(&path).await;
    assert_eq!(stage.world.violations(), [""; 0]);
    stage.call("PATCH", &path, json!({ "properties": { "escalation_cycle": 1 } })).await;
    let expected = usize::from(Contract::of_process().is_some());
    assert_eq!(stage.world.violations().len(), expected);
    stage.world.finish();
}
