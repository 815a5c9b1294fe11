//! Tickets as the CRM API shows them.

use sandbox::world::hubspot::Event;
use sandbox::world::hubspot::association;
use sandbox::world::hubspot::id::{Kind, Source};
use sandbox::world::hubspot::pipeline::{Pipeline, Stage as PipelineStage};
use sandbox::world::hubspot::schema::{Property, Type};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{SAM, Stage, batch, send};

#[tokio::test]
async fn a_stranger_learns_nothing() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    let url = format!("{}{path}", stage.world.hubspot.base_url());
    send(stage.client.get(&url)).await.unwrap().refused(401, "INVALID_AUTHENTICATION");
    send(stage.client.get(&url).bearer_auth("pat-other")).await.unwrap().refused(401, "INVALID_AUTHENTICATION");
    send(stage.client.get(&url).basic_auth("pat-sandbox-0000", Some("")))
        .await
        .unwrap()
        .refused(401, "INVALID_AUTHENTICATION");
    stage.get(&path).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn an_old_token_and_a_missing_scope_are_named() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    let old = stage.request("GET", &path);
    stage.world.hubspot.configure(|it| {
        it.expired.push(std::mem::replace(&mut it.token, SecretString::from("pat-new")));
        it.missing_scopes.insert("conversations.read");
    });
    send(old).await.unwrap().refused(401, "EXPIRED_AUTHENTICATION");
    stage.get(&path).await.ok(200);
    let refusal = stage.get("/conversations/v3/conversations/threads").await.refused(403, "MISSING_SCOPES");
    assert_eq!(refusal["errors"][0]["context"]["requiredGranularScopes"], json!(["conversations.read"]));
    stage.world.finish();
}

#[tokio::test]
async fn unknown_ids_are_not_found() {
    let stage = Stage::set().await;
    stage.get("/crm/v3/objects/tickets/42").await.refused(404, "OBJECT_NOT_FOUND");
    let refusal = stage.get("/crm/v3/objects/tickets/TICKET-42").await.refused(404, "OBJECT_NOT_FOUND");
    assert_eq!(refusal["message"], "Object not found.  objectId are usually numeric.");
    let body = json!({ "properties": { "subject": "x" } });
    stage.call("PATCH", "/crm/v3/objects/tickets/42", body).await.refused(404, "OBJECT_NOT_FOUND");
    stage.world.finish();
}

#[tokio::test]
async fn an_endpoint_the_stand_in_has_not_is_held_against_the_caller() {
    let stage = Stage::set().await;
    assert_eq!(stage.get("/crm/v3/objects/deals/1").await.status, 404);
    assert_eq!(stage.call("PUT", "/crm/v3/objects/tickets/1", json!({})).await.status, 405);
    assert!(stage.world.hubspot.calls().iter().all(|it| !it.built));
    let violations = stage.world.violations();
    assert!(violations.iter().any(|it| it == "GET /crm/v3/objects/deals/1: this stand-in has no such endpoint"));
    assert!(violations.iter().any(|it| it == "PUT /crm/v3/objects/tickets/1: this stand-in has no such endpoint"));
    stage.world.finish();
}

#[tokio::test]
#[should_panic(expected = "this stand-in has no such endpoint")]
async fn a_world_whose_violations_nobody_looked_at_fails_when_dropped() {
    let stage = Stage::set().await;
    stage.get("/nowhere").await;
}

#[tokio::test]
async fn a_read_shows_what_was_asked_for_and_ignores_what_it_does_not_know() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let shown = stage
        .get(&format!("/crm/v3/objects/tickets/{ticket}?properties=subject,escalation_type&properties=no_such"))
        .await
        .ok(200);
    assert_eq!(
        shown,
        json!({
            "id": ticket.to_string(), "archived": false,
            "createdAt": "2026-06-10T09:00:00Z", "updatedAt": "2026-06-10T09:00:00Z",
            "properties": {
                "createdate": "2026-06-10T09:00:00Z", "hs_lastmodifieddate": "2026-06-10T09:00:00Z",
                "hs_object_id": ticket.to_string(), "escalation_type": null,
                "subject": "Escalation - Harbour Grill - Double charge",
            },
        })
    );
    let unasked = stage.get(&format!("/crm/v3/objects/tickets/{ticket}")).await.ok(200);
    assert_eq!(unasked["properties"]["hs_pipeline_stage"], "1");
    assert!(unasked["properties"].get("escalation_type").is_none());
    stage.world.finish();
}

