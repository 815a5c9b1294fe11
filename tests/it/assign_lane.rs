//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod due;
mod duty;
mod events;
mod gate;
mod lanes;
mod modes;
mod reasons;
mod stage;
mod story;
mod tech;
