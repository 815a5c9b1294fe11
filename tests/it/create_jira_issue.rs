//! `create-jira-issue` from end to end: whole stories, told by what people then find in HubSpot, Jira and
//! Slack.

mod budgets;
mod clocks;
mod events;
mod faults;
mod issues;
mod kill;
mod matrix;
mod races;
mod stage;
mod trial;
