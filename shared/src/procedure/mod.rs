//! The escalation procedure as plain functions of values: no I/O, no clock, no wire formats.

mod characters;
pub mod cycle;
pub mod jira_reference;
pub mod ticket_name;
