//! The one test binary: a file per subject.

#![cfg(test)]

mod world;
