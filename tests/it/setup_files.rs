//! What the set-up writes into files, and what it finds at Jira and Slack.

mod flows;
mod jira;
mod project;
mod slack;

use provision::finding::Finding;
use sandbox::world::World;
use sandbox::world::watch::Watch;

/// The vendors on a Wednesday morning, before anything is set up.
struct Stage {
    world: World,
    watch: Watch,
}

impl Stage {
    async fn set() -> Self {
        let watch = Watch::at("2026-06-10T09:00:00Z".parse().unwrap());
        let world = World::start(watch.clock()).await.unwrap();
        Self { world, watch }
    }

    fn jira(&self) -> &sandbox::world::jira::Jira {
        &self.world.jira
    }
}

/// The findings as a person reads them.
fn said(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

/// Those that are not as they must be.
fn bad(said: &[String]) -> Vec<&str> {
    said.iter().map(String::as_str).filter(|it| !it.starts_with('✔')).collect()
}
