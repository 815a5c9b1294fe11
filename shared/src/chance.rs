//! Chance, where many must not do the same at the same moment.

use std::hash::{BuildHasher, RandomState};

/// At random, from 0 up to 1.
pub(crate) fn chance() -> f64 {
    let thrown = RandomState::new().hash_one(()) % 1_000;
    f64::from(u16::try_from(thrown).unwrap_or_default()) / 1_000.0
}
