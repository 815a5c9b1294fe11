//! What these stories need beside the bench: an escalation under way, its conversation, and its end.

use escalation::id::TicketId;
use sandbox::world::hubspot::id::ThreadId;

use crate::assign_lane::stage::DAYS;
use crate::bench::Bench;
use crate::bench::texts::whole;
use crate::assign_lane::stage::LEADS;

pub const CONNECTED: &str = "f240bbac-87c9-4f6e-bf70-924b57d47db7";
pub const CLOSED: &str = "4";
pub const OPEN: &str = "3";

/// An escalation that is with the Shift Lead, who has answered.
pub struct Escalation {
    pub ticket: TicketId,
    pub thread: ThreadId,
}

impl Bench {
    /// All functions and workflows.
    pub async fn with_closing(changes: &[(&str, &str)]) -> Self {
        Self::with_jira(&[&[LEADS, DAYS], changes].concat()).await
    }

    /// At 09:41 escalated and assigned, at 10:12 answered by Dana; it is half past ten.
    pub async fn answered(&self) -> Escalation {
        let it = self.unanswered().await;
        self.at("2026-01-05T10:12:00Z");
        self.dana().write_note(it.ticket, "<p>Refund approved, tell them.</p>").unwrap();
        self.at("2026-01-05T10:30:00Z");
        it
    }

    /// The same before anybody answered; in the stage "Waiting on us".
    pub async fn unanswered(&self) -> Escalation {
        let ticket = self.ticket();
        self.sam().move_to(ticket, OPEN).unwrap();
        let contact = self.hubspot.contact("Ada", "Lund", "ada@harbourgrill.example");
        let thread = self.hubspot.open_thread(ticket, contact).unwrap();
        self.hubspot.customer_writes(thread, "You charged order 4711 twice!").unwrap();
        self.sam().write_note(ticket, &whole()).unwrap();
        self.escalate(ticket);
        assert_eq!(self.assign(ticket, &[]).await.outcome(), "assigned");
        Escalation { ticket, thread }
    }

    pub fn clear(&self, ticket: TicketId) {
        self.sam().set(ticket, "escalation_type", "").unwrap();
    }

    pub fn shut(&self, ticket: TicketId) {
        self.sam().move_to(ticket, CLOSED).unwrap();
    }

    /// Asks for the judgement; outcome and what is missing.
    #[track_caller]
    pub fn judged(&self, ticket: TicketId) -> impl Future<Output = String> {
        async move {
            let answer = self.close(ticket, &[]).await;
            format!("{} {}", answer.outcome(), answer.get("missing")).trim().to_owned()
        }
    }

    /// Stage, lane, state, what is missing, option, business minutes.
    pub fn end(&self, ticket: TicketId) -> [String; 6] {
        let names = [
            "hs_pipeline_stage",
            "escalation_lane",
            "escalation_state",
            "closure_missing",
            "closure_option",
            "escalation_resolve_minutes",
        ];
        names.map(|it| self.value(ticket, it))
    }
}
