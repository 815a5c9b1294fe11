//! Secrets Manager on this machine: one secret, and how often it was read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// What the secret is called.
pub const SECRET: &str = "escalation";

/// [GetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html)
/// of one secret.
#[derive(Clone)]
pub struct Vault {
    url: String,
    inside: Arc<Mutex<Inside>>,
}

struct Inside {
    text: String,
    reads: usize,
    is_down: bool,
}

impl Vault {
    /// Opens it at a free port of this machine, with these values in the secret.
    pub async fn open(values: &BTreeMap<String, String>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}", listener.local_addr()?);
        let text = serde_json::to_string(values)?;
        let inside = Arc::new(Mutex::new(Inside { text, reads: 0, is_down: false }));
        let app = Router::new().route("/", post(answer)).with_state(Arc::clone(&inside));
        tokio::spawn(axum::serve(listener, app).into_future());
        Ok(Self { url, inside })
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Puts another text into the secret.
    pub fn put(&self, text: impl Into<String>) {
        self.lock().text = text.into();
    }

    /// Changes one of the secret's values.
    pub fn change(&self, name: &str, value: &str) {
        let mut inside = self.lock();
        let mut values: BTreeMap<String, String> = serde_json::from_str(&inside.text).unwrap_or_default();
        values.insert(name.to_owned(), value.to_owned());
        inside.text = json!(values).to_string();
    }

    /// Whether it answers.
    pub fn set_down(&self, is_down: bool) {
        self.lock().is_down = is_down;
    }

    /// How often the secret was read, or asked for.
    pub fn reads(&self) -> usize {
        self.lock().reads
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn answer(State(inside): State<Arc<Mutex<Inside>>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let refused = |code: &str| (StatusCode::BAD_REQUEST, json!({ "__type": code, "Message": "no" }).to_string());
    let target = headers.get("x-amz-target").and_then(|it| it.to_str().ok());
    let is_signed = headers.get("authorization").is_some_and(|it| it.as_bytes().starts_with(b"AWS4-HMAC-SHA256 "));
    if target != Some("secretsmanager.GetSecretValue") || !is_signed {
        return refused("AccessDeniedException");
    }
    let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
    inside.reads += 1;
    if inside.is_down {
        return (StatusCode::INTERNAL_SERVER_ERROR, json!({ "__type": "InternalServiceError" }).to_string());
    }
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    if asked["SecretId"] != SECRET {
        return refused("ResourceNotFoundException");
    }
    let found = json!({
        "ARN": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:escalation-AbCdEf",
        "Name": SECRET,
        "SecretString": inside.text,
        "VersionStages": ["AWSCURRENT"],
    });
    (StatusCode::OK, found.to_string())
}
