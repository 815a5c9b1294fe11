//! A host for Lambda functions on this machine: runs them as real processes against the Runtime API,
//! behind an HTTP front that behaves like API Gateway's HTTP API.

mod config;
mod environment;
mod event;
mod front;
mod function;
mod invocation;
mod log;
pub mod probe;
mod process;
mod report;
mod runtime_api;

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::Context;
use axum::body::Bytes;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use function::Function;
use log::Journal;

pub use config::{FunctionSpec, HostConfig};
pub use log::{LogLine, Source};
pub use process::end_with_the_host;
pub use report::{Ending, Report};

const REGION: &str = "eu-west-1";
const ACCOUNT: &str = "123456789012";

/// The most an event or an answer may hold.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
const PAYLOAD_LIMIT: usize = 6 * 1024 * 1024;

/// Why a function gave no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no function of that name.
    NoSuchFunction,
    /// All environments are busy and there may be no more.
    Throttled,
    /// The process did not get as far as asking for work.
    NeverStarted(String),
    /// The function reported this error of its own.
    Failed(String),
    /// The process ended or was killed before it answered.
    Crashed(String),
    /// The time limit passed; the process was killed.
    TimedOut,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchFunction => f.write_str("no such function"),
            Self::Throttled => f.write_str("all environments are busy"),
            Self::NeverStarted(reason) => f.write_str(reason),
            Self::Failed(error) => write!(f, "the function failed: {error}"),
            Self::Crashed(reason) => write!(f, "the process ended without an answer: {reason}"),
            Self::TimedOut => f.write_str("the time limit passed"),
        }
    }
}

impl std::error::Error for Failure {}

/// A request that a process is at work on.
#[derive(Debug, Clone)]
pub struct Serving {
    /// The function's name.
    pub function: String,
    /// The request; the caller's answer will carry it as `apigw-requestid`.
    pub request_id: String,
    /// The process.
    pub pid: u32,
    /// The event it was given.
    pub event: Bytes,
}

/// A running host. Dropping it ends the front and kills every process.
pub struct Host {
    address: SocketAddr,
    functions: Arc<[Function]>,
    journal: Arc<Journal>,
    front: JoinHandle<()>,
}

impl Host {
    /// Starts on a free port of this machine.
    pub async fn start(config: HostConfig) -> anyhow::Result<Self> {
        Self::start_on(TcpListener::bind("127.0.0.1:0").await?, config)
    }

    /// Starts on `listener`: for those who must know the address before there is a host.
    pub fn start_on(listener: TcpListener, config: HostConfig) -> anyhow::Result<Self> {
        config.check()?;
        let address = listener.local_addr().context("address of the host's front")?;
        let journal = Arc::new(Journal::default());
        let host = |spec| Function::new(spec, config.clock.clone(), journal.clone());
        let functions: Arc<[Function]> = config.functions.into_iter().map(host).collect();
        let front = front::Front { functions: functions.clone(), clock: config.clock, domain: config.domain };
        let front = tokio::spawn(front::serve(listener, front));
        Ok(Self { address, functions, journal, front })
    }

    /// Where the front listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs a function once, past the front: what a schedule does.
    pub async fn invoke(&self, function: &str, event: impl Into<Bytes>) -> Result<Bytes, Failure> {
        let function = self.functions.iter().find(|it| it.spec.name == function).ok_or(Failure::NoSuchFunction)?;
        function.invoke(&fresh_id(), event.into()).await
    }

    /// Kills every process of a function with SIGKILL, idle or at work, and says how many.
    ///
    /// Never waits, so it can be called from within an outbound call of that function: when it
    /// returns, the process runs no further instruction, and whoever waits for its answer is about
    /// to get a 500.
    pub fn kill(&self, function: &str) -> usize {
        self.functions.iter().filter(|it| it.spec.name == function).map(|it| it.kill(|_| true)).sum()
    }

    /// Kills the process that serves this request, as [`Host::kill`] does; false if none does.
    pub fn kill_request(&self, request_id: &str) -> bool {
        let serves_it = |it: &environment::Environment| it.request_id().as_deref() == Some(request_id);
        self.functions.iter().any(|it| it.kill(serves_it) > 0)
    }

    /// What is being worked on right now.
    pub fn serving(&self) -> Vec<Serving> {
        self.functions.iter().flat_map(|it| it.serving()).collect()
    }

    /// What the functions printed and the host remarked, oldest first. A line that a function prints
    /// just before its answer may arrive just after it: see [`Host::logged`].
    pub fn logs(&self) -> Vec<LogLine> {
        self.journal.lines()
    }

    /// Waits until there is such a line in the log.
    pub async fn logged(&self, wanted: impl Fn(&LogLine) -> bool) -> LogLine {
        self.journal.said(wanted).await
    }

    /// One report for each invocation that reached a function, oldest first.
    pub fn reports(&self) -> Vec<Report> {
        self.journal.reports()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.front.abort();
        for function in self.functions.iter() {
            function.kill(|_| true);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("nothing panics while it holds a lock of the host")
}

/// A random id in the form of AWS's request ids, a version 4 UUID.
fn fresh_id() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    // The standard library seeds these from the system's random numbers.
    let random = || RandomState::new().hash_one(COUNT.fetch_add(1, Ordering::Relaxed));
    let (high, low) = (random(), random());
    let (first, second, third) = (high >> 32, high >> 16 & 0xffff, high & 0xfff);
    let (fourth, fifth) = (low >> 48 & 0x3fff | 0x8000, low & 0xffff_ffff_ffff);
    format!("{first:08x}-{second:04x}-4{third:03x}-{fourth:04x}-{fifth:012x}")
}
