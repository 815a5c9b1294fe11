//! How often an app may call. [Rate limits](https://docs.slack.dev/apis/web-api/rate-limits).

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::refusal;
use crate::world::call::Answer;

/// A workspace's limits for one app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Posts to a channel that may come at once; one a second follows.
    pub burst: usize,
    /// Calls of every other method in a minute.
    pub per_minute: usize,
}

impl Limits {
    /// As good as none.
    pub const NONE: Self = Self { burst: usize::MAX, per_minute: usize::MAX };
}

impl Default for Limits {
    fn default() -> Self {
        Self { burst: 5, per_minute: 50 }
    }
}

/// What was used of them.
#[derive(Default)]
pub struct Usage(BTreeMap<String, VecDeque<Timestamp>>);

impl Usage {
    /// Counts a post to a channel, or refuses it. Short bursts pass where the seconds before were quiet.
    pub fn count_post(&mut self, limits: &Limits, channel: &str, now: Timestamp) -> Result<(), Answer> {
        let seconds = i64::try_from(limits.burst).unwrap_or(i64::MAX);
        self.admit(format!("post {channel}"), limits.burst, SignedDuration::from_secs(seconds), now)
    }

    /// Counts a call of another method, or refuses it.
    pub fn count(&mut self, limits: &Limits, method: &str, now: Timestamp) -> Result<(), Answer> {
        self.admit(method.to_owned(), limits.per_minute, SignedDuration::from_mins(1), now)
    }

    fn admit(&mut self, what: String, most: usize, window: SignedDuration, now: Timestamp) -> Result<(), Answer> {
        let calls = self.0.entry(what).or_default();
        while calls.front().is_some_and(|first| now.duration_since(*first) >= window) {
            calls.pop_front();
        }
        match calls.front() {
            Some(first) if calls.len() >= most => {
                let wait = window - now.duration_since(*first);
                Err(refusal::rate_limited(u64::try_from(wait.as_secs()).unwrap_or(0) + 1))
            }
            _ if most == 0 => Err(refusal::rate_limited(1)),
            _ => {
                calls.push_back(now);
                Ok(())
            }
        }
    }
}
