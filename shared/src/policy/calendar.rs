//! When a team works, and by when escalations are to be reviewed and resolved.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer};

use super::{Whole, Zone};
use crate::procedure::business_time::{Calendar, Frame, Week};
use crate::procedure::sla::{ResolveTargets, ReviewTargets, Target, Targets};

/// The calendar of whatever names no other.
const DEFAULT: &str = "default";

const FRAME: &str = "write a frame as [\"09:00\", \"17:30\"], and a day as a list of frames, \
                     [[\"09:00\", \"12:00\"], [\"13:00\", \"17:30\"]]";

/// When the teams work, by the names of their calendars.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "BTreeMap<String, TeamCalendar>")]
pub struct Calendars {
    default: Calendar,
    others: BTreeMap<String, Calendar>,
}

impl Calendars {
    /// The calendar of whatever names no other.
    pub fn default(&self) -> &Calendar {
        &self.default
    }

    /// The calendar of that name.
    pub fn get(&self, name: &str) -> Option<&Calendar> {
        if name == DEFAULT { Some(&self.default) } else { self.others.get(name) }
    }

    /// What is allowed but hardly meant, and what to do.
    pub fn warnings(&self) -> Vec<String> {
        let all = std::iter::once((DEFAULT, &self.default)).chain(self.others.iter().map(|it| (it.0.as_str(), it.1)));
        let empty = all.filter(|it| it.1.is_always());
        let warning = |(name, _)| {
            format!(
                "the calendar `{name}` has no hours and so counts as open around the clock; write them under \
                 [calendars.{name}.hours], and 00:00 to 24:00 for each day if it is meant"
            )
        };
        empty.map(warning).collect()
    }

    /// Their names, for somebody who wrote another one.
    pub(super) fn names(&self) -> String {
        let others = self.others.keys().map(String::as_str);
        std::iter::once(DEFAULT).chain(others).map(|it| format!("\"{it}\"")).collect::<Vec<_>>().join(", ")
    }
}

impl TryFrom<BTreeMap<String, TeamCalendar>> for Calendars {
    type Error = &'static str;

    fn try_from(calendars: BTreeMap<String, TeamCalendar>) -> Result<Self, Self::Error> {
        let mut others: BTreeMap<String, Calendar> = calendars.into_iter().map(|it| (it.0, it.1.0)).collect();
        let default = others.remove(DEFAULT).ok_or("there is no [calendars.default]; one calendar has that name")?;
        Ok(Self { default, others })
    }
}

#[derive(Deserialize)]
#[serde(try_from = "RawCalendar")]
struct TeamCalendar(Calendar);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    time_zone: Zone,
    #[serde(default)]
    holidays: Vec<Holiday>,
    #[serde(default)]
    hours: RawHours,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawHours {
    mon: Vec<RawFrame>,
    tue: Vec<RawFrame>,
    wed: Vec<RawFrame>,
    thu: Vec<RawFrame>,
    fri: Vec<RawFrame>,
    sat: Vec<RawFrame>,
    sun: Vec<RawFrame>,
}

impl TryFrom<RawCalendar> for TeamCalendar {
    type Error = String;

    fn try_from(raw: RawCalendar) -> Result<Self, String> {
        let RawHours { mon, tue, wed, thu, fri, sat, sun } = raw.hours;
        let week: Week = [mon, tue, wed, thu, fri, sat, sun].map(|day| day.into_iter().map(|it| it.0).collect());
        let holidays: Vec<Date> = raw.holidays.into_iter().map(|it| it.0).collect();
        Calendar::new(raw.time_zone.0, &week, &holidays).map(Self).map_err(|it| it.to_string())
    }
}

#[derive(Deserialize)]
#[serde(try_from = "toml::Value")]
struct RawFrame(Frame);

