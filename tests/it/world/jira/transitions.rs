//! The workflow as a client walks it.

use sandbox::world::jira::{Actor, Happening, Permission};
use serde_json::{Value, json};

use super::{NOT_THERE, Stage};

#[tokio::test]
async fn every_status_has_its_own_ways_on() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/transitions");
    let listed = stage.jira_get(&path).await.ok(200);
    let ways = listed["transitions"].as_array().unwrap();
    let named = |it: &Value| format!("{} {}", it["id"].as_str().unwrap(), it["to"]["name"].as_str().unwrap());
    assert_eq!(ways.iter().map(named).collect::<Vec<_>>(), ["11 In Progress", "41 Done"]);
    assert_eq!(ways[0]["to"]["statusCategory"]["key"], "indeterminate");
    let go = async |id: &str| stage.jira_call("POST", &path, json!({ "transition": { "id": id } })).await;
    go("31").await.says(400, "Transition id '31' is not valid for this issue.");
    for (id, status) in [("11", "In Progress"), ("21", "In Review"), ("32", "Done"), ("51", "To Do"), ("41", "Done")] {
        let went = go(id).await;
        assert_eq!((went.status, went.text.as_str()), (204, ""));
        assert_eq!(stage.jira().issue(&key).unwrap().status, status);
    }
    let done = stage.jira_get(&format!("issue/{key}?fields=status")).await.ok(200);
    assert_eq!(done["fields"]["status"]["statusCategory"]["key"], "done");
    let moved = stage.jira().events().pop().unwrap();
    assert_eq!((moved.key, moved.by), (key, Actor::App));
    assert_eq!(moved.what, Happening::Moved { from: "To Do".to_owned(), to: "Done".to_owned() });
    stage.world.finish();
}

#[tokio::test]
async fn a_way_that_is_not_there_is_not_gone() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    let path = format!("issue/{key}/transitions");
    let post = async |body: Value| stage.jira_call("POST", &path, body).await;
    post(json!({})).await.says(400, "Missing 'transition' identifier");
    let field = json!({ "transition": { "id": "11" }, "fields": { "resolution": { "name": "Done" } } });
    let sentence = "Field 'resolution' cannot be set. It is not on the appropriate screen, or unknown.";
    post(field).await.wrong("resolution", sentence);
    let one = stage.jira_get(&format!("{path}?transitionId=41&expand=transitions.fields")).await.ok(200);
    assert_eq!(one["transitions"].as_array().unwrap().len(), 1);
    assert_eq!(one["transitions"][0]["fields"], json!({}));
    stage.jira_get("issue/TECH-9/transitions").await.says(404, NOT_THERE);
    stage.jira().configure(|it| it.denied = [Permission::Transition].into());
    assert_eq!(stage.jira_get(&path).await.ok(200)["transitions"], json!([]));
    let going = json!({ "transition": { "id": "11" } });
    post(going).await.says(400, "Transition id '11' is not valid for this issue.");
    assert_eq!(stage.jira().issue(&key).unwrap().status, "To Do");
    stage.world.finish();
}