#[tokio::test]
async fn the_history_of_a_property_is_newest_first_with_who_did_it() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    agent.set(ticket, "escalation_type", "tech").unwrap();
    stage.wait(60);
    let path = format!("/crm/v3/objects/tickets/{ticket}");
    stage.call("PATCH", &path, json!({ "properties": { "escalation_type": "shift_lead" } })).await.ok(200);
    stage.wait(60);
    agent.set(ticket, "escalation_type", "").unwrap();
    let shown = stage
        .get(&format!("{path}?propertiesWithHistory=escalation_type,no_such&properties=escalation_type"))
        .await
        .ok(200);
    assert_eq!(shown["properties"]["escalation_type"], Value::Null);
    let by_sam = |value: &str, at: &str| {
        let source = format!("userId:{SAM}");
        json!({ "value": value, "timestamp": at, "sourceType": "CRM_UI", "sourceId": source, "updatedByUserId": SAM.0 })
    };
    assert_eq!(
        shown["propertiesWithHistory"],
        json!({ "escalation_type": [
            by_sam("", "2026-06-10T09:02:00Z"),
            {
                "value": "shift_lead", "timestamp": "2026-06-10T09:01:00Z",
                "sourceType": "INTEGRATION", "sourceId": "1160452", "sourceLabel": "Escalation",
            },
            by_sam("tech", "2026-06-10T09:00:00Z"),
        ] })
    );
    stage.world.finish();
}

#[tokio::test]
async fn a_write_is_refused_whole_and_every_wrong_property_named() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let path = format!("/crm/v3/objects/tickets/{ticket}");
    let body = json!({ "properties": {
        "escalation_hints": "fine", "no_such": "x", "escalation_type": "Shift Lead", "hs_is_closed": "true",
        "hubspot_owner_id": "1", "escalation_cycle": "one", "hs_pipeline_stage": "99",
    } });
    let reply = stage.call("PATCH", &path, body).await;
    let expected = [
        ("escalation_cycle", "INVALID_NUMBER"),
        ("escalation_type", "INVALID_OPTION"),
        ("hs_is_closed", "READ_ONLY_VALUE"),
        ("hs_pipeline_stage", "INVALID_OPTION"),
        ("hubspot_owner_id", "INVALID_OWNER_ID"),
        ("no_such", "PROPERTY_DOESNT_EXIST"),
    ];
    assert_eq!(reply.wrong_properties(), expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
    let message = reply.json()["errors"][1]["message"].clone();
    assert_eq!(message, "Shift Lead was not one of the allowed options: [shift_lead, tech]");
    assert_eq!(stage.world.hubspot.value(ticket, "escalation_hints"), None);
    stage.world.finish();
}

#[tokio::test]
async fn a_property_nobody_provisioned_does_not_exist() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    let body = json!({ "properties": { "escalation_hints": "thin" } });
    stage.world.hubspot.forget("escalation_hints");
    let refused = stage.call("PATCH", &path, body.clone()).await.wrong_properties();
    assert_eq!(refused, [("escalation_hints".to_owned(), "PROPERTY_DOESNT_EXIST".to_owned())]);
    stage.world.hubspot.define(Property::custom("escalation_hints", "Hints", Type::Text));
    stage.call("PATCH", &path, body).await.ok(200);
    stage.world.finish();
}

#[tokio::test]
async fn the_same_value_again_is_no_change() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let mut events = stage.world.hubspot.subscribe();
    let path = format!("/crm/v3/objects/tickets/{ticket}");
    for _ in 0..2 {
        stage.wait(1);
        stage.call("PATCH", &path, json!({ "properties": { "escalation_hints": "thin" } })).await.ok(200);
    }
    assert_eq!(stage.world.hubspot.history(ticket, "escalation_hints").len(), 1);
    assert_eq!(stage.world.hubspot.value(ticket, "hs_lastmodifieddate").as_deref(), Some("2026-06-10T09:00:01Z"));
    let expected = Event::PropertyChanged {
        ticket,
        property: "escalation_hints".to_owned(),
        value: "thin".to_owned(),
        source: Source::App(1_160_452),
        at: "2026-06-10T09:00:01Z".parse().unwrap(),
    };
    assert_eq!(events.try_recv().unwrap(), expected);
    assert!(events.try_recv().is_err());
    stage.world.finish();
}

#[tokio::test]
async fn the_stage_tells_whether_a_ticket_is_closed() {
    let stage = Stage::set().await;
    let stages = vec![PipelineStage::open("11", "Open"), PipelineStage::closed("12", "Solved")];
    stage.world.hubspot.add_pipeline(Pipeline { id: "7".to_owned(), label: "VIP".to_owned(), stages });
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    let value = |name| stage.world.hubspot.value(ticket, name);
    assert_eq!(value("hs_is_closed").as_deref(), Some("false"));
    assert!(agent.move_to(ticket, "12").is_err(), "a stage of another pipeline");
    stage.wait(90);
    agent.move_to(ticket, "4").unwrap();
    assert_eq!(value("hs_is_closed").as_deref(), Some("true"));
    assert_eq!(value("closed_date").as_deref(), Some("2026-06-10T09:01:30Z"));
    assert_eq!(value("time_to_close").as_deref(), Some("90000"));
    agent.move_to(ticket, "3").unwrap();
    assert_eq!(value("hs_is_closed").as_deref(), Some("false"));
    assert_eq!(value("closed_date"), None);
    let body = json!({ "properties": { "hs_pipeline": "7", "hs_pipeline_stage": "12" } });
    stage.call("PATCH", &format!("/crm/v3/objects/tickets/{ticket}"), body).await.ok(200);
    assert_eq!(value("hs_is_closed").as_deref(), Some("true"));
    stage.world.finish();
}

