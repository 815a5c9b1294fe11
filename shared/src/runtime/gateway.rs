//! Events and replies of an API Gateway HTTP API (payload format 2.0), which Function URLs share.
//!
//! Not `lambda_http`: its conversion takes the URI from the caller's `Host` header before the
//! gateway's own `domainName`, and ends in `expect("failed to build request")` where path and host
//! make no URI (`lambda_http` 1.3.2, `src/request.rs`). A signature must not be checked against a
//! host the caller chose, and no caller may end the process.
//!
//! [The payload](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A request as the gateway hands it over. Absent members and nulls read as empty. Deliberately
/// without `Debug`: it holds signatures and customers' words.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpEvent {
    /// The path, with the stage in front of it unless the stage is `$default`.
    #[serde(deserialize_with = "or_default")]
    pub raw_path: String,
    /// The query, undecoded and in the caller's order, without the question mark.
    #[serde(deserialize_with = "or_default")]
    pub raw_query_string: String,
    /// The request's headers.
    #[serde(deserialize_with = "or_default")]
    pub headers: Headers,
    /// What the gateway itself knows of the request.
    #[serde(deserialize_with = "or_default")]
    pub request_context: RequestContext,
    /// The body as text, or its base64.
    pub body: Option<String>,
    /// Whether `body` is base64.
    #[serde(deserialize_with = "or_default")]
    pub is_base64_encoded: bool,
}

impl HttpEvent {
    /// Reads what the platform handed over; what is no HTTP event is a request for nothing. Left
    /// to `lambda_runtime`, an event that does not read would be in the log with what it holds.
    pub(super) fn read(payload: Value) -> Self {
        Self::deserialize(payload).unwrap_or_default()
    }
}

/// What the gateway itself knows of a request.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestContext {
    /// The host name the request came in by, as the gateway knows it.
    #[serde(deserialize_with = "or_default")]
    pub domain_name: String,
    /// The stage, `$default` where there is none.
    #[serde(deserialize_with = "or_default")]
    pub stage: String,
    /// The gateway's id of the request.
    #[serde(deserialize_with = "or_default")]
    pub request_id: String,
    /// The request line.
    #[serde(deserialize_with = "or_default")]
    pub http: RequestLine,
}

/// The part of the request line that we use.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestLine {
    /// `GET`, `POST` and so on.
    #[serde(deserialize_with = "or_default")]
    pub method: String,
}

/// Headers by lower-case name; several of one name are joined by a comma, as the gateway does it.
#[derive(Clone, Default, Serialize)]
pub struct Headers(BTreeMap<String, String>);

impl Headers {
    /// The value of the header, whose name is given in lower case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Adds a header line.
    pub fn append(&mut self, name: &str, value: &str) {
        self.0
            .entry(name.to_ascii_lowercase())
            .and_modify(|it| {
                it.push(',');
                it.push_str(value);
            })
            .or_insert_with(|| value.to_owned());
    }

    /// Every header.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: AsRef<str>, V: AsRef<str>> FromIterator<(N, V)> for Headers {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(lines: I) -> Self {
        let mut headers = Self::default();
        for (name, value) in lines {
            headers.append(name.as_ref(), value.as_ref());
        }
        headers
    }
}

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = BTreeMap::<String, Option<String>>::deserialize(deserializer)?;
        Ok(lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
    }
}

/// A reply as the gateway takes it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpReply {
    /// The HTTP status.
    pub status_code: u16,
    /// The reply's headers.
    pub headers: Headers,
    /// The body, always text.
    pub body: String,
}

fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_of_something_else_reads_as_empty() {
        for event in [
            json!({}),
            json!({"headers": null, "body": null, "requestContext": null, "version": "1.0"}),
            json!({"rawPath": {"a": 1}, "body": "x"}),
            json!("text"),
            json!(null),
        ] {
            let event = HttpEvent::read(event);
            assert_eq!(event.raw_path, "");
            assert!(event.body.is_none());
        }
    }

    #[test]
    fn headers_that_differ_in_case_alone_are_one_header_sent_twice() {
        let event = HttpEvent::read(json!({"headers": {"X-A": "1", "x-a": "2", "x-b": null}}));
        assert_eq!(event.headers.get("x-a"), Some("1,2"));
        assert_eq!(event.headers.get("x-b"), None);
    }
}
