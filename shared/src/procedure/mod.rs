//! The escalation procedure as plain functions of values: no I/O, no clock, no wire formats.

mod characters;
pub mod comment;
pub mod cycle;
pub mod intake;
pub mod jira_reference;
pub mod message;
pub mod thread;
pub mod ticket_name;
pub mod trigger;
pub mod wording;
