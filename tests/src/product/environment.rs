//! What the product's functions find in their environment.

use std::path::Path;

use secrecy::ExposeSecret;

use super::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET, Setup};
use crate::clock::{self, WorldClock};
use crate::dynamo::Dynamo;
use crate::world::World;

/// What a function process finds in its environment.
pub(super) fn environment(
    setup: &Setup,
    clock: &WorldClock,
    world: &World,
    dynamo: &Dynamo,
    public_url: &str,
) -> Vec<(String, String)> {
    let policy = setup.policy.as_deref().map(Path::display).map(|it| it.to_string());
    let variables = [
        (clock::VARIABLE, clock.path().display().to_string()),
        ("AWS_ACCESS_KEY_ID", "sandbox".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "sandbox".to_owned()),
        ("AWS_ENDPOINT_URL_DYNAMODB", dynamo.url().to_owned()),
        ("STATE_TABLE", dynamo.table().to_owned()),
        ("HUBSPOT_BASE_URL", world.hubspot.base_url().to_owned()),
        ("HUBSPOT_ACCESS_TOKEN", setup.hubspot.token.expose_secret().to_owned()),
        ("HUBSPOT_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
        ("HUBSPOT_APP_ID", setup.hubspot.app.to_string()),
        ("HUBSPOT_PORTAL_IDS", setup.hubspot.portal.to_string()),
        ("FORWARD_SECRET", FORWARD_SECRET.to_owned()),
        ("PUBLIC_BASE_URL", public_url.to_owned()),
        ("POLICY_FILE", policy.unwrap_or_default()),
        ("JIRA_BASE_URL", world.jira.base_url()),
        ("JIRA_SITE_URL", world.jira.site_url().to_owned()),
        ("JIRA_EMAIL", setup.jira.email.clone()),
        ("JIRA_CALLBACK_SECRET", JIRA_CALLBACK_SECRET.to_owned()),
        ("JIRA_API_TOKEN", setup.jira.token.expose_secret().to_owned()),
    ];
    let slack = setup.slack.iter().flat_map(|settings| {
        [
            ("SLACK_BASE_URL", world.slack.base_url().to_owned()),
            ("SLACK_BOT_TOKEN", settings.token.expose_secret().to_owned()),
        ]
    });
    variables.into_iter().chain(slack).map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// What a function finds of Slack.
    async fn slack_of(setup: &Setup) -> Vec<(String, String)> {
        let clock = WorldClock::begun(Duration::ZERO).unwrap();
        let world = World::start(clock.clock()).await.unwrap();
        let dynamo = Dynamo::start().await.unwrap();
        let mut variables = environment(setup, &clock, &world, &dynamo, "http://127.0.0.1:1");
        variables.retain(|it| it.0.starts_with("SLACK_"));
        variables.iter_mut().for_each(|it| it.1 = it.1.replace(world.slack.base_url(), "<slack>"));
        variables
    }

    #[tokio::test]
    async fn functions_know_slack_unless_it_is_off() {
        let setup = Setup::of("sandbox");
        let variables = [("SLACK_BASE_URL", "<slack>"), ("SLACK_BOT_TOKEN", "xoxb-sandbox-0000")];
        assert_eq!(slack_of(&setup).await, variables.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(slack_of(&Setup { slack: None, ..setup }).await, []);
    }
}
