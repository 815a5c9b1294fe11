//! The product at work: real function processes between a HubSpot, a Slack and a DynamoDB of this
//! machine, with a workflow engine that calls them and a clock that can be moved on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::runtime::{self, Action as _, Clock, Endpoint as _};
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sweep::Sweep;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use validate_comment::ValidateComment;

use crate::clock::{self, WorldClock};
use crate::dynamo::Dynamo;
use crate::host::{FunctionSpec, Host, HostConfig};
use crate::world::World;
use crate::world::call::Target;
use crate::world::hubspot::Settings;
use crate::world::jira::automation::{Callback, Sender};
use crate::world::workflow::definition::{Workflow, workflows};
use crate::world::workflow::{App, Caller, Engine};
use crate::world::{jira, slack};

/// The actions that the sandbox runs.
pub const FUNCTIONS: [&str; 4] = ["assign-lane", "create-jira-issue", "enforce-closure", "validate-comment"];

/// The function that has a schedule: every minute.
pub const SWEEP: &str = "sweep";

/// How long it may take; as template.yaml has it.
const SWEEP_LIMIT: Duration = Duration::from_secs(50);

/// What its schedule sends.
const SCHEDULED: &str = include_str!("../../events/sweep/scheduled.json");

/// The client secret of the sandbox's app: no secret.
pub const CLIENT_SECRET: &str = "test-client-secret-0001";

/// What custom-code actions of the sandbox sign with: no secret.
pub const FORWARD_SECRET: &str = "test-forward-secret-0001";

/// What Jira and the sandbox's function know: no secret.
pub const JIRA_CALLBACK_SECRET: &str = "test-jira-secret-0001";

/// As long as HubSpot waits for an action.
const PATIENCE: Duration = Duration::from_secs(20);

/// Be the Lambda function `name`, by this clock; `None` where there is none of that name.
pub async fn serve(name: &str, clock: Clock) -> Option<ExitCode> {
    match name {
        "assign-lane" => Some(runtime::serve_with::<AssignLane>(clock).await),
        "create-jira-issue" => Some(runtime::serve_with::<CreateJiraIssue>(clock).await),
        JiraCallback::NAME => Some(runtime::serve_endpoint_with::<JiraCallback>(clock).await),
        "enforce-closure" => Some(runtime::serve_with::<EnforceClosure>(clock).await),
        "validate-comment" => Some(runtime::serve_with::<ValidateComment>(clock).await),
        SWEEP => Some(runtime::serve_job_with::<Sweep>(clock).await),
        _ => None,
    }
}

/// How a [`Product`] is set up.
pub struct Setup {
    /// The HubSpot account.
    pub hubspot: Settings,
    /// The Slack workspace; `None` leaves Slack off.
    pub slack: Option<slack::Settings>,
    /// The Jira site.
    pub jira: jira::Settings,
    /// The account's workflows.
    pub workflows: Vec<Workflow>,
    /// A policy other than the shipped one.
    pub policy: Option<PathBuf>,
    /// The program that `function <name>` makes a function of: the sandbox.
    pub program: PathBuf,
    /// How long a function may take, in real time.
    pub time_limit: Duration,
    /// How long before the machine's time the world begins.
    pub begun: Duration,
    /// Where DynamoDB listens; 0 for any free port.
    pub dynamodb_port: u16,
    /// Where the functions' API listens; 0 for any free port.
    pub api_port: u16,
}

impl Setup {
    /// The shipped policy, the procedure's workflows, and `program` as the sandbox.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self {
            hubspot: Settings::default(),
            slack: Some(slack::Settings::default()),
            jira: jira::Settings::default(),
            workflows: workflows(&Policy::shipped().properties),
            policy: None,
            program: program.into(),
            time_limit: Duration::from_secs(10),
            begun: Duration::ZERO,
            dynamodb_port: 0,
            api_port: 0,
        }
    }
}

