//! The Lambda function `validate-comment`.

use escalation::runtime;
use validate_comment::ValidateComment;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    runtime::serve::<ValidateComment>().await
}
