//! One escalation that is sent to Tech while something goes wrong: deliveries on HubSpot's schedule, the
//! sweep each minute, and what there must be in the end.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use escalation::http::Http;
use escalation::id::TicketId;
use escalation::ledger::{Ledger, Times};
use escalation::runtime::{Front, HttpEvent, HttpReply, Invocation, Job as _};
use jiff::{SignedDuration, Timestamp};
use sandbox::dynamo::{Moment, Step};
use sandbox::product::FORWARD_SECRET;
use sandbox::world::call::{Answer, Target};
use sandbox::world::fault::{Effect, Fault};
use sandbox::world::hubspot::limit::Limits;
use sandbox::world::{hubspot, jira, slack};
use serde_json::{Value, json};
use sweep::Sweep;
use tokio::sync::Notify;

use crate::bench::{Bench, ESCALATIONS, Lambda};
use crate::ledger::bench::client;

/// Where an answer is lost, Slack is asked for the message: by the channel's id.
const BY_ID: (&str, &str) = ("escalations = \"#cs-escalations\"", "escalations = \"C0ESCALATIONS\"");

/// One execution of the workflow.
pub const CALLBACK: &str = "ap-24680135-9-1-0";

/// How HubSpot tries again where no time was asked for.
const FIRST_GAP: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_GAP: SignedDuration = SignedDuration::from_hours(8);
/// More tries than any single or double fault explains.
const MOST_TRIES: usize = 12;

/// An outside call of a delivery: whose, which, and the how manieth of its kind, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub vendor: &'static str,
    pub kind: String,
    pub nth: u32,
}

/// What goes wrong at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harm {
    /// 429, nothing was done.
    Throttled,
    /// 503, nothing was done.
    Down,
    CutBefore,
    CutAfter,
    /// Half the body of the answer.
    Half,
    /// 503, and it was done.
    DownAfter,
    DiesBefore,
    DiesAfter,
}

impl Harm {
    pub const ALL: [Self; 8] = [
        Self::Throttled,
        Self::Down,
        Self::CutBefore,
        Self::CutAfter,
        Self::Half,
        Self::DownAfter,
        Self::DiesBefore,
        Self::DiesAfter,
    ];

    fn effect(self, vendor: &str) -> Option<Effect> {
        Some(match self {
            Self::Throttled => Effect::Refuse(throttled(vendor)),
            Self::Down => Effect::Refuse(down(vendor)),
            Self::CutBefore => Effect::CutBefore,
            Self::CutAfter => Effect::CutAfter,
            Self::Half => Effect::Truncate,
            Self::DownAfter => Effect::ApplyThenRefuse(down(vendor)),
            Self::DiesBefore | Self::DiesAfter => return None,
        })
    }

    /// What the table does; it never answers by halves.
    fn steps(self) -> (Step, Step) {
        match self {
            Self::Throttled => (Step::THROTTLE, Step::THROTTLE),
            Self::Down | Self::Half => (Step::FAIL, Step::FAIL),
            Self::CutBefore | Self::DiesBefore => (Step::Drop, Step::Drop),
            Self::CutAfter | Self::DiesAfter => (Step::Pass, Step::Drop),
            Self::DownAfter => (Step::Pass, Step::FAIL),
        }
    }

    fn death(self) -> Option<Moment> {
        match self {
            Self::DiesBefore => Some(Moment::Before),
            Self::DiesAfter => Some(Moment::After),
            _ => None,
        }
    }
}

fn throttled(vendor: &str) -> Answer {
    match vendor {
        "jira" => jira::refusal::rate_limited("jira-burst-based", 5),
        "slack" => slack::refusal::rate_limited(30),
        _ => hubspot::refusal::rate_limited(hubspot::refusal::Policy::TenSecondlyRolling),
    }
}

fn down(vendor: &str) -> Answer {
    match vendor {
        "jira" => jira::refusal::unavailable(503),
        "slack" => slack::refusal::unavailable(503),
        _ => hubspot::refusal::unavailable(503),
    }
}

/// What happens in one delivery.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub harm: Option<(Call, Harm)>,
    /// The same delivery comes a second time just then.
    pub twin: Option<(Call, Moment)>,
}

