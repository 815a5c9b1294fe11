//! What is told of what the workflows, the product, Slack and Jira did.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use escalation::id::TicketId;
use escalation::runtime::Action as _;
use hubspot_events::HubSpotEvents;
use jiff::{SignedDuration, Timestamp};
use jira_callback::JiraCallback;

use super::page::{TOGETHER, Who};
use super::stage::Stage;
use crate::host::{Ending, Report};
use crate::news::{News, Seen, SeenIssues, as_text};
use crate::product::SWEEP;
use crate::team::{DANA, OMAR, PRIYA};
use crate::world::hubspot::id::NoteId;
use crate::world::jira::Jira;
use crate::world::workflow::log::{Entry, What};

/// The properties whose changes are told.
const TOLD: [&str; 16] = [
    "escalation_comment_status",
    "escalation_comment_missing",
    "escalation_type",
    "escalation_reason",
    "hs_ticket_priority",
    "escalation_lane",
    "escalation_level",
    "escalation_owner",
    "escalation_review_due_at",
    "jira_reference",
    "jira_status",
    STAGE,
    "escalation_state",
    "closure_missing",
    "closure_option",
    "escalation_resolve_minutes",
];

const STAGE: &str = "hs_pipeline_stage";

/// As many lines of a card say who has it, by when, and where it stands.
const CARD: usize = 3;

/// What was told already.
#[derive(Default)]
pub struct Told {
    /// Whether only the first line is told of what was told in full before.
    pub in_brief: bool,
    pub notes: BTreeSet<NoteId>,
    /// The ticket that the story is about, as far as it was told: of others it is said which.
    about: Option<TicketId>,
    entries: usize,
    reports: usize,
    properties: BTreeMap<(TicketId, &'static str), String>,
    answers: BTreeMap<(TicketId, String), String>,
    slack: Seen,
    jira: SeenIssues,
}

impl Told {
    /// Something that a person set needs no telling.
    pub fn known(&mut self, ticket: TicketId, property: &'static str, value: &str) {
        self.about = Some(ticket);
        self.properties.insert((ticket, property), value.to_owned());
    }

    /// Another story begins.
    pub fn turn_page(&mut self) {
        (self.in_brief, self.about) = (false, None);
        self.slack.look_away();
    }

    /// So do the comments that stand in Jira.
    pub fn see_issues(&mut self, jira: &Jira) {
        drop(self.jira.look(jira));
    }
}

impl Stage {
    /// Tells what was done since it was last told.
    pub fn report(&mut self) {
        let entries: Vec<_> = self.product.engine.log()[self.told.entries..].to_vec();
        self.told.entries += entries.len();
        for entry in &entries {
            self.entry(entry);
        }
        let now = self.product.now();
        let reports = self.new_reports();
        let changes = self.changes();
        let ran = |function: &str| reports.iter().any(|it| it.function == function);
        if ran(SWEEP) && !changes.is_empty() {
            let text = "sweeps: the agenda shows something due, so it is looked at again";
            self.page.line(now, Who::Product, text);
        } else if ran(JiraCallback::NAME) && !changes.is_empty() {
            self.page.line(now, Who::Jira, "tells jira-callback");
        } else if ran(HubSpotEvents::NAME) && !changes.is_empty() {
            self.page.line(now, Who::HubSpot, "tells hubspot-events what happened");
        }
        self.trouble(now, &reports);
        self.show(now, &changes);
    }

    /// What was done so far is not told.
    pub fn skip(&mut self) {
        self.told.entries = self.product.engine.log().len();
        self.new_reports();
        self.changes();
    }

    fn entry(&mut self, entry: &Entry) {
        let (at, action) = (entry.at, self.product.engine.action_of(entry).unwrap_or_default().to_owned());
        let from_now = |until: Timestamp| format!("{:#}", rounded(until.duration_since(at)));
        match &entry.what {
            What::Called { status: Some(200), .. } => {}
            What::Called { status, .. } => {
                let answer = status.map_or("no answer".to_owned(), |it| it.to_string());
                self.page.line(at, Who::HubSpot, &format!("asks {action}: {answer}"));
                let reports = self.new_reports();
                self.trouble(at, &reports);
                let changes = self.changes();
                self.show(at, &changes);
            }
            What::Answered { outputs } => self.answered(entry, &action, outputs),
            What::WillRetry { at: next } => {
                self.page.line(at, Who::HubSpot, &format!("will ask {action} again in {}", from_now(*next)));
            }
            What::Waiting { until } => self.page.line(at, Who::HubSpot, &format!("waits {}", from_now(*until))),
            What::Failed { reason } => self.page.line(at, Who::Trouble, reason),
            _ => {}
        }
    }

    /// A repeated answer is one line: nothing happened.
    fn answered(&mut self, entry: &Entry, action: &str, outputs: &BTreeMap<String, String>) {
        let value = |name: &str| outputs.get(name).map_or("", String::as_str);
        let message = value("message").replace('\n', " ");
        let answer = format!("{}: {message}", value("outcome"));
        let reports = self.new_reports();
        let changes = self.changes();
        let before = self.told.answers.insert((entry.ticket, action.to_owned()), answer.clone());
        if before.as_ref() == Some(&answer) && changes.is_empty() {
            let text = format!("asks {action} again: {}, as before", value("outcome"));
            return self.page.line(entry.at, Who::HubSpot, &text);
        }
        self.page.line(entry.at, Who::HubSpot, &format!("asks {action}"));
        self.trouble(entry.at, &reports);
        self.show(entry.at, &changes);
        let time = reports.iter().rfind(|it| it.function == action).map(|it| format!(" after {}", millis(it.duration)));
        let time = time.unwrap_or_default();
        let is_said = changes.notes.iter().any(|(_, it)| it.replace('\n', " ").contains(&message));
        let text = match is_said {
            true => format!("answers {}{time}, in the same words", value("outcome")),
            false => format!("answers {}{time}: {}", value("outcome"), self.much_said(&message)),
        };
        self.page.line(entry.at, Who::Product, &text);
    }

