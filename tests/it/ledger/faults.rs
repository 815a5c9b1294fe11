//! A model world that breaks: every fault at every outside operation of the first two deliveries,
//! with and without a twin in between, on HubSpot's retry schedule. Never two comments, never none,
//! always an end.
//!
//! The usual run takes every single fault with and without the twin, and every pair without;
//! `LEDGER_FAULTS=all` takes the pairs with the twin as well.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use escalation::ledger::{Effect, Ledger, Setback, Times, Unfinished};
use sandbox::dynamo::{Dynamo, Moment, Request, Step};
use serde_json::json;
use tokio::sync::Notify;

use super::bench::{Time, Vendor, client, dynamo, feedback};

const SECOND: Duration = Duration::from_secs(1);
/// How often HubSpot may come before a run counts as endless.
const PATIENCE: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    CrashBefore,
    CrashAfter,
    LostUnapplied,
    LostApplied,
    AppliedLate,
    Refused,
}

impl Fault {
    const ALL: [Self; 6] =
        [Self::CrashBefore, Self::CrashAfter, Self::LostUnapplied, Self::LostApplied, Self::AppliedLate, Self::Refused];
}

/// A place in a run: the delivery and its outside operation, both from 0.
type Place = (usize, usize);

/// What goes wrong in a run, and where a twin comes in between.
#[derive(Debug, Clone, Default)]
struct Plan {
    faults: Vec<(Place, Fault)>,
    twin: Option<Place>,
}

/// What a run came to.
#[derive(Debug)]
struct Outcome {
    /// How many outside operations each of the first two deliveries had.
    operations: [usize; 2],
    comments: usize,
    ended: bool,
    agreed: bool,
    /// Whether the agenda showed the effect whenever it was begun and not finished, and never after.
    is_on_time: bool,
}

impl Outcome {
    fn is_right(&self) -> bool {
        self.comments == 1 && self.ended && self.agreed && self.is_on_time
    }
}

/// The world of one run.
#[derive(Clone)]
struct World {
    dynamo: Dynamo,
    ledger: Ledger,
    effect: Effect,
    time: Time,
    vendor: Vendor,
    crashed: Arc<Notify>,
    course: Arc<Mutex<Course>>,
}

/// How far the run is.
#[derive(Default)]
struct Course {
    plan: Plan,
    delivery: usize,
    operation: usize,
    operations: [usize; 2],
    /// A twin is at it: its operations are nobody's concern.
    quiet: bool,
    /// The fault of the request that is being applied now.
    applying: Option<Fault>,
    late: Vec<(i64, Request)>,
    outputs: Vec<String>,
}

impl World {
    /// Counts an outside operation, lets the twin in, and says what goes wrong.
    async fn meet(&self) -> Option<Fault> {
        self.apply_late().await;
        let (place, twin) = {
            let mut course = self.course.lock().unwrap();
            if course.quiet {
                return None;
            }
            let place = (course.delivery, course.operation);
            course.operation += 1;
            if let Some(count) = course.operations.get_mut(place.0) {
                *count = place.1 + 1;
            }
            course.quiet = course.plan.twin == Some(place);
            (place, course.quiet)
        };
        if twin {
            Box::pin(self.twin()).await;
        }
        let mut course = self.course.lock().unwrap();
        course.quiet = false;
        course.plan.faults.iter().find(|(it, _)| *it == place).map(|(_, fault)| *fault)
    }

    async fn twin(&self) {
        let answer = self.deliver().await;
        self.note(&answer);
    }

    fn deliver(&self) -> impl Future<Output = Result<Answer, Unfinished>> + Send {
        let world = self.clone();
        async move {
            let invocation = world.time.invocation();
            let (look_up, act) = (world.look_up(), world.act());
            world.ledger.once(&world.effect, &invocation, look_up, act).await.map(|it| it.output)
        }
    }

    async fn look_up(&self) -> Result<Option<Answer>, Setback> {
        self.time.pass(SECOND / 4);
        let lost = || Setback::Unknown { reason: "no answer".to_owned() };
        match self.meet().await {
            None => Ok(self.vendor.find(self.effect.marker())),
            Some(Fault::CrashBefore | Fault::CrashAfter) => self.crash().await,
            Some(Fault::Refused) => Err(refused()),
            Some(_) => {
                self.time.pass(5 * SECOND);
                Err(lost())
            }
        }
    }

    async fn act(&self) -> Result<Answer, Setback> {
        self.time.pass(SECOND / 4);
        let fault = self.meet().await;
        let marker = self.effect.marker();
        match fault {
            None => return Ok(self.vendor.write(marker)),
            Some(Fault::CrashBefore) => self.crash().await,
            Some(Fault::CrashAfter) => {
                self.vendor.write(marker);
                self.crash().await
            }
            Some(Fault::Refused) => return Err(refused()),
            Some(Fault::LostUnapplied) => {}
            Some(Fault::LostApplied) => drop(self.vendor.write(marker)),
            Some(Fault::AppliedLate) => drop(self.vendor.write_later(marker, 15 * SECOND)),
        }
        self.time.pass(5 * SECOND);
        Err(Setback::Unknown { reason: "no answer".to_owned() })
    }

