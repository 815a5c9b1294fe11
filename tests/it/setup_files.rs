//! What the set-up writes into files, and what it finds at Jira and Slack.

mod flows;
mod project;
