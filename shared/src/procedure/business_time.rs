//! Working hours, and time counted in them.
//!
//! It is open while the clock on the wall shows a time within a frame of that day, and business time
//! is the real time that passes meanwhile. So a night in which the clock is put forward through a
//! frame is an hour shorter, one in which it is put back an hour longer, and nothing is open at a time
//! of day that the clock skips.

mod hours;
mod pause;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

pub use hours::{Frame, Overlap, Week};
use hours::{Hours, Local, SECOND};
pub use pause::Pause;

/// When a team works.
///
/// Every operation takes time in proportion to the clock changes between its two ends, of which most
/// zones have two a year, whatever the hours; none fails. What would lie beyond the last moment that
/// can be told, in the year 9999, is that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    zone: TimeZone,
    hours: Hours,
    is_always: bool,
}

/// A stretch of time in which the clock on the wall runs evenly, in nanoseconds.
struct Span {
    from: i128,
    until: i128,
    /// What the clock on the wall is ahead of UTC.
    ahead: i128,
}

impl Calendar {
    /// The frames of a week in a zone, and the dates there on which nothing is open from midnight to
    /// midnight. Without a single frame it counts as open around the clock, holidays too.
    ///
    /// # Errors
    /// Two frames overlap, perhaps one over midnight with one of the next morning.
    pub fn new(zone: TimeZone, week: &Week, holidays: &[Date]) -> Result<Self, Overlap> {
        if week.iter().all(Vec::is_empty) {
            return Ok(Self { zone, hours: Hours::always(), is_always: true });
        }
        Ok(Self { zone, hours: Hours::new(week, holidays)?, is_always: false })
    }

    /// Open around the clock.
    pub fn always() -> Self {
        Self { zone: TimeZone::UTC, hours: Hours::always(), is_always: true }
    }

    /// Whether it counts as open around the clock because it has no frames.
    pub fn is_always(&self) -> bool {
        self.is_always
    }

