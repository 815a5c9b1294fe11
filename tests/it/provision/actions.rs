//! What HubSpot's workflow editor knows of our actions.

use ::provision::finding::Standing;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::refusal;
use secrecy::SecretString;
use serde_json::json;

use super::{ADDRESS, Setup, about, steps, wrong};

async fn registered() -> Setup {
    let setup = Setup::of(Settings::default()).await;
    let applied = setup.apply().await;
    assert_eq!(steps(&applied).len(), 4, "{applied}");
    setup.world.hubspot.journal().clear();
    setup
}

#[tokio::test]
async fn the_actions_are_registered_and_published_at_our_address() {
    let setup = registered().await;
    let urls: Vec<_> = setup.world.hubspot.definitions().iter().map(|it| it["actionUrl"].clone()).collect();
    let expected = ["assign-lane", "create-jira-issue", "enforce-closure", "validate-comment"];
    assert_eq!(urls, expected.map(|it| json!(format!("{ADDRESS}/hubspot/actions/{it}"))));
    assert!(setup.world.hubspot.definitions().iter().all(|it| it["published"] == true));
    assert_eq!((steps(&setup.apply().await), setup.writes()), (vec![], 0));
}

#[tokio::test]
async fn what_somebody_changed_is_put_right_and_the_rest_is_left_alone() {
    let setup = registered().await;
    setup.world.hubspot.redefine("assign-lane", |it| it["published"] = json!(false));
    setup.world.hubspot.redefine("validate-comment", |it| it["labels"]["en"]["actionName"] = json!("Check"));
    let checked = setup.check().await;
    assert_eq!(about(&checked, "HubSpot action assign-lane").says, "is registered with another published");
    let applied = setup.apply().await;
    assert_eq!(steps(&applied), ["update action assign-lane: published", "update action validate-comment: labels"]);
    assert_eq!(setup.writes(), 2);
    assert!(setup.world.hubspot.definitions().iter().all(|it| it["published"] == true));
    assert_eq!((steps(&setup.apply().await), setup.writes()), (vec![], 0));
}

#[tokio::test]
async fn a_new_address_moves_the_actions_and_makes_no_others() {
    let mut setup = registered().await;
    setup.deployed.public_url = Some("https://new.example.com".to_owned());
    let applied = setup.apply().await;
    assert_eq!(steps(&applied)[0], "update action assign-lane: actionUrl");
    assert_eq!((steps(&applied).len(), setup.world.hubspot.definitions().len()), (4, 4));
}

#[tokio::test]
async fn without_a_key_there_is_another_way_and_it_is_told() {
    let setup = Setup::of(Settings::default()).await;
    let checked = Box::pin(setup.with_key(None).obey(&::provision::command::Command::Check, setup.now())).await;
    let found = about(&checked, "HubSpot actions");
    assert_eq!(found.standing, Standing::Warning);
    assert!(found.remedy.as_deref().is_some_and(|it| it.contains("`project DIR`")), "{found}");
    assert_eq!(setup.world.hubspot.journal().count("* /automation/**"), 0);
}

#[tokio::test]
async fn the_key_is_in_nothing_that_is_said() {
    let setup = Setup::of(Settings::default()).await;
    let wrong_key = || setup.with_key(Some(SecretString::from("key-canary")));
    let faults = [Effect::CutBefore, Effect::Truncate, Effect::Refuse(refusal::unavailable(500))];
    for effect in faults.into_iter().map(Some).chain([None]) {
        if let Some(effect) = effect {
            setup.world.hubspot.inject(Fault::on("GET /automation/**", effect));
        }
        let said = Box::pin(wrong_key().obey(&::provision::command::Command::Apply, setup.now())).await;
        assert_eq!(wrong(&said).len(), 1, "{said}");
        assert!(!format!("{said} {said:?}").contains("canary"), "{said}");
    }
    let calls = format!("{:?}", setup.world.hubspot.calls());
    assert!(calls.contains("/automation/v4/actions/1160452") && !calls.contains("canary"));
}

/// A definition is created once or not at all: HubSpot would have two.
#[tokio::test]
async fn a_lost_answer_makes_no_second_definition() {
    let setup = Setup::of(Settings::default()).await;
    setup.world.hubspot.inject(Fault::on("POST /automation/**", Effect::CutAfter));
    let applied = setup.apply().await;
    assert_eq!((steps(&applied).len(), wrong(&applied).len()), (3, 1), "{applied}");
    assert_eq!(setup.world.hubspot.definitions().len(), 4);
    let again = setup.apply().await;
    assert_eq!((steps(&again), wrong(&again)), (vec![], vec![]));
    assert_eq!(setup.world.hubspot.definitions().len(), 4);
}
