//! Everybody at work at the same time: people, workflows, webhooks, Jira's rule and the sweep.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Mutex;
use tokio::time::sleep;

use super::people::People;
use crate::clock::WorldClock;
use crate::dynamo::Dynamo;
use crate::host::Host;
use crate::product::{Product, SCHEDULED, SWEEP};
use crate::world::hubspot::webhooks::Webhooks;
use crate::world::jira::automation::Callback;
use crate::world::workflow::{Engine, Sent};

/// Between two looks of who has nothing to do.
const NAP: Duration = Duration::from_millis(20);
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// What is due within this time is waited for; the world is moved on to what is due later.
const SOON: SignedDuration = SignedDuration::from_secs(3);
/// What is on the agenda for later than this is a reminder of somebody, and not work that is left.
const LATER: SignedDuration = SignedDuration::from_mins(20);

/// Somebody at work.
#[derive(Default)]
struct Worker {
    is_busy: Cell<bool>,
    /// When there is something to do next.
    due: Cell<Option<Timestamp>>,
}

impl Worker {
    fn works(&self) {
        self.is_busy.set(true);
    }

    async fn rests(&self, due: Option<Timestamp>) {
        self.is_busy.set(false);
        self.due.set(due);
        sleep(NAP).await;
    }
}

/// The product while people escalate.
pub struct Running<'a, T> {
    clock: &'a WorldClock,
    host: &'a Host,
    dynamo: &'a Dynamo,
    engine: Mutex<&'a mut Engine>,
    webhooks: Mutex<&'a mut Webhooks>,
    rule: Mutex<&'a mut Callback>,
    people: RefCell<&'a mut People>,
    tell: &'a T,
    workers: [Worker; 4],
    is_over: Cell<bool>,
}

impl<'a, T: Fn(&str)> Running<'a, T> {
    /// # Panics
    /// Where the product has neither webhooks nor Jira's rule.
    pub fn new(product: &'a mut Product, people: &'a mut People, tell: &'a T) -> Self {
        let Product { clock, host, dynamo, engine, webhooks, rule, .. } = product;
        Self {
            clock,
            host,
            dynamo,
            engine: Mutex::new(engine),
            webhooks: Mutex::new(webhooks.as_mut().expect("the app subscribed")),
            rule: Mutex::new(rule.as_mut().expect("the rule is turned on")),
            people: RefCell::new(people),
            tell,
            workers: Default::default(),
            is_over: Cell::new(false),
        }
    }

    /// Until nobody has anything to do.
    pub async fn until_all_is_done(&self) -> anyhow::Result<()> {
        let vendors = async {
            tokio::join!(self.workflows(), self.tells_of_hubspot(), self.tells_of_jira());
            Ok(())
        };
        tokio::try_join!(self.time(), vendors, self.sweeps())?;
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.clock.clock().now()
    }

    async fn workflows(&self) {
        let (mut sent, mut engine) = (Sent::default(), self.engine.lock().await);
        while !self.is_over.get() {
            let had_work = engine.turn(&mut sent, self.now());
            match had_work || !sent.is_empty() {
                true => {
                    self.workers[0].works();
                    sleep(Duration::from_millis(2)).await;
                }
                false => self.workers[0].rests(engine.next_due()).await,
            }
        }
    }

    async fn tells_of_hubspot(&self) {
        let mut webhooks = self.webhooks.lock().await;
        while !self.is_over.get() {
            match webhooks.next_due() {
                Some(due) if due <= self.now() => {
                    self.workers[1].works();
                    webhooks.run().await;
                }
                due => self.workers[1].rests(due).await,
            }
        }
    }

    async fn tells_of_jira(&self) {
        let mut rule = self.rule.lock().await;
        while !self.is_over.get() {
            match rule.next_due() {
                Some(due) if due <= self.now() => {
                    self.workers[2].works();
                    rule.run().await;
                }
                due => self.workers[2].rests(due).await,
            }
        }
    }

    /// At each full minute at which there is something for it.
    async fn sweeps(&self) -> anyhow::Result<()> {
        let mut next = self.now();
        while !self.is_over.get() {
            let due = self.first_due().await?.filter(|it| *it <= self.now() + LATER);
            let at = due.map(|it| full_minute(it.max(next)));
            match at {
                Some(at) if at <= self.now() => {
                    self.workers[3].works();
                    next = self.now() + SignedDuration::from_secs(1);
                    // A run that fails is in its log, and the next minute brings another.
                    let _ = self.host.invoke(SWEEP, SCHEDULED).await;
                }
                at => {
                    self.workers[3].rests(at).await;
                    sleep(Duration::from_millis(200)).await;
                }
            }
        }
        Ok(())
    }

    /// People act; where all else is quiet, the world moves on to what is next.
    async fn time(&self) -> anyhow::Result<()> {
        let (mut quiet, mut told) = (0, self.now());
        while !self.is_over.get() {
            let now = self.now();
            self.people.borrow_mut().act(now)?;
            if now.duration_since(told) >= MINUTE {
                told = now;
                let people = self.people.borrow();
                (self.tell)(&format!("{now:.0}: {} escalated, {} in a lane", people.begun(), people.in_lanes()));
            }
            let is_busy = self.workers.iter().any(|it| it.is_busy.get());
            let due = self.workers.iter().filter_map(|it| it.due.get()).min();
            let are_done = self.people.borrow().are_done();
            let is_quiet = !is_busy && due.is_none_or(|it| it > now + SOON);
            quiet = if is_quiet && self.are_waiting() { quiet + 1 } else { 0 };
            // Long enough for people to have looked, and for everybody to have heard of what they did.
            if quiet > if are_done { 50 } else { 300 } {
                quiet = 0;
                match due {
                    Some(due) => self.clock.advance(Duration::try_from(due.duration_since(now)).unwrap_or_default())?,
                    None if are_done => self.is_over.set(true),
                    // People wait for something that does not come.
                    None => self.clock.advance(Duration::from_secs(30)).map(|()| self.is_over.set(true))?,
                }
            }
            sleep(NAP).await;
        }
        Ok(())
    }

    /// Whether nobody begins anything.
    fn are_waiting(&self) -> bool {
        self.people.borrow().last_arrival() < self.now()
    }

    async fn first_due(&self) -> anyhow::Result<Option<Timestamp>> {
        Ok(self.dynamo.first_due().await?.map(Timestamp::from_millisecond).transpose()?)
    }
}

fn full_minute(at: Timestamp) -> Timestamp {
    let minutes = (at.as_millisecond() + 59_999).div_euclid(60_000);
    Timestamp::from_millisecond(minutes * 60_000).unwrap_or(at)
}
