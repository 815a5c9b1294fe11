//! `create-jira-issue` from end to end: whole stories, told by what people then find in HubSpot, Jira and
//! Slack.

mod blocked;
mod budgets;
mod clocks;
mod events;
mod faults;
mod fields;
mod issues;
mod kill;
mod link;
mod logs;
pub(crate) mod matrix;
mod modes;
mod privacy;
mod races;
mod references;
mod repeats_of_escalation;
mod slack;
mod stage;
mod stages;
mod story;
mod trial;
