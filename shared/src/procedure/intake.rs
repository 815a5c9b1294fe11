//! What is still missing before a Shift Lead can take an escalation.

use jiff::{SignedDuration, Timestamp};

use super::comment::{Answer, Comment, Point};
use super::thread::{Choice, Entry, Window, choose};

/// What was read about an escalated ticket.
pub struct Facts<'a> {
    /// Everything that was written on it.
    pub entries: &'a [Entry],
    /// Which of that belongs to this escalation.
    pub window: Window,
    /// The time of the check.
    pub now: Timestamp,
    /// HubSpot's ids of the people and teams who are Shift Leads; empty: anybody counts.
    pub shift_leads: &'a [String],
}

/// What an administrator may change about the check.
pub struct Rules {
    /// How long after the start a comment that cannot be found may still be on its way.
    pub pending: SignedDuration,
    /// Whether a comment that mentions no Shift Lead is incomplete.
    pub require_mention: bool,
}

/// What the check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// The short answer.
    pub finding: Finding,
    /// What to tell the agent; `None` where there is nothing to tell.
    pub deficit: Option<Deficit>,
    /// Who was mentioned.
    pub mention: MentionStatus,
    /// The comment that was judged, if any.
    pub checked: Option<Checked>,
    /// Points without an answer.
    pub missing: Vec<Point>,
    /// Whether the five points went to the customer: a matter of privacy even where a good comment
    /// exists.
    pub sent_to_customer: bool,
}
