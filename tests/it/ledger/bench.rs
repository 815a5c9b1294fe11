//! A ledger over a real DynamoDB, a clock that only moves when told, and a vendor with comments.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region};
use escalation::aws::Aws;
use escalation::http::Http;
use escalation::id::{PortalId, TicketId};
use escalation::ledger::{self, Done, Effect, Ledger, Look, Setback, Times, Unfinished};
use escalation::runtime::{Clock, Invocation};
use jiff::Timestamp;
use sandbox::dynamo::{Dynamo, Moment, REGION, Step};
use serde_json::{Value, json};

/// How long an invocation of the tests may take.
pub const LIMIT: Duration = Duration::from_secs(25);
/// From then on the lease of an invocation that began now is over.
pub const LEASE: Duration = Duration::from_secs(28);

pub struct Bench {
    pub dynamo: Dynamo,
    pub time: Time,
    pub vendor: Vendor,
    pub ledger: Ledger,
    pub effect: Effect,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(Times::default()).await
    }

    pub async fn with(times: Times) -> Self {
        let dynamo = dynamo().await;
        // In the future: a real DynamoDB collects what has expired by its own clock.
        let time = Time::at("2126-01-05T10:00:00Z");
        Self {
            ledger: Ledger::new(client(&dynamo, 3), dynamo.table(), times),
            vendor: Vendor::new(&time, Duration::ZERO),
            effect: feedback("42"),
            dynamo,
            time,
        }
    }

    /// A delivery that begins now.
    pub fn invocation(&self) -> Invocation {
        self.time.invocation()
    }

    /// A delivery that writes the comment and is told so.
    pub async fn visit(&self) -> Result<Done<String>, Unfinished> {
        self.act(async { Ok(self.vendor.write(self.effect.marker())) }).await
    }

    /// A delivery whose write to the vendor goes as `act` says.
    pub async fn act(&self, act: impl Future<Output = Result<String, Setback>>) -> Result<Done<String>, Unfinished> {
        let look_up = async { Ok(self.vendor.find(self.effect.marker())) };
        self.ledger.once(&self.effect, &self.invocation(), look_up, act).await
    }

    /// A visit that dies right after it has taken the effect, before it acts.
    pub async fn die(&self) {
        self.dynamo.forget();
        // Nothing that it writes after having taken the effect may still arrive.
        self.dynamo.plan(1, Moment::Before, Step::Hang);
        let act = self.act(std::future::pending());
        let taken = async {
            while self.dynamo.requests().is_empty() || self.item_of(self.effect.key()).await["st"]["S"] != "P" {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            answer = act => panic!("{answer:?}"),
            () = taken => {}
        }
        self.dynamo.forget();
    }

    /// The item of this key; null where there is none.
    pub async fn item_of(&self, key: &str) -> Value {
        let key = json!({ "TableName": self.dynamo.table(), "Key": { "pk": { "S": key } } });
        self.dynamo.call("GetItem", &key).await.unwrap()["Item"].take()
    }

    /// The one item of the table.
    pub async fn item(&self) -> Value {
        let mut items = self.dynamo.items().await.unwrap();
        assert_eq!(items.len(), 1, "{items:?}");
        items.remove(0)
    }

    /// Sets attributes of the effect's item from outside, as `{"st": {"S": "P"}}`.
    pub async fn set(&self, attributes: Value) {
        let mut item = attributes;
        item["pk"] = json!({ "S": self.effect.key() });
        let put = json!({ "TableName": self.dynamo.table(), "Item": item });
        self.dynamo.call("PutItem", &put).await.unwrap();
    }
}

pub fn feedback(ticket: &str) -> Effect {
    feedback_about(ticket, "blocker")
}

/// The same effect, defined by other fields.
pub fn feedback_about(ticket: &str, missing: &str) -> Effect {
    let fields = json!({ "missing": [missing] });
    let effect = Effect::new("feedback-comment", &["8675309", ticket, "1"], &fields).unwrap();
    effect.finished_by(look(ticket))
}

