//! What is still missing before a Shift Lead can take an escalation.

use jiff::{SignedDuration, Timestamp};

use super::comment::{Comment, Hint, Mention, Point, Problem};
use super::cycle::Escalation;
use super::thread::{self, Choice, Entry, Window};
use super::ticket_name;

/// What was read about a ticket that is escalated.
pub struct Facts<'a> {
    /// When this escalation began.
    pub started_at: Timestamp,
    /// Everything that was written on the ticket.
    pub entries: &'a [Entry],
    /// Whether a contact or a company is associated.
    pub has_customer: bool,
    /// The ticket's name, judged; `None` where nobody wants to know.
    pub name: Option<&'a ticket_name::Check>,
}
