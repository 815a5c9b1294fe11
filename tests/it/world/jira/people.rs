//! What people do to issues, and what is told of it.

use sandbox::world::jira::{Actor, Happening};
use serde_json::json;

use super::{NOT_THERE, Stage, bug};

#[tokio::test]
async fn an_issue_that_went_to_another_project_is_found_by_its_old_key() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    let old = stage.bug("x", &["hs-1"]).await;
    let new = jira.move_to_project(&old, "PLAT");
    assert_eq!((old.as_str(), new.as_str()), ("TECH-1", "PLAT-1"));
    for key in [&old, &new] {
        let read = stage.jira_get(&format!("issue/{key}?fields=project")).await.ok(200);
        assert_eq!((&read["key"], &read["fields"]["project"]["key"]), (&json!("PLAT-1"), &json!("PLAT")));
    }
    assert_eq!(jira.issue(&old).unwrap().key, new);
    // The number is not given again.
    assert_eq!(stage.bug("y", &[]).await, "TECH-2");
    assert_eq!(jira.events()[1].what, Happening::Rekeyed { from: old });
    assert_eq!(jira.browse_url(&new), format!("{}/browse/PLAT-1", jira.site_url()));
    stage.world.finish();
}

#[tokio::test]
async fn a_deleted_issue_is_gone_for_the_api_and_seen_by_tests() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    stage.jira().delete(&key);
    stage.jira_get(&format!("issue/{key}")).await.says(404, NOT_THERE);
    let post = stage.jira_call("POST", &format!("issue/{key}/comment"), json!({})).await;
    post.says(404, NOT_THERE);
    assert!(stage.jira().issue(&key).unwrap().deleted);
    assert_eq!(stage.jira().issues(), []);
    stage.world.finish();
}

#[tokio::test]
async fn what_happens_is_told_in_order_with_who_did_it() {
    let stage = Stage::set().await;
    let jira = stage.jira();
    let (ours, theirs) = (stage.bug("x", &[]).await, jira.created_by_hand("TECH", "Task", "Exports fail for Acme"));
    stage.wait(60);
    jira.move_issue(&ours, "In Progress");
    jira.label(&ours, &["b", "a"]);
    let comment = jira.comment_by(&ours, "Dana Reyes", "On it.");
    jira.close_as_duplicate(&ours, &theirs);
    jira.delete(&theirs);
    let by_hand = jira.issue(&theirs).unwrap();
    assert_eq!((by_hand.issue_type.as_str(), by_hand.summary.as_str()), ("Task", "Exports fail for Acme"));
    assert_eq!(by_hand.creator, Actor::Person("Priya Nair".to_owned()));
    let closed = jira.issue(&ours).unwrap();
    assert_eq!((closed.status.as_str(), closed.duplicate_of.as_deref()), ("Done", Some("TECH-2")));
    assert_eq!(
        (closed.labels, closed.fields["resolution"]["name"].clone()),
        (vec!["a".into(), "b".into()], json!("Duplicate"))
    );
    let moved = |from: &str, to: &str| Happening::Moved { from: from.to_owned(), to: to.to_owned() };
    let events = jira.events();
    let told: Vec<(&str, &Happening)> = events.iter().map(|it| (it.key.as_str(), &it.what)).collect();
    assert_eq!(
        told,
        [
            ("TECH-1", &Happening::Created),
            ("TECH-2", &Happening::Created),
            ("TECH-1", &moved("To Do", "In Progress")),
            ("TECH-1", &Happening::Labelled),
            ("TECH-1", &Happening::Commented(comment)),
            ("TECH-1", &Happening::Linked("TECH-2".to_owned())),
            ("TECH-1", &moved("In Progress", "Done")),
            ("TECH-2", &Happening::Deleted),
        ]
    );
    assert_eq!((&events[0].by, events[2].at), (&Actor::App, stage.watch.now()));
    assert_eq!(events[4].by, Actor::Person("Dana Reyes".to_owned()));
    stage.world.finish();
}

#[tokio::test]
async fn a_duplicate_shows_the_issue_it_repeats() {
    let stage = Stage::set().await;
    let (first, second) = (stage.bug("x", &[]).await, stage.bug("x", &[]).await);
    stage.jira().close_as_duplicate(&second, &first);
    let links =
        stage.jira_get(&format!("issue/{second}?fields=issuelinks")).await.ok(200)["fields"]["issuelinks"].take();
    assert_eq!((&links[0]["type"]["outward"], &links[0]["outwardIssue"]["key"]), (&json!("duplicates"), &json!(first)));
    stage.world.finish();
}

#[tokio::test]
#[should_panic(expected = "no way leads from To Do to In Review")]
async fn a_person_takes_the_ways_of_the_workflow_too() {
    let stage = Stage::set().await;
    let key = stage.bug("x", &[]).await;
    stage.jira().move_issue(&key, "In Review");
}

#[tokio::test]
async fn a_project_that_the_admins_opened_is_one_like_the_others() {
    let stage = Stage::set().await;
    stage.jira().open_project("PAY2", "Payments");
    let mut fields = bug("x");
    fields["project"] = json!({ "key": "PAY2" });
    assert_eq!(stage.create(fields).await.ok(201)["key"], "PAY2-1");
    stage.world.finish();
}