#[tokio::test]
async fn several_options_are_joined_and_appended() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}?", stage.ticket());
    let patch = |value: &str| json!({ "properties": { "escalation_comment_missing": value } });
    stage.call("PATCH", &path, patch("issue;blocker")).await.ok(200);
    let shown = stage.call("PATCH", &path, patch(";action_taken")).await.ok(200);
    assert_eq!(shown["properties"]["escalation_comment_missing"], "issue;blocker;action_taken");
    let refused = stage.call("PATCH", &path, patch("issue;Blocker")).await.wrong_properties();
    assert_eq!(refused[0].1, "INVALID_OPTION");
    stage.world.finish();
}

#[tokio::test]
async fn a_ticket_is_made_with_a_subject_and_a_stage() {
    let stage = Stage::set().await;
    let contact = stage.world.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let to = |type_id: u64| {
        json!([{
            "to": { "id": contact.0.to_string() },
            "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": type_id }],
        }])
    };
    let properties = json!({ "subject": "Phone call", "hs_pipeline_stage": "1" });
    let path = "/crm/v3/objects/tickets";
    let made = stage.call("POST", path, json!({ "properties": properties, "associations": to(16) })).await.ok(201);
    assert_eq!(made["properties"]["subject"], "Phone call");
    let ticket = escalation::id::TicketId(made["id"].as_str().unwrap().parse().unwrap());
    assert_eq!(stage.world.hubspot.associated(ticket, Kind::Contact), [contact.0]);
    assert_eq!(stage.world.hubspot.value(ticket, "hs_object_source").as_deref(), Some("INTEGRATION"));
    let missing = json!({ "properties": { "subject": "Phone call" }, "associations": [] });
    let refusal = stage.call("POST", path, missing).await.refused(400, "VALIDATION_ERROR");
    assert_eq!(refusal["message"], "Error creating TICKET. Some required properties were not set.");
    assert_eq!(refusal["context"], json!({ "properties": ["hs_pipeline_stage"] }));
    let wrong = stage.call("POST", path, json!({ "properties": properties, "associations": to(228) })).await;
    wrong.refused(400, "VALIDATION_ERROR");
    stage.world.finish();
}

#[tokio::test]
async fn a_read_has_the_associations_asked_for_a_page_at_a_time() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    let company = stage.world.hubspot.company("Harbour Grill", "harbourgrill.example");
    agent.associate_company(ticket, company).unwrap();
    let notes: Vec<u64> = (0..3).map(|_| agent.write_note(ticket, "<p>x</p>").unwrap().0).collect();
    stage.world.hubspot.configure(|it| it.association_page = 2);
    let path = format!("/crm/v3/objects/tickets/{ticket}?associations=companies,contacts,notes");
    let shown = stage.get(&path).await.ok(200);
    let row = |id: u64, kind: &str| json!({ "id": id.to_string(), "type": kind });
    assert_eq!(
        shown["associations"]["companies"]["results"],
        json!([row(company.0, "ticket_to_company"), row(company.0, "ticket_to_company_unlabeled")])
    );
    assert!(shown["associations"].get("contacts").is_none());
    assert_eq!(
        shown["associations"]["notes"]["results"],
        json!([row(notes[0], "ticket_to_note"), row(notes[1], "ticket_to_note")])
    );
    let after = shown["associations"]["notes"]["paging"]["next"]["after"].as_str().unwrap();
    let rest = stage
        .request("GET", &format!("/crm/v4/objects/tickets/{ticket}/associations/notes"))
        .query(&[("after", after)]);
    assert_eq!(send(rest).await.unwrap().ok(200)["results"][0]["toObjectId"], json!(notes[2]));
    assert_eq!(association::typed(228).unwrap().name, "note_to_ticket");
    stage.world.finish();
}

