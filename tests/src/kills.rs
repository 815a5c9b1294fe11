//! `cargo run -- kills`: SIGKILL at random moments, and a count of what there is in the end.
//!
//! Real processes, one world, a fresh ticket each run. A Shift Lead sends it to Tech, and the process of
//! `create-jira-issue` is killed before or after one or two of its calls. Slack is off: its calls would not
//! tell whose they are.

mod deaths;

use std::collections::BTreeMap;
use std::fmt;

use clap::Args;
use deaths::{Coming, Deaths};
use escalation::id::TicketId;
use escalation::workflows::{Action, Becomes, Step as Next, Trigger, Workflow};
use jiff::SignedDuration;

use crate::dice::Dice;
use crate::dynamo::Moment;
use crate::host::Ending;
use crate::product::{Product, Setup};
use crate::team::{DANA, SAM, Team};

/// What is killed.
const FUNCTION: &str = "create-jira-issue";

/// An escalation as an agent leaves it.
const NOTE: &str = "<p>Issue: Order 4711 was charged twice.</p><p>Investigated: The log shows two captures.</p>\
    <p>Action Taken: Asked the bank to hold one.</p><p>Blocker: Refunds need an approval.</p>\
    <p>Required to Resolve: Please approve the refund.</p>";

/// Long enough for HubSpot's schedule after any number of deaths that a run may have.
const WHILE: SignedDuration = SignedDuration::from_hours(4);

/// How late Jira's search may be, in seconds.
const LAGS: [i64; 3] = [0, 20, 150];

/// Where the function dies: at a call as the journal writes it, or at a write to the state table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Death {
    /// The call, or `DynamoDB take`, `DynamoDB note` or `DynamoDB end`.
    pub at: &'static str,
    /// Before it takes effect, or after and before its answer.
    pub when: Moment,
}

/// All places, by vendor.
pub const PLACES: [&[&str]; 3] = [
    &[
        "GET /crm/v3/objects/tickets/*",
        "POST /crm/v3/objects/notes/batch/read",
        "GET /crm/v3/owners",
        "PATCH /crm/v3/objects/tickets/*",
        "POST /crm/v3/objects/notes",
    ],
    &[
        "GET /rest/api/3/issue/createmeta/*/issuetypes",
        "POST /rest/api/3/issue",
        "GET /rest/api/3/issue/*",
        "POST /rest/api/3/issue/*/remotelink",
        "POST /rest/api/3/search/jql",
    ],
    &["DynamoDB take", "DynamoDB note", "DynamoDB end"],
];

/// What a run leaves behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// How often the function died.
    pub died: usize,
    /// Issues that carry the ticket's label.
    pub issues: usize,
    /// Notes of ours on the ticket.
    pub notes: usize,
    /// Links from its issues to the ticket.
    pub links: usize,
    /// Whether Jira Reference is the key of the one issue.
    pub is_named: bool,
}

impl Left {
    /// One of everything.
    pub fn is_right(&self) -> bool {
        (self.issues, self.notes, self.links, self.is_named) == (1, 1, 1, true)
    }
}

/// The product with somebody who kills.
pub struct Kills {
    /// The product.
    pub product: Product,
    deaths: Deaths,
    /// Its policy's file is there as long as this.
    _team: Team,
}

impl Kills {
    /// Starts the product with Slack off, and one workflow that asks for the issue.
    pub async fn start(setup: Setup) -> anyhow::Result<Self> {
        let team = Team::new()?;
        let trigger = Trigger::new("escalation_type", "Escalation Type", Becomes::Known);
        let steps = vec![Next::Call(Action::new(FUNCTION, &[])), Next::End];
        let workflows = vec![Workflow { id: 1, name: "Tech".to_owned(), trigger, re_enrol: true, steps }];
        let policy = Some(team.policy().to_owned());
        let product = Product::start(Setup { policy, workflows, slack: None, ..setup }).await?;
        team.joins(&product.world);
        let deaths = Deaths::default();
        deaths.at_vendors(&product);
        deaths.at_dynamodb(&product);
        Ok(Self { product, deaths, _team: team })
    }

    /// Sends a fresh ticket to Tech, and has the function die where it is told to, as far as it comes by.
    pub async fn run(&mut self, deaths: &[Death], lag: SignedDuration) -> anyhow::Result<(TicketId, Left)> {
        let hubspot = self.product.world.hubspot.clone();
        self.product.world.jira.configure(|it| it.search_lag = lag);
        let owner = SAM.owner.to_string();
        let values = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", &*owner)];
        let ticket = hubspot.agent(SAM.user).create_ticket(&values)?;
        hubspot.agent(SAM.user).write_note(ticket, NOTE)?;
        let crashes = self.crashes();
        hubspot.agent(SAM.user).set(ticket, "escalation_type", "shift_lead")?;
        self.product.pass(SignedDuration::from_mins(2)).await?;
        hubspot.agent(DANA.user).set(ticket, "escalation_type", "tech")?;
        self.deaths.lock().next = deaths.iter().copied().collect();
        self.product.pass(WHILE).await?;
        *self.deaths.lock() = Coming::default();
        Ok((ticket, self.left(ticket, crashes)))
    }

