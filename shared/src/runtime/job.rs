//! Work that is done by a schedule and not on request.

use serde::Deserialize;
use serde_json::Value;

use super::Invocation;
use crate::http::Http;
use crate::secrets::Secrets;

/// A scheduled function.
pub trait Job: Sized + Send + Sync {
    /// Its name, such as `sweep`.
    const NAME: &'static str;

    /// Builds the job from its environment, naming all that is wrong in it and no secret.
    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self>;

    /// Does what is to be done now. An error is for the platform to count: the next run is its retry.
    fn run(&self, invocation: &Invocation) -> impl Future<Output = anyhow::Result<()>> + Send;
}

/// Whether this is [what EventBridge sends by a schedule](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html).
/// Nothing in it matters but that it is one.
pub(super) fn is_schedule(event: &Value) -> bool {
    #[derive(Deserialize)]
    struct Event {
        source: String,
        #[serde(rename = "detail-type")]
        detail_type: String,
    }
    Event::deserialize(event).is_ok_and(|it| it.source == "aws.events" && it.detail_type == "Scheduled Event")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_job_runs_by_a_schedule_alone() {
        assert!(is_schedule(
            &json!({"version": "0", "source": "aws.events", "detail-type": "Scheduled Event", "detail": {}})
        ));
        for other in [
            json!({}),
            json!(null),
            json!({"rawPath": "/hubspot/actions/sweep", "body": "{}"}),
            json!({"source": "somebody", "detail-type": "Scheduled Event"}),
            json!({"source": "aws.events", "detail-type": ["Scheduled Event"]}),
        ] {
            assert!(!is_schedule(&other), "{other}");
        }
    }
}
