//! The gateway's two translations.

use axum::http::Request;

use super::*;

const ARRIVAL: Arrival = Arrival {
    route: "POST /hubspot/events",
    domain: "abc123.execute-api.eu-west-1.amazonaws.com",
    request_id: "r-1",
    source_ip: String::new(),
    now: Timestamp::UNIX_EPOCH,
};

fn event_of(request: axum::http::request::Builder, body: &[u8]) -> Value {
    let (parts, ()) = request.method("POST").body(()).unwrap().into_parts();
    let now = "2026-01-05T09:59:59.250Z".parse().unwrap();
    event(&parts, body, &Arrival { source_ip: "192.0.2.7".into(), now, ..ARRIVAL })
}

#[test]
fn an_event_has_what_the_gateway_sends() {
    let request = Request::builder()
        .uri("/hubspot/events?a=1&b=x%20y&a=2&empty=")
        .header("Content-Type", "application/json")
        .header("User-Agent", "HubSpot")
        .header("Host", "elsewhere.example")
        .header("X-Twice", "one")
        .header("x-twice", "two")
        .header("X-Forwarded-For", "198.51.100.1")
        .header("Cookie", "a=1; b=2");
    let expected = json!({
        "version": "2.0",
        "routeKey": "POST /hubspot/events",
        "rawPath": "/hubspot/events",
        "rawQueryString": "a=1&b=x%20y&a=2&empty=",
        "cookies": ["a=1", "b=2"],
        "headers": {
            "content-type": "application/json",
            "host": "abc123.execute-api.eu-west-1.amazonaws.com",
            "user-agent": "HubSpot",
            "x-forwarded-for": "198.51.100.1, 192.0.2.7",
            "x-forwarded-port": "443",
            "x-forwarded-proto": "https",
            "x-twice": "one,two",
        },
        "queryStringParameters": { "a": "1,2", "b": "x y", "empty": "" },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "abc123",
            "domainName": "abc123.execute-api.eu-west-1.amazonaws.com",
            "domainPrefix": "abc123",
            "http": {
                "method": "POST",
                "path": "/hubspot/events",
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.7",
                "userAgent": "HubSpot",
            },
            "requestId": "r-1",
            "routeKey": "POST /hubspot/events",
            "stage": "$default",
            "time": "05/Jan/2026:09:59:59 +0000",
            "timeEpoch": 1_767_607_199_250_i64,
        },
        "body": "{\"a\": 1}",
        "isBase64Encoded": false,
    });
    assert_eq!(event_of(request, b"{\"a\": 1}"), expected);
}

#[test]
fn an_event_leaves_out_what_the_request_has_not() {
    let event = event_of(Request::builder().uri("/hubspot/events"), b"");
    for absent in ["body", "cookies", "queryStringParameters"] {
        assert_eq!(event.get(absent), None, "{absent}");
    }
    assert_eq!(event["isBase64Encoded"], false);
    assert_eq!(event["rawQueryString"], "");
}

#[track_caller]
fn check_body(content_type: Option<&str>, body: &[u8], expected: &str, is_base64: bool) {
    let mut request = Request::builder().uri("/");
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    let event = event_of(request, body);
    assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!(expected), &json!(is_base64)));
}

#[test]
fn text_is_handed_over_as_it_is_and_everything_else_as_base64() {
    check_body(Some("application/json"), "{\"ä\":1}".as_bytes(), "{\"ä\":1}", false);
    check_body(Some("Application/JSON; charset=utf-8"), b"{}", "{}", false);
    check_body(Some("text/plain"), b"hello", "hello", false);
    check_body(Some("application/x-www-form-urlencoded"), b"a=1", "YT0x", true);
    check_body(Some("application/octet-stream"), b"hello", "aGVsbG8=", true);
    check_body(None, b"hello", "aGVsbG8=", true);
    check_body(Some("application/json"), b"\xff\xfe", "//4=", true);
}

async fn read(response: Response) -> (u16, HeaderMap, String) {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (parts.status.as_u16(), parts.headers, String::from_utf8_lossy(&body).into_owned())
}

#[tokio::test]
async fn an_answer_with_a_status_is_the_http_answer() {
    let payload = json!({
        "statusCode": 429,
        "headers": { "Retry-After": 1500, "content-type": "application/problem+json", "Content-Length": "9999" },
        "cookies": ["a=1", "b=2"],
        "body": "{}",
    });
    let (status, headers, body) = read(answer(payload.to_string().as_bytes()).unwrap()).await;
    assert_eq!((status, body.as_str()), (429, "{}"));
    assert_eq!(headers["retry-after"], "1500");
    assert_eq!(headers["content-type"], "application/problem+json");
    assert_eq!(headers.get("content-length"), None);
    assert_eq!(headers.get_all("set-cookie").iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
}

#[tokio::test]
async fn a_base64_answer_is_decoded() {
    let payload = json!({ "statusCode": 200, "body": "aGVsbG8=", "isBase64Encoded": true });
    let (_, headers, body) = read(answer(payload.to_string().as_bytes()).unwrap()).await;
    assert_eq!((headers["content-type"].to_str().unwrap(), body.as_str()), ("text/plain;charset=UTF-8", "hello"));
}

#[tokio::test]
async fn a_plain_answer_is_a_200_in_json() {
    for (payload, expected) in
        [("{\"outcome\":\"accepted\"}", "{\"outcome\":\"accepted\"}"), ("\"hi\"", "hi"), ("null", "null")]
    {
        let (status, headers, body) = read(answer(payload.as_bytes()).unwrap()).await;
        assert_eq!(
            (status, headers["content-type"].to_str().unwrap(), body.as_str()),
            (200, "application/json", expected)
        );
    }
}

#[test]
fn an_answer_that_the_gateway_cannot_read_is_refused() {
    let bad = [
        "not json",
        r#"{"statusCode": "ok"}"#,
        r#"{"statusCode": 199}"#,
        r#"{"statusCode": 600}"#,
        r#"{"statusCode": 200, "body": {"a": 1}}"#,
        r#"{"statusCode": 200, "body": "%%", "isBase64Encoded": true}"#,
        r#"{"statusCode": 200, "headers": {"a b": "c"}}"#,
        r#"{"statusCode": 200, "headers": {"a": ["c"]}}"#,
        r#"{"statusCode": 200, "cookies": ["a\nb"]}"#,
    ];
    for payload in bad {
        assert!(answer(payload.as_bytes()).is_err(), "{payload}");
    }
}
