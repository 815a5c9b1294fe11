//! A time to keep, as people write it.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use jiff::{SignedDuration, Timestamp};

use super::super::business_time::{Calendar, Pause};

/// The longest target: a year.
const MINUTES: u32 = 365 * 24 * 60;
const DAYS: u32 = 365;

const GRAMMAR: &str = "write hours and minutes of business time as in \"1h 30m\", the same around the clock as in \
                       \"30m always\", or working days as in \"3 days\"";

/// How much time there is. Its text is the same in the policy and wherever it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Minutes around the clock: `30m always`.
    Always(NonZeroU32),
    /// Minutes of business time: `1h 30m`.
    Business(NonZeroU32),
    /// Working days that keep the time of day: `3 days`.
    WorkingDays(NonZeroU32),
}

impl Target {
    /// When the time is up. The business time of pauses is added; around the clock, all of it.
    pub fn due_at(self, start: Timestamp, calendar: &Calendar, pauses: &[Pause]) -> Timestamp {
        match self {
            Self::Always(minutes) => Calendar::always().due(start, length(minutes), pauses),
            Self::Business(minutes) => calendar.due(start, length(minutes), pauses),
            Self::WorkingDays(days) => {
                let days = i32::try_from(days.get()).unwrap_or(i32::MAX);
                let due = calendar.due_working_days(start, days, SignedDuration::ZERO);
                let elapsed = |pauses| calendar.elapsed(start, due, pauses);
                let paused = elapsed(&[]) - elapsed(pauses);
                if paused.is_zero() { due } else { calendar.due(due, paused, pauses) }
            }
        }
    }

    /// When so many of a hundred parts of the time until it is due are used up.
    pub fn used_at(self, percent: u8, start: Timestamp, calendar: &Calendar, pauses: &[Pause]) -> Timestamp {
        let always;
        let calendar = match self {
            Self::Always(_) => {
                always = Calendar::always();
                &always
            }
            Self::Business(_) | Self::WorkingDays(_) => calendar,
        };
        let due = self.due_at(start, calendar, pauses);
        let whole = calendar.elapsed(start, due, pauses);
        let part = SignedDuration::from_nanos_i128(whole.as_nanos() * i128::from(percent) / 100);
        if part < whole { calendar.due(start, part, pauses) } else { due }
    }
}

fn length(minutes: NonZeroU32) -> SignedDuration {
    SignedDuration::from_mins(i64::from(minutes.get()))
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (minutes, always) = match self {
            Self::Always(minutes) => (minutes.get(), " always"),
            Self::Business(minutes) => (minutes.get(), ""),
            Self::WorkingDays(days) if days.get() == 1 => return f.write_str("1 day"),
            Self::WorkingDays(days) => return write!(f, "{days} days"),
        };
        match (minutes / 60, minutes % 60) {
            (0, minutes) => write!(f, "{minutes}m{always}"),
            (hours, 0) => write!(f, "{hours}h{always}"),
            (hours, minutes) => write!(f, "{hours}h {minutes}m{always}"),
        }
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no target; {GRAMMAR}");
        let words: Vec<&str> = text.split_whitespace().collect();
        let (value, most, of): (_, _, fn(NonZeroU32) -> Self) = match words[..] {
            [days, "day" | "days"] => (number(days), DAYS, Self::WorkingDays),
            [ref time @ .., "always"] => (minutes(time), MINUTES, Self::Always),
            ref time => (minutes(time), MINUTES, Self::Business),
        };
        let value = value.ok_or_else(wrong)?;
        let bounded = NonZeroU32::new(value).filter(|it| it.get() <= most);
        bounded.map(of).ok_or_else(|| format!("`{text}` is no target; it is at least a minute and at most a year"))
    }
}

/// Hours, minutes, or both.
fn minutes(time: &[&str]) -> Option<u32> {
    let of = |word: &str, unit| number(word.strip_suffix(unit)?);
    match time {
        [hours, minutes] => of(hours, 'h')?.checked_mul(60)?.checked_add(of(minutes, 'm')?),
        [one] => of(one, 'm').or_else(|| of(one, 'h')?.checked_mul(60)),
        _ => None,
    }
}

/// Digits alone; a number that is too large is some number that is too large.
fn number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(MINUTES + 1))
}
