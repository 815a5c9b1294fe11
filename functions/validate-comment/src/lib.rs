//! Are the five points there? Who was mentioned? Are the ticket's name and association right?

mod apply;
mod fields;
mod load;

pub use fields::{Feedback, Inputs, Outcome, Outputs};

use std::time::Duration;

use apply::{Applied, Judged};
use escalation::http::{Fault, Http};
use escalation::hubspot::HubSpot;
use escalation::ledger::{Ledger, Times};
use escalation::meter::Meter;
use escalation::policy::Policy;
use escalation::procedure::intake::{self, Facts, Finding, Intake, Rules};
use escalation::procedure::thread::{self, Choice, Window};
use escalation::procedure::ticket_name::Status;
use escalation::procedure::wording;
use escalation::runtime::{Action, Failure, Invocation, Mode, Request, Result};
use escalation::secrets::Secrets;
use escalation::telemetry;
use escalation::wrong;
use jiff::SignedDuration;
use load::{Escalated, Found};

/// What must be left of an invocation after everything was read.
const TIME_TO_WRITE: SignedDuration = SignedDuration::from_secs(1);

/// The function and what it needs.
pub struct ValidateComment {
    hubspot: HubSpot,
    policy: Policy,
    ledger: Ledger,
}

impl ValidateComment {
    /// From its parts.
    pub fn new(hubspot: HubSpot, policy: Policy, ledger: Ledger) -> Self {
        Self { hubspot, policy, ledger: ledger.for_escalations() }
    }
}

impl Action for ValidateComment {
    const NAME: &'static str = "validate-comment";
    const LABEL: &'static str = "Check the escalation comment";
    const DESCRIPTION: &'static str = "Checks that the ticket has an internal comment with the five points (Issue, \
        Investigated, Action Taken, Blocker, Required to Resolve), tells the agent once what is missing, and returns an \
        outcome to branch on.";
    const CARD: &'static str = "Check the escalation comment ({{mode}})";

    const CALLS: u16 = 6;

    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        vec![HubSpot::address()]
    }

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let times = policy.as_ref().map_or_else(|_| Times::default(), |it| it.ledger.times());
        let (ledger, hubspot) = (Ledger::from_env(times, http), HubSpot::from_env(secrets, http));
        wrong::nothing([wrong::with(&policy), wrong::with(&ledger), wrong::with(&hubspot)])?;
        Ok(Self::new(hubspot?, policy?, ledger?))
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
            Found::Escalated(found) => found,
            Found::Gone => return Ok(nothing(request, Outcome::Gone, wording::gone())),
            Found::NotEscalated => return Ok(nothing(request, Outcome::NotEscalated, wording::not_escalated())),
            Found::BeforeOurTime => return Ok(nothing(request, Outcome::NotEscalated, wording::before_our_time())),
        };
        telemetry::cycle(found.cycle);
        let (choice, intake) = self.judge(request, &found, invocation);
        let outputs = outputs(request, &found, &choice, &intake);
        let inputs = &request.inputs;
        let judged = Judged { portal: request.portal, found: &found, choice: &choice, intake: &intake, inputs };
        match inputs.mode {
            Mode::Observe => Ok(Outputs { message: self.would(&judged), ..outputs }),
            Mode::Enforce => match self.apply(&judged, invocation).await? {
                Applied::Written { name } => Ok(Outputs { name_status: name_status(name), ..outputs }),
                Applied::Gone => Ok(nothing(request, Outcome::Gone, wording::gone())),
            },
        }
    }
}

