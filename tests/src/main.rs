//! `cargo run`: the sandbox and its commands.

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Be a Lambda function: what the host starts as a process of its own.
    #[command(hide = true)]
    Function { name: String },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let Command::Function { name } = Arguments::parse().command;
    sandbox::host::end_with_the_host();
    sandbox::host::probe::serve(&name).await
}
