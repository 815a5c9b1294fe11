//! The real processes, their workflows and their logs.

use std::path::PathBuf;
use std::time::Duration;

use escalation::id::TicketId;
use escalation::workflows::Workflow;
use jiff::SignedDuration;
use sandbox::host::Ending;
use sandbox::product::{CLIENT_SECRET, FORWARD_SECRET, Product, Setup};
use sandbox::world::hubspot::owner::Owner;
use sandbox::world::workflow::definition::comment_check;
use sandbox::world::workflow::log::What;

use crate::bench::NAME;
use crate::bench::texts::{DANA, SAM};

/// What is said on tickets and about people, and what opens doors: none of it belongs into a log.
const CANARIES: [&str; 12] = [
    "rder 4711",
    "captures",
    "Refunds",
    "approve",
    "Grill",
    "grill",
    "Double charge",
    "Okafor",
    "Whitfield",
    "@example.com",
    "pat-sandbox",
    "-secret-0001",
];

/// The product, and the people who work with it.
pub struct Shop {
    pub product: Product,
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(None, Duration::from_secs(10)).await
    }

    pub async fn with(policy: Option<PathBuf>, time_limit: Duration) -> Self {
        let workflows = vec![comment_check(&[])];
        Self::start(Setup { policy, time_limit, workflows, ..Setup::of(env!("CARGO_BIN_EXE_sandbox")) }).await
    }

    /// With so many workflows that all begin with the same check.
    pub async fn with_workflows(count: u64) -> Self {
        let workflows = (1..=count).map(|id| Workflow { id, ..comment_check(&[]) }).collect();
        Self::start(Setup { workflows, ..Setup::of(env!("CARGO_BIN_EXE_sandbox")) }).await
    }

    async fn start(setup: Setup) -> Self {
        let product = Product::start(setup).await.unwrap();
        product.world.hubspot.hire(Owner::new(501, SAM.0, "Sam Okafor"));
        product.world.hubspot.hire(Owner::new(502, DANA.0, "Dana Whitfield"));
        Self { product }
    }

    /// A ticket with a conversation and Sam's comment, not escalated yet.
    pub fn ticket(&self, comment: &str) -> TicketId {
        let hubspot = &self.product.world.hubspot;
        let (company, contact) = (
            hubspot.company("Harbour Grill", "harbourgrill.example"),
            hubspot.contact("Ada", "Lund", "ada@grill.example"),
        );
        let sam = hubspot.agent(SAM);
        let ticket = sam.create_ticket(&[("subject", NAME), ("hubspot_owner_id", "501")]).unwrap();
        sam.associate_company(ticket, company).unwrap();
        let thread = hubspot.open_thread(ticket, contact).unwrap();
        hubspot.customer_writes(thread, "You charged order 4711 twice!").unwrap();
        if !comment.is_empty() {
            sam.write_note(ticket, comment).unwrap();
        }
        ticket
    }

    /// The same, escalated.
    pub fn escalated(&self, comment: &str) -> TicketId {
        let ticket = self.ticket(comment);
        self.product.world.hubspot.agent(SAM).set(ticket, "escalation_type", "shift_lead").unwrap();
        ticket
    }

    pub async fn pass(&mut self, minutes: i64) {
        self.product.pass(SignedDuration::from_mins(minutes)).await.unwrap();
    }

    pub fn notes_of_ours(&self, ticket: TicketId) -> usize {
        self.product.world.hubspot.notes(ticket).iter().filter(|it| it.author.is_none()).count()
    }

    pub fn value(&self, ticket: TicketId, property: &str) -> String {
        self.product.world.hubspot.value(ticket, property).unwrap_or_default()
    }

    /// The statuses that HubSpot's workflow got for a ticket.
    pub fn statuses(&self, ticket: TicketId) -> Vec<u16> {
        let called = self.product.engine.log().iter().filter(|it| it.ticket == ticket);
        let status = called.filter_map(|it| match it.what {
            What::Called { status, .. } => Some(status.unwrap_or(0)),
            _ => None,
        });
        status.collect()
    }

    /// How often the action's process ended at work, whoever had asked it.
    pub fn crashes(&self) -> usize {
        let reports = self.product.host.reports();
        reports.iter().filter(|it| it.function == "validate-comment" && it.ending == Ending::Crashed).count()
    }

    /// The outputs of the workflow's last answered call for a ticket.
    pub fn output(&self, ticket: TicketId, name: &str) -> String {
        let answered = self.product.engine.log().iter().rev().filter(|it| it.ticket == ticket);
        let mut outputs = answered.filter_map(|it| match &it.what {
            What::Answered { outputs } => Some(outputs),
            _ => None,
        });
        outputs.next().and_then(|it| it.get(name)).cloned().unwrap_or_default()
    }

    /// Told once, and everything written, in the end.
    #[track_caller]
    pub fn ended_well(&self, ticket: TicketId, why: &str) {
        let log = self.product.engine.log().iter().filter(|it| it.ticket == ticket);
        let story: Vec<String> = log.map(|it| format!("{} {}", it.at, it.what)).collect();
        let story = story.join("\n");
        assert!(story.ends_with("finished") && !story.contains("failed"), "{why}\n{story}");
        assert_eq!(self.notes_of_ours(ticket), 1, "{why}\n{story}");
        let properties =
            ["comment_status", "comment_missing", "cycle"].map(|it| self.value(ticket, &format!("escalation_{it}")));
        assert_eq!(properties, ["incomplete", "blocker;required_to_resolve", "1"], "{why}\n{story}");
    }

    pub fn logs(&self) -> Vec<String> {
        self.product.host.logs().iter().map(|it| it.text.clone()).collect()
    }

    /// Ends the world, after a look at every line that a function wrote.
    #[track_caller]
    pub fn close(self) {
        assert_eq!((CLIENT_SECRET.ends_with(CANARIES[11]), FORWARD_SECRET.ends_with(CANARIES[11])), (true, true));
        let lines = self.logs();
        assert!(!lines.is_empty());
        for line in lines {
            assert!(CANARIES.iter().all(|it| !line.contains(it)), "{line}");
        }
        self.product.finish();
    }
}
