//! What happens in Jira comes to the tickets that follow it: its status, that Tech is done, a moved key, a
//! deletion, and comments that are meant for support. Each is told once.

mod fields;
mod found;
mod news;
mod order;
mod round;
mod slack;
mod tell;
mod visit;
mod write;

pub use fields::{Inputs, Outcome, Outputs};

use std::time::Duration;

use anyhow::anyhow;
use escalation::http::{Fault, Http};
use escalation::hubspot::HubSpot;
use escalation::jira::{Caller, Event, Jira, Progress, Site};
use escalation::ledger::{Ledger, Times};
use escalation::meter::Meter;
use escalation::policy::Policy;
use escalation::procedure::jira_reference::IssueKey;
use escalation::runtime::signature::Problem;
use escalation::runtime::{Action, Delivery, Endpoint, Failure, Heard, Invocation, Mode, Origin, Request, Result};
use escalation::secrets::Secrets;
use escalation::slack::Slack;
use escalation::wrong;
use jiff::SignedDuration;
use news::Asked;

/// What must be left of an invocation after Jira was read.
const TIME_TO_TELL: SignedDuration = SignedDuration::from_millis(5_500);

/// What must be left after a ticket was told, to note that it was not, and to answer.
const TIME_TO_ANSWER: SignedDuration = SignedDuration::from_millis(1_200);

/// The function and what it needs.
pub struct JiraCallback {
    hubspot: HubSpot,
    jira: Jira,
    site: Site,
    caller: Caller,
    policy: Policy,
    ledger: Ledger,
    /// `None` where Slack is off.
    slack: Option<Slack>,
}

impl JiraCallback {
    /// From its parts.
    pub fn new(
        hubspot: HubSpot,
        (jira, site, caller): (Jira, Site, Caller),
        policy: Policy,
        ledger: Ledger,
        slack: Option<Slack>,
    ) -> Self {
        Self { hubspot, jira, site, caller, policy, ledger, slack }
    }
}

/// What the sweep asks where something could not be told at once.
impl Action for JiraCallback {
    const NAME: &'static str = "jira-callback";
    const LABEL: &'static str = "Bring what is new in Jira";
    const DESCRIPTION: &'static str = "Reads the Jira issue of an escalation anew and brings what is new there to the \
        ticket: its status, that Tech is done, a moved key, a deletion. Each is told once.";
    const CARD: &'static str = "Bring what is new in Jira";

