//! The product in its world: what people do there, how time passes, and what must be so.

use std::time::Duration;

use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::runtime::Clock;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::page::{Page, Who};
use super::telling::Told;
use crate::news::as_text;
use crate::product::{Product, Setup};
use crate::team::{Channel, Member, Team};
use crate::world::hubspot::HubSpot;
use crate::world::jira::{Issue, Jira};
use crate::world::slack::{Message, Slack};

/// The stage of a play.
pub struct Stage {
    pub product: Product,
    pub hubspot: HubSpot,
    pub slack: Slack,
    pub jira: Jira,
    pub policy: Policy,
    pub(super) page: Page,
    pub(super) told: Told,
    zone: TimeZone,
    stories: usize,
    held: usize,
    broken: Vec<String>,
    /// The policy's file is there as long as the play.
    _team: Team,
}

impl Stage {
    pub async fn open(setup: Setup) -> anyhow::Result<Self> {
        let team = Team::new()?;
        let policy = Policy::shipped();
        let zone = policy.team.time_zone.time_zone().clone();
        let begun = since_monday_at_nine(Clock::system().now(), &zone);
        let mut product = Product::start(Setup { begun, policy: Some(team.policy().to_owned()), ..setup }).await?;
        team.joins(&product.world);
        product.turn_on_jira_rule();
        product.subscribe(&policy.properties);
        Ok(Self {
            hubspot: product.world.hubspot.clone(),
            slack: product.world.slack.clone(),
            jira: product.world.jira.clone(),
            product,
            policy,
            page: Page::new(zone.clone()),
            told: Told::default(),
            zone,
            stories: 0,
            held: 0,
            broken: Vec::new(),
            _team: team,
        })
    }

    /// Ends the play; says what was not as it must be.
    pub fn close(self) -> Vec<String> {
        self.page.end(self.held, &self.broken);
        self.product.finish();
        self.broken
    }

    /// Begins a story.
    pub fn story(&mut self, title: &str) {
        self.stories += 1;
        self.told.turn_page();
        self.page.story(self.stories, title);
    }

    /// Begins a part of the play.
    pub fn part(&mut self, title: &str) {
        self.page.heading(title);
    }

    /// From here on only the first lines are shown of what other stories show.
    pub fn in_brief(&mut self) {
        self.told.in_brief = true;
    }

    /// From here on everything is shown.
    pub fn in_full(&mut self) {
        self.told.in_brief = false;
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

    /// How much the workflows did so far.
    pub fn asked(&self) -> usize {
        self.product.engine.log().len()
    }

    /// Lets time pass until the clock shows this, and tells what happens meanwhile.
    pub async fn pass_until(&mut self, hour: i8, minute: i8) -> anyhow::Result<()> {
        self.pass(self.time_until(hour, minute)?).await
    }

    /// The same, and nothing of it is told.
    pub async fn skip_until(&mut self, hour: i8, minute: i8) -> anyhow::Result<()> {
        self.product.pass(self.time_until(hour, minute)?).await?;
        self.skip();
        Ok(())
    }

    fn time_until(&self, hour: i8, minute: i8) -> anyhow::Result<SignedDuration> {
        let now = self.product.now().to_zoned(self.zone.clone());
        let today = now.date().at(hour, minute, 0, 0).to_zoned(self.zone.clone())?;
        let at = if today > now { today } else { today.checked_add(1.day())? };
        Ok(at.timestamp().duration_since(self.product.now()))
    }

    /// Lets time pass and tells nothing of it but what came of a ticket.
    pub async fn settle(&mut self, ticket: TicketId, time: SignedDuration) -> anyhow::Result<()> {
        self.product.pass(time).await?;
        self.skip();
        let message = self.value(ticket, "escalation_last_message");
        let message = self.much_said(&message);
        self.tell(Who::HubSpot, &format!("has asked again meanwhile; the ticket says: {message}"));
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

    pub fn value(&self, ticket: TicketId, property: &str) -> String {
        self.hubspot.value(ticket, property).unwrap_or_default()
    }

    /// Whether an escalation is in this lane, and this person's.
    pub fn is_with(&self, ticket: TicketId, lane: &str, who: Member) -> bool {
        self.value(ticket, "escalation_lane") == lane && self.value(ticket, "escalation_owner") == who.owner.to_string()
    }

    /// The comments of ours on a ticket, as people read them.
    pub fn messages(&self, ticket: TicketId) -> Vec<String> {
        let notes = self.hubspot.notes(ticket);
        notes.iter().filter(|it| it.author.is_none()).map(|it| as_text(&it.body)).collect()
    }

    /// The messages of a channel that are about a ticket: those that name it, with their threads.
    pub fn told_of(&self, channel: Channel, ticket: TicketId) -> Vec<Vec<Message>> {
        let top = self.slack.messages(channel.id).into_iter();
        let about = top.filter(|it| it.text.contains(&ticket.to_string()));
        about.map(|it| self.slack.thread(channel.id, &it.ts)).collect()
    }

    /// The issues that Jira has for a ticket: those that lead back to it.
    pub fn issues(&self, ticket: TicketId) -> Vec<Issue> {
        let leads_back = |it: &Issue| it.remote_links.iter().any(|it| it.url.ends_with(&format!("/{ticket}")));
        let label = format!("-{ticket}");
        let is_labelled = |it: &Issue| it.labels.iter().any(|it| it.starts_with("hs-ticket-") && it.ends_with(&label));
        self.jira.issues().into_iter().filter(|it| leads_back(it) || is_labelled(it)).collect()
    }

    /// Everything that stands in Slack, and what notifications showed of it, in the order of its times.
    pub fn all_of_slack(&self) -> Vec<String> {
        let channels = self.slack.channels().into_iter();
        let first =
            channels.flat_map(|(id, _)| self.slack.messages(&id).into_iter().map(move |it| (id.clone(), it.ts)));
        let mut all: Vec<Message> = first.flat_map(|(id, ts)| self.slack.thread(&id, &ts)).collect();
        all.sort_by(|one, other| one.ts.cmp(&other.ts));
        all.into_iter().map(|it| format!("{}\n{}", it.text, it.notification)).collect()
    }

    /// A property of a ticket that is a time.
    pub fn at(&self, ticket: TicketId, property: &str) -> Option<Timestamp> {
        self.value(ticket, property).parse().ok()
    }

    /// The same as people read it.
    pub fn clock(&self, ticket: TicketId, property: &str) -> String {
        let Some(at) = self.at(ticket, property) else {
            return String::new();
        };
        let is_near = at.duration_since(self.product.now()) < SignedDuration::from_hours(6 * 24);
        let format = if is_near { "%A %H:%M" } else { "%-d %B %H:%M" };
        at.to_zoned(self.zone.clone()).strftime(format).to_string()
    }
}

/// How long ago the last Monday began its work: a play begins with a working week, and knows what
/// tomorrow is.
fn since_monday_at_nine(now: Timestamp, zone: &TimeZone) -> Duration {
    let today = now.to_zoned(zone.clone()).date();
    let days = i64::from(today.weekday().since(Weekday::Monday));
    let nine = |days: i64| {
        let monday = today.checked_sub(days.days()).ok()?;
        Some(monday.at(9, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp())
    };
    let mondays = [days, days + 7].into_iter().filter_map(nine);
    let ago = mondays.map(|it| now.duration_since(it)).find(|it| !it.is_negative());
    ago.and_then(|it| Duration::try_from(it).ok()).unwrap_or_default()
}
