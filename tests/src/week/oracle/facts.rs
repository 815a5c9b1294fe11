//! One ticket as its history tells it.

use std::collections::BTreeSet;

use escalation::id::TicketId;
use jiff::{SignedDuration, Timestamp};

use crate::week::Week;
use crate::week::people::LEADS;
use crate::week::story::{CLOSED, SPAM, Story};
use crate::week::texts;
use crate::world::hubspot::Note;
use crate::world::hubspot::conversation::{Author, Said};
use crate::world::hubspot::id::{Kind, Source, UserId};
use crate::world::hubspot::record::Version;
use crate::world::workflow::log::What;

/// A clearing that is taken back so soon was none.
const SLIP: SignedDuration = SignedDuration::from_secs(60);

/// One escalation: from Escalation Type being set to its being cleared.
#[derive(Debug, Clone, Copy)]
pub struct Cycle {
    /// The how-manieth it is.
    pub number: usize,
    /// Since when.
    pub start: Timestamp,
    /// Until when; `None` while it is set.
    pub cleared: Option<Timestamp>,
}

/// Something that people did for the customer.
#[derive(Debug, Clone, Copy)]
pub struct Spoken {
    /// When.
    pub at: Timestamp,
    /// Whether a Shift Lead did.
    pub by_lead: bool,
}

/// One ticket as its history tells it.
pub struct Facts<'a> {
    /// Its story.
    pub story: &'a Story,
    /// Its id.
    pub ticket: TicketId,
    /// Whether it is deleted.
    pub is_deleted: bool,
    /// Whether it ever was: workflows leave it then, and nothing brings them back.
    pub was_deleted: bool,
    /// Whether it was merged with another, and goes on under another id.
    pub is_merged: bool,
    /// Its escalations.
    pub cycles: Vec<Cycle>,
    /// Histories, oldest first.
    pub kinds: Vec<Version>,
    /// Of the stage.
    pub stages: Vec<Version>,
    /// Of the state.
    pub states: Vec<Version>,
    /// Of Jira Reference.
    pub references: Vec<Version>,
    /// Of the status of its issue.
    pub statuses: Vec<Version>,
    /// All notes.
    pub notes: Vec<Note>,
    /// Messages that arrived, and calls in which somebody spoke.
    pub spoken: Vec<Spoken>,
    /// When a Shift Lead commented.
    pub reviews: Vec<Timestamp>,
    /// What "Resolution communicated?" says, since when, and whether that counts.
    pub word: Option<(Timestamp, bool)>,
    /// When W1 took it up.
    pub taken_up: Vec<Timestamp>,
    values: std::collections::BTreeMap<&'static str, String>,
}

impl<'a> Facts<'a> {
    /// `None` where the ticket was never made.
    pub fn read(week: &Week, story: &'a Story) -> Option<Self> {
        let ticket = story.ticket?;
        let hubspot = &week.world.hubspot;
        let history = |name: &str| hubspot.history(ticket, name);
        let kinds = history("escalation_type");
        let names = ["escalation_lane", "escalation_state", "closure_missing", "jira_reference", "jira_status"];
        let names = names.into_iter().chain(["escalation_resolved_at", "escalation_accepted_at", "escalation_type"]);
        let taken_up = week.engine.log().iter().filter(|it| it.ticket == ticket && it.what == What::Enrolled);
        Some(Self {
            story,
            ticket,
            is_deleted: hubspot.value(ticket, "hs_object_id").is_none(),
            was_deleted: story.acts.iter().any(|it| it.1 == "Delete"),
            is_merged: hubspot.value(ticket, "hs_merged_object_ids").is_some(),
            cycles: cycles(&kinds),
            stages: history("hs_pipeline_stage"),
            states: history("escalation_state"),
            references: history("jira_reference"),
            statuses: history("jira_status"),
            notes: hubspot.notes(ticket),
            spoken: spoken(week, ticket),
            reviews: reviews(week, ticket),
            word: word(&history("resolution_communicated"), &history("unreachable_reason"), &kinds),
            taken_up: taken_up.filter(|it| it.workflow.starts_with("W1")).map(|it| it.at).collect(),
            values: names.map(|it| (it, hubspot.value(ticket, it).unwrap_or_default())).collect(),
            kinds,
        })
    }

    /// What a property has.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Its number in the week.
    pub fn number(&self) -> Option<usize> {
        Some(self.story.number)
    }

