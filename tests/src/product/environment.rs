//! What the product's functions find in their environment, and in the secret that it names.

use std::collections::BTreeMap;
use std::path::Path;

use secrecy::ExposeSecret;

use super::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET, Setup};
use crate::clock::{self, WorldClock};
use crate::dynamo::Dynamo;
use crate::vault::{self, Vault};
use crate::world::World;

/// What a function process finds in its environment.
pub(super) fn environment(
    setup: &Setup,
    clock: &WorldClock,
    world: &World,
    (dynamo, vault): (&Dynamo, &Vault),
    public_url: &str,
) -> Vec<(String, String)> {
    let policy = setup.policy.as_deref().map(Path::display).map(|it| it.to_string());
    let variables = [
        (clock::VARIABLE, clock.path().display().to_string()),
        ("AWS_ACCESS_KEY_ID", "sandbox".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "sandbox".to_owned()),
        ("AWS_ENDPOINT_URL_DYNAMODB", dynamo.url().to_owned()),
        ("STATE_TABLE", dynamo.table().to_owned()),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", vault.url().to_owned()),
        ("SECRETS_ID", vault::SECRET.to_owned()),
        ("HUBSPOT_BASE_URL", world.hubspot.base_url().to_owned()),
        ("HUBSPOT_APP_ID", setup.hubspot.app.to_string()),
        ("HUBSPOT_PORTAL_IDS", setup.hubspot.portal.to_string()),
        ("PUBLIC_BASE_URL", public_url.to_owned()),
        ("POLICY_FILE", policy.unwrap_or_default()),
        ("JIRA_BASE_URL", world.jira.base_url()),
        ("JIRA_SITE_URL", world.jira.site_url().to_owned()),
        ("JIRA_EMAIL", setup.jira.email.clone()),
        ("SLACK_BASE_URL", world.slack.base_url().to_owned()),
    ];
    variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What the secret holds. Without a token Slack is off.
pub(super) fn secrets(setup: &Setup) -> BTreeMap<String, String> {
    let slack = setup.slack.as_ref().map(|it| it.token.expose_secret().to_owned());
    let values = [
        ("HUBSPOT_ACCESS_TOKEN", setup.hubspot.token.expose_secret().to_owned()),
        ("HUBSPOT_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
        ("FORWARD_SECRET", FORWARD_SECRET.to_owned()),
        ("JIRA_CALLBACK_SECRET", JIRA_CALLBACK_SECRET.to_owned()),
        ("JIRA_API_TOKEN", setup.jira.token.expose_secret().to_owned()),
        ("SLACK_BOT_TOKEN", slack.unwrap_or_default()),
    ];
    values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The same for who types commands: the secrets themselves, nothing that other programs take for a real account of
/// AWS, and no address of ours, since HubSpot would call none without TLS.
pub(super) fn exports(env: Vec<(String, String)>, secrets: BTreeMap<String, String>) -> Vec<(String, String)> {
    let is_ours = |it: &(String, String)| {
        let ours = ["HUBSPOT_", "JIRA_", "SLACK_", "POLICY_FILE"];
        ours.iter().any(|begin| it.0.starts_with(begin))
    };
    env.into_iter().filter(is_ours).chain(secrets).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_types_commands_gets_the_secrets_and_no_account_of_aws() {
        let env = [("AWS_ACCESS_KEY_ID", "sandbox"), ("SECRETS_ID", "x"), ("HUBSPOT_BASE_URL", "http://127.0.0.1:1")];
        let env = env.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let exports = exports(env, secrets(&Setup::of("sandbox")));
        let names: Vec<&str> = exports.iter().map(|it| it.0.as_str()).collect();
        assert!(names.contains(&"HUBSPOT_BASE_URL") && names.contains(&"HUBSPOT_ACCESS_TOKEN"), "{names:?}");
        assert!(names.iter().all(|it| !it.starts_with("AWS_") && *it != "SECRETS_ID"), "{names:?}");
    }

    #[test]
    fn functions_know_slack_unless_it_is_off() {
        let setup = Setup::of("sandbox");
        assert_eq!(secrets(&setup)["SLACK_BOT_TOKEN"], "xoxb-sandbox-0000");
        assert_eq!(secrets(&Setup { slack: None, ..setup })["SLACK_BOT_TOKEN"], "");
    }
}
