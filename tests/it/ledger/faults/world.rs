//! The world of one effect: a table, an issue tracker and a help desk, and a procedure that runs in
//! it. All there is between two deliveries is a [`State`].

use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use escalation::ledger::{Effect, Ledger, Setback, Times, Unfinished};
use escalation::runtime::{Clock, Invocation};
use jiff::Timestamp;
use sandbox::dynamo::Request;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::client::client;
use super::table::{Answer, Item, Table, number};
use crate::ledger::bench::{LIMIT, feedback};

const SECOND: i64 = 1_000;
/// In how long a request is applied that was stuck somewhere.
const LATE: i64 = 15 * SECOND;
/// After how long an agent's note is shown to a search.
const NOTE_LAG: i64 = 5 * SECOND;
/// 2126-01-05T10:00:00Z, in ms.
const BEGIN: i64 = 4_923_280_800_000;

/// What goes wrong with an outside operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    CrashBefore,
    CrashAfter,
    LostUnapplied,
    LostApplied,
    AppliedLate,
    Refused,
}

impl Fault {
    pub const ALL: [Self; 6] =
        [Self::CrashBefore, Self::CrashAfter, Self::LostUnapplied, Self::LostApplied, Self::AppliedLate, Self::Refused];
}

/// What happens at an outside operation of a delivery, counted from 0. At one operation a twin comes
/// first and a fault second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    Twin,
    Fault(Fault),
}

pub type Script = Vec<(usize, Event)>;

/// What must never be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Harm {
    TwoIssues,
    NoIssue,
    WrongKey,
    TwoNotes,
    NoNote,
    /// HubSpot came again and again, and in vain.
    NoEnd,
    /// Two answers gave different outputs.
    Disagreement,
    /// It was answered as done and the record did not say so.
    TooEarly,
    /// It was answered as done and its record says so no more.
    Undone,
    /// The agenda showed what was done, or did not show what was not.
    Agenda,
}

/// What is proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// `once`: the issue.
    Issue,
    /// `once_then`: the issue; then its key on the ticket and a note to the agent.
    LinkAndLog,
}

/// How the ledger is weakened, from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    None,
    /// An effect that is parked is forgotten.
    DeletesInsteadOfParking,
    /// No look finds anything.
    FindsNothing,
    /// Every write of a visit goes through, whoever has the record by now.
    IsNotFenced,
    /// The answer to a failed condition does not say whose the record is.
    DoesNotKnowItsOwn,
}

/// Whose clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clocks {
    /// Every second delivery's.
    InTurns,
    /// The first delivery's.
    FirstApart,
    /// That of each but the first.
    LaterApart,
}

/// Which world it is.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub shape: Shape,
    /// After how long an issue is shown to a search.
    pub lag: Duration,
    /// How often the SDK sends one write: with one, each lost answer ends a delivery.
    pub tries: u32,
    /// Which deliveries come to a worker whose clock is wrong; a twin comes to the other kind.
    pub clocks: Clocks,
    /// How far that clock is ahead of the true time, in seconds.
    pub skew: i64,
    pub horizon: Duration,
    pub weakness: Weakness,
    /// Whether an embedded DynamoDB is asked the same, and has to answer the same.
    pub is_compared: bool,
}

impl Setting {
    pub fn new(shape: Shape, lag_seconds: u64, tries: u32) -> Self {
        let lag = Duration::from_secs(lag_seconds);
        let horizon = Times::default().horizon;
        Self {
            shape,
            lag,
            tries,
            clocks: Clocks::InTurns,
            skew: 0,
            horizon,
            weakness: Weakness::None,
            is_compared: false,
        }
    }
}

/// All that there is between two deliveries.
#[derive(Debug, Clone)]
pub struct State {
    pub now: i64,
    pub item: Option<Item>,
    /// When each issue is shown to a search; its key is its number.
    pub issues: Vec<i64>,
    /// The key on the ticket.
    pub key: Option<String>,
    pub notes: Vec<i64>,
    /// What is stuck somewhere, and when it is applied.
    pub late: Vec<(i64, Late)>,
    /// The output of every answer that said it is done: they have to be one.
    pub output: Option<String>,
    /// How many deliveries there were.
    pub deliveries: usize,
    pub harms: Vec<Harm>,
}

#[derive(Debug, Clone)]
pub enum Late {
    Write(Value),
    Issue,
    Key(String),
    Note,
}

impl State {
    pub fn begin() -> Self {
        Self {
            now: BEGIN,
            item: None,
            issues: Vec::new(),
            key: None,
            notes: Vec::new(),
            late: Vec::new(),
            output: None,
            deliveries: 0,
            harms: Vec::new(),
        }
    }

