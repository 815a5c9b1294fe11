//! How long to stay away where Jira has too much to do
//! ([rate limiting](https://developer.atlassian.com/cloud/jira/platform/rate-limiting/)).

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::DATE;

use crate::chance::chance;
use crate::http::Answer;

/// Atlassian begins its own waits with two to five seconds.
const BURST: Duration = Duration::from_secs(2);

/// The longer of the two windows in which writes to one issue are counted.
const ISSUE: Duration = Duration::from_secs(30);

/// Hourly quotas begin anew with each hour.
const HOUR: i64 = 3_600;

/// How long to wait after a 429. Who was refused together would otherwise come back together, so
/// there is up to a third on top; `Retry-After` is never undercut.
pub(super) fn pause(answer: &Answer) -> Duration {
    let reason = answer.headers.get("RateLimit-Reason").and_then(|it| it.to_str().ok()).unwrap_or_default();
    let said = answer.retry_after();
    if reason.starts_with("jira-quota-") {
        let hour = until_the_hour(answer).max(said.unwrap_or_default());
        return hour + ISSUE.mul_f64(chance());
    }
    let window = if reason == "jira-per-issue-on-write" { ISSUE } else { BURST };
    let pause = said.unwrap_or(window).max(Duration::from_secs(1));
    pause + pause.mul_f64(chance() / 3.0)
}

/// By Jira's own clock, a whole hour where it tells no time.
fn until_the_hour(answer: &Answer) -> Duration {
    let date = answer.headers.get(DATE).and_then(|it| it.to_str().ok());
    let now = date.and_then(|it| DateTimeParser::new().parse_timestamp(it).ok());
    let left = now.map_or(HOUR, |it| HOUR - it.as_second().rem_euclid(HOUR));
    Duration::from_secs(left.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    /// The shortest and the longest of many waits, in seconds.
    fn waits(headers: &[(&'static str, &'static str)]) -> (f64, f64) {
        let headers: HeaderMap =
            headers.iter().map(|(name, it)| (HeaderName::from_static(name), HeaderValue::from_static(it))).collect();
        let answer = Answer { status: StatusCode::TOO_MANY_REQUESTS, headers, body: Vec::new() };
        let waits: Vec<f64> = (0..1_000).map(|_| pause(&answer).as_secs_f64()).collect();
        (waits.iter().copied().fold(f64::MAX, f64::min), waits.iter().copied().fold(0.0, f64::max))
    }

    #[track_caller]
    fn check(headers: &[(&'static str, &'static str)], least: f64, most: f64) {
        let (shortest, longest) = waits(headers);
        assert!(shortest >= least && longest <= most, "{shortest} to {longest}");
        // Spread over most of the room that there is.
        assert!(longest - shortest > (most - least) * 0.8, "{shortest} to {longest}");
    }

    #[test]
    fn a_burst_and_a_busy_issue_pass_soon() {
        check(&[("ratelimit-reason", "jira-burst-based"), ("retry-after", "5")], 5.0, 6.67);
        check(&[("ratelimit-reason", "jira-burst-based")], 2.0, 2.67);
        check(&[("ratelimit-reason", "jira-per-issue-on-write"), ("retry-after", "9")], 9.0, 12.0);
        check(&[("ratelimit-reason", "jira-per-issue-on-write")], 30.0, 40.0);
        check(&[], 2.0, 2.67);
        check(&[("retry-after", "0")], 1.0, 1.34);
        check(&[("retry-after", "soon")], 2.0, 2.67);
    }

    #[test]
    fn a_quota_waits_for_the_hour() {
        let quota = ("ratelimit-reason", "jira-quota-tenant-based");
        check(&[quota], 3_600.0, 3_630.0);
        check(&[quota, ("date", "Mon, 05 Jan 2026 09:50:00 GMT")], 600.0, 630.0);
        check(&[quota, ("date", "Mon, 05 Jan 2026 09:50:00 GMT"), ("retry-after", "700")], 700.0, 730.0);
        check(&[quota, ("date", "Mon, 05 Jan 2026 09:50:00 GMT"), ("retry-after", "60")], 600.0, 630.0);
        check(&[("ratelimit-reason", "jira-quota-global-based")], 3_600.0, 3_630.0);
    }
}
