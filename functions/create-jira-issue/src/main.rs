//! The Lambda function `create-jira-issue`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve::<create_jira_issue::CreateJiraIssue>().await
}
