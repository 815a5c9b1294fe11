//! `enforce-closure` from end to end: whole stories, told by what people then find in HubSpot and Slack.

mod budgets;
mod cycles;
mod events;
mod evidence;
mod faults;
mod kills;
mod product;
mod refusals;
mod repeats;
pub mod reverts;
mod shapes;
pub mod stage;
mod story;
mod table;
mod waiting;
