//! `cargo bench -p sandbox --bench requests`: what reading a comment and answering a request cost,
//! beside what they may cost. It prints and judges nothing: a machine at work is no referee.
//!
//! CPU is the time of the measuring thread alone (`CLOCK_THREAD_CPUTIME_ID`), so that neither other
//! programs nor our stand-ins, which run on threads of their own, count. `CPU` is the median of the
//! runs and is held against the budget, `least` the quickest run. Memory is what the same thread asked
//! for: how often, how much in all, and the most it held at once. The build is the `bench` profile,
//! optimised like a release but without its link-time optimisation.
//!
//! A comment's last column says how much longer it takes than a quarter of it: 4 where the work grows
//! with the text, 16 where it grows with its square. Exact numbers, the same on each machine, come
//! from counting instructions at two lengths:
//!
//! ```sh
//! cargo bench -p sandbox --bench requests --no-run    # prints the program's path
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null PROGRAM read 'nested elements' 16384
//! ```
//!
//! A request runs through `runtime::respond` with the real function, warm, over real HTTP without TLS,
//! to a HubSpot, a Slack and a DynamoDB of this machine. Leave `RUST_BACKTRACE` unset, as Lambda does: errors
//! that carry a trace are dear. Where `cargo build --release -p validate-comment -p assign-lane -p sweep` left
//! them, the functions' own processes are measured too, from outside: their size, start, memory, requests.

mod answers;
mod comments;
mod meter;
mod process;

use std::process::ExitCode;

use escalation::procedure::comment::{Body, Labels, read};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["read", name, characters] => return read_once(name, characters),
        // `cargo test --all-targets` only asks whether it runs.
        arguments if !arguments.contains(&"--bench") => println!("measures under `cargo bench`"),
        _ => {
            comments::print();
            answers::print();
            process::print();
        }
    }
    ExitCode::SUCCESS
}

/// Reads one comment once, for a tool that counts.
fn read_once(name: &str, characters: &str) -> ExitCode {
    let text = characters.parse().ok().and_then(|it| comments::hostile(name, it));
    let Some(text) = text else {
        let known: Vec<_> = comments::names().collect();
        eprintln!("read NAME CHARACTERS, where NAME is one of: {}", known.join(", "));
        return ExitCode::FAILURE;
    };
    std::hint::black_box(read(Body::Html(&text), &Labels::shipped()));
    ExitCode::SUCCESS
}
