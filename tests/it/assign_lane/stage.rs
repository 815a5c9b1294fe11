//! What these stories need beside the bench: people on duty, the sweep, and all that a ticket holds.

use std::time::Duration;

use escalation::http::Http;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Times};
use escalation::runtime::{Front, Invocation, Job as _};
use jiff::{SignedDuration, Timestamp};
use sandbox::product::FORWARD_SECRET;
use sandbox::world::hubspot::agent::Agent;
use sandbox::world::workflow::log::What;
use serde_json::Value;
use sweep::Sweep;

use crate::bench::Bench;
use crate::bench::texts::LEE;
use crate::ledger::bench::client;

/// Dana and Lee are the Shift Leads.
pub const LEADS: (&str, &str) = (
    "# [[shift_leads]]\n",
    "[[shift_leads]]\nname = \"Dana Whitfield\"\nuser_id = 48211\n\
     [[shift_leads]]\nname = \"Lee Marsh\"\nuser_id = 48311\n",
);

/// Dana is on duty by day, Lee is the fallback.
pub const DAYS: (&str, &str) = (
    "# [rota]\n",
    "[rota]\nfallback = \"Lee Marsh\"\n[[rota.shifts]]\n\
     days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\nfrom = \"09:00\"\nto = \"18:00\"\nwho = [\"Dana Whitfield\"]\n",
);

/// The machine's properties, and those of people that it may change.
const PROPERTIES: [&str; 19] = [
    "escalation_type",
    "escalation_lane",
    "escalation_state",
    "escalation_level",
    "escalation_reason",
    "escalation_owner",
    "escalation_origin",
    "escalation_channel",
    "escalation_cycle",
    "escalation_started_at",
    "escalation_accepted_at",
    "escalation_first_reviewed_at",
    "escalation_review_minutes",
    "escalation_review_due_at",
    "escalation_resolve_due_at",
    "escalation_sla_status",
    "escalation_last_message",
    "hs_ticket_priority",
    "hubspot_owner_id",
];

impl Bench {
    /// Dana and Lee are the Shift Leads; Dana is on duty by day, Lee is the fallback.
    pub async fn with_leads(changes: &[(&str, &str)]) -> Self {
        Self::with_lanes(&[&[LEADS, DAYS], changes].concat()).await
    }

    pub fn lee(&self) -> Agent<'_> {
        self.hubspot.agent(LEE)
    }

    /// All that the lane's machine keeps on a ticket, a line each; what is empty is left out.
    pub fn held(&self, ticket: TicketId) -> String {
        let set = PROPERTIES.iter().map(|it| (it, self.value(ticket, it))).filter(|it| !it.1.is_empty());
        set.map(|(name, value)| format!("{}: {value}\n", name.trim_start_matches("escalation_"))).collect()
    }

    /// Lane, state and owner.
    pub fn place(&self, ticket: TicketId) -> [String; 3] {
        ["lane", "state", "owner"].map(|it| self.value(ticket, &format!("escalation_{it}")))
    }

    /// What was written to tickets since the last look, in JSON.
    pub fn patches(&self) -> Vec<String> {
        let patches = self.hubspot.journal().of("PATCH /crm/v3/objects/tickets/*");
        self.hubspot.journal().clear();
        patches.iter().map(|it| it.request["properties"].to_string()).collect()
    }

    /// The names of the properties that were written since the last look.
    pub fn changed(&self) -> Vec<String> {
        let patches = self.hubspot.journal().of("PATCH /crm/v3/objects/tickets/*");
        self.hubspot.journal().clear();
        let names = |it: &Value| it.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        patches.iter().flat_map(|it| names(&it.request["properties"])).collect()
    }

    /// The sweep runs as it does every minute.
    pub async fn sweep(&self) {
        let ledger = Ledger::new(client(&self.dynamo, 3), self.dynamo.table(), Times::default());
        let front = Front::new(Http::new(), &self.url, FORWARD_SECRET).unwrap();
        let sweep = Sweep::new(ledger, front, Duration::from_secs(30 * 60));
        let deadline = self.watch.now() + SignedDuration::from_secs(50);
        let invocation = Invocation { clock: self.watch.clock(), deadline, request_id: "sweep-1".to_owned() };
        sweep.run(&invocation).await.unwrap();
    }

    /// Moves the clock to a moment, for people alone.
    pub fn at(&self, moment: &str) {
        self.watch.set(moment.parse::<Timestamp>().unwrap());
    }

    /// How often each workflow took a ticket in.
    pub fn enrolments(&self, ticket: TicketId) -> Vec<&str> {
        let log = self.engine.log().iter().filter(|it| it.ticket == ticket && it.what == What::Enrolled);
        log.map(|it| it.workflow.split(' ').next().unwrap()).collect()
    }
}