/// The product at work.
pub struct Product {
    /// The world's time.
    pub clock: WorldClock,
    /// HubSpot, Slack and Jira.
    pub world: World,
    /// The state table.
    pub dynamo: Dynamo,
    /// The functions.
    pub host: Arc<Host>,
    /// HubSpot's workflows.
    pub engine: Engine,
    app: App,
    /// When the last sweep began.
    swept: Timestamp,
    /// The rule by which Jira tells the product, where somebody set it up.
    rule: Option<Callback>,
}

impl Product {
    /// Starts everything on free ports of this machine.
    pub async fn start(setup: Setup) -> anyhow::Result<Self> {
        let clock = WorldClock::begun(setup.begun)?;
        let slack = setup.slack.clone().unwrap_or_default();
        let world = World::of(setup.hubspot.clone(), slack, setup.jira.clone(), clock.clock()).await?;
        let dynamo = Dynamo::start_at(setup.dynamodb_port).await?;
        let front = TcpListener::bind(("127.0.0.1", setup.api_port)).await?;
        let public_url = format!("http://{}", front.local_addr()?);
        let env = environment(&setup, &clock, &world, &dynamo, &public_url);
        let of_ours = |spec| FunctionSpec { program: setup.program.clone(), env: env.clone(), ..spec };
        let sweep = FunctionSpec { time_limit: SWEEP_LIMIT, ..FunctionSpec::scheduled(SWEEP)? };
        let mut functions = vec![of_ours(sweep)];
        for name in FUNCTIONS {
            functions.push(of_ours(FunctionSpec { time_limit: setup.time_limit, ..FunctionSpec::action(name)? }));
        }
        let callback = FunctionSpec::endpoint(JiraCallback::NAME, JiraCallback::PATH)?;
        functions.push(of_ours(FunctionSpec { time_limit: setup.time_limit, ..callback }));
        let host = Arc::new(Host::start_on(front, HostConfig::new(functions, clock.clock()))?);
        let app = App {
            portal: setup.hubspot.portal,
            client_secret: SecretString::from(CLIENT_SECRET),
            public_url: public_url.clone(),
            sign_v3: false,
        };
        let caller = Caller::new(&public_url, PATIENCE)?;
        let engine = Engine::new(&world.hubspot, app.clone(), caller, setup.workflows);
        let swept = clock.clock().now();
        Ok(Self { clock, world, dynamo, host, engine, app, swept, rule: None })
    }

    /// What time it is in the world.
    pub fn now(&self) -> Timestamp {
        self.clock.clock().now()
    }

    /// Lets time pass; the workflows and the sweep do what falls due on the way.
    pub async fn pass(&mut self, time: SignedDuration) -> anyhow::Result<()> {
        let end = self.now() + time;
        while self.step(end).await? {}
        Ok(())
    }

    /// An administrator of Jira sets up the rule that tells the product what happens there from now on.
    pub fn turn_on_jira_rule(&mut self) {
        self.rule = Some(self.world.jira.tell(Sender::Rule, &self.jira_events_url(), JIRA_CALLBACK_SECRET));
    }

    /// Whether there was something that the rule told.
    async fn tell_of_jira(&mut self) -> bool {
        match &mut self.rule {
            Some(rule) => !rule.run().await.is_empty(),
            None => false,
        }
    }

    /// Lets time pass until Jira's rule told something, the workflows took their next step, or the sweep did
    /// what falls due before `end`. False where there is none: then it is `end`.
    pub async fn step(&mut self, end: Timestamp) -> anyhow::Result<bool> {
        if self.tell_of_jira().await {
            return Ok(true);
        }
        let due = self.engine.next_due().into_iter().chain(self.next_sweep().await?).min();
        let Some(due) = due.filter(|due| *due <= end) else {
            self.wait_until(end)?;
            return Ok(false);
        };
        self.wait_until(due)?;
        if self.engine.run_round(self.now()).await.is_none() {
            self.sweep_if_due().await?;
        }
        Ok(true)
    }

