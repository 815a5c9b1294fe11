//! The world on one machine.

pub mod world;
