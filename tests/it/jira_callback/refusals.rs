//! Who is not listened to, and what is no event.

use sandbox::product::JIRA_CALLBACK_SECRET;
use sandbox::world::jira::automation::signature;
use serde_json::{Value, json};

use super::stage::Told;
use crate::bench::Bench;

const SECRET: (&str, &str) = ("x-escalation-secret", JIRA_CALLBACK_SECRET);

/// Refused with this status, and without a detail; it costs nobody a call.
#[track_caller]
fn refused(bench: &Bench, reply: &escalation::runtime::HttpReply, status: u16) {
    assert_eq!(reply.status_code, status, "{}", reply.body);
    let problem: Value = serde_json::from_str(&reply.body).unwrap();
    assert_eq!((&problem["status"], &problem["detail"]), (&json!(status), &Value::Null));
    assert_eq!(problem["instance"], "request-1");
    assert_eq!(reply.headers.get("content-type"), Some("application/problem+json"));
    assert!(bench.world.jira.calls().is_empty() && bench.hubspot.calls().is_empty());
    assert!(bench.dynamo.requests().is_empty());
}

#[tokio::test]
async fn nobody_is_believed_without_the_secret() {
    let bench = Bench::with_tech(&[]).await;
    let body = json!({ "event": "status_changed", "key": "TECH-1" }).to_string();
    let of = |secret: &str| signature(secret, body.as_bytes());
    let (wrong, other_method) = (of("another-secret"), of(JIRA_CALLBACK_SECRET).replacen("sha256", "sha1", 1));
    let half = &JIRA_CALLBACK_SECRET[..JIRA_CALLBACK_SECRET.len() - 1];
    let of_another_body = signature(JIRA_CALLBACK_SECRET, b"{}");
    let bearer = format!("Bearer {JIRA_CALLBACK_SECRET}");
    for headers in [
        vec![],
        vec![("x-escalation-secret", "")],
        vec![("x-escalation-secret", half)],
        vec![("x-escalation-secret", "another-secret")],
        vec![("authorization", &*bearer)],
        vec![("x-hub-signature", "")],
        vec![("x-hub-signature", &*wrong)],
        vec![("x-hub-signature", &*other_method)],
        vec![("x-hub-signature", &*of_another_body)],
        vec![("x-hub-signature-256", &*of(JIRA_CALLBACK_SECRET))],
        // What signs and signs wrongly is not saved by a secret beside it.
        vec![("x-hub-signature", &*wrong), SECRET],
    ] {
        refused(&bench, &bench.hear(&headers, &body).await, 401);
    }
    assert_eq!(bench.hear(&[SECRET], &body).await.status_code, 200);
    assert_eq!(bench.hear(&[("x-hub-signature", &of(JIRA_CALLBACK_SECRET))], &body).await.status_code, 200);
    bench.finish();
}

#[tokio::test]
async fn what_is_no_message_is_refused_before_anybody_is_asked() {
    let bench = Bench::with_tech(&[]).await;
    let body = r#"{"event":"status_changed","key":"TECH-1"}"#;
    for none in ["", "{", r#"{"status": }"#, "key=TECH-1", "\u{feff}{}", "{} {}"] {
        refused(&bench, &bench.hear(&[SECRET], none).await, 400);
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"] {
        refused(&bench, &bench.hear(&[SECRET, ("content-type", kind)], body).await, 415);
    }
    refused(&bench, &bench.hear(&[SECRET, ("content-encoding", "gzip")], body).await, 415);
    let most = 1024 * 1024;
    let padded = |length: usize| format!("{}{}", " ".repeat(length - body.len()), body);
    refused(&bench, &bench.hear(&[SECRET], &padded(most + 1)).await, 413);
    refused(&bench, &bench.hear(&[SECRET, ("content-length", "1048577")], body).await, 413);
    for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
        let reply = bench.hear_by(method, &[SECRET], body).await;
        refused(&bench, &reply, 405);
        assert_eq!(reply.headers.get("allow"), Some("POST"));
    }
    assert_eq!(bench.hear(&[SECRET], &padded(most)).await.status_code, 200);
    // Who sets up a rule may leave the type out.
    for kind in ["application/json;charset=UTF-8", ""] {
        assert_eq!(bench.hear(&[SECRET, ("content-type", kind)], body).await.status_code, 200, "{kind}");
    }
    bench.finish();
}

/// A person who holds the secret learns nothing from how an answer reads, and changes nothing.
#[tokio::test]
async fn who_names_a_ticket_that_does_not_follow_the_issue_changes_nothing() {
    let mut it = Told::by_rule().await;
    let other = it.jira().created_by_hand("TECH", "Bug", "Another one");
    let labels = it.labels();
    it.jira().move_issue(&other, "Done");
    it.bench.written();
    let body = json!({ "event": "deleted", "key": other, "labels": labels });
    assert_eq!(it.outcome(&body).await, (200, "unknown".to_owned()));
    let body = json!({ "event": "deleted", "key": "TECH-999", "labels": labels });
    assert_eq!(it.outcome(&body).await, (200, "not_named".to_owned()));
    let portal = json!({ "event": "deleted", "key": "TECH-999", "labels": [format!("hs-ticket-1-{}", it.ticket)] });
    assert_eq!(it.outcome(&portal).await, (200, "unknown".to_owned()));
    assert_eq!(it.bench.written().0, 0);
    assert_eq!(it.news(), "");
    it.finish();
}
