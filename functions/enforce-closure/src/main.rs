//! The Lambda function `enforce-closure`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve::<enforce_closure::EnforceClosure>().await
}
