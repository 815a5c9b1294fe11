//! Link and Log: exactly one Jira issue for an escalation that was sent to Tech, known on both sides.

mod apply;
mod ask;
mod deleted;
mod draft;
mod fields;
mod found;
mod link;
mod load;
mod make;
mod merged;
mod named;
mod refuse;
mod slack;

pub use fields::{Inputs, Outcome, Outputs};

use std::time::Duration;

use apply::Case;
use ask::in_time;
use escalation::http::{Fault, Http};
use escalation::hubspot::HubSpot;
use escalation::jira::{CREATE_TIMEOUT, Issue, Jira, Site};
use escalation::ledger::{Effect, Ledger, Look, Times};
use escalation::lineage;
use escalation::meter::Meter;
use escalation::policy::{CreatedFor, Policy, TechBy};
use escalation::procedure::intake::Finding;
use escalation::procedure::jira_reference::{IssueKey, Reason};
use escalation::procedure::lane::Wish;
use escalation::procedure::wording;
use escalation::procedure::wording::tech as words;
use escalation::runtime::{Action, Failure, Invocation, Mode, Request, Result};
use escalation::secrets::Secrets;
use escalation::slack::Slack;
use escalation::telemetry::{self, Metric};
use escalation::telling::Telling;
use escalation::wrong;
use found::{Escalated, Found, PRIORITY};
use jiff::SignedDuration;
use make::is_of;
use named::{Named, named};

/// What must be left of an invocation after everything was read.
const TIME_TO_WRITE: SignedDuration = SignedDuration::from_secs(1);

/// The function and what it needs.
pub struct CreateJiraIssue {
    hubspot: HubSpot,
    jira: Jira,
    site: Site,
    policy: Policy,
    ledger: Ledger,
    /// `None` where Slack is off.
    slack: Option<Slack>,
}

/// What is to be done about an escalation's issue.
enum Step {
    /// It needs one, unless it has one: nobody named any that counts.
    Create,
    /// It has the one that we created for it.
    Ours(Issue),
    /// It gets one that was there already.
    Link { issue: Issue, others: Vec<IssueKey> },
    /// Somebody has to do something first.
    Blocked(Blocked),
}

/// What keeps an escalation from its issue until somebody does something about it.
pub enum Blocked {
    /// No Shift Lead has sent it to Tech.
    NotConfirmed,
    /// Jira Reference names no issue that may be used.
    Unreadable(Reason),
    /// It names one that does not exist, as far as we may see.
    Unknown(IssueKey),
    /// The issue is in a project that escalations do not go to.
    Elsewhere(IssueKey),
}

impl Blocked {
    /// What workflows know it by.
    fn code(&self) -> &'static str {
        match self {
            Self::NotConfirmed => "not_confirmed",
            Self::Unreadable(reason) => reason.name(),
            Self::Unknown(_) => "not_found",
            Self::Elsewhere(_) => Reason::ProjectNotAllowed.name(),
        }
    }
}

impl CreateJiraIssue {
    /// From its parts.
    pub fn new(
        hubspot: HubSpot,
        (jira, site): (Jira, Site),
        policy: Policy,
        ledger: Ledger,
        slack: Option<Slack>,
    ) -> Self {
        Self { hubspot, jira, site, policy, ledger, slack }
    }
}

impl Action for CreateJiraIssue {
    const NAME: &'static str = "create-jira-issue";
    const LABEL: &'static str = "Create or link the Jira issue";
    const DESCRIPTION: &'static str = "Creates exactly one Jira issue for an escalation that a Shift Lead sent to Tech, or \
        links the one named in Jira Reference; writes its key on the ticket, tells the agent, and returns an outcome to \
        branch on.";
    const CARD: &'static str = "Create or link the Jira issue ({{mode}})";

