//! Numbers within bounds.

use jiff::SignedDuration;
use serde::Deserialize;

/// A whole number within bounds.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Whole<const MIN: i64, const MAX: i64>(i64);

impl<const MIN: i64, const MAX: i64> Whole<MIN, MAX> {
    /// As seconds.
    pub fn seconds(self) -> SignedDuration {
        SignedDuration::from_secs(self.0)
    }

    /// As a plain number.
    pub fn number(self) -> u32 {
        u32::try_from(self.0.clamp(0, i64::from(u32::MAX))).expect("it is clamped")
    }

    /// As minutes.
    pub fn minutes(self) -> SignedDuration {
        SignedDuration::from_mins(self.0)
    }

    /// As a number of things.
    pub fn count(self) -> usize {
        usize::try_from(self.0).unwrap_or(0)
    }

    /// As days of 24 hours.
    pub fn days(self) -> SignedDuration {
        SignedDuration::from_hours(24 * self.0)
    }
}

impl<const MIN: i64, const MAX: i64> TryFrom<i64> for Whole<MIN, MAX> {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        if (MIN..=MAX).contains(&number) {
            return Ok(Self(number));
        }
        Err(format!("{number} is out of bounds; write a whole number from {MIN} to {MAX}"))
    }
}
