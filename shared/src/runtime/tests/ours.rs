//! Whether one of our own functions asks.

use super::*;

const ASKING: &str = r#"{"origin":{"portalId":1234567,"source":"escalation"},"object":{"objectId":42}}"#;

#[track_caller]
fn is_ours(event: &HttpEvent) -> bool {
    edge(&[]).admit("sample", event, now()).ok().unwrap().is_ours
}

#[test]
fn our_functions_say_so_and_sign_with_the_secret_that_they_share() {
    assert!(is_ours(&forwarded(post(ASKING))));
}

#[test]
fn what_is_forwarded_and_does_not_say_so_is_not_ours() {
    for source in [r#""WORKFLOWS""#, r#""""#, "null", "true", r#"["escalation"]"#, r#""Escalation""#] {
        assert!(!is_ours(&forwarded(post(&ASKING.replace(r#""escalation""#, source)))), "{source}");
    }
    assert!(!is_ours(&forwarded(post(ACTION))));
    assert!(!is_ours(&forwarded(post(r#"{"ticketId":42,"portalId":1234567,"source":"escalation"}"#))));
}

#[test]
fn what_hubspot_signs_is_not_ours_whatever_it_says() {
    for event in [v2(post(ASKING)), v3(post(ASKING)), forwarded(v3(post(ASKING))), v2(v3(post(ASKING)))] {
        assert!(!is_ours(&event));
    }
}
