//! Who escalates, and what people do when the product has spoken.

use escalation::id::TicketId;
use jiff::{SignedDuration, Timestamp};

use super::Options;
use crate::dice::Dice;
use crate::team::{DANA, SAM};
use crate::world::World;
use crate::world::hubspot::HubSpot;
use crate::world::hubspot::id::CompanyId;

/// Of a thousand escalations so many lack two points at first …
const LACKING: usize = 200;
/// … and so many go to Tech.
const TO_TECH: usize = 200;

/// So long before they escalate, people made the ticket and wrote the comment.
const BEFORE: SignedDuration = SignedDuration::from_secs(10);

/// As fast as people are who wait for the answer.
const REACTION: SignedDuration = SignedDuration::from_secs(5);

const FIRST_THREE: &str = "<p>Issue: Order 4711 was charged twice.</p><p>Investigated: The log shows two captures.</p>\
    <p>Action Taken: Asked the bank to hold one.</p>";
const LAST_TWO: &str =
    "<p>Blocker: Refunds need an approval.</p><p>Required to Resolve: Please approve the refund.</p>";

/// What the product's note says to who left something out.
pub const LACKS: &str = "Not with the Shift Lead yet";

/// One escalation.
#[derive(Debug, Clone, Copy)]
pub struct Story {
    /// When it begins.
    pub at: Timestamp,
    /// Its ticket, once it has begun.
    pub ticket: Option<TicketId>,
    /// Whether its comment lacks two points at first.
    pub lacks: bool,
    /// Whether it goes to Tech.
    pub to_tech: bool,
    /// What a person does next, and from when on: nothing before the product has spoken.
    next: Next,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Write,
    Escalate,
    /// Once told what is missing, by a note: the ticket's properties may say so sooner.
    Complete,
    /// Once the ticket says that it is in its lane, whatever was told by then.
    SendToTech,
    Nothing,
}

/// All of them.
pub struct People {
    hubspot: HubSpot,
    company: CompanyId,
    /// In the order in which they begin.
    pub stories: Vec<Story>,
    looked: Timestamp,
}

impl People {
    pub fn new(options: &Options, world: &World, now: Timestamp) -> Self {
        let story = |number: usize| {
            let mut dice = Dice::of(options.seed, &format!("load {number}"));
            let at = now + BEFORE + options.pause() * i32::try_from(number).unwrap_or(i32::MAX);
            let (lacks, to_tech) = (dice.in_thousand(LACKING), dice.in_thousand(TO_TECH));
            Story { at, ticket: None, lacks, to_tech, next: Next::Write }
        };
        let hubspot = world.hubspot.clone();
        let company = hubspot.company("Harbour Grill", "harbourgrill.example");
        Self { hubspot, company, stories: (0..options.tickets()).map(story).collect(), looked: now }
    }

    /// When the last one begins.
    pub fn last_arrival(&self) -> Timestamp {
        self.stories.last().map_or(self.looked, |it| it.at)
    }

    /// Whether nobody is going to do anything, whatever the product says.
    pub fn are_done(&self) -> bool {
        self.stories.iter().all(|it| it.next == Next::Nothing)
    }

    /// How many have begun.
    pub fn begun(&self) -> usize {
        self.stories.iter().filter(|it| !matches!(it.next, Next::Write | Next::Escalate)).count()
    }

    /// How many are in a lane.
    pub fn in_lanes(&self) -> usize {
        let tickets = self.stories.iter().filter_map(|it| it.ticket);
        tickets.filter(|it| self.hubspot.value(*it, "escalation_lane").is_some_and(|it| !it.is_empty())).count()
    }

    /// Does what is due now. People look every few seconds at what became of their tickets.
    pub fn act(&mut self, now: Timestamp) -> anyhow::Result<()> {
        let looks = now.duration_since(self.looked) >= REACTION;
        if looks {
            self.looked = now;
        }
        for story in &mut self.stories {
            match story.next {
                Next::Write if story.at > now + BEFORE => break,
                Next::Write => story.write(&self.hubspot, self.company)?,
                Next::Escalate if story.at > now => {}
                Next::Escalate => story.escalate(&self.hubspot)?,
                _ if looks => story.go_on(&self.hubspot)?,
                _ => {}
            }
        }
        Ok(())
    }
}

impl Story {
    fn write(&mut self, hubspot: &HubSpot, company: CompanyId) -> anyhow::Result<()> {
        let (sam, owner) = (hubspot.agent(SAM.user), SAM.owner.to_string());
        let subject = [("subject", "Escalation - Harbour Grill - Double charge"), ("hubspot_owner_id", &*owner)];
        let ticket = sam.create_ticket(&subject)?;
        sam.associate_company(ticket, company)?;
        let whole = format!("{FIRST_THREE}{LAST_TWO}");
        sam.write_note(ticket, if self.lacks { FIRST_THREE } else { &whole })?;
        self.ticket = Some(ticket);
        self.next = Next::Escalate;
        Ok(())
    }

    fn escalate(&mut self, hubspot: &HubSpot) -> anyhow::Result<()> {
        let Some(ticket) = self.ticket else { return Ok(()) };
        hubspot.agent(SAM.user).set(ticket, "escalation_type", "shift_lead")?;
        self.next = match (self.lacks, self.to_tech) {
            (true, _) => Next::Complete,
            (false, true) => Next::SendToTech,
            (false, false) => Next::Nothing,
        };
        Ok(())
    }

    /// A person acts on what the product wrote.
    fn go_on(&mut self, hubspot: &HubSpot) -> anyhow::Result<()> {
        let Some(ticket) = self.ticket else { return Ok(()) };
        let has = |property: &str, value: &str| hubspot.value(ticket, property).as_deref() == Some(value);
        match self.next {
            Next::Complete if is_told(hubspot, ticket, LACKS) => {
                hubspot.agent(SAM.user).write_note(ticket, LAST_TWO)?;
                self.next = if self.to_tech { Next::SendToTech } else { Next::Nothing };
            }
            Next::SendToTech if has("escalation_lane", "cs") => {
                hubspot.agent(DANA.user).set(ticket, "escalation_type", "tech")?;
                self.next = Next::Nothing;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a note that nobody of the account wrote says so.
fn is_told(hubspot: &HubSpot, ticket: TicketId, words: &str) -> bool {
    hubspot.notes(ticket).iter().any(|it| it.author.is_none() && it.body.contains(words))
}
