//! HTTP to API Gateway's payload format 2.0, and a function's answer back to HTTP.
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use std::collections::BTreeMap;

use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, SET_COOKIE, TRANSFER_ENCODING};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Version};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::ACCOUNT;

/// What the gateway itself knows about a request.
pub(super) struct Arrival<'a> {
    pub(super) route: &'a str,
    pub(super) domain: &'a str,
    pub(super) request_id: &'a str,
    pub(super) source_ip: String,
    pub(super) now: Timestamp,
}

/// The event a function gets.
pub(super) fn event(request: &Parts, body: &[u8], arrival: &Arrival) -> Value {
    let mut event = json!({
        "version": "2.0",
        "routeKey": arrival.route,
        "rawPath": request.uri.path(),
        "rawQueryString": request.uri.query().unwrap_or_default(),
        "headers": headers(&request.headers, arrival),
        "requestContext": context(request, arrival),
        "isBase64Encoded": false,
    });
    let cookies: Vec<String> = request.headers.get_all(COOKIE).iter().flat_map(cookies).collect();
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if let Some(query) = query(request) {
        event["queryStringParameters"] = query;
    }
    match str::from_utf8(body) {
        _ if body.is_empty() => (),
        Ok(plain) if is_text(&request.headers) => event["body"] = json!(plain),
        _ => {
            event["body"] = json!(BASE64_STANDARD.encode(body));
            event["isBase64Encoded"] = json!(true);
        }
    }
    event
}

fn context(request: &Parts, arrival: &Arrival) -> Value {
    let prefix = arrival.domain.split('.').next().unwrap_or_default();
    json!({
        "accountId": ACCOUNT,
        "apiId": prefix,
        "domainName": arrival.domain,
        "domainPrefix": prefix,
        "http": {
            "method": request.method.as_str(),
            "path": request.uri.path(),
            "protocol": if request.version == Version::HTTP_10 { "HTTP/1.0" } else { "HTTP/1.1" },
            "sourceIp": arrival.source_ip,
            "userAgent": request.headers.get("user-agent").map(text).unwrap_or_default(),
        },
        "requestId": arrival.request_id,
        "routeKey": arrival.route,
        "stage": "$default",
        "time": arrival.now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
        "timeEpoch": arrival.now.as_millisecond(),
    })
}

/// Which bodies the real gateway hands over as they are: tried against it in
/// <https://github.com/ministackorg/ministack/pull/766>. Everything else is base64, forms and bodies
/// without a type among them.
fn is_text(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).map(text).unwrap_or_default().to_ascii_lowercase();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/") || matches!(essence, "application/json" | "application/javascript" | "application/xml")
}

/// Names in lower case, repeated ones joined; the gateway's own name for `host`, and what it adds.
fn headers(given: &HeaderMap, arrival: &Arrival) -> BTreeMap<String, String> {
    let mut headers = BTreeMap::<String, String>::new();
    for (name, value) in given.iter().filter(|it| it.0 != COOKIE) {
        let joined = headers.entry(name.as_str().to_owned()).or_default();
        if !joined.is_empty() {
            joined.push(',');
        }
        joined.push_str(&text(value));
    }
    headers.insert("host".to_owned(), arrival.domain.to_owned());
    headers.insert("x-forwarded-port".to_owned(), "443".to_owned());
    headers.insert("x-forwarded-proto".to_owned(), "https".to_owned());
    let forwarded = headers.entry("x-forwarded-for".to_owned()).or_default();
    if !forwarded.is_empty() {
        forwarded.push_str(", ");
    }
    forwarded.push_str(&arrival.source_ip);
    headers
}

fn cookies(header: &HeaderValue) -> Vec<String> {
    text(header).split(';').map(|it| it.trim().to_owned()).collect()
}

fn query(request: &Parts) -> Option<Value> {
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&request.uri).ok()?;
    let mut joined = Map::new();
    for (name, value) in pairs {
        match joined.get_mut(&name) {
            Some(Value::String(values)) => *values = format!("{values},{value}"),
            _ => {
                joined.insert(name, Value::String(value));
            }
        }
    }
    (!joined.is_empty()).then_some(Value::Object(joined))
}

fn text(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// The HTTP answer that a function's answer asks for, or what is wrong with it.
pub(super) fn answer(payload: &[u8]) -> Result<Response, String> {
    let value: Value = serde_json::from_slice(payload).map_err(|error| format!("not JSON: {error}"))?;
    if value.get("statusCode").is_none() {
        let body = match value {
            Value::String(text) => Bytes::from(text),
            _ => Bytes::copy_from_slice(payload),
        };
        let mut response = Response::new(Body::from(body));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        return Ok(response);
    }
    let answer: Answer = serde_json::from_value(value).map_err(|error| error.to_string())?;
    answer.into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    status_code: u16,
    #[serde(default)]
    headers: Option<BTreeMap<String, Value>>,
    #[serde(default)]
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: Option<bool>,
    #[serde(default)]
    cookies: Option<Vec<String>>,
}

impl Answer {
    fn into_response(self) -> Result<Response, String> {
        let status = StatusCode::from_u16(self.status_code).ok().filter(|it| (200..600).contains(&it.as_u16()));
        let status = status.ok_or_else(|| format!("status {} is none", self.status_code))?;
        let body = self.body.unwrap_or_default();
        let body = match self.is_base64_encoded {
            Some(true) => BASE64_STANDARD.decode(body).map_err(|error| format!("body: {error}"))?,
            _ => body.into_bytes(),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let plain = HeaderValue::from_static("text/plain;charset=UTF-8");
        headers.insert(CONTENT_TYPE, plain);
        for (name, value) in self.headers.unwrap_or_default() {
            let (name, value) = named(&name, value)?;
            // The connection's own: the gateway works them out itself.
            if name != CONTENT_LENGTH && name != TRANSFER_ENCODING {
                headers.insert(name, value);
            }
        }
        for cookie in self.cookies.unwrap_or_default() {
            let cookie = HeaderValue::from_str(&cookie);
            headers.append(SET_COOKIE, cookie.map_err(|_| "a cookie is no header text")?);
        }
        Ok(response)
    }
}

fn named(name: &str, value: Value) -> Result<(HeaderName, HeaderValue), String> {
    let value = match value {
        Value::String(text) => text,
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Err(format!("header `{name}` is not a text")),
    };
    let value = HeaderValue::from_str(&value).map_err(|_| format!("header `{name}` is no header text"))?;
    let name = HeaderName::try_from(name).map_err(|_| format!("`{name}` is no header's name"))?;
    Ok((name, value))
}

#[cfg(test)]
mod tests;