    /// Does what is due now.
    pub async fn run_due(&mut self) -> anyhow::Result<()> {
        self.engine.run_due(self.now()).await;
        self.tell_of_jira().await;
        self.sweep_if_due().await
    }

    async fn sweep_if_due(&mut self) -> anyhow::Result<()> {
        if self.next_sweep().await?.is_some_and(|due| due <= self.now()) {
            self.sweep().await;
        }
        Ok(())
    }

    /// The next full minute at which the sweep finds something; the others are left out.
    async fn next_sweep(&self) -> anyhow::Result<Option<Timestamp>> {
        const MINUTE: i64 = 60_000;
        let first = json!({
            "TableName": self.dynamo.table(),
            "IndexName": "agenda",
            "KeyConditionExpression": "ag = :ag",
            "ExpressionAttributeValues": { ":ag": { "S": "open" } },
            "Limit": 1,
        });
        let shown = self.dynamo.call("Query", &first).await?;
        let Some(due) = shown["Items"][0]["due"]["N"].as_str() else {
            return Ok(None);
        };
        let due: i64 = due.parse()?;
        let after = due.max(self.swept.as_millisecond() + 1);
        Ok(Some(Timestamp::from_millisecond((after + MINUTE - 1).div_euclid(MINUTE) * MINUTE)?))
    }

    /// Runs the sweep as its schedule does.
    pub async fn sweep(&mut self) {
        self.swept = self.now();
        // A run that fails is in its log, and the next minute brings another.
        let _ = self.host.invoke(SWEEP, SCHEDULED).await;
    }

    /// Delivers one request of a workflow to an action so many times at once; says what each was answered.
    pub async fn deliver(&self, action: &str, ticket: TicketId, times: usize) -> anyhow::Result<Vec<u16>> {
        self.ask_at_once(action, ticket, &vec![1; times]).await
    }

    /// Asks an action about a ticket by several executions of a workflow at once, given by their numbers.
    pub async fn ask_at_once(&self, action: &str, ticket: TicketId, executions: &[usize]) -> anyhow::Result<Vec<u16>> {
        let path = format!("/hubspot/actions/{action}");
        let caller = Caller::new(&self.app.public_url, PATIENCE)?;
        let portal = self.app.portal;
        let mut deliveries = JoinSet::new();
        for execution in executions {
            let body = json!({
                "callbackId": format!("ap-{portal}-{ticket}-{execution}-0"),
                "origin": { "portalId": portal.0 },
                "object": { "objectId": ticket.0, "objectType": "TICKET" },
                "inputFields": {},
            });
            let request = caller.request(&self.app, &path, body, self.now());
            deliveries.spawn(request.send());
        }
        let mut answers = Vec::new();
        while let Some(delivered) = deliveries.join_next().await {
            answers.push(delivered??.status().as_u16());
        }
        Ok(answers)
    }

    /// Kills a function's processes once, when HubSpot or Jira has done this call and not yet answered it.
    pub fn kill_once_after(&self, function: &'static str, method: &'static str, path: &'static str) {
        let (host, armed) = (Arc::downgrade(&self.host), Arc::new(AtomicBool::new(true)));
        let kill = move |call: Target| {
            let is_it = call.method == method && call.path == path;
            if is_it && armed.swap(false, Ordering::SeqCst) {
                host.upgrade().map(|host| host.kill(function));
            }
            async {}
        };
        self.world.hubspot.after_each(kill.clone());
        self.world.jira.after_each(kill);
    }

    fn wait_until(&self, moment: Timestamp) -> anyhow::Result<()> {
        let wait = Duration::try_from(moment.duration_since(self.now())).unwrap_or_default();
        Ok(self.clock.advance(wait)?)
    }

    /// Where Jira is to tell what happens in it.
    pub fn jira_events_url(&self) -> String {
        format!("{}{}", self.app.public_url, JiraCallback::PATH)
    }

    /// The app whose workflows call the product.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Ends the world; panics where a call broke a vendor's contract.
    pub fn finish(self) {
        self.world.finish();
    }
}

/// What a function process finds in its environment.
fn environment(
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
