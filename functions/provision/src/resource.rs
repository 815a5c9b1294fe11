//! A custom resource of CloudFormation: each deployment asks for what HubSpot must have.
//!
//! CloudFormation waits an hour for an answer that does not come, so one always goes out, before the time is up.
//!
//! Almost everything is a SUCCESS that says what is left to do. At the first deployment the secret is still empty:
//! FAILED would take the stack back, and with it the place where the secrets are to be filled in. And a HubSpot
//! that is down, or refuses a property, is no reason to take back code that is right: the functions say what they
//! lack, and `apply` may be run at any time. FAILED is for what the deployment itself brings and no function starts
//! with: a policy file or a setting that does not read. Taking that back keeps the product running.

use std::time::Duration;

use anyhow::bail;
use escalation::http::Http;
use escalation::runtime::Invocation;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::finding::Standing;
use crate::report::Report;

/// What is left of the time for the answer itself.
pub const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_secs(5);

/// S3 answers in milliseconds.
const TIMEOUT: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(200);
const ATTEMPTS: u32 = 6;

/// CloudFormation takes 4,096 bytes in all.
const LONGEST: usize = 1_000;

/// [What CloudFormation asks](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html).
/// Who knows the address may answer, so it is in no text.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Request {
    request_type: String,
    #[serde(rename = "ResponseURL")]
    response_url: String,
    stack_id: String,
    request_id: String,
    logical_resource_id: String,
    physical_resource_id: Option<String>,
}

/// What CloudFormation is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The deployment goes on; with what is left to do.
    Success(String),
    /// The deployment is taken back; with why.
    Failed(String),
}

impl Request {
    /// `Create`, `Update` or `Delete`.
    pub fn kind(&self) -> &str {
        &self.request_type
    }

    /// Whether the resource goes. Nothing goes with it: properties have values, and workflows have actions.
    pub fn is_delete(&self) -> bool {
        self.request_type == "Delete"
    }

    /// Answers.
    ///
    /// # Errors
    /// CloudFormation could not be told. The platform then runs the function again.
    pub async fn answer(&self, verdict: &Verdict, http: &Http, invocation: &Invocation) -> anyhow::Result<()> {
        let body = self.body(verdict)?;
        let mut said = String::new();
        for attempt in 0..ATTEMPTS {
            // The address is signed for a request without a content type.
            let request = http.client().put(&self.response_url).timeout(TIMEOUT).body(body.clone());
            said = match http.send(request).await {
                Ok(answer) if answer.status.is_success() => return Ok(()),
                Ok(answer) => answer.status.to_string(),
                Err(fault) => fault.to_string(),
            };
            if attempt + 1 == ATTEMPTS || invocation.remaining() < SignedDuration::from_secs(1) {
                break;
            }
            tokio::time::sleep(PAUSE * 2_u32.pow(attempt)).await;
        }
        bail!("CloudFormation could not be told: {said}")
    }

    /// [What CloudFormation takes](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html).
    fn body(&self, verdict: &Verdict) -> anyhow::Result<String> {
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Answer<'a> {
            status: &'a str,
            reason: &'a str,
            physical_resource_id: String,
            stack_id: &'a str,
            request_id: &'a str,
            logical_resource_id: &'a str,
            data: Data<'a>,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "PascalCase")]
        struct Data<'a> {
            summary: &'a str,
        }
        let (status, text) = match verdict {
            Verdict::Success(text) => ("SUCCESS", text),
            Verdict::Failed(text) => ("FAILED", text),
        };
        let text = &text[..text.floor_char_boundary(LONGEST)];
        // Another id would be another resource, whose predecessor CloudFormation deletes.
        let id = self.physical_resource_id.clone();
        Ok(serde_json::to_string(&Answer {
            status,
            reason: text,
            physical_resource_id: id.unwrap_or_else(|| format!("provisioning-{}", self.logical_resource_id)),
            stack_id: &self.stack_id,
            request_id: &self.request_id,
            logical_resource_id: &self.logical_resource_id,
            data: Data { summary: text },
        })?)
    }
}

/// What a person reads among the events of the stack.
pub fn told(report: &Report) -> String {
    let wrong: Vec<&str> =
        report.findings().filter(|it| it.standing == Standing::Wrong).map(|it| it.subject.as_str()).collect();
    if wrong.is_empty() {
        return report.summary();
    }
    format!("{} {NEXT} Wrong: {}", report.summary(), wrong.join(", "))
}

/// What is left to a person.
pub const NEXT: &str = "Put right what is wrong, then invoke this function with {\"command\":\"apply\"}; \
                        {\"command\":\"check\"} tells what to do.";
