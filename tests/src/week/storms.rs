//! When vendors do badly in a week, how late their indexes are, and how unruly their webhooks.

use jiff::{SignedDuration, Timestamp};

use crate::dice::Dice;
use crate::world::hubspot::webhooks::Manner;

/// Who can be in trouble.
pub const VENDORS: [&str; 4] = ["hubspot", "jira", "slack", "dynamodb"];

/// A time in which a vendor does badly.
#[derive(Debug, Clone)]
pub struct Storm {
    /// Which vendor.
    pub vendor: &'static str,
    /// Since when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many of a thousand calls go wrong.
    pub harmed: usize,
}

/// Each vendor is away now and then, for minutes to an hour, or fails every third call for longer.
pub fn storms(seed: u64, from: Timestamp, until: Timestamp) -> Vec<Storm> {
    let mut dice = Dice::of(seed, "storms");
    let minutes = usize::try_from(until.duration_since(from).as_mins()).unwrap_or(1).max(1);
    let mut storms = Vec::new();
    for vendor in VENDORS {
        for _ in 0..(minutes / 720).max(1) {
            let begin = from + SignedDuration::from_mins(dice.below(minutes) as i64);
            let is_away = dice.below(2) == 0;
            let length = if is_away { 2 + dice.below(58) } else { 10 + dice.below(110) };
            let until = begin + SignedDuration::from_mins(length as i64);
            storms.push(Storm { vendor, from: begin, until, harmed: if is_away { 1_000 } else { 300 } });
        }
    }
    storms
}

/// How late a vendor's index is in an hour of this seed, in seconds. HubSpot's is never later than a new comment is
/// waited for.
pub fn lag(seed: u64, vendor: &str, hour: i64) -> i64 {
    let seconds: &[i64] = if vendor == "jira" { &[0, 0, 20, 150] } else { &[0, 0, 3, 20] };
    *Dice::of(seed, &format!("lag {vendor} {hour}")).one(seconds)
}

/// How HubSpot's webhooks tell in an hour of this seed: some hours late, twice or in disorder.
pub fn manner(seed: u64, hour: i64) -> Manner {
    let mut dice = Dice::of(seed, &format!("webhooks {hour}"));
    let late = SignedDuration::from_secs(*dice.one(&[0, 0, 1, 40, 900]));
    let (twice, is_shuffled) = (dice.below(3) == 0, dice.below(3) == 0);
    let shuffled = is_shuffled.then(|| seed ^ hour.unsigned_abs());
    Manner { by_type_id: dice.below(2) == 0, twice, shuffled, sign_v3: dice.below(4) > 0, late }
}
