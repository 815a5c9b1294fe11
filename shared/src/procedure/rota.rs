//! Who is on duty, until when, and whose an escalation is.

mod choice;
#[cfg(test)]
mod tests;

pub use choice::{Candidate, Choice, Duty, Lack, Present, Reason, choose, stays};

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// Who is on duty longer than this many days from now is said to have no end.
const FORESEEN: usize = 31;

/// What a person is called in the policy, and nobody else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub String);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time on the wall, to the minute; 24:00 is the midnight at the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(i16);

impl TimeOfDay {
    /// 00:00.
    pub const START: Self = Self(0);
    /// 24:00.
    pub const END: Self = Self(24 * 60);

    /// Reads `9:00`, `09:00` or `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        let number = |digits: &str| digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())?;
        let hours: i16 = number(hours).filter(|_| hours.len() <= 2)?;
        let minutes: i16 = number(minutes).filter(|it| minutes.len() == 2 && *it < 60)?;
        let time = Self(hours * 60 + minutes);
        (time <= Self::END).then_some(time)
    }

    fn on(self, date: Date) -> DateTime {
        let date = if self == Self::END { date.tomorrow().unwrap_or(Date::MAX) } else { date };
        let minutes = self.0 % Self::END.0;
        let whole = |it: i16| i8::try_from(it).expect("a day has 24 hours of 60 minutes");
        date.at(whole(minutes / 60), whole(minutes % 60), 0, 0)
    }
}

/// A time in which people are on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// When it begins.
    pub from: TimeOfDay,
    /// When it ends: on the next day where that is not after `from`, so that from 09:00 to 09:00 is
    /// round the clock.
    pub to: TimeOfDay,
    /// The people on duty together.
    pub who: Vec<Name>,
}

/// A shift of every week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeeklyShift {
    /// The days on which it begins.
    pub days: Vec<Weekday>,
    /// The shift.
    pub shift: Shift,
}

/// When who is on duty.
///
/// A shift begins and ends when the wall clock first reads its time, or skips it. So a night is an
/// hour shorter or longer when the clocks change, and where one shift ends and the next begins at the
/// same time, somebody is on duty at every moment and nobody comes back for a repeated hour.
#[derive(Debug, Clone)]
pub struct Rota {
    /// The zone of all its times.
    pub zone: TimeZone,
    /// The shifts of every week.
    pub shifts: Vec<WeeklyShift>,
    /// The dates on which other shifts begin than the week's: holidays, swaps; none for nobody. A night
    /// shift that began the evening before is worked to its end.
    pub exceptions: BTreeMap<Date, Vec<Shift>>,
}

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    /// Who.
    pub name: Name,
    /// When they are off duty, their shifts that meet or overlap being one; `None` where the coming
    /// month has no such moment.
    pub until: Option<Timestamp>,
}

/// A shift of one date.
struct Turn<'a> {
    start: Timestamp,
    end: Timestamp,
    who: &'a [Name],
}

impl Rota {
    /// Everybody on duty at a moment, each once: who began on an earlier date first, then in the order
    /// of the policy.
    pub fn on_duty(&self, now: Timestamp) -> Vec<OnDuty> {
        let today = self.date(now);
        let dates = [today.yesterday(), Ok(today), today.tomorrow()];
        let turns = dates.into_iter().flatten().flat_map(|date| self.turns(date));
        let mut names: Vec<&Name> = Vec::new();
        for name in turns.filter(|it| it.start <= now && now < it.end).flat_map(|it| it.who) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.into_iter().map(|it| OnDuty { name: it.clone(), until: self.until(it, now) }).collect()
    }

    /// When somebody who is on duty now no longer is.
    fn until(&self, name: &Name, now: Timestamp) -> Option<Timestamp> {
        let today = self.date(now);
        let mut until = now;
        for date in today.yesterday().unwrap_or(today).series(jiff::Span::new().days(1)).take(FORESEEN + 2) {
            if self.reached(date, TimeOfDay::START) > until {
                return Some(until);
            }
            let mut turns: Vec<Turn<'_>> = self.turns(date).filter(|it| it.who.contains(name)).collect();
            turns.sort_by_key(|it| it.start);
            for turn in turns {
                if turn.start > until {
                    return Some(until);
                }
                until = until.max(turn.end);
            }
        }
        None
    }

    /// The shifts that begin on a date, in the order of the policy.
    fn turns(&self, date: Date) -> impl Iterator<Item = Turn<'_>> {
        let weekly = self.shifts.iter().filter(move |it| it.days.contains(&date.weekday())).map(|it| &it.shift);
        let exception = self.exceptions.get(&date);
        let weekly = exception.is_none().then_some(weekly).into_iter().flatten();
        exception.into_iter().flatten().chain(weekly).map(move |it| self.turn(date, it))
    }

    fn turn<'a>(&self, date: Date, shift: &'a Shift) -> Turn<'a> {
        let last = if shift.to > shift.from { date } else { date.tomorrow().unwrap_or(Date::MAX) };
        Turn { start: self.reached(date, shift.from), end: self.reached(last, shift.to), who: &shift.who }
    }

    fn date(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(at).date()
    }

    /// When the clock first reads a time of a date, or a later one where it skips that.
    fn reached(&self, date: Date, time: TimeOfDay) -> Timestamp {
        let readings = self.zone.to_ambiguous_timestamp(time.on(date));
        let skips = matches!(readings.offset(), AmbiguousOffset::Gap { .. });
        // Only the first and the last days of the calendar are out of reach.
        let first = readings.earlier().unwrap_or(Timestamp::MAX);
        let skip = self.zone.following(first).next().filter(|_| skips);
        skip.map_or(first, |it| it.timestamp())
    }
}
