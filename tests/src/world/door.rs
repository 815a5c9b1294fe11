//! The HTTP side every stand-in shares: a port of its own, faults, hooks, the journal and the contract.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{Method, Response};
use escalation::runtime::Clock;
use serde_json::Value;
use tokio::net::TcpListener;

use super::call::{Answer, Call, Target};
use super::contract::Contract;
use super::fault::{Effect, Fault, Faults};
use super::journal::{Exchange, Journal};
use super::line::{Cut, Lines};
use super::violations::Violations;

/// No vendor takes more in one request.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// A secret that travels in an address: the journal is without it.
const KEY: &str = "hapikey";

type Hook = Arc<dyn Fn(Target) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

struct Inside {
    vendor: &'static str,
    clock: Clock,
    answer: Box<dyn Fn(&Call) -> Answer + Send + Sync>,
    journal: Journal,
    faults: Faults,
    before: Mutex<Option<Hook>>,
    after: Mutex<Option<Hook>>,
    violations: Violations,
}

/// A stand-in's port. Closes when dropped.
pub struct Door {
    inside: Arc<Inside>,
    base_url: String,
    listening: tokio::task::AbortHandle,
}

impl Door {
    /// Opens a port of this machine, any free one where it is 0; `answer` is the vendor.
    pub async fn open(
        vendor: &'static str,
        port: u16,
        clock: Clock,
        violations: Violations,
        answer: impl Fn(&Call) -> Answer + Send + Sync + 'static,
    ) -> anyhow::Result<Self> {
        let inside = Arc::new(Inside {
            vendor,
            clock,
            answer: Box::new(answer),
            journal: Journal::default(),
            faults: Faults::default(),
            before: Mutex::default(),
            after: Mutex::default(),
            violations,
        });
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let app = Router::new().fallback(serve).with_state(Arc::clone(&inside));
        let server = axum::serve(Lines(listener), app.into_make_service_with_connect_info::<Cut>());
        let listening = tokio::spawn(server.into_future()).abort_handle();
        Ok(Self { inside, base_url, listening })
    }

    /// Where it listens, without a last slash.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Every call so far.
    pub fn journal(&self) -> &Journal {
        &self.inside.journal
    }

    /// Every call so far, copied.
    pub fn calls(&self) -> Vec<Exchange> {
        self.inside.journal.all()
    }

    /// Breaks something.
    pub fn inject(&self, fault: Fault) {
        self.inside.faults.add(fault);
    }

    /// Repairs everything.
    pub fn heal(&self) {
        self.inside.faults.heal();
    }

    /// Runs before each call takes effect; the call waits for it.
    pub fn before_each<F: Future<Output = ()> + Send + 'static>(
        &self,
        hook: impl Fn(Target) -> F + Send + Sync + 'static,
    ) {
        let hook: Hook = Arc::new(move |target| Box::pin(hook(target)));
        *self.inside.before.lock().unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }

    /// Runs after each call took effect and before its answer is sent; the answer waits for it.
    pub fn after_each<F: Future<Output = ()> + Send + 'static>(
        &self,
        hook: impl Fn(Target) -> F + Send + Sync + 'static,
    ) {
        let hook: Hook = Arc::new(move |target| Box::pin(hook(target)));
        *self.inside.after.lock().unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn serve(
    State(inside): State<Arc<Inside>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    request: Request,
) -> Response<Body> {
    // Somebody opens a connection ahead of what it will ask.
    if request.method() == Method::HEAD && request.uri().path() == "/" {
        return Answer::empty(200).into_response(0);
    }
    // A caller that hangs up does not undo what the vendor is doing.
    let work = tokio::spawn(async move {
        let call = read(&inside.clock, request).await;
        inside.handle(&call, &cut).await
    });
    work.await.unwrap_or_else(|_| Answer::empty(500).into_response(0))
}

async fn read(clock: &Clock, request: Request) -> Call {
    let at = clock.now();
    let (head, body) = request.into_parts();
    let query = Query::try_from_uri(&head.uri).map(|Query(it)| it).unwrap_or_default();
    Call {
        at,
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query,
        headers: head.headers,
        body: to_bytes(body, BODY_LIMIT).await.unwrap_or_default(),
    }
}

impl Inside {
    async fn handle(&self, call: &Call, cut: &Cut) -> Response<Body> {
        let started = Instant::now();
        run(&self.before, call).await;
        let effect = self.faults.take(&call.method, &call.path);
        let (answer, applied) = match &effect {
            Some(Effect::Refuse(refusal)) => (refusal.clone(), false),
            Some(Effect::RefuseBy(refusal)) => (refusal(call), false),
            Some(Effect::CutBefore) => (Answer::empty(503), false),
            Some(Effect::ApplyThenRefuse(refusal)) => {
                (self.answer)(call);
                (refusal.clone(), true)
            }
            _ => ((self.answer)(call), true),
        };
        self.record(call, &answer, effect.as_ref(), applied, started.elapsed());
        run(&self.after, call).await;
        let mut length = usize::MAX;
        match effect {
            Some(Effect::CutBefore | Effect::CutAfter) => cut.now(),
            Some(Effect::Delay(delay)) => tokio::time::sleep(delay).await,
            Some(Effect::Truncate) => length = answer.bytes().len() / 2,
            _ => {}
        }
        answer.into_response(length)
    }

    fn record(&self, call: &Call, answer: &Answer, effect: Option<&Effect>, applied: bool, took: Duration) {
        let delay = match effect {
            Some(Effect::Delay(delay)) => *delay,
            _ => Duration::ZERO,
        };
        let exchange = Exchange {
            at: call.at,
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.iter().filter(|it| it.0 != KEY).cloned().collect(),
            request: body_of(&call.body),
            status: answer.status,
            response: answer.body.clone(),
            duration: took + delay,
            fault: effect.map(Effect::name),
            applied,
            built: answer.built,
        };
        if !answer.built {
            let Exchange { method, path, .. } = &exchange;
            self.violations.add(vec![format!("{method} {path}: this stand-in has no such endpoint")]);
        }
        if let Some(contract) = Contract::of_process() {
            self.violations.add(contract.check(self.vendor, &exchange));
        }
        self.journal.add(exchange);
    }
}

async fn run(hook: &Mutex<Option<Hook>>, call: &Call) {
    let hook = hook.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some(hook) = hook {
        hook(Target { method: call.method.clone(), path: call.path.clone() }).await;
    }
}

fn body_of(bytes: &[u8]) -> Value {
    match bytes {
        [] => Value::Null,
        bytes => serde_json::from_slice(bytes).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into()),
    }
}
