//! Creating an issue and reading it again.

use sandbox::world::jira::field::Field;
use sandbox::world::jira::{Actor, Permission};
use serde_json::{Value, json};

use super::{NOT_THERE, Stage, bug, doc, paragraph, text};

#[tokio::test]
async fn an_issue_is_created_with_its_property_and_read_by_id_and_key() {
    let stage = Stage::set().await;
    let description =
        doc(json!([paragraph(json!([text("Exports fail"), { "type": "hardBreak" }, text("since May")]))]));
    let body = json!({
        "fields": {
            "project": { "key": "TECH" }, "issuetype": { "id": "10004" }, "summary": "Exports fail",
            "description": description, "priority": { "name": "High" }, "labels": ["b", "a", "b"],
            "customfield_10051": "42", "customfield_10052": { "value": "URGENT" },
        },
        "properties": [{ "key": "hs-escalation", "value": { "ticket": 42 } }],
    });
    let created = stage.jira_call("POST", "issue", body).await.ok(201);
    let (id, site) = (created["id"].as_str().unwrap(), stage.jira().site_url());
    assert_eq!(created, json!({ "id": id, "key": "TECH-1", "self": format!("{site}/rest/api/3/issue/{id}") }));
    let issue = stage.jira().issue("TECH-1").unwrap();
    assert_eq!((issue.summary.as_str(), issue.text.as_str()), ("Exports fail", "Exports fail\nsince May"));
    assert_eq!((issue.status.as_str(), issue.issue_type.as_str(), issue.project.as_str()), ("To Do", "Bug", "TECH"));
    assert_eq!(issue.labels, ["a", "b"]);
    assert_eq!(issue.properties["hs-escalation"], json!({ "ticket": 42 }));
    assert_eq!(issue.fields["customfield_10052"]["value"], "URGENT");
    assert_eq!((issue.creator, issue.created_at), (Actor::App, stage.watch.now()));
    for path in [format!("issue/{id}"), "issue/TECH-1".to_owned(), "issue/tech-1".to_owned()] {
        let read = stage.jira_get(&format!("{path}?properties=hs-escalation")).await.ok(200);
        assert_eq!((&read["key"], &read["fields"]["description"]), (&json!("TECH-1"), &description));
        assert_eq!(read["fields"]["created"], "2026-06-10T09:00:00.000+0000");
        assert_eq!(read["fields"]["status"]["statusCategory"]["key"], "new");
        assert_eq!(read["fields"]["priority"], json!({ "id": "2", "name": "High" }));
        assert_eq!(read["properties"], json!({ "hs-escalation": { "ticket": 42 } }));
    }
    let few = stage.jira_get("issue/TECH-1?fields=summary,labels").await.ok(200);
    assert_eq!(few["fields"], json!({ "summary": "Exports fail", "labels": ["a", "b"] }));
    assert_eq!(few["properties"], Value::Null);
    let without = stage.jira_get("issue/TECH-1?fields=-description").await.ok(200);
    assert!(without["fields"]["summary"].is_string() && without["fields"].get("description").is_none());
    stage.world.finish();
}

#[tokio::test]
async fn where_an_issue_cannot_be_created_the_project_and_the_type_say_so() {
    let stage = Stage::set().await;
    let with = async |name: &str, value: Value| {
        let mut fields = bug("x");
        fields[name] = value;
        stage.create(fields).await
    };
    for nowhere in [json!({ "key": "NONE" }), json!({ "id": "1" }), json!("TECH"), json!({}), Value::Null] {
        with("project", nowhere).await.wrong("project", "Specify a valid project ID or key");
    }
    with("issuetype", json!({ "name": "Epic" })).await.wrong("issuetype", "The issue type selected is invalid.");
    with("issuetype", json!({ "id": "1" })).await.wrong("issuetype", "The issue type selected is invalid.");
    let body = json!({ "project": { "key": "TECH" }, "summary": "x" });
    stage.create(body).await.wrong("issuetype", "Specify an issue type");
    with("project", json!({ "id": "10001" })).await.ok(201);
    stage.jira().archive("PLAT");
    with("project", json!({ "key": "PLAT" })).await.wrong("project", "Specify a valid project ID or key");
    stage.jira().configure(|it| it.denied = [Permission::Create].into());
    let sentence = "You do not have permission to create issues in this project.";
    with("summary", json!("x")).await.wrong("project", sentence);
    stage.jira().configure(|it| it.denied = [Permission::Browse].into());
    with("summary", json!("x")).await.wrong("project", "Specify a valid project ID or key");
    stage.jira_get("issue/PLAT-1").await.says(404, NOT_THERE);
    assert_eq!(stage.jira().issues().len(), 1);
    stage.world.finish();
}

