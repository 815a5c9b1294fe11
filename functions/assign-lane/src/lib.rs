//! Which lane an escalation is in, who has it, by when; and who is told.

mod agenda;
mod agent;
mod apply;
mod cleared;
mod decide;
mod duty;
mod fields;
mod found;
mod load;
mod review;
mod slack;
mod watch;

pub use fields::{InLane, Inputs, OnLevel, Outcome, Outputs};

use std::time::Duration;

use apply::Assigned;
use escalation::http::{Fault, Http};
use escalation::hubspot::HubSpot;
use escalation::ledger::{Ledger, Times};
use escalation::meter::Meter;
use escalation::policy::Policy;
use escalation::procedure::lane::Lane;
use escalation::procedure::wording;
use escalation::procedure::wording::lane as words;
use escalation::runtime::{Action, Failure, Invocation, Mode, Request, Result};
use escalation::secrets::Secrets;
use escalation::slack::Slack;
use escalation::telemetry;
use escalation::wrong;
use found::Found;
use jiff::{SignedDuration, Timestamp};

/// What must be left of an invocation after everything was read.
const TIME_TO_WRITE: SignedDuration = SignedDuration::from_secs(1);

/// The function and what it needs.
pub struct AssignLane {
    hubspot: HubSpot,
    policy: Policy,
    ledger: Ledger,
    /// `None` where Slack is off.
    slack: Option<Slack>,
}

impl AssignLane {
    /// From its parts.
    pub fn new(hubspot: HubSpot, policy: Policy, ledger: Ledger, slack: Option<Slack>) -> Self {
        Self { hubspot, policy, ledger: ledger.for_escalations(), slack }
    }
}

impl Action for AssignLane {
    const NAME: &'static str = "assign-lane";
    const LABEL: &'static str = "Assign the escalation lane";
    const DESCRIPTION: &'static str = "Puts an escalated ticket into its lane once its comment is complete, gives it to \
        the Shift Lead on duty with due times, tells Slack, and returns an outcome to branch on.";
    const CARD: &'static str = "Assign the escalation lane ({{mode}})";

    const CALLS: u16 = 4;

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
        let found = self.read(request, invocation).await?;
        found.cycle().into_iter().for_each(telemetry::cycle);
        let assigned = match found {
            Found::Gone => None,
            Found::NotEscalated(since) => {
                self.watch_cleared(request, since, invocation).await?;
                return Ok(nothing(request, Outcome::NotEscalated, wording::not_escalated()));
            }
            Found::LetGo => return Ok(nothing(request, Outcome::Deescalated, words::let_go())),
            Found::BeforeOurTime => return Ok(nothing(request, Outcome::NotEscalated, wording::before_our_time())),
            Found::Cleared(found) => self.deescalate(request, &found, invocation).await?,
            Found::Reopened(found) => self.keep_in_sight(request, &found, invocation).await?,
            Found::Escalated(found) => Box::pin(self.assign(request, &found, invocation)).await?,
        };
        Ok(match assigned {
            Some(assigned) => outputs(request, assigned),
            None => nothing(request, Outcome::Gone, wording::gone()),
        })
    }
}

impl AssignLane {
    /// Reads within the time that leaves some to write and to answer.
    async fn read(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found> {
        let time = Duration::try_from(invocation.remaining() - TIME_TO_WRITE).unwrap_or_default();
        match tokio::time::timeout(time, self.load(request, invocation)).await {
            Ok(found) => found.map_err(|fault| failed(request, fault)),
            Err(_) => Err(Failure::Later(anyhow::anyhow!("HubSpot did not answer within {time:?}"))),
        }
    }
}

/// A token that does not do is for a person to put right, who reads the log.
fn failed(request: &Request<Inputs>, fault: Fault) -> Failure {
    if let Fault::Denied { reason } = &fault {
        tracing::error!(ticket = %request.ticket, "HubSpot denies us: {reason}; check the token and its scopes");
    }
    fault.into()
}

fn outputs(request: &Request<Inputs>, assigned: Assigned) -> Outputs {
    let at = |it: Option<Timestamp>| it.map(|it| it.to_string()).unwrap_or_default();
    let Assigned { outcome, message, state, level, owner_id, due, triggers } = assigned;
    Outputs {
        outcome,
        message,
        lane: Lane::of(state).map(InLane::from),
        level: level.map(OnLevel::from),
        owner_id,
        review_due_at: at(due.review_at),
        resolve_due_at: at(due.resolve_at),
        triggers,
        run_id: request.run_id.clone(),
    }
}

/// The answer where there is no escalation to assign.
fn nothing(request: &Request<Inputs>, outcome: Outcome, message: &str) -> Outputs {
    Outputs {
        outcome,
        message: message.to_owned(),
        lane: None,
        level: None,
        owner_id: String::new(),
        review_due_at: String::new(),
        resolve_due_at: String::new(),
        triggers: String::new(),
        run_id: request.run_id.clone(),
    }
}
