//! The one test binary: a file per subject.

mod host;
mod tidy;