    const CALLS: u16 = 5;

    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        vec![HubSpot::address(), Jira::address()]
    }

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let times = policy.as_ref().map_or_else(|_| Times::default(), |it| it.ledger.times());
        // An open escalation may be asked about long after its issue was created.
        let ledger = Ledger::from_env(Times { act: CREATE_TIMEOUT, ended: times.kept, ..times }, http);
        let (hubspot, slack) = (HubSpot::from_env(secrets, http), Slack::from_env(secrets, http));
        let (jira, site) = (Jira::from_env(secrets, http), Site::from_env());
        wrong::nothing([
            wrong::with(&policy),
            wrong::with(&ledger),
            wrong::with(&hubspot),
            wrong::with(&jira),
            wrong::with(&site),
            wrong::with(&slack),
        ])?;
        Ok(Self::new(hubspot?, (jira?, site?), policy?, ledger?, slack?))
    }

    fn has_failed(outputs: &Outputs) -> bool {
        outputs.outcome == Outcome::FailedPermanent
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
                return Ok(gone(request));
            }
            Found::NotEscalated => return Ok(nothing(request, Outcome::NotEscalated, wording::not_escalated())),
            Found::BeforeOurTime => return Ok(nothing(request, Outcome::NotEscalated, wording::before_our_time())),
            Found::Escalated(found) => found,
        };
        telemetry::cycle(found.cycle);
        let look = Look::new(Self::NAME, request.portal, found.id, &request.inputs)?;
        let began_on = lineage::began_on(&found.ticket, found.id, &self.policy);
        let (hubspot, ledger, cycle) = (&self.hubspot, &self.ledger, found.cycle);
        let telling = Telling { hubspot, ledger, invocation, look, cycle, began_on };
        let effect = self.effect(request, &found, &telling)?;
        let case = Case { request, found: &found, telling: &telling, effect: &effect };
        let step = Box::pin(self.step(&case)).await?;
        if request.inputs.mode == Mode::Observe {
            return Box::pin(self.would(&case, step)).await;
        }
        // A poll of all that a run may lead to would take a thread's stack where nothing is optimised.
        match step {
            Step::Create if found.comment.intake.finding == Finding::Pending => {
                telling.look_soon(SignedDuration::ZERO).await?;
                Ok(nothing(request, Outcome::Pending, &words::summary(&words::Outcome::Pending)))
            }
            Step::Create => Box::pin(self.make(&case, None)).await,
            Step::Ours(issue) => Box::pin(self.make(&case, Some(issue))).await,
            Step::Link { issue, others } => Box::pin(self.link(&case, issue, &others)).await,
            Step::Blocked(blocked) => Box::pin(self.block(&case, &blocked)).await,
        }
    }
}

impl CreateJiraIssue {
    /// Reads within the time that leaves some to write and to answer.
    async fn read(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Found> {
        let time = Duration::try_from(invocation.remaining() - TIME_TO_WRITE).unwrap_or_default();
        match tokio::time::timeout(time, self.load(request, invocation)).await {
            Ok(found) => found.map_err(|fault| failed(request, "HubSpot", fault)),
            Err(_) => Err(Failure::Later(anyhow::anyhow!("HubSpot did not answer within {time:?}"))),
        }
    }

    /// The creation of this escalation's issue. What Jira refused is tried again where the policy says
    /// otherwise by then, or a Shift Lead sends it to Tech anew.
    fn effect(&self, request: &Request<Inputs>, found: &Escalated, telling: &Telling<'_>) -> Result<Effect> {
        let rules = &self.policy.jira;
        let (project, issue_type) = self.target(&request.inputs);
        let asked = (project, issue_type, &*rules.fields, self.priority(found), found.wished.at.to_string());
        Ok(telling.effect_defined_by("jira-issue", &[], &asked)?.counting([Metric::Issues]))
    }

    /// The project and the type of new issues.
    fn target<'a>(&'a self, inputs: &'a Inputs) -> (&'a str, &'a str) {
        let rules = &self.policy.jira;
        (inputs.project.as_ref().unwrap_or(&rules.project), inputs.issue_type.as_ref().unwrap_or(&rules.issue_type))
    }

    /// What Jira calls the ticket's priority, where the policy says.
    fn priority(&self, found: &Escalated) -> Option<&str> {
        self.policy.jira.priority(found.ticket.property(PRIORITY).parse().ok())
    }

    /// Keys of the projects whose issues may be linked.
    fn projects<'a>(&'a self, inputs: &'a Inputs) -> impl Iterator<Item = &'a str> {
        self.policy.jira.projects().chain(inputs.project.iter().map(|it| &**it))
    }

