//! `cargo run -- week`: a week in which many people work on many tickets, vendors fail and functions die; then
//! everything comes to rest, and an oracle looks whether all is as the procedure says.
//!
//! No time passes but the week's own: the world goes from one moment at which something is due to the next.
//! The functions run in this process behind real HTTP; what goes wrong follows from the seed.

mod acts;
mod front;
mod functions;
mod oracle;
mod people;
mod pipeline;
mod report;
mod storms;
mod story;
mod sweeps;
mod tech;
mod texts;
mod trouble;
mod wiring;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use clap::Args;
use clap::builder::RangedU64ValueParser;
use escalation::policy::Policy;
use escalation::runtime::Endpoint as _;
use escalation::workflows::workflows;
use hubspot_events::HubSpotEvents;
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;
use provision::project::webhooks::watched;
use secrecy::SecretString;
use sweep::Sweep;

use front::{Door, place};
use functions::Functions;
use people::People;
use pipeline::{PIPELINE, pipeline};
use storms::{lag, manner};
use trouble::Trouble;

use crate::dynamo::Dynamo;
use crate::product::{CLIENT_SECRET, JIRA_CALLBACK_SECRET};
use crate::team::Team;
use crate::world::World;
use crate::world::hubspot::Merging;
use crate::world::hubspot::webhooks::{Manner, Webhooks};
use crate::world::jira::Happening;
use crate::world::jira::automation::{Callback, Sender};
use crate::world::watch::Watch;
use crate::world::workflow::{App, Caller, Engine};

pub use report::Report;

/// A Monday in winter, when London's time is UTC.
const START: &str = "2026-01-05T08:00:00Z";

/// After people stop. Long enough for a reminder after a working day, with a week-end between, and for a
/// delivery that HubSpot tries again after eight hours.
const REST: SignedDuration = SignedDuration::from_hours(96);

/// More rounds at one moment than any chain of workflows has.
const MOST_ROUNDS: usize = 400;

/// Futures of many functions inside each other are large where nothing is optimised.
const STACK: usize = 64 * 1024 * 1024;

/// Which week.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// Plays the same week again.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// How many tickets.
    #[arg(long, default_value_t = 200, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub tickets: usize,
    /// How many days people work.
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    pub days: u32,
    /// Plays the story of one ticket alone, by its number in the week; other troubles meet it then.
    #[arg(long)]
    pub only: Option<usize>,
}

/// A week at work.
pub struct Week {
    world: World,
    dynamo: Dynamo,
    watch: Watch,
    engine: Engine,
    webhooks: Webhooks,
    callback: Callback,
    functions: Arc<Functions>,
    sweep: Sweep,
    people: People,
    trouble: Arc<Trouble>,
    /// When people stop.
    until: Timestamp,
    swept: Timestamp,
    /// What is due first on the agenda, in ms, after so many runs of functions and sweeps.
    agenda: (usize, Option<i64>),
    sweeps: usize,
    acts: usize,
    /// What Jira's rule told, by the issue's id, and what it was answered.
    told: Vec<(String, Option<u16>)>,
    /// Moments at which too much happened at once.
    endless: Vec<Timestamp>,
    /// Its policy's file is there as long as this.
    _team: Team,
}

/// Plays a week and has the oracle look at it. All of it happens on one thread, so that the same seed brings the
/// same week; blocks until its end.
///
/// # Errors
/// The week has no such ticket, or the world cannot be set up.
///
/// # Panics
/// Where the week itself panicked.
pub fn play(options: &Options) -> anyhow::Result<Report> {
    let options = *options;
    let (tickets, named) = (options.tickets, options.only);
    ensure!(
        named.is_none_or(|it| (1..=tickets).contains(&it)),
        "--only {} is no ticket of this week; give one from 1 to {tickets}, or more --tickets",
        named.unwrap_or_default()
    );
    let play = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?;
        runtime.block_on(Box::pin(lived(&options)))
    };
    let thread = std::thread::Builder::new().name("week".to_owned()).stack_size(STACK).spawn(play)?;
    thread.join().expect("the week came to an end")
}

async fn lived(options: &Options) -> anyhow::Result<Report> {
    let mut week = Week::new(options).await?;
    let until = week.until;
    week.pass(until).await?;
    week.pass(until + REST).await?;
    let left = week.first_due().await?.map(Timestamp::from_millisecond).transpose()?;
    Ok(week.judged(left))
}

