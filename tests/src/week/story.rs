//! One ticket, and what people do with it.

use escalation::id::TicketId;
use jiff::Timestamp;

use super::acts::{Act, Seen, options};
use super::people::{AGENTS, lead_at, shift_at};
use super::texts;
use crate::dice::Dice;
use crate::team::Member;
use crate::world::World;
use crate::world::hubspot::agent::Agent;
use crate::world::hubspot::id::{NoteId, ThreadId};

/// HubSpot's outcome of a call in which somebody spoke.
pub const CONNECTED: &str = "f240bbac-87c9-4f6e-bf70-924b57d47db7";

/// The pipelines: first stages, closed, and closed as spam.
pub const OPEN: [&[&str]; 2] = [&["1", "2", "3"], &["771", "772", "773", "774"]];
/// Their closed stages.
pub const CLOSED: [&str; 2] = ["4", "775"];
/// The one for what needs no resolution; the shipped pipeline has none.
pub const SPAM: [&str; 2] = ["4", "776"];
/// Their ids.
pub const PIPELINES: [&str; 2] = ["0", "77"];

/// One ticket, and what people do with it.
pub struct Story {
    /// Its number in the week.
    pub number: usize,
    /// Its id, once there is one; `None` again where it goes on in another story's ticket.
    pub ticket: Option<TicketId>,
    /// The ids of all that was merged into it, its own former ones among them.
    pub formerly: Vec<TicketId>,
    /// When somebody does something next.
    pub next: Option<Timestamp>,
    /// How many acts are left.
    pub left: usize,
    /// How long until then, where the last act asks for that, in seconds.
    pub pause: Option<i64>,
    /// What was done.
    pub acts: Vec<(Timestamp, String)>,
    /// Its own dice.
    pub dice: Dice,
    planned: Option<Act>,
    pipeline: usize,
    thread: Option<ThreadId>,
    note: Option<NoteId>,
    is_reviewed: bool,
    is_told: bool,
}

impl Story {
    /// A ticket that is made at `at`.
    pub fn new(number: usize, at: Timestamp, mut dice: Dice) -> Self {
        let (pipeline, left) = (dice.below(2), 4 + dice.below(13));
        let (acts, planned) = (Vec::new(), Some(Act::Create));
        Self {
            number,
            ticket: None,
            formerly: Vec::new(),
            next: Some(at),
            left,
            pause: None,
            acts,
            dice,
            planned,
            pipeline,
            thread: None,
            note: None,
            is_reviewed: false,
            is_told: false,
        }
    }

    /// Somebody does the next thing. Says whether it could be done.
    pub fn act(&mut self, world: &World, now: Timestamp, tickets: &[TicketId]) -> bool {
        let act = self.planned.take().unwrap_or_else(|| self.choose(world));
        match act {
            Act::Merge => self.merge(world, now, tickets),
            act => self.does(world, now, act),
        }
    }

    /// Somebody does this. Says whether it could be done.
    pub fn does(&mut self, world: &World, now: Timestamp, act: Act) -> bool {
        let done = match act {
            Act::Create => self.create(world, now).map(drop),
            act => match self.ticket {
                Some(ticket) => self.on_ticket(world, now, ticket, act),
                None => return false,
            },
        };
        if done.is_ok() {
            self.acts.push((now, format!("{act:?}")));
            self.remember(act);
        }
        done.is_ok()
    }

    /// What people keep in mind for what they do next.
    fn remember(&mut self, act: Act) {
        match act {
            Act::Escalate | Act::ChooseTech => (self.is_reviewed, self.is_told) = (false, false),
            Act::LeadComments => (self.is_reviewed, self.is_told) = (true, false),
            Act::LeadReplies => (self.is_reviewed, self.is_told) = (true, true),
            Act::Reply | Act::Call | Act::SayTold => self.is_told = true,
            _ => {}
        }
    }

