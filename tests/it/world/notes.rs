//! Notes: by people and by apps, and how late they show.

use jiff::SignedDuration;
use sandbox::world::hubspot::id::{Kind, UserId};
use sandbox::world::hubspot::schema::TEXT_LIMIT;
use serde_json::{Value, json};

use super::{SAM, Stage, batch, note};

const NOTES: &str = "/crm/v3/objects/notes";

#[tokio::test]
async fn a_note_by_the_token_is_an_integrations() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let made = stage.call("POST", NOTES, note(ticket.0, "<p>Not with the Shift Lead yet</p>")).await.ok(201);
    let id = made["id"].as_str().unwrap();
    let names = "hs_note_body,hs_timestamp,hs_object_source,hs_object_source_id,hs_created_by_user_id,hubspot_owner_id";
    let shown = stage.get(&format!("{NOTES}/{id}?properties={names}&associations=tickets")).await.ok(200);
    assert_eq!(
        shown["properties"],
        json!({
            "hs_object_id": id, "hs_createdate": "2026-06-10T09:00:00Z", "hs_lastmodifieddate": "2026-06-10T09:00:00Z",
            "hs_note_body": "<p>Not with the Shift Lead yet</p>", "hs_timestamp": "2026-06-10T09:00:00Z",
            "hs_object_source": "INTEGRATION", "hs_object_source_id": "1160452",
            "hs_created_by_user_id": null, "hubspot_owner_id": null,
        })
    );
    assert_eq!(
        shown["associations"]["tickets"]["results"],
        json!([{ "id": ticket.to_string(), "type": "note_to_ticket" }])
    );
    let seen = stage.world.hubspot.notes(ticket);
    assert_eq!((seen.len(), seen[0].author), (1, None));
    stage.world.finish();
}

#[tokio::test]
async fn what_comes_with_a_persons_token_is_theirs() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.world.hubspot.configure(|it| it.people.push(("person-sam".into(), SAM)));
    let base = stage.world.hubspot.base_url().to_owned();
    let send = |request: reqwest::RequestBuilder| async { request.bearer_auth("person-sam").send().await.unwrap() };
    let made = send(stage.client.post(format!("{base}{NOTES}")).json(&note(ticket.0, "<p>Issue: x</p>"))).await;
    assert_eq!(made.status(), 201);
    let escalated = json!({ "properties": { "escalation_type": "shift_lead" } });
    let path = format!("{base}/crm/v3/objects/tickets/{ticket}");
    assert_eq!(send(stage.client.patch(path).json(&escalated)).await.status(), 200);
    assert_eq!(stage.world.hubspot.notes(ticket)[0].author, Some(SAM));
    let history = stage.world.hubspot.history(ticket, "escalation_type");
    assert_eq!((history[0].source.kind(), history[0].source.id()), ("CRM_UI", format!("userId:{SAM}")));
    stage.world.finish();
}

#[tokio::test]
async fn a_note_by_a_person_is_theirs() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    let note = agent.write_note(ticket, "<p>Issue: x</p>").unwrap();
    stage.wait(60);
    agent.edit_note(note, "<p>Issue: y</p>").unwrap();
    let names =
        ["hs_note_body", "hs_object_source", "hs_object_source_id", "hs_created_by_user_id", "hubspot_owner_id"];
    let read = stage.call("POST", &format!("{NOTES}/batch/read"), batch(&[note.0], &names)).await.ok(200);
    let (user, properties) = (SAM.to_string(), &read["results"][0]["properties"]);
    assert_eq!(
        *properties,
        json!({
            "hs_object_id": note.0.to_string(), "hs_createdate": "2026-06-10T09:00:00Z",
            "hs_lastmodifieddate": "2026-06-10T09:01:00Z", "hs_note_body": "<p>Issue: y</p>",
            "hs_object_source": "CRM_UI", "hs_object_source_id": format!("userId:{user}"),
            "hs_created_by_user_id": user, "hubspot_owner_id": "77001",
        })
    );
    assert_eq!(stage.world.hubspot.notes(ticket)[0].author, Some(SAM));
    assert_eq!(stage.world.hubspot.value(ticket, "num_notes").as_deref(), Some("1"));
    stage.world.finish();
}

