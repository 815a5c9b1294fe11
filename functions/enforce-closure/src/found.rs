//! What was read of a ticket, and what the ledger keeps of its end.

use std::sync::Arc;

use escalation::hubspot::{Note, Person, Ticket, timestamp};
use escalation::id::TicketId;
use escalation::policy::Policy;
use escalation::procedure::closure::{self, Answer, Attempt, Route, Stage, What};
use escalation::reading::closure::{Ending, Evidence};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// HubSpot's own property: the stage of the pipeline.
pub const STAGE: &str = "hs_pipeline_stage";

/// A ticket, as far as the end of its escalation is concerned.
pub enum Found {
    /// It is deleted.
    Gone,
    /// It never was escalated.
    NotEscalated,
    /// It was escalated before the policy's time.
    BeforeOurTime,
    /// It is escalated, or was.
    Escalated(Box<Escalated>),
}

/// A ticket and its last escalation.
pub struct Escalated {
    pub id: TicketId,
    pub ticket: Ticket,
    /// Everybody who is active.
    pub people: Arc<[Person]>,
    pub ending: Ending,
    pub evidence: Evidence,
    /// That we said why we open it again.
    pub reopening: Option<Reopening>,
    /// Whether HubSpot did not let us.
    pub was_refused: bool,
    /// That the agent was told of the resolution.
    pub told: Option<Told>,
}

/// A ticket that we open again, as the ledger keeps it: from the moment at which the agent was told why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reopening {
    #[serde(flatten)]
    pub note: Note,
    /// When the ticket was closed that we take back.
    pub closed_at: Timestamp,
}

/// That the agent was told of the resolution, as the ledger keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Told {
    #[serde(flatten)]
    pub note: Note,
    /// The option of the procedure.
    option: String,
    /// Which word of somebody's it rests on, where it rests on that.
    word: Option<String>,
}

impl Told {
    pub fn new(note: Note, evidence: &closure::Evidence) -> Self {
        let word = match evidence.what {
            What::Word(answer) => Some(answer.name().to_owned()),
            What::Message | What::Call => None,
        };
        Self { note, option: evidence.by.name().to_owned(), word }
    }

    /// What it rested on, as far as people are told.
    pub fn evidence(&self, at: Timestamp) -> closure::Evidence {
        let by = if self.option == Route::ShiftLead.name() { Route::ShiftLead } else { Route::Agent };
        let what = self.word.as_deref().and_then(Answer::from_name).map_or(What::Message, What::Word);
        closure::Evidence { at, by, what }
    }
}

impl Escalated {
    /// Whose ticket it is.
    pub fn agent(&self) -> Option<&Person> {
        self.person(self.ticket.property("hubspot_owner_id"))
    }

    /// The Shift Lead who looked at it, by name.
    pub fn reviewer(&self) -> Option<&str> {
        self.ending.reviewer(&self.evidence)
    }

    /// When it was resolved, by what stands on the ticket.
    pub fn resolved_at(&self, policy: &Policy) -> Option<Timestamp> {
        let at = timestamp(self.ticket.property(&policy.properties.resolved_at));
        at.filter(|it| *it >= self.ending.cycle.started_at)
    }

    fn person(&self, owner: &str) -> Option<&Person> {
        self.people.iter().find(|it| !owner.is_empty() && it.owner_id == owner)
    }

    /// What became of our opening it again. Between saying why and doing it there is no attempt yet: the
    /// same closing is still to be taken back.
    pub fn attempt(&self) -> Option<Attempt> {
        let reopening = self.reopening.as_ref()?;
        if self.was_refused {
            return Some(Attempt::Refused);
        }
        match self.ending.stage {
            Stage::Closed { at, .. } if at <= reopening.closed_at => None,
            _ => Some(Attempt::Done(self.ending.opened_after(reopening.closed_at))),
        }
    }
}
