//! What HubSpot says of its [limits](https://developers.hubspot.com/docs/api/usage-details) with each answer.

use reqwest::StatusCode;
use std::time::Duration;

use super::{ErrorBody, window};
use crate::http::Answer;
use crate::meter::Meter;

/// The calls that an app may make in ten seconds. Searches, which have a limit of their own, do not tell it.
const MOST: &str = "X-HubSpot-RateLimit-Max";

/// Counts a call, and notes what its answer says of the limit.
pub(super) fn note(answer: &Answer, meter: &Meter) {
    let most = answer.headers.get(MOST).and_then(|it| it.to_str().ok()?.trim().parse().ok());
    if most.is_some() {
        meter.called(most);
    }
    if answer.status != StatusCode::TOO_MANY_REQUESTS {
        return;
    }
    let body: ErrorBody = serde_json::from_slice(&answer.body).unwrap_or_default();
    match body.policy_name.as_deref() {
        // Of searches; who makes one can do without.
        Some("SECONDLY") => {}
        Some("DAILY") => meter.refused(window(&body)),
        _ => meter.refused(Duration::from_secs(10)),
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::*;

    fn meter(status: u16, headers: &[(&'static str, &'static str)], policy: &str) -> Meter {
        let meter = Meter::default();
        let headers: HeaderMap =
            headers.iter().map(|(name, it)| (HeaderName::from_static(name), HeaderValue::from_static(it))).collect();
        let body = format!(r#"{{"status":"error","policyName":"{policy}"}}"#).into_bytes();
        note(&Answer { status: StatusCode::from_u16(status).unwrap(), headers, body }, &meter);
        meter
    }

    #[test]
    fn an_answer_tells_the_limit_and_a_search_does_not_count() {
        let told = meter(200, &[("x-hubspot-ratelimit-max", "190")], "");
        assert_eq!((told.most(), told.take_calls(), told.take_calls()), (Some(190), 1, 0));
        let search = meter(200, &[], "");
        assert_eq!((search.most(), search.take_calls()), (None, 0));
    }

    #[test]
    fn a_refusal_tells_for_how_long_nobody_should_call() {
        let pause = |policy| meter(429, &[], policy).take_refusal().map(|it| it.as_secs());
        assert_eq!(pause("TEN_SECONDLY_ROLLING"), Some(10));
        assert_eq!(pause("SOMETHING_NEW"), Some(10));
        assert_eq!(pause("SECONDLY"), None);
        assert!(pause("DAILY").is_some_and(|it| (3_600..7_200).contains(&it)));
        assert_eq!(meter(200, &[], "DAILY").take_refusal(), None);
    }
}
