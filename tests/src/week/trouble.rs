//! What goes wrong in a week: vendors that are down, lost answers, functions killed, late or asked twice. What
//! becomes of a call follows from the seed and from what call it is, not from the order in which calls arrive.

use std::collections::BTreeMap;
use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use super::functions::Functions;
use super::storms::{Storm, storms};
use crate::dice::Dice;
use crate::dynamo::{Dynamo, Moment, Step};
use crate::world::World;
use crate::world::call::{Answer, Target};
use crate::world::fault::{Effect, Fault};
use crate::world::watch::Watch;
use crate::world::{hubspot, jira, slack};

/// What happens to one run of a function.
#[derive(Debug, Clone, Default)]
pub struct Fate {
    /// It is killed after so many of its calls.
    pub dies_after: Option<u32>,
    /// The same delivery comes a second time after so many of its calls.
    pub twin_after: Option<u32>,
    /// So many of its calls are done when the vendor takes that long.
    pub slow_after: Option<(u32, SignedDuration)>,
    /// The same delivery comes once more, that much later.
    pub again_in: Option<SignedDuration>,
}

/// Everything that goes wrong.
pub struct Trouble {
    seed: u64,
    watch: Watch,
    storms: Vec<Storm>,
    /// From then on nothing goes wrong any more.
    until: Timestamp,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    /// How often each call came, and each run.
    nth: BTreeMap<String, u32>,
    /// The runs at work, each inside the one before it.
    runs: Vec<AtWork>,
    begun: u32,
    met: BTreeMap<&'static str, usize>,
}

/// A run at work.
struct AtWork {
    number: u32,
    fate: Fate,
    /// How many calls it has made.
    calls: u32,
    /// It was killed.
    died: Arc<Notify>,
}

/// What a hook waits for.
type Done = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a run meets after one of its calls.
enum Met {
    Nothing,
    Death,
    Twin,
}

impl Trouble {
    /// The troubles of this seed from `from` until `until`.
    pub fn new(seed: u64, watch: &Watch, from: Timestamp, until: Timestamp) -> Self {
        let storms = storms(seed, from, until);
        Self { seed, watch: watch.clone(), storms, until, inside: Mutex::default() }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// When vendors do badly.
    pub fn storms(&self) -> &[Storm] {
        &self.storms
    }

    /// What was met, by its name.
    pub fn met(&self) -> BTreeMap<&'static str, usize> {
        self.lock().met.clone()
    }

    /// What becomes of the next run of a function for this ticket or issue.
    pub fn fate(&self, function: &str, about: &str) -> Fate {
        let mut dice = self.next_dice(&format!("{function} {about}"));
        if self.watch.now() >= self.until {
            return Fate::default();
        }
        let calls = 1 + dice.below(10) as u32;
        let mut fate = Fate::default();
        match dice.below(1_000) {
            0..25 => fate.dies_after = Some(calls),
            25..50 => fate.twin_after = Some(calls),
            50..60 => fate.slow_after = Some((calls, SignedDuration::from_secs(2 + dice.below(15) as i64))),
            60..90 => fate.again_in = Some(SignedDuration::from_secs(1 + dice.below(7_200) as i64)),
            _ => {}
        }
        fate
    }

    /// A run begins, inside the one that is at work where there is one. Its number, and who hears of its death.
    pub fn begin(&self, fate: Fate) -> (u32, Arc<Notify>) {
        let mut inside = self.lock();
        inside.begun += 1;
        let (number, died) = (inside.begun, Arc::<Notify>::default());
        inside.runs.push(AtWork { number, fate, calls: 0, died: Arc::clone(&died) });
        (number, died)
    }

    /// It ended.
    pub fn end(&self, number: u32) {
        self.lock().runs.retain(|it| it.number != number);
    }

    /// Stands between the functions and everybody they call.
    pub fn stand_between(self: &Arc<Self>, world: &World, dynamo: &Dynamo, functions: &Arc<Functions>) {
        let (hubspot, jira, slack) = (world.hubspot.clone(), world.jira.clone(), world.slack.clone());
        world.hubspot.before_each(self.before("hubspot", move |it| hubspot.inject(it)));
        world.jira.before_each(self.before("jira", move |it| jira.inject(it)));
        world.slack.before_each(self.before("slack", move |it| slack.inject(it)));
        world.hubspot.after_each(self.behind(functions));
        world.jira.after_each(self.behind(functions));
        world.slack.after_each(self.behind(functions));
        let (trouble, functions) = (Arc::clone(self), Arc::downgrade(functions));
        dynamo.on_request(move |request, moment| {
            let (trouble, functions) = (Arc::clone(&trouble), functions.clone());
            async move {
                let call = format!("{} {}", request.operation, request.body["Key"]["pk"]["S"]);
                match moment {
                    Moment::Before => trouble.step(&call),
                    Moment::After => match trouble.after(&functions).await {
                        true => Step::Drop,
                        false => trouble.lost(&call),
                    },
                }
            }
        });
    }

