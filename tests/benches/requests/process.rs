//! The released functions as processes of their own: their size, their start and their memory.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sandbox::host::Report;
use sandbox::product::{Product, SWEEP, Setup};
use sandbox::world::hubspot::limit::Limits;

use crate::answers::{ASSIGN, CHECK, COMPLETE, hire, open, ticket};
use crate::meter::{mark, median, micros};

const STARTS: usize = 15;
const REQUESTS: usize = 1_000;

const SIZE: u64 = 5_000_000;
const START: Duration = Duration::from_millis(3);
const MEMORY_KB: u64 = 15 * 1024;

/// What the processes cost of which there is a release.
pub fn print() {
    for name in [CHECK, ASSIGN, SWEEP] {
        let Some(program) = released(name) else {
            println!("No released {name}: `cargo build --release -p {name}` first to measure its process.");
            continue;
        };
        println!("The process of {name}, as released\n");
        let size = program.metadata().map(|it| it.len()).unwrap_or_default();
        println!("size                  {:>9} KB  of {} KB{}", size / 1000, SIZE / 1000, over(size > SIZE));
        if name != SWEEP {
            print_process(name, &program);
        }
        println!();
    }
}

/// What an action's process costs.
fn print_process(name: &str, program: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let reports = runtime.expect("threads to spare").block_on(reports(name, program));
    let (starts, warm) = reports.split_at(STARTS);
    let start = median(starts.iter().filter_map(|it| it.init_cpu).collect());
    let first = median(starts.iter().filter_map(|it| it.cpu).collect());
    let request = median(warm.iter().filter_map(|it| it.cpu).collect());
    let memory = |report: Option<&Report>| report.and_then(|it| it.max_memory_kb).unwrap_or_default();
    let (after_one, after_all) = (memory(starts.last()), memory(warm.last()));
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
fn released(name: &str) -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?.parent()?.parent()?.join(name);
    program.is_file().then_some(program)
}

/// One for each start, and then one for each request to the last process.
async fn reports(name: &str, program: &Path) -> Vec<Report> {
    let mut setup = Setup::of(program);
    setup.hubspot.limits = Limits { ten_secondly: usize::MAX, searches_per_second: usize::MAX, daily: usize::MAX };
    let product = Product::start(setup).await.expect("the world starts");
    hire(&product.world.hubspot);
    open(&product.world.slack);
    let ticket = ticket(&product.world.hubspot, COMPLETE);
    for run in 0..STARTS + REQUESTS {
        if run < STARTS {
            product.host.kill(name);
        }
        let answers = product.deliver(name, ticket, 1).await.expect("the host answers");
        assert_eq!(answers, [200]);
    }
    let reports = product.host.reports();
    product.finish();
    reports
}
