//! What changes rarely is read at most every ten minutes.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// A new colleague, or a new stage, is known within this time.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// Something as last read, shared by all requests of an environment.
pub(super) struct Cache<T: ?Sized>(Arc<Mutex<Option<Known<T>>>>);

struct Known<T: ?Sized> {
    at: Timestamp,
    value: Arc<T>,
}

impl<T: ?Sized> Default for Cache<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: ?Sized> Clone for Cache<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> Cache<T> {
    pub fn fresh(&self, now: Timestamp) -> Option<Arc<T>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|it| now.duration_since(it.at) < FRESH).map(|it| it.value.clone())
    }

    pub fn keep(&self, at: Timestamp, value: Arc<T>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Known { at, value });
    }
}