impl TryFrom<toml::Value> for RawFrame {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        let words: Option<Vec<&str>> =
            value.as_array().and_then(|it| it.iter().map(toml::Value::as_str).collect::<Option<_>>());
        let (open, close, overnight) = match words.as_deref() {
            Some([open, close]) => (open, close, false),
            Some([open, close, "overnight"]) => (open, close, true),
            _ => return Err(format!("{value} is no frame; {FRAME}")),
        };
        let frame = Frame::parse(open, close)?;
        match (frame.is_overnight(), overnight) {
            // More often a slip, as in 05:30 for 17:30, than a night.
            (true, false) => Err(format!(
                "{open} to {close} closes before it opens; correct it, or for a frame that goes on until the next \
                 morning write [\"{open}\", \"{close}\", \"overnight\"]"
            )),
            (false, true) => Err(format!("{open} to {close} closes on the same day; take \"overnight\" out")),
            _ => Ok(Self(frame)),
        }
    }
}

#[derive(Deserialize)]
#[serde(try_from = "toml::Value")]
struct Holiday(Date);

impl TryFrom<toml::Value> for Holiday {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        // TOML has dates of its own, which an administrator may write without quotes.
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        let date = if text.len() == "2026-12-25".len() { text.parse().ok() } else { None };
        date.map(Self).ok_or_else(|| format!("`{text}` is no date; write one that there is as in \"2026-12-25\""))
    }
}

