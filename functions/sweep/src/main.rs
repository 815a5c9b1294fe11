//! The Lambda function `sweep`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve_job::<sweep::Sweep>().await
}
