//! The hours of a week on the clock on the wall, counted without walking through the days.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// Nanoseconds on the clock on the wall since it showed the beginning of 1970.
pub(super) type Local = i128;

pub(super) const SECOND: i128 = 1_000_000_000;
const DAY_SECONDS: i64 = 86_400;
const DAY: i128 = DAY_SECONDS as i128 * SECOND;

/// Days from 1970 that no timestamp lies beyond, in any zone.
const ALL_DAYS: std::ops::Range<i64> = -5_000_000..4_000_000;

/// Open from one time of day, inclusive, to another, exclusive; to the next morning where that is
/// the earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Frame {
    /// Seconds since midnight.
    open: i64,
    /// Seconds since the same midnight: beyond 24 hours where the frame ends the next morning.
    close: i64,
}

/// The frames of each day of the week, Monday first.
pub type Week = [Vec<Frame>; 7];

/// Two frames that are open at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// The day on which they are.
    pub day: Weekday,
    /// The frame that opens first.
    pub first: Frame,
    /// The frame that opens before the first one closes.
    pub second: Frame,
}

/// When it is open, by the clock on the wall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hours {
    days: [Day; 7],
    /// Seconds that are open.
    open: Count,
    /// Days on which a frame opens.
    working: Count,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Day {
    /// Seconds since midnight, from and until, in order, none beyond midnight.
    frames: Vec<(i64, i64)>,
    /// When the last frame that opens on this day closes, in seconds since its midnight.
    closes: i64,
    /// Until when on this day a frame goes on that opened the day before.
    tail: i64,
}

/// What comes with each day of the week but not on holidays, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Count {
    by_weekday: [i64; 7],
    /// What has come in the week before that day.
    before: [i64; 7],
    week: i64,
    /// Each holiday with what it and all earlier ones take away.
    holidays: Vec<(i64, i64)>,
}

impl Frame {
    /// From times of day as in `09:00`; `24:00` is the end of the day.
    ///
    /// # Errors
    /// What is wrong and what to write.
    pub fn parse(open: &str, close: &str) -> Result<Self, String> {
        let (opens, closes) = (seconds(open)?, seconds(close)?);
        if opens == closes {
            return Err(format!(
                "{open} to {close} is no time at all; write 00:00 to 24:00 for the whole day, or take it out"
            ));
        }
        if opens == DAY_SECONDS {
            return Err(format!("{open} to {close} opens when the day is over; write 00:00 on the next day"));
        }
        let close = if closes < opens { closes + DAY_SECONDS } else { closes };
        Ok(Self { open: opens, close })
    }

    /// Whether it closes the next morning.
    pub fn is_overnight(self) -> bool {
        self.close > DAY_SECONDS
    }
}

/// Seconds since midnight.
fn seconds(text: &str) -> Result<i64, String> {
    let number = |it: &str| {
        let digits = it.len() == 2 && it.bytes().all(|it| it.is_ascii_digit());
        digits.then(|| it.parse::<i64>().ok()).flatten()
    };
    let parts: Option<Vec<i64>> = text.split(':').map(number).collect();
    let (hour, minute, second) = match parts.as_deref() {
        Some([hour, minute]) => (*hour, *minute, 0),
        Some([hour, minute, second]) => (*hour, *minute, *second),
        _ => return Err(format!("`{text}` is no time of day; write it as 09:00, and the end of the day as 24:00")),
    };
    let seconds = (hour * 60 + minute) * 60 + second;
    if minute > 59 || second > 59 || seconds > DAY_SECONDS {
        return Err(format!("`{text}` is no time of day; a day has the times 00:00 to 24:00"));
    }
    Ok(seconds)
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let close = if self.is_overnight() { self.close - DAY_SECONDS } else { self.close };
        let [open, close] = [self.open, close].map(|it| (it / 3600, it / 60 % 60));
        write!(f, "{:02}:{:02} to {:02}:{:02}", open.0, open.1, close.0, close.1)
    }
}

impl fmt::Display for Overlap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, first, second } = self;
        write!(f, "on {day:?} {first} and {second} overlap; make one frame of them")
    }
}

impl Hours {
    pub(super) fn new(week: &Week, holidays: &[Date]) -> Result<Self, Overlap> {
        let mut days: [Day; 7] = Default::default();
        for (today, frames) in week.iter().enumerate() {
            let tomorrow = (today + 1) % 7;
            for frame in frames {
                days[today].frames.push((frame.open, frame.close.min(DAY_SECONDS)));
                days[today].closes = days[today].closes.max(frame.close);
                if frame.is_overnight() {
                    let tail = frame.close - DAY_SECONDS;
                    days[tomorrow].frames.push((0, tail));
                    days[tomorrow].tail = days[tomorrow].tail.max(tail);
                }
            }
        }
        for (day, weekday) in days.iter_mut().zip(Weekday::Monday.cycle_forward()) {
            day.frames.sort_unstable();
            if let Some([first, second]) = day.frames.windows(2).find(|it| it[0].1 > it[1].0) {
                let [first, second] = [first, second].map(|it| Frame { open: it.0, close: it.1 });
                return Err(Overlap { day: weekday, first, second });
            }
        }
        let open = std::array::from_fn(|it| days[it].frames.iter().map(|(from, until)| until - from).sum());
        let working = std::array::from_fn(|it| i64::from(!week[it].is_empty()));
        let mut holidays: Vec<i64> = holidays.iter().map(|it| day_number(*it)).collect();
        holidays.sort_unstable();
        holidays.dedup();
        Ok(Self { days, open: Count::new(open, &holidays), working: Count::new(working, &holidays) })
    }

