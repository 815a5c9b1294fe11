//! `create-jira-issue` from end to end: whole stories, told by what people then find in HubSpot, Jira and
//! Slack.

mod events;
mod faults;
mod issues;
mod stage;
mod trial;
