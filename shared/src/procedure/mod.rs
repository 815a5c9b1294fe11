//! The escalation procedure as plain functions of values: no I/O, no clock, no wire formats.

pub mod comment;
pub mod thread;
