//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod alerts;
mod budgets;
pub mod channels;
mod digest;
mod due;
mod duty;
mod events;
mod gate;
mod kill;
mod lanes;
mod logs;
mod modes;
pub mod product;
mod races;
mod reasons;
mod repeats;
mod restricted;
mod slack;
mod slack_down;
pub mod stage;
mod story;
mod tech;
