//! `cargo run -- load`: many escalations a minute through real processes, while HubSpot's rate limits hold.
//!
//! The account is as a real one: workflows ask the actions, the app's webhooks tell what happens, Jira's rule
//! tells of the issues, and the sweep runs every minute. Time is the machine's; only where nobody has anything
//! to do for a while is the world moved on.

mod people;
mod report;
mod running;

use anyhow::ensure;
use clap::Args;
use clap::builder::RangedU64ValueParser;
use jiff::{SignedDuration, Timestamp};

use crate::product::{Product, Setup};
use crate::team::Team;
use people::People;
use running::Running;

pub use report::Report;

/// How much.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// Escalations in a minute.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    pub per_minute: u32,
    /// For so many minutes.
    #[arg(long, default_value_t = 10.0)]
    pub minutes: f64,
    /// Calls that HubSpot lets the app make in ten seconds: 100, 190 or 250, by the account's plan.
    #[arg(long, default_value_t = 190, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub quota: usize,
    /// Which tickets lack something at first, and which go to Tech.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

impl Options {
    /// How many tickets that are.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of tickets")]
    fn tickets(&self) -> usize {
        (f64::from(self.per_minute) * self.minutes).round() as usize
    }

    /// Between two of them.
    fn pause(&self) -> SignedDuration {
        SignedDuration::from_mins(1) / i32::try_from(self.per_minute.max(1)).unwrap_or(i32::MAX)
    }
}

/// What was done, for who counts it.
struct Done {
    product: Product,
    people: People,
    began: Timestamp,
    /// When the last escalation came.
    last: Timestamp,
}

/// Plays it to the end; `tell` hears how it goes.
///
/// # Errors
/// That is not a single escalation, or the world cannot be set up.
pub async fn play(setup: Setup, options: &Options, tell: impl Fn(&str)) -> anyhow::Result<Report> {
    let Options { per_minute, minutes, .. } = options;
    ensure!(options.tickets() > 0, "--per-minute {per_minute} for --minutes {minutes} is no escalation; give more");
    let team = Team::new()?;
    let mut hubspot = setup.hubspot.clone();
    hubspot.limits.ten_secondly = options.quota;
    let policy = Some(team.policy().to_owned());
    let mut product = Product::start(Setup { policy, hubspot, environments: 40, ..setup }).await?;
    team.joins(&product.world);
    product.turn_on_jira_rule();
    product.subscribe(&escalation::policy::Policy::shipped().properties);
    let began = product.now();
    let mut people = People::new(options, &product.world, began);
    Running::new(&mut product, &mut people, &tell).until_all_is_done().await?;
    let last = people.last_arrival();
    Ok(report::of(Done { product, people, began, last }, options))
}