    fn choose(&mut self, world: &World) -> Act {
        let options = options(&self.seen(world));
        let all: usize = options.iter().map(|it| it.0).sum();
        let mut thrown = self.dice.below(all.max(1));
        for (weight, act) in options {
            match thrown.checked_sub(weight) {
                Some(left) => thrown = left,
                None => return act,
            }
        }
        Act::MoveOn
    }

    fn seen(&self, world: &World) -> Seen {
        let Some(ticket) = self.ticket else { return Seen::default() };
        let value = |name: &str| world.hubspot.value(ticket, name).unwrap_or_default();
        Seen {
            is_deleted: world.hubspot.value(ticket, "hs_object_id").is_none(),
            kind: value("escalation_type"),
            was_escalated: !world.hubspot.history(ticket, "escalation_type").is_empty(),
            is_closed: value("hs_is_closed") == "true",
            has_thread: self.thread.is_some(),
            has_note: self.note.is_some(),
            is_reviewed: self.is_reviewed,
            is_told: self.is_told,
            issue: self.issue(world).map(|it| it.status),
        }
    }

    /// The colleague of the present shift.
    fn colleague(&mut self, now: Timestamp) -> Member {
        AGENTS[shift_at(now)][self.dice.below(2)]
    }

    fn create(&mut self, world: &World, now: Timestamp) -> anyhow::Result<()> {
        let hubspot = &world.hubspot;
        let who = self.colleague(now);
        let (company, domain) = *self.dice.one(&texts::COMPANIES);
        let name = texts::name(&mut self.dice, company);
        let content = texts::content(&mut self.dice);
        let owner = who.owner.to_string();
        let (pipeline, stage) = (PIPELINES[self.pipeline], OPEN[self.pipeline][0]);
        let values = [
            ("subject", &*name),
            ("content", content),
            ("hubspot_owner_id", &owner),
            ("hs_pipeline", pipeline),
            ("hs_pipeline_stage", stage),
        ];
        let ticket = hubspot.agent(who.user).create_ticket(&values)?;
        self.ticket = Some(ticket);
        if self.dice.in_thousand(700) {
            let company = hubspot.company(company, domain);
            hubspot.agent(who.user).associate_company(ticket, company)?;
        }
        if self.dice.in_thousand(850) {
            let contact = hubspot.contact("Jo", "Park", &format!("jo{}@{domain}", self.number));
            hubspot.agent(who.user).associate_contact(ticket, contact)?;
            let thread = hubspot.open_thread(ticket, contact)?;
            hubspot.customer_writes(thread, content)?;
            self.thread = Some(thread);
        }
        Ok(())
    }

    fn on_ticket(&mut self, world: &World, now: Timestamp, ticket: TicketId, act: Act) -> anyhow::Result<()> {
        let who = self.colleague(now);
        let (agent, lead) = (world.hubspot.agent(who.user), world.hubspot.agent(lead_at(now).user));
        let set = |property: &str, value: &str| agent.set(ticket, property, value);
        let stage = |of: &str| agent.move_to(ticket, of);
        match act {
            Act::Escalate => set("escalation_type", "shift_lead"),
            Act::ChooseTech => set("escalation_type", "tech"),
            Act::Clear => set("escalation_type", ""),
            Act::Flap => {
                (self.planned, self.pause) = (Some(Act::Escalate), Some(10 + self.dice.below(110) as i64));
                set("escalation_type", "")
            }
            Act::SendToTech => lead.set(ticket, "escalation_type", "tech"),
            Act::TakeBack => lead.set(ticket, "escalation_type", "shift_lead"),
            Act::MoveOn => stage(self.dice.one::<&str>(OPEN[self.pipeline])),
            Act::Reopen => stage(OPEN[self.pipeline][1]),
            Act::Close => stage(CLOSED[self.pipeline]),
            Act::Spam => stage(SPAM[self.pipeline]),
            Act::AutoClose => world.hubspot.workflow_sets(ticket, "hs_pipeline_stage", CLOSED[self.pipeline]),
            Act::SayTold => set("resolution_communicated", "yes_phone"),
            Act::SayUnreachable => {
                set("unreachable_reason", &format!("called three times, last at {now}"))?;
                set("resolution_communicated", "no_unreachable")
            }
            Act::SayUnreachableOnly => set("resolution_communicated", "no_unreachable"),
            Act::Rename => set("subject", &texts::name(&mut self.dice, texts::COMPANIES[0].0)),
            Act::HandOver => set("hubspot_owner_id", &self.colleague(now).owner.to_string()),
            Act::Delete => agent.delete(ticket),
            Act::Restore => agent.restore(ticket),
            Act::NameGood | Act::NameAnothers | Act::NameNonsense | Act::NameNone => {
                let key = self.key(world, act);
                set("jira_reference", &key)
            }
            act => self.says_or_tech(world, now, (&agent, &lead), act),
        }
    }

