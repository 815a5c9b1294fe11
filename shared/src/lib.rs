//! The escalation procedure and what every function needs to carry it out.

pub mod id;
pub mod ledger;
pub mod procedure;
pub mod runtime;
