//! What happens in HubSpot is looked at at once: a comment, a note, a changed property, a merge, a deletion.
//!
//! An event is a hint. Of a request's events each ticket is looked at once, by the actions that [`decide`]
//! names, which read it anew. HubSpot waits five seconds for an answer: what does not fit into them is
//! written on the agenda, from which the sweep asks us.

mod decide;
mod fields;
mod find;
mod hint;
mod task;
mod until;

pub use fields::{Inputs, Outcome, Outputs};

use anyhow::anyhow;
use escalation::http::{Fault, Http};
use escalation::hubspot::{App, Batch, HubSpot, What};
use escalation::ledger::{Ledger, Times};
use escalation::meter::Meter;
use escalation::policy::Policy;
use escalation::runtime::signature::Problem;
use escalation::runtime::{
    Action, Delivery, Endpoint, Failure, Front, Heard, Invocation, Mode, Origin, Request, Result,
};
use escalation::secrets::Secrets;
use escalation::wrong;
use futures_util::stream::{self, StreamExt};
use hint::Hints;
use jiff::Timestamp;
use task::{Task, tasks};
use tracing::{info, warn};
use until::{Limits, Until};

/// HubSpot's limits are for all of us together.
const AT_A_TIME: usize = 4;
/// The table takes more.
const NOTES_AT_A_TIME: usize = 16;
/// More tickets than these are not all looked at in time: they are written down before.
const MANY: usize = 8;

/// The function and what it needs.
pub struct HubSpotEvents {
    hubspot: HubSpot,
    app: App,
    front: Front,
    policy: Policy,
    ledger: Ledger,
}

/// What became of the tickets of a request.
struct Settled {
    /// How many somebody looked at.
    looked: usize,
    /// How many are on the agenda.
    put_off: usize,
}

impl HubSpotEvents {
    /// From its parts.
    pub fn new(hubspot: HubSpot, app: App, front: Front, policy: Policy, ledger: Ledger) -> Self {
        Self { hubspot, app, front, policy, ledger }
    }
}

/// What the sweep asks where there was no time.
impl Action for HubSpotEvents {
    const NAME: &'static str = "hubspot-events";
    const LABEL: &'static str = "Look at what happened";
    const DESCRIPTION: &'static str = "Has the other actions look at a ticket, each where what happened on it may \
        concern it.";
    const CARD: &'static str = "Look at what happened";

    const CALLS: u16 = 2;

    type Inputs = Inputs;
    type Outputs = Outputs;

    fn addresses() -> Vec<String> {
        vec![HubSpot::address()]
    }

    fn from_env(secrets: &Secrets, http: &Http) -> anyhow::Result<Self> {
        let policy = Policy::from_env();
        let times = policy.as_ref().map_or_else(|_| Times::default(), |it| it.ledger.times());
        let ledger = Ledger::from_env(times, http);
        let (hubspot, app) = (HubSpot::from_env(secrets, http), App::from_env());
        let front = Front::beside_from_env(secrets, http);
        wrong::nothing([
            wrong::with(&policy),
            wrong::with(&ledger),
            wrong::with(&hubspot),
            wrong::with(&app),
            wrong::with(&front),
        ])?;
        Ok(Self::new(hubspot?, app?, front?, policy?, ledger?))
    }

    fn meter(&self) -> &Meter {
        self.hubspot.meter()
    }

    fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// It always has others look, who write.
    fn mode(_: &Inputs) -> Mode {
        Mode::Enforce
    }

    async fn run(&self, request: &Request<Inputs>, invocation: &Invocation) -> Result<Outputs> {
        let task = request.inputs.task((request.portal, request.ticket));
        let front = self.front.at(&request.base_url);
        let visit = Box::pin(async {
            let wanted = self.wanted(&task, invocation).await?;
            if let Some(begins) = wanted.waits_until {
                let (look, at) = fields::look(&task, begins.max(invocation.now()))?;
                self.ledger.look_again(&look, at).await?;
                return Ok(None);
            }
            self.ask(&task, wanted.asked, &front, invocation).await.map(Some)
        });
        let asked = Until::after(until::PATIENCE, invocation).end(visit).await.map_err(Failure::Later)?;
        let outcome = match &asked {
            None => Outcome::PutOff,
            Some(asked) if asked.is_empty() => Outcome::Unconcerned,
            Some(_) => Outcome::Looked,
        };
        let asked = asked.unwrap_or_default();
        Ok(Outputs { outcome, asked: asked.join(";"), run_id: request.run_id.clone() })
    }
}

impl Endpoint for HubSpotEvents {
    const PATH: &'static str = "/hubspot/events";
    /// A hundred events of HubSpot's are about 50 KB.
    const LONGEST: usize = 1024 * 1024;

    const CAN_WAIT: bool = true;

    type Message = Batch;

    fn authenticate(&self, delivery: &Delivery<'_>) -> Result<(), Problem> {
        delivery.is_webhook_of_hubspot()
    }

