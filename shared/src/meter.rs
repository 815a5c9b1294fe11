//! What this process asked of a vendor that counts calls, and what the vendor says of its limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// Counts calls. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Counted>);

#[derive(Debug, Default)]
struct Counted {
    calls: AtomicU32,
    most: AtomicU32,
    /// For how long the vendor wants no more calls, in ms.
    refused: AtomicU64,
}

impl Meter {
    /// A call was made; the vendor may have said how many it lets us make in its window.
    pub fn called(&self, most: Option<u32>) {
        self.0.calls.fetch_add(1, Ordering::Relaxed);
        if let Some(most) = most.filter(|it| *it > 0) {
            self.0.most.store(most, Ordering::Relaxed);
        }
    }

    /// A call was refused because there were too many: the vendor wants none for so long.
    pub fn refused(&self, pause: Duration) {
        let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
        self.0.refused.fetch_max(pause, Ordering::Relaxed);
    }

    /// The calls since somebody asked last.
    pub fn take_calls(&self) -> u32 {
        self.0.calls.swap(0, Ordering::Relaxed)
    }

    /// The longest pause that the vendor wanted since somebody asked last.
    pub fn take_refusal(&self) -> Option<Duration> {
        let pause = self.0.refused.swap(0, Ordering::Relaxed);
        (pause > 0).then(|| Duration::from_millis(pause))
    }

    /// How many calls the vendor lets us make in its window, as it said last.
    pub fn most(&self) -> Option<u32> {
        Some(self.0.most.load(Ordering::Relaxed)).filter(|it| *it > 0)
    }
}