    /// Decides what is to be done; asks Jira for the issue that the ticket names.
    async fn step(&self, case: &Case<'_>) -> Result<Step> {
        let (found, inputs) = (case.found, &case.request.inputs);
        let is_confirmed = match found.wished.wish {
            Wish::Tech { by_shift_lead } => by_shift_lead || self.policy.escalation.tech_by == TechBy::Anyone,
            _ => false,
        };
        if !is_confirmed && self.policy.jira.created_for == CreatedFor::Tech {
            // What went back to the Shift Lead keeps the issue that it has, unless somebody names another.
            return Ok(match self.recorded(case.effect).await? {
                Some(key) if !found.names_another(&key, &self.policy) => Step::Create,
                _ => Step::Blocked(Blocked::NotConfirmed),
            });
        }
        let projects = self.projects(inputs).map(str::to_owned).collect();
        let (key, others, is_of_an_earlier, is_ours) = match named(found, projects, self.site.address(), &self.policy) {
            Named::Nothing => return Ok(Step::Create),
            Named::Unreadable(reason) => return Ok(Step::Blocked(Blocked::Unreadable(reason))),
            Named::Issue { key, others, is_of_an_earlier, is_ours } => (key, others, is_of_an_earlier, is_ours),
        };
        let issue = in_time(case.telling.invocation, self.jira.issue(&key)).await;
        let issue = match issue {
            Ok(issue) => issue,
            // What was done needs no Jira to be told again.
            Err(_) if is_ours && self.recorded(case.effect).await?.is_some() => return Ok(Step::Create),
            Err(fault) => return Err(failed(case.request, "Jira", fault)),
        };
        Ok(match issue {
            Some(issue) if is_of(&issue, case.effect.marker()) => Step::Ours(issue),
            // A new escalation needs a new issue only where the old one was done with before.
            Some(issue) if is_of_an_earlier && issue.is_done && !self.is_linked(case, &issue).await? => Step::Create,
            Some(issue) => match self.may_link(case, &issue).await? {
                true => Step::Link { issue, others },
                false => Step::Blocked(Blocked::Elsewhere(issue.key)),
            },
            // What is no longer there is another escalation's, or was ours.
            None if is_of_an_earlier || self.recorded(case.effect).await?.is_some() => Step::Create,
            None => Step::Blocked(Blocked::Unknown(key)),
        })
    }

    /// What `enforce` would do, for a trial run.
    async fn would(&self, case: &Case<'_>, step: Step) -> Result<Outputs> {
        let key = match step {
            Step::Blocked(blocked) => return Ok(self.blocked(case, &blocked)),
            Step::Link { issue, .. } if self.is_linked(case, &issue).await? => Some(issue.key),
            Step::Link { issue, .. } => {
                let message = words::would(&words::Plan::Link(&issue.key), &self.to_write(), self.stage(case));
                return Ok(self.answer(case, Outcome::LinkedExisting, Some(&issue.key), message));
            }
            Step::Ours(issue) => Some(issue.key),
            Step::Create => self.recorded(case.effect).await?,
        };
        if let Some(key) = key {
            let message = words::summary(&words::Outcome::Already(&key));
            return Ok(self.answer(case, Outcome::Already, Some(&key), message));
        }
        let (project, issue_type) = self.target(&case.request.inputs);
        let plan = words::Plan::Create { project, issue_type };
        let message = words::would(&plan, &self.to_write(), self.stage(case));
        Ok(self.answer(case, Outcome::Created, None, message))
    }

    /// The properties that an issue is written to.
    fn to_write(&self) -> [&str; 3] {
        let ours = &self.policy.properties;
        [&ours.jira_reference, &ours.jira_status, &ours.jira_url]
    }

    fn answer(&self, case: &Case<'_>, outcome: Outcome, key: Option<&IssueKey>, message: String) -> Outputs {
        let key = key.map(IssueKey::to_string).unwrap_or_default();
        let jira_url = if key.is_empty() { String::new() } else { self.site.page(&key) };
        Outputs { jira_key: key, jira_url, ..nothing(case.request, outcome, &message) }
    }
}

/// A token that does not do is for a person to put right, who reads the log.
fn failed(request: &Request<Inputs>, vendor: &str, fault: Fault) -> Failure {
    if let Fault::Denied { reason } = &fault {
        tracing::error!(ticket = %request.ticket, "{vendor} denies us: {reason}; check the token and its scopes");
    }
    fault.into()
}

/// The answer where the ticket was deleted.
fn gone(request: &Request<Inputs>) -> Outputs {
    nothing(request, Outcome::Gone, wording::gone())
}

/// The answer where there is no issue.
fn nothing(request: &Request<Inputs>, outcome: Outcome, message: &str) -> Outputs {
    Outputs {
        outcome,
        message: message.to_owned(),
        jira_key: String::new(),
        jira_url: String::new(),
        reason: String::new(),
        run_id: request.run_id.clone(),
    }
}