    /// Open around the clock.
    pub(super) fn always() -> Self {
        let day = Day { frames: vec![(0, DAY_SECONDS)], closes: DAY_SECONDS, tail: 0 };
        let days = std::array::from_fn(|_| day.clone());
        Self { days, open: Count::new([DAY_SECONDS; 7], &[]), working: Count::new([1; 7], &[]) }
    }

    pub(super) fn is_open(&self, at: Local) -> bool {
        let (day, clock) = split(at);
        self.frames(day).any(|(from, until)| (from..until).contains(&clock))
    }

    /// Nanoseconds that were open from 1970 until then; negative before.
    pub(super) fn count(&self, at: Local) -> i128 {
        let (day, clock) = split(at);
        let today: i128 = self.frames(day).map(|(from, until)| clock.clamp(from, until) - from).sum();
        i128::from(self.open.before(day)) * SECOND + today
    }

    /// The first moment at which so much was open, if there is one until then.
    pub(super) fn first(&self, count: i128, until: Local) -> Option<Local> {
        let is_there = |it: i64| i128::from(self.open.before(it + 1)) * SECOND >= count;
        let day = first_day(is_there)?;
        self.walk(day, count, |left, length| left <= length).filter(|it| *it <= until)
    }

    /// The last moment at which no more was open: the next opening, where it is closed. `None` if that
    /// does not come before then.
    pub(super) fn last(&self, count: i128, until: Local) -> Option<Local> {
        let is_there = |it: i64| i128::from(self.open.before(it + 1)) * SECOND > count;
        let day = first_day(is_there)?;
        self.walk(day, count, |left, length| left < length).filter(|it| *it < until)
    }

    /// Where in the day the count is reached.
    fn walk(&self, day: i64, count: i128, is_in: impl Fn(i128, i128) -> bool) -> Option<Local> {
        let mut left = count - i128::from(self.open.before(day)) * SECOND;
        for (from, until) in self.frames(day) {
            if is_in(left, until - from) {
                return Some(i128::from(day) * DAY + from + left);
            }
            left -= until - from;
        }
        None
    }

    /// The same time of day so many working days later, or earlier; no later than the last closing.
    /// `None` beyond all times.
    ///
    /// What is open in the morning because of a frame over midnight belongs to the day before.
    pub(super) fn working_day(&self, at: Local, days: i64) -> Option<Local> {
        let (mut day, mut clock) = split(at);
        if clock < i128::from(self.days[weekday(day)].tail) * SECOND {
            (day, clock) = (day - 1, clock + DAY);
        }
        let target = match days {
            1.. => self.working.before(day + 1) + days,
            _ => self.working.before(day) + days + 1,
        };
        let day = first_day(|it| self.working.before(it + 1) >= target)?;
        let closes = i128::from(self.days[weekday(day)].closes) * SECOND;
        Some(i128::from(day) * DAY + clock.min(closes))
    }

    /// The frames of a day, in nanoseconds since its midnight; none on a holiday.
    fn frames(&self, day: i64) -> impl Iterator<Item = (i128, i128)> {
        let frames = if self.open.is_holiday(day) { &[][..] } else { &self.days[weekday(day)].frames };
        frames.iter().map(|(from, until)| (i128::from(*from) * SECOND, i128::from(*until) * SECOND))
    }
}

impl Count {
    fn new(by_weekday: [i64; 7], holidays: &[i64]) -> Self {
        let before = std::array::from_fn(|it| by_weekday[..it].iter().sum());
        let mut taken = 0;
        let take = |day: &i64| {
            taken += by_weekday[weekday(*day)];
            (*day, taken)
        };
        let holidays = holidays.iter().map(take).collect();
        Self { by_weekday, before, week: by_weekday.iter().sum(), holidays }
    }

    /// What came from 1970 until this day began; negative for earlier days.
    fn before(&self, day: i64) -> i64 {
        let gone = self.holidays.partition_point(|it| it.0 < day);
        let taken = gone.checked_sub(1).map_or(0, |it| self.holidays[it].1);
        week(day) * self.week + self.before[weekday(day)] - taken
    }

    fn is_holiday(&self, day: i64) -> bool {
        self.holidays.binary_search_by_key(&day, |it| it.0).is_ok()
    }
}

/// The first of all days for which it holds, if it then holds for all later ones.
fn first_day(holds: impl Fn(i64) -> bool) -> Option<i64> {
    let (mut low, mut high) = (ALL_DAYS.start, ALL_DAYS.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    (low < ALL_DAYS.end).then_some(low)
}

/// The day and the nanoseconds since its midnight.
fn split(at: Local) -> (i64, i128) {
    let day = i64::try_from(at.div_euclid(DAY)).expect("no timestamp is so many days from 1970");
    (day, at.rem_euclid(DAY))
}

fn day_number(date: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from(date.since(epoch).map_or(0, |it| it.get_days()))
}

/// Weeks since that of 1970-01-01, which was a Thursday.
fn week(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

/// Days since Monday.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).expect("it is from 0 to 6")
}