/// What stands between the function and everybody it calls.
#[derive(Default)]
struct Tap {
    inside: Mutex<Inside>,
    died: Notify,
    buried: Notify,
}

#[derive(Default)]
struct Inside {
    is_on: bool,
    /// Calls as they came, and how many of them were through.
    came: Vec<(&'static str, String)>,
    went: Vec<(&'static str, String)>,
    death: Option<(Call, Moment)>,
    twin: Option<(Call, Moment, Arc<Lambda>, HttpEvent)>,
    twins: Vec<HttpReply>,
    /// What the table does from this request on, counted from 1, and for how many.
    table: Option<(u32, Harm)>,
}

impl Inside {
    /// Notes a call; says which of its kind it is.
    fn count(&mut self, vendor: &'static str, kind: &str, moment: Moment) -> u32 {
        let calls = match moment {
            Moment::Before => &mut self.came,
            Moment::After => &mut self.went,
        };
        calls.push((vendor, kind.to_owned()));
        calls.iter().filter(|it| it.0 == vendor && it.1 == kind).count() as u32
    }
}

fn is_it(wanted: &Call, vendor: &str, kind: &str, nth: u32) -> bool {
    wanted.vendor == vendor && wanted.kind == kind && wanted.nth == nth
}

impl Tap {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    /// A call passes; `prevent` keeps it from being applied. Says whether its caller died of it.
    async fn meet(&self, vendor: &'static str, kind: String, moment: Moment, prevent: impl Fn(&str)) -> bool {
        let (dies, twin) = {
            let mut inside = self.lock();
            if !inside.is_on {
                return false;
            }
            let nth = inside.count(vendor, &kind, moment);
            let dies = inside.death.take_if(|it| it.1 == moment && is_it(&it.0, vendor, &kind, nth)).is_some();
            (dies, inside.twin.take_if(|it| it.1 == moment && is_it(&it.0, vendor, &kind, nth)))
        };
        if let Some((_, _, lambda, event)) = twin {
            // Its own calls are nobody's to count.
            self.lock().is_on = false;
            let reply = Box::pin(lambda.answer(event)).await;
            let mut inside = self.lock();
            inside.twins.push(reply);
            inside.is_on = true;
        }
        if dies {
            if moment == Moment::Before {
                prevent(&kind);
            }
            self.died.notify_one();
            self.buried.notified().await;
        }
        dies
    }

    /// What the table does with a request.
    fn step(&self, moment: Moment, nth: u32) -> Step {
        let inside = self.lock();
        match inside.table {
            Some((first, harm)) if nth == first => match moment {
                Moment::Before => harm.steps().0,
                Moment::After => harm.steps().1,
            },
            // The client tries twice more: the table is as bad for those as for the first.
            Some((first, harm)) if nth > first && nth < first + 3 && harm != Harm::DownAfter => harm.steps().1,
            _ => Step::Pass,
        }
    }
}

/// A path without what is one ticket's or one issue's alone.
fn kind(target: &Target) -> String {
    let is_name = |it: &str| it.chars().any(|it| it.is_ascii_digit()) && !["v3", "v4", "3"].contains(&it);
    let parts: Vec<&str> = target.path.split('/').map(|it| if is_name(it) { "*" } else { it }).collect();
    format!("{} {}", target.method, parts.join("/"))
}

/// The only kind of call that the table gets.
const WRITE: &str = "UpdateItem";

/// An escalation that was sent to Tech a moment ago, and everybody around it.
pub struct Trial {
    pub bench: Bench,
    pub ticket: TicketId,
    pub event: HttpEvent,
    /// Who gets the twins, and every delivery but the first, where it is somebody else.
    pub other: Option<Arc<Lambda>>,
    /// When it was sent to Tech.
    pub sent_at: Timestamp,
    tap: Arc<Tap>,
    sweep: Sweep,
    swept: Timestamp,
    has_slack: bool,
    /// Whether the sweep comes each minute; off, it is HubSpot alone that comes again.
    pub sweeps: bool,
    /// Whether what is broken is whole again after each delivery.
    pub heals: bool,
    /// Bodies of what was answered with 200.
    pub bodies: Vec<String>,
    pub statuses: Vec<u16>,
}

impl Trial {
    /// With Slack and the escalation's card in it, or with Slack off; Jira's search is so many seconds late.
    pub async fn new(has_slack: bool, lag: i64) -> Self {
        let bench = match has_slack {
            true => Box::pin(Bench::with_tech(&[BY_ID])).await,
            false => Box::pin(Bench::with_tech_alone(&[BY_ID])).await,
        };
        bench.hubspot.configure(|it| it.limits = Limits { ten_secondly: 100_000, ..Limits::default() });
        bench.world.jira.configure(|it| it.search_lag = SignedDuration::from_secs(lag));
        let ticket = bench.escalated(&crate::bench::texts::whole());
        if has_slack {
            assert_eq!(Box::pin(bench.assign(ticket, &[])).await.outcome(), "assigned");
        }
        bench.wait(60);
        bench.dana().set(ticket, "escalation_type", "tech").unwrap();
        let event = bench.creation(ticket, CALLBACK, &[]);
        let ledger = Ledger::new(client(&bench.dynamo, 3), bench.dynamo.table(), Times::default());
        let front = Front::new(Http::new(), &bench.url, FORWARD_SECRET).unwrap();
        let sweep = Sweep::new(ledger, front, Duration::from_secs(30 * 60));
        let (tap, sent_at) = (Arc::new(Tap::default()), bench.watch.now());
        tap_all(&bench, &tap);
        Self {
            bench,
            ticket,
            event,
            other: None,
            sent_at,
            tap,
            sweep,
            swept: sent_at,
            has_slack,
            sweeps: true,
            heals: true,
            bodies: Vec::new(),
            statuses: Vec::new(),
        }
    }

    /// One delivery, to which this happens; `None` where the function died of it.
    pub async fn deliver(&mut self, plan: &Plan) -> Option<HttpReply> {
        self.prepare(plan);
        let tap = Arc::clone(&self.tap);
        let other = self.other.as_ref().filter(|_| !self.statuses.is_empty());
        let lambda = Arc::clone(other.unwrap_or(&self.bench.lambda));
        let reply = tokio::select! {
            biased;
            () = tap.died.notified() => None,
            reply = Box::pin(lambda.answer(self.event.clone())) => Some(reply),
        };
        if let (None, Some((call, harm))) = (&reply, &plan.harm) {
            self.bury(call, *harm).await;
        }
        let twins = {
            let mut inside = self.tap.lock();
            (inside.is_on, inside.death, inside.twin, inside.table) = (false, None, None, None);
            std::mem::take(&mut inside.twins)
        };
        for twin in &twins {
            assert!([200, 429, 503].contains(&twin.status_code), "{} {}", twin.status_code, twin.body);
        }
        if self.heals {
            self.heal();
        }
        let answered = twins.iter().chain(&reply).filter(|it| it.status_code == 200);
        self.bodies.extend(answered.map(|it| it.body.clone()));
        self.statuses.push(reply.as_ref().map_or(0, |it| it.status_code));
        reply
    }

    /// Repairs everything.
    pub fn heal(&self) {
        self.bench.hubspot.heal();
        self.bench.world.jira.heal();
        self.bench.world.slack.heal();
    }

    /// The vendor goes on with the call of a caller who is gone. What did not take effect before does so
    /// never, and no later call is taken for it.
    async fn bury(&self, call: &Call, harm: Harm) {
        self.tap.buried.notify_one();
        let ended = || {
            let went = &self.tap.lock().went;
            went.iter().filter(|it| it.0 == call.vendor && it.1 == call.kind).count() >= call.nth as usize
        };
        while harm == Harm::DiesBefore && call.vendor != "dynamodb" && !ended() {
            tokio::task::yield_now().await;
        }
    }

    fn prepare(&self, plan: &Plan) {
        *self.tap.lock() = Inside { is_on: true, ..Inside::default() };
        if let Some((call, harm)) = &plan.harm {
            match (call.vendor, harm.death()) {
                (_, Some(moment)) => self.tap.lock().death = Some((call.clone(), moment)),
                ("dynamodb", None) => self.tap.lock().table = Some((call.nth, *harm)),
                (vendor, None) => self.inject(vendor, call, *harm),
            }
        }
        if let Some((call, moment)) = &plan.twin {
            let lambda = self.other.as_ref().unwrap_or(&self.bench.lambda);
            let twin = (call.clone(), *moment, Arc::clone(lambda), self.event.clone());
            self.tap.lock().twin = Some(twin);
        }
    }

    fn inject(&self, vendor: &str, call: &Call, harm: Harm) {
        let Some(effect) = harm.effect(vendor) else { return };
        // What may be sent twice is sent twice, and meets the same again.
        let fault = Fault::on(&call.kind, effect).nth(call.nth).times(2);
        match vendor {
            "jira" => self.bench.world.jira.inject(fault),
            "slack" => self.bench.world.slack.inject(fault),
            _ => self.bench.hubspot.inject(fault),
        }
    }

    /// The calls of the last delivery.
    pub fn calls(&self) -> Vec<Call> {
        let came = self.tap.lock().came.clone();
        let nth = |at: usize| came[..=at].iter().filter(|it| **it == came[at]).count() as u32;
        (0..came.len()).map(|at| Call { vendor: came[at].0, kind: came[at].1.clone(), nth: nth(at) }).collect()
    }

    /// Deliveries until HubSpot has its 200, each as planned as long as there are plans, then until
    /// nothing is left to do.
    pub async fn end(&mut self, plans: &[Plan]) {
        // Each planned delivery is the one that goes on where the last one stopped.
        self.sweeps = plans.len() < 2;
        for tries in 0.. {
            self.sweeps |= tries + 1 >= plans.len();
            assert!(tries < MOST_TRIES, "no end after {:?}", self.statuses);
            if Box::pin(self.attempt(plans.get(tries).unwrap_or(&Plan::default()))).await {
                break;
            }
        }
        self.settle().await;
    }

    /// One delivery, and the time until HubSpot's next where there is one. Says whether it was the last.
    pub async fn attempt(&mut self, plan: &Plan) -> bool {
        let reply = self.deliver(plan).await;
        let asked = match &reply {
            Some(reply) if reply.status_code == 200 => return true,
            Some(reply) => {
                assert!([429, 503].contains(&reply.status_code), "{} {}", reply.status_code, reply.body);
                reply.headers.get("retry-after").map(|it| SignedDuration::from_millis(it.parse().unwrap()))
            }
            None => None,
        };
        let doubled = 1 << (self.statuses.len() - 1).min(16);
        self.pass(asked.unwrap_or((FIRST_GAP * doubled).min(LONGEST_GAP))).await;
        false
    }

    /// Time passes, and the sweep comes in each minute that has something for it.
    pub async fn pass(&mut self, time: SignedDuration) {
        let end = self.bench.watch.now() + time;
        while self.sweeps
            && let Some(due) = self.next_due().await
        {
            let minute = 60_000;
            let at = due.max(self.swept.as_millisecond() + 1).max(self.bench.watch.now().as_millisecond());
            let at = Timestamp::from_millisecond((at + minute - 1).div_euclid(minute) * minute).unwrap();
            if at > end {
                break;
            }
            self.bench.watch.set(at);
            self.swept = at;
            let deadline = at + SignedDuration::from_secs(50);
            let invocation = Invocation { clock: self.bench.watch.clock(), deadline, request_id: "sweep".to_owned() };
            Box::pin(self.sweep.run(&invocation)).await.unwrap();
        }
        self.bench.watch.set(end.max(self.bench.watch.now()));
    }

    /// When the sweep next finds something of ours.
    async fn next_due(&self) -> Option<i64> {
        let shown = json!({
            "TableName": self.bench.dynamo.table(),
            "IndexName": "agenda",
            "KeyConditionExpression": "ag = :ag",
            "ExpressionAttributeValues": { ":ag": { "S": "open" } },
        });
        let shown = self.bench.dynamo.call("Query", &shown).await.unwrap();
        let ours = |it: &&Value| it["look"]["S"].as_str().is_some_and(|it| it.starts_with("create-jira-issue "));
        let first = shown["Items"].as_array().unwrap().iter().find(ours)?;
        Some(first["due"]["N"].as_str().unwrap().parse().unwrap())
    }

    /// Nothing of ours is left on the agenda after a few hours at most.
    pub async fn settle(&mut self) {
        self.sweeps = true;
        self.pass(SignedDuration::from_hours(6)).await;
        assert_eq!(self.next_due().await, None, "left on the agenda");
    }

    /// One issue, its key on the ticket, one note, one remote link, one reply, one answer.
    #[track_caller]
    pub fn is_right(&self, why: &dyn std::fmt::Debug) {
        let issues = self.bench.issues(self.ticket);
        let keys: Vec<&str> = issues.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(keys.len(), 1, "issues {keys:?} {:?} {why:?}", self.statuses);
        let logged = self.bench.logged(self.ticket);
        assert_eq!(logged[0], keys[0], "{why:?}");
        assert_eq!(issues[0].remote_links.len(), 1, "{why:?}");
        assert_eq!(self.bench.notes_of_ours(self.ticket), 1, "{:?} {why:?}", self.statuses);
        if self.has_slack {
            assert_eq!(self.bench.read(ESCALATIONS)[0].replies, 1, "{:?} {why:?}", self.statuses);
        }
        assert!(!self.bodies.is_empty(), "{why:?}");
        assert!(self.bodies.iter().all(|it| *it == self.bodies[0]), "{:?} {why:?}", self.bodies);
    }
}

/// The call that makes the issue.
pub fn create() -> Call {
    Call { vendor: "jira", kind: "POST /rest/api/3/issue".to_owned(), nth: 1 }
}

/// A write to the state table for the issue: the first takes the effect, the second notes the issue, the third
/// ends it. Before them all stands the one that counts the run, and before the third the one that registers
/// the issue for a merge.
pub fn table(nth: u32) -> Call {
    Call { vendor: "dynamodb", kind: WRITE.to_owned(), nth: nth + 1 + u32::from(nth > 2) }
}

/// The call that puts the key on the ticket.
pub fn patch() -> Call {
    Call { vendor: "hubspot", kind: "PATCH /crm/v3/objects/tickets/*".to_owned(), nth: 1 }
}

/// The call that tells the agent.
pub fn note() -> Call {
    Call { vendor: "hubspot", kind: "POST /crm/v3/objects/notes".to_owned(), nth: 1 }
}

pub fn harmed(call: &Call, harm: Harm) -> Plan {
    Plan { harm: Some((call.clone(), harm)), twin: None }
}

fn tap_all(bench: &Bench, tap: &Arc<Tap>) {
    let (hubspot, jira, slack) = (bench.hubspot.clone(), bench.world.jira.clone(), bench.world.slack.clone());
    let before = |vendor: &'static str, inject: Arc<dyn Fn(Fault) + Send + Sync>| {
        let tap = Arc::clone(tap);
        move |target: Target| {
            let (tap, inject) = (Arc::clone(&tap), Arc::clone(&inject));
            async move {
                let prevent = |kind: &str| inject(Fault::on(kind, Effect::CutBefore));
                tap.meet(vendor, kind(&target), Moment::Before, prevent).await;
            }
        }
    };
    let after = |vendor: &'static str| {
        let tap = Arc::clone(tap);
        move |target: Target| {
            let tap = Arc::clone(&tap);
            async move {
                tap.meet(vendor, kind(&target), Moment::After, |_| {}).await;
            }
        }
    };
    bench.hubspot.after_each(after("hubspot"));
    bench.world.jira.after_each(after("jira"));
    bench.world.slack.after_each(after("slack"));
    bench.hubspot.before_each(before("hubspot", Arc::new(move |it| hubspot.inject(it))));
    bench.world.jira.before_each(before("jira", Arc::new(move |it| jira.inject(it))));
    bench.world.slack.before_each(before("slack", Arc::new(move |it| slack.inject(it))));
    let tap = Arc::clone(tap);
    bench.dynamo.on_request(move |_, moment| {
        let tap = Arc::clone(&tap);
        async move {
            if tap.meet("dynamodb", WRITE.to_owned(), moment, |_| {}).await {
                return Step::Drop;
            }
            let nth = {
                let inside = tap.lock();
                let calls = if moment == Moment::Before { &inside.came } else { &inside.went };
                calls.iter().filter(|it| it.0 == "dynamodb").count() as u32
            };
            tap.step(moment, nth)
        }
    });
}