impl Week {
    async fn new(options: &Options) -> anyhow::Result<Self> {
        let from: Timestamp = START.parse()?;
        let until = from + SignedDuration::from_hours(24 * i64::from(options.days));
        let watch = Watch::at(from);
        let world = World::start(watch.clock()).await?;
        let team = Team::new()?;
        team.joins(&world);
        People::join(&world);
        world.hubspot.add_pipeline(pipeline());
        world.hubspot.set_merging(if options.seed.is_multiple_of(2) { Merging::KeepsPrimary } else { Merging::Fills });
        let text = std::fs::read_to_string(team.policy()).context("the team's policy")?;
        let policy = Policy::parse(&format!("{text}{PIPELINE}"), "policy.toml")?;
        let dynamo = Dynamo::start().await?;
        let trouble = Arc::new(Trouble::new(options.seed, &watch, from, until));
        let ((public, url), (within, inner)) = (place().await?, place().await?);
        let functions = Functions::new(&world, &dynamo, &watch, &policy, &trouble, &inner)?;
        trouble.stand_between(&world, &dynamo, &functions);
        functions.listen(public, Door::Public);
        functions.listen(within, Door::Within);
        let app = App {
            portal: world.hubspot.settings().portal,
            client_secret: SecretString::from(CLIENT_SECRET),
            public_url: format!("https://{}", functions::DOMAIN),
            sign_v3: false,
        };
        let caller = Caller::new(&url, Duration::from_secs(300))?;
        let engine = Engine::new(&world.hubspot, app.clone(), caller, workflows(&policy.properties));
        let webhooks = world.hubspot.tell_app(app, &url, HubSpotEvents::PATH, watched(&policy.properties));
        let address = format!("{url}{}", JiraCallback::PATH);
        let callback = world.jira.tell(Sender::Rule, &address, JIRA_CALLBACK_SECRET);
        let sweep = wiring::sweep(&dynamo, &policy, &url)?;
        let people = People::new(options.seed, options.tickets, options.only, from, until);
        let (told, endless, _team) = (Vec::new(), Vec::new(), team);
        let (swept, acts, sweeps, agenda) = (from, 0, 0, (usize::MAX, None));
        Ok(Self {
            world,
            dynamo,
            watch,
            engine,
            webhooks,
            callback,
            functions,
            sweep,
            people,
            trouble,
            until,
            swept,
            sweeps,
            agenda,
            acts,
            told,
            endless,
            _team,
        })
    }

    /// Lets the week go on until then.
    async fn pass(&mut self, end: Timestamp) -> anyhow::Result<()> {
        loop {
            self.run_now().await?;
            let mut due = self.next_due().await?.filter(|it| *it <= end);
            if due.is_none() {
                // Who was killed may have written after we looked.
                self.agenda.0 = usize::MAX;
                due = self.next_due().await?.filter(|it| *it <= end);
            }
            let Some(due) = due else { break };
            self.watch.set(due.max(self.watch.now()));
        }
        self.watch.set(end.max(self.watch.now()));
        Ok(())
    }

    async fn next_due(&mut self) -> anyhow::Result<Option<Timestamp>> {
        let hubspot = self.engine.next_due().into_iter().chain(self.webhooks.next_due());
        let vendors = hubspot.chain(self.callback.next_due());
        let own = self.functions.next_due().into_iter().chain(self.people.next_due());
        Ok(vendors.chain(own).chain(self.next_sweep().await?).min())
    }

    /// Does everything that is due now.
    async fn run_now(&mut self) -> anyhow::Result<()> {
        self.index();
        self.acts += self.people.run_due(&self.world, self.watch.now(), self.until);
        for round in 0.. {
            let now = self.watch.now();
            self.functions.run_due(now).await;
            let made = self.engine.run_round(now).await;
            let is_told = !self.webhooks.run().await.is_empty();
            if made.is_none() && !is_told && !self.tell().await {
                break;
            }
            if round == MOST_ROUNDS {
                self.endless.push(now);
                break;
            }
        }
        if self.next_sweep().await?.is_some_and(|due| due <= self.watch.now()) {
            self.sweep().await;
        }
        Ok(())
    }

    /// The vendors' indexes are late, and HubSpot's webhooks unruly, each hour otherwise.
    fn index(&mut self) {
        let now = self.watch.now();
        let hour = now.as_second().div_euclid(3_600);
        let late = |vendor| match now < self.until {
            true => SignedDuration::from_secs(lag(self.trouble.seed(), vendor, hour)),
            false => SignedDuration::ZERO,
        };
        self.world.hubspot.set_indexing_lag(late("hubspot"));
        self.world.jira.configure(|it| it.search_lag = late("jira"));
        let is_unruly = now < self.until;
        self.webhooks.manner = if is_unruly { manner(self.trouble.seed(), hour) } else { Manner::default() };
    }

    /// Jira's rule tells what happened. Says whether there was anything.
    async fn tell(&mut self) -> bool {
        let answers = self.callback.run().await;
        if answers.is_empty() {
            return false;
        }
        let events = self.world.jira.events();
        let is_told =
            |it: &Happening| !matches!(it, Happening::LinkedOut(_) | Happening::PropertySet(_) | Happening::Linked(_));
        let heard: Vec<_> = events.into_iter().filter(|it| is_told(&it.what)).map(|it| it.issue).collect();
        let new = heard.into_iter().skip(self.told.len()).take(answers.len());
        self.told.extend(new.zip(answers.iter().copied()));
        true
    }
}
