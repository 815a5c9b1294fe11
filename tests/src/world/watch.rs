//! A clock moved by hand.

use std::sync::{Arc, Mutex, PoisonError};

use escalation::runtime::Clock;
use jiff::{SignedDuration, Timestamp};

/// Stands still until moved. Clones show the same time.
#[derive(Clone)]
pub struct Watch(Arc<Mutex<Timestamp>>);

impl Watch {
    /// A watch that shows this time.
    pub fn at(time: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(time)))
    }

    /// The time it shows.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets it.
    pub fn set(&self, time: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time;
    }

    /// Moves it on.
    pub fn advance(&self, by: SignedDuration) {
        self.set(self.now() + by);
    }

    /// The clock to give to others.
    pub fn clock(&self) -> Clock {
        let watch = self.clone();
        Clock::new(move || watch.now())
    }
}
