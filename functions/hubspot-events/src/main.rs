//! The Lambda function `hubspot-events`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve_endpoint::<hubspot_events::HubSpotEvents>().await
}
