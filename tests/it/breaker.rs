//! Runs that workflows make of each other: counted, stopped, said once, and nothing is lost.

mod counted;
mod lawful;
mod loops;

use escalation::id::TicketId;
use escalation::runtime::signature::Secrets;
use escalation::runtime::{HttpEvent, HttpReply};
use jiff::SignedDuration;
use sandbox::product::FORWARD_SECRET;
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, CHECK, TIME_LIMIT, event};

/// What the one line says that is for an operator.
const ALERT: &str = "loop_stopped";

impl Bench {
    /// The check of the comment by the nth execution of a workflow.
    async fn run(&self, ticket: TicketId, nth: usize) -> Answer {
        self.deliver(ticket, &format!("ap-24680135-{nth}-1-0"), &[]).await
    }

    /// Five executions, none of which is stopped.
    async fn run_five(&self, ticket: TicketId) {
        for nth in 1..=5 {
            let answer = self.run(ticket, nth).await;
            assert!(!is_stopped(&answer), "{nth}: {answer:?}");
        }
    }

    fn wait_ms(&self, milliseconds: i64) {
        self.watch.advance(SignedDuration::from_millis(milliseconds));
    }

    /// What a custom-code action forwards about a ticket, or one of our functions where it says so.
    fn forwarded(&self, ticket: TicketId, callback: Option<&str>, source: Option<&str>) -> HttpEvent {
        let mut body = asking(self.portal().0, ticket, source);
        if let Some(callback) = callback {
            body["callbackId"] = callback.into();
        }
        let body = body.to_string();
        let signed = Secrets::parse(FORWARD_SECRET).unwrap().forward(body.as_bytes(), self.watch.now());
        event("POST", CHECK, &[("x-escalation-signature", &signed)], &body)
    }

    /// The answer to what has no `callbackId`, in a run of this name.
    async fn answer_as(&self, request_id: &str, event: HttpEvent) -> Answer {
        let reply: HttpReply = Box::pin(self.lambda.answer_as(request_id, TIME_LIMIT, event)).await;
        Answer::read(&reply)
    }

    /// The entries of the agenda.
    async fn agenda(&self) -> Vec<Value> {
        let items = self.dynamo.items().await.unwrap();
        items.into_iter().filter(|it| !it["ag"].is_null()).collect()
    }
}

fn asking(portal: u64, ticket: TicketId, source: Option<&str>) -> Value {
    let mut body = json!({
        "origin": { "portalId": portal },
        "object": { "objectId": ticket.0, "objectType": "TICKET" },
        "inputFields": {},
    });
    if let Some(source) = source {
        body["origin"]["source"] = source.into();
    }
    body
}

fn is_stopped(answer: &Answer) -> bool {
    answer.get("message").starts_with("Stopped: ")
}
