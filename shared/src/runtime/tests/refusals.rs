//! Who is let through, and the list of what must be refused: X1 to X18 name its rows.

use serde_json::json;

use super::*;

#[tokio::test]
async fn three_callers_are_served_by_one_edge() {
    let forwarded_event = r#"{"origin":{"portalId":1234567,"actionDefinitionId":1},"object":{"objectType":"TICKET","objectId":42},"inputFields":{},"callbackId":"ap-1"}"#;
    for event in [
        v2(post(ACTION)),
        v3(post(ACTION)),
        v2(post(r#"{"objectType":"TICKET","portalId":1234567,"objectId":42,"properties":{}}"#)),
        v2(post(r#"{"ticketId":"42"}"#)),
        forwarded(post(forwarded_event)),
        forwarded(post(r#"{"ticketId":"42"}"#)),
    ] {
        let action = Sample::default();
        let reply = respond(&edge(&[]), &action, &event, &invocation()).await;
        assert_eq!(reply.status_code, 200, "{}", reply.body);
        let request = action.last.lock().unwrap().take().unwrap();
        assert_eq!((request.portal.0, request.ticket.0), (1_234_567, 42));
    }
}

#[tokio::test]
async fn a_webhook_may_put_the_ticket_into_the_query() {
    let mut event = post("");
    event.raw_query_string = "source=wf&ticketId=42".to_owned();
    event.headers = Headers::default();
    assert_eq!(ask(&edge(&[]), v2(event.clone())).await, RAN);
    event.headers.append("content-type", "text/plain");
    assert_eq!(ask(&edge(&[]), v2(event.clone())).await, RAN);
    event.body = None;
    assert_eq!(ask(&edge(&[]), v2(event)).await, RAN);
}

#[tokio::test]
async fn a_test_run_without_context_works() {
    let body = r#"{"callbackId":"6b1d3c9e-9a0c-4a52-9f6e-3f2f0f0f8f1a","origin":{"portalId":1234567,"actionExecutionIndexIdentifier":null},"object":{"objectId":"42"},"fields":{}}"#;
    assert_eq!(ask(&edge(&[]), v2(post(body))).await, RAN);
}

#[tokio::test]
async fn x1_no_empty_or_doubled_signature_is_401() {
    let edge = edge(&[]);
    let refused = (401, false);
    assert_eq!(ask(&edge, post(ACTION)).await, refused);
    for name in ["x-hubspot-signature", "x-hubspot-signature-v3", "x-escalation-signature"] {
        assert_eq!(ask(&edge, with(post(ACTION), &[(name, "")])).await, refused, "{name}");
    }
    for event in [v2(post(ACTION)), v3(post(ACTION)), forwarded(post(ACTION))] {
        assert_eq!(ask(&edge, event.clone()).await, RAN);
        for (name, value) in event.headers.iter().filter(|it| it.0 != "content-type") {
            assert_eq!(ask(&edge, with(event.clone(), &[(name, value)])).await, refused, "{name} twice");
        }
    }
}

#[tokio::test]
async fn x2_a_signature_that_is_wrong_in_any_way_is_401() {
    let edge = edge(&[]);
    for event in [v2(post(ACTION)), v3(post(ACTION)), forwarded(post(ACTION))] {
        let (name, value) = event.headers.iter().find(|it| it.0.contains("-signature")).unwrap();
        let other = hex(Sha256::digest(value));
        let space = format!(" {value}");
        let wrong = [&value[..value.len() - 1], &value.to_uppercase(), &value.to_lowercase(), &other, &space];
        for wrong in wrong.into_iter().filter(|it| *it != value) {
            let mut changed = event.clone();
            changed.headers = event.headers.iter().map(|it| if it.0 == name { (name, wrong) } else { it }).collect();
            assert_eq!(ask(&edge, changed).await, (401, false), "{name}: {wrong}");
        }
    }
    let event = post(ACTION);
    let signature = v2_of(&event, "the secret of another app");
    let event = with(event, &[("x-hubspot-signature", &signature), ("x-hubspot-signature-version", "v2")]);
    assert_eq!(ask(&edge, event).await, (401, false));
}

#[tokio::test]
async fn x3_a_time_stamp_that_is_old_ahead_or_no_time_is_401() {
    let edge = edge(&[]);
    let now = now().as_millisecond();
    for (timestamp, expected) in [
        ((now - 300_000).to_string(), RAN),
        ((now - 300_001).to_string(), (401, false)),
        ((now + 60_000).to_string(), RAN),
        ((now + 60_001).to_string(), (401, false)),
        ((now / 1000).to_string(), (401, false)),
        (format!("-{now}"), (401, false)),
        (format!("{now}.0"), (401, false)),
        ("NaN".to_owned(), (401, false)),
        (String::new(), (401, false)),
    ] {
        assert_eq!(ask(&edge, v3_at(post(ACTION), &timestamp)).await, expected, "{timestamp}");
    }
    let mut event = v3(post(ACTION));
    event.headers = event.headers.iter().filter(|it| it.0 != "x-hubspot-request-timestamp").collect();
    assert_eq!(ask(&edge, v2(event)).await, (401, false));
}

#[tokio::test]
async fn x4_the_strongest_signature_present_must_hold() {
    let edge = edge(&[]);
    let wrong_v3 = [("x-hubspot-signature-v3", "AAAA"), ("x-hubspot-request-timestamp", "1790000001000")];
    let wrong_forwarded = [("x-escalation-signature", "t=1790000001,v1=00")];
    let wrong_v2 = [("x-hubspot-signature", "00"), ("x-hubspot-signature-version", "v2")];
    assert_eq!(ask(&edge, v2(with(post(ACTION), &wrong_v3))).await, (401, false));
    assert_eq!(ask(&edge, forwarded(with(post(ACTION), &wrong_v3))).await, (401, false));
    assert_eq!(ask(&edge, v2(with(post(ACTION), &wrong_forwarded))).await, (401, false));
    assert_eq!(ask(&edge, v3(with(post(ACTION), &wrong_v2))).await, RAN);
    assert_eq!(ask(&edge, v3(with(post(ACTION), &wrong_forwarded))).await, RAN);
    assert_eq!(ask(&edge, forwarded(with(post(ACTION), &wrong_v2))).await, RAN);
}

#[tokio::test]
async fn x4_version_1_and_unknown_versions_are_401() {
    let edge = edge(&[]);
    let v1 = hex(Sha256::digest(format!("{SECRET}{ACTION}")));
    let v2 = v2_of(&post(ACTION), SECRET);
    for (signature, version) in [(&v1, "v1"), (&v1, "v2"), (&v2, "v1"), (&v2, "v4"), (&v2, "")] {
        let event = with(post(ACTION), &[("x-hubspot-signature", signature), ("x-hubspot-signature-version", version)]);
        assert_eq!(ask(&edge, event).await, (401, false), "{version}");
    }
    assert_eq!(ask(&edge, with(post(ACTION), &[("x-hubspot-signature", &v2)])).await, (401, false));
}

#[tokio::test]
async fn a_forwarded_event_is_401_where_no_forward_secret_is_set() {
    let event = forwarded(post(ACTION));
    assert_eq!(ask(&edge(&[("FORWARD_SECRET", "")]), event.clone()).await, (401, false));
    assert_eq!(ask(&edge(&[]), event).await, RAN);
}

#[tokio::test]
async fn x5_the_host_is_never_taken_from_the_caller() {
    let headers =
        [("host", "evil.example.com"), ("x-forwarded-host", "evil.example.com"), ("x-forwarded-proto", "http")];
    let edge_without_base = edge(&[]);
    assert_eq!(ask(&edge_without_base, v2(with(post(ACTION), &headers))).await, RAN);
    let stolen = hex(Sha256::digest(format!("{SECRET}POSThttps://evil.example.com/hubspot/actions/sample{ACTION}")));
    let signature = [("x-hubspot-signature", stolen.as_str()), ("x-hubspot-signature-version", "v2")];
    assert_eq!(ask(&edge_without_base, with(with(post(ACTION), &headers), &signature)).await, (401, false));
    let hostile = [("host", "\u{0} a b\r\n"), ("x-forwarded-proto", "://")];
    assert_eq!(ask(&edge_without_base, v3(with(post(ACTION), &hostile))).await, RAN);
}

#[tokio::test]
async fn x5_a_public_base_url_replaces_the_gateways_host() {
    let signed_for = |url: &str| {
        let signature = hex(Sha256::digest(format!("{SECRET}POST{url}{ACTION}")));
        with(post(ACTION), &[("x-hubspot-signature", &signature), ("x-hubspot-signature-version", "v2")])
    };
    let edge_with_base = edge(&[("PUBLIC_BASE_URL", "https://hooks.example.com/eu/")]);
    assert_eq!(ask(&edge_with_base, signed_for("https://hooks.example.com/eu/hubspot/actions/sample")).await, RAN);
    let by_gateway = signed_for(&format!("https://{HOST}/hubspot/actions/sample"));
    assert_eq!(ask(&edge_with_base, by_gateway.clone()).await, (401, false));
    assert_eq!(ask(&edge(&[]), by_gateway).await, RAN);
}

#[tokio::test]
async fn a_stage_is_part_of_the_signed_uri_but_not_of_the_route() {
    let mut event = post(ACTION);
    event.request_context.stage = "prod".to_owned();
    event.raw_path = "/prod/hubspot/actions/sample".to_owned();
    event.raw_query_string = "b=1&a=tier%202".to_owned();
    let signed = v2(event.clone());
    assert_eq!(ask(&edge(&[]), signed.clone()).await, RAN);
    for base in [format!("https://{HOST}"), format!("https://{HOST}/prod")] {
        assert_eq!(ask(&edge(&[("PUBLIC_BASE_URL", &base)]), signed.clone()).await, RAN, "{base}");
    }
    event.raw_path = "/test/hubspot/actions/sample".to_owned();
    assert_eq!(ask(&edge(&[]), v2(event)).await, (404, false));
}

#[tokio::test]
async fn x6_a_redelivery_has_the_same_run_id_and_a_new_execution_another() {
    let mut run_ids = Vec::new();
    for body in [ACTION, ACTION, &ACTION.replace("-1-0", "-1-1"), r#"{"ticketId":42}"#] {
        let action = Sample::default();
        respond(&edge(&[]), &action, &v2(post(body)), &invocation()).await;
        run_ids.push(action.last.lock().unwrap().take().unwrap().run_id);
    }
    assert_eq!(run_ids[0], run_ids[1]);
    assert_ne!(run_ids[0], run_ids[2]);
    assert_eq!(run_ids[3], "7f271b42");
}

#[tokio::test]
async fn x7_a_body_over_64_kb_is_413_by_its_length_and_by_what_it_says_of_it() {
    let edge = edge(&[]);
    let sized = |length: usize| {
        let frame = r#"{"ticketId":42,"a":""}"#.len();
        format!(r#"{{"ticketId":42,"a":"{}"}}"#, "x".repeat(length - frame))
    };
    let in_base64 = |body: String| HttpEvent { is_base64_encoded: true, ..post(&BASE64_STANDARD.encode(body)) };
    assert_eq!(ask(&edge, v2(post(&sized(65_536)))).await, RAN);
    assert_eq!(ask(&edge, v2(post(&sized(65_537)))).await, (413, false));
    assert_eq!(ask(&edge, v2(in_base64(sized(65_536)))).await, RAN);
    assert_eq!(ask(&edge, v2(in_base64(sized(65_537)))).await, (413, false));
    assert_eq!(ask(&edge, v2(in_base64(sized(100_000)))).await, (413, false));
    for (length, expected) in
        [("65536", RAN), ("65537", (413, false)), ("99999999999999999999", (413, false)), ("", RAN)]
    {
        assert_eq!(ask(&edge, v2(with(post(ACTION), &[("content-length", length)]))).await, expected, "{length}");
    }
    assert_eq!(ask(&edge, post(&sized(65_537))).await, (413, false));
}

#[tokio::test]
async fn x8_the_signature_is_checked_over_the_decoded_bytes_before_they_are_read() {
    let edge = edge(&[]);
    let deep = format!(r#"{{"ticketId":42,"a":{}{}}}"#, "[".repeat(32), "]".repeat(32));
    let malformed: [&[u8]; 9] = [
        b"{",
        b"null",
        b"\xef\xbb\xbf{\"ticketId\":42}",
        b"{\"ticketId\":42,\"a\":\"\xff\"}",
        br#"{"ticketId":42,"ticketId":42}"#,
        br#"{"ticketId":42,"a":{"b":1,"b":1}}"#,
        deep.as_bytes(),
        br#"{"ticketId":9007199254740993}"#,
        br#"{"ticketId":42} {}"#,
    ];
    for body in malformed {
        let event = HttpEvent { is_base64_encoded: true, ..post(&BASE64_STANDARD.encode(body)) };
        assert_eq!(ask(&edge, v2(event.clone())).await, (400, false), "{}", String::from_utf8_lossy(body));
        assert_eq!(ask(&edge, event).await, (401, false), "unsigned: {}", String::from_utf8_lossy(body));
    }
    let event = HttpEvent { is_base64_encoded: true, ..post(&BASE64_STANDARD.encode(ACTION)) };
    assert_eq!(ask(&edge, v2(event)).await, RAN);
    let event = HttpEvent { is_base64_encoded: true, ..post("not base64") };
    assert_eq!(ask(&edge, event).await, (400, false));
}

#[tokio::test]
async fn x9_another_type_encoding_method_or_path_is_refused_before_the_signature() {
    let edge = edge(&[]);
    let typed = |content_type: &str| {
        let mut event = post(ACTION);
        event.headers = [("content-type", content_type)].into_iter().collect();
        v2(event)
    };
    for good in [
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json;v=1",
    ] {
        assert_eq!(ask(&edge, typed(good)).await, RAN, "{good}");
    }
    for wrong in [
        "",
        "text/json",
        "application/json, text/html",
        "application/json;v=1,text/html",
        "application/jsonp",
        "application/json; charset=utf-16",
    ] {
        assert_eq!(ask(&edge, typed(wrong)).await, (415, false), "{wrong}");
    }
    let mut event = post(ACTION);
    event.headers = Headers::default();
    assert_eq!(ask(&edge, v2(event)).await, (415, false));
    for encoding in ["gzip", "identity", ""] {
        assert_eq!(ask(&edge, v2(with(post(ACTION), &[("content-encoding", encoding)]))).await, (415, false));
    }
    for method in ["GET", "PUT", "DELETE", "OPTIONS", "post", ""] {
        let mut event = post(ACTION);
        event.request_context.http.method = method.to_owned();
        assert_eq!(ask(&edge, v2(event)).await, (405, false), "{method}");
    }
    for path in [
        "",
        "/",
        "/hubspot/actions",
        "/hubspot/actions/",
        "/hubspot/actions/sample/",
        "/hubspot/actions/other",
        "//hubspot/actions/sample",
        "/Hubspot/actions/sample",
    ] {
        let event = HttpEvent { raw_path: path.to_owned(), ..post(ACTION) };
        assert_eq!(ask(&edge, v2(event)).await, (404, false), "{path}");
    }
    assert_eq!(ask(&edge, HttpEvent::default()).await, (404, false));
}

#[tokio::test]
async fn x10_a_portal_that_is_not_on_the_list_is_403_although_it_signs_correctly() {
    let other = ACTION.replace(r#""portalId":1234567"#, r#""portalId":7654321"#);
    assert_eq!(ask(&edge(&[]), v2(post(&other))).await, (403, false));
    assert_eq!(ask(&edge(&[]), post(&other)).await, (401, false));
    assert_eq!(ask(&edge(&[("HUBSPOT_PORTAL_IDS", "1234567,7654321")]), v2(post(&other))).await, RAN);
    assert_eq!(ask(&edge(&[("HUBSPOT_PORTAL_IDS", "")]), v2(post(&other))).await, RAN);
}

#[tokio::test]
async fn x10_a_portal_may_go_unsaid_where_exactly_one_is_allowed() {
    let event = v2(post(r#"{"ticketId":42}"#));
    assert_eq!(ask(&edge(&[]), event.clone()).await, RAN);
    assert_eq!(ask(&edge(&[("HUBSPOT_PORTAL_IDS", "1,2")]), event.clone()).await, (400, false));
    assert_eq!(ask(&edge(&[("HUBSPOT_PORTAL_IDS", "")]), event).await, (400, false));
}

#[tokio::test]
async fn x11_x13_an_id_that_is_no_number_is_400() {
    for id in [r#""../42""#, r#""42/associations""#, r#""https://evil.example.com""#, r#""42\r\nx: y""#, "-42"] {
        let body = ACTION.replace(r#""objectId":42"#, &format!(r#""objectId":{id}"#));
        assert_eq!(ask(&edge(&[]), v2(post(&body))).await, (400, false), "{id}");
    }
}

#[tokio::test]
async fn x18_a_refusal_says_its_status_and_the_request_id_and_no_more() {
    let get = |mut event: HttpEvent| {
        event.request_context.http.method = "GET".to_owned();
        event
    };
    let (reply, body) = reply(get(post(ACTION))).await;
    assert_eq!(reply.headers.get("content-type"), Some("application/problem+json"));
    assert_eq!(reply.headers.get("allow"), Some("POST"));
    assert_eq!(
        body,
        json!({"type": "about:blank", "title": "Method Not Allowed", "status": 405, "instance": "7f271b42"})
    );
}