    /// The escalation that it is in, or was in last.
    pub fn last(&self) -> Option<Cycle> {
        self.cycles.last().copied()
    }

    /// Notes of ours about an escalation that say this.
    pub fn notes_of(&self, cycle: usize, words: &str) -> Vec<&Note> {
        let about = format!("escalation #{cycle}<");
        self.ours().filter(|it| it.body.contains(&about) && it.body.contains(words)).collect()
    }

    /// Notes of ours.
    pub fn ours(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|it| it.author.is_none())
    }

    /// When the ticket was closed that is closed now.
    pub fn closed_at(&self) -> Option<Timestamp> {
        self.stages.iter().rev().take_while(|it| is_closed(&it.value)).last().map(|it| it.at)
    }

    /// Whether it is in the stage for what needs no resolution.
    pub fn is_spam(&self) -> bool {
        self.stages.last().is_some_and(|it| it.value == SPAM[1])
    }

    /// The states it had from a moment on, as we wrote them.
    pub fn states_since(&self, at: Timestamp) -> BTreeSet<&str> {
        self.states.iter().filter(|it| it.at >= at).map(|it| it.value.as_str()).collect()
    }

    /// Whether a Shift Lead chose Tech in the last run of it, which lasts.
    pub fn is_confirmed(&self) -> bool {
        let run = self.kinds.iter().rev().take_while(|it| it.value == "tech");
        self.value("escalation_type") == "tech" && run.into_iter().any(|it| is_lead(&it.source))
    }
}

/// Whether a stage is one of the closed ones.
pub fn is_closed(stage: &str) -> bool {
    CLOSED.contains(&stage) || SPAM.contains(&stage)
}

/// Whether a Shift Lead did it.
pub fn is_lead(source: &Source) -> bool {
    matches!(source, Source::User(user) if is_lead_user(*user))
}

fn is_lead_user(user: UserId) -> bool {
    LEADS.iter().any(|it| it.user == user)
}

fn cycles(kinds: &[Version]) -> Vec<Cycle> {
    let mut cycles: Vec<Cycle> = Vec::new();
    for it in kinds {
        let (is_set, last) = (!it.value.is_empty(), cycles.last_mut());
        match last {
            Some(last) if last.cleared.is_none() => last.cleared = (!is_set).then_some(it.at),
            Some(last) if is_set && last.cleared.is_some_and(|at| it.at.duration_since(at) <= SLIP) => {
                last.cleared = None
            }
            _ if is_set => {
                let number = cycles.len() + 1;
                cycles.push(Cycle { number, start: it.at, cleared: None });
            }
            _ => {}
        }
    }
    cycles
}

fn spoken(week: &Week, ticket: TicketId) -> Vec<Spoken> {
    let hubspot = &week.world.hubspot;
    let mut spoken = Vec::new();
    for thread in hubspot.threads(ticket) {
        for it in thread.messages {
            if let (Said::Message { outgoing: true, failed: false, .. }, Author::User(user, ..)) =
                (&it.said, &it.author)
            {
                spoken.push(Spoken { at: it.at, by_lead: is_lead_user(*user) });
            }
        }
    }
    for call in hubspot.associated(ticket, Kind::Call) {
        let value = |name: &str| hubspot.value_of(Kind::Call, call, name).unwrap_or_default();
        let by_lead = LEADS.iter().any(|it| it.owner.to_string() == value("hubspot_owner_id"));
        if let (true, Ok(at)) =
            (value("hs_call_disposition") == super::super::story::CONNECTED, value("hs_timestamp").parse())
        {
            spoken.push(Spoken { at, by_lead });
        }
    }
    spoken.sort_by_key(|it| it.at);
    spoken
}

fn reviews(week: &Week, ticket: TicketId) -> Vec<Timestamp> {
    let notes = week.world.hubspot.notes(ticket);
    notes.iter().filter(|it| it.author.is_some_and(is_lead_user)).map(|it| it.at).collect()
}

fn word(said: &[Version], reasons: &[Version], kinds: &[Version]) -> Option<(Timestamp, bool)> {
    let last = said.last().filter(|it| matches!(it.source, Source::User(_)) && !it.value.is_empty())?;
    let start = cycles(kinds).last()?.start;
    let has_reason = reasons.last().is_some_and(|it| it.at >= start);
    Some((last.at, last.at >= start && (last.value != "no_unreachable" || has_reason)))
}

/// What may be read as a comment on the escalation.
pub fn may_be_comment(body: &str) -> bool {
    texts::is_part(body)
}
