//! The vendors' side of the world: stand-ins with state behind real HTTP, each as strict as the
//! vendor, each call written down and held against the vendor's own API description.

pub mod call;
pub mod client;
pub mod contract;
pub mod door;
pub mod fault;
pub mod hubspot;
pub mod jira;
pub mod journal;
mod line;
pub mod slack;
pub mod violations;
pub mod watch;
pub mod workflow;

use escalation::runtime::Clock;

use hubspot::{HubSpot, Settings};
use jira::Jira;
use slack::Slack;
use violations::Violations;

/// Everything outside the product. Ends with [`World::finish`].
pub struct World {
    /// HubSpot.
    pub hubspot: HubSpot,
    /// Slack.
    pub slack: Slack,
    /// Jira.
    pub jira: Jira,
    violations: Violations,
}

impl World {
    /// Opens a world with an ordinary HubSpot account, Slack workspace and Jira site in it.
    pub async fn start(clock: Clock) -> anyhow::Result<Self> {
        Self::with(Settings::default(), clock).await
    }

    /// Opens a world with this HubSpot account, and an ordinary Slack workspace and Jira site in it.
    pub async fn with(settings: Settings, clock: Clock) -> anyhow::Result<Self> {
        Self::of(settings, slack::Settings::default(), jira::Settings::default(), clock).await
    }

    /// Opens a world with this HubSpot account, this Slack workspace and this Jira site in it.
    pub async fn of(
        hubspot: Settings,
        slack: slack::Settings,
        jira: jira::Settings,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        let violations = Violations::default();
        let slack = Slack::open(slack, clock.clone(), violations.clone()).await?;
        let jira = Jira::open(jira, clock.clone(), violations.clone()).await?;
        let hubspot = HubSpot::open(hubspot, clock, violations.clone()).await?;
        Ok(Self { hubspot, slack, jira, violations })
    }

    /// What a vendor's API description or stand-in holds against the calls made so far. Who asks has
    /// looked: [`World::finish`] then reports only what comes after.
    pub fn violations(&self) -> Vec<String> {
        self.violations.take()
    }

    /// Ends the world.
    ///
    /// # Panics
    /// Where a call broke a vendor's contract, or went to an endpoint no stand-in has.
    pub fn finish(self) {
        self.violations.judge();
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.violations.judge();
        }
    }
}
