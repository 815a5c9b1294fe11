//! How often an account may call, how fast one issue may change, and how much it holds.
//! [Rate limiting](https://developer.atlassian.com/cloud/jira/platform/rate-limiting/).

use std::collections::{BTreeMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::refusal;
use crate::world::call::Answer;

/// A site's limits. Those of calls are a token bucket for each endpoint and method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// `GET`s of one endpoint in a second.
    pub get: u32,
    /// `GET`s of issues in a second.
    pub get_issue: u32,
    /// `POST`s to one endpoint in a second.
    pub post: u32,
    /// `PUT`s to one endpoint in a second.
    pub put: u32,
    /// `DELETE`s of one endpoint in a second.
    pub delete: u32,
    /// Writes to one issue in any two seconds.
    pub writes_in_2_seconds: usize,
    /// Writes to one issue in any thirty seconds.
    pub writes_in_30_seconds: usize,
    /// Comments that one issue holds.
    pub comments: usize,
    /// Remote links that one issue holds.
    pub remote_links: usize,
}

impl Limits {
    /// As good as none.
    pub const NONE: Self = Self {
        get: 10_000,
        get_issue: 10_000,
        post: 10_000,
        put: 10_000,
        delete: 10_000,
        writes_in_2_seconds: usize::MAX,
        writes_in_30_seconds: usize::MAX,
        comments: usize::MAX,
        remote_links: usize::MAX,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            get: 100,
            get_issue: 150,
            post: 100,
            put: 50,
            delete: 50,
            writes_in_2_seconds: 20,
            writes_in_30_seconds: 100,
            comments: 5_000,
            remote_links: 2_000,
        }
    }
}

impl Limits {
    fn of(&self, method: &str, endpoint: &str) -> u32 {
        match (method, endpoint) {
            ("GET", "issue/*") => self.get_issue,
            ("GET", _) => self.get,
            ("POST", _) => self.post,
            ("PUT", _) => self.put,
            _ => self.delete,
        }
    }
}

/// What was used of them.
#[derive(Default)]
pub struct Usage {
    buckets: BTreeMap<String, Bucket>,
    writes: BTreeMap<u64, VecDeque<Timestamp>>,
}

struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// Response headers.
pub type Headers = Vec<(&'static str, String)>;

impl Usage {
    /// Counts a call of an endpoint, or refuses it.
    pub fn count(&mut self, limits: &Limits, method: &str, endpoint: &str, now: Timestamp) -> Result<Headers, Answer> {
        let limit = limits.of(method, endpoint);
        let most = f64::from(limit);
        let bucket = self.buckets.entry(format!("{method} {endpoint}")).or_insert(Bucket { tokens: most, at: now });
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.tokens = (bucket.tokens + passed * most).min(most);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            let mut refused = refusal::rate_limited("jira-burst-based", 1);
            refused.headers.extend(headers(limit, 0));
            refused.headers.push(reset(now, 1));
            return Err(refused);
        }
        bucket.tokens -= 1.0;
        let left = (1..=limit).take_while(|it| f64::from(*it) <= bucket.tokens).last().unwrap_or(0);
        Ok(headers(limit, left))
    }

    /// Counts a write to an issue, or refuses it.
    pub fn count_write(&mut self, limits: &Limits, issue: u64, now: Timestamp) -> Result<(), Answer> {
        let writes = self.writes.entry(issue).or_default();
        let long = SignedDuration::from_secs(30);
        while writes.front().is_some_and(|it| now.duration_since(*it) >= long) {
            writes.pop_front();
        }
        let windows = [(30, limits.writes_in_30_seconds), (2, limits.writes_in_2_seconds)];
        let wait = windows.into_iter().find_map(|(seconds, most)| {
            let window = SignedDuration::from_secs(seconds);
            let within: Vec<&Timestamp> = writes.iter().filter(|it| now.duration_since(**it) < window).collect();
            let first = within.first().map_or(now, |it| **it);
            (within.len() >= most).then(|| whole_seconds(window - now.duration_since(first)))
        });
        let Some(wait) = wait else {
            writes.push_back(now);
            return Ok(());
        };
        let mut refused = refusal::rate_limited("jira-per-issue-on-write", wait.unsigned_abs());
        refused.headers.push(reset(now, wait));
        Err(refused)
    }
}

/// Rounded up: who waits them has waited long enough.
fn whole_seconds(duration: SignedDuration) -> i64 {
    duration.as_secs() + i64::from(duration.subsec_nanos() > 0)
}

fn headers(limit: u32, left: u32) -> Headers {
    let mut headers = vec![("x-ratelimit-limit", limit.to_string()), ("x-ratelimit-remaining", left.to_string())];
    if u64::from(left) * 5 < u64::from(limit) {
        headers.push(("x-ratelimit-nearlimit", "true".to_owned()));
    }
    headers
}

fn reset(now: Timestamp, seconds: i64) -> (&'static str, String) {
    ("x-ratelimit-reset", (now + SignedDuration::from_secs(seconds)).strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(answer: Result<impl Sized, Answer>) -> String {
        let Err(refused) = answer else {
            return "ok".to_owned();
        };
        refused.headers.into_iter().find(|it| it.0 == "ratelimit-reason").map(|it| it.1).unwrap()
    }

    #[test]
    fn a_bucket_fills_up_again_in_a_second() {
        let limits = Limits { post: 2, ..Limits::default() };
        let mut usage = Usage::default();
        let mut check = |at: &str, expected: &str| {
            assert_eq!(reason(usage.count(&limits, "POST", "issue", at.parse().unwrap())), expected, "{at}");
        };
        check("2026-01-05T10:00:00Z", "ok");
        check("2026-01-05T10:00:00Z", "ok");
        check("2026-01-05T10:00:00.499Z", "jira-burst-based");
        check("2026-01-05T10:00:00.5Z", "ok");
        check("2026-01-05T10:00:00.5Z", "jira-burst-based");
        check("2026-01-05T10:00:01.5Z", "ok");
    }

    #[test]
    fn endpoints_and_methods_are_counted_apart() {
        let limits = Limits { get: 1, post: 1, ..Limits::default() };
        let mut usage = Usage::default();
        let now = "2026-01-05T10:00:00Z".parse().unwrap();
        for (method, endpoint) in [("GET", "myself"), ("GET", "issue/*/comment"), ("POST", "issue/*/comment")] {
            assert_eq!(reason(usage.count(&limits, method, endpoint, now)), "ok");
            assert_eq!(reason(usage.count(&limits, method, endpoint, now)), "jira-burst-based");
        }
    }

    #[test]
    fn one_issue_takes_so_many_writes_in_two_seconds_and_in_thirty() {
        let limits = Limits { writes_in_2_seconds: 2, writes_in_30_seconds: 3, ..Limits::default() };
        let mut usage = Usage::default();
        let mut check = |issue, at: &str, expected: &str| {
            assert_eq!(reason(usage.count_write(&limits, issue, at.parse().unwrap())), expected, "{at}");
        };
        check(1, "2026-01-05T10:00:00Z", "ok");
        check(1, "2026-01-05T10:00:00Z", "ok");
        check(1, "2026-01-05T10:00:01.999Z", "jira-per-issue-on-write");
        check(2, "2026-01-05T10:00:01.999Z", "ok");
        check(1, "2026-01-05T10:00:02Z", "ok");
        check(1, "2026-01-05T10:00:29.999Z", "jira-per-issue-on-write");
        check(1, "2026-01-05T10:00:30Z", "ok");
    }
}