    async fn crash<T>(&self) -> T {
        self.crashed.notify_one();
        std::future::pending().await
    }

    /// What happens to a request to DynamoDB.
    async fn request(&self, request: Request, moment: Moment) -> Step {
        if moment == Moment::After {
            let fault = self.course.lock().unwrap().applying.take();
            return match fault {
                None => Step::Pass,
                Some(Fault::CrashAfter) => {
                    self.crashed.notify_one();
                    Step::Hang
                }
                Some(_) => {
                    self.time.pass(SECOND);
                    Step::Drop
                }
            };
        }
        self.time.pass(SECOND / 100);
        let fault = self.meet().await;
        let mut course = self.course.lock().unwrap();
        match fault {
            None => Step::Pass,
            Some(Fault::CrashAfter | Fault::LostApplied) => {
                course.applying = fault;
                Step::Pass
            }
            Some(Fault::CrashBefore) => {
                self.crashed.notify_one();
                Step::Hang
            }
            Some(Fault::Refused) => Step::THROTTLE,
            Some(Fault::AppliedLate) => {
                course.late.push((self.time.ms() + 15_000, request));
                self.time.pass(SECOND);
                Step::Drop
            }
            Some(Fault::LostUnapplied) => {
                self.time.pass(SECOND);
                Step::Drop
            }
        }
    }

    /// Applies the requests that were stuck somewhere until now.
    async fn apply_late(&self) {
        let due: Vec<_> = {
            let now = self.time.ms();
            self.course.lock().unwrap().late.extract_if(.., |(at, _)| *at <= now).collect()
        };
        for (_, request) in due {
            // Its condition may fail by now; nobody waits for the answer.
            self.dynamo.call(&request.operation, &request.body).await.ok();
        }
    }

    /// Whether the agenda knows of the effect what its record does.
    async fn is_on_time(&self) -> bool {
        let key = json!({ "TableName": self.dynamo.table(), "Key": { "pk": { "S": self.effect.key() } } });
        let item = self.dynamo.call("GetItem", &key).await.unwrap()["Item"].take();
        let number = |name: &str| item[name]["N"].as_str().map(|it| it.parse::<i64>().unwrap());
        let shown = item["ag"]["S"].as_str().and(number("due"));
        match item["st"]["S"].as_str() {
            Some("P") => shown == number("lex"),
            Some("R") => shown >= number("nbf"),
            _ => shown.is_none() && item["due"].is_null(),
        }
    }

    fn note(&self, answer: &Result<Answer, Unfinished>) {
        if let Ok(output) = answer {
            self.course.lock().unwrap().outputs.push(output.clone());
        }
    }

    /// Delivers as HubSpot does until there is an end.
    async fn run(&self) -> Outcome {
        let (mut ended, mut is_on_time) = (false, true);
        for delivery in 0..PATIENCE {
            {
                let mut course = self.course.lock().unwrap();
                (course.delivery, course.operation, course.applying) = (delivery, 0, None);
            }
            let began = self.time.ms();
            let answer = tokio::select! {
                answer = self.deliver() => Some(answer),
                () = self.crashed.notified() => None,
            };
            let growing = 60 * SECOND * (1 << delivery.min(8));
            let pause = match answer {
                // HubSpot waits 30 s for an answer that never comes.
                None => {
                    let waited = Duration::from_millis((self.time.ms() - began) as u64);
                    (30 * SECOND).saturating_sub(waited) + growing
                }
                Some(answer) => {
                    self.note(&answer);
                    match answer {
                        Ok(_) => {
                            ended = true;
                            break;
                        }
                        Err(Unfinished::Busy { retry_after } | Unfinished::Parked { retry_after }) => retry_after,
                        Err(_) => growing,
                    }
                }
            };
            is_on_time &= self.is_on_time().await;
            self.time.pass(pause);
            self.apply_late().await;
        }
        self.time.pass(3_600 * SECOND);
        self.apply_late().await;
        self.course.lock().unwrap().quiet = true;
        self.twin().await;
        is_on_time &= self.is_on_time().await;
        let course = self.course.lock().unwrap();
        Outcome {
            is_on_time,
            operations: course.operations,
            comments: self.vendor.count(),
            ended,
            agreed: course.outputs.windows(2).all(|it| it[0] == it[1]),
        }
    }
}

type Answer = String;

fn refused() -> Setback {
    Setback::NotApplied { retry_after: None, reason: "connection refused".to_owned() }
}

/// Runs plans one after another over one table: each run has an effect of its own.
struct Model {
    dynamo: Dynamo,
    ledger: Ledger,
    lag: Duration,
    runs: usize,
    wrong: Vec<(Plan, Outcome)>,
}

