//! The bucket in which CloudFormation looks for answers, as a presigned address leads to it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use serde_json::Value;
use tokio::net::TcpListener;

/// Who knows it may answer in our place.
pub const SIGNATURE: &str = "signature-canary";

#[derive(Clone)]
pub struct Bucket {
    pub url: String,
    inside: Arc<Mutex<Inside>>,
}

#[derive(Default)]
struct Inside {
    down_for: usize,
    asked: usize,
    answers: Vec<Value>,
}

impl Bucket {
    /// One that does not answer the first so many times.
    pub async fn open(down_for: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/answers/1?X-Amz-Signature={SIGNATURE}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside { down_for, ..Inside::default() }));
        let router = Router::new().fallback(put).with_state(Arc::clone(&inside));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inside }
    }

    /// The one answer that came.
    #[track_caller]
    pub fn answer(&self) -> Value {
        let inside = self.inside.lock().unwrap();
        assert_eq!(inside.answers.len(), 1, "{:?}", inside.answers);
        inside.answers[0].clone()
    }

    pub fn asked(&self) -> usize {
        self.inside.lock().unwrap().asked
    }
}

/// A presigned PUT is signed for these very headers: one with a content type is refused.
async fn put(
    State(inside): State<Arc<Mutex<Inside>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    let mut inside = inside.lock().unwrap();
    inside.asked += 1;
    let is_signed = uri.query().is_some_and(|it| it.ends_with(SIGNATURE)) && !headers.contains_key("content-type");
    if method != Method::PUT || !is_signed {
        return StatusCode::FORBIDDEN;
    }
    if inside.asked <= inside.down_for {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    inside.answers.push(serde_json::from_slice(&body).unwrap());
    StatusCode::OK
}
