//! One execution environment: a process that serves one request at a time.

use std::io;
use std::process::{ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::body::Bytes;
use escalation::runtime::Clock;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::log::{Journal, LogLine, Source};
use super::{FunctionSpec, REGION, Serving, fresh_id, lock, runtime_api};

/// Lambda's limit on the init phase.
/// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib>
const INIT_LIMIT: Duration = Duration::from_secs(10);

/// A longer line is logged in pieces, as CloudWatch does with an event over 256 KB.
const LINE_LIMIT: u64 = 256 * 1024;

/// How long a dead process's output may stay open: a grandchild may still hold the pipe.
const LAST_WORDS: Duration = Duration::from_secs(1);

pub(super) struct Environment {
    /// Its log stream's name, which names it everywhere.
    pub(super) name: String,
    pub(super) spec: Arc<FunctionSpec>,
    pub(super) clock: Clock,
    pub(super) pid: u32,
    pub(super) started: Instant,
    /// Set when the process first asks for work.
    pub(super) init: OnceLock<Init>,
    /// What the process said when it could not start.
    pub(super) init_error: OnceLock<String>,
    pub(super) inbox: tokio::sync::Mutex<mpsc::Receiver<Invocation>>,
    outbox: mpsc::Sender<Invocation>,
    pub(super) in_flight: Mutex<Option<InFlight>>,
    /// Taken by a request, from choosing it until its answer.
    pub(super) busy: AtomicBool,
    child: Mutex<Child>,
    /// Closes when the host dies, however it dies: `sandbox function` ends itself then.
    _lifeline: Option<ChildStdin>,
    killed: AtomicBool,
    gone: watch::Sender<Option<String>>,
    journal: Arc<Journal>,
}

/// How the start went.
#[derive(Clone, Copy)]
pub(super) struct Init {
    pub(super) duration: Duration,
    pub(super) cpu: Option<Duration>,
}

/// One event on its way to the process.
pub(super) struct Invocation {
    pub(super) request_id: String,
    pub(super) event: Bytes,
    pub(super) begun: oneshot::Sender<Instant>,
    pub(super) reply: oneshot::Sender<Completion>,
}

/// The event the process is at work on.
pub(super) struct InFlight {
    pub(super) request_id: String,
    pub(super) event: Bytes,
    pub(super) reply: oneshot::Sender<Completion>,
    pub(super) begun: Instant,
    pub(super) cpu_before: Option<Duration>,
}

/// What the process made of an event.
pub(super) struct Completion {
    /// The function's answer, or its own error in its own words.
    pub(super) result: Result<Bytes, String>,
    pub(super) duration: Duration,
    pub(super) cpu: Option<Duration>,
    pub(super) max_memory_kb: Option<u64>,
}

/// What became of an event handed to an environment.
pub(super) enum Served {
    Completed(Completion),
    Crashed { reason: String, after: Duration },
    TimedOut { after: Duration },
    /// The process never asked for work.
    NeverStarted(String),
    /// A process that had served before ended before it took this event: another one may.
    NotTaken,
}

impl Environment {
    /// Starts a process.
    pub(super) fn start(spec: &Arc<FunctionSpec>, clock: &Clock, journal: &Arc<Journal>) -> io::Result<Arc<Self>> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let name = format!("{}/[$LATEST]{}", clock.now().strftime("%Y/%m/%d"), fresh_id().replace('-', ""));
        let mut child = command(spec, &name, &listener.local_addr()?.to_string()).spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (outbox, inbox) = mpsc::channel(1);
        let environment = Arc::new(Self {
            name,
            spec: spec.clone(),
            clock: clock.clone(),
            pid: child.id().ok_or_else(|| io::Error::other("the process ended at once"))?,
            started: Instant::now(),
            init: OnceLock::new(),
            init_error: OnceLock::new(),
            inbox: inbox.into(),
            outbox,
            in_flight: Mutex::default(),
            busy: AtomicBool::new(true),
            _lifeline: child.stdin.take(),
            child: Mutex::new(child),
            killed: AtomicBool::new(false),
            gone: watch::Sender::default(),
            journal: journal.clone(),
        });
        let server = tokio::spawn(runtime_api::serve(TcpListener::from_std(listener)?, environment.clone()));
        let readers = [
            tokio::spawn(listen(environment.clone(), stdout)),
            tokio::spawn(listen(environment.clone(), stderr)),
        ];
        tokio::spawn(supervise(environment.clone(), readers, server));
        Ok(environment)
    }

    /// Hands an event over and waits for what becomes of it, within the limits.
    pub(super) async fn serve(&self, request_id: &str, event: Bytes) -> Served {
        let was_ready = self.init.get().is_some();
        let (begun, has_begun) = oneshot::channel();
        let (reply, answer) = oneshot::channel();
        let invocation = Invocation { request_id: request_id.to_owned(), event, begun, reply };
        if self.outbox.send(invocation).await.is_err() {
            return Served::NotTaken;
        }
        let limit = if was_ready { self.spec.time_limit } else { INIT_LIMIT };
        let begun = tokio::select! {
            biased;
            Ok(begun) = has_begun => begun,
            reason = self.gone() => return self.not_begun(was_ready, reason),
            () = tokio::time::sleep(limit) => {
                self.kill();
                let reason = self.gone().await;
                return self.not_begun(was_ready, format!("did not ask for work within {limit:?}; {reason}"));
            }
        };
        tokio::select! {
            biased;
            Ok(completion) = answer => Served::Completed(completion),
            reason = self.gone() => Served::Crashed { reason, after: begun.elapsed() },
            () = tokio::time::sleep_until(begun + self.spec.time_limit) => {
                let after = begun.elapsed();
                self.kill();
                self.gone().await;
                Served::TimedOut { after }
            }
        }
    }

    fn not_begun(&self, was_ready: bool, reason: String) -> Served {
        // The process may have been ready by the time it was killed; it still took no event.
        match self.init_error.get() {
            _ if was_ready => Served::NotTaken,
            Some(error) => Served::NeverStarted(format!("{error}; {reason}")),
            None => Served::NeverStarted(reason),
        }
    }

    /// Ends the process with SIGKILL. The signal is on its way when this returns: the process runs
    /// no further instruction of its own.
    pub(super) fn kill(&self) {
        self.killed.store(true, Ordering::SeqCst);
        // An error means that the process has ended already.
        let _ = lock(&self.child).start_kill();
    }

    /// Whether no request may be given to it any more.
    pub(super) fn is_over(&self) -> bool {
        self.killed.load(Ordering::SeqCst) || self.gone.borrow().is_some()
    }

    /// The request it serves now.
    pub(super) fn request_id(&self) -> Option<String> {
        lock(&self.in_flight).as_ref().map(|it| it.request_id.clone())
    }

    /// What it serves now.
    pub(super) fn serving(&self) -> Option<Serving> {
        let in_flight = lock(&self.in_flight);
        let work = in_flight.as_ref()?;
        Some(Serving {
            function: self.spec.name.clone(),
            request_id: work.request_id.clone(),
            pid: self.pid,
            event: work.event.clone(),
        })
    }

    /// How the process ended, once it has, and once its last words are in the log.
    async fn gone(&self) -> String {
        let mut gone = self.gone.subscribe();
        let reason = gone.wait_for(Option::is_some).await.expect("its sender lives in self");
        reason.clone().expect("waited for it")
    }

    pub(super) fn say(&self, source: Source, text: String) {
        self.journal.say(LogLine {
            function: self.spec.name.clone(),
            environment: self.name.clone(),
            request_id: self.request_id(),
            source,
            text,
        });
    }

    async fn exit(&self) -> io::Result<ExitStatus> {
        // Waiting must not hold the lock, or nobody could kill meanwhile.
        std::future::poll_fn(|context| {
            let mut child = lock(&self.child);
            let wait = std::pin::pin!(child.wait());
            wait.poll(context)
        })
        .await
    }
}

