//! What a piece of work costs the thread that does it.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What one run costs: the median of several, apart from `least`.
pub struct Cost {
    /// CPU time of this thread alone, whatever else the machine does.
    pub cpu: Duration,
    /// The same of the quickest run: what a busy machine distorts least.
    pub least: Duration,
    /// How often memory was asked for.
    pub allocations: u64,
    /// How many bytes in all.
    pub bytes: u64,
    /// The most bytes that were held at once.
    pub peak: u64,
}

/// Does the work so many times, after `prepare` each time, which is not counted.
pub fn measure<S, T>(runs: usize, mut prepare: impl FnMut() -> S, mut work: impl FnMut(S) -> T) -> Cost {
    let (mut cpu, mut counts, mut bytes, mut peaks) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        let ready = prepare();
        let mut spent = Duration::ZERO;
        let memory = allocation_counter::measure(|| {
            let begun = on_cpu();
            std::hint::black_box(work(ready));
            spent = on_cpu() - begun;
        });
        cpu.push(spent);
        counts.push(memory.count_total);
        bytes.push(memory.bytes_total);
        peaks.push(memory.bytes_max);
    }
    let least = cpu.iter().min().copied().unwrap_or_default();
    Cost { cpu: median(cpu), least, allocations: median(counts), bytes: median(bytes), peak: median(peaks) }
}

fn on_cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("CPU time is never negative")
}

/// The middle one.
pub fn median<T: Ord + Copy + Default>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// `over` where the cost is beyond the budget, for a person who looks down the column.
pub fn mark(cost: Duration, budget: Duration) -> &'static str {
    if cost > budget { "  OVER" } else { "" }
}

pub fn micros(time: Duration) -> String {
    format!("{} µs", time.as_micros())
}

pub fn kilobytes(bytes: u64) -> String {
    format!("{} KB", bytes.div_ceil(1024))
}
