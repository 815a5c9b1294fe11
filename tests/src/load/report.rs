//! What came of it, for people.

use std::collections::BTreeMap;
use std::fmt;

use escalation::id::TicketId;
use jiff::{SignedDuration, Timestamp};

use super::people::{LACKS, Story};
use super::{Done, Options};
use crate::product::Product;
use crate::team::ESCALATIONS;
use crate::world::journal::Exchange;

/// More refusals by HubSpot than this share of all calls is no pacing.
const MOST_REFUSED: f64 = 0.01;
/// Of HubSpot's quota this share is given out: eight tenths to who queues, and one to what can wait.
const GIVEN_OUT: f64 = 0.9;
/// What a note says to who was asked for something, once it is in its lane …
const ACCEPTED: &str = "With the Shift Lead.";
/// … and to everybody whose escalation went to Tech.
const IN_TECH: &str = "In Tech";
/// So many tickets that ended wrong are told.
const MOST_TOLD: usize = 12;

/// What came of it.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Escalations.
    pub escalations: usize,
    /// Of those: in the lane where they belong, with everything that is to be there, once.
    pub done: usize,
    /// Something is missing: a line each.
    pub lost: Vec<String>,
    /// Something is there twice: a line each.
    pub doubled: Vec<String>,
    /// Calls of HubSpot's API by the product, searches left out: they have a limit of their own.
    pub calls: usize,
    /// Searches.
    pub searches: usize,
    /// Of all of those: refused, because there were too many.
    pub refused: usize,
    /// Most calls in any ten seconds.
    pub peak: usize,
    /// Calls that HubSpot allows in ten seconds.
    pub quota: usize,
    /// Runs that were put off before they began, because the quota was spoken for.
    pub put_off: usize,
    /// Requests to DynamoDB.
    pub table: usize,
    /// Runs of functions.
    pub runs: usize,
    /// From the last escalation until nobody had anything to do.
    pub settled: SignedDuration,
    /// From the escalation until its lane: of half of them at most, and of 99 in a hundred.
    pub lane: (SignedDuration, SignedDuration),
    /// How often each call was made.
    pub by_call: BTreeMap<String, usize>,
    /// What else was wrong: calls that no vendor would have taken.
    pub violations: Vec<String>,
}

impl Report {
    /// Whether nothing is lost, nothing is doubled, and HubSpot refused next to nothing.
    pub fn is_right(&self) -> bool {
        let is_whole = self.lost.is_empty() && self.doubled.is_empty() && self.violations.is_empty();
        is_whole && self.done == self.escalations && self.share_refused() <= MOST_REFUSED
    }

    /// HubSpot's refusals in all calls.
    fn share_refused(&self) -> f64 {
        self.refused as f64 / ((self.calls + self.searches).max(1)) as f64
    }

    /// Calls of HubSpot for an escalation.
    pub fn calls_each(&self) -> f64 {
        self.calls as f64 / self.escalations.max(1) as f64
    }

    /// How many escalations a minute the quota is enough for, as much of it as is given out.
    pub fn reach(&self) -> f64 {
        6.0 * GIVEN_OUT * self.quota as f64 / self.calls_each().max(1.0)
    }
}

pub(super) fn of(done: Done, options: &Options) -> Report {
    let Done { product, people, began, last } = done;
    let calls = product.world.hubspot.calls();
    let mut report = Report { escalations: people.stories.len(), quota: options.quota, ..Report::default() };
    for story in &people.stories {
        let (missing, twice) = judge(&product, story);
        let name = story.ticket.map_or("no ticket".to_owned(), |it| format!("ticket {it}"));
        report.done += usize::from(missing.is_empty() && twice.is_empty());
        report.lost.extend(missing.into_iter().map(|it| format!("{name}: {it}")));
        report.doubled.extend(twice.into_iter().map(|it| format!("{name}: {it}")));
    }
    count(&mut report, &calls);
    let paced = |text: &str| text.contains("\"outcome\":\"paced\"");
    report.put_off = product.host.logs().iter().filter(|it| paced(&it.text)).count();
    report.table = product.dynamo.requests().len();
    report.runs = product.host.reports().len();
    let end = calls.iter().map(|it| it.at).max().unwrap_or(began);
    report.settled = end.duration_since(last);
    report.lane = lane(&product, &people.stories);
    report.violations = product.world.violations();
    product.finish();
    report
}

fn count(report: &mut Report, calls: &[Exchange]) {
    let mut times: Vec<Timestamp> = Vec::new();
    for call in calls {
        let is_search = call.path.ends_with("/search");
        report.refused += usize::from(call.status == 429);
        *report.by_call.entry(kind(call)).or_default() += 1;
        match is_search {
            true => report.searches += 1,
            false => {
                report.calls += 1;
                times.extend((call.status != 429).then_some(call.at));
            }
        }
    }
    times.sort_unstable();
    let within = |it: &Timestamp| times.partition_point(|other| other.duration_since(*it).as_secs() < 10);
    report.peak = times.iter().enumerate().map(|(at, it)| within(it) - at).max().unwrap_or_default();
}