    fn says_or_tech(
        &mut self,
        world: &World,
        now: Timestamp,
        who: (&Agent<'_>, &Agent<'_>),
        act: Act,
    ) -> anyhow::Result<()> {
        match act {
            Act::TechMoves
            | Act::TechReopens
            | Act::TechComments
            | Act::TechCommentsForSupport
            | Act::TechMovesProject
            | Act::TechClosesAsDuplicate
            | Act::TechDeletes => self.tech(world, act),
            _ => self.says(world, now, who, act),
        }
    }

    fn says(&mut self, world: &World, now: Timestamp, who: (&Agent<'_>, &Agent<'_>), act: Act) -> anyhow::Result<()> {
        let ticket = self.ticket.ok_or_else(|| anyhow::anyhow!("no ticket"))?;
        let thread = || self.thread.ok_or_else(|| anyhow::anyhow!("no conversation"));
        let (agent, lead) = who;
        let said = format!("We looked into it at {now}.");
        let note = match act {
            Act::WriteAll => texts::all(&mut self.dice),
            Act::WriteSome => texts::some(&mut self.dice),
            Act::WriteRest => texts::REST.to_owned(),
            Act::WriteStory => texts::STORY.to_owned(),
            Act::CommentAll => return agent.comment(thread()?, &texts::all(&mut self.dice)).map(drop),
            Act::EditNote => {
                let text =
                    if self.dice.below(2) == 0 { texts::all(&mut self.dice) } else { texts::some(&mut self.dice) };
                return self.note.map_or(Ok(()), |it| agent.edit_note(it, &text));
            }
            Act::Reply => return agent.reply(thread()?, &said).map(drop),
            Act::ReplyInVain => return agent.reply_in_vain(thread()?, &said).map(drop),
            Act::LeadReplies => return lead.reply(thread()?, &said).map(drop),
            Act::CustomerWrites => {
                return world.hubspot.customer_writes(thread()?, texts::customer(&mut self.dice)).map(drop);
            }
            Act::Call => return agent.log_call(ticket, CONNECTED).map(drop),
            Act::CallNobody => return agent.log_call(ticket, "").map(drop),
            Act::LeadComments => return lead.write_note(ticket, texts::ANSWER).map(drop),
            act => anyhow::bail!("{act:?} is nothing to say"),
        };
        self.note = Some(agent.write_note(ticket, &note)?);
        Ok(())
    }

    fn merge(&mut self, world: &World, now: Timestamp, tickets: &[TicketId]) -> bool {
        let Some(ticket) = self.ticket else { return false };
        let other = *self.dice.one(tickets);
        let who = self.colleague(now);
        let Ok(survivor) = world.hubspot.agent(who.user).merge(ticket, other) else { return false };
        self.formerly.extend([ticket, other]);
        self.ticket = Some(survivor);
        self.acts.push((now, format!("Merge of {other}, now {survivor}")));
        true
    }

    /// Goes on for both, whose tickets are one now.
    pub fn takes_over(&mut self, other: &mut Self) {
        self.acts.append(&mut other.acts);
        self.acts.sort_by_key(|it| it.0);
        self.formerly.append(&mut other.formerly);
        (other.ticket, other.next, other.left) = (None, None, 0);
    }
}