impl ValidateComment {
    /// Reads within the time that leaves some to write and to answer.
    async fn read(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found> {
        let time = Duration::try_from(invocation.remaining() - TIME_TO_WRITE).unwrap_or_default();
        let load = self.load(request, invocation);
        match tokio::time::timeout(time, load).await {
            Ok(found) => found.map_err(|fault| failed(request, fault)),
            Err(_) => Err(Failure::Later(anyhow::anyhow!("HubSpot did not answer within {time:?}"))),
        }
    }

    pub(crate) fn lookback(&self, request: &Request<Inputs>) -> SignedDuration {
        match request.inputs.lookback_days {
            Some(days) => SignedDuration::from_hours(24 * i64::from(days.get())),
            None => self.policy.comment.lookback_days.days(),
        }
    }

    fn judge(&self, request: &Request<Inputs>, found: &Escalated, invocation: &Invocation) -> (Choice, Intake) {
        let rules = &self.policy.comment;
        let window = Window {
            escalated_at: found.started_at,
            previous_cleared_at: found.previous_cleared_at,
            lookback: self.lookback(request),
            join: rules.join_minutes.minutes(),
            asked: found.asked.clone(),
        };
        let choice = thread::choose(&found.entries, &window);
        let shift_leads: Vec<u64> = self.policy.shift_leads.iter().map(|it| it.mention_id).collect();
        let facts = Facts {
            started_at: found.started_at,
            now: invocation.now(),
            choice: &choice,
            has_customer: found.has_customer,
            // What we put right ourselves nobody is asked to put right.
            name: found.name.as_ref().filter(|_| self.new_name(found).is_none()),
        };
        let rules = Rules {
            pending: rules.pending_seconds.seconds(),
            require_mention: request.inputs.require_mention.unwrap_or(rules.require_mention),
            shift_leads: &shift_leads,
        };
        let intake = intake::judge(&facts, &rules);
        (choice, intake)
    }

    /// What `enforce` would do, for a trial run.
    fn would(&self, judged: &Judged<'_>) -> String {
        let new_name = self.rename_to(judged);
        let name = judged.found.name.as_ref().map(|it| if new_name.is_some() { Status::Ok } else { it.status });
        let properties = apply::properties(&self.policy.properties, judged.found, judged.intake, name);
        let names: Vec<&str> = properties.keys().copied().collect();
        let comments = judged.tell() && judged.intake.deficit.is_some();
        wording::would(&apply::summary(judged.found, judged.intake), &names, comments, new_name)
    }
}

/// A token that does not do is for a person to put right, who reads the log.
fn failed(request: &Request<Inputs>, fault: Fault) -> Failure {
    if let Fault::Denied { reason } = &fault {
        tracing::error!(ticket = %request.ticket, "HubSpot denies us: {reason}; check the token and its scopes");
    }
    fault.into()
}

fn outputs(request: &Request<Inputs>, found: &Escalated, choice: &Choice, intake: &Intake) -> Outputs {
    let outcome = match intake.finding {
        Finding::Complete => Outcome::Complete,
        Finding::Incomplete => Outcome::Incomplete,
        Finding::Missing => Outcome::Missing,
        Finding::Pending => Outcome::Pending,
    };
    let name = found.name.as_ref();
    Outputs {
        outcome,
        message: apply::summary(found, intake),
        missing_points: apply::missing_points(intake),
        hints: apply::hints(intake),
        mention_status: intake.mention.name().to_owned(),
        comment_id: choice.counted.as_ref().map(|it| it.ids.join(";")).unwrap_or_default(),
        name_status: name_status(name.map(|it| it.status)),
        suggested_name: name.and_then(|it| it.suggestion.clone()).unwrap_or_default(),
        association_status: if found.has_customer { "ok" } else { "association_missing" }.to_owned(),
        run_id: request.run_id.clone(),
    }
}

/// What is said of a name; nobody may want to know.
fn name_status(name: Option<Status>) -> String {
    name.map_or("off", Status::name).to_owned()
}

/// The answer where there is nothing to check.
fn nothing(request: &Request<Inputs>, outcome: Outcome, message: &str) -> Outputs {
    Outputs {
        outcome,
        message: message.to_owned(),
        missing_points: String::new(),
        hints: String::new(),
        mention_status: String::new(),
        comment_id: String::new(),
        name_status: String::new(),
        suggested_name: String::new(),
        association_status: String::new(),
        run_id: request.run_id.clone(),
    }
}
