//! How the functions of a week are put together, as production does it from its environment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use assign_lane::AssignLane;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::ledger::{self, Ledger, Times};
use escalation::policy::Policy;
use escalation::runtime::{Edge, Front};
use escalation::{hubspot, jira, slack};
use hubspot_events::HubSpotEvents;
use jira_callback::JiraCallback;
use sweep::Sweep;
use validate_comment::ValidateComment;

use super::functions::{Functions, Turns};
use super::trouble::Trouble;
use crate::dynamo::{Dynamo, REGION};
use crate::product::{CLIENT_SECRET, FORWARD_SECRET, JIRA_CALLBACK_SECRET};
use crate::world::World;
use crate::world::watch::Watch;

impl Functions {
    /// The functions of this policy between these vendors. Who hears HubSpot's webhooks asks the others `within`.
    pub fn new(
        world: &World,
        dynamo: &Dynamo,
        watch: &Watch,
        policy: &Policy,
        trouble: &Arc<Trouble>,
        within: &str,
    ) -> anyhow::Result<Arc<Self>> {
        let (of_hubspot, of_slack, site) = (world.hubspot.settings(), world.slack.settings(), world.jira.settings());
        let ledger = Ledger::new(client(dynamo), dynamo.table(), Times::default());
        let times = Times { act: jira::CREATE_TIMEOUT, ended: Times::default().kept, ..Times::default() };
        let patient = Ledger::new(client(dynamo), dynamo.table(), times);
        let hubspot = hubspot::HubSpot::new(Http::new(), world.hubspot.base_url(), of_hubspot.token);
        let slack = Some(slack::Slack::new(Http::new(), world.slack.base_url(), of_slack.token));
        let jira = jira::Jira::new(Http::new(), &world.jira.base_url(), &site.email, site.token);
        let place = jira::Site::new(world.jira.site_url());
        let told = (jira.clone(), place.clone(), jira::Caller::new(JIRA_CALLBACK_SECRET)?);
        let app = hubspot::App::new(&of_hubspot.app.to_string())?;
        let of = || (hubspot.clone(), policy.clone(), ledger.clone());
        let lane = |(hubspot, policy, ledger)| AssignLane::new(hubspot, policy, ledger, slack.clone());
        let close = |(hubspot, policy, ledger)| EnforceClosure::new(hubspot, policy, ledger, slack.clone());
        let check = |(hubspot, policy, ledger)| ValidateComment::new(hubspot, policy, ledger);
        Ok(Arc::new(Self {
            check: check(of()),
            assign: lane(of()),
            close: close(of()),
            create: CreateJiraIssue::new(hubspot.clone(), (jira, place), policy.clone(), patient, slack.clone()),
            callback: JiraCallback::new(hubspot.clone(), told, policy.clone(), ledger.clone(), slack.clone()),
            events: HubSpotEvents::new(hubspot, app, front(within)?, policy.clone(), ledger),
            edge: edge(&of_hubspot.portal.to_string())?,
            watch: watch.clone(),
            trouble: Arc::clone(trouble),
            turns: Turns::default(),
        }))
    }
}

/// The sweep over the same table, which asks at this front.
pub fn sweep(dynamo: &Dynamo, policy: &Policy, url: &str) -> anyhow::Result<Sweep> {
    let ledger = Ledger::new(client(dynamo), dynamo.table(), Times::default());
    let alarm_after = Duration::try_from(policy.ledger.alarm_minutes.minutes())?;
    Ok(Sweep::new(ledger, front(url)?, alarm_after))
}

fn front(url: &str) -> anyhow::Result<Front> {
    Front::new(Http::new(), url, FORWARD_SECRET)
}

/// As production has it, but that it tries again at once and leaves others their budget of retries.
fn client(dynamo: &Dynamo) -> Client {
    let credentials = Credentials::new("sandbox", "sandbox", None, None, "sandbox");
    let aws = Aws { region: Region::from_static(REGION), credentials, endpoint: Some(dynamo.url().to_owned()) };
    let retries = RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(1));
    let patience = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(60)).build();
    let budget = RetryPartition::custom("week").token_bucket(TokenBucket::unlimited()).build();
    let config = ledger::client(aws, &Http::new()).config().to_builder();
    Client::from_conf(config.retry_config(retries).timeout_config(patience).retry_partition(budget).build())
}

fn edge(portal: &str) -> anyhow::Result<Edge> {
    let variables = BTreeMap::from([
        ("HUBSPOT_CLIENT_SECRET", CLIENT_SECRET.to_owned()),
        ("FORWARD_SECRET", FORWARD_SECRET.to_owned()),
        ("HUBSPOT_PORTAL_IDS", portal.to_owned()),
    ]);
    Edge::new(|name: &str| variables.get(name).cloned())
}
