//! The one test binary: a file per subject.

mod corpus;
mod definition;
mod host;
mod ledger;
mod tidy;
mod world;
