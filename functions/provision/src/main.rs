//! Starts the function, or the command line where no platform is.

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    provision::start().await
}
