//! The one test binary: a file per subject.
#![cfg(test)]

mod assign_lane;
mod bench;
mod bench_command;
mod breaker;
mod corpus;
mod create_jira_issue;
mod definition;
mod enforce_closure;
mod host;
mod hubspot_events;
mod jira_callback;
mod ledger;
mod load;
mod merges;
mod pacing;
mod provision;
mod rotation;
mod secret;
mod serve;
mod setup_files;
mod sweep;
mod telemetry;
mod tidy;
mod validate_comment;
mod week;
mod world;
