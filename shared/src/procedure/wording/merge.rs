//! What people read when tickets are merged.

use super::super::message::{Message, bold, plain};

/// The escalation of a ticket that was merged into this one goes on here.
pub fn taken_over(ticket: &str, number: u32) -> Message {
    Message::of([
        bold(format!("Goes on here: escalation #{number} of ticket {ticket}")),
        plain(
            ", which was merged into this one. Its lane, its owner, its due times and its Jira issue stay as they were: \
             nothing to do.",
        ),
    ])
}

/// In the escalation's Slack thread: its ticket is another one now.
pub fn goes_on(ticket: &str) -> Message {
    Message::of([plain(format!("Its ticket was merged: it goes on as ticket {ticket}."))])
}

/// A ticket that was escalated, too, was merged into this one. `key` is its Jira issue; empty where it had none.
pub fn joined(ticket: &str, number: u32, key: &str) -> Message {
    let issue = match key {
        "" => String::new(),
        key => format!(" Its Jira issue {key} stands in Other Jira References."),
    };
    Message::of([
        bold("Two escalations are one now"),
        plain(format!(
            ": ticket {ticket} (escalation #{number}) was merged into this one, whose escalation goes on for both.{issue} \
             Please read its comments before you answer the customer."
        )),
    ])
}
