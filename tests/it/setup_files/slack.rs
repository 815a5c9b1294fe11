//! What is found at Slack before the first card, by the real client at the stand-in.

use escalation::http::Http;
use escalation::policy::Policy;
use escalation::slack::Slack;
use provision::slack::check;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::slack::refusal;
use secrecy::{ExposeSecret, SecretString};

use super::{Stage, bad, said};
use crate::bench;

const ESCALATIONS: &str = "C0ESCALATIONS";
const EXECUTIVES: &str = "C0EXECUTIVES";

/// A workspace with the channels that the policy names, and the app in them.
async fn stage() -> Stage {
    let stage = Stage::set().await;
    stage.world.slack.open_channel(ESCALATIONS, "cs-escalations");
    stage.world.slack.open_channel(EXECUTIVES, "executives");
    stage
}

fn policy(escalations: &str) -> Policy {
    let text = bench::policy(&[
        ("escalations = \"#cs-escalations\"", &format!("escalations = \"{escalations}\"")),
        ("# executives = \"C024BE91X\"", &format!("executives = \"{EXECUTIVES}\"")),
    ]);
    Policy::parse(&text, "policy.toml").unwrap()
}

async fn checked(stage: &Stage, escalations: &str) -> Vec<String> {
    let slack = Slack::new(Http::new(), stage.world.slack.base_url(), stage.world.slack.settings().token);
    said(&check(Some(&slack), &policy(escalations)).await)
}

