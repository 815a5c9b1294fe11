//! What every AWS client needs: the environment's region and credentials, and our own HTTP client.
//!
//! On Lambda the credentials stand in the environment, so the default chain (profiles, SSO, instance
//! metadata) would cost start time and a megabyte for nothing.

pub mod secret;

use std::time::{Duration, Instant};

use anyhow::bail;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

use crate::http::Http;
use crate::telemetry::{self, Kind};

/// Where and as whom AWS is called.
#[derive(Debug, Clone)]
pub struct Aws {
    /// The region.
    pub region: Region,
    /// Who calls.
    pub credentials: Credentials,
    /// Another address for the service than the region's own.
    pub endpoint: Option<String>,
}

impl Aws {
    /// Reads `AWS_REGION` (or `AWS_DEFAULT_REGION`), `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
    /// `AWS_SESSION_TOKEN`, as Lambda sets them, and `AWS_ENDPOINT_URL_<SERVICE>` or
    /// `AWS_ENDPOINT_URL`, as in
    /// [every SDK](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    ///
    /// # Errors
    /// Names every variable that is missing.
    #[expect(clippy::disallowed_methods, reason = "a `from_env` reads the environment")]
    pub fn from_env(service: &str) -> anyhow::Result<Self> {
        Self::read(service, |name| std::env::var(name).ok())
    }

    fn read(service: &str, variable: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let region = set("AWS_REGION").or_else(|| set("AWS_DEFAULT_REGION"));
        let (key, secret) = (set("AWS_ACCESS_KEY_ID"), set("AWS_SECRET_ACCESS_KEY"));
        let needed = [("AWS_REGION", &region), ("AWS_ACCESS_KEY_ID", &key), ("AWS_SECRET_ACCESS_KEY", &secret)];
        let missing: Vec<_> = needed.iter().filter(|(_, value)| value.is_none()).map(|(name, _)| *name).collect();
        let (Some(region), Some(key), Some(secret)) = (region, key, secret) else {
            bail!("{} not set: on Lambda they always are, elsewhere set them by hand", missing.join(", "));
        };
        Ok(Self {
            region: Region::new(region),
            credentials: Credentials::new(key, secret, set("AWS_SESSION_TOKEN"), None, "environment"),
            endpoint: set(&format!("AWS_ENDPOINT_URL_{service}")).or_else(|| set("AWS_ENDPOINT_URL")),
        })
    }
}

/// The SDK waits a second before it repeats a call; a person waits for us meanwhile.
pub fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3).with_initial_backoff(Duration::from_millis(50))
}

/// Longest wait for one try.
const LONGEST_TRY: Duration = Duration::from_millis(1_500);

/// Longest wait for one try.
pub fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(LONGEST_TRY).build()
}

/// Our HTTP client in the SDK's shape: one connection pool, one set of roots, one TLS library.
#[derive(Debug, Clone)]
pub struct Connector {
    client: reqwest::Client,
    peer: &'static str,
}

impl Connector {
    /// Calls go through `http`.
    pub fn new(http: &Http) -> Self {
        Self { client: http.client().clone(), peer: http.peer() }
    }
}

impl HttpClient for Connector {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let Self { client, peer } = self.clone();
        HttpConnectorFuture::new(async move {
            let request = to_reqwest(request).map_err(ConnectorError::user)?;
            let begun = Instant::now();
            let ended = client.execute(request).await;
            telemetry::called(peer, begun.elapsed(), error(&ended));
            let response = ended.map_err(failed)?;
            let response: http::Response<reqwest::Body> = response.into();
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

/// AWS answers 400 to a condition that does not hold: that is an answer.
fn error(ended: &reqwest::Result<reqwest::Response>) -> Option<Kind> {
    match ended {
        Ok(response) => Kind::of_status(response.status().as_u16()).filter(|it| *it != Kind::Refused),
        Err(error) if error.is_connect() => Some(Kind::NotSent),
        Err(_) => Some(Kind::Unknown),
    }
}

fn to_reqwest(request: HttpRequest) -> Result<reqwest::Request, Box<dyn std::error::Error + Send + Sync>> {
    let request = request.try_into_http1x()?;
    let (parts, body) = request.into_parts();
    let bytes = body.bytes().ok_or("the body of a DynamoDB call is never a stream")?.to_vec();
    Ok(http::Request::from_parts(parts, bytes).try_into()?)
}

fn failed(error: reqwest::Error) -> ConnectorError {
    let error = error.without_url();
    if error.is_timeout() { ConnectorError::timeout(error.into()) } else { ConnectorError::io(error.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 3] = [
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "very-secret"),
    ];

    fn read(variables: &[(&str, &str)]) -> anyhow::Result<Aws> {
        Aws::read("DYNAMODB", |name| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn every_missing_variable_is_named_at_once() {
        let error = read(&[("AWS_REGION", " ")]).unwrap_err().to_string();
        assert!(error.starts_with("AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY not set"), "said: {error}");
    }

    #[test]
    fn the_default_region_stands_in_for_the_region() {
        let mut variables = COMPLETE;
        variables[0].0 = "AWS_DEFAULT_REGION";
        assert_eq!(read(&variables).unwrap().region.as_ref(), "eu-central-1");
    }

    #[test]
    fn the_endpoint_of_the_service_comes_before_the_endpoint_of_all() {
        let mut variables = COMPLETE.to_vec();
        assert_eq!(read(&variables).unwrap().endpoint, None);
        variables.push(("AWS_ENDPOINT_URL", "http://all"));
        assert_eq!(read(&variables).unwrap().endpoint.unwrap(), "http://all");
        variables.push(("AWS_ENDPOINT_URL_DYNAMODB", "http://one"));
        assert_eq!(read(&variables).unwrap().endpoint.unwrap(), "http://one");
    }

    #[test]
    fn a_secret_is_not_in_the_debug_text() {
        let text = format!("{:?}", read(&COMPLETE).unwrap());
        assert!(!text.contains("very-secret"), "{text}");
    }
}
