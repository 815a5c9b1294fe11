//! `cargo run --profile bench -- bench`: what each released function costs, beside what it may cost, and beside the same
//! job in other languages. It prints and judges nothing: a machine at work is no referee.
//!
//! Each function runs as a process of the sandbox's [host](crate::host), between stand-ins behind real HTTP
//! without TLS, in a world of its own. Each request is about another ticket, and is looked at afterwards: one
//! that was not served ends the bench.
//!
//! - *Start*: CPU time, user and system, from exec to the first question for work; the median of some
//!   starts, each for a request.
//! - *Memory*: the most that the process ever held (`VmHWM`), after the first request and after the last.
//! - *CPU*: of the process from taking a request until its answer; the median. It may be [`OWN`] and
//!   [`CALL`] for each call.
//! - *Calls*: of HubSpot, Jira, Slack and DynamoDB for a request, counted where they arrive; the mean. A call
//!   that an asked function makes is not the asker's.
//! - *Comments*: CPU of this program's thread that reads one; the median of 21 times. Exact counts, the same on
//!   a busy machine, are `cargo bench --profile dev -p sandbox --bench instructions`.
//! - *Time*: from handing a request to the process until its answer, by the machine's clock, stand-ins
//!   included; the median, and what one of a hundred takes longer than.

mod calls;
mod case;
pub mod comments;
mod figures;
mod peers;
mod released;
mod stage;
mod table;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Args;
use clap::builder::RangedU64ValueParser;

pub use calls::Calls;
pub use case::{Case, ours};
pub use figures::Figures;
use stage::Stage;

use crate::host::Report;
use crate::product::Setup;

/// CPU from the event to the answer, without what is asked of others.
pub const OWN: Duration = Duration::from_micros(300);
/// CPU for each call.
pub const CALL: Duration = Duration::from_micros(250);
/// CPU from exec to the first question for work.
pub const START: Duration = Duration::from_millis(3);
/// Bytes of the program.
pub const SIZE: u64 = 5_000_000;
/// KiB that a process ever holds.
pub const MEMORY_KB: u64 = 15 * 1024;

const SLOW: &str = "The stand-ins were not optimised: the times are theirs. Type cargo run --profile bench -- bench";

/// How much is measured.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// How often each function is started.
    #[arg(long, default_value_t = 15, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub starts: usize,
    /// How many requests the last process serves after that.
    #[arg(long, default_value_t = 1_000, value_parser = RangedU64ValueParser::<usize>::new().range(1..))]
    pub requests: usize,
    /// Only these functions, such as validate-comment; a peer is peer-node or peer-python.
    #[arg(long)]
    pub only: Vec<String>,
}

/// What is measured: a program, and what is asked of it.
pub struct Subject {
    /// The question.
    pub case: Case,
    /// How the product is set up, so that the host knows the function.
    pub setup: Setup,
    /// How many bytes are deployed.
    pub size: u64,
}

/// Measures the released functions of `target/release` and the peers that are installed; the table as it
/// goes into the README, and a line for what could not be measured.
///
/// # Errors
/// A release is absent or older than its sources, or a request was not served.
pub async fn run(program: PathBuf, options: &Options) -> anyhow::Result<String> {
    let is_wanted = |name: &str| options.only.is_empty() || options.only.iter().any(|it| it == name);
    let folder = released::folder(&program)?;
    let ours: Vec<Case> = ours().into_iter().filter(|it| is_wanted(it.function)).collect();
    released::are_fresh(&folder, &ours)?;
    let mut subjects = Vec::new();
    for case in ours {
        let size = folder.join(case.function).metadata()?.len();
        subjects.push(Subject { case, setup: Setup { released: Some(folder.clone()), ..Setup::of(&program) }, size });
    }
    let mut absent = Vec::new();
    for peer in peers::all().into_iter().filter(|it| is_wanted(it.function)) {
        match peer.found() {
            Ok(found) => subjects.extend(case::of_the_comment(peer.function, &found.called).map(|case| {
                let setup = Setup { others: vec![found.spec.clone()], ..Setup::of(&program) };
                Subject { case, setup, size: found.size }
            })),
            Err(reason) => absent.push(format!("Not measured: {}: {reason:#}", peer.called)),
        }
    }
    ensure!(!subjects.is_empty() || !absent.is_empty(), "nothing is named {}", options.only.join(", "));
    let mut rows = Vec::new();
    for subject in subjects {
        eprintln!("measuring {}, {}", subject.case.called, subject.case.request);
        rows.push((subject.case.clone(), measure(subject, options).await?));
    }
    let is_fast = !cfg!(debug_assertions);
    let comments = (options.only.is_empty() && is_fast).then(comments::table);
    absent.extend((!is_fast).then(|| SLOW.to_owned()));
    let absent = Some(absent.join("\n")).filter(|it| !it.is_empty());
    let parts = [Some(table::of(&rows, options)), absent, comments];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n"))
}

/// Measures one function.
///
/// # Errors
/// It could not be started, or did not serve a request.
pub async fn measure(subject: Subject, options: &Options) -> anyhow::Result<Figures> {
    let Subject { case, setup, size } = subject;
    let said = format!("{}, {}", case.called, case.request);
    let mut stage = Stage::open(case, setup, options.starts + options.requests).await?;
    let mut calls = Vec::new();
    for at in 0..options.starts + options.requests {
        let asked = stage.ask(at < options.starts).await.with_context(|| said.clone())?;
        calls.extend((at >= options.starts).then_some(asked));
    }
    let reports: Vec<Report> = stage.reports();
    Figures::of(size, &reports, options.starts, &calls).with_context(|| format!("{said}: nothing was measured"))
}