#[tokio::test]
async fn a_deleted_ticket_is_gone_until_restored() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let mut events = stage.world.hubspot.subscribe();
    let path = format!("/crm/v3/objects/tickets/{ticket}");
    stage.get(&format!("{path}?archived=true")).await.refused(404, "OBJECT_NOT_FOUND");
    stage.world.hubspot.agent(SAM).delete(ticket).unwrap();
    stage.get(&path).await.refused(404, "OBJECT_NOT_FOUND");
    stage.get(&format!("/crm/v4/objects/tickets/{ticket}/associations/notes")).await.refused(404, "OBJECT_NOT_FOUND");
    let body = json!({ "properties": { "subject": "x" } });
    stage.call("PATCH", &path, body).await.refused(404, "OBJECT_NOT_FOUND");
    let archived = stage.get(&format!("{path}?archived=true")).await.ok(200);
    assert_eq!(archived["archived"], true);
    assert_eq!(archived["archivedAt"], "2026-06-10T09:00:00Z");
    stage.world.hubspot.agent(SAM).restore(ticket).unwrap();
    stage.get(&path).await.ok(200);
    assert!(matches!(events.try_recv().unwrap(), Event::Deleted { ticket: it, .. } if it == ticket));
    assert!(matches!(events.try_recv().unwrap(), Event::Restored { ticket: it, .. } if it == ticket));
    stage.world.finish();
}

#[tokio::test]
async fn merged_tickets_live_on_under_a_new_id() {
    let stage = Stage::set().await;
    let (first, second) = (stage.ticket(), stage.ticket());
    let agent = stage.world.hubspot.agent(SAM);
    agent.set(first, "subject", "First").unwrap();
    agent.set(second, "escalation_type", "shift_lead").unwrap();
    let contact = stage.world.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let note = agent.write_note(second, "<p>x</p>").unwrap();
    let thread = stage.world.hubspot.open_thread(second, contact).unwrap();
    let survivor = agent.merge(first, second).unwrap();
    assert!(survivor != first && survivor != second);
    for id in [first, second, survivor] {
        let path = format!(
            "/crm/v3/objects/tickets/{id}?properties=subject,escalation_type,hs_merged_object_ids&associations=notes"
        );
        let shown = stage.get(&path).await.ok(200);
        assert_eq!(shown["id"], survivor.to_string());
        assert_eq!(shown["properties"]["subject"], "First");
        assert_eq!(shown["properties"]["escalation_type"], "shift_lead");
        assert_eq!(shown["properties"]["hs_merged_object_ids"], format!("{first};{second}"));
        assert_eq!(shown["associations"]["notes"]["results"][0]["id"], note.0.to_string());
        let threads =
            stage.get(&format!("/conversations/v3/conversations/threads?associatedTicketId={id}")).await.ok(200);
        assert_eq!(threads["results"][0]["id"], thread.0.to_string());
    }
    assert!(agent.merge(first, survivor).is_err());
    stage.world.finish();
}

#[tokio::test]
async fn a_batch_answers_what_is_there_and_names_what_is_not() {
    let stage = Stage::set().await;
    let (first, second) = (stage.ticket(), stage.ticket());
    let path = "/crm/v3/objects/tickets/batch/read";
    let all = stage.call("POST", path, batch(&[second.0, first.0], &["subject"])).await.ok(200);
    assert_eq!(all["status"], "COMPLETE");
    assert_eq!(all["results"].as_array().unwrap().len(), 2);
    let some = stage.call("POST", path, batch(&[first.0, 42], &["subject"])).await.ok(207);
    assert_eq!(some["results"].as_array().unwrap().len(), 1);
    assert_eq!(some["numErrors"], 1);
    assert_eq!(some["errors"][0]["category"], "OBJECT_NOT_FOUND");
    assert_eq!(some["errors"][0]["context"]["ids"], json!(["42"]));
    let hundred: Vec<u64> = (1..=100).collect();
    assert_eq!(stage.call("POST", path, batch(&hundred, &[])).await.status, 207);
    let more: Vec<u64> = (1..=101).collect();
    stage.call("POST", path, batch(&more, &[])).await.refused(400, "VALIDATION_ERROR");
    stage.world.finish();
}

#[tokio::test]
async fn a_body_that_is_not_json_is_refused() {
    let stage = Stage::set().await;
    let path = format!("/crm/v3/objects/tickets/{}", stage.ticket());
    let request = |body: &'static str| stage.request("PATCH", &path).body(body);
    let form = request("properties=1").header("content-type", "application/x-www-form-urlencoded");
    send(form).await.unwrap().refused(415, "VALIDATION_ERROR");
    let json = |body| request(body).header("content-type", "application/json; charset=utf-8");
    let broken = send(json("{\"properties\": ")).await.unwrap().refused(400, "VALIDATION_ERROR");
    assert!(broken["message"].as_str().unwrap().starts_with("Invalid input JSON on line 1, column "));
    let empty = send(json("{}")).await.unwrap().refused(400, "VALIDATION_ERROR");
    assert_eq!(
        empty["message"],
        "Invalid input JSON on line 1, column 2. Some required fields were not set: [properties]"
    );
    stage.world.finish();
}
