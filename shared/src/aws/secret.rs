//! One secret of AWS Secrets Manager, signed as every call to AWS is and sent by our own client.
//!
//! The service's SDK would be a second copy of everything that DynamoDB's brings, for one call.

use std::time::{Duration, SystemTime};

use anyhow::{Context, bail};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use jiff::Timestamp;
use reqwest::RequestBuilder;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{Aws, LONGEST_TRY};
use crate::http::{Answer, Http};

/// Names the service in the signature and in its address.
const SERVICE: &str = "secretsmanager";

/// Between one try and the next; no start waits longer than for three tries.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(100)];

/// Refusals that pass; all other 4xx are for good.
const THROTTLED: [&str; 4] = ["ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded"];

/// The text of the secret that `id` names, by name or ARN
/// ([GetSecretValue](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html));
/// empty where it holds bytes. `now` dates the signature, which AWS accepts for five minutes.
///
/// # Errors
/// Three tries brought no answer, or AWS refuses; says which secret and AWS's code.
pub async fn read(http: &Http, aws: &Aws, id: &str, now: Timestamp) -> anyhow::Result<SecretString> {
    let mut pauses = PAUSES.into_iter();
    loop {
        let why = match ask(http, aws, id, now).await? {
            Reply::Secret(text) => return Ok(text),
            Reply::Refused(code) => bail!("cannot read secret {id}: {code}"),
            Reply::NotNow(why) => why,
        };
        match pauses.next() {
            Some(pause) => tokio::time::sleep(pause).await,
            None => bail!("cannot read secret {id}: {why}"),
        }
    }
}

/// How one try ended.
enum Reply {
    Secret(SecretString),
    /// For good, with AWS's code.
    Refused(String),
    /// Another try may do better.
    NotNow(String),
}

async fn ask(http: &Http, aws: &Aws, id: &str, now: Timestamp) -> anyhow::Result<Reply> {
    let request = request(http, aws, id, now).with_context(|| format!("sign a request for secret {id}"))?;
    Ok(match http.send(request).await {
        Ok(answer) => judge(&answer),
        Err(fault) => Reply::NotNow(fault.to_string()),
    })
}

fn request(http: &Http, aws: &Aws, id: &str, now: Timestamp) -> anyhow::Result<RequestBuilder> {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct GetSecretValue<'a> {
        secret_id: &'a str,
    }
    let body = serde_json::to_string(&GetSecretValue { secret_id: id })?;
    let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "secretsmanager.GetSecretValue")];
    let url = address(aws);
    let identity = Identity::from(aws.credentials.clone());
    let params = SigningParams::builder()
        .identity(&identity)
        .region(aws.region.as_ref())
        .name(SERVICE)
        .time(SystemTime::from(now))
        .settings(SigningSettings::default())
        .build()?;
    let signable = SignableRequest::new("POST", &url, headers.into_iter(), SignableBody::Bytes(body.as_bytes()))?;
    let (signature, _) = sign(signable, &params.into())?.into_parts();
    let (signed, _) = signature.into_parts();
    let request = http.client().post(&url).timeout(LONGEST_TRY).body(body);
    let request = headers.into_iter().fold(request, |it, (name, value)| it.header(name, value));
    Ok(signed.iter().fold(request, |it, header| it.header(header.name(), header.value())))
}

/// [The region's own](https://docs.aws.amazon.com/general/latest/gr/asm.html), in the partitions that
/// anybody can have an account in; `AWS_ENDPOINT_URL_SECRETS_MANAGER` names any other.
fn address(aws: &Aws) -> String {
    if let Some(endpoint) = &aws.endpoint {
        return format!("{}/", endpoint.trim_end_matches('/'));
    }
    let region = aws.region.as_ref();
    let domain = match region.split('-').next() {
        Some("cn") => "amazonaws.com.cn",
        Some("eusc") => "amazonaws.eu",
        _ => "amazonaws.com",
    };
    format!("https://{SERVICE}.{region}.{domain}/")
}

fn judge(answer: &Answer) -> Reply {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Found {
        secret_string: Option<String>,
    }
    #[derive(Deserialize)]
    struct Refusal {
        #[serde(rename = "__type")]
        code: String,
    }
    if answer.status.is_success() {
        return match answer.read::<Found>() {
            Ok(found) => Reply::Secret(found.secret_string.unwrap_or_default().into()),
            Err(fault) => Reply::NotNow(fault.to_string()),
        };
    }
    // The code alone: AWS's message may name who asked.
    let code = answer.read::<Refusal>().ok().and_then(|it| Some(it.code.rsplit('#').next()?.to_owned()));
    let code = code.unwrap_or_else(|| answer.status.to_string());
    let passes = answer.status.is_server_error() || answer.status.as_u16() == 429 || THROTTLED.contains(&&*code);
    if passes { Reply::NotNow(code) } else { Reply::Refused(code) }
}
