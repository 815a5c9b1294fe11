//! The DynamoDB client: small features, ring, the environment's credentials, and no work at start
//! that the endpoint does not need.

use std::time::Duration;

use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{
    BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_sdk_dynamodb::{Client, Config};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What the ledger needs to know about its surroundings.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) table: String,
    region: String,
    credentials: Credentials,
    endpoint: Option<String>,
}

impl Settings {
    /// Reads the usual AWS variables and `STATE_TABLE` through `read`; says every missing one at
    /// once.
    pub(super) fn read(read: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let first = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| read(name).filter(|value| !value.trim().is_empty()))
        };
        let mut missing = Vec::new();
        let mut need = |names: &[&'static str]| {
            first(names).unwrap_or_else(|| {
                missing.push(names[0]);
                String::new()
            })
        };
        let table = need(&["STATE_TABLE"]);
        let region = need(&["AWS_REGION", "AWS_DEFAULT_REGION"]);
        let key_id = need(&["AWS_ACCESS_KEY_ID"]);
        let secret = need(&["AWS_SECRET_ACCESS_KEY"]);
        if !missing.is_empty() {
            anyhow::bail!("the ledger needs {} in the environment", missing.join(", "));
        }
        let token = first(&["AWS_SESSION_TOKEN"]);
        Ok(Self {
            table,
            region,
            credentials: Credentials::new(key_id, secret, token, None, "environment"),
            endpoint: first(&["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL"]),
        })
    }

    pub(super) fn client(self) -> Client {
        client(&self.region, self.credentials, self.endpoint.as_deref())
    }
}

/// A client for DynamoDB in `region`, or for whatever speaks its protocol at `endpoint`.
///
/// A conditional write that is tried again after a lost answer is safe here: the owner token tells
/// our own write from another's.
pub fn client(region: &str, credentials: Credentials, endpoint: Option<&str>) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_millis(1_500))
        .build();
    let retries = RetryConfig::standard()
        .with_max_attempts(3)
        .with_initial_backoff(Duration::from_millis(50));
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region.to_owned()))
        .credentials_provider(credentials)
        .timeout_config(timeouts)
        .retry_config(retries)
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(connector(endpoint));
    config.set_endpoint_url(endpoint.map(str::to_owned));
    Client::from_conf(config.build())
}

fn connector(endpoint: Option<&str>) -> SharedHttpClient {
    // An idle connection is dropped before DynamoDB would drop it, and before a frozen sandbox
    // wakes up with a dead one.
    let http = aws_smithy_http_client::Builder::new().pool_idle_timeout(Duration::from_secs(20));
    let trusted = match endpoint {
        Some(endpoint) if endpoint.starts_with("http://") => return http.build_http(),
        // A company's own gateway has a certificate of its own.
        Some(_) => TrustStore::default(),
        None => amazon_roots(),
    };
    let context = TlsContext::builder()
        .with_trust_store(trusted)
        .build()
        .expect("a context without files or names has nothing to fail on");
    http.tls_provider(Provider::rustls(CryptoMode::Ring))
        .tls_context(context)
        .build_https()
}

/// The roots that [Amazon's endpoints chain to](https://www.amazontrust.com/repository/): reading
/// all of the web's costs more than the rest of the start together.
fn amazon_roots() -> TrustStore {
    let mut roots = TrustStore::empty();
    for certificate in webpki_root_certs::TLS_SERVER_ROOT_CERTS {
        if names(certificate, b"Amazon Root CA") || names(certificate, b"Starfield Services Root") {
            let text = STANDARD.encode(certificate);
            roots.add_pem_certificate(format!(
                "-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"
            ));
        }
    }
    roots
}

fn names(certificate: &[u8], subject: &[u8]) -> bool {
    certificate.windows(subject.len()).any(|it| it == subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMPLETE: [(&str, &str); 4] = [
        ("STATE_TABLE", "state"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "very-secret"),
    ];

    fn read(variables: &[(&str, &str)]) -> anyhow::Result<Settings> {
        Settings::read(|name| {
            variables
                .iter()
                .find(|(it, _)| *it == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn every_missing_variable_is_named_at_once() {
        let error = read(&[("AWS_REGION", " ")]).unwrap_err();
        insta::assert_snapshot!(error, @"the ledger needs STATE_TABLE, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY in the environment");
        let error = read(&COMPLETE[1..]).unwrap_err();
        insta::assert_snapshot!(error, @"the ledger needs STATE_TABLE in the environment");
    }

    #[test]
    fn the_default_region_stands_in_for_the_region() {
        let mut variables = COMPLETE;
        variables[1].0 = "AWS_DEFAULT_REGION";
        assert_eq!(read(&variables).unwrap().region, "eu-central-1");
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

    #[test]
    fn amazon_has_five_roots_that_parse() {
        let amazon = webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .filter(|it| names(it, b"Amazon Root CA") || names(it, b"Starfield Services Root"));
        let mut store = rustls::RootCertStore::empty();
        assert_eq!(store.add_parsable_certificates(amazon.cloned()), (5, 0));
    }

    #[test]
    fn a_client_is_built_for_every_kind_of_endpoint() {
        for endpoint in [
            None,
            Some("http://127.0.0.1:1"),
            Some("https://dynamo.example"),
        ] {
            drop(client(
                "eu-central-1",
                Credentials::new("id", "secret", None, None, "test"),
                endpoint,
            ));
        }
    }
}