#[tokio::test]
async fn a_workspace_that_has_everything_is_fine_by_id_and_by_name() {
    let stage = stage().await;
    let said = checked(&stage, ESCALATIONS).await;
    insta::assert_snapshot!(said.join("\n"), @r"
    ✔ Slack app: answers as escalations in Harbour
    ✔ Slack channel C0ESCALATIONS (escalations): the app is in #cs-escalations
    ✔ Slack channel C0EXECUTIVES (executives): the app is in #executives
    ✔ Slack scopes: the app was granted what it needs
    ");
    assert_eq!(bad(&checked(&stage, "#cs-escalations").await), [""; 0]);
    assert_eq!(stage.world.slack.journal().writes(), 0, "nothing is shown to anybody");
    stage.world.finish();
}

#[tokio::test]
async fn what_slack_wants_granted_is_what_is_so_and_the_remedy_is_a_sentence() {
    let stage = stage().await;
    let answer = |code: &str| {
        let body = serde_json::json!({ "ok": false, "error": code, "needed": "channels:read" });
        Fault::on("* /**", Effect::Refuse(sandbox::world::call::Answer::json(200, body)))
    };
    stage.world.slack.inject(answer("no_permission"));
    insta::assert_snapshot!(checked(&stage, ESCALATIONS).await.join("\n"), @r"
    ✘ Slack app: Slack answered no_permission (needs channels:read)
        look this answer up in its documentation, and give the account what it lacks
    ");
    stage.world.slack.inject(answer("missing_scope"));
    insta::assert_snapshot!(checked(&stage, ESCALATIONS).await.join("\n"), @r"
    ✘ Slack app: Slack answered missing_scope (needs channels:read)
        grant the scope and install the app again
    ");
    stage.world.finish();
}

#[tokio::test]
async fn slack_that_is_off_is_fine() {
    assert_eq!(said(&check(None, &policy(ESCALATIONS)).await), ["✔ Slack: is off: there is no SLACK_BOT_TOKEN"]);
}

#[tokio::test]
async fn a_token_that_is_not_taken_is_all_that_is_said() {
    let stage = stage().await;
    let token = stage.world.slack.settings().token;
    stage.world.slack.configure(|it| it.revoked = vec![std::mem::replace(&mut it.token, SecretString::from("xoxb-1"))]);
    let slack = Slack::new(Http::new(), stage.world.slack.base_url(), token.clone());
    let said = said(&check(Some(&slack), &policy(ESCALATIONS)).await);
    insta::assert_snapshot!(said.join("\n"), @r"
    ✘ Slack app: Slack answered token_revoked
        put the app's present bot token into SLACK_BOT_TOKEN
    ");
    assert!(!said[0].contains(token.expose_secret()));
    stage.world.finish();
}

#[tokio::test]
async fn a_slack_that_does_not_answer_is_said_and_nothing_invented() {
    let stage = stage().await;
    stage.world.slack.inject(Fault::on("* /api/auth.test", Effect::Refuse(refusal::unavailable(503))).always());
    let said = checked(&stage, ESCALATIONS).await;
    insta::assert_snapshot!(said.join("\n"), @r"
    ✘ Slack app: cannot be told: Slack answered 503 Service Unavailable
        check SLACK_BASE_URL, and whether it can be reached from here; Slack may be down: then try again
    ");
    stage.world.slack.heal();
    stage
        .world
        .slack
        .inject(Fault::on("* /api/conversations.info", Effect::Refuse(refusal::rate_limited(30))).always());
    let said = checked(&stage, ESCALATIONS).await;
    insta::assert_snapshot!(bad(&said).join("\n"), @r"
    ! Slack channel C0ESCALATIONS (escalations): cannot be told now: Slack answered 429 Too Many Requests
        it may be asked again in 30 s
    ! Slack channel C0EXECUTIVES (executives): cannot be told now: Slack answered 429 Too Many Requests
        it may be asked again in 30 s
    ");
    stage.world.finish();
}

#[tokio::test]
async fn a_channel_that_the_app_cannot_write_in_is_said() {
    let stage = stage().await;
    let slack = &stage.world.slack;
    slack.remove_app(ESCALATIONS);
    slack.archive(EXECUTIVES);
    insta::assert_snapshot!(bad(&checked(&stage, ESCALATIONS).await).join("\n"), @r"
    ✘ Slack channel C0ESCALATIONS (escalations): the app is not in #cs-escalations, so it cannot write there
        type `/invite @escalations` in it
    ✘ Slack channel C0EXECUTIVES (executives): #executives is archived: nothing is shown there
        take it out of the archive, or name another under [slack] in the policy
    ");
    slack.make_private(ESCALATIONS);
    slack.unarchive(EXECUTIVES);
    insta::assert_snapshot!(bad(&checked(&stage, ESCALATIONS).await).join("\n"), @r"
    ✘ Slack channel C0ESCALATIONS (escalations): Slack knows no such channel, or it is private and the app is not in it
        correct its id under [slack] in the policy; if it is private, type `/invite @escalations` in it
    ");
    let said = checked(&stage, "#no-such-channel").await;
    assert!(bad(&said)[0].contains("correct its name under [slack] in the policy"), "{said:?}");
    stage.world.finish();
}

#[tokio::test]
async fn without_the_scope_to_look_it_is_said_that_it_cannot_be_told() {
    let stage = stage().await;
    stage.world.slack.configure(|it| it.missing_scopes = ["channels:read", "groups:read"].into());
    for channel in [ESCALATIONS, "#cs-escalations"] {
        let said = checked(&stage, channel).await;
        assert_eq!(bad(&said).len(), 2, "{said:?}");
        assert!(bad(&said).iter().all(|it| it.starts_with("! Slack channel ")), "it may well work: {said:?}");
    }
    insta::assert_snapshot!(bad(&checked(&stage, ESCALATIONS).await)[0], @r"
    ! Slack channel C0ESCALATIONS (escalations): it cannot be told whether it is there and the app is in it
        give the app channels:read and groups:read (OAuth & Permissions; then install it again), or look yourself whether it is in the channel
    ");
    stage.world.slack.configure(|it| {
        it.missing_scopes.extend(["channels:history", "groups:history"]);
    });
    let said = checked(&stage, ESCALATIONS).await;
    assert!(
        bad(&said)[2].starts_with("! Slack scopes: without channels:history "),
        "one of the two it takes: {said:?}"
    );
    stage.world.finish();
}

#[tokio::test]
async fn a_scope_that_is_missing_is_said_with_what_goes_without_it() {
    let stage = stage().await;
    stage.world.slack.make_private(EXECUTIVES);
    stage.world.slack.configure(|it| it.missing_scopes = ["chat:write", "channels:history", "groups:history"].into());
    insta::assert_snapshot!(bad(&checked(&stage, ESCALATIONS).await).join("\n"), @r"
    ✘ Slack scopes: without chat:write the app can write nothing
        add chat:write under OAuth & Permissions > Bot Token Scopes, and install the app again
    ! Slack scopes: without channels:history a message whose confirmation was lost is not found again
        add channels:history under OAuth & Permissions > Bot Token Scopes, and install the app again
    ! Slack scopes: without groups:history a message whose confirmation was lost is not found again
        add groups:history under OAuth & Permissions > Bot Token Scopes, and install the app again
    ");
    stage.world.finish();
}
