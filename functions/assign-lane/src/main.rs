//! The Lambda function `assign-lane`.

use std::process::ExitCode;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    escalation::runtime::serve::<assign_lane::AssignLane>().await
}
