//! What may be created, and who one is.

use sandbox::world::jira::Permission;
use serde_json::{Value, json};

use super::Stage;

const TYPES: &str = "issue/createmeta/TECH/issuetypes";

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_issue_types_of_a_project_come_in_pages() {
    let stage = Stage::set().await;
    let all = stage.jira_get(TYPES).await.ok(200);
    assert_eq!(names(&all["issueTypes"]), ["Bug", "Task", "Story"]);
    assert_eq!((&all["total"], &all["maxResults"], &all["startAt"]), (&json!(3), &json!(50), &json!(0)));
    let second = stage.jira_get(&format!("{TYPES}?startAt=1&maxResults=1")).await.ok(200);
    assert_eq!((names(&second["issueTypes"]), &second["total"]), (vec!["Task"], &json!(3)));
    assert_eq!(stage.jira_get("issue/createmeta/10000/issuetypes").await.ok(200)["total"], 3);
    assert_eq!(stage.jira_get(&format!("{TYPES}?startAt=x")).await.status, 400);
    stage.world.violations();
    stage.world.finish();
}

#[tokio::test]
async fn the_create_screen_says_what_must_be_filled_and_what_may_be_chosen() {
    let stage = Stage::set().await;
    stage.jira().require("TECH", "Bug", "components");
    stage.jira().off_screen("TECH", "Bug", "labels");
    let screen = stage.jira_get(&format!("{TYPES}/10004")).await.ok(200);
    let fields = screen["fields"].as_array().unwrap();
    let field = |id: &str| fields.iter().find(|it| it["fieldId"] == id);
    let components = field("components").unwrap();
    assert_eq!((&components["required"], &components["hasDefaultValue"]), (&json!(true), &json!(false)));
    assert_eq!(names(&components["allowedValues"]), ["Checkout", "Export", "Login"]);
    let priority = field("priority").unwrap();
    assert_eq!((&priority["required"], &priority["defaultValue"]["name"]), (&json!(false), &json!("Medium")));
    let lane = field("customfield_10052").unwrap();
    assert_eq!((&lane["schema"]["type"], &lane["schema"]["customId"]), (&json!("option"), &json!(10_052)));
    assert_eq!(lane["allowedValues"][0]["value"], "URGENT");
    assert_eq!((field("labels"), field("environment")), (None, None));
    let reporter = field("reporter").unwrap();
    assert_eq!((&reporter["required"], &reporter["hasDefaultValue"]), (&json!(true), &json!(true)));
    let total = screen["total"].as_u64().unwrap();
    let last = stage.jira_get(&format!("{TYPES}/10004?startAt={}", total - 1)).await.ok(200);
    assert_eq!(last["fields"].as_array().unwrap().len(), 1);
    let other = stage.jira_get(&format!("{TYPES}/10002")).await.ok(200);
    assert!(other["fields"].as_array().unwrap().iter().any(|it| it["fieldId"] == "labels"));
    stage.world.finish();
}

#[tokio::test]
async fn metadata_tells_nothing_of_where_one_may_not_create() {
    let stage = Stage::set().await;
    stage.jira_get(&format!("{TYPES}/Bug")).await.says(404, "The issue type was not found in this project.");
    let missing = "No project could be found with key or id 'TECH'.";
    stage.jira_get("issue/createmeta/NONE/issuetypes").await.says(404, &missing.replace("TECH", "NONE"));
    for denied in [Permission::Create, Permission::Browse] {
        stage.jira().configure(|it| it.denied = [denied].into());
        stage.jira_get(TYPES).await.says(404, missing);
    }
    stage.jira().configure(|it| it.denied.clear());
    stage.jira().archive("TECH");
    stage.jira_get(TYPES).await.says(404, missing);
    let old = "issue/createmeta?projectKeys=TECH&expand=projects.issuetypes.fields";
    assert_eq!(stage.jira_get(old).await.status, 404);
    stage.jira_blamed("this endpoint is removed");
    stage.world.finish();
}

#[tokio::test]
async fn one_is_told_who_one_is() {
    let stage = Stage::set().await;
    let me = stage.jira_get("myself").await.ok(200);
    assert_eq!(me["emailAddress"], stage.jira().settings().email);
    assert_eq!((&me["displayName"], &me["active"]), (&json!("Escalation Service"), &json!(true)));
    stage.world.finish();
}
