//! What HubSpot's workflow editor knows of our actions.

use ::provision::finding::Standing;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::refusal;
use secrecy::SecretString;
use serde_json::json;

use super::{ADDRESS, APPLY, Setup, about, steps, wrong};
use ::provision::command::Command;
use ::provision::{Keys, Provision, Vendors};
use escalation::hubspot::NoDeveloper;

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
async fn only_what_differs_is_sent_and_translations_stay() {
    let setup = registered().await;
    let german = json!({ "actionName": "Kommentar prüfen" });
    setup.world.hubspot.redefine("validate-comment", |it| {
        it["labels"]["en"]["actionName"] = json!("Check");
        it["labels"]["de"] = german.clone();
        it["objectRequestOptions"] = json!({ "properties": ["subject"] });
    });
    assert_eq!(steps(&setup.apply().await), ["update action validate-comment: labels"]);
    let definitions = setup.world.hubspot.definitions();
    let definition = definitions.iter().find(|it| it["labels"]["de"] == german).expect("the translation stays");
    assert_ne!(definition["labels"]["en"]["actionName"], "Check");
    let sent = setup.world.hubspot.journal().of("PATCH /automation/**");
    let members: Vec<_> = sent.iter().flat_map(|it| it.request.as_object().unwrap().keys()).collect();
    assert_eq!(members, ["labels"]);
}

const NEW: &str = "https://new.example.com";

#[tokio::test]
async fn actions_that_are_called_at_another_host_are_told_and_stay_where_they_are() {
    let mut setup = registered().await;
    setup.deployed.public_url = Some(NEW.to_owned());
    let applied = setup.apply().await;
    assert_eq!((steps(&applied), setup.writes()), (vec![], 0));
    insta::assert_snapshot!(wrong(&applied)[0], @r#"
    ✘ HubSpot action assign-lane: is called at https://escalation.example.com/hubspot/actions/assign-lane, and ours would be https://new.example.com/hubspot/actions/assign-lane
        Where the API has moved, `apply --move-actions` has HubSpot call it here, in every workflow (as an event of the function: {"command":"apply --move-actions"}). Where it belongs to another deployment, leave it, and name an app of this one's own as HUBSPOT_DEVELOPER_APP_ID.
    "#);
    assert_eq!(wrong(&setup.check().await).len(), 4);
}

#[tokio::test]
async fn actions_are_moved_where_a_person_says_so() {
    let mut setup = registered().await;
    setup.deployed.public_url = Some(NEW.to_owned());
    let planned = setup.obey(&Command::Plan { move_actions: true }).await;
    let moved = format!(
        "move action assign-lane from {ADDRESS}/hubspot/actions/assign-lane to {NEW}/hubspot/actions/assign-lane"
    );
    assert_eq!(steps(&planned)[0], moved);
    let applied = setup.obey(&Command::Apply { move_actions: true }).await;
    assert_eq!((steps(&applied), wrong(&applied)), (steps(&planned), vec![]));
    assert_eq!(setup.world.hubspot.definitions().len(), 4);
    assert_eq!(steps(&setup.apply().await), [""; 0]);
}

#[tokio::test]
async fn nothing_is_registered_at_an_address_that_hubspot_would_not_call() {
    let mut setup = registered().await;
    for local in [Some("http://localhost:8003".to_owned()), None] {
        setup.deployed.public_url = local;
        let applied = setup.obey(&Command::Apply { move_actions: true }).await;
        assert_eq!((steps(&applied), setup.writes()), (vec![], 0));
        let found = about(&applied, "HubSpot actions");
        assert!(found.is_wrong() && found.remedy.as_deref().is_some_and(|it| it.contains("https://")), "{found}");
    }
}

#[tokio::test]
async fn a_key_without_an_app_is_told_apart_from_no_key() {
    let setup = Setup::of(Settings::default()).await;
    let client = || {
        escalation::hubspot::HubSpot::new(
            escalation::http::Http::new(),
            setup.world.hubspot.base_url(),
            setup.world.hubspot.settings().token,
        )
    };
    for (why, standing, remedy) in [
        (NoDeveloper::NoKey, Standing::Warning, "HUBSPOT_DEVELOPER_API_KEY"),
        (NoDeveloper::NoApp, Standing::Wrong, "HubSpotDeveloperAppId"),
        (NoDeveloper::NoNumber, Standing::Wrong, "HubSpotDeveloperAppId"),
    ] {
        let vendors = Vendors { hubspot: Some(client()), developer: Err(why), ..Vendors::default() };
        let provision = Provision::new(setup.deployed.clone(), Keys::default(), vendors);
        let checked = Box::pin(provision.obey(&Command::Check, setup.now())).await;
        let found = about(&checked, "HubSpot actions");
        assert_eq!(found.standing, standing, "{found}");
        assert!(found.says.ends_with(&why.to_string()), "{found}");
        assert!(found.remedy.as_deref().is_some_and(|it| it.contains(remedy)), "{found}");
    }
}

#[tokio::test]
async fn an_action_that_is_refused_is_no_property() {
    let setup = Setup::of(Settings::default()).await;
    let refused = |answer| setup.world.hubspot.inject(Fault::on("POST /automation/**", Effect::Refuse(answer)));
    refused(refusal::invalid("The action's label is too long"));
    let applied = setup.apply().await;
    assert!(
        wrong(&applied)[0].contains("upload a developer project") && !wrong(&applied)[0].contains("Properties"),
        "{applied}"
    );
    assert_eq!(applied.summary().split(". ").next(), Some("3 done, 1 failed"));
    refused(refusal::unauthenticated());
    assert!(wrong(&setup.apply().await)[0].contains("Copy the key from the developer account"));
}

#[tokio::test]
async fn without_a_key_there_is_another_way_and_it_is_told() {
    let setup = Setup::of(Settings::default()).await;
    let checked = Box::pin(setup.with_key(None).obey(&Command::Check, setup.now())).await;
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
        let said = Box::pin(wrong_key().obey(&APPLY, setup.now())).await;
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
