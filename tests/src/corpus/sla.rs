//! What a row about working hours asks, and what the calendar says.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow, bail};
use escalation::procedure::business_time::{Calendar, Frame, Pause, Week};
use escalation::procedure::sla::Target;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::case::Sides;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

#[derive(Deserialize)]
pub(super) struct Sla {
    kind: Question,
    /// `None` is around the clock.
    calendar: Option<RowCalendar>,
    #[serde(alias = "from")]
    start: Option<Timestamp>,
    #[serde(alias = "until")]
    end: Option<Timestamp>,
    at: Option<Timestamp>,
    due: Option<Timestamp>,
    #[serde(alias = "business_seconds")]
    seconds: Option<i64>,
    #[serde(alias = "offset")]
    offset_seconds: Option<i64>,
    #[serde(alias = "business_days", alias = "working_days")]
    days: Option<i32>,
    pause_business_seconds: Option<i64>,
    pauses: Option<Vec<RowPause>>,
    expect: Value,
    /// What we hold to where the row shows the convention of somebody else.
    reference_value: Option<Value>,
    #[serde(default)]
    tolerance_s: f64,
    #[serde(default)]
    floor_minutes: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Question {
    Due,
    Elapsed,
    InHours,
    OffsetFromDue,
    DueWorkingDays,
}

#[derive(Deserialize)]
struct RowCalendar {
    #[serde(alias = "time_zone", alias = "tz")]
    timezone: String,
    hours: Option<BTreeMap<String, Vec<Vec<String>>>>,
    holidays: Option<Vec<Date>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RowPause {
    Pair(Timestamp, Option<Timestamp>),
    Named {
        #[serde(alias = "start")]
        from: Timestamp,
        #[serde(alias = "end", alias = "to")]
        until: Option<Timestamp>,
    },
}

pub(super) fn sla(row: Sla) -> anyhow::Result<Sides> {
    let found = row.found()?;
    let expected = row.reference_value.clone().unwrap_or_else(|| row.expect.clone());
    // Within what the row allows, it is what was expected.
    let found = if row.allows(&expected, &found)? { expected.clone() } else { found };
    let side = |value| Map::from_iter([(row.kind.name().to_owned(), value)]);
    Ok(Sides { expected: side(expected), found: side(found) })
}

impl Sla {
    fn found(&self) -> anyhow::Result<Value> {
        let calendar = self.calendar.as_ref().map_or_else(|| Ok(Calendar::always()), RowCalendar::read)?;
        let pauses: Vec<Pause> = self.pauses.iter().flatten().map(RowPause::read).collect();
        let seconds = || given(self.seconds, "seconds").map(SignedDuration::from_secs);
        let start = || given(self.start, "start");
        Ok(match self.kind {
            Question::Due => time(calendar.due(start()?, seconds()?, &pauses)),
            Question::Elapsed => {
                let elapsed = calendar.elapsed(start()?, given(self.end, "end")?, &pauses);
                let whole = elapsed.subsec_nanos() == 0;
                if whole { json!(elapsed.as_secs()) } else { json!(elapsed.as_secs_f64()) }
            }
            Question::InHours => json!(calendar.is_open(given(self.at.or(self.start), "at")?)),
            Question::OffsetFromDue => {
                let due = given(self.due.or(self.start), "due")?;
                let offset = given(self.offset_seconds.or(self.seconds), "offset_seconds")?;
                time(calendar.offset(due, SignedDuration::from_secs(offset)))
            }
            Question::DueWorkingDays => {
                let (start, days) = (start()?, given(self.days, "days")?);
                let target = u32::try_from(days).ok().and_then(|it| it.try_into().ok()).map(Target::WorkingDays);
                match (self.pause_business_seconds, target) {
                    (None, Some(target)) => time(target.due_at(start, &calendar, &pauses)),
                    (paused, _) => {
                        let paused = SignedDuration::from_secs(paused.unwrap_or_default());
                        time(calendar.due_working_days(start, days, paused))
                    }
                }
            }
        })
    }

    /// Whether it is what was expected, within what the row's source leaves open.
    fn allows(&self, expected: &Value, found: &Value) -> anyhow::Result<bool> {
        if let (Some(expected), Some(found)) = (expected.as_f64(), found.as_f64()) {
            if self.floor_minutes {
                // In seconds, or as the number of minutes itself.
                let minutes = (found / 60.0).floor();
                return Ok([(expected / 60.0).floor(), expected].contains(&minutes));
            }
            return Ok((expected - found).abs() <= self.tolerance_s);
        }
        if let (Some(expected), Some(found)) = (expected.as_str(), found.as_str()) {
            let [expected, found] = [expected, found].map(|it| it.parse::<Timestamp>().with_context(|| it.to_owned()));
            return Ok(expected?.duration_since(found?).abs().as_secs_f64() <= self.tolerance_s);
        }
        if expected.is_boolean() && found.is_boolean() {
            return Ok(expected == found);
        }
        bail!("`expect` of {} is like {found}", self.kind.name())
    }
}

impl Question {
    fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Elapsed => "elapsed",
            Self::InHours => "in_hours",
            Self::OffsetFromDue => "offset_from_due",
            Self::DueWorkingDays => "due_working_days",
        }
    }
}

impl RowCalendar {
    fn read(&self) -> anyhow::Result<Calendar> {
        let zone = TimeZone::get(&self.timezone).with_context(|| format!("`{}` is no time zone", self.timezone))?;
        let mut week = Week::default();
        for (day, frames) in self.hours.iter().flatten() {
            let name = day.to_lowercase();
            let index = DAYS.iter().position(|it| name.starts_with(it));
            let index = index.with_context(|| format!("`{day}` is no day; there are {}", DAYS.join(", ")))?;
            for frame in frames {
                let [open, close] = &frame[..] else { bail!("a frame has two times, as in [\"09:00\", \"17:30\"]") };
                week[index].push(Frame::parse(open, close).map_err(|it| anyhow!(it))?);
            }
        }
        let holidays = self.holidays.as_deref().unwrap_or_default();
        Calendar::new(zone, &week, holidays).map_err(|it| anyhow!(it.to_string()))
    }
}

impl RowPause {
    fn read(&self) -> Pause {
        let (Self::Pair(from, until) | Self::Named { from, until }) = *self;
        Pause { from, until: until.unwrap_or(Timestamp::MAX) }
    }
}

fn given<T>(value: Option<T>, name: &str) -> anyhow::Result<T> {
    value.with_context(|| format!("`{name}` is missing"))
}

fn time(at: Timestamp) -> Value {
    json!(at.to_string())
}