#[tokio::test]
async fn fields_are_refused_in_jiras_words() {
    let stage = Stage::set().await;
    let check = async |field: &str, value: Value, sentence: &str| {
        let mut fields = bug("x");
        fields[field] = value;
        stage.create(fields).await.wrong(field, sentence);
    };
    let (no_summary, long) = ("You must specify a summary of the issue.", "Summary must be less than 255 characters.");
    for (value, sentence) in [
        (Value::Null, no_summary),
        (json!(" "), no_summary),
        (json!(1), "Operation value must be a string"),
        (json!("a\nb"), "The summary is invalid because it contains newline characters."),
        (json!("x".repeat(255)), long),
        (json!("🔥".repeat(128)), long),
    ] {
        check("summary", value, sentence).await;
    }
    let labels = "The label 'Test Application' contains spaces which is invalid.";
    check("labels", json!(["a", "Test Application"]), labels).await;
    check("labels", json!("a"), "data was not an array").await;
    check("labels", json!(["a", 1]), "string expected at index 1").await;
    check("priority", json!({ "name": "Urgent" }), "Priority name 'Urgent' is not valid").await;
    check("priority", json!({ "id": "9" }), "Priority id '9' is not valid").await;
    check("priority", json!("High"), "Specify a valid 'id' or 'name' for Priority").await;
    check("components", json!([{ "name": "Nowhere" }]), "Component name 'Nowhere' is not valid").await;
    check("customfield_10052", json!({ "value": "Slow" }), "Option value 'Slow' is not valid").await;
    check("customfield_10053", json!("7"), "Operation value must be a number").await;
    let line = "The entered text is too long. It exceeds the allowed limit of 255 characters.";
    check("customfield_10051", json!("x".repeat(256)), line).await;
    let off = |id: &str| format!("Field '{id}' cannot be set. It is not on the appropriate screen, or unknown.");
    for id in ["environment", "customfield_10061", "customfield_1", "hubspot"] {
        check(id, json!("x"), &off(id)).await;
    }
    assert_eq!(stage.jira().issues().len(), 0);
    for fields in [bug(&"x".repeat(254)), bug(&"🔥".repeat(127))] {
        stage.create(fields).await.ok(201);
    }
    stage.world.finish();
}

#[tokio::test]
async fn the_screen_says_which_fields_there_are_and_which_must_be_filled() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    jira.require("TECH", "Bug", "components");
    jira.require("TECH", "Bug", "customfield_10061");
    jira.require("TECH", "Bug", "priority");
    let refused = stage.create(bug("x")).await.ok(400);
    let expected = json!({
        "components": "Component/s is required.", "customfield_10061": "Assigned Team is required.",
        "priority": "Priority is required.",
    });
    assert_eq!(refused, json!({ "errorMessages": [], "errors": expected }));
    // What is not on the screen is told alone.
    jira.off_screen("TECH", "Bug", "labels");
    let mut fields = bug("x");
    fields["labels"] = json!(["a"]);
    let sentence = "Field 'labels' cannot be set. It is not on the appropriate screen, or unknown.";
    stage.create(fields).await.wrong("labels", sentence);
    // Another type's screen, and another project's, are their own.
    let mut task = bug("x");
    task["issuetype"] = json!({ "name": "Task" });
    task["labels"] = json!(["a"]);
    stage.create(task).await.ok(201);
    jira.on_screen("TECH", "Bug", Field::select("customfield_10061", "Assigned Team", &["Core"]));
    let mut whole = bug("x");
    whole["components"] = json!([{ "name": "Export" }]);
    whole["priority"] = json!({ "id": "1" });
    whole["customfield_10061"] = json!({ "value": "Core" });
    stage.create(whole).await.ok(201);
    stage.world.finish();
}

#[tokio::test]
async fn a_field_is_set_in_fields_or_by_update() {
    let stage = Stage::set().await;
    let update = json!({ "labels": [{ "add": "b" }, { "add": "a" }], "priority": [{ "set": { "name": "Low" } }] });
    let body = json!({ "fields": bug("x"), "update": update });
    let key = stage.jira_call("POST", "issue", body).await.ok(201)["key"].clone();
    assert_eq!(stage.jira().issue(key.as_str().unwrap()).unwrap().labels, ["a", "b"]);
    let twice = json!({ "fields": bug("x"), "update": { "summary": [{ "set": "y" }] } });
    let sentence = "Field 'summary' cannot appear in both 'fields' and 'update'";
    stage.jira_call("POST", "issue", twice).await.wrong("summary", sentence);
    for broken in [json!([]), json!({ "fields": [] }), json!("x")] {
        assert_eq!(stage.jira_call("POST", "issue", broken).await.status, 400);
    }
    let extra = json!({ "fields": bug("x"), "labels": ["a"] });
    stage.jira_call("POST", "issue", extra).await.ok(201);
    stage.jira_blamed("unknown field `labels`");
    let large = json!({ "fields": bug("x"), "properties": [{ "key": "k", "value": "x".repeat(32_767) }] });
    let sentence = "The property value has to be a valid JSON of at most 32768 characters.";
    stage.jira_call("POST", "issue", large).await.says(400, sentence);
    let unnamed = json!({ "fields": bug("x"), "properties": [{ "value": 1 }] });
    assert_eq!(stage.jira_call("POST", "issue", unnamed).await.status, 400);
    stage.world.finish();
}
