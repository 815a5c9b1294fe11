//! The DynamoDB client: our own HTTP client, and no work at start.

use aws_sdk_dynamodb::config::{BehaviorVersion, StalledStreamProtectionConfig};
use aws_sdk_dynamodb::{Client, Config};

use crate::aws::{self, Aws, Connector};
use crate::http::Http;

/// A client for DynamoDB, or for whatever speaks its protocol at `aws.endpoint`.
///
/// A conditional write that is tried again after a lost answer is safe here: the owner token tells
/// our own write from another's.
pub fn client(aws: Aws, http: &Http) -> Client {
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(aws.region)
        .credentials_provider(aws.credentials)
        .timeout_config(aws::timeouts())
        .retry_config(aws::retries())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(Connector::new(&http.to("dynamodb")));
    config.set_endpoint_url(aws.endpoint);
    Client::from_conf(config.build())
}
