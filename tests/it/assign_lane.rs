//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod alerts;
mod channels;
mod digest;
mod lanes;
mod restricted;
mod slack;
mod slack_down;
