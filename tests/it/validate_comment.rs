//! `validate-comment` from end to end: whole stories, told by what people then find in HubSpot.

mod budgets;
mod dynamodb;
mod events;
mod hubspot;
mod kills;
mod left_alone;
mod logs;
mod mention;
mod modes;
mod naming;
mod outcomes;
mod policy;
pub(crate) mod product;
mod races;
mod repeats;
mod security;
mod which_comment;
