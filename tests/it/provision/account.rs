//! The token: whose it is, and what it may do.

use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::refusal;
use secrecy::SecretString;

use super::{APPLY, ELSEWHERE, Setup, about, fresh, standing, steps, wrong};
use ::provision::finding::Standing;
use ::provision::scopes::SCOPES;
use escalation::hubspot::App;

const NO_WORD: &str = "POST /oauth/**";

#[tokio::test]
async fn a_whole_account_is_fine() {
    let setup = Setup::of(Settings::default()).await;
    setup.apply().await;
    let checked = setup.check().await;
    assert!(checked.is_right(), "{checked}");
    assert_eq!(about(&checked, "HubSpot access token").says, "is taken, for account 24680135");
    assert!(checked.to_string().ends_with("fine, 5 to look at, 0 wrong.\n"), "{checked}");
}

#[tokio::test]
async fn each_missing_scope_is_named() {
    for scope in &SCOPES {
        let setup = Setup::of(Settings { missing_scopes: [scope.name].into(), ..fresh() }).await;
        let checked = setup.check().await;
        let found = about(&checked, &format!("HubSpot scope {}", scope.name));
        assert_eq!(found.standing, Standing::Wrong);
        assert!(found.remedy.as_deref().is_some_and(|it| it.contains(scope.name)), "{found}");
    }
}

#[tokio::test]
async fn a_scope_that_the_policy_does_without_is_not_asked_for() {
    let settings = Settings { missing_scopes: ["conversations.read"].into(), ..Settings::default() };
    let notes_alone = [(r#"["notes", "conversations"]"#, r#"["notes"]"#)];
    let setup = Setup::with_policy(settings, &notes_alone).await;
    assert_eq!(about(&setup.check().await, "HubSpot scope conversations.read").standing, Standing::Fine);
}

/// Tokens of another kind: what can be read tells.
#[tokio::test]
async fn where_hubspot_does_not_speak_of_the_token_what_can_be_read_tells() {
    for scope in SCOPES.iter().filter(|it| it.opens.is_some()) {
        let setup = Setup::of(Settings { missing_scopes: [scope.name].into(), ..Settings::default() }).await;
        setup.world.hubspot.inject(Fault::on(NO_WORD, Effect::Refuse(refusal::not_found())).always());
        let checked = setup.check().await;
        for other in SCOPES.iter().filter(|it| it.opens.is_some()) {
            let expected = if other.name == scope.name { Standing::Wrong } else { Standing::Fine };
            assert_eq!(about(&checked, &format!("HubSpot scope {}", other.name)).standing, expected, "{checked}");
        }
        assert_eq!(about(&checked, "HubSpot scope crm.objects.contacts.write").standing, Standing::Warning);
        assert_eq!(about(&checked, "HubSpot access token").standing, Standing::Warning, "nobody knows the account");
    }
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_told_once_and_nothing_else_is_asked() {
    let wrong_token = |it: &mut Settings| it.token = SecretString::from("pat-other");
    for says_so in [true, false] {
        let setup = Setup::of(fresh()).await;
        let provision = setup.provision();
        setup.world.hubspot.configure(wrong_token);
        if !says_so {
            setup.world.hubspot.inject(Fault::on(NO_WORD, Effect::Refuse(refusal::not_found())).always());
        }
        let checked = Box::pin(provision.obey(&APPLY, setup.now())).await;
        assert_eq!((steps(&checked), wrong(&checked).len()), (vec![], 1), "{checked}");
        assert!(!checked.to_string().contains("all there") && !checked.summary().contains("Nothing"), "{checked}");
        assert!(
            wrong(&checked)[0].starts_with("✘ HubSpot access token: is not taken: HubSpot answered 401"),
            "{checked}"
        );
        assert!(setup.world.hubspot.calls().len() <= 2);
    }
}

#[tokio::test]
async fn a_token_of_another_account_is_told() {
    let mut setup = Setup::of(Settings::default()).await;
    setup.deployed.portals = [ELSEWHERE].into();
    let checked = setup.check().await;
    assert_eq!(
        about(&checked, "HubSpot access token").says,
        "is for account 24680135, which is not in HUBSPOT_PORTAL_IDS"
    );
}

#[tokio::test]
async fn nothing_is_written_into_an_account_that_is_not_served() {
    let mut setup = Setup::of(fresh()).await;
    setup.deployed.portals = [ELSEWHERE].into();
    let applied = setup.apply().await;
    assert_eq!((steps(&applied), setup.writes()), (vec![], 0));
    assert!(setup.world.hubspot.property("escalation_lane").is_none() && setup.world.hubspot.definitions().is_empty());
    assert!(!applied.is_right());
    assert!(applied.to_string().starts_with("Done: nothing; what HubSpot lacks could not be looked at\n"), "{applied}");
    assert!(!applied.summary().contains("Nothing to do"), "{}", applied.summary());
}

#[tokio::test]
async fn the_apps_number_is_told_where_nobody_or_somebody_else_is_named() {
    for (named, says) in [("", "is not set"), ("7", "is 7, and the token is of app 1160452")] {
        let mut setup = Setup::of(Settings::default()).await;
        setup.deployed.app = App::new(named).unwrap();
        let checked = setup.check().await;
        let found = about(&checked, "HUBSPOT_APP_ID");
        assert!(found.says.starts_with(says), "{found}");
        assert!(found.remedy.as_deref().is_some_and(|it| it.contains("to 1160452.")), "{found}");
    }
}

#[tokio::test]
async fn an_account_that_cannot_be_asked_is_no_account_without_properties() {
    let setup = Setup::of(Settings::default()).await;
    setup
        .world
        .hubspot
        .inject(Fault::on("GET /crm/v3/properties/**", Effect::Refuse(refusal::unavailable(503))).always());
    let applied = setup.apply().await;
    assert!(steps(&applied).iter().all(|it| it.starts_with("register action ")), "{applied}");
    assert!(wrong(&applied)[0].contains("HubSpot ticket properties: cannot be looked at"), "{applied}");
}

#[tokio::test]
async fn what_is_still_as_shipped_is_told() {
    let setup = Setup::of(Settings::default()).await;
    let shipped = standing(&setup.check().await, Standing::Warning);
    insta::assert_snapshot!(shipped.join("\n"), @r"
    ! [[shift_leads]]: are none: a mention of anybody counts, and anybody but the agent may send an escalation to Tech
        Name them, each with their `user_id`.
    ! [rota]: has nobody: escalations have no owner, and say so
        Name a `fallback`, and the shifts where there are any.
    ! [calendars.default]: is as shipped: Monday to Friday, 09:00 to 17:30 in London
        Confirm or correct it in your policy file (POLICY_FILE); where it is right as it stands, leave it.
    ! [sla]: is as shipped
        Confirm or correct it in your policy file (POLICY_FILE); where it is right as it stands, leave it.
    ! [jira]: is as shipped: issues of type Bug in the project TECH
        Confirm or correct it in your policy file (POLICY_FILE); where it is right as it stands, leave it.
    ");
}
