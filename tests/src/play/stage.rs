//! The product in its world, and somebody who tells what happens there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::runtime::Clock;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::page::{Page, Who};
use crate::host::Ending;
use crate::product::{Product, SWEEP, Setup};
use crate::world::hubspot::HubSpot;
use crate::world::hubspot::id::{NoteId, UserId};
use crate::world::hubspot::owner::Owner;
use crate::world::workflow::log::{Entry, What};

/// The agent.
pub const SAM: UserId = UserId(48_111);
/// The Shift Lead.
pub const DANA: UserId = UserId(48_211);

/// The properties whose changes are told.
const TOLD: [&str; 3] = ["escalation_comment_status", "escalation_comment_missing", "escalation_name_status"];

/// The stage of a play.
pub struct Stage {
    pub product: Product,
    pub hubspot: HubSpot,
    page: Page,
    stories: usize,
    held: usize,
    broken: Vec<String>,
    told: Told,
}

/// What was told already.
#[derive(Default)]
struct Told {
    entries: usize,
    reports: usize,
    notes: BTreeSet<NoteId>,
    properties: BTreeSet<(TicketId, String, String)>,
    answers: BTreeMap<TicketId, String>,
}

impl Stage {
    pub async fn open(setup: Setup) -> anyhow::Result<Self> {
        let zone = Policy::shipped().team.time_zone.time_zone().clone();
        let begun = since_nine(Clock::system().now(), &zone);
        let product = Product::start(Setup { begun, ..setup }).await?;
        let hubspot = product.world.hubspot.clone();
        hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
        hubspot.hire(Owner::new(502, DANA.0, "Dana Whitfield"));
        Ok(Self {
            product,
            hubspot,
            page: Page::new(zone),
            stories: 0,
            held: 0,
            broken: Vec::new(),
            told: Told::default(),
        })
    }

    /// Ends the play; says what was not as it must be.
    pub fn close(self) -> Vec<String> {
        self.page.end(self.held, &self.broken);
        self.product.finish();
        self.broken
    }

    pub fn story(&mut self, title: &str) {
        self.stories += 1;
        self.page.story(self.stories, title);
    }

    /// Sam gets a ticket of a known customer.
    pub fn ticket(&mut self, subject: &str) -> anyhow::Result<TicketId> {
        let company = self.hubspot.company("Harbour Grill", "harbourgrill.example");
        let contact = self.hubspot.contact("Jo", "Park", "jo@harbourgrill.example");
        let sam = self.hubspot.agent(SAM);
        let ticket = sam.create_ticket(&[("subject", subject), ("hubspot_owner_id", "501")])?;
        sam.associate_company(ticket, company)?;
        sam.associate_contact(ticket, contact)?;
        self.tell(Who::Person("Sam"), &format!("has ticket {ticket}: \"{subject}\", from Jo Park of Harbour Grill"));
        Ok(ticket)
    }

