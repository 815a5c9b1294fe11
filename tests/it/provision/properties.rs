//! Properties and their options.

use escalation::properties::properties;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::refusal;
use sandbox::world::hubspot::schema::{Property, Type};

use serde_json::{Value, json};

use super::{Setup, about, fresh, steps, wrong};

#[tokio::test]
async fn a_fresh_account_gets_everything_once() {
    let setup = Setup::of(fresh()).await;
    let checked = setup.check().await;
    assert_eq!(about(&checked, "HubSpot property escalation_lane").says, "is not there");
    assert_eq!(wrong(&checked).len(), 35 + 4, "{checked}");

    let planned = setup.plan().await;
    assert_eq!(steps(&planned).len(), 1 + 35 + 4, "{planned}");
    assert_eq!(
        steps(&planned)[..3],
        [
            "create property group escalation (Escalation)",
            "create property escalation_type (Escalation Type)",
            "create property resolution_communicated (Resolution communicated?)",
        ]
    );
    assert_eq!(setup.writes(), 0, "who looks changes nothing");

    let applied = setup.apply().await;
    assert_eq!(steps(&applied), steps(&planned));
    assert_eq!((wrong(&applied), setup.writes()), (vec![], 40));

    let again = setup.apply().await;
    assert_eq!((steps(&again), setup.writes()), (vec![], 0));
    assert!(again.to_string().starts_with("Done: nothing, it is all there\n"), "{again}");
    let checked = setup.check().await;
    assert!(checked.is_right(), "{checked}");
}

/// The stand-in has what an administrator would have made by hand, from the same table.
#[tokio::test]
async fn what_is_created_is_what_the_sandbox_has() {
    let (made, there) = (Setup::of(fresh()).await, Setup::of(Settings::default()).await);
    made.apply().await;
    for name in
        ["escalation_lane", "escalation_reason", "escalation_owner", "escalation_cycle", "jira_updated_at", "jira_url"]
    {
        let (mut made, there) =
            (made.world.hubspot.property(name).unwrap(), there.world.hubspot.property(name).unwrap());
        assert_ne!(made["description"], "", "people are told what it is for");
        for member in ["description", "createdAt", "updatedAt"] {
            made[member] = there[member].clone();
        }
        assert_eq!(made, there, "{name}");
    }
    assert!(there.plan().await.work.unwrap().steps.iter().all(|it| it.contains(" action ")));
}

#[tokio::test]
async fn options_that_are_there_stay_as_they_are() {
    let setup = Setup::of(Settings::default()).await;
    let own = [("vip", "VIP desk"), ("tech", "Technik")].map(|(value, label)| (value.to_owned(), label.to_owned()));
    setup.world.hubspot.define(Property::custom("escalation_lane", "Our lanes", Type::One(own.to_vec())));
    let applied = setup.apply().await;
    assert_eq!(steps(&applied)[0], "add to property escalation_lane the options cs");
    let cs = ("cs".to_owned(), "‼️ #CS-ESCALATE".to_owned());
    assert_eq!(setup.world.hubspot.options("escalation_lane"), [own.to_vec(), vec![cs]].concat());
    assert_eq!(setup.world.hubspot.property("escalation_lane").unwrap()["label"], "Our lanes");
    assert_eq!(steps(&setup.apply().await), [""; 0]);
}

/// Every property of ours as HubSpot lists it, one of them changed; listed so from now on.
fn listed_with(setup: &Setup, name: &str, change: impl Fn(&mut Value)) {
    let ours = properties(&setup.deployed.policy.properties);
    let mut all: Vec<Value> = ours.iter().filter_map(|it| setup.world.hubspot.property(&it.name)).collect();
    let one = all.iter_mut().find(|it| it["name"] == name).expect("it is there");
    change(one);
    let one = Effect::Refuse(Answer::json(200, one.clone()));
    let all = Effect::Refuse(Answer::json(200, json!({ "results": all })));
    setup.world.hubspot.inject(Fault::on("GET /crm/v3/properties/tickets", all).always());
    setup.world.hubspot.inject(Fault::on(&format!("GET /crm/v3/properties/tickets/{name}"), one).always());
}

fn vip() -> (String, String) {
    ("vip".to_owned(), "VIP desk".to_owned())
}

#[tokio::test]
async fn an_option_that_a_person_adds_meanwhile_stays() {
    let setup = Setup::of(Settings::default()).await;
    setup.apply().await;
    let lanes = setup.world.hubspot.options("escalation_lane");
    let of = |options: Vec<_>| Property::custom("escalation_lane", "Lane", Type::One(options));
    setup.world.hubspot.define(of(lanes[..1].to_vec()));
    let (hubspot, more) = (setup.world.hubspot.clone(), of(vec![lanes[0].clone(), vip()]));
    // Asked after the properties were read, and before anything is written.
    setup.world.hubspot.before_each(move |call| {
        if call.path.starts_with("/automation/") {
            hubspot.define(more.clone());
        }
        async {}
    });
    let applied = setup.apply().await;
    assert_eq!((steps(&applied).len(), wrong(&applied)), (1, vec![]), "{applied}");
    assert_eq!(setup.world.hubspot.options("escalation_lane"), [&lanes[..1], &[vip()], &lanes[1..]].concat());
}

