//! Looks at what HubSpot, Jira and Slack hold after a week, and at who asked what when, and says what is not as the
//! procedure wants it. It reads what people would see, never our own state, and has a reading of the procedure of
//! its own.

mod closing;
mod deliveries;
mod facts;
mod issues;
mod lanes;
mod merged;
mod once;
mod told;

use super::story::Story;
use super::{Week, functions::Run};
use facts::Facts;

/// What was looked at.
#[derive(Default)]
pub struct Checks {
    /// How many checks there were.
    pub made: usize,
    /// Those that failed.
    pub failed: Vec<Failed>,
}

/// A check that failed.
#[derive(Debug, Clone)]
pub struct Failed {
    /// The ticket's number in the week, where it is about one.
    pub story: Option<usize>,
    /// What was expected, and what there is.
    pub what: String,
}

impl Checks {
    /// Notes whether something is so.
    pub fn that(&mut self, story: Option<usize>, is_so: bool, what: impl FnOnce() -> String) {
        self.made += 1;
        if !is_so {
            self.failed.push(Failed { story, what: what() });
        }
    }
}

/// Everything that is checked of a week.
pub fn judge(week: &Week) -> Checks {
    let mut checks = Checks::default();
    let runs = week.functions.runs();
    once::judge(week, &mut checks);
    deliveries::judge(week, &runs, &mut checks);
    for story in &week.people.stories {
        judge_one(week, story, &runs, &mut checks);
    }
    checks
}

fn judge_one(week: &Week, story: &Story, runs: &[Run], checks: &mut Checks) {
    let Some(facts) = Facts::read(week, story) else { return };
    deliveries::judge_one(week, &facts, runs, checks);
    if facts.is_deleted {
        return;
    }
    lanes::go_together(&facts, checks);
    // What of two tickets goes on in one, the history of neither tells whole.
    if facts.is_merged {
        return merged::judge(week, &facts, checks);
    }
    lanes::judge(&facts, checks);
    closing::judge(&facts, checks);
    issues::judge(week, &facts, checks);
    told::judge(&facts, checks);
}
