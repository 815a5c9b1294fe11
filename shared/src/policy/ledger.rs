//! How the ledger waits.

use std::time::Duration;

use serde::Deserialize;

use super::Whole;
use crate::ledger::Times;

/// How the ledger waits.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Seconds a vendor must have stayed silent before an unknown outcome is tried again.
    pub horizon_seconds: Horizon,
    /// Minutes after which a person is told of what does not get finished.
    pub alarm_minutes: Whole<1, 1_440>,
}

impl Ledger {
    /// How long a record of the ledger lives.
    pub fn times(&self) -> Times {
        let horizon = self.horizon_seconds.0;
        Times { horizon, ..Times::default() }
    }
}

/// How long a vendor must have stayed silent; long enough that what was done would have been found.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "i64")]
pub struct Horizon(Duration);

impl Horizon {
    /// Jira's search has shown new issues up to two and a half minutes late.
    const SEARCH_LAG: i64 = 150;
    /// A create whose connection broke may still take effect so much later.
    const LATE_EFFECT: i64 = 15;
    const LEAST: i64 = Self::SEARCH_LAG + Self::LATE_EFFECT;
    /// A day.
    const MOST: i64 = 86_400;
}

impl TryFrom<i64> for Horizon {
    type Error = String;

    fn try_from(seconds: i64) -> Result<Self, Self::Error> {
        let (least, most, lag, late) = (Self::LEAST, Self::MOST, Self::SEARCH_LAG, Self::LATE_EFFECT);
        match u64::try_from(seconds) {
            Ok(wanted) if (least..=most).contains(&seconds) => Ok(Self(Duration::from_secs(wanted))),
            _ if seconds < least => Err(format!(
                "{seconds} is too short: Jira's search may lack a new issue for {lag} seconds, and a request may take \
                 effect {late} seconds late, so a second issue would be created; write a whole number from {least} to \
                 {most}"
            )),
            _ => Err(format!("{seconds} is out of bounds; write a whole number from {least} to {most}")),
        }
    }
}
