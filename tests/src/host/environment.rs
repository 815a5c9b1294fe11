//! One execution environment: a process that serves one request at a time.

use std::io;
use std::process::ExitStatus;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::body::Bytes;
use escalation::runtime::Clock;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, ChildStdin};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::invocation::{Completion, InFlight, Init, Invocation, Served};
use super::log::{Journal, LogLine, Source};
use super::{FunctionSpec, Serving, fresh_id, lock, process, runtime_api};

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

impl Environment {
    /// Starts a process.
    pub(super) fn start(spec: &Arc<FunctionSpec>, clock: &Clock, journal: &Arc<Journal>) -> io::Result<Arc<Self>> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let runtime_api = listener.local_addr()?.to_string();
        let name = log_stream(clock);
        let started = Instant::now();
        let mut child = process::command(spec, &name, &runtime_api).spawn()?;
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        let (outbox, inbox) = mpsc::channel(1);
        let environment = Arc::new(Self {
            name,
            spec: spec.clone(),
            clock: clock.clone(),
            pid: child.id().expect("it was not waited for yet"),
            started,
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
        let listener = TcpListener::from_std(listener)?;
        let server = tokio::spawn(runtime_api::serve(listener, environment.clone()));
        let output = tokio::spawn(listen(environment.clone(), stdout));
        let errors = tokio::spawn(listen(environment.clone(), stderr));
        tokio::spawn(supervise(environment.clone(), [output, errors], server));
        Ok(environment)
    }

    /// Hands an event over and waits for what becomes of it, within the limits.
    pub(super) async fn serve(&self, request_id: &str, event: Bytes) -> Served {
        let (reply, answer) = oneshot::channel();
        let begun = match self.hand_over(request_id, event, reply).await {
            Ok(begun) => begun,
            Err(served) => return served,
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

    /// Waits until the process has taken the event.
    async fn hand_over(
        &self,
        request_id: &str,
        event: Bytes,
        reply: oneshot::Sender<Completion>,
    ) -> Result<Instant, Served> {
        let was_ready = self.init.get().is_some();
        let limit = if was_ready { self.spec.time_limit } else { self.spec.init_limit };
        let request_id = request_id.to_owned();
        let (begun, has_begun) = oneshot::channel();
        let invocation = Invocation { request_id, event, begun, reply };
        if self.outbox.send(invocation).await.is_err() {
            return Err(Served::NotTaken);
        }
        tokio::select! {
            biased;
            Ok(begun) = has_begun => Ok(begun),
            reason = self.gone() => Err(self.not_taken(was_ready, reason)),
            () = tokio::time::sleep(limit) => {
                self.kill();
                let reason = self.gone().await;
                let reason = format!("did not ask for work within {limit:?}; {reason}");
                Err(self.not_taken(was_ready, reason))
            }
        }
    }

    fn not_taken(&self, was_ready: bool, reason: String) -> Served {
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

/// As Lambda names them, and unique.
fn log_stream(clock: &Clock) -> String {
    let day = clock.now().strftime("%Y/%m/%d");
    format!("{day}/[$LATEST]{}", fresh_id().replace('-', ""))
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
