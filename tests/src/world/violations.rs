//! What was wrong with the calls of a test, collected until its end.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A list that every door of one world writes to.
#[derive(Clone, Default)]
pub struct Violations(Arc<Mutex<Vec<String>>>);

impl Violations {
    /// Adds what one exchange broke.
    pub fn add(&self, found: Vec<String>) {
        self.lock().extend(found);
    }

    /// Hands over the list and empties it.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.lock())
    }

    /// # Panics
    /// Where the list is not empty.
    pub fn judge(&self) {
        let found = self.take();
        assert!(found.is_empty(), "{} calls broke a contract:\n{}", found.len(), found.join("\n"));
    }

    fn lock(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