    fn create_issue(&mut self, lag: i64) -> String {
        self.issues.push(self.now + lag);
        issue_key(self.issues.len() - 1)
    }

    fn post_note(&mut self) {
        self.notes.push(self.now + NOTE_LAG);
    }

    fn harm(&mut self, harm: Harm) {
        if !self.harms.contains(&harm) {
            self.harms.push(harm);
        }
    }
}

/// What one delivery came to.
pub struct Delivered {
    pub state: State,
    /// How many outside operations it had.
    pub operations: usize,
    pub is_done: bool,
    /// How many writes it sent to the table.
    pub writes: usize,
}

/// Runs deliveries one after another.
#[derive(Clone)]
pub struct World {
    setting: Setting,
    ledger: Ledger,
    effect: Effect,
    crashed: Arc<Notify>,
    course: Arc<Mutex<Course>>,
}

/// How far the delivery is.
struct Course {
    state: State,
    table: Table,
    script: Script,
    operations: usize,
    writes: usize,
    /// A twin is at it: its operations are nobody's concern.
    is_quiet: bool,
}

impl World {
    pub fn new(setting: Setting) -> Self {
        let table = if setting.is_compared { Table::beside_an_embedded_one() } else { Table::default() };
        let course =
            Course { state: State::begin(), table, script: Script::new(), operations: 0, writes: 0, is_quiet: false };
        // The wire lets twins into the world that the client belongs to.
        let itself = Arc::new(OnceLock::<Self>::new());
        let met = Arc::clone(&itself);
        let client = client(setting.tries, move |request| {
            let world = met.get().expect("a world sends nothing before it is whole").clone();
            async move { world.request(request).await }
        });
        let times = Times { horizon: setting.horizon, ..Times::default() };
        let world = Self {
            setting,
            ledger: Ledger::new(client, Table::NAME, times),
            effect: feedback("42"),
            crashed: Arc::default(),
            course: Arc::new(Mutex::new(course)),
        };
        itself.get_or_init(|| world).clone()
    }

    /// HubSpot delivers in this state of the world, things go as `script` says, and HubSpot waits as
    /// long as it does.
    pub async fn deliver(&self, state: State, script: Script) -> Delivered {
        let delivery = state.deliveries;
        let began = state.now;
        self.set(state, script);
        let answer = tokio::select! {
            answer = self.visit(self.skew(delivery)) => Some(answer),
            () = self.crashed.notified() => None,
        };
        let growing = 60 * SECOND * (1 << delivery.min(8));
        let pause = match &answer {
            // HubSpot waits 30 s for an answer that never comes.
            None => (30 * SECOND - (self.course().state.now - began)).max(0) + growing,
            Some(Err(Unfinished::Busy { retry_after } | Unfinished::Parked { retry_after })) => {
                i64::try_from(retry_after.as_millis()).expect("a pause of some minutes")
            }
            Some(_) => growing,
        };
        let is_done = matches!(answer, Some(Ok(_)));
        if let Some(answer) = answer {
            self.note(&answer);
        }
        let mut course = self.course();
        course.look_at_the_record();
        course.state.deliveries += 1;
        if !is_done {
            course.state.now += pause;
            course.apply_late(self.lag(), self.setting.weakness);
        }
        let (operations, writes) = (course.operations, course.writes);
        Delivered { state: course.taken(), operations, is_done, writes }
    }

    /// An hour later, whoever asks once more hears the same; and what is there is what shall be.
    pub async fn end(&self, mut state: State, is_done: bool) -> Vec<Harm> {
        state.now += 3_600 * SECOND;
        let skew = self.skew(state.deliveries);
        self.set(state, Script::new());
        self.course().apply_late(self.lag(), self.setting.weakness);
        let answer = self.visit(skew).await;
        self.note(&answer);
        let mut course = self.course();
        course.look_at_the_record();
        let state = &mut course.state;
        if !is_done || answer.is_err() {
            state.harm(Harm::NoEnd);
        }
        match state.issues.len() {
            0 => state.harm(Harm::NoIssue),
            1 => {}
            _ => state.harm(Harm::TwoIssues),
        }
        if self.setting.shape == Shape::LinkAndLog {
            match state.notes.len() {
                0 => state.harm(Harm::NoNote),
                1 => {}
                _ => state.harm(Harm::TwoNotes),
            }
            if state.key.is_none() || state.key != state.output {
                state.harm(Harm::WrongKey);
            }
        }
        std::mem::take(&mut state.harms)
    }

    fn set(&self, mut state: State, script: Script) {
        let mut course = self.course();
        course.table.set(state.item.take());
        (course.state, course.script) = (state, script);
        (course.operations, course.writes, course.is_quiet) = (0, 0, false);
    }

