//! Associations, owners, pipelines, properties, customers.

use sandbox::world::hubspot::id::{Kind, UserId};
use sandbox::world::hubspot::owner::Owner;
use serde_json::{Value, json};

use super::{SAM, Stage, batch, send};

#[tokio::test]
async fn associations_come_in_pages() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let agent = stage.world.hubspot.agent(SAM);
    let notes: Vec<u64> = (0..5).map(|_| agent.write_note(ticket, "x").unwrap().0).collect();
    let path = format!("/crm/v4/objects/tickets/{ticket}/associations/notes");
    let mut seen = Vec::new();
    let mut after: Option<String> = None;
    for _ in 0..3 {
        let mut request = stage.request("GET", &path).query(&[("limit", "2")]);
        if let Some(after) = &after {
            request = request.query(&[("after", after)]);
        }
        let page = send(request).await.unwrap().ok(200);
        seen.extend(page["results"].as_array().unwrap().iter().map(|it| it["toObjectId"].as_u64().unwrap()));
        after = page["paging"]["next"]["after"].as_str().map(str::to_owned);
    }
    assert_eq!((seen, after), (notes, None));
    stage.get(&format!("{path}?limit=501")).await.refused(400, "VALIDATION_ERROR");
    stage.get(&format!("{path}?limit=0")).await.refused(400, "VALIDATION_ERROR");
    stage.get(&format!("{path}?after=zz")).await.refused(400, "VALIDATION_ERROR");
    stage.get("/crm/v4/objects/tickets/42/associations/notes").await.refused(404, "OBJECT_NOT_FOUND");
    stage.world.finish();
}

#[tokio::test]
async fn records_are_associated_by_default_type() {
    let stage = Stage::set().await;
    let ticket = stage.ticket();
    let contact = stage.world.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let path = format!("/crm/v4/objects/tickets/{ticket}/associations/default/contacts");
    let made = stage.call("PUT", &format!("{path}/{}", contact.0), Value::Null).await.ok(200);
    assert_eq!(made["results"][0]["associationSpec"]["associationTypeId"], 16);
    assert_eq!(stage.world.hubspot.associated(ticket, Kind::Contact), [contact.0]);
    stage.call("PUT", &format!("{path}/42"), Value::Null).await.refused(400, "VALIDATION_ERROR");
    let company = stage.world.hubspot.company("Harbour Grill", "harbourgrill.example");
    stage.world.hubspot.agent(SAM).associate_company(ticket, company).unwrap();
    let list = stage.get(&format!("/crm/v4/objects/tickets/{ticket}/associations/companies")).await.ok(200);
    let kind = |id: u64, label: Value| json!({ "category": "HUBSPOT_DEFINED", "typeId": id, "label": label });
    let types = json!([kind(26, json!("Primary")), kind(339, Value::Null)]);
    assert_eq!(list["results"], json!([{ "toObjectId": company.0, "associationTypes": types }]));
    stage.world.finish();
}

#[tokio::test]
async fn owners_are_found_by_owner_id_and_by_user_id() {
    let stage = Stage::set().await;
    stage.world.hubspot.hire(Owner::new(77_002, 9_586_505, "Dana Whitfield"));
    let sam = stage.get("/crm/v3/owners/77001").await.ok(200);
    assert_eq!((&sam["firstName"], &sam["userId"]), (&json!("Sam"), &json!(SAM.0)));
    assert_eq!(sam["teams"], json!([{ "id": "501", "name": "Support", "primary": true }]));
    let dana = stage.get("/crm/v3/owners/9586505?idProperty=userId").await.ok(200);
    assert_eq!(dana["id"], "77002");
    stage.get("/crm/v3/owners/9586505").await.refused(404, "OBJECT_NOT_FOUND");
    stage.get("/crm/v3/owners/sam").await.refused(404, "OBJECT_NOT_FOUND");
    stage.get("/crm/v3/owners/77001?idProperty=userId").await.refused(404, "OBJECT_NOT_FOUND");
    let first = stage.get("/crm/v3/owners?limit=1").await.ok(200);
    assert_eq!(first["results"][0]["id"], "77001");
    let after = first["paging"]["next"]["after"].as_str().unwrap();
    let second = send(stage.request("GET", "/crm/v3/owners?limit=1").query(&[("after", after)])).await.unwrap().ok(200);
    assert_eq!((&second["results"][0]["id"], second.get("paging")), (&json!("77002"), None));
    stage.world.finish();
}

#[tokio::test]
async fn who_has_left_is_among_the_archived_owners() {
    let stage = Stage::set().await;
    stage.world.hubspot.dismiss(UserId(SAM.0));
    assert_eq!(stage.get("/crm/v3/owners").await.ok(200)["results"], json!([]));
    stage.get("/crm/v3/owners/77001").await.refused(404, "OBJECT_NOT_FOUND");
    let sam = stage.get(&format!("/crm/v3/owners/{SAM}?idProperty=userId&archived=true")).await.ok(200);
    assert_eq!((sam.get("userId"), &sam["userIdIncludingInactive"]), (None, &json!(SAM.0)));
    stage.world.finish();
}

#[tokio::test]
async fn pipelines_tell_which_stages_are_closed() {
    let stage = Stage::set().await;
    let pipelines = stage.get("/crm/v3/pipelines/tickets").await.ok(200);
    let stages = pipelines["results"][0]["stages"].as_array().unwrap();
    let states: Vec<&str> = stages.iter().map(|it| it["metadata"]["ticketState"].as_str().unwrap()).collect();
    assert_eq!(states, ["OPEN", "OPEN", "OPEN", "CLOSED"]);
    stage.world.finish();
}

#[tokio::test]
async fn properties_list_their_options() {
    let stage = Stage::set().await;
    let properties = stage.get("/crm/v3/properties/tickets").await.ok(200);
    let all = properties["results"].as_array().unwrap();
    let kind = all.iter().find(|it| it["name"] == "escalation_type").unwrap();
    assert_eq!((&kind["type"], &kind["fieldType"]), (&json!("enumeration"), &json!("select")));
    assert_eq!(kind["options"][0]["value"], "shift_lead");
    assert_eq!(kind["options"][0]["label"], "Shift Lead");
    assert!(all.iter().any(|it| it["name"] == "subject"));
    stage.world.finish();
}

#[tokio::test]
async fn customers_are_read_one_by_one_and_in_batches() {
    let stage = Stage::set().await;
    let company = stage.world.hubspot.company("Harbour Grill", "harbourgrill.example");
    let contact = stage.world.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
    let shown = stage.get(&format!("/crm/v3/objects/companies/{}", company.0)).await.ok(200);
    assert_eq!(shown["properties"]["name"], "Harbour Grill");
    let shown = stage.get(&format!("/crm/v3/objects/contacts/{}?properties=email", contact.0)).await.ok(200);
    assert_eq!(shown["properties"]["email"], "ada@harbourgrill.example");
    let read =
        stage.call("POST", "/crm/v3/objects/companies/batch/read", batch(&[company.0], &["domain"])).await.ok(200);
    assert_eq!(read["results"][0]["properties"]["domain"], "harbourgrill.example");
    let read =
        stage.call("POST", "/crm/v3/objects/contacts/batch/read", batch(&[contact.0, 42], &["lastname"])).await.ok(207);
    assert_eq!(
        read["errors"][0]["message"],
        "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid."
    );
    stage.world.finish();
}
