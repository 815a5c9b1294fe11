//! A function that does what it is told: the host's own tests run it as a process.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use escalation::runtime::Clock;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde::Deserialize;
use serde_json::{Value, json};

/// One thing to do. It comes as the body of a request, or as the whole event.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Order {
    /// Answer with the event and what is known about the invocation.
    Echo,
    /// Answer with exactly this.
    Answer { with: Value },
    /// Answer with a text of this length.
    Flood { bytes: usize },
    /// Answer with the process's environment variables.
    Environment,
    /// Print these to standard output and error.
    Print { out: String, err: String },
    /// Report an error.
    Fail { saying: String },
    /// End the process.
    Exit { code: i32 },
    /// Use the CPU for this many rounds.
    Spin { rounds: u64 },
    /// Never answer.
    Hang,
    /// Call `127.0.0.1:port` and answer with what it says.
    Call { port: u16 },
}

/// Serves as the probe, or as one of its brothers that never get as far as serving; an error if
/// `name` is none of them.
pub async fn serve(name: &str, clock: Clock) -> Result<(), Error> {
    match name {
        "probe" => lambda_runtime::run(service_fn(|event| handle(event, &clock))).await,
        "probe-exits" => {
            eprintln!("the policy file is missing");
            std::process::exit(3)
        }
        "probe-refuses" => {
            report_init_error()?;
            std::process::exit(1)
        }
        "probe-waits" => std::future::pending().await,
        _ => Err(format!("no function is named `{name}`").into()),
    }
}

async fn handle(event: LambdaEvent<Value>, clock: &Clock) -> Result<Value, Error> {
    let (event, context) = event.into_parts();
    let order = match event["body"].as_str() {
        Some(body) => serde_json::from_str(body)?,
        None => serde_json::from_value(event.clone())?,
    };
    match order {
        Order::Echo => Ok(json!({
            "event": event,
            "pid": std::process::id(),
            "request_id": context.request_id,
            "deadline": context.deadline,
            "now": clock.now().as_millisecond(),
            "arn": context.invoked_function_arn,
            "trace": context.xray_trace_id,
        })),
        Order::Answer { with } => Ok(with),
        Order::Flood { bytes } => Ok(json!("x".repeat(bytes))),
        Order::Environment => Ok(json!(std::env::vars().collect::<BTreeMap<_, _>>())),
        Order::Print { out, err } => {
            println!("{out}");
            eprintln!("{err}");
            Ok(Value::Null)
        }
        Order::Fail { saying } => Err(saying.into()),
        Order::Exit { code } => std::process::exit(code),
        Order::Spin { rounds } => {
            for round in 0..rounds {
                std::hint::black_box(round);
            }
            Ok(Value::Null)
        }
        Order::Hang => std::future::pending().await,
        Order::Call { port } => Ok(json!(call(port)?)),
    }
}

fn call(port: u16) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET / HTTP/1.1\r\nHost: probe\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.rsplit("\r\n\r\n").next().unwrap_or_default().to_owned())
}

/// What a runtime does that cannot start; `lambda_runtime` itself does so only when it restores a snapshot.
fn report_init_error() -> Result<(), Error> {
    #[expect(clippy::disallowed_methods, reason = "stands in for a runtime, which finds its host there")]
    let host = std::env::var("AWS_LAMBDA_RUNTIME_API")?;
    let body = json!({ "errorType": "Config.Missing", "errorMessage": "STATE_TABLE is not set" }).to_string();
    let mut stream = TcpStream::connect(&host)?;
    write!(stream, "POST /2018-06-01/runtime/init/error HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n")?;
    write!(stream, "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())?;
    stream.read_to_string(&mut String::new())?;
    Ok(())
}
