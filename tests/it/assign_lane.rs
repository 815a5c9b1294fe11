//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod events;
mod lanes;
