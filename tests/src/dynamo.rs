//! DynamoDB on this machine: an embedded one on a port of its own, and in front of it a door that
//! records every request and can lose it, hold it or answer it with an error.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

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

type Answer = Pin<Box<dyn Future<Output = Step> + Send>>;
type Hook = Arc<dyn Fn(Request, Moment) -> Answer + Send + Sync>;

/// A DynamoDB with one table, behind a door.
#[derive(Clone)]
pub struct Dynamo {
    url: String,
    table: String,
    door: Arc<Door>,
    /// Ends everything that serves when the last copy goes.
    _tasks: Arc<Mutex<JoinSet<()>>>,
}

struct Door {
    /// Host and port of the DynamoDB behind it.
    upstream: String,
    seen: Mutex<Seen>,
    hook: Mutex<Option<Hook>>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<Request>,
    plan: HashMap<(usize, Moment), Step>,
    hanging: bool,
}

impl Dynamo {
    /// Starts an embedded DynamoDB that holds the table `state`.
    pub async fn start() -> anyhow::Result<Self> {
        let database = dynoxide::Database::memory().map_err(|error| anyhow!("{error}"))?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let upstream = listener.local_addr()?.to_string();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            dynoxide::server::serve_on(listener, database).await;
        });
        Self::open(upstream, "state", tasks).await
    }

    /// Opens a door in front of the DynamoDB at `url` (plain http) and creates `table` there.
    pub async fn before(url: &str, table: &str) -> anyhow::Result<Self> {
        let upstream = url.strip_prefix("http://").with_context(|| format!("{url} is not a plain http address"))?;
        Self::open(upstream.trim_end_matches('/').to_owned(), table, JoinSet::new()).await
    }

    async fn open(upstream: String, table: &str, mut tasks: JoinSet<()>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
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

    /// Calls the DynamoDB behind the door; the call is neither recorded nor met.
    pub async fn call(&self, operation: &str, body: &Value) -> anyhow::Result<Value> {
        let date = "20260101";
        let message = Message {
            head: format!(
                "POST / HTTP/1.1\r\nx-amz-target: DynamoDB_20120810.{operation}\r\n\
                 content-type: application/x-amz-json-1.0\r\nx-amz-date: {date}T000000Z\r\n\
                 authorization: AWS4-HMAC-SHA256 Credential=sandbox/{date}/{REGION}/dynamodb/aws4_request, \
                 SignedHeaders=host;x-amz-date;x-amz-target, Signature=00\r\n"
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
            "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
            "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
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

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.door.seen()
    }
}

async fn serve(listener: TcpListener, door: Arc<Door>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let door = Arc::clone(&door);
        // A connection that breaks is the caller's to notice.
        connections.spawn(async move { door.answer(stream).await.ok() });
        while connections.try_join_next().is_some() {}
    }
}

impl Door {
    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("nothing panics while it holds the list")
    }

    /// Answers one request and closes: the caller's pool never holds a connection of ours.
    async fn answer(&self, mut stream: TcpStream) -> anyhow::Result<()> {
        stream.set_nodelay(true)?;
        let message = Message::read(&mut stream).await?;
        let request = message.request()?;
        let index = {
            let mut seen = self.seen();
            seen.requests.push(request.clone());
            seen.requests.len() - 1
        };
        let mut step = self.step(&request, index, Moment::Before).await;
        let mut answer = Vec::new();
        if step == Step::Pass {
            answer = exchange(&self.upstream, &message).await?;
            step = self.step(&request, index, Moment::After).await;
        }
        let answer = match step {
            Step::Pass => answer,
            Step::Refuse(status, code) => refusal(status, code),
            Step::Drop => return Ok(()),
            Step::Hang => {
                self.seen().hanging = true;
                // Until the caller gives up.
                stream.read_u8().await.ok();
                return Ok(());
            }
        };
        stream.write_all(&answer).await?;
        stream.shutdown().await?;
        Ok(())
    }

    async fn step(&self, request: &Request, index: usize, moment: Moment) -> Step {
        let planned = self.seen().plan.remove(&(index, moment));
        if let Some(step) = planned {
            return step;
        }
        let hook = self.hook.lock().expect("nothing panics while it holds the hook").clone();
        match hook {
            Some(hook) => hook(request.clone(), moment).await,
            None => Step::Pass,
        }
    }
}

/// An HTTP/1.1 message of the only kind met here: a head and a body of known length.
struct Message {
    head: String,
    body: Vec<u8>,
}

impl Message {
    async fn read(stream: &mut TcpStream) -> anyhow::Result<Self> {
        let mut bytes = Vec::with_capacity(4_096);
        loop {
            if stream.read_buf(&mut bytes).await? == 0 {
                bail!("the caller went away");
            }
            let Ok(message) = Self::split(&bytes) else {
                continue;
            };
            let length = message.header("content-length").unwrap_or("0").parse()?;
            if message.body.len() >= length {
                return Ok(message);
            }
        }
    }

    fn split(bytes: &[u8]) -> anyhow::Result<Self> {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").context("an unfinished head")?;
        let head = std::str::from_utf8(&bytes[..end + 2])?.to_owned();
        Ok(Self { head, body: bytes[end + 4..].to_vec() })
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (it, value) = line.split_once(':')?;
            it.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    fn request(&self) -> anyhow::Result<Request> {
        let target = self.header("x-amz-target").context("a request without a target")?;
        let (_, operation) = target.split_once('.').context("a target without an operation")?;
        let body = serde_json::from_slice(&self.body)?;
        Ok(Request { operation: operation.to_owned(), body })
    }
}

/// A body that came in chunks, whole.
fn joined(mut chunks: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|it| it == b"\r\n").context("an unfinished chunk")?;
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end])?, 16)?;
        if size == 0 {
            return Ok(body);
        }
        let rest = &chunks[end + 2..];
        body.extend_from_slice(rest.get(..size).context("an unfinished chunk")?);
        chunks = rest.get(size + 2..).context("an unfinished chunk")?;
    }
}

/// Sends `message` on a connection of its own and returns the whole answer as it came.
async fn exchange(upstream: &str, message: &Message) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(upstream).await?;
    stream.set_nodelay(true)?;
    let mut request = String::from("POST / HTTP/1.1\r\n");
    let kept = ["x-amz-target", "content-type", "x-amz-date", "authorization", "x-amz-security-token"];
    for name in kept {
        if let Some(value) = message.header(name) {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    let length = message.body.len();
    request.push_str(&format!("host: {upstream}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"));
    let mut bytes = request.into_bytes();
    bytes.extend_from_slice(&message.body);
    stream.write_all(&bytes).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

fn refusal(status: u16, code: &str) -> Vec<u8> {
    let body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}") }).to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Refused\r\ncontent-type: application/x-amz-json-1.0\r\n\
         content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
