//! What is still missing before a Shift Lead can take an escalation.

use jiff::{SignedDuration, Timestamp};

use super::comment::{Answer, Comment, Hint, Point};
use super::thread::{Choice, Chosen};
use super::ticket_name::{Check, Warning};
use super::wording;

/// What was read about an escalated ticket.
pub struct Facts<'a> {
    /// When the escalation began.
    pub started_at: Timestamp,
    /// The time of the check.
    pub now: Timestamp,
    /// The comment that counts, or why none does.
    pub choice: &'a Choice,
    /// Whether a contact or a company is associated.
    pub has_customer: bool,
    /// The ticket's name, judged; `None` where the policy does not look at names.
    pub name: Option<&'a Check>,
}

/// What an administrator may change about the check.
pub struct Rules<'a> {
    /// How long after the start a comment that cannot be found may still be on its way.
    pub pending: SignedDuration,
    /// Whether a comment that mentions no Shift Lead is incomplete.
    pub require_mention: bool,
    /// HubSpot's ids of the people and teams who are Shift Leads; empty: anybody counts.
    pub shift_leads: &'a [u64],
}

/// What the check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// The short answer.
    pub finding: Finding,
    /// What to tell the agent; `None` while there is nothing to tell.
    pub deficit: Option<Deficit>,
    /// The points without an answer, in the procedure's order.
    pub missing: Vec<Point>,
    /// Who was mentioned.
    pub mention: Mention,
    /// Lesser things to put right, in the order of their weight, each a sentence.
    pub also: Vec<String>,
}

/// The short answer of the check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// The Shift Lead has all five points.
    Complete,
    /// A comment is there, and something is missing in it.
    Incomplete,
    /// There is no comment with any of the points.
    Missing,
    /// There is none yet; it may still be on its way.
    Pending,
}

/// Why a comment is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deficit {
    /// Points have no answer.
    Points(Vec<Lack>),
    /// No internal comment belongs to this escalation.
    NoComment {
        /// When a complete comment was written that is too old to count.
        older: Option<Timestamp>,
    },
    /// Somebody told the story without the five headings.
    NoHeadings,
    /// The five points are in a message to the customer.
    SentToCustomer,
    /// No Shift Lead is mentioned, and the policy wants one to be.
    NoMention {
        /// A name that was typed as text.
        typed: Option<String>,
    },
}

/// A point without an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The point.
    pub point: Point,
    /// What stands in its place, where anything does.
    pub found: Option<String>,
}

/// Who was mentioned in the comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mention {
    /// A Shift Lead.
    ShiftLead,
    /// Somebody, but no Shift Lead.
    SomebodyElse,
    /// A name was typed as text: nobody was notified.
    Typed(String),
    /// Nobody.
    Nobody,
}

impl Mention {
    /// The name in outputs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ShiftLead => "mentioned",
            Self::SomebodyElse => "mention_other",
            Self::Typed(_) => "mention_typed",
            Self::Nobody => "mention_missing",
        }
    }
}

impl Deficit {
    /// Tells one lack from another: the agent hears of each once in an escalation, however often it
    /// is found.
    pub fn key(&self) -> String {
        match self {
            Self::Points(lacks) => {
                let points: Vec<_> = lacks.iter().map(|it| it.point.name()).collect();
                format!("points:{}", points.join(","))
            }
            Self::NoComment { .. } => "no-comment".to_owned(),
            Self::NoHeadings => "no-headings".to_owned(),
            Self::SentToCustomer => "sent-to-customer".to_owned(),
            Self::NoMention { .. } => "no-mention".to_owned(),
        }
    }
}
