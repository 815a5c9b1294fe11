//! `cargo run`: the sandbox and its commands.

// The functions' futures nest deeper than the compiler looks by itself.
#![recursion_limit = "256"]

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::Context;
use clap::{Parser, Subcommand};
use escalation::policy::Policy;
use escalation::runtime::Clock;
use sandbox::clock::{self, WorldClock};
use sandbox::corpus::{self, Kind};
use sandbox::product::Setup;
use sandbox::{bench, host, kills, load, play, product, serve, week};

/// The escalation procedure at work, in a world on this machine.
#[derive(Parser)]
#[command(name = "sandbox", bin_name = "cargo run --")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Play the procedure, by the shipped policy, on sample tickets and tell what happens; fails where something is not
    /// as it must be.
    Play,
    /// Start HubSpot, Jira, Slack, DynamoDB and the functions, and keep them running, by POLICY_FILE or the shipped policy.
    Serve(serve::Options),
    /// Hold the policy (POLICY_FILE, or the shipped one) against labelled rows.
    Corpus {
        /// comments, threads, names, triggers, jira-refs or sla.
        kind: Kind,
        /// One JSON object a line; tests/corpus/README.md describes the rows.
        file: PathBuf,
    },
    /// Kill the function that creates Jira issues at random moments; fails where a ticket has not exactly one issue.
    Kills(kills::Options),
    /// Escalate many tickets a minute under HubSpot's rate limits; fails where something is lost or done twice, or the
    /// limits were met.
    Load(load::Options),
    /// Play a week of people, vendors that fail and functions that die; fails where something is not as it must be.
    Week(week::Options),
    /// Measure the released functions, and the same job in other languages, beside what they may cost.
    Bench(bench::Options),
    /// Be a Lambda function: what the host starts as a process of its own.
    #[command(hide = true)]
    Function { name: String },
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended = run(Arguments::parse().command).await;
    ended.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

async fn run(command: Option<Command>) -> anyhow::Result<ExitCode> {
    let program = std::env::current_exe().context("the path of this program")?;
    match command {
        None => {
            // What `serve` goes by is refused before the play, not after it.
            Policy::from_env()?;
            play::play(Setup::of(&program)).await?;
            serve::serve(Setup::of(program), &serve::Options::default()).await?;
        }
        Some(Command::Play) => play::play(Setup::of(program)).await?,
        Some(Command::Serve(options)) => serve::serve(Setup::of(program), &options).await?,
        Some(Command::Kills(options)) => {
            let tally = kills::play(Setup::of(program), &options, |it| println!("{it}")).await?;
            println!("{tally}");
            return Ok(if tally.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Some(Command::Load(options)) => {
            let report = load::play(Setup::of(program), &options, |it| println!("{it}")).await?;
            println!("{report}");
            return Ok(if report.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Some(Command::Week(options)) => {
            let report = week::play(&options)?;
            println!("{report}");
            return Ok(if report.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Some(Command::Bench(options)) => println!("{}", bench::run(program, &options).await?),
        Some(Command::Corpus { kind, file }) => return corpus(kind, &file),
        Some(Command::Function { name }) => return function(&name).await,
    }
    Ok(ExitCode::SUCCESS)
}

fn corpus(kind: Kind, file: &Path) -> anyhow::Result<ExitCode> {
    let policy = Policy::from_env()?;
    let rows = File::open(file).with_context(|| format!("{}: cannot open it", file.display()))?;
    let report = corpus::check(kind, BufReader::new(rows), &policy)?;
    println!("{report}");
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
