//! How an escalation stands to the times that it is held to.

use jiff::Timestamp;

/// How it stands to its times, as the property says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// There is time.
    Ok,
    /// Most of the time is used up.
    Warning,
    /// It was late once in this escalation. Nothing later takes that back.
    Breached,
    /// It is the customer's turn.
    Paused,
    /// It was resolved, and never late.
    Met,
}

impl Status {
    /// All of them, in the order of the property's options.
    pub const ALL: [Self; 5] = [Self::Ok, Self::Warning, Self::Breached, Self::Paused, Self::Met];

    /// The option's internal name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Breached => "breached",
            Self::Paused => "paused",
            Self::Met => "met",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "Warning",
            Self::Breached => "Breached",
            Self::Paused => "Paused",
            Self::Met => "Met",
        }
    }
}

/// One of the two times that an escalation is held to, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Until a Shift Lead has looked.
    Review,
    /// Until the customer has the resolution.
    Resolve,
}

impl Limit {
    /// Its name in what we keep.
    pub fn name(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Resolve => "resolve",
        }
    }
}

/// A clock that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Which.
    pub limit: Limit,
    /// When most of its time is used up.
    pub warn_at: Timestamp,
    /// When its time is.
    pub due_at: Timestamp,
    /// Whether it stands still: the customer's turn stops the second, not the first.
    pub is_paused: bool,
}

impl Running {
    /// How it stands by this clock alone.
    pub fn status(&self, now: Timestamp) -> Status {
        match now {
            now if now >= self.due_at => Status::Breached,
            _ if self.is_paused => Status::Paused,
            now if now >= self.warn_at => Status::Warning,
            _ => Status::Ok,
        }
    }

    /// When it stands otherwise next.
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        [self.warn_at, self.due_at].into_iter().find(|it| *it > now)
    }
}

/// How an escalation stands that was, or was not, late before.
pub fn status(running: &Running, was_late: bool, now: Timestamp) -> Status {
    if was_late { Status::Breached } else { running.status(now) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_780_000_000 + second).unwrap()
    }

    fn running(is_paused: bool) -> Running {
        Running { limit: Limit::Resolve, warn_at: at(75), due_at: at(100), is_paused }
    }

    #[test]
    fn it_is_warned_of_and_late_from_the_very_moment_on() {
        let statuses = [74, 75, 99, 100, 500].map(|it| status(&running(false), false, at(it)).name());
        assert_eq!(statuses, ["ok", "warning", "warning", "breached", "breached"]);
    }

    #[test]
    fn nothing_is_late_for_the_first_time_while_it_is_the_customers_turn() {
        let statuses = [74, 75, 99].map(|it| status(&running(true), false, at(it)).name());
        assert_eq!(statuses, ["paused"; 3]);
    }

    #[test]
    fn what_was_late_stays_late() {
        for is_paused in [false, true] {
            assert_eq!(status(&running(is_paused), true, at(0)), Status::Breached);
        }
    }

    #[test]
    fn it_changes_at_the_warning_and_when_it_is_due() {
        let next = [74, 75, 99, 100].map(|it| running(false).next(at(it)));
        assert_eq!(next, [Some(at(75)), Some(at(100)), Some(at(100)), None]);
    }
}
