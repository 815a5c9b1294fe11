//! The policy's people and pipelines, held against the account's.

use ::provision::finding::Standing;
use sandbox::world::hubspot::Settings;
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::hubspot::pipeline::{Pipeline, Stage};

use super::{Setup, about};
use crate::bench::texts::{DANA, LEE, SAM};

/// Dana is on duty, Lee has what is left, Sam only leads; and there is a team.
async fn led() -> Setup {
    let lead = |name: &str, user: u64| format!("\n[[shift_leads]]\nname = \"{name}\"\nuser_id = {user}\n");
    let rota = "\n[rota]\nfallback = \"Lee\"\n[[rota.shifts]]\ndays = [\"mon\"]\nfrom = \"09:00\"\nto = \"17:00\"\nwho = [\"Dana\"]\n";
    let team = "\n[[shift_leads]]\nname = \"Nights\"\nteam_id = 77\n";
    let written =
        [lead("Dana", DANA.0), lead("Lee", LEE.0), lead("Sam", SAM.0), team.to_owned(), rota.to_owned()].concat();
    let last = "horizon_seconds = 180";
    let setup = Setup::with_policy(Settings::default(), &[(last, &format!("{last}\n{written}"))]).await;
    for (id, user, name) in [(501, SAM, "Sam Okafor"), (502, DANA, "Dana Whitfield"), (503, LEE, "Lee Marsh")] {
        setup.world.hubspot.hire(Owner::new(id, user.0, name).in_team(77, "Nights"));
    }
    setup
}

#[tokio::test]
async fn who_is_active_is_fine() {
    let checked = led().await.check().await;
    let of_people = checked.groups.iter().find(|it| it.0 == "HubSpot people").unwrap();
    assert_eq!(of_people.1.len(), 4);
    assert!(of_people.1.iter().all(|it| it.standing == Standing::Fine), "{checked}");
}

#[tokio::test]
async fn who_has_left_is_told_by_what_it_costs() {
    for (user, standing, says) in [
        (SAM, Standing::Warning, "account"),
        (DANA, Standing::Wrong, "the fallback will have their escalations"),
        (LEE, Standing::Wrong, "escalations will have no owner"),
    ] {
        let setup = led().await;
        setup.world.hubspot.dismiss(user);
        let checked = setup.check().await;
        let found = about(&checked, &format!("Shift lead {}", user.0));
        assert_eq!(found.standing, standing, "{found}");
        assert!(found.says.ends_with(says), "{found}");
    }
}

#[tokio::test]
async fn a_team_of_nobody_is_told() {
    let setup = led().await;
    [SAM, DANA, LEE].into_iter().for_each(|it| setup.world.hubspot.dismiss(it));
    assert_eq!(about(&setup.check().await, "Shift lead team 77").standing, Standing::Warning);
}

#[track_caller]
fn says(report: &::provision::report::Report, pipeline: &str, standing: Standing, says: &str) {
    let found = about(report, &format!("Pipeline {pipeline}"));
    assert_eq!((found.standing, found.says.as_str()), (standing, says), "{found}");
}

#[tokio::test]
async fn pipelines_are_held_against_the_policy() {
    let stages = r#"stages = { 1 = "new", 2 = "waiting_on_customer", 3 = "waiting_on_us", 4 = "closed" }"#;
    let with = async |ours: &str| Setup::with_policy(Settings::default(), &[(stages, ours)]).await;
    says(&with(stages).await.check().await, "0", Standing::Fine, "is as the policy says");
    let swapped =
        with(r#"stages = { 1 = "new", 3 = "closed", 4 = "waiting_on_us", 9 = "exempt" }"#).await.check().await;
    let mistakes = "stage 3 is open in HubSpot, and the policy calls it closed; stage 4 is closed in HubSpot, and the \
                    policy calls it waiting_on_us; stage 9 (exempt) is not there";
    says(&swapped, "0", Standing::Wrong, mistakes);

    let setup = with(r#"stages = { 1 = "new", 4 = "closed" }"#).await;
    setup.world.hubspot.add_pipeline(Pipeline {
        id: "7".to_owned(),
        label: "Nights".to_owned(),
        stages: vec![Stage::open("71", "New"), Stage::closed("72", "Closed")],
    });
    let checked = setup.check().await;
    says(&checked, "0", Standing::Warning, "has stages that are not in the policy: 2, 3");
    says(&checked, "7", Standing::Warning, "is not in the policy: what its stages mean is guessed");

    let other = Setup::with_policy(Settings::default(), &[("id = \"0\"", "id = \"8\"")]).await.check().await;
    says(&other, "8", Standing::Wrong, "is in the policy, and not in the account");
}
