//! What these stories need beside the bench: an escalation under way, its conversation, and its end.

use escalation::id::TicketId;
use sandbox::world::call::Answer;
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::id::ThreadId;
use serde_json::{Value, json};

use crate::assign_lane::channels::{ALL, furnish};
use crate::bench::texts::whole;
use crate::bench::{Bench, ESCALATIONS};

pub const CONNECTED: &str = "f240bbac-87c9-4f6e-bf70-924b57d47db7";
pub const CLOSED: &str = "4";
pub const OPEN: &str = "3";

/// An escalation that is with the Shift Lead.
#[derive(Clone, Copy)]
pub struct Escalation {
    pub ticket: TicketId,
    pub thread: ThreadId,
}

impl Bench {
    /// All functions, workflows and channels.
    pub async fn with_closing(changes: &[(&str, &str)]) -> Self {
        furnish(Self::with_jira(&[&ALL, changes].concat()).await)
    }

    /// Escalated and assigned; nobody has answered. The ticket is in the stage "Waiting on us".
    pub async fn unanswered(&self) -> Escalation {
        self.unanswered_with(&whole()).await
    }

    /// The same with this comment.
    pub async fn unanswered_with(&self, comment: &str) -> Escalation {
        let ticket = self.ticket();
        self.sam().move_to(ticket, OPEN).unwrap();
        let contact = self.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
        let thread = self.hubspot.open_thread(ticket, contact).unwrap();
        self.hubspot.customer_writes(thread, "You charged order 4711 twice!").unwrap();
        self.sam().write_note(ticket, comment).unwrap();
        self.escalate(ticket);
        assert_eq!(self.assign(ticket, &[]).await.outcome(), "assigned");
        Escalation { ticket, thread }
    }

    /// Half an hour later Dana has answered; twenty minutes ago.
    pub async fn answered(&self) -> Escalation {
        let it = self.unanswered().await;
        self.wait(30 * 60);
        self.dana().write_note(it.ticket, "<p>Refund approved, tell them.</p>").unwrap();
        self.wait(20 * 60);
        it
    }

    pub fn told(&self, it: Escalation) {
        self.sam().reply(it.thread, "We refund it today.").unwrap();
    }

    pub fn clear(&self, it: Escalation) {
        self.sam().set(it.ticket, "escalation_type", "").unwrap();
    }

    pub fn shut(&self, it: Escalation) {
        self.sam().move_to(it.ticket, CLOSED).unwrap();
    }

    /// Cleared and closed, and nobody told; the grace time is over.
    pub fn ended_early(&self, it: Escalation) {
        self.clear(it);
        self.shut(it);
        self.wait(600);
    }

    /// Asks for the judgement; outcome and what is missing.
    pub async fn judged(&self, it: Escalation) -> String {
        self.judged_with(it, &[]).await
    }

    pub async fn judged_with(&self, it: Escalation, inputs: &[(&str, &str)]) -> String {
        let answer = self.close(it.ticket, inputs).await;
        format!("{} {}", answer.outcome(), answer.get("missing")).trim().to_owned()
    }

    /// Stage, lane, state, what is missing, option.
    pub fn end(&self, it: Escalation) -> [String; 5] {
        let names = ["hs_pipeline_stage", "escalation_lane", "escalation_state", "closure_missing", "closure_option"];
        names.map(|name| self.value(it.ticket, name))
    }

    /// How often the state table was looked at, and written to, since it was last forgotten.
    pub fn at_table(&self) -> (usize, usize) {
        let is_look = |it: &sandbox::dynamo::Request| it.body["UpdateExpression"] == "SET v=v";
        let (looks, writes): (Vec<_>, Vec<_>) = self.dynamo.requests().into_iter().partition(is_look);
        (looks.len(), writes.len())
    }

    /// The last note of ours.
    pub fn last_note(&self, it: Escalation) -> String {
        self.said(it.ticket).rsplit("\n\n").next().unwrap_or_default().to_owned()
    }

    /// The replies in the thread of a ticket's card.
    pub fn replies(&self, it: Escalation) -> Vec<String> {
        let cards = self.read(ESCALATIONS);
        let card = cards.iter().find(|card| card.text.contains(&format!("ticket {} ", it.ticket)));
        let thread = card.map(|card| self.world.slack.thread(ESCALATIONS, &card.ts)).unwrap_or_default();
        thread.into_iter().skip(1).map(|it| it.text).collect()
    }

    /// DynamoDB collects what has expired.
    pub async fn collect(&self) {
        let now = self.watch.now().as_second();
        let table = self.dynamo.table();
        let all = self.dynamo.call("Scan", &json!({ "TableName": table })).await.unwrap();
        let expired = |it: &&Value| it["exp"]["N"].as_str().is_some_and(|it| it.parse::<i64>().unwrap() < now);
        for item in all["Items"].as_array().unwrap().iter().filter(expired) {
            let row = json!({ "TableName": table, "Key": { "pk": item["pk"] } });
            self.dynamo.call("DeleteItem", &row).await.unwrap();
        }
    }

    /// From now on HubSpot shows what such a call last brought in another shape.
    pub fn reshape(&self, call: &str, shape: impl Fn(&mut Value)) {
        let mut last = self.hubspot.journal().of(call).pop().expect("nobody called that").response;
        shape(&mut last);
        self.hubspot.inject(Fault::on(call, Effect::Refuse(Answer::json(200, last))).always());
    }

    /// How often the ticket was moved into a stage that is open since it was first closed.
    pub fn reopened(&self, it: Escalation) -> usize {
        let history = self.hubspot.history(it.ticket, "hs_pipeline_stage");
        history.windows(2).filter(|it| it[0].value == CLOSED && it[1].value != CLOSED).count()
    }
}
