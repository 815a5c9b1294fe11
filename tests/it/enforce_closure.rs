//! `enforce-closure` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod stage;
mod story;
