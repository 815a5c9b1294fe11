//! Where one ticket is in one workflow.

use std::collections::BTreeMap;

use escalation::id::{PortalId, TicketId};
use jiff::Timestamp;

/// An action's `outputFields`.
pub type Outputs = BTreeMap<String, String>;

/// One enrolment.
#[derive(Debug, Clone)]
pub struct Enrolment {
    pub id: u64,
    /// The workflow's place in the engine.
    pub workflow: usize,
    pub ticket: TicketId,
    /// The step's place in the workflow.
    pub step: usize,
    /// When it goes on.
    pub due: Timestamp,
    pub tries: u32,
    pub first_try: Option<Timestamp>,
    pub waiting: bool,
    pub blocked: bool,
    /// How many actions it has finished.
    index: u64,
    outputs: BTreeMap<usize, Outputs>,
}

impl Enrolment {
    pub fn new(id: u64, workflow: usize, ticket: TicketId, at: Timestamp) -> Self {
        Self {
            id,
            workflow,
            ticket,
            step: 0,
            due: at,
            tries: 0,
            first_try: None,
            waiting: false,
            blocked: false,
            index: 0,
            outputs: BTreeMap::new(),
        }
    }

    /// HubSpot counts actions from 1.
    pub fn action(&self) -> usize {
        self.step + 1
    }

    pub fn index(&self) -> u64 {
        self.index
    }

    /// The same on every try of a step.
    pub fn callback(&self, portal: PortalId) -> String {
        format!("ap-{portal}-{}-{}-{}", self.id, self.action(), self.index)
    }

    pub fn start_try(&mut self, now: Timestamp) {
        self.tries += 1;
        self.first_try.get_or_insert(now);
    }

    /// What an action of an earlier step answered.
    pub fn output(&self, step: usize, name: &str) -> Option<&str> {
        self.outputs.get(&step)?.get(name).map(String::as_str)
    }

    pub fn finish_step(&mut self, outputs: Outputs, now: Timestamp) {
        self.outputs.insert(self.step, outputs);
        self.go_to(self.step + 1, now);
    }

    pub fn go_to(&mut self, step: usize, now: Timestamp) {
        self.step = step;
        self.due = now;
        (self.tries, self.first_try) = (0, None);
        (self.waiting, self.blocked) = (false, false);
        self.index += 1;
    }
}