#[tokio::test]
async fn a_note_needs_a_time_and_the_right_association() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let hubspot = &stage.world.hubspot;
    let company = hubspot.company("Harbour Grill", "harbourgrill.example");
    let contact = hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let mut timeless = note(ticket.0, "x");
    timeless["properties"].as_object_mut().unwrap().remove("hs_timestamp");
    let refusal = stage.call("POST", NOTES, timeless).await.refused(400, "VALIDATION_ERROR");
    assert_eq!(refusal["context"], json!({ "properties": ["hs_timestamp"] }));
    for (to, type_id) in
        [(ticket.0, 227), (contact.0, 16), (ticket.0, 190), (ticket.0, 9999), (company.0, 228), (42, 228)]
    {
        let mut body = note(to, "x");
        body["associations"][0]["types"][0]["associationTypeId"] = json!(type_id);
        let refusal = stage.call("POST", NOTES, body).await.refused(400, "VALIDATION_ERROR");
        assert_eq!(refusal["message"], "One or more associations are invalid");
    }
    let mut own = note(ticket.0, "x");
    own["associations"][0]["types"][0]["associationCategory"] = json!("USER_DEFINED");
    stage.call("POST", NOTES, own).await.refused(400, "VALIDATION_ERROR");
    assert!(stage.world.hubspot.notes(ticket).is_empty());
    stage.world.finish();
}

#[tokio::test]
async fn a_note_has_room_for_65536_characters() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.call("POST", NOTES, note(ticket.0, &"ü".repeat(TEXT_LIMIT))).await.ok(201);
    let long = stage.call("POST", NOTES, note(ticket.0, &"x".repeat(TEXT_LIMIT + 1))).await;
    assert_eq!(long.wrong_properties(), [("hs_note_body".to_owned(), "INVALID_LENGTH".to_owned())]);
    stage.world.finish();
}

#[tokio::test]
async fn a_note_can_be_changed_and_deleted() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let note = stage.world.hubspot.agent(SAM).write_note(ticket, "x").unwrap();
    let path = format!("{NOTES}/{}", note.0);
    let changed = stage.call("PATCH", &path, json!({ "properties": { "hs_note_body": "y" } })).await.ok(200);
    assert_eq!(changed["properties"]["hs_note_body"], "y");
    assert_eq!(stage.call("DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(stage.call("DELETE", &path, Value::Null).await.status, 204);
    stage.get(&path).await.refused(404, "OBJECT_NOT_FOUND");
    let read = stage.call("POST", &format!("{NOTES}/batch/read"), batch(&[note.0], &["hs_note_body"])).await.ok(207);
    assert_eq!(read["results"], json!([]));
    assert!(stage.world.hubspot.agent(SAM).delete_note(note).is_err());
    assert!(stage.world.hubspot.agent(SAM).edit_note(note, "z").is_err());
    stage.world.finish();
}

#[tokio::test]
async fn a_new_note_shows_in_lists_after_the_index_has_it_and_by_id_at_once() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    stage.world.hubspot.set_indexing_lag(SignedDuration::from_secs(5));
    let note = stage.world.hubspot.agent(SAM).write_note(ticket, "x").unwrap();
    let list = format!("/crm/v4/objects/tickets/{ticket}/associations/notes");
    let inside = format!("/crm/v3/objects/tickets/{ticket}?associations=notes");
    stage.get(&format!("{NOTES}/{}", note.0)).await.ok(200);
    stage.wait(4);
    assert_eq!(stage.get(&list).await.ok(200)["results"], json!([]));
    assert!(stage.get(&inside).await.ok(200).get("associations").is_none());
    stage.wait(1);
    let row = json!([{ "toObjectId": note.0, "associationTypes": [{ "category": "HUBSPOT_DEFINED", "typeId": 227, "label": null }] }]);
    assert_eq!(stage.get(&list).await.ok(200)["results"], row);
    assert!(stage.get(&inside).await.ok(200).get("associations").is_some());
    stage.world.hubspot.agent(SAM).delete_note(note).unwrap();
    stage.wait(4);
    assert_eq!(stage.get(&list).await.ok(200)["results"], row, "the index still has it");
    stage.wait(1);
    assert_eq!(stage.get(&list).await.ok(200)["results"], json!([]));
    stage.world.finish();
}

#[tokio::test]
async fn a_note_on_the_company_is_not_on_the_ticket() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let company = stage.world.hubspot.company("Harbour Grill", "harbourgrill.example");
    let agent = stage.world.hubspot.agent(SAM);
    agent.associate_company(ticket, company).unwrap();
    agent.note_on(Kind::Company, company.0, "x").unwrap();
    assert!(stage.world.hubspot.notes(ticket).is_empty());
    let list = stage.get(&format!("/crm/v4/objects/companies/{}/associations/notes", company.0)).await.ok(200);
    assert_eq!(list["results"].as_array().unwrap().len(), 1);
    assert!(stage.world.hubspot.agent(UserId(1)).write_note(ticket, "by somebody without an owner record").is_ok());
    stage.world.finish();
}