/// The process's environment is what Lambda defines, what the function was given, and nothing of ours.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
fn command(spec: &FunctionSpec, log_stream: &str, runtime_api: &str) -> Command {
    let mut command = Command::new(&spec.program);
    command.args(&spec.args).env_clear();
    #[expect(clippy::disallowed_methods, reason = "the one thing a function inherits")]
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
        .env("AWS_LAMBDA_FUNCTION_NAME", &spec.name)
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", spec.memory_mb.to_string())
        .env("AWS_LAMBDA_LOG_GROUP_NAME", format!("/aws/lambda/{}", spec.name))
        .env("AWS_LAMBDA_LOG_STREAM_NAME", log_stream)
        .env("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .env("AWS_REGION", REGION)
        .env("AWS_DEFAULT_REGION", REGION)
        .env("LANG", "en_US.UTF-8")
        .env("TZ", ":UTC")
        .env("_HANDLER", "bootstrap")
        .envs(spec.env.iter().map(|(name, value)| (name, value)))
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

/// Takes down what the process prints.
async fn listen(environment: Arc<Environment>, output: Option<impl AsyncRead + Unpin>) {
    let Some(output) = output else { return };
    let mut output = BufReader::new(output);
    let mut line = Vec::new();
    while let Ok(1..) = (&mut output).take(LINE_LIMIT).read_until(b'\n', &mut line).await {
        environment.say(Source::Function, String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
}

/// Waits for the process's end and lets everybody know.
async fn supervise(environment: Arc<Environment>, readers: [JoinHandle<()>; 2], server: JoinHandle<()>) {
    let reason = match environment.exit().await {
        Ok(status) => status.to_string(),
        Err(error) => format!("cannot be waited for: {error}"),
    };
    for reader in readers {
        let _ = timeout(LAST_WORDS, reader).await;
    }
    server.abort();
    environment.gone.send_replace(Some(reason));
}
