//! What stands in the log, and what never does: no word of a customer, no secret; each outcome one line
//! that reads alone.

use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tracing_subscriber::fmt::MakeWriter;

use crate::bench::Bench;

/// Words of the customer, of people about the customer, and secrets.
const NEVER: [&str; 9] = [
    "Harbour",
    "rder 4711",
    "captures",
    "approve the refund",
    "billing log",
    "harbourgrill",
    "the one from Monday",
    "test-client-secret",
    "xoxb",
];

/// What was logged on this thread at `INFO` and above, as in production.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// Listens until what is returned is dropped. While a single subscriber is known, what another thread
    /// logs first is taken for what nobody wants to hear: so there are always two.
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        static DEAF: LazyLock<tracing::Dispatch> =
            LazyLock::new(|| tracing::Dispatch::new(tracing_subscriber::fmt().with_writer(io::sink).finish()));
        LazyLock::force(&DEAF);
        let lines = tracing_subscriber::fmt().json().flatten_event(true).with_writer(self.clone()).finish();
        tracing::subscriber::set_default(lines)
    }

    fn lines(&self) -> Vec<Value> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    /// Every line that says this.
    fn saying(&self, words: &str) -> Vec<Value> {
        self.lines().into_iter().filter(|it| it["message"].as_str().unwrap_or_default().contains(words)).collect()
    }

    #[track_caller]
    fn keeps_to_itself(&self, bench: &Bench) {
        let lines = self.lines();
        assert!(!lines.is_empty());
        let (hubspot, jira) = (bench.hubspot.settings().token, bench.world.jira.settings().token);
        for line in lines {
            let line = line.to_string();
            assert!(NEVER.iter().all(|it| !line.contains(it)), "{line}");
            assert!([&hubspot, &jira].iter().all(|it| !line.contains(it.expose_secret())), "{line}");
        }
    }
}

#[tokio::test]
async fn a_new_issue_is_one_line_with_the_ticket_the_escalation_and_the_effect() {
    let log = Log::default();
    let _listening = log.listen();
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.sent_to_tech();
    bench.create(ticket, &[]).await.outcome();
    let lines = log.saying("Issue TECH-1 is that of escalation 1");
    assert_eq!(lines.len(), 1, "{:?}", log.lines());
    let line = &lines[0];
    assert_eq!(line["message"], format!("Issue TECH-1 is that of escalation 1 of ticket {ticket}"));
    assert_eq!((&line["ticket"], &line["cycle"]), (&json!(ticket.to_string()), &json!(1)));
    assert_eq!((&line["level"], &line["key"], &line["how"]), (&json!("INFO"), &json!("TECH-1"), &json!("Acted")));
    assert!(line["effect"].as_str().unwrap().contains("jira-issue"), "{line}");
    bench.asks_anew(ticket).await.outcome();
    assert_eq!(log.saying("Issue TECH-1 is that").len(), 1, "what was done before is no news");
    log.keeps_to_itself(&bench);
    bench.finish();
}

#[tokio::test]
async fn a_linked_issue_is_one_line_too() {
    let log = Log::default();
    let _listening = log.listen();
    let bench = Bench::with_tech_alone(&[]).await;
    bench.by_hand("TECH", 1);
    let ticket = bench.naming("TECH-1");
    for _ in 0..2 {
        bench.asks_anew(ticket).await.outcome();
    }
    let lines = log.saying("Issue TECH-1 is that of escalation 1");
    assert_eq!(lines.len(), 1, "{:?}", log.lines());
    assert_eq!((&lines[0]["cycle"], &lines[0]["ticket"]), (&json!(1), &json!(ticket.to_string())));
    assert!(lines[0]["effect"].as_str().unwrap().contains("jira-link"), "{}", lines[0]);
    log.keeps_to_itself(&bench);
    bench.finish();
}

#[tokio::test]
async fn what_is_refused_is_said_with_its_ticket_and_in_jiras_terms() {
    let log = Log::default();
    let _listening = log.listen();
    let bench = Bench::with_tech_alone(&[]).await;
    bench.world.jira.require("TECH", "Bug", "components");
    let ticket = bench.sent_to_tech();
    bench.create(ticket, &[]).await;
    let lines = log.saying("Jira refuses an issue");
    assert_eq!(lines.len(), 1, "{:?}", log.lines());
    assert_eq!((&lines[0]["level"], &lines[0]["ticket"]), (&json!("ERROR"), &json!(ticket.to_string())));
    log.keeps_to_itself(&bench);
    bench.finish();
}

#[tokio::test]
async fn what_people_wrote_in_jira_reference_stays_there() {
    let log = Log::default();
    let _listening = log.listen();
    let bench = Bench::with_tech_alone(&[]).await;
    let ticket = bench.naming("the one from Monday, Harbour Grill 4711");
    assert_eq!(bench.create(ticket, &[]).await.outcome(), "blocked");
    log.keeps_to_itself(&bench);
    bench.finish();
}

#[tokio::test]
async fn whatever_jira_says_back_the_log_keeps_what_people_wrote_to_itself() {
    let words = "Harbour Grill: order 4711, captures";
    let shapes = [
        Answer::json(200, json!({ "id": words, "key": words })),
        Answer::json(201, json!({ "id": [words], "key": "TECH-1" })),
        Answer::json(201, json!(words)),
        Answer::json(500, json!(words)),
        Answer::json(403, json!(words)),
        Answer::json(404, json!({ "unexpected": words })),
    ];
    for shape in shapes {
        for call in ["POST /rest/api/3/issue", "GET /rest/api/3/issue/*", "POST /rest/api/3/search/jql"] {
            let log = Log::default();
            let _listening = log.listen();
            let bench = Bench::with_tech_alone(&[]).await;
            bench.by_hand("TECH", 1);
            bench.world.jira.inject(Fault::on(call, Effect::Refuse(shape.clone())).times(2));
            let tickets = [bench.sent_to_tech(), bench.naming("TECH-1")];
            for ticket in tickets {
                bench.create(ticket, &[]).await;
                bench.wait(300);
                bench.asks_anew(ticket).await;
            }
            log.keeps_to_itself(&bench);
            bench.world.violations();
            bench.finish();
        }
    }
}