impl Model {
    async fn new(lag: Duration, tries: u32, times: Times) -> Self {
        let dynamo = dynamo().await;
        let ledger = Ledger::new(client(&dynamo, tries), dynamo.table(), times);
        Self { dynamo, ledger, lag, runs: 0, wrong: Vec::new() }
    }

    /// Runs `plan` and returns how many operations the first two deliveries had.
    async fn run(&mut self, plan: Plan) -> [usize; 2] {
        self.runs += 1;
        // In the future: a real DynamoDB collects what has expired by its own clock.
        let time = Time::at("2126-01-05T10:00:00Z");
        let world = World {
            dynamo: self.dynamo.clone(),
            ledger: self.ledger.clone(),
            effect: feedback(&self.runs.to_string()),
            vendor: Vendor::new(&time, self.lag),
            time,
            crashed: Arc::default(),
            course: Arc::new(Mutex::new(Course { plan: plan.clone(), ..Course::default() })),
        };
        let met = world.clone();
        self.dynamo.on_request(move |request, moment| {
            let world = met.clone();
            async move { world.request(request, moment).await }
        });
        let outcome = world.run().await;
        let operations = outcome.operations;
        if !outcome.is_right() {
            self.wrong.push((plan, outcome));
        }
        operations
    }

    /// Every single fault and every pair, and each single fault again with a twin at each place in
    /// turn; each pair too where `all` says so.
    async fn explore(&mut self, all: bool) {
        let fault_free = self.run(Plan::default()).await;
        self.with_twins(&Plan::default(), fault_free).await;
        for (place, fault) in faults_after(None, fault_free) {
            let single = Plan { faults: vec![(place, fault)], twin: None };
            let operations = self.run(single.clone()).await;
            self.with_twins(&single, operations).await;
            // A second fault may also hit a delivery that only the first one made necessary.
            for second in faults_after(Some(place), operations) {
                let double = Plan { faults: vec![(place, fault), second], twin: None };
                let operations = self.run(double.clone()).await;
                if all {
                    self.with_twins(&double, operations).await;
                }
            }
        }
    }

    async fn with_twins(&mut self, plan: &Plan, operations: [usize; 2]) {
        for place in places(operations) {
            self.run(Plan { twin: Some(place), ..plan.clone() }).await;
        }
    }
}

fn places(operations: [usize; 2]) -> impl Iterator<Item = Place> {
    (0..2).flat_map(move |delivery| (0..operations[delivery]).map(move |it| (delivery, it)))
}

fn faults_after(place: Option<Place>, operations: [usize; 2]) -> impl Iterator<Item = (Place, Fault)> {
    places(operations)
        .filter(move |it| place.is_none_or(|place| *it > place))
        .flat_map(|it| Fault::ALL.map(|fault| (it, fault)))
}

/// `tries` is how often the SDK sends one write: with one, each lost answer ends a delivery.
#[expect(clippy::disallowed_methods, reason = "how much to run is the caller's choice")]
async fn no_fault_makes_two_or_none(lag: Duration, tries: u32) {
    let all = std::env::var("LEDGER_FAULTS").is_ok_and(|it| it == "all");
    for tries in if all { 1..=2 } else { tries..=tries } {
        let mut model = Model::new(lag, tries, Times::default()).await;
        model.explore(all).await;
        let Model { runs, wrong, .. } = model;
        println!("a search lag of {lag:?}, {tries} tries of a write: {runs} runs");
        let first: Vec<_> = wrong.iter().take(5).collect();
        assert!(wrong.is_empty(), "{} of {runs} runs: {first:#?}", wrong.len());
    }
}

#[tokio::test]
async fn no_fault_makes_two_or_none_when_the_search_is_immediate() {
    no_fault_makes_two_or_none(Duration::ZERO, 2).await;
}

#[tokio::test]
async fn no_fault_makes_two_or_none_when_the_search_lags_20_seconds() {
    no_fault_makes_two_or_none(20 * SECOND, 1).await;
}

#[tokio::test]
async fn no_fault_makes_two_or_none_when_the_search_lags_150_seconds() {
    no_fault_makes_two_or_none(150 * SECOND, 2).await;
}

/// The test of the tests: without a horizon the same world shows duplicates.
#[tokio::test]
async fn a_ledger_without_a_horizon_is_found_out() {
    let times = Times { horizon: Duration::ZERO, ..Times::default() };
    let mut model = Model::new(150 * SECOND, 2, times).await;
    for fault in [Fault::CrashAfter, Fault::LostApplied, Fault::AppliedLate] {
        model.run(Plan { faults: vec![((0, 1), fault)], twin: None }).await;
        let (_, outcome) = model.wrong.last().expect("a fault at the act goes unnoticed");
        assert_eq!((outcome.comments, model.wrong.len()), (2, model.runs), "{fault:?}");
    }
}
