//! Every delivery is answered in the end, nothing is left over, and nothing goes round in circles.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Checks;
use super::facts::Facts;
use crate::week::Week;
use crate::week::functions::{By, Run};
use crate::world::workflow::log::What;

/// So often a function may be asked about one ticket within ten minutes, where people do not do more: by workflows and
/// because of webhooks, each again and again where a vendor is away.
const MOST_AT_ONCE: usize = 40;

/// A function that workflows ask more often than this about one ticket stops.
const MOST_RUNS: usize = 5;
const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// The last day of the rest: by then all that was left is done.
const CALM: SignedDuration = SignedDuration::from_hours(24);

/// In a day without people nobody is asked about a ticket but when a shift ends, and once more.
const MOST_IN_CALM: usize = 8;

/// Checks the week as a whole.
pub fn judge(week: &Week, runs: &[Run], checks: &mut Checks) {
    for at in &week.endless {
        checks.that(None, false, || format!("at {at} things do not come to rest"));
    }
    for it in week.engine.log() {
        let story = week.people.stories.iter().find(|story| story.ticket == Some(it.ticket)).map(|it| it.number);
        match &it.what {
            What::Failed { reason } => {
                let is_stopped = was_stopped(runs, &it.ticket.to_string(), it.at);
                checks.that(story, is_stopped, || format!("{} failed: {reason}", it.workflow));
            }
            What::BlockExpired => checks.that(story, false, || format!("{} was left standing", it.workflow)),
            What::Answered { .. } => checks.that(story, true, String::new),
            _ => {}
        }
    }
    for run in runs {
        let is_understood = matches!(run.status, 200 | 429 | 503);
        checks.that(None, is_understood, || format!("{} answered {} about {}", run.function, run.status, run.about));
    }
    let late = week.watch.now() - CALM;
    let unanswered = runs.iter().filter(|it| it.at >= late && it.status != 200).count();
    checks.that(None, unanswered == 0, || format!("{unanswered} runs of the last, quiet day came to no end"));
    let deliveries = runs.iter().filter(|it| it.at >= late && it.by == By::Vendor).count();
    checks.that(None, deliveries == 0, || format!("{deliveries} deliveries of vendors on the last, quiet day"));
}

/// Whether people alone did so much on a ticket that it looked like a loop of workflows.
fn was_stopped(runs: &[Run], ticket: &str, at: Timestamp) -> bool {
    let mut times = BTreeMap::<&str, usize>::new();
    for run in runs.iter().filter(|it| it.about == ticket && it.by == By::Vendor && it.at <= at && it.at > at - WINDOW)
    {
        *times.entry(run.function).or_default() += 1;
    }
    times.into_values().any(|it| it > MOST_RUNS)
}

/// Checks how often one ticket was looked at.
pub fn judge_one(week: &Week, facts: &Facts<'_>, runs: &[Run], checks: &mut Checks) {
    let id = facts.ticket.to_string();
    let mut by_function = BTreeMap::<&str, Vec<Timestamp>>::new();
    for run in runs.iter().filter(|it| it.about == id && it.by != By::Repeat) {
        by_function.entry(run.function).or_default().push(run.at);
    }
    let end = week.watch.now();
    for (function, times) in by_function {
        let within = |at: Timestamp, length| times.iter().filter(|it| **it >= at && **it < at + length).count();
        let most = times.iter().map(|it| within(*it, WINDOW)).max().unwrap_or(0);
        checks.that(facts.number(), most <= MOST_AT_ONCE, || {
            format!("{function} was asked {most} times within 10 minutes")
        });
        let calm = within(end - CALM, CALM + CALM);
        checks.that(facts.number(), calm <= MOST_IN_CALM, || {
            format!("{function} was asked {calm} times on the last, quiet day")
        });
        let bound = 30 + 10 * facts.story.acts.len();
        checks.that(facts.number(), times.len() <= bound, || {
            format!("{function} was asked {} times after {} acts", times.len(), facts.story.acts.len())
        });
    }
}