    fn new_reports(&mut self) -> Vec<Report> {
        let reports = self.product.host.reports()[self.told.reports..].to_vec();
        self.told.reports += reports.len();
        reports
    }

    fn trouble(&self, at: Timestamp, reports: &[Report]) {
        for it in reports {
            match it.ending {
                Ending::Answered => {}
                Ending::Failed | Ending::Crashed => {
                    self.page.line(at, Who::Trouble, &format!("{} is killed at its work", it.function));
                }
                Ending::TimedOut => {
                    self.page.line(at, Who::Trouble, &format!("{} is ended by the time limit", it.function));
                }
            }
        }
    }

    /// Takes what the product wrote since this was last asked.
    fn changes(&mut self) -> Changes {
        let mut changes = Changes::default();
        for ticket in self.hubspot.tickets() {
            for name in TOLD {
                let value = self.hubspot.value(ticket, name).unwrap_or_default();
                let before = self.told.properties.insert((ticket, name), value.clone());
                // A ticket begins in a stage, which nobody moved it to.
                let before = before.unwrap_or_else(|| if name == STAGE { value.clone() } else { String::new() });
                if before != value && !goes_without_saying(name, &value) {
                    let change = format!("{name} = {}", self.readable(ticket, name, &value));
                    changes.properties.entry(ticket).or_default().push(change.replace(' ', TOGETHER));
                }
            }
            for note in self.hubspot.notes(ticket) {
                if self.told.notes.insert(note.id) && note.author.is_none() {
                    changes.notes.push((ticket, as_text(&note.body)));
                }
            }
        }
        changes.slack = self.told.slack.look(&self.slack);
        changes.jira = self.told.jira.look(&self.jira);
        changes
    }

    /// What a ticket says by now needs no telling.
    pub fn knows(&mut self, ticket: TicketId) {
        for name in TOLD {
            self.told.known(ticket, name, &self.value(ticket, name));
        }
    }

    /// A property's value as people read it.
    pub fn readable(&self, ticket: TicketId, name: &'static str, value: &str) -> String {
        let lead = [DANA, PRIYA, OMAR].into_iter().find(|it| name.ends_with("_owner") && it.owner.to_string() == value);
        match lead {
            Some(lead) => lead.name.to_owned(),
            None if value.is_empty() => "nothing".to_owned(),
            None if name == STAGE => self.stage_name(value),
            None if name.ends_with("_at") => self.clock(ticket, name),
            None => value.to_owned(),
        }
    }

    fn stage_name(&self, id: &str) -> String {
        self.hubspot.stage_label("0", id).unwrap_or_else(|| id.to_owned())
    }

    fn show(&self, at: Timestamp, changes: &Changes) {
        for News { what, text } in &changes.jira {
            self.page.line(at, Who::Jira, what);
            self.page.quote(&self.much(text, 1));
        }
        for (ticket, properties) in &changes.properties {
            let text = format!("writes {}{}", properties.join(", "), self.of_another(*ticket));
            self.page.line(at, Who::Product, &text);
        }
        for (ticket, note) in &changes.notes {
            let text = format!("tells Sam in an internal comment{}", self.of_another(*ticket));
            self.page.line(at, Who::Product, &text);
            self.page.quote(&self.much(note, 1));
        }
        for News { what, text } in &changes.slack {
            self.page.line(at, Who::Slack, what);
            self.page.quote(&self.much(text, CARD));
        }
    }

    /// Names a ticket that this story is not about.
    fn of_another(&self, ticket: TicketId) -> String {
        match self.told.about {
            Some(about) if about != ticket => format!(", on \"{}\"", self.value(ticket, "subject")),
            _ => String::new(),
        }
    }

    /// As much of a text as this story shows: so many lines where it is brief.
    fn much(&self, text: &str, lines: usize) -> String {
        let shown: Vec<&str> = text.lines().take(if self.told.in_brief { lines } else { usize::MAX }).collect();
        let rest = if shown.len() < text.lines().count() { " …" } else { "" };
        shown.join("\n") + rest
    }

    /// As much of a message: its first sentence where this story is brief.
    pub fn much_said<'a>(&self, message: &'a str) -> &'a str {
        match message.split_once(". ") {
            Some((first, _)) if self.told.in_brief => &message[..=first.len()],
            _ => message,
        }
    }
}

/// What the product wrote.
#[derive(Default)]
struct Changes {
    properties: BTreeMap<TicketId, Vec<String>>,
    notes: Vec<(TicketId, String)>,
    slack: Vec<News>,
    jira: Vec<News>,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.notes.is_empty() && self.slack.is_empty() && self.jira.is_empty()
    }
}

/// Every escalation begins at level 2; of its states the lane says as much, until somebody decides.
fn goes_without_saying(name: &str, value: &str) -> bool {
    match name {
        "escalation_level" => value == "2",
        "escalation_state" => !["agent_to_finish", "ready_to_close", "resolved", "deescalated"].contains(&value),
        _ => false,
    }
}

fn millis(time: Duration) -> String {
    format!("{:.0} ms", time.as_secs_f64() * 1000.0)
}

fn rounded(time: SignedDuration) -> SignedDuration {
    SignedDuration::from_secs(time.as_secs() + i64::from(time.subsec_nanos() > 0))
}
