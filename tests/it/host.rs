//! The Lambda host, with real processes.

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use escalation::runtime::Clock;
use sandbox::clock::{self, WorldClock};
use sandbox::host::{Ending, Failure, FunctionSpec, Host, HostConfig, Serving, Source};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

const ROUTE: &str = "/hubspot/actions/probe";

/// `name` is what the sandbox binary is told to be.
fn spec(name: &str) -> FunctionSpec {
    FunctionSpec { program: env!("CARGO_BIN_EXE_sandbox").into(), ..FunctionSpec::action(name).unwrap() }
}

async fn host(spec: FunctionSpec) -> Arc<Host> {
    Arc::new(Host::start(HostConfig::new(vec![spec], Clock::system())).await.unwrap())
}

fn echo() -> Value {
    json!({ "do": "echo" })
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|it| it.split_once(": "));
        lines.find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1)
    }
}

/// Sends these very bytes, so that nothing but the front is at work.
async fn send(host: &Host, request: Vec<u8>) -> Answer {
    let mut stream = TcpStream::connect(host.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(&request).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

fn post(path: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: front\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

async fn ask(host: &Host, order: Value) -> Answer {
    send(host, post(ROUTE, order.to_string().as_bytes())).await
}

/// Something outside that functions call. It tells when a call has come, and answers when told to.
struct Outside {
    listener: TcpListener,
}

impl Outside {
    async fn open() -> Self {
        Self { listener: TcpListener::bind("127.0.0.1:0").await.unwrap() }
    }

    fn order(&self) -> Value {
        json!({ "do": "call", "port": self.listener.local_addr().unwrap().port() })
    }

    async fn call(&self) -> TcpStream {
        let (mut stream, _) = soon(self.listener.accept()).await.unwrap();
        let mut request = [0; 1024];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        stream
    }

    async fn answer(mut call: TcpStream) {
        call.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await.unwrap();
    }
}

/// Waits for what must come about, and not for ever.
async fn soon<T>(awaited: impl Future<Output = T>) -> T {
    let limit = Duration::from_secs(30);
    tokio::time::timeout(limit, awaited).await.expect("it never came about")
}

async fn until(is_so: impl Fn() -> bool) {
    soon(async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

fn is_running(pid: u64) -> bool {
    // A process that has ended and was not asked for yet is a zombie: it runs no more.
    let state = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    state.is_ok_and(|it| !it.rsplit_once(") ").unwrap().1.starts_with('Z'))
}

#[tokio::test]
async fn a_request_reaches_the_function_as_an_api_gateway_event() {
    let host = host(spec("probe")).await;
    let answer = ask(&host, echo()).await;
    assert_eq!(answer.status, 200);
    let event = &answer.json()["event"];
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "POST /hubspot/actions/probe");
    assert_eq!(event["rawPath"], ROUTE);
    assert_eq!(event["body"], echo().to_string());
    assert_eq!(event["requestContext"]["domainName"], "sandbox.execute-api.eu-west-1.amazonaws.com");
    assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
    assert_eq!(event["requestContext"]["requestId"], answer.header("apigw-requestid").unwrap());
}

#[tokio::test]
async fn the_function_is_told_what_lambda_tells() {
    let host = host(spec("probe")).await;
    let answer = ask(&host, echo()).await;
    let told = answer.json();
    assert_eq!(told["request_id"], answer.header("apigw-requestid").unwrap());
    assert_eq!(told["request_id"].as_str().unwrap().len(), 36);
    assert_eq!(told["arn"], "arn:aws:lambda:eu-west-1:123456789012:function:probe");
    assert!(told["trace"].as_str().unwrap().starts_with("Root=1-"));
}

#[tokio::test]
async fn the_process_inherits_nothing_but_its_path() {
    let spec = FunctionSpec {
        env: vec![("STATE_TABLE".into(), "state".into()), ("AWS_REGION".into(), "eu-central-1".into())],
        memory_mb: 512,
        ..spec("probe")
    };
    let host = host(spec).await;
    let environment = ask(&host, json!({ "do": "environment" })).await.json();
    let expected = json!({
        "AWS_LAMBDA_FUNCTION_NAME": "probe",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/probe",
        "AWS_LAMBDA_LOG_STREAM_NAME": environment["AWS_LAMBDA_LOG_STREAM_NAME"],
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_RUNTIME_API": environment["AWS_LAMBDA_RUNTIME_API"],
        "AWS_REGION": "eu-central-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "_HANDLER": "bootstrap",
        "_X_AMZN_TRACE_ID": environment["_X_AMZN_TRACE_ID"],
        "PATH": environment["PATH"],
        "STATE_TABLE": "state",
    });
    assert_eq!(environment, expected);
    assert!(std::env::vars().count() > 1, "there was nothing to inherit");
}

#[tokio::test]
async fn what_the_function_answers_is_the_http_answer() {
    let host = host(spec("probe")).await;
    let with = json!({ "statusCode": 429, "headers": { "Retry-After": "1500" }, "body": "busy" });
    let answer = ask(&host, json!({ "do": "answer", "with": with })).await;
    assert_eq!((answer.status, answer.header("retry-after"), answer.body.as_str()), (429, Some("1500"), "busy"));

    let answer = ask(&host, json!({ "do": "answer", "with": { "outcome": "accepted" } })).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    assert_eq!(answer.json(), json!({ "outcome": "accepted" }));

    let answer = ask(&host, json!({ "do": "answer", "with": { "statusCode": "soon" } })).await;
    assert_eq!((answer.status, answer.body.as_str()), (500, r#"{"message":"Internal Server Error"}"#));
}

#[tokio::test]
async fn an_unknown_route_is_not_found_and_starts_nothing() {
    let host = host(spec("probe")).await;
    for request in [post("/hubspot/actions/other", b"{}"), b"GET /hubspot/actions/probe HTTP/1.0\r\n\r\n".to_vec()] {
        let answer = send(&host, request).await;
        assert_eq!((answer.status, answer.body.as_str()), (404, r#"{"message":"Not Found"}"#));
    }
    assert!(host.reports().is_empty());
}

#[tokio::test]
async fn a_body_too_large_for_lambda_is_turned_away() {
    let host = host(spec("probe")).await;
    let answer = send(&host, post(ROUTE, &vec![b' '; 6 * 1024 * 1024 + 1])).await;
    assert_eq!(answer.status, 413);
    assert!(host.reports().is_empty());
}

#[tokio::test]
async fn an_answer_too_large_for_lambda_is_a_500_and_keeps_the_process() {
    let host = host(spec("probe")).await;
    let pid = ask(&host, echo()).await.json()["pid"].clone();
    // The text and its two quotes.
    let fits = 6 * 1024 * 1024 - 2;
    let answer = ask(&host, json!({ "do": "flood", "bytes": fits })).await;
    assert_eq!((answer.status, answer.body.len()), (200, fits));
    let answer = ask(&host, json!({ "do": "flood", "bytes": fits + 1 })).await;
    assert_eq!(answer.status, 500);
    assert_eq!(host.reports()[2].ending, Ending::Failed);
    assert_eq!(ask(&host, echo()).await.json()["pid"], pid);
}

#[tokio::test]
async fn an_error_of_the_function_is_a_500_and_keeps_the_process() {
    let host = host(spec("probe")).await;
    let pid = ask(&host, echo()).await.json()["pid"].clone();
    let answer = ask(&host, json!({ "do": "fail", "saying": "the table is gone" })).await;
    assert_eq!((answer.status, answer.body.as_str()), (500, r#"{"message":"Internal Server Error"}"#));
    assert_eq!(ask(&host, echo()).await.json()["pid"], pid);
    assert_eq!(host.reports()[1].ending, Ending::Failed);
    let said = host.logs().into_iter().find(|it| it.text.contains("the table is gone")).unwrap();
    assert_eq!((said.source, said.request_id.as_deref()), (Source::Platform, answer.header("apigw-requestid")));
}

#[tokio::test]
async fn a_crash_is_a_500_and_the_next_request_gets_a_new_process() {
    let host = host(FunctionSpec { max_environments: 1, ..spec("probe") }).await;
    let first = ask(&host, echo()).await.json()["pid"].clone();
    let answer = ask(&host, json!({ "do": "exit", "code": 7 })).await;
    assert_eq!((answer.status, answer.body.as_str()), (500, r#"{"message":"Internal Server Error"}"#));
    assert_ne!(ask(&host, echo()).await.json()["pid"], first);
    assert_eq!(host.reports()[1].ending, Ending::Crashed);
    assert!(host.logs().iter().any(|it| it.text.contains("exit status: 7")));
}

#[tokio::test]
async fn a_process_over_its_time_is_killed_and_the_caller_gets_a_503() {
    let limit = Duration::from_secs(1);
    let host = host(FunctionSpec { time_limit: limit, max_environments: 1, ..spec("probe") }).await;
    let pid = ask(&host, echo()).await.json()["pid"].as_u64().unwrap();
    assert!(is_running(pid));
    let answer = ask(&host, json!({ "do": "hang" })).await;
    assert_eq!((answer.status, answer.body.as_str()), (503, r#"{"message":"Service Unavailable"}"#));
    assert!(!is_running(pid));
    let report = &host.reports()[1];
    assert_eq!(report.ending, Ending::TimedOut);
    assert!(limit <= report.duration, "{report}");
    assert_eq!(ask(&host, echo()).await.status, 200);
}

#[tokio::test]
async fn one_process_serves_request_after_request() {
    let host = host(FunctionSpec { max_environments: 1, ..spec("probe") }).await;
    let first = ask(&host, echo()).await.json();
    for _ in 0..20 {
        let next = ask(&host, echo()).await.json();
        assert_eq!(next["pid"], first["pid"]);
        assert_ne!(next["request_id"], first["request_id"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn busy_processes_get_company_up_to_the_maximum_and_then_callers_are_turned_away() {
    let host = host(FunctionSpec { max_environments: 2, ..spec("probe") }).await;
    let outside = Outside::open().await;
    let [one, two] = [(); 2].map(|()| {
        let (host, order) = (host.clone(), outside.order());
        tokio::spawn(async move { ask(&host, order).await })
    });
    let calls = [outside.call().await, outside.call().await];
    let mut pids: Vec<u32> = host.serving().iter().map(|it| it.pid).collect();
    pids.sort_unstable();
    pids.dedup();
    assert_eq!(pids.len(), 2, "each has its own process");

    let answer = ask(&host, echo()).await;
    assert_eq!((answer.status, answer.body.as_str()), (503, r#"{"message":"Service Unavailable"}"#));

    for call in calls {
        Outside::answer(call).await;
    }
    for served in [one.await.unwrap(), two.await.unwrap()] {
        assert_eq!((served.status, served.body.as_str()), (200, "done"));
    }
    let warm = ask(&host, echo()).await.json()["pid"].as_u64().unwrap();
    assert!(pids.iter().any(|pid| u64::from(*pid) == warm), "a warm process is used again");
}

#[tokio::test]
async fn a_process_that_ends_before_it_asks_for_work_is_a_500_with_its_last_words_in_the_log() {
    let host = host(spec("probe-exits")).await;
    let answer = send(&host, post("/hubspot/actions/probe-exits", b"{}")).await;
    assert_eq!((answer.status, answer.body.as_str()), (500, r#"{"message":"Internal Server Error"}"#));
    let said = host.logs().into_iter().find(|it| it.source == Source::Platform).unwrap().text;
    assert_eq!(said, "init failed: exit status: 3; last words: the policy file is missing");
}

#[tokio::test]
async fn a_process_that_reports_an_init_error_is_a_500_with_its_words_in_the_log() {
    let host = host(spec("probe-refuses")).await;
    let failure = host.invoke("probe-refuses", "{}").await.unwrap_err();
    let Failure::NeverStarted(reason) = failure else { panic!("{failure:?}") };
    assert!(reason.contains("Config.Missing: STATE_TABLE is not set"), "{reason}");
    assert!(host.logs().iter().any(|it| it.source == Source::Platform && it.text == reason));
}

#[tokio::test]
async fn a_process_that_breaks_the_rules_of_the_runtime_api_is_told_so() {
    let host = host(spec("probe-errs")).await;
    let answer = host.invoke("probe-errs", "{}").await.unwrap();
    let expected: &[u8] = br#"["403","400","403"]"#;
    assert_eq!(answer, expected);
}

#[tokio::test]
async fn a_process_that_does_not_ask_for_work_in_time_is_killed() {
    let init_limit = Duration::from_millis(100);
    let host = host(FunctionSpec { init_limit, ..spec("probe-waits") }).await;
    let failure = host.invoke("probe-waits", "{}").await.unwrap_err();
    let Failure::NeverStarted(reason) = failure else { panic!("{failure:?}") };
    assert!(reason.contains("did not ask for work within 100ms; signal: 9"), "{reason}");
}

#[tokio::test]
async fn a_program_that_is_not_there_is_a_500_that_names_it() {
    let host = host(FunctionSpec { program: "/nowhere/bootstrap".into(), ..spec("probe") }).await;
    assert_eq!(ask(&host, echo()).await.status, 500);
    let said = host.logs().pop().unwrap();
    assert!(said.text.starts_with("cannot start /nowhere/bootstrap: "), "{said}");
}

#[tokio::test]
async fn a_function_can_be_killed_during_its_outbound_call() {
    let host = host(FunctionSpec { max_environments: 1, ..spec("probe") }).await;
    let outside = Outside::open().await;
    let caller = tokio::spawn({
        let (host, order) = (host.clone(), outside.order());
        async move { ask(&host, order).await }
    });
    let call = outside.call().await;
    let Serving { pid, .. } = host.serving().pop().unwrap();
    assert_eq!(host.kill("probe"), 1);
    Outside::answer(call).await;
    let answer = caller.await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (500, r#"{"message":"Internal Server Error"}"#));
    assert!(!is_running(pid.into()));
    assert!(host.logs().iter().any(|it| it.text.contains("SIGKILL")));
    assert_eq!(host.reports()[0].ending, Ending::Crashed);
    assert_eq!(host.kill("probe"), 0, "nothing is left to kill");
    assert_eq!(ask(&host, echo()).await.status, 200);
}

#[tokio::test]
async fn the_process_of_one_request_can_be_killed_among_others() {
    let host = host(spec("probe")).await;
    let outside = Outside::open().await;
    let ask_marked = |mark: &'static str| {
        let (host, mut order) = (host.clone(), outside.order());
        order["mark"] = json!(mark);
        tokio::spawn(async move { ask(&host, order).await })
    };
    let (doomed, spared) = (ask_marked("doomed"), ask_marked("spared"));
    let calls = [outside.call().await, outside.call().await];
    let doomed_request = host.serving().into_iter().find(|it| String::from_utf8_lossy(&it.event).contains("doomed"));
    assert!(host.kill_request(&doomed_request.unwrap().request_id));
    assert!(!host.kill_request("nobody's"));
    assert_eq!(doomed.await.unwrap().status, 500);
    for mut call in calls {
        // One of the two is not there any more to hear it.
        let _ = call.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").await;
    }
    assert_eq!(spared.await.unwrap().status, 200);
}

#[tokio::test]
async fn a_warm_process_that_was_killed_is_replaced_before_anyone_notices() {
    let host = host(FunctionSpec { max_environments: 1, ..spec("probe") }).await;
    for _ in 0..10 {
        assert_eq!(ask(&host, echo()).await.status, 200);
        assert_eq!(host.kill("probe"), 1);
    }
    assert!(host.reports().iter().all(|it| it.ending == Ending::Answered && it.init.is_some()));
}

#[tokio::test]
async fn a_function_goes_on_when_its_caller_stops_waiting() {
    let host = host(spec("probe")).await;
    let outside = Outside::open().await;
    let caller = tokio::spawn({
        let (host, order) = (host.clone(), outside.order());
        async move { ask(&host, order).await }
    });
    let call = outside.call().await;
    caller.abort();
    assert!(caller.await.is_err());
    // By the time it has answered others the front knows that this caller is gone.
    for _ in 0..10 {
        assert_eq!(send(&host, post("/elsewhere", b"")).await.status, 404);
    }
    Outside::answer(call).await;
    until(|| !host.reports().is_empty()).await;
    assert_eq!(host.reports()[0].ending, Ending::Answered);
}

#[tokio::test]
async fn the_deadline_is_in_the_worlds_time_and_the_limit_in_real_time() {
    let world = WorldClock::new().unwrap();
    let path = world.path().to_str().unwrap().to_owned();
    let env = vec![(clock::VARIABLE.into(), path)];
    let spec = FunctionSpec { time_limit: Duration::from_secs(60), env, ..spec("probe") };
    let host = Host::start(HostConfig::new(vec![spec], world.clock())).await.unwrap();
    for days in [0, 30] {
        world.advance(Duration::from_secs(86_400) * days).unwrap();
        let before = world.clock().now().as_millisecond();
        let told = ask(&host, echo()).await.json();
        let after = world.clock().now().as_millisecond();
        let deadline = told["deadline"].as_i64().unwrap();
        assert!((before + 60_000..=after + 60_000).contains(&deadline), "{before} {deadline} {after}");
        let arrived = told["event"]["requestContext"]["timeEpoch"].as_i64().unwrap();
        assert!((before..=after).contains(&arrived));
        let in_the_function = told["now"].as_i64().unwrap();
        assert!((before..=after).contains(&in_the_function), "the warm process sees the jump, too");
    }
}

#[tokio::test]
async fn what_a_function_prints_is_its_log() {
    let host = host(spec("probe")).await;
    ask(&host, json!({ "do": "print", "out": "Asked for ticket 42", "err": "it was late" })).await;
    for text in ["Asked for ticket 42", "it was late"] {
        let line = soon(host.logged(|it| it.text == text)).await;
        assert_eq!((line.function.as_str(), line.source), ("probe", Source::Function));
        assert_eq!(line.environment, host.reports()[0].environment);
    }
}

#[tokio::test]
async fn a_line_without_end_is_logged_in_pieces() {
    let host = host(spec("probe")).await;
    ask(&host, json!({ "do": "print", "out": "x".repeat(600 * 1024), "err": "" })).await;
    soon(host.logged(|it| it.text.len() == 88 * 1024)).await;
    assert!(host.logs().iter().all(|it| it.text.len() <= 256 * 1024));
}

#[tokio::test]
async fn each_invocation_is_reported_with_what_it_cost() {
    let host = host(spec("probe")).await;
    let first = ask(&host, json!({ "do": "spin", "rounds": 3_000_000 })).await;
    ask(&host, echo()).await;
    let [cold, warm] = host.reports().try_into().unwrap();
    assert_eq!(Some(cold.request_id.as_str()), first.header("apigw-requestid"));
    assert_eq!((cold.function.as_str(), cold.ending, cold.memory_mb), ("probe", Ending::Answered, 256));
    assert_eq!(cold.environment, warm.environment);
    let init = cold.init.expect("it was started for this request");
    assert!(cold.duration + init <= cold.billed && cold.billed < cold.duration + init + Duration::from_millis(1));
    assert_eq!((warm.init, warm.init_cpu), (None, None));
    if Path::new("/proc/self/status").exists() {
        assert!((500..1_000_000).contains(&cold.max_memory_kb.unwrap()), "{cold}");
        assert!(cold.init_cpu.unwrap() > Duration::ZERO);
        assert!(cold.cpu.unwrap() > warm.cpu.unwrap(), "spinning costs more than an echo: {cold} {warm}");
    }
}

#[tokio::test]
async fn no_process_outlives_a_host_that_is_dropped() {
    let host = host(spec("probe")).await;
    let outside = Outside::open().await;
    let idle = ask(&host, echo()).await.json()["pid"].as_u64().unwrap();
    let at_work = host.clone();
    let (left, order) = (outside.order(), outside.order());
    let busy = tokio::spawn(async move { at_work.invoke("probe", left.to_string()).await });
    let call = outside.call().await;
    let other = host.clone();
    let waiting = tokio::spawn(async move { other.invoke("probe", order.to_string()).await });
    let second = outside.call().await;
    let pids: Vec<u64> = host.serving().iter().map(|it| it.pid.into()).collect();
    assert!(pids.contains(&idle) && pids.len() == 2);
    busy.abort();
    waiting.abort();
    let _ = (busy.await, waiting.await);
    drop(Arc::into_inner(host).expect("nobody else holds the host"));
    for (mut call, pid) in [(call, pids[0]), (second, pids[1])] {
        // The end of its connection is the end of the process.
        assert_eq!(soon(call.read(&mut [0; 16])).await.unwrap_or(0), 0);
        until(|| !is_running(pid)).await;
    }
}

/// A function as `sandbox function probe`, with this test for a host.
async fn orphan_to_be(host: &TcpListener) -> Child {
    let address = host.local_addr().unwrap().to_string();
    Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["function", "probe"])
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "probe")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

async fn asks_for_work(host: &TcpListener) -> TcpStream {
    let (mut poll, _) = soon(host.accept()).await.unwrap();
    let mut request = [0; 1024];
    let length = poll.read(&mut request).await.unwrap();
    assert!(request[..length].starts_with(b"GET /2018-06-01/runtime/invocation/next"));
    poll
}

#[tokio::test]
async fn an_idle_function_ends_by_itself_when_its_host_is_gone() {
    let host = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut function = orphan_to_be(&host).await;
    // Its standard input stays open: the broken poll alone must do.
    let _stdin = function.stdin.take();
    let poll = asks_for_work(&host).await;
    drop((host, poll));
    assert!(!soon(function.wait()).await.unwrap().success());
}

#[tokio::test]
async fn a_function_at_work_ends_with_its_host() {
    let host = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut function = orphan_to_be(&host).await;
    let stdin = function.stdin.take();
    let outside = Outside::open().await;
    let mut poll = asks_for_work(&host).await;
    let order = outside.order().to_string();
    let head = "HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-Request-Id: r-1\r\nLambda-Runtime-Deadline-Ms: 1\r\n";
    poll.write_all(format!("{head}Content-Length: {}\r\n\r\n{order}", order.len()).as_bytes()).await.unwrap();
    let _call = outside.call().await;
    drop(stdin);
    assert!(!soon(function.wait()).await.unwrap().success());
}

#[tokio::test]
async fn a_configuration_that_cannot_work_is_refused() {
    let twice = vec![spec("probe"), spec("probe")];
    let nameless = vec![spec("pro\nbe")];
    let pathless = vec![FunctionSpec { routes: vec!["POST".into()], ..spec("probe") }];
    let nowhere = vec![FunctionSpec { max_environments: 0, ..spec("probe") }];
    for functions in [twice, nameless, pathless, nowhere] {
        assert!(Host::start(HostConfig::new(functions, Clock::system())).await.is_err());
    }
}
