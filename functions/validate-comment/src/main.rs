//! The Lambda function `validate-comment`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve::<validate_comment::ValidateComment>().await
}
