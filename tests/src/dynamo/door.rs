//! The door: takes one HTTP request at a time to the DynamoDB behind it, unless told otherwise.
//!
//! A connection stays open for the next request, as DynamoDB's do; behind the door each has its own.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use anyhow::{Context as _, bail};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::{Moment, Request, Step};

type Answer = Pin<Box<dyn Future<Output = Step> + Send>>;
pub(super) type Hook = Arc<dyn Fn(Request, Moment) -> Answer + Send + Sync>;

pub(super) struct Door {
    /// Host and port of the DynamoDB behind it.
    pub(super) upstream: String,
    pub(super) seen: Mutex<Seen>,
    pub(super) hook: Mutex<Option<Hook>>,
}

#[derive(Default)]
pub(super) struct Seen {
    pub(super) requests: Vec<Request>,
    pub(super) plan: HashMap<(usize, Moment), Step>,
    pub(super) hanging: bool,
}

pub(super) async fn serve(listener: TcpListener, door: Arc<Door>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let door = Arc::clone(&door);
        // A connection that breaks is the caller's to notice.
        connections.spawn(async move { door.answer(stream).await.ok() });
        while connections.try_join_next().is_some() {}
    }
}

impl Door {
    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("nothing panics while it holds the list")
    }

    /// Answers one request after the other until the caller closes.
    async fn answer(&self, mut stream: TcpStream) -> anyhow::Result<()> {
        stream.set_nodelay(true)?;
        loop {
            let message = Message::read(&mut stream).await?;
            let Some(answer) = self.answer_one(&message, &mut stream).await? else {
                return Ok(());
            };
            stream.write_all(&answer).await?;
        }
    }

    /// None where there is none, and the connection is lost.
    async fn answer_one(&self, message: &Message, stream: &mut TcpStream) -> anyhow::Result<Option<Vec<u8>>> {
        let request = message.request()?;
        let index = {
            let mut seen = self.seen();
            seen.requests.push(request.clone());
            seen.requests.len() - 1
        };
        let mut step = self.step(&request, index, Moment::Before).await;
        let mut answer = Vec::new();
        if step == Step::Pass {
            answer = kept_open(&exchange(&self.upstream, message).await?)?;
            step = self.step(&request, index, Moment::After).await;
        }
        Ok(match step {
            Step::Pass => Some(answer),
            Step::Refuse(status, code) => Some(refusal(status, code)),
            Step::Drop => None,
            Step::Hang => {
                self.seen().hanging = true;
                // Until the caller gives up.
                stream.read_u8().await.ok();
                None
            }
        })
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
pub(super) struct Message {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
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

    pub(super) fn split(bytes: &[u8]) -> anyhow::Result<Self> {
        let end = bytes.windows(4).position(|it| it == b"\r\n\r\n").context("an unfinished head")?;
        let head = std::str::from_utf8(&bytes[..end + 2])?.to_owned();
        Ok(Self { head, body: bytes[end + 4..].to_vec() })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
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
pub(super) fn joined(mut chunks: &[u8]) -> anyhow::Result<Vec<u8>> {
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
pub(super) async fn exchange(upstream: &str, message: &Message) -> anyhow::Result<Vec<u8>> {
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

/// The answer without its word that the connection ends.
fn kept_open(answer: &[u8]) -> anyhow::Result<Vec<u8>> {
    let Message { head, body } = Message::split(answer)?;
    let mut kept = String::with_capacity(head.len());
    let ends = |line: &str| line.to_ascii_lowercase().starts_with("connection:");
    head.split_inclusive("\r\n").filter(|it| !ends(it)).for_each(|it| kept.push_str(it));
    Ok([kept.as_bytes(), b"\r\n", &body].concat())
}

fn refusal(status: u16, code: &str) -> Vec<u8> {
    let body = json!({ "__type": format!("com.amazonaws.dynamodb.v20120810#{code}") }).to_string();
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Refused\r\ncontent-type: application/x-amz-json-1.0\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::Dynamo;
    use super::*;

    #[tokio::test]
    async fn a_connection_stays_open_until_an_answer_is_lost() {
        let dynamo = Dynamo::start().await.unwrap();
        dynamo.plan(1, Moment::Before, Step::THROTTLE);
        dynamo.plan(2, Moment::After, Step::Drop);
        let mut stream = TcpStream::connect(dynamo.url().trim_start_matches("http://")).await.unwrap();
        let body = r#"{"TableName":"state","Key":{"pk":{"S":"k"}}}"#;
        let mut ask = async || {
            let request = format!(
                "POST / HTTP/1.1\r\nx-amz-target: DynamoDB_20120810.GetItem\r\ncontent-type: application/x-amz-json-1.0\r\n\
                 x-amz-date: 20260101T000000Z\r\nauthorization: AWS4-HMAC-SHA256 \
                 Credential=test/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, \
                 Signature=00\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            );
            stream.write_all(request.as_bytes()).await.unwrap();
            let answer = Message::read(&mut stream).await.ok()?;
            assert_eq!(answer.header("connection"), None);
            answer.head.split(' ').nth(1).map(str::to_owned)
        };
        assert_eq!(ask().await.as_deref(), Some("200"));
        assert_eq!(ask().await.as_deref(), Some("400"));
        assert_eq!(ask().await, None);
    }
}