    const CALLS: u16 = 4;

    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        vec![HubSpot::address(), Jira::address()]
    }

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let times = policy.as_ref().map_or_else(|_| Times::default(), |it| it.ledger.times());
        let ledger = Ledger::from_env(times, http);
        let (hubspot, slack) = (HubSpot::from_env(secrets, http), Slack::from_env(secrets, http));
        let (jira, site, caller) = (Jira::from_env(secrets, http), Site::from_env(), Caller::from_env(secrets));
        wrong::nothing([
            wrong::with(&policy),
            wrong::with(&ledger),
            wrong::with(&hubspot),
            wrong::with(&jira),
            wrong::with(&site),
            wrong::with(&caller),
            wrong::with(&slack),
        ])?;
        Ok(Self::new(hubspot?, (jira?, site?, caller?), policy?, ledger?, slack?))
    }

    fn meter(&self) -> &Meter {
        self.hubspot.meter()
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn mode(_: &Inputs) -> Mode {
        Mode::Enforce
    }

    async fn run(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Outputs> {
        let place = (request.portal, request.ticket);
        let time = time_before(TIME_TO_ANSWER, invocation);
        let told = async {
            let asked = self.asked(request, invocation).await?;
            let subject = self.subject(&asked).await.map_err(|it| failed("Jira", it))?;
            self.visit(place, &asked, &subject, invocation).await
        };
        let outcome = tokio::time::timeout(time, Box::pin(told)).await;
        let outcome = outcome.unwrap_or_else(|_| Err(Failure::Later(anyhow!("no end within {time:?}"))))?;
        Ok(Outputs { outcome, run_id: request.run_id.clone() })
    }
}

impl Endpoint for JiraCallback {
    const PATH: &'static str = "/jira/events";
    /// A webhook brings the whole issue.
    const LONGEST: usize = 1024 * 1024;
    /// Who sets up a rule may leave out the header.
    const MAY_BE_UNTYPED: bool = true;

    /// Which tickets it is about is not known before Jira and HubSpot were asked, and a rule tells once.
    const CAN_WAIT: bool = false;

    type Message = Option<Event>;

    fn authenticate(&self, delivery: &Delivery<'_>) -> Result<(), Problem> {
        self.caller.authenticate(delivery)
    }

    fn read(body: &[u8]) -> Result<Option<Event>, &'static str> {
        let body = serde_json::from_slice(body).map_err(|_| "the body is not JSON: a smart value may be empty")?;
        Ok(Event::read(&body))
    }

    fn calls(&self, _: &Option<Event>) -> u16 {
        Self::CALLS
    }

    async fn hear(&self, event: Option<Event>, origin: &Origin<'_>, invocation: &Invocation) -> Result<Heard> {
        let Some(event) = event else {
            return Ok(Heard { outcome: "ignored", metric: Some("jira_event_ignored"), about: String::new() });
        };
        let asked = Asked::from(event);
        let time = time_before(TIME_TO_TELL, invocation);
        let read = tokio::time::timeout(time, Box::pin(self.read_anew(&asked, origin.portals))).await;
        let read = read.unwrap_or_else(|_| Err(Failure::Later(anyhow!("Jira did not answer within {time:?}"))));
        let (subject, places) = match read {
            Ok(read) => read,
            Err(failure) => {
                self.put_off(&asked, origin.portals, invocation).await?;
                return Err(failure);
            }
        };
        let outcome = Box::pin(self.tell_round(&places, &asked, (&subject, origin.portals), invocation)).await?;
        Ok(heard(outcome, &asked, subject.issue.as_ref()))
    }
}

impl JiraCallback {
    /// What the sweep asks for; the ticket's own issue where it names none.
    async fn asked(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Asked> {
        let issue = match &request.inputs.issue {
            Some(issue) => Some(issue.clone()),
            None => {
                let found = self.load(request.ticket, invocation).await.map_err(|it| failed("HubSpot", it))?;
                found.and_then(|it| self.reference(&it, None)).map(|it| it.to_string())
            }
        };
        let key = issue.as_deref().and_then(|it| IssueKey::parse(it).ok());
        let comment = request.inputs.comment();
        Ok(Asked { issue, key, comment, labels: Vec::new(), ticket: None, at: None, is_on_the_agenda: true })
    }
}

/// What came of an event, in one word.
fn heard(outcome: Option<Outcome>, asked: &Asked, issue: Option<&Progress>) -> Heard {
    let about = asked.about();
    let is_ours = matches!(outcome, Some(Outcome::Told | Outcome::Unchanged | Outcome::Older));
    let is_older = outcome == Some(Outcome::Unchanged) && issue.is_some_and(|it| asked.is_older_than(it));
    let outcome = match outcome {
        Some(_) if is_older => "older",
        Some(outcome) => outcome.name(),
        None => "unknown",
    };
    Heard { outcome, metric: (!is_ours).then_some("jira_event_unknown"), about }
}

fn time_before(margin: SignedDuration, invocation: &Invocation) -> Duration {
    Duration::try_from(invocation.remaining() - margin).unwrap_or_default()
}

/// A token that does not do is for a person to put right, who reads the log.
fn failed(vendor: &str, fault: Fault) -> Failure {
    if let Fault::Denied { reason } = &fault {
        tracing::error!("{vendor} denies us: {reason}; check the token and its scopes");
    }
    fault.into()
}
