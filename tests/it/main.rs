//! The one test binary: a file per subject.

mod definition;
mod host;
mod ledger;
mod tidy;
mod world;
