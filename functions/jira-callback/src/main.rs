//! The Lambda function `jira-callback`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve_endpoint::<jira_callback::JiraCallback>().await
}
