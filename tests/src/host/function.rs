//! One function: its environments, and which of them takes a request.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use escalation::runtime::Clock;

use super::environment::Environment;
use super::invocation::{Completion, Served};
use super::log::{Journal, LogLine, Source};
use super::report::{Ending, Report, billed};
use super::{Failure, FunctionSpec, Serving, lock};

/// How much of a process's output explains why it did not start.
const LAST_LINES: usize = 20;

pub(super) struct Function {
    pub(super) spec: Arc<FunctionSpec>,
    clock: Clock,
    journal: Arc<Journal>,
    environments: Mutex<Vec<Arc<Environment>>>,
}

impl Function {
    pub(super) fn new(spec: FunctionSpec, clock: Clock, journal: Arc<Journal>) -> Self {
        Self { spec: Arc::new(spec), clock, journal, environments: Mutex::default() }
    }

    /// Runs the function once.
    pub(super) async fn invoke(&self, request_id: &str, event: Bytes) -> Result<Bytes, Failure> {
        loop {
            let environment = self.take(request_id)?;
            let starts = environment.init.get().is_none();
            let served = environment.serve(request_id, event.clone()).await;
            let (ending, result) = match &served {
                Served::NotTaken => continue,
                Served::NeverStarted(reason) => {
                    return Err(self.never_started(&environment, request_id, reason));
                }
                Served::Completed(Completion { result: Ok(answer), .. }) => (Ending::Answered, Ok(answer.clone())),
                Served::Completed(Completion { result: Err(error), .. }) => {
                    self.remark(&environment.name, request_id, error.clone());
                    (Ending::Failed, Err(Failure::Failed(error.clone())))
                }
                Served::Crashed { reason, .. } => {
                    self.remark(
                        &environment.name,
                        request_id,
                        format!("the process ended without an answer: {reason}"),
                    );
                    (Ending::Crashed, Err(Failure::Crashed(reason.clone())))
                }
                Served::TimedOut { after } => {
                    self.remark(
                        &environment.name,
                        request_id,
                        format!("timed out after {:.2} seconds", after.as_secs_f64()),
                    );
                    (Ending::TimedOut, Err(Failure::TimedOut))
                }
            };
            self.report(&environment, request_id, ending, starts, served);
            environment.busy.store(false, Ordering::SeqCst);
            return result;
        }
    }

    /// A warm environment that is free, else a new one, else none.
    fn take(&self, request_id: &str) -> Result<Arc<Environment>, Failure> {
        let mut environments = lock(&self.environments);
        environments.retain(|it| !it.is_over());
        if let Some(free) = environments.iter().find(|it| !it.busy.swap(true, Ordering::SeqCst)) {
            return Ok(free.clone());
        }
        if environments.len() >= self.spec.max_environments {
            return Err(Failure::Throttled);
        }
        let started = Environment::start(&self.spec, &self.clock, &self.journal).map_err(|error| {
            let reason = format!("cannot start {}: {error}", self.spec.program.display());
            self.remark("", request_id, reason.clone());
            Failure::NeverStarted(reason)
        })?;
        environments.push(started.clone());
        Ok(started)
    }

    fn never_started(&self, environment: &Environment, request_id: &str, reason: &str) -> Failure {
        let last_words = self.journal.last_words(&environment.name, LAST_LINES);
        let reason = format!("init failed: {reason}; last words: {last_words}");
        self.remark(&environment.name, request_id, reason.clone());
        Failure::NeverStarted(reason)
    }

    fn report(&self, environment: &Environment, request_id: &str, ending: Ending, starts: bool, served: Served) {
        let (duration, cpu, max_memory_kb) = match served {
            Served::Completed(it) => (it.duration, it.cpu, it.max_memory_kb),
            Served::Crashed { after, .. } | Served::TimedOut { after } => (after, None, None),
            Served::NeverStarted(_) | Served::NotTaken => (Duration::ZERO, None, None),
        };
        let init = environment.init.get().filter(|_| starts);
        let init_duration = init.map(|it| it.duration);
        self.journal.report(Report {
            function: self.spec.name.clone(),
            environment: environment.name.clone(),
            request_id: request_id.to_owned(),
            ending,
            duration,
            billed: billed(duration, init_duration),
            init: init_duration,
            init_cpu: init.and_then(|it| it.cpu),
            cpu,
            memory_mb: self.spec.memory_mb,
            max_memory_kb,
        });
    }

    /// Puts a line of the host's own into the function's log.
    pub(super) fn remark(&self, environment: &str, request_id: &str, text: String) {
        self.journal.say(LogLine {
            function: self.spec.name.clone(),
            environment: environment.to_owned(),
            request_id: Some(request_id.to_owned()),
            source: Source::Platform,
            text,
        });
    }

    /// Kills every living environment that `wanted` picks, and says how many.
    pub(super) fn kill(&self, wanted: impl Fn(&Environment) -> bool) -> usize {
        let environments = lock(&self.environments);
        let doomed = environments.iter().filter(|it| !it.is_over() && wanted(it));
        doomed.map(|it| it.kill()).count()
    }

    /// What its environments are at work on.
    pub(super) fn serving(&self) -> Vec<Serving> {
        lock(&self.environments).iter().filter(|it| !it.is_over()).filter_map(|it| it.serving()).collect()
    }
}
