//! What may go wrong at a vendor, on demand.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::call::{Answer, Call};
use super::journal::Pattern;

/// One way to fail.
#[derive(Clone)]
pub enum Effect {
    /// The vendor refuses; nothing happened.
    Refuse(Answer),
    /// The same in words that it makes of the call.
    RefuseBy(fn(&Call) -> Answer),
    /// It happened, and the answer says otherwise.
    ApplyThenRefuse(Answer),
    /// It happened, and the answer is late.
    Delay(Duration),
    /// The connection breaks; nothing happened.
    CutBefore,
    /// It happened, and the connection breaks before the answer.
    CutAfter,
    /// It happened, and half the answer's body is missing.
    Truncate,
}

impl Effect {
    /// How the journal calls it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Refuse(_) | Self::RefuseBy(_) => "refuse",
            Self::ApplyThenRefuse(_) => "apply then refuse",
            Self::Delay(_) => "delay",
            Self::CutBefore => "cut before",
            Self::CutAfter => "cut after",
            Self::Truncate => "truncate",
        }
    }
}

/// Which calls fail, and how. Means the first matching call unless told otherwise.
#[derive(Clone)]
pub struct Fault {
    calls: Pattern,
    effect: Effect,
    skip: u32,
    times: u32,
}

impl Fault {
    /// The next call the pattern means fails so.
    pub fn on(calls: &str, effect: Effect) -> Self {
        Self { calls: Pattern::new(calls), effect, skip: 0, times: 1 }
    }

    /// Counts from the `nth` matching call, the first being 1.
    pub fn nth(self, nth: u32) -> Self {
        Self { skip: nth.saturating_sub(1), ..self }
    }

    /// Plays this often in a row.
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    /// Plays until healed.
    pub fn always(self) -> Self {
        self.times(u32::MAX)
    }
}

/// The faults waiting at one door.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    /// Adds one.
    pub fn add(&self, fault: Fault) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(fault);
    }

    /// Removes all.
    pub fn heal(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What happens to this call: the oldest fault whose turn it is.
    pub fn take(&self, method: &str, path: &str) -> Option<Effect> {
        let mut faults = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut played = None;
        for fault in faults.iter_mut().filter(|it| it.calls.matches(method, path)) {
            match (fault.skip, &played) {
                (0, None) => {
                    fault.times -= 1;
                    played = Some(fault.effect.clone());
                }
                (0, Some(_)) => {}
                _ => fault.skip -= 1,
            }
        }
        faults.retain(|it| it.times > 0);
        played
    }
}
