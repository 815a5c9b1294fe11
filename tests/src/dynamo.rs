//! DynamoDB on this machine: an embedded one on a port of its own, and in front of it a door that
//! records every request and can lose it, hold it or answer it with an error.

mod door;

use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use door::{Door, Hook, Message, Seen, exchange, joined, serve};

/// Where its table is, as far as a DynamoDB on this machine minds: the value of `AWS_REGION`.
pub const REGION: &str = "eu-central-1";

/// One call of the DynamoDB API.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Which of the calls, as `UpdateItem`.
    pub operation: String,
    /// Its parameters.
    pub body: Value,
}

/// On which side of its effect a request is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// It has arrived and nothing has happened.
    Before,
    /// It is applied and not yet answered.
    After,
}

/// What happens to a request next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It goes on.
    Pass,
    /// It is answered with this status and error code.
    Refuse(u16, &'static str),
    /// The connection closes without an answer.
    Drop,
    /// No answer comes, and the connection stays open.
    Hang,
}

impl Step {
    /// Too many requests for the table, says DynamoDB.
    pub const THROTTLE: Self = Self::Refuse(400, "ProvisionedThroughputExceededException");
    /// DynamoDB itself is in trouble.
    pub const FAIL: Self = Self::Refuse(500, "InternalServerError");
}

/// A DynamoDB with one table, behind a door.
#[derive(Clone)]
pub struct Dynamo {
    url: String,
    table: String,
    door: Arc<Door>,
    /// Ends everything that serves when the last copy goes.
    _tasks: Arc<Mutex<JoinSet<()>>>,
}

impl Dynamo {
    /// Starts an embedded DynamoDB that holds the table `state`.
    pub async fn start() -> anyhow::Result<Self> {
        Self::start_at(0).await
    }

    /// The same at a port of one's own; any free one where it is 0.
    pub async fn start_at(port: u16) -> anyhow::Result<Self> {
        let database = dynoxide::Database::memory().map_err(|error| anyhow!("{error}"))?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let upstream = listener.local_addr()?.to_string();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            dynoxide::server::serve_on(listener, database).await;
        });
        Self::open(port, upstream, "state", tasks).await
    }

    /// Opens a door in front of the DynamoDB at `url` (plain http) and creates `table` there.
    pub async fn before(url: &str, table: &str) -> anyhow::Result<Self> {
        let upstream = url.strip_prefix("http://").with_context(|| format!("{url} is not a plain http address"))?;
        Self::open(0, upstream.trim_end_matches('/').to_owned(), table, JoinSet::new()).await
    }

    async fn open(port: u16, upstream: String, table: &str, mut tasks: JoinSet<()>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let door = Arc::new(Door { upstream, seen: Mutex::default(), hook: Mutex::default() });
        tasks.spawn(serve(listener, Arc::clone(&door)));
        let dynamo = Self { url, table: table.to_owned(), door, _tasks: Arc::new(Mutex::new(tasks)) };
        dynamo.create_table().await?;
        Ok(dynamo)
    }

    /// Where functions reach it: the value of `AWS_ENDPOINT_URL_DYNAMODB`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The name of its table: the value of `STATE_TABLE`.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// Every request that came through the door since it opened or since [`Self::forget`].
    pub fn requests(&self) -> Vec<Request> {
        self.seen().requests.clone()
    }

    /// Starts the list of requests, and the count for [`Self::plan`], anew.
    pub fn forget(&self) {
        *self.seen() = Seen::default();
    }

    /// Does `step` to the request at `index` (from 0) of [`Self::requests`].
    pub fn plan(&self, index: usize, moment: Moment, step: Step) {
        self.seen().plan.insert((index, moment), step);
    }

    /// Whether a request met [`Step::Hang`]: the moment to kill who waits for it.
    pub fn is_hanging(&self) -> bool {
        self.seen().hanging
    }

    /// Asks `hook` about every request at both moments: a host can kill a process there, a test can
    /// let another caller go first. What [`Self::plan`] says comes first.
    pub fn on_request<F>(&self, hook: impl Fn(Request, Moment) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Step> + Send + 'static,
    {
        let hook: Hook = Arc::new(move |request, moment| Box::pin(hook(request, moment)));
        *self.door.hook.lock().expect("nothing panics while it holds the hook") = Some(hook);
    }

    /// When the first on the ledger's agenda is due, in ms since 1970.
    pub async fn first_due(&self) -> anyhow::Result<Option<i64>> {
        let first = json!({
            "TableName": self.table(),
            "IndexName": "agenda",
            "KeyConditionExpression": "ag = :ag",
            "ExpressionAttributeValues": { ":ag": { "S": "open" } },
            "Limit": 1,
        });
        let shown = self.call("Query", &first).await?;
        Ok(shown["Items"][0]["due"]["N"].as_str().and_then(|it| it.parse().ok()))
    }

    /// Calls the DynamoDB behind the door; the call is neither recorded nor met.
    pub async fn call(&self, operation: &str, body: &Value) -> anyhow::Result<Value> {
        let date = "20260101";
        let message = Message {
            head: format!(
                "POST / HTTP/1.1
x-amz-target: DynamoDB_20120810.{operation}
\
                 content-type: application/x-amz-json-1.0
x-amz-date: {date}T000000Z
\
                 authorization: AWS4-HMAC-SHA256 \
                 Credential=sandbox/{date}/{REGION}/dynamodb/aws4_request, \
                 SignedHeaders=host;x-amz-date;x-amz-target, Signature=00
"
            ),
            body: body.to_string().into_bytes(),
        };
        let answer = exchange(&self.door.upstream, &message).await?;
        let mut answer = Message::split(&answer)?;
        if answer.header("transfer-encoding").is_some() {
            answer.body = joined(&answer.body)?;
        }
        let body: Value = serde_json::from_slice(&answer.body).with_context(|| format!("the answer to {operation}"))?;
        match answer.head.split(' ').nth(1) {
            Some("200") => Ok(body),
            _ => bail!("{operation} was refused: {body}"),
        }
    }

    /// Every item of the table, in DynamoDB's JSON.
    pub async fn items(&self) -> anyhow::Result<Vec<Value>> {
        let mut answer = self.call("Scan", &json!({ "TableName": self.table })).await?;
        serde_json::from_value(answer["Items"].take()).context("the items of a scan")
    }

    async fn create_table(&self) -> anyhow::Result<()> {
        let table = json!({
            "TableName": self.table,
            "AttributeDefinitions": [
                { "AttributeName": "pk", "AttributeType": "S" },
                { "AttributeName": "ag", "AttributeType": "S" },
                { "AttributeName": "due", "AttributeType": "N" },
            ],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
            "GlobalSecondaryIndexes": [{
                "IndexName": "agenda",
                "KeySchema": [
                    { "AttributeName": "ag", "KeyType": "HASH" },
                    { "AttributeName": "due", "KeyType": "RANGE" },
                ],
                "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": ["look", "sin", "fen", "al"] },
            }],
            "BillingMode": "PAY_PER_REQUEST",
        });
        self.call("CreateTable", &table).await?;
        let lifetime = json!({
            "TableName": self.table,
            "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "exp" },
        });
        self.call("UpdateTimeToLive", &lifetime).await?;
        Ok(())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.door.seen()
    }
}
