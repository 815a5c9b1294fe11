//! The world on one machine.

pub mod bench;
pub mod clock;
pub mod corpus;
mod dice;
pub mod dynamo;
pub mod host;
pub mod kills;
pub mod load;
mod news;
pub mod play;
pub mod product;
pub mod samples;
pub mod serve;
pub mod team;
pub mod vault;
pub mod week;
pub mod world;
