//! `jira-callback` from end to end: what happens in Jira, and what people then find on the ticket and in
//! Slack.

mod events;
pub mod expired;
mod faults;
mod followed;
mod order;
mod product;
mod refusals;
mod shapes;
pub mod stage;
mod stories;
mod streams;
