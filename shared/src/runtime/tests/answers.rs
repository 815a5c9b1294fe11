//! How each result of an action reads to HubSpot, and in the log.

use serde_json::json;

use super::*;

fn doing(result: &str) -> HttpEvent {
    v2(post(&ACTION.replace(r#""days":"3""#, &format!(r#""days":"3","result":"{result}""#))))
}

#[tokio::test]
async fn an_outcome_is_a_success_with_the_outputs_that_have_a_value() {
    let (reply, body) = reply(doing("done")).await;
    assert_eq!(reply.status_code, 200);
    assert_eq!(reply.headers.get("content-type"), Some("application/json"));
    assert_eq!(body, json!({"outputFields": {"outcome": "complete", "days": 3, "hs_execution_state": "SUCCESS"}}));
}

#[tokio::test]
async fn what_no_retry_heals_fails_in_the_workflow_with_the_reason_in_words() {
    let (reply, body) = reply(doing("rejected")).await;
    assert_eq!(reply.status_code, 200);
    assert_eq!(
        body,
        json!({"outputFields": {"hs_execution_state": "FAIL_CONTINUE", "message": "the pipeline is unknown"}})
    );
}

#[tokio::test]
async fn what_failed_for_good_with_an_outcome_keeps_its_outputs_to_branch_on() {
    let (reply, body) = reply(doing("refused")).await;
    assert_eq!(reply.status_code, 200);
    assert_eq!(body, json!({"outputFields": {"outcome": "refused", "days": 3, "hs_execution_state": "FAIL_CONTINUE"}}));
}

#[tokio::test]
async fn inputs_that_do_not_read_fail_in_the_workflow_with_the_reason_in_words() {
    let event = v2(post(&ACTION.replace(r#""days":"3""#, r#""days":"soon","result":"never""#)));
    let (reply, body) = reply(event).await;
    assert_eq!(reply.status_code, 200);
    insta::assert_snapshot!(body["outputFields"]["message"].as_str().unwrap(), @"input `days`: `soon` is not a whole number; input `result`: `never` is not one of done, refused, rejected, busy, soon, later");
    assert_eq!(body["outputFields"]["hs_execution_state"], "FAIL_CONTINUE");
}

#[tokio::test]
async fn another_kind_of_object_fails_in_the_workflow() {
    for (kind, expected) in [("CONTACT", false), ("0-1", false), ("ticket", true), ("0-5", true)] {
        let (reply, body) = reply(v2(post(&ACTION.replace("TICKET", kind)))).await;
        assert_eq!(reply.status_code, 200);
        assert_eq!(body["outputFields"]["hs_execution_state"] == "SUCCESS", expected, "{kind}");
    }
}

#[tokio::test]
async fn busy_is_429_with_milliseconds_and_at_least_one_second() {
    for (result, expected) in [("busy", "2500"), ("soon", "1000")] {
        let (reply, body) = reply(doing(result)).await;
        assert_eq!((reply.status_code, reply.headers.get("retry-after")), (429, Some(expected)));
        assert_eq!(body["status"], 429);
    }
}

#[tokio::test]
async fn x18_later_is_503_without_a_time_and_without_the_cause() {
    let (reply, body) = reply(doing("later")).await;
    assert_eq!((reply.status_code, reply.headers.get("retry-after")), (503, None));
    assert_eq!(
        body,
        json!({"type": "about:blank", "title": "Service Unavailable", "status": 503, "instance": "7f271b42"})
    );
}

/// What the log says of one request, but for the time.
async fn logged(event: HttpEvent) -> String {
    LOG.take();
    respond(&edge(&[]), &Sample::default(), &event, &invocation()).await;
    let log = String::from_utf8(LOG.take()).unwrap();
    let (at, line) = log.strip_prefix("{\"timestamp\":\"").and_then(|it| it.split_once("\",")).unwrap();
    assert!(at.ends_with('Z') && at.parse::<Timestamp>().is_ok(), "RFC 3339, in UTC: {at}");
    format!("{{{line}")
}

#[tokio::test]
async fn a_request_is_one_line_of_the_log() {
    insta::assert_snapshot!(logged(doing("done")).await, @r##"{"level":"INFO","message":"sample answered 200 (complete) for ticket 42","portal":"1234567","ticket":"42","run_id":"185c27c09597ddc7","request_id":"7f271b42","action":"sample","status":200,"outcome":"complete","ms":0,"calls":0}"##);
    insta::assert_snapshot!(logged(doing("later")).await, @r##"{"level":"ERROR","message":"sample could not answer for ticket 42: HubSpot will ask again","portal":"1234567","ticket":"42","run_id":"185c27c09597ddc7","request_id":"7f271b42","action":"sample","status":503,"outcome":"later","ms":0,"calls":0,"cause":"read ticket 42: connection reset"}"##);
    insta::assert_snapshot!(logged(post(ACTION)).await, @r##"{"level":"WARN","message":"sample refused a request with 401: no signature, for https://abc123.execute-api.us-east-1.amazonaws.com/hubspot/actions/sample","request_id":"7f271b42","action":"sample","status":401,"outcome":"refused","reason":"no signature, for https://abc123.execute-api.us-east-1.amazonaws.com/hubspot/actions/sample","ms":0}"##);
    insta::assert_snapshot!(logged(v2(post(&ACTION.replace("1234567}", "7654321}")))).await, @r##"{"level":"WARN","message":"sample refused a request with 403: portal 7654321 is not in HUBSPOT_PORTAL_IDS","request_id":"7f271b42","action":"sample","status":403,"outcome":"refused","reason":"portal 7654321 is not in HUBSPOT_PORTAL_IDS","ms":0}"##);
}

#[tokio::test]
async fn x16_neither_bodies_nor_signatures_nor_secrets_reach_the_log() {
    let body = r#"{"ticketId":42,"subject":"The Private Words"}"#;
    let signature = v2_of(&post(body), SECRET);
    for event in [
        v2(post(body)),
        v2(post(&body.replace("42", "-42"))),
        with(v2(post(body)), &[("x-hubspot-signature-v3", "c2VjcmV0")]),
    ] {
        let log = logged(event).await;
        assert_eq!(log.lines().count(), 1);
        for secret in ["Private", &signature, "c2VjcmV0", SECRET, FORWARD_SECRET] {
            assert!(!log.contains(secret), "{log}");
        }
    }
}