    /// The zone of its clock on the wall.
    pub fn time_zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Whether it is open: a frame's opening is in it, its closing no more.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.hours.is_open(self.local(at))
    }

    /// When so much business time has passed outside of pauses: the first such moment, so that what is
    /// used up at a closing is due at that closing. Out of hours the time begins at the next opening,
    /// and no time at all, or less, is due when it begins.
    pub fn due(&self, start: Timestamp, business: SignedDuration, pauses: &[Pause]) -> Timestamp {
        let mut left = business.as_nanos().max(0);
        for (from, until) in pause::running(start, Timestamp::MAX, pauses) {
            match self.pass(from, until, left) {
                Ok(due) => return due,
                Err(rest) => left = rest,
            }
        }
        Timestamp::MAX
    }

    /// The business time from one moment to a later one outside of pauses; zero to an earlier one.
    pub fn elapsed(&self, start: Timestamp, end: Timestamp, pauses: &[Pause]) -> SignedDuration {
        let running = pause::running(start, end, pauses);
        let spans = running.iter().flat_map(|(from, until)| self.spans(*from, *until));
        SignedDuration::from_nanos_i128(spans.map(|it| self.open_in(&it)).sum())
    }

    /// What lies so much business time after a moment, or before it where that is negative; the nearest
    /// such moment after, the latest before. With none at all it is the moment itself, out of hours the
    /// closing before it.
    pub fn offset(&self, due: Timestamp, business: SignedDuration) -> Timestamp {
        if business.is_positive() {
            return self.due(due, business, &[]);
        }
        if business.is_zero() && self.is_open(due) {
            return due;
        }
        let mut left = -business.as_nanos();
        let mut until = due;
        loop {
            let transition = self.zone.preceding(until).next();
            let from = transition.as_ref().map_or(Timestamp::MIN, |it| it.timestamp());
            let offset = transition.map_or_else(|| self.zone.to_offset(from), |it| it.offset());
            let span = Span::new(from, until, offset);
            let open = self.open_in(&span);
            if open > 0 && left <= open {
                return self.back_in(&span, left);
            }
            if from == Timestamp::MIN {
                return from;
            }
            (left, until) = (left - open, from);
        }
    }

    /// The same time of day so many working days later, or earlier where that is negative, and then as
    /// much business time later as was paused. Out of hours the days begin at the next opening. A time
    /// of day after the last closing becomes that closing.
    ///
    /// A working day is one on which a frame opens. A time of day that the clock skips is taken as much
    /// later as it skips; of one that comes twice it is the first.
    pub fn due_working_days(&self, start: Timestamp, days: i32, pause_business: SignedDuration) -> Timestamp {
        let begin = match days {
            0.. => self.due(start, SignedDuration::ZERO, &[]),
            _ => self.offset(start, SignedDuration::ZERO),
        };
        let due = match days {
            0 => begin,
            _ => {
                let at = self.hours.working_day(self.local(begin), i64::from(days));
                at.and_then(|it| self.at(it)).unwrap_or(if days > 0 { Timestamp::MAX } else { Timestamp::MIN })
            }
        };
        if pause_business.is_positive() { self.due(due, pause_business, &[]) } else { due }
    }

    /// The moment at which so many nanoseconds have been open, or how many are left at the end. With
    /// none to wait for it is the first moment that is open.
    fn pass(&self, from: Timestamp, until: Timestamp, mut left: i128) -> Result<Timestamp, i128> {
        for span in self.spans(from, until) {
            let begun = self.hours.count(span.local(span.from));
            let end = span.local(span.until);
            let reached = match left {
                0 => self.hours.last(begun, end),
                _ if left <= self.open_in(&span) => self.hours.first(begun + left, end),
                _ => None,
            };
            if let Some(local) = reached {
                return Ok(span.at(local));
            }
            left -= if left == 0 { 0 } else { self.open_in(&span) };
        }
        Err(left)
    }

    /// The moment in the span since which so many nanoseconds have been open until its end.
    fn back_in(&self, span: &Span, left: i128) -> Timestamp {
        let end = span.local(span.until);
        let count = self.hours.count(end) - left;
        let reached = if left == 0 { self.hours.first(count, end) } else { self.hours.last(count, end) };
        span.at(reached.unwrap_or(end))
    }

    fn open_in(&self, span: &Span) -> i128 {
        self.hours.count(span.local(span.until)) - self.hours.count(span.local(span.from))
    }

    /// The time between two moments, cut where the clock is changed.
    fn spans(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Span> {
        let mut next = Some((from, self.zone.to_offset(from)));
        let mut changes = self.zone.following(from);
        std::iter::from_fn(move || {
            let (from, offset) = next.filter(|it| it.0 < until)?;
            next = changes.next().map(|it| (it.timestamp(), it.offset()));
            let end = next.map_or(until, |it| it.0.min(until));
            Some(Span::new(from, end, offset))
        })
    }

    fn local(&self, at: Timestamp) -> Local {
        at.as_nanosecond() + ahead(self.zone.to_offset(at))
    }

    /// When the clock on the wall shows it.
    fn at(&self, local: Local) -> Option<Timestamp> {
        let shown = Offset::UTC.to_datetime(Timestamp::from_nanosecond(local).ok()?);
        self.zone.to_ambiguous_timestamp(shown).compatible().ok()
    }
}

impl Span {
    fn new(from: Timestamp, until: Timestamp, offset: Offset) -> Self {
        Self { from: from.as_nanosecond(), until: until.as_nanosecond(), ahead: ahead(offset) }
    }

    fn local(&self, at: i128) -> Local {
        at + self.ahead
    }

    fn at(&self, local: Local) -> Timestamp {
        let at = (local - self.ahead).clamp(self.from, self.until);
        Timestamp::from_nanosecond(at).expect("it lies between two timestamps")
    }
}

fn ahead(offset: Offset) -> i128 {
    i128::from(offset.seconds()) * SECOND
}
