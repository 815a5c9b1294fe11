//! The SDK's client without a network: each request is a call of a function.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{AsyncSleep, Credentials, Region, Sleep};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::ledger;
use sandbox::dynamo::{REGION, Request};

use super::table::Answer;

/// The answer to a request; none where the connection was lost.
type Answering = Pin<Box<dyn Future<Output = Option<Answer>> + Send>>;

/// What stands where the network would.
#[derive(Clone)]
struct Wire(Arc<dyn Fn(Request) -> Answering + Send + Sync>);

/// The client as production has it, but that it sends each write `tries` times at most, at once.
pub fn client<F>(tries: u32, answer: impl Fn(Request) -> F + Send + Sync + 'static) -> Client
where
    F: Future<Output = Option<Answer>> + Send + 'static,
{
    let credentials = Credentials::new("test", "test", None, None, "test");
    let aws = Aws { region: Region::from_static(REGION), credentials, endpoint: None };
    let production = ledger::client(aws, &Http::new());
    // The SDK's budget of retries is the whole process's; here no run may use up another's.
    let budget = RetryPartition::custom("faults").token_bucket(TokenBucket::unlimited()).build();
    let config = production.config().to_builder();
    let config = config
        .http_client(Wire(Arc::new(move |request| Box::pin(answer(request)))))
        .retry_config(RetryConfig::standard().with_max_attempts(tries))
        .retry_partition(budget)
        .timeout_config(TimeoutConfig::disabled())
        .sleep_impl(NoWait);
    Client::from_conf(config.build())
}

/// The pause before a write is tried again is over at once. There are no timeouts that it could end.
#[derive(Debug)]
struct NoWait;

impl AsyncSleep for NoWait {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wire")
    }
}

impl HttpClient for Wire {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answering = (self.0)(read(&request));
        HttpConnectorFuture::new(async move {
            let lost = || ConnectorError::io("the connection was closed".into());
            let (status, body) = answering.await.ok_or_else(lost)?;
            let response = http::Response::builder().status(status).body(SdkBody::from(body.to_string()));
            Ok(HttpResponse::try_from(response.expect("a status and a body")).expect("no headers"))
        })
    }
}

fn read(request: &HttpRequest) -> Request {
    let target = request.headers().get("x-amz-target").expect("a request names its operation");
    let operation = target.rsplit('.').next().expect("a target ends in it").to_owned();
    let body = serde_json::from_slice(request.body().bytes().expect("a body in memory")).expect("JSON");
    Request { operation, body }
}
