//! `cargo run`: the sandbox and its commands.

use std::path::Path;

use clap::{Parser, Subcommand};
use escalation::runtime::Clock;
use sandbox::clock::{self, WorldClock};
use sandbox::host;

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
    host::end_with_the_host();
    host::probe::serve(&name, worlds_clock()?).await
}

#[expect(clippy::disallowed_methods, reason = "the sandbox's own variable, read at its start")]
fn worlds_clock() -> std::io::Result<Clock> {
    match std::env::var_os(clock::VARIABLE) {
        Some(path) => WorldClock::at(Path::new(&path)),
        None => Ok(Clock::system()),
    }
}