    fn course(&self) -> MutexGuard<'_, Course> {
        self.course.lock().unwrap()
    }

    fn pass(&self, ms: i64) {
        self.course().state.now += ms;
    }

    /// How far the clock of this delivery's worker is ahead, in seconds.
    fn skew(&self, delivery: usize) -> i64 {
        let is_apart = match self.setting.clocks {
            Clocks::InTurns => delivery % 2 == 1,
            Clocks::FirstApart => delivery == 0,
            Clocks::LaterApart => delivery > 0,
        };
        if is_apart { self.setting.skew } else { 0 }
    }

    async fn visit(&self, skew: i64) -> Result<String, Unfinished> {
        let invocation = self.invocation(skew * SECOND);
        let (effect, look_up, act) = (&self.effect, self.find_issue(), self.create_issue());
        let done = match self.setting.shape {
            Shape::Issue => self.ledger.once(effect, &invocation, look_up, act).await,
            Shape::LinkAndLog => {
                let then = |key| (self.find_note(), self.link_and_log(key));
                self.ledger.once_then(effect, &invocation, look_up, act, then).await
            }
        };
        done.map(|it| it.output)
    }

    fn invocation(&self, ahead: i64) -> Invocation {
        let course = Arc::clone(&self.course);
        let clock = Clock::new(move || {
            let now = course.lock().unwrap().state.now;
            Timestamp::from_millisecond(now + ahead).expect("a moment of the next century")
        });
        let deadline = clock.now() + LIMIT;
        Invocation { clock, deadline, request_id: "test".to_owned() }
    }

    async fn find_issue(&self) -> Result<Option<String>, Setback> {
        let finds_nothing = self.setting.weakness == Weakness::FindsNothing;
        let find = |state: &mut State| state.issues.iter().position(|shown| *shown <= state.now);
        let found = self.call(None, find).await?;
        Ok(found.filter(|_| !finds_nothing).map(issue_key))
    }

    async fn create_issue(&self) -> Result<String, Setback> {
        let lag = self.lag();
        self.call(Some(Late::Issue), |state| state.create_issue(lag)).await
    }

    async fn find_note(&self) -> Result<bool, Setback> {
        let finds_nothing = self.setting.weakness == Weakness::FindsNothing;
        let found = self.call(None, |state| state.notes.iter().any(|shown| *shown <= state.now)).await?;
        Ok(found && !finds_nothing)
    }

    /// The key on the ticket, as often as one likes; then the note, once.
    async fn link_and_log(&self, key: String) -> Result<(), Setback> {
        self.call(Some(Late::Key(key.clone())), |state| state.key = Some(key.clone())).await?;
        self.call(Some(Late::Note), State::post_note).await
    }

    fn lag(&self) -> i64 {
        i64::try_from(self.setting.lag.as_millis()).expect("a lag of some minutes")
    }

    /// A request to a vendor that does `apply` there; `late` is the same, where it changes something.
    async fn call<T>(&self, late: Option<Late>, apply: impl Fn(&mut State) -> T) -> Result<T, Setback> {
        self.pass(SECOND / 4);
        match self.meet().await {
            None => return Ok(apply(&mut self.course().state)),
            Some(Fault::CrashBefore) => self.crash().await,
            Some(Fault::CrashAfter) => {
                apply(&mut self.course().state);
                self.crash().await
            }
            Some(Fault::Refused) => {
                return Err(Setback::NotApplied { retry_after: None, reason: "connection refused".to_owned() });
            }
            Some(Fault::LostUnapplied) => {}
            Some(Fault::LostApplied) => drop(apply(&mut self.course().state)),
            Some(Fault::AppliedLate) => self.course().stuck(late),
        }
        self.pass(5 * SECOND);
        Err(Setback::Unknown { reason: "no answer".to_owned() })
    }

    /// What becomes of a request to DynamoDB.
    async fn request(&self, request: Request) -> Option<Answer> {
        assert_eq!(request.operation, "UpdateItem", "the ledger reads nothing");
        self.pass(SECOND / 100);
        self.course().writes += 1;
        let fault = self.meet().await;
        let weakness = self.setting.weakness;
        match fault {
            None => return Some(self.course().write(&request.body, weakness)),
            Some(Fault::CrashBefore) => self.crash().await,
            Some(Fault::CrashAfter) => {
                self.course().write(&request.body, weakness);
                self.crash().await
            }
            Some(Fault::Refused) => {
                let code = "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException";
                return Some((400, json!({ "__type": code })));
            }
            Some(Fault::LostUnapplied) => {}
            Some(Fault::LostApplied) => drop(self.course().write(&request.body, weakness)),
            Some(Fault::AppliedLate) => self.course().stuck(Some(Late::Write(request.body))),
        }
        self.pass(SECOND);
        None
    }

    /// Counts an outside operation, lets the twin in, and says what goes wrong.
    async fn meet(&self) -> Option<Fault> {
        let (is_twin, fault) = {
            let mut course = self.course();
            course.apply_late(self.lag(), self.setting.weakness);
            if course.is_quiet {
                return None;
            }
            let place = course.operations;
            course.operations += 1;
            let here = course.script.iter().filter(|it| it.0 == place).map(|it| it.1);
            let (mut is_twin, mut fault) = (false, None);
            for event in here {
                match event {
                    Event::Twin => is_twin = true,
                    Event::Fault(it) => fault = Some(it),
                }
            }
            course.is_quiet = is_twin;
            (is_twin, fault)
        };
        if is_twin {
            let other = self.setting.skew - self.skew(self.course().state.deliveries);
            let answer = Box::pin(self.visit(other)).await;
            self.note(&answer);
            self.course().is_quiet = false;
        }
        fault
    }

    async fn crash<T>(&self) -> T {
        self.crashed.notify_one();
        std::future::pending().await
    }

    fn note(&self, answer: &Result<String, Unfinished>) {
        let Ok(output) = answer else {
            return;
        };
        let mut course = self.course();
        if course.item("st")["S"] != "D" {
            course.state.harm(Harm::TooEarly);
        }
        match &course.state.output {
            None => course.state.output = Some(output.clone()),
            Some(first) if first == output => {}
            Some(_) => course.state.harm(Harm::Disagreement),
        }
    }
}

