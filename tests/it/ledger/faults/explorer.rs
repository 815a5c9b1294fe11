//! Goes through everything that can happen.
//!
//! A delivery depends on nothing but the [`State`] it begins in and on what happens in it: the ledger
//! keeps nothing between two of them. So a run is a walk from state to state, what can come of a state
//! is found out once, and a run that comes to the same state by another way is counted and not walked
//! again. States are the same where they differ in nothing that anybody can see later: not in what
//! time it is (but in how long ago each thing was), not in the owners' random names, and not in when
//! a record was first made and may be collected, which is written and never read.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::rc::Rc;

use serde_json::Value;
use tokio::runtime::Runtime;

use super::world::{Event, Fault, Harm, Late, Script, Setting, State, World};

/// Faults and twins meet the first deliveries alone.
const FAULTY: usize = 2;
/// How often HubSpot may come before a run counts as endless.
const PATIENCE: usize = 12;

/// What may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Budget {
    pub faults: usize,
    pub twins: usize,
}

/// What came of many runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Summary {
    /// How many runs, by their number of faults and of twins.
    pub runs: [[u64; 2]; 3],
    /// How many runs did it, and how one of them went.
    pub harms: BTreeMap<Harm, (u64, Vec<Script>)>,
    pub most_deliveries: usize,
}

impl Summary {
    pub fn all(&self) -> u64 {
        self.runs.as_flattened().iter().sum()
    }

    fn add(&mut self, other: &Self, first: &Script) {
        let twins = first.iter().filter(|it| it.1 == Event::Twin).count();
        let faults = first.len() - twins;
        for (more_faults, runs) in other.runs.iter().enumerate() {
            for (more_twins, runs) in runs.iter().enumerate().filter(|it| *it.1 > 0) {
                self.runs[faults + more_faults][twins + more_twins] += runs;
            }
        }
        for (harm, (runs, example)) in &other.harms {
            let known =
                self.harms.entry(*harm).or_insert_with(|| (0, [std::slice::from_ref(first), &example[..]].concat()));
            known.0 += runs;
        }
        self.most_deliveries = self.most_deliveries.max(other.most_deliveries);
    }
}

pub struct Explorer {
    world: World,
    runtime: Runtime,
    /// What can come of a state; nothing is remembered where this is none.
    known: Option<HashMap<(Budget, String), Rc<Summary>>>,
    /// How many deliveries were run.
    pub deliveries: u64,
}

