//! The product at work: real function processes between a HubSpot, a Slack and a DynamoDB of this
//! machine, with a workflow engine that calls them and a clock that can be moved on.

mod environment;
mod setup;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use assign_lane::AssignLane;
use create_jira_issue::CreateJiraIssue;
use enforce_closure::EnforceClosure;
use escalation::id::TicketId;
use escalation::policy::Properties;
use escalation::runtime::{self, Action as _, Clock, Endpoint as _};
use hubspot_events::HubSpotEvents;
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use provision::project::webhooks::watched;
use secrecy::SecretString;
use serde_json::json;
use sweep::Sweep;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use validate_comment::ValidateComment;

use crate::clock::WorldClock;
use crate::dynamo::Dynamo;
use crate::host::{FunctionSpec, Host, HostConfig};
use crate::vault::Vault;
use crate::world::World;
use crate::world::call::Target;
use crate::world::hubspot::webhooks::Webhooks;
use crate::world::jira::automation::{Callback, Sender};
use crate::world::workflow::{App, Caller, Engine};
use environment::{environment, exports, secrets};

pub use setup::Setup;

/// The actions that the sandbox runs.
pub const FUNCTIONS: [&str; 4] = ["assign-lane", "create-jira-issue", "enforce-closure", "validate-comment"];

/// The function that has a schedule: every minute.
pub const SWEEP: &str = "sweep";

/// How long it may take; as template.yaml has it.
const SWEEP_LIMIT: Duration = Duration::from_secs(50);

/// What its schedule sends.
pub(crate) const SCHEDULED: &str = include_str!("../../events/sweep/scheduled.json");

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
        HubSpotEvents::NAME => Some(runtime::serve_endpoint_with::<HubSpotEvents>(clock).await),
        "enforce-closure" => Some(runtime::serve_with::<EnforceClosure>(clock).await),
        "validate-comment" => Some(runtime::serve_with::<ValidateComment>(clock).await),
        provision::NAME => Some(provision::lambda::serve(clock).await),
        SWEEP => Some(runtime::serve_job_with::<Sweep>(clock).await),
        _ => None,
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
    /// What holds the functions' secret.
    pub vault: Vault,
    /// The functions.
    pub host: Arc<Host>,
    /// HubSpot's workflows.
    pub engine: Engine,
    pub(crate) webhooks: Option<Webhooks>,
    app: App,
    /// When the last sweep began.
    swept: Timestamp,
    /// What a program of ours needs to know of this world.
    exports: Vec<(String, String)>,
    /// The rule by which Jira tells the product, where somebody set it up.
    pub(crate) rule: Option<Callback>,
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
        let secrets = secrets(&setup);
        let vault = Vault::open(&secrets).await?;
        let env = environment(&setup, &clock, &world, (&dynamo, &vault), &public_url);
        let max_environments = setup.environments;
        let of_ours =
            |spec| FunctionSpec { program: setup.program.clone(), env: env.clone(), max_environments, ..spec };
        let sweep = FunctionSpec { time_limit: SWEEP_LIMIT, ..FunctionSpec::scheduled(SWEEP)? };
        let mut functions = vec![of_ours(sweep)];
        for name in FUNCTIONS {
            functions.push(of_ours(FunctionSpec { time_limit: setup.time_limit, ..FunctionSpec::action(name)? }));
        }
        let callback = FunctionSpec::endpoint(JiraCallback::NAME, JiraCallback::PATH)?;
        functions.push(of_ours(FunctionSpec { time_limit: setup.time_limit, ..callback }));
        let events = FunctionSpec::endpoint(HubSpotEvents::NAME, HubSpotEvents::PATH)?;
        functions.push(of_ours(FunctionSpec { time_limit: setup.time_limit, ..events }));
        functions.iter_mut().for_each(|it| it.program = setup.program_of(&it.name));
        let beside = |it: &FunctionSpec| FunctionSpec { env: [&*env, &*it.env].concat(), ..it.clone() };
        functions.extend(setup.others.iter().map(beside));
        let host = Arc::new(Host::start_on(front, HostConfig::new(functions, clock.clock()))?);
        let app = App {
            portal: setup.hubspot.portal,
            client_secret: SecretString::from(CLIENT_SECRET),
            public_url: public_url.clone(),
            sign_v3: false,
        };
        let caller = Caller::new(&public_url, PATIENCE)?;
        let engine = Engine::new(&world.hubspot, app.clone(), caller, setup.workflows);
        let (swept, exports) = (clock.clock().now(), exports(env, secrets));
        Ok(Self { clock, world, dynamo, vault, host, engine, webhooks: None, app, swept, exports, rule: None })
    }

    /// From now on HubSpot also tells the product what happens, by the app's webhooks.
    pub fn subscribe(&mut self, ours: &Properties) -> &mut Webhooks {
        let (url, path) = (&self.app.public_url, HubSpotEvents::PATH);
        let webhooks = self.world.hubspot.tell_app(self.app.clone(), url, path, watched(ours));
        self.webhooks.insert(webhooks)
    }

    /// HubSpot's app webhooks, where the app subscribed to them.
    pub fn webhooks(&self) -> Option<&Webhooks> {
        self.webhooks.as_ref()
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

    /// Lets time pass until Jira's rule or the app's webhooks told something, the workflows took their next step,
    /// or the sweep did what falls due before `end`. False where there is none: then it is `end`.
    pub async fn step(&mut self, end: Timestamp) -> anyhow::Result<bool> {
        if self.tell_of_jira().await {
            return Ok(true);
        }
        let told = self.webhooks.as_mut().and_then(Webhooks::next_due);
        let due = self.engine.next_due().into_iter().chain(told).chain(self.next_sweep().await?).min();
        let Some(due) = due.filter(|due| *due <= end) else {
            self.wait_until(end)?;
            return Ok(false);
        };
        self.wait_until(due)?;
        if self.engine.run_round(self.now()).await.is_none() && !self.tell().await {
            self.sweep_if_due().await?;
        }
        Ok(true)
    }

    /// Does what is due now.
    pub async fn run_due(&mut self) -> anyhow::Result<()> {
        self.tell().await;
        self.engine.run_due(self.now()).await;
        self.tell_of_jira().await;
        self.sweep_if_due().await
    }

    /// Whether there was something due that the webhooks told. What is not heard is told again.
    async fn tell(&mut self) -> bool {
        match &mut self.webhooks {
            Some(webhooks) => !webhooks.run().await.is_empty(),
            None => false,
        }
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
        let Some(due) = self.dynamo.first_due().await? else {
            return Ok(None);
        };
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

    /// What `provision`, or whatever else is started by hand, needs in its environment to work with this world; the
    /// secrets too, which are none here.
    pub fn exports(&self) -> &[(String, String)] {
        &self.exports
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