/// Who can finish what is unfinished on a ticket.
pub fn look(ticket: &str) -> Look {
    let inputs = json!({ "mode": "enforce", "lookback_days": null });
    Look::new("validate-comment", PortalId(8_675_309), TicketId(ticket.parse().unwrap()), &inputs).unwrap()
}

/// The embedded DynamoDB, or the one that `LEDGER_DYNAMODB_URL` names, with a table of its own.
#[expect(clippy::disallowed_methods, reason = "the tests can be held against another DynamoDB")]
pub async fn dynamo() -> Dynamo {
    match std::env::var("LEDGER_DYNAMODB_URL") {
        Ok(url) => {
            let unique = RandomState::new().build_hasher().finish();
            Dynamo::before(&url, &format!("state-{unique:016x}")).await.unwrap()
        }
        Err(_) => Dynamo::start().await.unwrap(),
    }
}

/// The client as production has it.
pub fn production_client(dynamo: &Dynamo) -> Client {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let aws = Aws { region: Region::from_static(REGION), credentials, endpoint: Some(dynamo.url().to_owned()) };
    ledger::client(aws, &Http::new())
}

/// A client that tries again at once and is patient with a busy machine. The SDK's budget of
/// retries is the whole process's; here no test may use up another's.
pub fn client(dynamo: &Dynamo, attempts: u32) -> Client {
    let retries = RetryConfig::standard().with_max_attempts(attempts).with_initial_backoff(Duration::from_millis(1));
    let patience = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(60)).build();
    let budget = RetryPartition::custom("tests").token_bucket(TokenBucket::unlimited()).build();
    let production = production_client(dynamo);
    let config = production.config().to_builder();
    let config = config.retry_config(retries).timeout_config(patience).retry_partition(budget);
    Client::from_conf(config.build())
}

/// The time of a test, in ms.
#[derive(Clone)]
pub struct Time(Arc<AtomicI64>);

impl Time {
    pub fn at(moment: &str) -> Self {
        let moment: Timestamp = moment.parse().unwrap();
        Self(Arc::new(AtomicI64::new(moment.as_millisecond())))
    }

    pub fn ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.ms()).unwrap()
    }

    pub fn pass(&self, duration: Duration) {
        self.0.fetch_add(i64::try_from(duration.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub fn clock(&self) -> Clock {
        let time = self.clone();
        Clock::new(move || Timestamp::from_millisecond(time.ms()).unwrap())
    }

    pub fn invocation(&self) -> Invocation {
        let clock = self.clock();
        let deadline = clock.now() + LIMIT;
        Invocation { clock, deadline, request_id: "test".to_owned() }
    }
}

/// A vendor that keeps comments and shows them to a search after a while.
#[derive(Clone)]
pub struct Vendor {
    time: Time,
    lag: Duration,
    comments: Arc<Mutex<Vec<Comment>>>,
}

struct Comment {
    marker: String,
    visible_at: i64,
}

impl Vendor {
    pub fn new(time: &Time, lag: Duration) -> Self {
        Self { time: time.clone(), lag, comments: Arc::default() }
    }

    pub fn write(&self, marker: &str) -> String {
        self.write_later(marker, Duration::ZERO)
    }

    /// Takes a request that is applied only after `delay`.
    pub fn write_later(&self, marker: &str, delay: Duration) -> String {
        let applied_at = self.time.ms() + i64::try_from(delay.as_millis()).unwrap();
        let visible_at = applied_at + i64::try_from(self.lag.as_millis()).unwrap();
        let mut comments = self.comments.lock().unwrap();
        comments.push(Comment { marker: marker.to_owned(), visible_at });
        format!("comment-{}", comments.len())
    }

    pub fn find(&self, marker: &str) -> Option<String> {
        let comments = self.comments.lock().unwrap();
        let found = comments.iter().position(|it| it.marker == marker && it.visible_at <= self.time.ms())?;
        Some(format!("comment-{}", found + 1))
    }

    /// How many comments there are or will be.
    pub fn count(&self) -> usize {
        self.comments.lock().unwrap().len()
    }
}
