//! What arrives at a stand-in and what it answers, vendor or not.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Response, header};
use jiff::Timestamp;
use serde_json::Value;

/// One request as it arrived. Carries credentials, so it has no `Debug`.
pub struct Call {
    /// When, by the world's clock.
    pub at: Timestamp,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// All headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Call {
    /// The first value of a query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// What a stand-in says.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers beside the content type.
    pub headers: Vec<(&'static str, String)>,
    /// The body: `Null` is none, a string is sent as it is, anything else as JSON.
    pub body: Value,
    /// Whether the stand-in has this endpoint at all.
    pub built: bool,
}

impl Answer {
    /// A JSON answer.
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body, built: true }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::json(status, Value::Null)
    }

    /// The body as it is sent.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.body {
            Value::Null => Vec::new(),
            Value::String(text) => text.clone().into_bytes(),
            body => body.to_string().into_bytes(),
        }
    }

    /// The answer as HTTP, its body cut after `length` bytes.
    pub fn into_response(self, length: usize) -> Response<Body> {
        let mut response = Response::builder().status(self.status);
        match self.body {
            Value::Null => {}
            Value::String(_) => response = response.header(header::CONTENT_TYPE, "text/html;charset=utf-8"),
            _ => response = response.header(header::CONTENT_TYPE, "application/json;charset=utf-8"),
        }
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        let mut bytes = self.bytes();
        bytes.truncate(length);
        response.body(Body::from(bytes)).expect("a stand-in's status and headers are its own constants")
    }
}

/// The call a hook is told of.
#[derive(Debug, Clone)]
pub struct Target {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path without the query.
    pub path: String,
}
