//! By when an escalation is to be reviewed and resolved.

mod status;
mod target;

#[cfg(test)]
mod tests;

use jiff::Timestamp;

use super::business_time::Calendar;
use super::level::{Level, Priority};
pub use status::{Limit, Running, Status, status};
pub use target::Target;

/// The targets of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Targets {
    /// Until somebody of the level has looked. Waiting for the customer does not pause it.
    pub review: ReviewTargets,
    /// Until the customer has the resolution. Waiting for the customer pauses it.
    pub resolve: ResolveTargets,
}

/// Until when an escalation is to be reviewed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewTargets {
    /// After an immediate trigger, whatever the level.
    pub immediate: Target,
    /// Level 1; `None` where there is no such level.
    pub senior: Option<Target>,
    /// Level 2.
    pub shift_lead: Target,
    /// Level 3.
    pub tech: Target,
    /// Level 4.
    pub executive: Target,
}

/// Until when an escalation is to be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolveTargets {
    /// Priority low.
    pub low: Option<Target>,
    /// Priority medium.
    pub medium: Option<Target>,
    /// Priority high.
    pub high: Option<Target>,
    /// Priority urgent.
    pub urgent: Option<Target>,
    /// Of a priority without a target of its own, and without a priority.
    pub otherwise: Target,
}

/// The targets that one escalation is held to: kept with it, so that a change of the policy does not
/// change what was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// Until it is reviewed.
    pub review: Target,
    /// Until it is resolved.
    pub resolve: Target,
}

impl Targets {
    /// What applies to an escalation that starts, or started, at `start`.
    pub fn in_force(
        &self,
        level: Level,
        priority: Option<Priority>,
        immediate: bool,
        start: Timestamp,
        calendar: &Calendar,
    ) -> InForce {
        let review = self.review.of(level);
        let review = if immediate { earliest([review, self.review.immediate], start, calendar) } else { review };
        InForce { review, resolve: self.resolve.of(priority) }
    }
}

impl ReviewTargets {
    /// The target of a level. Where there is no level 1, its escalations are the Shift Lead's.
    pub fn of(&self, level: Level) -> Target {
        match level {
            Level::Senior => self.senior.unwrap_or(self.shift_lead),
            Level::ShiftLead => self.shift_lead,
            Level::Tech => self.tech,
            Level::Executive => self.executive,
        }
    }
}

impl ResolveTargets {
    /// The target of a priority.
    pub fn of(&self, priority: Option<Priority>) -> Target {
        let target = match priority {
            Some(Priority::Low) => self.low,
            Some(Priority::Medium) => self.medium,
            Some(Priority::High) => self.high,
            Some(Priority::Urgent) => self.urgent,
            None => None,
        };
        target.unwrap_or(self.otherwise)
    }
}

/// The target that is due first; the first of those that are due at once.
fn earliest([first, second]: [Target; 2], start: Timestamp, calendar: &Calendar) -> Target {
    let due = |it: Target| it.due_at(start, calendar, &[]);
    if due(second) < due(first) { second } else { first }
}
