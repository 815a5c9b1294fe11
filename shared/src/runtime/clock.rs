//! The one clock, and how long an invocation may take.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

/// Tells the time. Production has [`Clock::system`]; tests and the sandbox bring their own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that asks `now` each time.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The machine's clock.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn system() -> Self {
        Self::new(Timestamp::now)
    }

    /// The time now, to the millisecond: no vendor and no table keeps more of it.
    pub fn now(&self) -> Timestamp {
        let now = (self.0)();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }
}

/// One run of a function: its clock, and the moment the platform will kill it.
#[derive(Clone)]
pub struct Invocation {
    /// Tells the time.
    pub clock: Clock,
    /// The platform's deadline; nothing may be in flight then.
    pub deadline: Timestamp,
    /// The platform's name for this run; goes into every log line.
    pub request_id: String,
}

impl Invocation {
    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Time left before the deadline; negative once it has passed.
    pub fn remaining(&self) -> SignedDuration {
        self.deadline.duration_since(self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_has_no_parts_of_a_millisecond() {
        let clock = Clock::new(|| "2026-01-05T09:41:00.123999999Z".parse().unwrap());
        assert_eq!(clock.now().to_string(), "2026-01-05T09:41:00.123Z");
    }
}
