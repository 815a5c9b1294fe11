//! The escalation procedure and what every function needs to carry it out.

pub mod aws;
mod chance;
pub mod http;
pub mod hubspot;
pub mod id;
pub mod jira;
pub mod ledger;
pub mod lineage;
pub mod meter;
pub mod policy;
pub mod procedure;
pub mod properties;
pub mod reading;
pub mod runtime;
pub mod secrets;
pub mod slack;
pub mod telemetry;
pub mod telling;
pub mod views;
pub mod workflows;
pub mod wrong;