    /// Before a vendor's call takes effect.
    fn before<I: Fn(Fault)>(
        self: &Arc<Self>,
        vendor: &'static str,
        inject: I,
    ) -> impl Fn(Target) -> Ready<()> + use<I> {
        let trouble = Arc::clone(self);
        move |target| {
            let call = format!("{} {}", target.method, target.path);
            if let Some(effect) = trouble.effect(vendor, &call) {
                inject(Fault::on(&call, effect));
            }
            ready(())
        }
    }

    /// After a vendor's call took effect.
    fn behind(self: &Arc<Self>, functions: &Arc<Functions>) -> impl Fn(Target) -> Done + use<> {
        let (trouble, functions) = (Arc::clone(self), Arc::downgrade(functions));
        move |_| {
            let (trouble, functions) = (Arc::clone(&trouble), functions.clone());
            Box::pin(async move {
                trouble.after(&functions).await;
            })
        }
    }

    /// A call of the run at work is done. Says whether the run died of it; what comes a second time just then, runs
    /// first.
    async fn after(&self, functions: &Weak<Functions>) -> bool {
        match (self.meets(), functions.upgrade()) {
            (Met::Death, _) => true,
            (Met::Twin, Some(functions)) => {
                Box::pin(functions.twin()).await;
                false
            }
            _ => false,
        }
    }

    /// What the run at work meets now that one of its calls is done.
    fn meets(&self) -> Met {
        let mut inside = self.lock();
        let Some(AtWork { fate, calls, died, .. }) = inside.runs.last_mut() else {
            return Met::Nothing;
        };
        *calls += 1;
        let made = *calls;
        if let Some((_, time)) = fate.slow_after.take_if(|it| it.0 == made) {
            self.watch.advance(time);
            *inside.met.entry("slow answers").or_default() += 1;
            return Met::Nothing;
        }
        if fate.dies_after.take_if(|it| *it == made).is_some() {
            died.notify_one();
            *inside.met.entry("kills in the middle").or_default() += 1;
            return Met::Death;
        }
        if fate.twin_after.take_if(|it| *it == made).is_some() {
            *inside.met.entry("deliveries twice at once").or_default() += 1;
            return Met::Twin;
        }
        Met::Nothing
    }

    /// Counts a delivery that comes once more.
    pub fn comes_again(&self) {
        *self.lock().met.entry("deliveries late and again").or_default() += 1;
    }

    /// What goes wrong with a vendor's call.
    fn effect(&self, vendor: &'static str, call: &str) -> Option<Effect> {
        let mut dice = self.next_dice(&format!("{vendor} {call}"));
        if !self.is_harmed(vendor, &mut dice) {
            return None;
        }
        let (name, effect) = match dice.below(10) {
            0..4 => ("refused: down", Effect::Refuse(down(vendor))),
            4..6 => ("refused: too many", Effect::Refuse(throttled(vendor))),
            6 => ("connections cut before", Effect::CutBefore),
            7 => ("answers lost", Effect::CutAfter),
            8 => ("answers lost", Effect::ApplyThenRefuse(down(vendor))),
            _ => ("answers by halves", Effect::Truncate),
        };
        *self.lock().met.entry(name).or_default() += 1;
        Some(effect)
    }

    fn step(&self, call: &str) -> Step {
        let mut dice = self.next_dice(&format!("dynamodb {call}"));
        if !self.is_harmed("dynamodb", &mut dice) {
            return Step::Pass;
        }
        let (name, step) = match dice.below(3) {
            0 => ("refused: down", Step::FAIL),
            1 => ("refused: too many", Step::THROTTLE),
            _ => ("connections cut before", Step::Drop),
        };
        *self.lock().met.entry(name).or_default() += 1;
        step
    }

    /// Whether the state table's answer is lost.
    fn lost(&self, call: &str) -> Step {
        let mut dice = self.next_dice(&format!("dynamodb answers {call}"));
        if !self.is_harmed("dynamodb", &mut dice) || dice.below(3) > 0 {
            return Step::Pass;
        }
        *self.lock().met.entry("answers lost").or_default() += 1;
        Step::Drop
    }

    fn is_harmed(&self, vendor: &str, dice: &mut Dice) -> bool {
        let now = self.watch.now();
        let storms = self.storms.iter().filter(|it| it.vendor == vendor && it.from <= now && now < it.until);
        let harmed = storms.map(|it| it.harmed).max().unwrap_or(2);
        now < self.until && dice.in_thousand(harmed)
    }

    /// Dice for something that happens once more.
    fn next_dice(&self, what: &str) -> Dice {
        let mut inside = self.lock();
        let nth = inside.nth.entry(what.to_owned()).or_default();
        *nth += 1;
        Dice::of(self.seed, &format!("{what} {nth}"))
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
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
