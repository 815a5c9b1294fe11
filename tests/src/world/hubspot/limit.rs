//! How many calls an app may make. [Usage limits](https://developers.hubspot.com/docs/api/usage-details).

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::refusal::{self, Policy};
use crate::world::call::Answer;

/// An account's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Calls in any ten seconds.
    pub ten_secondly: usize,
    /// Searches in any second.
    pub searches_per_second: usize,
    /// Calls in a day.
    pub daily: usize,
}

impl Limits {
    /// As good as none, and still told as a limit.
    pub const NONE: Self = Self { ten_secondly: 1_000_000, searches_per_second: usize::MAX, daily: usize::MAX };
}

impl Default for Limits {
    fn default() -> Self {
        Self { ten_secondly: 190, searches_per_second: 5, daily: 625_000 }
    }
}

/// What was used of them.
#[derive(Default)]
pub struct Usage {
    rolling: VecDeque<Timestamp>,
    searches: VecDeque<Timestamp>,
    day: Date,
    today: usize,
}

impl Usage {
    /// Counts a call, or refuses it. Searches have a limit of their own and show no headers.
    pub fn count(&mut self, limits: &Limits, search: bool, now: Timestamp) -> Result<Headers, Answer> {
        let day = now.to_zoned(TimeZone::UTC).date();
        if day != self.day {
            (self.day, self.today) = (day, 0);
        }
        if self.today >= limits.daily {
            return Err(refusal::rate_limited(Policy::Daily));
        }
        if search {
            admit(&mut self.searches, limits.searches_per_second, SignedDuration::from_secs(1), now)
                .ok_or_else(|| refusal::rate_limited(Policy::Secondly))?;
            self.today += 1;
            return Ok(Headers::new());
        }
        let ten_seconds = SignedDuration::from_secs(10);
        let used = admit(&mut self.rolling, limits.ten_secondly, ten_seconds, now)
            .ok_or_else(|| refusal::rate_limited(Policy::TenSecondlyRolling))?;
        self.today += 1;
        Ok(vec![
            ("x-hubspot-ratelimit-max", limits.ten_secondly.to_string()),
            ("x-hubspot-ratelimit-remaining", (limits.ten_secondly - used).to_string()),
            ("x-hubspot-ratelimit-interval-milliseconds", "10000".to_owned()),
            ("x-hubspot-ratelimit-daily", limits.daily.to_string()),
            ("x-hubspot-ratelimit-daily-remaining", (limits.daily - self.today).to_string()),
        ])
    }
}

/// Response headers.
pub type Headers = Vec<(&'static str, String)>;

/// How many calls the window holds with this one, or `None` where it is full.
fn admit(window: &mut VecDeque<Timestamp>, limit: usize, length: SignedDuration, now: Timestamp) -> Option<usize> {
    while window.front().is_some_and(|first| now.duration_since(*first) >= length) {
        window.pop_front();
    }
    if window.len() >= limit {
        return None;
    }
    window.push_back(now);
    Some(window.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { ten_secondly: 2, searches_per_second: 1, daily: 4 };

    fn policy(answer: Result<Headers, Answer>) -> String {
        match answer {
            Ok(_) => "ok".to_owned(),
            Err(refusal) => refusal.body["policyName"].as_str().unwrap().to_owned(),
        }
    }

    #[track_caller]
    fn check(usage: &mut Usage, search: bool, at: &str, expected: &str) {
        assert_eq!(policy(usage.count(&LIMITS, search, at.parse().unwrap())), expected);
    }

    #[test]
    fn the_window_rolls() {
        let mut usage = Usage::default();
        check(&mut usage, false, "2026-01-05T10:00:00Z", "ok");
        check(&mut usage, false, "2026-01-05T10:00:05Z", "ok");
        check(&mut usage, false, "2026-01-05T10:00:09.999Z", "TEN_SECONDLY_ROLLING");
        check(&mut usage, false, "2026-01-05T10:00:10Z", "ok");
        check(&mut usage, false, "2026-01-05T10:00:14.999Z", "TEN_SECONDLY_ROLLING");
    }

    #[test]
    fn searches_count_apart_and_the_day_counts_all() {
        let mut usage = Usage::default();
        check(&mut usage, true, "2026-01-05T10:00:00Z", "ok");
        check(&mut usage, true, "2026-01-05T10:00:00.999Z", "SECONDLY");
        check(&mut usage, true, "2026-01-05T10:00:01Z", "ok");
        check(&mut usage, false, "2026-01-05T10:00:20Z", "ok");
        check(&mut usage, false, "2026-01-05T10:00:40Z", "ok");
        check(&mut usage, false, "2026-01-05T23:59:59Z", "DAILY");
        check(&mut usage, false, "2026-01-06T00:00:00Z", "ok");
    }
}
