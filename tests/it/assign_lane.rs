//! `assign-lane` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod alerts;
mod budgets;
mod channels;
mod digest;
mod kill;
mod lanes;
mod logs;
mod product;
mod races;
mod repeats;
mod restricted;
mod slack;
mod slack_down;