impl Explorer {
    pub fn new(setting: Setting) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { world: World::new(setting), runtime, known: Some(HashMap::new()), deliveries: 0 }
    }

    /// Walks every run from its beginning to its end.
    pub fn forgetting(setting: Setting) -> Self {
        Self { known: None, ..Self::new(setting) }
    }

    /// How many different states there were.
    pub fn states(&self) -> usize {
        self.known.as_ref().map_or(0, HashMap::len)
    }

    /// Every run within `budget`.
    pub fn explore(&mut self, budget: Budget) -> Summary {
        let summary = self.after(State::begin(), false, budget);
        Rc::unwrap_or_clone(summary)
    }

    /// How many writes a run has in which nothing goes wrong; a read would not be answered.
    pub fn writes_of_the_clean_path(&mut self) -> usize {
        let delivered = self.runtime.block_on(self.world.deliver(State::begin(), Script::new()));
        assert!(delivered.is_done);
        delivered.writes
    }

    /// How many deliveries a run takes whose first one goes as `script` says.
    pub fn run(&mut self, script: Script) -> usize {
        let delivered = self.runtime.block_on(self.world.deliver(State::begin(), script));
        self.after(delivered.state, delivered.is_done, Budget { faults: 0, twins: 0 }).most_deliveries
    }

    /// What can come of a state between two deliveries.
    fn after(&mut self, state: State, is_done: bool, budget: Budget) -> Rc<Summary> {
        let is_over = is_done || state.deliveries == PATIENCE;
        let budget = match state.deliveries < FAULTY && !is_over {
            true => budget,
            false => Budget { faults: 0, twins: 0 },
        };
        let key = (budget, format!("{is_done} {}", name(&state)));
        if let Some(known) = self.known.as_ref().and_then(|it| it.get(&key)) {
            return Rc::clone(known);
        }
        let mut summary = Summary::default();
        if is_over {
            summary.runs[0][0] = 1;
            summary.most_deliveries = state.deliveries;
            let harms = self.runtime.block_on(self.world.end(state, is_done));
            summary.harms = harms.into_iter().map(|it| (it, (1, Vec::new()))).collect();
        } else {
            self.scripts(&state, Script::new(), budget, &mut summary);
        }
        let summary = Rc::new(summary);
        if let Some(known) = &mut self.known {
            known.insert(key, Rc::clone(&summary));
        }
        summary
    }

    /// The next delivery as `script` says, and then as every script says that goes on from there:
    /// each with one more event, later than all before it, at an operation that is reached.
    fn scripts(&mut self, state: &State, script: Script, left: Budget, summary: &mut Summary) {
        self.deliveries += 1;
        let delivered = self.runtime.block_on(self.world.deliver(state.clone(), script.clone()));
        let rest = self.after(delivered.state, delivered.is_done, left);
        summary.add(&rest, &script);
        for place in 0..delivered.operations {
            let is_later = |event: Event| script.last().is_none_or(|last| order((place, event)) > order(*last));
            let faults = Fault::ALL.map(Event::Fault).into_iter().filter(|_| left.faults > 0);
            let twins = [Event::Twin].into_iter().filter(|_| left.twins > 0);
            for event in twins.chain(faults).filter(|it| is_later(*it)) {
                let left = match event {
                    Event::Twin => Budget { twins: left.twins - 1, ..left },
                    Event::Fault(_) => Budget { faults: left.faults - 1, ..left },
                };
                let longer = [&script[..], &[(place, event)]].concat();
                self.scripts(state, longer, left, summary);
            }
        }
    }
}

/// A twin comes before what goes wrong at the same operation.
fn order((place, event): (usize, Event)) -> (usize, bool) {
    (place, event != Event::Twin)
}

/// A name that two states share where they are the same.
fn name(state: &State) -> String {
    let mut names = Names { now: state.now, owners: Vec::new(), text: String::with_capacity(512) };
    let State { now, item, issues, key, notes, late, output, deliveries, harms } = state;
    for (name, value) in item.iter().flatten().filter(|it| it.0 != "cre" && it.0 != "exp") {
        names.say(name);
        names.value(value);
    }
    let hidden = |shown: &i64| (shown - now).max(0);
    let vendors = (issues.iter().map(hidden).collect::<Vec<_>>(), notes.iter().map(hidden).collect::<Vec<_>>());
    names.say(&format!("{deliveries} {vendors:?} {key:?} {output:?} {harms:?}"));
    for (at, late) in late {
        names.say(&format!("late {}", at - now));
        match late {
            Late::Write(body) => names.value(body),
            Late::Issue => names.say("issue"),
            Late::Key(key) => names.say(key),
            Late::Note => names.say("note"),
        }
    }
    names.text
}

struct Names {
    now: i64,
    owners: Vec<String>,
    text: String,
}

impl Names {
    fn say(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push(' ');
    }

    /// Times are said by how far off they are, owners by who came first.
    fn value(&mut self, value: &Value) {
        const A_CENTURY: i64 = 100 * 366 * 24 * 3_600;
        const OWNER: usize = 22;
        match value {
            Value::Object(object) => {
                let mut entries: Vec<_> = object.iter().collect();
                entries.sort_unstable_by_key(|it| it.0);
                for (name, value) in entries.into_iter().filter(|it| it.0 != ":exp") {
                    self.say(name);
                    self.value(value);
                }
            }
            Value::String(text) => match text.parse::<i64>() {
                Ok(number) if number > 1_000 * A_CENTURY => {
                    write!(self.text, "{} ", number - self.now).expect("memory")
                }
                Err(_) if text.len() == OWNER => {
                    let known = self.owners.iter().position(|it| it == text);
                    let index = known.unwrap_or_else(|| {
                        self.owners.push(text.clone());
                        self.owners.len() - 1
                    });
                    write!(self.text, "owner {index} ").expect("memory");
                }
                _ => self.say(text),
            },
            other => panic!("{other} in a record"),
        }
    }
}
