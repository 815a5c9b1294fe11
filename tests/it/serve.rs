//! The command `serve`, as whoever reads its words uses it; and commands that have nothing to do.

use std::process::{Output, Stdio};
use std::time::Duration;

use reqwest::{Client, Method};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// The command at work. Ends with it.
struct Served {
    program: Child,
    says: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
}

fn sandbox(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.args(arguments).env_remove("POLICY_FILE").stdin(Stdio::null()).kill_on_drop(true);
    command
}

impl Served {
    fn start() -> Self {
        let mut program = sandbox(&["serve"]).stdout(Stdio::piped()).spawn().unwrap();
        let says = BufReader::new(program.stdout.take().unwrap()).lines();
        Self { program, says, said: Vec::new() }
    }

    /// Waits until it says this.
    async fn says(&mut self, wanted: &str) {
        let heard = async {
            while let Some(line) = self.says.next_line().await.unwrap() {
                let is_it = line.contains(wanted);
                self.said.push(line);
                if is_it {
                    return true;
                }
            }
            false
        };
        let heard = tokio::time::timeout(Duration::from_secs(60), heard).await;
        assert_eq!(heard, Ok(true), "never said `{wanted}`, but: {:#?}", self.said);
    }

    /// The commands that it offers, each on one line.
    fn offers(&self) -> Vec<String> {
        let all = self.said.join("\n").replace("\\\n", " ");
        all.lines().map(str::trim).filter(|it| it.starts_with("curl ")).map(str::to_owned).collect()
    }
}

/// The words of a command line, as a shell reads them.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            it => word.push(it),
        }
    }
    words.push(word);
    words.into_iter().filter(|it| !it.is_empty()).collect()
}

/// Does what curl does.
async fn curl(client: &Client, line: &str) {
    let words = words(line);
    let after = |flag: &str| words.iter().position(|it| it == flag).map(|at| words[at + 1].clone());
    let address = words.iter().find(|it| it.starts_with("http://")).unwrap();
    let method = after("-X").unwrap_or_else(|| "GET".to_owned());
    let mut request = client.request(Method::from_bytes(method.as_bytes()).unwrap(), address);
    for pair in words.windows(2).filter(|it| it[0] == "-H") {
        let (name, value) = pair[1].split_once(": ").unwrap();
        request = request.header(name, value);
    }
    if let Some(body) = after("-d") {
        request = request.body(body);
    }
    let answer = request.send().await.unwrap();
    let status = answer.status();
    assert!(status.is_success(), "{line}: {status}: {}", answer.text().await.unwrap());
}

#[tokio::test]
async fn whoever_reads_it_can_be_the_agent_and_the_shift_lead() {
    let mut served = Served::start();
    served.says("TECH-ESCALATE: none").await;
    let client = sandbox::world::client::builder().build().unwrap();
    let offers = served.offers();
    let [writes, escalates, completes, confirms, ..] = &offers[..] else { panic!("{offers:#?}") };
    curl(&client, writes).await;
    curl(&client, escalates).await;
    served.says("Not with the Shift Lead yet: 2 of 5 points are missing @Sam Okafor").await;
    curl(&client, completes).await;
    served.says("With the Shift Lead.").await;
    served.says("#CS-ESCALATE: 4205").await;
    curl(&client, confirms).await;
    served.says("Confirmed for Tech by Dana Whitfield.").await;
    served.says("#TECH-ESCALATE: 4205").await;
    // What the functions log nobody asked for.
    assert!(served.said.iter().all(|it| !it.starts_with('{')), "{:#?}", served.said);
}

/// Whoever tries things out mistypes.
#[tokio::test]
async fn a_call_that_no_vendor_takes_is_told_and_ends_nothing() {
    let mut served = Served::start();
    served.says("TECH-ESCALATE: none").await;
    let (before, _) = served.offers()[0].split_once("/crm/").map(|it| (it.0.to_owned(), it.1.len())).unwrap();
    let hubspot = &before[before.find("http://").unwrap()..];
    let client = sandbox::world::client::builder().build().unwrap();
    client.get(format!("{hubspot}/crm/v3/nonsense")).bearer_auth("person-sam-0000").send().await.unwrap();
    served.says("The vendor would not take this: GET /crm/v3/nonsense").await;
    let process = served.program.id().unwrap().to_string();
    Command::new("kill").arg(process).status().await.unwrap();
    assert!(served.program.wait().await.unwrap().success());
}

/// What a command says that ends at once.
async fn ended(command: &mut Command) -> Output {
    tokio::time::timeout(Duration::from_secs(60), command.output()).await.expect("it ends at once").unwrap()
}

#[track_caller]
fn refused(output: &Output, expected: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(expected), "{}: {said}", output.status);
    assert!(!said.contains("panicked"), "{said}");
}

#[tokio::test]
async fn a_policy_that_cannot_be_read_is_no_reason_to_take_another() {
    let output = ended(sandbox(&["serve"]).env("POLICY_FILE", "/nowhere/policy.toml")).await;
    refused(&output, "POLICY_FILE: cannot read /nowhere/policy.toml; name a file that exists");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_with_its_option() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = ended(&mut sandbox(&["serve", "--jira-port", &port])).await;
    refused(&output, &format!("--jira-port {port} cannot be had; end what listens there, give another"));
}

#[tokio::test]
async fn a_command_with_nothing_to_do_says_so() {
    for nothing in [
        &["week", "--tickets", "0"][..],
        &["week", "--days", "0"],
        &["load", "--per-minute", "0"],
        &["load", "--quota", "0"],
        &["kills", "--runs", "0"],
        &["bench", "--starts", "0"],
        &["bench", "--requests", "0"],
    ] {
        refused(&ended(&mut sandbox(nothing)).await, &format!("invalid value '0' for '{}", nothing[1]));
    }
    let output = ended(&mut sandbox(&["week", "--tickets", "3", "--only", "4"])).await;
    refused(&output, "--only 4 is no ticket of this week; give one from 1 to 3");
    let output = ended(&mut sandbox(&["load", "--minutes", "0"])).await;
    refused(&output, "--minutes 0 is no escalation; give more");
}
