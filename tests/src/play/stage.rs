//! The product in its world, and somebody who tells what happens there.

use std::collections::BTreeSet;
use std::time::Duration;

use escalation::id::TicketId;
use escalation::policy::Policy;
use jiff::{SignedDuration, Timestamp};

use super::page::{Page, Who};
use crate::host::Ending;
use crate::product::{Product, Setup};
use crate::world::hubspot::HubSpot;
use crate::world::hubspot::id::{NoteId, UserId};
use crate::world::hubspot::owner::Owner;
use crate::world::workflow::log::What;

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
}

impl Stage {
    pub async fn open(setup: Setup) -> anyhow::Result<Self> {
        let product = Product::start(setup).await?;
        let hubspot = product.world.hubspot.clone();
        hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
        hubspot.hire(Owner::new(502, DANA.0, "Dana Whitfield"));
        let page = Page::new(Policy::shipped().team.time_zone.time_zone().clone());
        Ok(Self { product, hubspot, page, stories: 0, held: 0, broken: Vec::new(), told: Told::default() })
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

    /// Sam writes an internal comment.
    pub fn comment(&mut self, ticket: TicketId, lines: &[&str]) -> anyhow::Result<()> {
        self.tell(Who::Person("Sam"), "writes an internal comment");
        self.page.quote(&lines.join("\n"));
        let html: String = lines.iter().map(|it| format!("<p>{it}</p>")).collect();
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

    /// Tells what the workflow did since it was last told, and what the product wrote.
    fn report(&mut self) {
        let entries: Vec<_> = self.product.engine.log()[self.told.entries..].to_vec();
        self.told.entries += entries.len();
        for entry in &entries {
            self.entry(entry.at, &entry.what);
            if matches!(entry.what, What::Called { .. }) {
                self.cost(entry.at);
                self.written(entry.at);
            }
        }
    }

    fn entry(&self, at: Timestamp, what: &What) {
        let zone = |until: &Timestamp| until.duration_since(at);
        match what {
            What::Called { attempt: 1, status: Some(200), .. } => self.page.line(at, Who::HubSpot, "asks validate-comment"),
            What::Called { attempt, status, .. } => {
                let status = status.map_or("no answer".to_owned(), |it| it.to_string());
                self.page.line(at, Who::HubSpot, &format!("asks validate-comment, try {attempt}: {status}"));
            }
            What::Answered { outputs } => {
                let value = |name: &str| outputs.get(name).map_or("", String::as_str);
                self.page.line(at, Who::Product, &format!("answers {}: {}", value("outcome"), value("message")));
            }
            What::WillRetry { at: next } => {
                self.page.line(at, Who::HubSpot, &format!("will ask again in {:#}", zone(next)));
            }
            What::Waiting { until } => self.page.line(at, Who::HubSpot, &format!("waits {:#}", zone(until))),
            What::Failed { reason } => self.page.line(at, Who::Trouble, reason),
            _ => {}
        }
    }

    /// How long the function took, as the host measured it.
    fn cost(&mut self, at: Timestamp) {
        let reports: Vec<_> = self.product.host.reports()[self.told.reports..].to_vec();
        self.told.reports += reports.len();
        for report in reports {
            let millis = |it: Duration| format!("{:.1} ms", it.as_secs_f64() * 1000.0);
            let start = report.init.map(|it| format!(", after a start of {}", millis(it))).unwrap_or_default();
            let text = match report.ending {
                Ending::Answered => format!("looks at the ticket, {}{start}", millis(report.duration)),
                Ending::Failed | Ending::Crashed => "is killed at its work".to_owned(),
                Ending::TimedOut => "is ended by the time limit".to_owned(),
            };
            let who = if report.ending == Ending::Answered { Who::Product } else { Who::Trouble };
            self.page.line(at, who, &text);
        }
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
