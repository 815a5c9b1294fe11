//! One HTTP client for every vendor, and the one place that judges how a call ended.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use rustls::{ClientConfig, RootCertStore};
use serde::de::DeserializeOwned;

use crate::ledger::Setback;
use crate::runtime::Failure;
use crate::telemetry::{self, Kind};

/// Longest wait for a connection. A vendor that does not answer a SYN in this time is down.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// Shorter than any vendor's keep-alive: a connection that the peer closed while the environment
/// was frozen would turn a POST into an unknown outcome.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// An HTTP client: HTTP/1.1, our own roots, no redirects, no proxy, no retries of its own.
#[derive(Clone)]
pub struct Http {
    client: Client,
    /// Whom its calls are counted for.
    peer: &'static str,
}

impl Default for Http {
    fn default() -> Self {
        Self::new()
    }
}

impl Http {
    /// A client with an empty connection pool.
    pub fn new() -> Self {
        let client = Client::builder()
            .tls_backend_preconfigured(tls())
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build()
            .expect("a client with a ready TLS configuration has nothing left that can fail");
        Self { client, peer: "other" }
    }

    /// The client that requests are built with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The same client and connections, whose calls are counted for `peer`, such as `hubspot`.
    #[must_use]
    pub fn to(&self, peer: &'static str) -> Self {
        Self { client: self.client.clone(), peer }
    }

    /// Whom its calls are counted for.
    pub fn peer(&self) -> &'static str {
        self.peer
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// [`Fault::NotSent`] where the request never left, [`Fault::Unknown`] where it may have arrived.
    pub async fn send(&self, request: RequestBuilder) -> Result<Answer, Fault> {
        let begun = Instant::now();
        let ended = answer(request).await;
        let error = match &ended {
            Ok(answer) => Kind::of_status(answer.status.as_u16()),
            Err(Fault::NotSent { .. }) => Some(Kind::NotSent),
            Err(_) => Some(Kind::Unknown),
        };
        telemetry::called(self.peer, begun.elapsed(), error);
        if ended.as_ref().is_ok_and(|it| it.status == StatusCode::UNAUTHORIZED) {
            telemetry::unauthorized(self.peer);
        }
        ended
    }

    /// Opens a connection to `address` for the first request to find; whether it does is no matter.
    pub async fn warm(&self, address: &str) {
        let request = self.client.head(address).timeout(CONNECT_TIMEOUT);
        if let Err(fault) = answer(request).await {
            tracing::debug!("nothing is warmed at the start: {fault}");
        }
    }
}

/// What `variable` holds as the URL of an API.
///
/// # Errors
/// It is none with http(s) and a host: says so of the variable, not what it holds, which may be a token.
pub fn base_url(variable: &str, text: &str, such_as: &str) -> anyhow::Result<Url> {
    let url = Url::parse(text).ok().filter(|it| matches!(it.scheme(), "http" | "https") && it.has_host());
    url.with_context(|| format!("{variable} is not a URL such as {such_as}"))
}

/// Mozilla's roots as constants: nothing is parsed at start.
fn tls() -> ClientConfig {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports the protocol versions that rustls calls safe")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// Why a call brought no answer that can be used, by what it means for the thing it asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Refused for good: the same request will be refused again. Nothing was done.
    #[error("{reason}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// What the vendor said.
        reason: String,
    },
    /// Our token or its scopes do not do. Nothing was done; a person has to put it right.
    #[error("{reason}")]
    Denied {
        /// What the vendor said.
        reason: String,
    },
    /// Throttled or locked. Nothing was done, and it may be asked for again.
    #[error("{reason}")]
    NotNow {
        /// How long to wait.
        retry_after: Duration,
        /// What the vendor said.
        reason: String,
    },
    /// The request never left.
    #[error("not sent: {reason}")]
    NotSent {
        /// What happened.
        reason: String,
    },
    /// It may or may not have been done: a timeout, a cut connection, a 5xx, an answer that does
    /// not read.
    #[error("outcome unknown: {reason}")]
    Unknown {
        /// What happened.
        reason: String,
    },
}

impl Fault {
    /// What it means for a request that only reads: nothing was done in any case.
    pub fn of_a_read(self) -> Setback {
        match Setback::from(self) {
            Setback::Unknown { reason } => Setback::NotApplied { retry_after: None, reason },
            setback => setback,
        }
    }
}

impl From<Fault> for Setback {
    fn from(fault: Fault) -> Self {
        let reason = fault.to_string();
        match fault {
            Fault::Refused { .. } => Self::Refused { reason },
            Fault::NotNow { retry_after, .. } => Self::NotApplied { retry_after: Some(retry_after), reason },
            Fault::Denied { .. } | Fault::NotSent { .. } => Self::NotApplied { retry_after: None, reason },
            Fault::Unknown { .. } => Self::Unknown { reason },
        }
    }
}

/// For reads and for writes that may be repeated.
impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Refused { reason, .. } => Self::Rejected(reason),
            Fault::NotNow { retry_after, .. } => Self::Busy { retry_after },
            Fault::Denied { .. } | Fault::NotSent { .. } | Fault::Unknown { .. } => Self::Later(fault.into()),
        }
    }
}

async fn answer(request: RequestBuilder) -> Result<Answer, Fault> {
    let response = request.send().await.map_err(fault)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = response.bytes().await.map_err(fault)?;
    Ok(Answer { status, headers, body: body.to_vec() })
}

/// An answer, read to its end.
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as a value.
    ///
    /// # Errors
    /// [`Fault::Unknown`]: a 2xx that does not read says nothing about what was done.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        // The error's own words quote what the vendor sent, which may be a customer's.
        serde_json::from_slice(&self.body).map_err(|error| Fault::Unknown {
            reason: format!(
                "{} with a body that does not read: {:?} error at line {} column {}",
                self.status,
                error.classify(),
                error.line(),
                error.column()
            ),
        })
    }

    /// `Retry-After` in seconds, as vendors' REST APIs send it.
    pub fn retry_after(&self) -> Option<Duration> {
        let seconds = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
        Some(Duration::from_secs(seconds))
    }
}

/// Connect errors come before the first byte; everything later may have arrived.
fn fault(error: reqwest::Error) -> Fault {
    let unsent = error.is_connect() || error.is_builder();
    let reason = chain(&error.without_url());
    if unsent { Fault::NotSent { reason } } else { Fault::Unknown { reason } }
}

/// An error with its causes; reqwest's own line leaves them out.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