/// A call without its ids.
fn kind(call: &Exchange) -> String {
    let part = |it: &str| {
        if it.bytes().any(|it| it.is_ascii_digit()) && it.len() > 2 { "*".to_owned() } else { it.to_owned() }
    };
    format!("{} {}", call.method, call.path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

/// What a ticket lacks, and what it has twice.
fn judge(product: &Product, story: &Story) -> (Vec<String>, Vec<String>) {
    let (mut missing, mut twice) = (Vec::new(), Vec::new());
    let Some(ticket) = story.ticket else { return (vec!["never began".to_owned()], twice) };
    let hubspot = &product.world.hubspot;
    let value = |property: &str| hubspot.value(ticket, property).unwrap_or_default();
    let lane = if story.to_tech { "tech" } else { "cs" };
    for (property, wanted) in [("escalation_lane", lane), ("escalation_comment_status", "complete")] {
        let found = value(property);
        missing.extend((found != wanted).then(|| format!("{property} is `{found}`, not `{wanted}`")));
    }
    let mut expect = |what: &str, found: usize, least: usize, most: usize| {
        missing.extend((found < least).then(|| format!("{found} of {what}")));
        twice.extend((found > most).then(|| format!("{found} of {what}")));
    };
    let told = told(product, ticket);
    let said = |words: &str| told.iter().filter(|it| it.contains(words)).count();
    let (lacks, to_tech) = (usize::from(story.lacks), usize::from(story.to_tech));
    expect(LACKS, said(LACKS), lacks, lacks);
    // Who sends it on as soon as it is in its lane may be quicker than the note, which then would not be true.
    expect(ACCEPTED, said(ACCEPTED), lacks * (1 - to_tech), lacks);
    expect(IN_TECH, said(IN_TECH), to_tech, to_tech);
    let issues = issues(product, ticket);
    expect("Jira issue", issues.len(), to_tech, to_tech);
    let cards = product.world.slack.messages(ESCALATIONS.id);
    let cards = cards.iter().filter(|it| it.text.contains(&format!("ticket {ticket}"))).count();
    twice.extend((cards > 1).then(|| format!("{cards} of Slack card")));
    if story.to_tech && issues.first() != Some(&value("jira_reference")) {
        missing.push(format!("jira_reference is `{}`, of {issues:?}", value("jira_reference")));
    }
    (missing, twice)
}

fn told(product: &Product, ticket: TicketId) -> Vec<String> {
    let notes = product.world.hubspot.notes(ticket).into_iter();
    notes.filter(|it| it.author.is_none()).map(|it| it.body).collect()
}

/// The keys of the issues that carry the ticket's label.
fn issues(product: &Product, ticket: TicketId) -> Vec<String> {
    let label = format!("hs-ticket-{}-{ticket}", product.world.hubspot.settings().portal);
    let issues = product.world.jira.issues().into_iter();
    issues.filter(|it| it.labels.contains(&label)).map(|it| it.key).collect()
}

fn lane(product: &Product, stories: &[Story]) -> (SignedDuration, SignedDuration) {
    let first = |ticket, property| {
        let history = product.world.hubspot.history(ticket, property);
        history.iter().find(|it| !it.value.is_empty()).map(|it| it.at)
    };
    let waited =
        |ticket: TicketId| Some(first(ticket, "escalation_lane")?.duration_since(first(ticket, "escalation_type")?));
    // Who lacks something waits for people first.
    let whole = stories.iter().filter(|it| !it.lacks).filter_map(|it| it.ticket);
    let mut waits: Vec<SignedDuration> = whole.filter_map(waited).collect();
    waits.sort_unstable();
    let of = |percent: usize| waits.get((waits.len() * percent / 100).min(waits.len().saturating_sub(1)));
    (of(50).copied().unwrap_or_default(), of(99).copied().unwrap_or_default())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = |it: SignedDuration| format!("{:.1} s", it.as_secs_f64());
        let rows = [
            ("escalations", self.escalations.to_string()),
            ("done", self.done.to_string()),
            ("lost", self.lost.len().to_string()),
            ("doubled", self.doubled.len().to_string()),
            ("calls of HubSpot", self.calls.to_string()),
            ("… for each escalation", format!("{:.1}", self.calls_each())),
            ("… most in ten seconds", format!("{} of {}", self.peak, self.quota)),
            ("searches", self.searches.to_string()),
            ("429s of HubSpot", format!("{} ({:.2} %)", self.refused, 100.0 * self.share_refused())),
            ("put off by us before they began", self.put_off.to_string()),
            ("runs of functions", self.runs.to_string()),
            ("requests to DynamoDB", self.table.to_string()),
            ("settled after the last escalation", seconds(self.settled)),
            ("escalated until in its lane, half", seconds(self.lane.0)),
            ("… 99 of 100", seconds(self.lane.1)),
            ("the quota is enough for", format!("{:.0} escalations a minute", self.reach())),
        ];
        for (what, value) in rows {
            writeln!(f, "{what:<36} {value:>28}")?;
        }
        for (call, count) in &self.by_call {
            writeln!(f, "{count:>8}  {call}")?;
        }
        for line in self.lost.iter().chain(&self.doubled).chain(&self.violations).take(MOST_TOLD) {
            writeln!(f, "{line}")?;
        }
        write!(f, "{}", if self.is_right() { "all is as it must be" } else { "NOT as it must be" })
    }
}