/// By when escalations are to be reviewed and resolved.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "RawSla")]
pub struct Sla {
    /// The targets.
    pub targets: Targets,
    /// How often the customer must hear from the agent while the ticket is escalated.
    pub customer_update: Target,
    /// How many of a hundred parts of the time are used up when the Shift Lead is warned.
    pub warn_at_percent: Whole<1, 99>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSla {
    customer_update: RawTarget,
    warn_at_percent: Whole<1, 99>,
    review: RawReview,
    resolve: RawResolve,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReview {
    immediate: RawTarget,
    senior: Option<RawTarget>,
    shift_lead: RawTarget,
    tech: RawTarget,
    executive: RawTarget,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawResolve {
    urgent: Option<RawTarget>,
    high: Option<RawTarget>,
    medium: Option<RawTarget>,
    low: Option<RawTarget>,
    otherwise: RawTarget,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct RawTarget(pub(super) Target);

impl TryFrom<String> for RawTarget {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse().map(Self)
    }
}

/// A target of another section.
pub(super) fn target<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Target, D::Error> {
    RawTarget::deserialize(deserializer).map(|it| it.0)
}

impl From<RawSla> for Sla {
    fn from(raw: RawSla) -> Self {
        let RawSla { customer_update, warn_at_percent, review, resolve } = raw;
        let review = ReviewTargets {
            immediate: review.immediate.0,
            senior: review.senior.map(|it| it.0),
            shift_lead: review.shift_lead.0,
            tech: review.tech.0,
            executive: review.executive.0,
        };
        let resolve = ResolveTargets {
            low: resolve.low.map(|it| it.0),
            medium: resolve.medium.map(|it| it.0),
            high: resolve.high.map(|it| it.0),
            urgent: resolve.urgent.map(|it| it.0),
            otherwise: resolve.otherwise.0,
        };
        Self { targets: Targets { review, resolve }, customer_update: customer_update.0, warn_at_percent }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::super::{DEFAULT as SHIPPED, Policy};
    use super::*;
    use crate::procedure::level::{Level, Priority};

    const MONDAY: &str = "mon = [[\"09:00\", \"17:30\"]]";

    fn with(replace: &str, by: &str) -> String {
        assert!(SHIPPED.contains(replace), "the shipped policy has no `{replace}`");
        SHIPPED.replacen(replace, by, 1)
    }

    fn parse(text: &str) -> Policy {
        Policy::parse(text, "policy.toml").map_err(|it| it.to_string()).unwrap()
    }

    /// What is said, and on which of the policy's lines.
    #[track_caller]
    fn check(replace: &str, by: &str, line: &str, expected: &str) {
        let text = with(replace, by);
        let wrong = Policy::parse(&text, "policy.toml").unwrap_err().to_string();
        let number = text.lines().position(|it| it.starts_with(line)).unwrap() + 1;
        assert!(wrong.starts_with(&format!("policy.toml:{number}: ")), "line {number}, but said: {wrong}");
        assert!(wrong.contains(expected), "said: {wrong}");
    }

    #[track_caller]
    fn monday(by: &str, expected: &str) {
        check(MONDAY, &format!("mon = {by}"), "mon = [", expected);
    }

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    #[test]
    fn the_shipped_calendar_is_the_british_working_week() {
        let policy = Policy::shipped();
        let calendar = policy.calendars.default();
        assert_eq!(calendar.time_zone().iana_name(), Some("Europe/London"));
        assert!(calendar.is_open(at("2026-07-06T08:00:00Z")) && !calendar.is_open(at("2026-07-06T07:59:59Z")));
        assert!(calendar.is_open(at("2026-07-10T16:29:59Z")) && !calendar.is_open(at("2026-07-10T16:30:00Z")));
        let week = calendar.elapsed(at("2026-07-04T00:00:00Z"), at("2026-07-11T00:00:00Z"), &[]);
        assert_eq!(week, SignedDuration::from_mins(5 * 510));
        assert_eq!(policy.calendars.warnings(), [""; 0]);
    }

    #[test]
    fn the_shipped_targets_are_those_of_the_procedure() {
        let Sla { targets, .. } = Policy::shipped().sla;
        let review = Level::ALL.map(|it| targets.review.of(it).to_string());
        assert_eq!(review, ["2h", "2h", "1 day", "1h"]);
        assert_eq!(targets.review.senior, None);
        assert_eq!(targets.review.immediate.to_string(), "30m always");
        let resolve = Priority::ALL.map(|it| targets.resolve.of(Some(it)).to_string());
        assert_eq!(resolve, ["5 days", "3 days", "1 day", "1 day"]);
        assert_eq!(targets.resolve.of(None).to_string(), "5 days");
    }

    #[test]
    fn frames_that_cannot_be_meant_are_refused_with_what_to_write() {
        monday("[[\"09:00\", \"05:30\"]]", "write [\"09:00\", \"05:30\", \"overnight\"]");
        monday("[[\"09:00\", \"17:30\", \"overnight\"]]", "take \"overnight\" out");
        monday("[[\"09:00\", \"09:00\"]]", "write 00:00 to 24:00");
        monday("[[\"9:00\", \"17:30\"]]", "`9:00` is no time of day; write it as 09:00");
        monday("[[\"09:00\", \"24:30\"]]", "a day has the times 00:00 to 24:00");
        monday("[\"09:00\", \"17:30\"]", "\"09:00\" is no frame; write a frame as [\"09:00\", \"17:30\"]");
        monday("[[\"09:00\"]]", "is no frame");
        monday("[[\"09:00\", \"17:30\", \"night\"]]", "is no frame");
        monday("[[9, 17]]", "is no frame");
        check(MONDAY, &MONDAY.replace("mon", "monday"), "monday = [", "unknown field `monday`");
    }

    #[test]
    fn frames_that_overlap_are_refused() {
        let overlap = "mon = [[\"09:00\", \"13:00\"], [\"12:00\", \"17:30\"]]";
        let expected = "on Monday 09:00 to 13:00 and 12:00 to 17:30 overlap; make one frame of them";
        check(MONDAY, overlap, "[calendars.default]", expected);
        let night = "mon = [[\"22:00\", \"09:01\", \"overnight\"]]";
        check(MONDAY, night, "[calendars.default]", "on Tuesday 00:00 to 09:01 and 09:00 to 17:30 overlap");
    }

    #[test]
    fn nights_and_several_frames_a_day_are_accepted() {
        let policy = parse(&with(
            MONDAY,
            "mon = [[\"13:00\", \"17:00\"], [\"09:00\", \"12:00\"], [\"22:00\", \"06:00\", \"overnight\"]]",
        ));
        let calendar = policy.calendars.default();
        for (time, open) in [("11:59", true), ("12:30", false), ("13:00", true), ("21:59", false), ("23:59", true)] {
            assert_eq!(calendar.is_open(at(&format!("2026-01-05T{time}:00Z"))), open, "{time}");
        }
        assert!(calendar.is_open(at("2026-01-06T05:59:00Z")));
    }

    #[test]
    fn holidays_are_dates_with_or_without_quotes() {
        let policy = parse(&with("holidays = []", "holidays = [\"2026-12-25\", 2026-12-28]"));
        for date in ["2026-12-25", "2026-12-28"] {
            assert!(!policy.calendars.default().is_open(at(&format!("{date}T12:00:00Z"))), "{date}");
        }
        assert!(policy.calendars.default().is_open(at("2026-12-24T12:00:00Z")));
        for wrong in [
            "\"25 December\"",
            "\"2026-02-29\"",
            "\"2026-12-25T00:00\"",
            "2026-12-25T00:00:00Z",
            "20261225",
            "\"12-25\"",
        ] {
            check(
                "holidays = []",
                &format!("holidays = [{wrong}]"),
                "holidays = [",
                "is no date; write one that there is",
            );
        }
    }

    #[test]
    fn an_empty_calendar_is_accepted_with_a_warning() {
        let policy = parse(&format!("{SHIPPED}\n[calendars.night]\ntime_zone = \"UTC\"\n"));
        assert!(policy.calendars.get("night").unwrap().is_always());
        let warnings = policy.calendars.warnings();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("the calendar `night` has no hours"), "said: {warnings:?}");
        assert!(warnings[0].contains("[calendars.night.hours]"), "said: {warnings:?}");
    }

    #[test]
    fn one_calendar_is_the_default() {
        let text = SHIPPED.replace("[calendars.default", "[calendars.london");
        let wrong = Policy::parse(&text, "policy.toml").unwrap_err().to_string();
        assert!(wrong.contains("there is no [calendars.default]"), "said: {wrong}");
        let line = text.lines().position(|it| it == "[calendars.london]").unwrap() + 1;
        assert!(wrong.starts_with(&format!("policy.toml:{line}: ")), "said: {wrong}");
        check("[calendars.default]\n", "[calendars.default]\nzone = 1\n", "zone = 1", "unknown field `zone`");
        let zone = "you need not.\ntime_zone = \"Europe/London\"";
        check(zone, &zone.replace("London", "Lodnon"), "time_zone = \"Europe/Lodnon\"", "write an IANA name");
    }

    #[test]
    fn a_pipeline_may_name_its_calendar() {
        let manila = "[calendars.manila]\ntime_zone = \"Asia/Manila\"\n[calendars.manila.hours]\nmon = [[\"09:00\", \"18:00\"]]\n";
        let text =
            with("[[pipelines]]\nid = \"0\"", &format!("{manila}\n[[pipelines]]\nid = \"0\"\ncalendar = \"manila\""));
        let policy = parse(&text);
        assert_eq!(policy.calendar("0").time_zone().iana_name(), Some("Asia/Manila"));
        assert_eq!(policy.calendar("unknown").time_zone().iana_name(), Some("Europe/London"));
        assert_eq!(Policy::shipped().calendar("0"), Policy::shipped().calendars.default());
        let named = parse(&text.replace("calendar = \"manila\"", "calendar = \"default\""));
        assert_eq!(named.calendar("0"), named.calendars.default());
    }

    #[test]
    fn a_calendar_that_there_is_not_is_refused_where_it_is_named() {
        let named = "[[pipelines]]\nid = \"0\"\ncalendar = \"manila\"";
        let expected = "there is no calendar `manila`; write one of \"default\", or add [calendars.manila]";
        check("[[pipelines]]\nid = \"0\"", named, "calendar = \"manila\"", expected);
    }

    #[test]
    fn targets_that_do_not_parse_are_refused_with_what_to_write() {
        check("shift_lead = \"2h\"", "shift_lead = \"2 hours\"", "shift_lead =", "`2 hours` is no target; write hours");
        check("otherwise = \"5 days\"", "otherwise = \"0 days\"", "otherwise =", "at least a minute");
        check("tech = \"1 day\"", "teck = \"1 day\"", "teck =", "unknown field `teck`");
        check("immediate = \"30m always\"\n", "", "[sla.review]", "missing field `immediate`");
        let seniors = parse(&with("# senior = \"4h\"", "senior = \"4h\""));
        assert_eq!(seniors.sla.targets.review.of(Level::Senior).to_string(), "4h");
    }
}
