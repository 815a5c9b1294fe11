//! `cargo run`: the sandbox and its commands.

use std::path::Path;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use escalation::runtime::Clock;
use sandbox::clock::{self, WorldClock};
use sandbox::{host, product};

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
async fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Function { name } => function(&name).await,
    }
}

/// Is a function, until the host that started this process ends.
async fn function(name: &str) -> anyhow::Result<ExitCode> {
    host::end_with_the_host();
    let clock = worlds_clock()?;
    if let Some(ended) = product::serve(name, clock.clone()).await {
        return Ok(ended);
    }
    host::probe::serve(name, clock).await.map_err(|error| anyhow::anyhow!(error))?;
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::disallowed_methods, reason = "the sandbox's own variable, read at its start")]
fn worlds_clock() -> std::io::Result<Clock> {
    match std::env::var_os(clock::VARIABLE) {
        Some(path) => WorldClock::at(Path::new(&path)),
        None => Ok(Clock::system()),
    }
}
