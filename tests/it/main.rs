//! The one test binary: a file per subject.

mod world;
