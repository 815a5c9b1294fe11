//! `provision`: what HubSpot must have is looked at, planned, and created, once.

mod account;
mod actions;
mod bucket;
mod function;
mod people;
mod properties;
mod readme;
mod resource;
mod story;

use ::provision::command::Command;
use ::provision::finding::{Finding, Standing};
use ::provision::report::Report;
use ::provision::{Deployed, Keys, Provision, Vendors};
use escalation::http::Http;
use escalation::hubspot::{self, App, Developer, NoDeveloper};
use escalation::id::PortalId;
use escalation::policy::Policy;
use jiff::Timestamp;
use sandbox::world::World;
use sandbox::world::hubspot::Settings;
use sandbox::world::watch::Watch;

use crate::bench::policy;

/// Where HubSpot reaches us.
const ADDRESS: &str = "https://escalation.example.com";

/// As it is by default.
const APPLY: Command = Command::Apply { move_actions: false };

/// An account, and the command that looks at it.
struct Setup {
    world: World,
    watch: Watch,
    deployed: Deployed,
}

/// An account in which nobody has set up anything of ours.
fn fresh() -> Settings {
    Settings { is_fresh: true, ..Settings::default() }
}

impl Setup {
    async fn of(settings: Settings) -> Self {
        Self::with_policy(settings, &[]).await
    }

    async fn with_policy(settings: Settings, changes: &[(&str, &str)]) -> Self {
        let watch = Watch::at("2026-06-10T09:00:00Z".parse().unwrap());
        let deployed = Deployed {
            policy: Policy::parse(&policy(changes), "policy.toml").unwrap(),
            public_url: Some(ADDRESS.to_owned()),
            portals: [settings.portal].into(),
            app: App::new(&settings.app.to_string()).unwrap(),
        };
        let world = World::with(settings, watch.clock()).await.unwrap();
        Self { world, watch, deployed }
    }

    fn now(&self) -> Timestamp {
        self.watch.now()
    }

    /// The command with the token and the key that are good.
    fn provision(&self) -> Provision {
        let settings = self.world.hubspot.settings();
        self.with_key(Some(settings.developer_key))
    }

    fn with_key(&self, key: Option<secrecy::SecretString>) -> Provision {
        let (settings, base) = (self.world.hubspot.settings(), self.world.hubspot.base_url());
        let client = hubspot::HubSpot::new(Http::new(), base, settings.token);
        let developer = key.map(|key| Developer::new(Http::new(), base, settings.app, key)).ok_or(NoDeveloper::NoKey);
        Provision::new(
            self.deployed.clone(),
            Keys::default(),
            Vendors { hubspot: Some(client), developer, ..Vendors::default() },
        )
    }

    async fn obey(&self, command: &Command) -> Report {
        Box::pin(self.provision().obey(command, self.now())).await
    }

    async fn check(&self) -> Report {
        self.obey(&Command::Check).await
    }

    async fn plan(&self) -> Report {
        self.obey(&Command::Plan { move_actions: false }).await
    }

    async fn apply(&self) -> Report {
        self.obey(&APPLY).await
    }

    /// How often HubSpot was asked to change something since the last look.
    fn writes(&self) -> usize {
        let writes = self.world.hubspot.journal().writes();
        self.world.hubspot.journal().clear();
        writes
    }
}

/// What was done, or would be.
fn steps(report: &Report) -> Vec<&str> {
    report.work.iter().flat_map(|it| &it.steps).map(String::as_str).collect()
}

/// What is wrong, as a person reads it.
fn wrong(report: &Report) -> Vec<String> {
    standing(report, Standing::Wrong)
}

fn standing(report: &Report, standing: Standing) -> Vec<String> {
    report.findings().filter(|it| it.standing == standing).map(ToString::to_string).collect()
}

/// The one finding about this.
#[track_caller]
fn about<'a>(report: &'a Report, subject: &str) -> &'a Finding {
    let found: Vec<_> = report.findings().filter(|it| it.subject == subject).collect();
    assert_eq!(found.len(), 1, "{subject}: {report}");
    found[0]
}

/// Another account than the one that is served.
const ELSEWHERE: PortalId = PortalId(99);
