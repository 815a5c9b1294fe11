//! `cargo bench --profile dev -p sandbox --bench instructions`: how many instructions reading a comment and answering a request
//! take, held against instructions.toml beside it; fails where one takes over 5 % more than was accepted.
//!
//! Valgrind counts them, one piece of work in a process of its own, so that a busy machine and a slow one count
//! alike. Only what runs between entering and leaving [`counted`] on its own thread counts: neither the start of the
//! process nor the stand-ins, which run on other threads. Reading a comment takes the same number each time but for
//! the seeds of hash maps (under 0.1 %); a request also wakes as often as its answers come in pieces (under 1 %).
//! Another compiler, another C library or a processor with other vector instructions count otherwise: then,
//! and where more work is meant to be done, accept what is there:
//!
//! ```sh
//! cargo bench --profile dev -p sandbox --bench instructions              # compares
//! cargo bench --profile dev -p sandbox --bench instructions -- accept    # writes instructions.toml anew
//! ```
//!
//! The build is the one of the tests, without optimisation: what takes more steps there takes more steps as
//! released, and nothing has to be compiled for it. The last columns are of the same work once more: how often memory was asked for, and the most that was
//! held at once. They are told and not compared.

mod accepted;
mod answers;
mod work;

use std::process::{Command, ExitCode, Stdio};

use accepted::{Accepted, FILE};
use anyhow::{Context, bail, ensure};

/// How much more is too much.
const TOLERANCE: f64 = 0.05;

/// What one piece of work took.
struct Count {
    instructions: u64,
    /// Allocations and the most bytes held at once, in words.
    memory: String,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["do", name] => work::once(name)?,
        // `cargo test --all-targets` only asks whether it runs.
        arguments if !arguments.contains(&"--bench") => println!("counts under `cargo bench`"),
        arguments => return count_all(arguments.contains(&"accept")),
    }
    Ok(ExitCode::SUCCESS)
}

/// Counts every piece and compares, or accepts.
fn count_all(accepts: bool) -> anyhow::Result<ExitCode> {
    let Ok(version) = Command::new("valgrind").arg("--version").output() else {
        eprintln!("NOT COUNTED: there is no valgrind; to have it: apt-get install valgrind");
        return Ok(ExitCode::SUCCESS);
    };
    ensure!(version.status.success(), "valgrind --version failed");
    let (accepted, mut counted, mut over) = (Accepted::read()?, Accepted::default(), Vec::new());
    println!("{:<40} {:>12} {:>12} {:>8}   memory", "work", "instructions", "accepted", "");
    for name in work::names() {
        let Count { instructions, memory } = count(&name)?;
        let before = accepted.of(&name);
        let change = before.map_or(f64::NAN, |it| ratio(instructions, it) - 1.0);
        let shown =
            before.map_or_else(|| ("none".to_owned(), "NEW".to_owned()), |it| (it.to_string(), percent(change)));
        println!("{name:<40} {instructions:>12} {:>12} {:>8}   {memory}", shown.0, shown.1);
        if before.is_none() || change > TOLERANCE {
            over.push(name.clone());
        }
        counted.add(name, instructions);
    }
    println!();
    if accepts {
        counted.write()?;
        println!("accepted: {FILE} is written anew");
        return Ok(ExitCode::SUCCESS);
    }
    if over.is_empty() {
        println!("none takes over {} more than accepted", percent(TOLERANCE));
        return Ok(ExitCode::SUCCESS);
    }
    println!("OVER by more than {}: {}", percent(TOLERANCE), over.join("; "));
    println!("If that is meant: cargo bench --profile dev -p sandbox --bench instructions -- accept");
    Ok(ExitCode::FAILURE)
}

/// Has valgrind count one piece of work in a process of its own.
fn count(name: &str) -> anyhow::Result<Count> {
    let program = std::env::current_exe()?;
    let counted = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*instructions::work::counted*"])
        .arg(program)
        .args(["do", name])
        .stdin(Stdio::null())
        .output()
        .context("valgrind")?;
    let (out, told) = (String::from_utf8_lossy(&counted.stdout), String::from_utf8_lossy(&counted.stderr));
    if !counted.status.success() {
        bail!("`{name}` under valgrind: {}\n{told}", counted.status);
    }
    let collected = told.lines().find_map(|it| it.split_once("Collected :")).context("valgrind tells no count")?;
    let instructions = collected.1.trim().parse()?;
    ensure!(instructions > 0, "`{name}`: nothing was counted; is `counted` still called so?");
    Ok(Count { instructions, memory: out.trim().to_owned() })
}

#[expect(clippy::cast_precision_loss, reason = "there are not that many")]
fn ratio(now: u64, before: u64) -> f64 {
    now as f64 / before.max(1) as f64
}

fn percent(change: f64) -> String {
    format!("{:.1} %", change * 100.0)
}
