//! An escalation is over when the customer was told, Escalation Type is cleared and the ticket is closed;
//! what becomes of a ticket that is closed before.
//!
//! What is taken back while the ticket is open leaves its lane by `assign-lane`.

mod apply;
mod case;
mod deleted;
mod fields;
mod flag;
mod found;
mod load;
mod reopen;
mod resolve;
mod slack;

pub use fields::{ClosedBy, Closure, Inputs, Outcome, Outputs};

use std::time::Duration;

use case::Case;
use escalation::http::Http;
use escalation::hubspot::HubSpot;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Look, Times};
use escalation::lineage::began_on;
use escalation::meter::Meter;
use escalation::policy::Policy;
use escalation::procedure::wording;
use escalation::runtime::{Action, Failure, Invocation, Mode, Request, Result};
use escalation::secrets::Secrets;
use escalation::slack::Slack;
use escalation::telemetry;
use escalation::telling::Telling;
use escalation::wrong;
use found::Found;
use jiff::SignedDuration;

/// What must be left of an invocation after everything was read.
const TIME_TO_WRITE: SignedDuration = SignedDuration::from_secs(1);

/// The function and what it needs.
pub struct EnforceClosure {
    hubspot: HubSpot,
    policy: Policy,
    ledger: Ledger,
    /// `None` where Slack is off.
    slack: Option<Slack>,
}

impl EnforceClosure {
    /// From its parts. What is done once in an escalation is remembered as long as that may last.
    pub fn new(hubspot: HubSpot, policy: Policy, ledger: Ledger, slack: Option<Slack>) -> Self {
        Self { hubspot, policy, ledger: ledger.for_escalations(), slack }
    }
}

impl Action for EnforceClosure {
    const NAME: &'static str = "enforce-closure";
    const LABEL: &'static str = "Enforce the closure criteria";
    const DESCRIPTION: &'static str = "Resolves an escalation once the customer was told, Escalation Type is cleared and \
        the ticket is closed; reopens or marks a ticket that was closed before, says what is missing, and returns an \
        outcome to branch on.";
    const CARD: &'static str = "Enforce the closure criteria ({{mode}})";

    const CALLS: u16 = 8;

    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        vec![HubSpot::address()]
    }

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let times = policy.as_ref().map_or_else(|_| Times::default(), |it| it.ledger.times());
        let ledger = Ledger::from_env(times, http);
        let (hubspot, slack) = (HubSpot::from_env(secrets, http), Slack::from_env(secrets, http));
        wrong::nothing([wrong::with(&policy), wrong::with(&ledger), wrong::with(&hubspot), wrong::with(&slack)])?;
        Ok(Self::new(hubspot?, policy?, ledger?, slack?))
    }

    fn meter(&self) -> &Meter {
        self.hubspot.meter()
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn mode(inputs: &Inputs) -> Mode {
        inputs.mode
    }

    async fn run(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Outputs> {
        let found = match self.read(request, invocation).await? {
            Found::Gone => {
                Box::pin(self.tell_of_deletion(request, invocation)).await?;
                return Ok(nothing(request, Outcome::Gone, wording::gone()));
            }
            Found::NotEscalated => return Ok(nothing(request, Outcome::NotEscalated, wording::not_escalated())),
            Found::BeforeOurTime => return Ok(nothing(request, Outcome::NotEscalated, wording::before_our_time())),
            Found::Escalated(found) => found,
        };
        telemetry::cycle(found.ending.cycle.number);
        let began_on = began_on(&found.ticket, found.id, &self.policy);
        let telling = self.telling(request, (found.id, began_on), found.ending.cycle.number, invocation)?;
        let case = Case { request, found: &found, telling: &telling, policy: &self.policy };
        let verdict = case.judge();
        if request.inputs.mode == Mode::Observe {
            return Ok(self.would(&case, &verdict));
        }
        // All that may be said is much for a stack.
        Box::pin(self.apply(&case, verdict)).await
    }
}

impl EnforceClosure {
    /// Reads within the time that leaves some to write and to answer.
    async fn read(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found> {
        let time = Duration::try_from(invocation.remaining() - TIME_TO_WRITE).unwrap_or_default();
        match tokio::time::timeout(time, Box::pin(self.load(request, invocation))).await {
            Ok(found) => found,
            Err(_) => Err(Failure::Later(anyhow::anyhow!("HubSpot did not answer within {time:?}"))),
        }
    }

    /// The means to tell people about an escalation.
    fn telling<'a>(
        &'a self,
        request: &Request<Inputs>,
        (ticket, began_on): (TicketId, TicketId),
        cycle: u32,
        invocation: &'a Invocation,
    ) -> Result<Telling<'a>> {
        let look = Look::new(Self::NAME, request.portal, ticket, &request.inputs)?;
        Ok(Telling { hubspot: &self.hubspot, ledger: &self.ledger, invocation, look, cycle, began_on })
    }
}

/// The answer where nothing is judged.
fn nothing(request: &Request<Inputs>, outcome: Outcome, message: &str) -> Outputs {
    Outputs {
        outcome,
        message: message.to_owned(),
        missing: String::new(),
        closure_option: None,
        run_id: request.run_id.clone(),
    }
}
