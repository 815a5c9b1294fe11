//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod alerts;
mod budgets;
pub mod channels;
mod clocks;
mod digest;
mod due;
mod duty;
mod events;
mod forgotten;
mod gate;
mod kill;
mod lanes;
mod logs;
mod modes;
pub mod product;
mod races;
mod reasons;
mod reopened;
mod repeats;
mod restricted;
mod review;
mod slack;
mod slack_down;
pub mod stage;
mod story;
mod tech;