    fn read(body: &[u8]) -> Result<Batch, &'static str> {
        Batch::read(body)
    }

    /// To find the ticket, and to see how it stands; much of it is our own doing, or of nobody's concern.
    fn calls(&self, batch: &Batch) -> u16 {
        match batch.events.iter().filter(|it| !self.app.did(it.by_app)).count() {
            0 => 0,
            others => u16::try_from(1 + others).unwrap_or(u16::MAX),
        }
    }

    async fn hear(&self, batch: Batch, origin: &Origin<'_>, invocation: &Invocation) -> Result<Heard> {
        let limits = Limits::from_now(invocation);
        let told = Box::pin(self.told(batch, origin, limits)).await;
        let front = self.front.at(&origin.base_url);
        let settled = Box::pin(self.settle(&told.tasks, &front, limits, invocation)).await?;
        told.heard(settled)
    }

    /// To find the tickets of many notes is one call, and that of a conversation another.
    fn calls_to_put_off(&self, batch: &Batch) -> u16 {
        let others = || batch.events.iter().filter(|it| !self.app.did(it.by_app)).map(|it| &it.what);
        let notes = usize::from(others().any(|it| matches!(it, What::Noted(_))));
        let threads = others().filter(|it| matches!(it, What::Said(_))).count();
        u16::try_from(notes + threads).unwrap_or(u16::MAX)
    }

    async fn put_off(&self, batch: Batch, origin: &Origin<'_>, invocation: &Invocation) -> Result<Heard> {
        let limits = Limits::from_now(invocation);
        let told = Box::pin(self.told(batch, origin, limits)).await;
        self.note_all(&told.tasks, limits.note, invocation).await?;
        let put_off = told.tasks.len();
        told.heard(Settled { looked: 0, put_off })
    }
}

/// What a request tells.
struct Told {
    /// How many events.
    events: usize,
    /// The tickets that they lead to.
    tasks: Vec<Task>,
    /// How many could not be followed.
    lost: usize,
}

impl Told {
    fn heard(self, settled: Settled) -> Result<Heard> {
        if self.lost > 0 {
            return Err(Failure::Later(anyhow!("{} notes or conversations could not be read", self.lost)));
        }
        count("hubspot_event_put_off", settled.put_off);
        let outcome = match settled {
            _ if self.tasks.is_empty() => "ignored",
            Settled { looked: 0, put_off: 0 } => "unconcerned",
            Settled { put_off: 0, .. } => "looked",
            Settled { .. } => "put_off",
        };
        let about = format!("{} events on {} tickets", self.events, self.tasks.len());
        Ok(Heard { outcome, metric: None, about })
    }
}

impl HubSpotEvents {
    async fn told(&self, batch: Batch, origin: &Origin<'_>, limits: Limits) -> Told {
        let events = batch.events.len() + batch.ignored;
        let at = batch.events.iter().map(|it| it.at).max().and_then(|it| Timestamp::from_millisecond(it).ok());
        let Hints { hints, foreign, ignored } = Hints::of(batch.events, origin, self.app, &self.policy.properties);
        count("hubspot_event_ignored", ignored + batch.ignored);
        count("hubspot_event_foreign", foreign);
        let (found, lost) = self.find(hints, limits.find).await;
        Told { events, tasks: tasks(found, at), lost }
    }

    /// Has each ticket looked at, a few at a time. What did not fit or did not succeed is on the agenda
    /// afterwards.
    async fn settle(&self, tasks: &[Task], front: &Front, limits: Limits, invocation: &Invocation) -> Result<Settled> {
        // Whoever ends us in the middle of so many leaves them written down.
        let is_noted = tasks.len() > MANY && self.note_all(tasks, limits.ask, invocation).await.is_ok();
        let mut visits = Vec::new();
        for task in tasks {
            let visit = Box::pin(self.visit(task, front, invocation));
            visits.push(async move { (task, limits.ask.end(visit).await) });
        }
        let visited: Vec<_> = stream::iter(visits).buffer_unordered(AT_A_TIME).collect().await;
        let (mut looked, mut left) = (0, Vec::new());
        for (task, visit) in visited {
            let ticket = task.place.1;
            match visit {
                Ok(None) => left.push(task.clone()),
                Ok(Some(asked)) if asked.is_empty() => {}
                Ok(Some(asked)) => {
                    looked += 1;
                    info!(%ticket, asked = asked.join(";"), "Had ticket {ticket} looked at");
                }
                Err(error) => {
                    tell_denied(&error);
                    warn!(%ticket, "Ticket {ticket} is looked at in a minute: {error:#}");
                    left.push(task.clone());
                }
            }
        }
        if !is_noted {
            self.note_all(&left, limits.note, invocation).await?;
        }
        Ok(Settled { looked, put_off: left.len() })
    }

    /// Has a ticket looked at; says by whom. Where a workflow is at work with it that asks the same, we look in a
    /// minute whether it has: `None`.
    async fn visit(
        &self,
        task: &Task,
        front: &Front,
        invocation: &Invocation,
    ) -> anyhow::Result<Option<Vec<&'static str>>> {
        let wanted = self.wanted(task, invocation).await?;
        if wanted.will_be_asked() {
            return Ok(None);
        }
        self.ask(task, wanted.asked, front, invocation).await.map(Some)
    }

    /// Writes down that tickets are to be looked at.
    async fn note_all(&self, tasks: &[Task], until: Until, invocation: &Invocation) -> Result<()> {
        let mut notes = Vec::new();
        for task in tasks {
            let (look, at) = fields::look(task, invocation.now()).map_err(Failure::Later)?;
            notes.push(async move { until.end(self.ledger.look_again(&look, at)).await });
        }
        let noted: Vec<_> = stream::iter(notes).buffer_unordered(NOTES_AT_A_TIME).collect().await;
        match noted.into_iter().collect::<anyhow::Result<Vec<()>>>() {
            Ok(_) => Ok(()),
            Err(error) => Err(Failure::Later(error.context("write down what is to be looked at"))),
        }
    }
}

/// A token that does not do is for a person to put right, who reads the log.
fn tell_denied(error: &anyhow::Error) {
    if let Some(Fault::Denied { reason }) = error.downcast_ref() {
        tracing::error!("HubSpot denies us: {reason}; check the token and its scopes");
    }
}

/// Says how many events came to nothing, for who counts them.
fn count(metric: &'static str, count: usize) {
    if count > 0 {
        info!(metric, count, "{metric}: {count}");
    }
}
