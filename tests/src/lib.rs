//! The world on one machine.

pub mod clock;
pub mod corpus;
pub mod dynamo;
pub mod host;
pub mod kills;
mod news;
pub mod play;
pub mod product;
pub mod samples;
pub mod serve;
pub mod team;
pub mod world;
