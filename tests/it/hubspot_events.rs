//! `hubspot-events` from end to end: what happens in HubSpot, and what becomes of the ticket without any
//! workflow.

mod batches;
mod budgets;
mod events;
mod faults;
mod limits;
mod paced;
mod product;
mod refusals;
mod slow;
mod stage;
mod stories;
mod streams;
mod workflows;
