//! Business time as people state it: calendars in words, times as a clock shows them.

mod properties;
mod rules;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::{Calendar, Frame, Overlap, Pause, Week};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// `mon-fri 09:00-12:00 13:00-17:30, sat 10:00-14:00`.
fn week(hours: &str) -> Week {
    let mut week = Week::default();
    for part in hours.split(", ").filter(|it| !it.is_empty()) {
        let mut words = part.split(' ');
        let days = words.next().unwrap();
        let (from, to) = days.split_once('-').unwrap_or((days, days));
        let index = |day: &str| DAYS.iter().position(|it| *it == day).unwrap();
        let frames: Vec<Frame> = words
            .map(|it| {
                let (open, close) = it.split_once('-').unwrap();
                Frame::parse(open, close).unwrap()
            })
            .collect();
        for day in &mut week[index(from)..=index(to)] {
            day.extend(&frames);
        }
    }
    week
}

fn try_calendar(zone: &str, hours: &str, holidays: &[&str]) -> Result<Calendar, Overlap> {
    let holidays: Vec<Date> = holidays.iter().map(|it| it.parse().unwrap()).collect();
    Calendar::new(TimeZone::get(zone).unwrap(), &week(hours), &holidays)
}

fn calendar(zone: &str, hours: &str, holidays: &[&str]) -> Calendar {
    try_calendar(zone, hours, holidays).unwrap()
}

fn london() -> Calendar {
    calendar("Europe/London", "mon-fri 09:00-17:30", &["2026-12-25", "2026-12-28"])
}

fn at(time: &str) -> Timestamp {
    time.parse().unwrap()
}

fn span(text: &str) -> SignedDuration {
    text.parse().unwrap()
}

fn pauses(pauses: &[(&str, &str)]) -> Vec<Pause> {
    pauses.iter().map(|(from, until)| Pause { from: at(from), until: at(until) }).collect()
}