    fn left(&self, ticket: TicketId, crashes: usize) -> Left {
        let hubspot = &self.product.world.hubspot;
        let label = format!("hs-ticket-{}-{ticket}", hubspot.settings().portal);
        let issues: Vec<_> =
            self.product.world.jira.issues().into_iter().filter(|it| it.labels.contains(&label)).collect();
        let named = hubspot.value(ticket, "jira_reference");
        Left {
            died: self.crashes() - crashes,
            issues: issues.len(),
            notes: hubspot.notes(ticket).iter().filter(|it| it.author.is_none()).count(),
            links: issues.iter().map(|it| it.remote_links.len()).sum(),
            is_named: issues.first().is_some_and(|it| Some(&it.key) == named.as_ref()),
        }
    }

    /// How often the function's process ended at work.
    fn crashes(&self) -> usize {
        let reports = self.product.host.reports();
        reports.iter().filter(|it| it.function == FUNCTION && it.ending == Ending::Crashed).count()
    }
}

/// How often, and by which dice.
#[derive(Args, Clone, Copy, Debug)]
pub struct Options {
    /// How many tickets.
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
    /// Plays the same deaths again.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
}

/// What came of all runs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Runs.
    pub runs: usize,
    /// Deaths in all of them.
    pub deaths: usize,
    /// Runs in which the function died at all.
    pub deadly: usize,
    /// A line for each run that did not end as it must.
    pub wrong: Vec<String>,
    /// Runs by the number of issues, notes and links, and whether the key is on the ticket.
    counts: BTreeMap<(usize, usize, usize, bool), usize>,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:>6} {:>7} {:>6} {:>6} {:>14}", "runs", "issues", "notes", "links", "key on ticket")?;
        for ((issues, notes, links, is_named), runs) in &self.counts {
            let named = if *is_named { "yes" } else { "no" };
            writeln!(f, "{runs:>6} {issues:>7} {notes:>6} {links:>6} {named:>14}")?;
        }
        let Self { runs, deaths, deadly, wrong, .. } = self;
        write!(f, "{deaths} deaths in {deadly} of {runs} runs; {} ended otherwise than they must", wrong.len())
    }
}

/// Plays `runs` tickets with deaths by the dice of `seed`; `tell` hears of each run that ends wrong.
pub async fn play(setup: Setup, options: &Options, tell: impl Fn(&str)) -> anyhow::Result<Tally> {
    let (mut kills, mut dice, mut tally) = (Kills::start(setup).await?, Dice(options.seed), Tally::default());
    for run in 1..=options.runs {
        let lag = LAGS[dice.below(LAGS.len())];
        let deaths: Vec<Death> = (0..1 + usize::from(dice.below(3) == 0)).map(|_| dice.death()).collect();
        let (ticket, left) = kills.run(&deaths, SignedDuration::from_secs(lag)).await?;
        tally.runs += 1;
        tally.deaths += left.died;
        tally.deadly += usize::from(left.died > 0);
        *tally.counts.entry((left.issues, left.notes, left.links, left.is_named)).or_default() += 1;
        if !left.is_right() {
            let line = format!("run {run}, ticket {ticket}, search {lag} s late, {deaths:?}: {left:?}");
            tell(&line);
            tally.wrong.push(line);
        }
    }
    kills.product.finish();
    Ok(tally)
}

impl Dice {
    /// Any vendor as often as the others.
    fn death(&mut self) -> Death {
        let places = PLACES[self.below(PLACES.len())];
        let when = if self.below(2) == 0 { Moment::Before } else { Moment::After };
        Death { at: places[self.below(places.len())], when }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_brings_the_same_deaths_and_another_others() {
        let deaths = |seed| {
            let mut dice = Dice(seed);
            (0..50).map(|_| dice.death()).collect::<Vec<_>>()
        };
        assert!(deaths(7) == deaths(7) && deaths(7) != deaths(8));
        // All vendors, all places, both moments.
        let all = PLACES.concat();
        let many: Vec<Death> = (1..20).flat_map(deaths).collect();
        for when in [Moment::Before, Moment::After] {
            assert!(all.iter().all(|place| many.contains(&Death { at: place, when })));
        }
    }

    #[test]
    fn one_of_everything_is_right_and_nothing_else() {
        let right = Left { died: 2, issues: 1, notes: 1, links: 1, is_named: true };
        assert!(right.is_right());
        for wrong in [
            Left { issues: 0, links: 0, is_named: false, ..right },
            Left { issues: 2, links: 2, ..right },
            Left { notes: 0, ..right },
            Left { notes: 2, ..right },
            Left { links: 0, ..right },
            Left { is_named: false, ..right },
        ] {
            assert!(!wrong.is_right(), "{wrong:?}");
        }
    }
}
