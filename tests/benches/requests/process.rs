//! The released function as a process of its own: its size, its start and its memory.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sandbox::host::Report;
use sandbox::product::{Product, Setup};
use sandbox::world::hubspot::limit::Limits;

use crate::answers::{COMPLETE, hire, ticket};
use crate::meter::{mark, median, micros};

const NAME: &str = "validate-comment";
const STARTS: usize = 15;
const REQUESTS: usize = 1_000;

const SIZE: u64 = 5_000_000;
const START: Duration = Duration::from_millis(3);
const MEMORY_KB: u64 = 15 * 1024;

/// What the process costs, where there is one.
pub fn print() {
    let Some(program) = released() else {
        return println!("No released function: `cargo build --release -p {NAME}` first to measure its process.");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let reports = runtime.expect("threads to spare").block_on(reports(&program));
    let (starts, warm) = reports.split_at(STARTS);
    let size = program.metadata().map(|it| it.len()).unwrap_or_default();
    let start = median(starts.iter().filter_map(|it| it.init_cpu).collect());
    let first = median(starts.iter().filter_map(|it| it.cpu).collect());
    let request = median(warm.iter().filter_map(|it| it.cpu).collect());
    let memory = |report: Option<&Report>| report.and_then(|it| it.max_memory_kb).unwrap_or_default();
    let (after_one, after_all) = (memory(starts.last()), memory(warm.last()));
    println!("The process of {NAME}, as released\n");
    println!("size                  {:>9} KB  of {} KB{}", size / 1000, SIZE / 1000, over(size > SIZE));
    println!("CPU until it waits    {:>12}  of {}{}", micros(start), micros(START), mark(start, START));
    println!("CPU of a request      {:>12}  {} for the first", micros(request), micros(first));
    println!(
        "memory                {after_all:>9} KB  of {MEMORY_KB} KB after {REQUESTS} requests, {after_one} KB after one{}",
        over(after_all > MEMORY_KB)
    );
}

fn over(is_over: bool) -> &'static str {
    if is_over { "  OVER" } else { "" }
}

/// Beside the folder this very program is in.
fn released() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?.parent()?.parent()?.join(NAME);
    program.is_file().then_some(program)
}

/// One for each start, and then one for each request to the last process.
async fn reports(program: &Path) -> Vec<Report> {
    let mut setup = Setup::of(program);
    setup.hubspot.limits = Limits { ten_secondly: usize::MAX, searches_per_second: usize::MAX, daily: usize::MAX };
    let product = Product::start(setup).await.expect("the world starts");
    hire(&product.world.hubspot);
    let ticket = ticket(&product.world.hubspot, COMPLETE);
    for run in 0..STARTS + REQUESTS {
        if run < STARTS {
            product.host.kill(NAME);
        }
        let answers = product.deliver(NAME, ticket, 1).await.expect("the host answers");
        assert_eq!(answers, [200]);
    }
    let reports = product.host.reports();
    product.finish();
    reports
}