    /// Sam escalates.
    pub fn escalate(&mut self, ticket: TicketId) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), "sets Escalation Type to Shift Lead");
        self.hubspot.agent(SAM).set(ticket, "escalation_type", "shift_lead")
    }

    /// Sam writes an internal comment to Dana.
    pub fn comment(&mut self, ticket: TicketId, lines: &[&str]) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), "writes an internal comment");
        let dana = format!("<strong data-at-mention data-user-id=\"{DANA}\">@Dana Whitfield</strong>");
        let lines = [dana.as_str()].into_iter().chain(lines.iter().copied());
        let html: String = lines.map(|it| format!("<p>{it}</p>")).collect();
        self.page.quote(&as_text(&html));
        let note = self.hubspot.agent(SAM).write_note(ticket, &html)?;
        self.told.notes.insert(note);
        Ok(())
    }

    pub fn tell(&self, who: Who, text: &str) {
        self.page.line(self.product.now(), who, text);
    }

    /// Lets time pass and tells what happens meanwhile.
    pub async fn pass(&mut self, time: SignedDuration) -> anyhow::Result<()> {
        let end = self.product.now() + time;
        while self.product.step(end).await? {
            self.report();
        }
        self.report();
        Ok(())
    }

    /// Notes whether something is as it must be.
    pub fn must(&mut self, what: &str, holds: bool) {
        self.page.must(what, holds);
        match holds {
            true => self.held += 1,
            false => self.broken.push(what.to_owned()),
        }
    }

    /// How many comments of ours stand on a ticket.
    pub fn messages(&self, ticket: TicketId) -> usize {
        self.hubspot.notes(ticket).iter().filter(|it| it.author.is_none()).count()
    }

    pub fn status(&self, ticket: TicketId) -> String {
        self.hubspot.value(ticket, "escalation_comment_status").unwrap_or_default()
    }

    /// Tells what the workflow and the sweep did since it was last told, and what the product wrote.
    fn report(&mut self) {
        let entries: Vec<_> = self.product.engine.log()[self.told.entries..].to_vec();
        self.told.entries += entries.len();
        for entry in &entries {
            self.entry(entry);
        }
        let reports = self.product.host.reports();
        if reports[self.told.reports..].iter().any(|it| it.function == SWEEP) {
            let now = self.product.now();
            self.page.line(now, Who::Product, "sweeps: the agenda shows something unfinished");
            self.costs(now);
            self.written(now);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let at = entry.at;
        let from_now = |moment: &Timestamp| format!("{:#}", moment.duration_since(at));
        match &entry.what {
            What::Called { status: Some(200), .. } => {}
            What::Called { status, .. } => {
                let status = status.map_or("no answer".to_owned(), |it| it.to_string());
                self.page.line(at, Who::HubSpot, &format!("asks validate-comment: {status}"));
                self.costs(at);
                self.written(at);
            }
            What::Answered { outputs } => self.answered(entry, outputs),
            What::WillRetry { at: next } => {
                self.page.line(at, Who::HubSpot, &format!("will ask again in {}", from_now(next)));
            }
            What::Waiting { until } => self.page.line(at, Who::HubSpot, &format!("waits {}", from_now(until))),
            What::Failed { reason } => self.page.line(at, Who::Trouble, reason),
            _ => {}
        }
    }

    /// A repeated answer is one line: nothing happened.
    fn answered(&mut self, entry: &Entry, outputs: &BTreeMap<String, String>) {
        let value = |name: &str| outputs.get(name).map_or("", String::as_str);
        let answer = format!("{}: {}", value("outcome"), value("message"));
        let is_same = self.told.answers.get(&entry.ticket) == Some(&answer);
        if is_same {
            self.told.reports = self.product.host.reports().len();
            let text = format!("asks validate-comment again: {}, as before", value("outcome"));
            return self.page.line(entry.at, Who::HubSpot, &text);
        }
        self.page.line(entry.at, Who::HubSpot, "asks validate-comment");
        self.costs(entry.at);
        self.written(entry.at);
        self.page.line(entry.at, Who::Product, &format!("answers {answer}"));
        self.told.answers.insert(entry.ticket, answer);
    }

    /// How long the function took, as the host measured it.
    fn costs(&mut self, at: Timestamp) {
        let reports: Vec<_> = self.product.host.reports()[self.told.reports..].to_vec();
        self.told.reports += reports.len();
        for report in reports.into_iter().filter(|it| it.function != SWEEP) {
            let millis = |it: Duration| format!("{:.0} ms", it.as_secs_f64() * 1000.0);
            let start = report.init.map(|it| format!(", after a start of {}", millis(it))).unwrap_or_default();
            match report.ending {
                Ending::Answered => {
                    let text = format!("looks at the ticket, {}{start}", millis(report.duration));
                    self.page.line(at, Who::Product, &text);
                }
                Ending::Failed | Ending::Crashed => self.page.line(at, Who::Trouble, "is killed at its work"),
                Ending::TimedOut => self.page.line(at, Who::Trouble, "is ended by the time limit"),
            }
        }
    }

    /// What was done outside the workflow is not told.
    pub fn skip_reports(&mut self) {
        self.told.reports = self.product.host.reports().len();
    }

    /// Properties and comments that the product wrote.
    fn written(&mut self, at: Timestamp) {
        for ticket in self.hubspot.tickets() {
            let mut changes = Vec::new();
            for name in TOLD {
                let value = self.hubspot.value(ticket, name).unwrap_or_default();
                let is_new = self.told.properties.insert((ticket, name.to_owned(), value.clone()));
                if is_new && !value.is_empty() {
                    changes.push(format!("{name} = {value}"));
                }
            }
            if !changes.is_empty() {
                self.page.line(at, Who::Product, &format!("writes {}", changes.join(", ")));
            }
            for note in self.hubspot.notes(ticket) {
                if self.told.notes.insert(note.id) {
                    self.page.line(at, Who::Product, "tells Sam in an internal comment");
                    self.page.quote(&as_text(&note.body));
                }
            }
        }
    }
}

/// How long ago it was nine in the morning: a play begins with the working day.
fn since_nine(now: Timestamp, zone: &TimeZone) -> Duration {
    let today = now.to_zoned(zone.clone()).date();
    let nine = |date: jiff::civil::Date| date.at(9, 0, 0, 0).to_zoned(zone.clone()).map(|it| it.timestamp());
    let morning = [Ok(today), today.yesterday()].into_iter().flatten().filter_map(|it| nine(it).ok());
    let ago = morning.map(|it| now.duration_since(it)).find(|it| !it.is_negative());
    ago.and_then(|it| Duration::try_from(it).ok()).unwrap_or_default()
}

/// A comment of ours as its reader sees it.
fn as_text(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in html.replace("</p>", "\n").chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(character),
            _ => {}
        }
    }
    text.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