#[tokio::test]
async fn an_option_without_a_place_stays() {
    let setup = Setup::of(Settings::default()).await;
    setup.apply().await;
    listed_with(&setup, "escalation_lane", |it| {
        it["options"] = json!([{ "value": "vip", "label": "VIP desk", "displayOrder": null, "hidden": false }]);
    });
    let applied = setup.apply().await;
    assert_eq!((steps(&applied).len(), wrong(&applied)), (1, vec![]), "{applied}");
    assert!(setup.world.hubspot.options("escalation_lane").contains(&vip()));
}

#[tokio::test]
async fn where_an_option_does_not_read_none_is_written() {
    let setup = Setup::of(Settings::default()).await;
    setup.apply().await;
    listed_with(&setup, "escalation_lane", |it| it["options"][0]["value"] = json!(null));
    let before = setup.world.hubspot.options("escalation_lane");
    let applied = setup.apply().await;
    assert!(
        about(&applied, "HubSpot property escalation_lane").says.contains("has an option that does not read"),
        "{applied}"
    );
    assert_eq!((steps(&applied), setup.world.hubspot.options("escalation_lane")), (vec![], before));
}

#[tokio::test]
async fn a_property_that_says_less_of_itself_is_there_all_the_same() {
    let setup = Setup::of(Settings::default()).await;
    setup.apply().await;
    listed_with(&setup, "escalation_lane", |it| {
        it["externalOptions"] = json!(null);
        it["calculated"] = json!(null);
    });
    let applied = setup.apply().await;
    assert_eq!((steps(&applied), wrong(&applied)), (vec![], vec![]), "{applied}");
}

#[tokio::test]
async fn a_property_of_another_type_is_left_alone_and_the_others_are_made() {
    let setup = Setup::of(fresh()).await;
    setup.world.hubspot.define(Property::custom("escalation_cycle", "Cycle", Type::Text));
    let applied = setup.apply().await;
    assert_eq!(steps(&applied).len(), 39);
    insta::assert_snapshot!(wrong(&applied).join("\n"), @r"
    ✘ HubSpot property escalation_cycle: is of another type: string shown as text
        A type cannot be changed without losing what stands there: give ours another name under [properties] in the policy, or archive this one in HubSpot (Settings > Properties), and run `apply` again.
    ");
    assert!(!applied.is_right() && !setup.check().await.is_right());
    assert_eq!(setup.world.hubspot.property("escalation_cycle").unwrap()["type"], "string");
}

#[tokio::test]
async fn names_are_those_of_the_policy() {
    let setup = Setup::with_policy(fresh(), &[(r#"lane = "escalation_lane""#, r#"lane = "cs_lane""#)]).await;
    setup.apply().await;
    assert!(setup.world.hubspot.property("cs_lane").is_some());
    assert!(setup.world.hubspot.property("escalation_lane").is_none());
}

#[tokio::test]
async fn who_was_quicker_is_no_failure() {
    let setup = Setup::of(fresh()).await;
    let hubspot = setup.world.hubspot.clone();
    setup.world.hubspot.before_each(move |call| {
        if call.method == "POST" && call.path == "/crm/v3/properties/tickets" && hubspot.property("jira_url").is_none()
        {
            hubspot.define(Property::custom("jira_url", "Jira link", Type::Text));
        }
        async {}
    });
    let applied = setup.apply().await;
    assert_eq!((steps(&applied).len(), wrong(&applied)), (40, vec![]));
}

#[tokio::test]
async fn a_name_that_is_taken_by_what_is_not_listed_is_told() {
    let setup = Setup::of(fresh()).await;
    let taken = refusal::already_exists("A property named 'escalation_type' already exists.");
    setup.world.hubspot.inject(Fault::on("POST /crm/v3/properties/tickets", Effect::Refuse(taken)));
    let applied = setup.apply().await;
    insta::assert_snapshot!(wrong(&applied).join("\n"), @r"
    ✘ HubSpot property escalation_type: its name is taken, and it is not listed
        It may be archived: in HubSpot open Settings > Properties > Archived properties, restore it, and run `apply` again.
    ");
    assert_eq!(steps(&applied).len(), 39);
    assert_eq!(wrong(&setup.apply().await), [""; 0], "it was restored");
}

#[tokio::test]
async fn a_hubspot_that_stumbles_in_the_middle_is_asked_again_another_time() {
    let setup = Setup::of(fresh()).await;
    setup.world.hubspot.inject(Fault::on("POST /crm/v3/properties/tickets", Effect::CutAfter).nth(3));
    setup.world.hubspot.inject(
        Fault::on("POST /crm/v3/properties/tickets", Effect::Refuse(refusal::unavailable(503))).nth(9).times(2),
    );
    let applied = setup.apply().await;
    assert_eq!((steps(&applied).len(), wrong(&applied).len()), (39, 1), "{applied}");
    assert!(wrong(&applied)[0].ends_with("\n    Run `apply` again."), "{applied}");
    let again = setup.apply().await;
    assert_eq!((steps(&again).len(), wrong(&again)), (1, vec![]));
}
