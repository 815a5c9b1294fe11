//! What was measured of one function.

use std::time::Duration;

use super::calls::Calls;
use super::{CALL, OWN};
use crate::host::Report;

/// What one function costs.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Bytes of what is deployed.
    pub size: u64,
    /// CPU time from exec to the first question for work.
    pub start: Duration,
    /// The most memory held, in KiB: after one request, and after all of them.
    pub memory_kb: (u64, u64),
    /// CPU time of a request.
    pub cpu: Duration,
    /// What it asks of others in so many requests.
    pub calls: Calls,
    /// How many requests that were.
    pub requests: usize,
    /// From being given a request until its answer: the median, and the 99th of a hundred.
    pub time: (Duration, Duration),
}

impl Figures {
    /// From the reports of so many starts, and of the requests to the last process after them; `None` where
    /// there is nothing of one kind.
    pub(super) fn of(size: u64, reports: &[Report], starts: usize, calls: &[Calls]) -> Option<Self> {
        let (cold, warm) = reports.split_at_checked(starts)?;
        let times = sorted(warm.iter().map(|it| it.duration));
        Some(Self {
            size,
            start: middle(&sorted(cold.iter().filter_map(|it| it.init_cpu)))?,
            memory_kb: (middle(&sorted(cold.iter().filter_map(|it| it.max_memory_kb)))?, warm.last()?.max_memory_kb?),
            cpu: middle(&sorted(warm.iter().filter_map(|it| it.cpu)))?,
            calls: Calls::sum(calls),
            requests: calls.len(),
            time: (middle(&times)?, *times.get((times.len() * 99).div_ceil(100) - 1)?),
        })
    }

    /// What the CPU of a request may be, by the calls that it makes.
    pub fn cpu_budget(&self) -> Duration {
        OWN + CALL.mul_f64(self.a_request(self.calls.all()))
    }

    /// How many of these there are for a request.
    pub fn a_request(&self, calls: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are not that many")]
        let mean = calls as f64 / self.requests.max(1) as f64;
        mean
    }
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values
}

fn middle<T: Copy>(sorted: &[T]) -> Option<T> {
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Ending;

    fn report(init_cpu: Option<u64>, cpu: u64, took: u64, memory: u64) -> Report {
        let micros = Duration::from_micros;
        Report {
            function: "a".into(),
            environment: String::new(),
            request_id: String::new(),
            ending: Ending::Answered,
            duration: micros(took),
            billed: micros(took),
            init: None,
            init_cpu: init_cpu.map(micros),
            cpu: Some(micros(cpu)),
            memory_mb: 256,
            max_memory_kb: Some(memory),
        }
    }

    #[test]
    fn starts_and_requests_are_told_apart() {
        let starts = [5, 1, 3].map(|it| report(Some(it), 900, 900, 4_000 + it));
        let requests = (1..=200).map(|it| report(None, it, 1_000 + it, 5_000 + it));
        let reports: Vec<Report> = starts.into_iter().chain(requests).collect();
        let calls = vec![Calls { reads: 2, table: 1, ..Calls::default() }; 200];
        let figures = Figures::of(7, &reports, 3, &calls).unwrap();
        assert_eq!((figures.start.as_micros(), figures.cpu.as_micros()), (3, 101));
        assert_eq!(figures.memory_kb, (4_003, 5_200));
        assert_eq!((figures.time.0.as_micros(), figures.time.1.as_micros()), (1_101, 1_198));
        assert_eq!((figures.a_request(figures.calls.reads), figures.cpu_budget().as_micros()), (2.0, 1_050));
    }

    #[test]
    fn nothing_measured_is_no_figure() {
        assert!(Figures::of(7, &[], 0, &[]).is_none());
        assert!(Figures::of(7, &[report(Some(1), 1, 1, 1)], 1, &[]).is_none());
    }
}
