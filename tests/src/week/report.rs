//! What came of a week, for people.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;

use super::Week;
use super::functions::Run;
use super::oracle::{self, Failed};
use super::story::Story;

/// So many failed checks are told with the history of their ticket.
const MOST_TOLD: usize = 12;

/// What came of a week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Which week.
    pub seed: u64,
    /// Tickets that were made, without those that were merged into others.
    pub tickets: usize,
    /// What people did.
    pub acts: usize,
    /// Tickets that were merged into others.
    pub merges: usize,
    /// Runs of each function.
    pub runs: BTreeMap<&'static str, usize>,
    /// Notes of ours.
    pub notes: usize,
    /// Messages in Slack.
    pub messages: usize,
    /// Issues that we made.
    pub issues: usize,
    /// Times in which a vendor did badly.
    pub storms: usize,
    /// What went wrong, by its name.
    pub met: BTreeMap<&'static str, usize>,
    /// Tickets by the state of their last escalation.
    pub states: BTreeMap<String, usize>,
    /// Checks.
    pub checks: usize,
    /// Checks that failed, each with its ticket's history.
    pub failed: Vec<String>,
}

impl Report {
    /// Whether everything is as the procedure says.
    pub fn is_right(&self) -> bool {
        self.failed.is_empty()
    }
}

impl Week {
    /// Has the oracle look; `left` is since when something is due on the agenda, or from when on.
    pub(super) fn judged(mut self, left: Option<Timestamp>) -> Report {
        let enrolled = self.engine.next_due();
        let mut checks = oracle::judge(&self);
        checks.that(None, enrolled.is_none(), || format!("a workflow is still at work, until {enrolled:?}"));
        let now = self.watch.now();
        checks.that(None, left.is_none_or(|it| it > now), || format!("the agenda has something due at {left:?}"));
        for it in self.world.violations() {
            checks.that(None, false, || it);
        }
        let mut report = self.counted();
        (report.checks, report.failed) = (checks.made, self.told(&checks.failed));
        self.world.finish();
        report
    }

    fn counted(&self) -> Report {
        let mut report = Report { acts: self.acts, storms: self.trouble.storms().len(), ..Report::default() };
        (report.seed, report.met) = (self.trouble.seed(), self.trouble.met());
        for run in self.functions.runs() {
            *report.runs.entry(run.function).or_default() += 1;
        }
        let hubspot = &self.world.hubspot;
        report.merges = self.people.stories.iter().map(|it| it.formerly.len() / 2).sum();
        for ticket in self.people.stories.iter().filter_map(|it| it.ticket) {
            report.tickets += 1;
            report.notes += hubspot.notes(ticket).iter().filter(|it| it.author.is_none()).count();
            let state = hubspot.value(ticket, "escalation_state").unwrap_or_else(|| "none".to_owned());
            *report.states.entry(state).or_default() += 1;
        }
        let slack = &self.world.slack;
        for (channel, _) in slack.channels() {
            report.messages += slack.messages(&channel).iter().map(|it| 1 + it.replies).sum::<usize>();
        }
        let is_ours = |it: &crate::world::jira::Issue| it.properties.contains_key("hs-escalation");
        report.issues = self.world.jira.issues().into_iter().filter(is_ours).count();
        report
    }

    fn told(&self, failed: &[Failed]) -> Vec<String> {
        let tell = |(place, it): (usize, &Failed)| {
            let story = self.people.stories.iter().find(|story| Some(story.number) == it.story);
            match story {
                Some(story) if place < MOST_TOLD => {
                    format!("ticket {}: {}\n{}", story.number, it.what, self.history(story))
                }
                Some(story) => format!("ticket {}: {}", story.number, it.what),
                None => it.what.clone(),
            }
        };
        failed.iter().enumerate().map(tell).collect()
    }

    /// What happened with a ticket, a line each.
    fn history(&self, story: &Story) -> String {
        let mut lines: Vec<(Timestamp, String)> =
            story.acts.iter().map(|(at, it)| (*at, format!("people   {it}"))).collect();
        if let Some(ticket) = story.ticket {
            let ids: Vec<String> = story.formerly.iter().chain([&ticket]).map(ToString::to_string).collect();
            let runs = self.functions.runs();
            let about = runs.iter().filter(|it| ids.contains(&it.about));
            lines.extend(about.map(|it| {
                let Run { function, about, by, status, outcome, .. } = it;
                (it.at, format!("asked    {function} about {about} by {by:?}: {status} {outcome}"))
            }));
            for name in [
                "escalation_type",
                "escalation_state",
                "escalation_merged_from",
                "hs_pipeline_stage",
                "jira_reference",
                "jira_status",
                "closure_missing",
            ] {
                let history = self.world.hubspot.history(ticket, name);
                lines.extend(
                    history.iter().map(|it| (it.at, format!("ticket   {name} = `{}` by {:?}", it.value, it.source))),
                );
            }
            let ours = self.world.hubspot.notes(ticket).into_iter().filter(|it| it.author.is_none());
            lines.extend(ours.map(|it| (it.at, format!("note     {}", plain(&it.body)))));
        }
        lines.sort_by_key(|it| it.0);
        let id = story.ticket.map_or_else(String::new, |it| it.to_string());
        let lines = lines.iter().map(|(at, it)| format!("    {} {it}", at.strftime("%a %T")));
        format!("    (ticket {id}, seed {})\n{}", self.trouble.seed(), lines.collect::<Vec<_>>().join("\n"))
    }
}

/// A note's first words.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for it in html.chars() {
        match it {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                text.push(' ');
            }
            it if !is_tag => text.push(it),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(110).collect()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for it in &self.failed {
            writeln!(f, "WRONG: {it}\n")?;
        }
        let list = |of: &mut dyn Iterator<Item = (String, usize)>| {
            of.map(|(name, count)| format!("{count} {name}")).collect::<Vec<_>>().join(", ")
        };
        writeln!(
            f,
            "seed {}: {} tickets, {} acts of people, {} merges",
            self.seed, self.tickets, self.acts, self.merges
        )?;
        writeln!(f, "runs: {}", list(&mut self.runs.iter().map(|(name, count)| ((*name).to_owned(), *count))))?;
        writeln!(f, "{} notes, {} messages in Slack, {} Jira issues", self.notes, self.messages, self.issues)?;
        writeln!(
            f,
            "troubles: {} storms, {}",
            self.storms,
            list(&mut self.met.iter().map(|(name, count)| ((*name).to_owned(), *count)))
        )?;
        writeln!(f, "states: {}", list(&mut self.states.iter().map(|(name, count)| (name.clone(), *count))))?;
        write!(f, "{} of {} checks hold", self.checks - self.failed.len(), self.checks)
    }
}
