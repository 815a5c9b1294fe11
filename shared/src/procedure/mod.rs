//! The escalation procedure as plain functions of values: no I/O, no clock, no wire formats.

pub mod beginning;
pub mod business_time;
pub mod card;
pub mod closure;
pub mod cycle;
pub mod intake;
pub mod issue;
pub mod jira_reference;
pub mod lane;
pub mod level;
pub mod message;
pub mod review;
pub mod rota;
pub mod sla;
pub mod stage;
pub mod thread;
pub mod ticket_name;
pub mod urgency;
pub mod wording;

use ::characters;
pub use ::comment;
pub use ::trigger;
