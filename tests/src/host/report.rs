//! What one invocation cost, measured from outside the function's process.

use std::fmt;
use std::fs;
use std::time::Duration;

/// How an invocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The function answered.
    Answered,
    /// The function reported an error of its own.
    Failed,
    /// The process ended, or was killed, before it answered.
    Crashed,
    /// The time limit passed and the process was killed.
    TimedOut,
}

/// Lambda's `REPORT` line as values. What only Linux can tell is absent elsewhere, and where the
/// process was gone before it could be measured.
#[derive(Debug, Clone)]
pub struct Report {
    /// The function's name.
    pub function: String,
    /// The environment it ran in: Lambda's log stream.
    pub environment: String,
    /// The request, as in the answer's `apigw-requestid`.
    pub request_id: String,
    /// How it ended.
    pub ending: Ending,
    /// From handing the event to the process until its answer, its end or the limit.
    pub duration: Duration,
    /// What Lambda would bill: whole milliseconds, the start included where there was one.
    pub billed: Duration,
    /// From process start to its first question for work; only where this request started it.
    pub init: Option<Duration>,
    /// CPU time of that start.
    pub init_cpu: Option<Duration>,
    /// CPU time of the invocation.
    pub cpu: Option<Duration>,
    /// The function's configured memory.
    pub memory_mb: u32,
    /// The most memory the process ever held, in KiB.
    pub max_memory_kb: Option<u64>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "REPORT RequestId: {}\tDuration: {}", self.request_id, Millis(self.duration))?;
        write!(f, "\tBilled Duration: {} ms\tMemory Size: {} MB", self.billed.as_millis(), self.memory_mb)?;
        if let Some(memory) = self.max_memory_kb {
            write!(f, "\tMax Memory Used: {} MB", memory.div_ceil(1024))?;
        }
        if let Some(init) = self.init {
            write!(f, "\tInit Duration: {}", Millis(init))?;
        }
        if let Some(cpu) = self.cpu {
            write!(f, "\tCPU: {}", Millis(cpu))?;
        }
        Ok(())
    }
}

struct Millis(Duration);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} ms", self.0.as_secs_f64() * 1000.0)
    }
}

/// Since August 2025 Lambda bills the start too.
/// <https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/>
pub(super) fn billed(duration: Duration, init: Option<Duration>) -> Duration {
    let micros = (duration + init.unwrap_or_default()).as_micros();
    Duration::from_millis(u64::try_from(micros.div_ceil(1000)).unwrap_or(u64::MAX))
}

/// CPU time of a running process, all its threads together.
///
/// The scheduler's own count where the kernel keeps one (nanoseconds), else the clock ticks of
/// `stat`, which are too coarse for a single request. <https://man7.org/linux/man-pages/man5/proc.5.html>
pub(super) fn cpu(pid: u32) -> Option<Duration> {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).ok()?;
    let on_cpu = |thread: fs::DirEntry| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    let nanos: Option<u64> = threads.filter_map(Result::ok).map(on_cpu).sum();
    match nanos {
        Some(nanos) => Some(Duration::from_nanos(nanos)),
        None => ticks(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?),
    }
}

/// User and system time of a `stat` line. The name in brackets may hold anything, so count from its end.
fn ticks(stat: &str) -> Option<Duration> {
    const TICK: Duration = Duration::from_millis(10);
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(TICK * (user + system))
}

/// The most memory a running process ever held, in KiB.
pub(super) fn max_memory_kb(pid: u32) -> Option<u64> {
    high_water(&fs::read_to_string(format!("/proc/{pid}/status")).ok()?)
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_whole_milliseconds_and_the_start() {
        let micros = Duration::from_micros;
        assert_eq!(billed(micros(1000), None).as_millis(), 1);
        assert_eq!(billed(micros(1001), None).as_millis(), 2);
        assert_eq!(billed(micros(1500), Some(micros(1500))).as_millis(), 3);
    }

    #[test]
    fn reads_ticks_behind_a_name_with_brackets() {
        let stat = "7 (a) b (c)) S 1 7 7 0 -1 4194560 1 0 0 0 12 3 0 0 20 0 1 0 5 0 0";
        assert_eq!(ticks(stat), Some(Duration::from_millis(150)));
        assert_eq!(ticks("7 (a) S 1"), None);
    }

    #[test]
    fn reads_the_high_water_mark() {
        assert_eq!(high_water("VmPeak:\t 9 kB\nVmHWM:\t    5321 kB\nThreads:\t1\n"), Some(5321));
        assert_eq!(high_water("State:\tZ (zombie)\n"), None);
    }

    #[test]
    fn reads_as_lambdas_line_does() {
        let report = Report {
            function: "validate-comment".into(),
            environment: "2026/01/05/[$LATEST]0".into(),
            request_id: "8c42c6df".into(),
            ending: Ending::Answered,
            duration: Duration::from_micros(9114),
            billed: Duration::from_millis(18),
            init: Some(Duration::from_micros(8238)),
            init_cpu: None,
            cpu: None,
            memory_mb: 256,
            max_memory_kb: Some(6500),
        };
        let line = "REPORT RequestId: 8c42c6df\tDuration: 9.11 ms\tBilled Duration: 18 ms\tMemory Size: 256 MB\
                    \tMax Memory Used: 7 MB\tInit Duration: 8.24 ms";
        assert_eq!(report.to_string(), line);
    }
}
