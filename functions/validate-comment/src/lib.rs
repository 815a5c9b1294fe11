//! Are the five points there? Who was mentioned? Are the ticket's name and association right?

mod apply;
mod fields;
mod load;

pub use fields::{Feedback, Inputs, Mode, Outcome, Outputs};

use escalation::hubspot::HubSpot;
use escalation::http::Http;
use escalation::ledger::{Ledger, Times};
use escalation::policy::Policy;
use escalation::procedure::cycle::Escalation;
use escalation::procedure::{intake, wording};
use escalation::runtime::{Action, Failure, Invocation, Request, Result};
use escalation::secrets::Secrets;

/// The function and what it needs.
pub struct ValidateComment {
    hubspot: HubSpot,
    policy: Policy,
    ledger: Ledger,
}

impl ValidateComment {
    /// From its parts.
    pub fn new(hubspot: HubSpot, policy: Policy, ledger: Ledger) -> Self {
        Self { hubspot, policy, ledger }
    }
}