impl Course {
    /// The state, whole.
    fn taken(&mut self) -> State {
        let mut state = std::mem::replace(&mut self.state, State::begin());
        state.item = self.table.item.clone();
        state
    }

    fn item(&self, name: &str) -> Value {
        self.table.item.as_ref().and_then(|it| it.get(name)).cloned().unwrap_or_default()
    }

    fn stuck(&mut self, late: Option<Late>) {
        let at = self.state.now + LATE;
        self.state.late.extend(late.map(|it| (at, it)));
    }

    /// Applies what was stuck somewhere until now.
    fn apply_late(&mut self, lag: i64, weakness: Weakness) {
        let now = self.state.now;
        let due: Vec<_> = self.state.late.extract_if(.., |(at, _)| *at <= now).collect();
        for (at, late) in due {
            match late {
                // Its condition may fail by now; nobody waits for the answer.
                Late::Write(body) => drop(self.write(&body, weakness)),
                Late::Issue => self.state.issues.push(at + lag),
                Late::Key(key) => self.state.key = Some(key),
                Late::Note => self.state.notes.push(at + NOTE_LAG),
            }
        }
    }

    fn write(&mut self, body: &Value, weakness: Weakness) -> Answer {
        const FENCE: &str = "own=:me AND fen=:fen AND st=:P";
        let is_parking = body["UpdateExpression"].as_str().is_some_and(|it| it.starts_with("SET st=:st, nbf=:nbf"));
        match weakness {
            Weakness::IsNotFenced if body["ConditionExpression"] == FENCE => {
                let mut body = body.clone();
                body.as_object_mut().expect("a call").remove("ConditionExpression");
                self.table.update(&body)
            }
            Weakness::DeletesInsteadOfParking if is_parking => {
                let answer = self.table.update(body);
                if answer.0 == 200 {
                    self.table.set(None);
                }
                answer
            }
            Weakness::DoesNotKnowItsOwn => {
                let mut answer = self.table.update(body);
                if let Some(item) = answer.1["Item"].as_object_mut() {
                    item.remove("own");
                }
                answer
            }
            _ => self.table.update(body),
        }
    }

    /// Whether what is done stays done, and the agenda knows of the effect what its record does.
    fn look_at_the_record(&mut self) {
        if self.state.output.is_some() && self.item("st")["S"] != "D" {
            self.state.harm(Harm::Undone);
        }
        let at = |name: &str| Some(self.item(name)).filter(|it| !it.is_null()).map(|it| number(&it));
        let shown = self.item("ag")["S"].as_str().and(at("due"));
        let is_right = match self.item("st")["S"].as_str() {
            Some("P") => shown == at("lex"),
            Some("R") => shown >= at("nbf"),
            _ => shown.is_none() && at("due").is_none(),
        };
        if !is_right {
            self.state.harm(Harm::Agenda);
        }
    }
}

fn issue_key(index: usize) -> String {
    format!("TECH-{}", index + 1)
}
